#ifndef BLUEPRINT_PRIV_H
#define BLUEPRINT_PRIV_H

#include "proctor/arena.h"
#include "proctor/blueprint.h"
#include "proctor/crypto.h"
#include "proctor/err.h"
#include "solve.h"

#define DRAW_NODES 20000 /* of the search, unless asked otherwise: about 0.2 s */

/*
 * What a form must have, by blueprint and seed: seats of each domain, and how many
 * of them each task gets.
 */
struct plan_domain {
	int64_t scored, total;
	size_t first_task; /* its tasks in plan->tasks */
};

struct plan_task {
	size_t domain;
	const struct blueprint_task *task;
	int64_t count;       /* as sampled */
	int64_t least, most; /* its quota, rounded down and up */
};

struct plan {
	const struct blueprint *blueprint;
	struct seed seed;
	struct plan_domain domains[BLUEPRINT_DOMAINS_MAX];
	struct plan_task *tasks;
	size_t task_count;
	int64_t total;
};

void plan_make(struct plan *plan, const struct blueprint *blueprint, const char *seed,
	       struct arena *arena);

/*
 * Randomised systematic sampling (Madow; Hartley and Rao): whole counts for quotas that
 * are fractions, given in units of 1/unit and adding up to a whole number. The counts
 * have the quotas' sum, each is its quota rounded down or up, and on the average over
 * seeds it is the quota. At most BLUEPRINT_TASKS_MAX quotas.
 */
void quota_sample(struct crypto_stream *stream, const int64_t *quotas, size_t count,
		  uint32_t unit, int64_t *given);

/*
 * The questions that may be drawn, as the solver's items: item i is questions[i], and
 * the solver's tasks are the plan's.
 */
struct pool {
	const struct question **questions;
	struct solve_problem problem;
};

void pool_fill(struct pool *pool, const struct plan *plan, const struct bank *bank,
	       const struct draw *draw, struct arena *arena);

/* Task counts exactly as sampled, or anything between a quota's floor and ceiling. */
void pool_bounds(struct pool *pool, const struct plan *plan, bool exact);

/* Why nothing was found: fills err with ERR_INPUT, returns false. */
bool explain_failure(const struct plan *plan, const struct pool *pool,
		     enum solve_verdict verdict, struct err *err);

/* Makes the form of the questions chosen: what is scored, in which order, how shown. */
void arrange_form(const struct plan *plan, const struct pool *pool,
		  const struct solve_answer *answer, struct arena *arena,
		  struct form *form);

#endif
