#include <stdio.h>
#include <string.h>

#include "../priv.h"
#include "draw.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/markup.h"
#include "proctor/text.h"

/* From this height on there is room for empty lines. */
#define ROOMY 14

bool filter_takes(enum filter filter, const struct session *session, size_t item)
{
	const struct session_item *state = &session->items[item];
	bool answered = session_is_answered(session, item);

	return filter == ALL || (filter == ANSWERED && answered) ||
	       (filter == UNANSWERED && !answered) ||
	       (filter == UNSEEN && !state->seen) ||
	       (filter == FLAGGED && state->flagged);
}

bool scene_lists(const struct scene *scene, enum filter filter, size_t item)
{
	return scene->review ? scene->review->listed[item]
			     : filter_takes(filter, scene->session, item);
}

/* ---- The navigator ---- */

static const char *status_of(const struct scene *scene, size_t item)
{
	const struct session *session = scene->session;
	const struct session_item *state = &session->items[item];

	if (state->revealed)
		return draw_verdict(scene, item);
	if (session_is_answered(session, item))
		return "answered";
	if (!state->seen)
		return "unseen";
	return state->response.count ? "in part" : "unanswered";
}

/* In a review also how sure the candidate was. */
static const char *status_with(const struct scene *scene, size_t item,
			       struct arena *arena)
{
	static const char *const levels[] = { "", "guess", "unsure", "sure" };
	enum confidence level = scene->session->items[item].confidence;

	if (!scene->review)
		return arena_printf(arena, "%-10s", status_of(scene, item));
	return arena_printf(arena, "%-5s  %-6s", status_of(scene, item), levels[level]);
}

const char *draw_answer(const struct scene *scene, size_t number, struct arena *arena)
{
	struct buf text = BUF_INIT;
	const char *copy;

	letters_write(&scene->form->items[number],
		      &scene->session->items[number].response, &text);
	copy = arena_copy(arena, text.data, text.len);
	buf_release(&text);
	return copy;
}

static void put_row(const struct scene *scene, struct body *body, size_t item)
{
	const struct session_item *state = &scene->session->items[item];
	struct page *page = &body->page;
	bool focused = item == scene->view->list_focus;
	const char *lead = arena_printf(
		page->arena, "%c %3zu  %s  %-7s  %-4s  %-7s  ", focused ? '>' : ' ',
		item + 1, status_with(scene, item, page->arena),
		state->flagged ? "flagged" : "", state->note[0] ? "note" : "",
		draw_answer(scene, item, page->arena));
	size_t first = page->count;

	if (page->columns < 60)
		page_text(page, ui_cut(lead, page->columns - 8, page->arena),
			  focused ? STYLE_BOLD : STYLE_PLAIN, "", STYLE_PLAIN);
	else
		page_text(page, lead, focused ? STYLE_BOLD : STYLE_PLAIN,
			  ui_cut(ui_excerpt(scene->form->items[item].question->stem,
					    page->arena),
				 page->columns - text_width(lead, strlen(lead)),
				 page->arena),
			  STYLE_PLAIN);
	if (focused) {
		body->focus = 0;
		body_mark(body, first, 4);
	}
}

/* "[All 65]  answered 12  ..." */
static void put_filters(const struct scene *scene, struct page *head)
{
	static const char *const names[FILTERS] = { "all", "answered", "unanswered",
						    "unseen", "flagged" };
	struct session_count count = session_count(scene->session);
	const size_t counts[FILTERS] = { scene->session->count, count.answered,
					 count.unanswered, count.unseen, count.flagged };
	struct buf text = BUF_INIT;

	page_text(head, "", STYLE_PLAIN, "Questions", STYLE_BOLD);
	if (scene->review) {
		page_text(head, "", STYLE_PLAIN,
			  ui_review_listed(scene->review, head->arena), STYLE_PLAIN);
		return;
	}
	for (int i = 0; i < FILTERS; i++)
		buf_printf(&text,
			   scene->view->filter == (enum filter)i ? "[%s %zu] "
								 : " %s %zu  ",
			   names[i], counts[i]);
	page_text(head, "", STYLE_PLAIN, text.data, STYLE_PLAIN);
	buf_release(&text);
}

void draw_list(const struct scene *scene, struct body *body)
{
	body->focus = FOCUS_TEXT;
	put_filters(scene, &body->head);
	if (body->rows >= ROOMY)
		page_blank(&body->head);
	for (size_t i = 0; i < scene->session->count; i++)
		if (scene_lists(scene, scene->view->filter, i))
			put_row(scene, body, i);
	if (!body->page.count)
		page_text(&body->page, "  ", STYLE_PLAIN, "None.", STYLE_PLAIN);
}

/* ---- Menus ---- */

void put_choice(const struct scene *scene, struct body *body, size_t row,
		const char *text)
{
	bool focused = scene->view->menu_focus == row;
	size_t first = body->page.count;

	page_text(&body->page, focused ? "> " : "  ", STYLE_BOLD, text,
		  focused ? STYLE_BOLD : STYLE_PLAIN);
	body_mark(body, first, 2);
	body->focus = (int)scene->view->menu_focus;
}

static void put_counts(const struct scene *scene, struct body *body)
{
	struct session_count count = session_count(scene->session);
	const struct {
		const char *name;
		size_t n;
	} rows[] = {
		{ "answered", count.answered },
		{ "unanswered", count.unanswered },
		{ "never seen", count.unseen },
		{ "flagged", count.flagged },
	};
	struct page *page = &body->page;

	if (body->rows < ROOMY) {
		page_text(page, "", STYLE_PLAIN,
			  arena_printf(page->arena,
				       "Answered %zu, unanswered %zu, never seen %zu, "
				       "flagged %zu.",
				       count.answered, count.unanswered, count.unseen,
				       count.flagged),
			  STYLE_PLAIN);
		return;
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		page_text(page, arena_printf(page->arena, "  %4zu  ", rows[i].n),
			  STYLE_BOLD, rows[i].name, STYLE_PLAIN);
	page_blank(page);
}

const enum filter review_filters[] = { ALL, UNANSWERED, FLAGGED };

void draw_review(const struct scene *scene, struct body *body)
{
	struct session_count count = session_count(scene->session);
	struct arena *arena = body->page.arena;

	page_text(&body->head, "", STYLE_PLAIN, "Review before the end", STYLE_BOLD);
	if (body->rows >= ROOMY)
		page_blank(&body->head);
	put_counts(scene, body);
	put_choice(scene, body, 0, "Go through all questions");
	put_choice(scene, body, 1,
		   arena_printf(arena, "Go through the unanswered ones (%zu)",
				count.unanswered));
	put_choice(
		scene, body, 2,
		arena_printf(arena, "Go through the flagged ones (%zu)", count.flagged));
	put_choice(
		scene, body, 3,
		arena_printf(arena, "Back to question %zu", scene->session->current + 1));
	put_choice(scene, body, 4, arena_printf(arena, "End the %s", scene->kind));
}

const char *draw_unanswered(const struct scene *scene)
{
	return scene->session->drill ? "What is left open does not count. "
				     : "An unanswered question counts as wrong. ";
}

void draw_confirm(const struct scene *scene, struct body *body)
{
	struct session_count count = session_count(scene->session);
	struct arena *arena = body->page.arena;

	page_text(&body->head, "", STYLE_PLAIN,
		  arena_printf(arena, "End the %s?", scene->kind), STYLE_BOLD);
	if (body->rows >= ROOMY)
		page_blank(&body->head);
	put_counts(scene, body);
	page_text(&body->page, "", STYLE_PLAIN,
		  arena_printf(arena, "%sAfter the end nothing can be changed.",
			       count.unanswered ? draw_unanswered(scene) : ""),
		  STYLE_PLAIN);
	if (body->rows >= ROOMY)
		page_blank(&body->page);
	put_choice(scene, body, 0,
		   arena_printf(arena, "No, go on with the %s (n)", scene->kind));
	put_choice(scene, body, 1, "Yes, end it and show the result (y)");
}

size_t leave_rows(const struct scene *scene)
{
	return scene->session->drill && scene->session->phase == PHASE_RUNNING ? 3 : 2;
}

void draw_leave(const struct scene *scene, struct body *body)
{
	page_text(&body->head, "", STYLE_PLAIN, "Leave for now?", STYLE_BOLD);
	page_blank(&body->head);
	page_text(&body->page, "", STYLE_PLAIN,
		  "Everything is saved. To go on where you are:", STYLE_PLAIN);
	page_text(&body->page, "  ", STYLE_PLAIN,
		  arena_printf(body->page.arena, "proctor resume %s", scene->id),
		  STYLE_BOLD);
	page_blank(&body->page);
	put_choice(scene, body, 0, "No, stay (n)");
	put_choice(scene, body, 1, "Yes, leave (y)");
	if (leave_rows(scene) == 3)
		put_choice(scene, body, 2, "End the drill and see the result (e)");
}
