#include "relax.h"

#include "proctor/arena.h"

#define NO_WAY INT64_MAX

static uint32_t sink_of(const struct relax *relax)
{
	return (uint32_t)relax->place_count - 1;
}

static void list_near(struct relax *relax, struct arena *arena)
{
	uint32_t *from = ARENA_ARRAY(arena, relax->place_count + 2, uint32_t);

	relax->near = ARENA_ARRAY(arena, 2 * relax->arc_count, uint32_t);
	relax->near_from = from;
	relax->queue = ARENA_ARRAY(arena, relax->place_count, uint32_t);
	relax->queued = ARENA_ARRAY(arena, relax->place_count, bool);
	/* Counted two places on, added up, and moved back by one as they are filled. */
	for (size_t a = 0; a < relax->arc_count; a++) {
		from[relax->arcs[a].from + 2]++;
		from[relax->arcs[a].to + 2]++;
	}
	for (size_t p = 2; p < relax->place_count + 2; p++)
		from[p] += from[p - 1];
	for (uint32_t a = 0; a < relax->arc_count; a++) {
		relax->near[from[relax->arcs[a].from + 1]++] = a;
		relax->near[from[relax->arcs[a].to + 1]++] = a;
	}
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
			.from = tasks + (uint32_t)relax_task(relax, c),
			.to = types + (uint32_t)relax_type(relax, c),
			.items = relax->ready + relax->cell_from[c],
		};
	for (uint32_t y = 0; y < problem->type_count; y++)
		*arc++ = (struct relax_arc){ .from = types + y, .to = sink };
	list_near(relax, arena);
}

/* What the arc's next unit and its last one cost, after its flow has changed. */
static void set_costs(const struct relax *relax, struct relax_arc *arc)
{
	if (!arc->items)
		return;
	if (arc->flow < arc->range.most)
		arc->up = relax_cost(relax, arc->items[arc->flow]);
	if (arc->flow)
		arc->down = relax_cost(relax, arc->items[arc->flow - 1]);
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
		set_costs(relax, &cells[c]);
		types[relax_type(relax, c)].flow += relax->taken[c];
	}
}

/* Places reached more cheaply than before wait in the queue to be gone on from. */
struct way {
	struct relax *relax;
	size_t first, count; /* of the ring */
};

static void reach(struct way *way, uint32_t place, int64_t cost, uint32_t by)
{
	struct relax *relax = way->relax;

	if (cost >= relax->cost[place])
		return;
	relax->cost[place] = cost;
	relax->by[place] = by;
	if (relax->queued[place])
		return;
	relax->queued[place] = true;
	relax->queue[(way->first + way->count++) % relax->place_count] = place;
}

static void go_on(struct way *way, uint32_t place)
{
	const struct relax *relax = way->relax;
	int64_t cost = relax->cost[place];

	for (uint32_t n = relax->near_from[place]; n < relax->near_from[place + 1]; n++) {
		uint32_t a = relax->near[n];
		const struct relax_arc *arc = &relax->arcs[a];

		if (arc->from == place && arc->flow < arc->range.most)
			reach(way, arc->to, cost + arc->up, 2 * a);
		else if (arc->to == place && arc->flow > arc->range.least)
			reach(way, arc->from, cost - arc->down, 2 * a + 1);
	}
}

/* The cheapest way to move one unit (Bellman and Ford, with a queue). */
static bool find_way(struct relax *relax, uint32_t from, uint32_t to)
{
	struct way way = { relax, 0, 0 };

	for (size_t p = 0; p < relax->place_count; p++)
		relax->cost[p] = NO_WAY;
	reach(&way, from, 0, 0);
	while (way.count) {
		uint32_t place = relax->queue[way.first];

		way.first = (way.first + 1) % relax->place_count;
		way.count--;
		relax->queued[place] = false;
		go_on(&way, place);
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
		set_costs(relax, arc);
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

	for (size_t c = 0; c < relax->cell_count; c++)
		relax->taken[c] = cells[c].flow;
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
