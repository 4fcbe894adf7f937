#include "priv.h"

#include <math.h>
#include <string.h>

#define RAPID_PART 10 /* a tenth of the time expected */
#define RAPID_LEAST 3000
#define RAPID_MOST 10000
#define SLOW_TIMES 2

/* ---- Time expected ---- */

static size_t count_words(const char *text)
{
	size_t words = 0;

	for (; text && *text; words++) {
		text += strspn(text, " \t\n");
		if (!*text)
			break;
		text += strcspn(text, " \t\n");
	}
	return words;
}

double score_words(const struct question *question)
{
	const struct bank_case *in_case = question->in_case;
	size_t words = count_words(question->stem);

	for (size_t i = 0; i < question->option_count; i++)
		words += count_words(question->options[i].text);
	for (size_t i = 0; i < question->prompt_count; i++)
		words += count_words(question->prompts[i].text);
	if (!in_case || !in_case->count)
		return (double)words;
	return (double)words +
	       (double)count_words(in_case->text) / (double)in_case->count;
}

/* The time there was, or would be for so many questions of the exam. */
static double budget_of(const struct scoring *scoring)
{
	const struct blueprint *blueprint = scoring->blueprint;
	int64_t count = blueprint->scored + blueprint->unscored;

	if (scoring->session->limit_ms > 0)
		return (double)scoring->session->limit_ms;
	if (count == 0)
		return 0;
	return (double)blueprint->minutes * 60000 * (double)scoring->form->count /
	       (double)count;
}

static void expect_times(const struct scoring *scoring)
{
	const struct form *form = scoring->form;
	double all = 0, budget = budget_of(scoring);

	for (size_t i = 0; i < form->count; i++)
		all += score_words(form->items[i].question);
	for (size_t i = 0; i < form->count; i++) {
		double part = all > 0 ? score_words(form->items[i].question) / all
				      : 1 / (double)form->count;

		scoring->result->items[i].expected_ms = llround(budget * part);
	}
}

int64_t score_rapid_ms(int64_t expected_ms)
{
	int64_t part = expected_ms / RAPID_PART;

	return part < RAPID_LEAST ? RAPID_LEAST : part > RAPID_MOST ? RAPID_MOST : part;
}

/* ---- One question ---- */

static bool is_same(const struct response *a, const struct response *b)
{
	return a->count == b->count && memcmp(a->picks, b->picks, a->count) == 0;
}

static enum score_change change_of(const struct question *question,
				   const struct session_item *given)
{
	if (!given->first.count || is_same(&given->first, &given->response))
		return SCORE_UNCHANGED;
	if (question_is_right(question, &given->first))
		return SCORE_RIGHT_TO_WRONG;
	return question_is_right(question, &given->response) ? SCORE_WRONG_TO_RIGHT
							     : SCORE_WRONG_TO_WRONG;
}

static void watch(const struct scoring *scoring, size_t i)
{
	const struct session_item *given = &scoring->session->items[i];
	struct score_item *item = &scoring->result->items[i];

	item->change = change_of(scoring->form->items[i].question, given);
	if (item->expected_ms <= 0)
		return;
	item->rapid = item->answered &&
		      given->spent_ms < score_rapid_ms(item->expected_ms);
	item->slow = given->spent_ms > SLOW_TIMES * item->expected_ms;
}

/* ---- All of them ---- */

static bool is_in_third(const struct scoring *scoring, size_t item, const void *what)
{
	const struct score_third *third = what;

	(void)scoring;
	return item >= third->from && item - third->from < third->count;
}

static void count_thirds(const struct scoring *scoring)
{
	size_t count = scoring->form->count;

	for (size_t t = 0; t < 3; t++) {
		struct score_third *third = &scoring->result->pace.thirds[t];

		third->from = count * t / 3;
		third->count = count * (t + 1) / 3 - third->from;
		third->tally = tally_where(scoring, is_in_third, third);
		for (size_t i = third->from; i < third->from + third->count; i++) {
			third->spent_ms += scoring->session->items[i].spent_ms;
			third->expected_ms += scoring->result->items[i].expected_ms;
		}
	}
}

static void count_open(const struct result *result, struct score_pace *pace)
{
	for (size_t i = 0; i < result->count; i++) {
		if (result->items[i].answered) {
			pace->open_end = 0;
			continue;
		}
		pace->open++;
		pace->open_end++;
		pace->open_last += i + SCORE_LAST >= result->count;
	}
}

void score_behaviour(const struct scoring *scoring)
{
	struct result *result = scoring->result;
	int64_t *changes = result->changes.counts;

	expect_times(scoring);
	for (size_t i = 0; i < result->count; i++) {
		watch(scoring, i);
		changes[result->items[i].change]++;
		result->pace.rapid += result->items[i].rapid;
		result->pace.slow += result->items[i].slow;
	}
	count_thirds(scoring);
	count_open(result, &result->pace);
	result->changes.p = score_sign_test(changes[SCORE_WRONG_TO_RIGHT],
					    changes[SCORE_RIGHT_TO_WRONG]);
}
