#include <string.h>

#include "draw.h"
#include "keys.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

/* ---- Help ---- */

static void put_keys(const struct scene *scene, struct page *page, unsigned where,
		     unsigned before, const char *title)
{
	bool narrow = page->columns < 60;

	page_blank(page);
	page_text(page, "", STYLE_PLAIN, title, STYLE_BOLD);
	for (size_t i = 0; i < binding_count; i++) {
		const struct binding *b = &bindings[i];

		if (b->help && b->where & where && !(b->where & before) &&
		    binding_exists(b, scene))
			page_text(page,
				  arena_printf(page->arena,
					       narrow ? " %-9s " : "  %-11s ", b->name),
				  STYLE_BOLD, b->help, STYLE_PLAIN);
	}
}

static void put_marks(struct page *page)
{
	static const char *const rows[][2] = {
		{ "(x) [x]", "chosen" },
		{ "[1] [2]", "placed first, second, ..." },
		{ "1 [B]", "item 1 is matched with option B" },
		{ "(-)", "struck out" },
		{ ">", "where you are; so is the cursor" },
	};

	page_blank(page);
	page_text(page, "", STYLE_PLAIN, "What the marks mean", STYLE_BOLD);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		page_text(page, arena_printf(page->arena, "  %-11s ", rows[i][0]),
			  STYLE_BOLD, rows[i][1], STYLE_PLAIN);
}

static void put_review_keys(const struct scene *scene, struct page *page)
{
	page_text(page, "", STYLE_PLAIN,
		  "The session is finished: nothing that you do here changes it. What is "
		  "wanted of the questions listed adds up.",
		  STYLE_PLAIN);
	put_keys(scene, page, AT(QUESTION), 0, "At a question");
	put_keys(scene, page, AT(LIST) | AT(FILTER), AT(QUESTION),
		 "In the list of questions, and among the filters");
}

void draw_help(const struct scene *scene, struct body *body)
{
	body->focus = FOCUS_TEXT;
	page_text(&body->head, "", STYLE_PLAIN, "Keys", STYLE_BOLD);
	if (scene->review) {
		put_review_keys(scene, &body->page);
		return;
	}
	page_text(&body->page, "", STYLE_PLAIN,
		  arena_printf(body->page.arena,
			       "Every answer is saved before it is shown. %s",
			       draw_unanswered(scene)),
		  STYLE_PLAIN);
	put_keys(scene, &body->page, AT(QUESTION), 0, "At a question");
	put_marks(&body->page);
	put_keys(scene, &body->page, AT(LIST), AT(QUESTION), "In the list of questions");
	put_keys(scene, &body->page, AT(REVIEW) | AT(CONFIRM), AT(QUESTION) | AT(LIST),
		 "In the review before the end");
	put_keys(scene, &body->page, AT(NOTE), AT(QUESTION) | AT(LIST), "In a note");
}

/* ---- When nothing can be done but one thing ---- */

void draw_pause(const struct scene *scene, struct body *body)
{
	(void)scene;
	body->focus = FOCUS_TEXT;
	page_text(&body->head, "", STYLE_PLAIN, "Paused", STYLE_BOLD);
	page_blank(&body->head);
	page_text(&body->page, "", STYLE_PLAIN,
		  "The clock stands still and the question is hidden. The real exam "
		  "cannot be paused. Enter goes on; q leaves, and all is kept.",
		  STYLE_PLAIN);
}

void draw_stuck(const struct scene *scene, struct body *body)
{
	body->focus = FOCUS_TEXT;
	page_text(&body->head, "", STYLE_PLAIN, "NOT SAVED", STYLE_BOLD);
	page_blank(&body->head);
	page_text(&body->page, "", STYLE_PLAIN,
		  arena_printf(body->page.arena, "Your last step could not be saved: %s.",
			       scene->view->stuck),
		  STYLE_PLAIN);
	page_blank(&body->page);
	page_text(&body->page, "", STYLE_PLAIN,
		  "The clock stands still; all before this step is safe. Mend it, then "
		  "press any key to try again. Ctrl-C leaves.",
		  STYLE_PLAIN);
}

/* ---- The note pad ---- */

/* The line of wrapped text that a place in it is on. */
static size_t line_of(const struct text_line *lines, size_t n, size_t at)
{
	size_t i = n - 1;

	while (i && lines[i].from > at)
		i--;
	return i;
}

void draw_note(const struct scene *scene, const struct window *window,
	       struct arena *arena, struct grid *grid)
{
	static const char *const asks[] = {
		[ASK_SEARCH] = "Search for (Enter; empty: all)",
		[ASK_MISTAKE] = "What is wrong with it? (Enter)",
	};
	const char *title = scene->view->screen == SCREEN_NOTE ? "Note (Esc keeps it)"
							       : asks[scene->view->ask];
	const struct note *note = &scene->view->note;
	size_t at, n, line, from, rows = window->rows - 1;
	struct buf safe = BUF_INIT;
	struct text_line *lines;

	text_safe(&safe, note->text, note->caret);
	at = safe.len;
	buf_clear(&safe);
	text_safe(&safe, note->text, note->len);
	at = at < safe.len ? at : safe.len;
	n = text_wrap(safe.data, safe.len, window->columns - 1, arena, &lines);
	line = line_of(lines, n, at);
	from = line < rows ? 0 : line - rows + 1;
	grid_put(grid, window->row, window->column, window->column + window->columns,
		 title, strlen(title), STYLE_BOLD);
	grid_style(grid, window->row, window->column, window->column + window->columns,
		   STYLE_UNDERLINE);
	for (size_t i = 0; i < rows && from + i < n; i++)
		grid_put(grid, window->row + 1 + i, window->column,
			 window->column + window->columns,
			 safe.data + lines[from + i].from,
			 lines[from + i].to - lines[from + i].from, STYLE_PLAIN);
	at = at < lines[line].to ? at : lines[line].to;
	at = at > lines[line].from ? at - lines[line].from : 0;
	grid_cursor(grid, window->row + 1 + line - from,
		    window->column + text_width(safe.data + lines[line].from, at));
	buf_release(&safe);
}
