#ifndef JSON_PRIV_H
#define JSON_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/json.h"

struct cJSON;

/* ---- The strict pass ---- */

/* Where a value begins, and its line: from 1, and where that begins. */
struct json_start {
	uint32_t at, line, line_at;
};

/*
 * Checks the bytes and, where starts is not NULL, appends to it one struct json_start a
 * value, in the order of the document. That is the order in
 * which a walk meets the values of the tree, parents first. With a sink, what leaves the
 * grammar whole (names that stand twice, bytes that are no UTF-8) is only told.
 */
bool json_scan(const char *name, const char *bytes, size_t len,
	       const struct json_limits *limits, const struct json_sink *sink,
	       struct buf *starts, size_t *values, struct err *err);

/* A member's name, escapes resolved, and where in the document it stands. */
struct json_name {
	const char *text;
	size_t len, at;
};

/*
 * The names of all objects that are open at this point of the pass, innermost last.
 * An object remembers the count when it began; its names are those behind that mark.
 */
struct json_names {
	struct buf list; /* of struct json_name */
	size_t count;
	struct arena decoded;
};

#define JSON_NAMES_INIT                 \
	{                               \
		BUF_INIT, 0, ARENA_INIT \
	}

/* Adds the name whose source, without quotes and already checked, is given. */
struct json_name json_names_add(struct json_names *names, const char *source, size_t len,
				size_t at);

/* Takes the names behind mark away; false if one stands there twice: the first pair. */
bool json_names_end(struct json_names *names, size_t mark, struct json_name *first,
		    struct json_name *again);
void json_names_release(struct json_names *names);

/* ---- The tree ---- */

/*
 * One for each value of cJSON's tree, in the order of the document. Exact is true for a
 * number whose text denotes an integer within +-2^53, however it is written.
 */
struct json {
	const struct cJSON *node;
	const struct json *parent, *next;
	struct json_start start;
	uint32_t index : 31; /* in its parent */
	uint32_t exact : 1;
};

struct json_doc {
	struct arena arena;
	const char *name, *bytes;
	size_t len;
	const struct json_sink *sink; /* or NULL */
	struct cJSON *tree;
	struct json *values;
	size_t count;
};

/* ---- Shared small things ---- */

/* Length of the well-formed UTF-8 sequence at bytes, its code point; 0 if there is none.
 */
size_t json_utf8(const char *bytes, size_t len, uint32_t *code);

/* Appends one code point as UTF-8. */
void json_utf8_add(struct buf *out, uint32_t code);

/* Four hex digits. */
bool json_hex4(const char *digits, size_t len, uint32_t *number);

/* Line and column, from 1, of a place in the bytes. */
void json_line_column(const char *bytes, size_t at, size_t *line, size_t *column);

/* Appends a step of a path: .name or ["odd name"], and [index]. */
void json_path_name(struct buf *path, const char *name, size_t len);
void json_path_index(struct buf *path, size_t index);

/* Appends text in quotes, escaped as the writer does, cut after some 40 characters. */
void json_quote(struct buf *out, const char *text, size_t len);

/* Length of the run of letters, digits and signs that starts at bytes. */
size_t json_word(const char *bytes, size_t len);

#endif
