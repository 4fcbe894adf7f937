#include "schedule_bank.h"

static struct world w;

static int set_up(void **state)
{
	(void)state;
	world_init(&w);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	world_release(&w);
	return 0;
}

static void add_all(unsigned each)
{
	add_questions(&w, "1.1", each, "ingest");
	add_questions(&w, "1.2", each, "features");
	add_questions(&w, "2.1", each, "tuning");
	add_questions(&w, "2.2", each, "drift");
}

/* ---- Wishes ---- */

static void a_task_gives_questions_of_that_task_alone(void **state)
{
	(void)state;
	add_all(10);
	w.wish.task = "2.1";
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 8);
	EXPECT_INT(count_of(&w, "2.1"), 8);
	EXPECT_TEXT(w.told, "8 questions of task 2.1");
}

static void a_domain_shares_its_questions_out_among_its_tasks(void **state)
{
	(void)state;
	add_all(10);
	w.wish.domain = "1";
	EXPECT_PICK(&w);
	EXPECT_INT(count_of(&w, "1.1"), 4);
	EXPECT_INT(count_of(&w, "1.2"), 4);
}

static void wishes_combine_by_and(void **state)
{
	(void)state;
	add_all(6);
	add_question(&w, "a", "1.1", ORDERING, "drift", "AWS Glue");
	add_question(&w, "b", "2.2", ORDERING, "drift", "Amazon S3");
	w.wish.topic = "Drift";
	w.wish.type = "ordering";
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 2);
	w.wish.service = "glue";
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 1);
	EXPECT_INT(place_of(&w, "a"), 1);
	w.wish.domain = "2";
	EXPECT_NONE(&w, ERR_INPUT,
		    "there is no question of domain 2 on the topic \"Drift\" about the "
		    "service \"glue\"");
}

static void missed_is_wrong_the_last_time(void **state)
{
	(void)state;
	add_all(3);
	answer(&w, 0, "1.1-01", false);
	answer(&w, 0, "1.1-02", false);
	answer(&w, 1, "1.1-01", true);
	w.wish.missed = true;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 1);
	EXPECT_INT(place_of(&w, "1.1-02"), 1);
	EXPECT_TEXT(w.told, "1 question instead of 8: there are no more that you missed");
}

static void flagged_is_flagged_the_last_time(void **state)
{
	(void)state;
	add_all(3);
	answer(&w, 0, "1.1-01", true)->flagged = true;
	answer(&w, 0, "1.1-02", true)->flagged = true;
	answer(&w, 1, "1.1-02", true);
	w.wish.flagged = true;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 1);
	EXPECT_INT(place_of(&w, "1.1-01"), 1);
}

static void unseen_is_never_met(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	answer(&w, 0, "1.1-02", true);
	w.wish.unseen = true;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 2);
	EXPECT_INT(place_of(&w, "1.1-02"), 0);
}

/* What was met on a day that is still to come was met today. */
static void a_clock_that_was_set_back_leaves_no_drill_empty(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	for (int64_t day = 1; day < 30; day++) {
		w.count = 0;
		for (int i = 1; i <= 3; i++)
			answer(&w, day, arena_printf(&w.arena, "1.1-%02d", i), false);
		w.wish.today = TEST_DAY_0;
		w.wish.weakest = w.wish.missed = true;
		EXPECT_PICK(&w);
		EXPECT_INT(w.form.count, 3);
	}
}

/* ---- Nothing to ask ---- */

static void what_left_nothing_is_told_with_the_reason(void **state)
{
	(void)state;
	add_all(2);
	w.wish.task = "1.1";
	w.wish.missed = true;
	EXPECT_NONE(&w, ERR_INPUT,
		    "no question of task 1.1 was missed: none was asked yet");
	answer(&w, 0, "1.1-01", true);
	EXPECT_NONE(&w, ERR_INPUT,
		    "no question of task 1.1 was missed: 1 was asked, and right last "
		    "time");
	answer(&w, 0, "1.1-02", true);
	EXPECT_NONE(&w, ERR_INPUT,
		    "no question of task 1.1 was missed: 2 were asked, all right last "
		    "time");
	w.wish.missed = false;
	w.wish.unseen = true;
	EXPECT_NONE(&w, ERR_INPUT,
		    "no question of task 1.1 is left that you have not seen: 2 were "
		    "asked");
	w.wish.unseen = false;
	w.wish.flagged = true;
	EXPECT_NONE(&w, ERR_INPUT, "no question of task 1.1 was flagged: 2 were asked");
	w.wish.task = NULL;
	w.wish.missed = true;
	EXPECT_NONE(&w, ERR_INPUT, "no question was missed: 2 were asked");
}

static void a_name_that_is_not_there_is_refused_with_what_there_is(void **state)
{
	(void)state;
	add_all(2);
	w.wish.domain = "7";
	EXPECT_NONE(&w, ERR_USAGE, "x has no question of domain 7; there are 1, 2");
	w.wish.domain = NULL;
	w.wish.topic = "drfit";
	EXPECT_NONE(&w, ERR_USAGE,
		    "x has no question on the topic \"drfit\"; did you mean "
		    "\"drift\"?");
	w.wish.topic = NULL;
	w.wish.type = "matching";
	EXPECT_NONE(&w, ERR_USAGE, "x has no question of type matching; there are ");
	w.wish.type = NULL;
	w.wish.service = "glue";
	EXPECT_NONE(&w, ERR_USAGE, "x has no question about the service \"glue\"");
}

static void what_the_blueprint_does_not_admit_is_never_asked(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 2, NULL);
	add_question(&w, "m", "1.1", MATCHING, NULL, NULL);
	add_question(&w, "d", "1.1", MULTIPLE_CHOICE, NULL, NULL)->status =
		QUESTION_DRAFT;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 2);
}

/* ---- Which of several ---- */

static void the_unseen_come_first_and_then_the_longest_ago(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, NULL);
	answer(&w, 0, "1.1-03", true);
	answer(&w, 2, "1.1-01", true);
	answer(&w, 4, "1.1-02", true);
	w.wish.task = "1.1";
	w.wish.count = 1;
	EXPECT_PICK(&w);
	EXPECT_INT(place_of(&w, "1.1-04"), 1);
	w.wish.count = 2;
	EXPECT_PICK(&w);
	EXPECT_TRUE(place_of(&w, "1.1-03"));
	w.wish.count = 3;
	EXPECT_PICK(&w);
	EXPECT_TRUE(place_of(&w, "1.1-01"));
}

static void enemies_do_not_meet_in_one_drill(void **state)
{
	(void)state;
	build_question(&w.built, "a", "1.1", MULTIPLE_CHOICE, NULL, "b");
	build_question(&w.built, "b", "1.1", MULTIPLE_CHOICE, NULL, NULL);
	build_question(&w.built, "c", "1.1", MULTIPLE_CHOICE, NULL, NULL);
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 2);
	EXPECT_TRUE(!place_of(&w, "a") != !place_of(&w, "b"));
	EXPECT_TEXT(w.told, "2 questions instead of 8: there are no more, but 1 that may "
			    "not stand in one drill with these");
}

static void questions_of_a_case_stand_together_in_its_order(void **state)
{
	static const char *const ids[] = { "z", "m", "a" };
	char seed[16];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		build_question(&w.built, ids[i], i == 1 ? "2.1" : "1.1", MULTIPLE_CHOICE,
			       "the-case", NULL);
	add_all(3);
	w.wish.count = 15;
	for (int s = 0; s < 50; s++) {
		snprintf(seed, sizeof(seed), "%d", s);
		w.wish.seed = seed;
		EXPECT_PICK(&w);
		EXPECT_INT(place_of(&w, "m"), place_of(&w, "z") + 1);
		EXPECT_INT(place_of(&w, "a"), place_of(&w, "z") + 2);
	}
	w.wish.count = 1;
	w.wish.task = "2.1";
	answer(&w, 0, "2.1-01", true);
	answer(&w, 0, "2.1-02", true);
	answer(&w, 0, "2.1-03", true);
	EXPECT_PICK(&w);
	EXPECT_INT(place_of(&w, "m"), 1); /* without the rest of its case */
}

/* ---- The order ---- */

static void tasks_take_turns(void **state)
{
	(void)state;
	add_all(10);
	w.wish.count = 20;
	EXPECT_PICK(&w);
	for (size_t i = 1; i < w.form.count; i++)
		EXPECT_FALSE(w.form.items[i].domain == w.form.items[i - 1].domain &&
			     w.form.items[i].task == w.form.items[i - 1].task);
}

static void the_same_seed_and_history_give_the_same_drill(void **state)
{
	struct form before;
	size_t same = 0;

	(void)state;
	add_all(20);
	EXPECT_PICK(&w);
	before = w.form;
	EXPECT_PICK(&w);
	for (size_t i = 0; i < before.count; i++) {
		EXPECT_TRUE(before.items[i].question == w.form.items[i].question);
		EXPECT_TRUE(memcmp(before.items[i].shown, w.form.items[i].shown,
				   BANK_OPTIONS_MAX) == 0);
	}
	w.wish.seed = "another";
	EXPECT_PICK(&w);
	for (size_t i = 0; i < before.count; i++)
		same += place_of(&w, before.items[i].question->id) != 0;
	EXPECT_TRUE(same < before.count);
}

static void every_task_gets_its_quota_on_the_average(void **state)
{
	double sums[4] = { 0 };
	char seed[16];

	(void)state;
	add_all(10);
	w.wish.count = 3;
	for (int s = 0; s < 2000; s++) {
		snprintf(seed, sizeof(seed), "%d", s);
		w.wish.seed = seed;
		w.wish.unseen = true;
		EXPECT_PICK(&w);
		for (size_t i = 0; i < w.form.count; i++)
			sums[2 * w.form.items[i].domain + w.form.items[i].task]++;
	}
	EXPECT_NEAR(sums[0] / 2000, 0.9, 0.06);
	EXPECT_NEAR(sums[1] / 2000, 0.9, 0.06);
	EXPECT_NEAR(sums[2] / 2000, 0.6, 0.06);
	EXPECT_NEAR(sums[3] / 2000, 0.6, 0.06);
}

/* ---- Study days ---- */

static void a_study_day_begins_at_four_in_the_morning(void **state)
{
	const int64_t hour = 3600000, day = 24 * hour;

	(void)state;
	EXPECT_INT(schedule_day(0, 0), -1);
	EXPECT_INT(schedule_day(4 * hour - 1, 0), -1);
	EXPECT_INT(schedule_day(4 * hour, 0), 0);
	EXPECT_INT(schedule_day(day + 23 * hour, 0), schedule_day(2 * day + hour, 0));
	EXPECT_INT(schedule_day(0, 4 * hour), 0);
	EXPECT_INT(schedule_day(0, -21 * hour), -2);
}

#define WITH_WORLD(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	WITH_WORLD(a_task_gives_questions_of_that_task_alone),
	WITH_WORLD(a_domain_shares_its_questions_out_among_its_tasks),
	WITH_WORLD(wishes_combine_by_and),
	WITH_WORLD(missed_is_wrong_the_last_time),
	WITH_WORLD(flagged_is_flagged_the_last_time),
	WITH_WORLD(unseen_is_never_met),
	WITH_WORLD(a_clock_that_was_set_back_leaves_no_drill_empty),
	WITH_WORLD(what_left_nothing_is_told_with_the_reason),
	WITH_WORLD(a_name_that_is_not_there_is_refused_with_what_there_is),
	WITH_WORLD(what_the_blueprint_does_not_admit_is_never_asked),
	WITH_WORLD(the_unseen_come_first_and_then_the_longest_ago),
	WITH_WORLD(enemies_do_not_meet_in_one_drill),
	WITH_WORLD(questions_of_a_case_stand_together_in_its_order),
	WITH_WORLD(tasks_take_turns),
	WITH_WORLD(the_same_seed_and_history_give_the_same_drill),
	WITH_WORLD(every_task_gets_its_quota_on_the_average),
	WITH_WORLD(a_study_day_begins_at_four_in_the_morning),
};

TEST_MAIN(tests)
