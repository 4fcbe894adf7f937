#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"

const struct cmd *const cmds[] = {
	&cmd_exam,    &cmd_drill, &cmd_plan, &cmd_resume,     &cmd_review, &cmd_report,
	&cmd_history, &cmd_bank,  &cmd_key,  &cmd_completion, &cmd_help,   NULL,
};

/*
 * A standard stream that is closed has its number held, so that no file of ours gets it
 * and is written into; held the wrong way round, so that using the stream still fails.
 */
static void hold_streams(void)
{
	static const int modes[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", modes[fd]);
}

static bool is_option(const char *text, const char *name, char letter)
{
	return strcmp(text, name) == 0 ||
	       (text[0] == '-' && text[1] == letter && !text[2]);
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	char *help[] = { (char *)"help", NULL };
	bool ok;

	hold_streams();
	crypto_start();
	if (argc > 1 && is_option(argv[1], "--version", 'V')) {
		printf("proctor %s\n", PROCTOR_VERSION);
		ok = true;
	} else if (argc > 1 && is_option(argv[1], "--help", 'h')) {
		ok = cmd_dispatch(cmds, "proctor", 1, help, &err);
	} else {
		ok = cmd_dispatch(cmds, "proctor", argc - 1, argv + 1, &err);
	}
	if (ok && fflush(stdout) != 0)
		ok = err_errno(&err, "standard output");
	if (!ok)
		put_note(err.text);
	return ok ? 0 : (int)err.kind;
}
