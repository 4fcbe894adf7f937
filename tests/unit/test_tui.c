#include "../../src/ui/tui/answer.h"
#include "../../src/ui/tui/keys.h"
#include "../../src/ui/tui/page.h"
#include "proctor/text.h"
#include "screen.h"

/* What the keys of the exam screen do to the session, and what the screen says of it. */

static struct film film;

static int setup(void **state)
{
	screen_setup(state);
	screen_begin(&film);
	return 0;
}

static int teardown(void **state)
{
	screen_end(&film);
	return screen_teardown(state);
}

static const struct session_item *item(const char *id)
{
	return &film.sit.session.items[screen_number(&film, id, strlen(id)) - 1];
}

/* The response to a question in its stored form. */
static void expect_response(const char *id, const char *wanted)
{
	struct buf text = BUF_INIT;

	response_write(bank_find(film.sit.bank, id), &item(id)->response, &text);
	EXPECT_TEXT(text.data, wanted);
	buf_release(&text);
}

#define EXPECT_SHOWN(part)                                                       \
	do {                                                                     \
		if (!strstr(film.last.data, part))                               \
			fail_msg("\"%s\" is not in:\n%s", part, film.last.data); \
	} while (0)

#define EXPECT_HIDDEN(part)                                                  \
	do {                                                                 \
		if (strstr(film.last.data, part))                            \
			fail_msg("\"%s\" is in:\n%s", part, film.last.data); \
	} while (0)

static void play(const char *script)
{
	EXPECT_INT(screen_play(&film, script), UI_GONE);
}

/* ---- Answers ---- */

static void a_letter_chooses_and_takes_back(void **state)
{
	(void)state;
	play("@short b");
	expect_response("short", "b");
	play("@short a");
	expect_response("short", "a");
	play("@short a");
	expect_response("short", "");
}

static void the_cursor_and_the_space_bar_choose_too(void **state)
{
	(void)state;
	play("@short Down Down Space");
	expect_response("short", "b");
	play("@short Up Up Down Enter");
	expect_response("short", "a");
}

static void two_of_two_are_chosen_and_a_third_is_refused(void **state)
{
	(void)state;
	play("@list c a e save:x");
	expect_response("list", "a,c");
	EXPECT_SHOWN("Not done: that is one too many");
	play("@list c e");
	expect_response("list", "a,e");
}

static void steps_are_placed_by_letters_and_moved(void **state)
{
	(void)state;
	play("@order c a b");
	expect_response("order", "c,a,b");
	play("@order Down > >");
	expect_response("order", "a,b,c");
	play("@order d save:x");
	EXPECT_SHOWN("Not done: all steps are placed");
	play("@order b d S-Up S-Up S-Up");
	expect_response("order", "d,a,c");
}

static void an_unplaced_step_that_is_moved_comes_last(void **state)
{
	(void)state;
	play("@order b Down <");
	expect_response("order", "b,a");
}

static void items_are_matched_by_number_and_letter(void **state)
{
	(void)state;
	play("@match 3 c 1 a b");
	expect_response("match", "1=a,2=b,3=c");
	play("@match 2 Backspace");
	expect_response("match", "1=a,3=c");
	play("@match Backspace");
	expect_response("match", "");
	play("@match 1 a 1 Backspace");
	EXPECT_INT(item("match")->response.count, 0);
}

static void items_are_matched_by_cursor_and_space_bar_too(void **state)
{
	(void)state;
	play("@match Down Space Space Down Space");
	expect_response("match", "1=b,2=a");
	play("@match Down Space Space");
	expect_response("match", "2=a");
}

static void an_answer_is_taken_back_whole(void **state)
{
	(void)state;
	play("@list c a Backspace");
	expect_response("list", "");
}

static void options_are_struck_out_and_put_back(void **state)
{
	(void)state;
	play("@short Down Down x save:x");
	EXPECT_INT(item("short")->struck, 2);
	EXPECT_SHOWN("(-) B. [struck out] Five");
	play("@short Down Down - save:x");
	EXPECT_INT(item("short")->struck, 0);
	EXPECT_HIDDEN("struck");
}

static void flags_confidence_and_notes_are_kept(void **state)
{
	(void)state;
	play("@short m s s w type:why_not_five? Enter type:x Backspace Escape save:x");
	EXPECT_TRUE(item("short")->flagged);
	EXPECT_INT(item("short")->confidence, CONFIDENCE_UNSURE);
	EXPECT_TEXT(item("short")->note, "why not five?\n");
	EXPECT_SHOWN("FLAGGED  unsure  note");
	sit_again(&film.sit);
	EXPECT_TEXT(item("short")->note, "why not five?\n");
	play("@short m w Backspace Backspace Escape");
	EXPECT_FALSE(item("short")->flagged);
	EXPECT_TEXT(item("short")->note, "why not five");
}

static void a_note_is_saved_while_it_is_written(void **state)
{
	(void)state;
	play("@short w type:half +1s a Gone");
	sit_again(&film.sit);
	EXPECT_TEXT(item("short")->note, "halfa");
}

static void a_note_that_is_full_takes_no_more_and_keeps_what_it_has(void **state)
{
	struct note note;

	(void)state;
	note_begin(&note, "");
	for (int i = 0; i < 500; i++)
		EXPECT_TRUE(note_key(&note, 0xE9));
	for (int i = 0; i < 11; i++)
		EXPECT_TRUE(note_key(&note, 0x6A5F) == (i < 7));
	EXPECT_INT(note.len, 1021);
	EXPECT_TRUE(text_valid(note.text, note.len));
	EXPECT_TRUE(note_key(&note, TUI_HOME) && note.caret == 0);
	EXPECT_TRUE(note_key(&note, TUI_DELETE) && note.len == 1019);
}

static void the_caret_of_a_note_never_parts_a_cluster(void **state)
{
	struct note note;

	(void)state;
	note_begin(&note, "cafe\xCC\x81!");
	note_key(&note, TUI_LEFT);
	note_key(&note, TUI_LEFT);
	EXPECT_INT(note.caret, 3);
	note_key(&note, TUI_DELETE);
	EXPECT_TEXT(note.text, "caf!");
	note_begin(&note, "\xCC\x81");
	note_key(&note, TUI_HOME);
	note_key(&note, 'e');
	EXPECT_INT(note.caret, 3);
}

static void the_question_of_a_note_can_be_read_on(void **state)
{
	(void)state;
	play("@long w type:so save:x");
	EXPECT_SHOWN("more below: PgDn");
	EXPECT_HIDDEN("D. ");
	play("@long w type:so PgDn PgDn PgDn ! save:x");
	EXPECT_SHOWN("D. ");
	EXPECT_SHOWN("so!");
	play("@case-a Tab w PgDn PgUp Escape");
}

static void the_caret_goes_from_line_to_line(void **state)
{
	(void)state;
	play("@short w type:first Enter Enter type:second Up Up Up x Down Down 3 Down 4 "
	     "Up Home 2 Escape");
	EXPECT_TEXT(item("short")->note, "xfirst\n2\n34second");
}

/* "directly" would be: d, to the review, end, yes. */
static void pasted_text_is_no_keys(void **state)
{
	(void)state;
	play("@short Paste type:b_directly_mq Enter Pasted save:x");
	EXPECT_SHOWN("Pasted text is not taken here.");
	EXPECT_SHOWN("Two and two?");
	EXPECT_FALSE(item("short")->flagged);
	expect_response("short", "");
	play("r Paste type:directly Escape Pasted save:x");
	EXPECT_SHOWN("Review before the end");
	play("r e Paste y Enter Pasted save:x");
	EXPECT_SHOWN("End the exam?");
	EXPECT_INT(film.sit.session.phase, PHASE_RUNNING);
}

static void pasted_text_is_taken_in_a_note(void **state)
{
	(void)state;
	play("@short w Paste type:what? Enter Escape Tab type:why? Up Pasted ! Escape");
	EXPECT_TEXT(item("short")->note, "what?\n why?!");
}

/* A terminal may lose the end of a paste: keys are keys again after a wait. */
static void a_paste_ends_when_nothing_more_comes(void **state)
{
	(void)state;
	play("@short Paste b +1s a");
	expect_response("short", "a");
	play("@short Paste b Paste b Pasted c");
	expect_response("short", "c");
}

/* ---- From question to question ---- */

static void the_keys_go_forth_and_back(void **state)
{
	(void)state;
	play("@code n n p");
	EXPECT_INT(film.sit.session.current, 1);
	play("@code p save:x");
	EXPECT_SHOWN("This is the first question");
	play("@short Right save:x");
	EXPECT_SHOWN("This is the last question");
}

static void a_question_begins_at_its_beginning(void **state)
{
	(void)state;
	film.script.rows = 12;
	film.script.columns = 40;
	play("@long PgDn PgDn @code save:x");
	EXPECT_SHOWN("A script ends with this");
}

static void text_that_was_not_seen_is_pointed_at_once(void **state)
{
	(void)state;
	play("@long n save:x");
	EXPECT_SHOWN("There is more below that you have not seen");
	EXPECT_INT(film.sit.session.current, 7);
	play("@long n n");
	EXPECT_INT(film.sit.session.current, 8);
	play("@long PgDn n");
	EXPECT_INT(film.sit.session.current, 8);
}

static void the_list_goes_to_a_question_and_filters(void **state)
{
	(void)state;
	play("@list m @short v Up Up Enter");
	EXPECT_INT(film.sit.session.current, 6);
	play("v S-Tab Enter");
	EXPECT_INT(film.sit.session.current, 1);
	play("v S-Tab m save:x Enter");
	EXPECT_FALSE(item("list")->flagged);
}

static void the_review_goes_through_what_is_unanswered(void **state)
{
	(void)state;
	play("@code a @list a c @match b r Down Enter save:x");
	EXPECT_INT(film.sit.session.current, 2);
	EXPECT_SHOWN("going through the unanswered questions");
	play("@code r Down Enter n n p");
	EXPECT_INT(film.sit.session.current, 3);
}

static void a_number_goes_to_its_question_and_others_nowhere(void **state)
{
	(void)state;
	play("type:7 Enter");
	EXPECT_INT(film.sit.session.current, 6);
	play("type:70 Enter save:x");
	EXPECT_INT(film.sit.session.current, 6);
	EXPECT_SHOWN("There are questions 1 to 9");
	play("# type:3 Backspace Enter # type:2 Escape");
	EXPECT_INT(film.sit.session.current, 6);
}

/* ---- Time ---- */

static void a_notice_takes_no_key_and_goes_by_itself(void **state)
{
	(void)state;
	play("@short +10m save:x b save:x");
	expect_response("short", "b");
	EXPECT_SHOWN("** 30 minutes left **");
	play("@short +15m Down +21s Down save:x");
	EXPECT_HIDDEN("** 15");
}

static void hidden_time_returns_at_five_minutes(void **state)
{
	(void)state;
	play("@short t +34m Down save:x");
	EXPECT_HIDDEN("6:00");
	play("t +1m Down save:x");
	EXPECT_SHOWN("Time left 5:00");
}

static void the_clock_changes_nothing_but_the_clock(void **state)
{
	struct buf before = BUF_INIT;

	(void)state;
	play("@short Down Down save:x");
	buf_text(&before, strchr(film.last.data, '\n'));
	play("@short Down Down +9s save:y save:x");
	EXPECT_SHOWN("39:51");
	EXPECT_TEXT(strchr(film.last.data, '\n'), before.data);
	buf_release(&before);
}

static void the_exam_ends_by_itself_wherever_the_candidate_is(void **state)
{
	static const char *const places[] = {
		"@short",          "v",        "r",           "r e",  "q", "?",
		"@short w type:x", "# type:1", "@case-a Tab", "20x5",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct buf script = BUF_INIT;

		screen_end(&film);
		screen_begin(&film);
		buf_printf(&script, "@short b %s +40m a y Enter", places[i]);
		EXPECT_INT(screen_play(&film, script.data), UI_FINISHED);
		EXPECT_TRUE(film.sit.session.expired);
		EXPECT_INT(film.sit.session.used_ms, 40 * 60000);
		expect_response("short", "b");
		buf_release(&script);
	}
}

static void a_pause_hides_the_question_and_stops_the_clock(void **state)
{
	(void)state;
	play("@short z +30m save:x");
	EXPECT_SHOWN("Paused");
	EXPECT_HIDDEN("Two and two");
	play("Enter save:x");
	EXPECT_SHOWN("Two and two");
	EXPECT_SHOWN("40:00");
}

static void a_strict_session_is_not_paused(void **state)
{
	(void)state;
	film.sit.session.can_pause = false;
	play("z save:x");
	EXPECT_SHOWN("Not done: this session cannot be paused");
}

static void sleep_counts_in_strict_time_alone(void **state)
{
	(void)state;
	play("@short Suspend Down save:x");
	EXPECT_SHOWN("40:00");
	film.sit.sitting.timer.strict = true;
	play("@short Suspend Down save:x");
	EXPECT_SHOWN("30:00");
}

/* ---- The disk ---- */

static void a_full_disk_keeps_the_screen_and_tries_again_with_any_key(void **state)
{
	(void)state;
	play("@short save:!full b c +20m b save:x save:!room Down save:y");
	expect_response("short", "b");
	EXPECT_SHOWN("Saved now");
	EXPECT_SHOWN("40:00");
	sit_again(&film.sit);
	expect_response("short", "b");
}

static void what_cannot_begin_does_not(void **state)
{
	(void)state;
	screen_limit(0);
	EXPECT_INT(screen_play(&film, "a"), UI_NOT_BEGUN);
	screen_limit(RLIM_INFINITY);
}

/* ---- The ends ---- */

static void the_exam_ends_when_that_is_confirmed(void **state)
{
	(void)state;
	play("r e n r e Enter");
	EXPECT_INT(film.sit.session.phase, PHASE_RUNNING);
	EXPECT_INT(screen_play(&film, "@short a r Up Enter Down Enter"), UI_FINISHED);
	EXPECT_FALSE(film.sit.session.expired);
}

static void leaving_is_asked_for_and_keeps_all(void **state)
{
	(void)state;
	play("@short a q n q Enter");
	EXPECT_INT(screen_play(&film, "q y"), UI_QUIT);
	EXPECT_INT(screen_play(&film, "z q y"), UI_QUIT);
	sit_again(&film.sit);
	expect_response("short", "a");
	EXPECT_INT(film.sit.session.phase, PHASE_PAUSED);
}

static void a_signal_ends_it_as_such(void **state)
{
	(void)state;
	EXPECT_INT(screen_play(&film, "@short w type:abc Stopped"), UI_SIGNAL);
	sit_again(&film.sit);
	EXPECT_TEXT(item("short")->note, "abc");
}

/* ---- The window ---- */

static void a_resize_keeps_the_place(void **state)
{
	(void)state;
	play("@long Down Down Down Down Down Down c 40x12 save:x");
	EXPECT_SHOWN("> (x) C.");
	play("80x24 save:x");
	play("@long c 132x43 80x24 40x12 80x24 save:x");
	EXPECT_SHOWN("> ( ) C.");
}

static void a_resize_keeps_the_words_that_are_read(void **state)
{
	(void)state;
	film.script.rows = 12;
	film.script.columns = 40;
	play("@long PgDn save:x");
	EXPECT_SHOWN("The director has heard");
	play("@long PgDn 60x12 save:x");
	EXPECT_SHOWN("The director has heard");
}

static void an_option_that_is_scrolled_away_is_not_chosen(void **state)
{
	(void)state;
	film.script.rows = 12;
	film.script.columns = 40;
	play("@long d PgUp PgUp Space save:x");
	expect_response("long", "d");
	EXPECT_SHOWN("Choose by letter");
	play("@long PgDn PgDn PgDn Down Space");
	expect_response("long", "b");
}

static void the_window_follows_the_focus_up_and_down(void **state)
{
	(void)state;
	film.script.rows = 12;
	film.script.columns = 40;
	play("@long d save:x");
	EXPECT_SHOWN("> (x) D.");
	play("@long d a save:x");
	EXPECT_SHOWN("> (x) A.");
}

static void a_window_that_is_too_small_takes_no_answer(void **state)
{
	(void)state;
	play("@short 39x24 b save:x 80x24");
	EXPECT_SHOWN("too small");
	expect_response("short", "");
	play("@short 80x11 b save:x 80x24");
	EXPECT_SHOWN("too small");
	expect_response("short", "");
}

static void a_letter_brings_the_question_back_before_the_case(void **state)
{
	(void)state;
	play("@case-a Tab b save:x");
	EXPECT_SHOWN("> (x) B. A weekly report");
}

/* ---- Keys ---- */

static bool meet(const struct binding *a, const struct binding *b)
{
	unsigned when = a->only & WHEN, other = b->only & WHEN;

	return a->where & b->where && (!when || !other || when & other);
}

static void no_key_means_two_things_in_one_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < binding_count; i++)
		for (size_t k = 0; k < 4 && bindings[i].keys[k]; k++)
			for (size_t j = 0; j < i; j++)
				for (size_t l = 0; l < 4 && bindings[j].keys[l]; l++)
					if (meet(&bindings[i], &bindings[j]) &&
					    bindings[j].keys[l] == bindings[i].keys[k])
						fail_msg("rows %zu and %zu share %d", j,
							 i, bindings[i].keys[k]);
}

/* In a finished session there is no option to choose. */
static void no_command_hides_an_option(void **state)
{
	(void)state;
	for (size_t i = 0; i < binding_count; i++)
		for (size_t k = 0; k < 4 && bindings[i].keys[k]; k++)
			if (bindings[i].where & AT(QUESTION) &&
			    !(bindings[i].only & IN_REVIEW))
				EXPECT_FALSE(bindings[i].keys[k] >= 'a' &&
					     bindings[i].keys[k] <
						     'a' + BANK_OPTIONS_MAX);
}

static void every_key_is_in_the_help_or_at_the_foot(void **state)
{
	(void)state;
	for (size_t i = 0; i < binding_count; i++) {
		const struct binding *b = &bindings[i];

		EXPECT_TRUE(!b->name == (!b->foot && !b->help));
		EXPECT_TRUE(b->run || !b->keys[0]);
	}
}

/* ---- Cells ---- */

static void a_wide_character_is_whole_or_not_there(void **state)
{
	struct arena arena = ARENA_INIT;
	struct grid grid;

	(void)state;
	grid_init(&grid, 1, 4, &arena);
	EXPECT_INT(grid_text(&grid, 0, 0, "a\xE6\xA9\x9F\xE6\xA9\x9F", STYLE_BOLD), 3);
	EXPECT_TEXT(grid.cells[1].text, "\xE6\xA9\x9F");
	EXPECT_INT(grid.cells[1].width, 2);
	EXPECT_INT(grid.cells[2].width, 0);
	EXPECT_TEXT(grid.cells[3].text, " ");
	arena_release(&arena);
}

static void styles_of_the_markup_come_to_the_cells(void **state)
{
	struct arena arena = ARENA_INIT;
	struct page page = { .arena = &arena, .columns = 40 };
	struct window window = { 0, 0, 1, 40 };
	struct grid grid;

	(void)state;
	grid_init(&grid, 1, 40, &arena);
	page_markup(&page, "", STYLE_PLAIN, "a *b* **c** `d`");
	page_draw(&page, 0, &window, &grid);
	EXPECT_INT(grid.cells[0].style, STYLE_PLAIN);
	EXPECT_INT(grid.cells[2].style, STYLE_UNDERLINE);
	EXPECT_INT(grid.cells[4].style, STYLE_BOLD);
	EXPECT_INT(grid.cells[6].style, STYLE_BOLD);
	arena_release(&arena);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(a_letter_chooses_and_takes_back),
	CASE(the_cursor_and_the_space_bar_choose_too),
	CASE(two_of_two_are_chosen_and_a_third_is_refused),
	CASE(steps_are_placed_by_letters_and_moved),
	CASE(an_unplaced_step_that_is_moved_comes_last),
	CASE(items_are_matched_by_number_and_letter),
	CASE(items_are_matched_by_cursor_and_space_bar_too),
	CASE(an_answer_is_taken_back_whole),
	CASE(options_are_struck_out_and_put_back),
	CASE(flags_confidence_and_notes_are_kept),
	CASE(a_note_is_saved_while_it_is_written),
	CASE(the_question_of_a_note_can_be_read_on),
	CASE(the_caret_goes_from_line_to_line),
	CASE(pasted_text_is_no_keys),
	CASE(pasted_text_is_taken_in_a_note),
	CASE(a_paste_ends_when_nothing_more_comes),
	TEST(a_note_that_is_full_takes_no_more_and_keeps_what_it_has),
	TEST(the_caret_of_a_note_never_parts_a_cluster),
	CASE(the_keys_go_forth_and_back),
	CASE(a_question_begins_at_its_beginning),
	CASE(text_that_was_not_seen_is_pointed_at_once),
	CASE(the_list_goes_to_a_question_and_filters),
	CASE(the_review_goes_through_what_is_unanswered),
	CASE(a_number_goes_to_its_question_and_others_nowhere),
	CASE(a_notice_takes_no_key_and_goes_by_itself),
	CASE(hidden_time_returns_at_five_minutes),
	CASE(the_clock_changes_nothing_but_the_clock),
	CASE(the_exam_ends_by_itself_wherever_the_candidate_is),
	CASE(a_pause_hides_the_question_and_stops_the_clock),
	CASE(a_strict_session_is_not_paused),
	CASE(sleep_counts_in_strict_time_alone),
	CASE(a_full_disk_keeps_the_screen_and_tries_again_with_any_key),
	CASE(what_cannot_begin_does_not),
	CASE(the_exam_ends_when_that_is_confirmed),
	CASE(leaving_is_asked_for_and_keeps_all),
	CASE(a_signal_ends_it_as_such),
	CASE(a_resize_keeps_the_place),
	CASE(a_resize_keeps_the_words_that_are_read),
	CASE(an_option_that_is_scrolled_away_is_not_chosen),
	CASE(the_window_follows_the_focus_up_and_down),
	CASE(a_window_that_is_too_small_takes_no_answer),
	CASE(a_letter_brings_the_question_back_before_the_case),
	TEST(no_key_means_two_things_in_one_place),
	TEST(no_command_hides_an_option),
	TEST(every_key_is_in_the_help_or_at_the_foot),
	TEST(a_wide_character_is_whole_or_not_there),
	TEST(styles_of_the_markup_come_to_the_cells),
};

TEST_MAIN(tests)
