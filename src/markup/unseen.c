#include "priv.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A letter, a digit, or what else is never syntax by itself. */
static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == ']' || (unsigned char)c >= 0x80;
}

/* Only the number of an item is syntax: digits with a full stop or bracket behind. */
static size_t item_number(const char *source, const char *seen, size_t len)
{
	size_t digits = 0;

	while (digits < len && is_digit(source[digits]) && !seen[digits])
		digits++;
	if (digits < len && (source[digits] == '.' || source[digits] == ')'))
		return digits;
	return 0;
}

size_t markup_unseen(const char *source, const char *seen, size_t len)
{
	size_t i = 0;

	while (i < len) {
		size_t number = item_number(source + i, seen + i, len - i);

		if (!number && !seen[i] && is_word(source[i]))
			return i;
		i += number ? number : 1;
	}
	return len;
}
