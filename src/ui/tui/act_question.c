#include <string.h>

#include "answer.h"
#include "draw.h"
#include "tui.h"

static uint32_t current(const struct tui *tui)
{
	return (uint32_t)tui->sitting->session->current;
}

static struct answer answer_of(const struct tui *tui)
{
	return (struct answer){ scene_item(&tui->scene),
				&scene_state(&tui->scene)->response };
}

static bool is_matching(const struct tui *tui)
{
	return scene_item(&tui->scene)->question->type == MATCHING;
}

/* The option the cursor is on; false when it is on none. */
static bool focused(const struct tui *tui, uint8_t *option)
{
	struct answer answer = answer_of(tui);
	uint8_t rows[BANK_OPTIONS_MAX];

	if (tui->view.focus < 0 || is_matching(tui) ||
	    (size_t)tui->view.focus >= answer_rows(&answer, rows))
		return false;
	*option = rows[tui->view.focus];
	return true;
}

static void focus_option(struct tui *tui, uint8_t option)
{
	struct answer answer = answer_of(tui);
	uint8_t rows[BANK_OPTIONS_MAX];
	size_t n = answer_rows(&answer, rows);

	for (size_t i = 0; i < n; i++)
		if (rows[i] == option)
			tui->view.focus = (int)i;
	tui->view.follow = true;
}

static bool respond(struct tui *tui, const struct response *response)
{
	return tui_do(tui, (struct event){ .type = EVENT_RESPONDED,
					   .item = current(tui),
					   .response = *response });
}

/* ---- Answers ---- */

static void toggle(struct tui *tui, uint8_t option)
{
	struct answer answer = answer_of(tui);
	struct response made;
	const char *why;

	if (answer_toggle(&answer, option, &made, &why))
		respond(tui, &made);
	else if (why)
		tui_say(tui, "Not done: %s.", why);
	focus_option(tui, option);
}

/* Gives an option to the item the cursor is on, and goes to the one after it. */
static void match(struct tui *tui, uint8_t option)
{
	struct answer answer = answer_of(tui);
	struct view *view = &tui->view;
	struct response made;

	if (view->focus < 0)
		view->focus = 0;
	view->follow = true;
	if (answer_match(&answer, (size_t)view->focus, option, &made) &&
	    !respond(tui, &made))
		return;
	if (option != RESPONSE_NONE &&
	    (size_t)view->focus + 1 < answer.item->question->prompt_count)
		view->focus++;
}

void act_option(struct tui *tui, int key)
{
	uint8_t option;

	if (!form_option(scene_item(&tui->scene), (char)key, &option))
		return;
	tui->view.in_case = false;
	if (is_matching(tui))
		match(tui, option);
	else
		toggle(tui, option);
}

/* The option after the one that the item has, in the order shown; after the last, none.
 */
static uint8_t next_match(const struct tui *tui)
{
	const struct form_item *item = scene_item(&tui->scene);
	const struct response *given = &scene_state(&tui->scene)->response;
	size_t prompt = (size_t)tui->view.focus, n = item->question->option_count;

	if (prompt >= given->count || given->picks[prompt] == RESPONSE_NONE)
		return item->shown[0];
	for (size_t i = 0; i + 1 < n; i++)
		if (item->shown[i] == given->picks[prompt])
			return item->shown[i + 1];
	return RESPONSE_NONE;
}

void act_choose(struct tui *tui, int key)
{
	uint8_t option;

	(void)key;
	if (focused(tui, &option)) {
		toggle(tui, option);
	} else if (is_matching(tui) && tui->view.focus >= 0) {
		struct answer answer = answer_of(tui);
		struct response made;

		if (answer_match(&answer, (size_t)tui->view.focus, next_match(tui),
				 &made))
			respond(tui, &made);
		tui->view.follow = true;
	} else {
		tui_say(tui, "Choose by letter, or go down to an option first.");
	}
}

static void shift(struct tui *tui, int by)
{
	struct answer answer = answer_of(tui);
	struct response made;
	const char *why;
	uint8_t option;

	if (!focused(tui, &option)) {
		tui_say(tui, "Go down to the step that is to be moved.");
		return;
	}
	if (answer_shift(&answer, option, by, &made, &why))
		respond(tui, &made);
	else if (why)
		tui_say(tui, "Not done: %s.", why);
	focus_option(tui, option);
}

void act_earlier(struct tui *tui, int key)
{
	(void)key;
	shift(tui, -1);
}

void act_later(struct tui *tui, int key)
{
	(void)key;
	shift(tui, 1);
}

void act_clear(struct tui *tui, int key)
{
	struct answer answer = answer_of(tui);
	struct response made = { 0, { 0 } };

	(void)key;
	if (!answer.given->count)
		return;
	if (is_matching(tui) && tui->view.focus >= 0 &&
	    !answer_match(&answer, (size_t)tui->view.focus, RESPONSE_NONE, &made))
		return;
	respond(tui, &made);
}

void act_strike(struct tui *tui, int key)
{
	uint8_t option;

	(void)key;
	if (!focused(tui, &option)) {
		tui_say(tui, "Go down to the option first.");
		return;
	}
	tui_do(tui,
	       (struct event){ .type = EVENT_STRUCK,
			       .item = current(tui),
			       .value = option |
					(scene_state(&tui->scene)->struck >> option & 1
						 ? STRUCK_OFF
						 : 0u) });
}

void act_flag(struct tui *tui, int key)
{
	bool on = !scene_state(&tui->scene)->flagged;

	(void)key;
	if (tui_do(tui, (struct event){ .type = EVENT_FLAGGED,
					.item = current(tui),
					.value = on }))
		tui_say(tui, on ? "Flagged for review." : "Flag taken off.");
}

void act_confidence(struct tui *tui, int key)
{
	static const enum confidence after[] = {
		[CONFIDENCE_NONE] = CONFIDENCE_SURE,
		[CONFIDENCE_SURE] = CONFIDENCE_UNSURE,
		[CONFIDENCE_UNSURE] = CONFIDENCE_GUESS,
		[CONFIDENCE_GUESS] = CONFIDENCE_NONE,
	};
	static const char *const said[] = { "Nothing noted.", "Noted: a guess.",
					    "Noted: unsure.", "Noted: sure." };
	enum confidence level = after[scene_state(&tui->scene)->confidence];

	(void)key;
	if (tui_do(tui, (struct event){ .type = EVENT_CONFIDENCE,
					.item = current(tui),
					.value = level }))
		tui_say(tui, "%s", said[level]);
}

/* ---- Other parts of the screen ---- */

void act_case(struct tui *tui, int key)
{
	(void)key;
	tui->view.in_case = !tui->view.in_case;
}

void act_note(struct tui *tui, int key)
{
	(void)key;
	note_begin(&tui->view.note, scene_state(&tui->scene)->note);
	tui_show(tui, SCREEN_NOTE);
}

void act_note_key(struct tui *tui, int key)
{
	if (!note_key(&tui->view.note, key))
		tui_say(tui, "The note is full.");
}

void act_note_end(struct tui *tui, int key)
{
	(void)key;
	tui_show(tui, SCREEN_QUESTION);
	tui_store_note(tui);
}

void act_digit(struct tui *tui, int key)
{
	size_t number = (size_t)(key - '0');

	if (tui->view.screen == SCREEN_QUESTION && is_matching(tui) &&
	    !scene_state(&tui->scene)->revealed) {
		if (number >= 1 &&
		    number <= scene_item(&tui->scene)->question->prompt_count) {
			tui->view.focus = (int)number - 1;
			tui->view.follow = true;
			tui->view.in_case = false;
		} else {
			tui_say(tui, "There is no such item. # goes to a question.");
		}
		return;
	}
	act_go(tui, '#');
	act_go_key(tui, key);
}
