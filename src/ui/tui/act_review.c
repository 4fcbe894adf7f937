#include <string.h>

#include "../priv.h"
#include "draw.h"
#include "tui.h"

/* In a finished session: which questions are listed, and where to go on from there. */

static struct review_filter filter_of(const struct tui *tui)
{
	return tui->sitting->review->filter;
}

/* False when it lists nothing: then the screen says why, and all stays as it was. */
static bool filter_by(struct tui *tui, const struct review_filter *filter)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	bool ok = ui_review_filter(tui->sitting, filter, &err);

	tui->view.list_focus = tui->sitting->session->current;
	tui->view.follow = true;
	if (!ok)
		tui_say(tui, "Not done: %s.", err.text);
	else
		tui_say(tui, "Listed: %s.",
			ui_review_listed(tui->sitting->review, &arena));
	arena_release(&arena);
	return ok;
}

/* A wish of the filter, by its offset, on or off. */
static void toggle(struct tui *tui, size_t wish)
{
	struct review_filter filter = filter_of(tui);
	bool *on = (bool *)((char *)&filter + wish);

	*on = !*on;
	filter_by(tui, &filter);
}

void act_wrong(struct tui *tui, int key)
{
	(void)key;
	toggle(tui, offsetof(struct review_filter, wrong));
}

void act_flagged(struct tui *tui, int key)
{
	(void)key;
	toggle(tui, offsetof(struct review_filter, flagged));
}

void act_unsure(struct tui *tui, int key)
{
	(void)key;
	toggle(tui, offsetof(struct review_filter, unsure));
}

/* Wrong, flagged, unsure, all, one after the other; without those that list nothing. */
void act_filter_next(struct tui *tui, int key)
{
	struct review_filter filter = filter_of(tui);
	int at = filter.wrong ? 1 : filter.flagged ? 2 : filter.unsure ? 3 : 0;
	int by = key == TUI_BACK_TAB || key == TUI_LEFT ? 3 : 1;

	for (int i = 0; i < 4; i++) {
		at = (at + by) % 4;
		filter.wrong = at == 1;
		filter.flagged = at == 2;
		filter.unsure = at == 3;
		if (review_count(tui->sitting->review, &filter))
			break;
	}
	filter_by(tui, &filter);
}

void act_filter(struct tui *tui, int key)
{
	(void)key;
	tui_show(tui, SCREEN_FILTER);
}

/* ---- The rows of the filter screen ---- */

/* The name after this one, of those that list anything; after the last, none. */
static const char *after(struct tui *tui, enum filter_row row, const char *now)
{
	const struct blueprint *blueprint = tui->sitting->blueprint;
	struct review_filter filter = filter_of(tui);
	bool passed = !now;

	if (row == ROW_DOMAIN)
		filter.task = NULL;
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];
		size_t n = row == ROW_DOMAIN ? 1 : domain->task_count;

		for (size_t t = 0; t < n; t++) {
			const char *id = row == ROW_DOMAIN ? domain->id
							   : domain->tasks[t].id;

			*(row == ROW_DOMAIN ? &filter.domain : &filter.task) = id;
			if (passed && review_count(tui->sitting->review, &filter))
				return id;
			passed = passed || strcmp(id, now) == 0;
		}
	}
	return NULL;
}

static void next_domain(struct tui *tui, int key)
{
	struct review_filter filter = filter_of(tui);

	(void)key;
	filter.task = NULL;
	filter.domain = after(tui, ROW_DOMAIN, filter.domain);
	filter_by(tui, &filter);
}

static void next_task(struct tui *tui, int key)
{
	struct review_filter filter = filter_of(tui);

	(void)key;
	filter.task = after(tui, ROW_TASK, filter.task);
	filter_by(tui, &filter);
}

static void list_all(struct tui *tui, int key)
{
	(void)key;
	filter_by(tui, &(struct review_filter){ .search = "" });
}

void act_filter_enter(struct tui *tui, int key)
{
	static tui_action *const rows[FILTER_ROWS] = {
		[ROW_WRONG] = act_wrong,   [ROW_FLAGGED] = act_flagged,
		[ROW_UNSURE] = act_unsure, [ROW_DOMAIN] = next_domain,
		[ROW_TASK] = next_task,    [ROW_SEARCH] = act_search,
		[ROW_ALL] = list_all,
	};

	rows[tui->view.menu_focus](tui, key);
}

/* ---- What is typed ---- */

static void ask(struct tui *tui, enum ask what, const char *text)
{
	note_begin(&tui->view.note, text);
	tui->view.ask = what;
	tui_show(tui, SCREEN_ASK);
}

void act_search(struct tui *tui, int key)
{
	(void)key;
	ask(tui, ASK_SEARCH, filter_of(tui).search);
}

void act_mistake(struct tui *tui, int key)
{
	(void)key;
	ask(tui, ASK_MISTAKE, "");
}

static void write_mistake(struct tui *tui, const char *because)
{
	struct buf path = BUF_INIT;
	struct err err = ERR_INIT;

	if (!because[strspn(because, " ")])
		tui_say(tui, "Nothing is written.");
	else if (ui_report_mistake(tui->sitting, tui->sitting->session->current, because,
				   &path, &err))
		tui_say(tui, "Written: %s. Send it to the author of the bank.",
			path.data);
	else
		tui_say(tui, "Not done: %s.", err.text);
	buf_release(&path);
}

void act_ask_enter(struct tui *tui, int key)
{
	struct review_filter filter = filter_of(tui);

	(void)key;
	tui_show(tui, SCREEN_QUESTION);
	if (tui->view.ask == ASK_MISTAKE) {
		write_mistake(tui, tui->view.note.text);
		return;
	}
	filter.search = tui->view.note.text;
	filter_by(tui, &filter);
}

/* ---- On from here ---- */

void act_practise(struct tui *tui, int key)
{
	const struct form_item *item = scene_item(&tui->scene);
	const struct blueprint_domain *domain =
		&tui->sitting->blueprint->domains[item->domain];

	(void)key;
	if (!tui->view.asked) {
		tui->view.asked = true;
		tui_say(tui,
			"d again leaves the review for a drill: ten questions of task "
			"%s, %s.",
			domain->tasks[item->task].id, domain->tasks[item->task].title);
		return;
	}
	tui->over = true;
	tui->end = UI_DRILL;
}

void act_quit(struct tui *tui, int key)
{
	(void)key;
	tui->over = true;
	tui->end = UI_QUIT;
}
