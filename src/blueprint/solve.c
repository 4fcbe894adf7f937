#include "solve.h"

#include <stdlib.h>
#include <string.h>

#include "band.h"
#include "proctor/arena.h"
#include "reduce.h"

/* A decision about an item, and how much of the trail stood before it. */
struct choice {
	uint32_t item;
	enum relax_fate fate;
	size_t mark;
	bool turned; /* the other fate is being tried */
};

struct search {
	const struct solve_problem *problem;
	struct relax relax;
	struct band band;

	uint32_t *enemies, *enemies_from; /* of item i: enemies[from[i]..from[i + 1]] */
	uint32_t *members, *members_from; /* of a group */

	uint32_t *trail;             /* items decided, in order */
	size_t trail_count, settled; /* the first `settled` were so from the start */
	struct choice *choices;
	size_t depth;

	uint32_t *items; /* of the relaxation: total of them */
	bool *is_picked;

	uint32_t *best;
	int64_t best_price;
	uint32_t nodes;
	bool cut_off;
};

/* Turns counts at [i + 1] into where the list of i begins. */
static void add_up(uint32_t *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		from[i + 1] += from[i];
}

static void list_enemies(struct search *search, struct arena *arena)
{
	const struct solve_problem *problem = search->problem;
	size_t count = problem->item_count;
	uint32_t *at = ARENA_ARRAY(arena, count, uint32_t);
	uint32_t *from = ARENA_ARRAY(arena, count + 1, uint32_t);

	search->enemies = ARENA_ARRAY(arena, 2 * problem->pair_count, uint32_t);
	search->enemies_from = from;
	for (size_t i = 0; i < problem->pair_count; i++) {
		from[problem->pairs[i].a + 1]++;
		from[problem->pairs[i].b + 1]++;
	}
	add_up(from, count);
	memcpy(at, from, count * sizeof(*at));
	for (size_t i = 0; i < problem->pair_count; i++) {
		search->enemies[at[problem->pairs[i].a]++] = problem->pairs[i].b;
		search->enemies[at[problem->pairs[i].b]++] = problem->pairs[i].a;
	}
}

static void list_members(struct search *search, struct arena *arena)
{
	const struct solve_problem *problem = search->problem;
	size_t count = problem->group_count;
	uint32_t *at = ARENA_ARRAY(arena, count, uint32_t);
	uint32_t *from = ARENA_ARRAY(arena, count + 1, uint32_t);

	search->members = ARENA_ARRAY(arena, problem->item_count, uint32_t);
	search->members_from = from;
	for (size_t i = 0; i < problem->item_count; i++)
		if (problem->items[i].group != SOLVE_ALONE)
			from[problem->items[i].group + 1]++;
	add_up(from, count);
	memcpy(at, from, count * sizeof(*at));
	for (uint32_t i = 0; i < problem->item_count; i++)
		if (problem->items[i].group != SOLVE_ALONE)
			search->members[at[problem->items[i].group]++] = i;
}

/* False: it is decided the other way already. */
static bool settle(struct search *search, uint32_t item, enum relax_fate fate)
{
	if (search->relax.fate[item] != RELAX_FREE)
		return search->relax.fate[item] == fate;
	relax_fix(&search->relax, item, fate);
	search->trail[search->trail_count++] = item;
	return true;
}

static bool settle_all(struct search *search, const uint32_t *items, uint32_t from,
		       uint32_t to, enum relax_fate fate)
{
	for (uint32_t i = from; i < to; i++)
		if (!settle(search, items[i], fate))
			return false;
	return true;
}

/* What an item's fate means for its group and for its enemies. */
static bool spread(struct search *search, uint32_t item)
{
	enum relax_fate fate = search->relax.fate[item];
	uint32_t group = search->problem->items[item].group;

	if (group != SOLVE_ALONE &&
	    !settle_all(search, search->members, search->members_from[group],
			search->members_from[group + 1], fate))
		return false;
	return fate != RELAX_IN ||
	       settle_all(search, search->enemies, search->enemies_from[item],
			  search->enemies_from[item + 1], RELAX_OUT);
}

/* Decides an item with all that follows; false: that contradicts itself. */
static bool decide(struct search *search, uint32_t item, enum relax_fate fate)
{
	size_t next = search->trail_count;

	if (!settle(search, item, fate))
		return false;
	while (next < search->trail_count)
		if (!spread(search, search->trail[next++]))
			return false;
	return true;
}

static void undo(struct search *search, size_t mark)
{
	while (search->trail_count > mark)
		relax_free(&search->relax, search->trail[--search->trail_count]);
}

/* The relaxation's items: those forced in, then the others. */
static void pick(struct search *search)
{
	uint32_t count = 0;

	for (size_t i = search->settled; i < search->trail_count; i++)
		if (search->relax.fate[search->trail[i]] == RELAX_IN)
			search->items[count++] = search->trail[i];
	relax_items(&search->relax, search->items + count);
	for (uint32_t i = 0; i < search->problem->total; i++)
		search->is_picked[search->items[i]] = true;
}

static void unpick(struct search *search)
{
	for (uint32_t i = 0; i < search->problem->total; i++)
		search->is_picked[search->items[i]] = false;
}

static uint32_t picked_enemies(const struct search *search, uint32_t item)
{
	uint32_t count = 0;

	for (uint32_t i = search->enemies_from[item]; i < search->enemies_from[item + 1];
	     i++)
		count += search->is_picked[search->enemies[i]];
	return count;
}

/*
 * The item with the most enemies picked, of those the cheapest: in, it shuts all of them
 * out; out, it is missed most. Against leaving the dearer of the first pair out this
 * needs a third of the nodes.
 */
static bool find_conflict(const struct search *search, struct choice *choice)
{
	const struct solve_item *items = search->problem->items;
	uint32_t most = 0;

	for (uint32_t i = 0; i < search->problem->total; i++) {
		uint32_t item = search->items[i];
		uint32_t count = picked_enemies(search, item);

		if (!count || count < most)
			continue;
		if (count == most && items[item].price >= items[choice->item].price)
			continue;
		most = count;
		choice->item = item;
		choice->fate = RELAX_OUT;
	}
	return most > 0;
}

static bool find_part(const struct search *search, uint32_t item, struct choice *choice)
{
	uint32_t group = search->problem->items[item].group;

	if (group == SOLVE_ALONE)
		return false;
	for (uint32_t i = search->members_from[group];
	     i < search->members_from[group + 1]; i++)
		if (!search->is_picked[search->members[i]]) {
			choice->item = item;
			choice->fate = RELAX_IN;
			return true;
		}
	return false;
}

/* What the relaxation breaks: a group picked in part, or two enemies. Weights are the
 * band's matter. */
static bool find_break(const struct search *search, struct choice *choice)
{
	for (uint32_t i = 0; i < search->problem->total; i++)
		if (find_part(search, search->items[i], choice))
			return true;
	return find_conflict(search, choice);
}

/* Looks at one node; true when there is something to choose, below a better bound. */
static bool look(struct search *search, struct choice *choice)
{
	enum band_fate fate;
	bool found;

	if (search->nodes == search->problem->nodes) {
		search->cut_off = true;
		return false;
	}
	search->nodes++;
	fate = band_solve(&search->band, search->best_price);
	if (fate == BAND_NONE)
		return false;
	pick(search);
	found = find_break(search, choice);
	unpick(search);
	if (found)
		return true;
	if (band_keeps(&search->band) && search->relax.price < search->best_price) {
		memcpy(search->best, search->items,
		       search->problem->total * sizeof(*search->best));
		search->best_price = search->relax.price;
	}
	choice->item = search->band.apart;
	choice->fate = RELAX_OUT;
	return fate == BAND_LOOSE;
}

/* Back to the last choice that has another side not yet tried; false: there is none. */
static bool turn(struct search *search)
{
	while (search->depth && !search->cut_off) {
		struct choice *choice = &search->choices[search->depth - 1];

		undo(search, choice->mark);
		if (!choice->turned) {
			choice->turned = true;
			if (decide(search, choice->item,
				   choice->fate == RELAX_IN ? RELAX_OUT : RELAX_IN))
				return true;
			undo(search, choice->mark);
		}
		search->depth--;
	}
	return false;
}

static void walk(struct search *search)
{
	struct choice choice;
	bool open = true;

	while (open) {
		if (!look(search, &choice)) {
			open = turn(search);
			continue;
		}
		choice.mark = search->trail_count;
		choice.turned = false;
		search->choices[search->depth++] = choice;
		if (!decide(search, choice.item, choice.fate))
			open = turn(search);
	}
}

static void start(struct search *search, const struct solve_problem *problem,
		  struct arena *arena)
{
	size_t count = problem->item_count;

	*search = (struct search){
		.problem = problem,
		.trail = ARENA_ARRAY(arena, count, uint32_t),
		.choices = ARENA_ARRAY(arena, count, struct choice),
		.items = ARENA_ARRAY(arena, problem->total, uint32_t),
		.best = ARENA_ARRAY(arena, problem->total, uint32_t),
		.is_picked = ARENA_ARRAY(arena, count, bool),
		.best_price = INT64_MAX,
	};
	relax_init(&search->relax, problem, arena);
	band_init(&search->band, &search->relax, arena);
	list_enemies(search, arena);
	list_members(search, arena);
	for (uint32_t i = 0; i < count; i++)
		if (problem->items[i].excluded)
			decide(search, i, RELAX_OUT);
	search->settled = search->trail_count;
}

/* Whether one was found, and whether the search was cut off. */
static const enum solve_verdict verdicts[2][2] = {
	{ SOLVE_INFEASIBLE, SOLVE_UNKNOWN },
	{ SOLVE_OPTIMAL, SOLVE_INCUMBENT },
};

static int compare_numbers(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

	return left < right ? -1 : left > right;
}

void solve_run(const struct solve_problem *problem, struct arena *arena,
	       struct solve_answer *answer)
{
	struct reduced reduced;
	struct search search;
	bool found;

	reduce(problem, arena, &reduced);
	start(&search, &reduced.problem, arena);
	if (!problem->is_weighed || problem->weight.least <= problem->weight.most)
		walk(&search);
	found = search.best_price != INT64_MAX;
	for (uint32_t i = 0; found && i < problem->total; i++)
		search.best[i] = reduced.items[search.best[i]];
	qsort(search.best, found ? problem->total : 0, sizeof(*search.best),
	      compare_numbers);
	*answer = (struct solve_answer){
		.verdict = verdicts[found][search.cut_off],
		.price = found ? search.best_price : 0,
		.nodes = search.nodes,
		.chosen = found ? search.best : NULL,
	};
}
