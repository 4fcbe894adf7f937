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

/* Hamilton for the exam itself; Webster where the length is the user's choice. */
static void share_seats(struct plan *plan, int64_t length)
{
	const struct blueprint *blueprint = plan->blueprint;
	int64_t weights[BLUEPRINT_DOMAINS_MAX] = { 0 };
	int64_t scored[BLUEPRINT_DOMAINS_MAX] = { 0 };
	int64_t unscored[BLUEPRINT_DOMAINS_MAX] = { 0 };
	size_t count = blueprint->domain_count;

	for (size_t d = 0; d < count; d++)
		weights[d] = blueprint->domains[d].weight;
	if (length) {
		blueprint_webster(weights, count, length, scored);
	} else {
		blueprint_hamilton(weights, count, blueprint->scored, scored);
		blueprint_hamilton(weights, count, blueprint->unscored, unscored);
	}
	for (size_t d = 0; d < count; d++) {
		plan->domains[d] = (struct plan_domain){ scored[d],
							 scored[d] + unscored[d],
							 plan->task_count };
		plan->task_count += blueprint->domains[d].task_count;
	}
}

/* The mix in proportion to the length, rounded to the wider side. */
static void set_mix(struct plan *plan)
{
	const struct blueprint *blueprint = plan->blueprint;
	int64_t own = blueprint->scored + blueprint->unscored;

	for (size_t y = 0; y < QUESTION_TYPES; y++)
		plan->mix[y] = (struct blueprint_bounds){
			blueprint->mix[y].least * plan->total / own,
			(blueprint->mix[y].most * plan->total + own - 1) / own,
		};
}

/* Weights are difficulties with easy as 0, so the sum is less by one a question. */
static void set_weight(struct plan *plan)
{
	const struct blueprint_bounds *mean = &plan->blueprint->difficulty;

	plan->is_weighed = mean->most && (mean->least > DIFFICULTY_EASIEST ||
					  mean->most < DIFFICULTY_HARDEST);
	plan->weight = (struct blueprint_bounds){
		(mean->least * plan->total + 999) / 1000 - plan->total,
		mean->most * plan->total / 1000 - plan->total,
	};
}

void plan_make(struct plan *plan, const struct blueprint *blueprint,
	       const struct draw *draw, struct arena *arena)
{
	*plan = (struct plan){ .blueprint = blueprint, .seed = crypto_seed(draw->seed) };
	plan->total = draw->length ? draw->length
				   : blueprint->scored + blueprint->unscored;
	share_seats(plan, draw->length);
	set_mix(plan);
	set_weight(plan);
	plan->tasks = ARENA_ARRAY(arena, plan->task_count, struct plan_task);
	for (size_t d = 0; d < blueprint->domain_count; d++)
		sample_tasks(plan, d, arena);
}
