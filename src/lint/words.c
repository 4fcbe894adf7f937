#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* A full stop or an apostrophe between two letters is in the word. */
size_t count_words(const char *plain)
{
	size_t n = 0;

	for (const char *at = plain; *at; at++) {
		bool inside = at > plain &&
			      (is_word(at[-1]) || (at - plain > 1 && is_word(at[-2]) &&
						   (at[-1] == '.' || at[-1] == '\'')));

		n += is_word(*at) && !inside;
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

#define KEY_BYTES 4
#define KEYS 4096

struct vocabulary {
	uint64_t hashes[SLOTS]; /* 0: free */
	unsigned marks[SLOTS];
	unsigned char bytes[256];   /* text_marks of each, and how to look closer */
	unsigned char letters[256]; /* of each its lower case; 0: it is in no word */
	bool keys[KEYS];            /* of names, by their hash */
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

#define LOOK_CLOSER 0x80 /* a mark besides: its neighbours decide */
#define LOOK_KEY 0x40    /* the key of a name may begin here */

/* By byte, within a line; at the beginning of one there is more that is syntax. */
static unsigned char marks_of(unsigned char byte)
{
	if (byte >= 0x7f || (byte < 0x20 && byte != '\n'))
		return TEXT_ODD;
	if (byte && strchr("*`[<&\\", byte))
		return TEXT_SYNTAX;
	return byte == '_' || (byte >= 'A' && byte <= 'F') ? LOOK_CLOSER : 0;
}

static unsigned char letter_of(unsigned char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		return (unsigned char)(byte | 0x20);
	return is_word((char)byte) ? byte : 0;
}

/* ---- Names: few texts have any, and most can be passed over ---- */

static size_t hash_key(const char *key)
{
	uint32_t bytes;

	memcpy(&bytes, key, KEY_BYTES);
	return bytes * UINT32_C(0x9E3779B1) >> 20;
}

/* In how many names? */
static size_t count_key(const struct bank_name *names, size_t count, const char *key)
{
	char text[KEY_BYTES + 1] = "";
	size_t n = 0;

	memcpy(text, key, KEY_BYTES);
	for (size_t i = 0; i < count; i++)
		n += strstr(names[i].old, text) != NULL;
	return n;
}

/* Of the beginnings of its words the one that fewest other names have; the last of these.
 */
static const char *choose_key(const struct bank_name *names, size_t count,
			      const char *name)
{
	const char *chosen = NULL;
	size_t least = SIZE_MAX, len = strlen(name);

	for (size_t i = 0; i + KEY_BYTES <= len; i++) {
		size_t n;

		if (i && name[i - 1] != ' ')
			continue;
		n = count_key(names, count, name + i);
		if (n <= least) {
			least = n;
			chosen = name + i;
		}
	}
	return chosen;
}

/* A name too short for a key makes every byte one that it may begin with. */
static void add_keys(struct vocabulary *vocabulary, const struct bank_name *names,
		     size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *key = choose_key(names, count, names[i].old);

		if (key) {
			vocabulary->keys[hash_key(key)] = true;
			vocabulary->bytes[(unsigned char)*key] |= LOOK_KEY;
			continue;
		}
		memset(vocabulary->keys, true, sizeof(vocabulary->keys));
		for (size_t byte = 0; byte < 256; byte++)
			vocabulary->bytes[byte] |= LOOK_KEY;
	}
}

const struct vocabulary *vocabulary_make(const struct bank_name *names, size_t count,
					 struct arena *arena)
{
	struct vocabulary *made = ARENA_NEW(arena, struct vocabulary);

	for (size_t i = 0; i < LISTS; i++)
		for (const char *const *word = lists[i].words; *word; word++)
			add_word(made, *word, lists[i].mark);
	for (unsigned byte = 0; byte < 256; byte++) {
		made->bytes[byte] = marks_of((unsigned char)byte);
		made->letters[byte] = letter_of((unsigned char)byte);
	}
	add_keys(made, names, count);
	return made;
}

/* ---- Words of a text ---- */

static bool joins_words(char c)
{
	return c == '.' || c == '\'';
}

/*
 * The word that begins at `at`: lower-case, hashed, and looked up. Of "isn't" and "ml.m5"
 * each piece is looked up as well, for what the whole text has. Returns its end.
 */
static char *take_word(const struct vocabulary *vocabulary, char *at, uint64_t *hash,
		       unsigned *marks, unsigned *all)
{
	uint64_t whole = HASH_BEGIN, piece = HASH_BEGIN;
	const char *from = at;
	bool joined = false;

	for (;; at++) {
		unsigned char byte = vocabulary->letters[(unsigned char)*at];

		if (byte) {
			*at = (char)byte;
			whole = (whole ^ byte) * HASH_PRIME;
			if (joined)
				piece = (piece ^ byte) * HASH_PRIME;
		} else if (joins_words(*at) && is_word(at[1])) {
			*all |= vocabulary->marks[find_slot(vocabulary,
							    joined ? piece : whole)];
			whole = (whole ^ (unsigned char)*at) * HASH_PRIME;
			piece = HASH_BEGIN;
			joined = true;
		} else {
			break;
		}
	}
	if (joined)
		*all |= vocabulary->marks[find_slot(vocabulary, piece)];
	*hash = whole;
	*marks = vocabulary->marks[find_slot(vocabulary, whole)] |
		 (at - from >= 4 ? WORD_LONG : 0);
	*all |= *marks;
	return at;
}

/* A word takes two bytes at least, with what is between it and the next. */
struct words words_of(const char *plain, size_t size, const struct vocabulary *vocabulary,
		      struct arena *arena)
{
	size_t most = size / 2 + 1;
	struct words words = {
		.at = ARENA_ARRAY(arena, most, const char *),
		.hashes = ARENA_ARRAY(arena, most, uint64_t),
		.marks = ARENA_ARRAY(arena, most, uint8_t),
		.uses = ARENA_ARRAY(arena, most, uint16_t),
	};
	char *at = arena_copy(arena, plain, size);

	for (;;) {
		size_t i = words.count;
		unsigned marks;
		char *end;

		while (*at && !vocabulary->letters[(unsigned char)*at])
			at++;
		if (!*at)
			return words;
		end = take_word(vocabulary, at, &words.hashes[i], &marks, &words.has);
		words.at[i] = at;
		words.marks[i] = (uint8_t)marks;
		words.count++;
		at = end + (*end != '\0');
		*end = '\0';
	}
}

bool word_is_telling(unsigned marks)
{
	return (marks & (WORD_LONG | WORD_COMMON)) == WORD_LONG;
}

/* ---- Texts ---- */

/* "_" between letters is no syntax, and "B" beside one no letter that stands alone. */
static unsigned look_closer(const char *text, const char *at)
{
	bool behind = at > text && is_word(at[-1]), before = is_word(at[1]);

	if (*at == '_')
		return behind && before ? 0 : TEXT_SYNTAX;
	return behind || before ? 0 : TEXT_LETTER;
}

/* The last bytes of a text may be a short name. */
static unsigned look_key(const struct vocabulary *vocabulary, const char *at)
{
	bool whole = at[1] && at[2] && at[3];

	return !whole || vocabulary->keys[hash_key(at)] ? TEXT_NAME : 0;
}

size_t text_look(const struct vocabulary *vocabulary, const char *text, unsigned *marks)
{
	const char *at = text;
	unsigned found = 0;

	for (; *at; at++) {
		unsigned own = vocabulary->bytes[(unsigned char)*at];

		if (own & LOOK_KEY)
			found |= look_key(vocabulary, at);
		found |= own & LOOK_CLOSER ? look_closer(text, at) : own;
	}
	*marks = found & ~(unsigned)LOOK_KEY;
	return (size_t)(at - text);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool text_find_word(const char *text, const char *word, struct words_span *span)
{
	size_t len = strlen(word);

	for (const char *at = text; *at; at++) {
		if (lower(*at) != lower(word[0]) || (at > text && is_word(at[-1])) ||
		    strncasecmp(at, word, len) != 0 || is_word(at[len]))
			continue;
		*span = (struct words_span){ (size_t)(at - text), len };
		return true;
	}
	return false;
}
