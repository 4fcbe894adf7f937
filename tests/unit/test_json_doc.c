#include "proctor/json.h"

#include "json_help.h"

static const char sample[] = SAMPLE;

/* ---- The two readers, side by side ---- */

static void a_document_cut_anywhere_is_refused(void **state)
{
	(void)state;
	EXPECT_TRUE(both_agree(sample, sizeof(sample) - 1));
	for (size_t len = 0; len < sizeof(sample) - 1; len++)
		EXPECT_FALSE(both_agree(sample, len));
}

static void whatever_byte_is_changed_both_readers_agree(void **state)
{
	char text[sizeof(sample)];

	(void)state;
	for (size_t i = 0; i < sizeof(sample) - 1; i++) {
		for (int byte = 0; byte < 256; byte++) {
			memcpy(text, sample, sizeof(text));
			text[i] = (char)byte;
			both_agree(text, sizeof(text) - 1);
		}
	}
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

/* Pieces from which damage is made that is still nearly JSON. */
static const char *const pieces[] = {
	"{",    "}",    "[",    "]",        ",",
	":",    "\"",   "\\",   "\\u0000",  "\\ud800",
	"0",    "-",    ".",    "e",        "1e5",
	"01",   "\n",   "\t",   "\f",       "\x80",
	"//",   "true", "null", "\"a\":1",  "\xEF\xBB\xBF",
	"[[]]", " ",    "1,1",  "\xC3\xA9", "\"\"",
};

static void damage(struct buf *text, uint64_t *seed)
{
	size_t at = next_random(seed) % (text->len + 1);
	size_t cut = next_random(seed) % 3;
	const char *piece = pieces[next_random(seed) % COUNT(pieces)];
	struct buf next = BUF_INIT;

	if (cut > text->len - at)
		cut = text->len - at;
	buf_add(&next, text->data, at);
	if (next_random(seed) % 4)
		buf_text(&next, piece);
	buf_add(&next, text->data + at + cut, text->len - at - cut);
	buf_release(text);
	*text = next;
}

static void random_damage_never_divides_the_readers(void **state)
{
	uint64_t seed = 20261120;
	int accepted = 0;

	(void)state;
	for (int round = 0; round < 30000; round++) {
		struct buf text = BUF_INIT;
		uint32_t times = 1 + next_random(&seed) % 4;

		buf_add(&text, sample, sizeof(sample) - 1);
		while (times--)
			damage(&text, &seed);
		accepted += both_agree(text.data, text.len);
		buf_release(&text);
	}
	/* Both ends must be exercised, or the agreement says nothing. */
	EXPECT_TRUE(accepted > 1000 && accepted < 29000);
}

/* ---- The document ---- */

static void values_are_reached_and_told_apart(void **state)
{
	struct json_doc *doc = open_text(
		"{\"a\":\"x\\u00e9\",\"b\":[null,true,false,1,{},[]],\"A\":\"y\"}");
	const struct json *root = json_root(doc), *b = json_member(root, "b");
	static const enum json_kind wanted[] = { JSON_NULL,   JSON_TRUE,   JSON_FALSE,
						 JSON_NUMBER, JSON_OBJECT, JSON_ARRAY };
	size_t i = 0;

	(void)state;
	EXPECT_INT(json_kind(root), JSON_OBJECT);
	EXPECT_INT(json_count(root), 3);
	EXPECT_TEXT(json_text(json_member(root, "a")), "x\xC3\xA9");
	EXPECT_TEXT(json_text(json_member(root, "A")), "y");
	EXPECT_TEXT(json_name(b), "b");
	assert_null(json_text(b));
	assert_null(json_member(root, "B"));
	assert_null(json_member(b, "a"));
	EXPECT_INT(json_count(b), 6);
	json_each (item, b) {
		EXPECT_INT(json_kind(item), wanted[i++]);
		assert_null(json_name(item));
	}
	EXPECT_INT(i, 6);
	EXPECT_INT(json_count(json_member(root, "a")), 0);
	assert_null(json_first(json_member(root, "a")));
	assert_null(json_first(NULL));
	json_free(doc);
	json_free(NULL);
}

static void only_exact_integers_within_2_to_the_53_are_integers(void **state)
{
	static const struct {
		const char *text;
		bool is;
		int64_t number;
	} cases[] = {
		{ "0", true, 0 },
		{ "-0", true, 0 },
		{ "42", true, 42 },
		{ "-7", true, -7 },
		{ "1.0", true, 1 },
		{ "10e2", true, 1000 },
		{ "1200e-2", true, 12 },
		{ "0.05e2", true, 5 },
		{ "0e999", true, 0 },
		{ "2147483648", true, 2147483648 },
		{ "9007199254740991", true, 9007199254740991 },
		{ "9007199254740992", true, 9007199254740992 },
		{ "-9007199254740992", true, -9007199254740992 },
		{ "9007199254740993", false, 0 },
		{ "9007199254740994", false, 0 },
		{ "-9007199254740993", false, 0 },
		{ "9223372036854775808", false, 0 },
		{ "1e300", false, 0 },
		{ "1.5", false, 0 },
		{ "1.00000000000000000001", false, 0 },
		{ "9007199254740991.4", false, 0 },
		{ "1e-1", false, 0 },
		{ "1e-999", false, 0 },
		{ "50e-1000001", false, 0 },
		{ "5e-99999999999999999999", false, 0 },
		{ "\"1\"", false, 0 },
		{ "true", false, 0 },
		{ "null", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct json_doc *doc = open_text(cases[i].text);
		int64_t number = 77;

		if (json_integer(json_root(doc), &number) != cases[i].is)
			fail_msg("%s", cases[i].text);
		EXPECT_INT(number, cases[i].is ? cases[i].number : 77);
		json_free(doc);
	}
}

static void complaints_name_line_column_and_path(void **state)
{
	struct json_doc *doc = open_text("{\"questions\": [1, {\"\xC3\xA9\": 2,\n"
					 "  \"options\": [0, {\"text\": \"x\"}]}]}");
	const struct json *questions = json_member(json_root(doc), "questions");
	const struct json *second = json_next(json_first(questions));
	const struct json *options = json_member(second, "options");
	const struct json *text = json_member(json_next(json_first(options)), "text");
	struct err err = ERR_INIT;
	size_t line, column;

	(void)state;
	json_place(doc, text, &line, &column);
	EXPECT_INT(line, 2);
	EXPECT_INT(column, 27);
	EXPECT_FALSE(json_error(doc, text, &err, "no such %s: %d", "thing", 5));
	EXPECT_INT(err.kind, ERR_INPUT);
	EXPECT_TEXT(err.text, "t:2:27: questions[1].options[1].text: no such thing: 5");
	json_error(doc, json_first(second), &err, "odd");
	EXPECT_TEXT(err.text, "t:1:25: questions[1][\"\xC3\xA9\"]: odd");
	json_error(doc, json_root(doc), &err, "odd");
	EXPECT_TEXT(err.text, "t:1:1: odd");
	json_free(doc);
}

static void each_value_of_a_long_document_knows_its_place(void **state)
{
	struct buf text = BUF_INIT;
	struct json_doc *doc;
	size_t wanted = 2;

	(void)state;
	buf_text(&text, "[\n");
	for (int i = 0; i < 3000; i++)
		buf_printf(&text, "%s{\"n\":\n[%d]}\n", i ? "," : "", i);
	buf_text(&text, "]");
	doc = open_text(text.data);
	json_each (item, json_root(doc)) {
		size_t line, column;

		json_place(doc, json_first(json_member(item, "n")), &line, &column);
		EXPECT_INT(line, wanted + 1);
		EXPECT_INT(column, 2);
		wanted += 2;
	}
	json_free(doc);
	buf_release(&text);
}

static const struct CMUnitTest tests[] = {
	TEST(a_document_cut_anywhere_is_refused),
	TEST(whatever_byte_is_changed_both_readers_agree),
	TEST(random_damage_never_divides_the_readers),
	TEST(values_are_reached_and_told_apart),
	TEST(only_exact_integers_within_2_to_the_53_are_integers),
	TEST(complaints_name_line_column_and_path),
	TEST(each_value_of_a_long_document_knows_its_place),
};

TEST_MAIN(tests)
