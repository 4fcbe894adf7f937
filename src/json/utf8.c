#include "priv.h"

/* RFC 3629, table 3-7 of the Unicode standard: by first byte, what the second may be. */
static const struct lead {
	unsigned char from, to, second_from, second_to, len;
} leads[] = {
	{ 0x00, 0x7F, 0x00, 0x00, 1 }, { 0xC2, 0xDF, 0x80, 0xBF, 2 },
	{ 0xE0, 0xE0, 0xA0, 0xBF, 3 }, { 0xE1, 0xEC, 0x80, 0xBF, 3 },
	{ 0xED, 0xED, 0x80, 0x9F, 3 }, { 0xEE, 0xEF, 0x80, 0xBF, 3 },
	{ 0xF0, 0xF0, 0x90, 0xBF, 4 }, { 0xF1, 0xF3, 0x80, 0xBF, 4 },
	{ 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

static const struct lead *find_lead(unsigned char byte)
{
	for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++)
		if (byte >= leads[i].from && byte <= leads[i].to)
			return &leads[i];
	return NULL;
}

size_t json_utf8(const char *bytes, size_t len, uint32_t *code)
{
	const unsigned char *at = (const unsigned char *)bytes;
	const struct lead *lead = len ? find_lead(at[0]) : NULL;

	if (!lead || lead->len > len)
		return 0;
	*code = lead->len == 1 ? at[0] : at[0] & (0x7Fu >> lead->len);
	for (size_t i = 1; i < lead->len; i++) {
		unsigned char from = i == 1 ? lead->second_from : 0x80;
		unsigned char to = i == 1 ? lead->second_to : 0xBF;

		if (at[i] < from || at[i] > to)
			return 0;
		*code = *code << 6 | (at[i] & 0x3Fu);
	}
	return lead->len;
}

void json_utf8_add(struct buf *out, uint32_t code)
{
	if (code < 0x80) {
		buf_char(out, (char)code);
	} else if (code < 0x800) {
		buf_char(out, (char)(0xC0 | code >> 6));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	} else if (code < 0x10000) {
		buf_char(out, (char)(0xE0 | code >> 12));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	} else {
		buf_char(out, (char)(0xF0 | code >> 18));
		buf_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
		buf_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
		buf_char(out, (char)(0x80 | (code & 0x3F)));
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool json_hex4(const char *digits, size_t len, uint32_t *number)
{
	uint32_t sum = 0;

	if (len < 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		int value = hex_value(digits[i]);

		if (value < 0)
			return false;
		sum = sum * 16 + (uint32_t)value;
	}
	*number = sum;
	return true;
}

size_t json_word(const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len) {
		char c = bytes[i];
		bool part = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			    (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.' ||
			    c == '_';

		if (!part)
			break;
		i++;
	}
	return i;
}

void json_line_column(const char *bytes, size_t at, size_t *line, size_t *column)
{
	struct json_cursor cursor = { 0, 0 };

	json_cursor_to(&cursor, bytes, at, line, column);
}
