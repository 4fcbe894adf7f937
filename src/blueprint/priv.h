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
 * of them each task gets; the mix and the band are those of a form of this length.
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
	struct blueprint_bounds mix[QUESTION_TYPES];
	struct blueprint_bounds weight; /* the sum of difficulties, easy counting 0 */
	bool is_weighed;
};

void plan_make(struct plan *plan, const struct blueprint *blueprint,
	       const struct draw *draw, struct arena *arena);

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
 * the solver's tasks are the plan's. A price is made of, from the highest bits down: is
 * it of the form that is to be avoided first (see draw.c), how recently was it seen, and
 * the priority by the seed; no sum of one part over a form of BLUEPRINT_FORM_MAX reaches
 * the next.
 */
#define PRICE_FORM_BIT 51

struct pool {
	const struct bank *bank;
	const struct question **questions;
	struct solve_problem problem;
};

/* All that a price says of having been seen, and how recently alone. */
int64_t pool_seen(const struct solve_item *item);
int64_t pool_tier(const struct solve_item *item);

void pool_fill(struct pool *pool, const struct plan *plan, const struct bank *bank,
	       const struct draw *draw, struct arena *arena);

/* Task counts exactly as sampled, or anything between a quota's floor and ceiling. */
void pool_bounds(struct pool *pool, const struct plan *plan, bool exact);

/*
 * The task counts as sampled, or, where no form has exactly those, any between floor and
 * ceiling of the quotas. That wider choice is also taken where it repeats less of earlier
 * forms.
 */
void draw_search(struct pool *pool, const struct plan *plan, struct arena *arena,
		 struct solve_answer *answer);

/*
 * The same pool for so many forms at once, as one set of items: a relaxation, for any
 * number of such forms apart make such a set. Ranges are the plan's, times `forms`;
 * `enemies` false leaves them out, as two enemies may be in different forms. Items and
 * ranges are copies in the arena; prices are 0.
 */
struct solve_problem pool_times(const struct pool *pool, const struct plan *plan,
				int64_t forms, bool enemies, struct arena *arena);

/*
 * The rules that can make a form impossible though there are enough questions for every
 * count: enemies, cases, the type mix, the difficulty. A set of them is a bit for each.
 */
#define RULES_ALL (~0u)

void rules_drop(struct solve_problem *problem, unsigned rules);

/*
 * Which of the rules there are stand in the way: each that it is enough to drop alone,
 * or, where it takes several, as few as that. `is_enough` tells it of a set.
 */
unsigned rules_in_way(const struct plan *plan, const struct pool *pool, int64_t forms,
		      bool (*is_enough)(const void *context, unsigned dropped),
		      const void *context);

/* Appends "a", "a and b", "a, b and c". */
struct buf;
void rules_name(struct buf *text, unsigned rules);

/* Sentences, each without an end. */
struct reasons {
	struct arena *arena;
	const char **at;
	size_t count, size;
};

void reasons_add(struct reasons *reasons, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Why there are not so many forms apart; `verdict` is the solver's. */
void explain(const struct plan *plan, const struct pool *pool, int64_t forms,
	     enum solve_verdict verdict, struct reasons *reasons);

/* What to write, or to set active, so that there are: the fewest questions. */
void mend(const struct plan *plan, const struct pool *pool, int64_t forms,
	  struct reasons *reasons);

/* For one form: fills err with ERR_INPUT, and tells all, in the arena, where `none` is
 * not NULL; returns false. */
bool explain_failure(const struct plan *plan, const struct pool *pool,
		     enum solve_verdict verdict, struct arena *arena,
		     struct blueprint_supply *none, struct err *err);

/* Makes the form of the questions chosen: what is scored, in which order, how shown. */
void arrange_form(const struct plan *plan, const struct pool *pool,
		  const struct solve_answer *answer, struct arena *arena,
		  struct form *form);

#endif
