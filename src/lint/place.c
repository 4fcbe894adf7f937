#include <stdlib.h>
#include <string.h>

#include "places.h"

/* How long the value is that begins here: to a text's closing quote, to a word's end. */
static size_t value_length(const char *at, const char *end)
{
	const char *from = at;

	if (at >= end || *at == '{' || *at == '[')
		return at < end;
	if (*at != '"') {
		while (at < end && !strchr(" \t\r\n,]}", *at))
			at++;
		return (size_t)(at - from);
	}
	for (at++; at < end && *at != '"' && *at != '\n'; at++)
		at += *at == '\\';
	return (size_t)(at - from) + (at < end && *at == '"');
}

static bool begins_character(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* A place that only moves forward. */
struct cursor {
	const struct bank_part *part;
	size_t at, line, column;
};

static void advance(struct cursor *cursor, size_t to)
{
	const char *bytes = cursor->part->bytes;

	for (; cursor->at < to && cursor->at < cursor->part->len; cursor->at++) {
		if (bytes[cursor->at] == '\n') {
			cursor->line++;
			cursor->column = 1;
		} else if (begins_character(bytes[cursor->at])) {
			cursor->column++;
		}
	}
}

static void set_place(struct cursor *cursor, struct lint_finding *finding)
{
	const struct bank_part *part = cursor->part;
	size_t room = part->len - (finding->at < part->len ? finding->at : part->len);
	struct cursor end;

	if (finding->len == SIZE_MAX)
		finding->len = value_length(part->bytes + finding->at,
					    part->bytes + part->len);
	if (finding->len > room)
		finding->len = room;
	advance(cursor, finding->at);
	finding->line = cursor->line;
	finding->column = cursor->column;
	end = *cursor;
	advance(&end, finding->at + finding->len);
	finding->end_column = end.line == cursor->line ? end.column : cursor->column + 1;
}

static int compare_places(const void *a, const void *b)
{
	const struct lint_finding *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->rule != y->rule)
		return lint_rule_index(x->rule) < lint_rule_index(y->rule) ? -1 : 1;
	return strcmp(x->message, y->message);
}

static size_t find_part(const struct lint *lint, const char *file)
{
	size_t i = 0;

	while (i < lint->copy->part_count && strcmp(lint->copy->parts[i].path, file) != 0)
		i++;
	return i;
}

void lint_set_places(struct lint *lint)
{
	struct cursor cursor = { NULL, 0, 1, 1 };

	for (size_t i = 0; i < lint->count; i++) {
		struct lint_finding *finding = &lint->findings[i];

		finding->part = i && finding->file == finding[-1].file
					? finding[-1].part
					: find_part(lint, finding->file);
	}
	if (lint->count)
		qsort(lint->findings, lint->count, sizeof(*lint->findings),
		      compare_places);
	for (size_t i = 0; i < lint->count; i++) {
		struct lint_finding *finding = &lint->findings[i];

		if (finding->part == lint->copy->part_count)
			continue;
		if (cursor.part != &lint->copy->parts[finding->part])
			cursor = (struct cursor){ &lint->copy->parts[finding->part], 0, 1,
						  1 };
		set_place(&cursor, finding);
	}
}

/* ---- Whose question is it? ---- */

static int compare_marks(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static struct mark *make_marks(struct lint *lint)
{
	const struct bank_copy *copy = lint->copy;
	struct mark *marks = ARENA_ARRAY(lint->arena, copy->bank->count + 1, struct mark);

	for (size_t i = 0; i < copy->bank->count; i++) {
		size_t part = 0;

		while (part < copy->part_count &&
		       copy->parts[part].doc != copy->places[i].doc)
			part++;
		marks[i] = (struct mark){ part, json_offset(copy->places[i].value), i };
	}
	if (copy->bank->count)
		qsort(marks, copy->bank->count, sizeof(*marks), compare_marks);
	return marks;
}

static bool is_below(const struct lint *lint, const char *pointer, size_t question)
{
	struct buf own = BUF_INIT;
	bool below;

	json_pointer(lint->copy->places[question].value, &own);
	below = strncmp(pointer, own.data, own.len) == 0 &&
		(!pointer[own.len] || pointer[own.len] == '/');
	buf_release(&own);
	return below;
}

/* Findings are sorted by place, and so are the marks: one walk along both. */
void lint_set_questions(struct lint *lint)
{
	const struct bank *bank = lint->copy->bank;
	struct mark *marks = make_marks(lint);
	size_t m = 0;

	for (size_t i = 0; i < lint->count; i++) {
		struct lint_finding *finding = &lint->findings[i];
		struct mark here = { finding->part, finding->at, 0 };

		while (m < bank->count && compare_marks(&marks[m], &here) <= 0)
			m++;
		if (!finding->question && m && marks[m - 1].part == finding->part &&
		    is_below(lint, finding->pointer, marks[m - 1].question) &&
		    bank->questions[marks[m - 1].question].id[0])
			finding->question = bank->questions[marks[m - 1].question].id;
	}
}
