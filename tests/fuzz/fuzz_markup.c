/* Whatever the markup: refused with a message, or laid out safe, whole and to measure. */
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/markup.h"
#include "proctor/text.h"

static size_t ink(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += strchr(" \t\n", text[i]) == NULL;
	return count;
}

static void check_blocks(const struct markup *markup)
{
	for (size_t i = 0; i < markup->count; i++) {
		const struct markup_block *block = &markup->blocks[i];

		promise(block->kind <= MARKUP_CELL);
		promise(block->kind != MARKUP_CELL || block->column < block->columns);
		promise(block->kind != MARKUP_ITEM || block->depth > 0);
		for (size_t k = 0; k < block->count; k++)
			promise(text_is_safe(block->runs[k].text, block->runs[k].len));
	}
}

static void check_layout(const struct markup *markup, size_t columns, size_t least)
{
	struct arena arena = ARENA_INIT;
	struct buf line = BUF_INIT;
	const struct markup_line *lines;
	size_t count = markup_layout(markup, columns, &arena, &lines), shown = 0;

	for (size_t i = 0; i < count; i++) {
		buf_clear(&line);
		for (size_t k = 0; k < lines[i].count; k++)
			buf_add(&line, lines[i].runs[k].text, lines[i].runs[k].len);
		promise(text_is_safe(line.data, line.len));
		promise(!memchr(line.data, '\n', line.len) &&
			!memchr(line.data, '\t', line.len));
		promise(text_width(line.data, line.len) <= columns);
		shown += ink(line.data, line.len);
	}
	promise(shown >= least);
	buf_release(&line);
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t widths[] = { 8, 9, 20, 72, 400 };
	struct arena arena = ARENA_INIT;
	struct markup markup;
	struct err err = ERR_INIT;

	if (!markup_parse((const char *)data, size, &arena, &markup, &err)) {
		promise(err.kind == ERR_INPUT && err.text[0]);
	} else {
		const char *words = markup_words(&markup, &arena);

		check_blocks(&markup);
		for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++)
			check_layout(&markup, widths[i], ink(words, strlen(words)));
	}
	arena_release(&arena);
	return 0;
}
