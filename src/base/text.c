#include "proctor/text.h"

#include <stdint.h>
#include <string.h>
#include <unictype.h>

#include "priv.h"
#include "proctor/buf.h"

enum {
	ZERO_WIDTH_NON_JOINER = 0x200C,
	ZERO_WIDTH_JOINER = 0x200D,
	KEYCAP = 0x20E3,
	TEXT_SELECTOR = 0xFE0E,
	EMOJI_SELECTOR = 0xFE0F,
};

struct range {
	unsigned from, to;
};

static bool within(const struct range *ranges, size_t count, unsigned code_point)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = (low + count) / 2;

		if (code_point < ranges[middle].from)
			count = middle;
		else if (code_point > ranges[middle].to)
			low = middle + 1;
		else
			return true;
	}
	return false;
}

#define WITHIN(ranges, code_point) \
	within((ranges), sizeof(ranges) / sizeof((ranges)[0]), (code_point))

/*
 * The first byte of a character tells its length and the least code point for which
 * that length is right; whatever is below was written too long.
 */
size_t text_decode(const char *text, size_t len, unsigned *code_point)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)text;
	size_t size;
	unsigned c;

	if (!len)
		return 0;
	c = p[0];
	size = c < 0x80   ? 1
	       : c < 0xC2 ? 0
	       : c < 0xE0 ? 2
	       : c < 0xF0 ? 3
	       : c < 0xF5 ? 4
			  : 0;
	if (size == 0 || size > len)
		return 0;
	if (size > 1)
		c &= 0x7FU >> size;
	for (size_t i = 1; i < size; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3FU);
	}
	if (c < least[size] || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF)
		return 0;
	*code_point = c;
	return size;
}

/* How many bytes from the start are printable ASCII, or nearly all of them. */
static size_t printable(const char *text, size_t len)
{
	const uint64_t ones = UINT64_MAX / 255;
	size_t i = 0;

	for (; len - i >= 8; i += 8) {
		uint64_t eight;

		memcpy(&eight, text + i, 8);
		if ((eight | (eight - ones * 0x20) | (eight + ones)) & (ones << 7))
			break;
	}
	while (i < len && text[i] >= 0x20 && text[i] < 0x7F)
		i++;
	return i;
}

bool text_valid(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len) {
		unsigned code_point;
		size_t size;

		i += printable(text + i, len - i);
		if (i == len)
			break;
		size = text_decode(text + i, len - i, &code_point);
		if (!size)
			return false;
		i += size;
	}
	return true;
}

/*
 * What shows nothing of itself, changes the order of what is around it, or means
 * nothing to anybody else: format characters, fillers, selectors, surrogates, private
 * use, tags and what Unicode has set aside to be ignored.
 */
static const struct range hidden[] = {
	{ 0x00AD, 0x00AD },   { 0x034F, 0x034F },      { 0x061C, 0x061C },
	{ 0x115F, 0x1160 },   { 0x17B4, 0x17B5 },      { 0x180B, 0x180F },
	{ 0x200B, 0x200F },   { 0x2028, 0x202E },      { 0x2060, 0x206F },
	{ 0x3164, 0x3164 },   { 0xD800, 0xF8FF },      { 0xFDD0, 0xFDEF },
	{ 0xFE00, 0xFE0F },   { 0xFEFF, 0xFEFF },      { 0xFFA0, 0xFFA0 },
	{ 0xFFF0, 0xFFFC },   { 0x13430, 0x1343F },    { 0x1BCA0, 0x1BCA3 },
	{ 0x1D173, 0x1D17A }, { 0xE0000, UINT32_MAX },
};

bool text_hidden(unsigned code_point)
{
	if (code_point < 0x20)
		return code_point != '\n' && code_point != '\t';
	if (code_point < 0xA1)
		return code_point >= 0x7F && code_point != 0xA0;
	return (code_point & 0xFFFE) == 0xFFFE || WITHIN(hidden, code_point);
}

/* What was shown last: the ground on which a joiner or a selector may stand. */
struct shown {
	unsigned last; /* 0: nothing, or something that was replaced */
	bool emoji;    /* a picture, perhaps with its selector or skin tone */
};

static void show(struct shown *shown, unsigned code_point)
{
	bool belongs = code_point == EMOJI_SELECTOR ||
		       uc_is_property_emoji_modifier(code_point);

	if (!belongs)
		shown->emoji = code_point >= 0xA9 &&
			       uc_is_property_extended_pictographic(code_point);
	shown->last = code_point;
}

/*
 * Letters and marks of the scripts in which a joiner or non-joiner changes what is
 * read: Arabic, Syriac and N'Ko, the Indic scripts, Mongolian and their kin. Latin,
 * Greek and Cyrillic have no use for one, there it could only hide.
 */
static bool joins(unsigned code_point)
{
	static const struct range scripts[] = {
		{ 0x0600, 0x109F },   { 0x1700, 0x1CFF },   { 0xA800, 0xABFF },
		{ 0xFB50, 0xFDFF },   { 0xFE70, 0xFEFC },   { 0x10A00, 0x11FFF },
		{ 0x16B00, 0x16B8F }, { 0x1E900, 0x1E95F },
	};

	return WITHIN(scripts, code_point) && !text_hidden(code_point) &&
	       uc_is_general_category_withtable(code_point,
						UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

/* A hidden character between what was shown last and what comes next: may it stay? */
static bool has_ground(unsigned code_point, const struct shown *shown, unsigned next)
{
	unsigned last = shown->last;

	if (!last)
		return false;
	if (code_point == ZERO_WIDTH_JOINER && shown->emoji &&
	    uc_is_property_extended_pictographic(next))
		return true;
	if (code_point == ZERO_WIDTH_JOINER || code_point == ZERO_WIDTH_NON_JOINER)
		return joins(last) && joins(next);
	if (code_point == TEXT_SELECTOR || code_point == EMOJI_SELECTOR) {
		if (last < 0x80)
			return uc_is_property_emoji(last) && next == KEYCAP;
		if (uc_is_property_extended_pictographic(last))
			return true;
	}
	if (code_point >= 0x180B && code_point <= 0x180F)
		return code_point != 0x180E && last >= 0x1820 && last <= 0x18AA;
	if (uc_is_property_variation_selector(code_point))
		return uc_is_property_ideographic(last) ||
		       (code_point <= EMOJI_SELECTOR && joins(last));
	return false;
}

/* Latin letters, dashes and quotes, ideographs: never hidden, never a picture. */
static bool is_ordinary(unsigned code_point)
{
	return (code_point > 0xAE && code_point < 0x34F) ||
	       (code_point >= 0x2010 && code_point < 0x2028) ||
	       (code_point >= 0x3400 && code_point < 0xD800);
}

/* How many bytes from the start may be shown as they are. */
static size_t harmless(const char *text, size_t len, bool line, struct shown *shown)
{
	size_t i = 0;

	for (;;) {
		size_t run = printable(text + i, len - i);
		unsigned code_point, next = 0;
		size_t size;

		i += run;
		if (run)
			*shown = (struct shown){ (unsigned char)text[i - 1], false };
		size = text_decode(text + i, len - i, &code_point);
		if (!size || (line && code_point < 0x20))
			return i;
		if (is_ordinary(code_point)) {
			*shown = (struct shown){ code_point, false };
			i += size;
			continue;
		}
		if (text_hidden(code_point)) {
			text_decode(text + i + size, len - i - size, &next);
			if (!has_ground(code_point, shown, next))
				return i;
		}
		show(shown, code_point);
		i += size;
	}
}

/* Puts something harmless in place of the first character; returns how long it was. */
static size_t replace(struct buf *out, const char *text, size_t len)
{
	unsigned code_point;
	size_t size = text_decode(text, len, &code_point);

	if (!size)
		buf_printf(out, "<%02X>", (unsigned)(unsigned char)text[0]);
	else if (code_point == '\n' || code_point == '\t')
		buf_char(out, ' ');
	else if (code_point < 0x20 || code_point == 0x7F)
		buf_printf(out, "^%c", (char)(code_point ^ 0x40));
	else
		buf_printf(out, "<U+%04X>", code_point);
	return size ? size : 1;
}

static void put(struct buf *out, const char *text, size_t len, bool line)
{
	struct shown shown = { 0, false };
	size_t i = 0;

	while (i < len) {
		size_t run = harmless(text + i, len - i, line, &shown);

		buf_add(out, text + i, run);
		i += run;
		if (i < len)
			i += replace(out, text + i, len - i);
		shown = (struct shown){ 0, false };
	}
}

void text_safe(struct buf *out, const char *text, size_t len)
{
	put(out, text, len, false);
}

void text_safe_line(struct buf *out, const char *text, size_t len)
{
	put(out, text, len, true);
}

bool text_is_safe(const char *text, size_t len)
{
	struct shown shown = { 0, false };

	return harmless(text, len, false, &shown) == len;
}
