#include <string.h>

#include "priv.h"
#include "proctor/err.h"

/*
 * The bytes are known to be JSON without fault, and every part lies within brackets: so
 * skipping asks nothing, and cannot run past the end.
 */
static const char *skip_blanks(const char *at)
{
	/* No strspn(): the bytes need not end in a NUL. */
	while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
		at++;
	return at;
}

static const char *skip_string(const char *at)
{
	for (at++; *at != '"'; at++)
		at += *at == '\\';
	return at + 1;
}

static const char *skip_value(const char *at)
{
	size_t depth = 0;

	do {
		if (*at == '"') {
			at = skip_string(at);
			continue;
		}
		depth += *at == '{' || *at == '[';
		depth -= *at == '}' || *at == ']';
		at++;
	} while (depth || !strchr(",]} \t\r\n", *at));
	return at;
}

/* `at` stands behind an opening bracket or a part; false at the closing bracket. */
static bool next_part(const char **at, bool named, struct arena *arena,
		      struct json_part *part)
{
	const char *from = skip_blanks(*at);

	if (*from == ',')
		from = skip_blanks(from + 1);
	if (*from == '}' || *from == ']')
		return false;
	part->name = NULL;
	if (named) {
		const char *end = skip_string(from);

		part->name = arena_copy(arena, from + 1, (size_t)(end - from - 2));
		from = skip_blanks(skip_blanks(end) + 1);
	}
	*at = skip_value(from);
	part->bytes = from;
	part->len = (size_t)(*at - from);
	return true;
}

bool json_parts_open(const char *name, const char *bytes, size_t len,
		     const struct json_limits *limits, struct arena *arena,
		     struct json_parts *parts, struct err *err)
{
	struct json_parts made = { .name = name };
	struct json_part part;
	const char *at;
	size_t values;

	if (!json_check(name, bytes, len, limits, &values, err))
		return false;
	at = skip_blanks(bytes);
	if (*at++ != '{')
		return err_set(err, ERR_INPUT, "%s: not an object", name);
	while (next_part(&at, true, arena, &part)) {
		if (made.count == JSON_PARTS_MAX)
			return err_set(err, ERR_INPUT, "%s: more than %d members", name,
				       JSON_PARTS_MAX);
		made.at[made.count++] = part;
	}
	*parts = made;
	return true;
}

const struct json_part *json_parts_find(const struct json_parts *parts, const char *name)
{
	for (size_t i = 0; i < parts->count; i++)
		if (strcmp(parts->at[i].name, name) == 0)
			return &parts->at[i];
	return NULL;
}

bool json_parts_each(const struct json_parts *parts, const struct json_part *part,
		     json_take_part *take, void *context, struct err *err)
{
	const char *at = part->bytes + 1;
	bool named = *part->bytes == '{';
	struct json_part element;
	bool ok = true;

	if (!named && *part->bytes != '[')
		return err_set(err, ERR_INPUT, "%s: %s: neither object nor array",
			       parts->name, part->name);
	for (size_t i = 1; ok; i++) {
		struct arena arena = ARENA_INIT;
		struct json_doc *doc = NULL;

		if (!next_part(&at, named, &arena, &element)) {
			arena_release(&arena);
			return true;
		}
		ok = json_open(arena_printf(&arena, "%s, %s %zu", parts->name, part->name,
					    i),
			       element.bytes, element.len, &json_limits_file, &doc,
			       err) &&
		     take(context, element.name, doc, err);
		json_free(doc);
		arena_release(&arena);
	}
	return false;
}
