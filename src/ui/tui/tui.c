#include "tui.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "draw.h"
#include "keys.h"

#define TICK_MS 1000
#define NOTICE_MS 20000

void tui_say(struct tui *tui, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(tui->view.message, sizeof(tui->view.message), format, args);
	va_end(args);
}

void tui_show(struct tui *tui, enum screen screen)
{
	tui->view.screen = screen;
	tui->view.menu_focus = 0;
	tui->view.follow = true;
	/* What was typed before it is seen is no answer to what it asks. */
	if (screen == SCREEN_CONFIRM || screen == SCREEN_LEAVE)
		tui->term->forget(tui->term);
}

/* ---- The session ---- */

/* Stores and applies; what cannot be stored is kept, and the screen says so. */
static bool carry_out(struct tui *tui, struct event event)
{
	const char *why = NULL;

	tui->err = (struct err)ERR_INIT;
	switch (sitting_do(tui->sitting, event, &why, &tui->err)) {
	case SITTING_NOTHING:
		if (why)
			tui_say(tui, "Not done: %s.", why);
		return false;
	case SITTING_NOT_STORED:
		tui->pending = event;
		tui->view.stuck = tui->err.text;
		return false;
	case SITTING_EXPIRED:
		return false;
	case SITTING_DONE:
		break;
	}
	return true;
}

bool tui_do(struct tui *tui, struct event event)
{
	return carry_out(tui, event);
}

void tui_store_note(struct tui *tui)
{
	struct note *note = &tui->view.note;

	if (!note->dirty)
		return;
	note->dirty = false;
	carry_out(tui, (struct event){ .type = EVENT_NOTED,
				       .item = (uint32_t)tui->view.item,
				       .note = note->text });
}

static void try_again(struct tui *tui)
{
	struct event event = tui->pending;

	tui->view.stuck = NULL;
	if (carry_out(tui, event))
		tui_say(tui, "Saved now. The clock runs again.");
}

/* The view follows the session: a question that came in front, a pause. */
static void settle(struct tui *tui)
{
	const struct session *session = tui->sitting->session;
	struct view *view = &tui->view;
	bool shown = session->items[session->current].revealed;

	if (view->item == session->current && view->shown != shown) {
		view->focus = 0;
		view->follow = true;
		view->in_case = false;
	}
	view->shown = shown;
	if (view->item != session->current) {
		view->item = session->current;
		view->focus = FOCUS_TEXT;
		view->scrolls[SCREEN_QUESTION] = 0;
		view->case_scroll = 0;
		view->in_case = false;
	}
	if (session->phase == PHASE_PAUSED && view->screen != SCREEN_LEAVE)
		view->screen = SCREEN_PAUSE;
	else if (session->phase == PHASE_RUNNING && view->screen == SCREEN_PAUSE)
		tui_show(tui, SCREEN_QUESTION);
}

/* ---- Time ---- */

/* Told as time runs down, minutes; 5 brings a hidden time back. */
static const int64_t notices[] = { 30, 15, 5, 1 };

#define NOTICES (sizeof(notices) / sizeof(notices[0]))

static bool skip_notices(struct tui *tui, int64_t left)
{
	size_t before = tui->notices;

	while (tui->notices < NOTICES && left <= notices[tui->notices] * 60000)
		tui->notices++;
	return tui->notices != before;
}

static void pass_notices(struct tui *tui)
{
	int64_t left = sitting_remaining(tui->sitting), minutes;
	struct view *view = &tui->view;

	if (view->notice[0] && tui->sitting->timer.used_ms >= view->notice_end)
		view->notice[0] = '\0';
	if (!skip_notices(tui, left))
		return;
	minutes = notices[tui->notices - 1];
	snprintf(view->notice, sizeof(view->notice), "** %lld minute%s left **",
		 (long long)minutes, minutes == 1 ? "" : "s");
	view->notice_end = tui->sitting->timer.used_ms + NOTICE_MS;
	if (minutes <= 5)
		view->time_hidden = false;
}

/* Once a wake-up: the limit, the heartbeat, a note being written, notices. */
static void pass_time(struct tui *tui)
{
	struct err err = ERR_INIT;

	if (tui->view.stuck || tui->sitting->review)
		return;
	if (sitting_tick(tui->sitting, &err) == SITTING_NOT_STORED) {
		tui->pending = (struct event){ .type = EVENT_HEARTBEAT };
		tui->err = err;
		tui->view.stuck = tui->err.text;
		return;
	}
	if (tui->sitting->session->phase == PHASE_RUNNING) {
		if (!tui->pasting)
			tui_store_note(tui);
		pass_notices(tui);
	}
}

/* ---- The screen ---- */

static void look(struct tui *tui)
{
	struct sitting *sitting = tui->sitting;

	tui->scene = (struct scene){
		.title = sitting->blueprint->title,
		.id = sitting->about->id,
		.kind = sitting->about->kind,
		.form = sitting->form,
		.session = sitting->session,
		.review = sitting->review,
		.view = &tui->view,
		.remaining = sitting->review ? 0 : sitting_remaining(sitting),
		.stands = sitting->timer.held,
	};
}

/* The end of the question has been on the screen. */
static void note_read(struct tui *tui, const struct layout *layout)
{
	if (tui->view.screen == SCREEN_QUESTION && layout->lines &&
	    layout->scroll + layout->rows >= layout->lines)
		tui->read[tui->sitting->session->current] = true;
}

static void show(struct tui *tui)
{
	enum screen screen = tui->view.screen;
	struct arena arena = ARENA_INIT;
	struct layout layout;
	struct grid grid;
	size_t rows, columns;

	settle(tui);
	look(tui);
	if (tui->view.stuck) {
		screen = tui->view.screen;
		tui->view.screen = SCREEN_STUCK;
	}
	tui->term->size(tui->term, &rows, &columns);
	grid_init(&grid, rows, columns, &arena);
	draw(&tui->scene, &arena, &grid, &layout);
	tui->term->show(tui->term, &grid);
	if (tui->view.stuck) {
		tui->view.screen = screen;
	} else {
		note_read(tui, &layout);
		tui->view.at = layout;
		tui->view.scrolls[view_body(tui->view.screen)] = layout.scroll;
	}
	arena_release(&arena);
}

/* ---- Keys ---- */

/* While it sleeps the program does not run; only strict time counts that. */
static void suspend(struct tui *tui)
{
	struct timer *timer = &tui->sitting->timer;
	struct moment now = clock_now(tui->sitting->clock);
	bool held = timer->held;

	if (tui->sitting->session->phase == PHASE_RUNNING && !held)
		carry_out(tui, (struct event){ .type = EVENT_HEARTBEAT });
	held = timer->held;
	if (!timer->strict)
		timer_hold(timer, true, now);
	tui->term->suspend(tui->term);
	timer_hold(timer, held, clock_now(tui->sitting->clock));
}

static void end(struct tui *tui, enum ui_end how)
{
	tui->over = true;
	tui->end = how;
}

/* Keys that mean the same everywhere; true when it was one of them. */
static bool take_special(struct tui *tui, int key)
{
	if (key == TUI_SUSPEND)
		suspend(tui);
	else if (key == TUI_STOPPED || key == TUI_GONE)
		end(tui, key == TUI_GONE ? UI_GONE : UI_SIGNAL);
	else if (key == TUI_RESIZED)
		tui->view.follow = true;
	else
		return key == TUI_NOTHING || key == TUI_REDRAW;
	return true;
}

static bool is_writing(const struct tui *tui)
{
	return tui->view.screen == SCREEN_NOTE || tui->view.screen == SCREEN_ASK;
}

/*
 * A text pasted by mistake would answer, leave and end: so it is taken where text is
 * wanted, and nowhere else. A paste whose end is lost ends when nothing more comes. True:
 * the key was a part of one.
 */
static bool take_pasted(struct tui *tui, int key)
{
	const struct view *view = &tui->view;
	bool is_wanted = is_writing(tui) && !view->stuck && !view->at.too_small;

	if (key == TUI_PASTE && !is_wanted)
		tui_say(tui, "Pasted text is not taken here.");
	if (key == TUI_PASTE || key == TUI_PASTED || key == TUI_NOTHING)
		tui->pasting = key == TUI_PASTE;
	if (!tui->pasting || key == TUI_PASTE || key >= TUI_RESIZED)
		return key == TUI_PASTE || key == TUI_PASTED;
	if (key == TUI_TAB || (key == TUI_ENTER && view->screen == SCREEN_ASK))
		key = ' ';
	if (is_wanted && (key == TUI_ENTER || (key >= ' ' && key < TUI_CODES)))
		act_note_key(tui, key);
	return true;
}

static void take_key(struct tui *tui, int key)
{
	const struct binding *binding;

	if (take_pasted(tui, key) || take_special(tui, key))
		return;
	if (tui->view.stuck) {
		try_again(tui);
		return;
	}
	/* What cannot be seen cannot be answered. */
	if (tui->view.at.too_small)
		return;
	tui->view.message[0] = '\0';
	settle(tui);
	look(tui);
	binding = keys_find(&tui->scene, key);
	if (!binding || (binding->run != act_check && binding->run != act_practise))
		tui->view.asked = false;
	if (binding)
		binding->run(tui, key);
	else if (is_writing(tui))
		act_note_key(tui, key);
	else if (tui->view.screen == SCREEN_GO)
		act_go_key(tui, key);
}

static bool begin(struct tui *tui)
{
	enum session_phase phase = tui->sitting->session->phase;

	if (tui->sitting->review) {
		ui_review_begin(tui->sitting);
		tui->view.item = tui->sitting->session->current;
		tui->view.shown = true;
		return true;
	}
	skip_notices(tui, sitting_remaining(tui->sitting));
	if (phase == PHASE_READY &&
	    !carry_out(tui, (struct event){ .type = EVENT_BEGAN }))
		return false;
	if (phase == PHASE_PAUSED)
		carry_out(tui, (struct event){ .type = EVENT_RESUMED });
	tui->view.item = tui->sitting->session->current;
	tui->view.shown = tui->sitting->session->items[tui->view.item].revealed;
	if (tui->sitting->told)
		tui_say(tui, "%s.", tui->sitting->told);
	return true;
}

/* A finished session is over only when it is left. */
static bool goes_on(const struct tui *tui)
{
	return !tui->over &&
	       (tui->sitting->review || tui->sitting->session->phase != PHASE_DONE);
}

enum ui_end tui_run(struct sitting *sitting, struct term *term)
{
	struct arena arena = ARENA_INIT;
	struct tui tui = {
		.sitting = sitting,
		.term = term,
		.view = { .focus = FOCUS_TEXT },
		.read = ARENA_ARRAY(&arena, sitting->session->count, bool),
		.end = UI_NOT_BEGUN,
		.over = false,
	};

	if (begin(&tui)) {
		pass_time(&tui);
		while (goes_on(&tui)) {
			int key;

			if (!tui.pasting)
				show(&tui);
			key = term->read_key(term, TICK_MS);
			/* The deadline comes before whatever was typed. */
			pass_time(&tui);
			if (goes_on(&tui))
				take_key(&tui, key);
		}
		if (!tui.over)
			tui.end = UI_FINISHED;
	}
	arena_release(&arena);
	return tui.end;
}
