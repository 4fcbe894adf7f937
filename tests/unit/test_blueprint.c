#include "proctor/blueprint.h"

#include "../../src/blueprint/priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/file.h"
#include "test.h"

/* ---- Seats by weight ---- */

#define DOMAINS 6

struct vector {
	int64_t weights[DOMAINS];
	int64_t seats;
	int64_t given[DOMAINS];
};

static void expect_given(const struct vector *v, const int64_t *given)
{
	for (size_t i = 0; i < DOMAINS; i++)
		assert_int_equal(given[i], v->given[i]);
}

static void both_ways_give_the_known_seats(void **state)
{
	static const struct vector vectors[] = {
		{ { 27, 18, 20, 20, 15 }, 65, { 17, 12, 13, 13, 10 } },
		{ { 30, 26, 24, 20 }, 65, { 19, 17, 16, 13 } },
		{ { 24, 30, 34, 12 }, 65, { 16, 19, 22, 8 } },
		{ { 26, 22, 18, 22, 12 }, 65, { 17, 14, 12, 14, 8 } },
		{ { 12, 18, 24, 13, 14, 19 }, 65, { 8, 12, 16, 8, 9, 12 } },
		{ { 28, 26, 22, 24 }, 50, { 14, 13, 11, 12 } },
		{ { 28, 26, 22, 24 }, 65, { 18, 17, 14, 16 } },
		{ { 28, 24, 24, 24 }, 50, { 14, 12, 12, 12 } },
		{ { 20, 24, 36, 20 }, 65, { 13, 16, 23, 13 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		int64_t given[DOMAINS];

		blueprint_hamilton(vectors[i].weights, DOMAINS, vectors[i].seats, given);
		expect_given(&vectors[i], given);
		blueprint_webster(vectors[i].weights, DOMAINS, vectors[i].seats, given);
		expect_given(&vectors[i], given);
	}
}

/* Quotas 22.75, 20.15, 17.55 and 4.55: Webster counts in proportion, 5 / 4.55 is near. */
static void the_two_ways_differ_where_they_must(void **state)
{
	static const struct vector hamilton = { { 35, 31, 27, 7 },
						65,
						{ 23, 20, 18, 4 } };
	static const struct vector webster = { { 35, 31, 27, 7 }, 65, { 23, 20, 17, 5 } };
	int64_t given[DOMAINS];

	(void)state;
	blueprint_hamilton(hamilton.weights, DOMAINS, 65, given);
	expect_given(&hamilton, given);
	blueprint_webster(webster.weights, DOMAINS, 65, given);
	expect_given(&webster, given);
}

static void ties_go_to_the_larger_weight_then_the_first(void **state)
{
	static const int64_t equal[] = { 1, 1, 1, 1 }, halves[] = { 1, 3 };
	int64_t given[4];

	(void)state;
	blueprint_hamilton(equal, 4, 2, given);
	assert_true(given[0] == 1 && given[1] == 1 && given[2] == 0 && given[3] == 0);
	blueprint_webster(equal, 4, 6, given);
	assert_true(given[0] == 2 && given[1] == 2 && given[2] == 1 && given[3] == 1);
	blueprint_hamilton(halves, 2, 2, given); /* 0.5 and 1.5 */
	assert_true(given[0] == 0 && given[1] == 2);
	blueprint_webster(halves, 2, 2, given);
	assert_true(given[0] == 0 && given[1] == 2);
}

static void nothing_to_give_gives_nothing(void **state)
{
	static const int64_t weights[] = { 28, 26 };
	int64_t given[2] = { 7, 7 };

	(void)state;
	blueprint_hamilton(weights, 2, 0, given);
	assert_true(given[0] == 0 && given[1] == 0);
	given[0] = 7;
	blueprint_webster(weights, 2, 0, given);
	assert_true(given[0] == 0 && given[1] == 0);
}

/* Does anyone lose a seat when one is added? */
static bool takes_a_seat_away(void (*apportion)(const int64_t *, size_t, int64_t,
						int64_t *),
			      const int64_t *weights, size_t count)
{
	int64_t before[DOMAINS] = { 0 }, after[DOMAINS];

	for (int64_t seats = 1; seats <= 200; seats++) {
		int64_t sum = 0;

		apportion(weights, count, seats, after);
		for (size_t i = 0; i < count; i++) {
			if (after[i] < before[i])
				return true;
			before[i] = after[i];
			sum += after[i];
		}
		assert_int_equal(sum, seats);
	}
	return false;
}

static void only_hamilton_has_the_alabama_paradox(void **state)
{
	static const int64_t weights[] = { 6, 6, 2 };
	int64_t given[3];

	(void)state;
	blueprint_hamilton(weights, 3, 10, given);
	assert_true(given[0] == 4 && given[1] == 4 && given[2] == 2);
	blueprint_hamilton(weights, 3, 11, given);
	assert_true(given[0] == 5 && given[1] == 5 && given[2] == 1);
	assert_true(takes_a_seat_away(blueprint_hamilton, weights, 3));
	assert_false(takes_a_seat_away(blueprint_webster, weights, 3));
	for (int64_t a = 1; a <= 40; a++) {
		const int64_t more[] = { a, 41 - a, 7 + 3 * a, 29 };

		assert_false(takes_a_seat_away(blueprint_webster, more, 4));
	}
}

static void hamilton_keeps_to_the_quota_rounded_down_or_up(void **state)
{
	(void)state;
	for (int64_t a = 1; a <= 60; a++) {
		const int64_t weights[] = { a, 61 - a, 17, 2 * a + 1 };
		int64_t sum = a + 61 - a + 17 + 2 * a + 1, given[4], all = 0;

		blueprint_hamilton(weights, 4, 65, given);
		for (size_t i = 0; i < 4; i++) {
			assert_in_range(given[i], 65 * weights[i] / sum,
					(65 * weights[i] + sum - 1) / sum);
			all += given[i];
		}
		assert_int_equal(all, 65);
	}
}

/* ---- Systematic sampling ---- */

#define RUNS 20000

/* 3.2, 1.7, 0.6, 2.5, 4 and 1 */
static const int64_t quotas[] = { 32, 17, 6, 25, 40, 10 };

static void sample(unsigned run, int64_t given[6])
{
	char text[32];
	struct seed seed;
	struct crypto_stream stream;

	snprintf(text, sizeof(text), "run %u", run);
	seed = crypto_seed(text);
	crypto_stream_init(&stream, &seed, "tasks");
	quota_sample(&stream, quotas, 6, 10, given);
}

static void every_quota_is_rounded_down_or_up_and_the_sum_is_kept(void **state)
{
	int64_t given[6];

	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		int64_t sum = 0;

		sample(run, given);
		for (size_t i = 0; i < 6; i++) {
			assert_in_range(given[i], quotas[i] / 10, (quotas[i] + 9) / 10);
			sum += given[i];
		}
		assert_int_equal(sum, 13);
	}
}

/* A count is 0 or 1 above the floor, so its mean has an error of at most 0.5 /
 * sqrt(runs); five of those are allowed. */
static void on_the_average_every_quota_is_met(void **state)
{
	int64_t sums[6] = { 0 }, given[6];

	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		sample(run, given);
		for (size_t i = 0; i < 6; i++)
			sums[i] += given[i];
	}
	for (size_t i = 0; i < 6; i++)
		EXPECT_NEAR((double)sums[i] / RUNS, (double)quotas[i] / 10, 0.0177);
}

static void any_two_tasks_are_sometimes_rounded_up_together(void **state)
{
	static const size_t fractions[] = { 0, 1, 2, 3 };
	unsigned together[4][4] = { { 0 } };
	int64_t given[6];

	(void)state;
	for (unsigned run = 0; run < RUNS; run++) {
		sample(run, given);
		for (size_t a = 0; a < 4; a++)
			for (size_t b = 0; b < 4; b++)
				together[a][b] += given[fractions[a]] > quotas[a] / 10 &&
						  given[fractions[b]] > quotas[b] / 10;
	}
	for (size_t a = 0; a < 4; a++)
		for (size_t b = 0; b < 4; b++)
			assert_true(together[a][b] > 100);
}

/* ---- The bank's own blueprints, and choosing one ---- */

#define FOLDER "question_banks/aws-mle/blueprints/"

static struct blueprint read_shipped(const char *path, struct arena *arena)
{
	struct buf text = BUF_INIT;
	struct blueprint blueprint;
	struct err err = ERR_INIT;

	EXPECT_OK(file_read(path, 1 << 20, &text, &err), err);
	EXPECT_OK(blueprint_read(path, text.data, text.len, arena, &blueprint, &err),
		  err);
	assert_memory_equal(blueprint.text, text.data, text.len);
	assert_int_equal(blueprint.text_len, text.len);
	buf_release(&text);
	return blueprint;
}

static void the_shipped_blueprints_say_what_the_exams_are(void **state)
{
	static const struct shipped {
		const char *path, *id, *exam;
		int64_t minutes, scored, unscored, weights[4];
		bool ordering;
		struct blueprint_bounds response;
	} shipped[] = {
		{ FOLDER "mla-c01.json",
		  "mla-c01",
		  "mla-c01",
		  130,
		  50,
		  15,
		  { 28, 26, 22, 24 },
		  true,
		  { 8, 20 } },
		{ FOLDER "mla-c02.json",
		  "mla-c02",
		  "mla-c02",
		  130,
		  50,
		  15,
		  { 28, 24, 24, 24 },
		  false,
		  { 8, 24 } },
		{ FOLDER "mla-c02-beta.json",
		  "mla-c02-beta",
		  "mla-c02",
		  170,
		  85,
		  0,
		  { 28, 24, 24, 24 },
		  false,
		  { 10, 32 } },
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct shipped *s = &shipped[i];
		struct blueprint b = read_shipped(s->path, &arena);

		EXPECT_TEXT(b.id, s->id);
		EXPECT_TEXT(b.exam, s->exam);
		EXPECT_TEXT(b.vendor, "AWS");
		assert_int_equal(b.minutes, s->minutes);
		assert_int_equal(b.scored, s->scored);
		assert_int_equal(b.unscored, s->unscored);
		assert_true(b.scale_min == 100 && b.scale_max == 1000);
		assert_int_equal(b.scale_pass, 720);
		assert_int_equal(b.domain_count, 4);
		for (size_t d = 0; d < 4; d++) {
			assert_int_equal(b.domains[d].weight, s->weights[d]);
			assert_int_equal(b.domains[d].task_count, 3);
		}
		assert_int_equal(b.types[ORDERING], s->ordering);
		assert_int_equal(b.types[MATCHING], s->ordering);
		assert_int_equal(b.mix[ORDERING].most, s->ordering ? 4 : 0);
		assert_int_equal(b.mix[MULTIPLE_RESPONSE].least, s->response.least);
		assert_int_equal(b.mix[MULTIPLE_RESPONSE].most, s->response.most);
		assert_int_equal(b.accommodation_count, 1);
		assert_int_equal(b.accommodations[0].extra_minutes, 30);
	}
	arena_release(&arena);
}

static const char one[] =
	"{\"format\":\"proctor-blueprint/"
	"1\",\"id\":\"one\",\"exam\":\"x\",\"title\":\"One\","
	"\"minutes\":10,\"scored\":4,\"unscored\":0,\"types\":[\"matching\"],"
	"\"scale\":{\"min\":0,\"max\":10,\"pass\":7},\"domains\":[{\"id\":\"1\","
	"\"title\":\"D\",\"weight\":1,\"tasks\":[{\"id\":\"1.1\",\"title\":\"T\"}]}]}";

static void the_blueprint_meant_is_found(void **state)
{
	struct arena arena = ARENA_INIT;
	char *two = arena_text(&arena, one);
	struct bank_blueprint rows[] = { { "one.json", one, strlen(one) },
					 { "two.json", two, strlen(one) } };
	struct bank bank = { .id = "b", .blueprints = rows, .blueprint_count = 2 };
	struct blueprint found;
	struct err err = ERR_INIT;

	(void)state;
	memcpy(strstr(two, "\"one\""), "\"two\"", 5);
	EXPECT_OK(blueprint_find(&bank, "two", &arena, &found, &err), err);
	EXPECT_TEXT(found.id, "two");
	EXPECT_TEXT(found.vendor, "");
	EXPECT_ERR(blueprint_find(&bank, NULL, &arena, &found, &err), err, ERR_USAGE,
		   "bank b has no default blueprint; name one of one, two");
	EXPECT_ERR(blueprint_find(&bank, "tow", &arena, &found, &err), err, ERR_USAGE,
		   "no blueprint \"tow\" in bank b; it has one, two");
	bank.default_blueprint = "two";
	EXPECT_OK(blueprint_find(&bank, NULL, &arena, &found, &err), err);
	EXPECT_TEXT(found.id, "two");
	bank.default_blueprint = "three";
	EXPECT_ERR(blueprint_find(&bank, NULL, &arena, &found, &err), err, ERR_INPUT,
		   "no blueprint \"three\" in bank b; it has one, two");
	bank.default_blueprint = NULL;
	bank.blueprint_count = 1;
	EXPECT_OK(blueprint_find(&bank, NULL, &arena, &found, &err), err);
	EXPECT_TEXT(found.id, "one");
	bank.blueprint_count = 0;
	EXPECT_ERR(blueprint_find(&bank, NULL, &arena, &found, &err), err, ERR_USAGE,
		   "name one of none");
	arena_release(&arena);
}

static const struct CMUnitTest tests[] = {
	TEST(both_ways_give_the_known_seats),
	TEST(the_two_ways_differ_where_they_must),
	TEST(ties_go_to_the_larger_weight_then_the_first),
	TEST(nothing_to_give_gives_nothing),
	TEST(only_hamilton_has_the_alabama_paradox),
	TEST(hamilton_keeps_to_the_quota_rounded_down_or_up),
	TEST(every_quota_is_rounded_down_or_up_and_the_sum_is_kept),
	TEST(on_the_average_every_quota_is_met),
	TEST(any_two_tasks_are_sometimes_rounded_up_together),
	TEST(the_shipped_blueprints_say_what_the_exams_are),
	TEST(the_blueprint_meant_is_found),
};

TEST_MAIN(tests)
