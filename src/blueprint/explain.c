#include "priv.h"

#include <inttypes.h>

#include "proctor/buf.h"

/* What is asked for, and the questions there are of each task and of each type. */
struct supply {
	const struct plan *plan;
	int64_t forms;
	int64_t *tasks;
	int64_t types[QUESTION_TYPES];
};

static void count_supply(const struct plan *plan, const struct pool *pool, int64_t forms,
			 struct arena *arena, struct supply *supply)
{
	*supply = (struct supply){
		.plan = plan,
		.forms = forms,
		.tasks = ARENA_ARRAY(arena, plan->task_count, int64_t),
	};
	for (size_t i = 0; i < pool->problem.item_count; i++) {
		supply->tasks[pool->problem.items[i].task]++;
		supply->types[pool->problem.items[i].type]++;
	}
}

static int64_t min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Appends the tasks that have less than `least` (or `most`) of their quota. */
static size_t list_tasks(struct buf *text, const struct supply *supply, size_t d,
			 bool least)
{
	const struct plan *plan = supply->plan;
	const struct plan_task *tasks = plan->tasks + plan->domains[d].first_task;
	const int64_t *has = supply->tasks + plan->domains[d].first_task;
	size_t count = 0;

	for (size_t t = 0; t < plan->blueprint->domains[d].task_count; t++) {
		int64_t wanted = supply->forms * (least ? tasks[t].least : tasks[t].most);

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
static void explain_domain(struct reasons *reasons, const struct supply *supply, size_t d)
{
	const struct plan *plan = supply->plan;
	const struct plan_domain *domain = &plan->domains[d];
	size_t count = plan->blueprint->domains[d].task_count;
	size_t last = domain->first_task + count;
	int64_t can = 0, needs = domain->total * supply->forms;
	struct buf tasks = BUF_INIT;
	size_t below;

	for (size_t t = domain->first_task; t < last; t++)
		can += min(supply->tasks[t], plan->tasks[t].most * supply->forms);
	below = list_tasks(&tasks, supply, d, true);
	if (can < needs) {
		if (!below)
			list_tasks(&tasks, supply, d, false);
		reasons_add(reasons,
			    "domain %s needs %" PRId64 ", %" PRId64 " can be drawn: %s",
			    plan->blueprint->domains[d].id, needs, can, tasks.data);
	} else if (below) {
		reasons_add(reasons, "%s", tasks.data);
	}
	buf_release(&tasks);
}

/* More than one type's ceiling together, when no domain is what is short. */
static void explain_ceilings(struct reasons *reasons, const struct supply *supply)
{
	const struct plan *plan = supply->plan;
	int64_t can = 0, has = 0, needs = plan->total * supply->forms;
	struct buf list = BUF_INIT;

	for (size_t y = 0; y < QUESTION_TYPES; y++) {
		int64_t most = min(supply->types[y], plan->mix[y].most * supply->forms);

		has += supply->types[y];
		can += most;
		if (plan->blueprint->types[y])
			buf_printf(&list, "%s%" PRId64 " %s", list.len ? ", " : "", most,
				   question_type_names[y]);
	}
	if (has >= needs && can < needs)
		reasons_add(reasons, "%s %" PRId64 ", %" PRId64 " can be drawn: %s",
			    supply->forms == 1 ? "the form needs" : "the forms need",
			    needs, can, list.data);
	buf_release(&list);
}

static void explain_types(struct reasons *reasons, const struct supply *supply)
{
	for (size_t y = 0; y < QUESTION_TYPES; y++) {
		int64_t least = supply->plan->mix[y].least * supply->forms;

		if (supply->types[y] < least)
			reasons_add(reasons,
				    "%s needs at least %" PRId64 ", %" PRId64
				    " can be drawn",
				    question_type_names[y], least, supply->types[y]);
	}
	explain_ceilings(reasons, supply);
}

/* ---- Enough of everything, but not together ---- */

struct conflict {
	const struct plan *plan;
	const struct pool *pool;
	int64_t forms;
};

static bool is_possible(const void *context, unsigned dropped)
{
	const struct conflict *conflict = context;
	struct arena arena = ARENA_INIT;
	struct solve_problem problem = pool_times(conflict->pool, conflict->plan,
						  conflict->forms, conflict->forms == 1,
						  &arena);
	struct solve_answer answer;
	bool found;

	rules_drop(&problem, dropped);
	solve_run(&problem, &arena, &answer);
	found = answer.chosen != NULL;
	arena_release(&arena);
	return found;
}

static void list_rules(struct buf *text, const struct plan *plan, const struct pool *pool,
		       int64_t forms)
{
	struct conflict conflict = { plan, pool, forms };

	rules_name(text, rules_in_way(plan, pool, forms, is_possible, &conflict));
}

/* The easiest and the hardest mean there is without the band; false: neither is known. */
static bool find_means(const struct plan *plan, const struct pool *pool, int64_t forms,
		       double *means)
{
	bool ok = true;

	for (int64_t end = 0; ok && end < 2; end++) {
		struct arena arena = ARENA_INIT;
		struct solve_problem problem = pool_times(pool, plan, forms, forms == 1,
							  &arena);
		struct solve_answer answer;
		double sum;

		for (size_t i = 0; i < problem.item_count; i++)
			problem.items[i].price = end ? HARD - problem.items[i].weight
						     : problem.items[i].weight;
		problem.is_weighed = false;
		solve_run(&problem, &arena, &answer);
		ok = answer.verdict == SOLVE_OPTIMAL;
		sum = (double)answer.price / problem.total;
		means[end] = end ? 1 + HARD - sum : 1 + sum;
		arena_release(&arena);
	}
	return ok;
}

static void explain_band(struct reasons *reasons, const struct plan *plan,
			 const struct pool *pool, int64_t forms)
{
	const struct blueprint_bounds *asked = &plan->blueprint->difficulty;
	double means[2];

	if (!plan->is_weighed || !find_means(plan, pool, forms, means))
		return;
	if (means[0] * 1000 > (double)asked->most ||
	    means[1] * 1000 < (double)asked->least)
		reasons_add(reasons,
			    "the mean difficulty is to be from %g to %g, and the easiest "
			    "form has %.3g, the hardest %.3g",
			    (double)asked->least / 1000, (double)asked->most / 1000,
			    means[0], means[1]);
}

static void explain_conflict(struct reasons *reasons, const struct plan *plan,
			     const struct pool *pool, int64_t forms, bool is_proven)
{
	struct buf rules = BUF_INIT;
	const char *form = forms == 1 ? "no form" : "no such set of forms";

	list_rules(&rules, plan, pool, forms);
	if (is_proven)
		reasons_add(reasons,
			    "%s is possible: there are enough questions for every count, "
			    "but not together with %s",
			    form, rules.data);
	else
		reasons_add(reasons,
			    "%s was found: there are enough questions for every count, "
			    "but not together with %s (not proven: the search was cut "
			    "off after %u steps)",
			    form, rules.data, (unsigned)pool->problem.nodes);
	buf_release(&rules);
}

void explain(const struct plan *plan, const struct pool *pool, int64_t forms,
	     enum solve_verdict verdict, struct reasons *reasons)
{
	struct arena arena = ARENA_INIT;
	size_t before = reasons->count;
	struct supply supply;

	count_supply(plan, pool, forms, &arena, &supply);
	for (size_t d = 0; d < plan->blueprint->domain_count; d++)
		explain_domain(reasons, &supply, d);
	explain_types(reasons, &supply);
	if (plan->is_weighed && plan->weight.least > plan->weight.most)
		reasons_add(reasons, "no mean of %" PRId64 " questions is from %g to %g",
			    plan->total, (double)plan->blueprint->difficulty.least / 1000,
			    (double)plan->blueprint->difficulty.most / 1000);
	else if (reasons->count == before)
		explain_band(reasons, plan, pool, forms);
	if (reasons->count == before)
		explain_conflict(reasons, plan, pool, forms, verdict == SOLVE_INFEASIBLE);
	arena_release(&arena);
}
