#include "proctor/score.h"

#include <assert.h>
#include <math.h>

#include "proctor/arena.h"

#define TAIL 0.025 /* left out on either side of a 95 % interval */

struct score score_scale(const struct blueprint *blueprint, int64_t raw, int64_t of)
{
	int64_t min = blueprint->scale_min, max = blueprint->scale_max;
	int64_t pass = blueprint->scale_pass;
	struct score score = {
		.raw = raw, .of = of, .scaled = min, .min = min, .max = max, .pass = pass
	};

	assert(0 <= raw && raw <= of && min < max);
	if (of == 0)
		return score;
	/* Never rounded up: 42 of 61 is 719.67, fails, and must not be shown as 720. */
	score.scaled = min + (max - min) * raw / of;
	score.passed = (max - min) * raw >= (pass - min) * of;
	if (of >= 2)
		score.sem = sqrt((double)raw * (double)(of - raw) / (double)(of - 1)) *
			    (double)(max - min) / (double)of;
	return score;
}

int64_t score_needed(const struct blueprint *blueprint, int64_t of)
{
	int64_t range = blueprint->scale_max - blueprint->scale_min;
	int64_t above = blueprint->scale_pass - blueprint->scale_min;

	assert(range > 0 && of >= 0);
	return above <= 0 ? 0 : (above * of + range - 1) / range;
}

/*
 * Jeffreys rather than Clopper-Pearson, which is needlessly wide for the ten questions
 * of a domain, or the normal approximation, which is wrong for them. With none or all
 * right the end is put at 0 or 1, as Brown, Cai and DasGupta (2001) do.
 */
struct tally score_tally(int64_t right, int64_t of)
{
	struct tally tally = { right, of, 0, 1 };
	double a = (double)right + 0.5, b = (double)(of - right) + 0.5;

	assert(0 <= right && right <= of);
	if (right > 0)
		tally.low = score_beta_inverse(TAIL, a, b);
	if (right < of)
		tally.high = score_beta_inverse(1 - TAIL, a, b);
	return tally;
}

/* All that is asked for, right or wrong. */
static bool is_answered(const struct question *question, const struct response *response)
{
	unsigned given = 0;

	for (unsigned i = 0; i < response->count; i++)
		given += response->picks[i] != RESPONSE_NONE;
	return given == question->choose;
}

static size_t count_rows(const struct blueprint *blueprint)
{
	size_t count = blueprint->domain_count;

	for (size_t d = 0; d < blueprint->domain_count; d++)
		count += blueprint->domains[d].task_count;
	return count;
}

static size_t domain_row(const struct blueprint *blueprint, unsigned domain)
{
	size_t row = domain;

	assert(domain < blueprint->domain_count);
	for (unsigned d = 0; d < domain; d++)
		row += blueprint->domains[d].task_count;
	return row;
}

static void name_rows(const struct blueprint *blueprint, struct score_row *rows)
{
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];

		*rows++ = (struct score_row){ .id = domain->id,
					      .title = domain->title,
					      .is_domain = true };
		for (size_t t = 0; t < domain->task_count; t++)
			*rows++ = (struct score_row){ .id = domain->tasks[t].id,
						      .title = domain->tasks[t].title };
	}
}

static void count_in(struct tally *tally, bool right)
{
	tally->right += right;
	tally->of++;
}

static void with_interval(struct tally *tally)
{
	*tally = score_tally(tally->right, tally->of);
}

/* Counts one item everywhere it belongs. */
static void count_item(const struct blueprint *blueprint, const struct form_item *item,
		       bool right, struct result *result)
{
	size_t row = domain_row(blueprint, item->domain);

	assert(item->task < blueprint->domains[item->domain].task_count);
	count_in(&result->all, right);
	count_in(&result->rows[row].tally, right);
	count_in(&result->rows[row + 1 + item->task].tally, right);
}

void score_result(const struct blueprint *blueprint, const struct form *form,
		  const struct response *responses, struct arena *arena,
		  struct result *result)
{
	int64_t raw = 0, of = 0;

	*result = (struct result){ .row_count = count_rows(blueprint),
				   .count = form->count };
	result->rows = ARENA_ARRAY(arena, result->row_count, struct score_row);
	result->right = ARENA_ARRAY(arena, form->count, bool);
	name_rows(blueprint, result->rows);
	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];
		bool right = question_is_right(item->question, &responses[i]);

		result->right[i] = right;
		result->answered += is_answered(item->question, &responses[i]);
		raw += item->scored && right;
		of += item->scored;
		count_item(blueprint, item, right, result);
	}
	result->score = score_scale(blueprint, raw, of);
	with_interval(&result->all);
	for (size_t i = 0; i < result->row_count; i++)
		with_interval(&result->rows[i].tally);
}
