#ifndef LINT_PLACES_H
#define LINT_PLACES_H

#include "priv.h"

/* Where a question begins. */
struct mark {
	size_t part, at, question;
};

/* Sorts the findings and counts lines and columns. */
void lint_set_places(struct lint *lint);

/* Names the question of those that have none yet. */
void lint_set_questions(struct lint *lint);

#endif
