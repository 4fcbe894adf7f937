#include "proctor/score.h"

#include "test.h"

#define FIXTURE "tests/fixtures/score/trend.txt"
#define NEAR 1e-9
#define MAX 512

/* ---- Against SciPy: scripts/make-trend-fixtures ---- */

static double next_number(FILE *file)
{
	double number = 0;

	EXPECT_INT(fscanf(file, "%lf", &number), 1);
	return number;
}

static void check_trend(FILE *file)
{
	struct tally sessions[MAX] = { 0 };
	size_t count = (size_t)next_number(file);
	struct score_trend trend;

	EXPECT_TRUE(count <= MAX);
	for (size_t i = 0; i < count; i++) {
		sessions[i].right = (int64_t)next_number(file);
		sessions[i].of = (int64_t)next_number(file);
	}
	EXPECT_TRUE(score_trend(sessions, count, &trend));
	EXPECT_NEAR(trend.slope, next_number(file), NEAR);
	EXPECT_NEAR(trend.low, next_number(file), NEAR);
	EXPECT_NEAR(trend.high, next_number(file), NEAR);
	EXPECT_NEAR(trend.p, next_number(file), NEAR);
}

static const char *const domains[] = { "1", "2", "3", "4", "5", "6" };

static void check_estimate(FILE *file, const struct score_estimate *estimate)
{
	EXPECT_NEAR(estimate->share, next_number(file), NEAR);
	EXPECT_NEAR(estimate->low, next_number(file), NEAR);
	EXPECT_NEAR(estimate->high, next_number(file), NEAR);
}

static struct score_answer answer(const char *domain, bool right)
{
	return (struct score_answer){ .session = "s",
				      .exam = "x",
				      .domain = domain,
				      .first = true,
				      .answered = true,
				      .right = right };
}

static void check_standings(FILE *file)
{
	struct score_standing standings[6];
	struct score_answer answers[MAX];
	size_t count = (size_t)next_number(file), of;

	EXPECT_TRUE(count <= MAX);
	for (size_t i = 0; i < count; i++) {
		size_t domain = (size_t)next_number(file);

		answers[i] = answer(domains[domain], next_number(file) != 0);
	}
	of = (size_t)next_number(file);
	for (size_t i = 0; i < of; i++)
		standings[i].domain = domains[i];
	score_standings(answers, count, "x", false, standings, of);
	for (size_t i = 0; i < of; i++) {
		check_estimate(file, &standings[i].over_all);
		check_estimate(file, &standings[i].recent);
	}
}

static void trends_and_estimates_are_those_of_scipy(void **state)
{
	FILE *file = fopen(FIXTURE, "r");
	size_t trends = 0, estimates = 0;
	char kind;

	(void)state;
	EXPECT_TRUE(file != NULL);
	while (fscanf(file, " %c", &kind) == 1) {
		if (kind == 'T')
			check_trend(file), trends++;
		else
			check_standings(file), estimates++;
	}
	fclose(file);
	EXPECT_TRUE(trends > 80 && estimates > 40);
}

/* ---- By hand ---- */

static void little_says_nothing_of_a_trend(void **state)
{
	struct tally two[] = { { .right = 1, .of = 5 },
			       { .of = 0 },
			       { .right = 3, .of = 5 } };
	struct tally none[] = { { .of = 5 }, { .of = 5 }, { .of = 5 } };
	struct tally all[] = { { .right = 5, .of = 5 },
			       { .right = 5, .of = 5 },
			       { .right = 5, .of = 5 } };
	struct score_trend trend;

	(void)state;
	EXPECT_FALSE(score_trend(two, 0, &trend));
	EXPECT_FALSE(score_trend(two, 3, &trend));
	EXPECT_FALSE(score_trend(none, 3, &trend));
	EXPECT_FALSE(score_trend(all, 3, &trend));
}

static void a_steady_rise_is_its_slope(void **state)
{
	struct tally rise[] = { { .right = 20, .of = 50 },
				{ .right = 25, .of = 50 },
				{ .right = 30, .of = 50 } };
	struct score_trend trend;

	(void)state;
	EXPECT_TRUE(score_trend(rise, 3, &trend));
	EXPECT_INT(trend.sessions, 3);
	EXPECT_NEAR(trend.slope, 0.1, 1e-12);
	EXPECT_TRUE(trend.low > 0 && trend.p < 0.05 && trend.p > 0.04);
}

/* Of ten answers these alone count: first ones, of the exam, from exams. */
static void only_first_answers_of_the_exam_count(void **state)
{
	struct score_standing standing = { .domain = "1", .right = 99, .of = 99 };
	struct score_answer answers[5];

	(void)state;
	for (size_t i = 0; i < 5; i++)
		answers[i] = answer("1", true);
	answers[0].first = false;
	answers[1].exam = "y";
	answers[2].drill = true;
	answers[3].domain = "2";
	score_standings(answers, 5, "x", false, &standing, 1);
	EXPECT_INT(standing.of, 1);
	EXPECT_INT(standing.right, 1);
	score_standings(answers, 5, "x", true, &standing, 1);
	EXPECT_INT(standing.of, 1);
	score_standings(answers, 5, "z", true, &standing, 1);
	EXPECT_INT(standing.of, 0);
	EXPECT_NEAR(standing.over_all.share, 0.5, 1e-12);
}

/* Forty wrong, then forty right: over all that is a half, and recently it is more. */
static void recent_answers_weigh_more_in_recent(void **state)
{
	struct score_standing standing = { .domain = "1" };
	struct score_answer answers[80];

	(void)state;
	for (size_t i = 0; i < 80; i++)
		answers[i] = answer("1", i >= 40);
	score_standings(answers, 80, "x", false, &standing, 1);
	EXPECT_NEAR(standing.over_all.share, 0.5, 1e-9);
	EXPECT_TRUE(standing.recent.share > 0.65);
	EXPECT_TRUE(standing.recent.high - standing.recent.low >
		    standing.over_all.high - standing.over_all.low);
}

static const struct CMUnitTest tests[] = {
	TEST(trends_and_estimates_are_those_of_scipy),
	TEST(little_says_nothing_of_a_trend),
	TEST(a_steady_rise_is_its_slope),
	TEST(only_first_answers_of_the_exam_count),
	TEST(recent_answers_weigh_more_in_recent),
};

TEST_MAIN(tests)
