#include "priv.h"

#include <inttypes.h>

#include "proctor/buf.h"

/* Questions there are of each task and of each type. */
struct supply {
	int64_t *tasks;
	int64_t types[QUESTION_TYPES];
};

static void count_supply(const struct plan *plan, const struct pool *pool,
			 struct arena *arena, struct supply *supply)
{
	*supply = (struct supply){ .tasks = ARENA_ARRAY(arena, plan->task_count,
							int64_t) };
	for (size_t i = 0; i < pool->problem.item_count; i++) {
		supply->tasks[pool->problem.items[i].task]++;
		supply->types[pool->problem.items[i].type]++;
	}
}

static int64_t min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void begin(struct buf *text)
{
	buf_text(text, text->len ? "; " : "");
}

/* Appends the tasks that have less than `least` (or `most`) of their quota. */
static size_t list_tasks(struct buf *text, const struct plan *plan, size_t d,
			 const struct supply *supply, bool least)
{
	const struct plan_task *tasks = plan->tasks + plan->domains[d].first_task;
	const int64_t *has = supply->tasks + plan->domains[d].first_task;
	size_t count = 0;

	for (size_t t = 0; t < plan->blueprint->domains[d].task_count; t++) {
		int64_t wanted = least ? tasks[t].least : tasks[t].most;

		if (has[t] >= wanted)
			continue;
		buf_printf(text, "%stask %s has %" PRId64 " of at %s %" PRId64,
			   count++ ? ", " : "", tasks[t].task->id, has[t],
			   least ? "least" : "most", wanted);
	}
	return count;
}

/*
 * A domain may be short on the whole, or have enough but not in every task. When it is
 * short without any task below its floor, the tasks below their ceiling are named.
 */
static void explain_domain(struct buf *text, const struct plan *plan, size_t d,
			   const struct supply *supply)
{
	struct buf tasks = BUF_INIT;
	size_t first = plan->domains[d].first_task, short_tasks;
	int64_t can = 0, needs = plan->domains[d].total;

	for (size_t t = first; t < first + plan->blueprint->domains[d].task_count; t++)
		can += min(supply->tasks[t], plan->tasks[t].most);
	short_tasks = list_tasks(&tasks, plan, d, supply, true);
	if (can < needs || short_tasks)
		begin(text);
	if (can < needs) {
		buf_printf(text,
			   "domain %s needs %" PRId64 ", %" PRId64 " can be drawn: ",
			   plan->blueprint->domains[d].id, needs, can);
		if (!short_tasks)
			list_tasks(&tasks, plan, d, supply, false);
	}
	buf_text(text, tasks.data);
	buf_release(&tasks);
}

static void explain_types(struct buf *text, const struct plan *plan,
			  const struct supply *supply)
{
	const struct blueprint *blueprint = plan->blueprint;
	int64_t can = 0, has = 0;

	for (size_t y = 0; y < QUESTION_TYPES; y++) {
		has += supply->types[y];
		can += min(supply->types[y], blueprint->mix[y].most);
		if (supply->types[y] >= blueprint->mix[y].least)
			continue;
		begin(text);
		buf_printf(text,
			   "%s needs at least %" PRId64 ", %" PRId64 " can be drawn",
			   question_type_names[y], blueprint->mix[y].least,
			   supply->types[y]);
	}
	if (has < plan->total || can >= plan->total) /* domains said so, or all is well */
		return;
	begin(text);
	buf_printf(text,
		   "the form needs %" PRId64 ", %" PRId64 " can be drawn:", plan->total,
		   can);
	for (size_t y = 0, count = 0; y < QUESTION_TYPES; y++)
		if (blueprint->types[y])
			buf_printf(text, "%s %" PRId64 " %s", count++ ? "," : "",
				   min(supply->types[y], blueprint->mix[y].most),
				   question_type_names[y]);
}

/* ---- Enough of everything, but not together ---- */

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

/* Rules given up one at a time, to see which of them stands in the way. */
static const struct trial {
	void (*drop)(struct solve_problem *problem);
	const char *rule;
} trials[] = {
	{ drop_enemies, "enemies kept apart" },
	{ drop_cases, "cases kept whole" },
	{ drop_mix, "the type mix" },
};

static bool is_possible(const struct pool *pool, const struct trial *trial)
{
	struct arena arena = ARENA_INIT;
	struct solve_problem problem = pool->problem;
	struct solve_answer answer;
	bool found;

	problem.items = ARENA_ARRAY(&arena, problem.item_count, struct solve_item);
	problem.types = ARENA_ARRAY(&arena, problem.type_count, struct solve_range);
	for (size_t i = 0; i < problem.item_count; i++)
		problem.items[i] = pool->problem.items[i];
	for (size_t y = 0; y < problem.type_count; y++)
		problem.types[y] = pool->problem.types[y];
	trial->drop(&problem);
	solve_run(&problem, &arena, &answer);
	found = answer.chosen != NULL;
	arena_release(&arena);
	return found;
}

static const char *find_rule(const struct pool *pool)
{
	for (size_t i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		if (is_possible(pool, &trials[i]))
			return trials[i].rule;
	return "enemies kept apart, cases kept whole and the type mix";
}

static void explain_conflict(struct buf *text, const struct pool *pool, bool is_proven)
{
	buf_printf(text,
		   "%s: there are enough questions for every count, but not together "
		   "with %s",
		   is_proven ? "no form is possible" : "no form was found",
		   find_rule(pool));
	if (!is_proven)
		buf_printf(text, " (not proven: the search was cut off after %u steps)",
			   (unsigned)pool->problem.nodes);
}

bool explain_failure(const struct plan *plan, const struct pool *pool,
		     enum solve_verdict verdict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct supply supply;

	count_supply(plan, pool, &arena, &supply);
	for (size_t d = 0; d < plan->blueprint->domain_count; d++)
		explain_domain(&text, plan, d, &supply);
	explain_types(&text, plan, &supply);
	if (!text.len)
		explain_conflict(&text, pool, verdict == SOLVE_INFEASIBLE);
	err_set(err, ERR_INPUT, "%s", text.data);
	buf_release(&text);
	arena_release(&arena);
	return false;
}
