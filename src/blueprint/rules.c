#include "priv.h"
#include "proctor/buf.h"

/* ---- Given up ---- */

static void drop_enemies(struct solve_problem *problem)
{
	problem->pair_count = 0;
}

static void drop_cases(struct solve_problem *problem)
{
	for (size_t i = 0; i < problem->item_count; i++)
		problem->items[i].group = SOLVE_ALONE;
}

static void drop_mix(struct solve_problem *problem)
{
	for (size_t y = 0; y < problem->type_count; y++)
		problem->types[y] = (struct solve_range){ 0, problem->total };
}

static void drop_band(struct solve_problem *problem)
{
	problem->is_weighed = false;
}

/* ---- There at all ---- */

static bool has_enemies(const struct plan *plan, const struct pool *pool, int64_t forms)
{
	(void)plan;
	return forms == 1 && pool->problem.pair_count;
}

static bool has_cases(const struct plan *plan, const struct pool *pool, int64_t forms)
{
	(void)plan;
	(void)forms;
	for (size_t i = 0; i < pool->problem.item_count; i++)
		if (pool->problem.items[i].group != SOLVE_ALONE)
			return true;
	return false;
}

static bool has_mix(const struct plan *plan, const struct pool *pool, int64_t forms)
{
	(void)pool;
	(void)forms;
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		if (plan->blueprint->types[y] &&
		    (plan->mix[y].least || plan->mix[y].most < plan->total))
			return true;
	return false;
}

static bool has_band(const struct plan *plan, const struct pool *pool, int64_t forms)
{
	(void)pool;
	(void)forms;
	return plan->is_weighed;
}

static const struct rule {
	void (*drop)(struct solve_problem *problem);
	bool (*is_there)(const struct plan *plan, const struct pool *pool, int64_t forms);
	const char *name;
} rules[] = {
	{ drop_enemies, has_enemies, "enemies kept apart" },
	{ drop_cases, has_cases, "cases kept whole" },
	{ drop_mix, has_mix, "the type mix" },
	{ drop_band, has_band, "the difficulty asked for" },
};

#define RULES (sizeof(rules) / sizeof(rules[0]))

void rules_drop(struct solve_problem *problem, unsigned set)
{
	for (size_t r = 0; r < RULES; r++)
		if (set & 1u << r)
			rules[r].drop(problem);
}

unsigned rules_in_way(const struct plan *plan, const struct pool *pool, int64_t forms,
		      bool (*is_enough)(const void *context, unsigned dropped),
		      const void *context)
{
	unsigned there = 0, alone = 0;

	for (size_t r = 0; r < RULES; r++)
		there |= (unsigned)rules[r].is_there(plan, pool, forms) << r;
	for (size_t r = 0; r < RULES; r++)
		if (there & 1u << r && is_enough(context, 1u << r))
			alone |= 1u << r;
	for (size_t r = 0; !alone && r < RULES; r++)
		if (there & 1u << r && is_enough(context, there & ~(1u << r)))
			there &= ~(1u << r);
	return alone ? alone : there;
}

void rules_name(struct buf *text, unsigned set)
{
	size_t left = 0;

	for (size_t r = 0; r < RULES; r++)
		left += set >> r & 1;
	for (size_t r = 0; r < RULES; r++) {
		if (!(set & 1u << r))
			continue;
		left--;
		buf_printf(text, "%s%s", rules[r].name,
			   left > 1    ? ", "
			   : left == 1 ? " and "
				       : "");
	}
}
