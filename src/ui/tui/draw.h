#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include "grid.h"
#include "page.h"
#include "view.h"

/*
 * A body: what is between header and foot. The head stands still above the page, which
 * scrolls; the focus is one of the layout's marks, or FOCUS_TEXT.
 */
struct body {
	struct page head, page;
	int focus;
	struct layout *layout;
	size_t rows; /* to be filled */
};

/* Puts a mark on the lines from `first` to the last one there is. */
void body_mark(struct body *body, size_t first, size_t column);

/* The case's title where its text is not in sight, and the stem. */
void put_stem(const struct scene *scene, struct body *body);

/* The makers of the bodies; nothing but the scene is known to them. */
void draw_question(const struct scene *scene, struct body *body);
void draw_case(const struct scene *scene, struct page *page);
void draw_list(const struct scene *scene, struct body *body);
void draw_review(const struct scene *scene, struct body *body);
void draw_confirm(const struct scene *scene, struct body *body);
void draw_leave(const struct scene *scene, struct body *body);
void draw_help(const struct scene *scene, struct body *body);
void draw_pause(const struct scene *scene, struct body *body);
void draw_filter(const struct scene *scene, struct body *body);
void draw_stuck(const struct scene *scene, struct body *body);

/* A row of a menu, the next one. */
void put_choice(const struct scene *scene, struct body *body, size_t row,
		const char *text);

/* The note pad, in its window; sets the cursor. */
void draw_note(const struct scene *scene, const struct window *window,
	       struct arena *arena, struct grid *grid);

/* Header, messages and keys. */
void draw_header(const struct scene *scene, struct grid *grid, struct arena *arena);
void draw_hint(const struct scene *scene, const struct layout *layout, size_t row,
	       struct grid *grid, struct arena *arena);
void draw_foot(const struct scene *scene, size_t row, struct grid *grid);

/* "1:29:41" */
const char *draw_time(int64_t ms, struct arena *arena);

/* "B", "A C", "1B 2A"; "" for no answer. */
const char *draw_answer(const struct scene *scene, size_t item, struct arena *arena);

/* What becomes of questions that are not answered, and a blank. */
const char *draw_unanswered(const struct scene *scene);

/* The question with its key, below what was asked. */
void draw_shown(const struct scene *scene, struct body *body);

/* "RIGHT" or "WRONG": of a question whose key is shown. */
const char *draw_verdict(const struct scene *scene, size_t item);

const struct form_item *scene_item(const struct scene *scene);
const struct session_item *scene_state(const struct scene *scene);

#endif
