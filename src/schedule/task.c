#include <math.h>

#include "priv.h"

/*
 * Learning makes old answers count less: each further one of its task takes this much
 * from an answer's weight. The prior is worth so many answers at the candidate's own
 * overall rate, for a task has few of its own.
 */
#define FADE 0.98
#define PRIOR 8

/* What is aimed at: above the pass level, by this part of what is left above it. */
#define ABOVE_PASS 0.1

struct count {
	double right, of;
};

static void add(struct count *count, bool right, double fade)
{
	count->right = count->right * fade + right;
	count->of = count->of * fade + 1;
}

static struct score_belief believe(const struct count *count, double rate)
{
	return (struct score_belief){ count->right + PRIOR * rate,
				      count->of - count->right + PRIOR * (1 - rate) };
}

/* What was left open tells of time, not of knowledge. */
static bool counts(const struct past *past, size_t i)
{
	return past->reviews[i].task != NO_TASK && past->answers[i].first &&
	       past->answers[i].answered && past->reviews[i].why != TOO_FAST;
}

static void name_tasks(const struct past *past, struct schedule_task *tasks)
{
	const struct blueprint *blueprint = past->blueprint;
	int64_t all = 0;
	size_t n = 0;

	for (size_t d = 0; d < blueprint->domain_count; d++)
		all += blueprint->domains[d].weight;
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];

		for (size_t t = 0; t < domain->task_count; t++)
			tasks[n++] = (struct schedule_task){
				.id = domain->tasks[t].id,
				.title = domain->tasks[t].title,
				.weight = (double)domain->weight / (double)all /
					  (double)domain->task_count,
			};
	}
	for (size_t q = 0; q < past->bank->count; q++) {
		const struct met *met = &past->met[q];

		if (!met->can_ask)
			continue;
		tasks[met->flat].questions++;
		tasks[met->flat].unseen += !met->times;
	}
}

struct schedule_task *tasks_estimate(const struct past *past, struct arena *arena,
				     struct score_belief *all)
{
	struct schedule_task *tasks = ARENA_ARRAY(arena, past->task_count,
						  struct schedule_task);
	struct count *sums = ARENA_ARRAY(arena, past->task_count, struct count);
	struct count total = { 0, 0 };
	double pass = score_pass_share(past->blueprint);
	double target = pass + (1 - pass) * ABOVE_PASS;
	double items = (double)(past->blueprint->scored + past->blueprint->unscored);

	name_tasks(past, tasks);
	for (size_t i = 0; i < past->answer_count; i++) {
		unsigned task = past->reviews[i].task;

		if (!counts(past, i))
			continue;
		add(&sums[task], past->answers[i].right, FADE);
		add(&total, past->answers[i].right,
		    pow(FADE, 1 / (double)past->task_count));
		tasks[task].right += past->answers[i].right;
		tasks[task].of++;
	}
	*all = (struct score_belief){ total.right + 0.5, total.of - total.right + 0.5 };
	for (size_t t = 0; t < past->task_count; t++) {
		struct schedule_task *task = &tasks[t];

		task->belief = believe(&sums[t], all->a / (all->a + all->b));
		task->estimate = task->belief.a / (task->belief.a + task->belief.b);
		task->shortfall = items * task->weight *
				  score_shortfall(task->belief, target);
	}
	return tasks;
}
