#ifndef TUI_ANSWER_H
#define TUI_ANSWER_H

#include "proctor/blueprint.h"
#include "proctor/session.h"

/*
 * What a key makes of a response, for each type of question. Pure: from the response
 * there is to the one to be stored. False leaves `made` alone; *why says the reason to
 * the candidate, or is NULL.
 */
struct answer {
	const struct form_item *item;
	const struct response *given;
};

/*
 * The options in the order they stand on the screen: as shown; in ordering the steps that
 * are placed come first, in their order.
 */
size_t answer_rows(const struct answer *answer, uint8_t rows[BANK_OPTIONS_MAX]);

/* Where the option stands in the response, from 0; -1: nowhere. */
int answer_place(const struct answer *answer, uint8_t option);

/* Chooses or places an option, or takes it back. Not for matching. */
bool answer_toggle(const struct answer *answer, uint8_t option, struct response *made,
		   const char **why);

/* Ordering: a step earlier (-1) or later (+1); one that is not placed comes last. */
bool answer_shift(const struct answer *answer, uint8_t option, int by,
		  struct response *made, const char **why);

/* Matching: an option, or RESPONSE_NONE, to a prompt. */
bool answer_match(const struct answer *answer, size_t prompt, uint8_t option,
		  struct response *made);

#endif
