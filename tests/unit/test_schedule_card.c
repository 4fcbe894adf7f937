#include "schedule_bank.h"

static struct world w;
static struct schedule_outlook outlook;

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

static void look(void)
{
	struct schedule_when when = { w.wish.today, w.wish.exam_day,
				      w.wish.utc_offset_ms };

	if (!w.bank)
		w.bank = build_bank(&w.built);
	schedule_look(&w.blueprint, w.bank, w.answers, w.count, &when, &w.arena,
		      &outlook);
}

static const struct schedule_card *card(const char *id)
{
	for (size_t c = 0; c < outlook.count; c++)
		if (strcmp(outlook.cards[c].id, id) == 0)
			return &outlook.cards[c];
	fail_msg("no card %s", id);
	return NULL;
}

/* ---- Which cards there are ---- */

static void tasks_and_topics_with_enough_questions_are_cards(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, "enough");
	add_questions(&w, "1.2", 2, "few");
	add_questions(&w, "2.1", 9, "x:2.1-s5");
	look();
	EXPECT_INT(outlook.count, 5);
	EXPECT_TRUE(card("2.2")->is_task);
	EXPECT_INT(card("2.2")->questions, 0);
	EXPECT_FALSE(card("enough")->is_task);
	EXPECT_INT(card("enough")->questions, 3);
	EXPECT_NEAR(card("1.1")->weight, 0.6, 1e-12);
	EXPECT_NEAR(card("enough")->weight, 0.6, 1e-12);
	EXPECT_INT(outlook.reviewed, 0);
	EXPECT_INT(outlook.due, 0);
}

static void an_answer_reviews_the_task_and_the_topics_of_its_question(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, "drift");
	add_questions(&w, "1.2", 4, "cost");
	answer(&w, 0, "1.1-01", true);
	look();
	EXPECT_INT(card("1.1")->reviews, 1);
	EXPECT_INT(card("drift")->reviews, 1);
	EXPECT_INT(card("cost")->reviews, 0);
	EXPECT_INT(card("drift")->unseen, 3);
	EXPECT_INT(card("drift")->due_day, TEST_DAY_0 + 2);
}

static void an_answer_to_a_question_that_is_gone_still_reviews_its_task(void **state)
{
	struct score_answer *gone;

	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	gone = answer(&w, 0, "gone", true);
	gone->task = "1.1";
	answer(&w, 0, "elsewhere", true)->exam = "y";
	look();
	EXPECT_INT(card("1.1")->reviews, 1);
	EXPECT_INT(outlook.tasks[0].of, 1);
	EXPECT_INT(outlook.answered, 1);
}

/* ---- Grades ---- */

/* Stabilities of a first review, by grade. */
#define AFTER_AGAIN 0.212
#define AFTER_HARD 1.2931
#define AFTER_GOOD 2.3065

static const struct {
	bool right;
	enum confidence confidence;
	double stability;
} grades[] = {
	{ false, CONFIDENCE_NONE, AFTER_AGAIN },
	{ false, CONFIDENCE_GUESS, AFTER_AGAIN },
	{ false, CONFIDENCE_UNSURE, AFTER_AGAIN },
	{ false, CONFIDENCE_SURE, AFTER_AGAIN },
	{ true, CONFIDENCE_GUESS, AFTER_AGAIN },
	{ true, CONFIDENCE_UNSURE, AFTER_HARD },
	{ true, CONFIDENCE_SURE, AFTER_GOOD },
	{ true, CONFIDENCE_NONE, AFTER_GOOD },
};

static void grades_come_from_correctness_and_confidence(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	for (size_t i = 0; i < sizeof(grades) / sizeof(*grades); i++) {
		w.count = 0;
		answer(&w, 0, "1.1-01", grades[i].right)->confidence =
			grades[i].confidence;
		look();
		EXPECT_NEAR(card("1.1")->stability, grades[i].stability, 1e-9);
	}
}

static void what_was_left_open_or_too_fast_is_not_graded(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	answer(&w, 0, "1.1-01", false)->answered = false;
	answer(&w, 0, "1.1-02", true)->spent_ms = 9999; /* a tenth of two minutes, but
							   10 s at most */
	look();
	EXPECT_INT(card("1.1")->reviews, 0);
	EXPECT_INT(outlook.too_fast, 1);
	answer(&w, 0, "1.1-03", true)->spent_ms = 10000;
	look();
	EXPECT_INT(card("1.1")->reviews, 1);
}

static void what_was_answered_under_a_wrong_clock_is_not_graded(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	answer(&w, 365, "1.1-01", true)->undated = true;
	w.wish.today = TEST_DAY_0;
	look();
	EXPECT_INT(card("1.1")->reviews, 0);
	EXPECT_INT(outlook.undated, 1);
	EXPECT_INT(outlook.tasks[0].right, 1); /* what is known of the task stays known */
	EXPECT_INT(outlook.tasks[0].unseen, 2);
	answer(&w, 1, "1.1-02", true);
	look();
	EXPECT_INT(card("1.1")->reviews, 1);
	EXPECT_INT(card("1.1")->last_day, TEST_DAY_0 + 1);
}

static void the_same_question_counts_once_a_study_day(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 3, NULL);
	answer(&w, 0, "1.1-01", false);
	answer(&w, 0, "1.1-01", true)->at_ms += 3600000;
	look();
	EXPECT_NEAR(card("1.1")->stability, AFTER_AGAIN, 1e-9);
	answer(&w, 1, "1.1-01", true);
	look();
	EXPECT_INT(card("1.1")->reviews, 2);
	EXPECT_INT(card("1.1")->lapses, 1);
}

static void a_day_is_one_review_with_its_lower_median_grade(void **state)
{
	static const struct {
		const char *answers; /* r right, w wrong, u right but unsure */
		double stability;
	} days[] = {
		{ "rrrrw", AFTER_GOOD }, { "wrrrr", AFTER_GOOD }, { "rw", AFTER_AGAIN },
		{ "rrww", AFTER_AGAIN }, { "ru", AFTER_HARD },    { "rru", AFTER_GOOD },
		{ "wur", AFTER_HARD },
	};
	static const char *const ids[] = { "1.1-01", "1.1-02", "1.1-03", "1.1-04",
					   "1.1-05" };

	(void)state;
	add_questions(&w, "1.1", 5, NULL);
	for (size_t d = 0; d < sizeof(days) / sizeof(*days); d++) {
		w.count = 0;
		for (size_t i = 0; days[d].answers[i]; i++)
			answer(&w, 0, ids[i], days[d].answers[i] != 'w')->confidence =
				days[d].answers[i] == 'u' ? CONFIDENCE_UNSURE
							  : CONFIDENCE_NONE;
		look();
		EXPECT_INT(card("1.1")->reviews, 1);
		EXPECT_NEAR(card("1.1")->stability, days[d].stability, 1e-9);
	}
}

/* ---- When they are due ---- */

static void an_evening_past_midnight_is_one_study_day(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, NULL);
	answer(&w, 0, "1.1-01", true)->at_ms = noon(0) + 11 * 3600000;
	answer(&w, 0, "1.1-02", true)->at_ms = noon(0) + 13 * 3600000;
	w.wish.today = TEST_DAY_0 + 1;
	look();
	EXPECT_INT(card("1.1")->reviews, 1);
	w.wish.utc_offset_ms = 5 * 3600000; /* 04:00 and 06:00 there */
	look();
	EXPECT_INT(card("1.1")->reviews, 1);
	w.wish.utc_offset_ms = 4 * 3600000; /* 03:00 and 05:00 */
	look();
	EXPECT_INT(card("1.1")->reviews, 2);
}

static void what_is_due_comes_by_what_it_weighs_and_is_forgotten(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, NULL);
	add_questions(&w, "2.1", 4, NULL);
	add_questions(&w, "2.2", 4, NULL);
	answer(&w, 0, "1.1-01", true);
	answer(&w, 0, "2.1-01", true);
	answer(&w, 0, "2.2-01", false);
	w.wish.today = TEST_DAY_0 + 10;
	look();
	EXPECT_INT(outlook.due, 3);
	EXPECT_TEXT(outlook.cards[0].id, "2.2"); /* lighter, but hardly known */
	EXPECT_TEXT(outlook.cards[1].id, "1.1");
	EXPECT_TEXT(outlook.cards[2].id, "2.1");
	EXPECT_NEAR(outlook.cards[1].urgency, 0.6 * (0.9 - outlook.cards[1].recall),
		    1e-12);
	w.wish.today = TEST_DAY_0 + 1;
	look();
	EXPECT_INT(outlook.due, 1);
	EXPECT_INT(outlook.cards[1].urgency * 1000, 0);
}

static void the_exam_cuts_intervals_short(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 9, NULL);
	answer(&w, 0, "1.1-01", true);
	answer(&w, 2, "1.1-02", true);
	look();
	EXPECT_INT(card("1.1")->due_day, TEST_DAY_0 + 13);
	w.wish.exam_day = TEST_DAY_0 + 12;
	look();
	EXPECT_INT(card("1.1")->due_day, TEST_DAY_0 + 11);
	w.wish.exam_day = TEST_DAY_0 + 3;
	look();
	EXPECT_INT(card("1.1")->due_day, TEST_DAY_0 + 3);
	w.wish.exam_day = TEST_DAY_0 + 1; /* over: it counts no more */
	look();
	EXPECT_INT(card("1.1")->due_day, TEST_DAY_0 + 13);
}

static void in_the_last_week_more_is_to_be_remembered(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 9, NULL);
	answer(&w, 0, "1.1-01", true);
	answer(&w, 2, "1.1-02", true);
	w.wish.exam_day = TEST_DAY_0 + 10;
	look(); /* eight days before: 11 days, cut to 7 */
	EXPECT_INT(card("1.1")->due_day, TEST_DAY_0 + 9);
	w.wish.today = TEST_DAY_0 + 3;
	look(); /* seven days before: at 95 % that is 4 days */
	EXPECT_INT(card("1.1")->due_day, TEST_DAY_0 + 6);
}

/* ---- Tasks ---- */

static void only_first_answers_count_for_a_task(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, NULL);
	answer(&w, 0, "1.1-01", false);
	look();
	EXPECT_INT(outlook.tasks[0].of, 1);
	EXPECT_INT(outlook.tasks[0].right, 0);
	answer(&w, 1, "1.1-01", true);
	look();
	EXPECT_INT(outlook.tasks[0].of, 1);
	EXPECT_INT(outlook.tasks[0].right, 0);
}

static void more_is_missing_where_more_was_wrong_or_more_weighs(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 9, NULL);
	add_questions(&w, "1.2", 9, NULL);
	add_questions(&w, "2.1", 9, NULL);
	look();
	EXPECT_NEAR(outlook.tasks[0].shortfall, outlook.tasks[1].shortfall, 1e-12);
	EXPECT_TRUE(outlook.tasks[0].shortfall > outlook.tasks[2].shortfall);
	EXPECT_NEAR(outlook.estimate, 0.5, 1e-9);
	answer(&w, 0, "1.1-01", true);
	answer(&w, 0, "1.1-02", true);
	answer(&w, 0, "1.2-01", false);
	answer(&w, 0, "1.2-02", false);
	look();
	EXPECT_TRUE(outlook.tasks[1].shortfall > outlook.tasks[0].shortfall);
	EXPECT_TRUE(outlook.tasks[1].estimate < outlook.tasks[2].estimate);
}

/* ---- Drills of what is due and weak ---- */

static void due_asks_an_unseen_sibling_of_each_card(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, "drift");
	add_questions(&w, "2.1", 4, NULL);
	answer(&w, 0, "1.1-01", true);
	answer(&w, 0, "1.1-02", true);
	answer(&w, 0, "1.1-03", true);
	answer(&w, 0, "2.1-01", true);
	w.wish.today = TEST_DAY_0 + 3;
	w.wish.due = true;
	w.wish.task = "1.1"; /* named: nothing is kept back */
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 1); /* one question serves task and topic */
	EXPECT_TRUE(place_of(&w, "1.1-04"));
	w.wish.task = NULL;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 2);
	EXPECT_TEXT(w.told,
		    "2 questions instead of 8: there are no more for what is due");
}

static void nothing_due_says_what_is_next(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 4, NULL);
	w.wish.due = true;
	EXPECT_NONE(&w, ERR_INPUT, "no question is due: none was asked yet");
	answer(&w, 0, "1.1-01", true);
	EXPECT_NONE(&w, ERR_INPUT,
		    "no question is due: the next is for task 1.1, 2 days from now");
}

static void weakest_asks_more_where_more_is_missing(void **state)
{
	size_t weak = 0, strong = 0;
	char seed[16];

	(void)state;
	add_questions(&w, "1.1", 30, NULL);
	add_questions(&w, "1.2", 30, NULL);
	for (int i = 1; i <= 10; i++) {
		answer(&w, 0, arena_printf(&w.arena, "1.1-%02d", i), i > 2);
		answer(&w, 0, arena_printf(&w.arena, "1.2-%02d", i), i > 7);
	}
	w.wish.weakest = true;
	for (int s = 0; s < 50; s++) {
		snprintf(seed, sizeof(seed), "%d", s);
		w.wish.seed = seed;
		EXPECT_PICK(&w);
		strong += count_of(&w, "1.1");
		weak += count_of(&w, "1.2");
	}
	EXPECT_TRUE(weak > 2 * strong);
	EXPECT_TRUE(strong > 0);
}

static void without_a_choice_what_is_due_comes_first(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 20, NULL);
	add_questions(&w, "1.2", 20, NULL);
	add_questions(&w, "2.1", 20, NULL);
	EXPECT_PICK(&w);
	EXPECT_TEXT(w.told, "8 questions: spread over the exam, as nothing is known yet");
	answer(&w, 0, "2.1-01", true);
	w.wish.today = TEST_DAY_0 + 5;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 8);
	EXPECT_TEXT(question_task(w.form.items[0].question, "x"), "2.1");
	EXPECT_TRUE(strstr(w.told, "8 questions: 1 for what is due, the others from "
				   "where most is missing, task 1."));
}

static void a_task_that_is_answered_again_becomes_less_weak(void **state)
{
	double before;

	(void)state;
	add_questions(&w, "1.1", 4, NULL);
	answer(&w, 0, "1.1-01", false);
	answer(&w, 0, "1.1-02", false);
	look();
	before = outlook.tasks[0].shortfall;
	answer(&w, 5, "1.1-01", true);
	answer(&w, 5, "1.1-02", true);
	look();
	EXPECT_TRUE(outlook.tasks[0].shortfall < before);
}

static void among_unseen_questions_topics_that_never_came_up_are_first(void **state)
{
	(void)state;
	add_questions(&w, "1.1", 6, "old");
	for (int i = 1; i <= 4; i++)
		add_question(&w, arena_printf(&w.built.arena, "n%d", i), "1.1",
			     MULTIPLE_CHOICE, "new", NULL);
	answer(&w, 0, "1.1-01", false);
	w.wish.task = "1.1";
	w.wish.weakest = true;
	w.wish.count = 1;
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.items[0].question->id[0], 'n');
}

static void one_unseen_exam_is_kept_back(void **state)
{
	size_t unseen = 0;

	(void)state;
	add_questions(&w, "1.1", 5, NULL); /* of ten questions 3 are of this task */
	answer(&w, 0, "1.1-01", true);
	answer(&w, 0, "1.1-02", true);
	w.wish.today = TEST_DAY_0 + 9;
	w.wish.count = 2;
	w.wish.weakest = true;
	EXPECT_PICK(&w);
	EXPECT_TRUE(place_of(&w, "1.1-01") && place_of(&w, "1.1-02"));
	w.wish.count = 4; /* but never an empty drill for it */
	EXPECT_PICK(&w);
	EXPECT_INT(w.form.count, 4);
	w.wish.weakest = false;
	w.wish.unseen = true;
	w.wish.count = 3;
	EXPECT_PICK(&w);
	for (size_t i = 0; i < w.form.count; i++)
		unseen += strcmp(w.form.items[i].question->id, "1.1-02") > 0;
	EXPECT_INT(unseen, 3);
}

#define WITH_WORLD(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static const struct CMUnitTest tests[] = {
	WITH_WORLD(tasks_and_topics_with_enough_questions_are_cards),
	WITH_WORLD(an_answer_reviews_the_task_and_the_topics_of_its_question),
	WITH_WORLD(an_answer_to_a_question_that_is_gone_still_reviews_its_task),
	WITH_WORLD(grades_come_from_correctness_and_confidence),
	WITH_WORLD(what_was_left_open_or_too_fast_is_not_graded),
	WITH_WORLD(what_was_answered_under_a_wrong_clock_is_not_graded),
	WITH_WORLD(the_same_question_counts_once_a_study_day),
	WITH_WORLD(a_day_is_one_review_with_its_lower_median_grade),
	WITH_WORLD(an_evening_past_midnight_is_one_study_day),
	WITH_WORLD(what_is_due_comes_by_what_it_weighs_and_is_forgotten),
	WITH_WORLD(the_exam_cuts_intervals_short),
	WITH_WORLD(in_the_last_week_more_is_to_be_remembered),
	WITH_WORLD(only_first_answers_count_for_a_task),
	WITH_WORLD(more_is_missing_where_more_was_wrong_or_more_weighs),
	WITH_WORLD(due_asks_an_unseen_sibling_of_each_card),
	WITH_WORLD(nothing_due_says_what_is_next),
	WITH_WORLD(weakest_asks_more_where_more_is_missing),
	WITH_WORLD(without_a_choice_what_is_due_comes_first),
	WITH_WORLD(a_task_that_is_answered_again_becomes_less_weak),
	WITH_WORLD(among_unseen_questions_topics_that_never_came_up_are_first),
	WITH_WORLD(one_unseen_exam_is_kept_back),
};

TEST_MAIN(tests)
