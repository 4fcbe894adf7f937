#include "screen.h"

/* Drills in the line mode and in jsonl; their screens are test_tui_screens's. */

static struct film film;

static int setup(void **state)
{
	screen_setup(state);
	screen_begin_as(&film, "drill");
	return 0;
}

static int teardown(void **state)
{
	screen_end(&film);
	return screen_teardown(state);
}

static char *type_into(enum ui_end (*ui)(struct sitting *, const struct ui_streams *),
		       const char *typed, enum ui_end wanted)
{
	enum ui_end end;
	char *said = sit_type(&film.sit, ui, typed, &end);

	EXPECT_INT(end, wanted);
	return said;
}

static const struct session_item *item(size_t number)
{
	return &film.sit.session.items[number - 1];
}

/* What is typed, line by line, and what must then have been said, in this order. */
struct turn {
	const char *typed, *said;
};

static void converse(const struct turn *turns, size_t count, enum ui_end wanted)
{
	struct buf typed = BUF_INIT;
	char *said, *at;

	for (size_t i = 0; i < count; i++)
		buf_printf(&typed, "%s\n", turns[i].typed);
	at = said = type_into(ui_line, typed.data, wanted);
	for (size_t i = 0; i < count; i++) {
		char *found = strstr(at, turns[i].said);

		if (!found)
			fail_msg("after \"%s\": no \"%s\" in: %s", turns[i].typed,
				 turns[i].said, at);
		at = found + strlen(turns[i].said);
	}
	free(said);
	buf_release(&typed);
}

#define CONVERSE(wanted, ...)                                                        \
	converse((const struct turn[]){ __VA_ARGS__ },                               \
		 sizeof((const struct turn[]){ __VA_ARGS__ }) / sizeof(struct turn), \
		 wanted)

/* ---- Line by line ---- */

static void an_answer_asks_how_sure_and_then_shows_the_key(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "b", "Saved: B. How sure are you" },
		 { "s", "Wrong. Your answer: B. Right: A." }, { "", "Question 2 of 9" },
		 { "a c", "Saved: A C. How sure: s, u, g?" },
		 { "", "Right. Your answer: A C." }, { "", "Question 3 of 9" });
	EXPECT_INT(item(1)->confidence, CONFIDENCE_SURE);
	EXPECT_INT(item(2)->confidence, CONFIDENCE_NONE);
	EXPECT_TRUE(item(1)->revealed && item(2)->revealed && !item(3)->revealed);
}

static void how_sure_can_stand_behind_the_answer(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "a sure", "Right. Your answer: A." },
		 { "", "Question 2 of 9" }, { "a, d  g", "Wrong. Your answer: A D." },
		 { "", "Question 3 of 9" },
		 { "abc unsure", "Right. Your answer: A B C." },
		 { "", "Question 4 of 9" },
		 { "1a 2b 3c u", "Right. Your answer: 1A 2B 3C." });
	EXPECT_INT(item(1)->confidence, CONFIDENCE_SURE);
	EXPECT_INT(item(2)->confidence, CONFIDENCE_GUESS);
	EXPECT_INT(item(3)->confidence, CONFIDENCE_UNSURE);
	EXPECT_INT(item(4)->confidence, CONFIDENCE_UNSURE);
}

static void the_answer_can_be_changed_until_the_key_is_shown(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "b", "Saved: B." }, { "a", "Saved: A." },
		 { "", "Right. Your answer: A." },
		 { "b", "Not done: the key has been shown." },
		 { "sure", "Not done: the key has been shown." },
		 { "clear", "Not done: the key has been shown." },
		 { "flag", "Flagged for review." },
		 { "check", "Not done: the key has been shown." },
		 { "show", "Right. Your answer: A." });
	EXPECT_INT(item(1)->response.picks[0], 0);
}

static void the_feedback_says_all_there_is_to_say(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "d u", "Wrong. Your answer: D. Right: A." },
		 { "", "A. What was in it before\n     Right. The body" },
		 { "show", "B. Wrong. That would need n to be one." },
		 { "next", "D. Zero, always\n     Wrong, your answer. Nothing sets sum" },
		 { "", "Principle. A loop whose condition" },
		 { "", "To read:\n  The first book of code\n  https://example.org/" });
}

static void steps_and_matches_are_told_by_their_places(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "go 3", "Question 3 of 9" },
		 { "a c d u", "Wrong. Your answer: A C D. Right: A B C." },
		 { "", "A. Boil the water\n     Step 1, right. Nothing else" },
		 { "", "Step 2; not in your answer." },
		 { "go 4", "Step 3; step 2 in your answer." },
		 { "1a 2c 3c g",
		   "Does not belong; step 3 in your answer. That is a soup." },
		 { "", "Wrong. Your answer: 1A 2C 3C. Right: 1A 2B 3C." },
		 { "", "1. Whale\n     A, right. It is a mammal" },
		 { "", "B; C in your answer, wrong." }, { "", "A. In the sea" });
}

static void enter_needs_an_answer_first_and_skipping_is_allowed(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "", "Answer first" },
		 { "check", "the answer is not complete" }, { "next", "Question 2 of 9" },
		 { "a", "1 more to go" }, { "", "Complete the answer first" },
		 { "go 9", "Question 9 of 9" },
		 { "a s", "Right so far: 1 of 1. Enter goes on to question 1." },
		 { "", "Question 1 of 9" });
}

static void enter_after_the_last_key_ends_the_drill(void **state)
{
	(void)state;
	CONVERSE(UI_FINISHED, { "a s", "question 2" }, { "", "Question 2" },
		 { "a c s", "question 3" }, { "", "Question 3" },
		 { "a b c s", "question 4" }, { "", "Question 4" },
		 { "1a 2b 3c s", "question 5" }, { "", "Case:" }, { "a s", "question 6" },
		 { "", "Question 6" }, { "a s", "question 7" }, { "", "Question 7" },
		 { "a s", "question 8" }, { "", "Question 8" }, { "a s", "question 9" },
		 { "", "Question 9" },
		 { "b s", "Right: 8 of 9. Enter ends the drill and shows the result." },
		 { "", "" });
	EXPECT_INT(film.sit.session.phase, PHASE_DONE);
}

static void a_drill_is_ended_at_any_time(void **state)
{
	(void)state;
	CONVERSE(UI_FINISHED, { "a s", "Right." },
		 { "end", "Answered 1, not answered 8, flagged 0. What is left open does "
			  "not count. End\nthe drill" },
		 { "no", "The drill goes on." }, { "submit", "Type yes or no." },
		 { "yes", "" });
}

/* The answer that was given stays; its key can no longer be asked for. */
static void a_timed_drill_ends_as_an_exam_does(void **state)
{
	(void)state;
	free(type_into(ui_line, "b\n", UI_GONE));
	film.sit.step = 1000000;
	CONVERSE(UI_FINISHED,
		 { "",
		   "Time is up. The drill has ended with the answers saved until now." });
	EXPECT_TRUE(film.sit.session.expired);
	EXPECT_INT(film.sit.session.used_ms, film.sit.session.limit_ms);
	EXPECT_INT(item(1)->response.count, 1);
}

static void the_list_says_what_was_right(void **state)
{
	(void)state;
	CONVERSE(UI_GONE, { "a s", "Right." }, { "", "Question 2" },
		 { "a d s", "Wrong." },
		 { "review", "  1  right\n  2  wrong\n  3  not seen\n" });
}

static void a_resumed_drill_shows_what_was_shown(void **state)
{
	char *said = type_into(ui_line, "b s\n", UI_GONE);

	(void)state;
	free(said);
	sit_again(&film.sit);
	EXPECT_TRUE(item(1)->revealed);
	CONVERSE(UI_GONE, { "a", "Wrong. Your answer: B. Right: A." },
		 { "", "Not done: the key has been shown." }, { "", "Question 2 of 9" });
}

static void an_answer_that_was_not_checked_waits_for_enter(void **state)
{
	char *said = type_into(ui_line, "b\n", UI_GONE);

	(void)state;
	EXPECT_UNSAID(said, "Wrong");
	EXPECT_UNSAID(said, "Right");
	free(said);
	sit_again(&film.sit);
	EXPECT_FALSE(item(1)->revealed);
	CONVERSE(UI_GONE, { "", "Your answer: B\nEnter shows the key." },
		 { "", "Wrong. Your answer: B." });
}

static void a_key_that_cannot_be_stored_is_not_shown(void **state)
{
	struct rlimit none = { 16, RLIM_INFINITY },
		      all = { RLIM_INFINITY, RLIM_INFINITY };
	char *said = type_into(ui_line, "b\n", UI_GONE);

	(void)state;
	free(said);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	said = type_into(ui_line, "check\n", UI_GONE);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &all), 0);
	EXPECT_SAID(said, "NOT SAVED");
	EXPECT_UNSAID(said, "Right");
	EXPECT_FALSE(item(1)->revealed);
	free(said);
}

/* G may be an option: then a guess is written out. */
static void a_letter_that_is_shown_is_an_answer_first(void **state)
{
	struct form_item *seven = &film.sit.form.items[1];
	struct question question = *seven->question;
	struct option options[7];

	(void)state;
	for (size_t i = 0; i < 7; i++)
		options[i] = seven->question->options[i % 5];
	question.options = options;
	question.option_count = 7;
	seven->question = &question;
	film.sit.session.items[1].question.options = 7;
	CONVERSE(UI_GONE, { "next", "Question 2 of 9" },
		 { "a g",
		   "Saved: A G. How sure are you: s for sure, u for unsure, guess" },
		 { "guess", "Wrong. Your answer: A G." });
	EXPECT_INT(item(2)->confidence, CONFIDENCE_GUESS);
}

static void words_of_a_drill_mean_nothing_in_an_exam(void **state)
{
	(void)state;
	screen_end(&film);
	screen_begin_as(&film, "exam");
	CONVERSE(UI_GONE, { "check", "\"check\" is neither" },
		 { "end", "\"end\" is neither" }, { "a", "Saved: A" }, { "", "1 of 9> " },
		 { "b sure", "Not done:" },
		 { "submit", "An unanswered question counts as wrong.\nEnd the exam" });
	EXPECT_INT(item(1)->response.picks[0], 0);
	EXPECT_FALSE(item(1)->revealed);
}

static void without_feedback_a_drill_keeps_the_key_to_its_end(void **state)
{
	(void)state;
	film.sit.about.feedback = film.sit.session.feedback = false;
	CONVERSE(UI_GONE, { "b sure", "Saved: B" }, { "", "Noted: sure." },
		 { "check", "\"check\" is neither" }, { "end", "End\nthe drill" });
	EXPECT_INT(item(1)->confidence, CONFIDENCE_SURE);
	EXPECT_FALSE(item(1)->revealed);
}

/* The whole of one sitting, to be read: tests/screens/drill-line.txt. */
static void a_drill_in_the_line_mode_reads_as_it_was_approved(void **state)
{
	struct err err = ERR_INIT;
	struct buf wanted = BUF_INIT;
	const char *path = "tests/screens/drill-line.txt";
	char *said = type_into(ui_line,
			       "b\ns\n\na d g\n\nx d\na c d\n\n\n1a 2b\n2b 3c sure\n\n"
			       "a u\nshow\nreview\ntime\nhelp\nend\nyes\n",
			       UI_FINISHED);

	(void)state;
	if (getenv("REGEN"))
		EXPECT_OK(file_write(path, said, strlen(said), 0644, &err), err);
	EXPECT_OK(file_read(path, 1 << 20, &wanted, &err), err);
	EXPECT_TEXT(said, wanted.data);
	buf_release(&wanted);
	free(said);
}

/* ---- One object a line ---- */

#define RESPOND(number, letters) \
	"{\"do\":\"respond\",\"number\":" #number ",\"letters\":[" letters "]}\n"

static void feedback_follows_a_complete_response(void **state)
{
	char *said = type_into(ui_jsonl,
			       "{\"do\":\"goto\",\"number\":2}\n" RESPOND(2, "\"A\"")
				       RESPOND(2, "\"D\",\"A\""),
			       UI_GONE);
	char *saved = strstr(said, "\"is\":\"saved\"");

	(void)state;
	EXPECT_SAID(said, "\"kind\":\"drill\",\"feedback\":true");
	EXPECT_SAID(said, "\"revealed\":false");
	EXPECT_TRUE(saved != NULL);
	EXPECT_SAID(saved + 1, "\"is\":\"saved\"");
	EXPECT_SAID(strstr(saved + 1, "\"is\":\"saved\""),
		    "{\"is\":\"feedback\",\"number\":2,\"right\":false,"
		    "\"response\":[\"A\",\"D\"],\"key\":[\"A\",\"C\"],"
		    "\"rationales\":{\"A\":\"- the same every day\",\"B\":");
	EXPECT_SAID(said, "\"explanation\":\"What takes long");
	EXPECT_SAID(said,
		    "\"references\":[{\"title\":\"The first book of list\",\"url\":");
	EXPECT_SAID(said, "\"question\":\"list\",\"task\":\"1.1\",\"remaining_ms\":");
	free(said);
}

static void a_match_is_told_by_number_and_letter(void **state)
{
	char *said = type_into(ui_jsonl,
			       "{\"do\":\"respond\",\"number\":4,\"pairs\":"
			       "{\"1\":\"A\",\"2\":\"C\",\"3\":\"C\"}}\n",
			       UI_GONE);

	(void)state;
	EXPECT_SAID(said, "\"response\":{\"1\":\"A\",\"2\":\"C\",\"3\":\"C\"},"
			  "\"key\":{\"1\":\"A\",\"2\":\"B\",\"3\":\"C\"}");
	EXPECT_SAID(said, "\"C\":\"Hot by day, cold by night.\",\"1\":\"It is a mammal");
	free(said);
}

static void how_sure_can_come_with_the_response(void **state)
{
	char *said = type_into(
		ui_jsonl,
		"{\"do\":\"respond\",\"number\":1,\"letters\":[\"A\"],"
		"\"level\":\"unsure\"}\n"
		"{\"do\":\"confidence\",\"number\":1,\"level\":\"sure\"}\n"
		"{\"do\":\"confidence\",\"number\":9,\"level\":\"guess\"}\n" RESPOND(
			9, "\"A\"") RESPOND(9, "\"B\""),
		UI_GONE);

	(void)state;
	EXPECT_SAID(said, "\"right\":true");
	EXPECT_SAID(said, "\"message\":\"the key has been shown\"");
	EXPECT_INT(item(1)->confidence, CONFIDENCE_UNSURE);
	EXPECT_INT(item(9)->confidence, CONFIDENCE_GUESS);
	EXPECT_INT(item(9)->response.picks[0], 0);
	free(said);
}

static void a_question_asked_for_again_brings_its_feedback(void **state)
{
	char *said = type_into(ui_jsonl, RESPOND(1, "\"A\""), UI_GONE);

	(void)state;
	free(said);
	sit_again(&film.sit);
	said = type_into(ui_jsonl,
			 "{\"do\":\"goto\",\"number\":1}\n"
			 "{\"do\":\"goto\",\"number\":2}\n",
			 UI_GONE);
	EXPECT_SAID(said, "\"revealed\":true");
	EXPECT_SAID(strstr(said, "\"revealed\":true"), "\"is\":\"feedback\"");
	EXPECT_SAID(strstr(said, "\"is\":\"feedback\""), "\"revealed\":false");
	free(said);
}

/* Until it is shown, nothing of a key is said. */
static void no_question_of_a_drill_tells_its_key(void **state)
{
	struct buf typed = BUF_INIT;
	char *said;

	(void)state;
	for (size_t i = 1; i <= film.sit.form.count; i++)
		buf_printf(&typed, "{\"do\":\"goto\",\"number\":%zu}\n", i);
	buf_text(&typed, RESPOND(2, "\"A\""));
	said = type_into(ui_jsonl, typed.data, UI_GONE);
	EXPECT_UNSAID(said, "rationale");
	EXPECT_UNSAID(said, "\"key\"");
	EXPECT_UNSAID(said, "\"right\"");
	EXPECT_UNSAID(said, "explanation");
	EXPECT_UNSAID(said, "\"task\"");
	free(said);
	buf_release(&typed);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(an_answer_asks_how_sure_and_then_shows_the_key),
	CASE(how_sure_can_stand_behind_the_answer),
	CASE(the_answer_can_be_changed_until_the_key_is_shown),
	CASE(the_feedback_says_all_there_is_to_say),
	CASE(steps_and_matches_are_told_by_their_places),
	CASE(enter_needs_an_answer_first_and_skipping_is_allowed),
	CASE(enter_after_the_last_key_ends_the_drill),
	CASE(a_drill_is_ended_at_any_time),
	CASE(a_timed_drill_ends_as_an_exam_does),
	CASE(the_list_says_what_was_right),
	CASE(a_resumed_drill_shows_what_was_shown),
	CASE(an_answer_that_was_not_checked_waits_for_enter),
	CASE(a_key_that_cannot_be_stored_is_not_shown),
	CASE(a_letter_that_is_shown_is_an_answer_first),
	CASE(words_of_a_drill_mean_nothing_in_an_exam),
	CASE(without_feedback_a_drill_keeps_the_key_to_its_end),
	CASE(a_drill_in_the_line_mode_reads_as_it_was_approved),
	CASE(feedback_follows_a_complete_response),
	CASE(a_match_is_told_by_number_and_letter),
	CASE(how_sure_can_come_with_the_response),
	CASE(a_question_asked_for_again_brings_its_feedback),
	CASE(no_question_of_a_drill_tells_its_key),
};

TEST_MAIN(tests)
