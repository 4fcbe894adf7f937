#include <stdlib.h>
#include <string.h>

#include "places.h"

/* To behind the closing quote, or to the line's end if there is none before. */
static size_t string_length(const char *from, const char *end)
{
	const char *at = from + 1, *quote, *feed;

	do {
		size_t slashes = 0;

		quote = memchr(at, '"', (size_t)(end - at));
		at = quote ? quote + 1 : end;
		while (quote && quote[-1 - (ptrdiff_t)slashes] == '\\')
			slashes++;
		if (slashes % 2 == 0)
			break;
	} while (at < end);
	feed = memchr(from, '\n', (size_t)(at - from));
	return (size_t)((feed ? feed : at) - from);
}

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
	return string_length(from, end);
}

static bool begins_character(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* The findings in one file, and its bytes. */
struct filed {
	struct lint_finding *findings;
	size_t count;
	bool with_source;
	const char *bytes;
	size_t len;
	struct arena *arena; /* for the lines */
};

static void set_place(const struct filed *filed, struct json_cursor *cursor,
		      struct lint_finding *finding)
{
	const char *bytes = filed->bytes;
	size_t len = filed->len, room;
	struct json_cursor end;
	size_t line;

	if (finding->at > len)
		finding->at = len;
	room = len - finding->at;
	if (finding->len == SIZE_MAX)
		finding->len = value_length(bytes + finding->at, bytes + len);
	if (finding->len > room)
		finding->len = room;
	json_cursor_to(cursor, bytes, finding->at, &finding->line, &finding->column);
	end = *cursor;
	json_cursor_to(&end, bytes, finding->at + finding->len, &line,
		       &finding->end_column);
	if (line != finding->line)
		finding->end_column = finding->column + 1;
}

/* Bytes of a long line on each side of the place: more than a terminal is wide. */
#define SOURCE_MAX 2000

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

static void set_source(struct lint_finding *finding, const char *bytes, size_t len,
		       size_t line_at, struct arena *arena)
{
	size_t from = line_at, to = finding->at;

	if (finding->at - from > SOURCE_MAX)
		from = finding->at - SOURCE_MAX;
	while (from < finding->at && !begins_character(bytes[from]))
		from++;
	while (to < len && !ends_line(bytes[to]) &&
	       (to < finding->at + SOURCE_MAX || !begins_character(bytes[to])))
		to++;
	finding->source = arena_copy(arena, bytes + from, to - from);
	finding->source_at = finding->at - from;
	finding->source_len = to - from;
}

void lint_set_value_place(struct lint *lint, const struct json *value,
			  struct lint_finding *finding)
{
	const struct bank_sheet *sheet = lint->sheet;
	size_t from = json_offset(value), column;

	if (finding->len == SIZE_MAX)
		finding->len = value_length(sheet->bytes + finding->at,
					    sheet->bytes + sheet->len);
	/* A line feed in a string is a fault, and makes it the lines' matter. */
	if (memchr(sheet->bytes + from, '\n', finding->at + finding->len - from))
		return;
	json_place(sheet->doc, value, &finding->line, &column);
	finding->column = json_column(sheet->doc, value, finding->at);
	finding->end_column = json_column(sheet->doc, value, finding->at + finding->len);
	if (lint->options->with_source && finding->rule)
		set_source(finding, sheet->bytes, sheet->len, json_line_at(value),
			   lint->arena);
}

/* All that have no place yet; they ascend. */
static void set_all(const struct filed *filed)
{
	struct json_cursor cursor = { 0, 0 };

	for (size_t i = 0; i < filed->count; i++) {
		struct lint_finding *finding = &filed->findings[i];

		if (finding->line)
			continue;
		set_place(filed, &cursor, finding);
		if (filed->with_source)
			set_source(finding, filed->bytes, filed->len, cursor.line_at,
				   filed->arena);
	}
}

/* Rules of one group lie in one array. */
static int compare_rules(const struct lint_rule *a, const struct lint_rule *b)
{
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return (a > b) - (a < b);
}

static int compare_places(const void *a, const void *b)
{
	const struct lint_finding *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->rule != y->rule)
		return compare_rules(x->rule, y->rule);
	return strcmp(x->message, y->message);
}

static void sort_findings(struct lint *lint)
{
	for (size_t i = 0; i < lint->count; i++) {
		struct lint_finding *finding = &lint->findings[i];

		if (finding->part == SIZE_MAX)
			finding->part = i && finding->file == finding[-1].file
						? finding[-1].part
						: lint_find_part(lint, finding->file);
	}
	if (lint->count)
		qsort(lint->findings, lint->count, sizeof(*lint->findings),
		      compare_places);
}

static bool are_placed(const struct filed *filed)
{
	for (size_t i = 0; i < filed->count; i++)
		if (!filed->findings[i].line)
			return false;
	return true;
}

/* The bytes are read again where a finding needs them. */
static bool set_file(const struct lint *lint, struct filed *filed, struct err *err)
{
	struct buf bytes = BUF_INIT;
	bool ok;

	if (are_placed(filed) || !lint->copy->parts[filed->findings[0].part].opened)
		return true;
	ok = bank_copy_bytes(lint->copy, filed->findings[0].part, &bytes, err);
	filed->bytes = bytes.data;
	filed->len = bytes.len;
	if (ok)
		set_all(filed);
	buf_release(&bytes);
	return ok;
}

/* Findings in no file are last, and have no place. */
bool lint_set_places(struct lint *lint, struct err *err)
{
	struct filed filed = { .with_source = lint->options->with_source,
			       .arena = lint->arena };
	bool ok = true;

	sort_findings(lint);
	for (size_t i = 0; ok && i < lint->count; i += filed.count) {
		filed.findings = lint->findings + i;
		if (filed.findings[0].part == lint->copy->part_count)
			break;
		filed.count = 1;
		while (i + filed.count < lint->count &&
		       filed.findings[filed.count].part == filed.findings[0].part)
			filed.count++;
		ok = set_file(lint, &filed, err);
	}
	return ok;
}

/* ---- Whose question is it? ---- */

/* Where a question begins. */
struct mark {
	size_t part, at, question;
};

static int compare_marks(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static struct mark *make_marks(struct lint *lint)
{
	size_t count = lint->copy->bank->count;
	struct mark *marks = ARENA_ARRAY(lint->arena, count + 1, struct mark);

	for (size_t i = 0; i < count; i++) {
		const struct kept *kept = lint->kept[i];

		marks[i] = (struct mark){ kept->part, kept->at, i };
	}
	if (count)
		qsort(marks, count, sizeof(*marks), compare_marks);
	return marks;
}

static bool is_below(const char *pointer, const struct kept *kept)
{
	struct buf own = BUF_INIT;
	bool below;

	buf_printf(&own, "%s/questions/%zu", kept->within, kept->index);
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
		const struct kept *kept;

		while (m < bank->count && compare_marks(&marks[m], &here) <= 0)
			m++;
		if (finding->question || !m || marks[m - 1].part != finding->part)
			continue;
		kept = lint->kept[marks[m - 1].question];
		if (is_below(finding->pointer, kept) && kept->question->id[0])
			finding->question = kept->question->id;
	}
}
