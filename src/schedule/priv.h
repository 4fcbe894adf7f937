#ifndef SCHEDULE_PRIV_H
#define SCHEDULE_PRIV_H

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/err.h"
#include "proctor/schedule.h"

/* What is known of one question of the bank from the last time it was met. */
struct met {
	bool can_ask;          /* the blueprint admits it; then: */
	unsigned domain, task; /* indices into the blueprint */
	size_t times;          /* 0: never met */
	int64_t last_day;
	bool answered, right, flagged; /* the last time */
};

/* All that is known, question by question of the bank. */
struct past {
	const struct blueprint *blueprint;
	const struct bank *bank;
	const struct score_answer *answers;
	size_t answer_count;
	struct met *met;
};

void past_read(struct past *past, const struct blueprint *blueprint,
	       const struct bank *bank, const struct score_answer *answers, size_t count,
	       int64_t utc_offset_ms, struct arena *arena);

/* Where in the bank an answer's question is; false: there no more. */
bool past_find(const struct past *past, const struct score_answer *answer, size_t *index);

/* The questions a drill may choose from, as indices into the bank, ascending. */
struct candidates {
	size_t *at;
	size_t count;
	const char *scope; /* " of task 2.3 that was missed", or "" */
};

/* All that the wish lets through; ERR_INPUT or ERR_USAGE when that is nothing. */
bool candidates_find(const struct past *past, const struct schedule_wish *wish,
		     struct arena *arena, struct candidates *candidates, struct err *err);

/* The order of a drill, and of each question's options. `parts` says for each item in
 * which part of the drill it stands: 0 before 1. */
void arrange_drill(const char *seed, const uint8_t *parts, struct form *form,
		   struct arena *arena);

#endif
