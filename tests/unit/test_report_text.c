#include "proctor/report.h"

#include "golden.h"
#include "proctor/text.h"
#include "told.h"

#define FOLDER "tests/fixtures/report/"
#define SCREENS 48 /* lines of two screens of 24 */

typedef void write_report(const struct report *report, size_t columns, struct buf *out);

/* ---- Comparing ---- */

static void expect_text(const struct told *told, write_report *write, size_t columns,
			const char *path)
{
	struct buf out = BUF_INIT;

	write(&told->report, columns, &out);
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

static size_t count_lines(const struct told *told)
{
	struct buf out = BUF_INIT;
	size_t lines = 0;

	report_text(&told->report, 80, &out);
	for (size_t i = 0; i < out.len; i++)
		lines += out.data[i] == '\n';
	buf_release(&out);
	return lines;
}

/* ---- Sessions ---- */

/*
 * Everything there is to say: a weak domain, answers left open, given too fast and too
 * slowly, changed, and held with more and with less confidence than they deserve.
 */
static void a_full_story(struct told *told)
{
	static const char *const topics[] = { "data-masking", "drift" };
	static const char *const services[] = { "AWS Glue" };
	static struct question tagged[2];

	a_full_exam(told, 0);
	for (size_t q = 0; q < 2; q++) {
		tagged[q] = questions[MULTIPLE_CHOICE];
		tagged[q].topics = (struct json_texts){
			(const char **)(uintptr_t)topics + q, 1
		};
		tagged[q].services = (struct json_texts){
			(const char **)(uintptr_t)services, 1
		};
	}
	for (unsigned i = 0; i < 65; i++) {
		struct session_item *given = &told->given[i];
		bool wrong = told->items[i].domain == 1 ? i % 3 != 1 : i % 5 == 0;

		given->response.picks[0] = wrong ? 2 : 1;
		given->first = given->response;
		given->spent_ms = 60000 + (i * 7919) % 90000;
		given->confidence = wrong ? 1 + (i / 2) % 3 : 3 - (i % 7 == 0);
		if (i % 13 < 3)
			told->items[i].question = &tagged[i % 2];
	}
	for (unsigned i = 6; i < 50; i += 6)
		told->given[i].first.picks[0] = told->given[i].response.picks[0] == 1 ? 0
										      : 1;
	for (unsigned i = 59; i < 65; i++)
		told->given[i] = (struct session_item){
			.question = told->given[i].question
		};
	told->given[11].spent_ms = 2500;
	told->given[30].spent_ms = 400000;
	told->session.can_pause = true;
	tell(told);
}

/* ---- Goldens ---- */

static void a_passed_exam_reads_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	expect_text(&told, report_text, 80, FOLDER "passed-80.txt");
	expect_text(&told, report_text, 40, FOLDER "passed-40.txt");
	release(&told);
}

static void a_full_story_reads_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_full_story(&told);
	expect_text(&told, report_text, 80, FOLDER "story-80.txt");
	expect_text(&told, report_text, 40, FOLDER "story-40.txt");
	expect_text(&told, report_full, 80, FOLDER "story-full-80.txt");
	release(&told);
}

static void a_strange_drill_reads_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_strange_session(&told);
	told.state.drill = true;
	tell(&told);
	expect_text(&told, report_text, 80, FOLDER "strange-80.txt");
	expect_text(&told, report_text, 40, FOLDER "strange-40.txt");
	release(&told);
}

static void two_screens_hold_all_there_is_to_say(void **state)
{
	struct told told;

	(void)state;
	for (size_t wrong = 0; wrong <= 22; wrong++) {
		a_full_exam(&told, wrong);
		EXPECT_TRUE(count_lines(&told) <= SCREENS);
		release(&told);
	}
	a_full_story(&told);
	if (count_lines(&told) > SCREENS)
		fail_msg("%zu lines", count_lines(&told));
	release(&told);
}

/* ---- The page ---- */

/* A command is the one thing that may stick out: broken, nobody could copy it. */
static size_t widest(const struct buf *text)
{
	size_t most = 0;

	for (const char *line = text->data; *line;) {
		size_t len = strcspn(line, "\n");
		size_t width = text_width(line, len);

		if (!strstr(line, "--") || strstr(line, "--") > line + len)
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
	for (int drill = 0; drill < 2; drill++) {
		a_full_story(&told);
		told.session.kind = drill ? "drill" : "exam";
		told.session.seed = told.result.rows[0].title =
			"a-word-that-is-longer-than-any-line-of-a-report-may-ever-be-and-"
			"then-some-more-of-it-with-wide-"
			"\xE8\xA9\xA6\xE9\xA8\x93\xE8\xA9\xA6\xE9\xA8\x93";
		told.result.rows[1].id = "an-id-of-a-task-as-long-as-this-one";
		for (size_t columns = 40; columns <= 200; columns++) {
			struct buf out = BUF_INIT;

			report_full(&told.report, columns, &out);
			report_text(&told.report, columns, &out);
			if (widest(&out) > (columns < 78 ? columns : 78))
				fail_msg("%zu columns:\n%s", columns, out.data);
			buf_release(&out);
		}
		release(&told);
	}
}

static void a_wider_screen_than_the_measure_changes_nothing(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	expect_text(&told, report_text, 78, FOLDER "passed-80.txt");
	expect_text(&told, report_text, 500, FOLDER "passed-80.txt");
	expect_text(&told, report_text, 0, FOLDER "passed-40.txt");
	release(&told);
}

static void nothing_harmful_reaches_the_page(void **state)
{
	static const char evil[] = "\033[31m\xFF\r\xE2\x80\x8B'";

	(void)state;
	for (int drill = 0; drill < 2; drill++) {
		struct buf out = BUF_INIT;
		struct told told;

		a_full_story(&told);
		told.session.kind = drill ? "drill" : evil;
		told.session.bank_id = told.session.bank_digest = told.session.signed_by =
			told.blueprint.vendor = told.blueprint.id = evil;
		told.session.seed = told.blueprint.title = evil;
		for (size_t i = 0; i < told.result.row_count; i++)
			told.result.rows[i].id = told.result.rows[i].title =
				"\033[0m\b\xC2\x9B";
		told.result.topics.groups[0].name = evil;
		told.result.services.groups[0].name = evil;
		report_full(&told.report, 80, &out);
		report_text(&told.report, 80, &out);
		EXPECT_TRUE(text_is_safe(out.data, out.len));
		EXPECT_FALSE(memchr(out.data, '\t', out.len) != NULL);
		buf_release(&out);
		release(&told);
	}
}

static void the_same_session_gives_the_same_text(void **state)
{
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct told told;

	(void)state;
	a_full_story(&told);
	report_full(&told.report, 60, &first);
	report_full(&told.report, 60, &second);
	EXPECT_TEXT(first.data, second.data);
	buf_release(&first);
	buf_release(&second);
	release(&told);
}

/* ---- Would I have passed? ---- */

static void one_question_decides_between_the_two_words(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	told.result.score = score_scale(&told.blueprint, 35, 50);
	expect_words(&told, "Result     PASS, too close to be sure: 35 of 50", true);
	expect_words(&told, "Score      730, likely 671 to 789", true);
	expect_words(&told, "FAIL", false);
	told.result.score = score_scale(&told.blueprint, 34, 50);
	expect_words(&told, "Result     FAIL, too close to be sure: 34 of 50", true);
	expect_words(&told, "Score      712, likely 652 to 772", true);
	expect_words(&told, "PASS", false);
	expect_words(&told, "35 needed", true);
	release(&told);
}

static void a_close_call_is_called_one(void **state)
{
	static const struct {
		int64_t raw;
		bool close;
	} cases[] = { { 38, false }, { 37, true }, { 31, true }, { 30, false } };
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	for (size_t i = 0; i < COUNT(cases); i++) {
		told.result.score = score_scale(&told.blueprint, cases[i].raw, 50);
		expect_words(&told, "too close to be sure", cases[i].close);
	}
	release(&told);
}

static void all_right_is_not_called_certainty(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	expect_words(&told, "Score      1000, likely 982 to 1000", true);
	expect_words(&told, "more than 99 % chance", true);
	expect_words(&told, "Nothing here asks for a drill", true);
	expect_words(&told, "proctor exam mla-c01", true);
	release(&told);
}

static void an_empty_session_claims_nothing(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	for (size_t i = 0; i < told.form.count; i++)
		told.given[i].response.count = 0;
	tell(&told);
	expect_words(&told, "Result     FAIL: 0 of 50", true);
	expect_words(&told, "too many to tell what you know", true);
	expect_words(&told, "chance to pass", false);
	expect_words(&told, "Where you stand", false);
	expect_words(&told, "drill", false);
	release(&told);
}

static void a_session_without_a_limit_says_so(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	told.session.limit_ms = 0;
	expect_words(&told, "1:52:07, without a limit; the exam gives 2:10:00", true);
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
	expect_words(&told, "Gaps       1, 59:59 in all", true);
	expect_words(&told, "not counted", true);
	told.session.strict = true;
	expect_words(&told, "counted (strict", true);
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
	expect_words(&told, "Result     not scored", true);
	expect_words(&told, "PASS", false);
	expect_words(&told, "FAIL", false);
	expect_words(&told, "linear convention", false);
	release(&told);
}

static void a_form_without_questions_is_reported_all_the_same(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 0);
	told.form.count = told.state.count = 0;
	tell(&told);
	expect_words(&told, "not scored", true);
	release(&told);
}

static void who_signed_nothing_is_told_of(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 3);
	expect_words(&told, "NOT SIGNED", false);
	told.session.signed_by = "";
	expect_words(&told, "Bank aws-mle version 7, NOT SIGNED", true);
	release(&told);
}

/* ---- What to do next ---- */

static void a_command_is_one_a_shell_takes(void **state)
{
	struct told told;

	(void)state;
	a_full_story(&told);
	told.blueprint.id = "a b";
	expect_words(&told, "proctor drill 'a b' --domain", true);
	told.blueprint.id = "it's";
	expect_words(&told, "proctor drill 'it'\\''s' --domain", true);
	/* What cannot be shown as it is cannot be typed as it is shown. */
	told.blueprint.id = "\033[1m";
	expect_words(&told, "proctor drill", false);
	release(&told);
}

static void advice_on_changes_needs_more_than_luck(void **state)
{
	struct told told;
	int64_t *counts = told.result.changes.counts;

	(void)state;
	a_full_story(&told);
	counts[SCORE_WRONG_TO_RIGHT] = 5;
	counts[SCORE_RIGHT_TO_WRONG] = 0;
	told.result.changes.p = score_sign_test(5, 0);
	expect_words(&told, "Too few to", true);
	expect_words(&told, "51 % of changes", true);
	counts[SCORE_WRONG_TO_RIGHT] = 6;
	told.result.changes.p = score_sign_test(6, 0);
	expect_words(&told, "second thoughts help you", true);
	counts[SCORE_WRONG_TO_RIGHT] = 0;
	counts[SCORE_RIGHT_TO_WRONG] = 6;
	expect_words(&told, "only for a", true);
	release(&told);
}

static void a_drill_has_no_score_and_says_why(void **state)
{
	struct told told;

	(void)state;
	a_strange_session(&told);
	expect_words(&told, "Score", false);
	expect_words(&told, "PASS", false);
	expect_words(&told, "Needs Improvement", false);
	expect_words(&told, "A drill is chosen, not drawn", true);
	release(&told);
}

static const struct CMUnitTest tests[] = {
	TEST(a_passed_exam_reads_as_expected),
	TEST(a_full_story_reads_as_expected),
	TEST(a_strange_drill_reads_as_expected),
	TEST(two_screens_hold_all_there_is_to_say),
	TEST(no_line_is_wider_than_the_screen_or_a_good_measure),
	TEST(a_wider_screen_than_the_measure_changes_nothing),
	TEST(nothing_harmful_reaches_the_page),
	TEST(the_same_session_gives_the_same_text),
	TEST(one_question_decides_between_the_two_words),
	TEST(a_close_call_is_called_one),
	TEST(all_right_is_not_called_certainty),
	TEST(an_empty_session_claims_nothing),
	TEST(a_session_without_a_limit_says_so),
	TEST(gaps_are_told_and_whether_they_counted),
	TEST(a_form_where_nothing_counts_has_no_score),
	TEST(a_form_without_questions_is_reported_all_the_same),
	TEST(who_signed_nothing_is_told_of),
	TEST(a_command_is_one_a_shell_takes),
	TEST(advice_on_changes_needs_more_than_luck),
	TEST(a_drill_has_no_score_and_says_why),
};

TEST_MAIN(tests)
