#include "proctor/json.h"

#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "priv.h"
#include "proctor/err.h"

/*
 * cJSON's tree is made in one go and freed in one go: it is in the arena of the document
 * that this thread is opening, and there is nothing for cJSON_Delete() to do.
 */
static _Thread_local struct arena *tree_arena;

static void *take_memory(size_t size)
{
	return arena_alloc(tree_arena, size);
}

static void leave_memory(void *piece)
{
	(void)piece;
}

static const struct kind {
	int type; /* cJSON's */
	enum json_kind kind;
	const char *starts; /* characters such a value may begin with */
} kinds[] = {
	{ cJSON_String, JSON_STRING, "\"" }, { cJSON_Number, JSON_NUMBER, "-0123456789" },
	{ cJSON_Object, JSON_OBJECT, "{" },  { cJSON_Array, JSON_ARRAY, "[" },
	{ cJSON_True, JSON_TRUE, "t" },      { cJSON_False, JSON_FALSE, "f" },
	{ cJSON_NULL, JSON_NULL, "n" },
};

static const struct kind *find_kind(const cJSON *node)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].type == (node->type & 0xFF))
			return &kinds[i];
	return NULL;
}

/* ---- Numbers ---- */

/* A number's text taken apart: digits (without the point) times ten to the exponent. */
struct decimal {
	char digits[64];
	size_t count;
	long exponent;
};

static void take_apart(const char *text, size_t len, struct decimal *decimal)
{
	bool fraction = false;
	size_t i = text[0] == '-';

	*decimal = (struct decimal){ .count = 0 };
	for (; i < len && text[i] != 'e' && text[i] != 'E'; i++) {
		if (text[i] == '.') {
			fraction = true;
			continue;
		}
		if (decimal->count || text[i] != '0')
			decimal->digits[decimal->count++] = text[i];
		decimal->exponent -= fraction;
	}
	if (i < len) {
		char exponent[64] = "";
		long power;

		memcpy(exponent, text + i + 1, len - i - 1);
		power = strtol(exponent, NULL, 10);
		decimal->exponent += power > 1000 ? 1000 : power < -1000 ? -1000 : power;
	}
	while (decimal->count && decimal->digits[decimal->count - 1] == '0') {
		decimal->count--;
		decimal->exponent++;
	}
}

/*
 * A double has forgotten whether the text said 2^53 or 2^53+1, or 1 or 1 and a
 * hair, so the text is asked.
 */
static bool is_exact(const char *text, size_t len)
{
	struct decimal decimal;
	uint64_t sum = 0;

	take_apart(text, len, &decimal);
	if (!decimal.count)
		return true;
	if (decimal.exponent < 0 || (long)decimal.count + decimal.exponent > 16)
		return false;
	for (size_t i = 0; i < decimal.count; i++)
		sum = sum * 10 + (uint64_t)(decimal.digits[i] - '0');
	for (long i = 0; i < decimal.exponent; i++)
		sum *= 10;
	return sum <= UINT64_C(1) << 53;
}

/* ---- Opening ---- */

/* Puts our values beside cJSON's, one for one. */
struct pairing {
	struct json_doc *doc;
	const struct buf *starts;
	size_t used;
	const struct json *infinite; /* a number no double can hold, or NULL */
};

static bool pair_value(struct pairing *pairing, const cJSON *node, struct json *value)
{
	const struct json_doc *doc = pairing->doc;
	size_t k = (size_t)(value - doc->values);
	const struct kind *kind = find_kind(node);

	memcpy(&value->start, pairing->starts->data + k * sizeof(value->start),
	       sizeof(value->start));
	value->node = node;
	if (!kind || (kind->starts[0] != doc->bytes[value->start.at] &&
		      !strchr(kind->starts, doc->bytes[value->start.at])))
		return false;
	if (kind->kind != JSON_NUMBER)
		return true;
	if (!isfinite(node->valuedouble) && !pairing->infinite)
		pairing->infinite = value;
	value->exact = is_exact(
		doc->bytes + value->start.at,
		json_word(doc->bytes + value->start.at, doc->len - value->start.at));
	return true;
}

static struct json *pair(struct pairing *pairing, const cJSON *node,
			 const struct json *parent)
{
	struct json *value, *last = NULL;
	uint32_t index = 0;

	if (pairing->used == pairing->doc->count)
		return NULL;
	value = &pairing->doc->values[pairing->used++];
	value->parent = parent;
	if (!pair_value(pairing, node, value))
		return NULL;
	for (const cJSON *child = node->child; child; child = child->next) {
		struct json *next = pair(pairing, child, value);

		if (!next)
			return NULL;
		next->index = index++ & INT32_MAX;
		if (last)
			last->next = next;
		last = next;
	}
	return value;
}

static bool only_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n'))
		at++;
	return at == end;
}

/* What the strict pass let through, cJSON must see exactly as the pass did. */
static bool build(struct json_doc *doc, const struct buf *starts, struct err *err)
{
	struct pairing pairing = { .doc = doc, .starts = starts };
	const char *end = NULL;

	tree_arena = &doc->arena;
	doc->tree = cJSON_ParseWithLengthOpts(doc->bytes, doc->len, &end, 0);
	tree_arena = NULL;
	if (!doc->tree || !end || !only_blanks(end, doc->bytes + doc->len) ||
	    !pair(&pairing, doc->tree, NULL) || pairing.used != doc->count)
		return err_set(err, ERR_INPUT,
			       "%s: the two JSON readers disagree about this document: "
			       "please report it",
			       doc->name);
	if (pairing.infinite)
		return json_error(doc, pairing.infinite, err, "number is too large");
	return true;
}

static struct json_doc *new_doc(const char *name, const char *bytes, size_t len,
				size_t count)
{
	struct arena arena = ARENA_INIT;
	struct json_doc *doc = ARENA_NEW(&arena, struct json_doc);

	doc->name = arena_text(&arena, name);
	doc->bytes = bytes;
	doc->len = len;
	doc->values = ARENA_ARRAY(&arena, count, struct json);
	doc->count = count;
	doc->arena = arena;
	return doc;
}

bool json_open(const char *name, const char *bytes, size_t len,
	       const struct json_limits *limits, struct json_doc **doc, struct err *err)
{
	return json_open_with(name, bytes, len, limits, NULL, doc, err);
}

static void set_hooks(void)
{
	cJSON_Hooks hooks = { take_memory, leave_memory };

	cJSON_InitHooks(&hooks);
}

bool json_open_with(const char *name, const char *bytes, size_t len,
		    const struct json_limits *limits, const struct json_sink *sink,
		    struct json_doc **doc, struct err *err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct buf starts = BUF_INIT;
	struct json_doc *opened = NULL;
	size_t count;
	bool ok = false;

	pthread_once(&once, set_hooks);
	if (!json_scan(name, bytes, len, limits, sink, &starts, &count, err))
		goto out;
	opened = new_doc(name, bytes, len, count);
	opened->sink = sink;
	if (!build(opened, &starts, err))
		goto out;
	*doc = opened;
	opened = NULL;
	ok = true;
out:
	json_free(opened);
	buf_release(&starts);
	return ok;
}

void json_free(struct json_doc *doc)
{
	struct arena arena;

	if (!doc)
		return;
	arena = doc->arena;
	arena_release(&arena);
}

/* ---- Looking ---- */

const char *json_document(const struct json_doc *doc)
{
	return doc->name;
}

const struct json *json_root(const struct json_doc *doc)
{
	return doc->values;
}

enum json_kind json_kind(const struct json *value)
{
	return find_kind(value->node)->kind;
}

const char *json_name(const struct json *value)
{
	return value->node->string;
}

const char *json_text(const struct json *value)
{
	return cJSON_IsString(value->node) ? value->node->valuestring : NULL;
}

bool json_integer(const struct json *value, int64_t *number)
{
	if (!value->exact)
		return false;
	*number = (int64_t)value->node->valuedouble;
	return true;
}

bool json_thousandths(const struct json *value, int64_t *number)
{
	double scaled = cJSON_IsNumber(value->node) ? value->node->valuedouble * 1000
						    : (double)NAN;

	/* What the file said in decimals is near a whole number, not quite at it. */
	if (!(fabs(scaled) <= 1e12) || fabs(scaled - nearbyint(scaled)) > 1e-6)
		return false;
	*number = (int64_t)nearbyint(scaled);
	return true;
}

const struct json *json_first(const struct json *value)
{
	/* The values lie in the order of the document: a first child is next to it. */
	return value && value->node->child ? value + 1 : NULL;
}

const struct json *json_next(const struct json *value)
{
	return value->next;
}

size_t json_count(const struct json *value)
{
	size_t count = 0;

	json_each (item, value)
		count++;
	return count;
}

const struct json *json_member(const struct json *object, const char *name)
{
	json_each (member, object)
		if (member->node->string && member->node->string[0] == name[0] &&
		    strcmp(member->node->string, name) == 0)
			return member;
	return NULL;
}

/* ---- Complaining ---- */

static void add_path(struct buf *path, const struct json *value)
{
	if (!value->parent)
		return;
	add_path(path, value->parent);
	if (value->node->string) {
		json_path_name(path, value->node->string, strlen(value->node->string));
		return;
	}
	json_path_index(path, value->index);
}

void json_place(const struct json_doc *doc, const struct json *value, size_t *line,
		size_t *column)
{
	*line = value->start.line;
	*column = json_column(doc, value, value->start.at);
}

bool json_goes_on(const struct json_doc *doc)
{
	return doc->sink != NULL;
}

/* With a sink there may be thousands, and the place of each is the sink's to find. */
static void complain(const struct json_doc *doc, const struct json *value,
		     const char *kind, struct err *err, const char *format, va_list args)
	__attribute__((format(printf, 5, 0)));

static void complain(const struct json_doc *doc, const struct json *value,
		     const char *kind, struct err *err, const char *format, va_list args)
{
	struct buf text = BUF_INIT, pointer = BUF_INIT;
	size_t line, column, path;

	add_path(&text, value);
	if (text.len)
		buf_text(&text, ": ");
	path = text.len;
	buf_vprintf(&text, format, args);
	if (doc->sink) {
		json_pointer(value, &pointer);
		doc->sink->take(doc->sink->context,
				&(struct json_fault){ doc->name, kind, text.data + path,
						      value->start.at, pointer.data });
		err_set(err, ERR_INPUT, "%s: %s", doc->name, text.data);
	} else {
		json_place(doc, value, &line, &column);
		err_set(err, ERR_INPUT, "%s:%zu:%zu: %s", doc->name, line, column,
			text.data);
	}
	buf_release(&pointer);
	buf_release(&text);
}

bool json_error(const struct json_doc *doc, const struct json *value, struct err *err,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(doc, value, "malformed", err, format, args);
	va_end(args);
	return false;
}

bool json_fault(const struct json_doc *doc, const struct json *value, const char *kind,
		struct err *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(doc, value, kind, err, format, args);
	va_end(args);
	return false;
}
