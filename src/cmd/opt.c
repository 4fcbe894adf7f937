#include "opt.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/text.h"

#define OPTS_MAX 32
#define NAMELESS \
	256 /* what getopt_long() gives for the option at index 0 without letter */

static size_t count_opts(const struct opt *opts)
{
	size_t n = 0;

	while (opts && opts[n].kind != OPT_END)
		n++;
	return n < OPTS_MAX ? n : OPTS_MAX - 1;
}

/* The table in the two forms getopt_long() wants. */
static void make_tables(const struct opt *opts, struct option *longs, char *shorts)
{
	size_t n = count_opts(opts);

	*shorts++ = ':';
	for (size_t i = 0; i < n; i++) {
		bool value = opts[i].kind != OPT_FLAG;

		longs[i] = (struct option){ opts[i].name,
					    value ? required_argument : no_argument, NULL,
					    opts[i].letter ? opts[i].letter
							   : NAMELESS + (int)i };
		if (!opts[i].letter)
			continue;
		*shorts++ = opts[i].letter;
		if (value)
			*shorts++ = ':';
	}
	*shorts = '\0';
	longs[n] = (struct option){ NULL, 0, NULL, 0 };
}

static bool set_flag(const struct opt *opt, const char *text, void *at, struct err *err)
{
	(void)opt, (void)text, (void)err;
	*(bool *)at = true;
	return true;
}

/* Only what is a text in itself may be empty: a seed, a search. */
static bool set_text(const struct opt *opt, const char *text, void *at, struct err *err)
{
	if (!*text && strcmp(opt->value, "TEXT") != 0)
		return err_set(err, ERR_USAGE, "--%s wants a value, not \"\"; see --help",
			       opt->name);
	*(const char **)at = text;
	return true;
}

static bool set_number(const struct opt *opt, const char *text, void *at, struct err *err)
{
	char *end;
	long long number, most = opt_most[opt->kind];

	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno || *end || end == text || number < 1 || number > most)
		return err_set(err, ERR_USAGE,
			       "--%s wants a number from 1 to %lld, not \"%s\"",
			       opt->name, most, text);
	*(int64_t *)at = number;
	return true;
}

static bool set(const struct opt *opt, const char *text, void *into, struct err *err)
{
	static bool (*const setters[])(const struct opt *, const char *, void *,
				       struct err *) = {
		[OPT_FLAG] = set_flag,      [OPT_TEXT] = set_text,
		[OPT_NUMBER] = set_number,  [OPT_QUESTIONS] = set_number,
		[OPT_THREADS] = set_number, [OPT_VERSION] = set_number,
	};

	return setters[opt->kind](opt, text, (char *)into + opt->offset, err);
}

static const struct opt *find_opt(const struct opt *opts, int code)
{
	for (size_t i = 0; i < count_opts(opts); i++)
		if (code == (opts[i].letter ? opts[i].letter : NAMELESS + (int)i))
			return &opts[i];
	return NULL;
}

/* getopt_long() names what it did not like by its letter in optopt, where it has one. */
static bool refuse(const struct opt *opts, int code, const char *given, struct err *err)
{
	const struct opt *opt = optopt ? find_opt(opts, optopt) : NULL;

	if (opt)
		return err_set(err, ERR_USAGE, "--%s %s; see --help", opt->name,
			       code == ':' ? "wants a value" : "takes no value");
	if (optopt)
		return err_set(err, ERR_USAGE, "there is no option -%c; see --help",
			       optopt);
	return err_set(err, ERR_USAGE, "there is no option %s; see --help", given);
}

int opt_parse(const struct opt *opts, int argc, char **argv, int most, void *into,
	      struct err *err)
{
	struct option longs[OPTS_MAX];
	char shorts[2 * OPTS_MAX + 3];
	int code;

	make_tables(opts, longs, shorts);
	optind = 0;
	opterr = 0;
	while ((code = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct opt *opt = find_opt(opts, code);

		if (!opt) {
			refuse(opts, code, argv[optind - 1], err);
			return -1;
		}
		if (!set(opt, optarg, into, err))
			return -1;
	}
	if (argc - optind > most) {
		err_set(err, ERR_USAGE, "one argument too many: \"%s\"; see --help",
			argv[optind + most]);
		return -1;
	}
	return optind;
}

#define HELP_COLUMN 28
#define HELP_WIDTH 80

/* The words of help, in a column of their own. */
static void print_words(const char *words, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct text_line *lines;
	size_t n = text_wrap(words, strlen(words), HELP_WIDTH - HELP_COLUMN, &arena,
			     &lines);

	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_repeat(out, ' ', HELP_COLUMN);
		buf_add(out, words + lines[i].from, lines[i].to - lines[i].from);
		buf_char(out, '\n');
	}
	arena_release(&arena);
}

static void print_opts(const struct opt *opts, struct buf *out)
{
	buf_text(out, "\nOptions:\n");
	for (size_t i = 0; i < count_opts(opts); i++) {
		size_t from = out->len;

		buf_text(out, "  ");
		if (opts[i].letter)
			buf_printf(out, "-%c, ", opts[i].letter);
		buf_printf(out, "--%s%s%s", opts[i].name, opts[i].value ? " " : "",
			   opts[i].value ? opts[i].value : "");
		if (out->len - from > HELP_COLUMN - 2) {
			buf_char(out, '\n');
			from = out->len;
		}
		buf_repeat(out, ' ', HELP_COLUMN - (out->len - from));
		print_words(opts[i].help, out);
	}
}

void cmd_print_help(const struct cmd *cmd, const char *path, struct buf *out)
{
	buf_printf(out, "Usage: %s %s%s%s%s\n\n%s.\n", path, cmd->name,
		   cmd->opts ? " [OPTION]..." : "", cmd->arguments[0] ? " " : "",
		   cmd->arguments, cmd->summary);
	if (cmd->subs) {
		buf_text(out, "\nCommands:\n");
		for (const struct cmd *const *sub = cmd->subs; *sub; sub++)
			buf_printf(out, "  %-10s %s\n", (*sub)->name, (*sub)->summary);
	}
	if (cmd->opts)
		print_opts(cmd->opts, out);
}

static bool wants_help(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static const struct cmd *find_cmd(const struct cmd *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp((*list)->name, name) == 0)
			return *list;
	return NULL;
}

bool cmd_dispatch(const struct cmd *const *list, const char *path, int argc, char **argv,
		  struct err *err)
{
	const struct cmd *cmd = argc ? find_cmd(list, argv[0]) : NULL;
	struct buf text = BUF_INIT;
	bool ok;

	if (!argc)
		return err_set(err, ERR_USAGE, "which command? see %s --help", path);
	if (!cmd)
		return err_set(err, ERR_USAGE, "there is no command %s %s; see %s --help",
			       path, argv[0], path);
	if (cmd->subs && (argc == 1 || argv[1][0] != '-')) {
		buf_printf(&text, "%s %s", path, cmd->name);
		ok = cmd_dispatch(cmd->subs, text.data, argc - 1, argv + 1, err);
	} else if (wants_help(argc, argv)) {
		cmd_print_help(cmd, path, &text);
		ok = put_out(&text, err);
	} else if (cmd->subs) {
		ok = err_set(err, ERR_USAGE, "which command? see %s %s --help", path,
			     cmd->name);
	} else {
		ok = cmd->run(argc, argv, err);
	}
	buf_release(&text);
	return ok;
}
