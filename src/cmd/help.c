#include <string.h>

#include "cmd.h"

static void print_overview(struct buf *out)
{
	buf_text(out, "Usage: proctor COMMAND [OPTION]...\n\n"
		      "Practice exams with signed question banks, in the terminal.\n\n"
		      "Commands:\n");
	for (const struct cmd *const *cmd = cmds; *cmd; cmd++)
		buf_printf(out, "  %-10s %s\n", (*cmd)->name, (*cmd)->summary);
	buf_text(out, "\nExamples:\n"
		      "  proctor exam                 sit a mock exam now\n"
		      "  proctor exam mla-c02         of this blueprint\n"
		      "  proctor resume               go on where you left off\n"
		      "  proctor report               the last result again\n"
		      "\nExit status: 0 fine; 1 the input has findings; 2 usage; 3 not "
		      "trusted;\n4 the system refused.\n");
}

/* "proctor help bank sign" is "proctor bank sign --help". */
static bool print_one(int argc, char **argv, struct err *err)
{
	char *words[8];
	int n = 0;

	for (; n < argc && n < 6; n++)
		words[n] = argv[n];
	words[n] = (char *)"--help";
	words[n + 1] = NULL;
	return cmd_dispatch(cmds, "proctor", n + 1, words, err);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok;

	if (argc > 1)
		return print_one(argc - 1, argv + 1, err);
	print_overview(&text);
	ok = put_out(&text, err);
	buf_release(&text);
	return ok;
}

const struct cmd cmd_help = {
	"help", run,  "[COMMAND]...", "what a command does and which options it has",
	NULL,   NULL,
};
