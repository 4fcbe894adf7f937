#ifndef BLUEPRINT_SOLVE_H
#define BLUEPRINT_SOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * The search for the cheapest set of items that keeps every count. It knows no bank and
 * no exam: an item has a task (which has a domain), a type, a price, and perhaps a group.
 *
 *	total		so many items in all
 *	ranges		so many of each domain, task and type
 *	groups		all items of a group or none
 *	conflicts	never both items of a pair
 *	weights		their sum within a range
 *
 * Without groups, conflicts and weights this is a flow with convex prices, solved exactly
 * by relax.c; band.c bounds what the weights cost; the search branches on what those two
 * leave broken. Ties go to the item listed first.
 */
#define SOLVE_ALONE UINT32_MAX             /* in no group */
#define SOLVE_PRICE_MAX (INT64_C(1) << 52) /* and the sum of `total` of them < 2^62 */

#define SOLVE_WEIGHTS 3 /* weights are below this */

struct solve_range {
	uint32_t least, most;
};

struct solve_item {
	int64_t price; /* >= 0 */
	uint32_t task, type, group;
	uint8_t weight;
	bool excluded;
};

struct solve_task {
	uint32_t domain;
	struct solve_range range;
};

struct solve_pair {
	uint32_t a, b;
};

struct solve_problem {
	struct solve_item *items;
	struct solve_range *domains;
	struct solve_task *tasks;
	struct solve_range *types;
	struct solve_pair *pairs;
	size_t item_count, domain_count, task_count, type_count, pair_count, group_count;
	uint32_t total;
	struct solve_range weight; /* of the sum of weights */
	bool is_weighed;           /* false: weights do not count */
	uint32_t nodes;            /* of the search, at most */
};

enum solve_verdict {
	SOLVE_OPTIMAL,    /* proven cheapest */
	SOLVE_INCUMBENT,  /* cut off: keeps every rule, but a cheaper one may exist */
	SOLVE_INFEASIBLE, /* proven: there is none */
	SOLVE_UNKNOWN,    /* cut off before one was found */
};

struct solve_answer {
	enum solve_verdict verdict;
	int64_t price;
	uint32_t nodes;
	uint32_t *chosen; /* total of them, ascending; only with the first two verdicts */
};

/* The answer lies in the arena. */
void solve_run(const struct solve_problem *problem, struct arena *arena,
	       struct solve_answer *answer);

#endif
