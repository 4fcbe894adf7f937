#ifndef REPORT_PROGRESS_H
#define REPORT_PROGRESS_H

#include "proctor/arena.h"
#include "proctor/report.h"

/*
 * What a history says of one exam, counted and put in order: text, JSON and page only
 * write it down.
 */
struct progress_session {
	const struct store_past *past;
	struct score score; /* as if the scale were the exam's; is_scored alone */
	struct tally first; /* questions met for the first time */
	int64_t all;        /* questions, met before or not */
};

struct progress_kind {                     /* exams, or drills */
	struct progress_session *sessions; /* oldest first, finished or not */
	size_t count;
	size_t *scored; /* indices of those that are scored */
	size_t scored_count;
	struct score_standing *standings; /* for each domain */
	int64_t first;                    /* first answers in all */
};

struct progress_domain {
	const char *id, *title; /* title "": not known */
};

struct progress {
	const char *exam, *title; /* title: of the blueprint last sat, or the id */
	struct progress_domain *domains;
	size_t domain_count;
	struct progress_kind exams, drills;
	bool has_trend;
	struct score_trend trend; /* of exams, over first answers */
};

void progress_make(const struct history *history, const struct history_exam *exam,
		   struct arena *arena, struct progress *progress);

/* The share of a domain in a session, in 0..1; NAN where none was asked. */
double progress_share(const struct progress_session *session, const char *domain);

/* ---- In words; NULL where there is nothing to say ---- */

const char *progress_span(struct arena *arena, const struct progress *progress);
const char *progress_trend(struct arena *arena, const struct progress *progress);
const char *progress_repeats(struct arena *arena, const struct progress *progress);
extern const char progress_how[]; /* what the two estimates are */
extern const char progress_drills[];

/* "2026-11-20 09:30"; "710-822"; "PASS", "fail"; of one that is not scored,
 * the state, and how to go on with it (NULL: not at all) */
const char *progress_when(struct arena *arena, const struct progress_session *session);
const char *progress_range(struct arena *arena, const struct progress_session *session);
const char *progress_result(const struct progress_session *session);
const char *progress_open(const struct progress_session *session);
const char *progress_command(struct arena *arena, const struct progress_session *session);

#endif
