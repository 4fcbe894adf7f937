#include "priv.h"

#include <string.h>

/*
 * A price is first the tier, then 36 bits of the priority: 10 bits lie between, so that
 * no sum of priorities of a form of 1,000 reaches one tier.
 */
#define PRIORITY_BITS 36
#define TIER_SHIFT 46

static bool is_task_of(const struct plan *plan, const char *task)
{
	for (size_t t = 0; t < plan->task_count; t++)
		if (strcmp(plan->tasks[t].task->id, task) == 0)
			return true;
	return false;
}

static bool may_be_drawn(const struct plan *plan, const struct question *question)
{
	const char *task = question_task(question, plan->blueprint->exam);

	return question->status == QUESTION_ACTIVE &&
	       plan->blueprint->types[question->type] && task && is_task_of(plan, task);
}

static bool is_whole(const struct plan *plan, const struct bank_case *in_case)
{
	for (size_t i = 0; i < in_case->count; i++)
		if (!may_be_drawn(plan, in_case->questions[i]))
			return false;
	return true;
}

static int64_t seen(const struct draw *draw, const struct question *question)
{
	unsigned tier = draw->seen ? draw->seen(draw->context, question) : 0;

	return tier < DRAW_SEEN_MAX ? tier : DRAW_SEEN_MAX;
}

/* A case is drawn as one: it has one priority, and was seen when any of it was. */
static int64_t price_of(const struct plan *plan, const struct draw *draw,
			const struct question *question)
{
	const struct bank_case *in_case = question->in_case;
	const char *id = in_case ? in_case->id : question->id;
	int64_t tier = seen(draw, question);

	for (size_t i = 0; in_case && i < in_case->count; i++) {
		int64_t other = seen(draw, in_case->questions[i]);

		if (other > tier)
			tier = other;
	}
	return (tier << TIER_SHIFT) |
	       (int64_t)(crypto_priority(&plan->seed, id) >> (64 - PRIORITY_BITS));
}

struct filling {
	struct pool *pool;
	const struct plan *plan;
	const struct bank *bank;
	const struct draw *draw;
	bool *whole; /* of each case */
};

static uint32_t group_of(const struct filling *filling, const struct question *question)
{
	if (!question->in_case)
		return SOLVE_ALONE;
	return (uint32_t)(question->in_case - filling->bank->cases);
}

static void add(const struct filling *filling, size_t task,
		const struct question *question)
{
	struct pool *pool = filling->pool;
	uint32_t group = group_of(filling, question);

	if (!may_be_drawn(filling->plan, question) ||
	    (group != SOLVE_ALONE && !filling->whole[group]))
		return;
	pool->questions[pool->problem.item_count] = question;
	pool->problem.items[pool->problem.item_count++] = (struct solve_item){
		.price = price_of(filling->plan, filling->draw, question),
		.task = (uint32_t)task,
		.type = (uint32_t)question->type,
		.group = group,
	};
}

/* A question listed under two tasks of one exam stands for its first alone. */
static void add_task(const struct filling *filling, size_t t, struct arena *arena)
{
	const char *exam = filling->plan->blueprint->exam;
	const char *task = filling->plan->tasks[t].task->id;
	const struct bank_entry *entry;
	size_t count;

	entry = bank_find_task(filling->bank, arena_printf(arena, "%s:%s", exam, task),
			       &count);
	for (; count; count--, entry++)
		if (strcmp(question_task(entry->question, exam), task) == 0)
			add(filling, t, entry->question);
}

static size_t count_enemies(const struct pool *pool)
{
	size_t count = 0;

	for (size_t i = 0; i < pool->problem.item_count; i++)
		count += pool->questions[i]->enemies.count;
	return count;
}

/* Enmity named on either side counts; an enemy that cannot be drawn is none. */
static void pair_enemies(struct pool *pool, const struct bank *bank, struct arena *arena)
{
	uint32_t *item_of = ARENA_ARRAY(arena, bank->count, uint32_t); /* + 1 */

	pool->problem.pairs = ARENA_ARRAY(arena, count_enemies(pool), struct solve_pair);
	for (uint32_t i = 0; i < pool->problem.item_count; i++)
		item_of[pool->questions[i] - bank->questions] = i + 1;
	for (uint32_t i = 0; i < pool->problem.item_count; i++) {
		const struct json_texts *enemies = &pool->questions[i]->enemies;

		for (size_t e = 0; e < enemies->count; e++) {
			const struct question *enemy = bank_find(bank, enemies->at[e]);
			uint32_t other = enemy ? item_of[enemy - bank->questions] : 0;

			if (other && other != i + 1)
				pool->problem.pairs[pool->problem.pair_count++] =
					(struct solve_pair){ i, other - 1 };
		}
	}
}

static struct solve_range exactly(int64_t count)
{
	return (struct solve_range){ (uint32_t)count, (uint32_t)count };
}

static void set_ranges(struct pool *pool, const struct plan *plan, struct arena *arena)
{
	struct solve_problem *problem = &pool->problem;

	problem->total = (uint32_t)plan->total;
	problem->domain_count = plan->blueprint->domain_count;
	problem->task_count = plan->task_count;
	problem->type_count = QUESTION_TYPES;
	problem->domains = ARENA_ARRAY(arena, problem->domain_count, struct solve_range);
	problem->tasks = ARENA_ARRAY(arena, problem->task_count, struct solve_task);
	problem->types = ARENA_ARRAY(arena, problem->type_count, struct solve_range);
	for (size_t d = 0; d < problem->domain_count; d++)
		problem->domains[d] = exactly(plan->domains[d].total);
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		problem->types[y] = (struct solve_range){
			(uint32_t)plan->blueprint->mix[y].least,
			(uint32_t)plan->blueprint->mix[y].most,
		};
	pool_bounds(pool, plan, true);
}

void pool_bounds(struct pool *pool, const struct plan *plan, bool exact)
{
	for (size_t t = 0; t < plan->task_count; t++) {
		const struct plan_task *task = &plan->tasks[t];

		pool->problem.tasks[t].domain = (uint32_t)task->domain;
		pool->problem.tasks[t].range = exactly(task->count);
		if (!exact)
			pool->problem.tasks[t].range = (struct solve_range){
				(uint32_t)task->least, (uint32_t)task->most
			};
	}
}

void pool_fill(struct pool *pool, const struct plan *plan, const struct bank *bank,
	       const struct draw *draw, struct arena *arena)
{
	struct filling filling = { pool, plan, bank, draw, NULL };

	*pool = (struct pool){
		.questions = ARENA_ARRAY(arena, bank->count, const struct question *),
		.problem = { .group_count = bank->case_count,
			     .nodes = draw->nodes ? draw->nodes : DRAW_NODES,
			     .items = ARENA_ARRAY(arena, bank->count,
						  struct solve_item) },
	};
	filling.whole = ARENA_ARRAY(arena, bank->case_count, bool);
	for (size_t c = 0; c < bank->case_count; c++)
		filling.whole[c] = is_whole(plan, &bank->cases[c]);
	for (size_t t = 0; t < plan->task_count; t++)
		add_task(&filling, t, arena);
	pair_enemies(pool, bank, arena);
	set_ranges(pool, plan, arena);
}
