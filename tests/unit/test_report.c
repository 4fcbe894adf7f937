#include "proctor/report.h"

#include "golden.h"
#include "proctor/arena.h"
#include "proctor/json.h"
#include "proctor/text.h"
#include "told.h"

#define FOLDER "tests/fixtures/report/"

/* ---- Comparing ---- */

static void expect_text(const struct told *told, size_t columns, const char *path)
{
	struct buf out = BUF_INIT;

	report_text(&told->report, columns, &out);
	expect_file(path, &out);
	buf_release(&out);
}

static void expect_words(const struct told *told, const char *words, bool there)
{
	struct buf out = BUF_INIT;

	report_text(&told->report, 80, &out);
	if (!strstr(out.data, words) == there)
		fail_msg("\"%s\" is %s\n%s", words, there ? "missing" : "there",
			 out.data);
	buf_release(&out);
}

static void expect_json(const struct told *told, const char *part, bool there)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);

	report_json(&told->report, NULL, &out);
	if (!strstr(text.data, part) == there)
		fail_msg("%s is %s\n%s", part, there ? "missing" : "there", text.data);
	buf_release(&text);
}

/* ---- Text ---- */

static void a_passed_exam_reads_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	expect_text(&told, 80, FOLDER "passed-80.txt");
	expect_text(&told, 40, FOLDER "passed-40.txt");
	release(&told);
}

static void a_strange_session_reads_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_strange_session(&told);
	expect_text(&told, 80, FOLDER "strange-80.txt");
	expect_text(&told, 40, FOLDER "strange-40.txt");
	release(&told);
}

static size_t widest(const struct buf *text)
{
	size_t most = 0;

	for (const char *line = text->data; *line;) {
		size_t len = strcspn(line, "\n");
		size_t width = text_width(line, len);

		most = width > most ? width : most;
		EXPECT_FALSE(len && line[len - 1] == ' ');
		line += len + (line[len] == '\n');
	}
	return most;
}

static void no_line_is_wider_than_the_screen_or_a_good_measure(void **state)
{
	struct told told;

	(void)state;
	a_strange_session(&told);
	told.session.seed = told.result.rows[0].title =
		"a-word-that-is-longer-than-any-line-of-a-report-may-ever-be-and-then-"
		"some-more-of-it-with-wide-"
		"\xE8\xA9\xA6\xE9\xA8\x93\xE8\xA9\xA6\xE9\xA8\x93";
	told.result.rows[1].id = "an-id-of-a-task-as-long-as-this-one";
	for (size_t columns = 40; columns <= 200; columns++) {
		struct buf out = BUF_INIT;

		report_text(&told.report, columns, &out);
		EXPECT_TRUE(widest(&out) <= (columns < 78 ? columns : 78));
		buf_release(&out);
	}
	release(&told);
}

static void a_wider_screen_than_the_measure_changes_nothing(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	expect_text(&told, 78, FOLDER "passed-80.txt");
	expect_text(&told, 500, FOLDER "passed-80.txt");
	expect_text(&told, 0, FOLDER "passed-40.txt");
	release(&told);
}

static void nothing_harmful_reaches_the_page(void **state)
{
	struct buf out = BUF_INIT;
	struct told told;

	(void)state;
	a_strange_session(&told);
	told.session.bank_id = told.session.kind = told.session.bank_digest =
		told.session.signed_by = told.blueprint.vendor = told.blueprint.id =
			"\033[31m\xFF\r\xE2\x80\x8B";
	told.result.rows[0].id = told.result.rows[1].title = "\033[0m\b\xC2\x9B";
	report_text(&told.report, 80, &out);
	EXPECT_TRUE(text_is_safe(out.data, out.len));
	EXPECT_FALSE(memchr(out.data, '\t', out.len) != NULL);
	buf_release(&out);
	release(&told);
}

static void one_question_decides_between_the_two_words(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	told.result.score = score_scale(&told.blueprint, 35, 50);
	expect_words(&told, "Result    PASS\n", true);
	expect_words(&told, "Score     730, an estimate", true);
	expect_words(&told, "FAIL", false);
	told.result.score = score_scale(&told.blueprint, 34, 50);
	expect_words(&told, "Result    FAIL\n", true);
	expect_words(&told, "Score     712, an estimate", true);
	expect_words(&told, "PASS", false);
	expect_words(&told, "Right     34 of 50 scored; needed to pass: 35\n", true);
	release(&told);
}

static void the_range_stays_on_the_scale(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	told.result.score = score_scale(&told.blueprint, 49, 50);
	expect_words(&told, "Range     964 to 1000, one", true);
	told.result.score = score_scale(&told.blueprint, 1, 7);
	expect_words(&told, "Range     100 to 357, one", true);
	told.result.score = score_scale(&told.blueprint, 36, 50);
	expect_words(&told, "Range     690 to 806, one", true);
	release(&told);
}

static void a_standard_error_of_nothing_is_not_called_certainty(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	expect_words(&told, "Score     1000, an estimate", true);
	expect_words(&told, "Range     no standard error", true);
	release(&told);
}

static void a_close_call_is_called_one(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	told.result.score = score_scale(&told.blueprint, 38, 50);
	expect_words(&told, "within one standard error", false);
	told.result.score = score_scale(&told.blueprint, 37, 50);
	expect_words(&told, "within one standard error", true);
	told.result.score = score_scale(&told.blueprint, 31, 50);
	expect_words(&told, "within one standard error", true);
	told.result.score = score_scale(&told.blueprint, 30, 50);
	expect_words(&told, "within one standard error", false);
	release(&told);
}

static void a_session_without_a_limit_says_so(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	told.session.limit_ms = 0;
	expect_words(&told, "Time      1:52:07, without a limit; the exam gives 2:10:00",
		     true);
	release(&told);
}

static void gaps_are_told_and_whether_they_counted(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	expect_words(&told, "Gaps", false);
	told.report.gaps = 1;
	told.report.gap_ms = 3599999;
	expect_words(&told, "Gaps      1, 0:59:59 in all", true);
	expect_words(&told, "not counted", true);
	told.session.strict = true;
	expect_words(&told, "counted (strict\n          time)", true);
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
	expect_words(&told, "Result    not scored", true);
	expect_words(&told, "PASS", false);
	expect_words(&told, "FAIL", false);
	expect_words(&told, "linear convention", false);
	expect_json(&told, "\"score\":null", true);
	release(&told);
}

static void a_form_without_questions_is_reported_all_the_same(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	told.form.count = told.state.count = 0;
	tell(&told);
	expect_words(&told, "none asked", true);
	expect_json(&told, "\"questions\":[]", true);
	release(&told);
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
	struct told told;

	(void)state;
	a_strange_session(&told);
	report_text(&told.report, 60, &first);
	report_text(&told.report, 60, &second);
	EXPECT_TEXT(first.data, second.data);
	buf_release(&first);
	buf_release(&second);
	release(&told);
}

static const struct CMUnitTest tests[] = {
	TEST(a_passed_exam_reads_as_expected),
	TEST(a_strange_session_reads_as_expected),
	TEST(no_line_is_wider_than_the_screen_or_a_good_measure),
	TEST(a_wider_screen_than_the_measure_changes_nothing),
	TEST(nothing_harmful_reaches_the_page),
	TEST(one_question_decides_between_the_two_words),
	TEST(the_range_stays_on_the_scale),
	TEST(a_standard_error_of_nothing_is_not_called_certainty),
	TEST(a_close_call_is_called_one),
	TEST(a_session_without_a_limit_says_so),
	TEST(gaps_are_told_and_whether_they_counted),
	TEST(a_form_where_nothing_counts_has_no_score),
	TEST(a_form_without_questions_is_reported_all_the_same),
	TEST(the_document_is_written_as_expected),
	TEST(in_jsonl_it_begins_with_what_it_is_on_one_line),
	TEST(the_document_passes_our_own_strict_check),
	TEST(responses_are_told_by_the_letters_that_were_shown),
	TEST(an_unsigned_bank_is_signed_by_nobody),
	TEST(the_same_session_gives_the_same_bytes),
};

TEST_MAIN(tests)
