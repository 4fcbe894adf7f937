#include "bank_builder.h"
#include "proctor/blueprint.h"
#include "proctor/crypto.h"
#include "test.h"

/*
 * Is a draw as even as it says? Seeds are fixed, so these tests always give the same
 * answer; the limits are the values a fair draw passes once in a million.
 */
#define CHI2_3 30.66
#define CHI2_23 70.55
#define CHI2_29 80.44

#define FORMS 3000
#define IN_BANK 30
#define IN_FORM 10

struct chance {
	struct blueprint_task task;
	struct blueprint_domain domain;
	struct blueprint blueprint;
	struct builder built;
	struct bank *bank;
};

/* A blueprint of one task and one type, for `scored` of the bank's questions. */
static void begin(struct chance *c, int64_t scored, int64_t unscored)
{
	*c = (struct chance){
		.task = { "1.1", "T" },
		.domain = { .id = "1", .title = "D", .weight = 1, .task_count = 1 },
		.blueprint = { .id = "x",
			       .exam = "x",
			       .scored = scored,
			       .unscored = unscored,
			       .types[MULTIPLE_CHOICE] = true,
			       .mix[MULTIPLE_CHOICE] = { 0, scored + unscored },
			       .domain_count = 1 },
		.built = BUILDER_INIT,
	};
	c->domain.tasks = &c->task;
	c->blueprint.domains = &c->domain;
}

static void add(struct chance *c, unsigned from, unsigned to, const char *in_case)
{
	char id[16];

	for (unsigned i = from; i < to; i++) {
		snprintf(id, sizeof(id), "q%02u", i);
		build_question(&c->built, id, "1.1", MULTIPLE_CHOICE, in_case, NULL);
	}
}

static void begin_plain(struct chance *c)
{
	begin(c, 6, IN_FORM - 6);
	add(c, 0, IN_BANK, NULL);
	c->bank = build_bank(&c->built);
}

static struct form draw(const struct chance *c, unsigned number, struct arena *arena)
{
	struct err err = ERR_INIT;
	struct draw how = { 0 };
	struct form form;

	how.seed = arena_printf(arena, "%u", number);
	EXPECT_OK(blueprint_draw(&c->blueprint, c->bank, &how, arena, &form, &err), err);
	return form;
}

static size_t index_of(const struct chance *c, const struct form_item *item)
{
	return (size_t)(item->question - c->bank->questions);
}

/*
 * Counts of a draw without replacement hang together: Pearson's sum is too small by
 * (1 - p)(N / (N - 1)), which this undoes. Chi-square with N - 1 degrees.
 */
static double evenness(const unsigned *counts, unsigned draws, unsigned in_form)
{
	double p = (double)in_form / IN_BANK, sum = 0;

	for (size_t i = 0; i < IN_BANK; i++)
		sum += (counts[i] - draws * p) * (counts[i] - draws * p);
	return (IN_BANK - 1) * sum / (IN_BANK * draws * p * (1 - p));
}

static void every_question_has_the_same_chance(void **state)
{
	unsigned drawn[IN_BANK] = { 0 }, scored[IN_BANK] = { 0 }, first[IN_BANK] = { 0 };
	struct chance c;

	(void)state;
	begin_plain(&c);
	for (unsigned n = 0; n < FORMS; n++) {
		struct arena arena = ARENA_INIT;
		struct form form = draw(&c, n, &arena);

		for (size_t i = 0; i < form.count; i++) {
			drawn[index_of(&c, &form.items[i])]++;
			scored[index_of(&c, &form.items[i])] += form.items[i].scored;
		}
		first[index_of(&c, &form.items[0])]++;
		arena_release(&arena);
	}
	assert_true(evenness(drawn, FORMS, IN_FORM) < CHI2_29);
	assert_true(evenness(scored, FORMS, 6) < CHI2_29);
	assert_true(evenness(first, FORMS, 1) < CHI2_29);
	assert_true(evenness(drawn, FORMS, IN_FORM) > 5); /* nor is it too even */
	build_release(&c.built);
}

/*
 * Any two questions meet in 10 * 9 of 30 * 29 forms. Each of the 435 pairs is binomial,
 * so none is off by 6.1 sigma (once in a million for all of them together); and on the
 * whole they scatter as they should, neither more nor less.
 */
#define PAIR_SIGMA2 (6.1 * 6.1)

static void every_two_questions_meet_as_often(void **state)
{
	static unsigned met[IN_BANK][IN_BANK];
	const double p = 10.0 * 9 / (30 * 29);
	double sum = 0;
	struct chance c;

	(void)state;
	begin_plain(&c);
	for (unsigned n = 0; n < FORMS; n++) {
		struct arena arena = ARENA_INIT;
		struct form form = draw(&c, n, &arena);

		for (size_t i = 0; i < form.count; i++)
			for (size_t j = 0; j < form.count; j++)
				met[index_of(&c, &form.items[i])]
				   [index_of(&c, &form.items[j])]++;
		arena_release(&arena);
	}
	for (size_t i = 0; i < IN_BANK; i++)
		for (size_t j = 0; j < i; j++) {
			double off = met[i][j] - FORMS * p;
			double z2 = off * off / (FORMS * p * (1 - p));

			assert_true(z2 < PAIR_SIGMA2);
			sum += z2;
		}
	EXPECT_NEAR(sum / 435, 1, 0.45);
	build_release(&c.built);
}

static double chi2(const unsigned *counts, size_t cells, unsigned sum)
{
	double expected = (double)sum / (double)cells, all = 0;

	for (size_t i = 0; i < cells; i++)
		all += (counts[i] - expected) * (counts[i] - expected) / expected;
	return all;
}

/* The number of an order of four, 0..23. */
static size_t order_of(const uint8_t *shown)
{
	size_t number = 0;

	for (size_t i = 0; i < 4; i++) {
		size_t smaller = 0;

		for (size_t j = i + 1; j < 4; j++)
			smaller += shown[j] < shown[i];
		number = number * (4 - i) + smaller;
	}
	return number;
}

static void an_option_stands_anywhere_and_in_any_order(void **state)
{
	unsigned places[4] = { 0 }, orders[24] = { 0 };
	struct chance c;

	(void)state;
	begin_plain(&c);
	for (unsigned n = 0; n < FORMS; n++) {
		struct arena arena = ARENA_INIT;
		struct form form = draw(&c, n, &arena);

		for (size_t i = 0; i < form.count; i++) {
			for (size_t o = 0; o < 4; o++)
				places[o] += form.items[i].shown[o] == 0;
			orders[order_of(form.items[i].shown)]++;
		}
		arena_release(&arena);
	}
	assert_true(chi2(places, 4, FORMS * IN_FORM) < CHI2_3);
	assert_true(chi2(orders, 24, FORMS * IN_FORM) < CHI2_23);
	build_release(&c.built);
}

/* Two draws of 10 of 30 share 10/3 on the average, with a variance of 1.5326. */
static void the_next_seed_gives_quite_another_form(void **state)
{
	struct chance c;
	unsigned shared = 0, same_order = 0;

	(void)state;
	begin_plain(&c);
	for (unsigned n = 0; n < FORMS; n++) {
		struct arena arena = ARENA_INIT;
		struct form a = draw(&c, n, &arena), b = draw(&c, n + 1, &arena);

		for (size_t i = 0; i < a.count; i++) {
			same_order += a.items[i].question == b.items[i].question;
			for (size_t j = 0; j < b.count; j++)
				shared += a.items[i].question == b.items[j].question;
		}
		arena_release(&arena);
	}
	EXPECT_NEAR((double)shared / FORMS, 10.0 / 3, 0.1107); /* 4.9 sigma */
	EXPECT_NEAR((double)same_order / FORMS, 1.0 / 3, 0.0517);
	build_release(&c.built);
}

/* 28 single questions and a case of two, 10 drawn: by priority the case comes in about
 * as often as a question does; a form that only its second half would fit leaves it out.
 */
static void a_case_has_about_the_chance_of_a_question(void **state)
{
	unsigned with_case = 0;
	struct chance c;

	(void)state;
	begin(&c, IN_FORM, 0);
	add(&c, 0, 28, NULL);
	add(&c, 28, 30, "case");
	c.bank = build_bank(&c.built);
	for (unsigned n = 0; n < FORMS; n++) {
		struct arena arena = ARENA_INIT;
		struct form form = draw(&c, n, &arena);

		for (size_t i = 0; i < form.count; i++)
			with_case += form.items[i].question->in_case != NULL;
		arena_release(&arena);
	}
	EXPECT_NEAR((double)with_case / 2 / FORMS, 1.0 / 3, 0.05);
	build_release(&c.built);
}

/* ---- What was seen comes last ---- */

struct history {
	const struct chance *chance;
	unsigned tier[IN_BANK];
};

static unsigned seen(void *context, const struct question *question)
{
	const struct history *history = context;

	return history->tier[question - history->chance->bank->questions];
}

static struct form draw_after(const struct chance *c, struct history *history,
			      unsigned number, struct arena *arena)
{
	struct draw how = { .seen = seen, .context = history };
	struct err err = ERR_INIT;
	struct form form;

	history->chance = c;
	how.seed = arena_printf(arena, "%u", number);
	EXPECT_OK(blueprint_draw(&c->blueprint, c->bank, &how, arena, &form, &err), err);
	return form;
}

static void three_forms_of_ten_share_nothing_in_a_bank_of_thirty(void **state)
{
	struct chance c;

	(void)state;
	begin_plain(&c);
	for (unsigned n = 0; n < 200; n++) {
		struct arena arena = ARENA_INIT;
		struct history history = { NULL, { 0 } };

		for (unsigned form_number = 0; form_number < 3; form_number++) {
			struct form form = draw_after(&c, &history, 3 * n + form_number,
						      &arena);

			for (size_t i = 0; i < form.count; i++) {
				unsigned *tier =
					&history.tier[index_of(&c, &form.items[i])];

				assert_int_equal(*tier, 0);
				*tier = 1 + form_number;
			}
		}
		arena_release(&arena);
	}
	build_release(&c.built);
}

/* 4 never seen, 3 in drills, 2 long ago, the others lately: 10 take them all and one. */
static void the_longest_unseen_come_first_and_the_rest_by_lot(void **state)
{
	unsigned lately[IN_BANK] = { 0 }, kinds = 0;
	struct chance c;
	struct history history;

	(void)state;
	begin_plain(&c);
	for (unsigned i = 0; i < IN_BANK; i++)
		history.tier[i] = i < 4 ? 0 : i < 7 ? 1 : i < 9 ? 40 : DRAW_SEEN_MAX + i;
	for (unsigned n = 0; n < 300; n++) {
		struct arena arena = ARENA_INIT;
		struct form form = draw_after(&c, &history, n, &arena);
		unsigned old = 0;

		for (size_t i = 0; i < form.count; i++) {
			size_t q = index_of(&c, &form.items[i]);

			old += q < 9;
			lately[q] += q >= 9;
		}
		assert_int_equal(old, 9);
		arena_release(&arena);
	}
	for (unsigned i = 0; i < IN_BANK; i++)
		kinds += lately[i] > 0;
	assert_int_equal(kinds, IN_BANK - 9);
	build_release(&c.built);
}

/* Ten single questions, two of them seen, and a case of three, one of them seen: as the
 * whole case counts as seen, two is less than three, and the case stays out. */
static void a_case_was_seen_when_one_of_its_questions_was(void **state)
{
	struct chance c;
	struct history history = { NULL, { 0 } };

	(void)state;
	begin(&c, IN_FORM, 0);
	add(&c, 0, 10, NULL);
	add(&c, 10, 13, "case");
	c.bank = build_bank(&c.built);
	history.tier[8] = history.tier[9] = history.tier[12] = 1;
	for (unsigned n = 0; n < 300; n++) {
		struct arena arena = ARENA_INIT;
		struct form form = draw_after(&c, &history, n, &arena);

		for (size_t i = 0; i < form.count; i++)
			assert_null(form.items[i].question->in_case);
		arena_release(&arena);
	}
	build_release(&c.built);
}

static const struct CMUnitTest tests[] = {
	TEST(every_question_has_the_same_chance),
	TEST(every_two_questions_meet_as_often),
	TEST(an_option_stands_anywhere_and_in_any_order),
	TEST(the_next_seed_gives_quite_another_form),
	TEST(a_case_has_about_the_chance_of_a_question),
	TEST(three_forms_of_ten_share_nothing_in_a_bank_of_thirty),
	TEST(the_longest_unseen_come_first_and_the_rest_by_lot),
	TEST(a_case_was_seen_when_one_of_its_questions_was),
};

TEST_MAIN(tests)
