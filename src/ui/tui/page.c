#include "page.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/markup.h"
#include "proctor/text.h"

#define NARROWEST 8

static struct page_line *add_line(struct page *page, size_t runs)
{
	struct page_line *line;

	if (page->count == page->size) {
		size_t size = page->size * 2 + 32;
		struct page_line *lines = ARENA_ARRAY(page->arena, size,
						      struct page_line);

		if (page->count)
			memcpy(lines, page->lines, page->count * sizeof(*lines));
		page->lines = lines;
		page->size = size;
	}
	line = &page->lines[page->count++];
	line->runs = ARENA_ARRAY(page->arena, runs + 1, struct page_run);
	line->count = 0;
	return line;
}

void page_blank(struct page *page)
{
	add_line(page, 0);
}

static void add_run(struct page_line *line, const char *text, size_t len, unsigned style)
{
	if (len)
		line->runs[line->count++] = (struct page_run){ text, len, style };
}

/* The lead, or on later lines as many blanks. */
static void add_lead(struct page *page, struct page_line *line, const char *lead,
		     unsigned style, bool first)
{
	size_t width = text_width(lead, strlen(lead));

	if (first)
		add_run(line, arena_text(page->arena, lead), strlen(lead), style);
	else
		add_run(line, arena_printf(page->arena, "%*s", (int)width, ""), width,
			STYLE_PLAIN);
}

static size_t room(const struct page *page, const char *lead)
{
	size_t width = text_width(lead, strlen(lead));

	return page->columns > width + NARROWEST ? page->columns - width : NARROWEST;
}

void page_text(struct page *page, const char *lead, unsigned lead_style, const char *text,
	       unsigned style)
{
	struct buf safe = BUF_INIT;
	struct text_line *lines;
	const char *copy;
	size_t n;

	text_safe(&safe, text, strlen(text));
	copy = arena_copy(page->arena, safe.data, safe.len);
	n = text_wrap(copy, safe.len, room(page, lead), page->arena, &lines);
	buf_release(&safe);
	for (size_t i = 0; i < n; i++) {
		struct page_line *line = add_line(page, 2);

		add_lead(page, line, lead, lead_style, i == 0);
		add_run(line, copy + lines[i].from, lines[i].to - lines[i].from, style);
	}
}

static unsigned style_of(unsigned markup)
{
	return (markup & (MARKUP_STRONG | MARKUP_CODE) ? STYLE_BOLD : STYLE_PLAIN) |
	       (markup & MARKUP_EMPHASIS ? STYLE_UNDERLINE : STYLE_PLAIN);
}

void page_markup(struct page *page, const char *lead, unsigned lead_style,
		 const char *text)
{
	struct err err = ERR_INIT;
	const struct markup_line *lines;
	struct markup markup;
	size_t n;

	if (!markup_parse(text, strlen(text), page->arena, &markup, &err)) {
		page_text(page, lead, lead_style, text, STYLE_PLAIN);
		return;
	}
	n = markup_layout(&markup, room(page, lead), page->arena, &lines);
	for (size_t i = 0; i < n; i++) {
		struct page_line *line = add_line(page, lines[i].count + 1);

		add_lead(page, line, lead, lead_style, i == 0);
		for (size_t k = 0; k < lines[i].count; k++)
			add_run(line, lines[i].runs[k].text, lines[i].runs[k].len,
				style_of(lines[i].runs[k].style));
	}
}

void page_draw(const struct page *page, size_t from, const struct window *window,
	       struct grid *grid)
{
	for (size_t row = 0; row < window->rows && from + row < page->count; row++) {
		const struct page_line *line = &page->lines[from + row];
		size_t column = window->column;

		for (size_t i = 0; i < line->count; i++)
			column = grid_put(grid, window->row + row, column,
					  window->column + window->columns,
					  line->runs[i].text, line->runs[i].len,
					  line->runs[i].style);
	}
}
