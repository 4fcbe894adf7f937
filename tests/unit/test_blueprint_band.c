#include "bank_builder.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "test.h"

/*
 * The difficulty band of a blueprint, and a form of another length than the exam's: what
 * both do to a form of two domains with two tasks each.
 */
static struct arena arena;
static struct builder built;
static struct bank *bank;

static const char blueprint_text[] =
	"{\"format\":\"proctor-blueprint/"
	"1\",\"id\":\"x\",\"exam\":\"x\",\"title\":\"X\",\n"
	"\"minutes\":130,\"scored\":20,\"unscored\":10,\n"
	"\"scale\":{\"min\":100,\"max\":1000,\"pass\":720},\n"
	"\"types\":[\"multiple-choice\",\"multiple-response\"],\n"
	"\"mix\":{\"multiple-response\":[6,12]},\n"
	"%s\"domains\":[\n"
	"{\"id\":\"1\",\"title\":\"A\",\"weight\":60,\"tasks\":[{\"id\":\"1.1\","
	"\"title\":\"T\"},{\"id\":\"1.2\",\"title\":\"T\"}]},\n"
	"{\"id\":\"2\",\"title\":\"B\",\"weight\":40,\"tasks\":[{\"id\":\"2.1\","
	"\"title\":\"T\"},{\"id\":\"2.2\",\"title\":\"T\"}]}]}";

static bool read_with(const char *field, struct blueprint *blueprint, struct err *err)
{
	char *text = arena_printf(&arena, blueprint_text, field);

	return blueprint_read("own.json", text, strlen(text), &arena, blueprint, err);
}

static struct blueprint read_ok(const char *field)
{
	struct err err = ERR_INIT;
	struct blueprint blueprint;

	EXPECT_OK(read_with(field, &blueprint, &err), err);
	return blueprint;
}

static int set_up(void **state)
{
	static const char *const tasks[] = { "1.1", "1.2", "2.1", "2.2" };

	(void)state;
	crypto_start();
	for (unsigned i = 0; i < 160; i++) {
		char id[16];

		snprintf(id, sizeof(id), "q%03u", i);
		build_question(&built, id, tasks[i % 4],
			       i % 3 ? MULTIPLE_CHOICE : MULTIPLE_RESPONSE, NULL, NULL)
			->difficulty = (enum question_difficulty)(i / 4 % 5 % 3);
	}
	bank = build_bank(&built);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	build_release(&built);
	arena_release(&arena);
	return 0;
}

static bool draw_seed(const struct blueprint *blueprint, unsigned number, int64_t length,
		      struct arena *into, struct form *form, struct err *err)
{
	struct draw draw = { .seed = arena_printf(into, "%u", number), .length = length };

	return blueprint_draw(blueprint, bank, &draw, into, form, err);
}

static int sum_of(const struct form *form)
{
	int sum = 0;

	for (size_t i = 0; i < form->count; i++)
		sum += 1 + (int)form->items[i].question->difficulty;
	return sum;
}

static unsigned count_in(const struct form *form, unsigned domain)
{
	unsigned count = 0;

	for (size_t i = 0; i < form->count; i++)
		count += form->items[i].domain == domain;
	return count;
}

/* ---- Reading ---- */

static void a_band_is_read_in_thousandths(void **state)
{
	(void)state;
	assert_int_equal(read_ok("").difficulty.most, 0);
	assert_int_equal(read_ok("\"difficulty\":[1.8,2.225],").difficulty.least, 1800);
	assert_int_equal(read_ok("\"difficulty\":[1.8,2.225],").difficulty.most, 2225);
	assert_int_equal(read_ok("\"difficulty\":[1,3],").difficulty.most, 3000);
	assert_int_equal(read_ok("\"difficulty\":[2e0,2.1],").difficulty.least, 2000);
}

static void a_band_that_is_none_is_refused_with_its_place(void **state)
{
	static const struct bad {
		const char *field, *message;
	} bad[] = {
		{ "\"difficulty\":[2.2,1.8],", "own.json:6:14: difficulty: not a least" },
		{ "\"difficulty\":[0.9,2],", "own.json:6:14: difficulty: not a least" },
		{ "\"difficulty\":[1,3.001],", "own.json:6:14: difficulty: not a least" },
		{ "\"difficulty\":[1.8],", "own.json:6:14: difficulty" },
		{ "\"difficulty\":\"hard\",", "own.json:6:14: difficulty" },
		{ "\"difficulty\":[\"easy\",\"hard\"],", "not two numbers" },
		{ "\"difficulty\":[1.81234,2],", "of at most three decimals" },
		{ "\"difficulty\":[1e300,2],", "not two numbers" },
		{ "\"difficulty\":[2.01,2.02],", "no mean of 30 questions lies between" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct blueprint blueprint;
		struct err err;

		EXPECT_ERR(read_with(bad[i].field, &blueprint, &err), err, ERR_INPUT,
			   bad[i].message);
	}
}

/* ---- Drawing ---- */

static void every_form_keeps_its_band_however_narrow(void **state)
{
	static const struct band {
		const char *field;
		int least, most;
	} bands[] = {
		{ "\"difficulty\":[1.9,2.1],", 57, 63 },
		{ "\"difficulty\":[1.5,1.5],", 45, 45 },
		{ "\"difficulty\":[2.4,2.45],", 72, 73 },
		{ "\"difficulty\":[1,1.3],", 30, 39 },
	};

	(void)state;
	for (size_t b = 0; b < sizeof(bands) / sizeof(bands[0]); b++) {
		struct blueprint blueprint = read_ok(bands[b].field);

		for (unsigned n = 0; n < 250; n++) {
			struct arena local = ARENA_INIT;
			struct err err = ERR_INIT;
			struct form form;

			EXPECT_OK(draw_seed(&blueprint, n, 0, &local, &form, &err), err);
			assert_in_range(sum_of(&form), bands[b].least, bands[b].most);
			assert_true(form.proven);
			assert_int_equal(form.count, 30);
			assert_int_equal(count_in(&form, 0), 18);
			arena_release(&local);
		}
	}
}

/* It only shuts out what lies outside: a form that kept the band is drawn as before. */
static void a_band_changes_no_form_that_keeps_it(void **state)
{
	struct blueprint plain = read_ok(""), band = read_ok("\"difficulty\":[1.7,1.9],");
	unsigned kept = 0;

	(void)state;
	for (unsigned n = 0; n < 250; n++) {
		struct arena local = ARENA_INIT;
		struct err err = ERR_INIT;
		struct form a, b;
		bool same = true;

		EXPECT_OK(draw_seed(&plain, n, 0, &local, &a, &err), err);
		EXPECT_OK(draw_seed(&band, n, 0, &local, &b, &err), err);
		for (size_t i = 0; i < a.count; i++)
			same &= a.items[i].question == b.items[i].question;
		assert_int_equal(same, sum_of(&a) >= 51 && sum_of(&a) <= 57);
		kept += same;
		arena_release(&local);
	}
	assert_in_range(kept, 20, 230);
}

static void a_band_that_no_form_keeps_is_explained_and_mended(void **state)
{
	struct blueprint blueprint = read_ok("\"difficulty\":[2.95,3],");
	struct arena local = ARENA_INIT;
	struct form form;
	struct err err;

	(void)state;
	EXPECT_ERR(draw_seed(&blueprint, 1, 0, &local, &form, &err), err, ERR_INPUT,
		   "the mean difficulty is to be from 2.95 to 3, and the easiest form "
		   "has 1, the hardest 2.93; write ");
	assert_non_null(strstr(err.text, "more active hard multiple-choice question"));
	arena_release(&local);
}

/* ---- Another length ---- */

static void any_length_has_seats_by_webster_and_the_mix_in_proportion(void **state)
{
	static const int64_t weights[] = { 60, 40 };
	struct blueprint blueprint = read_ok("\"difficulty\":[1.5,2.5],");

	(void)state;
	for (int64_t n = 1; n <= 60; n++) {
		struct arena local = ARENA_INIT;
		struct err err = ERR_INIT;
		int64_t seats[2], responses = 0;
		struct form form;

		blueprint_webster(weights, 2, n, seats);
		EXPECT_OK(draw_seed(&blueprint, (unsigned)n, n, &local, &form, &err),
			  err);
		assert_int_equal(form.count, n);
		for (unsigned d = 0; d < 2; d++)
			assert_int_equal(count_in(&form, d), seats[d]);
		for (size_t i = 0; i < form.count; i++) {
			assert_true(form.items[i].scored);
			responses += form.items[i].question->type == MULTIPLE_RESPONSE;
		}
		assert_in_range(responses, 6 * n / 30, (12 * n + 29) / 30);
		assert_in_range(2 * sum_of(&form), 3 * n, 5 * n);
		arena_release(&local);
	}
}

static void a_length_that_the_band_does_not_allow_is_said(void **state)
{
	struct blueprint blueprint = read_ok("\"difficulty\":[1.9,1.9],");
	struct arena local = ARENA_INIT;
	struct form form;
	struct err err;

	(void)state;
	EXPECT_ERR(draw_seed(&blueprint, 1, 7, &local, &form, &err), err, ERR_INPUT,
		   "no mean of 7 questions is from 1.9 to 1.9");
	arena_release(&local);
}

static const struct CMUnitTest tests[] = {
	TEST(a_band_is_read_in_thousandths),
	TEST(a_band_that_is_none_is_refused_with_its_place),
	TEST(every_form_keeps_its_band_however_narrow),
	TEST(a_band_changes_no_form_that_keeps_it),
	TEST(a_band_that_no_form_keeps_is_explained_and_mended),
	TEST(any_length_has_seats_by_webster_and_the_mix_in_proportion),
	TEST(a_length_that_the_band_does_not_allow_is_said),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
