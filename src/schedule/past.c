#include <string.h>

#include "priv.h"

static bool find_task(const struct blueprint *blueprint, const char *id, unsigned *domain,
		      unsigned *task)
{
	for (unsigned d = 0; d < blueprint->domain_count; d++)
		for (unsigned t = 0; t < blueprint->domains[d].task_count; t++)
			if (strcmp(blueprint->domains[d].tasks[t].id, id) == 0) {
				*domain = d;
				*task = t;
				return true;
			}
	return false;
}

bool past_find(const struct past *past, const struct score_answer *answer, size_t *index)
{
	const struct question *question = bank_find(past->bank, answer->question);

	if (!question)
		return false;
	*index = (size_t)(question - past->bank->questions);
	return true;
}

static void meet(struct met *met, const struct score_answer *answer, int64_t day)
{
	met->times++;
	met->last_day = day;
	met->answered = answer->answered;
	met->right = answer->right;
	met->flagged = answer->flagged;
}

void past_read(struct past *past, const struct blueprint *blueprint,
	       const struct bank *bank, const struct score_answer *answers, size_t count,
	       int64_t utc_offset_ms, struct arena *arena)
{
	size_t q;

	*past = (struct past){ .blueprint = blueprint,
			       .bank = bank,
			       .answers = answers,
			       .answer_count = count,
			       .met = ARENA_ARRAY(arena, bank->count, struct met) };
	for (size_t i = 0; i < bank->count; i++) {
		struct met *met = &past->met[i];
		const char *task = question_task(&bank->questions[i], blueprint->exam);

		met->can_ask = blueprint_admits(blueprint, &bank->questions[i]) &&
			       find_task(blueprint, task, &met->domain, &met->task);
	}
	for (size_t i = 0; i < count; i++)
		if (past_find(past, &answers[i], &q))
			meet(&past->met[q], &answers[i],
			     schedule_day(answers[i].at_ms, utc_offset_ms));
}
