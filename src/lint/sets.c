#include "sets.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/err.h"

static int compare_numbers(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static size_t sort_unique(uint64_t *at, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(at, count, sizeof(*at), compare_numbers);
	for (size_t i = 0; i < count; i++)
		if (!i || at[i] != at[i - 1])
			at[kept++] = at[i];
	return kept;
}

/* An element and in how many sets it is; sorted by element, then ranked by count. */
struct element {
	uint64_t value;
	uint32_t count, rank;
};

static int compare_counts(const void *a, const void *b)
{
	const struct element *x = *(const struct element *const *)a;
	const struct element *y = *(const struct element *const *)b;

	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

static int compare_value(const void *key, const void *row)
{
	uint64_t value = *(const uint64_t *)key,
		 own = ((const struct element *)row)->value;

	return (value > own) - (value < own);
}

static void *list(size_t count, size_t size)
{
	void *made = calloc(count ? count : 1, size);

	if (!made)
		err_no_memory();
	return made;
}

static size_t count_elements(const struct set *sets, size_t count,
			     struct element **elements)
{
	size_t total = 0, n = 0;
	uint64_t *all;

	for (size_t i = 0; i < count; i++)
		total += sets[i].count;
	all = list(total, sizeof(*all));
	total = 0;
	for (size_t i = 0; i < count; i++) {
		if (sets[i].count)
			memcpy(all + total, sets[i].at, sets[i].count * sizeof(*all));
		total += sets[i].count;
	}
	if (total)
		qsort(all, total, sizeof(*all), compare_numbers);
	*elements = list(total, sizeof(**elements));
	for (size_t i = 0; i < total; i++) {
		if (!i || all[i] != all[i - 1])
			(*elements)[n++].value = all[i];
		(*elements)[n - 1].count++;
	}
	free(all);
	return n;
}

/* Replaces every element by its rank, the rarest being 0, and sorts each set by it. */
static size_t rank_elements(struct set *sets, size_t count)
{
	struct element *elements, **order;
	size_t n = count_elements(sets, count, &elements);

	order = list(n, sizeof(struct element *));
	for (size_t i = 0; i < n; i++)
		order[i] = &elements[i];
	if (n)
		qsort(order, n, sizeof(struct element *), compare_counts);
	for (size_t i = 0; i < n; i++)
		order[i]->rank = (uint32_t)i;
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < sets[i].count; k++) {
			const struct element *element = bsearch(&sets[i].at[k], elements,
								n, sizeof(*elements),
								compare_value);

			sets[i].at[k] = element->rank;
		}
		if (sets[i].count)
			qsort(sets[i].at, sets[i].count, sizeof(uint64_t),
			      compare_numbers);
	}
	free(order);
	free(elements);
	return n;
}

static double jaccard(const struct set *a, const struct set *b)
{
	size_t i = 0, k = 0, shared = 0;

	while (i < a->count && k < b->count) {
		if (a->at[i] == b->at[k]) {
			shared++;
			i++;
			k++;
		} else if (a->at[i] < b->at[k]) {
			i++;
		} else {
			k++;
		}
	}
	return (double)shared / (double)(a->count + b->count - shared);
}

/* Sets by their rarest elements: for each element a chain of the sets that came by. */
struct posting {
	uint32_t set, next; /* next: 1 + index, 0 ends */
};

struct join {
	struct set *sets;
	double least;
	uint32_t *heads; /* by rank: 1 + index of the first posting */
	struct posting *postings;
	size_t posting_count, posting_size;
	size_t *seen;  /* by set: 1 + the set it was last compared with */
	bool *is_copy; /* it is equal to an earlier one */
	struct set_pair *pairs;
	size_t pair_count, pair_size;
};

static void *grow(void *old, size_t count, size_t *size, size_t each)
{
	if (count < *size)
		return old;
	*size = *size ? 2 * *size : 256;
	old = realloc(old, *size * each);
	if (!old)
		err_no_memory();
	return old;
}

static void add_pair(struct join *join, size_t first, size_t second, double index)
{
	join->pairs = grow(join->pairs, join->pair_count, &join->pair_size,
			   sizeof(*join->pairs));
	join->pairs[join->pair_count++] = (struct set_pair){ first, second, index };
}

/* The length behind which a set cannot reach the threshold with anything new. */
static size_t prefix(const struct join *join, size_t count)
{
	size_t needed = (size_t)ceil(join->least * (double)count - 1e-9);

	return needed > count ? 0 : count - needed + 1;
}

static void compare_with(struct join *join, size_t own, size_t other)
{
	const struct set *a = &join->sets[own], *b = &join->sets[other];
	double small = (double)(a->count < b->count ? a->count : b->count);
	double large = (double)(a->count < b->count ? b->count : a->count), index;

	if (join->seen[other] == own + 1 || join->is_copy[own])
		return;
	join->seen[other] = own + 1;
	if (small < join->least * large)
		return;
	index = jaccard(a, b);
	if (index >= join->least)
		add_pair(join, other, own, index);
	join->is_copy[own] = index >= 1;
}

static void join_set(struct join *join, size_t own)
{
	const struct set *set = &join->sets[own];
	size_t length = set->count ? prefix(join, set->count) : 0;

	for (size_t i = 0; i < length; i++)
		for (uint32_t p = join->heads[set->at[i]]; p;
		     p = join->postings[p - 1].next)
			compare_with(join, own, join->postings[p - 1].set);
	for (size_t i = 0; i < length && !join->is_copy[own]; i++) {
		join->postings = grow(join->postings, join->posting_count,
				      &join->posting_size, sizeof(*join->postings));
		join->postings[join->posting_count] = (struct posting){
			(uint32_t)own, join->heads[set->at[i]]
		};
		join->heads[set->at[i]] = (uint32_t)++join->posting_count;
	}
}

static int compare_pairs(const void *a, const void *b)
{
	const struct set_pair *x = a, *y = b;

	if (x->second != y->second)
		return x->second < y->second ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

size_t sets_pairs(struct set *sets, size_t count, double least, struct arena *arena,
		  struct set_pair **pairs)
{
	struct join join = { .sets = sets, .least = least };
	size_t elements;

	for (size_t i = 0; i < count; i++)
		sets[i].count = sort_unique(sets[i].at, sets[i].count);
	elements = rank_elements(sets, count);
	join.heads = list(elements, sizeof(*join.heads));
	join.seen = list(count, sizeof(*join.seen));
	join.is_copy = list(count, sizeof(*join.is_copy));
	for (size_t i = 0; i < count; i++)
		join_set(&join, i);
	if (join.pair_count)
		qsort(join.pairs, join.pair_count, sizeof(*join.pairs), compare_pairs);
	*pairs = ARENA_ARRAY(arena, join.pair_count, struct set_pair);
	if (join.pair_count)
		memcpy(*pairs, join.pairs, join.pair_count * sizeof(**pairs));
	free(join.heads);
	free(join.seen);
	free(join.is_copy);
	free(join.postings);
	free(join.pairs);
	return join.pair_count;
}
