#include "proctor/score.h"

#include <math.h>

#include "test.h"

#define FIXTURE "tests/fixtures/score/chance.txt"
#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define FIELDS_MAX 64

/* ---- The printed vectors ---- */

static void the_printed_hypergeometric_tails_come_out(void **state)
{
	(void)state;
	EXPECT_NEAR(score_hypergeometric(5, 10, 47, 65), 0.095074317, 5e-10);
	EXPECT_NEAR(score_hypergeometric(7, 13, 47, 65), 0.096569164, 5e-10);
	EXPECT_NEAR(score_hypergeometric(3, 10, 47, 65), 0.003159854, 5e-10);
	EXPECT_NEAR(score_hypergeometric(9, 13, 52, 65), 0.235496777, 5e-10);
}

static void the_printed_omnibus_test_comes_out(void **state)
{
	const struct tally rows[] = {
		{ .right = 13, .of = 18 }, { .right = 10, .of = 13 },
		{ .right = 9, .of = 13 },  { .right = 10, .of = 11 },
		{ .right = 5, .of = 10 },
	};
	double chi2;
	int64_t df;

	(void)state;
	EXPECT_NEAR(score_differ(rows, COUNT(rows), &chi2, &df), 0.332487, 5e-7);
	EXPECT_NEAR(chi2, 4.585871, 5e-7);
	EXPECT_INT(df, 4);
}

static void the_printed_sign_test_comes_out(void **state)
{
	(void)state;
	EXPECT_NEAR(score_sign_test(9, 2), 0.0654, 5e-5);
	EXPECT_TRUE(score_sign_test(5, 0) > 0.05);
	EXPECT_TRUE(score_sign_test(6, 0) < 0.05);
	EXPECT_NEAR(score_sign_test(6, 0), 0.03125, 1e-15);
	EXPECT_NEAR(score_sign_test(0, 0), 1, 0);
}

static void the_printed_expected_shortfalls_come_out(void **state)
{
	static const struct {
		int right, of;
		double shortfall;
	} rows[] = {
		{ 13, 18, 0.045447896 }, { 7, 13, 0.187983062 }, { 9, 10, 0.006928781 },
		{ 0, 0, 0.284825528 },   { 5, 20, 0.458095352 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		EXPECT_NEAR(
			score_shortfall(
				(struct score_belief){ rows[i].right + 0.5,
						       rows[i].of - rows[i].right + 0.5 },
				0.72),
			rows[i].shortfall, 5e-10);
}

/* P(45 or more of 65) with one Jeffreys prior for each domain, and with one for all. */
static void expect_chance(const int64_t (*rows)[2], double each, double pooled)
{
	static const int64_t next[] = { 18, 13, 13, 11, 10 };
	const int64_t whole = 65;
	struct score_belief beliefs[5], all = { 0.5, 0.5 };

	for (size_t i = 0; i < 5; i++) {
		double right = (double)rows[i][0];
		double wrong = (double)(rows[i][1] - rows[i][0]);

		beliefs[i] = (struct score_belief){ right + 0.5, wrong + 0.5 };
		all = (struct score_belief){ all.a + right, all.b + wrong };
	}
	EXPECT_NEAR(score_chance(beliefs, next, 5, 45), each, 5e-7);
	EXPECT_NEAR(score_chance(&all, &whole, 1, 45), pooled, 5e-7);
}

static void the_printed_chances_of_passing_come_out(void **state)
{
	static const int64_t forms[][5][2] = {
		{ { 13, 18 }, { 10, 13 }, { 9, 13 }, { 8, 11 }, { 7, 10 } },
		{ { 13, 18 }, { 9, 13 }, { 9, 13 }, { 7, 11 }, { 7, 10 } },
		{ { 15, 18 }, { 10, 13 }, { 10, 13 }, { 9, 11 }, { 8, 10 } },
		{ { 44, 54 }, { 31, 39 }, { 31, 39 }, { 26, 33 }, { 24, 30 } },
	};

	(void)state;
	expect_chance(forms[0], 0.628907, 0.684313);
	expect_chance(forms[1], 0.482628, 0.537677);
	expect_chance(forms[2], 0.907667, 0.934046);
	expect_chance(forms[3], 0.964330, 0.970296);
}

/* ---- What must hold ---- */

static void a_tail_of_everything_is_one(void **state)
{
	(void)state;
	EXPECT_NEAR(score_hypergeometric(3, 3, 10, 20), 1, 0);
	EXPECT_NEAR(score_hypergeometric(0, 0, 0, 0), 1, 0);
	EXPECT_NEAR(score_hypergeometric(0, 5, 0, 9), 1, 0);
	EXPECT_NEAR(score_hypergeometric(4, 5, 9, 9), 0, 0);
	EXPECT_NEAR(score_chi2(0, 3), 1, 0);
	EXPECT_NEAR(score_chi2(5, 0), 1, 0);
}

static void all_or_none_right_differ_nowhere(void **state)
{
	const struct tally all[] = { { .right = 4, .of = 4 }, { .right = 9, .of = 9 } };
	const struct tally none[] = { { .of = 4 }, { .of = 9 }, { .of = 0 } };
	double chi2;
	int64_t df;

	(void)state;
	EXPECT_NEAR(score_differ(all, 2, &chi2, &df), 1, 0);
	EXPECT_INT(df, 1);
	EXPECT_NEAR(score_differ(none, 3, &chi2, &df), 1, 0);
	EXPECT_NEAR(chi2, 0, 0);
	EXPECT_INT(df, 1);
	EXPECT_NEAR(score_differ(none, 0, &chi2, &df), 1, 0);
	EXPECT_INT(df, 0);
}

static void holm_multiplies_by_how_many_are_left(void **state)
{
	double p[] = { 0.01, 0.04, 0.03, 0.005 };

	(void)state;
	score_holm(p, 4);
	EXPECT_NEAR(p[0], 0.03, 1e-15);
	EXPECT_NEAR(p[1], 0.06, 1e-15);
	EXPECT_NEAR(p[2], 0.06, 1e-15);
	EXPECT_NEAR(p[3], 0.02, 1e-15);
	score_holm(NULL, 0);
}

static void a_chance_is_sure_at_its_ends(void **state)
{
	const struct score_belief belief = { 3, 2 };
	const int64_t of = 10;

	(void)state;
	EXPECT_NEAR(score_chance(&belief, &of, 1, 0), 1, 1e-12);
	EXPECT_NEAR(score_chance(&belief, &of, 1, -3), 1, 1e-12);
	EXPECT_NEAR(score_chance(&belief, &of, 1, 11), 0, 0);
	EXPECT_NEAR(score_chance(NULL, NULL, 0, 0), 1, 0);
	EXPECT_NEAR(score_chance(NULL, NULL, 0, 1), 0, 0);
}

/* The most questions a form may have, in as many domains as it may have. */
static void the_largest_form_there_is_fits(void **state)
{
	struct score_belief beliefs[BLUEPRINT_DOMAINS_MAX];
	int64_t of[BLUEPRINT_DOMAINS_MAX];

	(void)state;
	for (size_t i = 0; i < BLUEPRINT_DOMAINS_MAX; i++) {
		beliefs[i] = (struct score_belief){ 7, 7 };
		of[i] = i < 8 ? 63 : 62;
	}
	EXPECT_NEAR(score_chance(beliefs, of, BLUEPRINT_DOMAINS_MAX, 0), 1, 1e-10);
	EXPECT_NEAR(score_chance(beliefs, of, BLUEPRINT_DOMAINS_MAX, 501) +
			    score_chance(beliefs, of, BLUEPRINT_DOMAINS_MAX, 500),
		    1, 1e-10);
}

/* ---- SciPy ---- */

static void check_tail(const double *v)
{
	EXPECT_NEAR(score_hypergeometric((int64_t)v[0], (int64_t)v[1], (int64_t)v[2],
					 (int64_t)v[3]),
		    v[4], 1e-9);
}

static void check_holm(const double *v)
{
	double p[FIELDS_MAX];
	size_t count = (size_t)v[0];

	memcpy(p, v + 1, count * sizeof(*p));
	score_holm(p, count);
	for (size_t i = 0; i < count; i++)
		EXPECT_NEAR(p[i], v[1 + count + i], 1e-12);
}

static void check_chi2(const double *v)
{
	EXPECT_NEAR(score_chi2(v[0], (int64_t)v[1]), v[2], 1e-12);
}

static void check_differ(const double *v)
{
	struct tally rows[FIELDS_MAX];
	size_t count = (size_t)v[0];
	double chi2, p;
	int64_t df;

	for (size_t i = 0; i < count; i++) {
		rows[i].right = (int64_t)v[1 + i];
		rows[i].of = rows[i].right + (int64_t)v[1 + count + i];
	}
	p = score_differ(rows, count, &chi2, &df);
	EXPECT_NEAR(chi2, v[1 + 2 * count], 1e-9);
	EXPECT_INT(df, (int64_t)v[2 + 2 * count]);
	EXPECT_NEAR(p, v[3 + 2 * count], 1e-9);
}

static void check_sign(const double *v)
{
	EXPECT_NEAR(score_sign_test((int64_t)v[0], (int64_t)v[1]), v[2], 1e-12);
}

static void check_shortfall(const double *v)
{
	EXPECT_NEAR(score_shortfall((struct score_belief){ v[1], v[2] }, v[0]), v[3],
		    1e-9);
}

static void check_chance(const double *v)
{
	struct score_belief beliefs[FIELDS_MAX];
	int64_t of[FIELDS_MAX];
	size_t count = (size_t)v[1];

	for (size_t i = 0; i < count; i++) {
		of[i] = (int64_t)v[2 + 3 * i];
		beliefs[i] = (struct score_belief){ v[3 + 3 * i], v[4 + 3 * i] };
	}
	EXPECT_NEAR(score_chance(beliefs, of, count, (int64_t)v[0]), v[2 + 3 * count],
		    1e-9);
}

static const struct kind {
	char letter;
	void (*check)(const double *fields);
	unsigned lines;
} kinds[] = {
	{ 'H', check_tail, 800 },   { 'O', check_holm, 300 },
	{ 'C', check_chi2, 500 },   { 'D', check_differ, 300 },
	{ 'S', check_sign, 625 },   { 'E', check_shortfall, 300 },
	{ 'B', check_chance, 400 },
};

static void check_line(const char *line, unsigned *seen)
{
	double fields[FIELDS_MAX] = { 0 };
	char *at = (char *)(uintptr_t)(line + 1), *end = at;

	for (size_t n = 0; n < FIELDS_MAX; n++, at = end) {
		fields[n] = strtod(at, &end);
		if (end == at)
			break;
	}
	for (size_t k = 0; k < COUNT(kinds); k++)
		if (kinds[k].letter == line[0]) {
			kinds[k].check(fields);
			seen[k]++;
			return;
		}
	fail_msg("%s: what is \"%s\"?", FIXTURE, line);
}

static void three_thousand_values_agree_with_scipy(void **state)
{
	unsigned seen[COUNT(kinds)] = { 0 };
	FILE *file = fopen(FIXTURE, "r");
	char line[1000];

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		check_line(line, seen);
	fclose(file);
	for (size_t k = 0; k < COUNT(kinds); k++)
		EXPECT_INT(seen[k], kinds[k].lines);
}

static const struct CMUnitTest tests[] = {
	TEST(the_printed_hypergeometric_tails_come_out),
	TEST(the_printed_omnibus_test_comes_out),
	TEST(the_printed_sign_test_comes_out),
	TEST(the_printed_expected_shortfalls_come_out),
	TEST(the_printed_chances_of_passing_come_out),
	TEST(a_tail_of_everything_is_one),
	TEST(all_or_none_right_differ_nowhere),
	TEST(holm_multiplies_by_how_many_are_left),
	TEST(a_chance_is_sure_at_its_ends),
	TEST(the_largest_form_there_is_fits),
	TEST(three_thousand_values_agree_with_scipy),
};

TEST_MAIN(tests)
