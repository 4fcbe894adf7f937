#include "note.h"

#include <string.h>

#include "proctor/text.h"
#include "term.h"

void note_begin(struct note *note, const char *text)
{
	size_t len = strnlen(text, SESSION_NOTE_SIZE - 1);

	*note = (struct note){ .len = len, .caret = len };
	memcpy(note->text, text, len);
}

static size_t encode(int c, char out[4])
{
	static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = len; i-- > 1; c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)(leads[len] | c);
	return len;
}

static bool insert(struct note *note, int c)
{
	char bytes[4];
	size_t len = encode(c, bytes);

	if (note->len + len >= SESSION_NOTE_SIZE)
		return false;
	memmove(note->text + note->caret + len, note->text + note->caret,
		note->len - note->caret);
	memcpy(note->text + note->caret, bytes, len);
	note->len += len;
	note->caret += len;
	note->dirty = true;
	return true;
}

/* The beginning of the cluster before the caret. */
static size_t before(const struct note *note)
{
	size_t at = 0, next;

	while ((next = at + text_cluster(note->text + at, note->len - at)) < note->caret)
		at = next;
	return at;
}

static size_t behind(const struct note *note)
{
	return note->caret +
	       text_cluster(note->text + note->caret, note->len - note->caret);
}

static void take_out(struct note *note, size_t from, size_t to)
{
	memmove(note->text + from, note->text + to, note->len - to);
	note->dirty |= from != to;
	note->len -= to - from;
	memset(note->text + note->len, 0, to - from);
	note->caret = from;
}

static size_t line_begin(const struct note *note)
{
	size_t at = note->caret;

	while (at && note->text[at - 1] != '\n')
		at--;
	return at;
}

static size_t end_from(const struct note *note, size_t at)
{
	while (at < note->len && note->text[at] != '\n')
		at++;
	return at;
}

static size_t line_end(const struct note *note)
{
	return end_from(note, note->caret);
}

/* To about the same place of the line that begins there. */
static void change_line(struct note *note, size_t begin)
{
	size_t at = begin + note->caret - line_begin(note), end = end_from(note, begin);

	note->caret = at < end ? at : end;
}

static void line_up(struct note *note)
{
	size_t begin = line_begin(note);
	struct note before = *note;

	if (!begin)
		return;
	before.caret = begin - 1;
	change_line(note, line_begin(&before));
}

static void line_down(struct note *note)
{
	size_t end = line_end(note);

	if (end < note->len)
		change_line(note, end + 1);
}

/* What is put in may have joined what stood there to one cluster. */
static void settle(struct note *note)
{
	size_t at = 0;

	while (at < note->caret)
		at += text_cluster(note->text + at, note->len - at);
	note->caret = at;
}

bool note_key(struct note *note, int key)
{
	bool ok = true;

	if (key == TUI_LEFT)
		note->caret = before(note);
	else if (key == TUI_RIGHT)
		note->caret = behind(note);
	else if (key == TUI_UP)
		line_up(note);
	else if (key == TUI_DOWN)
		line_down(note);
	else if (key == TUI_HOME)
		note->caret = line_begin(note);
	else if (key == TUI_END)
		note->caret = line_end(note);
	else if (key == TUI_BACKSPACE)
		take_out(note, before(note), note->caret);
	else if (key == TUI_DELETE)
		take_out(note, note->caret, behind(note));
	else if (key == '\n' || (key >= ' ' && key < TUI_CODES && key != 127 &&
				 !(key >= 0xD800 && key < 0xE000)))
		ok = insert(note, key);
	settle(note);
	return ok;
}
