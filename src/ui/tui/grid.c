#include "grid.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

static const struct cell blank = { " ", 1, STYLE_PLAIN };

void grid_init(struct grid *grid, size_t rows, size_t columns, struct arena *arena)
{
	*grid = (struct grid){
		.rows = rows,
		.columns = columns,
		.cells = ARENA_ARRAY(arena, rows * columns, struct cell),
	};
	for (size_t i = 0; i < rows * columns; i++)
		grid->cells[i] = blank;
}

/* How much of a cluster goes into a cell: whole characters. */
static size_t fitting(const char *text, size_t len)
{
	if (len < CELL_BYTES)
		return len;
	len = CELL_BYTES - 1;
	while (len && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--;
	return len;
}

static void set_cell(struct cell *cell, const char *text, size_t len, size_t width,
		     unsigned style)
{
	*cell = (struct cell){ .width = (uint8_t)width, .style = (uint8_t)style };
	memcpy(cell->text, text, fitting(text, len));
}

size_t grid_put(struct grid *grid, size_t row, size_t column, size_t end,
		const char *text, size_t len, unsigned style)
{
	struct cell *cells = grid->cells + row * grid->columns;

	if (row >= grid->rows)
		return column;
	end = end < grid->columns ? end : grid->columns;
	while (len) {
		size_t cluster = text_cluster(text, len);
		size_t width = text_width(text, cluster);

		/* What takes no column of its own cannot stand alone: left out. */
		if (width && column + width > end)
			break;
		if (width) {
			bool tab = *text == '\t';

			set_cell(&cells[column], tab ? " " : text, tab ? 1 : cluster,
				 width, style);
			for (size_t i = 1; i < width; i++)
				set_cell(&cells[column + i], "", 0, 0, style);
			column += width;
		}
		text += cluster;
		len -= cluster;
	}
	return column;
}

size_t grid_text(struct grid *grid, size_t row, size_t column, const char *text,
		 unsigned style)
{
	return grid_put(grid, row, column, grid->columns, text, strlen(text), style);
}

void grid_blank(struct grid *grid, size_t row)
{
	for (size_t i = 0; row < grid->rows && i < grid->columns; i++)
		grid->cells[row * grid->columns + i] = blank;
}

void grid_style(struct grid *grid, size_t row, size_t column, size_t end, unsigned style)
{
	if (row >= grid->rows)
		return;
	for (; column < end && column < grid->columns; column++)
		grid->cells[row * grid->columns + column].style |= (uint8_t)style;
}

void grid_cursor(struct grid *grid, size_t row, size_t column)
{
	grid->cursor_row = row < grid->rows ? row : grid->rows - 1;
	grid->cursor_column = column < grid->columns ? column : grid->columns - 1;
}

void grid_write(const struct grid *grid, struct buf *out)
{
	for (size_t row = 0; row < grid->rows; row++) {
		for (size_t i = 0; i < grid->columns; i++)
			buf_text(out, grid->cells[row * grid->columns + i].text);
		while (out->len && out->data[out->len - 1] == ' ')
			out->data[--out->len] = '\0';
		buf_char(out, '\n');
	}
	buf_printf(out, "cursor: row %zu, column %zu\n", grid->cursor_row + 1,
		   grid->cursor_column + 1);
}
