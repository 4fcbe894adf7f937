#include "golden.h"
#include "history_built.h"
#include "proctor/buf.h"
#include "proctor/json.h"
#include "proctor/text.h"

#define FOLDER "tests/fixtures/history/"

static struct built built;

static int setup(void **state)
{
	(void)state;
	build_history(&built);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&built.arena);
	return 0;
}

/* Six exams, the last with questions met before, one left open, and two drills. */
static void a_full_history(void)
{
	add_scored(&built, "exam", 10, 9, true);
	add_scored(&built, "exam", 12, 9, true);
	add_scored(&built, "drill", 15, 17, true);
	add_scored(&built, "exam", 13, 11, true);
	add_past(&built, "exam");
	add_scored(&built, "exam", 15, 10, true);
	add_scored(&built, "exam", 16, 14, true);
	add_past(&built, "drill");
	add_scored(&built, "exam", 18, 13, false);
}

static void expect_text(size_t columns, bool ascii, const char *path)
{
	struct buf out = BUF_INIT;

	history_text(&built.history, columns, ascii, &out);
	expect_file(path, &out);
	buf_release(&out);
}

static void expect_words(const char *words, bool there)
{
	struct buf out = BUF_INIT;

	history_text(&built.history, 200, false, &out);
	for (char *end = out.data; (end = strchr(end, '\n'));)
		*end = ' ';
	if (!strstr(out.data, words) == there)
		fail_msg("\"%s\" is %s in %s", words, there ? "missing" : "there",
			 out.data);
	buf_release(&out);
}

static void a_history_reads_as_expected(void **state)
{
	(void)state;
	a_full_history();
	expect_text(80, false, FOLDER "80.txt");
	expect_text(40, true, FOLDER "40-ascii.txt");
}

static void the_document_is_as_expected(void **state)
{
	struct buf out = BUF_INIT;
	struct json_out json = JSON_OUT(&out, true);

	(void)state;
	a_full_history();
	history_json(&built.history, &json);
	buf_char(&out, '\n');
	expect_file(FOLDER "trend.json", &out);
	buf_release(&out);
}

static void the_page_is_as_expected(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	a_full_history();
	history_html(&built.history, &out);
	expect_page(FOLDER "page.html", &out);
	buf_release(&out);
}

static void no_line_is_wider_than_the_screen(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	a_full_history();
	for (int i = 0; i < 20; i++)
		add_scored(&built, "exam", 20, 0, true);
	for (size_t columns = 40; columns <= 80; columns++) {
		buf_clear(&out);
		history_text(&built.history, columns, false, &out);
		for (const char *line = out.data; *line;) {
			size_t len = strcspn(line, "\n");

			if (text_width(line, len) > columns)
				fail_msg("%zu columns: %.*s", columns, (int)len, line);
			line += len + 1;
		}
	}
	buf_release(&out);
}

static void nothing_is_said_to_be_nothing(void **state)
{
	(void)state;
	expect_words("There is no session yet. Begin one: proctor exam", true);
	expect_text(80, false, FOLDER "none.txt");
}

static void one_exam_is_no_trend(void **state)
{
	(void)state;
	add_past(&built, "exam");
	expect_words("No exam is finished yet", true);
	add_scored(&built, "exam", 10, 10, true);
	expect_words("One exam is no trend", true);
	expect_words("Domains: percent right", false);
	add_scored(&built, "exam", 20, 20, true);
	expect_words("Two exams are no trend yet", true);
	expect_words("Domains: percent right", true);
}

static void a_trend_is_called_chance_until_it_is_more(void **state)
{
	(void)state;
	add_scored(&built, "exam", 10, 10, true);
	add_scored(&built, "exam", 10, 12, true);
	add_scored(&built, "exam", 11, 11, true);
	expect_words("Chance alone could do that", true);
	add_scored(&built, "exam", 18, 18, true);
	add_scored(&built, "exam", 19, 19, true);
	expect_words("That is more than chance alone would do.", true);
	expect_words("goes up by about", true);
}

/* What is remembered is no progress: here nothing was met for the first time again. */
static void repeated_questions_make_no_trend(void **state)
{
	(void)state;
	add_scored(&built, "exam", 5, 5, true);
	add_scored(&built, "exam", 15, 15, false);
	add_scored(&built, "exam", 20, 20, false);
	expect_words("Too few questions were met for the first time", true);
	expect_words("40 of the 40 questions of the latest exam had been met before",
		     true);
}

static void drills_alone_say_nothing_of_exams(void **state)
{
	(void)state;
	add_scored(&built, "drill", 10, 10, true);
	expect_words("Estimates from drills", true);
	expect_words("Estimates from exams", false);
	expect_words("nothing to compare", false);
}

static void only_the_last_ones_are_listed_if_that_is_wished(void **state)
{
	(void)state;
	a_full_history();
	built.history.most = 2;
	expect_words("(5 earlier ones are not listed)", true);
	expect_words("20261120-000001", false);
	expect_words("20261120-000009", true);
	/* The trend is that of all. */
	expect_words("527", true);
}

static void what_is_damaged_is_said_to_be(void **state)
{
	(void)state;
	add_past(&built, "exam")->phase = PHASE_DONE;
	expect_words("damaged: no score", true);
	built.exams[0].blueprint = NULL;
	expect_words("exam-x", true);
}

static void nothing_foreign_is_written_as_it_is(void **state)
{
	(void)state;
	add_scored(&built, "exam", 10, 10, true)->blueprint_id = "\033[2Jx";
	expect_words("\033", false);
	expect_words("^[[2Jx", true);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(a_history_reads_as_expected),
	CASE(the_document_is_as_expected),
	CASE(the_page_is_as_expected),
	CASE(no_line_is_wider_than_the_screen),
	CASE(nothing_is_said_to_be_nothing),
	CASE(one_exam_is_no_trend),
	CASE(a_trend_is_called_chance_until_it_is_more),
	CASE(repeated_questions_make_no_trend),
	CASE(drills_alone_say_nothing_of_exams),
	CASE(only_the_last_ones_are_listed_if_that_is_wished),
	CASE(what_is_damaged_is_said_to_be),
	CASE(nothing_foreign_is_written_as_it_is),
};

TEST_MAIN(tests)
