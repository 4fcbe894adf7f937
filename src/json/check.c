#include "proctor/json.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "priv.h"
#include "proctor/err.h"

const struct json_limits json_limits_file = { 64u << 20, 2000000, 32 };
const struct json_limits json_limits_line = { 64u << 10, 1000, 8 };

/* cJSON copies a number into 64 bytes and silently cuts what is longer. */
#define NUMBER_MAX 62

/* cJSON's own limit on depth is 1000, and this pass recurses. */
#define DEPTH_MAX 512

/* An object or array that is open, and where in it the pass is. */
struct frame {
	const struct frame *up;
	bool object, named;
	struct json_name name;
	size_t index;
};

struct check {
	const char *name, *from, *at, *end;
	const struct json_limits *limits;
	const struct json_sink *sink;
	const struct frame *frame;
	size_t depth, values;
	struct buf *starts;
	uint32_t line, line_at;
	struct json_names names;
	struct err *err;
};

static void add_path(struct buf *path, const struct frame *frame)
{
	if (!frame)
		return;
	add_path(path, frame->up);
	if (!frame->object)
		json_path_index(path, frame->index);
	else if (frame->named)
		json_path_name(path, frame->name.text, frame->name.len);
}

static bool complain(struct check *check, const char *at, const char *kind,
		     const char *format, va_list args)
	__attribute__((format(printf, 4, 0)));

static bool complain(struct check *check, const char *at, const char *kind,
		     const char *format, va_list args)
{
	size_t offset = (size_t)(at - check->from), path, line, column;
	struct buf text = BUF_INIT;

	add_path(&text, check->frame);
	if (text.len)
		buf_text(&text, ": ");
	path = text.len;
	buf_vprintf(&text, format, args);
	if (check->sink) {
		check->sink->take(check->sink->context,
				  &(struct json_fault){ check->name, kind,
							text.data + path, offset, NULL });
		err_set(check->err, ERR_INPUT, "%s: %s", check->name, text.data);
	} else {
		json_line_column(check->from, offset, &line, &column);
		err_set(check->err, ERR_INPUT, "%s:%zu:%zu: %s", check->name, line,
			column, text.data);
	}
	buf_release(&text);
	return false;
}

static bool fail(struct check *check, const char *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool fail(struct check *check, const char *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(check, at, "json-syntax", format, args);
	va_end(args);
	return false;
}

/* What leaves the grammar whole: with a sink the pass goes on behind it. */
static bool object_to(struct check *check, const char *at, const char *kind,
		      const char *format, ...) __attribute__((format(printf, 4, 5)));

static bool object_to(struct check *check, const char *at, const char *kind,
		      const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(check, at, kind, format, args);
	va_end(args);
	return check->sink != NULL;
}

/* "expected <what>, found <what stands there>" */
static bool unexpected(struct check *check, const char *expected)
{
	size_t left = (size_t)(check->end - check->at);
	size_t word = json_word(check->at, left);
	struct buf found = BUF_INIT;
	uint32_t code;

	if (!left)
		buf_text(&found, "the end");
	else if (word)
		json_quote(&found, check->at, word);
	else if (!json_utf8(check->at, left, &code))
		buf_printf(&found, "byte 0x%02X", (unsigned char)*check->at);
	else if (code > 0x20 && code < 0x7F)
		buf_printf(&found, "'%c'", (int)code);
	else
		buf_printf(&found, "U+%04X", (unsigned)code);
	fail(check, check->at, "expected %s, found %s", expected, found.data);
	buf_release(&found);
	return false;
}

/* Behind a line feed. */
static void begin_line(struct check *check)
{
	check->line++;
	check->line_at = (uint32_t)(check->at - check->from);
}

/* Eight bytes at a time, as one number. */
#define EACH(byte) (UINT64_C(0x0101010101010101) * (unsigned char)(byte))

static uint64_t load_eight(const char *at)
{
	uint64_t eight;

	memcpy(&eight, at, sizeof(eight));
	return eight;
}

/* Indentation is most of what is blank. */
static void skip_blanks(struct check *check)
{
	while (check->end - check->at >= 8 && load_eight(check->at) == EACH(' '))
		check->at += 8;
	while (check->at < check->end && (*check->at == ' ' || *check->at == '\n' ||
					  *check->at == '\t' || *check->at == '\r'))
		if (*check->at++ == '\n')
			begin_line(check);
}

static bool next_is(const struct check *check, char c)
{
	return check->at < check->end && *check->at == c;
}

static bool take(struct check *check, char c)
{
	if (!next_is(check, c))
		return false;
	check->at++;
	return true;
}

/* ---- Texts ---- */

static bool half_pair(struct check *check, const char *escape)
{
	return fail(check, escape,
		    "%.6s is half of a surrogate pair without the other half", escape);
}

static bool check_unicode(struct check *check, const char *escape)
{
	uint32_t code, low;

	if (!json_hex4(check->at, (size_t)(check->end - check->at), &code))
		return fail(check, escape, "\\u must be followed by four hex digits");
	check->at += 4;
	if (code == 0)
		return fail(check, escape, "\\u0000 is not allowed");
	if (code >= 0xDC00 && code <= 0xDFFF)
		return half_pair(check, escape);
	if (code < 0xD800 || code > 0xDBFF)
		return true;
	if (check->end - check->at < 6 || check->at[0] != '\\' || check->at[1] != 'u' ||
	    !json_hex4(check->at + 2, 4, &low) || low < 0xDC00 || low > 0xDFFF)
		return half_pair(check, escape);
	check->at += 6;
	return true;
}

static bool check_escape(struct check *check)
{
	const char *escape = check->at++;

	if (take(check, 'u'))
		return check_unicode(check, escape);
	if (check->at == check->end || !*check->at || !strchr("\"\\/bfnrt", *check->at)) {
		check->at = escape + 1;
		return unexpected(check, "one of \"\\/bfnrtu after a backslash");
	}
	check->at++;
	return true;
}

/* One character that is neither plain ASCII nor the closing quote. */
static bool check_special(struct check *check)
{
	unsigned char byte = (unsigned char)*check->at;
	uint32_t code;
	size_t len;

	if (byte == '\\')
		return check_escape(check);
	len = json_utf8(check->at, (size_t)(check->end - check->at), &code);
	if (byte < 0x20 &&
	    !object_to(check, check->at, "json-control",
		       "control character U+%04X in a string: write it as an escape",
		       byte))
		return false;
	if (!len && !object_to(check, check->at, "json-encoding",
			       "byte 0x%02X is not valid UTF-8 here", byte))
		return false;
	check->at += len ? len : 1;
	if (byte == '\n')
		begin_line(check);
	return true;
}

static bool is_plain(char c)
{
	return c >= 0x20 && c != '"' && c != '\\' && (unsigned char)c < 0x80;
}

/*
 * Are all eight plain? A byte below another has its first bit set in their difference,
 * and so has a byte that is equal to one, less 1, after the two are xored.
 */
static bool are_plain(uint64_t eight)
{
	uint64_t quote = eight ^ EACH('"'), backslash = eight ^ EACH('\\');

	return !((eight | (eight - EACH(0x20)) | (quote - EACH(1)) |
		  (backslash - EACH(1))) &
		 EACH(0x80));
}

/* From the opening quote to behind the closing one. */
static bool check_string(struct check *check)
{
	const char *opening = check->at++;

	for (;;) {
		while (check->end - check->at >= 8 && are_plain(load_eight(check->at)))
			check->at += 8;
		while (check->at < check->end && is_plain(*check->at))
			check->at++;
		if (check->at == check->end)
			return fail(check, opening, "string without a closing quote");
		if (take(check, '"'))
			return true;
		if (!check_special(check))
			return false;
	}
}

/* ---- Numbers and words ---- */

static bool take_digits(struct check *check)
{
	const char *first = check->at;

	while (check->at < check->end && *check->at >= '0' && *check->at <= '9')
		check->at++;
	return check->at > first;
}

static bool check_number(struct check *check)
{
	const char *first = check->at;

	take(check, '-');
	if (take(check, '0')) {
		if (take_digits(check))
			return fail(check, first, "number with a leading zero");
	} else if (!take_digits(check)) {
		return unexpected(check, "a digit after '-'");
	}
	if (take(check, '.') && !take_digits(check))
		return unexpected(check, "a digit after the decimal point");
	if (take(check, 'e') || take(check, 'E')) {
		if (!take(check, '+'))
			take(check, '-');
		if (!take_digits(check))
			return unexpected(check, "a digit in the exponent");
	}
	if (check->at - first > NUMBER_MAX)
		return fail(check, first,
			    "number of %td characters, at most %d are allowed",
			    check->at - first, NUMBER_MAX);
	return true;
}

static const char *const words[] = { "true", "false", "null" };

static bool check_word(struct check *check)
{
	size_t len = json_word(check->at, (size_t)(check->end - check->at));

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (len == strlen(words[i]) && memcmp(check->at, words[i], len) == 0) {
			check->at += len;
			return true;
		}
	}
	return unexpected(check, "a value");
}

/* ---- Objects and arrays ---- */

static bool check_value(struct check *check);

static bool check_name(struct check *check, struct frame *frame)
{
	const char *opening = check->at;

	frame->named = false;
	if (!next_is(check, '"'))
		return unexpected(check, "a name in double quotes");
	if (!check_string(check))
		return false;
	frame->name = json_names_add(&check->names, opening + 1,
				     (size_t)(check->at - opening - 2),
				     (size_t)(opening - check->from));
	frame->named = true;
	skip_blanks(check);
	if (!take(check, ':'))
		return unexpected(check, "':' after the name");
	skip_blanks(check);
	return true;
}

static bool check_elements(struct check *check, struct frame *frame)
{
	const char close = frame->object ? '}' : ']';

	skip_blanks(check);
	if (take(check, close))
		return true;
	for (;; frame->index++) {
		if (frame->object && !check_name(check, frame))
			return false;
		if (!check_value(check))
			return false;
		skip_blanks(check);
		if (take(check, close))
			return true;
		if (!take(check, ','))
			return unexpected(check,
					  frame->object ? "',' or '}'" : "',' or ']'");
		skip_blanks(check);
	}
}

static bool check_duplicates(struct check *check, struct frame *frame, size_t mark)
{
	struct json_name first, again;
	struct buf quoted = BUF_INIT;
	size_t line, column;
	bool ok;

	if (json_names_end(&check->names, mark, &first, &again))
		return true;
	frame->named = false;
	json_quote(&quoted, again.text, again.len);
	json_line_column(check->from, first.at, &line, &column);
	ok = object_to(check, check->from + again.at, "json-duplicate-name",
		       "duplicate name %s, first at %zu:%zu", quoted.data, line, column);
	buf_release(&quoted);
	return ok;
}

static bool check_container(struct check *check)
{
	struct frame frame = { .up = check->frame, .object = next_is(check, '{') };
	size_t mark = check->names.count;
	bool ok;

	if (check->depth == check->limits->depth)
		return fail(check, check->at, "nested deeper than %zu levels",
			    check->limits->depth);
	check->at++;
	check->depth++;
	check->frame = &frame;
	ok = check_elements(check, &frame) && check_duplicates(check, &frame, mark);
	check->frame = frame.up;
	check->depth--;
	return ok;
}

/* There are as many as values, so this is in line. */
static inline void add_start(struct buf *starts, const struct json_start *start)
{
	if (starts->size - starts->len <= sizeof(*start))
		buf_space(starts, sizeof(*start));
	memcpy(starts->data + starts->len, start, sizeof(*start));
	starts->len += sizeof(*start);
}

static bool check_value(struct check *check)
{
	struct json_start start = { (uint32_t)(check->at - check->from), check->line,
				    check->line_at };

	if (check->at == check->end)
		return unexpected(check, "a value");
	if (check->values == check->limits->values)
		return fail(check, check->at, "more than %zu values",
			    check->limits->values);
	check->values++;
	if (check->starts)
		add_start(check->starts, &start);
	if (*check->at == '{' || *check->at == '[')
		return check_container(check);
	if (*check->at == '"')
		return check_string(check);
	if (*check->at == '-' || (*check->at >= '0' && *check->at <= '9'))
		return check_number(check);
	return check_word(check);
}

static bool check_document(struct check *check)
{
	size_t len = (size_t)(check->end - check->from);

	if (len > check->limits->bytes)
		return err_set(check->err, ERR_INPUT, "%s: larger than %zu bytes",
			       check->name, check->limits->bytes);
	if (len >= 2 && (memcmp(check->from, "\xFF\xFE", 2) == 0 ||
			 memcmp(check->from, "\xFE\xFF", 2) == 0)) {
		object_to(check, check->from, "json-encoding",
			  "is UTF-16: save it as UTF-8");
		return false;
	}
	if (len >= 3 && memcmp(check->from, "\xEF\xBB\xBF", 3) == 0) {
		if (!object_to(check, check->from, "json-encoding",
			       "begins with a byte order mark: save it without one"))
			return false;
		check->at += 3;
	}
	skip_blanks(check);
	if (!check_value(check))
		return false;
	skip_blanks(check);
	if (check->at < check->end)
		return unexpected(check, "nothing more after the document");
	return true;
}

bool json_scan(const char *name, const char *bytes, size_t len,
	       const struct json_limits *limits, const struct json_sink *sink,
	       struct buf *starts, size_t *values, struct err *err)
{
	const char *from = bytes ? bytes : "";
	struct check check = { .name = name,
			       .from = from,
			       .at = from,
			       .end = from + len,
			       .limits = limits,
			       .sink = sink,
			       .starts = starts,
			       .line = 1,
			       .names = JSON_NAMES_INIT,
			       .err = err };
	bool ok;

	assert(limits->depth <= DEPTH_MAX && limits->bytes < UINT32_MAX);
	ok = check_document(&check);
	json_names_release(&check.names);
	if (ok)
		*values = check.values;
	return ok;
}

bool json_check(const char *name, const char *bytes, size_t len,
		const struct json_limits *limits, size_t *values, struct err *err)
{
	return json_scan(name, bytes, len, limits, NULL, NULL, values, err);
}
