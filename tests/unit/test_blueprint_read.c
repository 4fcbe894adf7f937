#include "proctor/arena.h"
#include "proctor/blueprint.h"
#include "test.h"

/* A whole blueprint, every line of it ready to be broken. */
static const char whole[] =
	"{ \"format\": \"proctor-blueprint/1\",\n"
	"\"id\": \"half\", \"exam\": \"x\",\n"
	"\"title\": \"Half\", \"vendor\": \"V\", \"status\": \"S\",\n"
	"\"minutes\": 65, \"scored\": 20, \"unscored\": 5,\n"
	"\"scale\": {\"min\": 100, \"max\": 1000, \"pass\": 720},\n"
	"\"types\": [\"multiple-choice\", \"ordering\"],\n"
	"\"accommodations\": [{\"id\": \"esl\", \"title\": \"E\", \"extra_minutes\": "
	"30},\n"
	" {\"id\": \"more\", \"title\": \"M\", \"extra_minutes\": 60}],\n"
	"\"mix\": {\"ordering\": [2, 6]},\n"
	"\"domains\": [\n"
	"{\"id\": \"1\", \"title\": \"One\", \"weight\": 60, \"tasks\": [\n"
	"{\"id\": \"1.1\", \"title\": \"A\"},\n"
	"{\"id\": \"1.2\", \"title\": \"B\"}]},\n"
	"{\"id\": \"2\", \"title\": \"Two\", \"weight\": 40, \"tasks\": [\n"
	"{\"id\": \"2.1\", \"title\": \"C\"}]}]}\n";

static struct arena arena;

static int release(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static void every_field_is_read(void **state)
{
	struct blueprint b;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(blueprint_read("half.json", whole, strlen(whole), &arena, &b, &err),
		  err);
	EXPECT_TEXT(b.id, "half");
	EXPECT_TEXT(b.exam, "x");
	EXPECT_TEXT(b.title, "Half");
	EXPECT_TEXT(b.vendor, "V");
	EXPECT_TEXT(b.status, "S");
	assert_true(b.minutes == 65 && b.scored == 20 && b.unscored == 5);
	assert_true(b.scale_min == 100 && b.scale_max == 1000 && b.scale_pass == 720);
	assert_true(b.types[MULTIPLE_CHOICE] && b.types[ORDERING]);
	assert_false(b.types[MULTIPLE_RESPONSE] || b.types[MATCHING]);
	assert_true(b.mix[ORDERING].least == 2 && b.mix[ORDERING].most == 6);
	assert_true(b.mix[MULTIPLE_CHOICE].least == 0 &&
		    b.mix[MULTIPLE_CHOICE].most == 25);
	assert_true(b.mix[MATCHING].least == 0 && b.mix[MATCHING].most == 0);
	assert_int_equal(b.accommodation_count, 2);
	EXPECT_TEXT(b.accommodations[1].id, "more");
	EXPECT_TEXT(b.accommodations[1].title, "M");
	assert_int_equal(b.accommodations[1].extra_minutes, 60);
	assert_int_equal(b.domain_count, 2);
	EXPECT_TEXT(b.domains[0].title, "One");
	assert_int_equal(b.domains[0].weight, 60);
	assert_int_equal(b.domains[0].task_count, 2);
	EXPECT_TEXT(b.domains[0].tasks[1].id, "1.2");
	EXPECT_TEXT(b.domains[0].tasks[1].title, "B");
	EXPECT_TEXT(b.domains[1].tasks[0].id, "2.1");
	EXPECT_TEXT(b.text, whole);
}

/* The whole blueprint with the first `from` in it replaced. */
static char *replaced(const char *from, const char *to)
{
	const char *at = strstr(whole, from);

	assert_non_null(at);
	return arena_printf(&arena, "%.*s%s%s", (int)(at - whole), whole, to,
			    at + strlen(from));
}

static void what_is_malformed_is_refused_with_its_place(void **state)
{
	static const struct malformed {
		const char *from, *to, *message;
	} rows[] = {
		{ "proctor-blueprint/1", "proctor-blueprint/2",
		  "half.json:1:13: format: " },
		{ "\"half\"", "\"Half\"",
		  "half.json:2:7: id: \"Half\" is not of lower-case" },
		{ "\"half\"", "\"-half\"", "half.json:2:7: id: " },
		{ "\"half\"", "\"\"", "half.json:2:7: id: " },
		{ "\"exam\": \"x\"", "\"exam\": \"x:1\"",
		  "half.json:2:23: exam: \"x:1\"" },
		{ "\"exam\": \"x\",", "", "half.json:1:1: " },
		{ "\"vendor\"", "\"vender\"", "half.json:3:28: vender: " },
		{ "65", "0", "half.json:4:12: minutes: " },
		{ "65", "1441", "half.json:4:12: minutes: " },
		{ "65", "65.5", "half.json:4:12: minutes: " },
		{ "\"scored\": 20", "\"scored\": 0", "half.json:4:26: scored: " },
		{ "\"scored\": 20", "\"scored\": 501", "half.json:4:26: scored: " },
		{ "\"unscored\": 5", "\"unscored\": -1", "half.json:4:42: unscored: " },
		{ "\"unscored\": 5", "\"unscored\": 501", "half.json:4:42: unscored: " },
		{ "720", "100", "half.json:5:44: scale.pass: the pass mark is not" },
		{ "720", "1001", "half.json:5:44: scale.pass: the pass mark is not" },
		{ "\"pass\": 720", "\"mark\": 720", "half.json:5:44: scale.mark: " },
		{ ", \"pass\": 720", "", "half.json:5:10: scale: " },
		{ "[\"multiple-choice\", \"ordering\"]", "[]",
		  "half.json:6:10: types: " },
		{ "\"ordering\"]", "\"sorting\"]",
		  "half.json:6:30: types[1]: not a type of question" },
		{ "\"ordering\"]", "7]",
		  "half.json:6:30: types[1]: not a type of question" },
		{ "\"ordering\"]", "\"multiple-choice\"]",
		  "half.json:6:30: types[1]: named twice" },
		{ "\"esl\"", "\"more\"",
		  "half.json:8:9: accommodations[1].id: \"more\" is there twice" },
		{ "\"esl\"", "\"e s l\"", "half.json:7:27: accommodations[0].id: " },
		{ "30}", "0}", "half.json:7:65: accommodations[0].extra_minutes: " },
		{ "\"ordering\": [2", "\"matching\": [2",
		  "half.json:9:21: mix.matching: not one of the blueprint's types" },
		{ "\"ordering\": [2", "\"sorting\": [2",
		  "half.json:9:20: mix.sorting: " },
		{ "[2, 6]", "[2]", "half.json:9:21: mix.ordering: " },
		{ "[2, 6]", "[2, 6, 7]", "half.json:9:21: mix.ordering: " },
		{ "[2, 6]", "[2, \"6\"]",
		  "half.json:9:21: mix.ordering: not two whole numbers" },
		{ "[2, 6]", "[2, 6.5]",
		  "half.json:9:21: mix.ordering: not two whole numbers" },
		{ "[2, 6]", "[7, 6]",
		  "half.json:9:21: mix.ordering: not a least and a most from 0 to 25" },
		{ "[2, 6]", "[-1, 6]",
		  "half.json:9:21: mix.ordering: not a least and a most from 0 to 25" },
		{ "[2, 6]", "[2, 26]",
		  "half.json:9:21: mix.ordering: not a least and a most from 0 to 25" },
		{ "[2, 6]", "[20, 25], \"multiple-choice\": [6, 9]",
		  "half.json:9:8: mix: at least 26 questions in a form of 25" },
		{ "[2, 6]", "[2, 6], \"multiple-choice\": [6, 18]",
		  "half.json:9:8: mix: at most 24 questions in a form of 25" },
		{ "{\"id\": \"1\"", "{\"id\": \"0\"",
		  "half.json:11:8: domains[0].id: \"0\" is not a number from 1 to 999" },
		{ "{\"id\": \"1\"", "{\"id\": \"A\"",
		  "half.json:11:8: domains[0].id: \"A\" is not a number from 1 to 999" },
		{ "{\"id\": \"1\"", "{\"id\": \"2\"",
		  "half.json:12:8: domains[0].tasks[0].id: \"1.1\" is not a task of "
		  "domain 2" },
		{ "{\"id\": \"2\"", "{\"id\": \"1\"",
		  "half.json:14:8: domains[1].id: domain 1 is there twice" },
		{ "60,", "0,", "half.json:11:39: domains[0].weight: " },
		{ "60,", "10001,", "half.json:11:39: domains[0].weight: " },
		{ "\"1.1\"", "\"1.2\"",
		  "half.json:13:8: domains[0].tasks[1].id: task 1.2 is there twice" },
		{ "\"1.1\"", "\"1.01\"", "half.json:12:8: domains[0].tasks[0].id: " },
		{ "\"1.1\"", "\"1\"", "half.json:12:8: domains[0].tasks[0].id: " },
		{ "\"1.1\"", "\"1.\"", "half.json:12:8: domains[0].tasks[0].id: " },
		{ "\"1.1\"", "\"11.1\"", "half.json:12:8: domains[0].tasks[0].id: " },
		{ "\"1.1\"", "\"1.1.1\"", "half.json:12:8: domains[0].tasks[0].id: " },
		{ "{\"id\": \"2.1\", \"title\": \"C\"}", "",
		  "half.json:14:52: domains[1].tasks: " },
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = replaced(rows[i].from, rows[i].to);
		struct blueprint b = { .id = "untouched" };

		EXPECT_ERR(
			blueprint_read("half.json", text, strlen(text), &arena, &b, &err),
			err, ERR_INPUT, rows[i].message);
		EXPECT_TEXT(b.id, "untouched");
	}
}

static void what_stands_at_a_limit_is_read(void **state)
{
	static const char *const rows[][2] = {
		{ "65", "1" },
		{ "65", "1440" },
		{ "\"scored\": 20", "\"scored\": 500" },
		{ "\"unscored\": 5", "\"unscored\": 0" },
		{ "\"unscored\": 5", "\"unscored\": 500" },
		{ "720", "101" },
		{ "720", "1000" },
		{ "60,", "1," },
		{ "60,", "10000," },
		{ "[2, 6]", "[0, 25]" },
		{ "[2, 6]", "[6, 6]" },
		{ "[2, 6]", "[2, 6], \"multiple-choice\": [6, 19]" },
		{ "\"vendor\": \"V\", \"status\": \"S\",", "" },
		{ "\"mix\": {\"ordering\": [2, 6]},", "" },
	};
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = replaced(rows[i][0], rows[i][1]);
		struct blueprint b;

		EXPECT_OK(
			blueprint_read("half.json", text, strlen(text), &arena, &b, &err),
			err);
	}
}

/* A list of `count` things like "<before>N<after>". */
static char *list(unsigned count, const char *before, const char *after)
{
	char *text = arena_text(&arena, "");

	for (unsigned i = 1; i <= count; i++)
		text = arena_printf(&arena, "%s%s%s%u%s", text, i > 1 ? "," : "", before,
				    i, after);
	return text;
}

static bool reads(const char *from, const char *to)
{
	const char *text = replaced(from, to);
	struct blueprint b;
	struct err err = ERR_INIT;

	return blueprint_read("half.json", text, strlen(text), &arena, &b, &err);
}

static void there_are_at_most_so_many_domains_and_tasks(void **state)
{
	const char *task = "{\"id\": \"2.1\", \"title\": \"C\"}";
	const char *domains = "\"domains\": [\n";
	unsigned most = BLUEPRINT_DOMAINS_MAX;

	(void)state;
	assert_true(reads(
		task, list(BLUEPRINT_TASKS_MAX, "{\"id\":\"2.", "\",\"title\":\"T\"}")));
	assert_false(reads(task, list(BLUEPRINT_TASKS_MAX + 1, "{\"id\":\"2.",
				      "\",\"title\":\"T\"}")));
	for (; most <= BLUEPRINT_DOMAINS_MAX + 1; most++) {
		char *more = arena_text(&arena, domains);

		for (unsigned d = 3; d <= most; d++)
			more = arena_printf(
				&arena,
				"%s{\"id\":\"%u\",\"title\":\"D\",\"weight\":1,"
				"\"tasks\":[{\"id\":\"%u.1\",\"title\":\"T\"}]},",
				more, d, d);
		assert_int_equal(reads(domains, more), most <= BLUEPRINT_DOMAINS_MAX);
	}
}

static void a_blueprint_cut_anywhere_is_refused(void **state)
{
	size_t len = strlen(whole);
	struct blueprint b;
	struct err err;

	(void)state;
	for (size_t cut = 0; cut + 1 < len; cut++) {
		char *text = malloc(cut ? cut : 1);

		memcpy(text, whole, cut);
		EXPECT_ERR(blueprint_read("half.json", text, cut, &arena, &b, &err), err,
			   ERR_INPUT, "half.json:");
		free(text);
	}
}

static void expect_sane(const struct blueprint *b)
{
	assert_in_range(b->minutes, 1, 1440);
	assert_in_range(b->scored, 1, 500);
	assert_in_range(b->unscored, 0, 500);
	assert_true(b->scale_min < b->scale_pass && b->scale_pass <= b->scale_max);
	assert_in_range(b->domain_count, 1, BLUEPRINT_DOMAINS_MAX);
	for (size_t d = 0; d < b->domain_count; d++) {
		assert_in_range(b->domains[d].weight, 1, 10000);
		assert_in_range(b->domains[d].task_count, 1, BLUEPRINT_TASKS_MAX);
	}
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		assert_true(b->mix[y].least <= b->mix[y].most &&
			    (b->types[y] || b->mix[y].most == 0));
}

static void a_changed_byte_gives_a_sane_blueprint_or_none(void **state)
{
	static const char bytes[] = "\"0917,:[]{}a \\\n\x80";
	size_t len = strlen(whole);
	char *text = malloc(len);
	unsigned refused = 0;

	(void)state;
	for (size_t at = 0; at < len; at++)
		for (size_t i = 0; i < sizeof(bytes); i++) {
			struct arena scratch = ARENA_INIT;
			struct blueprint b;
			struct err err = ERR_INIT;

			memcpy(text, whole, len);
			text[at] = bytes[i];
			if (blueprint_read("half.json", text, len, &scratch, &b, &err))
				expect_sane(&b);
			else
				refused++;
			arena_release(&scratch);
		}
	assert_true(refused > len);
	free(text);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(every_field_is_read, release),
	cmocka_unit_test_teardown(what_is_malformed_is_refused_with_its_place, release),
	cmocka_unit_test_teardown(what_stands_at_a_limit_is_read, release),
	cmocka_unit_test_teardown(there_are_at_most_so_many_domains_and_tasks, release),
	cmocka_unit_test_teardown(a_blueprint_cut_anywhere_is_refused, release),
	TEST(a_changed_byte_gives_a_sane_blueprint_or_none),
};

TEST_MAIN(tests)
