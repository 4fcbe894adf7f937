#include "priv.h"

#include <assert.h>

/* How many of the questions counted are of the same case as this one, itself included. */
static int64_t count_case(const struct scoring *scoring, const bool *counted, size_t item)
{
	const struct form_item *items = scoring->form->items;
	const struct bank_case *in_case = items[item].question->in_case;
	int64_t count = 0;

	if (!in_case)
		return 1;
	for (size_t i = 0; i < scoring->form->count; i++)
		count += counted[i] && items[i].question->in_case == in_case;
	return count;
}

/* In an exam an unanswered question is a wrong one; in a drill it was not asked. */
static bool is_counted(const struct scoring *scoring, size_t item)
{
	return !scoring->session->drill || scoring->result->items[item].answered;
}

struct tally tally_where(const struct scoring *scoring,
			 bool (*is_in)(const struct scoring *, size_t, const void *),
			 const void *what)
{
	bool counted[BLUEPRINT_FORM_MAX] = { false };
	size_t count = scoring->form->count;
	int64_t right = 0, of = 0, squares = 0;

	for (size_t i = 0; i < count; i++)
		counted[i] = is_counted(scoring, i) && is_in(scoring, i, what);
	for (size_t i = 0; i < count; i++) {
		if (!counted[i])
			continue;
		of++;
		right += scoring->result->items[i].right;
		/* Each of m questions of a case adds m: m squared in all. */
		squares += count_case(scoring, counted, i);
	}
	return score_tally_cases(right, of, score_effective(of, squares));
}

static void mark_items(const struct scoring *scoring)
{
	const struct form *form = scoring->form;
	struct result *result = scoring->result;
	int64_t raw = 0, of = 0;

	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];
		struct score_item *marked = &result->items[i];

		marked->right = question_is_right(item->question,
						  &scoring->session->items[i].response);
		marked->answered = session_is_answered(scoring->session, i);
		result->answered += marked->answered;
		raw += item->scored && marked->right;
		of += item->scored;
	}
	result->score = score_scale(scoring->blueprint, raw, of);
}

void score_result(const struct blueprint *blueprint, const struct form *form,
		  const struct session *session, struct arena *arena,
		  struct result *result)
{
	const struct scoring scoring = { blueprint, form, session, arena, result };

	assert(form->count == session->count && form->count <= BLUEPRINT_FORM_MAX);
	*result = (struct result){ .count = form->count };
	result->items = ARENA_ARRAY(arena, form->count, struct score_item);
	mark_items(&scoring);
	score_rows(&scoring);
	score_groups(&scoring);
	score_behaviour(&scoring);
}
