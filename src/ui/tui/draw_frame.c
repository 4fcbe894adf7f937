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

static const char *clock_text(const struct scene *scene, bool wide, struct arena *arena)
{
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

	if (!session->feedback || scene->view->screen != SCREEN_QUESTION)
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

/* What there is to say: something typed, a message, a notice, or that there is more. */
void draw_hint(const struct scene *scene, const struct layout *layout, size_t row,
	       struct grid *grid, struct arena *arena)
{
	const struct view *view = scene->view;
	bool below = layout->scroll + layout->rows < layout->lines;
	const char *drill;

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
	} else if (below || layout->scroll) {
		grid_text(grid, row, 1,
			  !below           ? "-- more above: PgUp --"
			  : layout->scroll ? "-- more above and below: PgUp, PgDn --"
					   : "-- more below: PgDn --",
			  STYLE_PLAIN);
	} else if (layout->case_scroll + layout->case_rows < layout->case_lines) {
		grid_text(grid, row, 1,
			  view->in_case ? "-- more below: PgDn --"
					: "-- the case goes on below: Tab, then PgDn --",
			  STYLE_PLAIN);
	} else if ((drill = drill_hint(scene, arena))) {
		grid_text(grid, row, 1, drill, STYLE_PLAIN);
	} else if (view->walk != ALL && view->screen == SCREEN_QUESTION) {
		grid_text(grid, row, 1,
			  arena_printf(arena, "-- going through the %s questions --",
				       walks[view->walk]),
			  STYLE_PLAIN);
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
