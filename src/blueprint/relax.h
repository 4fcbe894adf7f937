#ifndef BLUEPRINT_RELAX_H
#define BLUEPRINT_RELAX_H

#include "solve.h"

struct arena;

/*
 * The problem without groups, conflicts and weights, under what the search has decided so
 * far: items forced in count against every range, items forced out are not there.
 *
 * Items of one task, type and weight form a cell; within a cell only the price differs,
 * so a solution is a number for each cell: that many of its cheapest free items.
 *
 * A toll may be put on weight (for band.c): what is solved then is the cheapest set by
 * price + toll * weight, or, with `toll_alone`, by the toll alone. The price of a
 * solution is always told without the toll.
 */
#define RELAX_TOLL_MAX                                                  \
	(INT64_C(1) << 52) /* so that no way through the flow overflows \
			    */

enum relax_fate { RELAX_FREE, RELAX_IN, RELAX_OUT };

struct relax_arc {
	uint32_t from, to, flow;
	struct solve_range range;
	const uint32_t *items; /* of a cell, cheapest first; NULL: costs nothing */
	int64_t up, down;      /* what one unit more costs, and one less saves */
};

/* The cell with a task's cheapest item left; nothing costs INT64_MAX. */
struct relax_head {
	size_t cell;
	int64_t cost;
};

struct relax {
	const struct solve_problem *problem;
	size_t cell_count, weight_count; /* cells of one task and type lie side by side */
	int64_t toll;                    /* at most RELAX_TOLL_MAX either way */
	bool toll_alone;
	uint8_t *fate;    /* of each item, an enum relax_fate */
	uint32_t *sorted; /* items by cell and price; cell c has cell_from[c]..[c + 1] */
	uint32_t *cell_from;
	uint32_t *cell_free; /* free items of a cell */
	uint32_t *in_domain, *in_task, *in_type;
	uint32_t in_total;
	int64_t in_price, in_weight;

	uint32_t *taken;       /* the solution: of each cell */
	int64_t price, weight; /* and its price and weight, with the items forced in */

	/* the ranges less what is forced in, and the cheapest free items of each cell */
	struct solve_range *domains, *tasks, *types;
	uint32_t left;
	uint32_t *ready, *ready_count;

	uint32_t *got_task, *got_domain, *owed_domain; /* of the greedy way */
	struct relax_head *head;                       /* of a task */

	struct relax_arc *arcs; /* of the flow: domains, tasks, cells, types */
	int64_t *cost;
	uint32_t *by; /* how each place is reached: 2 * arc, + 1 when backwards */
	uint32_t *near, *near_from; /* arcs at place p: near[from[p]..from[p + 1]] */
	uint32_t *queue;            /* places to go on from; a ring */
	bool *queued;
	size_t arc_count, place_count;
};

void relax_init(struct relax *relax, const struct solve_problem *problem,
		struct arena *arena);

/* Decides one free item. */
void relax_fix(struct relax *relax, uint32_t item, enum relax_fate fate);
void relax_free(struct relax *relax, uint32_t item);

static inline size_t relax_task(const struct relax *relax, size_t cell)
{
	return cell / relax->weight_count / relax->problem->type_count;
}

static inline size_t relax_type(const struct relax *relax, size_t cell)
{
	return cell / relax->weight_count % relax->problem->type_count;
}

/* What an item counts for: its price and the toll on its weight. */
static inline int64_t relax_cost(const struct relax *relax, uint32_t item)
{
	const struct solve_item *row = &relax->problem->items[item];

	return (relax->toll_alone ? 0 : row->price) + relax->toll * row->weight;
}

/* True with a cheapest solution; false when there is none (or, without a toll, none below
 * that price). */
bool relax_solve(struct relax *relax, int64_t below);

/* The solution's items that are not forced in. */
void relax_items(const struct relax *relax, uint32_t *items);

/*
 * The type mix makes it a flow: source, domains, tasks, types, sink, with the cells as
 * arcs from task to type. The greedy solution is a cheapest flow but for the types' own
 * ranges. Each unit that one of them has too many or too few is moved the cheapest
 * way; that keeps the flow a cheapest one (no cycle of moves pays), so what comes out is
 * exact. No way left proves that there is no solution: false.
 */
void relax_flow_init(struct relax *relax, struct arena *arena);
bool relax_flow(struct relax *relax);

#endif
