#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cmd.h"

/*
 * While nothing typed is shown, a signal that would end or stop us is only noted: the
 * terminal is set right first.
 */
static volatile sig_atomic_t came;

static void note_signal(int number)
{
	came = number;
}

static const int held[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

#define HELD (sizeof(held) / sizeof(held[0]))

static void hold_signals(struct sigaction before[HELD])
{
	struct sigaction action = { .sa_handler = note_signal };

	sigemptyset(&action.sa_mask);
	came = 0;
	for (size_t i = 0; i < HELD; i++)
		sigaction(held[i], &action, &before[i]);
}

static void pass_on_signals(const struct sigaction before[HELD])
{
	for (size_t i = 0; i < HELD; i++)
		sigaction(held[i], &before[i], NULL);
	if (came)
		raise(came);
}

/* One line from the terminal, not shown, into locked memory and nowhere else. */
static bool read_hidden(int tty, char *password, struct err *err)
{
	size_t len = 0;
	char c;

	for (;;) {
		ssize_t got = read(tty, &c, 1);

		if (got < 0 && errno == EINTR && !came)
			continue;
		if (got <= 0)
			return err_set(err, ERR_SYSTEM, "no password was given");
		if (c == '\n' || c == '\r')
			break;
		if (len + 1 >= CRYPTO_PASSWORD_MAX)
			return err_set(err, ERR_INPUT, "the password is too long");
		password[len++] = c;
	}
	password[len] = '\0';
	return true;
}

bool ask_hidden(const char *question, char *password, struct err *err)
{
	struct sigaction before[HELD];
	struct termios shown, hidden;
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	bool ok;

	if (tty < 0 || tcgetattr(tty, &shown) != 0) {
		if (tty >= 0)
			close(tty);
		return err_set(err, ERR_SYSTEM,
			       "there is no terminal to ask for the password");
	}
	hidden = shown;
	hidden.c_lflag &= ~(tcflag_t)ECHO;
	hold_signals(before);
	tcsetattr(tty, TCSAFLUSH, &hidden);
	ok = write(tty, question, strlen(question)) > 0 &&
	     read_hidden(tty, password, err);
	tcsetattr(tty, TCSAFLUSH, &shown);
	if (write(tty, "\n", 1) < 0)
		errno = 0;
	close(tty);
	pass_on_signals(before);
	return ok;
}
