/*
 * How long the exam screen takes from a key to the last byte it writes, against a program
 * that writes those very bytes when it gets a key: both behind a pseudo terminal, in
 *turn.
 *
 *	keys COUNT PROGRAM [ARGUMENT]...	prints: ours theirs, medians in us, and
 *bytes
 */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define MOST 65536

struct side {
	int fd;
	pid_t pid;
	double *us;
};

static char bytes[MOST];
static size_t len;

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Reads until nothing came for so long; gives the moment of the last byte. */
static double drain(int fd, int quiet_ms, char *into, size_t *got)
{
	struct pollfd ready = { fd, POLLIN, 0 };
	double last = now_us();
	size_t n = 0;

	while (poll(&ready, 1, quiet_ms) > 0) {
		ssize_t some = read(fd, into + n, MOST - n);

		if (some <= 0)
			break;
		n += (size_t)some;
		last = now_us();
	}
	*got = n;
	return last;
}

static double press(const struct side *side, const char *key, char *into, size_t *got)
{
	double from = now_us();

	if (write(side->fd, key, strlen(key)) < 0)
		exit(1);
	return drain(side->fd, 20, into, got) - from;
}

/* Bytes to write come over a pipe: their number first. */
static void echo(int from)
{
	static char what[MOST];
	struct termios raw;
	size_t n;
	char key[16];

	tcgetattr(0, &raw);
	cfmakeraw(&raw);
	tcsetattr(0, TCSANOW, &raw);
	while (read(from, &n, sizeof(n)) == sizeof(n) &&
	       read(from, what, n) == (ssize_t)n && read(0, key, sizeof(key)) > 0)
		if (write(1, what, n) < 0)
			break;
	_exit(0);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *us, size_t count)
{
	qsort(us, count, sizeof(*us), by_size);
	return us[count / 2];
}

static void measure(struct side *ours, struct side *theirs, int pipe_to, size_t count)
{
	static const char *const keys[] = { "\016", "\020" }; /* down, up */
	static char echoed[MOST];
	size_t got;

	for (size_t i = 0; i < count; i++) {
		ours->us[i] = press(ours, keys[i % 2], bytes, &len);
		if (write(pipe_to, &len, sizeof(len)) < 0 ||
		    write(pipe_to, bytes, len) < 0)
			exit(1);
		usleep(1000);
		theirs->us[i] = press(theirs, "x", echoed, &got);
	}
}

int main(int argc, char **argv)
{
	struct winsize size = { 24, 80, 0, 0 };
	size_t count = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
	struct side ours = { -1, 0, calloc(count + 1, sizeof(double)) };
	struct side theirs = { -1, 0, calloc(count + 1, sizeof(double)) };
	int pipes[2];

	if (!count || pipe(pipes) != 0)
		return 2;
	setenv("TERM", "xterm-256color", 1);
	ours.pid = forkpty(&ours.fd, NULL, NULL, &size);
	if (ours.pid == 0) {
		execv(argv[2], argv + 2);
		_exit(127);
	}
	theirs.pid = forkpty(&theirs.fd, NULL, NULL, &size);
	if (theirs.pid == 0)
		echo(pipes[0]);
	drain(ours.fd, 500, bytes, &len);
	measure(&ours, &theirs, pipes[1], count);
	kill(ours.pid, SIGTERM);
	kill(theirs.pid, SIGTERM);
	waitpid(ours.pid, NULL, 0);
	waitpid(theirs.pid, NULL, 0);
	printf("%.1f %.1f %zu\n", median(ours.us, count), median(theirs.us, count), len);
	free(ours.us);
	free(theirs.us);
	return 0;
}
