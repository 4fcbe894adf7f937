#include "priv.h"

#include <stdlib.h>
#include <string.h>

/* What follows the backslash, and the character meant. */
static const char escapes[] = "\"\"\\\\//b\bf\fn\nr\rt\t";

static char escape_meaning(char c)
{
	for (size_t i = 0; escapes[i]; i += 2)
		if (escapes[i] == c)
			return escapes[i + 1];
	return '\0';
}

/* The pass has checked it: every escape is whole, every surrogate has its partner. */
static uint32_t decode_unicode(const char *source, size_t *i)
{
	uint32_t code = 0, low = 0;

	json_hex4(source + *i, 4, &code);
	*i += 4;
	if (code < 0xD800 || code > 0xDBFF)
		return code;
	json_hex4(source + *i + 2, 4, &low);
	*i += 6;
	return 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
}

static void decode(struct buf *out, const char *source, size_t len)
{
	for (size_t i = 0; i < len;) {
		if (source[i] != '\\') {
			buf_char(out, source[i++]);
		} else if (source[i + 1] == 'u') {
			i += 2;
			json_utf8_add(out, decode_unicode(source, &i));
		} else {
			buf_char(out, escape_meaning(source[i + 1]));
			i += 2;
		}
	}
}

struct json_name json_names_add(struct json_names *names, const char *source, size_t len,
				size_t at)
{
	struct json_name name = { source, len, at };

	if (len && memchr(source, '\\', len)) {
		struct buf text = BUF_INIT;

		decode(&text, source, len);
		name.text = arena_copy(&names->decoded, text.data, text.len);
		name.len = text.len;
		buf_release(&text);
	}
	buf_add(&names->list, &name, sizeof(name));
	names->count++;
	return name;
}

static int compare_text(const struct json_name *a, const struct json_name *b)
{
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return a->len ? memcmp(a->text, b->text, a->len) : 0;
}

static int compare(const void *one, const void *other)
{
	const struct json_name *a = one, *b = other;
	int order = compare_text(a, b);

	if (order)
		return order;
	return (a->at > b->at) - (a->at < b->at);
}

/* Sorting costs more than it saves in the small objects that documents are made of. */
#define FEW 8

static bool few_differ(const struct json_name *names, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (compare_text(&names[i], &names[j]) == 0)
				return false;
	return true;
}

bool json_names_end(struct json_names *names, size_t mark, struct json_name *first,
		    struct json_name *again)
{
	size_t count = names->count - mark;
	struct json_name *list = (struct json_name *)(void *)names->list.data + mark;
	bool found = false;

	names->count = mark;
	names->list.len = mark * sizeof(*list);
	if (count < 2 || (count <= FEW && few_differ(list, count)))
		return true;
	qsort(list, count, sizeof(*list), compare);
	for (size_t i = 1; i < count; i++) {
		if (compare_text(&list[i - 1], &list[i]) != 0)
			continue;
		if (found && list[i].at > again->at)
			continue;
		*first = list[i - 1];
		*again = list[i];
		found = true;
	}
	return !found;
}

void json_names_release(struct json_names *names)
{
	buf_release(&names->list);
	arena_release(&names->decoded);
}
