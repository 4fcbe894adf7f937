#include <string.h>

#include "tui.h"

/* ---- Moving about ---- */

static size_t last_scroll(size_t lines, size_t rows)
{
	return lines > rows ? lines - rows : 0;
}

/* The part of the screen that the keys scroll. */
static size_t *scroll_of(struct tui *tui, size_t *most, size_t *rows)
{
	struct view *view = &tui->view;
	const struct layout *at = &view->at;
	enum screen body = view_body(view->screen);

	view->follow = false;
	if (view->in_case && body == SCREEN_QUESTION) {
		*most = last_scroll(at->case_lines, at->case_rows);
		*rows = at->case_rows;
		view->case_scroll = at->case_scroll;
		return &view->case_scroll;
	}
	*most = last_scroll(at->lines, at->rows);
	*rows = at->rows;
	view->scrolls[body] = at->scroll;
	return &view->scrolls[body];
}

/* Does a line of the question stand in the window, when it is scrolled so far? */
static bool in_window(const struct layout *at, size_t scroll, size_t line)
{
	return line >= scroll && line < scroll + at->rows;
}

/* An option that is scrolled away is left: what cannot be seen is not chosen. */
static bool scroll_by(struct tui *tui, long by)
{
	size_t most, rows, *scroll = scroll_of(tui, &most, &rows);
	struct view *view = &tui->view;
	long to = (long)*scroll + by;
	size_t before = *scroll;

	*scroll = to < 0 ? 0 : (size_t)to > most ? most : (size_t)to;
	if (scroll == &view->scrolls[SCREEN_QUESTION] && view->focus >= 0 &&
	    !in_window(&view->at, *scroll, view->at.marks[view->focus].first))
		view->focus = FOCUS_TEXT;
	return *scroll != before;
}

static bool moves_text(const struct tui *tui)
{
	return tui->view.screen != SCREEN_QUESTION || tui->view.in_case ||
	       !tui->view.at.mark_count;
}

/* The option after the focus; from the text, the first one from the window's top on. */
static size_t next_mark(const struct view *view)
{
	size_t next = (size_t)(view->focus + 1);

	while (view->focus == FOCUS_TEXT && next < view->at.mark_count &&
	       view->at.marks[next].first < view->at.scroll)
		next++;
	return next;
}

void act_down(struct tui *tui, int key)
{
	struct view *view = &tui->view;
	const struct layout *at = &view->at;
	size_t next = next_mark(view);

	(void)key;
	if (moves_text(tui) || next >= at->mark_count) {
		scroll_by(tui, 1);
		return;
	}
	/* Text in between is read first, line by line. */
	if (view->focus == FOCUS_TEXT &&
	    !in_window(at, at->scroll, at->marks[next].first) && scroll_by(tui, 1))
		return;
	/* So is what is left of an option higher than the window. */
	if (view->focus >= 0 && at->marks[view->focus].last >= at->scroll + at->rows &&
	    scroll_by(tui, 1))
		return;
	view->focus = (int)next;
	view->follow = true;
}

void act_up(struct tui *tui, int key)
{
	struct view *view = &tui->view;

	(void)key;
	if (moves_text(tui) || view->focus == FOCUS_TEXT) {
		scroll_by(tui, -1);
	} else if (view->focus > 0) {
		view->focus--;
		view->follow = true;
	} else if (!scroll_by(tui, -1)) {
		/* From the first option up into the text that stands before it. */
		view->focus = FOCUS_TEXT;
	}
}

void act_page_down(struct tui *tui, int key)
{
	size_t most, rows;

	(void)key;
	scroll_of(tui, &most, &rows);
	scroll_by(tui, rows > 1 ? (long)rows - 1 : 1);
}

void act_page_up(struct tui *tui, int key)
{
	size_t most, rows;

	(void)key;
	scroll_of(tui, &most, &rows);
	scroll_by(tui, rows > 1 ? 1 - (long)rows : -1);
}

void act_home(struct tui *tui, int key)
{
	(void)key;
	scroll_by(tui, -100000);
	if (!moves_text(tui))
		tui->view.focus = FOCUS_TEXT;
}

void act_end(struct tui *tui, int key)
{
	(void)key;
	scroll_by(tui, 100000);
	if (!moves_text(tui)) {
		tui->view.focus = (int)tui->view.at.mark_count - 1;
		tui->view.follow = true;
	}
}

/* ---- From question to question ---- */

static void move_to(struct tui *tui, size_t item)
{
	tui_do(tui, (struct event){ .type = EVENT_MOVED, .item = (uint32_t)item });
}

static const char *const walked[FILTERS] = { "", "answered ", "unanswered ", "unseen ",
					     "flagged " };

/* To the next question in that direction which the walk takes. */
static void walk(struct tui *tui, int step)
{
	const struct session *session = tui->sitting->session;
	size_t at = session->current;
	enum filter filter = tui->view.walk;

	for (;;) {
		if (step < 0 ? at == 0 : at + 1 == session->count) {
			tui_say(tui, "This is the %s %squestion%s",
				step < 0 ? "first" : "last", walked[filter],
				!tui->sitting->review
					? ". r: review, v: list"
					: " listed. f: filters, v: list, q: leave");
			return;
		}
		at = step < 0 ? at - 1 : at + 1;
		if (scene_lists(&tui->scene, filter, at))
			break;
	}
	move_to(tui, at);
}

void act_next(struct tui *tui, int key)
{
	size_t at = tui->sitting->session->current;

	(void)key;
	if (!tui->read[at] && !tui->sitting->session->items[at].revealed) {
		tui->read[at] = true;
		tui_say(tui, "There is more below that you have not seen (PgDn). n again "
			     "goes on.");
		return;
	}
	walk(tui, 1);
}

void act_previous(struct tui *tui, int key)
{
	(void)key;
	walk(tui, -1);
}

/* ---- To a number ---- */

void act_go(struct tui *tui, int key)
{
	(void)key;
	tui->view.typed[0] = '\0';
	tui_show(tui, SCREEN_GO);
}

void act_go_key(struct tui *tui, int key)
{
	char *typed = tui->view.typed;
	size_t len = strlen(typed);

	if (key >= '0' && key <= '9' && len < 4) {
		typed[len] = (char)key;
		typed[len + 1] = '\0';
	} else if (key == TUI_BACKSPACE && len) {
		typed[len - 1] = '\0';
	}
}

void act_go_enter(struct tui *tui, int key)
{
	size_t number = 0;

	(void)key;
	for (const char *p = tui->view.typed; *p; p++)
		number = number * 10 + (size_t)(*p - '0');
	tui_show(tui, SCREEN_QUESTION);
	if (!tui->view.typed[0])
		return;
	tui->view.walk = ALL;
	if (number < 1 || number > tui->sitting->session->count)
		tui_say(tui, "There are questions 1 to %zu.",
			tui->sitting->session->count);
	else
		move_to(tui, number - 1);
}
