#include "proctor/buf.h"
#include "proctor/report.h"
#include "schedule_bank.h"

/* Plans told, on a bank of four tasks; day 0 is Friday, the 4th of October 2024. */
static struct world w;
static struct schedule_plan plan;
static struct buf out;

static int set_up(void **state)
{
	(void)state;
	world_init(&w);
	add_questions(&w, "1.1", 30, "drift");
	add_questions(&w, "1.2", 30, NULL);
	add_questions(&w, "2.1", 30, NULL);
	add_questions(&w, "2.2", 30, NULL);
	w.bank = build_bank(&w.built);
	out = (struct buf)BUF_INIT;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_release(&out);
	world_release(&w);
	return 0;
}

static const char *tell(int64_t today, int64_t exam, size_t columns)
{
	struct schedule_when when = { TEST_DAY_0 + today, exam ? TEST_DAY_0 + exam : 0,
				      0 };
	struct report_plan report = { .plan = &plan,
				      .blueprint = &w.blueprint,
				      .days = 3 };

	EXPECT_OK(schedule_plan(&w.blueprint, w.bank, w.answers, w.count, &when, 20,
				&w.arena, &plan, &w.err),
		  w.err);
	buf_clear(&out);
	report_plan_text(&report, columns, &out);
	return out.data;
}

static void nothing_known_is_told_as_that(void **state)
{
	(void)state;
	EXPECT_TEXT(
		tell(0, 30, 80),
		"Plan for x: exam on Sun 3 Nov 2024, in 30 days\n"
		"\n"
		"Known     nothing yet: no question was answered. The days below are a "
		"frame;\n"
		"          ask again when the first mock exam is sat.\n"
		"Bank      120 questions, 120 not met yet: at most 10 mock exams of new\n"
		"          questions. About 10 Oct drills will have met all but 20, kept "
		"for\n"
		"          mock exams; from then on questions come again.\n"
		"Today     proctor exam x\n"
		"\n"
		"Fri 4 Oct   mock exam (20 min, all new): to see where you stand\n"
		"Sat 5 Oct   proctor review the mock exam, then drill what you missed\n"
		"Sun 6 Oct   drill of 20\n"
		"7 Oct - 13 Oct   7 drills\n"
		"14 Oct - 20 Oct  6 drills, mock exam on Sat 19 Oct\n"
		"21 Oct - 27 Oct  7 drills\n"
		"28 Oct - 1 Nov   4 drills, mock exam on Tue 29 Oct\n"
		"Sat 2 Nov   short drill of 10, what is due; then stop, and sleep\n"
		"Sun 3 Nov   exam\n"
		"\n"
		"A day you miss costs nothing: ask again, and the plan begins anew. What "
		"is\n"
		"expected is of this bank's questions, and not of the real exam.\n");
}

static void what_is_known_is_told_with_how_little_it_is(void **state)
{
	const char *text;

	(void)state;
	answer(&w, 0, "1.1-01", false);
	answer(&w, 0, "2.2-01", true);
	answer(&w, 0, "2.2-02", true)->spent_ms = 100;
	text = tell(3, 30, 80);
	EXPECT_TRUE(strstr(text, "Known     1 of 2 questions was right when first met") ||
		    strstr(text, "Known     1 of 2 questions were right when first met"));
	EXPECT_TRUE(strstr(text, "That is little"));
	EXPECT_TRUE(strstr(text, "69 % passes") || strstr(text, "69 %\n"));
	EXPECT_TRUE(strstr(text, "1 answer came too fast to\n          count.") ||
		    strstr(text, "1 answer came too fast to count."));
	EXPECT_TRUE(strstr(text, "Due       3 of the 3 tasks and topics"));
	EXPECT_TRUE(strstr(text, "Missing   1.1  0 of 1 right at first  One\n"));
}

static void only_answers_that_came_too_fast_are_nothing(void **state)
{
	(void)state;
	answer(&w, 0, "1.1-01", true)->spent_ms = 100;
	EXPECT_TRUE(strstr(tell(0, 30, 80), "nothing yet: 1 answer came too fast"));
}

static void answers_under_a_wrong_clock_are_told(void **state)
{
	(void)state;
	answer(&w, 400, "1.1-01", true)->undated = true;
	EXPECT_TRUE(strstr(tell(0, 30, 80), "1 answer came under a clock"));
	EXPECT_FALSE(strstr(out.data, "Due "));
}

static void the_last_days_have_their_own_words(void **state)
{
	(void)state;
	EXPECT_TEXT(tell(0, 1, 80),
		    "Plan for x: exam on Sat 5 Oct 2024, tomorrow\n"
		    "\n"
		    "Known     nothing yet: no question was answered.\n"
		    "Today     proctor drill x -n 10 --exam-date 2024-10-05\n"
		    "\n"
		    "Fri 4 Oct   short drill of 10; then stop, and sleep\n"
		    "Sat 5 Oct   exam\n");
	EXPECT_TRUE(strstr(tell(0, 5, 80), "in 5 days"));
	answer(&w, 0, "1.1-01", true);
	EXPECT_TRUE(strstr(tell(4, 5, 80),
			   "proctor drill x -n 10 --due --exam-date 2024-10-09"));
}

static void the_command_can_be_typed(void **state)
{
	struct report_plan report = { .plan = &plan,
				      .blueprint = &w.blueprint,
				      .file = "my own.json",
				      .bank = "/b",
				      .key = "my.pub",
				      .allow_unsigned = true,
				      .days = 3 };

	(void)state;
	tell(0, 30, 80);
	buf_clear(&out);
	report_plan_text(&report, 80, &out);
	EXPECT_TRUE(strstr(out.data, "--blueprint 'my own.json' --bank '/b' --key"));
}

/* At any width the words of a command stay whole, and what is copied is the command. */
static void a_command_is_broken_as_a_shell_joins_it(void **state)
{
	(void)state;
	answer(&w, 0, "1.1-01", true);
	for (size_t columns = 40; columns < 80; columns++) {
		const char *at = strstr(tell(4, 5, columns), "Today     ") + 10;
		struct buf joined = BUF_INIT;

		for (; *at != '\n'; at++)
			if (at[0] == '\\' && at[1] == '\n')
				at += strspn(at + 2, " ") + 1;
			else
				buf_char(&joined, *at);
		EXPECT_TEXT(joined.data,
			    "proctor drill x -n 10 --due --exam-date 2024-10-09");
		buf_release(&joined);
	}
}

static void a_year_is_weeks_and_then_months(void **state)
{
	size_t lines = 0;

	(void)state;
	for (const char *c = tell(0, 365, 80); *c; c++)
		lines += *c == '\n';
	EXPECT_TRUE(lines < 40);
	EXPECT_TRUE(strstr(out.data, "\n7 Oct - 13 Oct   1 drill\n"));
	EXPECT_TRUE(strstr(out.data, "free: learn the subject"));
	EXPECT_TRUE(strstr(out.data, "\nSat 4 Oct   exam\n"));
}

static void a_week_of_one_day_is_told_as_that_day(void **state)
{
	(void)state;
	tell(0, 5, 80); /* three days, one more, the eve, the exam */
	EXPECT_TRUE(strstr(out.data, "\nMon 7 Oct   drill of 20\n"));
	EXPECT_FALSE(strstr(out.data, "7 Oct - 7 Oct"));
}

static void what_was_never_asked_is_told_as_that(void **state)
{
	(void)state;
	answer(&w, 0, "1.1-01", false);
	EXPECT_TRUE(strstr(tell(1, 30, 80), "\n          2.1  not asked yet  Three\n"));
}

static void no_new_mock_exam_is_no_number(void **state)
{
	(void)state;
	for (unsigned i = 1; i <= 30; i++)
		answer(&w, 0, arena_printf(&w.arena, "2.1-%02u", i), true);
	for (unsigned i = 1; i <= 28; i++)
		answer(&w, 0, arena_printf(&w.arena, "2.2-%02u", i), true);
	EXPECT_TRUE(strstr(tell(1, 30, 80),
			   "120 questions, 62 not met yet: no mock exam of new"));
}

static void what_has_been_met_is_not_still_to_be_met(void **state)
{
	static const char *const tasks[] = { "1.1", "1.2", "2.1", "2.2" };

	(void)state;
	for (unsigned i = 1; i <= 30; i++)
		for (int t = 0; t < 4; t++)
			answer(&w, 0, arena_printf(&w.arena, "%s-%02u", tasks[t], i),
			       true)
				->drill = true;
	EXPECT_FALSE(strstr(tell(1, 30, 80), "will have met"));
	EXPECT_TRUE(strstr(out.data, "mock exam (20 min, all met before)"));
}

static void a_session_that_is_open_is_told(void **state)
{
	struct report_plan report = { .plan = &plan,
				      .blueprint = &w.blueprint,
				      .open_kind = "drill",
				      .open_id = "20241004-abcdef",
				      .days = 3 };

	(void)state;
	EXPECT_FALSE(strstr(tell(0, 30, 80), "Open"));
	buf_clear(&out);
	report_plan_text(&report, 80, &out);
	EXPECT_TRUE(strstr(
		out.data, "\nOpen      proctor resume 20241004-abcdef\n"
			  "          This drill is not finished, and counts when it is.\n"
			  "Today "));
}

static void a_title_from_the_bank_is_made_safe(void **state)
{
	(void)state;
	w.blueprint.domains[0].tasks[0].title = "One\033[31m\nTwo";
	answer(&w, 0, "1.1-01", false);
	EXPECT_TRUE(strstr(tell(0, 30, 80), "One^[[31m Two"));
}

#define WITH_WORLD(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	WITH_WORLD(nothing_known_is_told_as_that),
	WITH_WORLD(what_is_known_is_told_with_how_little_it_is),
	WITH_WORLD(only_answers_that_came_too_fast_are_nothing),
	WITH_WORLD(answers_under_a_wrong_clock_are_told),
	WITH_WORLD(the_last_days_have_their_own_words),
	WITH_WORLD(the_command_can_be_typed),
	WITH_WORLD(a_command_is_broken_as_a_shell_joins_it),
	WITH_WORLD(a_year_is_weeks_and_then_months),
	WITH_WORLD(a_week_of_one_day_is_told_as_that_day),
	WITH_WORLD(what_was_never_asked_is_told_as_that),
	WITH_WORLD(no_new_mock_exam_is_no_number),
	WITH_WORLD(what_has_been_met_is_not_still_to_be_met),
	WITH_WORLD(a_session_that_is_open_is_told),
	WITH_WORLD(a_title_from_the_bank_is_made_safe),
};

TEST_MAIN(tests)
