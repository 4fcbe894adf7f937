#include "priv.h"

#include <string.h>

/* Ten bits lie between the parts: as many as BLUEPRINT_FORM_MAX has. */
#define PRIORITY_BITS 25
#define TIER_SHIFT 35

static bool has_task(const struct blueprint *blueprint, const char *task)
{
	for (size_t d = 0; d < blueprint->domain_count; d++)
		for (size_t t = 0; t < blueprint->domains[d].task_count; t++)
			if (strcmp(blueprint->domains[d].tasks[t].id, task) == 0)
				return true;
	return false;
}

bool blueprint_admits(const struct blueprint *blueprint, const struct question *question)
{
	const char *task = question_task(question, blueprint->exam);

	return question->status == QUESTION_ACTIVE && blueprint->types[question->type] &&
	       task && has_task(blueprint, task);
}

static bool is_whole(const struct plan *plan, const struct bank_case *in_case)
{
	for (size_t i = 0; i < in_case->count; i++)
		if (!blueprint_admits(plan->blueprint, in_case->questions[i]))
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

int64_t pool_seen(const struct solve_item *item)
{
	return item->price >> TIER_SHIFT;
}

int64_t pool_tier(const struct solve_item *item)
{
	return item->price >> TIER_SHIFT & DRAW_SEEN_MAX;
}

struct filling {
	struct pool *pool;
	const struct plan *plan;
	const struct bank *bank;
	const struct draw *draw;
	bool *whole;      /* of each case */
	uint32_t *hashes; /* of each item's id: taken while it is at hand */
	uint32_t *naming; /* items that name enemies */
	size_t naming_count, name_count;
};

/* FNV-1a. Whoever makes ids collide makes drawing from his own bank slow. */
static uint32_t hash(const char *id)
{
	uint32_t sum = 2166136261u;

	for (; *id; id++)
		sum = (sum ^ (uint8_t)*id) * 16777619u;
	return sum;
}

static uint32_t group_of(const struct filling *filling, const struct question *question)
{
	if (!question->in_case)
		return SOLVE_ALONE;
	return (uint32_t)(question->in_case - filling->bank->cases);
}

static void add(struct filling *filling, size_t task, const struct question *question)
{
	struct pool *pool = filling->pool;
	uint32_t group = group_of(filling, question);

	/* what its task and exam are, the index has told already */
	if (question->status != QUESTION_ACTIVE ||
	    !filling->plan->blueprint->types[question->type] ||
	    (group != SOLVE_ALONE && !filling->whole[group]))
		return;
	filling->hashes[pool->problem.item_count] = hash(question->id);
	if (question->enemies.count)
		filling->naming[filling->naming_count++] =
			(uint32_t)pool->problem.item_count;
	filling->name_count += question->enemies.count;
	pool->questions[pool->problem.item_count] = question;
	pool->problem.items[pool->problem.item_count++] = (struct solve_item){
		.price = price_of(filling->plan, filling->draw, question),
		.task = (uint32_t)task,
		.type = (uint32_t)question->type,
		.group = group,
		.weight = (uint8_t)question->difficulty,
	};
}

/*
 * The questions of a large bank lie far apart, and waiting for one after the other is
 * most of what filling costs: the next ones are asked for in time.
 */
#define AHEAD_QUESTION 16
#define AHEAD_ID 8

static void fetch_ahead(const struct bank_entry *entry, size_t left)
{
	if (left <= AHEAD_QUESTION)
		return;
	__builtin_prefetch(&entry[AHEAD_QUESTION].question->id);
	__builtin_prefetch(&entry[AHEAD_QUESTION].question->enemies);
	__builtin_prefetch(entry[AHEAD_ID].question->id);
}

/* A question listed under two tasks of one exam stands for its first alone. */
static void add_task(struct filling *filling, size_t t, struct arena *arena)
{
	const char *exam = filling->plan->blueprint->exam;
	const char *task = filling->plan->tasks[t].task->id;
	const struct bank_entry *entry;
	size_t count;

	entry = bank_find_task(filling->bank, arena_printf(arena, "%s:%s", exam, task),
			       &count);
	for (; count; count--, entry++) {
		fetch_ahead(entry, count);
		if (entry->question->objective_count == 1 ||
		    strcmp(question_task(entry->question, exam), task) == 0)
			add(filling, t, entry->question);
	}
}

/* ---- Enemies ---- */

/* Who is named as an enemy, and by which item: a table with open addresses. */
struct named {
	const char *id; /* NULL: empty */
	uint32_t hash, by;
};

struct names {
	struct named *at;
	size_t mask;
};

static void list_names(const struct filling *filling, struct names *names,
		       struct arena *arena)
{
	size_t size = 1;

	while (size < 2 * filling->name_count + 1)
		size *= 2;
	names->at = ARENA_ARRAY(arena, size, struct named);
	names->mask = size - 1;
	for (size_t n = 0; n < filling->naming_count; n++) {
		uint32_t i = filling->naming[n];
		const struct json_texts *enemies = &filling->pool->questions[i]->enemies;

		for (size_t e = 0; e < enemies->count; e++) {
			struct named name = { enemies->at[e], hash(enemies->at[e]), i };
			size_t slot = name.hash & names->mask;

			while (names->at[slot].id)
				slot = (slot + 1) & names->mask;
			names->at[slot] = name;
		}
	}
}

/* Enmity named on either side counts; an enemy that cannot be drawn is none. */
static void pair_enemies(const struct filling *filling, struct arena *arena)
{
	struct solve_problem *problem = &filling->pool->problem;
	struct names names;

	list_names(filling, &names, arena);
	problem->pairs = ARENA_ARRAY(arena, filling->name_count, struct solve_pair);
	for (uint32_t i = 0; filling->name_count && i < problem->item_count; i++) {
		uint32_t sum = filling->hashes[i];

		for (size_t slot = sum & names.mask; names.at[slot].id;
		     slot = (slot + 1) & names.mask) {
			const struct named *name = &names.at[slot];

			if (name->hash == sum && name->by != i &&
			    strcmp(name->id, filling->pool->questions[i]->id) == 0)
				problem->pairs[problem->pair_count++] =
					(struct solve_pair){ name->by, i };
		}
	}
}

/* ---- The problem ---- */

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
			(uint32_t)plan->mix[y].least,
			(uint32_t)plan->mix[y].most,
		};
	problem->is_weighed = plan->is_weighed;
	if (plan->is_weighed)
		problem->weight = (struct solve_range){
			(uint32_t)plan->weight.least,
			(uint32_t)plan->weight.most,
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
	struct filling filling = {
		.pool = pool,
		.plan = plan,
		.bank = bank,
		.draw = draw,
		.hashes = ARENA_ARRAY(arena, bank->count, uint32_t),
		.naming = ARENA_ARRAY(arena, bank->count, uint32_t),
	};

	*pool = (struct pool){
		.bank = bank,
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
	pair_enemies(&filling, arena);
	set_ranges(pool, plan, arena);
}

/* ---- For several forms at once ---- */

static struct solve_range times(int64_t least, int64_t most, int64_t forms)
{
	return (struct solve_range){ (uint32_t)(least * forms),
				     (uint32_t)(most * forms) };
}

struct solve_problem pool_times(const struct pool *pool, const struct plan *plan,
				int64_t forms, bool enemies, struct arena *arena)
{
	struct solve_problem problem = pool->problem;

	problem.total *= (uint32_t)forms;
	problem.items = ARENA_ARRAY(arena, problem.item_count, struct solve_item);
	problem.domains = ARENA_ARRAY(arena, problem.domain_count, struct solve_range);
	problem.tasks = ARENA_ARRAY(arena, problem.task_count, struct solve_task);
	problem.types = ARENA_ARRAY(arena, problem.type_count, struct solve_range);
	for (size_t i = 0; i < problem.item_count; i++) {
		problem.items[i] = pool->problem.items[i];
		problem.items[i].price = 0;
	}
	for (size_t d = 0; d < problem.domain_count; d++)
		problem.domains[d] = times(plan->domains[d].total, plan->domains[d].total,
					   forms);
	for (size_t t = 0; t < problem.task_count; t++) {
		problem.tasks[t].domain = (uint32_t)plan->tasks[t].domain;
		problem.tasks[t].range = times(plan->tasks[t].least, plan->tasks[t].most,
					       forms);
	}
	for (size_t y = 0; y < problem.type_count; y++)
		problem.types[y] = times(plan->mix[y].least, plan->mix[y].most, forms);
	if (plan->is_weighed)
		problem.weight = times(plan->weight.least, plan->weight.most, forms);
	if (!enemies)
		problem.pair_count = 0;
	return problem;
}
