#ifndef SCORE_PRIV_H
#define SCORE_PRIV_H

#include "proctor/arena.h"
#include "proctor/score.h"

/* A session being scored. What is found goes to `result`, whose items come first: the
 * rest looks at them. */
struct scoring {
	const struct blueprint *blueprint;
	const struct form *form;
	const struct session *session;
	struct arena *arena;
	struct result *result;
};

/* Counts the questions for which `is_in` holds, cases with regard. */
struct tally tally_where(const struct scoring *scoring,
			 bool (*is_in)(const struct scoring *, size_t item,
				       const void *what),
			 const void *what);

void score_rows(const struct scoring *scoring);
void score_groups(const struct scoring *scoring);
void score_behaviour(const struct scoring *scoring);

#endif
