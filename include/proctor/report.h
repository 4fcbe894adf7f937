#ifndef PROCTOR_REPORT_H
#define PROCTOR_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/blueprint.h"
#include "proctor/schedule.h"
#include "proctor/score.h"
#include "proctor/session.h"
#include "proctor/store.h"

struct arena;
struct buf;
struct err;
struct json;
struct json_doc;
struct json_out;

/*
 * A finished session, told. Pure: from (blueprint, form, session, result) to text or to
 * the proctor-report/1 document; the same input gives the same bytes.
 */
struct report {
	const struct store_session *session;
	const struct blueprint *blueprint;
	const struct form *form;
	const struct session *state;
	const struct result *result;
	int64_t gaps, gap_ms; /* times and length the program was not running */
};

/* Made for a screen `columns` wide (>= 40), readable without colour. */
void report_text(const struct report *report, size_t columns, struct buf *out);

/* The same, then every task, topic, service and question. */
void report_full(const struct report *report, size_t columns, struct buf *out);

/*
 * One web page with everything, complete in itself: no script, nothing loaded, a strict
 * policy. With `expand` the questions stand open; on paper they always do.
 */
void report_html(const struct report *report, bool expand, struct buf *out);

/* Markdown as GitHub reads it; what the bank says cannot be taken for markup. */
void report_md(const struct report *report, struct buf *out);

/* RFC 4180, one row a question. A text that a spreadsheet would take for a formula has an
 * apostrophe in front. */
void report_csv(const struct report *report, struct buf *out);

/*
 * What there is to say of one question beside its answer, its key and the reasons: the
 * candidate's note and marks, the first answer, time, whether it counts, task and domain.
 * Whole sentences in the arena; a note and titles in them are not yet safe to show.
 */
#define REPORT_FACTS 6

size_t report_facts(const struct report *report, size_t item, struct arena *arena,
		    const char *facts[REPORT_FACTS]);

/*
 * A question that the candidate believes wrong, as Markdown for the author of its bank:
 * which bank and which question, key and answer, and what the candidate thinks. Nothing
 * else of the session or of the candidate is in it. docs/mistakes.md
 */
void report_mistake(const struct report *report, size_t item, const char *because,
		    struct buf *out);

/* {"format":"proctor-report/1",...}; `is` is "result" in jsonl and NULL in a file. */
void report_json(const struct report *report, const char *is, struct json_out *out);

/*
 * Does a proctor-report/1 document hold? Its questions are those of the bank; responses,
 * times and what was flagged are taken at its word; and everything else is made again
 * from these. Each value that comes out otherwise is a difference.
 */
struct report_claim { /* a document, read far enough to find its bank */
	const struct json_doc *doc;
	struct store_session about; /* as it says; without signer and blueprint text */
	const char *format, *session, *began;
	bool expired;
	int64_t gaps, gap_ms;
	const struct json *blueprint, *bank, *questions;
};

/* The document must outlive the claim; texts lie in the arena. */
bool report_claim_read(const struct json_doc *doc, struct arena *arena,
		       struct report_claim *claim, struct err *err);

struct report_check {
	const char **differences; /* a sentence each; none: it holds */
	size_t count;
	bool drawn;         /* the form was compared with what the seed draws */
	struct score score; /* made again; of == 0: not so far */
};

/* The bank is the claim's, by digest. ERR_INPUT: it is not even a report. */
bool report_verify(const struct report_claim *claim, const struct bank *bank,
		   const struct blueprint *blueprint, struct arena *arena,
		   struct report_check *check, struct err *err);

/*
 * All sessions, told: what was sat, whether it gets better, and what is known of each
 * domain; exams and drills apart. Pure, like the report of one.
 */
struct history_exam {
	const char *id;
	const struct blueprint *blueprint; /* the latest sat; NULL: it cannot be read */
};

struct history {
	const struct store_past *sessions; /* latest first */
	size_t count;
	const struct score_answer *first; /* first answers, ascending by time */
	size_t first_count;
	const struct history_exam *exams; /* all that are in sessions, each once */
	size_t exam_count;
	size_t most; /* sessions listed of a kind and exam, the latest; 0: all */
};

/* As report_text(); ascii: only characters that every terminal has. */
void history_text(const struct history *history, size_t columns, bool ascii,
		  struct buf *out);

/* {"format":"proctor-trend/1",...}: docs/history.md */
void history_json(const struct history *history, struct json_out *out);

/* A web page that needs nothing but itself. */
void history_html(const struct history *history, struct buf *out);

/*
 * A plan, told: what is known, what to do today, and the days up to the exam, the first
 * `days` of them one by one, the rest by weeks and then by months.
 */
struct report_plan {
	const struct schedule_plan *plan;
	const struct blueprint *blueprint;
	const char *file, *bank, *key; /* as given for --blueprint, --bank and --key, or
					  NULL */
	bool allow_unsigned, allow_downgrade; /* as given */
	const char *open_kind, *open_id; /* the latest session that is not finished, or
					    NULL */
	size_t days;
};

void report_plan_text(const struct report_plan *report, size_t columns, struct buf *out);

/* {"format":"proctor-plan/1",...}, with every day. */
void report_plan_json(const struct report_plan *report, struct json_out *out);

#endif
