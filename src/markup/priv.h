#ifndef MARKUP_PRIV_H
#define MARKUP_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/markup.h"

/* Deeper lists and wider tables than these are refused. */
#define MARKUP_DEEPEST 8
#define MARKUP_WIDEST 32

struct arena;
struct buf;
struct text_line;

/* Appends what an entity ("&amp;", "&#233;", "&#xE9;") stands for; false: not known. */
bool markup_entity(struct buf *out, const char *text, size_t len);

/* Where the first word lies whose bytes were not seen as text; len: nowhere. */
size_t markup_unseen(const char *source, const char *seen, size_t len);

/*
 * Lines being laid out. `owed` are the blanks due before the next text of the line, so
 * that a line never ends in blanks; `at` is the column reached, them included.
 */
struct layout {
	struct arena *arena;
	size_t columns;
	size_t hang[MARKUP_DEEPEST +
		    1]; /* column in which the text of this depth begins */
	size_t owed, at;
	struct markup_run *runs; /* of all lines, one behind the other */
	size_t run_count, run_size;
	size_t *ends; /* of each line: how many runs there are up to its end */
	size_t count, size;
};

/*
 * A block's runs as one text, wrapped. A line of it goes into the line being laid out,
 * one after the other.
 */
struct flow {
	const struct markup_block *block;
	const char *text;
	size_t len;
	struct text_line *lines;
	size_t count;
	size_t run,
		run_from; /* where the last line ended: a run, and its place in text */
};

void markup_flow(struct layout *l, const struct markup_block *block, size_t columns,
		 struct flow *flow);
void markup_flow_line(struct layout *l, struct flow *flow, size_t line, unsigned style);

/* Text into the line being laid out; blanks up to a column; the end of the line. */
void markup_put(struct layout *l, const char *text, size_t len, unsigned style);
void markup_put_to(struct layout *l, size_t column);
void markup_end_line(struct layout *l);

/* A wrapped block: the first line begins at one column, the others at another. */
void markup_hanging(struct layout *l, const struct markup_block *block, size_t first,
		    size_t hang, unsigned style);

/* The blocks of one table, rows times columns cells, at this indentation. */
void markup_table(struct layout *l, const struct markup_block *cells, size_t rows,
		  size_t columns, size_t indent);

#endif
