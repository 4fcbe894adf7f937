#include "../../src/schedule/fsrs.h"

#include <math.h>

#include "test.h"

/* Made by scripts/make-fsrs-fixtures with ts-fsrs, which rounds every step to eight
 * places: hence the tolerances. */
#define FIXTURES "tests/fixtures/schedule/fsrs.txt"
#define LINE_MAX_BYTES 512

static struct memory after(const double *weights, const char *reviews)
{
	struct memory memory = { 0, 0 };
	unsigned grade;
	double days;
	int used;

	for (; sscanf(reviews, "%u:%lf%n", &grade, &days, &used) == 2; reviews += used)
		memory = fsrs_review(weights, memory, (enum grade)grade, days);
	return memory;
}

static void expect_close(const char *line, double a, double b, double relative)
{
	if (fabs(a - b) > relative * fabs(b) + 1e-8)
		fail_msg("%s: %.12g is not %.12g", line, a, b);
}

static void check_reviews(const char *line)
{
	struct memory memory = after(fsrs_weights, line + 2);
	double stability, difficulty;

	EXPECT_INT(sscanf(strchr(line, '=') + 1, "%lf %lf", &stability, &difficulty), 2);
	expect_close(line, memory.stability, stability, 1e-6);
	expect_close(line, memory.difficulty, difficulty, 1e-6);
}

static void check_interval(const char *line)
{
	double stability, retention;
	long days;

	EXPECT_INT(sscanf(line + 2, "%lf %lf %ld", &stability, &retention, &days), 3);
	EXPECT_INT(fsrs_interval(fsrs_weights, stability, retention), days);
}

static void check_curve(const char *line)
{
	double stability, days, recall;

	EXPECT_INT(sscanf(line + 2, "%lf %lf %lf", &stability, &days, &recall), 3);
	expect_close(line, fsrs_recall(fsrs_weights, stability, days), recall, 1e-6);
}

static void thousands_of_sequences_agree_with_ts_fsrs(void **state)
{
	FILE *file = fopen(FIXTURES, "r");
	char line[LINE_MAX_BYTES];
	unsigned counts[3] = { 0 };

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == 'R' && ++counts[0])
			check_reviews(line);
		else if (line[0] == 'I' && ++counts[1])
			check_interval(line);
		else if (line[0] == 'F' && ++counts[2])
			check_curve(line);
	}
	fclose(file);
	EXPECT_TRUE(counts[0] >= 2000 && counts[1] >= 400 && counts[2] >= 100);
}

/* ---- Published vectors ---- */

static void fsrs_rs_states_come_out(void **state)
{
	double slow[FSRS_WEIGHTS];
	struct memory memory = after(fsrs_weights, "1:0 3:0 3:1 3:3 3:8 3:21");

	(void)state;
	EXPECT_NEAR(memory.stability, 53.62691, 1e-4);
	EXPECT_NEAR(memory.difficulty, 6.3574867, 1e-5);
	memcpy(slow, fsrs_weights, sizeof(slow));
	slow[17] = slow[18] = slow[19] = 0;
	EXPECT_NEAR(after(slow, "1:0 3:0 3:1 3:3 3:8 3:21").stability, 53.335106, 1e-4);
}

static void fsrs_rs_intervals_come_out(void **state)
{
	static const long days[] = { 34793, 2508, 387, 90, 27, 9, 3, 1, 1 };

	(void)state;
	for (int i = 0; i < 9; i++)
		EXPECT_INT(fsrs_interval(fsrs_weights, 1, (i + 2) / 10.0), days[i]);
	EXPECT_INT(fsrs_interval(fsrs_weights, 1, 0.1), FSRS_LONGEST); /* of 3,116,766 */
}

static void fsrs_rs_recall_comes_out(void **state)
{
	static const double stabilities[] = { 1, 2, 3, 4, 4, 2 };
	static const double recalls[] = { 1,         0.9403443, 0.9253786,
					  0.9185229, 0.9,       0.8261359 };

	(void)state;
	for (int t = 0; t < 6; t++)
		EXPECT_NEAR(fsrs_recall(fsrs_weights, stabilities[t], t), recalls[t],
			    1e-6);
}

/* From stability 5 and difficulty 1, 2, 3, 4, by each grade in turn. */
static void fsrs_rs_single_steps_come_out(void **state)
{
	static const double recalls[] = { 0.9, 0.8, 0.7, 0.6 };
	static const double lapsed[] = { 1.0525396, 1.1894329, 1.3680838, 1.584989 };
	static const double recalled[] = { 0, 28.226582, 58.656002, 127.226685 };
	static const double same_day[] = { 1.596818, 5, 5, 8.12961 };
	static const double harder[] = { 8.341763, 6.6659956, 4.990228, 3.3144615 };

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct memory memory = { 5, i + 1 };
		enum grade grade = (enum grade)(i + 1);
		double factor = pow(0.9, -1 / fsrs_weights[20]) - 1;
		double days = (pow(recalls[i], -1 / fsrs_weights[20]) - 1) / factor * 5;

		EXPECT_NEAR(
			fsrs_review(fsrs_weights, memory, GRADE_AGAIN, days).stability,
			lapsed[i], 1e-5);
		if (i)
			EXPECT_NEAR(
				fsrs_review(fsrs_weights, memory, grade, days).stability,
				recalled[i], 1e-3);
		EXPECT_NEAR(fsrs_review(fsrs_weights, memory, grade, 0).stability,
			    same_day[i], 1e-5);
		memory.difficulty = 5;
		EXPECT_NEAR(fsrs_review(fsrs_weights, memory, grade, 3).difficulty,
			    harder[i], 1e-5);
	}
}

/* Good six times, Again twice, Good five times, each when it is due. */
static void ts_fsrs_and_py_fsrs_intervals_come_out(void **state)
{
	static const enum grade grades[] = { 3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3 };
	static const long intervals[] = { 0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21 };
	struct memory memory = { 0, 0 };
	double days = 0;

	(void)state;
	for (int i = 0; i < 13; i++) {
		memory = fsrs_review(fsrs_weights, memory, grades[i], days);
		days = 0; /* a learning step: again the same day */
		if (!intervals[i])
			continue;
		days = (double)fsrs_interval(fsrs_weights, memory.stability, 0.9);
		EXPECT_INT((long)days, intervals[i]);
	}
}

static void first_reviews_come_out(void **state)
{
	static const double difficulties[] = { 6.4133, 5.11217071, 2.11810397, 1 };

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct memory memory = fsrs_review(fsrs_weights, (struct memory){ 0, 0 },
						   (enum grade)(i + 1), 0);

		EXPECT_NEAR(memory.stability, fsrs_weights[i], 1e-12);
		EXPECT_NEAR(memory.difficulty, difficulties[i], 1e-8);
	}
}

/* ---- Where the ports differ ---- */

/* py-fsrs would make 1.4 of it. */
static void a_hard_on_the_same_day_does_not_lower_the_stability(void **state)
{
	static const double stabilities[] = { 2.3065, 2.3065, 0.64955107, 2.02989199,
					      12.6756416 };
	static const double difficulties[] = { 2.11810397, 4.75285849, 8.26052864,
					       8.24749648, 7.64711984 };
	static const char *const reviews[] = { "3:0", "3:0 2:0", "3:0 2:0 1:5",
					       "3:0 2:0 1:5 3:1", "3:0 2:0 1:5 3:1 4:7" };

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct memory memory = after(fsrs_weights, reviews[i]);

		EXPECT_NEAR(memory.stability, stabilities[i], 1e-6);
		EXPECT_NEAR(memory.difficulty, difficulties[i], 1e-7);
	}
}

/* ts-fsrs would make 0.1 of it. */
static void a_small_first_stability_is_kept(void **state)
{
	double weights[FSRS_WEIGHTS];

	(void)state;
	memcpy(weights, fsrs_weights, sizeof(weights));
	weights[0] = 0.05;
	EXPECT_NEAR(after(weights, "1:0").stability, 0.05, 1e-12);
	weights[0] = 0;
	EXPECT_NEAR(after(weights, "1:0").stability, 0.001, 1e-12);
}

/* ts-fsrs without short term leaves the divisor out. */
static void a_lapse_never_leaves_more_than_the_cap(void **state)
{
	struct memory memory = { 0.1, 1 };

	(void)state;
	memory = fsrs_review(fsrs_weights, memory, GRADE_AGAIN, 10000);
	EXPECT_NEAR(memory.stability, 0.1 / exp(0.5425 * 0.0912), 1e-12);
}

/* No spreading by chance, and no rounding on the way. */
static void the_same_reviews_give_the_same_interval(void **state)
{
	struct memory memory = after(fsrs_weights, "3:0 3:2 3:11");

	(void)state;
	for (int i = 0; i < 100; i++)
		EXPECT_INT(fsrs_interval(fsrs_weights, memory.stability, 0.9), 46);
}

/* ---- Bounds ---- */

static void numbers_stay_in_their_bounds(void **state)
{
	struct memory memory = { 0, 0 };

	(void)state;
	for (int i = 0; i < 60; i++)
		memory = fsrs_review(fsrs_weights, memory, GRADE_EASY, 36500);
	EXPECT_NEAR(memory.stability, FSRS_LONGEST, 1e-9);
	EXPECT_NEAR(memory.difficulty, 1, 1e-9);
	for (int i = 0; i < 60; i++)
		memory = fsrs_review(fsrs_weights, memory, GRADE_AGAIN, 0);
	EXPECT_TRUE(memory.stability >= 0.001);
	EXPECT_TRUE(memory.difficulty <= 10);
}

static const struct CMUnitTest tests[] = {
	TEST(thousands_of_sequences_agree_with_ts_fsrs),
	TEST(fsrs_rs_states_come_out),
	TEST(fsrs_rs_intervals_come_out),
	TEST(fsrs_rs_recall_comes_out),
	TEST(fsrs_rs_single_steps_come_out),
	TEST(ts_fsrs_and_py_fsrs_intervals_come_out),
	TEST(first_reviews_come_out),
	TEST(a_hard_on_the_same_day_does_not_lower_the_stability),
	TEST(a_small_first_stability_is_kept),
	TEST(a_lapse_never_leaves_more_than_the_cap),
	TEST(the_same_reviews_give_the_same_interval),
	TEST(numbers_stay_in_their_bounds),
};

TEST_MAIN(tests)
