#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static size_t next_word(const char **text)
{
	size_t len = 0;

	while (**text && !is_word(**text))
		(*text)++;
	while (is_word((*text)[len]) ||
	       (len && ((*text)[len] == '\'' || (*text)[len] == '.') &&
		is_word((*text)[len + 1])))
		len++;
	return len;
}

size_t count_words(const char *plain)
{
	size_t n = 0, len;

	while ((len = next_word(&plain))) {
		plain += len;
		n++;
	}
	return n;
}

struct words words_of(const char *plain, struct arena *arena)
{
	struct words words = { NULL, 0 };
	size_t len;

	words.at = ARENA_ARRAY(arena, count_words(plain), const char *);
	while ((len = next_word(&plain))) {
		char *word = arena_copy(arena, plain, len);

		for (char *c = word; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		words.at[words.count++] = word;
		plain += len;
	}
	return words;
}

bool words_have(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->count; i++)
		if (strcmp(words->at[i], word) == 0)
			return true;
	return false;
}

/* Sorted, for bsearch(). Words of questions, not of any subject. */
static const char *const common[] = {
	"about",    "above",    "across",    "after",     "again",       "against",
	"all",      "also",     "amount",    "and",       "another",     "answer",
	"any",      "apply",    "because",   "been",      "before",      "being",
	"below",    "best",     "between",   "both",      "cannot",      "change",
	"choose",   "company",  "configure", "correct",   "could",       "create",
	"data",     "does",     "during",    "each",      "either",      "enable",
	"engineer", "every",    "first",     "following", "from",        "have",
	"having",   "into",     "least",     "less",      "made",        "make",
	"many",     "meet",     "meets",     "more",      "most",        "must",
	"need",     "needs",    "only",      "option",    "order",       "other",
	"over",     "question", "require",   "required",  "requirement", "requirements",
	"select",   "service",  "should",    "solution",  "some",        "such",
	"team",     "than",     "that",      "their",     "them",        "then",
	"there",    "these",    "they",      "this",      "those",       "through",
	"under",    "until",    "used",      "user",      "users",       "uses",
	"using",    "want",     "wants",     "what",      "when",        "where",
	"which",    "while",    "will",      "with",      "within",      "without",
	"would",    "your",
};

static int compare_common(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row);
}

bool word_is_common(const char *word)
{
	return bsearch(word, common, sizeof(common) / sizeof(*common), sizeof(*common),
		       compare_common) != NULL;
}

bool text_find_word(const char *text, const char *word, struct words_span *span)
{
	size_t len = strlen(word);

	for (const char *at = text; (at = strcasestr(at, word)); at++) {
		if ((at > text && is_word(at[-1])) || is_word(at[len]))
			continue;
		*span = (struct words_span){ (size_t)(at - text), len };
		return true;
	}
	return false;
}
