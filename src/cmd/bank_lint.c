#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "proctor/file.h"
#include "proctor/lint.h"

#define LINT_FILE_MAX ((size_t)64 << 20)

struct given {
	const char *format, *output, *select, *ignore, *fail_on, *explain, *color, *name;
	const char *baseline;
	bool rules, statistics, write_baseline, fix, diff;
	int64_t jobs;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'f', "format", offsetof(struct given, format), "FORMAT",
	  "pretty, gcc, json, jsonl, sarif, junit, tap, github, gitlab, auto" },
	{ OPT_TEXT, 'o', "output", offsetof(struct given, output), "FILE",
	  "write to this file, whole or not at all" },
	{ OPT_TEXT, 0, "select", offsetof(struct given, select), "RULES",
	  "these rules or groups alone, with commas" },
	{ OPT_TEXT, 0, "ignore", offsetof(struct given, ignore), "RULES",
	  "all but these rules or groups" },
	{ OPT_TEXT, 0, "fail-on", offsetof(struct given, fail_on), "SEVERITY",
	  "status 1 from error (default), warning or info on, or never" },
	{ OPT_FLAG, 0, "statistics", offsetof(struct given, statistics), NULL,
	  "how many findings of each rule, and nothing else" },
	{ OPT_TEXT, 0, "explain", offsetof(struct given, explain), "RULE",
	  "what a rule looks for, why, and how to mend it" },
	{ OPT_TEXT, 0, "baseline", offsetof(struct given, baseline), "FILE",
	  "hide the findings that this file names" },
	{ OPT_FLAG, 0, "write-baseline", offsetof(struct given, write_baseline), NULL,
	  "write that file; one that is there can only shrink" },
	{ OPT_FLAG, 0, "fix", offsetof(struct given, fix), NULL,
	  "mend what is safe to mend, then lint" },
	{ OPT_FLAG, 0, "diff", offsetof(struct given, diff), NULL,
	  "with --fix: show what would change, and change nothing" },
	{ OPT_THREADS, 'j', "jobs", offsetof(struct given, jobs), "N",
	  "threads, at most 16; otherwise one for each core" },
	{ OPT_FLAG, 0, "rules", offsetof(struct given, rules), NULL, "list all rules" },
	{ OPT_TEXT, 0, "stdin-name", offsetof(struct given, name), "FILE",
	  "what findings in standard input (-) call the file" },
	{ OPT_TEXT, 0, "color", offsetof(struct given, color), "WHEN",
	  "always, never, or auto: on a terminal" },
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

/* The place of a word in a list that ends in NULL; what it is called if it is not there.
 */
static bool find_word(const char *option, const char *word, const char *const *list,
		      size_t *index, struct err *err)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; list[i]; i++) {
		if (strcmp(list[i], word) == 0) {
			*index = i;
			buf_release(&names);
			return true;
		}
		buf_printf(&names, "%s%s", i ? ", " : "", list[i]);
	}
	err_set(err, ERR_USAGE, "--%s wants one of %s, not \"%s\"", option, names.data,
		word);
	buf_release(&names);
	return false;
}

/* auto: for people on a terminal, for editors elsewhere, for GitHub in its workflows. */
static const char *auto_format(const char *output)
{
	const char *actions = getenv("GITHUB_ACTIONS");

	if (!output && isatty(STDOUT_FILENO))
		return "pretty";
	return actions && strcmp(actions, "true") == 0 ? "github" : "gcc";
}

static bool set_look(const struct given *given, struct lint_look *look, struct err *err)
{
	static const char *const whens[] = { "auto", "always", "never", NULL };
	const char *no_color = getenv("NO_COLOR");
	size_t when = 0, format;

	look->format = given->format                             ? given->format
		       : isatty(STDOUT_FILENO) && !given->output ? "pretty"
								 : "gcc";
	if (strcmp(look->format, "auto") == 0)
		look->format = auto_format(given->output);
	if (!find_word("format", look->format, lint_formats, &format, err) ||
	    (given->color && !find_word("color", given->color, whens, &when, err)))
		return false;
	look->color = when == 1 || (when == 0 && !given->output &&
				    isatty(STDOUT_FILENO) && !(no_color && *no_color));
	look->columns = terminal_columns();
	look->version = PROCTOR_VERSION;
	return true;
}

static bool explain(const char *name, struct buf *out, struct err *err)
{
	const struct lint_rule *rule = lint_rule_find(name);

	if (!rule)
		return lint_no_rule(name, err);
	lint_write_rule(rule, out);
	return true;
}

/* A folder is a bank; "-" and files are one file of a bank. */
static bool lint(const char *path, const struct given *given,
		 const struct lint_options *options, struct lint_report *report,
		 struct err *err)
{
	struct buf text = BUF_INIT;
	struct stat st;
	bool ok;

	if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return lint_folder(path, options, report, err);
	if (!file_read(path, LINT_FILE_MAX, &text, err))
		return false;
	if (strcmp(path, "-") == 0)
		path = given->name ? given->name : "stdin";
	ok = lint_text(path, text.data, text.len, options, report, err);
	buf_release(&text);
	return ok;
}

/* Status 1 if there is a finding as bad as that. */
static bool judge(const struct lint_report *report, size_t least, struct err *err)
{
	size_t n = 0;

	for (size_t i = least; i < LINT_SEVERITIES; i++)
		n += report->counts[i];
	if (!n)
		return true;
	return err_set(err, ERR_INPUT, "%s: %zu finding%s of severity %s%s", report->name,
		       n, n == 1 ? "" : "s", lint_severity_names[least],
		       least < LINT_ERROR ? " or worse" : "");
}

/* The only bank there is. */
static bool find_bank(struct arena *arena, const char **path, struct err *err)
{
	struct folders folders = { NULL, 0, 0 };

	if (!find_folders(NULL, arena, &folders, err))
		return false;
	if (folders.count != 1)
		return err_set(err, ERR_USAGE, "there are %zu banks; name one of them",
			       folders.count);
	*path = folders.at[0];
	return true;
}

/* Hides what the baseline names, or writes it. */
static bool use_baseline(const struct given *given, struct lint_report *report,
			 struct err *err)
{
	const char *name = given->baseline;
	struct buf old = BUF_INIT, made = BUF_INIT;
	bool there = file_exists(name), ok;

	if (there && !file_read(name, LINT_FILE_MAX, &old, err))
		return false;
	if (given->write_baseline)
		ok = lint_baseline_write(report, name, there ? old.data : NULL, old.len,
					 &made, err) &&
		     file_write(name, made.data, made.len, 0644, err);
	else if (!there)
		ok = err_set(err, ERR_USAGE,
			     "%s: there is no such file; --write-baseline makes it",
			     name);
	else
		ok = lint_baseline_apply(report, name, old.data, old.len, err);
	buf_release(&old);
	buf_release(&made);
	return ok;
}

/* What --fix does, or with --diff would do. */
struct fixing {
	const struct given *given;
	struct buf diff;
	size_t changed, unread; /* files */
};

/* A file that can be mended is written, for whom it was, or its differences told. */
static bool fix_file(struct fixing *fixing, const char *path, struct err *err)
{
	struct buf bytes = BUF_INIT, made = BUF_INIT;
	bool ok = file_read(path, LINT_FILE_MAX, &bytes, err);
	struct stat st;
	mode_t mode = stat(path, &st) == 0 ? st.st_mode & 0777 : 0600;

	if (ok && lint_fix(path, bytes.data, bytes.len, &made)) {
		fixing->changed++;
		if (fixing->given->diff)
			lint_diff(path, bytes.data, bytes.len, made.data, made.len,
				  &fixing->diff);
		else
			ok = file_write(path, made.data, made.len, mode, err);
	}
	buf_release(&bytes);
	buf_release(&made);
	return ok;
}

static bool fix_files(struct fixing *fixing, const struct lint_report *report,
		      struct err *err)
{
	struct buf path = BUF_INIT;
	bool ok = true;

	for (size_t i = 0; ok && i < report->copy->part_count; i++) {
		const struct bank_part *part = &report->copy->parts[i];

		if (part->kind != BANK_PART_QUESTIONS)
			continue;
		fixing->unread += part->opened && !part->parsed;
		if (!part->parsed)
			continue;
		buf_clear(&path);
		buf_text(&path, report->name);
		if (report->is_folder)
			buf_printf(&path, "/%s", part->path);
		ok = fix_file(fixing, path.data, err);
	}
	buf_release(&path);
	return ok;
}

/* Status 1 if a file is not as --fix would leave it, as formatters have it. */
static bool judge_diff(const struct fixing *fixing, const char *path, struct err *err)
{
	size_t changed = fixing->changed, unread = fixing->unread;

	if (changed && unread)
		return err_set(err, ERR_INPUT,
			       "%s: --fix would change %zu file%s; %zu can be mended by "
			       "hand only: not JSON",
			       path, changed, changed == 1 ? "" : "s", unread);
	if (changed)
		return err_set(err, ERR_INPUT, "%s: --fix would change %zu file%s", path,
			       changed, changed == 1 ? "" : "s");
	if (unread)
		return err_set(err, ERR_INPUT,
			       "%s: %zu file%s can be mended by hand only: not JSON",
			       path, unread, unread == 1 ? "" : "s");
	return true;
}

/* Mends first, and then looks at what that left; or tells the differences, and no more.
 */
static bool fix_first(const char *path, const struct given *given,
		      const struct lint_options *options, bool never, struct err *err)
{
	struct fixing fixing = { .given = given, .diff = BUF_INIT };
	struct lint_report report;
	bool ok;

	if (strcmp(path, "-") == 0)
		return err_set(err, ERR_USAGE, "--fix writes files, not standard input");
	if (!lint(path, given, options, &report, err))
		return false;
	ok = fix_files(&fixing, &report, err);
	if (ok && given->diff)
		ok = put_file(given->output, &fixing.diff, err) &&
		     (never || judge_diff(&fixing, path, err));
	buf_release(&fixing.diff);
	lint_release(&report);
	return ok;
}

static bool tell(const struct lint_report *report, const struct given *given,
		 const struct lint_look *look, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok;

	if (given->statistics)
		lint_write_statistics(report, &text);
	else
		lint_write(report, look, &text);
	ok = put_file(given->output, &text, err);
	buf_release(&text);
	return ok;
}

/* The folder a file is made in. */
static const char *folder_of(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

/*
 * From here on the bank can be read, and what was asked to be written be written: a bank
 * that nobody vouches for is about to be parsed. A file is replaced by a new one beside
 * it, so its folder has to be writable.
 */
static bool confine_lint(const char *path, const struct given *given, struct arena *arena,
			 struct err *err)
{
	const char *read[] = { path, given->baseline ? given->baseline : path };
	const char *write[4] = { NULL };
	size_t n = 0;
	struct stat st;

	if (given->output)
		write[n++] = folder_of(given->output, arena);
	if (given->write_baseline)
		write[n++] = folder_of(given->baseline, arena);
	if (given->fix && !given->diff)
		write[n++] = stat(path, &st) == 0 && S_ISDIR(st.st_mode)
				     ? path
				     : folder_of(path, arena);
	return confine(read, 2, write, arena, err);
}

static bool lint_and_tell(const char *path, const struct given *given,
			  struct arena *arena, struct err *err)
{
	static const char *const levels[] = { "info", "warning", "error", "never", NULL };
	struct lint_options options = { .select = given->select,
					.ignore = given->ignore,
					.today = today(arena),
					.workers = (size_t)given->jobs };
	struct lint_report report;
	struct lint_look look;
	size_t least = LINT_ERROR;
	bool ok;

	if (given->write_baseline && !given->baseline)
		return err_set(err, ERR_USAGE, "--write-baseline wants --baseline FILE");
	if ((given->fail_on &&
	     !find_word("fail-on", given->fail_on, levels, &least, err)) ||
	    !set_look(given, &look, err) || !confine_lint(path, given, arena, err) ||
	    ((given->fix || given->diff) &&
	     !fix_first(path, given, &options, least == LINT_SEVERITIES, err)))
		return false;
	if (given->diff)
		return true;
	options.with_source = strcmp(look.format, "pretty") == 0 && !given->statistics;
	if (!lint(path, given, &options, &report, err))
		return false;
	ok = !given->baseline || use_baseline(given, &report, err);
	if (!given->write_baseline)
		ok = ok && tell(&report, given, &look, err) && judge(&report, least, err);
	lint_release(&report);
	return ok;
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { 0 };
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT;
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	const char *path = i >= 0 ? argv[i] : NULL;
	bool ok = i >= 0;

	if (ok && given.explain)
		ok = explain(given.explain, &text, err) && put_out(&text, err);
	else if (ok && given.rules) {
		lint_write_rules(&text);
		ok = put_out(&text, err);
	} else if (ok) {
		ok = (path || find_bank(&arena, &path, err)) &&
		     lint_and_tell(path, &given, &arena, err);
	}
	buf_release(&text);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_bank_lint = {
	"lint", run,  "[DIR|FILE|-]", "what is wrong with a bank, or could be better",
	opts,   NULL,
};
