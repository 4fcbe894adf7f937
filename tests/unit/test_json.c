#include "proctor/json.h"

#include "json_help.h"

static bool check_bytes(const char *bytes, size_t len, size_t *values, struct err *err)
{
	char *copy = exactly(bytes, len);
	bool ok = json_check("t", copy, len, LIMITS, values, err);

	free(copy);
	return ok;
}

static void expect_refused(const char *bytes, size_t len, const char *message)
{
	struct err err = ERR_INIT;
	size_t values = 77;

	if (check_bytes(bytes, len, &values, &err))
		fail_msg("accepted: %.*s", (int)len, bytes);
	EXPECT_INT(err.kind, ERR_INPUT);
	EXPECT_TEXT(err.text, message);
	EXPECT_INT(values, 77);
	EXPECT_FALSE(both_agree(bytes, len));
}

#define REFUSED(text, message) expect_refused((text), sizeof(text) - 1, (message))

static void expect_accepted(const char *bytes, size_t len, size_t wanted)
{
	struct err err = ERR_INIT;
	size_t values = 0;

	EXPECT_OK(check_bytes(bytes, len, &values, &err), err);
	EXPECT_INT(values, wanted);
	EXPECT_TRUE(both_agree(bytes, len));
}

#define ACCEPTED(text, values) expect_accepted((text), sizeof(text) - 1, (values))

static void every_kind_of_value_is_accepted_and_counted(void **state)
{
	(void)state;
	ACCEPTED("null", 1);
	ACCEPTED(" \t\r\n true \n", 1);
	ACCEPTED("false", 1);
	ACCEPTED("\"\"", 1);
	ACCEPTED("[]", 1);
	ACCEPTED("{}", 1);
	ACCEPTED("[ ]", 1);
	ACCEPTED("{ }", 1);
	ACCEPTED("[1,[2,[3]],{\"a\":[4]}]", 9);
	ACCEPTED("{\"\":1,\" \":2}", 3);
	ACCEPTED("{\"a\" : [ 1 , 2 ] , \"b\" : { } }", 5);
}

static void numbers_follow_the_grammar(void **state)
{
	(void)state;
	ACCEPTED("0", 1);
	ACCEPTED("-0", 1);
	ACCEPTED("[10,-7,0.5,-0.25,1e3,1E+3,2.5e-3,0e0,0.0]", 10);
	REFUSED("01", "t:1:1: number with a leading zero");
	REFUSED("[-012]", "t:1:2: [0]: number with a leading zero");
	REFUSED("-", "t:1:2: expected a digit after '-', found the end");
	REFUSED("-x", "t:1:2: expected a digit after '-', found \"x\"");
	REFUSED("[-]", "t:1:3: [0]: expected a digit after '-', found ']'");
	REFUSED("-.5", "t:1:2: expected a digit after '-', found \".5\"");
	REFUSED("1.", "t:1:3: expected a digit after the decimal point, found the end");
	REFUSED("1.e3", "t:1:3: expected a digit after the decimal point, found \"e3\"");
	REFUSED("1e", "t:1:3: expected a digit in the exponent, found the end");
	REFUSED("1e+", "t:1:4: expected a digit in the exponent, found the end");
	REFUSED("1e+-2", "t:1:4: expected a digit in the exponent, found \"-2\"");
	REFUSED("+1", "t:1:1: expected a value, found \"+1\"");
	REFUSED(".5", "t:1:1: expected a value, found \".5\"");
	REFUSED("0x10", "t:1:2: expected nothing more after the document, found \"x10\"");
	REFUSED("1_000",
		"t:1:2: expected nothing more after the document, found \"_000\"");
	REFUSED("[1 2]", "t:1:4: [0]: expected ',' or ']', found \"2\"");
	REFUSED("NaN", "t:1:1: expected a value, found \"NaN\"");
	REFUSED("-Infinity", "t:1:2: expected a digit after '-', found \"Infinity\"");
	REFUSED("\xEF\xBC\x91", "t:1:1: expected a value, found U+FF11");
}

static void numbers_end_at_62_characters(void **state)
{
	char text[64];

	(void)state;
	memset(text, '1', sizeof(text));
	expect_accepted(text, 62, 1);
	expect_refused(text, 63,
		       "t:1:1: number of 63 characters, at most 62 are allowed");
}

static void a_number_no_double_can_hold_is_refused_when_opened(void **state)
{
	static const char text[] = "{\"a\":[1,1e999,-2e999]}";
	struct err err = ERR_INIT;
	struct json_doc *doc = NULL;

	(void)state;
	EXPECT_ERR(json_open("t", text, strlen(text), LIMITS, &doc, &err), err, ERR_INPUT,
		   "t:1:9: a[1]: number is too large");
	assert_null(doc);
}

static void words_are_spelt_exactly(void **state)
{
	(void)state;
	REFUSED("True", "t:1:1: expected a value, found \"True\"");
	REFUSED("nul", "t:1:1: expected a value, found \"nul\"");
	REFUSED("nullx", "t:1:1: expected a value, found \"nullx\"");
	REFUSED("truefalse", "t:1:1: expected a value, found \"truefalse\"");
	REFUSED("undefined", "t:1:1: expected a value, found \"undefined\"");
}

static void an_empty_text_is_no_document(void **state)
{
	struct err err = ERR_INIT;
	size_t values;

	(void)state;
	REFUSED("", "t:1:1: expected a value, found the end");
	REFUSED(" \n\n  ", "t:3:3: expected a value, found the end");
	EXPECT_FALSE(json_check("t", NULL, 0, LIMITS, &values, &err));
}

static void only_four_characters_are_white_space(void **state)
{
	(void)state;
	REFUSED("[1,\f2]", "t:1:4: [1]: expected a value, found U+000C");
	REFUSED("\v1", "t:1:1: expected a value, found U+000B");
	REFUSED("[\xC2\xA0]", "t:1:2: [0]: expected a value, found U+00A0");
	REFUSED("1\0", "t:1:2: expected nothing more after the document, found U+0000");
	REFUSED("{\"a\":1}\0\0\x01",
		"t:1:8: expected nothing more after the document, found U+0000");
	REFUSED("[\0]", "t:1:2: [0]: expected a value, found U+0000");
	REFUSED("\xE2\x81\xA0[]", "t:1:1: expected a value, found U+2060");
}

static void a_byte_order_mark_is_refused(void **state)
{
	(void)state;
	REFUSED("\xEF\xBB\xBF{}",
		"t:1:1: begins with a byte order mark: save it without one");
	REFUSED("\xFF\xFE{\0}\0", "t:1:1: is UTF-16: save it as UTF-8");
	REFUSED("\xFE\xFF\0{\0}", "t:1:1: is UTF-16: save it as UTF-8");
	REFUSED("{\0}\0", "t:1:2: expected a name in double quotes, found U+0000");
}

static void nothing_may_follow_the_document(void **state)
{
	(void)state;
	REFUSED("{}x", "t:1:3: expected nothing more after the document, found \"x\"");
	REFUSED("[] []", "t:1:4: expected nothing more after the document, found '['");
	REFUSED("{}}", "t:1:3: expected nothing more after the document, found '}'");
	REFUSED("1,", "t:1:2: expected nothing more after the document, found ','");
	REFUSED("\"a\"\"b\"",
		"t:1:4: expected nothing more after the document, found '\"'");
}

static void comments_are_no_json(void **state)
{
	(void)state;
	REFUSED("[1, // one\n2]", "t:1:5: [1]: expected a value, found '/'");
	REFUSED("{/* a */}", "t:1:2: expected a name in double quotes, found '/'");
	REFUSED("{} # end", "t:1:4: expected nothing more after the document, found '#'");
}

static void commas_stand_between_and_nowhere_else(void **state)
{
	(void)state;
	REFUSED("[1,]", "t:1:4: [1]: expected a value, found ']'");
	REFUSED("[,1]", "t:1:2: [0]: expected a value, found ','");
	REFUSED("[1,,2]", "t:1:4: [1]: expected a value, found ','");
	REFUSED("[,]", "t:1:2: [0]: expected a value, found ','");
	REFUSED("{\"a\":1,}", "t:1:8: expected a name in double quotes, found '}'");
	REFUSED("{,}", "t:1:2: expected a name in double quotes, found ','");
	REFUSED("{\"a\":1 \"b\":2}", "t:1:8: a: expected ',' or '}', found '\"'");
	REFUSED("[\"a\" \"b\"]", "t:1:6: [0]: expected ',' or ']', found '\"'");
	REFUSED("[1;2]", "t:1:3: [0]: expected ',' or ']', found ';'");
}

static void brackets_are_closed_by_their_own_kind(void **state)
{
	(void)state;
	REFUSED("[", "t:1:2: [0]: expected a value, found the end");
	REFUSED("{", "t:1:2: expected a name in double quotes, found the end");
	REFUSED("[1", "t:1:3: [0]: expected ',' or ']', found the end");
	REFUSED("[1}", "t:1:3: [0]: expected ',' or ']', found '}'");
	REFUSED("{\"a\":1]", "t:1:7: a: expected ',' or '}', found ']'");
	REFUSED("{\"a\":1", "t:1:7: a: expected ',' or '}', found the end");
	REFUSED("]", "t:1:1: expected a value, found ']'");
	REFUSED("[[[]", "t:1:5: [0][0]: expected ',' or ']', found the end");
}

static void members_are_a_quoted_name_a_colon_and_a_value(void **state)
{
	(void)state;
	REFUSED("{\"a\"}", "t:1:5: a: expected ':' after the name, found '}'");
	REFUSED("{\"a\" 1}", "t:1:6: a: expected ':' after the name, found \"1\"");
	REFUSED("{\"a\":}", "t:1:6: a: expected a value, found '}'");
	REFUSED("{\"a\"::1}", "t:1:6: a: expected a value, found ':'");
	REFUSED("{a:1}", "t:1:2: expected a name in double quotes, found \"a\"");
	REFUSED("{'a':1}", "t:1:2: expected a name in double quotes, found '''");
	REFUSED("{1:1}", "t:1:2: expected a name in double quotes, found \"1\"");
	REFUSED("{[]:1}", "t:1:2: expected a name in double quotes, found '['");
	REFUSED("[\"a\":1]", "t:1:5: [0]: expected ',' or ']', found ':'");
	REFUSED("{\"a", "t:1:2: string without a closing quote");
}

static void strings_end_with_a_quote_and_hold_no_control_characters(void **state)
{
	(void)state;
	REFUSED("\"abc", "t:1:1: string without a closing quote");
	REFUSED("[\n \"abc]", "t:2:2: [0]: string without a closing quote");
	REFUSED("'a'", "t:1:1: expected a value, found '''");
	REFUSED("\"a\nb\"",
		"t:1:3: control character U+000A in a string: write it as an escape");
	REFUSED("\"a\tb\"",
		"t:1:3: control character U+0009 in a string: write it as an escape");
	REFUSED("\"\0\"",
		"t:1:2: control character U+0000 in a string: write it as an escape");
	REFUSED("{\"\x1f\":1}",
		"t:1:3: control character U+001F in a string: write it as an escape");
	ACCEPTED("\"\x7f\"", 1);
}

static void escapes_are_the_nine_of_the_standard(void **state)
{
	(void)state;
	ACCEPTED("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00E9\"", 1);
	REFUSED("\"\\x41\"",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found \"x41\"");
	REFUSED("\"\\'\"",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found '''");
	REFUSED("\"\\\n\"",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found U+000A");
	REFUSED("\"\\\0\"",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found U+0000");
	REFUSED("\"\\\xC3\xA9\"",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found U+00E9");
	REFUSED("\"\\",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found the end");
	REFUSED("\"\\\"", "t:1:1: string without a closing quote");
	REFUSED("[\\n]", "t:1:2: [0]: expected a value, found '\\'");
	REFUSED("\"\\U0041\"",
		"t:1:3: expected one of \"\\/bfnrtu after a backslash, found \"U0041\"");
}

static void unicode_escapes_have_four_hex_digits(void **state)
{
	(void)state;
	REFUSED("\"\\uqqqq\"", "t:1:2: \\u must be followed by four hex digits");
	REFUSED("\"\\u12\"", "t:1:2: \\u must be followed by four hex digits");
	REFUSED("\"\\u123", "t:1:2: \\u must be followed by four hex digits");
	REFUSED("\"\\u00G0\"", "t:1:2: \\u must be followed by four hex digits");
	REFUSED("\"\\u+041\"", "t:1:2: \\u must be followed by four hex digits");
	REFUSED("\"\\u 041\"", "t:1:2: \\u must be followed by four hex digits");
}

static void an_escaped_nul_is_refused(void **state)
{
	(void)state;
	REFUSED("\"admin\\u0000evil\"", "t:1:7: \\u0000 is not allowed");
	REFUSED("{\"a\\u0000b\":1}", "t:1:4: \\u0000 is not allowed");
	ACCEPTED("\"\\u0001\"", 1);
}

static void surrogates_come_in_pairs(void **state)
{
	(void)state;
	ACCEPTED("\"\\ud83d\\ude00\"", 1);
	ACCEPTED("\"\\uDBFF\\uDFFF\"", 1);
	REFUSED("\"\\ud83d\"",
		"t:1:2: \\ud83d is half of a surrogate pair without the other half");
	REFUSED("\"\\ud83dxxxxxx\"",
		"t:1:2: \\ud83d is half of a surrogate pair without the other half");
	REFUSED("\"\\uDE00\"",
		"t:1:2: \\uDE00 is half of a surrogate pair without the other half");
	REFUSED("\"\\ud83d\\u0041\"",
		"t:1:2: \\ud83d is half of a surrogate pair without the other half");
	REFUSED("\"\\ud83d\\ud83d\"",
		"t:1:2: \\ud83d is half of a surrogate pair without the other half");
	REFUSED("\"\\ude00\\ud83d\"",
		"t:1:2: \\ude00 is half of a surrogate pair without the other half");
	REFUSED("\"\\ud83d\\n0000\"",
		"t:1:2: \\ud83d is half of a surrogate pair without the other half");
	REFUSED("\"\\ud83d\\u",
		"t:1:2: \\ud83d is half of a surrogate pair without the other half");
}

static void strings_are_well_formed_utf8(void **state)
{
	(void)state;
	ACCEPTED("\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \xEF\xBF\xBF "
		 "\xF4\x8F\xBF\xBF\"",
		 1);
	REFUSED("\"\xE9\"", "t:1:2: byte 0xE9 is not valid UTF-8 here");
	REFUSED("\"\x80\"", "t:1:2: byte 0x80 is not valid UTF-8 here");
	REFUSED("\"\xC0\xAF\"", "t:1:2: byte 0xC0 is not valid UTF-8 here");
	REFUSED("\"\xC1\xBF\"", "t:1:2: byte 0xC1 is not valid UTF-8 here");
	REFUSED("\"\xE0\x9F\xBF\"", "t:1:2: byte 0xE0 is not valid UTF-8 here");
	REFUSED("\"\xF0\x8F\xBF\xBF\"", "t:1:2: byte 0xF0 is not valid UTF-8 here");
	REFUSED("\"\xED\xA0\x80\"", "t:1:2: byte 0xED is not valid UTF-8 here");
	REFUSED("\"\xED\xBF\xBF\"", "t:1:2: byte 0xED is not valid UTF-8 here");
	REFUSED("\"\xF4\x90\x80\x80\"", "t:1:2: byte 0xF4 is not valid UTF-8 here");
	REFUSED("\"\xF5\x80\x80\x80\"", "t:1:2: byte 0xF5 is not valid UTF-8 here");
	REFUSED("\"\xFF\"", "t:1:2: byte 0xFF is not valid UTF-8 here");
	REFUSED("\"\xE2\x82\"", "t:1:2: byte 0xE2 is not valid UTF-8 here");
	REFUSED("\"\xE2\x82", "t:1:2: byte 0xE2 is not valid UTF-8 here");
	REFUSED("\"\xF0\x9F\x98", "t:1:2: byte 0xF0 is not valid UTF-8 here");
	REFUSED("\"\xE2\x28\xA1\"", "t:1:2: byte 0xE2 is not valid UTF-8 here");
	REFUSED("{\"\xE9\":1}", "t:1:3: byte 0xE9 is not valid UTF-8 here");
}

static void duplicate_names_are_found_as_they_read_not_as_they_are_written(void **state)
{
	(void)state;
	REFUSED("{\"a\":1,\"a\":1}", "t:1:8: duplicate name \"a\", first at 1:2");
	REFUSED("{\"a\":1,\n \"b\":2, \"\\u0061\":3}",
		"t:2:9: duplicate name \"a\", first at 1:2");
	REFUSED("{\"\\/\":1,\"/\":2}", "t:1:9: duplicate name \"/\", first at 1:2");
	REFUSED("{\"\\n\":1,\"\\u000a\":2}",
		"t:1:9: duplicate name \"\\n\", first at 1:2");
	REFUSED("{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}",
		"t:1:19: duplicate name \"\xF0\x9F\x98\x80\", first at 1:2");
	REFUSED("{\"\":1,\"\":2}", "t:1:7: duplicate name \"\", first at 1:2");
	REFUSED("[{\"q\":{\"a\":1,\"b\":2,\"a\":3}}]",
		"t:1:20: [0].q: duplicate name \"a\", first at 1:8");
}

static void names_that_differ_in_case_or_place_are_no_duplicates(void **state)
{
	(void)state;
	ACCEPTED("{\"Answer\":1,\"answer\":2,\"ANSWER\":3}", 4);
	ACCEPTED("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}", 6);
	ACCEPTED("[{\"a\":1},{\"a\":1}]", 5);
	ACCEPTED("{\"\xC3\xA9\":1,\"e\xCC\x81\":2}", 3);
}

static void the_first_repeated_name_of_many_is_named(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	buf_char(&text, '{');
	for (int i = 0; i < 1000; i++)
		buf_printf(&text, "\"n%d\":1,", i);
	expect_refused(text.data, text.len,
		       "t:1:8892: expected a name in double quotes, found the end");
	buf_text(&text, "\"last\":1}");
	expect_accepted(text.data, text.len, 1002);
	text.len -= 9;
	buf_text(&text, "\"n7\":1,\"n3\":2,\"n7\":3}");
	expect_refused(text.data, text.len,
		       "t:1:8892: duplicate name \"n7\", first at 1:51");
	buf_release(&text);
}

static void columns_count_characters_and_lines_count_line_feeds(void **state)
{
	(void)state;
	REFUSED("{\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\": x}",
		"t:1:9: [\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]: expected a value, "
		"found \"x\"");
	REFUSED("[\r\n1,\r\n\tx]", "t:3:2: [1]: expected a value, found \"x\"");
}

static void the_path_leads_to_the_place(void **state)
{
	(void)state;
	REFUSED("{\"questions\":[{},{\"options\":[{\"text\":tru}]}]}",
		"t:1:38: questions[1].options[0].text: expected a value, found \"tru\"");
	REFUSED("{\"a b\":{\"\\n\":x}}",
		"t:1:14: [\"a b\"][\"\\n\"]: expected a value, found \"x\"");
	REFUSED("{\"a\":[1,2],\"b\":x}", "t:1:16: b: expected a value, found \"x\"");
}

static void depth_is_limited(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	buf_repeat(&text, '[', 32);
	buf_repeat(&text, ']', 32);
	expect_accepted(text.data, text.len, 32);
	buf_clear(&text);
	buf_repeat(&text, '[', 33);
	buf_repeat(&text, ']', 33);
	expect_refused(
		text.data, text.len,
		"t:1:33: [0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]"
		"[0][0][0][0][0][0][0][0][0][0][0][0]: nested deeper than 32 levels");
	buf_clear(&text);
	buf_repeat(&text, '[', 100000);
	EXPECT_FALSE(both_agree(text.data, text.len));
	buf_release(&text);
}

static void bytes_and_values_are_limited(void **state)
{
	static const struct json_limits few = { 10, 3, 8 };
	struct err err = ERR_INIT;
	size_t values;

	(void)state;
	EXPECT_OK(json_check("t", "[1,2]", 5, &few, &values, &err), err);
	EXPECT_ERR(json_check("t", "[1,2,3]", 7, &few, &values, &err), err, ERR_INPUT,
		   "t:1:6: [2]: more than 3 values");
	EXPECT_OK(json_check("t", "[1,2]     ", 10, &few, &values, &err), err);
	EXPECT_ERR(json_check("t", "[1,2]      ", 11, &few, &values, &err), err,
		   ERR_INPUT, "t: larger than 10 bytes");
	EXPECT_INT(json_limits_file.bytes, 64 * 1024 * 1024);
	EXPECT_INT(json_limits_file.values, 2000000);
	EXPECT_INT(json_limits_line.bytes, 64 * 1024);
}

static const struct CMUnitTest tests[] = {
	TEST(every_kind_of_value_is_accepted_and_counted),
	TEST(numbers_follow_the_grammar),
	TEST(numbers_end_at_62_characters),
	TEST(a_number_no_double_can_hold_is_refused_when_opened),
	TEST(words_are_spelt_exactly),
	TEST(an_empty_text_is_no_document),
	TEST(only_four_characters_are_white_space),
	TEST(a_byte_order_mark_is_refused),
	TEST(nothing_may_follow_the_document),
	TEST(comments_are_no_json),
	TEST(commas_stand_between_and_nowhere_else),
	TEST(brackets_are_closed_by_their_own_kind),
	TEST(members_are_a_quoted_name_a_colon_and_a_value),
	TEST(strings_end_with_a_quote_and_hold_no_control_characters),
	TEST(escapes_are_the_nine_of_the_standard),
	TEST(unicode_escapes_have_four_hex_digits),
	TEST(an_escaped_nul_is_refused),
	TEST(surrogates_come_in_pairs),
	TEST(strings_are_well_formed_utf8),
	TEST(duplicate_names_are_found_as_they_read_not_as_they_are_written),
	TEST(names_that_differ_in_case_or_place_are_no_duplicates),
	TEST(the_first_repeated_name_of_many_is_named),
	TEST(columns_count_characters_and_lines_count_line_feeds),
	TEST(the_path_leads_to_the_place),
	TEST(depth_is_limited),
	TEST(bytes_and_values_are_limited),
};

TEST_MAIN(tests)
