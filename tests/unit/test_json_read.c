#include "proctor/json.h"

#include "json_help.h"

enum status { ACTIVE, DRAFT, RETIRED };

static const char *const statuses[] = { "active", "draft", "retired", NULL };

struct thing {
	const char *id;
	struct json_texts topics;
	int64_t position;
	bool correct;
	int status;
	const struct json *options, *scale;
};

static const struct json_field thing_fields[] = {
	{ "id", JSON_FIELD_TEXT, offsetof(struct thing, id), 0, 1, 8, NULL },
	{ "topics", JSON_FIELD_TEXTS, offsetof(struct thing, topics), JSON_OPTIONAL, 1, 2,
	  NULL },
	{ "position", JSON_FIELD_INTEGER, offsetof(struct thing, position),
	  JSON_OPTIONAL | JSON_NULLABLE, 1, 9, NULL },
	{ "correct", JSON_FIELD_BOOL, offsetof(struct thing, correct), JSON_OPTIONAL, 0,
	  0, NULL },
	{ "status", JSON_FIELD_CHOICE, offsetof(struct thing, status), JSON_OPTIONAL, 0,
	  0, statuses },
	{ "options", JSON_FIELD_ARRAY, offsetof(struct thing, options), JSON_OPTIONAL, 2,
	  3, NULL },
	{ "scale", JSON_FIELD_OBJECT, offsetof(struct thing, scale), JSON_OPTIONAL, 0, 0,
	  NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static void a_table_fills_a_struct(void **state)
{
	struct json_doc *doc = open_text(
		"{\"id\":\"a-1\",\"topics\":[\"x\",\"y\"],\"position\":3,\"correct\":"
		"true,"
		"\"status\":\"retired\",\"options\":[1,2],\"scale\":{}}");
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct thing thing = { 0 };

	(void)state;
	EXPECT_OK(json_read(doc, json_root(doc), thing_fields, &arena, &thing, &err),
		  err);
	EXPECT_INT(json_count(thing.options), 2);
	EXPECT_INT(json_kind(thing.scale), JSON_OBJECT);
	json_free(doc); /* texts are copies */
	EXPECT_TEXT(thing.id, "a-1");
	EXPECT_INT(thing.topics.count, 2);
	EXPECT_TEXT(thing.topics.at[1], "y");
	EXPECT_INT(thing.position, 3);
	EXPECT_TRUE(thing.correct);
	EXPECT_INT(thing.status, RETIRED);
	arena_release(&arena);
}

static void what_is_absent_or_null_stays_as_it_was(void **state)
{
	struct json_doc *doc = open_text("{\"id\":\"a\",\"position\":null}");
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct thing thing = { .position = 5, .correct = true, .status = DRAFT };

	(void)state;
	EXPECT_OK(json_read(doc, json_root(doc), thing_fields, &arena, &thing, &err),
		  err);
	EXPECT_INT(thing.position, 5);
	EXPECT_TRUE(thing.correct);
	EXPECT_INT(thing.status, DRAFT);
	assert_null(thing.options);
	arena_release(&arena);
	json_free(doc);
}

static void a_table_refuses_what_is_not_in_it_and_says_what_was_meant(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "[]", "t:1:1: must be an object, not an array" },
		{ "{}", "t:1:1: field \"id\" is missing" },
		{ "{\"correct\":true}", "t:1:1: field \"id\" is missing" },
		{ "{\"id\":\"a\",\"statsu\":1}",
		  "t:1:20: statsu: unknown field (did you mean \"status\"?)" },
		{ "{\"id\":\"a\",\"Status\":1}",
		  "t:1:20: Status: unknown field (did you mean \"status\"?)" },
		{ "{\"id\":\"a\",\"ids\":1}",
		  "t:1:17: ids: unknown field (did you mean \"id\"?)" },
		{ "{\"id\":\"a\",\"corect\":true}",
		  "t:1:20: corect: unknown field (did you mean \"correct\"?)" },
		{ "{\"id\":\"a\",\"weight\":1}", "t:1:20: weight: unknown field" },
		{ "{\"id\":\"a\",\"x\":1}", "t:1:15: x: unknown field" },
		{ "{\"id\":\"a\",\"\":1}", "t:1:14: [\"\"]: unknown field" },
		{ "{\"id\":5}", "t:1:7: id: must be a string, not 5" },
		{ "{\"id\":null}", "t:1:7: id: must be a string, not null" },
		{ "{\"id\":\"\"}", "t:1:7: id: must not be empty" },
		{ "{\"id\":\"123456789\"}",
		  "t:1:7: id: has 9 characters, may have at most 8" },
		{ "{\"id\":\"a\",\"topics\":\"x\"}",
		  "t:1:20: topics: must be an array of strings, not \"x\"" },
		{ "{\"id\":\"a\",\"topics\":[\"x\",{}]}",
		  "t:1:25: topics[1]: must be a string, not an object" },
		{ "{\"id\":\"a\",\"topics\":[]}", "t:1:20: topics: must not be empty" },
		{ "{\"id\":\"a\",\"topics\":[\"x\",\"y\",\"z\"]}",
		  "t:1:20: topics: has 3 elements, may have at most 2" },
		{ "{\"id\":\"a\",\"position\":\"3\"}",
		  "t:1:22: position: must be a whole number, not \"3\"" },
		{ "{\"id\":\"a\",\"position\":1.5}",
		  "t:1:22: position: must be a whole number, not 1.5" },
		{ "{\"id\":\"a\",\"position\":0}",
		  "t:1:22: position: must be from 1 to 9, not 0" },
		{ "{\"id\":\"a\",\"position\":10}",
		  "t:1:22: position: must be from 1 to 9, not 10" },
		{ "{\"id\":\"a\",\"correct\":\"yes\"}",
		  "t:1:21: correct: must be true or false, not \"yes\"" },
		{ "{\"id\":\"a\",\"correct\":null}",
		  "t:1:21: correct: must be true or false, not null" },
		{ "{\"id\":\"a\",\"status\":\"actve\"}",
		  "t:1:20: status: must be one of \"active\", \"draft\", \"retired\", "
		  "not "
		  "\"actve\" (did you mean \"active\"?)" },
		{ "{\"id\":\"a\",\"status\":1}",
		  "t:1:20: status: must be one of \"active\", \"draft\", \"retired\", "
		  "not 1" },
		{ "{\"id\":\"a\",\"options\":{}}",
		  "t:1:21: options: must be an array, not an object" },
		{ "{\"id\":\"a\",\"options\":[1]}",
		  "t:1:21: options: has 1 elements, needs at least 2" },
		{ "{\"id\":\"a\",\"scale\":[]}",
		  "t:1:19: scale: must be an object, not an array" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct json_doc *doc = open_text(cases[i].text);
		struct thing thing = { .position = 5 }, before = thing;
		struct arena arena = ARENA_INIT;
		struct err err = ERR_INIT;

		EXPECT_FALSE(json_read(doc, json_root(doc), thing_fields, &arena, &thing,
				       &err));
		EXPECT_INT(err.kind, ERR_INPUT);
		EXPECT_TEXT(err.text, cases[i].message);
		assert_memory_equal(&thing, &before, sizeof(thing));
		arena_release(&arena);
		json_free(doc);
	}
}

static void a_refused_object_leaves_the_struct_alone(void **state)
{
	struct json_doc *doc = open_text(
		"{\"id\":\"a\",\"position\":3,\"status\":\"x\"}");
	struct thing thing = { .id = "before", .position = 5 };
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_FALSE(json_read(doc, json_root(doc), thing_fields, &arena, &thing, &err));
	EXPECT_TEXT(thing.id, "before");
	EXPECT_INT(thing.position, 5);
	arena_release(&arena);
	json_free(doc);
}

static void max_0_bounds_nothing_above(void **state)
{
	static const struct json_field fields[] = {
		{ "n", JSON_FIELD_INTEGER, 0, 0, 0, 0, NULL },
		{ NULL, 0, 0, 0, 0, 0, NULL },
	};
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	int64_t number = 0;
	struct json_doc *doc = open_text("{\"n\":9007199254740992}");

	(void)state;
	EXPECT_OK(json_read(doc, json_root(doc), fields, &arena, &number, &err), err);
	EXPECT_INT(number, 9007199254740992);
	json_free(doc);
	doc = open_text("{\"n\":-1}");
	EXPECT_ERR(json_read(doc, json_root(doc), fields, &arena, &number, &err), err,
		   ERR_INPUT, "t:1:6: n: must be at least 0, not -1");
	json_free(doc);
}

static void long_names_and_texts_are_cut_in_messages(void **state)
{
	struct buf text = BUF_INIT;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct thing thing = { 0 };
	struct json_doc *doc;

	(void)state;
	buf_text(&text, "{\"");
	buf_repeat(&text, 'i', 3000);
	buf_text(&text, "\":1}");
	doc = open_text(text.data);
	EXPECT_ERR(json_read(doc, json_root(doc), thing_fields, &arena, &thing, &err),
		   err, ERR_INPUT, "iii...\"]: unknown field");
	EXPECT_TRUE(strlen(err.text) < 100);
	json_free(doc);
	buf_release(&text);
}

static const struct CMUnitTest tests[] = {
	TEST(a_table_fills_a_struct),
	TEST(what_is_absent_or_null_stays_as_it_was),
	TEST(a_table_refuses_what_is_not_in_it_and_says_what_was_meant),
	TEST(a_refused_object_leaves_the_struct_alone),
	TEST(max_0_bounds_nothing_above),
	TEST(long_names_and_texts_are_cut_in_messages),
};

TEST_MAIN(tests)
