#include "sheet.h"

#include <stdbool.h>
#include <string.h>

#include "proctor/text.h"

#define MEASURE_MIN 40
#define MEASURE_MAX 78
#define GAP 2

void sheet_begin(struct sheet *sheet, size_t columns, struct buf *out)
{
	*sheet = (struct sheet){ ARENA_INIT, out, columns };
	if (columns < MEASURE_MIN)
		sheet->measure = MEASURE_MIN;
	if (columns > MEASURE_MAX)
		sheet->measure = MEASURE_MAX;
}

void sheet_end(struct sheet *sheet)
{
	arena_release(&sheet->arena);
}

const char *sheet_safe(struct sheet *sheet, const char *text)
{
	struct buf line = BUF_INIT;
	const char *kept;

	if (!text)
		return "";
	text_safe_line(&line, text, strlen(text));
	kept = arena_copy(&sheet->arena, line.data, line.len);
	buf_release(&line);
	return kept;
}

void sheet_gap(struct sheet *sheet)
{
	buf_char(sheet->out, '\n');
}

void sheet_labelled(struct sheet *sheet, const char *label, size_t indent,
		    const char *text)
{
	struct text_line *lines;
	size_t count = text_wrap(text, strlen(text), sheet->measure - indent,
				 &sheet->arena, &lines);

	for (size_t i = 0; i < count; i++) {
		const char *head = i ? "" : label;

		buf_text(sheet->out, head);
		buf_repeat(sheet->out, ' ', indent - strlen(head));
		buf_add(sheet->out, text + lines[i].from, lines[i].to - lines[i].from);
		buf_char(sheet->out, '\n');
	}
}

/* Up to the next blank that is in no quotes, in bytes. */
static size_t word_len(const char *command)
{
	bool quoted = false;
	size_t len = 0;

	for (; command[len] && (quoted || command[len] != ' '); len++)
		quoted ^= command[len] == '\'';
	return len;
}

/* A word, or an option and what is given to it. */
static size_t part_len(const char *command)
{
	size_t len = word_len(command);

	if (*command == '-' && command[len] && command[len + 1] != '-')
		len += 1 + word_len(command + len + 1);
	return len;
}

#define GOES_ON 2 /* columns of a backslash and the blank before it, and of an indent */

void sheet_command(struct sheet *sheet, const char *label, size_t indent,
		   const char *command)
{
	size_t room = sheet->measure - indent, used = 0;

	buf_text(sheet->out, label);
	buf_repeat(sheet->out, ' ', indent - strlen(label));
	for (size_t len; *command; command += len + (command[len] == ' ')) {
		size_t wide, tail;

		len = part_len(command);
		wide = text_width(command, len);
		tail = command[len] ? GOES_ON : 0;
		if (used && used + 1 + wide + tail > room) {
			buf_text(sheet->out, " \\\n");
			buf_repeat(sheet->out, ' ', indent + GOES_ON);
			used = GOES_ON;
		} else if (used) {
			buf_char(sheet->out, ' ');
			used++;
		}
		buf_add(sheet->out, command, len);
		used += wide;
	}
	buf_char(sheet->out, '\n');
}

void sheet_paragraph(struct sheet *sheet, const char *text)
{
	sheet_labelled(sheet, "", 0, text);
}

/* Returns the columns taken. */
static size_t put_title_line(struct sheet *sheet, const char *title,
			     const struct text_line *line, size_t hang)
{
	size_t len = line->to - line->from;

	buf_repeat(sheet->out, ' ', hang);
	buf_add(sheet->out, title + line->from, len);
	return hang + text_width(title + line->from, len);
}

static void put_figure(struct sheet *sheet, size_t blanks, const char *figure)
{
	if (!*figure)
		return;
	buf_repeat(sheet->out, ' ', blanks);
	buf_text(sheet->out, figure);
}

void sheet_row(struct sheet *sheet, const char *title, size_t hang, size_t room,
	       const char *const *figures, size_t count)
{
	size_t wrap_at = (room ? room - GAP : sheet->measure) - hang, beside = 0;
	struct text_line *lines;
	size_t line_count = text_wrap(title, strlen(title), wrap_at, &sheet->arena,
				      &lines);

	for (size_t i = 0; i < line_count || (room && beside < count); i++) {
		size_t taken = 0;

		if (i < line_count)
			taken = put_title_line(sheet, title, &lines[i], i ? hang : 0);
		if (room && beside < count)
			put_figure(sheet, room - taken, figures[beside++]);
		sheet_gap(sheet);
	}
	for (; beside < count; beside++) {
		put_figure(sheet, GAP, figures[beside]);
		sheet_gap(sheet);
	}
}
