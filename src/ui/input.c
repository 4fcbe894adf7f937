#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

#include "priv.h"

static volatile sig_atomic_t came; /* the signal that asked us to stop */

static void note_signal(int number)
{
	came = number;
}

static const int stops[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };

void ui_catch_signals(void)
{
	struct sigaction action = { .sa_handler = note_signal };
	sigset_t blocked;

	sigemptyset(&action.sa_mask);
	sigemptyset(&blocked);
	came = 0;
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		sigaction(stops[i], &action, NULL);
		sigaddset(&blocked, stops[i]);
	}
	/* Held back but while waiting: no signal falls between the look and the wait. */
	sigprocmask(SIG_BLOCK, &blocked, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int ui_signal(void)
{
	return came;
}

int ui_wait_input(int fd, int64_t wait_ms)
{
	struct timespec wait = { wait_ms / 1000, wait_ms % 1000 * 1000000 };
	sigset_t mask;
	fd_set set;
	int ready;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		sigdelset(&mask, stops[i]);
	FD_ZERO(&set);
	FD_SET(fd, &set);
	ready = pselect(fd + 1, &set, NULL, NULL, wait_ms < 0 ? NULL : &wait, &mask);
	if (came)
		return -1;
	return ready < 0 ? errno != EINTR : ready;
}

#define PIECE 4096

void input_begin(struct input *input, const struct ui_streams *streams)
{
	*input = (struct input){ .fd = streams->in,
				 .pending = BUF_INIT,
				 .ahead = streams->ahead };
	if (input->ahead) {
		input->pending = *input->ahead;
		*input->ahead = (struct buf)BUF_INIT;
	}
}

void input_end(struct input *input)
{
	if (input->ahead)
		*input->ahead = input->pending;
	else
		buf_release(&input->pending);
}

/* A whole line out of what is pending, if there is one. */
static bool take_line(struct input *input, struct buf *line)
{
	struct buf *pending = &input->pending;
	char *end = memchr(pending->data, '\n', pending->len);
	size_t len = end ? (size_t)(end - pending->data) : pending->len;
	size_t used = end ? len + 1 : len;

	if (!end && !(input->ended && len))
		return false;
	buf_clear(line);
	buf_add(line, pending->data, len);
	if (line->len && line->data[line->len - 1] == '\r')
		line->data[--line->len] = '\0';
	pending->len -= used;
	memmove(pending->data, pending->data + used, pending->len + 1);
	return true;
}

static void fill(struct input *input)
{
	ssize_t got = read(input->fd, buf_space(&input->pending, PIECE), PIECE);

	if (got > 0) {
		input->pending.len += (size_t)got;
		input->pending.data[input->pending.len] = '\0';
	} else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
		input->ended = true;
	}
}

enum input_got input_line(struct input *input, int64_t wait_ms, struct buf *line)
{
	for (;;) {
		int ready;

		if (take_line(input, line)) {
			bool long_one = input->skipping;

			input->skipping = false;
			return long_one ? INPUT_LONG : INPUT_LINE;
		}
		if (input->pending.len > UI_LINE_MAX) {
			input->skipping = true;
			buf_clear(&input->pending);
		}
		if (input->ended)
			return INPUT_END;
		ready = ui_wait_input(input->fd, wait_ms);
		if (ready <= 0)
			return ready < 0 ? INPUT_SIGNAL : INPUT_TIME;
		fill(input);
	}
}

bool ui_flush(FILE *out, enum ui_end *end)
{
	bool gone = fflush(out) != 0 && errno == EPIPE;

	if (ferror(out))
		*end = gone ? UI_GONE : UI_BROKEN;
	return !ferror(out);
}

int64_t ui_wait_ms(struct sitting *sitting)
{
	int64_t left = sitting_remaining(sitting);

	if (sitting->session->phase != PHASE_RUNNING || sitting->timer.held)
		return -1;
	return left < 1000 ? left : 1000;
}
