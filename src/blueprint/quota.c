#include "priv.h"

#include <assert.h>

void quota_sample(struct crypto_stream *stream, const int64_t *quotas, size_t count,
		  uint32_t unit, int64_t *given)
{
	size_t order[BLUEPRINT_TASKS_MAX];
	int64_t end = 0, start;

	assert(count <= BLUEPRINT_TASKS_MAX);
	for (size_t i = 0; i < count; i++)
		order[i] = i;
	/* Without it some pairs of tasks would never be rounded up together. */
	crypto_stream_shuffle(stream, order, count, sizeof(order[0]));

	/*
	 * Quotas laid end to end, and a mark at each whole number less a random part:
	 * each quota gets the marks that fall into it. The unit keeps the sum from
	 * being negative, where division would round the other way.
	 */
	start = (int64_t)unit - crypto_stream_below(stream, unit);
	for (size_t i = 0; i < count; i++) {
		int64_t from = end;

		end += quotas[order[i]];
		given[order[i]] = (start + end) / unit - (start + from) / unit;
	}
	assert(end % unit == 0);
}

/* Every task of a domain has the same quota, total / task_count. */
static void sample_tasks(struct plan *plan, size_t d, struct arena *arena)
{
	const struct blueprint_domain *domain = &plan->blueprint->domains[d];
	struct plan_task *tasks = plan->tasks + plan->domains[d].first_task;
	int64_t quotas[BLUEPRINT_TASKS_MAX], given[BLUEPRINT_TASKS_MAX];
	int64_t total = plan->domains[d].total, count = (int64_t)domain->task_count;
	struct crypto_stream stream;

	for (size_t t = 0; t < domain->task_count; t++)
		quotas[t] = total;
	crypto_stream_init(&stream, &plan->seed,
			   arena_printf(arena, "tasks|%s", domain->id));
	quota_sample(&stream, quotas, domain->task_count, (uint32_t)count, given);
	for (size_t t = 0; t < domain->task_count; t++)
		tasks[t] = (struct plan_task){
			.domain = d,
			.task = &domain->tasks[t],
			.count = given[t],
			.least = total / count,
			.most = (total + count - 1) / count,
		};
}

void plan_make(struct plan *plan, const struct blueprint *blueprint, const char *seed,
	       struct arena *arena)
{
	int64_t weights[BLUEPRINT_DOMAINS_MAX], scored[BLUEPRINT_DOMAINS_MAX];
	int64_t unscored[BLUEPRINT_DOMAINS_MAX];

	*plan = (struct plan){ .blueprint = blueprint, .seed = crypto_seed(seed) };
	plan->total = blueprint->scored + blueprint->unscored;
	for (size_t d = 0; d < blueprint->domain_count; d++)
		weights[d] = blueprint->domains[d].weight;
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->scored, scored);
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->unscored,
			   unscored);
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		plan->domains[d] = (struct plan_domain){ scored[d],
							 scored[d] + unscored[d],
							 plan->task_count };
		plan->task_count += blueprint->domains[d].task_count;
	}
	plan->tasks = ARENA_ARRAY(arena, plan->task_count, struct plan_task);
	for (size_t d = 0; d < blueprint->domain_count; d++)
		sample_tasks(plan, d, arena);
}
