#ifndef LINT_SETS_H
#define LINT_SETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which sets are alike: those whose Jaccard index (shared over united) is at least a
 * threshold. Exact, and without comparing all with all: two sets that are alike must
 * share one of their few rarest elements (the prefix filter of all-pairs similarity
 * search), so only sets that do are compared. Time grows with the number of sets even
 * where all are alike, because a set is compared no more once SETS_MOST like it were
 * found.
 */
struct set {
	uint64_t *at; /* ascending, no element twice: see set_sort() */
	size_t count;
	uint64_t tag; /* sets are equal if they have the same elements and the same tag */
};

/* Of one set: the one before it that is most like it, of those that were found. */
struct set_match {
	size_t other; /* its index; SIZE_MAX: none is like it */
	double jaccard;
	bool equal;   /* it is the first that is equal; then no other was looked for */
	size_t count; /* how many were found, at most SETS_MOST */
};

#define SETS_MOST 4

/* Sorts, takes doubles out, and returns how many are left. */
size_t set_sort(uint64_t *at, size_t count);

/* Pairs that may be alike, as far as the caller cares; or NULL. */
typedef bool sets_pair(const void *context, size_t first, size_t second);

/*
 * Fills a row of `matches` for each set, on `workers` threads, which all may ask `may`;
 * the rows do not depend on how many there are. An empty set is like none.
 */
void sets_match(const struct set *sets, size_t count, double least, sets_pair *may,
		const void *context, size_t workers, struct set_match *matches);

#endif
