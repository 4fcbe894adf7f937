#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "claim.h"
#include "proctor/buf.h"

#define DIFFERENCES_MAX 1000 /* more say nothing more */
#define TOLD_MAX 60          /* bytes of a value in a sentence */
#define NEAR 1e-9            /* a program may have written 0.50 as 0.5, or 5e-1 */

void differ(struct differences *differences, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	if (differences->count == DIFFERENCES_MAX)
		return;
	if (differences->count == differences->size) {
		const char **grown;

		differences->size = 2 * differences->size + 16;
		grown = ARENA_ARRAY(differences->arena, differences->size, const char *);
		if (differences->count)
			memcpy(grown, differences->at,
			       differences->count * sizeof(*grown));
		differences->at = grown;
	}
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	differences->at[differences->count++] = arena_copy(differences->arena, text.data,
							   text.len);
	buf_release(&text);
}

/* On one line, harmless, and not too long. */
static const char *tell(const struct json *value, struct arena *arena)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	const char *told;

	json_out_value(&out, NULL, value);
	told = text.len > TOLD_MAX ? "something else" : text.data;
	told = arena_text(arena, told);
	buf_release(&text);
	return told;
}

static const char *path_of(const struct json *value, struct arena *arena)
{
	struct buf path = BUF_INIT;
	const char *told;

	json_pointer(value, &path);
	told = arena_text(arena, path.data);
	buf_release(&path);
	return told;
}

static bool is_same_number(const struct json *told, const struct json *made)
{
	struct arena arena = ARENA_INIT;
	double a = strtod(tell(told, &arena), NULL), b = strtod(tell(made, &arena), NULL);

	arena_release(&arena);
	return fabs(a - b) <= NEAR * fmax(1, fabs(b));
}

static void compare_member(const struct json *told, const struct json *member,
			   struct differences *differences)
{
	const struct json *theirs = json_member(told, json_name(member));

	if (theirs)
		compare_documents(theirs, member, differences);
	else
		differ(differences, "%s is missing", path_of(member, differences->arena));
}

/* Questions first: all else follows from them. */
static void compare_objects(const struct json *told, const struct json *made,
			    struct differences *differences)
{
	const struct json *first = json_member(made, "questions");
	struct arena *arena = differences->arena;

	if (first)
		compare_member(told, first, differences);
	json_each (member, made)
		if (member != first)
			compare_member(told, member, differences);
	json_each (member, told)
		if (!json_member(made, json_name(member)))
			differ(differences, "%s is no field of a report",
			       path_of(member, arena));
}

static void compare_arrays(const struct json *told, const struct json *made,
			   struct differences *differences)
{
	const struct json *theirs = json_first(told);

	if (json_count(told) != json_count(made)) {
		differ(differences, "%s has %zu elements, not %zu",
		       path_of(told, differences->arena), json_count(told),
		       json_count(made));
		return;
	}
	json_each (element, made) {
		compare_documents(theirs, element, differences);
		theirs = json_next(theirs);
	}
}

static bool is_same(const struct json *told, const struct json *made)
{
	if (json_kind(told) != json_kind(made))
		return false;
	if (json_kind(told) == JSON_NUMBER)
		return is_same_number(told, made);
	return json_kind(told) != JSON_STRING ||
	       strcmp(json_text(told), json_text(made)) == 0;
}

void compare_documents(const struct json *told, const struct json *made,
		       struct differences *differences)
{
	struct arena *arena = differences->arena;

	if (!is_same(told, made))
		differ(differences, "%s: the report says %s, the bank gives %s",
		       path_of(made, arena), tell(told, arena), tell(made, arena));
	else if (json_kind(made) == JSON_OBJECT)
		compare_objects(told, made, differences);
	else if (json_kind(made) == JSON_ARRAY)
		compare_arrays(told, made, differences);
}
