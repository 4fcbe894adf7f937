#include "priv.h"

/* ---- What was seen ---- */

static bool has_seen(const struct pool *pool)
{
	for (size_t i = 0; i < pool->problem.item_count; i++)
		if (pool_tier(&pool->problem.items[i]) > DRAW_SEEN_DRILL)
			return true;
	return false;
}

/* Was it in one of the last `forms` forms? */
static bool is_recent(const struct solve_item *item, int64_t forms)
{
	return pool_tier(item) > DRAW_SEEN_MAX - forms;
}

/* Is there a form without the questions of the last `forms` forms? Leaves them out. */
static bool can_avoid(struct pool *pool, int64_t forms, const bool *excluded)
{
	struct arena arena = ARENA_INIT;
	struct solve_answer answer;
	bool found;

	for (size_t i = 0; i < pool->problem.item_count; i++) {
		struct solve_item *item = &pool->problem.items[i];

		item->excluded = excluded[i] || is_recent(item, forms);
	}
	solve_run(&pool->problem, &arena, &answer);
	found = answer.chosen != NULL;
	arena_release(&arena);
	return found;
}

/*
 * Leaves out the questions of as many of the last forms as can be done without: for each
 * of these k the overlap with the last k forms is none. Those of the form before these
 * are made the dearest, so that as few of them as possible come back; what still older
 * forms had follows, by how lately it was seen.
 */
static void avoid_recent(struct pool *pool, struct arena *arena)
{
	size_t count = pool->problem.item_count;
	bool *excluded = ARENA_ARRAY(arena, count, bool);
	int64_t low = 0, high = DRAW_SEEN_MAX - DRAW_SEEN_DRILL;

	for (size_t i = 0; i < count; i++)
		excluded[i] = pool->problem.items[i].excluded;
	while (low < high) {
		int64_t middle = low + (high - low + 1) / 2;

		if (can_avoid(pool, middle, excluded))
			low = middle;
		else
			high = middle - 1;
	}
	for (size_t i = 0; i < count; i++) {
		struct solve_item *item = &pool->problem.items[i];

		item->excluded = excluded[i] || is_recent(item, low);
		if (is_recent(item, low + 1) && pool_tier(item) > DRAW_SEEN_DRILL)
			item->price |= INT64_C(1) << PRICE_FORM_BIT;
	}
}

/* How much of it was seen: first what avoid_recent() made the dearest, then how lately.
 */
static int64_t sum_seen(const struct pool *pool, const struct solve_answer *answer)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < pool->problem.total; i++)
		sum += pool_seen(&pool->problem.items[answer->chosen[i]]);
	return sum;
}

void draw_search(struct pool *pool, const struct plan *plan, struct arena *arena,
		 struct solve_answer *answer)
{
	struct solve_answer wide;

	if (has_seen(pool)) {
		pool_bounds(pool, plan, false);
		avoid_recent(pool, arena);
		pool_bounds(pool, plan, true);
	}
	solve_run(&pool->problem, arena, answer);
	if (answer->chosen && !sum_seen(pool, answer))
		return;
	pool_bounds(pool, plan, false);
	solve_run(&pool->problem, arena, &wide);
	if (!answer->chosen ||
	    (wide.chosen && sum_seen(pool, &wide) < sum_seen(pool, answer)))
		*answer = wide;
	else if (wide.verdict != SOLVE_OPTIMAL)
		answer->verdict = SOLVE_INCUMBENT;
}

bool blueprint_draw(const struct blueprint *blueprint, const struct bank *bank,
		    const struct draw *draw, struct arena *arena, struct form *form,
		    struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct plan plan;
	struct pool pool;
	struct solve_answer answer;
	bool ok;

	plan_make(&plan, blueprint, draw, &scratch);
	pool_fill(&pool, &plan, bank, draw, &scratch);
	draw_search(&pool, &plan, &scratch, &answer);
	ok = answer.chosen != NULL;
	if (ok)
		arrange_form(&plan, &pool, &answer, arena, form);
	else
		explain_failure(&plan, &pool, answer.verdict, arena, draw->none, err);
	arena_release(&scratch);
	return ok;
}

/* ---- How much of it was to be had otherwise ---- */

static bool in_form(const struct form *form, const struct question *question)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->items[i].question == question)
			return true;
	return false;
}

struct form_overlap blueprint_overlap(const struct blueprint *blueprint,
				      const struct bank *bank, const struct draw *draw,
				      const struct form *form, unsigned recent)
{
	struct form_overlap overlap = { 0, 0, false };
	struct arena scratch = ARENA_INIT;
	struct solve_answer answer;
	struct plan plan;
	struct pool pool;

	plan_make(&plan, blueprint, draw, &scratch);
	pool_fill(&pool, &plan, bank, draw, &scratch);
	pool_bounds(&pool, &plan, false);
	for (size_t i = 0; i < pool.problem.item_count; i++) {
		bool is_recent = pool_tier(&pool.problem.items[i]) + (int64_t)recent >
				 DRAW_SEEN_MAX;

		pool.problem.items[i].price = is_recent;
		if (is_recent)
			overlap.count += in_form(form, pool.questions[i]);
	}
	solve_run(&pool.problem, &scratch, &answer);
	overlap.proven = answer.verdict == SOLVE_OPTIMAL;
	overlap.least = answer.chosen ? (size_t)answer.price : overlap.count;
	arena_release(&scratch);
	return overlap;
}
