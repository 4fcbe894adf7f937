/*
 * A simulated learner over sixty days of practice, to see what choosing the questions is
 * worth. Run by scripts/simulate-learner, which says what is assumed; docs/practice.md
 *has the numbers.
 *
 *	learner RUNS
 *
 * The learner knows nothing of the model that chooses: what he forgets follows a power
 * function or an exponential, with time constants of his own. Every run is a new learner
 * with a new bank; all ways of choosing meet the same learners.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../unit/bank_builder.h"
#include "proctor/crypto.h"
#include "proctor/err.h"
#include "proctor/schedule.h"

#define TASKS 12
#define TOPICS 8 /* of a task */
#define CONCEPTS (TASKS * TOPICS)
#define SIBLINGS 5 /* questions on a topic */
#define QUESTIONS (CONCEPTS * SIBLINGS)
#define DAYS 60
#define A_DAY 20
#define FIRST_DAY 20000
#define GUESS 0.25
#define DIFFICULTY_SD 0.7
#define TARGETS 2
#define DAY_MS INT64_C(86400000)
#define FIRST_RUN 1001 /* those before were used to find out what to choose by */

/* ---- Chance ---- */

struct chance {
	uint64_t state;
};

static double chance_next(struct chance *chance) /* splitmix64, in (0, 1) */
{
	uint64_t z = chance->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	z ^= z >> 31;
	return ((double)(z >> 11) + 0.5) / 9007199254740992.0;
}

static double chance_normal(struct chance *chance)
{
	double u = chance_next(chance), v = chance_next(chance);

	return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* ---- The learner ---- */

enum curve { POWER, EXPONENTIAL };

struct kind {
	const char *name;
	enum curve curve;
	double mean, task_sd; /* of what is known at first, in logits */
};

static const struct kind kinds[] = {
	{ "power, even", POWER, -0.2, 0.3 },
	{ "power, uneven", POWER, -0.2, 1.2 },
	{ "exponential, even", EXPONENTIAL, -0.2, 0.3 },
	{ "exponential, uneven", EXPONENTIAL, -0.2, 1.2 },
};

/*
 * What is known of a concept: how much of it was ever learned, and how long that lasts.
 * What was known before the first day is old knowledge, and lasts longer.
 */
struct concept {
	double learned, lasts; /* 0 to 1; days */
	double day;            /* of the last time it came up */
};

struct learner {
	enum curve curve;
	struct chance chance;
	struct concept concepts[CONCEPTS];
	double difficulty[QUESTIONS];
	double seen[QUESTIONS]; /* day, or negative */
};

static double logistic(double x)
{
	return 1 / (1 + exp(-x));
}

static void learner_init(struct learner *learner, const struct kind *kind, uint64_t run)
{
	*learner = (struct learner){ .curve = kind->curve, .chance = { run } };
	for (int t = 0; t < TASKS; t++) {
		double level = kind->mean +
			       kind->task_sd * chance_normal(&learner->chance);

		for (int c = t * TOPICS; c < (t + 1) * TOPICS; c++)
			learner->concepts[c] = (struct concept){
				logistic(level + chance_normal(&learner->chance)),
				60 * exp(0.5 * chance_normal(&learner->chance)), 0
			};
	}
	for (int q = 0; q < QUESTIONS; q++) {
		learner->difficulty[q] = DIFFICULTY_SD * chance_normal(&learner->chance);
		learner->seen[q] = -1000;
	}
}

static double remembered(const struct learner *learner, const struct concept *concept,
			 double day)
{
	double part = (day - concept->day) / concept->lasts;

	return learner->curve == POWER ? pow(1 + part, -0.5) : exp(-part);
}

/* Of a question never met; that is what an exam asks. */
static double chance_of_right(const struct learner *learner, int q, double day)
{
	const struct concept *concept = &learner->concepts[q / SIBLINGS];
	double knows = concept->learned * remembered(learner, concept, day);
	double logit = log((knows + 1e-6) / (1 - knows + 1e-6));

	return GUESS + (1 - GUESS) * logistic(logit - learner->difficulty[q]);
}

/*
 * The options of a question met lately are known by sight: that helps with this question
 * and teaches less of the concept. Whoever recalls what was half forgotten keeps it the
 * longer; what was wrong is learned from the feedback.
 */
static bool learner_answers(struct learner *learner, int q, double day)
{
	struct concept *concept = &learner->concepts[q / SIBLINGS];
	double kept = remembered(learner, concept, day);
	double sight = 0.6 * exp(-(day - learner->seen[q]) / 14);
	double p = chance_of_right(learner, q, day);
	bool right = chance_next(&learner->chance) < p + (1 - p) * sight;
	double known = concept->learned * kept;

	concept->learned = known + (right ? 0.30 : 0.45) * (1 - sight) * (1 - known);
	if (concept->learned < known)
	concept->learned = known;
	if (right)
	concept->lasts *= 1 + 1.5 * (1 - kept) + 0.1;
	else concept->lasts = fmax(5, 0.6 * concept->lasts);
	concept->day = day;
	learner->seen[q] = day;
	return right;
}

/* Share of right answers expected on a form that day, by the weights of the tasks. */
static double level(const struct learner *learner, const struct blueprint *blueprint,
		    double day)
{
	double sum = 0;

	for (int q = 0; q < QUESTIONS; q++) {
		int task = q / SIBLINGS / TOPICS;

		sum += chance_of_right(learner, q, day) *
		       (double)blueprint->domains[task / 3].weight;
	}
	return sum / (25.0 * QUESTIONS); /* the weights' mean */
}

/* ---- Bank and blueprint ---- */

static const char blueprint_text[] =
	"{\"format\":\"proctor-blueprint/1\",\"id\":\"x\",\"exam\":\"x\",\"title\":\"X\","
	"\"minutes\":130,\"scored\":50,\"unscored\":15,"
	"\"scale\":{\"min\":100,\"max\":1000,\"pass\":720},"
	"\"types\":[\"multiple-choice\"],\"domains\":["
	"{\"id\":\"1\",\"title\":\"A\",\"weight\":28,\"tasks\":[{\"id\":\"1.1\","
	"\"title\":\"T\"},{\"id\":\"1.2\",\"title\":\"T\"},{\"id\":\"1.3\",\"title\":"
	"\"T\"}]},"
	"{\"id\":\"2\",\"title\":\"B\",\"weight\":26,\"tasks\":[{\"id\":\"2.1\","
	"\"title\":\"T\"},{\"id\":\"2.2\",\"title\":\"T\"},{\"id\":\"2.3\",\"title\":"
	"\"T\"}]},"
	"{\"id\":\"3\",\"title\":\"C\",\"weight\":22,\"tasks\":[{\"id\":\"3.1\","
	"\"title\":\"T\"},{\"id\":\"3.2\",\"title\":\"T\"},{\"id\":\"3.3\",\"title\":"
	"\"T\"}]},"
	"{\"id\":\"4\",\"title\":\"D\",\"weight\":24,\"tasks\":[{\"id\":\"4.1\","
	"\"title\":\"T\"},{\"id\":\"4.2\",\"title\":\"T\"},{\"id\":\"4.3\",\"title\":"
	"\"T\"}]}]}";

/* Question q of the bank is "qNNN" with q = its concept * SIBLINGS + its number. */
static struct bank *make_bank(struct builder *b)
{
	for (int q = 0; q < QUESTIONS; q++) {
		int concept = q / SIBLINGS, task = concept / TOPICS;
		struct arena *arena = &b->arena;
		struct question *made = build_question(
			b, arena_printf(arena, "q%03d", q),
			arena_printf(arena, "%d.%d", 1 + task / 3, 1 + task % 3),
			MULTIPLE_CHOICE, NULL, NULL);

		made->topics.at = ARENA_ARRAY(arena, 1, const char *);
		made->topics.at[0] = arena_printf(arena, "topic-%02d", concept);
		made->topics.count = 1;
	}
	return build_bank(b);
}

/* ---- Ways to choose ---- */

struct world {
	struct blueprint blueprint;
	struct bank *bank;
	struct score_answer answers[DAYS * A_DAY];
	size_t count;
	bool met[QUESTIONS];
};

/* Fills `numbers` with so many questions of a drill. */
typedef size_t chooser(struct world *world, const char *seed, int64_t day, size_t count,
		       int *numbers);

static size_t choose_by(struct world *world, struct schedule_wish *wish, int *numbers)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const char *told;
	struct form form;
	size_t count = 0;

	if (schedule_pick(&world->blueprint, world->bank, world->answers, world->count,
			  wish, &arena, &form, &told, &err))
		for (; count < form.count; count++)
			numbers[count] = atoi(form.items[count].question->id + 1);
	arena_release(&arena);
	return count;
}

static struct schedule_wish wish_for(const char *seed, int64_t day, size_t count)
{
	return (struct schedule_wish){ .seed = seed,
				       .today = day,
				       .exam_day = FIRST_DAY + DAYS,
				       .count = (int64_t)count };
}

static size_t choose_random(struct world *world, const char *seed, int64_t day,
			    size_t count, int *numbers)
{
	struct seed key = crypto_seed(seed);
	struct crypto_stream stream;
	int all[QUESTIONS];

	(void)world;
	(void)day;
	for (int q = 0; q < QUESTIONS; q++)
		all[q] = q;
	crypto_stream_init(&stream, &key, "random");
	crypto_stream_shuffle(&stream, all, QUESTIONS, sizeof(*all));
	memcpy(numbers, all, count * sizeof(*all));
	return count;
}

/* Random, but nothing twice before all was met once. */
static size_t choose_unseen(struct world *world, const char *seed, int64_t day,
			    size_t count, int *numbers)
{
	int all[QUESTIONS];
	size_t n = 0;

	choose_random(world, seed, day, QUESTIONS, all);
	for (int again = 0; again < 2; again++)
		for (int i = 0; i < QUESTIONS && n < count; i++)
			if (world->met[all[i]] == (again != 0))
				numbers[n++] = all[i];
	return n;
}

static size_t choose_weakest(struct world *world, const char *seed, int64_t day,
			     size_t count, int *numbers)
{
	struct schedule_wish wish = wish_for(seed, day, count);

	wish.weakest = true;
	return choose_by(world, &wish, numbers);
}

/* What is due; while less is due than there is time for, the rest at random. */
static size_t choose_due(struct world *world, const char *seed, int64_t day, size_t count,
			 int *numbers)
{
	struct schedule_wish wish = wish_for(seed, day, count);
	size_t n;
	int all[QUESTIONS];

	wish.due = true;
	n = choose_by(world, &wish, numbers);
	choose_unseen(world, seed, day, QUESTIONS, all);
	for (int i = 0; i < QUESTIONS && n < count; i++) {
		bool again = false;

		for (size_t j = 0; j < n; j++)
			again |= numbers[j] == all[i];
		if (!again)
			numbers[n++] = all[i];
	}
	return n;
}

static size_t choose_tutor(struct world *world, const char *seed, int64_t day,
			   size_t count, int *numbers)
{
	struct schedule_wish wish = wish_for(seed, day, count);

	return choose_by(world, &wish, numbers);
}

static const struct way {
	const char *name;
	chooser *choose;
} ways[] = {
	{ "at random", choose_random },
	{ "at random, unseen first", choose_unseen },
	{ "`--weakest`", choose_weakest },
	{ "`--due`, rest at random", choose_due },
	{ "no choice (a tutor's)", choose_tutor },
};
#define WAYS (sizeof(ways) / sizeof(*ways))

/* ---- Sixty days ---- */

static const double targets[TARGETS] = { 0.72, 0.80 };

struct outcome {
	double needed[TARGETS]; /* questions until reached; all there were when never */
	bool reached[TARGETS];
	double at_20, at_end;
};

static void practise(struct world *world, struct learner *learner, const int *numbers,
		     size_t count, int64_t day)
{
	for (size_t i = 0; i < count; i++) {
		int q = numbers[i];
		char id[8];

		snprintf(id, sizeof(id), "q%03d", q);
		world->answers[world->count++] = (struct score_answer){
			.session = "s",
			.exam = "x",
			.question = bank_find(world->bank, id)->id,
			.at_ms = (FIRST_DAY + day) * DAY_MS + DAY_MS / 2,
			.drill = true,
			.answered = true,
			.right = learner_answers(learner, q, (double)day),
			.first = !world->met[q],
			.spent_ms = 60000,
		};
		world->met[q] = true;
	}
}

static struct outcome live(struct world *world, const struct kind *kind,
			   const struct way *way, uint64_t run)
{
	struct outcome outcome = { .needed = { DAYS * A_DAY, DAYS * A_DAY } };
	struct learner learner;
	int numbers[QUESTIONS];
	char seed[32];

	learner_init(&learner, kind, run);
	world->count = 0;
	memset(world->met, 0, sizeof(world->met));
	for (int64_t day = 0; day < DAYS; day++) {
		snprintf(seed, sizeof(seed), "%llu-%d", (unsigned long long)run,
			 (int)day);
		practise(world, &learner, numbers,
			 way->choose(world, seed, FIRST_DAY + day, A_DAY, numbers), day);
		for (int t = 0; t < TARGETS; t++) {
			if (outcome.reached[t] || level(&learner, &world->blueprint,
							(double)day + 1) < targets[t])
				continue;
			outcome.reached[t] = true;
			outcome.needed[t] = (double)world->count;
		}
		if (day == 19)
			outcome.at_20 = level(&learner, &world->blueprint, 20);
	}
	outcome.at_end = level(&learner, &world->blueprint, DAYS);
	return outcome;
}

/* ---- What it comes to ---- */

struct sum {
	double all, squares;
	int count;
};

static void sum_add(struct sum *sum, double x)
{
	sum->all += x;
	sum->squares += x * x;
	sum->count++;
}

static double mean(const struct sum *sum)
{
	return sum->all / sum->count;
}

/* Half the width of the 95 % interval of the mean. */
static double half(const struct sum *sum)
{
	double m = mean(sum);

	return 1.96 * sqrt((sum->squares / sum->count - m * m) / (sum->count - 1));
}

struct row {
	struct sum needed[TARGETS], saved[TARGETS], at_20, at_end;
	int reached[TARGETS];
};

static void put_target(const struct row *row, int target, bool is_random, int runs)
{
	printf(" %.0f ± %.0f", mean(&row->needed[target]), half(&row->needed[target]));
	if (row->reached[target] < runs)
		printf(" (%.0f %%)", 100.0 * row->reached[target] / runs);
	printf(" |");
	if (!is_random)
		printf(" %.0f ± %.0f", mean(&row->saved[target]),
		       half(&row->saved[target]));
	printf(" |");
}

static void put_rows(const struct kind *kind, const struct row *rows, int runs)
{
	printf("\n**%s**\n\n| chosen |", kind->name);
	for (int t = 0; t < TARGETS; t++)
		printf(" to %.0f %% | fewer |", 100 * targets[t]);
	printf(" day 20 | day 60 |\n| --- | --: | --: | --: | --: | --: | --: |\n");
	for (size_t w = 0; w < WAYS; w++) {
		const struct row *row = &rows[w];

		printf("| %s |", ways[w].name);
		for (int t = 0; t < TARGETS; t++)
			put_target(row, t, !w, runs);
		printf(" %.1f ± %.1f | %.1f ± %.1f |\n", 100 * mean(&row->at_20),
		       100 * half(&row->at_20), 100 * mean(&row->at_end),
		       100 * half(&row->at_end));
	}
	fflush(stdout);
}

static void add_run(struct row *row, const struct outcome *outcome,
		    const struct outcome *random)
{
	for (int t = 0; t < TARGETS; t++) {
		sum_add(&row->needed[t], outcome->needed[t]);
		sum_add(&row->saved[t], random->needed[t] - outcome->needed[t]);
		row->reached[t] += outcome->reached[t];
	}
	sum_add(&row->at_20, outcome->at_20);
	sum_add(&row->at_end, outcome->at_end);
}

static void compare(struct world *world, const struct kind *kind, int runs)
{
	struct row rows[WAYS] = { 0 };

	for (int run = 0; run < runs; run++) {
		struct outcome random = { 0 };

		for (size_t w = 0; w < WAYS; w++) {
			struct outcome outcome = live(world, kind, &ways[w],
						      FIRST_RUN + (uint64_t)run);

			if (!w)
				random = outcome;
			add_run(&rows[w], &outcome, &random);
		}
	}
	put_rows(kind, rows, runs);
}

int main(int argc, char **argv)
{
	static struct world world;
	struct builder built = BUILDER_INIT;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	int runs = argc > 1 ? atoi(argv[1]) : 200;

	crypto_start();
	if (runs < 2 || !blueprint_read("x", blueprint_text, strlen(blueprint_text),
					&arena, &world.blueprint, &err)) {
		fprintf(stderr, "learner: %s\n", err.text);
		return 2;
	}
	world.bank = make_bank(&built);
	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++)
		compare(&world, &kinds[k], runs);
	build_release(&built);
	arena_release(&arena);
	return 0;
}
