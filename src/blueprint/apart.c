#include "priv.h"

#include <string.h>

#define TRIES 8          /* to part a set of questions into forms */
#define NODES_APART 4000 /* of each search for it */
#define UNION_PRICE_BITS 11
#define CASES_TRIED 64 /* forms for which whole cases may lower the bound */

/*
 * Forms with no question in common.
 *
 * Taken as one set, k such forms keep every range times k, and every case is in it whole
 * or not at all. That there is no such set proves that there are no k forms. Without
 * cases, enemies and a difficulty band the opposite is true as well: the ranges are those
 * of a flow, and a flow of k times the size is the sum of k flows. So the bound is
 * nearly always the truth, and it remains to find the forms.
 */

/* ---- How many there can be ---- */

static bool may_exist(const struct pool *pool, const struct plan *plan, int64_t forms,
		      bool cases)
{
	struct arena arena = ARENA_INIT;
	struct solve_problem problem = pool_times(pool, plan, forms, false, &arena);
	struct solve_answer answer;

	problem.nodes = NODES_APART;
	for (size_t i = 0; !cases && i < problem.item_count; i++)
		problem.items[i].group = SOLVE_ALONE;
	solve_run(&problem, &arena, &answer);
	arena_release(&arena);
	return answer.verdict != SOLVE_INFEASIBLE;
}

/* There is one at least. */
static int64_t find_most(const struct pool *pool, const struct plan *plan)
{
	int64_t low = 1, high = (int64_t)pool->problem.item_count / plan->total;

	while (low < high) {
		int64_t middle = low + (high - low + 1) / 2;

		if (may_exist(pool, plan, middle, false))
			low = middle;
		else
			high = middle - 1;
	}
	for (int64_t forms = 2; forms <= low && forms <= CASES_TRIED; forms++)
		if (!may_exist(pool, plan, forms, true))
			return forms - 1;
	return low;
}

/* ---- Finding them ---- */

struct parting {
	const struct blueprint *blueprint;
	const struct bank *bank;
	const struct draw *draw;
	struct arena *arena; /* of the forms */
	struct form *forms;
};

/* The plan of a form, with a seed of its own; the first has the seed given. */
static void plan_form(const struct parting *parting, size_t number, struct plan *plan,
		      struct arena *arena)
{
	struct draw draw = *parting->draw;

	if (number)
		draw.seed = arena_printf(arena, "%s#%zu", draw.seed, number + 1);
	plan_make(plan, parting->blueprint, &draw, arena);
}

static void use_up(bool *used, const struct solve_answer *answer, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		used[answer->chosen[i]] = true;
}

/* One after the other, each as if it were alone but for the questions used up; returns
 * how many there were. */
static size_t draw_in_turn(const struct parting *parting, size_t wanted)
{
	struct arena used_arena = ARENA_INIT;
	bool *used = ARENA_ARRAY(&used_arena, parting->bank->count, bool);
	size_t n = 0;

	for (bool found = true; found && n < wanted;) {
		struct arena scratch = ARENA_INIT;
		struct solve_answer answer;
		struct plan plan;
		struct pool pool;

		plan_form(parting, n, &plan, &scratch);
		pool_fill(&pool, &plan, parting->bank, parting->draw, &scratch);
		for (size_t i = 0; i < pool.problem.item_count; i++)
			pool.problem.items[i].excluded = used[i];
		draw_search(&pool, &plan, &scratch, &answer);
		found = answer.chosen != NULL;
		if (found) {
			use_up(used, &answer, pool.problem.total);
			arrange_form(&plan, &pool, &answer, parting->arena,
				     &parting->forms[n++]);
		}
		arena_release(&scratch);
	}
	arena_release(&used_arena);
	return n;
}

static int64_t least_of(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* What one form may take of `left` so that `others` forms can share the rest. */
static struct solve_range share(int64_t least, int64_t most, int64_t left, int64_t others)
{
	return (struct solve_range){ (uint32_t)most_of(least, left - others * most),
				     (uint32_t)least_of(most, left - others * least) };
}

/* The ranges of one form out of the set that is left, which `others` forms share too. */
static void set_shares(struct pool *pool, const struct plan *plan, const bool *in_set,
		       int64_t others, struct arena *arena)
{
	int64_t *tasks = ARENA_ARRAY(arena, plan->task_count, int64_t);
	int64_t types[QUESTION_TYPES] = { 0 }, weight = 0;
	struct solve_problem *problem = &pool->problem;

	for (size_t i = 0; i < problem->item_count; i++) {
		const struct solve_item *item = &problem->items[i];

		tasks[item->task] += in_set[i];
		types[item->type] += in_set[i];
		weight += in_set[i] * (int64_t)item->weight;
	}
	for (size_t t = 0; t < plan->task_count; t++)
		problem->tasks[t].range = share(plan->tasks[t].least, plan->tasks[t].most,
						tasks[t], others);
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		problem->types[y] = share(plan->mix[y].least, plan->mix[y].most, types[y],
					  others);
	if (plan->is_weighed)
		problem->weight = share(plan->weight.least, plan->weight.most, weight,
					others);
}

/* Cases and questions with enemies in the set first: the last form must take what is
 * left. */
static void set_prices(struct pool *pool, const bool *in_set, struct arena *arena)
{
	struct solve_problem *problem = &pool->problem;
	bool *contested = ARENA_ARRAY(arena, problem->item_count, bool);

	for (size_t p = 0; p < problem->pair_count; p++) {
		const struct solve_pair *pair = &problem->pairs[p];

		if (in_set[pair->a] && in_set[pair->b])
			contested[pair->a] = contested[pair->b] = true;
	}
	for (size_t i = 0; i < problem->item_count; i++) {
		struct solve_item *item = &problem->items[i];

		item->excluded = !in_set[i];
		if (!contested[i] && item->group == SOLVE_ALONE)
			item->price += INT64_C(1) << PRICE_FORM_BIT;
	}
}

/* Takes form `number` out of the set. */
static bool part_one(const struct parting *parting, size_t number, int64_t others,
		     bool *in_set)
{
	struct draw draw = *parting->draw;
	struct arena scratch = ARENA_INIT;
	struct solve_answer answer;
	struct plan plan;
	struct pool pool;
	bool found;

	draw.seen = NULL;
	plan_form(parting, number, &plan, &scratch);
	pool_fill(&pool, &plan, parting->bank, &draw, &scratch);
	pool.problem.nodes = NODES_APART;
	set_shares(&pool, &plan, in_set, others, &scratch);
	set_prices(&pool, in_set, &scratch);
	solve_run(&pool.problem, &scratch, &answer);
	found = answer.chosen != NULL;
	if (found) {
		for (uint32_t i = 0; i < pool.problem.total; i++)
			in_set[answer.chosen[i]] = false;
		arrange_form(&plan, &pool, &answer, parting->arena,
			     &parting->forms[number]);
	}
	arena_release(&scratch);
	return found;
}

/* A set for so many forms, by a seed of its own. */
static bool choose_set(const struct parting *parting, size_t wanted, int attempt,
		       bool *in_set)
{
	struct draw draw = *parting->draw;
	struct arena scratch = ARENA_INIT;
	struct solve_problem problem;
	struct solve_answer answer;
	struct plan plan;
	struct pool pool;
	bool found;

	draw.seed = arena_printf(&scratch, "%s#set-%d", draw.seed, attempt);
	plan_make(&plan, parting->blueprint, &draw, &scratch);
	pool_fill(&pool, &plan, parting->bank, &draw, &scratch);
	problem = pool_times(&pool, &plan, (int64_t)wanted, false, &scratch);
	problem.nodes = NODES_APART;
	for (size_t i = 0; i < problem.item_count; i++)
		problem.items[i].price = pool.problem.items[i].price >> UNION_PRICE_BITS;
	solve_run(&problem, &scratch, &answer);
	found = answer.chosen != NULL;
	if (found)
		use_up(in_set, &answer, problem.total);
	arena_release(&scratch);
	return found;
}

/* All at once: a set of questions for them, parted into forms. */
static bool draw_at_once(const struct parting *parting, size_t wanted)
{
	bool done = false;

	for (int attempt = 0; !done && attempt < TRIES; attempt++) {
		struct arena scratch = ARENA_INIT;
		bool *in_set = ARENA_ARRAY(&scratch, parting->bank->count, bool);
		size_t n = 0;

		if (choose_set(parting, wanted, attempt, in_set))
			while (n < wanted &&
			       part_one(parting, n, (int64_t)(wanted - n) - 1, in_set))
				n++;
		done = n == wanted;
		arena_release(&scratch);
	}
	return done;
}

static size_t find_forms(const struct parting *parting, size_t wanted)
{
	size_t found = draw_in_turn(parting, wanted), more = wanted;
	struct parting other = *parting;

	if (found == wanted)
		return found;
	other.forms = ARENA_ARRAY(parting->arena, wanted, struct form);
	for (; more > found; more--)
		if (draw_at_once(&other, more)) {
			memcpy(parting->forms, other.forms, more * sizeof(struct form));
			return more;
		}
	return found;
}

/* Why not one more, and what would mend it. */
static struct reasons tell_why(const struct plan *plan, const struct pool *pool,
			       size_t most, enum solve_verdict verdict,
			       struct arena *arena)
{
	struct reasons reasons = { .arena = arena };

	explain(plan, pool, (int64_t)most + 1, verdict, &reasons);
	mend(plan, pool, (int64_t)most + 1, &reasons);
	return reasons;
}

struct blueprint_supply blueprint_supply(const struct blueprint *blueprint,
					 const struct bank *bank, const struct draw *draw,
					 struct arena *arena)
{
	struct blueprint_supply supply = { 0 };
	struct arena scratch = ARENA_INIT;
	struct solve_answer answer;
	struct reasons reasons;
	struct plan plan;
	struct pool pool;

	plan_make(&plan, blueprint, draw, &scratch);
	pool_fill(&pool, &plan, bank, draw, &scratch);
	draw_search(&pool, &plan, &scratch, &answer);
	if (answer.chosen)
		supply.most = (size_t)find_most(&pool, &plan);
	supply.questions = pool.problem.item_count;
	supply.proven = answer.chosen || answer.verdict == SOLVE_INFEASIBLE;
	reasons = tell_why(&plan, &pool, supply.most,
			   answer.chosen ? SOLVE_INFEASIBLE : answer.verdict, arena);
	supply.reasons = reasons.at;
	supply.reason_count = reasons.count;
	arena_release(&scratch);
	return supply;
}

bool blueprint_draw_apart(const struct blueprint *blueprint, const struct bank *bank,
			  const struct draw *draw, size_t wanted, struct arena *arena,
			  struct form_set *set, struct err *err)
{
	struct parting parting = { blueprint, bank, draw, arena, NULL };
	struct form_set made = { NULL, 0, 0, NULL, 0 };
	struct reasons reasons;
	struct arena scratch = ARENA_INIT;
	struct plan plan;
	struct pool pool;
	struct form first;
	bool ok = blueprint_draw(blueprint, bank, draw, arena, &first, err);

	if (!ok)
		return false;
	plan_make(&plan, blueprint, draw, &scratch);
	pool_fill(&pool, &plan, bank, draw, &scratch);
	made.most = (size_t)find_most(&pool, &plan);
	if (wanted > made.most)
		wanted = made.most;
	made.forms = parting.forms = ARENA_ARRAY(arena, wanted, struct form);
	made.count = find_forms(&parting, wanted);
	reasons = tell_why(&plan, &pool, made.most, SOLVE_INFEASIBLE, arena);
	made.reasons = reasons.at;
	made.reason_count = reasons.count;
	*set = made;
	arena_release(&scratch);
	return true;
}
