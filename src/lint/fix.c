#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "proctor/text.h"

/* A questions file written anew, with what is safe to mend mended on the way. */

static const char *const word_lists[] = { "objectives", "enemies", NULL };
static const char *const texts[] = { "stem",        "text",  "rationale",
				     "explanation", "title", NULL };

static bool is_one_of(const char *name, const char *const *list)
{
	for (; name && *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, nothing twice; a list that is not of strings alone is left to the reader. */
static void put_words(struct json_out *out, const char *name, const struct json *list)
{
	struct arena arena = ARENA_INIT;
	const char **words = ARENA_ARRAY(&arena, json_count(list), const char *);
	size_t n = 0;

	json_each (item, list)
		if (json_text(item))
			words[n++] = json_text(item);
	if (n != json_count(list)) {
		json_out_value(out, name, list);
		arena_release(&arena);
		return;
	}
	if (n)
		qsort(words, n, sizeof(*words), compare_words);
	json_out_array(out, name);
	for (size_t i = 0; i < n; i++)
		if (!i || strcmp(words[i], words[i - 1]) != 0)
			json_out_text(out, NULL, words[i]);
	json_out_end(out, ']');
	arena_release(&arena);
}

static void put_text(struct json_out *out, const char *name, const char *text)
{
	struct buf normal = BUF_INIT;
	size_t from = 0;

	text_nfc(&normal, text, strlen(text));
	while (normal.len && strchr(" \t\n", normal.data[normal.len - 1]))
		normal.data[--normal.len] = '\0';
	/* Blanks before a first line may be markup: only line feeds are taken there. */
	while (normal.data[from] == '\n')
		from++;
	if (from + strspn(normal.data + from, " ") < normal.len &&
	    strspn(normal.data + from, " ") < 4)
		from += strspn(normal.data + from, " ");
	json_out_text(out, name, normal.data + from);
	buf_release(&normal);
}

/* An id none of the list has: the first free letter or number. */
static const char *free_id(const struct json *list, bool letters, unsigned *next,
			   char id[8])
{
	bool taken;

	do {
		taken = false;
		snprintf(id, 8, letters ? "%c" : "%u",
			 letters ? 'a' + (*next)++ % 26 : ++(*next));
		json_each (row, list) {
			const struct json *own = json_member(row, "id");

			taken |= own && json_text(own) && strcmp(json_text(own), id) == 0;
		}
	} while (taken && *next < 26);
	return id;
}

static void put_value(struct json_out *out, const char *name, const struct json *value);

static void put_members(struct json_out *out, const struct json *object)
{
	json_each (member, object)
		put_value(out, json_name(member), member);
}

/* Options and prompts. */
static void put_rows(struct json_out *out, const char *name, const struct json *list)
{
	bool letters = strcmp(name, "options") == 0;
	unsigned next = 0;
	char id[8];

	json_out_array(out, name);
	json_each (row, list) {
		if (json_kind(row) != JSON_OBJECT) {
			json_out_value(out, NULL, row);
			continue;
		}
		json_out_object(out, NULL);
		if (!json_member(row, "id"))
			json_out_text(out, "id", free_id(list, letters, &next, id));
		put_members(out, row);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void put_array(struct json_out *out, const char *name, const struct json *value)
{
	if (is_one_of(name, word_lists)) {
		put_words(out, name, value);
		return;
	}
	if (name && (strcmp(name, "options") == 0 || strcmp(name, "prompts") == 0)) {
		put_rows(out, name, value);
		return;
	}
	json_out_array(out, name);
	json_each (item, value)
		put_value(out, NULL, item);
	json_out_end(out, ']');
}

static void put_value(struct json_out *out, const char *name, const struct json *value)
{
	enum json_kind kind = json_kind(value);

	if (kind == JSON_OBJECT) {
		json_out_object(out, name);
		put_members(out, value);
		json_out_end(out, '}');
	} else if (kind == JSON_ARRAY) {
		put_array(out, name, value);
	} else if (kind == JSON_STRING && is_one_of(name, texts)) {
		put_text(out, name, json_text(value));
	} else {
		json_out_value(out, name, value);
	}
}

/* What the strict pass refuses is for its author to decide. */
bool lint_fix(const char *name, const char *bytes, size_t len, struct buf *out)
{
	struct json_out json = JSON_OUT(out, true);
	struct json_doc *doc;
	struct err err = ERR_INIT;

	if (!json_open(name, bytes, len, &json_limits_file, &doc, &err))
		return false;
	put_value(&json, NULL, json_root(doc));
	buf_char(out, '\n');
	json_free(doc);
	return out->len != len || memcmp(out->data, bytes, len) != 0;
}
