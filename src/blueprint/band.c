#include "band.h"

#include "proctor/arena.h"

#define STEPS_MAX 64 /* each halves what is left at least; few need ten */

/* A solution, by the toll that gives it. `over` is how much too heavy (or too light). */
struct end {
	int64_t toll, price, over;
	bool toll_alone;
};

/* A sum of up to 2^10 prices of 2^52, and as much again in tolls. */
__extension__ typedef __int128 wide;

/* What stands in the way: side 1 is the upper end of the range, -1 the lower. */
struct hunt {
	struct relax *relax;
	int64_t side, limit;
	struct end out, in; /* breaks the limit; keeps it */
	wide bound;
};

void band_init(struct band *band, struct relax *relax, struct arena *arena)
{
	*band = (struct band){
		.relax = relax,
		.items = ARENA_ARRAY(arena, relax->problem->total, uint32_t),
		.mark = ARENA_ARRAY(arena, relax->problem->item_count, bool),
	};
}

static bool solve_at(struct hunt *hunt, int64_t toll, bool toll_alone, struct end *end)
{
	struct relax *relax = hunt->relax;

	relax->toll = hunt->side * toll;
	relax->toll_alone = toll_alone;
	if (!relax_solve(relax, INT64_MAX))
		return false;
	*end = (struct end){ toll, relax->price,
			     hunt->side * (relax->weight - hunt->limit), toll_alone };
	return true;
}

/* What a solution costs under a toll on what it has too much. */
static wide value(const struct end *end, int64_t toll)
{
	return end->price + (wide)toll * end->over;
}

/* A solution that keeps the limit, by the highest toll; false: there is none. */
static bool find_in(struct hunt *hunt)
{
	if (!solve_at(hunt, RELAX_TOLL_MAX, false, &hunt->in))
		return false;
	if (hunt->in.over > 0 && !solve_at(hunt, 1, true, &hunt->in))
		return false;
	return hunt->in.over <= 0;
}

/* The toll at which both ends cost the same. */
static int64_t toll_between(const struct hunt *hunt)
{
	int64_t toll = (hunt->in.price - hunt->out.price) /
		       (hunt->out.over - hunt->in.over);

	if (toll < 0)
		return 0;
	return toll < RELAX_TOLL_MAX ? toll : RELAX_TOLL_MAX;
}

static void close_in(struct hunt *hunt)
{
	for (int step = 0; step < STEPS_MAX; step++) {
		int64_t toll = toll_between(hunt);
		wide a = value(&hunt->out, toll), b = value(&hunt->in, toll);
		struct end middle;

		if (!solve_at(hunt, toll, false, &middle))
			return; /* cannot be: the ends are solutions */
		if (value(&middle, toll) > hunt->bound)
			hunt->bound = value(&middle, toll);
		if (middle.over > 0)
			hunt->out = middle;
		else
			hunt->in = middle;
		if (value(&middle, toll) >= (a < b ? a : b))
			return;
	}
}

/* An item that the end outside has and the one inside has not: leaves the latter in
 * `relax`. */
static uint32_t find_apart(struct band *band, struct hunt *hunt)
{
	struct relax *relax = band->relax;
	uint32_t count, apart = 0;
	int64_t most = -1;

	solve_at(hunt, hunt->in.toll, hunt->in.toll_alone, &hunt->in);
	count = relax->left;
	relax_items(relax, band->items);
	for (uint32_t i = 0; i < count; i++)
		band->mark[band->items[i]] = true;
	solve_at(hunt, hunt->out.toll, hunt->out.toll_alone, &hunt->out);
	relax_items(relax, band->items);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t item = band->items[i];
		int64_t weight = hunt->side * relax->problem->items[item].weight +
				 SOLVE_WEIGHTS;

		if (!band->mark[item] && weight > most) {
			apart = item;
			most = weight;
		}
	}
	solve_at(hunt, hunt->in.toll, hunt->in.toll_alone, &hunt->in);
	relax_items(relax, band->items);
	for (uint32_t i = 0; i < count; i++)
		band->mark[band->items[i]] = false;
	return apart;
}

bool band_keeps(const struct band *band)
{
	const struct solve_problem *problem = band->relax->problem;

	return !problem->is_weighed || (band->relax->weight >= problem->weight.least &&
					band->relax->weight <= problem->weight.most);
}

enum band_fate band_solve(struct band *band, int64_t below)
{
	struct relax *relax = band->relax;
	const struct solve_range *range = &relax->problem->weight;
	struct hunt hunt = { .relax = relax, .side = 1, .limit = range->most };

	relax->toll = 0;
	relax->toll_alone = false;
	if (!relax_solve(relax, below))
		return BAND_NONE;
	if (band_keeps(band))
		return BAND_FIRM;
	if (relax->weight < range->least) {
		hunt.side = -1;
		hunt.limit = range->least;
	}
	hunt.bound = relax->price;
	hunt.out = (struct end){ 0, relax->price,
				 hunt.side * (relax->weight - hunt.limit), false };
	if (!find_in(&hunt))
		return BAND_NONE;
	close_in(&hunt);
	if (hunt.bound >= below)
		return BAND_NONE;
	band->apart = find_apart(band, &hunt);
	return band_keeps(band) && relax->price <= hunt.bound ? BAND_FIRM : BAND_LOOSE;
}
