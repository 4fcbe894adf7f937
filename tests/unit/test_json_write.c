#include "proctor/json.h"

#include <math.h>

#include "json_help.h"

static const char sample[] = SAMPLE;

static void write_sample(struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, "a", "x");
	json_out_text(out, "none", NULL);
	json_out_array(out, "list");
	json_out_integer(out, NULL, -9007199254740993);
	json_out_bool(out, NULL, true);
	json_out_null(out, NULL);
	json_out_object(out, NULL);
	json_out_end(out, '}');
	json_out_array(out, NULL);
	json_out_end(out, ']');
	json_out_end(out, ']');
	json_out_real(out, "r", 50.345, 2);
	json_out_end(out, '}');
}

static void documents_are_written_on_one_line_or_laid_out(void **state)
{
	struct buf buf = BUF_INIT;
	struct json_out out = JSON_OUT(&buf, false);

	(void)state;
	write_sample(&out);
	EXPECT_TEXT(buf.data,
		    "{\"a\":\"x\",\"none\":null,"
		    "\"list\":[-9007199254740993,true,null,{},[]],\"r\":50.34}");
	buf_clear(&buf);
	out = JSON_OUT(&buf, true);
	write_sample(&out);
	EXPECT_TEXT(buf.data,
		    "{\n  \"a\": \"x\",\n  \"none\": null,\n  \"list\": [\n"
		    "    -9007199254740993,\n    true,\n    null,\n    {},\n    []\n"
		    "  ],\n  \"r\": 50.34\n}");
	buf_release(&buf);
}

static void expect_written(const char *text, const char *wanted)
{
	struct buf buf = BUF_INIT;
	struct json_out out = JSON_OUT(&buf, false);

	json_out_text(&out, NULL, text);
	EXPECT_TEXT(buf.data, wanted);
	buf_release(&buf);
}

static void what_a_terminal_would_obey_or_hide_is_escaped(void **state)
{
	(void)state;
	expect_written("a\"b\\c/d", "\"a\\\"b\\\\c/d\"");
	expect_written("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"");
	expect_written("\x01\x1b[2J\x1f\x7f", "\"\\u0001\\u001b[2J\\u001f\\u007f\"");
	expect_written("\xC2\x80\xC2\x9B\xC2\x9F\xC2\xA0",
		       "\"\\u0080\\u009b\\u009f\xC2\xA0\"");
	expect_written("a\xE2\x80\xAE"
		       "b\xE2\x81\xA6\xE2\x80\x8B",
		       "\"a\\u202eb\\u2066\\u200b\"");
	expect_written("\xE2\x80\xA8\xEF\xBB\xBF", "\"\\u2028\\ufeff\"");
	expect_written("\xF3\xA0\x81\x81", "\"\\udb40\\udc41\"");
	expect_written("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80",
		       "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

static void invalid_utf8_is_written_as_replacement_characters(void **state)
{
	(void)state;
	expect_written("a\xFF"
		       "b",
		       "\"a\xEF\xBF\xBD"
		       "b\"");
	expect_written("\xC3", "\"\xEF\xBF\xBD\"");
	expect_written("\xE2\x82"
		       "x",
		       "\"\xEF\xBF\xBD\xEF\xBF\xBDx\"");
	expect_written("\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

static void expect_real(double number, int decimals, const char *wanted)
{
	struct buf buf = BUF_INIT;
	struct json_out out = JSON_OUT(&buf, false);

	json_out_real(&out, NULL, number, decimals);
	EXPECT_TEXT(buf.data, wanted);
	buf_release(&buf);
}

static void reals_are_plain_decimals_or_null(void **state)
{
	(void)state;
	expect_real(0.5, 0, "0");
	expect_real(1.25, 1, "1.2");
	expect_real(-3.75, 2, "-3.75");
	expect_real(-0.001, 2, "0.00");
	expect_real(1e20, 1, "100000000000000000000.0");
	expect_real((double)INFINITY, 1, "null");
	expect_real(-(double)INFINITY, 1, "null");
	expect_real((double)NAN, 1, "null");
}

static void expect_copied(const char *text, const char *wanted)
{
	struct json_doc *doc = open_text(text);
	struct buf buf = BUF_INIT;
	struct json_out out = JSON_OUT(&buf, false);

	json_out_value(&out, NULL, json_root(doc));
	EXPECT_TEXT(buf.data, wanted);
	json_free(doc);
	buf_release(&buf);
}

static void a_value_that_was_read_can_be_written(void **state)
{
	(void)state;
	expect_copied(
		"{ \"a\" : [ 1 , -0 , 1.50, 0.1, 1e300, 1e-7, 12345678901234567890 ] }",
		"{\"a\":[1,0,1.5,0.1,1e+300,1e-07,1.2345678901234567e+19]}");
	expect_copied("[true,false,null,\"\\u001b\\n\",{},[]]",
		      "[true,false,null,\"\\u001b\\n\",{},[]]");
	expect_copied("9007199254740991", "9007199254740991");
}

static void what_is_written_is_read_back_the_same(void **state)
{
	struct buf buf = BUF_INIT, again = BUF_INIT;
	struct json_out out = JSON_OUT(&buf, true), second = JSON_OUT(&again, true);
	struct json_doc *doc = open_text(sample);

	(void)state;
	json_out_value(&out, NULL, json_root(doc));
	json_free(doc);
	doc = open_text(buf.data);
	json_out_value(&second, NULL, json_root(doc));
	EXPECT_TEXT(again.data, buf.data);
	json_free(doc);
	buf_release(&buf);
	buf_release(&again);
}

static const struct CMUnitTest tests[] = {
	TEST(documents_are_written_on_one_line_or_laid_out),
	TEST(what_a_terminal_would_obey_or_hide_is_escaped),
	TEST(invalid_utf8_is_written_as_replacement_characters),
	TEST(reals_are_plain_decimals_or_null),
	TEST(a_value_that_was_read_can_be_written),
	TEST(what_is_written_is_read_back_the_same),
};

TEST_MAIN(tests)
