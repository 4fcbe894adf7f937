#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H

#include <stddef.h>

#include "proctor/arena.h"
#include "proctor/buf.h"

/*
 * Plain text being written for a screen: wrapped to a measure of 40 to 78 columns, since
 * longer lines are hard to read. Texts made on the way live in its arena, as long as it.
 * What is not ours comes onto it through sheet_safe() alone.
 */
struct sheet {
	struct arena arena;
	struct buf *out;
	size_t measure;
};

void sheet_begin(struct sheet *sheet, size_t columns, struct buf *out);
void sheet_end(struct sheet *sheet);

const char *sheet_safe(struct sheet *sheet, const char *text); /* on one line; NULL: "" */

void sheet_gap(struct sheet *sheet); /* an empty line */
void sheet_paragraph(struct sheet *sheet, const char *text);

/* Wraps text behind an indent, in which the label stands on the first line. */
void sheet_labelled(struct sheet *sheet, const char *label, size_t indent,
		    const char *text);

/* A command to be typed, as sheet_labelled(), but broken between its words alone; a line
 * that is too long goes on behind a backslash, as a shell reads it. */
void sheet_command(struct sheet *sheet, const char *label, size_t indent,
		   const char *command);

/*
 * Lines of a title and of figures side by side: figures begin in column `room`, and
 * the title wraps before it, its later lines behind `hang` blanks. With room 0 the
 * figures stand below the title, behind two blanks.
 */
void sheet_row(struct sheet *sheet, const char *title, size_t hang, size_t room,
	       const char *const *figures, size_t count);

#endif
