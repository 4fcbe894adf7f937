#include "proctor/score.h"

#include <math.h>

#include "proctor/arena.h"
#include "test.h"

#define FIXTURE "tests/fixtures/score/result.txt"
#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ITEMS_MAX 140
#define DOMAINS_MAX 6
#define NONE 9 /* a pick that means "no response" */

/* An exam of which a test may change anything, and a sitting of it. */
struct exam {
	struct arena arena;
	struct blueprint blueprint;
	struct blueprint_domain domains[DOMAINS_MAX];
	struct question questions[ITEMS_MAX];
	struct form_item items[ITEMS_MAX];
	struct bank_case cases[DOMAINS_MAX];
	struct form form;
	struct session session;
	struct result result;
};

static struct blueprint_task task = { "1", "The one" };
static struct option options[] = { { .id = "a" },
				   { .id = "b", .correct = true },
				   { .id = "c" } };

static struct question *add(struct exam *exam, unsigned domain, bool right)
{
	size_t n = exam->form.count++;

	exam->questions[n] = (struct question){ .type = MULTIPLE_CHOICE,
						.options = options,
						.option_count = 3,
						.choose = 1 };
	exam->items[n] = (struct form_item){ .question = &exam->questions[n],
					     .scored = true,
					     .domain = domain };
	exam->session.items[n] = (struct session_item){
		.question = { MULTIPLE_CHOICE, 3, 0, 1 },
		.response = { 1, { right } },
		.first = { 1, { right } },
		.spent_ms = 60000,
	};
	exam->session.count++;
	return &exam->questions[n];
}

static struct exam *start(size_t domains, int64_t scored)
{
	struct exam *exam = calloc(1, sizeof(*exam));

	assert_non_null(exam);
	exam->blueprint = (struct blueprint){ .minutes = 100,
					      .scored = scored,
					      .scale_max = 1000,
					      .scale_pass = 700,
					      .domains = exam->domains,
					      .domain_count = domains };
	for (size_t d = 0; d < domains; d++)
		exam->domains[d] = (struct blueprint_domain){ "D", "Domain", 10, &task,
							      1 };
	exam->form.items = exam->items;
	exam->session.items = ARENA_ARRAY(&exam->arena, ITEMS_MAX, struct session_item);
	return exam;
}

static void add_many(struct exam *exam, unsigned domain, size_t right, size_t of)
{
	for (size_t i = 0; i < of; i++)
		add(exam, domain, i < right);
}

/* The candidate's first response and last, by the option; NONE is none. */
static void responded(struct exam *exam, size_t item, uint8_t first, uint8_t last)
{
	struct session_item *given = &exam->session.items[item];

	given->first = (struct response){ first != NONE, { first } };
	given->response = (struct response){ last != NONE, { last } };
}

static const struct result *score(struct exam *exam)
{
	score_result(&exam->blueprint, &exam->form, &exam->session, &exam->arena,
		     &exam->result);
	return &exam->result;
}

static void finish(struct exam *exam)
{
	arena_release(&exam->arena);
	free(exam);
}

/* ---- Domains ---- */

static void check_row(const struct score_row *row, const double *v)
{
	EXPECT_NEAR(row->tally.low, v[0], 1e-9);
	EXPECT_NEAR(row->tally.high, v[1], 1e-9);
	EXPECT_NEAR(row->estimate, v[2], 1e-9);
	EXPECT_NEAR(row->p_low, v[3], 1e-9);
	EXPECT_NEAR(row->p_holm, v[4], 1e-9);
	EXPECT_NEAR(row->below_pass, v[5], 1e-9);
	if (row->state == SCORE_OPEN)
		EXPECT_INT(row->more, (int64_t)v[6]);
	EXPECT_NEAR(row->shortfall, v[7], 1e-9);
}

static void add_domain(struct exam *exam, unsigned d, const double *v)
{
	size_t from = exam->form.count;

	exam->domains[d].weight = (int64_t)v[0];
	add_many(exam, d, (size_t)v[1], (size_t)v[2]);
	for (size_t i = from; i < from + (size_t)v[3] && v[3] > 1; i++)
		exam->questions[i].in_case = &exam->cases[d];
}

static void check_session(const double *v)
{
	size_t domains = (size_t)v[0];
	struct exam *exam = start(domains, (int64_t)v[2]);
	const double *wanted = v + 3 + 4 * domains;
	const struct result *result;

	exam->blueprint.scale_pass = (int64_t)v[1];
	for (unsigned d = 0; d < domains; d++)
		add_domain(exam, d, v + 3 + (size_t)4 * d);
	result = score(exam);
	for (size_t d = 0; d < domains; d++) {
		struct score_row alike = result->rows[2 * d + 1];

		check_row(&result->rows[2 * d], wanted + 8 * d);
		/* Its one task has what it has. */
		check_row(&alike, wanted + 8 * d);
	}
	EXPECT_NEAR(result->domains_chi2, wanted[8 * domains], 1e-9);
	EXPECT_NEAR(result->domains_p, wanted[8 * domains + 1], 1e-9);
	EXPECT_NEAR(result->next_pass, wanted[8 * domains + 2], 1e-9);
	finish(exam);
}

static void four_hundred_sessions_agree_with_scipy(void **state)
{
	FILE *file = fopen(FIXTURE, "r");
	char line[4000];
	size_t count = 0;

	(void)state;
	assert_non_null(file);
	for (; fgets(line, sizeof(line), file); count++) {
		double fields[100] = { 0 };
		char *at = line, *end = line;

		for (size_t n = 0; n < COUNT(fields); n++, at = end)
			fields[n] = strtod(at, &end);
		check_session(fields);
	}
	fclose(file);
	EXPECT_INT(count, 400);
}

static void a_domain_far_below_the_others_is_called_so(void **state)
{
	struct exam *exam = start(3, 30);
	const struct result *result;

	(void)state;
	add_many(exam, 0, 19, 20);
	add_many(exam, 1, 4, 20);
	add_many(exam, 2, 18, 20);
	result = score(exam);
	EXPECT_INT(result->rows[0].state, SCORE_ABOVE_PASS);
	EXPECT_INT(result->rows[2].state, SCORE_BELOW_OTHERS);
	EXPECT_INT(result->rows[2].section, SCORE_NEEDS_IMPROVEMENT);
	EXPECT_INT(result->rows[0].section, SCORE_MEETS_COMPETENCIES);
	EXPECT_INT(result->study_domains[0], 2);
	EXPECT_INT(result->study_domain_count, 3);
	EXPECT_INT(result->study_tasks[0], 3);
	EXPECT_TRUE(result->domains_p < 0.001);
	finish(exam);
}

static void who_is_below_everywhere_is_below_no_others(void **state)
{
	struct exam *exam = start(2, 30);
	const struct result *result;

	(void)state;
	add_many(exam, 0, 8, 20);
	add_many(exam, 1, 9, 20);
	result = score(exam);
	EXPECT_INT(result->rows[0].state, SCORE_BELOW_PASS);
	EXPECT_INT(result->rows[2].state, SCORE_BELOW_PASS);
	EXPECT_TRUE(result->next_pass < 0.05);
	finish(exam);
}

static void near_the_pass_level_more_questions_are_asked_for(void **state)
{
	struct exam *exam = start(2, 30);
	const struct result *result;

	(void)state;
	add_many(exam, 0, 14, 20);
	add_many(exam, 1, 13, 20);
	result = score(exam);
	EXPECT_INT(result->rows[0].state, SCORE_OPEN);
	EXPECT_TRUE(result->rows[0].more > 50);
	EXPECT_INT(result->rows[2].state, SCORE_OPEN);
	EXPECT_TRUE(result->rows[2].more < result->rows[0].more);
	finish(exam);
}

static void what_was_not_asked_is_thought_of_as_the_rest(void **state)
{
	struct exam *exam = start(2, 30);
	const struct result *result;

	(void)state;
	add_many(exam, 0, 15, 20);
	result = score(exam);
	EXPECT_INT(result->rows[2].state, SCORE_NOT_ASKED);
	EXPECT_NEAR(result->rows[2].estimate, 15.5 / 21, 1e-12);
	EXPECT_NEAR(result->rows[2].p_holm, 1, 0);
	EXPECT_INT(result->study_domain_count, 2);
	finish(exam);
}

static void of_nothing_at_all_nothing_is_claimed(void **state)
{
	struct exam *exam = start(2, 30);
	const struct result *result = score(exam);

	(void)state;
	EXPECT_INT(result->rows[0].state, SCORE_NOT_ASKED);
	EXPECT_NEAR(result->rows[0].estimate, 0.5, 1e-12);
	EXPECT_NEAR(result->domains_p, 1, 0);
	EXPECT_INT(result->topics.count, 0);
	EXPECT_INT(result->misconception_count, 0);
	EXPECT_INT(result->pace.thirds[2].count, 0);
	finish(exam);
}

static void questions_of_a_case_count_for_less(void **state)
{
	struct exam *exam = start(1, 30);
	const struct result *result;
	double alone;

	(void)state;
	add_many(exam, 0, 6, 10);
	alone = score(exam)->rows[0].tally.high;
	for (size_t i = 0; i < 5; i++)
		exam->questions[i].in_case = &exam->cases[0];
	result = score(exam);
	/* One case of five and five alone: (25 + 5) / 10 = 3. */
	EXPECT_NEAR(result->rows[0].tally.effective, 10 / (1 + 2 * 0.05), 1e-12);
	EXPECT_TRUE(result->rows[0].tally.high > alone);
	EXPECT_INT(result->rows[0].tally.of, 10);
	finish(exam);
}

/* ---- Topics and services, types, difficulties ---- */

/* Missed are 3 of 5, so that 0.6 of each question is expected to be. */
static void what_was_missed_most_comes_first(void **state)
{
	static const char *both[] = { "spark", "lake" }, *lake[] = { "lake" },
			  *glue[] = { "glue" };
	struct exam *exam = start(1, 30);
	const struct result *result;

	(void)state;
	add(exam, 0, false)->topics = (struct json_texts){ both, 2 };
	add(exam, 0, true)->topics = (struct json_texts){ lake, 1 };
	add(exam, 0, false)->topics = (struct json_texts){ glue, 1 };
	add(exam, 0, false)->topics = (struct json_texts){ glue, 1 };
	add(exam, 0, true)->services = (struct json_texts){ glue, 1 };
	result = score(exam);
	EXPECT_INT(result->topics.count, 3);
	EXPECT_TEXT(result->topics.groups[0].name, "glue");
	EXPECT_INT(result->topics.groups[0].tally.of, 2);
	EXPECT_NEAR(result->topics.groups[0].excess, 2 - 2 * 0.6, 1e-12);
	EXPECT_TEXT(result->topics.groups[1].name, "spark");
	EXPECT_TEXT(result->topics.groups[2].name, "lake");
	EXPECT_INT(result->topics.groups[2].tally.right, 1);
	EXPECT_INT(result->services.count, 1);
	EXPECT_INT(result->services.groups[0].tally.right, 1);
	finish(exam);
}

static void types_and_difficulties_are_counted(void **state)
{
	struct exam *exam = start(1, 30);
	const struct result *result;

	(void)state;
	add(exam, 0, true)->difficulty = HARD;
	add(exam, 0, false)->difficulty = HARD;
	add(exam, 0, true)->difficulty = EASY;
	result = score(exam);
	EXPECT_INT(result->types[MULTIPLE_CHOICE].of, 3);
	EXPECT_INT(result->types[MATCHING].of, 0);
	EXPECT_INT(result->difficulties[HARD].right, 1);
	EXPECT_INT(result->difficulties[HARD].of, 2);
	EXPECT_INT(result->difficulties[MEDIUM].of, 0);
	finish(exam);
}

/* ---- Behaviour ---- */

static void time_is_expected_by_words(void **state)
{
	struct exam *exam = start(1, 30);
	const struct result *result;

	(void)state;
	add(exam, 0, true)->stem = "one two three";
	add(exam, 0, true)->stem = " four\n\tfive  six seven eight nine ";
	exam->session.limit_ms = 90000;
	result = score(exam);
	EXPECT_INT(result->items[0].expected_ms, 30000);
	EXPECT_INT(result->items[1].expected_ms, 60000);
	finish(exam);
}

static void a_case_is_read_once(void **state)
{
	struct exam *exam = start(1, 30);
	const struct result *result;

	(void)state;
	exam->cases[0] = (struct bank_case){ .text = "four words of case", .count = 2 };
	for (int i = 0; i < 3; i++)
		add(exam, 0, true)->stem = "two words";
	exam->questions[0].in_case = exam->questions[1].in_case = &exam->cases[0];
	exam->session.limit_ms = 100000;
	result = score(exam);
	EXPECT_INT(result->items[0].expected_ms, 40000);
	EXPECT_INT(result->items[1].expected_ms, 40000);
	EXPECT_INT(result->items[2].expected_ms, 20000);
	finish(exam);
}

/* 100 minutes for 30 questions are 200 s a question. */
static void without_a_limit_the_exams_own_time_is_expected(void **state)
{
	struct exam *exam = start(1, 30);

	(void)state;
	add(exam, 0, true);
	add(exam, 0, true);
	EXPECT_INT(score(exam)->items[0].expected_ms, 200000);
	exam->blueprint.scored = 0;
	EXPECT_INT(score(exam)->items[0].expected_ms, 0);
	EXPECT_INT(exam->result.pace.slow + exam->result.pace.rapid, 0);
	finish(exam);
}

static void too_fast_and_too_slow_are_seen(void **state)
{
	static const struct {
		int64_t limit_ms, spent_ms;
		bool rapid, slow;
	} cases[] = {
		{ 60000, 5999, true, false },    { 60000, 6000, false, false },
		{ 10000, 2999, true, false },    { 10000, 3000, false, false },
		{ 900000, 9999, true, false },   { 900000, 10000, false, false },
		{ 60000, 120000, false, false }, { 60000, 120001, false, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct exam *exam = start(1, 30);

		add(exam, 0, true);
		exam->session.limit_ms = cases[i].limit_ms;
		exam->session.items[0].spent_ms = cases[i].spent_ms;
		score(exam);
		EXPECT_INT(exam->result.items[0].rapid, cases[i].rapid);
		EXPECT_INT(exam->result.items[0].slow, cases[i].slow);
		EXPECT_INT(exam->result.pace.rapid, cases[i].rapid);
		/* Who answers nothing has guessed nothing. */
		responded(exam, 0, NONE, NONE);
		EXPECT_FALSE(score(exam)->items[0].rapid);
		finish(exam);
	}
}

static void thirds_of_the_form_have_their_own_counts(void **state)
{
	struct exam *exam = start(1, 30);
	const struct score_third *thirds = exam->result.pace.thirds;

	(void)state;
	add_many(exam, 0, 5, 8);
	exam->session.limit_ms = 800000;
	score(exam);
	EXPECT_INT(thirds[0].from, 0);
	EXPECT_INT(thirds[0].count, 2);
	EXPECT_INT(thirds[1].from, 2);
	EXPECT_INT(thirds[1].count, 3);
	EXPECT_INT(thirds[2].from, 5);
	EXPECT_INT(thirds[2].count, 3);
	EXPECT_INT(thirds[1].tally.right, 3);
	EXPECT_INT(thirds[2].tally.right, 0);
	EXPECT_INT(thirds[2].tally.of, 3);
	EXPECT_INT(thirds[2].spent_ms, 180000);
	EXPECT_INT(thirds[2].expected_ms, 300000);
	finish(exam);
}

static void what_was_left_open_at_the_end_is_told_apart(void **state)
{
	struct exam *exam = start(1, 30);
	const struct score_pace *pace = &exam->result.pace;

	(void)state;
	add_many(exam, 0, 15, 15);
	responded(exam, 2, NONE, NONE);
	responded(exam, 6, 1, NONE);
	responded(exam, 13, NONE, NONE);
	responded(exam, 14, NONE, NONE);
	score(exam);
	EXPECT_INT(pace->open, 4);
	EXPECT_INT(pace->open_end, 2);
	EXPECT_INT(pace->open_last, 3);
	EXPECT_INT(exam->result.answered, 11);
	finish(exam);
}

static void changes_are_from_the_first_response_to_the_last(void **state)
{
	static const uint8_t pairs[][2] = {
		{ 1, 1 },    { 0, 0 }, { NONE, NONE }, { 1, 0 },
		{ 1, NONE }, { 0, 1 }, { 0, 2 },       { 2, NONE },
	};
	struct exam *exam = start(1, 30);
	const struct score_changes *changes = &exam->result.changes;

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		add(exam, 0, false);
		responded(exam, i, pairs[i][0], pairs[i][1]);
	}
	score(exam);
	EXPECT_INT(changes->counts[SCORE_UNCHANGED], 3);
	EXPECT_INT(changes->counts[SCORE_RIGHT_TO_WRONG], 2);
	EXPECT_INT(changes->counts[SCORE_WRONG_TO_RIGHT], 1);
	EXPECT_INT(changes->counts[SCORE_WRONG_TO_WRONG], 2);
	EXPECT_NEAR(changes->p, 1, 1e-12);
	finish(exam);
}

static void in_a_drill_only_what_was_answered_counts(void **state)
{
	struct exam *exam = start(1, 30);
	const struct result *result = &exam->result;

	(void)state;
	add_many(exam, 0, 2, 5);
	responded(exam, 4, NONE, NONE);
	EXPECT_INT(score(exam)->all.of, 5);
	exam->session.drill = true;
	score(exam);
	EXPECT_INT(result->all.of, 4);
	EXPECT_INT(result->rows[0].tally.of, 4);
	EXPECT_INT(result->rows[0].tally.right, 2);
	finish(exam);
}

static void sure_but_wrong_is_a_misconception(void **state)
{
	struct exam *exam = start(1, 30);
	const struct result *result = &exam->result;

	(void)state;
	add_many(exam, 0, 2, 5);
	for (size_t i = 0; i < 5; i++)
		exam->session.items[i].confidence = CONFIDENCE_SURE;
	exam->session.items[3].confidence = CONFIDENCE_UNSURE;
	responded(exam, 4, 0, NONE);
	score(exam);
	EXPECT_INT(result->misconception_count, 1);
	EXPECT_INT(result->misconceptions[0], 2);
	EXPECT_INT(result->confidences[CONFIDENCE_SURE].right, 2);
	EXPECT_INT(result->confidences[CONFIDENCE_SURE].of, 3);
	EXPECT_INT(result->confidences[CONFIDENCE_UNSURE].of, 1);
	EXPECT_INT(result->confidences[CONFIDENCE_GUESS].of, 0);
	finish(exam);
}

static const struct CMUnitTest tests[] = {
	TEST(four_hundred_sessions_agree_with_scipy),
	TEST(a_domain_far_below_the_others_is_called_so),
	TEST(who_is_below_everywhere_is_below_no_others),
	TEST(near_the_pass_level_more_questions_are_asked_for),
	TEST(what_was_not_asked_is_thought_of_as_the_rest),
	TEST(of_nothing_at_all_nothing_is_claimed),
	TEST(questions_of_a_case_count_for_less),
	TEST(what_was_missed_most_comes_first),
	TEST(types_and_difficulties_are_counted),
	TEST(time_is_expected_by_words),
	TEST(a_case_is_read_once),
	TEST(without_a_limit_the_exams_own_time_is_expected),
	TEST(too_fast_and_too_slow_are_seen),
	TEST(thirds_of_the_form_have_their_own_counts),
	TEST(what_was_left_open_at_the_end_is_told_apart),
	TEST(changes_are_from_the_first_response_to_the_last),
	TEST(in_a_drill_only_what_was_answered_counts),
	TEST(sure_but_wrong_is_a_misconception),
};

TEST_MAIN(tests)
