#ifndef PROCTOR_LINT_H
#define PROCTOR_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/arena.h"

struct bank_copy;
struct buf;
struct err;

/*
 * The linter: what is wrong with a bank, or could be better, told all at once. It looks
 * at a working copy, as authors edit it: neither signature nor digests are asked for.
 *
 * Every finding belongs to a rule, and every rule is one row of a table with a name that
 * never changes. `error` is only for what makes a bank unfit to be signed: the bank's own
 * reader would refuse it, or a candidate could not answer. `warning` is for flaws with
 * evidence that they help or hurt the wrong people; `info` is for everything else.
 */
enum lint_severity { LINT_INFO, LINT_WARNING, LINT_ERROR, LINT_SEVERITIES };
enum lint_group {
	LINT_STRUCTURE,
	LINT_TEXT,
	LINT_ITEM,
	LINT_CROSS,
	LINT_BANK,
	LINT_GROUPS,
};

extern const char *const lint_severity_names[]; /* NULL-ended: "info", ... */
extern const char *const lint_group_names[];

struct lint_rule {
	const char *name; /* "longest-is-key" */
	enum lint_group group;
	enum lint_severity severity;
	const char *what, *why, *mend;
	const char *example;      /* what it fires at */
	struct lint_check *check; /* NULL: found in reading the files */
};

/* All rules, grouped, in the order they are told about. */
const struct lint_rule *lint_rule_at(size_t index); /* NULL behind the last */
const struct lint_rule *lint_rule_find(const char *name);

/* "the rule "x" does not exist (did you mean "y"?)", ERR_USAGE. */
bool lint_no_rule(const char *name, struct err *err);

/* Where something is, for people (line, column from 1, in characters) and programs. */
struct lint_finding {
	const struct lint_rule *rule;
	enum lint_severity severity;
	size_t part;         /* which file: index into the copy's parts */
	const char *file;    /* its path inside the bank */
	size_t at, len;      /* bytes in the file; len 0: no more than a place */
	size_t line, column; /* 0: the file as a whole */
	size_t end_column;
	const char *source;   /* its line, if asked for, or what of a long one is near */
	size_t source_at;     /* where in that it is */
	size_t source_len;    /* of that, which may hold any bytes */
	const char *pointer;  /* RFC 6901, into the file; "" its root */
	const char *question; /* id, or NULL */
	const char *message;
};

struct lint_options {
	const char *select, *ignore; /* names of rules or groups, with commas; or NULL */
	const char *today;           /* "2026-11-20", for reviews that are old */
	bool with_source;            /* findings get the line they are in */
	size_t workers;              /* threads; 0: one for each core */
};

struct lint_report {
	struct arena arena;
	struct bank_copy *copy;
	const char *name;              /* the folder or file as it was given */
	struct lint_finding *findings; /* by file, place and rule */
	size_t count;
	size_t counts[LINT_SEVERITIES];
	size_t suppressed; /* by "lint" of a question */
	size_t hidden;     /* by the baseline */
	bool is_folder;
};

/* A folder, or one JSON file of a bank. ERR_SYSTEM and ERR_USAGE only: what is wrong with
 * the bank is in the report. The report is the same whatever the number of workers. Freed
 * with lint_release(). */
bool lint_folder(const char *dir, const struct lint_options *options,
		 struct lint_report *report, struct err *err);
bool lint_text(const char *name, const char *bytes, size_t len,
	       const struct lint_options *options, struct lint_report *report,
	       struct err *err);
void lint_release(struct lint_report *report);

/*
 * A baseline: the warnings and notes a bank had when its author began to lint it, by
 * question (or file) and rule, with how many. What it names is hidden; an error never is.
 * A row that hides less than it says is a finding itself, and writing a baseline anew
 * over an old one only takes away: it can only shrink.
 */
bool lint_baseline_apply(struct lint_report *report, const char *name, const char *bytes,
			 size_t len, struct err *err);
/* `bytes` NULL: the first one. The report must be without a baseline. */
bool lint_baseline_write(const struct lint_report *report, const char *name,
			 const char *bytes, size_t len, struct buf *out, struct err *err);

/*
 * Safe mends of a questions file: normal form C, blanks around texts, objectives and
 * enemies in order, options and prompts without an id, and the layout of the file. False:
 * it cannot be parsed, or nothing had to be mended.
 */
bool lint_fix(const char *name, const char *bytes, size_t len, struct buf *out);

/* "--- a/x" and so on: the lines that differ, as patch(1) takes them. */
void lint_diff(const char *path, const char *old, size_t old_len, const char *made,
	       size_t made_len, struct buf *out);

/* ---- Telling ---- */

struct lint_look {
	const char *format; /* a name of lint_formats */
	bool color;
	size_t columns;
	const char *version; /* of the program, for SARIF */
};

extern const char *const lint_formats[]; /* NULL-ended */

void lint_write(const struct lint_report *report, const struct lint_look *look,
		struct buf *out);
void lint_write_rule(const struct lint_rule *rule, struct buf *out);
void lint_write_rules(struct buf *out);
void lint_write_statistics(const struct lint_report *report, struct buf *out);

#endif
