#ifndef LINT_WRITE_H
#define LINT_WRITE_H

#include "priv.h"

/* How a finding is told: one row for each format. */
struct lint_format {
	const char *name;
	void (*write)(const struct lint_report *report, const struct lint_look *look,
		      struct buf *out);
};

void write_pretty(const struct lint_report *report, const struct lint_look *look,
		  struct buf *out);
void write_gcc(const struct lint_report *report, const struct lint_look *look,
	       struct buf *out);
void write_json(const struct lint_report *report, const struct lint_look *look,
		struct buf *out);
void write_jsonl(const struct lint_report *report, const struct lint_look *look,
		 struct buf *out);
void write_sarif(const struct lint_report *report, const struct lint_look *look,
		 struct buf *out);
void write_junit(const struct lint_report *report, const struct lint_look *look,
		 struct buf *out);
void write_tap(const struct lint_report *report, const struct lint_look *look,
	       struct buf *out);
void write_github(const struct lint_report *report, const struct lint_look *look,
		  struct buf *out);
void write_gitlab(const struct lint_report *report, const struct lint_look *look,
		  struct buf *out);

/* The file as seen from where the command runs: the folder given, and the path in it. */
void add_path(struct buf *out, const struct lint_report *report,
	      const struct lint_finding *finding);

/* One that stays the same while the finding does, and is no other finding's. */
void add_fingerprint(struct buf *out, const struct lint_report *report, size_t finding);

/* The findings of each question, for formats that know tests: those without a question
 * come first, then the questions in the bank's order. */
struct by_question {
	const char *question; /* NULL: the bank itself */
	const size_t *findings;
	size_t count;
	size_t failed; /* of the severity warning or error */
};
struct by_question *group_findings(const struct lint_report *report, struct arena *arena,
				   size_t *count);

/* "2 errors, 1 warning in 3 questions": the last line. */
void add_summary(struct buf *out, const struct lint_report *report);

#endif
