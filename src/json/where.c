#include "proctor/json.h"

#include <string.h>

#include "priv.h"

/* Where things stand in the bytes: for those who show the source beside a complaint. */

size_t json_index(const struct json *value)
{
	return value->index;
}

size_t json_offset(const struct json *value)
{
	return value->start.at;
}

size_t json_column(const struct json_doc *doc, const struct json *value, size_t at)
{
	size_t column = 1;

	for (size_t i = value->start.line_at; i < at; i++)
		column += ((unsigned char)doc->bytes[i] & 0xC0) != 0x80;
	return column;
}

size_t json_line_at(const struct json *value)
{
	return value->start.line_at;
}

static size_t escape_length(const char *source)
{
	return source[1] != 'u' ? 2 : 6;
}

/* How many bytes of text the escape stands for, and its length in the source. */
static size_t escape_bytes(const char *source, size_t left, size_t *length)
{
	struct buf text = BUF_INIT;
	uint32_t code = 0, low = 0;
	size_t bytes = 1;

	*length = escape_length(source);
	if (*length == 6 && left >= 6) {
		json_hex4(source + 2, 4, &code);
		if (code >= 0xD800 && code <= 0xDBFF && left >= 12) {
			json_hex4(source + 8, 4, &low);
			*length = 12;
			code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
		}
		json_utf8_add(&text, code);
		bytes = text.len;
		buf_release(&text);
	}
	return bytes;
}

size_t json_offset_in(const struct json_doc *doc, const struct json *text, size_t bytes)
{
	size_t at = text->start.at + 1, passed = 0;

	while (passed < bytes && at < doc->len && doc->bytes[at] != '"') {
		size_t length = 1;

		if (doc->bytes[at] == '\\')
			passed += escape_bytes(doc->bytes + at, doc->len - at, &length);
		else
			passed++;
		if (passed > bytes)
			break;
		at += length;
	}
	return at;
}

static void add_step(struct buf *out, const char *name)
{
	buf_char(out, '/');
	for (; *name; name++) {
		if (*name == '~')
			buf_text(out, "~0");
		else if (*name == '/')
			buf_text(out, "~1");
		else
			buf_char(out, *name);
	}
}

void json_pointer(const struct json *value, struct buf *out)
{
	if (!value->parent)
		return;
	json_pointer(value->parent, out);
	if (json_name(value))
		add_step(out, json_name(value));
	else
		buf_printf(out, "/%u", (unsigned)value->index);
}

void json_cursor_to(struct json_cursor *cursor, const char *bytes, size_t at,
		    size_t *line, size_t *column)
{
	const char *from = bytes + cursor->line_at, *to = bytes + at, *feed;

	while (from < to && (feed = memchr(from, '\n', (size_t)(to - from)))) {
		cursor->line++;
		from = feed + 1;
	}
	cursor->line_at = (size_t)(from - bytes);
	*line = cursor->line + 1;
	*column = 1;
	for (; from < to; from++)
		*column += ((unsigned char)*from & 0xC0) != 0x80;
}
