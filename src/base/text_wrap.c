#include "proctor/text.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uniwidth.h>

#include "priv.h"
#include "proctor/arena.h"

#define EMOJI_SELECTOR 0xFE0F

/* A grapheme cluster: its length in bytes and its columns. */
struct cluster {
	size_t len, columns;
};

/*
 * What UAX 29 wants remembered of a cluster while it grows. The library's own
 * u8_grapheme_next() looks at neighbouring pairs alone, and so cuts emoji families and
 * runs flags together.
 */
struct growing {
	int last;      /* break property of the last character */
	bool picture;  /* a picture and what extends it, nothing else, up to here */
	bool sequence; /* ... and a joiner behind it */
	bool flag;     /* two regional indicators: complete */
};

static bool is_picture(unsigned code_point)
{
	return code_point >= 0xA9 && uc_is_property_extended_pictographic(code_point);
}

/* GB6 to GB8: the parts of a Hangul syllable. */
static bool same_syllable(int before, int after)
{
	if (before == GBP_L)
		return after == GBP_L || after == GBP_V || after == GBP_LV ||
		       after == GBP_LVT;
	if (before == GBP_LV || before == GBP_V)
		return after == GBP_V || after == GBP_T;
	return (before == GBP_LVT || before == GBP_T) && after == GBP_T;
}

static bool is_control(int property)
{
	return property == GBP_CR || property == GBP_LF || property == GBP_CONTROL;
}

/* UAX 29, GB4 to GB13, with what stands before in `g`; a line feed stands alone. */
static bool belongs(const struct growing *g, int property, unsigned code_point)
{
	if (is_control(g->last) || is_control(property))
		return false;
	if (property == GBP_EXTEND || property == GBP_ZWJ ||
	    property == GBP_SPACINGMARK || g->last == GBP_PREPEND)
		return true;
	if (g->last == GBP_RI && property == GBP_RI)
		return !g->flag;
	return same_syllable(g->last, property) ||
	       (g->sequence && is_picture(code_point));
}

static void grow(struct growing *g, int property, unsigned code_point)
{
	g->sequence = g->picture && property == GBP_ZWJ;
	g->picture = is_picture(code_point) || (g->picture && property == GBP_EXTEND);
	g->flag = g->last == GBP_RI && property == GBP_RI;
	g->last = property;
}

/*
 * A picture the library does not know yet is taken to be as wide as its kin. Controls
 * do not occur in safe text, save the tab.
 */
static size_t character_columns(unsigned code_point)
{
	int columns;

	if (code_point == '\t')
		return 1;
	columns = uc_width(code_point, "UTF-8");
	if (columns == 1 && is_picture(code_point) &&
	    uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_Cn))
		return 2;
	return columns < 0 ? 0 : (size_t)columns;
}

static bool is_plain(const char *text, size_t len)
{
	return text[0] >= 0x20 && text[0] < 0x7F &&
	       (len == 1 || (unsigned char)text[1] < 0x80);
}

/* The first cluster of text that is not empty; a malformed byte is one of one column. */
static struct cluster first_cluster(const char *text, size_t len)
{
	struct growing g = { GBP_OTHER, false, false, false };
	struct cluster cluster = { 1, 1 };
	unsigned code_point;
	size_t size;

	if (is_plain(text, len))
		return cluster;
	size = text_decode(text, len, &code_point);
	if (!size)
		return cluster;
	cluster = (struct cluster){ 0, 0 };
	for (int property = uc_graphemeclusterbreak_property(code_point); size > 0;) {
		size_t columns = character_columns(code_point);

		grow(&g, property, code_point);
		if (g.flag || code_point == EMOJI_SELECTOR)
			columns = 2;
		if (columns > cluster.columns)
			cluster.columns = columns;
		cluster.len += size;
		size = text_decode(text + cluster.len, len - cluster.len, &code_point);
		if (!size)
			break;
		property = uc_graphemeclusterbreak_property(code_point);
		if (!belongs(&g, property, code_point))
			break;
	}
	return cluster;
}

size_t text_cluster(const char *text, size_t len)
{
	return len ? first_cluster(text, len).len : 0;
}

size_t text_width(const char *text, size_t len)
{
	size_t columns = 0;

	for (size_t i = 0; i < len;) {
		struct cluster cluster = first_cluster(text + i, len - i);

		columns += cluster.columns;
		i += cluster.len;
	}
	return columns;
}

/* The lines found so far. */
struct lines {
	struct text_line *at;
	size_t count, size;
};

static void add_line(struct lines *lines, size_t from, size_t to)
{
	if (lines->count == lines->size) {
		lines->size = lines->size ? lines->size * 2 : 16;
		lines->at = base_memory(lines->at, lines->size * sizeof(*lines->at));
	}
	lines->at[lines->count++] = (struct text_line){ from, to };
}

/*
 * One line being filled. `ink` is the end of the last cluster that is no blank. What
 * stands behind the last break opportunity is carried over to the next line when the
 * line is full; its width is known by then, so that nothing is measured twice.
 */
struct filling {
	size_t from, ink, columns;
	bool may_break;
	size_t break_at, break_ink, break_columns;
};

static struct filling start_line(size_t from)
{
	return (struct filling){ .from = from, .ink = from };
}

/* Ends the line where it may be, or else in front of the cluster at `at`. */
static void end_line(struct lines *lines, struct filling *f, size_t at)
{
	struct filling next = start_line(f->may_break ? f->break_at : at);
	size_t to = f->may_break ? f->break_ink : f->ink;

	if (f->may_break) {
		next.ink = f->ink;
		next.columns = f->columns - f->break_columns;
	}
	if (to > f->from)
		add_line(lines, f->from, to);
	*f = next;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * Within a word of ASCII the library would part "ml.m5.xlarge", "e.g." and "C++" (it
 * lacks LB29), so only these may end a line. A hyphen may not where it begins the word
 * (LB20a of newer editions): the dashes of an option stay with its name.
 */
static bool parts_word(const char *text, size_t from, size_t at)
{
	size_t i = at;

	if (is_blank(text[at - 1]) || (unsigned char)(text[at - 1] | text[at]) >= 0x80)
		return true;
	while (i > from && text[i - 1] == '-')
		i--;
	if (i < at)
		return i > from && !is_blank(text[i - 1]);
	return strchr("/?|", text[at - 1]) != NULL;
}

/* Text between line feeds; breaks[i] tells whether a line may end before byte i. */
static void wrap_paragraph(const char *text, struct text_line paragraph, size_t columns,
			   const char *breaks, struct lines *lines)
{
	struct filling f = start_line(paragraph.from);
	bool after_blank = false;
	size_t i, len;

	for (i = paragraph.from; i < paragraph.to; i += len) {
		struct cluster c = first_cluster(text + i, paragraph.to - i);
		bool blank = c.len == 1 && is_blank(text[i]);
		bool here = i > f.from &&
			    (after_blank || breaks[i] == UC_BREAK_POSSIBLE) &&
			    parts_word(text, paragraph.from, i);

		len = c.len;
		after_blank = blank && (after_blank || here);
		if (!blank && here) {
			f.may_break = true;
			f.break_at = i;
			f.break_ink = f.ink;
			f.break_columns = f.columns;
		}
		while (!blank && f.columns + c.columns > columns && i > f.from)
			end_line(lines, &f, i);
		f.columns += c.columns;
		if (!blank)
			f.ink = i + len;
	}
	add_line(lines, f.from, f.ink);
}

size_t text_wrap(const char *text, size_t len, size_t columns, struct arena *arena,
		 struct text_line **lines)
{
	char *breaks = base_memory(NULL, len);
	struct lines found = { NULL, 0, 0 };
	size_t from = 0;

	assert(columns >= 1);
	u8_possible_linebreaks((const uint8_t *)text, len, "UTF-8", breaks);
	for (;;) {
		const char *feed = from < len ? memchr(text + from, '\n', len - from)
					      : NULL;
		size_t to = feed ? (size_t)(feed - text) : len;

		wrap_paragraph(text, (struct text_line){ from, to }, columns, breaks,
			       &found);
		if (!feed)
			break;
		from = to + 1;
	}
	*lines = ARENA_ARRAY(arena, found.count, struct text_line);
	memcpy(*lines, found.at, found.count * sizeof(**lines));
	free(found.at);
	free(breaks);
	return found.count;
}
