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
	return past->reviews[i].task != NO_TASK && past->answers[i].answered &&
	       past->reviews[i].why != TOO_FAST;
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

/* First answers, and all that were graded, of each task and of all. */
struct sums {
	struct count *first, *graded, all_first, all_graded;
};

static void add_up(const struct past *past, struct sums *sums,
		   struct schedule_task *tasks)
{
	double fade_of_all = pow(FADE, 1 / (double)past->task_count);

	for (size_t i = 0; i < past->answer_count; i++) {
		const struct score_answer *answer = &past->answers[i];
		unsigned task = past->reviews[i].task;

		if (!counts(past, i))
			continue;
		if (answer->first) {
			add(&sums->first[task], answer->right, FADE);
			add(&sums->all_first, answer->right, fade_of_all);
			tasks[task].right += answer->right;
			tasks[task].of++;
		}
		if (answer->first || past->reviews[i].why == IS_GRADED) {
			add(&sums->graded[task], answer->right, FADE);
			add(&sums->all_graded, answer->right, fade_of_all);
		}
	}
}

static double rate_of(const struct count *count)
{
	return (count->right + 0.5) / (count->of + 1);
}

/*
 * The estimate is made of first answers alone, for it is told. What is missing now only
 * steers: it also takes answers to questions met before, or a task whose questions are
 * used up would stay as weak as it was for ever.
 */
struct schedule_task *tasks_estimate(const struct past *past, struct arena *arena,
				     struct score_belief *all)
{
	struct schedule_task *tasks = ARENA_ARRAY(arena, past->task_count,
						  struct schedule_task);
	struct sums sums = {
		.first = ARENA_ARRAY(arena, past->task_count, struct count),
		.graded = ARENA_ARRAY(arena, past->task_count, struct count),
	};
	double pass = score_pass_share(past->blueprint);
	double target = pass + (1 - pass) * ABOVE_PASS;
	double items = (double)(past->blueprint->scored + past->blueprint->unscored);

	name_tasks(past, tasks);
	add_up(past, &sums, tasks);
	for (size_t t = 0; t < past->task_count; t++) {
		struct schedule_task *task = &tasks[t];
		struct score_belief now = believe(&sums.graded[t],
						  rate_of(&sums.all_graded));

		task->belief = believe(&sums.first[t], rate_of(&sums.all_first));
		task->estimate = task->belief.a / (task->belief.a + task->belief.b);
		task->shortfall = items * task->weight * score_shortfall(now, target);
	}
	*all = (struct score_belief){
		sums.all_first.right + 0.5,
		sums.all_first.of - sums.all_first.right + 0.5,
	};
	return tasks;
}
