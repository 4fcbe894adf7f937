#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include <stddef.h>

#include "grid.h"

/*
 * Text laid out for a width, to be shown through a window that scrolls. Everything lies
 * in the arena.
 */
struct page_run {
	const char *text;
	size_t len;
	unsigned style;
};

struct page_line {
	struct page_run *runs;
	size_t count;
};

struct page {
	struct arena *arena;
	size_t columns;
	struct page_line *lines;
	size_t count, size;
};

void page_blank(struct page *page);

/*
 * Wrapped behind `lead` (safe text, may be ""), whose width all lines but the first are
 * set in by. Text is made safe here; markup is the bank's.
 */
void page_text(struct page *page, const char *lead, unsigned lead_style, const char *text,
	       unsigned style);
void page_markup(struct page *page, const char *lead, unsigned lead_style,
		 const char *markup);

/* Lines [from, ...) of the page into a window of the grid. */
struct window {
	size_t row, column, rows, columns;
};

void page_draw(const struct page *page, size_t from, const struct window *window,
	       struct grid *grid);

#endif
