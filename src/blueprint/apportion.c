#include "proctor/blueprint.h"

#include <assert.h>

static int64_t sum(const int64_t *numbers, size_t count)
{
	int64_t all = 0;

	for (size_t i = 0; i < count; i++)
		all += numbers[i];
	return all;
}

void blueprint_hamilton(const int64_t *weights, size_t count, int64_t seats,
			int64_t *given)
{
	int64_t all = sum(weights, count);

	assert(all > 0);
	for (size_t i = 0; i < count; i++)
		given[i] = seats * weights[i] / all;
	for (int64_t left = seats - sum(given, count); left > 0; left--) {
		size_t best = count;
		int64_t most = -1;

		for (size_t i = 0; i < count; i++) {
			int64_t rest = seats * weights[i] % all;

			if (given[i] > seats * weights[i] / all || rest < most)
				continue;
			if (rest == most && weights[i] <= weights[best])
				continue;
			best = i;
			most = rest;
		}
		given[best]++;
	}
}

/* Does a deserve the next seat more than b: is a / (2 given + 1) larger? */
static bool is_ahead(const int64_t *weights, const int64_t *given, size_t a, size_t b)
{
	int64_t left = weights[a] * (2 * given[b] + 1);
	int64_t right = weights[b] * (2 * given[a] + 1);

	return left != right ? left > right : weights[a] > weights[b];
}

void blueprint_webster(const int64_t *weights, size_t count, int64_t seats,
		       int64_t *given)
{
	assert(sum(weights, count) > 0);
	for (size_t i = 0; i < count; i++)
		given[i] = 0;
	for (; seats > 0; seats--) {
		size_t best = 0;

		for (size_t i = 1; i < count; i++)
			if (is_ahead(weights, given, i, best))
				best = i;
		given[best]++;
	}
}
