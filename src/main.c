#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "proctor/text.h"

const struct cmd *const cmds[] = {
	&cmd_exam, &cmd_resume, &cmd_report, &cmd_bank, &cmd_help, NULL,
};

/* The only place that prints an error; file names and bank texts in it are made safe. */
static int fail(const struct err *err)
{
	struct buf text = BUF_INIT;

	text_safe_line(&text, err->text, strlen(err->text));
	fprintf(stderr, "proctor: %s\n", text.data);
	buf_release(&text);
	return (int)err->kind;
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
	return ok ? 0 : fail(&err);
}
