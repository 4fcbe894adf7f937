#include "proctor/score.h"

#include <math.h>

#include "proctor/arena.h"
#include "test.h"

#define FIXTURE "tests/fixtures/score/beta.txt"
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct blueprint scale = { .scale_min = 100,
					.scale_max = 1000,
					.scale_pass = 720 };

static struct score score(int64_t raw, int64_t of)
{
	return score_scale(&scale, raw, of);
}

/* ---- The scale ---- */

static void all_wrong_is_the_least_and_all_right_the_most(void **state)
{
	(void)state;
	for (int64_t of = 1; of <= 200; of++) {
		EXPECT_INT(score(0, of).scaled, 100);
		EXPECT_INT(score(of, of).scaled, 1000);
		EXPECT_FALSE(score(0, of).passed);
		EXPECT_TRUE(score(of, of).passed);
	}
}

static void thirty_four_of_fifty_fails_and_thirty_five_passes(void **state)
{
	(void)state;
	EXPECT_INT(score(34, 50).scaled, 712);
	EXPECT_FALSE(score(34, 50).passed);
	EXPECT_INT(score(35, 50).scaled, 730);
	EXPECT_TRUE(score(35, 50).passed);
}

static void sixty_five_questions_pass_from_forty_five_on(void **state)
{
	(void)state;
	EXPECT_INT(score(44, 65).scaled, 709);
	EXPECT_INT(score(45, 65).scaled, 723);
	EXPECT_INT(score(46, 65).scaled, 736);
	EXPECT_FALSE(score(44, 65).passed);
	EXPECT_TRUE(score(45, 65).passed);
}

static void a_fail_is_never_rounded_up_to_the_pass_mark(void **state)
{
	(void)state;
	EXPECT_INT(score(42, 61).scaled, 719);
	EXPECT_FALSE(score(42, 61).passed);
}

/* Because the floor of a number below an integer is below it too. */
static void passed_and_the_score_shown_never_disagree(void **state)
{
	(void)state;
	for (int64_t of = 1; of <= 300; of++)
		for (int64_t raw = 0; raw <= of; raw++) {
			struct score s = score(raw, of);

			EXPECT_INT(s.passed, s.scaled >= s.pass);
			EXPECT_INT(s.passed, raw >= score_needed(&scale, of));
		}
}

static void the_score_carries_what_it_was_made_from(void **state)
{
	struct score s = score(36, 50);

	(void)state;
	EXPECT_INT(s.raw, 36);
	EXPECT_INT(s.of, 50);
	EXPECT_INT(s.min, 100);
	EXPECT_INT(s.max, 1000);
	EXPECT_INT(s.pass, 720);
	EXPECT_INT(s.scaled, 748);
}

static void the_scale_is_the_blueprints(void **state)
{
	const struct blueprint percent = { .scale_min = 0,
					   .scale_max = 100,
					   .scale_pass = 70 };
	const struct blueprint below = { .scale_min = -300,
					 .scale_max = -100,
					 .scale_pass = -199 };

	(void)state;
	EXPECT_INT(score_scale(&percent, 2, 3).scaled, 66);
	EXPECT_FALSE(score_scale(&percent, 2, 3).passed);
	EXPECT_TRUE(score_scale(&percent, 7, 10).passed);
	EXPECT_INT(score_scale(&below, 1, 3).scaled, -234);
	EXPECT_FALSE(score_scale(&below, 1, 2).passed);
}

static void what_is_needed_is_the_fewest_that_pass(void **state)
{
	const struct blueprint open = { .scale_max = 10 };

	(void)state;
	EXPECT_INT(score_needed(&scale, 50), 35);
	EXPECT_INT(score_needed(&scale, 61), 43);
	EXPECT_INT(score_needed(&scale, 65), 45);
	EXPECT_INT(score_needed(&scale, 1), 1);
	EXPECT_INT(score_needed(&open, 10), 0);
}

static void lords_standard_error_is_in_scaled_points(void **state)
{
	(void)state;
	EXPECT_NEAR(score(47, 65).sem, sqrt(47.0 * 18 / 64) * 900 / 65, 1e-12);
	EXPECT_NEAR(score(47, 65).sem, 50.34, 0.005);
	EXPECT_NEAR(score(1, 2).sem, 450, 1e-12);
	EXPECT_NEAR(score(0, 50).sem, 0, 0);
	EXPECT_NEAR(score(50, 50).sem, 0, 0);
	EXPECT_NEAR(score(1, 1).sem, 0, 0);
}

static void the_range_is_one_standard_error_and_stays_on_the_scale(void **state)
{
	(void)state;
	EXPECT_INT(score(36, 50).low, 690);
	EXPECT_INT(score(36, 50).high, 806);
	EXPECT_INT(score(49, 50).low, 964);
	EXPECT_INT(score(49, 50).high, 1000);
	EXPECT_INT(score(1, 7).low, 100);
	EXPECT_INT(score(1, 7).high, 357);
}

/* Where Lord's formula says 0 the Jeffreys interval of as much stands in. */
static void all_right_or_none_has_a_range_too(void **state)
{
	(void)state;
	EXPECT_INT(score(50, 50).low,
		   100 + (int64_t)(900 * score_beta_inverse(0.158655254, 50.5, 0.5)));
	EXPECT_INT(score(50, 50).high, 1000);
	EXPECT_TRUE(score(50, 50).low < 990);
	EXPECT_INT(score(0, 50).low, 100);
	EXPECT_TRUE(score(0, 50).high > 110);
	EXPECT_TRUE(score(1, 1).low < 720);
	EXPECT_INT(score(0, 0).low, 100);
	EXPECT_INT(score(0, 0).high, 1000);
}

static void without_scored_questions_nothing_is_passed(void **state)
{
	(void)state;
	EXPECT_INT(score(0, 0).scaled, 100);
	EXPECT_FALSE(score(0, 0).passed);
	EXPECT_NEAR(score(0, 0).sem, 0, 0);
}

/* ---- Intervals ---- */

static void the_printed_jeffreys_intervals_come_out(void **state)
{
	struct tally tally = score_tally(13, 18);

	(void)state;
	EXPECT_INT(tally.right, 13);
	EXPECT_INT(tally.of, 18);
	EXPECT_NEAR(tally.low, 0.493988, 5e-7);
	EXPECT_NEAR(tally.high, 0.885224, 5e-7);
}

static void the_printed_ninety_percent_quantiles_come_out(void **state)
{
	static const struct {
		int right, of;
		double low, high;
	} rows[] = {
		{ 13, 18, 0.531277032, 0.863976767 },
		{ 7, 13, 0.320338737, 0.745081293 },
		{ 9, 10, 0.669437197, 0.982108012 },
		{ 5, 20, 0.121508288, 0.428619858 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		double a = rows[i].right + 0.5, b = rows[i].of - rows[i].right + 0.5;

		EXPECT_NEAR(score_beta_inverse(0.05, a, b), rows[i].low, 5e-10);
		EXPECT_NEAR(score_beta_inverse(0.95, a, b), rows[i].high, 5e-10);
	}
}

/* Clopper-Pearson ends are quantiles of the same function, with whole parameters. */
static void the_printed_clopper_pearson_ends_come_out(void **state)
{
	(void)state;
	EXPECT_NEAR(score_beta_inverse(0.025, 13, 6), 0.465198034, 5e-10);
	EXPECT_NEAR(score_beta_inverse(0.975, 14, 5), 0.903050787, 5e-10);
	EXPECT_NEAR(score_beta_inverse(0.975, 1, 10), 0.308497108, 5e-10);
	EXPECT_NEAR(score_beta_inverse(0.025, 10, 1), 0.691502892, 5e-10);
	EXPECT_NEAR(score_beta_inverse(0.025, 47, 19), 0.598098819, 5e-10);
	EXPECT_NEAR(score_beta_inverse(0.975, 48, 18), 0.826899641, 5e-10);
}

static void an_interval_reaches_the_end_where_none_or_all_are_right(void **state)
{
	(void)state;
	for (int64_t of = 1; of <= 50; of++) {
		EXPECT_NEAR(score_tally(0, of).low, 0, 0);
		EXPECT_NEAR(score_tally(of, of).high, 1, 0);
		EXPECT_TRUE(score_tally(0, of).high < 1);
		EXPECT_TRUE(score_tally(of, of).low > 0);
	}
}

static void of_nothing_nothing_is_known(void **state)
{
	(void)state;
	EXPECT_NEAR(score_tally(0, 0).low, 0, 0);
	EXPECT_NEAR(score_tally(0, 0).high, 1, 0);
}

static void the_share_lies_inside_and_wrong_mirrors_right(void **state)
{
	(void)state;
	for (int64_t of = 1; of <= 60; of++)
		for (int64_t right = 0; right <= of; right++) {
			struct tally tally = score_tally(right, of);
			struct tally mirror = score_tally(of - right, of);
			double share = (double)right / (double)of;

			EXPECT_TRUE(tally.low <= share && share <= tally.high);
			EXPECT_NEAR(tally.low, 1 - mirror.high, 1e-12);
		}
}

/* ---- The beta function ---- */

static void the_beta_function_is_exact_where_it_has_a_closed_form(void **state)
{
	(void)state;
	for (int i = 0; i <= 100; i++) {
		double x = i / 100.0;

		EXPECT_NEAR(score_beta(x, 1, 1), x, 1e-15);
		EXPECT_NEAR(score_beta(x, 3, 1), x * x * x, 1e-15);
		EXPECT_NEAR(score_beta(x, 1, 2), x * (2 - x), 1e-15);
		EXPECT_NEAR(score_beta(x, 0.5, 0.5), 2 / M_PI * asin(sqrt(x)), 1e-14);
	}
}

static void outside_of_its_range_the_beta_function_is_flat(void **state)
{
	(void)state;
	EXPECT_NEAR(score_beta(-1, 2, 3), 0, 0);
	EXPECT_NEAR(score_beta(0, 2, 3), 0, 0);
	EXPECT_NEAR(score_beta(1, 2, 3), 1, 0);
	EXPECT_NEAR(score_beta(2, 2, 3), 1, 0);
	EXPECT_NEAR(score_beta_inverse(0, 2, 3), 0, 0);
	EXPECT_NEAR(score_beta_inverse(1, 2, 3), 1, 0);
}

static void large_and_lopsided_parameters_stay_within_reach(void **state)
{
	(void)state;
	EXPECT_NEAR(score_beta(0.5, 5000, 5000), 0.5, 1e-10);
	EXPECT_NEAR(score_beta(1e-300, 1e-3, 1), pow(1e-300, 1e-3), 1e-12);
	EXPECT_NEAR(score_beta(0.5, 1e-3, 1e3), 1, 1e-12);
	EXPECT_NEAR(score_beta(0.5, 1e3, 1e-3), 0, 1e-12);
}

static void check_row(const char *line, unsigned *seen)
{
	double x, a, b, value;
	struct tally tally;

	if (sscanf(line, "I %lf %lf %lf %lf", &x, &a, &b, &value) == 4) {
		EXPECT_NEAR(score_beta(x, a, b), value, 1e-12);
		seen[0]++;
	} else if (sscanf(line, "Q %lf %lf %lf %lf", &x, &a, &b, &value) == 4) {
		EXPECT_NEAR(score_beta_inverse(x, a, b), value, 1e-12);
		seen[1]++;
	} else if (sscanf(line, "J %lf %lf %lf %lf", &x, &a, &b, &value) == 4) {
		tally = score_tally((int64_t)x, (int64_t)a);
		EXPECT_NEAR(tally.low, b, 1e-12);
		EXPECT_NEAR(tally.high, value, 1e-12);
		seen[2]++;
	} else {
		fail_msg("%s: what is \"%s\"?", FIXTURE, line);
	}
}

static void five_thousand_values_agree_with_scipy(void **state)
{
	FILE *file = fopen(FIXTURE, "r");
	unsigned seen[3] = { 0 };
	char line[200];

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		check_row(line, seen);
	fclose(file);
	EXPECT_INT(seen[0], 1500);
	EXPECT_INT(seen[1], 1500);
	EXPECT_INT(seen[2], 2468);
}

/* ---- A whole result ---- */

static struct blueprint_task tasks_1[] = { { "1.1", "Ingest" }, { "1.2", "Transform" } };
static struct blueprint_task tasks_2[] = { { "2.1", "Choose" } };
static struct blueprint_domain domains[] = {
	{ "1", "Data", 60, tasks_1, 2 },
	{ "2", "Models", 40, tasks_2, 1 },
	{ "3", "Nothing asked", 0, NULL, 0 },
};
static const struct blueprint plan = { .scale_min = 100,
				       .scale_max = 1000,
				       .scale_pass = 720,
				       .domains = domains,
				       .domain_count = 3 };

static struct option options[] = {
	{ .id = "a", .correct = true, .position = 1 },
	{ .id = "b", .correct = true, .position = 2 },
	{ .id = "c" },
};
static struct option single[] = { { .id = "a" }, { .id = "b", .correct = true } };
static struct prompt prompts[] = { { .id = "1", .match = 1 }, { .id = "2", .match = 1 } };

static const struct question choice = {
	.type = MULTIPLE_CHOICE, .options = single, .option_count = 2, .choose = 1
};
static const struct question several = {
	.type = MULTIPLE_RESPONSE, .options = options, .option_count = 3, .choose = 2
};
static const struct question ordered = {
	.type = ORDERING, .options = options, .option_count = 3, .choose = 2
};
static const struct question matched = { .type = MATCHING,
					 .options = single,
					 .option_count = 2,
					 .prompts = prompts,
					 .prompt_count = 2,
					 .choose = 2 };

static struct form_item items[] = {
	{ .question = &choice, .scored = true, .domain = 0, .task = 0 },
	{ .question = &several, .scored = true, .domain = 1, .task = 0 },
	{ .question = &ordered, .scored = false, .domain = 0, .task = 1 },
	{ .question = &matched, .scored = true, .domain = 0, .task = 0 },
};
static const struct form form = { .items = items, .count = COUNT(items) };

static void expect_tally(const struct tally *tally, int64_t right, int64_t of)
{
	struct tally wanted = score_tally(right, of);

	EXPECT_INT(tally->right, right);
	EXPECT_INT(tally->of, of);
	EXPECT_NEAR(tally->low, wanted.low, 0);
	EXPECT_NEAR(tally->high, wanted.high, 0);
}

/* The result of a session in which these responses were given, one after another. */
static struct result sat(const struct form *of, const struct response *responses,
			 struct arena *arena)
{
	struct event event = { .type = EVENT_BEGAN };
	struct session session;
	struct result result;

	session_init_form(&session, of, (struct session_rules){ .limit_ms = 0 }, arena);
	session_apply(&session, &event);
	for (size_t i = 0; i < of->count; i++) {
		event = (struct event){ .type = EVENT_RESPONDED,
					.item = (uint32_t)i,
					.response = responses[i] };
		session_apply(&session, &event);
	}
	score_result(&plan, of, &session, arena, &result);
	return result;
}

static void scored_questions_make_the_score_and_all_make_the_diagnosis(void **state)
{
	const struct response responses[] = {
		{ 1, { 1 } }, { 2, { 0, 1 } }, { 2, { 0, 1 } }, { 2, { 1, 0 } }
	};
	struct arena arena = ARENA_INIT;
	struct result result = sat(&form, responses, &arena);

	(void)state;
	EXPECT_INT(result.count, 4);
	for (size_t i = 0; i < 4; i++)
		EXPECT_INT(result.items[i].right, i < 3);
	EXPECT_INT(result.score.raw, 2);
	EXPECT_INT(result.score.of, 3);
	EXPECT_INT(result.score.scaled, 700);
	EXPECT_INT(result.answered, 4);
	expect_tally(&result.all, 3, 4);
	arena_release(&arena);
}

static void each_domain_is_followed_by_its_tasks(void **state)
{
	static const struct {
		const char *id, *title;
		bool is_domain;
		int64_t right, of;
	} rows[] = {
		{ "1", "Data", true, 2, 3 },         { "1.1", "Ingest", false, 1, 2 },
		{ "1.2", "Transform", false, 1, 1 }, { "2", "Models", true, 1, 1 },
		{ "2.1", "Choose", false, 1, 1 },    { "3", "Nothing asked", true, 0, 0 },
	};
	const struct response responses[] = {
		{ 1, { 1 } }, { 2, { 0, 1 } }, { 2, { 0, 1 } }, { 2, { 1, 0 } }
	};
	struct arena arena = ARENA_INIT;
	struct result result = sat(&form, responses, &arena);

	(void)state;
	EXPECT_INT(result.row_count, COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		EXPECT_TEXT(result.rows[i].id, rows[i].id);
		EXPECT_TEXT(result.rows[i].title, rows[i].title);
		EXPECT_INT(result.rows[i].is_domain, rows[i].is_domain);
		expect_tally(&result.rows[i].tally, rows[i].right, rows[i].of);
	}
	arena_release(&arena);
}

static void unanswered_and_half_answered_are_wrong_and_not_answered(void **state)
{
	const struct response responses[] = {
		{ 0, { 0 } }, { 1, { 0 } }, { 2, { 1, 0 } }, { 2, { 1, RESPONSE_NONE } }
	};
	struct arena arena = ARENA_INIT;
	struct result result = sat(&form, responses, &arena);

	(void)state;
	EXPECT_INT(result.answered, 1);
	EXPECT_INT(result.score.raw, 0);
	EXPECT_INT(result.score.scaled, 100);
	expect_tally(&result.all, 0, 4);
	arena_release(&arena);
}

static void a_form_without_questions_has_a_result_all_the_same(void **state)
{
	const struct form empty = { .items = NULL };
	struct arena arena = ARENA_INIT;
	struct result result = sat(&empty, NULL, &arena);

	(void)state;
	EXPECT_INT(result.count, 0);
	EXPECT_INT(result.row_count, 6);
	EXPECT_INT(result.score.of, 0);
	EXPECT_FALSE(result.score.passed);
	expect_tally(&result.all, 0, 0);
	arena_release(&arena);
}

static const struct CMUnitTest tests[] = {
	TEST(all_wrong_is_the_least_and_all_right_the_most),
	TEST(thirty_four_of_fifty_fails_and_thirty_five_passes),
	TEST(sixty_five_questions_pass_from_forty_five_on),
	TEST(a_fail_is_never_rounded_up_to_the_pass_mark),
	TEST(passed_and_the_score_shown_never_disagree),
	TEST(the_score_carries_what_it_was_made_from),
	TEST(the_scale_is_the_blueprints),
	TEST(what_is_needed_is_the_fewest_that_pass),
	TEST(lords_standard_error_is_in_scaled_points),
	TEST(the_range_is_one_standard_error_and_stays_on_the_scale),
	TEST(all_right_or_none_has_a_range_too),
	TEST(without_scored_questions_nothing_is_passed),
	TEST(the_printed_jeffreys_intervals_come_out),
	TEST(the_printed_ninety_percent_quantiles_come_out),
	TEST(the_printed_clopper_pearson_ends_come_out),
	TEST(an_interval_reaches_the_end_where_none_or_all_are_right),
	TEST(of_nothing_nothing_is_known),
	TEST(the_share_lies_inside_and_wrong_mirrors_right),
	TEST(the_beta_function_is_exact_where_it_has_a_closed_form),
	TEST(outside_of_its_range_the_beta_function_is_flat),
	TEST(large_and_lopsided_parameters_stay_within_reach),
	TEST(five_thousand_values_agree_with_scipy),
	TEST(scored_questions_make_the_score_and_all_make_the_diagnosis),
	TEST(each_domain_is_followed_by_its_tasks),
	TEST(unanswered_and_half_answered_are_wrong_and_not_answered),
	TEST(a_form_without_questions_has_a_result_all_the_same),
};

TEST_MAIN(tests)
