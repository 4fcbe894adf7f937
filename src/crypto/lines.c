#include "priv.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

#include "proctor/err.h"
#include "proctor/text.h"

static bool next_line(struct lines *lines, struct line *line, struct err *err)
{
	const char *feed, *stop;

	lines->number++;
	if (lines->at == lines->end)
		return err_set(err, ERR_INPUT, "line %zu is missing", lines->number);
	feed = memchr(lines->at, '\n', (size_t)(lines->end - lines->at));
	stop = feed ? feed : lines->end;
	line->text = lines->at;
	lines->at = feed ? feed + 1 : lines->end;
	if (feed && stop > line->text && stop[-1] == '\r')
		stop--;
	line->len = (size_t)(stop - line->text);
	return true;
}

bool crypto_lines_end(const struct lines *lines, struct err *err)
{
	if (lines->at < lines->end)
		return err_set(err, ERR_INPUT, "line %zu: nothing may follow line %zu",
			       lines->number + 1, lines->number);
	return true;
}

bool crypto_comment_is_plain(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;

		if ((c < 0x20 && c != '\t') || c == 0x7F)
			return false;
		if (c == 0xC2 && next >= 0x80 && next < 0xA0) /* U+0080 to U+009F */
			return false;
	}
	return text_valid(text, len);
}

bool crypto_lines_comment(struct lines *lines, const char *prefix, struct line *comment,
			  struct err *err)
{
	size_t start = strlen(prefix);
	struct line line;

	if (!next_line(lines, &line, err))
		return false;
	if (line.len < start || memcmp(line.text, prefix, start) != 0)
		return err_set(err, ERR_INPUT, "line %zu does not begin with \"%s\"",
			       lines->number, prefix);
	line.text += start;
	line.len -= start;
	if (!crypto_comment_is_plain(line.text, line.len))
		return err_set(
			err, ERR_INPUT,
			"line %zu: control characters or invalid UTF-8 in the comment",
			lines->number);
	*comment = line;
	return true;
}

/*
 * Decoders take more than one text for the same bytes. Here only the text that encoding
 * the bytes gives is good, so that a file cannot be changed without effect.
 */
static bool is_canonical(const struct line *line, void *bytes, size_t len)
{
	const int variant = sodium_base64_VARIANT_ORIGINAL;
	char again[BASE64_SIZE(sizeof(struct secret_layout))];
	size_t got;
	bool ok;

	assert(BASE64_SIZE(len) <= sizeof(again));
	if (sodium_base642bin(bytes, len, line->text, line->len, NULL, &got, NULL,
			      variant) ||
	    got != len)
		return false;
	sodium_bin2base64(again, sizeof(again), bytes, len, variant);
	ok = sodium_memcmp(again, line->text, line->len) == 0;
	sodium_memzero(again, sizeof(again));
	return ok;
}

bool crypto_lines_base64(struct lines *lines, void *bytes, size_t len, struct err *err)
{
	size_t wanted = BASE64_SIZE(len) - 1;
	struct line line;

	if (!next_line(lines, &line, err))
		return false;
	if (line.len != wanted)
		return err_set(err, ERR_INPUT,
			       "line %zu has %zu characters instead of %zu",
			       lines->number, line.len, wanted);
	if (!is_canonical(&line, bytes, len))
		return err_set(err, ERR_INPUT, "line %zu is not proper base64",
			       lines->number);
	return true;
}
