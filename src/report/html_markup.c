#include "priv.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/markup.h"

#define DEEPEST 16

/* Markup being written: the lists that are open, each with an open item. */
struct writing {
	struct html *page;
	unsigned depth;
	unsigned number[DEEPEST + 1]; /* of the item that is open; 0: a bullet */
};

/* ---- Runs ---- */

static const struct {
	unsigned style;
	const char *open, *close;
} styles[] = {
	{ MARKUP_STRONG, "<strong>", "</strong>" },
	{ MARKUP_EMPHASIS, "<em>", "</em>" },
	{ MARKUP_CODE, "<code>", "</code>" },
};

#define STYLES (sizeof(styles) / sizeof(*styles))

/* A line feed outside code is a line break that was asked for. */
static void put_lines(struct html *page, const struct markup_run *run)
{
	const char *at = run->text, *end = run->text + run->len;

	for (const char *feed; (feed = memchr(at, '\n', (size_t)(end - at)));
	     at = feed + 1) {
		html_escape(page, at, (size_t)(feed - at));
		buf_text(page->out, "<br />");
	}
	html_escape(page, at, (size_t)(end - at));
}

static void put_run(struct html *page, const struct markup_run *run)
{
	for (size_t i = 0; i < STYLES; i++)
		if (run->style & styles[i].style)
			buf_text(page->out, styles[i].open);
	put_lines(page, run);
	for (size_t i = STYLES; i-- > 0;)
		if (run->style & styles[i].style)
			buf_text(page->out, styles[i].close);
}

static void put_runs(struct html *page, const struct markup_block *block)
{
	for (size_t i = 0; i < block->count; i++)
		put_run(page, &block->runs[i]);
}

/* ---- Lists ---- */

static void close_list(struct writing *w)
{
	bool ordered = w->number[w->depth--] > 0;

	buf_text(w->page->out, ordered ? "</li>\n</ol>\n" : "</li>\n</ul>\n");
}

static void open_list(struct writing *w, unsigned number)
{
	w->number[++w->depth] = number;
	if (number > 1)
		buf_printf(w->page->out, "\n<ol start=\"%u\">\n<li>", number);
	else
		buf_text(w->page->out, number ? "\n<ol>\n<li>" : "\n<ul>\n<li>");
}

static void close_to(struct writing *w, unsigned depth)
{
	while (w->depth > depth)
		close_list(w);
}

static unsigned depth_of(const struct markup_block *block)
{
	return block->depth < DEEPEST ? block->depth : DEEPEST;
}

static void put_item(struct writing *w, const struct markup_block *block)
{
	unsigned depth = depth_of(block);
	unsigned next = block->number ? block->number - 1 : 0;

	close_to(w, depth);
	if (depth && w->depth == depth &&
	    (w->number[depth] != next || !block->number != !w->number[depth]))
		close_list(w);
	if (depth && w->depth == depth) {
		w->number[depth] = block->number;
		buf_text(w->page->out, "</li>\n<li>");
	}
	while (w->depth < depth)
		open_list(w, block->number);
	put_runs(w->page, block);
}

/* ---- Tables ---- */

static void put_cell(struct html *page, const struct markup_block *cell)
{
	const char *name = cell->row == 0 && cell->count ? "th" : "td";

	buf_printf(page->out, "<%s%s>", name,
		   *name && name[1] == 'h' ? " scope=\"col\"" : "");
	put_runs(page, cell);
	buf_printf(page->out, "</%s>", name);
}

/* Returns how many blocks the table has. */
static size_t put_table(struct html *page, const struct markup_block *cells, size_t count)
{
	size_t n = 0;

	buf_printf(page->out,
		   "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		   "aria-label=\"Table %u\">\n<table class=\"text\">\n",
		   ++page->regions);
	while (n < count && cells[n].kind == MARKUP_CELL &&
	       (n == 0 || cells[n].row || cells[n].column)) {
		if (cells[n].column == 0)
			buf_text(page->out, "<tr>");
		put_cell(page, &cells[n]);
		if (cells[n].column + 1 == cells[n].columns)
			buf_text(page->out, "</tr>\n");
		n++;
	}
	buf_text(page->out, "</table>\n</div>\n");
	return n;
}

/* ---- Blocks ---- */

static void put_paragraph(struct writing *w, const struct markup_block *block)
{
	buf_text(w->page->out,
		 block->kind == MARKUP_HEADING ? "<p class=\"head\">" : "<p>");
	put_runs(w->page, block);
	buf_text(w->page->out, "</p>\n");
}

static void put_code(struct writing *w, const struct markup_block *block)
{
	buf_text(w->page->out, "<pre><code>");
	for (size_t i = 0; i < block->count; i++)
		html_escape(w->page, block->runs[i].text, block->runs[i].len);
	buf_text(w->page->out, "</code></pre>\n");
}

static void (*const put_block[])(struct writing *, const struct markup_block *) = {
	[MARKUP_PARAGRAPH] = put_paragraph,
	[MARKUP_HEADING] = put_paragraph,
	[MARKUP_CODE_BLOCK] = put_code,
	[MARKUP_ITEM] = put_item,
};

static void put_blocks(struct html *page, const struct markup *markup)
{
	struct writing w = { .page = page };

	for (size_t i = 0; i < markup->count;) {
		const struct markup_block *block = &markup->blocks[i];

		if (block->kind != MARKUP_ITEM)
			close_to(&w, depth_of(block));
		if (block->kind == MARKUP_CELL) {
			i += put_table(page, block, markup->count - i);
			continue;
		}
		put_block[block->kind](&w, block);
		i++;
	}
	close_to(&w, 0);
}

void html_markup(struct html *page, const char *text)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct markup markup;

	if (text && markup_parse(text, strlen(text), &arena, &markup, &err))
		put_blocks(page, &markup);
	else
		html_element(page, "p", NULL, "%s", text ? text : "");
	arena_release(&arena);
}
