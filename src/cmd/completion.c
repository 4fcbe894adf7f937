#include <string.h>

#include "cmd.h"
#include "proctor/arena.h"

/*
 * Completions for three shells, out of the tables that options are parsed from. A place
 * is where the cursor can be: behind "proctor" (the path ""), "exam", "bank sign"...
 */
struct place {
	const char *path;
	const struct cmd *const *subs;
	const struct opt *opts;
	const char *arguments;
};

struct shell {
	const char *name;
	const char *head, *middle, *tail; /* paths, then rows, stand between them */
	void (*put_path)(const struct place *place, struct buf *out);
	void (*put_row)(const struct place *place, struct buf *out);
};

/* What stands for a value says what is wanted: "text|json" are words to choose from. */
static const char *wanted(const char *value)
{
	if (strstr(value, "DIR"))
		return "folder";
	if (strstr(value, "FILE") || strcmp(value, "KEY") == 0)
		return "file";
	return value[strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-|")] ? "nothing"
									      : "word";
}

static void quote(const char *text, const char *for_quote, struct buf *out)
{
	buf_char(out, '\'');
	for (; *text; text++)
		if (*text == '\'')
			buf_text(out, for_quote);
		else
			buf_char(out, *text);
	buf_char(out, '\'');
}

static void put_choices(const char *value, struct buf *out)
{
	if (*value)
		buf_char(out, ' ');
	for (; *value; value++)
		buf_char(out, *value == '|' ? ' ' : *value);
}

/* ---- bash and zsh: one function, with a case for every place ---- */

static const char bash_head[] =
	"_proctor() {\n"
	"\tlocal at= word wants= free=nothing prev=${COMP_WORDS[COMP_CWORD-1]}\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} choices=()\n"
	"\tfor word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n";

static const char zsh_head[] = "#compdef proctor\n"
			       "_proctor() {\n"
			       "\tlocal at= word wants= free=nothing "
			       "prev=${words[CURRENT-1]} cur=$PREFIX\n"
			       "\tlocal -a choices\n"
			       "\tfor word in ${words[2,CURRENT-1]}; do\n";

static const char case_middle[] = "\tdone\n"
				  "\tcase $at in\n";

static const char bash_tail[] =
	"\tesac\n"
	"\tcase $cur in (-*) ;; (*) [ $free = nothing ] || wants=${wants:-$free} ;; "
	"esac\n"
	"\tCOMPREPLY=($(compgen -W \"${choices[*]%%:*}\" -- \"$cur\"))\n"
	"\tlocal IFS=$'\\n'\n"
	"\tcase $wants in\n"
	"\t(file) COMPREPLY=($(compgen -f -- \"$cur\")); compopt -o filenames ;;\n"
	"\t(folder) COMPREPLY=($(compgen -d -- \"$cur\")); compopt -o filenames ;;\n"
	"\t(nothing) COMPREPLY=() ;;\n"
	"\tesac\n"
	"} 2>/dev/null\n"
	"complete -F _proctor proctor\n";

static const char zsh_tail[] =
	"\tesac\n"
	"\tcase $cur in (-*) ;; (*) [ $free = nothing ] || wants=${wants:-$free} ;; "
	"esac\n"
	"\tcase $wants in\n"
	"\t(file) _files ;;\n"
	"\t(folder) _files -/ ;;\n"
	"\t(nothing) ;;\n"
	"\t(*) _describe -o proctor choices ;;\n"
	"\tesac\n"
	"}\n"
	"if [ \"$funcstack[1]\" = _proctor ]; then _proctor; else compdef _proctor "
	"proctor; fi\n";

static void put_case_path(const struct place *place, struct buf *out)
{
	if (!*place->path)
		return;
	buf_printf(out, "\t\t[ \"${at:+$at }$word\" = '%s' ] && at='%s'\n", place->path,
		   place->path);
}

static void put_choice(const char *word, const char *help, struct buf *out)
{
	buf_printf(out, " '%s':", word);
	quote(help, "'\\''", out);
}

static void put_value_case(const struct opt *opt, struct buf *out)
{
	const char *wants = wanted(opt->value);

	buf_printf(out, "\t\t(--%s", opt->name);
	if (opt->letter)
		buf_printf(out, "|-%c", opt->letter);
	buf_printf(out, ") wants=%s choices=(", wants);
	if (strcmp(wants, "word") == 0)
		put_choices(opt->value, out);
	buf_text(out, ") ;;\n");
}

static void put_case(const struct place *place, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	const struct opt *opt;

	buf_printf(out, "\t('%s')\n\t\tfree=%s\n\t\tchoices=(", place->path,
		   wanted(place->arguments));
	for (const struct cmd *const *sub = place->subs; sub && *sub; sub++)
		put_choice((*sub)->name, (*sub)->summary, out);
	for (opt = place->opts; opt && opt->kind != OPT_END; opt++)
		put_choice(arena_printf(&arena, "--%s", opt->name), opt->help, out);
	put_choice("--help", "what it does and which options it has", out);
	if (strcmp(wanted(place->arguments), "word") == 0)
		put_choices(place->arguments, out);
	buf_text(out, ")\n\t\tcase $prev in\n");
	for (opt = place->opts; opt && opt->kind != OPT_END; opt++)
		if (opt->value)
			put_value_case(opt, out);
	buf_text(out, "\t\tesac ;;\n");
	arena_release(&arena);
}

/* ---- fish: a line for every word ---- */

static const char fish_head[] = "function __proctor_at\n"
				"\tset -l at ''\n"
				"\tfor word in (commandline -opc)[2..-1]\n"
				"\t\tset -l next (string trim \"$at $word\")\n"
				"\t\tcontains -- $next";

static const char fish_middle[] = "; and set at $next\n"
				  "\tend\n"
				  "\ttest \"$at\" = \"$argv[1]\"\n"
				  "end\n"
				  "complete -c proctor -f\n";

static void put_fish_path(const struct place *place, struct buf *out)
{
	buf_printf(out, " '%s'", place->path);
}

static void put_fish_start(const char *path, struct buf *out)
{
	buf_printf(out, "complete -c proctor -n '__proctor_at \"%s\"'", path);
}

static void put_fish_value(const char *value, struct buf *out)
{
	const char *wants = wanted(value);

	if (strcmp(wants, "file") == 0) {
		buf_text(out, " -r -F");
	} else if (strcmp(wants, "folder") == 0) {
		buf_text(out, " -x -a '(__fish_complete_directories)'");
	} else {
		buf_text(out, " -x");
		if (strcmp(wants, "word") == 0) {
			buf_text(out, " -a '");
			put_choices(value, out);
			buf_char(out, '\'');
		}
	}
}

static void put_fish_opt(const struct place *place, const struct opt *opt,
			 struct buf *out)
{
	put_fish_start(place->path, out);
	buf_printf(out, " -l %s", opt->name);
	if (opt->letter)
		buf_printf(out, " -s %c", opt->letter);
	if (opt->value)
		put_fish_value(opt->value, out);
	buf_text(out, " -d ");
	quote(opt->help, "\\'", out);
	buf_char(out, '\n');
}

static void put_fish(const struct place *place, struct buf *out)
{
	for (const struct cmd *const *sub = place->subs; sub && *sub; sub++) {
		put_fish_start(place->path, out);
		buf_printf(out, " -a %s -d ", (*sub)->name);
		quote((*sub)->summary, "\\'", out);
		buf_char(out, '\n');
	}
	for (const struct opt *opt = place->opts; opt && opt->kind != OPT_END; opt++)
		put_fish_opt(place, opt, out);
	if (strcmp(wanted(place->arguments), "nothing") != 0 && *place->arguments) {
		put_fish_start(place->path, out);
		put_fish_value(place->arguments, out);
		buf_char(out, '\n');
	}
}

static const struct shell shells[] = {
	{ "bash", bash_head, case_middle, bash_tail, put_case_path, put_case },
	{ "zsh", zsh_head, case_middle, zsh_tail, put_case_path, put_case },
	{ "fish", fish_head, fish_middle, "", put_fish_path, put_fish },
};

/* ---- All places ---- */

static void each_place(const struct place *place,
		       void (*put)(const struct place *, struct buf *),
		       struct arena *arena, struct buf *out)
{
	put(place, out);
	for (const struct cmd *const *sub = place->subs; sub && *sub; sub++) {
		struct place below = {
			.path = arena_printf(arena, "%s%s%s", place->path,
					     *place->path ? " " : "", (*sub)->name),
			.subs = (*sub)->subs,
			.opts = (*sub)->opts,
			.arguments = (*sub)->arguments,
		};

		each_place(&below, put, arena, out);
	}
}

static void complete(const struct shell *shell, struct buf *out)
{
	const struct place root = { "", cmds, NULL, "" };
	struct arena arena = ARENA_INIT;

	buf_text(out, shell->head);
	each_place(&root, shell->put_path, &arena, out);
	buf_text(out, shell->middle);
	each_place(&root, shell->put_row, &arena, out);
	buf_text(out, shell->tail);
	arena_release(&arena);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct buf text = BUF_INIT;
	const struct shell *shell = NULL;
	bool ok;

	for (size_t i = 0; argc == 2 && i < sizeof(shells) / sizeof(*shells); i++)
		if (strcmp(argv[1], shells[i].name) == 0)
			shell = &shells[i];
	if (!shell)
		return err_set(err, ERR_USAGE, "completions for bash, zsh or fish?");
	complete(shell, &text);
	ok = put_out(&text, err);
	buf_release(&text);
	return ok;
}

const struct cmd cmd_completion = {
	"completion",
	run,
	"bash|zsh|fish",
	"what a shell needs to complete proctor's words",
	NULL,
	NULL,
};
