#ifndef RANDOM_TEXT_H
#define RANDOM_TEXT_H

#include "proctor/buf.h"
#include "test.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466"
#define GERMANY "\U0001F1E9\U0001F1EA"
#define FRANCE "\U0001F1EB\U0001F1F7"

/* Chance that is the same in every run: a test sets the seed, and rolls. */
static uint64_t seed;

static inline unsigned roll(unsigned below)
{
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (unsigned)(seed >> 33) % below;
}

/* Pieces that are likely to matter to each other, and any byte at all. */
static const char *const pieces[] = {
	"a",      "word ",      " ",          "  ",         "\t",         "-",
	"--flag", "/",          "1",          "(",          ")",          "\"",
	".",      "\u00AD",     "\u0301",     "\u200D",     "\u200C",     "\uFE0F",
	"\uFE0E", "\u20E3",     "\u2764",     "\U0001F468", "\U0001F3FD", FAMILY,
	GERMANY,  "\n",         "\U0001F1E9", "\u6F22",     "\u5B57",     "\u3002",
	"\u0645", "\u094D",     "\u0915",     "\uAC00",     "\u1100",     "\u1161",
	"\u11A8", "\U000E0100", "\u0600",     "\xFF",       "\xE2\x82",   "\x1B",
	"\u202E", "\u00A0",     "\u3000",     "\U0001FAE8", "\u2028",     "\r",
};

static inline void random_text(struct buf *text, unsigned most)
{
	buf_clear(text);
	for (unsigned n = roll(most); n > 0; n--) {
		const char *piece = pieces[roll(sizeof(pieces) / sizeof(pieces[0]))];

		if (roll(16) == 0)
			buf_char(text, (char)roll(256));
		else
			buf_text(text, piece);
	}
}

#endif
