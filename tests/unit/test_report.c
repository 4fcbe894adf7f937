#include "proctor/report.h"

#include "golden.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/json.h"
#include "told.h"

#define FOLDER "tests/fixtures/report/"

/* ---- Comparing ---- */

static void expect_json(const struct told *told, const char *part, bool there)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);

	report_json(&told->report, NULL, &out);
	if (!strstr(text.data, part) == there)
		fail_msg("%s is %s\n%s", part, there ? "missing" : "there", text.data);
	buf_release(&text);
}

/* ---- JSON ---- */

static void the_document_is_written_as_expected(void **state)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, true);
	struct told told;

	(void)state;
	a_strange_session(&told);
	report_json(&told.report, NULL, &out);
	buf_char(&text, '\n');
	expect_file(FOLDER "strange.json", &text);
	buf_release(&text);
	release(&told);
}

static void in_jsonl_it_begins_with_what_it_is_on_one_line(void **state)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	report_json(&told.report, "result", &out);
	buf_char(&text, '\n');
	EXPECT_TRUE(strchr(text.data, '\n') == text.data + text.len - 1);
	expect_file(FOLDER "passed.jsonl", &text);
	buf_release(&text);
	release(&told);
}

static void the_document_passes_our_own_strict_check(void **state)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	struct err err = ERR_INIT;
	struct told told;
	size_t values;

	(void)state;
	a_strange_session(&told);
	report_json(&told.report, "result", &out);
	EXPECT_OK(json_check("report", text.data, text.len, &json_limits_file, &values,
			     &err),
		  err);
	buf_release(&text);
	release(&told);
}

static void responses_are_told_by_the_letters_that_were_shown(void **state)
{
	struct told told;

	(void)state;
	a_strange_session(&told);
	expect_json(&told, "\"response\":[\"B\"],\"key\":[\"B\"]", true);
	expect_json(&told, "\"response\":[\"B\",\"C\"],\"key\":[\"C\",\"E\"]", true);
	expect_json(&told, "\"response\":[\"D\",\"B\",\"E\"],\"key\":[\"D\",\"B\",\"E\"]",
		    true);
	expect_json(&told,
		    "\"response\":{\"1\":\"D\",\"3\":\"C\"},"
		    "\"key\":{\"1\":\"D\",\"2\":\"B\",\"3\":\"D\"}",
		    true);
	expect_json(&told, "\"response\":null,\"key\":{\"1\":\"B\"", true);
	expect_json(&told, "\"response\":null,\"key\":[\"B\"]", true);
	release(&told);
}

static void a_form_where_nothing_counts_has_no_score(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	for (size_t i = 0; i < told.form.count; i++)
		told.items[i].scored = false;
	tell(&told);
	expect_json(&told, "\"score\":null", true);
	release(&told);
}

static void a_form_without_questions_is_told_all_the_same(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	told.form.count = told.state.count = 0;
	tell(&told);
	expect_json(&told, "\"questions\":[]", true);
	release(&told);
}

static void an_unsigned_bank_is_signed_by_nobody(void **state)
{
	struct told told;

	(void)state;
	a_strange_session(&told);
	expect_json(&told, "\"signed_by\":null", true);
	told.session.signed_by = NULL;
	expect_json(&told, "\"signed_by\":null", true);
	told.session.signed_by = "48E9825989F14B3C";
	expect_json(&told, "\"signed_by\":\"48E9825989F14B3C\"", true);
	release(&told);
}

static void the_same_session_gives_the_same_bytes(void **state)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct json_out one = JSON_OUT(&first, false), two = JSON_OUT(&second, false);
	struct told told;

	(void)state;
	a_strange_session(&told);
	report_json(&told.report, NULL, &one);
	report_json(&told.report, NULL, &two);
	EXPECT_TEXT(first.data, second.data);
	buf_release(&first);
	buf_release(&second);
	release(&told);
}

static const struct CMUnitTest tests[] = {
	TEST(the_document_is_written_as_expected),
	TEST(in_jsonl_it_begins_with_what_it_is_on_one_line),
	TEST(the_document_passes_our_own_strict_check),
	TEST(responses_are_told_by_the_letters_that_were_shown),
	TEST(a_form_where_nothing_counts_has_no_score),
	TEST(a_form_without_questions_is_told_all_the_same),
	TEST(an_unsigned_bank_is_signed_by_nobody),
	TEST(the_same_session_gives_the_same_bytes),
};

TEST_MAIN(tests)
