#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "../priv.h"
#include "proctor/arena.h"
#include "term.h"
#include "view.h"

/*
 * One run of the exam screen. What a key does reaches the session through tui_do() alone
 * and the terminal not at all: the loop draws what came of it.
 */
struct tui {
	struct sitting *sitting;
	struct term *term;
	struct view view;
	struct scene scene;
	struct event pending; /* what could not be stored, to be tried again */
	struct err err;       /* why */
	bool *read;           /* of each question: was its end on the screen? */
	size_t notices;
	bool pasting; /* what comes was not typed */
	enum ui_end end;
	bool over;
};

/* Runs until the exam or the terminal ends; the terminal stays open. */
enum ui_end tui_run(struct sitting *sitting, struct term *term);

/* Carries an event out. False when nothing came of it; the view says why. */
bool tui_do(struct tui *tui, struct event event);
void tui_say(struct tui *tui, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void tui_store_note(struct tui *tui); /* if it changed since */
void tui_show(struct tui *tui, enum screen screen);

/* ---- What the keys do: act_*.c ---- */

typedef void tui_action(struct tui *tui, int key);

tui_action act_down, act_up, act_page_down, act_page_up, act_home, act_end, act_next,
	act_previous, act_option, act_choose, act_digit, act_go, act_earlier, act_later,
	act_clear, act_strike, act_flag, act_confidence, act_case, act_list, act_review,
	act_note, act_time, act_pause, act_leave, act_help, act_check, act_go_on,
	act_more, act_shown, act_end_now;
tui_action act_list_down, act_list_up, act_list_page_down, act_list_page_up,
	act_list_next, act_list_previous, act_list_enter, act_list_flag, act_back;
tui_action act_menu_down, act_menu_up, act_menu_enter, act_yes, act_resume;
tui_action act_wrong, act_flagged, act_unsure, act_filter, act_filter_enter,
	act_filter_next, act_search, act_mistake, act_ask_enter, act_practise, act_quit;
tui_action act_go_key, act_go_enter, act_note_key, act_note_end;

#endif
