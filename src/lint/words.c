#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

static size_t next_word(const char **text)
{
	const char *at = *text, *from;

	while (*at && !is_word(*at))
		at++;
	from = at;
	while (is_word(*at) ||
	       (at > from && (*at == '\'' || *at == '.') && is_word(at[1])))
		at++;
	*text = from;
	return (size_t)(at - from);
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

/* ---- Words that rules look for ---- */

/* Not "every" and "all": they are how a schedule or a set is named ("every hour"). */
static const char *const absolute[] = {
	"always",     "never",   "none",       "completely",
	"absolutely", "totally", "impossible", NULL,
};

static const char *const vague[] = {
	"frequently", "occasionally", "rarely", "seldom", "sometimes",
	"usually",    "generally",    "often",  NULL,
};

/* Not "false": it is a term of every subject that counts. */
static const char *const negative[] = {
	"not", "except", "incorrect", "never", NULL,
};

/* Of phrases that a rule looks for, each has one of these in it. */
static const char *const above[] = { "above", "these", "following", "options", NULL };
static const char *const choosing[] = { "select", "choose", "pick", NULL };

/* Too common to be a clue: words of questions, not of any subject. */
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
	"would",    "your",     NULL,
};

static const struct word_list {
	unsigned mark;
	const char *const *words;
} lists[] = {
	{ WORD_ABSOLUTE, absolute }, { WORD_VAGUE, vague },
	{ WORD_NEGATIVE, negative }, { WORD_ABOVE, above },
	{ WORD_CHOOSING, choosing }, { WORD_COMMON, common },
};

#define LISTS (sizeof(lists) / sizeof(*lists))

const char *const *words_listed(unsigned mark)
{
	for (size_t i = 0; i < LISTS; i++)
		if (lists[i].mark == mark)
			return lists[i].words;
	return NULL;
}

/* All of them by their hash, in a table twice as large as they are many. */
#define SLOTS 512

struct vocabulary {
	uint64_t hashes[SLOTS]; /* 0: free */
	unsigned marks[SLOTS];
};

#define HASH_BEGIN UINT64_C(0xcbf29ce484222325) /* FNV-1a */
#define HASH_PRIME UINT64_C(0x100000001b3)

static size_t find_slot(const struct vocabulary *vocabulary, uint64_t hash)
{
	size_t slot = hash % SLOTS;

	while (vocabulary->hashes[slot] && vocabulary->hashes[slot] != hash)
		slot = (slot + 1) % SLOTS;
	return slot;
}

static void add_word(struct vocabulary *vocabulary, const char *word, unsigned mark)
{
	uint64_t hash = HASH_BEGIN;
	size_t slot;

	for (; *word; word++)
		hash = (hash ^ (unsigned char)*word) * HASH_PRIME;
	slot = find_slot(vocabulary, hash);
	vocabulary->hashes[slot] = hash;
	vocabulary->marks[slot] |= mark;
}

const struct vocabulary *vocabulary_make(struct arena *arena)
{
	struct vocabulary *made = ARENA_NEW(arena, struct vocabulary);

	for (size_t i = 0; i < LISTS; i++)
		for (const char *const *word = lists[i].words; *word; word++)
			add_word(made, *word, lists[i].mark);
	return made;
}

/* ---- Words of a text ---- */

/*
 * Lower-case, hashed, and looked up. Of "isn't" and "ml.m5" each piece is looked up as
 * well, for what the whole text has.
 */
static unsigned take_word(const struct vocabulary *vocabulary, char *word, size_t len,
			  uint64_t *hash, unsigned *all)
{
	uint64_t whole = HASH_BEGIN, piece = HASH_BEGIN;
	unsigned marks;

	for (size_t i = 0; i < len; i++) {
		char c = word[i];

		if (c >= 'A' && c <= 'Z')
			word[i] = c = (char)(c | 0x20);
		whole = (whole ^ (unsigned char)c) * HASH_PRIME;
		if (c == '.' || c == '\'') {
			*all |= vocabulary->marks[find_slot(vocabulary, piece)];
			piece = HASH_BEGIN;
		} else {
			piece = (piece ^ (unsigned char)c) * HASH_PRIME;
		}
	}
	if (piece != whole)
		*all |= vocabulary->marks[find_slot(vocabulary, piece)];
	*hash = whole;
	marks = vocabulary->marks[find_slot(vocabulary, whole)];
	*all |= marks;
	return marks | (len >= 4 ? WORD_LONG : 0);
}

/* A word takes two bytes at least, with what is between it and the next. */
struct words words_of(const char *plain, const struct vocabulary *vocabulary,
		      struct arena *arena)
{
	size_t size = strlen(plain), most = size / 2 + 1, len;
	struct words words = {
		.at = ARENA_ARRAY(arena, most, const char *),
		.hashes = ARENA_ARRAY(arena, most, uint64_t),
		.marks = ARENA_ARRAY(arena, most, uint8_t),
		.uses = ARENA_ARRAY(arena, most, uint16_t),
	};
	char *copy = arena_copy(arena, plain, size);
	const char *at = copy;

	while ((len = next_word(&at))) {
		char *word = copy + (at - copy);
		size_t i = words.count++;

		at += len;
		words.at[i] = word;
		words.marks[i] = (uint8_t)take_word(vocabulary, word, len,
						    &words.hashes[i], &words.has);
		if (*at) {
			word[len] = '\0';
			at++;
		}
	}
	return words;
}

bool word_is_telling(unsigned marks)
{
	return (marks & (WORD_LONG | WORD_COMMON)) == WORD_LONG;
}

/* ---- Texts ---- */

/* By byte: what it may mean. Blanks mean something in rows, and at the ends. */
static const unsigned char byte_marks[256] = {
	[0x00 ... 0x09] = TEXT_ODD, [0x0b ... 0x1f] = TEXT_ODD,
	[0x7f ... 0xff] = TEXT_ODD, ['*'] = TEXT_SYNTAX,
	['_'] = TEXT_SYNTAX,        ['`'] = TEXT_SYNTAX,
	['['] = TEXT_SYNTAX,        [']'] = TEXT_SYNTAX,
	['<'] = TEXT_SYNTAX,        ['>'] = TEXT_SYNTAX,
	['&'] = TEXT_SYNTAX,        ['\\'] = TEXT_SYNTAX,
	['|'] = TEXT_SYNTAX,        ['~'] = TEXT_SYNTAX,
	['#'] = TEXT_SYNTAX,        ['!'] = TEXT_SYNTAX,
};

unsigned text_marks(const char *text)
{
	unsigned marks = 0;

	for (const char *at = text; *at; at++) {
		marks |= byte_marks[(unsigned char)*at];
		if (*at >= 'A' && *at <= 'F' && !isalnum((unsigned char)at[1]) &&
		    (at == text || !isalnum((unsigned char)at[-1])))
			marks |= TEXT_LETTER;
	}
	return marks;
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
