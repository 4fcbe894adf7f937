#ifndef PROCTOR_REVIEW_H
#define PROCTOR_REVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/report.h"

struct arena;
struct err;

/*
 * A finished session, walked through question by question: which of them are listed.
 * Pure, and nothing of the session changes by it. What there is to say of one question is
 * the report's matter and the front ends'.
 *
 * A filter lists what meets all of its wishes; false, NULL and "" wish for nothing. Wrong
 * are also the open questions of an exam, where they count so; those of a drill count
 * neither way and are not. Unsure is what was marked as a guess or as unsure. A search
 * finds a text in stem, options, prompts, explanation, topics and services, whatever the
 * case of its letters.
 */
struct review_filter {
	bool wrong, flagged, unsure;
	const char *domain, *task; /* ids of the blueprint */
	const char *search;
};

struct review {
	const struct report *report;
	struct arena *arena;
	struct review_filter filter;
	bool *listed;       /* of each question */
	size_t count;       /* how many are; never 0 where there are questions */
	const char **words; /* of each question, folded; NULL before the first search */
};

/* All questions are listed. The report must outlive the review. */
void review_init(struct review *review, const struct report *report, struct arena *arena);

/*
 * Lists what the filter takes; its texts are copied. When that is nothing, or a domain or
 * task does not exist, the review stays as it was: ERR_INPUT with the wish that left
 * nothing ("of 65 questions 21 are wrong; none of these is flagged"), ERR_USAGE for the
 * latter.
 */
bool review_set(struct review *review, const struct review_filter *filter,
		struct err *err);

/* How many a filter would list; texts that do not exist list nothing. */
size_t review_count(struct review *review, const struct review_filter *filter);

/* The filter in words, "wrong, of domain 2, with "glue""; "" for no filter. */
const char *review_told(const struct review *review, struct arena *arena);

/* From a question to the next one listed behind (by 1) or before it (-1); false: none. */
bool review_step(const struct review *review, size_t from, int by, size_t *item);

/* How many are listed up to and with this question: "3 of 21" where it is listed. */
size_t review_rank(const struct review *review, size_t item);

#endif
