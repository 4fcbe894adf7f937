#include "relax.h"

#include "proctor/arena.h"

#define NO_WAY INT64_MAX

static uint32_t sink_of(const struct relax *relax)
{
	return (uint32_t)relax->place_count - 1;
}

void relax_flow_init(struct relax *relax, struct arena *arena)
{
	const struct solve_problem *problem = relax->problem;
	uint32_t domains = 1, tasks = domains + (uint32_t)problem->domain_count;
	uint32_t types = tasks + (uint32_t)problem->task_count;
	uint32_t sink = types + (uint32_t)problem->type_count;
	struct relax_arc *arc;

	relax->place_count = sink + 1;
	relax->arc_count = problem->domain_count + problem->task_count +
			   relax->cell_count + problem->type_count;
	relax->cost = ARENA_ARRAY(arena, relax->place_count, int64_t);
	relax->by = ARENA_ARRAY(arena, relax->place_count, uint32_t);
	relax->arcs = arc = ARENA_ARRAY(arena, relax->arc_count, struct relax_arc);
	for (uint32_t d = 0; d < problem->domain_count; d++)
		*arc++ = (struct relax_arc){ .from = 0, .to = domains + d };
	for (uint32_t t = 0; t < problem->task_count; t++)
		*arc++ = (struct relax_arc){ .from = domains + problem->tasks[t].domain,
					     .to = tasks + t };
	for (uint32_t c = 0; c < relax->cell_count; c++)
		*arc++ = (struct relax_arc){
			.from = tasks + c / (uint32_t)problem->type_count,
			.to = types + c % (uint32_t)problem->type_count,
			.items = relax->ready + relax->cell_from[c],
		};
	for (uint32_t y = 0; y < problem->type_count; y++)
		*arc++ = (struct relax_arc){ .from = types + y, .to = sink };
}

/* The greedy solution as a flow. */
static void set_arcs(struct relax *relax)
{
	const struct solve_problem *problem = relax->problem;
	struct relax_arc *domains = relax->arcs, *tasks = domains + problem->domain_count;
	struct relax_arc *cells = tasks + problem->task_count;
	struct relax_arc *types = cells + relax->cell_count;

	for (size_t d = 0; d < problem->domain_count; d++) {
		domains[d].range = relax->domains[d];
		domains[d].flow = relax->got_domain[d];
	}
	for (size_t t = 0; t < problem->task_count; t++) {
		tasks[t].range = relax->tasks[t];
		tasks[t].flow = relax->got_task[t];
	}
	for (size_t y = 0; y < problem->type_count; y++) {
		types[y].range = relax->types[y];
		types[y].flow = 0;
	}
	for (size_t c = 0; c < relax->cell_count; c++) {
		cells[c].range.most = relax->ready_count[c];
		cells[c].flow = relax->taken[c];
		types[c % problem->type_count].flow += relax->taken[c];
	}
}

/* What the arc's unit number `unit` costs, counted from 0. */
static int64_t cost_of(const struct relax *relax, const struct relax_arc *arc,
		       uint32_t unit)
{
	return arc->items ? relax->problem->items[arc->items[unit]].price : 0;
}

static bool reach(struct relax *relax, uint32_t from, uint32_t to, int64_t cost,
		  uint32_t by)
{
	if (relax->cost[from] == NO_WAY)
		return false;
	cost += relax->cost[from];
	if (cost >= relax->cost[to])
		return false;
	relax->cost[to] = cost;
	relax->by[to] = by;
	return true;
}

/* The cheapest way to move one unit (Bellman and Ford). */
static bool find_way(struct relax *relax, uint32_t from, uint32_t to)
{
	bool changed = true;

	for (size_t p = 0; p < relax->place_count; p++)
		relax->cost[p] = NO_WAY;
	relax->cost[from] = 0;
	while (changed) {
		changed = false;
		for (uint32_t a = 0; a < relax->arc_count; a++) {
			const struct relax_arc *arc = &relax->arcs[a];

			if (arc->flow < arc->range.most)
				changed |= reach(relax, arc->from, arc->to,
						 cost_of(relax, arc, arc->flow), 2 * a);
			if (arc->flow > arc->range.least)
				changed |= reach(relax, arc->to, arc->from,
						 -cost_of(relax, arc, arc->flow - 1),
						 2 * a + 1);
		}
	}
	return relax->cost[to] != NO_WAY;
}

static bool move_unit(struct relax *relax, uint32_t from, uint32_t to)
{
	if (!find_way(relax, from, to))
		return false;
	while (to != from) {
		struct relax_arc *arc = &relax->arcs[relax->by[to] / 2];

		if (relax->by[to] % 2) {
			arc->flow--;
			to = arc->to;
		} else {
			arc->flow++;
			to = arc->from;
		}
	}
	return true;
}

/* An arc out of its range is never made worse: find_way() lets it only go back. */
static bool mend(struct relax *relax, struct relax_arc *arc)
{
	for (; arc->flow > arc->range.most; arc->flow--)
		if (!move_unit(relax, arc->from, arc->to))
			return false;
	for (; arc->flow < arc->range.least; arc->flow++)
		if (!move_unit(relax, arc->to, arc->from))
			return false;
	return true;
}

static void take_flow(struct relax *relax)
{
	const struct solve_problem *problem = relax->problem;
	const struct relax_arc *cells = relax->arcs + problem->domain_count +
					problem->task_count;

	relax->price = relax->in_price;
	for (size_t c = 0; c < relax->cell_count; c++) {
		relax->taken[c] = cells[c].flow;
		for (uint32_t i = 0; i < cells[c].flow; i++)
			relax->price += cost_of(relax, &cells[c], i);
	}
}

bool relax_flow(struct relax *relax)
{
	struct relax_arc *arc = relax->arcs + relax->arc_count;

	set_arcs(relax);
	while ((--arc)->to == sink_of(relax))
		if (!mend(relax, arc))
			return false;
	take_flow(relax);
	return true;
}
