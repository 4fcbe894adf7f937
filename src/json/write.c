#include "proctor/json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "priv.h"
#include "proctor/text.h"

/* ---- Texts ---- */

static const struct {
	char c, letter;
} short_escapes[] = {
	{ '"', '"' },  { '\\', '\\' }, { '\b', 'b' }, { '\f', 'f' },
	{ '\n', 'n' }, { '\r', 'r' },  { '\t', 't' },
};

static char short_escape(uint32_t code)
{
	for (size_t i = 0; i < sizeof(short_escapes) / sizeof(short_escapes[0]); i++)
		if ((uint32_t)short_escapes[i].c == code)
			return short_escapes[i].letter;
	return '\0';
}

static void add_unicode(struct buf *out, uint32_t code)
{
	if (code < 0x10000) {
		buf_printf(out, "\\u%04" PRIx32, code);
		return;
	}
	code -= 0x10000;
	buf_printf(out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xD800 | code >> 10,
		   0xDC00 | (code & 0x3FF));
}

static bool is_harmless(char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

/* Appends the first character of the text; returns its length in bytes. */
static size_t add_special(struct buf *out, const char *text, size_t len)
{
	uint32_t code = 0;
	size_t used = json_utf8(text, len, &code);
	char letter = short_escape(code);

	if (!used) {
		buf_text(out, "\xEF\xBF\xBD"); /* U+FFFD */
		return 1;
	}
	if (letter)
		buf_printf(out, "\\%c", letter);
	else if (code < 0x20 || (code >= 0x7F && code < 0xA0) || text_hidden(code))
		add_unicode(out, code);
	else
		buf_add(out, text, used);
	return used;
}

static void add_escaped(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		size_t run = i;

		while (run < len && is_harmless(text[run]))
			run++;
		buf_add(out, text + i, run - i);
		i = run;
		if (i < len)
			i += add_special(out, text + i, len - i);
	}
}

/* In a message; long enough to be recognised by. */
#define QUOTE_CHARACTERS 40

void json_quote(struct buf *out, const char *text, size_t len)
{
	size_t shown = 0;
	uint32_t code;

	for (int i = 0; i < QUOTE_CHARACTERS && shown < len; i++) {
		size_t used = json_utf8(text + shown, len - shown, &code);

		shown += used ? used : 1;
	}
	buf_char(out, '"');
	add_escaped(out, text, shown);
	buf_text(out, shown < len ? "...\"" : "\"");
}

static void add_text(struct buf *out, const char *text)
{
	buf_char(out, '"');
	add_escaped(out, text, strlen(text));
	buf_char(out, '"');
}

/* ---- Layout ---- */

static void new_line(struct json_out *out)
{
	if (!out->pretty)
		return;
	buf_char(out->buf, '\n');
	buf_repeat(out->buf, ' ', 2 * out->depth);
}

/* What stands before a value: comma, line, name. */
static void begin(struct json_out *out, const char *name)
{
	if (out->depth) {
		if (out->filled[out->depth - 1])
			buf_char(out->buf, ',');
		out->filled[out->depth - 1] = true;
		new_line(out);
	}
	if (!name)
		return;
	add_text(out->buf, name);
	buf_text(out->buf, out->pretty ? ": " : ":");
}

static void open_bracket(struct json_out *out, const char *name, char bracket)
{
	assert(out->depth < JSON_OUT_DEPTH);
	begin(out, name);
	buf_char(out->buf, bracket);
	out->filled[out->depth++] = false;
}

void json_out_object(struct json_out *out, const char *name)
{
	open_bracket(out, name, '{');
}

void json_out_array(struct json_out *out, const char *name)
{
	open_bracket(out, name, '[');
}

void json_out_end(struct json_out *out, char bracket)
{
	assert(out->depth > 0 && (bracket == '}' || bracket == ']'));
	out->depth--;
	if (out->filled[out->depth])
		new_line(out);
	buf_char(out->buf, bracket);
}

/* ---- Values ---- */

void json_out_text(struct json_out *out, const char *name, const char *text)
{
	begin(out, name);
	if (text)
		add_text(out->buf, text);
	else
		buf_text(out->buf, "null");
}

void json_out_integer(struct json_out *out, const char *name, int64_t number)
{
	begin(out, name);
	buf_printf(out->buf, "%" PRId64, number);
}

/* The point is a point in every locale, and there is no minus before zero. */
static void add_real(struct buf *out, const char *text)
{
	const char *digits = text + (text[0] == '-');
	bool zero = strspn(digits, "0.,") == strlen(digits);

	if (!isfinite(strtod(text, NULL))) {
		buf_text(out, "null");
		return;
	}
	for (const char *at = zero ? digits : text; *at; at++)
		buf_char(out, *at == ',' ? '.' : *at);
}

void json_out_real(struct json_out *out, const char *name, double number, int decimals)
{
	char text[512];

	assert(decimals >= 0 && decimals <= 100);
	begin(out, name);
	snprintf(text, sizeof(text), "%.*f", decimals, number);
	add_real(out->buf, text);
}

void json_out_bool(struct json_out *out, const char *name, bool truth)
{
	begin(out, name);
	buf_text(out->buf, truth ? "true" : "false");
}

void json_out_null(struct json_out *out, const char *name)
{
	begin(out, name);
	buf_text(out->buf, "null");
}

/* The shortest text that is read as the same number. */
static void out_number(struct json_out *out, const char *name, const struct json *value)
{
	double number = value->node->valuedouble;
	char text[64];
	int64_t integer;

	if (json_integer(value, &integer)) {
		json_out_integer(out, name, integer);
		return;
	}
	begin(out, name);
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, number);
		if (strtod(text, NULL) == number)
			break;
	}
	add_real(out->buf, text);
}

static void out_children(struct json_out *out, const struct json *value, char bracket)
{
	json_each (child, value)
		json_out_value(out, json_name(child), child);
	json_out_end(out, bracket);
}

void json_out_value(struct json_out *out, const char *name, const struct json *value)
{
	switch (json_kind(value)) {
	case JSON_OBJECT:
		json_out_object(out, name);
		out_children(out, value, '}');
		break;
	case JSON_ARRAY:
		json_out_array(out, name);
		out_children(out, value, ']');
		break;
	case JSON_STRING:
		json_out_text(out, name, json_text(value));
		break;
	case JSON_NUMBER:
		out_number(out, name, value);
		break;
	case JSON_TRUE:
	case JSON_FALSE:
		json_out_bool(out, name, json_kind(value) == JSON_TRUE);
		break;
	case JSON_NULL:
		json_out_null(out, name);
		break;
	}
}
