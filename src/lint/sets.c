#include "sets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/crew.h"
#include "proctor/err.h"

/* ---- Sorting: sets are many and small ---- */

static void insert_sort(uint64_t *at, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		uint64_t value = at[i];
		size_t k = i;

		for (; k && at[k - 1] > value; k--)
			at[k] = at[k - 1];
		at[k] = value;
	}
}

#define BUCKETS 64
#define SMALL 512 /* most sets are smaller */

/*
 * The elements are hashes, evenly spread: put where their first bits say, they are nearly
 * in order.
 */
static void spread(uint64_t *at, size_t count)
{
	uint64_t copy[SMALL];
	uint16_t ends[BUCKETS] = { 0 };

	for (size_t i = 0; i < count; i++)
		ends[at[i] >> 58]++;
	for (size_t i = 1; i < BUCKETS; i++)
		ends[i] = (uint16_t)(ends[i] + ends[i - 1]);
	memcpy(copy, at, count * sizeof(*at));
	for (size_t i = count; i-- > 0;)
		at[--ends[copy[i] >> 58]] = copy[i];
}

static int compare_elements(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

size_t set_sort(uint64_t *at, size_t count)
{
	size_t kept = 0;

	if (count > SMALL) {
		qsort(at, count, sizeof(*at), compare_elements);
	} else if (count) {
		spread(at, count);
		insert_sort(at, count);
	}
	for (size_t i = 0; i < count; i++)
		if (!i || at[i] != at[i - 1])
			at[kept++] = at[i];
	return kept;
}

/* ---- How rare elements are ---- */

/*
 * Elements are counted by a part of their hash, and only up to 255. Any order of elements
 * will do that is the same for all sets: one by true rarity would only be faster.
 */
#define COUNT_BITS 20

static size_t counter_of(uint64_t element)
{
	return (size_t)((element * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - COUNT_BITS));
}

static void *list(size_t count, size_t size)
{
	void *made = calloc(count ? count : 1, size);

	if (!made)
		err_no_memory();
	return made;
}

static uint8_t *count_elements(const struct set *sets, size_t count)
{
	uint8_t *counts = list((size_t)1 << COUNT_BITS, 1);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sets[i].count; k++) {
			uint8_t *own = &counts[counter_of(sets[i].at[k])];

			*own = (uint8_t)(*own + (*own < UINT8_MAX));
		}
	return counts;
}

/* The `wanted` rarest of a set, of those that are as rare the smallest. */
static void find_rarest(const uint8_t *counts, const struct set *set, size_t wanted,
			uint64_t *rarest)
{
	size_t with[UINT8_MAX + 1] = { 0 }, limit = 0, below = 0, n = 0, ties;

	for (size_t i = 0; i < set->count; i++)
		with[counts[counter_of(set->at[i])]]++;
	while (below + with[limit] < wanted)
		below += with[limit++];
	ties = wanted - below;
	for (size_t i = 0; i < set->count && n < wanted; i++) {
		size_t own = counts[counter_of(set->at[i])];

		if (own < limit || (own == limit && ties && ties--))
			rarest[n++] = set->at[i];
	}
}

/* ---- Comparing ---- */

static double jaccard(const struct set *a, const struct set *b)
{
	size_t i = 0, k = 0, shared = 0;

	while (i < a->count && k < b->count) {
		uint64_t x = a->at[i], y = b->at[k];

		shared += x == y;
		i += x <= y;
		k += y <= x;
	}
	return (double)shared / (double)(a->count + b->count - shared);
}

/*
 * Sets by their rarest elements: for each part of a hash a chain of the sets that came
 * by, from the last to the first.
 */
struct posting {
	uint32_t set, next; /* next: 1 + index, 0 ends */
};

struct join {
	const struct set *sets;
	size_t count;
	double least;
	sets_pair *may;
	const void *context;
	struct set_match *matches;
	uint8_t *counts;
	struct posting *postings;
	uint32_t *firsts; /* by set, and one more: its first posting */
	size_t longest;   /* postings of one set */
};

/*
 * How many elements decide: with none of them shared, the rest is too few. A set that is
 * equal to one before it is not looked for any more.
 */
static size_t prefix(const struct join *join, size_t own)
{
	size_t count = join->sets[own].count;
	size_t needed = (size_t)ceil(join->least * (double)count - 1e-9);

	return needed > count || join->matches[own].equal ? 0 : count - needed + 1;
}

static void make_room(struct join *join)
{
	size_t total = 0;

	join->firsts = list(join->count + 1, sizeof(*join->firsts));
	for (size_t i = 0; i < join->count; i++) {
		size_t length = join->sets[i].count ? prefix(join, i) : 0;

		total += length;
		join->longest = length > join->longest ? length : join->longest;
		join->firsts[i + 1] = (uint32_t)total;
	}
	join->postings = list(total, sizeof(*join->postings));
}

/* Each posting says, as its next, which chain it belongs to. */
static void choose_share(void *context, size_t share)
{
	const struct join *join = context;
	uint64_t *rarest = list(join->longest, sizeof(*rarest));

	for (size_t i = crew_first(join->count, share);
	     i < crew_first(join->count, share + 1); i++) {
		struct posting *own = join->postings + join->firsts[i];
		size_t length = join->firsts[i + 1] - join->firsts[i];

		find_rarest(join->counts, &join->sets[i], length, rarest);
		for (size_t k = 0; k < length; k++)
			own[k] = (struct posting){ (uint32_t)i,
						   (uint32_t)counter_of(rarest[k]) };
	}
	free(rarest);
}

static void chain_all(struct join *join)
{
	uint32_t *heads = list((size_t)1 << COUNT_BITS, sizeof(*heads));

	for (uint32_t i = 0; i < join->firsts[join->count]; i++) {
		uint32_t *head = &heads[join->postings[i].next];

		join->postings[i].next = *head;
		*head = i + 1;
	}
	free(heads);
}

static void note_match(struct set_match *match, size_t other, double index)
{
	bool better = index > match->jaccard ||
		      (index == match->jaccard && other < match->other);

	match->count++;
	if (match->count > 1 && !better)
		return;
	match->other = other;
	match->jaccard = index;
}

static void compare(const struct join *join, size_t own, size_t other)
{
	const struct set *a = &join->sets[own], *b = &join->sets[other];
	double small = (double)(a->count < b->count ? a->count : b->count);
	double large = (double)(a->count < b->count ? b->count : a->count), index;

	if (small < join->least * large - 1e-9)
		return;
	index = jaccard(a, b);
	if (index >= join->least - 1e-9 &&
	    (!join->may || join->may(join->context, other, own)))
		note_match(&join->matches[own], other, index);
}

/* With those before it. `seen` by set: 1 + the set it was last compared with. */
static void compare_with_all(const struct join *join, size_t own, uint32_t *seen)
{
	const struct set_match *match = &join->matches[own];

	seen[own] = (uint32_t)own + 1;
	for (uint32_t i = join->firsts[own]; i < join->firsts[own + 1]; i++)
		for (uint32_t p = join->postings[i].next; p && match->count < SETS_MOST;
		     p = join->postings[p - 1].next) {
			size_t other = join->postings[p - 1].set;

			if (seen[other] == own + 1)
				continue;
			seen[other] = (uint32_t)own + 1;
			compare(join, own, other);
		}
}

static void compare_share(void *context, size_t share)
{
	const struct join *join = context;
	size_t end = crew_first(join->count, share + 1);
	uint32_t *seen = list(end, sizeof(*seen));

	for (size_t own = crew_first(join->count, share); own < end; own++)
		compare_with_all(join, own, seen);
	free(seen);
}

/* ---- Equal sets: of each kind, the first alone is compared with others ---- */

struct twin {
	uint64_t hash;
	size_t set;
};

static int compare_twins(const void *a, const void *b)
{
	const struct twin *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->set > y->set) - (x->set < y->set);
}

static uint64_t hash_set(const struct set *set)
{
	uint64_t hash = set->tag ^ set->count;

	for (size_t i = 0; i < set->count; i++)
		hash = (hash ^ set->at[i]) * UINT64_C(0x9E3779B97F4A7C15) + (hash >> 31);
	return hash;
}

static bool are_equal(const struct set *a, const struct set *b)
{
	return a->count == b->count && a->tag == b->tag &&
	       memcmp(a->at, b->at, a->count * sizeof(*a->at)) == 0;
}

static void match_equal(struct join *join)
{
	struct twin *twins = list(join->count, sizeof(*twins));
	size_t n = 0, first = 0;

	for (size_t i = 0; i < join->count; i++)
		if (join->sets[i].count)
			twins[n++] = (struct twin){ hash_set(&join->sets[i]), i };
	qsort(twins, n, sizeof(*twins), compare_twins);
	for (size_t i = 1; i < n; i++) {
		size_t one = twins[first].set, own = twins[i].set;

		if (twins[i].hash != twins[first].hash)
			first = i;
		else if (are_equal(&join->sets[one], &join->sets[own]) &&
			 (!join->may || join->may(join->context, one, own)))
			join->matches[own] = (struct set_match){ one, 1, true, 1 };
	}
	free(twins);
}

void sets_match(const struct set *sets, size_t count, double least, sets_pair *may,
		const void *context, size_t workers, struct set_match *matches)
{
	struct join join = { .sets = sets,
			     .count = count,
			     .least = least,
			     .may = may,
			     .context = context,
			     .matches = matches };

	for (size_t i = 0; i < count; i++)
		matches[i] = (struct set_match){ .other = SIZE_MAX };
	match_equal(&join);
	make_room(&join);
	join.counts = count_elements(sets, count);
	crew_run(workers, CREW_SHARES, choose_share, &join);
	chain_all(&join);
	crew_run(workers, CREW_SHARES, compare_share, &join);
	free(join.counts);
	free(join.postings);
	free(join.firsts);
}
