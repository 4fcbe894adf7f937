#ifndef TUI_GRID_H
#define TUI_GRID_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;

/*
 * The screen as a value: cells, and where the hardware cursor belongs. Drawing fills a
 * grid and a terminal shows it; nothing here knows a terminal. A cell holds one grapheme
 * cluster; the second cell of a wide one has width 0.
 */
enum style { STYLE_PLAIN = 0, STYLE_BOLD = 1, STYLE_UNDERLINE = 2, STYLE_REVERSE = 4 };

#define CELL_BYTES 30 /* of a cluster; marks that go beyond are left out */

struct cell {
	char text[CELL_BYTES];
	uint8_t width, style;
};

struct grid {
	size_t rows, columns;
	struct cell *cells;
	size_t cursor_row, cursor_column;
};

/* All blank, the cursor in the first cell; the cells lie in the arena. */
void grid_init(struct grid *grid, size_t rows, size_t columns, struct arena *arena);

/*
 * Puts safe text without line feeds, from a column up to but not into `end`; what does
 * not fit is left out. Returns the column behind it. Rows outside the grid are ignored.
 */
size_t grid_put(struct grid *grid, size_t row, size_t column, size_t end,
		const char *text, size_t len, unsigned style);
size_t grid_text(struct grid *grid, size_t row, size_t column, const char *text,
		 unsigned style);

void grid_blank(struct grid *grid, size_t row); /* the whole row */

/* Adds a style to a piece of a row. */
void grid_style(struct grid *grid, size_t row, size_t column, size_t end, unsigned style);

/* The cursor, brought inside the grid. */
void grid_cursor(struct grid *grid, size_t row, size_t column);

/* As lines of text without blanks at their ends, and the cursor's place below. */
void grid_write(const struct grid *grid, struct buf *out);

#endif
