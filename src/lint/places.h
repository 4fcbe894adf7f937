#ifndef LINT_PLACES_H
#define LINT_PLACES_H

#include "priv.h"

/* The place of a finding at, or in, a value of the open sheet. */
void lint_set_value_place(struct lint *lint, const struct json *value,
			  struct lint_finding *finding);

/* Sorts the findings; gives those that have none a place, and the line itself if that is
 * asked for. ERR_SYSTEM: a file has changed meanwhile. */
bool lint_set_places(struct lint *lint, struct err *err);

/* Names the question of those that have none yet. */
void lint_set_questions(struct lint *lint);

#endif
