#include "priv.h"

/*
 * The task counts as sampled, or, where no form has exactly those, any between floor and
 * ceiling of the quotas.
 */
static void search(struct pool *pool, const struct plan *plan, struct arena *arena,
		   struct solve_answer *answer)
{
	solve_run(&pool->problem, arena, answer);
	if (answer->chosen)
		return;
	pool_bounds(pool, plan, false);
	solve_run(&pool->problem, arena, answer);
}

bool blueprint_draw(const struct blueprint *blueprint, const struct bank *bank,
		    const struct draw *draw, struct arena *arena, struct form *form,
		    struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct plan plan;
	struct pool pool;
	struct solve_answer answer;
	bool ok;

	plan_make(&plan, blueprint, draw->seed, &scratch);
	pool_fill(&pool, &plan, bank, draw, &scratch);
	search(&pool, &plan, &scratch, &answer);
	ok = answer.chosen != NULL;
	if (ok)
		arrange_form(&plan, &pool, &answer, arena, form);
	else
		explain_failure(&plan, &pool, answer.verdict, err);
	arena_release(&scratch);
	return ok;
}
