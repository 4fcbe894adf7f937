#ifndef BLUEPRINT_REDUCE_H
#define BLUEPRINT_REDUCE_H

#include "solve.h"

struct arena;

/*
 * Leaves out items that no cheapest solution needs, in one pass over all.
 *
 * A cell is the items of one task, type and weight, and takes at most `most` of them.
 * Call an item free that is in no group and has no enemy. An item in no group that is
 * dearer than the `most` cheapest free ones of its cell is not needed: in a solution with
 * it, one of those is not used, and may take its place. So what is left grows with the
 * number of cells, groups and cheap enemies, and not with the bank.
 *
 * Items keep their order; item i of the reduced problem was items[i]. An excluded item
 * excludes its group, and both are left out.
 */
struct reduced {
	struct solve_problem problem;
	uint32_t *items;
};

void reduce(const struct solve_problem *problem, struct arena *arena,
	    struct reduced *reduced);

#endif
