#include "answer.h"

#include <string.h>

int answer_place(const struct answer *answer, uint8_t option)
{
	for (size_t i = 0; i < answer->given->count; i++)
		if (answer->given->picks[i] == option)
			return (int)i;
	return -1;
}

size_t answer_rows(const struct answer *answer, uint8_t rows[BANK_OPTIONS_MAX])
{
	const struct question *question = answer->item->question;
	bool ordering = question->type == ORDERING;
	size_t n = 0;

	for (size_t i = 0; ordering && i < answer->given->count; i++)
		rows[n++] = answer->given->picks[i];
	for (size_t i = 0; i < question->option_count; i++)
		if (!ordering || answer_place(answer, answer->item->shown[i]) < 0)
			rows[n++] = answer->item->shown[i];
	return n;
}

static void take_out(struct response *response, size_t at)
{
	response->count--;
	memmove(response->picks + at, response->picks + at + 1, response->count - at);
	response->picks[response->count] = 0;
}

/* Sets are kept ascending. */
static void put_in(struct response *response, uint8_t option, bool ordering)
{
	size_t at = response->count++;

	for (; !ordering && at && response->picks[at - 1] > option; at--)
		response->picks[at] = response->picks[at - 1];
	response->picks[at] = option;
}

bool answer_toggle(const struct answer *answer, uint8_t option, struct response *made,
		   const char **why)
{
	const struct question *question = answer->item->question;
	struct response response = *answer->given;
	int place = answer_place(answer, option);

	*why = NULL;
	if (place >= 0) {
		take_out(&response, (size_t)place);
	} else {
		if (question->type == MULTIPLE_CHOICE)
			response = (struct response){ 0, { 0 } };
		if (response.count >= question->choose) {
			*why = question->type == ORDERING
				       ? "all steps are placed; its letter takes one out"
				       : "that is one too many; a letter again takes it "
					 "back";
			return false;
		}
		put_in(&response, option, question->type == ORDERING);
	}
	*made = response;
	return true;
}

bool answer_shift(const struct answer *answer, uint8_t option, int by,
		  struct response *made, const char **why)
{
	struct response response = *answer->given;
	int place = answer_place(answer, option), other = place + by;

	*why = NULL;
	if (place < 0)
		return answer_toggle(answer, option, made, why);
	if (other < 0 || other >= response.count) {
		*why = other < 0 ? "this is the first step already"
				 : "this is the last of the placed steps";
		return false;
	}
	response.picks[place] = response.picks[other];
	response.picks[other] = option;
	*made = response;
	return true;
}

bool answer_match(const struct answer *answer, size_t prompt, uint8_t option,
		  struct response *made)
{
	size_t prompts = answer->item->question->prompt_count, none = 0;
	struct response response = *answer->given;

	if (response.count != prompts) {
		response = (struct response){ (uint8_t)prompts, { 0 } };
		memset(response.picks, RESPONSE_NONE, prompts);
	}
	if (prompt >= prompts || response.picks[prompt] == option)
		return false;
	response.picks[prompt] = option;
	for (size_t i = 0; i < prompts; i++)
		none += response.picks[i] == RESPONSE_NONE;
	*made = none < prompts ? response : (struct response){ 0, { 0 } };
	return true;
}
