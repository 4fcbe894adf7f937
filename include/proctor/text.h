#ifndef PROCTOR_TEXT_H
#define PROCTOR_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;

/*
 * Text from outside: checked, made safe to show, measured and wrapped. All text
 * is UTF-8 with a length; nothing here needs a locale.
 *
 * The only way bank text, file names, key comments or anything else not from
 * our own source reaches a terminal or a log is text_safe().
 */

/* Well-formed UTF-8 as in RFC 3629: no overlong forms, no surrogates. */
bool text_valid(const char *text, size_t len);

/*
 * Appends text made harmless: control characters as ^X, invalid bytes as <FF>,
 * and bidi, zero-width, private-use and other invisible characters as <U+202E>.
 * Line feed and tab pass; a zero-width joiner or variation selector passes only
 * inside an emoji, or with letters of a script that needs it. What is appended is
 * valid UTF-8, and safe next to other text made safe.
 */
void text_safe(struct buf *out, const char *text, size_t len);

/* The same on one line: line feed and tab become a space. */
void text_safe_line(struct buf *out, const char *text, size_t len);

/* True when text_safe() would leave the text as it is. */
bool text_is_safe(const char *text, size_t len);

/* Appends valid text in normal form C, in which "é" is one character; true if it was. */
bool text_nfc(struct buf *out, const char *text, size_t len);

/* Appends valid text as it is compared in searching: without regard to the case of its
 * letters, and with everything that only looks different (NFKC) made the same. */
void text_fold(struct buf *out, const char *text, size_t len);

/* Is this code point one that text_safe() replaces when it stands alone? */
bool text_hidden(unsigned code_point);

/*
 * Terminal columns taken by the text, by grapheme cluster: a cluster is as wide
 * as its widest character, 2 with an emoji variation selector. Safe text without
 * line feeds is expected; a tab counts as one blank, and is for the caller to expand.
 */
size_t text_width(const char *text, size_t len);

/* Length in bytes of the first grapheme cluster; 0 only when len is 0. */
size_t text_cluster(const char *text, size_t len);

/* One line of wrapped text: bytes [from, to), blanks at the break left out. */
struct text_line {
	size_t from, to;
};

/*
 * Wraps at the break opportunities of UAX 14 so that no line is wider than
 * columns (>= 1); a word wider than that is cut between grapheme clusters. A line
 * feed always breaks; empty lines are kept. Returns the number of lines, at least
 * 1; they lie in the arena.
 */
size_t text_wrap(const char *text, size_t len, size_t columns, struct arena *arena,
		 struct text_line **lines);

#endif
