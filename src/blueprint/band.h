#ifndef BLUEPRINT_BAND_H
#define BLUEPRINT_BAND_H

#include "relax.h"

/*
 * The relaxation with the sum of weights kept in its range, as far as a bound can do it.
 *
 * Where the cheapest solution is too heavy, weight is made to cost a toll (Lagrange); the
 * cheapest solution under any toll, less the toll on what is allowed, bounds the price
 * of every solution that is not too heavy. The best such bound is found by going from
 * one solution that is too heavy and one that is not to the toll at which they cost the
 * same, until nothing cheaper turns up there. The same with a negative toll for one too
 * light.
 */
enum band_fate {
	BAND_NONE,  /* no solution below that price keeps the range */
	BAND_FIRM,  /* the solution in `relax` is the cheapest that does */
	BAND_LOOSE, /* there may be a cheaper one than that in `relax` */
};

struct band {
	struct relax *relax;
	uint32_t *items; /* total of them */
	bool *mark;      /* of each item */
	uint32_t apart;  /* after BAND_LOOSE: a free item to branch on */
};

void band_init(struct band *band, struct relax *relax, struct arena *arena);
enum band_fate band_solve(struct band *band, int64_t below);

/* Does the solution in `relax` keep the range? */
bool band_keeps(const struct band *band);

#endif
