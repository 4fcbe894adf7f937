#ifndef PROCTOR_JSON_H
#define PROCTOR_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct err;

/*
 * JSON, read strictly and written plainly.
 *
 * Reading: one pass of our own checks the bytes against RFC 8259 and more (valid
 * UTF-8, no duplicate names, no \u0000, limits on size, depth and number of
 * values) and notes where each value begins; only then cJSON builds the tree.
 * The two agree on the number of values or the document is refused. Every later
 * complaint about a value is given its place as "name:line:column", lines and
 * columns from 1, columns in characters.
 *
 * A document owns its values and their texts; they live until json_free().
 */
struct json;     /* a value */
struct json_doc; /* a document */

enum json_kind {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json_limits {
	size_t bytes, values, depth;
};

extern const struct json_limits json_limits_file; /* 64 MiB, 2 M values, depth 32 */
extern const struct json_limits json_limits_line; /* 64 KiB, 1 k values, depth 8 */

/* The strict pass alone: what fuzzing compares with cJSON, and what counts values. */
bool json_check(const char *name, const char *bytes, size_t len,
		const struct json_limits *limits, size_t *values, struct err *err);

/* The name is what messages call the document; it is copied, the bytes are not kept
 * beyond the document's life: they must outlive it. */
bool json_open(const char *name, const char *bytes, size_t len,
	       const struct json_limits *limits, struct json_doc **doc, struct err *err);
void json_free(struct json_doc *doc);

/*
 * A document that would make too large a tree: an object of a few members, checked whole
 * and then opened in parts. Texts and bytes are borrowed and must outlive it. A name that
 * is written with escapes is left as it is written.
 */
#define JSON_PARTS_MAX 16

struct json_part {
	const char *name; /* of a member; NULL in an array */
	const char *bytes;
	size_t len;
};

struct json_parts {
	const char *name;
	struct json_part at[JSON_PARTS_MAX];
	size_t count;
};

bool json_parts_open(const char *name, const char *bytes, size_t len,
		     const struct json_limits *limits, struct arena *arena,
		     struct json_parts *parts, struct err *err);
const struct json_part *json_parts_find(const struct json_parts *parts,
					const char *name); /* or NULL */

/* Opens each element, or each member of an object with its name, in turn, and hands it
 * over until that fails. Messages call it "NAME, PART 3", counted from 1. */
typedef bool json_take_part(void *context, const char *name, const struct json_doc *doc,
			    struct err *err);

bool json_parts_each(const struct json_parts *parts, const struct json_part *part,
		     json_take_part *take, void *context, struct err *err);

const struct json *json_root(const struct json_doc *doc);
enum json_kind json_kind(const struct json *value);
const char *json_name(const struct json *value); /* of a member; NULL in an array */
const char *json_text(const struct json *value); /* a string's text, else NULL */
bool json_integer(const struct json *value, int64_t *number); /* false: not one */

/* A number in thousandths: 1.8 is 1800. False: not one, too large, or finer than that. */
bool json_thousandths(const struct json *value, int64_t *number);
size_t json_count(const struct json *value); /* members or elements */
const struct json *json_first(const struct json *value);
const struct json *json_next(const struct json *value);
const struct json *json_member(const struct json *object, const char *name);

#define json_each(item, of) \
	for (const struct json *item = json_first(of); item; item = json_next(item))

/*
 * A reader stops at the first complaint. With a sink every complaint is also handed to
 * the sink, and reading goes on: what is right is kept beside what is wrong, and the
 * reader still returns false in the end. That is how a linter tells everything in one
 * run without a second parser. A grammar error of JSON ends the document all the same.
 */
struct json_fault {
	const char *document; /* its name */
	const char *kind;     /* a stable name for programs: "unknown-field" */
	const char *text;     /* the message, without place and path */
	size_t at;            /* offset in the bytes */
	const char *pointer;  /* to the value that begins there; NULL: it is no value */
};

struct json_sink {
	void (*take)(void *context, const struct json_fault *fault);
	void *context;
};

/*
 * The sink must outlive the document. With one, the texts that json_read() stores are the
 * document's own, not copies. NULL: the same as json_open().
 */
bool json_open_with(const char *name, const char *bytes, size_t len,
		    const struct json_limits *limits, const struct json_sink *sink,
		    struct json_doc **doc, struct err *err);
bool json_goes_on(const struct json_doc *doc); /* it has a sink */

/* json_error() with a kind; json_error() itself says "malformed". */
bool json_fault(const struct json_doc *doc, const struct json *value, const char *kind,
		struct err *err, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

size_t json_index(const struct json *value);  /* in its array or object, from 0 */
size_t json_offset(const struct json *value); /* where its bytes begin */
size_t json_offset_in(const struct json_doc *doc, const struct json *text,
		      size_t bytes); /* where this byte of a string's text is written */
void json_pointer(const struct json *value, struct buf *out); /* RFC 6901 */

/* Of the value's line: where it begins in the bytes, and the column of a byte of it. */
size_t json_line_at(const struct json *value);
size_t json_column(const struct json_doc *doc, const struct json *value, size_t at);

/* Line and column, from 1, of places that only move forward; begin with all 0. */
struct json_cursor {
	size_t line_at, line; /* where the line begins; lines before it */
};
void json_cursor_to(struct json_cursor *cursor, const char *bytes, size_t at,
		    size_t *line, size_t *column);

/* The one of a NULL-ended list that was most likely meant by a misspelt word, or NULL. */
const char *json_did_you_mean(const char *word, const char *const *candidates);

const char *json_document(const struct json_doc *doc); /* its name */

/* Where a value (for a member: its value) begins. */
void json_place(const struct json_doc *doc, const struct json *value, size_t *line,
		size_t *column);

/* Fills err (ERR_INPUT) with "name:line:column: path: message"; returns false. The path
 * is the way to the value, as in questions[3].options[0].text. */
bool json_error(const struct json_doc *doc, const struct json *value, struct err *err,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/*
 * An object read into a struct by a table, one row a field (64 at most), ended by a row
 * with a NULL name. A field not in the table is an error (with "did you mean"), so is a
 * required one that is missing, a wrong kind, or a value out of [min, max].
 *
 *	field kind		what the struct has at offset
 *	JSON_FIELD_TEXT		const char *; min and max count characters
 *	JSON_FIELD_TEXTS	struct json_texts; min and max count elements
 *	JSON_FIELD_INTEGER	int64_t; min and max are the range
 *	JSON_FIELD_BOOL		bool
 *	JSON_FIELD_CHOICE	int, the index in names (NULL-ended)
 *	JSON_FIELD_ARRAY	const struct json *; min and max count elements
 *	JSON_FIELD_OBJECT	const struct json *
 *
 * max 0 means no upper bound. A field that is absent, or null where JSON_NULLABLE, leaves
 *the struct as it was. Texts are copied into the arena.
 */
enum json_field_kind {
	JSON_FIELD_TEXT,
	JSON_FIELD_TEXTS,
	JSON_FIELD_INTEGER,
	JSON_FIELD_BOOL,
	JSON_FIELD_CHOICE,
	JSON_FIELD_ARRAY,
	JSON_FIELD_OBJECT,
};

enum json_flags { JSON_OPTIONAL = 1, JSON_NULLABLE = 2 };

struct json_texts {
	const char **at;
	size_t count;
};

struct json_field {
	const char *name;
	enum json_field_kind kind;
	size_t offset;
	unsigned flags;
	int64_t min, max;
	const char *const *names;
};

bool json_read(const struct json_doc *doc, const struct json *object,
	       const struct json_field *fields, struct arena *arena, void *into,
	       struct err *err);

/*
 * Writing, straight into a buffer. The name is NULL in an array. Control, C1 and
 * invisible characters are escaped, so that a document shown in a terminal is
 * harmless; invalid UTF-8 becomes U+FFFD. With `pretty`, two blanks a level.
 */
#define JSON_OUT_DEPTH 64 /* a document of a file, whole, inside another */

struct json_out {
	struct buf *buf;
	bool pretty;
	size_t depth;
	bool filled[JSON_OUT_DEPTH];
};

#define JSON_OUT(buffer, is_pretty) \
	((struct json_out){ (buffer), (is_pretty), 0, { false } })

void json_out_object(struct json_out *out, const char *name);
void json_out_array(struct json_out *out, const char *name);
void json_out_end(struct json_out *out, char bracket); /* '}' or ']' */
void json_out_text(struct json_out *out, const char *name,
		   const char *text); /* NULL: null */
void json_out_integer(struct json_out *out, const char *name, int64_t number);
void json_out_real(struct json_out *out, const char *name, double number, int decimals);
void json_out_bool(struct json_out *out, const char *name, bool truth);
void json_out_null(struct json_out *out, const char *name);
void json_out_value(struct json_out *out, const char *name, const struct json *value);

#endif
