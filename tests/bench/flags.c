/*
 * How often is a report right? Simulated candidates sit a form of the shape of MLA-C01
 * (65 questions, 50 of them scored, 4 domains, 13 tasks) and score_result() says of them
 * what it says of everybody; here the truth is known. Run by scripts/simulate-flags; the
 * table goes to docs/report.md. Usage: flags RUNS SEED
 *
 * A candidate has an ability, and a deviation from it for each domain; every question has
 * a difficulty of its own, drawn anew for each form, with standard deviation 1; all on
 * the logit scale. A domain's true share is the mean over all questions there could be.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "proctor/arena.h"
#include "proctor/score.h"

#define DOMAINS 4
#define TASKS 13
#define FORM 65
#define STEPS 40 /* of the mean over difficulties */

static const unsigned asked[DOMAINS] = { 18, 17, 14, 16 };
static const unsigned scored[DOMAINS] = { 14, 13, 11, 12 };
static const unsigned tasks[DOMAINS] = { 3, 3, 3, 4 };

/* ---- Chance ---- */

static uint64_t state;

static double uniform(void)
{
	uint64_t z = state += 0x9E3779B97F4A7C15; /* SplitMix64 */

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
	return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double normal(void)
{
	return sqrt(-2 * log(1 - uniform())) * cos(2 * M_PI * uniform());
}

static double logistic(double x)
{
	return 1 / (1 + exp(-x));
}

/* The mean of logistic(at - difficulty) over difficulties. */
static double share_at(double at)
{
	double sum = 0, weight = 0;

	for (int i = -STEPS; i <= STEPS; i++) {
		double z = 4.0 * i / STEPS, w = exp(-z * z / 2);

		sum += w * logistic(at - z);
		weight += w;
	}
	return sum / weight;
}

static double at_share(double share)
{
	double low = -10, high = 10;

	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;

		*(share_at(middle) < share ? &low : &high) = middle;
	}
	return low;
}

/* ---- One candidate and one exam ---- */

static struct option options[] = { { .id = "a" }, { .id = "b", .correct = true } };
static const struct question question = { .options = options,
					  .option_count = 2,
					  .choose = 1 };
static struct blueprint_task names[4] = {
	{ "1", "" }, { "2", "" }, { "3", "" }, { "4", "" }
};
static struct blueprint_domain domains[DOMAINS] = {
	{ "1", "", 28, names, 3 },
	{ "2", "", 26, names, 3 },
	{ "3", "", 22, names, 3 },
	{ "4", "", 24, names, 4 },
};
static const struct blueprint blueprint = { .minutes = 130,
					    .scored = 50,
					    .unscored = 15,
					    .scale_min = 100,
					    .scale_max = 1000,
					    .scale_pass = 720,
					    .domains = domains,
					    .domain_count = DOMAINS };

struct candidate {
	double domain[DOMAINS], task[TASKS]; /* logits */
};

static struct form_item items[FORM];
static struct session_item given[FORM];

static void lay_out(void)
{
	size_t n = 0;

	for (unsigned d = 0; d < DOMAINS; d++)
		for (unsigned i = 0; i < asked[d]; i++)
			items[n++] = (struct form_item){ .question = &question,
							 .scored = i < scored[d],
							 .domain = d,
							 .task = i % tasks[d] };
	for (n = 0; n < FORM; n++)
		given[n].question = (struct session_question){ MULTIPLE_CHOICE, 2, 0, 1 };
}

static size_t task_of(const struct form_item *item)
{
	size_t first = 0;

	for (unsigned d = 0; d < item->domain; d++)
		first += tasks[d];
	return first + item->task;
}

/* Sits a form; gives how many of the scored questions were right. */
static int64_t answer(const struct candidate *candidate)
{
	int64_t right = 0;

	for (size_t i = 0; i < FORM; i++) {
		double at = candidate->task[task_of(&items[i])] - normal();
		bool hit = uniform() < logistic(at);

		given[i].response = (struct response){ 1, { hit } };
		right += hit && items[i].scored;
	}
	return right;
}

static const struct result *sit(const struct candidate *candidate)
{
	static struct arena arena;
	static struct result result;
	const struct form form = { .items = items, .count = FORM };
	const struct session session = { .count = FORM, .items = given };

	arena_release(&arena);
	arena = (struct arena)ARENA_INIT;
	answer(candidate);
	score_result(&blueprint, &form, &session, &arena, &result);
	return &result;
}

/* Tasks deviate from their domains by half of what domains deviate by. */
static struct candidate draw(double ability, double spread)
{
	struct candidate candidate;
	size_t t = 0;

	for (unsigned d = 0; d < DOMAINS; d++) {
		candidate.domain[d] = ability + spread * normal();
		for (unsigned i = 0; i < tasks[d]; i++)
			candidate.task[t++] = candidate.domain[d] + spread / 2 * normal();
	}
	return candidate;
}

static struct candidate flat(double share)
{
	return draw(at_share(share), 0);
}

/* ---- Looking at what was said ---- */

static const struct score_row *domain_row(const struct result *result, size_t domain)
{
	for (size_t i = 0; i < result->row_count; i++)
		if (result->rows[i].is_domain && domain-- == 0)
			return &result->rows[i];
	abort();
}

static const struct score_row *task_row(const struct result *result, size_t task)
{
	for (size_t i = 0; i < result->row_count; i++)
		if (!result->rows[i].is_domain && task-- == 0)
			return &result->rows[i];
	abort();
}

static const struct score_row *row_at(const struct result *result, bool domain, size_t n)
{
	return domain ? domain_row(result, n) : task_row(result, n);
}

static size_t lowest(const double *values, size_t count)
{
	size_t least = 0;

	for (size_t i = 1; i < count; i++)
		if (values[i] < values[least])
			least = i;
	return least;
}

static void say(const char *what, int64_t hits, int64_t of)
{
	struct tally tally = score_tally(hits, of);

	if (of == 0)
		printf("| %s | none | |\n", what);
	else
		printf("| %s | %.1f %% (%.1f-%.1f) | %lld |\n", what,
		       100 * (double)hits / (double)of, 100 * tally.low, 100 * tally.high,
		       (long long)of);
}

static void title(const char *text)
{
	printf("\n| %s | | of |\n| --- | --- | --: |\n", text);
}

/* ---- The questions ---- */

/* Nobody is weaker anywhere, so every flag is false. */
static void false_flags(long runs)
{
	static const double shares[] = { 0.55, 0.69, 0.80, 0.90 };

	title("No profile: a domain, or a task, is called below the others");
	for (size_t s = 0; s < 4; s++) {
		int64_t by_domain = 0, by_task = 0;
		char name[80];

		for (long r = 0; r < runs; r++) {
			const struct candidate candidate = flat(shares[s]);
			const struct result *result = sit(&candidate);
			bool domain = false, task = false;

			for (size_t i = 0; i < result->row_count; i++)
				if (result->rows[i].state == SCORE_BELOW_OTHERS)
					*(result->rows[i].is_domain ? &domain
								    : &task) = true;
			by_domain += domain;
			by_task += task;
		}
		snprintf(name, sizeof(name), "true share %.2f: any domain", shares[s]);
		say(name, by_domain, runs);
		snprintf(name, sizeof(name), "true share %.2f: any task", shares[s]);
		say(name, by_task, runs);
	}
}

static void power(long runs)
{
	static const double lower[] = { 0.15, 0.30, 0.45 };

	title("One domain is weaker than the others, which are at 0.80");
	for (size_t s = 0; s < 3; s++) {
		int64_t flagged = 0, first = 0, lowest_share = 0, below = 0;
		char name[80];

		for (long r = 0; r < runs; r++) {
			struct candidate candidate = flat(0.80);
			size_t weak = (size_t)r % DOMAINS, at = 0;
			double shares[DOMAINS];
			const struct result *result;

			for (size_t d = 0; d < weak; d++)
				at += tasks[d];
			for (size_t t = at; t < at + tasks[weak]; t++)
				candidate.task[t] = at_share(0.80 - lower[s]);
			result = sit(&candidate);
			for (size_t d = 0; d < DOMAINS; d++) {
				const struct tally *t = &domain_row(result, d)->tally;

				shares[d] = (double)t->right / (double)t->of;
			}
			flagged += domain_row(result, weak)->state == SCORE_BELOW_OTHERS;
			below += domain_row(result, weak)->state == SCORE_BELOW_PASS;
			first += &result->rows[result->study_domains[0]] ==
				 domain_row(result, weak);
			lowest_share += lowest(shares, DOMAINS) == weak;
		}
		snprintf(name, sizeof(name), "%.2f lower: called below the others",
			 lower[s]);
		say(name, flagged, runs);
		snprintf(name, sizeof(name), "%.2f lower: called below pass level only",
			 lower[s]);
		say(name, below, runs);
		snprintf(name, sizeof(name), "%.2f lower: first of what to study next",
			 lower[s]);
		say(name, first, runs);
		snprintf(name, sizeof(name), "%.2f lower: lowest share shown", lower[s]);
		say(name, lowest_share, runs);
	}
}

static bool is_among_lowest(const double *values, size_t count, size_t which, size_t most)
{
	size_t lower = 0;

	for (size_t i = 0; i < count; i++)
		lower += values[i] < values[which];
	return lower < most;
}

static void study(long runs)
{
	static const double spreads[] = { 0.25, 0.5, 0.8 };

	title("What to study next is truly the weakest (by chance: 25.0 % of domains, "
	      "7.7 % of tasks)");
	for (size_t s = 0; s < 3; s++) {
		int64_t domain = 0, two = 0, task = 0, third = 0;
		char name[80];

		for (long r = 0; r < runs; r++) {
			const struct candidate c = draw(0.9 + 0.7 * normal(), spreads[s]);
			const struct result *result = sit(&c);
			const struct score_row *top =
				&result->rows[result->study_domains[0]];
			double means[DOMAINS];
			size_t t = 0;

			for (size_t d = 0; d < DOMAINS; d++) {
				means[d] = 0;
				for (size_t i = 0; i < tasks[d]; i++, t++)
					means[d] += share_at(c.task[t]) / tasks[d];
			}
			for (size_t d = 0; d < DOMAINS; d++)
				if (domain_row(result, d) == top) {
					domain += is_among_lowest(means, DOMAINS, d, 1);
					two += is_among_lowest(means, DOMAINS, d, 2);
				}
			top = &result->rows[result->study_tasks[0]];
			for (size_t i = 0; i < TASKS; i++)
				if (task_row(result, i) == top) {
					task += is_among_lowest(c.task, TASKS, i, 1);
					third += is_among_lowest(c.task, TASKS, i, 4);
				}
		}
		snprintf(name, sizeof(name), "spread %.2f: domain", spreads[s]);
		say(name, domain, runs);
		snprintf(name, sizeof(name), "spread %.2f: domain is of the lowest two",
			 spreads[s]);
		say(name, two, runs);
		snprintf(name, sizeof(name), "spread %.2f: task", spreads[s]);
		say(name, task, runs);
		snprintf(name, sizeof(name), "spread %.2f: task is of the lowest four",
			 spreads[s]);
		say(name, third, runs);
	}
}

/* Of what is said, how much is true? Candidates of every ability, spread 0.5. */
static void states(long runs)
{
	double pass = score_pass_share(&blueprint);
	int64_t said[2][SCORE_STATES] = { { 0 } },
		true_below[2][SCORE_STATES] = { { 0 } };
	int64_t meets = 0, meets_true = 0, covered = 0, near = 0, rows = 0;

	for (long r = 0; r < runs; r++) {
		const struct candidate c = draw(0.9 + 0.7 * normal(), 0.5);
		const struct result *result = sit(&c);
		double whole = 0;
		size_t t = 0;

		for (size_t n = 0; n < DOMAINS + TASKS; n++) {
			bool domain = n < DOMAINS;
			const struct score_row *row = row_at(result, domain,
							     domain ? n : n - DOMAINS);
			double share = 0;

			if (domain)
				for (size_t i = 0; i < tasks[n]; i++, t++)
					share += share_at(c.task[t]) / tasks[n];
			else
				share = share_at(c.task[n - DOMAINS]);
			said[domain][row->state]++;
			true_below[domain][row->state] += share < pass;
			if (!domain)
				continue;
			whole += share * scored[n] / 50;
			rows++;
			covered += row->tally.low <= share && share <= row->tally.high;
			meets += row->section == SCORE_MEETS_COMPETENCIES;
			meets_true += row->section == SCORE_MEETS_COMPETENCIES &&
				      share >= pass;
		}
		near += (double)result->score.low <= 100 + 900 * whole &&
			100 + 900 * whole <= (double)result->score.high;
	}
	title("What is said of candidates of all abilities, and how often it is true");
	for (int domain = 1; domain >= 0; domain--) {
		const int64_t *of = said[domain], *below = true_below[domain];
		int64_t all = (domain ? DOMAINS : TASKS) * (int64_t)runs;

		printf("| **%s** | | |\n", domain ? "domains" : "tasks");
		say("below pass level is said", of[SCORE_BELOW_PASS], all);
		say("... and true", below[SCORE_BELOW_PASS], of[SCORE_BELOW_PASS]);
		say("above pass level is said", of[SCORE_ABOVE_PASS], all);
		say("... and true", of[SCORE_ABOVE_PASS] - below[SCORE_ABOVE_PASS],
		    of[SCORE_ABOVE_PASS]);
		say("below the others is said", of[SCORE_BELOW_OTHERS], all);
		say("not enough evidence is said", of[SCORE_OPEN], all);
	}
	printf("| **intervals and labels** | | |\n");
	say("the 95 % interval of a domain holds the true share", covered, rows);
	say("the range of the score holds the true one", near, runs);
	say("Meets Competencies is true", meets_true, meets);
}

/* ---- The chance to pass another form ---- */

#define PRIORS 3
#define BINS 5

static double chance_with(const struct result *result, int prior)
{
	struct score_belief beliefs[DOMAINS];
	int64_t of[DOMAINS];

	if (prior == 0)
		return result->next_pass;
	for (size_t d = 0; d < DOMAINS; d++) {
		const struct score_row *row = domain_row(result, d);
		double right = (double)row->tally.right, n = (double)row->tally.of;

		of[d] = scored[d];
		beliefs[d] = prior == 1 ? (struct score_belief){ right + 0.5,
								 n - right + 0.5 }
					: row->belief;
	}
	return score_chance(beliefs, of, DOMAINS, result->next_needed);
}

static void chances(long runs)
{
	static const char *const priors[PRIORS] = {
		"one Jeffreys prior, shared (what is shown)",
		"a Jeffreys prior for each domain",
		"20 questions at the own rate for each"
	};
	int64_t of[PRIORS][BINS] = { { 0 } }, passed[PRIORS][BINS] = { { 0 } };
	double sum[PRIORS][BINS] = { { 0 } }, brier[PRIORS] = { 0 }, bias[PRIORS] = { 0 };

	for (long r = 0; r < runs; r++) {
		const struct candidate c = draw(0.9 + 0.7 * normal(), 0.5);
		const struct result *result = sit(&c);
		bool pass = answer(&c) >= result->next_needed;

		for (int p = 0; p < PRIORS; p++) {
			double chance = chance_with(result, p);
			int bin = chance < 1 ? (int)(BINS * chance) : BINS - 1;

			of[p][bin]++;
			sum[p][bin] += chance;
			passed[p][bin] += pass;
			bias[p] += (chance - pass) / (double)runs;
			brier[p] += (chance - pass) * (chance - pass) / (double)runs;
		}
	}
	title("The chance to pass another form, and how many passed it");
	for (int p = 0; p < PRIORS; p++) {
		printf("| **%s**: Brier score %.4f, bias %+.3f | | |\n", priors[p],
		       brier[p], bias[p]);
		for (int b = 0; b < BINS; b++) {
			char name[80];

			snprintf(name, sizeof(name), "%d-%d %% said, %.1f %% in the mean",
				 b * 20, b * 20 + 20, 100 * sum[p][b] / (double)of[p][b]);
			say(name, passed[p][b], of[p][b]);
		}
	}
}

int main(int argc, char **argv)
{
	long runs = argc > 1 ? atol(argv[1]) : 1000;

	state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	lay_out();
	false_flags(runs);
	power(runs);
	study(runs);
	states(runs);
	chances(runs);
	return 0;
}
