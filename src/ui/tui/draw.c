#include "draw.h"

#include <string.h>

#include "keys.h"
#include "proctor/arena.h"

void body_mark(struct body *body, size_t first, size_t column)
{
	struct layout *layout = body->layout;

	if (layout->mark_count < MARKS_MAX)
		layout->marks[layout->mark_count++] = (struct mark){ first,
								     body->page.count - 1,
								     column };
}

enum screen view_body(enum screen screen)
{
	return screen == SCREEN_GO || screen == SCREEN_NOTE || screen == SCREEN_ASK
		       ? SCREEN_QUESTION
		       : screen;
}

static void (*const makers[SCREENS])(const struct scene *, struct body *) = {
	[SCREEN_QUESTION] = draw_question, [SCREEN_GO] = draw_question,
	[SCREEN_NOTE] = draw_question,     [SCREEN_LIST] = draw_list,
	[SCREEN_REVIEW] = draw_review,     [SCREEN_CONFIRM] = draw_confirm,
	[SCREEN_LEAVE] = draw_leave,       [SCREEN_HELP] = draw_help,
	[SCREEN_PAUSE] = draw_pause,       [SCREEN_STUCK] = draw_stuck,
	[SCREEN_FILTER] = draw_filter,     [SCREEN_ASK] = draw_question,
};

static size_t clamp(size_t scroll, size_t lines, size_t rows)
{
	size_t most = lines > rows ? lines - rows : 0;

	return scroll < most ? scroll : most;
}

/* The least scrolling that shows the mark, its beginning before its end. */
static size_t follow(size_t scroll, size_t rows, const struct mark *mark)
{
	if (mark->last >= scroll + rows)
		scroll = mark->last + 1 - rows;
	return mark->first < scroll ? mark->first : scroll;
}

/* After a change of width the same words should stand at the top. */
static size_t kept_scroll(const struct scene *scene, const struct layout *layout)
{
	const struct view *view = scene->view;
	size_t scroll = view->scrolls[view_body(view->screen)];

	if (view->at.body == layout->body && view->at.lines &&
	    view->at.columns != layout->columns)
		scroll = scroll * layout->lines / view->at.lines;
	return scroll;
}

static void put_cursor(const struct body *body, const struct window *window,
		       struct grid *grid)
{
	const struct layout *layout = body->layout;
	size_t line = layout->scroll, column = 0;

	if (body->focus >= 0 && (size_t)body->focus < layout->mark_count) {
		const struct mark *mark = &layout->marks[body->focus];

		/* Of a mark that is scrolled away, nothing but the page is left. */
		if (mark->first >= line && mark->first < line + layout->rows) {
			line = mark->first;
			column = mark->column;
		}
	}
	grid_cursor(grid, window->row + line - layout->scroll, window->column + column);
}

static void put_body(const struct scene *scene, const struct window *window,
		     struct arena *arena, struct grid *grid, struct layout *layout)
{
	struct page page = { .arena = arena, .columns = window->columns };
	struct body body = { page, page, FOCUS_TEXT, layout, window->rows };
	struct window rest = *window;

	makers[scene->view->screen](scene, &body);
	page_draw(&body.head, 0, window, grid);
	rest.row += body.head.count;
	rest.rows -= body.head.count < rest.rows ? body.head.count : rest.rows - 1;
	layout->columns = window->columns;
	layout->lines = body.page.count;
	layout->rows = rest.rows;
	layout->scroll = clamp(kept_scroll(scene, layout), layout->lines, layout->rows);
	if (scene->view->follow && body.focus >= 0 &&
	    (size_t)body.focus < layout->mark_count)
		layout->scroll = follow(layout->scroll, layout->rows,
					&layout->marks[body.focus]);
	page_draw(&body.page, layout->scroll, &rest, grid);
	put_cursor(&body, &rest, grid);
}

static void put_case(const struct scene *scene, const struct window *window,
		     struct arena *arena, struct grid *grid, struct layout *layout)
{
	struct page page = { .arena = arena, .columns = window->columns };

	draw_case(scene, &page);
	layout->case_lines = page.count;
	layout->case_rows = window->rows;
	layout->case_scroll = clamp(scene->view->case_scroll, page.count, window->rows);
	page_draw(&page, layout->case_scroll, window, grid);
	if (scene->view->in_case)
		grid_cursor(grid, window->row, window->column);
}

/* The case on the left, a line, the question on the right. */
static void put_split(const struct scene *scene, const struct window *window,
		      struct arena *arena, struct grid *grid, struct layout *layout)
{
	size_t half = (grid->columns - 5) / 2;
	struct window left = *window, right = *window;

	half = half < TUI_MEASURE ? half : TUI_MEASURE;
	left.columns = right.columns = half;
	left.column = (grid->columns - half * 2 - 3) / 2;
	right.column = left.column + half + 3;
	put_body(scene, &right, arena, grid, layout);
	for (size_t row = 0; row < window->rows; row++)
		grid_text(grid, window->row + row, left.column + half + 1, "\xE2\x94\x82",
			  STYLE_PLAIN);
	put_case(scene, &left, arena, grid, layout);
}

static void put_question(const struct scene *scene, struct window *window,
			 struct arena *arena, struct grid *grid, struct layout *layout)
{
	bool has_case = scene_item(scene)->question->in_case != NULL;
	bool writing = scene->view->screen == SCREEN_NOTE ||
		       scene->view->screen == SCREEN_ASK;
	struct window pad = *window;

	if (writing) {
		pad.rows = window->rows / 3 > 4 ? window->rows / 3 : 4;
		window->rows -= pad.rows;
		pad.row = window->row + window->rows;
	}
	layout->split = has_case && grid->columns >= TUI_SPLIT_MIN;
	if (layout->split)
		put_split(scene, window, arena, grid, layout);
	else if (has_case && scene->view->in_case)
		put_case(scene, window, arena, grid, layout);
	else
		put_body(scene, window, arena, grid, layout);
	if (writing)
		draw_note(scene, &pad, arena, grid);
}

static void put_too_small(bool review, struct grid *grid, struct arena *arena)
{
	struct page page = { .arena = arena, .columns = grid->columns };
	struct window all = { 0, 0, grid->rows, grid->columns };

	page_text(&page, "", STYLE_PLAIN,
		  arena_printf(arena,
			       "%zux%zu is too small for the %s, which needs %dx%d. "
			       "%sEnlarge the window.",
			       grid->columns, grid->rows, review ? "review" : "exam",
			       TUI_COLUMNS_MIN, TUI_ROWS_MIN,
			       review ? "" : "All is kept; the clock runs. "),
		  STYLE_PLAIN);
	page_draw(&page, 0, &all, grid);
}

void draw(const struct scene *scene, struct arena *arena, struct grid *grid,
	  struct layout *layout)
{
	size_t top = grid->rows >= 20 ? 2 : 1;
	struct window window = { .row = top, .rows = grid->rows - top - 2 };

	*layout = (struct layout){ .body = view_body(scene->view->screen) };
	if (grid->rows < TUI_ROWS_MIN || grid->columns < TUI_COLUMNS_MIN) {
		layout->too_small = true;
		put_too_small(scene->review, grid, arena);
		return;
	}
	window.columns = grid->columns - 2 < TUI_MEASURE ? grid->columns - 2
							 : TUI_MEASURE;
	window.column = (grid->columns - window.columns) / 2;
	draw_header(scene, grid, arena);
	draw_foot(scene, grid->rows - 1, grid);
	if (view_body(scene->view->screen) == SCREEN_QUESTION)
		put_question(scene, &window, arena, grid, layout);
	else
		put_body(scene, &window, arena, grid, layout);
	draw_hint(scene, layout, grid->rows - 2, grid, arena);
}
