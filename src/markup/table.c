#include "priv.h"

#include <stdint.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/text.h"

#define GAP 2
#define NARROWEST_CELL 12

/*
 * A column of a table: as wide as its widest cell if there is room; it may be narrowed
 * to its longest word, but not to a strip.
 */
struct column {
	size_t natural, least, width, start;
};

static const char dashes[] = "--------------------------------";

/* Blanks part words, and a wide character is a word by itself: ideographs may break. */
static size_t longest_word(const char *text, size_t len)
{
	size_t longest = 0, word = 0;

	for (size_t i = 0; i < len;) {
		size_t cluster = text_cluster(text + i, len - i);
		size_t width = text_width(text + i, cluster);

		if (text[i] == ' ' || text[i] == '\n' || width > 1)
			word = 0;
		if (text[i] != ' ' && text[i] != '\n')
			word += width;
		if (word > longest)
			longest = word;
		i += cluster;
	}
	return longest;
}

static void measure(struct layout *l, const struct markup_block *cell,
		    struct column *column)
{
	struct flow flow;
	size_t natural, least;

	markup_flow(l, cell, SIZE_MAX, &flow);
	natural = text_width(flow.text, flow.len);
	least = longest_word(flow.text, flow.len);
	if (least < NARROWEST_CELL)
		least = natural < NARROWEST_CELL ? natural : NARROWEST_CELL;
	if (natural > column->natural)
		column->natural = natural;
	if (least > column->least)
		column->least = least;
}

static size_t width_under(const struct column *column, size_t cap)
{
	size_t width = column->natural < cap ? column->natural : cap;

	return width > column->least ? width : column->least;
}

static size_t total_under(const struct column *columns, size_t count, size_t cap)
{
	size_t total = GAP * (count - 1);

	for (size_t c = 0; c < count; c++)
		total += width_under(&columns[c], cap);
	return total;
}

/*
 * The widest columns give way first: all share the largest ceiling under which the
 * table fits. False when it does not fit even at its narrowest.
 */
static bool fit(struct column *columns, size_t count, size_t room)
{
	size_t low = 0, high = room;

	if (total_under(columns, count, 0) > room)
		return false;
	while (low < high) {
		size_t cap = high - (high - low) / 2;

		if (total_under(columns, count, cap) <= room)
			low = cap;
		else
			high = cap - 1;
	}
	for (size_t c = 0; c < count; c++)
		columns[c].width = width_under(&columns[c], low);
	return true;
}

static size_t widest_line(struct layout *l, const struct markup_block *cell,
			  size_t columns)
{
	struct flow flow;
	size_t widest = 0;

	markup_flow(l, cell, columns, &flow);
	for (size_t i = 0; i < flow.count; i++) {
		size_t from = flow.lines[i].from;
		size_t width = text_width(flow.text + from, flow.lines[i].to - from);

		if (width > widest)
			widest = width;
	}
	return widest;
}

/* Wrapped cells seldom fill their column: what no line of it reaches is taken off. */
static void tighten(struct layout *l, const struct markup_block *cells, size_t rows,
		    struct column *columns, size_t count)
{
	size_t start = 0;

	for (size_t c = 0; c < count; c++) {
		size_t widest = 1;

		for (size_t r = 0; r < rows; r++) {
			const struct markup_block *cell = &cells[r * count + c];
			size_t width = widest_line(l, cell, columns[c].width);

			if (width > widest)
				widest = width;
		}
		columns[c].width = widest;
		columns[c].start = start;
		start += widest + GAP;
	}
}

static void lay_row(struct layout *l, const struct markup_block *cells,
		    const struct column *columns, size_t count, size_t indent,
		    unsigned style)
{
	struct flow flows[MARKUP_WIDEST];
	size_t lines = 1;

	for (size_t c = 0; c < count; c++) {
		markup_flow(l, &cells[c], columns[c].width, &flows[c]);
		if (flows[c].count > lines)
			lines = flows[c].count;
	}
	for (size_t i = 0; i < lines; i++) {
		for (size_t c = 0; c < count; c++) {
			markup_put_to(l, indent + columns[c].start);
			if (i < flows[c].count)
				markup_flow_line(l, &flows[c], i, style);
		}
		markup_end_line(l);
	}
}

static void lay_dashes(struct layout *l, const struct column *columns, size_t count,
		       size_t indent)
{
	for (size_t c = 0; c < count; c++) {
		size_t left = columns[c].width;

		markup_put_to(l, indent + columns[c].start);
		while (left) {
			size_t part = left < sizeof(dashes) ? left : sizeof(dashes) - 1;

			markup_put(l, dashes, part, MARKUP_PLAIN);
			left -= part;
		}
	}
	markup_end_line(l);
}

/* "head: cell" as one block. */
static struct markup_block record(struct layout *l, const struct markup_block *head,
				  const struct markup_block *cell)
{
	struct markup_block both = *cell;
	struct markup_run *runs = ARENA_ARRAY(l->arena, head->count + 2 + cell->count,
					      struct markup_run);

	both.count = 0;
	for (size_t i = 0; i < head->count; i++) {
		runs[both.count] = head->runs[i];
		runs[both.count++].style |= MARKUP_STRONG;
	}
	if (head->count)
		runs[both.count++] = (struct markup_run){ ":", 1, MARKUP_STRONG };
	if (head->count && cell->count)
		runs[both.count++] = (struct markup_run){ " ", 1, MARKUP_PLAIN };
	if (cell->count)
		memcpy(runs + both.count, cell->runs, cell->count * sizeof(*runs));
	both.count += cell->count;
	both.runs = runs;
	return both;
}

/* Each row begins at the indentation and hangs behind it, so that rows are told apart. */
static void lay_records(struct layout *l, const struct markup_block *cells, size_t rows,
			size_t columns, size_t indent)
{
	static const struct markup_block nothing;
	size_t hang = indent + GAP;

	for (size_t r = rows > 1; r < rows; r++) {
		for (size_t c = 0; c < columns; c++) {
			const struct markup_block *cell = &cells[r * columns + c];
			struct markup_block both = record(
				l, rows > 1 ? &cells[c] : &nothing, cell);

			if (both.count)
				markup_hanging(l, &both, c ? hang : indent, hang,
					       MARKUP_PLAIN);
		}
	}
}

void markup_table(struct layout *l, const struct markup_block *cells, size_t rows,
		  size_t columns, size_t indent)
{
	struct column measured[MARKUP_WIDEST] = { { 0, 0, 0, 0 } };
	bool narrow = columns <= MARKUP_WIDEST;

	for (size_t i = 0; narrow && i < rows * columns; i++)
		measure(l, &cells[i], &measured[i % columns]);
	for (size_t c = 0; narrow && c < columns; c++)
		if (!measured[c].natural)
			measured[c].natural = measured[c].least = 1;
	if (!narrow || !fit(measured, columns, l->columns - indent)) {
		lay_records(l, cells, rows, columns, indent);
		return;
	}
	tighten(l, cells, rows, measured, columns);
	for (size_t r = 0; r < rows; r++) {
		lay_row(l, cells + r * columns, measured, columns, indent,
			r ? MARKUP_PLAIN : MARKUP_STRONG);
		if (r == 0)
			lay_dashes(l, measured, columns, indent);
	}
}
