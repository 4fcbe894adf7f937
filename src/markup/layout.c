#include "proctor/markup.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

#define NARROWEST 8
#define TAB 4

static const char blanks[] = "                                ";

/* The arena has no realloc(); what was outgrown is at most as much again. */
static void *grown(struct layout *l, void *old, size_t *size, size_t each)
{
	size_t wanted = *size ? *size * 2 : 64;
	char *memory = arena_array(l->arena, wanted, each);

	if (*size)
		memcpy(memory, old, *size * each);
	*size = wanted;
	return memory;
}

static void add_run(struct layout *l, const char *text, size_t len, unsigned style)
{
	if (l->run_count == l->run_size)
		l->runs = grown(l, l->runs, &l->run_size, sizeof(*l->runs));
	l->runs[l->run_count++] = (struct markup_run){ text, len, style };
}

void markup_put(struct layout *l, const char *text, size_t len, unsigned style)
{
	if (!len)
		return;
	while (l->owed) {
		size_t some = l->owed < sizeof(blanks) ? l->owed : sizeof(blanks) - 1;

		add_run(l, blanks, some, MARKUP_PLAIN);
		l->owed -= some;
	}
	add_run(l, text, len, style);
	l->at += text_width(text, len);
}

void markup_put_to(struct layout *l, size_t column)
{
	if (column <= l->at)
		return;
	l->owed += column - l->at;
	l->at = column;
}

void markup_end_line(struct layout *l)
{
	if (l->count == l->size)
		l->ends = grown(l, l->ends, &l->size, sizeof(*l->ends));
	l->ends[l->count++] = l->run_count;
	l->owed = 0;
	l->at = 0;
}

void markup_flow(struct layout *l, const struct markup_block *block, size_t columns,
		 struct flow *flow)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; i < block->count; i++)
		buf_add(&text, block->runs[i].text, block->runs[i].len);
	*flow = (struct flow){ .block = block, .len = text.len };
	flow->text = arena_copy(l->arena, text.data, text.len);
	flow->count = text_wrap(flow->text, flow->len, columns, l->arena, &flow->lines);
	buf_release(&text);
}

/* Lines are taken in order, so the place in the runs only goes forward. */
void markup_flow_line(struct layout *l, struct flow *flow, size_t line, unsigned style)
{
	const struct markup_run *runs = flow->block->runs;
	size_t from = flow->lines[line].from, to = flow->lines[line].to;
	size_t reached = l->at + text_width(flow->text + from, to - from);

	while (from < to) {
		size_t end = flow->run_from + runs[flow->run].len;
		size_t part = to < end ? to : end;

		if (end <= from) {
			flow->run_from = end;
			flow->run++;
			continue;
		}
		markup_put(l, flow->text + from, part - from,
			   runs[flow->run].style | style);
		from = part;
	}
	l->at = reached; /* a cluster may lie in two runs */
}

void markup_hanging(struct layout *l, const struct markup_block *block, size_t first,
		    size_t hang, unsigned style)
{
	struct flow flow;

	markup_flow(l, block, l->columns - hang, &flow);
	for (size_t i = 0; i < flow.count; i++) {
		markup_put_to(l, i == 0 ? first : hang);
		markup_flow_line(l, &flow, i, style);
		markup_end_line(l);
	}
}

/* Where text inside a list begins, and never beyond the middle. */
static size_t indent_of(const struct layout *l, const struct markup_block *block)
{
	return l->hang[block->depth < MARKUP_DEEPEST ? block->depth : MARKUP_DEEPEST];
}

static void lay_paragraph(struct layout *l, const struct markup_block *block)
{
	size_t indent = indent_of(l, block);

	markup_hanging(l, block, indent, indent,
		       block->kind == MARKUP_HEADING ? MARKUP_STRONG : MARKUP_PLAIN);
}

/* A mark that leaves too little room stands on a line of its own, cut if need be. */
static void lay_mark(struct layout *l, const char *mark, size_t hang)
{
	size_t len = strlen(mark);

	if (len <= hang) {
		markup_put_to(l, hang - len);
		markup_put(l, mark, len - 1, MARKUP_PLAIN);
		return;
	}
	while (len > 1) {
		size_t part = len - 1 < l->columns ? len - 1 : l->columns;

		markup_put(l, mark, part, MARKUP_PLAIN);
		markup_end_line(l);
		mark += part;
		len -= part;
	}
}

static void lay_item(struct layout *l, const struct markup_block *block)
{
	size_t depth = block->depth < MARKUP_DEEPEST ? block->depth : MARKUP_DEEPEST;
	const char *mark = block->number ? arena_printf(l->arena, "%u. ", block->number)
					 : "- ";
	size_t hang = (depth ? l->hang[depth - 1] : 0) + strlen(mark);

	if (hang > l->columns / 2)
		hang = l->columns / 2;
	l->hang[depth] = hang;
	lay_mark(l, mark, hang);
	markup_hanging(l, block, hang, hang, MARKUP_PLAIN);
}

static void expand_tabs(struct buf *out, const char *text, size_t len)
{
	size_t at = 0;

	for (size_t i = 0; i < len;) {
		size_t cluster = text_cluster(text + i, len - i);

		if (text[i] == '\t') {
			buf_repeat(out, ' ', TAB - at % TAB);
			at += TAB - at % TAB;
		} else {
			buf_add(out, text + i, cluster);
			at += text_width(text + i, cluster);
		}
		i += cluster;
	}
}

/* As much as fits, but one cluster at least. */
static size_t fitting(const char *text, size_t len, size_t columns)
{
	size_t at = 0, width = 0;

	while (at < len) {
		size_t cluster = text_cluster(text + at, len - at);

		width += text_width(text + at, cluster);
		if (at && width > columns)
			break;
		at += cluster;
	}
	return at;
}

static void lay_code_line(struct layout *l, const char *text, size_t len, size_t indent)
{
	struct buf line = BUF_INIT;
	const char *rest;

	expand_tabs(&line, text, len);
	rest = arena_copy(l->arena, line.data, line.len);
	len = line.len;
	do {
		size_t part = fitting(rest, len, l->columns - indent);

		markup_put_to(l, indent);
		markup_put(l, rest, part, MARKUP_CODE);
		markup_end_line(l);
		rest += part;
		len -= part;
	} while (len);
	buf_release(&line);
}

static void lay_code(struct layout *l, const struct markup_block *block)
{
	const char *text = block->count ? block->runs[0].text : "";
	size_t len = block->count ? block->runs[0].len : 0, indent = indent_of(l, block);

	for (;;) {
		const char *feed = memchr(text, '\n', len);
		size_t line = feed ? (size_t)(feed - text) : len;

		lay_code_line(l, text, line, indent);
		if (!feed)
			return;
		text += line + 1;
		len -= line + 1;
	}
}

static void (*const lay[])(struct layout *l, const struct markup_block *block) = {
	[MARKUP_PARAGRAPH] = lay_paragraph, [MARKUP_HEADING] = lay_paragraph,
	[MARKUP_CODE_BLOCK] = lay_code,     [MARKUP_ITEM] = lay_item,
	[MARKUP_CELL] = lay_paragraph,
};

/* How many blocks from here are cells of whole rows of one table; 0: not a table. */
static size_t table_size(const struct markup_block *blocks, size_t count)
{
	size_t columns = blocks[0].columns, i = 0;

	if (blocks[0].kind != MARKUP_CELL || !columns)
		return 0;
	while (i < count && blocks[i].kind == MARKUP_CELL &&
	       blocks[i].columns == columns && blocks[i].column == i % columns &&
	       blocks[i].row == i / columns)
		i++;
	return i / columns * columns;
}

/* Is there an empty line between these two? A mark alone stays with what follows. */
static bool set_apart(const struct markup_block *before, const struct markup_block *after)
{
	return before->kind != MARKUP_ITEM ||
	       (after->kind != MARKUP_ITEM && before->count);
}

static size_t finish(struct layout *l, const struct markup_line **lines)
{
	struct markup_line *all = ARENA_ARRAY(l->arena, l->count, struct markup_line);
	size_t from = 0;

	for (size_t i = 0; i < l->count; i++) {
		all[i].runs = l->runs ? l->runs + from : NULL;
		all[i].count = l->ends[i] - from;
		from = l->ends[i];
	}
	*lines = all;
	return l->count;
}

size_t markup_layout(const struct markup *markup, size_t columns, struct arena *arena,
		     const struct markup_line **lines)
{
	struct layout l = { .arena = arena,
			    .columns = columns < NARROWEST ? NARROWEST : columns };
	const struct markup_block *blocks = markup->blocks;

	for (size_t i = 0, step; i < markup->count; i += step) {
		size_t cells = table_size(blocks + i, markup->count - i);

		if (i > 0 && set_apart(&blocks[i - 1], &blocks[i]))
			markup_end_line(&l);
		step = cells ? cells : 1;
		if (cells)
			markup_table(&l, blocks + i, cells / blocks[i].columns,
				     blocks[i].columns, indent_of(&l, &blocks[i]));
		else
			lay[blocks[i].kind](&l, &blocks[i]);
	}
	return finish(&l, lines);
}

/* A hard break within a block is a blank here; a block of code keeps its lines. */
const char *markup_words(const struct markup *markup, struct arena *arena)
{
	struct buf words = BUF_INIT;
	const char *copy;

	for (size_t i = 0; i < markup->count; i++) {
		const struct markup_block *block = &markup->blocks[i];
		size_t from = words.len;

		if (i > 0) {
			buf_char(&words, '\n');
			from++;
		}
		for (size_t k = 0; k < block->count; k++)
			buf_add(&words, block->runs[k].text, block->runs[k].len);
		for (; block->kind != MARKUP_CODE_BLOCK && from < words.len; from++)
			if (words.data[from] == '\n')
				words.data[from] = ' ';
	}
	copy = arena_copy(arena, words.data, words.len);
	buf_release(&words);
	return copy;
}
