#ifndef PROCTOR_MARKUP_H
#define PROCTOR_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct err;

/*
 * The bank's markup: a CommonMark subset (paragraphs, emphasis, inline and fenced
 * code, lists, tables) parsed into blocks of styled runs, and laid out into lines of
 * a given width. Text comes out safe to show (text_safe): what is drawn on a
 * terminal or written into a page needs no further care but the page's own escapes.
 */
enum markup_style {
	MARKUP_PLAIN = 0,
	MARKUP_EMPHASIS = 1,
	MARKUP_STRONG = 2,
	MARKUP_CODE = 4,
};

enum markup_kind {
	MARKUP_PARAGRAPH,
	MARKUP_HEADING,    /* level 1..6 */
	MARKUP_CODE_BLOCK, /* one run, its line feeds kept */
	MARKUP_ITEM,       /* first paragraph of a list item; number 0: a bullet */
	MARKUP_CELL,       /* of a table: row and column from 0, row 0 is the head */
};

struct markup_run {
	const char *text;
	size_t len;
	unsigned style; /* markup_style, or-ed */
};

struct markup_block {
	enum markup_kind kind;
	unsigned depth;                /* of list nesting: 0 outside any list */
	unsigned number;               /* of an ordered item; heading level */
	unsigned row, column, columns; /* of a cell; how many the table has */
	const struct markup_run *runs;
	size_t count;
};

struct markup {
	const struct markup_block *blocks;
	size_t count;
};

/*
 * Parses; what is outside the subset (HTML, images, links, quotes, rules) is an error
 * that names it. So is what CommonMark would leave out without a word: link definitions
 * and cells beyond a table's head.
 */
#define MARKUP_MAX_BYTES 65536

bool markup_parse(const char *text, size_t len, struct arena *arena,
		  struct markup *markup, struct err *err);

/*
 * Lays out for a fixed-width medium. Paragraphs are wrapped, items hang behind their
 * bullet or number, code keeps its lines (wider ones are cut into pieces), tables are
 * columns where they fit and "head: cell" lines where they do not. Blocks are set
 * apart by an empty line, but not the items of a list or the rows of a table. Works
 * from 8 columns up.
 */
struct markup_line {
	const struct markup_run *runs; /* together the whole line, indentation included */
	size_t count;
};

size_t markup_layout(const struct markup *markup, size_t columns, struct arena *arena,
		     const struct markup_line **lines);

/* The words alone, blocks set apart by a line feed: for searching and comparing. */
const char *markup_words(const struct markup *markup, struct arena *arena);

#endif
