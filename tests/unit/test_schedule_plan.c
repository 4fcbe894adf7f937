#include "schedule_bank.h"

/* The exam of these tests asks 10 questions; 2024-10-04, day 0, is a Friday. */
static struct world w;
static struct schedule_plan plan;

static int set_up(void **state)
{
	(void)state;
	world_init(&w);
	for (int t = 0; t < 4; t++)
		add_questions(&w, (const char *[]){ "1.1", "1.2", "2.1", "2.2" }[t], 30,
			      NULL);
	w.bank = build_bank(&w.built);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	world_release(&w);
	return 0;
}

/* With the exam so many days after day 0, or no date for -1, asked on day `today`. */
static bool make_plan(int64_t today, int64_t exam)
{
	struct schedule_when when = { TEST_DAY_0 + today,
				      exam < 0 ? 0 : TEST_DAY_0 + exam, 0 };

	w.err = (struct err)ERR_INIT;
	return schedule_plan(&w.blueprint, w.bank, w.answers, w.count, &when, 20,
			     &w.arena, &plan, &w.err);
}

#define EXPECT_PLAN(today, exam) EXPECT_OK(make_plan(today, exam), w.err)

/* A mock exam at noon of that day, all right but the first `wrong`. */
static void sit_mock(int64_t day, int wrong)
{
	for (int i = 0; i < 10; i++) {
		struct score_answer *a = answer(&w, day,
						arena_printf(&w.arena, "%d.%d-%02d",
							     1 + i / 6, 1 + i / 3 % 2,
							     1 + (int)day % 20 + i % 3),
						i >= wrong);

		a->session = arena_printf(&w.arena, "mock-%d", (int)day);
	}
}

/* Drills `count` questions at noon of that day. */
static void sit_drill(int64_t day, int count)
{
	for (int i = 0; i < count; i++) {
		struct score_answer *a = answer(
			&w, day, arena_printf(&w.arena, "2.2-%02d", 1 + i % 30), true);

		a->session = arena_printf(&w.arena, "drill-%d", (int)day);
		a->drill = true;
	}
}

static void expect_steps(const char *steps)
{
	static const char letters[] = "-MwdlfX";

	for (size_t i = 0; steps[i]; i++)
		if (letters[plan.days[i].step] != steps[i])
			fail_msg("day %zu is %s, not %c of %s", i,
				 schedule_step_names[plan.days[i].step], steps[i], steps);
}

/* ---- How the days go ---- */

static void who_knows_nothing_begins_with_a_mock_exam(void **state)
{
	(void)state;
	EXPECT_PLAN(0, 14);
	EXPECT_INT(plan.day_count, 15);
	/*            Fri                                   Fri */
	expect_steps("Mwddddd"
		     "ddMwd"
		     "dlX");
	EXPECT_INT(plan.days[0].questions, 10);
	EXPECT_TRUE(plan.days[0].fresh);
	EXPECT_INT(plan.fresh, 10);
}

static void a_mock_exam_is_never_in_the_last_two_days(void **state)
{
	(void)state;
	for (int64_t exam = 0; exam < 120; exam++) {
		EXPECT_PLAN(0, exam);
		for (size_t i = 0; i < plan.day_count; i++)
			EXPECT_FALSE(
				plan.days[i].step == STEP_MOCK &&
				plan.days[plan.day_count - 1].day - plan.days[i].day < 3);
		EXPECT_INT(plan.days[plan.day_count - 1].step, STEP_EXAM);
	}
}

static void mock_exams_are_days_apart(void **state)
{
	(void)state;
	for (int64_t exam = 0; exam < 120; exam++) {
		int64_t last = -100;

		EXPECT_PLAN(0, exam);
		for (size_t i = 0; i < plan.day_count; i++)
			if (plan.days[i].step == STEP_MOCK) {
				EXPECT_TRUE((int64_t)i - last >= 4);
				last = (int64_t)i;
			}
	}
}

static void short_of_time_the_last_things_come_first(void **state)
{
	(void)state;
	EXPECT_PLAN(0, 0);
	expect_steps("X");
	EXPECT_PLAN(0, 1);
	expect_steps("lX");
	EXPECT_INT(plan.days[0].questions, 10);
	EXPECT_INT(plan.days[0].due, 0); /* nothing was ever practised */
	EXPECT_PLAN(0, 2);
	expect_steps("dlX");
	EXPECT_PLAN(0, 3);
	expect_steps("MwlX");
	EXPECT_PLAN(0, 6);
	expect_steps("MwdddlX");
}

static void an_exam_far_off_is_no_reason_to_hurry(void **state)
{
	size_t drills = 0;

	(void)state;
	EXPECT_PLAN(0, 365);
	expect_steps("Mwffffffdffffffd");
	for (size_t i = 0; i < 365 - 84; i++)
		drills += plan.days[i].step == STEP_DRILL;
	EXPECT_INT(drills, 39);
	EXPECT_INT(plan.days[365 - 84].step, STEP_MOCK);
}

static void without_a_date_there_are_four_weeks(void **state)
{
	(void)state;
	EXPECT_PLAN(0, -1);
	EXPECT_INT(plan.day_count, PLAN_DAYS_OPEN);
	/* the drills leave two forms of new questions to an exam that gets a date */
	expect_steps("Mwdddddddddddddddddddddddddd");
}

static void an_exam_that_is_over_is_refused(void **state)
{
	(void)state;
	EXPECT_FALSE(make_plan(3, 1));
	EXPECT_INT(w.err.kind, ERR_USAGE);
	EXPECT_TEXT(w.err.text, "the exam is over: its day was 2 days ago");
	EXPECT_FALSE(make_plan(0, 4000));
	EXPECT_INT(w.err.kind, ERR_USAGE);
}

/* ---- What was done ---- */

static void the_plan_goes_on_from_what_was_done(void **state)
{
	(void)state;
	sit_mock(0, 4);
	EXPECT_PLAN(0, 14);
	expect_steps("-wddddd"
		     "ddMwd"
		     "dlX");
	EXPECT_INT(plan.mocks, 1);
	EXPECT_PLAN(1, 14);
	expect_steps("wddddd");
	EXPECT_INT(plan.days[0].questions, 4); /* so many were missed */
	sit_drill(1, 4);
	EXPECT_PLAN(1, 14);
	EXPECT_INT(plan.done_today, 4);
	EXPECT_INT(plan.days[0].step, STEP_DRILL);
	EXPECT_INT(plan.days[0].questions, 16);
	EXPECT_PLAN(2, 14);
	expect_steps("dddd");
	sit_drill(2, 12);
	EXPECT_PLAN(2, 14);
	EXPECT_INT(plan.days[0].step, STEP_DRILL);
	EXPECT_INT(plan.days[0].questions, 8);
	sit_drill(2, 3); /* three quarters of the day's will do */
	EXPECT_PLAN(2, 14);
	EXPECT_INT(plan.days[0].step, STEP_DONE);
	sit_drill(13, 9);
	EXPECT_PLAN(13, 14);
	EXPECT_INT(plan.days[0].step, STEP_LIGHT);
	sit_drill(13, 1);
	EXPECT_PLAN(13, 14);
	EXPECT_INT(plan.days[0].step, STEP_DONE);
}

static void a_mock_exam_all_right_leaves_nothing_to_look_at(void **state)
{
	(void)state;
	sit_mock(0, 0);
	EXPECT_PLAN(0, 14);
	expect_steps("-wdd");
	EXPECT_PLAN(1, 14);
	expect_steps("ddd");
}

static void a_drill_is_no_mock_exam_and_neither_is_half_of_one(void **state)
{
	(void)state;
	sit_drill(0, 12);
	EXPECT_PLAN(1, 14);
	EXPECT_INT(plan.mocks, 0);
	sit_mock(1, 0);
	w.count -= 6;
	EXPECT_PLAN(2, 14);
	EXPECT_INT(plan.mocks, 0);
	w.count++;
	EXPECT_PLAN(2, 14);
	EXPECT_INT(plan.mocks, 1);
}

static void nobody_knows_when_a_mock_exam_under_a_wrong_clock_was(void **state)
{
	(void)state;
	sit_mock(365, 4);
	for (size_t i = 0; i < w.count; i++)
		w.answers[i].undated = true;
	EXPECT_PLAN(0, 14);
	EXPECT_INT(plan.mocks, 1);
	EXPECT_INT(plan.missed, 4);
	EXPECT_INT(plan.done_today, 0);
	expect_steps("Mwddddd");
}

static void what_comes_due_is_told_for_the_day(void **state)
{
	(void)state;
	sit_mock(0, 1);
	EXPECT_PLAN(1, 14);
	EXPECT_INT(plan.days[0].due, 0); /* looks at what was missed */
	EXPECT_INT(plan.days[1].due, 4); /* the four tasks, after two days */
	EXPECT_INT(plan.days[2].due, 0);
}

static void tasks_to_read_up_take_turns_by_what_is_missing(void **state)
{
	size_t often[4] = { 0 };

	(void)state;
	EXPECT_PLAN(0, 40);
	EXPECT_INT(plan.days[3].focus_count, 0); /* nothing is known */
	sit_mock(0, 3);                          /* all three of 1.1 */
	EXPECT_PLAN(1, 40);
	for (size_t i = 0; i < plan.day_count; i++)
		for (size_t f = 0; f < plan.days[i].focus_count; f++)
			often[plan.days[i].focus[f]]++;
	EXPECT_TRUE(often[0] > often[1]);
	EXPECT_TRUE(often[1] > 0);
	EXPECT_TRUE(often[3] > 0);
}

/* ---- Mock exams that are new ---- */

static void new_mock_exams_are_counted_by_domain(void **state)
{
	(void)state;
	EXPECT_PLAN(0, 30);
	EXPECT_INT(plan.fresh, 10); /* 60 questions of domain 1, 6 in a form */
	sit_mock(0, 0);
	EXPECT_PLAN(1, 30);
	EXPECT_INT(plan.fresh, 9);
}

static void questions_kept_for_mock_exams_are_told(void **state)
{
	(void)state;
	EXPECT_PLAN(0, 60);
	EXPECT_INT(plan.met_day, TEST_DAY_0 + 6); /* 110 less 20 a day from day 2 on */
	EXPECT_INT(plan.kept, 20);
	for (size_t i = 0; i < plan.day_count; i++)
		if (plan.days[i].step == STEP_MOCK)
			EXPECT_TRUE(plan.days[i].fresh);
}

#define WITH_WORLD(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	WITH_WORLD(who_knows_nothing_begins_with_a_mock_exam),
	WITH_WORLD(a_mock_exam_is_never_in_the_last_two_days),
	WITH_WORLD(mock_exams_are_days_apart),
	WITH_WORLD(short_of_time_the_last_things_come_first),
	WITH_WORLD(an_exam_far_off_is_no_reason_to_hurry),
	WITH_WORLD(without_a_date_there_are_four_weeks),
	WITH_WORLD(an_exam_that_is_over_is_refused),
	WITH_WORLD(the_plan_goes_on_from_what_was_done),
	WITH_WORLD(a_mock_exam_all_right_leaves_nothing_to_look_at),
	WITH_WORLD(a_drill_is_no_mock_exam_and_neither_is_half_of_one),
	WITH_WORLD(nobody_knows_when_a_mock_exam_under_a_wrong_clock_was),
	WITH_WORLD(what_comes_due_is_told_for_the_day),
	WITH_WORLD(tasks_to_read_up_take_turns_by_what_is_missing),
	WITH_WORLD(new_mock_exams_are_counted_by_domain),
	WITH_WORLD(questions_kept_for_mock_exams_are_told),
};

TEST_MAIN(tests)
