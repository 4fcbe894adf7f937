#include "relax.h"

#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"

#define NO_CELL SIZE_MAX /* the task has no item left, or must take no more */

static size_t cell_of(const struct relax *relax, uint32_t item)
{
	const struct solve_item *row = &relax->problem->items[item];
	size_t cell = row->task * relax->problem->type_count + row->type;

	return relax->problem->is_weighed ? cell * SOLVE_WEIGHTS + row->weight : cell;
}

struct sort_row {
	size_t cell;
	int64_t price;
	uint32_t item;
};

static int compare_rows(const void *left, const void *right)
{
	const struct sort_row *a = left, *b = right;

	if (a->cell != b->cell)
		return a->cell < b->cell ? -1 : 1;
	if (a->price != b->price)
		return a->price < b->price ? -1 : 1;
	return a->item < b->item ? -1 : a->item > b->item;
}

static void sort_cells(struct relax *relax, struct arena *arena)
{
	const struct solve_problem *problem = relax->problem;
	size_t count = problem->item_count;
	struct sort_row *rows = ARENA_ARRAY(arena, count, struct sort_row);

	for (uint32_t i = 0; i < count; i++) {
		rows[i] = (struct sort_row){ cell_of(relax, i), problem->items[i].price,
					     i };
		relax->cell_free[rows[i].cell]++;
	}
	qsort(rows, count, sizeof(*rows), compare_rows);
	for (size_t i = 0; i < count; i++)
		relax->sorted[i] = rows[i].item;
	for (size_t c = 0; c < relax->cell_count; c++)
		relax->cell_from[c + 1] = relax->cell_from[c] + relax->cell_free[c];
}

void relax_init(struct relax *relax, const struct solve_problem *problem,
		struct arena *arena)
{
	size_t weights = problem->is_weighed ? SOLVE_WEIGHTS : 1;
	size_t cells = problem->task_count * problem->type_count * weights;

	*relax = (struct relax){
		.problem = problem,
		.cell_count = cells,
		.weight_count = weights,
		.fate = ARENA_ARRAY(arena, problem->item_count, uint8_t),
		.sorted = ARENA_ARRAY(arena, problem->item_count, uint32_t),
		.cell_from = ARENA_ARRAY(arena, cells + 1, uint32_t),
		.cell_free = ARENA_ARRAY(arena, cells, uint32_t),
		.in_domain = ARENA_ARRAY(arena, problem->domain_count, uint32_t),
		.in_task = ARENA_ARRAY(arena, problem->task_count, uint32_t),
		.in_type = ARENA_ARRAY(arena, problem->type_count, uint32_t),
		.taken = ARENA_ARRAY(arena, cells, uint32_t),
		.domains = ARENA_ARRAY(arena, problem->domain_count, struct solve_range),
		.tasks = ARENA_ARRAY(arena, problem->task_count, struct solve_range),
		.types = ARENA_ARRAY(arena, problem->type_count, struct solve_range),
		.ready = ARENA_ARRAY(arena, problem->item_count, uint32_t),
		.ready_count = ARENA_ARRAY(arena, cells, uint32_t),
		.got_task = ARENA_ARRAY(arena, problem->task_count, uint32_t),
		.got_domain = ARENA_ARRAY(arena, problem->domain_count, uint32_t),
		.owed_domain = ARENA_ARRAY(arena, problem->domain_count, uint32_t),
		.head = ARENA_ARRAY(arena, problem->task_count, struct relax_head),
	};
	sort_cells(relax, arena);
	relax_flow_init(relax, arena);
}

void relax_fix(struct relax *relax, uint32_t item, enum relax_fate fate)
{
	const struct solve_item *row = &relax->problem->items[item];

	relax->fate[item] = (uint8_t)fate;
	relax->cell_free[cell_of(relax, item)]--;
	if (fate != RELAX_IN)
		return;
	relax->in_domain[relax->problem->tasks[row->task].domain]++;
	relax->in_task[row->task]++;
	relax->in_type[row->type]++;
	relax->in_total++;
	relax->in_price += row->price;
	relax->in_weight += row->weight;
}

void relax_free(struct relax *relax, uint32_t item)
{
	const struct solve_item *row = &relax->problem->items[item];
	bool was_in = relax->fate[item] == RELAX_IN;

	relax->fate[item] = RELAX_FREE;
	relax->cell_free[cell_of(relax, item)]++;
	if (!was_in)
		return;
	relax->in_domain[relax->problem->tasks[row->task].domain]--;
	relax->in_task[row->task]--;
	relax->in_type[row->type]--;
	relax->in_total--;
	relax->in_price -= row->price;
	relax->in_weight -= row->weight;
}

static uint32_t min(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* What of a range is left to do; false when more are forced in than it allows. */
static bool take_off(const struct solve_range *range, uint32_t in, uint32_t left,
		     struct solve_range *rest)
{
	if (in > range->most)
		return false;
	rest->least = range->least > in ? range->least - in : 0;
	rest->most = min(range->most - in, left);
	return rest->least <= rest->most;
}

static bool take_off_all(struct relax *relax)
{
	const struct solve_problem *problem = relax->problem;
	uint32_t left;

	if (relax->in_total > problem->total)
		return false;
	left = relax->left = problem->total - relax->in_total;
	for (size_t d = 0; d < problem->domain_count; d++)
		if (!take_off(&problem->domains[d], relax->in_domain[d], left,
			      &relax->domains[d]))
			return false;
	for (size_t t = 0; t < problem->task_count; t++)
		if (!take_off(&problem->tasks[t].range, relax->in_task[t], left,
			      &relax->tasks[t]))
			return false;
	for (size_t y = 0; y < problem->type_count; y++)
		if (!take_off(&problem->types[y], relax->in_type[y], left,
			      &relax->types[y]))
			return false;
	return true;
}

/* Of each cell, as many of the cheapest free items as any solution could want. */
static void gather(struct relax *relax)
{
	for (size_t c = 0; c < relax->cell_count; c++) {
		uint32_t wanted = min(relax->cell_free[c],
				      min(relax->tasks[relax_task(relax, c)].most,
					  relax->types[relax_type(relax, c)].most));
		const uint32_t *item = relax->sorted + relax->cell_from[c];
		uint32_t *ready = relax->ready + relax->cell_from[c];

		relax->ready_count[c] = wanted;
		for (; wanted; item++) {
			if (relax->fate[*item] != RELAX_FREE)
				continue;
			*ready++ = *item;
			wanted--;
		}
	}
}

/* ---- The greedy way: types aside, the rules are a matroid and greed is exact ---- */

static uint32_t most_of(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

/* Seats of a domain that must still be filled, whatever the other domains take. */
static uint32_t owed(const struct relax *relax, size_t d)
{
	const struct solve_range *range = &relax->domains[d];
	uint32_t got = relax->got_domain[d];

	return most_of(range->least > got ? range->least - got : 0,
		       relax->owed_domain[d]);
}

/* Takes one more of a task, if what is owed elsewhere still fits; `all` is that sum. */
static bool greedy_add(struct relax *relax, size_t t, uint32_t got, uint32_t *all)
{
	size_t d = relax->problem->tasks[t].domain;
	bool was_owed = relax->got_task[t] < relax->tasks[t].least;
	uint32_t before = owed(relax, d), after;

	if (relax->got_task[t] >= relax->tasks[t].most)
		return false;
	relax->got_task[t]++;
	relax->got_domain[d]++;
	relax->owed_domain[d] -= was_owed;
	after = owed(relax, d);
	if (relax->got_domain[d] + after <= relax->domains[d].most &&
	    got + 1 + *all - before + after <= relax->left) {
		*all = *all - before + after;
		return true;
	}
	relax->got_task[t]--;
	relax->got_domain[d]--;
	relax->owed_domain[d] += was_owed;
	return false;
}

static int64_t next_cost(const struct relax *relax, size_t c)
{
	return relax_cost(relax, relax->ready[relax->cell_from[c] + relax->taken[c]]);
}

/* The cell a task would take its next item from, and what that costs. */
static void find_head(struct relax *relax, size_t t)
{
	size_t count = relax->problem->type_count * relax->weight_count;
	struct relax_head *head = &relax->head[t];

	*head = (struct relax_head){ NO_CELL, INT64_MAX };
	for (size_t c = t * count; c < (t + 1) * count; c++) {
		int64_t cost;

		if (relax->taken[c] == relax->ready_count[c])
			continue;
		cost = next_cost(relax, c);
		if (cost < head->cost)
			*head = (struct relax_head){ c, cost };
	}
}

static size_t cheapest_cell(const struct relax *relax)
{
	struct relax_head best = { NO_CELL, INT64_MAX };

	for (size_t t = 0; t < relax->problem->task_count; t++)
		if (relax->head[t].cost < best.cost)
			best = relax->head[t];
	return best.cell;
}

static bool greedy_start(struct relax *relax, uint32_t *all)
{
	const struct solve_problem *problem = relax->problem;

	memset(relax->got_task, 0, problem->task_count * sizeof(*relax->got_task));
	memset(relax->got_domain, 0, problem->domain_count * sizeof(*relax->got_domain));
	memset(relax->owed_domain, 0,
	       problem->domain_count * sizeof(*relax->owed_domain));
	memset(relax->taken, 0, relax->cell_count * sizeof(*relax->taken));
	for (size_t t = 0; t < problem->task_count; t++) {
		relax->owed_domain[problem->tasks[t].domain] += relax->tasks[t].least;
		find_head(relax, t);
	}
	*all = 0;
	for (size_t d = 0; d < problem->domain_count; d++) {
		if (owed(relax, d) > relax->domains[d].most)
			return false;
		*all += owed(relax, d);
	}
	return *all <= relax->left;
}

/* Cheapest first, whatever keeps the rest possible: exact but for the type mix. */
static bool greedy(struct relax *relax)
{
	uint32_t all, got = 0;

	if (!greedy_start(relax, &all))
		return false;
	while (got < relax->left) {
		size_t c = cheapest_cell(relax), t;

		if (c == NO_CELL)
			return false;
		t = relax_task(relax, c);
		if (!greedy_add(relax, t, got, &all)) {
			relax->head[t].cost = INT64_MAX;
			continue;
		}
		relax->taken[c]++;
		find_head(relax, t);
		got++;
	}
	return true;
}

static bool keeps_mix(const struct relax *relax)
{
	size_t weights = relax->weight_count, types = relax->problem->type_count;

	for (size_t y = 0; y < types; y++) {
		uint32_t got = 0;

		for (size_t c = y * weights; c < relax->cell_count; c += types * weights)
			for (size_t w = 0; w < weights; w++)
				got += relax->taken[c + w];
		if (got < relax->types[y].least || got > relax->types[y].most)
			return false;
	}
	return true;
}

static void add_up(struct relax *relax)
{
	relax->price = relax->in_price;
	relax->weight = relax->in_weight;
	for (size_t c = 0; c < relax->cell_count; c++)
		for (uint32_t i = 0; i < relax->taken[c]; i++) {
			uint32_t item = relax->ready[relax->cell_from[c] + i];

			relax->price += relax->problem->items[item].price;
			relax->weight += relax->problem->items[item].weight;
		}
}

bool relax_solve(struct relax *relax, int64_t below)
{
	if (!take_off_all(relax))
		return false;
	gather(relax);
	if (!greedy(relax))
		return false;
	add_up(relax);
	if (!relax->toll && !relax->toll_alone && relax->price >= below)
		return false;
	if (keeps_mix(relax))
		return true;
	if (!relax_flow(relax))
		return false;
	add_up(relax);
	return relax->toll || relax->toll_alone || relax->price < below;
}

void relax_items(const struct relax *relax, uint32_t *items)
{
	for (size_t c = 0; c < relax->cell_count; c++)
		for (uint32_t i = 0; i < relax->taken[c]; i++)
			*items++ = relax->ready[relax->cell_from[c] + i];
}
