#include "../../src/blueprint/solve.h"

#include "proctor/arena.h"
#include "test.h"

/* A problem of the fixture file, made by scripts/make-solve-fixtures. */
#define FIXTURES "tests/fixtures/solve/glpk.txt"
#define FIXTURES_BAND "tests/fixtures/solve/glpk-band.txt"
#define ITEMS_MAX 256
#define PARTS_MAX 32

struct instance {
	struct solve_problem problem;
	struct solve_item items[ITEMS_MAX];
	struct solve_range domains[PARTS_MAX], types[PARTS_MAX];
	struct solve_task tasks[PARTS_MAX];
	struct solve_pair pairs[ITEMS_MAX];
	long objective; /* GLPK's; -1: none */
};

static long number(FILE *file)
{
	long value;

	assert_int_equal(fscanf(file, "%ld", &value), 1);
	return value;
}

static uint32_t count(FILE *file, uint32_t limit)
{
	long value = number(file);

	assert_in_range(value, 0, limit);
	return (uint32_t)value;
}

static struct solve_range range(FILE *file)
{
	uint32_t least = count(file, ITEMS_MAX);

	return (struct solve_range){ least, count(file, ITEMS_MAX) };
}

static void read_rows(FILE *file, struct instance *in)
{
	for (size_t d = 0; d < in->problem.domain_count; d++)
		in->domains[d] = range(file);
	for (size_t t = 0; t < in->problem.task_count; t++) {
		in->tasks[t].domain = count(file, PARTS_MAX);
		in->tasks[t].range = range(file);
	}
	for (size_t y = 0; y < in->problem.type_count; y++)
		in->types[y] = range(file);
	for (size_t i = 0; i < in->problem.item_count; i++) {
		uint32_t task = count(file, PARTS_MAX), type = count(file, PARTS_MAX);
		long price = number(file);
		uint32_t group = count(file, PARTS_MAX);

		in->items[i] = (struct solve_item){
			.price = price, .task = task, .type = type, .group = group - 1
		};
	}
	for (size_t i = 0; i < in->problem.pair_count; i++) {
		in->pairs[i].a = count(file, ITEMS_MAX);
		in->pairs[i].b = count(file, ITEMS_MAX);
	}
}

/* The band, which is not GLPK's word on the problem without it. */
static void read_band(FILE *file, struct instance *in)
{
	struct solve_problem *problem = &in->problem;

	problem->is_weighed = true;
	problem->weight.least = count(file, SOLVE_WEIGHTS * ITEMS_MAX);
	problem->weight.most = count(file, SOLVE_WEIGHTS * ITEMS_MAX);
	for (size_t i = 0; i < problem->item_count; i++)
		in->items[i].weight = (uint8_t)count(file, SOLVE_WEIGHTS - 1);
	in->objective = number(file);
}

static bool read_instance(FILE *file, bool banded, struct instance *in)
{
	struct solve_problem *problem = &in->problem;
	char line[256];
	int c;

	while ((c = fgetc(file)) == '#' || c == '\n')
		if (c == '#')
			assert_non_null(fgets(line, sizeof(line), file));
	if (ungetc(c, file) == EOF)
		return false;
	memset(in, 0, sizeof(*in));
	problem->total = count(file, ITEMS_MAX);
	problem->domain_count = count(file, PARTS_MAX);
	problem->task_count = count(file, PARTS_MAX);
	problem->type_count = count(file, PARTS_MAX);
	problem->item_count = count(file, ITEMS_MAX);
	problem->pair_count = count(file, ITEMS_MAX);
	problem->group_count = count(file, PARTS_MAX);
	problem->nodes = 1000000;
	problem->items = in->items;
	problem->domains = in->domains;
	problem->tasks = in->tasks;
	problem->types = in->types;
	problem->pairs = in->pairs;
	read_rows(file, in);
	in->objective = number(file);
	if (banded)
		read_band(file, in);
	return true;
}

/* ---- Is an answer what it says it is? Counted anew, without the solver's own code ----
 */

static void expect_within(uint32_t got, struct solve_range range)
{
	assert_in_range(got, range.least, range.most);
}

static void expect_rules_kept(const struct solve_problem *problem,
			      const struct solve_answer *answer)
{
	uint32_t domains[PARTS_MAX] = { 0 }, tasks[PARTS_MAX] = { 0 };
	uint32_t types[PARTS_MAX] = { 0 }, weight = 0;
	bool in[ITEMS_MAX] = { false };
	int64_t price = 0;

	for (uint32_t i = 0; i < problem->total; i++) {
		const struct solve_item *item = &problem->items[answer->chosen[i]];

		EXPECT_FALSE(in[answer->chosen[i]]);
		EXPECT_FALSE(item->excluded);
		in[answer->chosen[i]] = true;
		price += item->price;
		weight += item->weight;
		tasks[item->task]++;
		types[item->type]++;
		domains[problem->tasks[item->task].domain]++;
	}
	assert_true(price == answer->price);
	if (problem->is_weighed)
		expect_within(weight, problem->weight);
	for (size_t d = 0; d < problem->domain_count; d++)
		expect_within(domains[d], problem->domains[d]);
	for (size_t t = 0; t < problem->task_count; t++)
		expect_within(tasks[t], problem->tasks[t].range);
	for (size_t y = 0; y < problem->type_count; y++)
		expect_within(types[y], problem->types[y]);
	for (size_t i = 0; i < problem->pair_count; i++)
		EXPECT_FALSE(in[problem->pairs[i].a] && in[problem->pairs[i].b]);
	for (size_t i = 0; i < problem->item_count; i++)
		for (size_t j = 0; j < problem->item_count; j++)
			if (problem->items[i].group != SOLVE_ALONE &&
			    problem->items[i].group == problem->items[j].group)
				assert_int_equal(in[i], in[j]);
}

static void expect_same_as_glpk(const char *path, bool banded, unsigned infeasible)
{
	static struct instance in;
	FILE *file = fopen(path, "r");
	unsigned seen = 0, feasible = 0;

	assert_non_null(file);
	for (; read_instance(file, banded, &in); seen++) {
		struct arena arena = ARENA_INIT;
		struct solve_answer answer;

		solve_run(&in.problem, &arena, &answer);
		if (in.objective < 0) {
			assert_int_equal(answer.verdict, SOLVE_INFEASIBLE);
		} else {
			assert_int_equal(answer.verdict, SOLVE_OPTIMAL);
			assert_int_equal(answer.price, in.objective);
			expect_rules_kept(&in.problem, &answer);
			feasible++;
		}
		arena_release(&arena);
	}
	fclose(file);
	assert_true(seen >= 300 && feasible >= 100 && seen - feasible >= infeasible);
}

static void every_answer_is_the_one_glpk_found(void **state)
{
	(void)state;
	expect_same_as_glpk(FIXTURES, false, 100);
}

static void so_is_every_answer_with_a_band_of_weights(void **state)
{
	(void)state;
	expect_same_as_glpk(FIXTURES_BAND, true, 50);
}

/* ---- By hand: one domain, one task, one type, unless a test says more ---- */

static void small(struct instance *in, const int64_t *prices, size_t prices_count,
		  uint32_t total)
{
	memset(in, 0, sizeof(*in));
	in->problem = (struct solve_problem){
		.items = in->items,
		.domains = in->domains,
		.tasks = in->tasks,
		.types = in->types,
		.pairs = in->pairs,
		.item_count = prices_count,
		.domain_count = 1,
		.task_count = 1,
		.type_count = 1,
		.total = total,
		.nodes = 1000,
	};
	in->domains[0] = in->types[0] = in->tasks[0].range = (struct solve_range){
		0, total
	};
	for (size_t i = 0; i < prices_count; i++)
		in->items[i] = (struct solve_item){ .price = prices[i],
						    .group = SOLVE_ALONE };
}

static struct solve_answer solve(struct instance *in, struct arena *arena)
{
	struct solve_answer answer;

	solve_run(&in->problem, arena, &answer);
	if (answer.chosen)
		expect_rules_kept(&in->problem, &answer);
	return answer;
}

static void expect_solved(struct instance *in, enum solve_verdict verdict, int64_t price)
{
	struct arena arena = ARENA_INIT;
	struct solve_answer answer = solve(in, &arena);

	assert_int_equal(answer.verdict, verdict);
	assert_int_equal(answer.price, price);
	arena_release(&arena);
}

static void the_cheapest_are_chosen_and_listed_in_order(void **state)
{
	static const int64_t prices[] = { 5, 1, 4, 2, 3 };
	static struct instance in;
	struct arena arena = ARENA_INIT;
	struct solve_answer answer;

	(void)state;
	small(&in, prices, 5, 3);
	answer = solve(&in, &arena);
	assert_int_equal(answer.verdict, SOLVE_OPTIMAL);
	assert_int_equal(answer.price, 6);
	assert_int_equal(answer.nodes, 1);
	assert_true(answer.chosen[0] == 1 && answer.chosen[1] == 3 &&
		    answer.chosen[2] == 4);
	arena_release(&arena);
}

static void a_tie_goes_to_the_item_listed_first(void **state)
{
	static const int64_t prices[] = { 7, 7, 7, 7 };
	static struct instance in;
	struct arena arena = ARENA_INIT;
	struct solve_answer answer;

	(void)state;
	small(&in, prices, 4, 2);
	answer = solve(&in, &arena);
	assert_true(answer.chosen[0] == 0 && answer.chosen[1] == 1);
	arena_release(&arena);
}

static void an_excluded_item_takes_its_group_along(void **state)
{
	static const int64_t prices[] = { 1, 1, 9, 9, 9 };
	static struct instance in;

	(void)state;
	small(&in, prices, 5, 3);
	in.problem.group_count = 1;
	in.items[0].group = in.items[1].group = 0;
	expect_solved(&in, SOLVE_OPTIMAL, 11);
	in.items[1].excluded = true;
	expect_solved(&in, SOLVE_OPTIMAL, 27);
	in.items[2].excluded = true;
	expect_solved(&in, SOLVE_INFEASIBLE, 0);
}

static void a_group_that_does_not_fit_stays_out(void **state)
{
	static const int64_t prices[] = { 1, 1, 1, 9, 9 };
	static struct instance in;

	(void)state;
	small(&in, prices, 5, 2);
	in.problem.group_count = 1;
	in.items[0].group = in.items[1].group = in.items[2].group = 0;
	expect_solved(&in, SOLVE_OPTIMAL, 18);
}

static void a_group_with_enemies_in_it_stays_out(void **state)
{
	static const int64_t prices[] = { 1, 1, 9, 9 };
	static struct instance in;

	(void)state;
	small(&in, prices, 4, 2);
	in.problem.group_count = 1;
	in.problem.pair_count = 1;
	in.items[0].group = in.items[1].group = 0;
	in.pairs[0] = (struct solve_pair){ 0, 1 };
	expect_solved(&in, SOLVE_OPTIMAL, 18);
}

static void of_two_enemies_the_better_whole_counts(void **state)
{
	static const int64_t prices[] = { 1, 2, 3, 9 };
	static struct instance in;

	(void)state;
	small(&in, prices, 4, 2);
	in.problem.pair_count = 2; /* 1 is the enemy of both 2 and 3 */
	in.pairs[0] = (struct solve_pair){ 0, 1 };
	in.pairs[1] = (struct solve_pair){ 2, 0 };
	expect_solved(&in, SOLVE_OPTIMAL, 5);
}

static void the_mix_is_paid_for_where_it_is_cheapest(void **state)
{
	static const int64_t prices[] = { 1, 1, 1, 1, 20, 10 };
	static struct instance in;

	(void)state;
	small(&in, prices, 6, 4);
	in.problem.task_count = in.problem.type_count = 2;
	in.tasks[0].range = in.tasks[1].range = (struct solve_range){ 2, 2 };
	in.items[2].task = in.items[3].task = in.items[5].task = 1;
	in.items[4].type = in.items[5].type = 1;
	in.types[0] = (struct solve_range){ 0, 4 };
	in.types[1] = (struct solve_range){ 1, 4 };
	expect_solved(&in, SOLVE_OPTIMAL, 13);
	in.types[0] = (struct solve_range){ 0, 3 };
	in.types[1] = (struct solve_range){ 0, 4 };
	expect_solved(&in, SOLVE_OPTIMAL, 13);
	in.types[1] = (struct solve_range){ 3, 4 };
	expect_solved(&in, SOLVE_INFEASIBLE, 0);
}

static void prices_of_the_greatest_size_do_not_overflow(void **state)
{
	static struct instance in;
	int64_t prices[ITEMS_MAX];

	(void)state;
	for (size_t i = 0; i < ITEMS_MAX; i++)
		prices[i] = SOLVE_PRICE_MAX - (int64_t)i;
	small(&in, prices, ITEMS_MAX, 200);
	in.problem.type_count = 2;
	in.items[0].type = 1;
	in.types[1] = (struct solve_range){ 1, 1 };
	expect_solved(&in, SOLVE_OPTIMAL, 200 * SOLVE_PRICE_MAX - (255 + 57) * 199 / 2);
}

/* A ring of nine of which no two neighbours may stand, and enough strangers. */
static void ring(struct instance *in, size_t strangers, uint32_t total, uint32_t nodes)
{
	int64_t prices[ITEMS_MAX];

	for (size_t i = 0; i < 9 + strangers; i++)
		prices[i] = i < 9 ? 1 : 100;
	small(in, prices, 9 + strangers, total);
	in->problem.pair_count = 9;
	for (uint32_t i = 0; i < 9; i++)
		in->pairs[i] = (struct solve_pair){ i, (i + 1) % 9 };
	in->problem.nodes = nodes;
}

static void a_search_cut_off_says_so(void **state)
{
	static struct instance in;
	struct arena arena = ARENA_INIT;
	bool incumbent = false;
	uint32_t needed;

	(void)state;
	ring(&in, 3, 5, 1000);
	needed = solve(&in, &arena).nodes;
	expect_solved(&in, SOLVE_OPTIMAL, 104);
	for (uint32_t nodes = 1; nodes <= needed; nodes++) {
		struct solve_answer answer;

		ring(&in, 3, 5, nodes);
		answer = solve(&in, &arena);
		assert_true(answer.nodes <= nodes);
		if (nodes < needed)
			assert_true(answer.verdict == SOLVE_UNKNOWN ||
				    answer.verdict == SOLVE_INCUMBENT);
		else
			assert_int_equal(answer.verdict, SOLVE_OPTIMAL);
		incumbent |= answer.verdict == SOLVE_INCUMBENT;
		assert_int_equal(answer.verdict == SOLVE_UNKNOWN, answer.chosen == NULL);
	}
	assert_true(incumbent);
	ring(&in, 0, 5, 1000);
	expect_solved(&in, SOLVE_INFEASIBLE, 0);
	ring(&in, 0, 5, 1);
	expect_solved(&in, SOLVE_UNKNOWN, 0);
	arena_release(&arena);
}

static void nothing_to_choose_is_solved(void **state)
{
	static struct instance in;

	(void)state;
	small(&in, NULL, 0, 0);
	expect_solved(&in, SOLVE_OPTIMAL, 0);
	small(&in, NULL, 0, 1);
	expect_solved(&in, SOLVE_INFEASIBLE, 0);
}

static const struct CMUnitTest tests[] = {
	TEST(every_answer_is_the_one_glpk_found),
	TEST(so_is_every_answer_with_a_band_of_weights),
	TEST(the_cheapest_are_chosen_and_listed_in_order),
	TEST(a_tie_goes_to_the_item_listed_first),
	TEST(an_excluded_item_takes_its_group_along),
	TEST(a_group_that_does_not_fit_stays_out),
	TEST(a_group_with_enemies_in_it_stays_out),
	TEST(of_two_enemies_the_better_whole_counts),
	TEST(the_mix_is_paid_for_where_it_is_cheapest),
	TEST(prices_of_the_greatest_size_do_not_overflow),
	TEST(a_search_cut_off_says_so),
	TEST(nothing_to_choose_is_solved),
};

TEST_MAIN(tests)
