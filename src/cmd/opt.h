#ifndef OPT_H
#define OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/buf.h"
#include "proctor/err.h"

/*
 * A command is a row: its name, what runs it, and a table of options from which it is
 * parsed, its help printed and its completions made. One with `subs` only picks among
 * them.
 */
enum opt_kind {
	OPT_END,
	OPT_FLAG, /* bool */
	OPT_TEXT, /* const char * */
	/* int64_t, from 1 on */
	OPT_NUMBER,    /* to 1,000,000 */
	OPT_QUESTIONS, /* to BLUEPRINT_FORM_MAX */
	OPT_THREADS,   /* to CREW_MAX */
	OPT_VERSION,   /* to BANK_VERSION_MAX */
};

/* Of each kind of number; apart from the parser, as <getopt.h> and a bank both have a
 * struct option. */
extern const int64_t opt_most[];

struct opt {
	enum opt_kind kind;
	char letter; /* or 0 */
	const char *name;
	size_t offset; /* into the struct the command keeps what was given in */
	const char *value, *help;
};

struct cmd {
	const char *name;
	bool (*run)(int argc, char **argv, struct err *err);
	const char *arguments; /* "[BLUEPRINT]" */
	const char *summary;   /* at most 60 columns */
	const struct opt *opts;
	const struct cmd *const *subs;
};

extern const struct cmd cmd_exam, cmd_drill, cmd_resume, cmd_review, cmd_report,
	cmd_history, cmd_plan, cmd_bank, cmd_key, cmd_help, cmd_completion;
extern const struct cmd *const cmds[]; /* NULL-ended; in main.c */

/* Index of the first argument that is no option, or -1 with err filled (ERR_USAGE), also
 * when there are more than `most` of them. */
int opt_parse(const struct opt *opts, int argc, char **argv, int most, void *into,
	      struct err *err);

/* The command's help, out of its row. `path` is what stands before its name. */
void cmd_print_help(const struct cmd *cmd, const char *path, struct buf *out);

/* Finds argv[0] among the commands and runs it; "--help" anywhere prints its help. */
bool cmd_dispatch(const struct cmd *const *list, const char *path, int argc, char **argv,
		  struct err *err);

/* Text on standard output; the caller's bytes must be safe to show. */
bool put_out(const struct buf *text, struct err *err);

/* One line on standard error; file names and bank texts in it are made safe. */
void put_note(const char *text);

#endif
