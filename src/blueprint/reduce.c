#include "reduce.h"

#include <string.h>

#include "proctor/arena.h"

#define GONE UINT32_MAX

/* The cheapest free items of a cell so far, as a heap with the dearest on top. */
struct cell {
	uint32_t most, count;
	uint32_t *items;
};

struct reducing {
	const struct solve_problem *problem;
	bool *has_enemy, *group_out;
	struct cell *cells;
	size_t weights;
};

static struct cell *cell_of(const struct reducing *in, const struct solve_item *item)
{
	size_t cell = item->task * in->problem->type_count + item->type;

	if (in->weights > 1)
		cell = cell * in->weights + item->weight;
	return &in->cells[cell];
}

/* Does item a come before item b: cheaper, or as cheap and listed first? */
static bool is_before(const struct reducing *in, uint32_t a, uint32_t b)
{
	int64_t left = in->problem->items[a].price, right = in->problem->items[b].price;

	return left != right ? left < right : a < b;
}

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t kept = *a;

	*a = *b;
	*b = kept;
}

static void sift_up(const struct reducing *in, struct cell *cell)
{
	for (uint32_t at = cell->count - 1; at; at = (at - 1) / 2) {
		if (!is_before(in, cell->items[(at - 1) / 2], cell->items[at]))
			return;
		swap(&cell->items[(at - 1) / 2], &cell->items[at]);
	}
}

static void sift_down(const struct reducing *in, struct cell *cell)
{
	uint32_t at = 0, child;

	while ((child = 2 * at + 1) < cell->count) {
		if (child + 1 < cell->count &&
		    is_before(in, cell->items[child], cell->items[child + 1]))
			child++;
		if (!is_before(in, cell->items[at], cell->items[child]))
			return;
		swap(&cell->items[at], &cell->items[child]);
		at = child;
	}
}

static void offer(const struct reducing *in, struct cell *cell, uint32_t item)
{
	if (cell->count < cell->most) {
		cell->items[cell->count++] = item;
		sift_up(in, cell);
	} else if (cell->most && is_before(in, item, cell->items[0])) {
		cell->items[0] = item;
		sift_down(in, cell);
	}
}

static bool is_out(const struct reducing *in, const struct solve_item *item)
{
	return item->excluded ||
	       (item->group != SOLVE_ALONE && in->group_out[item->group]);
}

static bool is_needed(const struct reducing *in, uint32_t i)
{
	const struct solve_item *item = &in->problem->items[i];
	const struct cell *cell = cell_of(in, item);

	if (is_out(in, item))
		return false;
	if (item->group != SOLVE_ALONE || cell->count < cell->most)
		return true;
	return cell->most && !is_before(in, cell->items[0], i);
}

/* ---- The pass ---- */

static uint32_t min(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void start(struct reducing *in, struct arena *arena)
{
	const struct solve_problem *problem = in->problem;
	size_t count = problem->task_count * problem->type_count * in->weights;
	uint32_t *sizes = ARENA_ARRAY(arena, count, uint32_t);

	in->has_enemy = ARENA_ARRAY(arena, problem->item_count, bool);
	in->group_out = ARENA_ARRAY(arena, problem->group_count, bool);
	in->cells = ARENA_ARRAY(arena, count, struct cell);
	for (size_t p = 0; p < problem->pair_count; p++)
		in->has_enemy[problem->pairs[p].a] = in->has_enemy[problem->pairs[p].b] =
			true;
	for (size_t i = 0; i < problem->item_count; i++) {
		const struct solve_item *item = &problem->items[i];

		sizes[cell_of(in, item) - in->cells]++;
		if (item->excluded && item->group != SOLVE_ALONE)
			in->group_out[item->group] = true;
	}
	for (size_t c = 0; c < count; c++) {
		const struct solve_task *task =
			&problem->tasks[c / in->weights / problem->type_count];
		const struct solve_range *type =
			&problem->types[c / in->weights % problem->type_count];
		struct cell *cell = &in->cells[c];

		cell->most = min(
			min(task->range.most, type->most),
			min(problem->domains[task->domain].most, problem->total));
		cell->items = ARENA_ARRAY(arena, min(cell->most, sizes[c]), uint32_t);
	}
}

/* The pairs of which both items are left, by their new numbers. */
static void keep_pairs(const struct solve_problem *problem, const uint32_t *number,
		       struct arena *arena, struct solve_problem *kept)
{
	kept->pairs = ARENA_ARRAY(arena, problem->pair_count, struct solve_pair);
	kept->pair_count = 0;
	for (size_t p = 0; p < problem->pair_count; p++) {
		uint32_t a = number[problem->pairs[p].a], b = number[problem->pairs[p].b];

		if (a != GONE && b != GONE)
			kept->pairs[kept->pair_count++] = (struct solve_pair){ a, b };
	}
}

void reduce(const struct solve_problem *problem, struct arena *arena,
	    struct reduced *reduced)
{
	struct reducing in = { .problem = problem,
			       .weights = problem->is_weighed ? SOLVE_WEIGHTS : 1 };
	uint32_t *number = ARENA_ARRAY(arena, problem->item_count, uint32_t), count = 0;

	start(&in, arena);
	for (uint32_t i = 0; i < problem->item_count; i++) {
		const struct solve_item *item = &problem->items[i];

		if (item->group == SOLVE_ALONE && !item->excluded && !in.has_enemy[i])
			offer(&in, cell_of(&in, item), i);
	}
	for (uint32_t i = 0; i < problem->item_count; i++)
		number[i] = is_needed(&in, i) ? count++ : GONE;
	reduced->problem = *problem;
	reduced->problem.item_count = count;
	reduced->problem.items = ARENA_ARRAY(arena, count, struct solve_item);
	reduced->items = ARENA_ARRAY(arena, count, uint32_t);
	for (uint32_t i = 0; i < problem->item_count; i++) {
		if (number[i] == GONE)
			continue;
		reduced->problem.items[number[i]] = problem->items[i];
		reduced->items[number[i]] = i;
	}
	keep_pairs(problem, number, arena, &reduced->problem);
}
