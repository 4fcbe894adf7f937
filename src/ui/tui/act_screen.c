#include "draw.h"
#include "tui.h"

/* ---- To another screen ---- */

void act_back(struct tui *tui, int key)
{
	(void)key;
	tui_show(tui, SCREEN_QUESTION);
}

void act_help(struct tui *tui, int key)
{
	(void)key;
	tui->view.scrolls[SCREEN_HELP] = 0;
	tui_show(tui, SCREEN_HELP);
}

void act_review(struct tui *tui, int key)
{
	(void)key;
	tui_show(tui, SCREEN_REVIEW);
}

void act_leave(struct tui *tui, int key)
{
	(void)key;
	tui_show(tui, SCREEN_LEAVE);
}

void act_time(struct tui *tui, int key)
{
	(void)key;
	tui->view.time_hidden = !tui->view.time_hidden;
}

void act_pause(struct tui *tui, int key)
{
	(void)key;
	tui_do(tui, (struct event){ .type = EVENT_PAUSED });
}

void act_resume(struct tui *tui, int key)
{
	(void)key;
	tui_do(tui, (struct event){ .type = EVENT_RESUMED });
}

/* ---- The list ---- */

/* So many rows on or back, as far as there are any. */
static void list_move(struct tui *tui, size_t rows, int step)
{
	const struct session *session = tui->sitting->session;
	size_t at = tui->view.list_focus;

	tui->view.follow = true;
	while (rows && (step < 0 ? at > 0 : at + 1 < session->count)) {
		at = step < 0 ? at - 1 : at + 1;
		if (scene_lists(&tui->scene, tui->view.filter, at)) {
			tui->view.list_focus = at;
			rows--;
		}
	}
}

void act_list_down(struct tui *tui, int key)
{
	(void)key;
	list_move(tui, 1, 1);
}

void act_list_up(struct tui *tui, int key)
{
	(void)key;
	list_move(tui, 1, -1);
}

void act_list_page_down(struct tui *tui, int key)
{
	(void)key;
	list_move(tui, tui->view.at.rows, 1);
}

void act_list_page_up(struct tui *tui, int key)
{
	(void)key;
	list_move(tui, tui->view.at.rows, -1);
}

/* Is a question listed that the cursor is on? */
static bool list_has_focus(const struct tui *tui)
{
	return scene_lists(&tui->scene, tui->view.filter, tui->view.list_focus);
}

/* The focus stays, or goes to the nearest question that is still listed. */
static void set_filter(struct tui *tui, enum filter filter)
{
	tui->view.filter = filter;
	tui->view.follow = true;
	if (list_has_focus(tui))
		return;
	list_move(tui, 1, 1);
	if (!list_has_focus(tui))
		list_move(tui, 1, -1);
}

void act_list(struct tui *tui, int key)
{
	(void)key;
	tui->view.list_focus = tui->sitting->session->current;
	tui_show(tui, SCREEN_LIST);
	set_filter(tui, ALL);
}

void act_list_next(struct tui *tui, int key)
{
	(void)key;
	set_filter(tui, (tui->view.filter + 1) % FILTERS);
}

void act_list_previous(struct tui *tui, int key)
{
	(void)key;
	set_filter(tui, (tui->view.filter + FILTERS - 1) % FILTERS);
}

void act_list_enter(struct tui *tui, int key)
{
	(void)key;
	if (!list_has_focus(tui))
		return;
	tui->view.walk = ALL;
	if (tui_do(tui, (struct event){ .type = EVENT_MOVED,
					.item = (uint32_t)tui->view.list_focus }))
		tui_show(tui, SCREEN_QUESTION);
}

void act_list_flag(struct tui *tui, int key)
{
	size_t item = tui->view.list_focus;

	(void)key;
	if (list_has_focus(tui))
		tui_do(tui,
		       (struct event){
			       .type = EVENT_FLAGGED,
			       .item = (uint32_t)item,
			       .value = !tui->sitting->session->items[item].flagged });
	set_filter(tui, tui->view.filter);
}

/* ---- Menus ---- */

static size_t menu_rows(const struct tui *tui)
{
	if (tui->view.screen == SCREEN_LEAVE)
		return leave_rows(&tui->scene);
	if (tui->view.screen == SCREEN_FILTER)
		return FILTER_ROWS;
	return tui->view.screen == SCREEN_REVIEW ? REVIEW_ROWS : 2;
}

void act_menu_down(struct tui *tui, int key)
{
	(void)key;
	tui->view.menu_focus = (tui->view.menu_focus + 1) % menu_rows(tui);
	tui->view.follow = true;
}

void act_menu_up(struct tui *tui, int key)
{
	size_t rows = menu_rows(tui);

	(void)key;
	tui->view.menu_focus = (tui->view.menu_focus + rows - 1) % rows;
	tui->view.follow = true;
}

/* From the first such question on, next and previous keep to them. */
static void go_through(struct tui *tui, enum filter filter)
{
	const struct session *session = tui->sitting->session;
	size_t at = 0;

	while (at < session->count && !filter_takes(filter, session, at))
		at++;
	if (at == session->count) {
		tui_say(tui, "There are none.");
		return;
	}
	tui->view.walk = filter;
	if (tui_do(tui, (struct event){ .type = EVENT_MOVED, .item = (uint32_t)at }))
		tui_show(tui, SCREEN_QUESTION);
}

/* Yes: on the review screen to the question whether, there to the end itself. */
void act_yes(struct tui *tui, int key)
{
	(void)key;
	if (tui->view.screen == SCREEN_REVIEW) {
		tui_show(tui, SCREEN_CONFIRM);
	} else if (tui->view.screen == SCREEN_LEAVE) {
		tui->over = true;
		tui->end = UI_QUIT;
	} else {
		tui_do(tui, (struct event){ .type = EVENT_SUBMITTED });
	}
}

void act_menu_enter(struct tui *tui, int key)
{
	size_t row = tui->view.menu_focus;

	if (tui->view.screen == SCREEN_FILTER)
		act_filter_enter(tui, key);
	else if (tui->view.screen == SCREEN_REVIEW && row < 3)
		go_through(tui, review_filters[row]);
	else if (tui->view.screen == SCREEN_REVIEW ? row == 3 : row == 0)
		act_back(tui, key);
	else if (tui->view.screen == SCREEN_LEAVE && row == 2)
		act_end_now(tui, key);
	else
		act_yes(tui, key);
}
