#ifndef LINT_SETS_H
#define LINT_SETS_H

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * All pairs of sets whose Jaccard index (shared over united) is at least a threshold:
 * exact, and without comparing all with all. Two sets that alike must share one of their
 * few rarest elements (the prefix filter of all-pairs similarity search), so only sets
 * that do are compared. Of sets that are equal, each is paired with the first alone.
 */
struct set {
	uint64_t *at; /* any order, no element twice after sets_pairs() */
	size_t count;
};

struct set_pair {
	size_t first, second; /* first < second */
	double jaccard;
};

/* Appends to a list in the arena, ascending by second and first. */
size_t sets_pairs(struct set *sets, size_t count, double least, struct arena *arena,
		  struct set_pair **pairs);

#endif
