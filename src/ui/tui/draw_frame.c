#include <string.h>

#include "../priv.h"
#include "draw.h"
#include "keys.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

#define WIDE 60

const char *draw_time(int64_t ms, struct arena *arena)
{
	long long s = (long long)((ms + 999) / 1000);

	if (s >= 3600)
		return arena_printf(arena, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60,
				    s % 60);
	return arena_printf(arena, "%lld:%02lld", s / 60, s % 60);
}

static const char *spent_text(const struct scene *scene, bool wide, struct arena *arena)
{
	const struct result *result = scene->review->report->result;
	int64_t expected = result->items[scene->session->current].expected_ms;
	const char *spent = draw_time(scene_state(scene)->spent_ms, arena);

	if (!wide || expected <= 0)
		return arena_printf(arena, "%s%s", wide ? "Time " : "", spent);
	return arena_printf(arena, "Time %s of %s", spent, draw_time(expected, arena));
}

static const char *clock_text(const struct scene *scene, bool wide, struct arena *arena)
{
	if (scene->review)
		return spent_text(scene, wide, arena);
	if (scene->stands)
		return wide ? "Clock stands still" : "stopped";
	if (scene->view->time_hidden)
		return wide ? "Time hidden (t)" : "hidden";
	if (scene->remaining == INT64_MAX)
		return wide ? "No time limit" : "no limit";
	return arena_printf(arena, "%s%s", wide ? "Time left " : "",
			    draw_time(scene->remaining, arena));
}

static const char *const levels[] = { "", "guess", "unsure", "sure" };

static const char *place_text(const struct scene *scene, bool wide, struct arena *arena)
{
	const struct session_item *state = scene_state(scene);
	const char *level = levels[state->confidence];

	return arena_printf(
		arena, "%s%zu of %zu%s%s%s%s%s%s", wide ? "Question " : "",
		scene->session->current + 1, scene->session->count,
		!state->revealed ? ""
		: wide           ? "  "
				 : " ",
		!state->revealed ? "" : draw_verdict(scene, scene->session->current),
		state->flagged ? wide ? "  FLAGGED" : " FLAG" : "",
		*level ? wide ? "  " : " " : "", level,
		state->note[0] ? wide ? "  note" : " note" : "");
}

void draw_header(const struct scene *scene, struct grid *grid, struct arena *arena)
{
	bool wide = grid->columns >= WIDE;
	const char *clock = clock_text(scene, wide, arena);
	size_t at = grid->columns - 1 - strlen(clock);
	size_t end = grid_text(grid, 0, 1, place_text(scene, wide, arena), STYLE_BOLD);
	struct buf title = BUF_INIT;
	size_t width;

	grid_text(grid, 0, at, clock, STYLE_BOLD);
	text_safe_line(&title, scene->title, strlen(scene->title));
	width = text_width(title.data, title.len);
	if (wide && at > end + 8 && at - end - 8 > width)
		grid_text(grid, 0, (end + at - width) / 2, title.data, STYLE_PLAIN);
	grid_style(grid, 0, 0, grid->columns, STYLE_REVERSE);
	buf_release(&title);
}

/* A message may need more than the one row: then it covers what is above. */
static void put_message(const char *text, size_t row, struct grid *grid,
			struct arena *arena)
{
	struct page page = { .arena = arena, .columns = grid->columns - 2 };
	struct window window = { .column = 1, .columns = grid->columns - 2 };

	page_text(&page, "", STYLE_PLAIN, text, STYLE_BOLD);
	window.rows = page.count < row ? page.count : row;
	window.row = row + 1 - window.rows;
	for (size_t i = 0; i < window.rows; i++)
		grid_blank(grid, window.row + i);
	page_draw(&page, 0, &window, grid);
}

static const char *const walks[FILTERS] = { "", "answered", "unanswered", "unseen",
					    "flagged" };

/* What Enter does, where it checks answers; or NULL. */
static const char *drill_hint(const struct scene *scene, struct arena *arena)
{
	const struct session *session = scene->session;
	size_t next;

	if (!session->feedback || scene->review || scene->view->screen != SCREEN_QUESTION)
		return NULL;
	if (!scene_state(scene)->revealed) {
		if (!session_is_answered(session, session->current))
			return NULL;
		return scene_state(scene)->confidence
			       ? "-- Enter checks it --"
			       : "-- s: how sure? Enter checks it --";
	}
	if (!feedback_next(session, &next))
		return arena_printf(arena, "-- Enter ends the %s --", scene->kind);
	return arena_printf(arena, "-- Enter: on to question %zu --", next + 1);
}

static const char *scroll_hint(const struct view *view, const struct layout *layout)
{
	bool below = layout->scroll + layout->rows < layout->lines;

	if (below || layout->scroll)
		return !below           ? "-- more above: PgUp --"
		       : layout->scroll ? "-- more above and below: PgUp, PgDn --"
					: "-- more below: PgDn --";
	if (layout->case_scroll + layout->case_rows < layout->case_lines)
		return view->in_case ? "-- more below: PgDn --"
				     : "-- the case goes on below: Tab, then PgDn --";
	return NULL;
}

/* What Enter does, or to which questions next and previous keep; or NULL. */
static const char *walk_hint(const struct scene *scene, struct arena *arena)
{
	const struct review *review = scene->review;
	size_t item = scene->session->current;
	const char *drill = drill_hint(scene, arena);

	if (drill || view_body(scene->view->screen) != SCREEN_QUESTION)
		return drill;
	if (review && review->count == scene->session->count)
		return NULL;
	if (review)
		return arena_printf(arena, "%zu of %zu: %s", review_rank(review, item),
				    review->count, review_told(review, arena));
	return scene->view->walk == ALL
		       ? NULL
		       : arena_printf(arena, "-- going through the %s questions --",
				      walks[scene->view->walk]);
}

/* In a review with a filter there is always something to say about it. */
static void put_hints(const struct scene *scene, const struct layout *layout, size_t row,
		      struct grid *grid, struct arena *arena)
{
	const char *scroll = scroll_hint(scene->view, layout);
	const char *walk = scroll && !scene->review ? NULL : walk_hint(scene, arena);
	struct buf safe = BUF_INIT;
	size_t column = 1;

	if (scroll)
		column = grid_text(grid, row, column, scroll, STYLE_PLAIN) + 2;
	if (walk)
		text_safe_line(&safe, walk, strlen(walk));
	grid_text(grid, row, column, safe.data, STYLE_PLAIN);
	buf_release(&safe);
}

/* What there is to say: something typed, a message, a notice, or that there is more. */
void draw_hint(const struct scene *scene, const struct layout *layout, size_t row,
	       struct grid *grid, struct arena *arena)
{
	const struct view *view = scene->view;

	if (view->screen == SCREEN_GO) {
		size_t column = grid_text(
			grid, row, 1,
			arena_printf(arena, "Go to question (1 to %zu): %s",
				     scene->session->count, view->typed),
			STYLE_BOLD);

		grid_cursor(grid, row, column);
	} else if (view->message[0]) {
		put_message(view->message, row, grid, arena);
	} else if (view->notice[0]) {
		grid_text(grid, row, 1, view->notice, STYLE_BOLD);
	} else {
		put_hints(scene, layout, row, grid, arena);
	}
}

static size_t put_key(struct grid *grid, size_t row, size_t column, const char *name,
		      const char *word)
{
	column = grid_text(grid, row, column, name, STYLE_BOLD);
	return grid_text(grid, row, column + 1, word, STYLE_PLAIN) + 2;
}

void draw_foot(const struct scene *scene, size_t row, struct grid *grid)
{
	size_t column = 1, end = grid->columns - 1 - strlen("? help  ");

	for (size_t i = 0; i < binding_count; i++) {
		const struct binding *b = &bindings[i];
		size_t width = b->foot ? strlen(b->name) + strlen(b->foot) + 1 : 0;

		if (b->foot && binding_serves(b, scene) && column + width <= end)
			column = put_key(grid, row, column, b->name, b->foot);
	}
	if (keys_find(scene, '?'))
		put_key(grid, row, column, "?", "help");
}
