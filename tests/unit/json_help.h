#ifndef JSON_HELP_H
#define JSON_HELP_H

/* What the tests of reading and writing JSON have in common. */
#include "test.h"

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/json.h"

#define LIMITS (&json_limits_file)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The bytes in a block exactly as long, so that a sanitizer sees a read behind them. */
static inline char *exactly(const char *bytes, size_t len)
{
	char *copy = malloc(len ? len : 1);

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	return copy;
}

/* The number of values in the tree, counted by walking it. */
static inline size_t count_tree(const struct json *value)
{
	size_t count = 1;

	json_each (child, value)
		count += count_tree(child);
	return count;
}

/* What is accepted is opened, with the same number of values; what is not, is not. */
static inline bool both_agree(const char *bytes, size_t len)
{
	struct err err = ERR_INIT, other = ERR_INIT;
	char *copy = exactly(bytes, len);
	struct json_doc *doc = NULL;
	size_t values = 0;
	bool checked = json_check("t", copy, len, LIMITS, &values, &err);
	bool opened = json_open("t", copy, len, LIMITS, &doc, &other);

	if (strstr(other.text, "disagree"))
		fail_msg("%.*s: %s", (int)len, bytes, other.text);
	if (opened) {
		EXPECT_TRUE(checked);
		EXPECT_INT(count_tree(json_root(doc)), values);
	} else {
		EXPECT_TRUE(!checked || strstr(other.text, "too large"));
	}
	json_free(doc);
	free(copy);
	return checked;
}

/* A document opened for the length of a test. */
static inline struct json_doc *open_text(const char *text)
{
	struct err err = ERR_INIT;
	struct json_doc *doc = NULL;

	EXPECT_OK(json_open("t", text, strlen(text), LIMITS, &doc, &err), err);
	return doc;
}

/* A document with something of everything. */
#define SAMPLE                                                                   \
	"{\"format\":\"x/1\",\"n\":[0,-1.5e3,2,true,false,null],\n"              \
	" \"q\":[{\"id\":\"a-1\",\"text\":\"\xC3\xA9\\u00e9\\ud83d\\ude00\\n\"," \
	"\"\\u0062\":{}},[[]],\"\",{\"a\":{\"b\":{\"c\":[1]}}}]}"

#endif
