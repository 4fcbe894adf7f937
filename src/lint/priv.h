#ifndef LINT_PRIV_H
#define LINT_PRIV_H

#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/lint.h"
#include "sets.h"

/*
 * A linting in progress. Questions are looked at a sheet at a time, several sheets at
 * once: each has a struct lint of its own, with what was found in it, and shares the
 * rest. Rules see a question with its words ready made, and complain by naming the value
 * in the file. Of each question is then kept what rules about several questions need, and
 * offsets: lines, columns and pointers are worked out afterwards, for what was found.
 */
struct lint {
	struct arena *arena;   /* of what is found and kept */
	struct arena *scratch; /* until the next question */
	struct bank_copy *copy;
	const struct bank_sheet *sheet; /* or NULL: what is looked at is the whole */
	const struct lint_options *options;
	struct lint_finding *findings;
	size_t count, size;
	struct kept **kept;           /* of bank->questions[i], when all are read */
	struct blueprint *blueprints; /* those without faults */
	struct bank_place *blueprint_places;
	size_t blueprint_count;
	struct bank_place *faulty; /* blueprints with faults */
	size_t faulty_count;
	const char *last_file; /* where the last fault was found */
	bool *off;             /* by rule: not selected */
	const struct vocabulary *vocabulary;
	const struct lint_rule **asked; /* rules about one question that are selected */
	size_t asked_count;
	size_t suppressed;
	struct set_match *near, *similar; /* by question; NULL: not looked for */
};

/* What is known of a word: its length, and the lists it is in. */
enum word_marks {
	WORD_LONG = 1, /* four bytes or more */
	WORD_COMMON = 2,
	WORD_ABSOLUTE = 4,
	WORD_VAGUE = 8,
	WORD_NEGATIVE = 16,
	WORD_ABOVE = 32,
	WORD_CHOOSING = 64,
};

#define USED_IN_STEM 0x8000 /* beside a bit for each option */

/* Words of a text: lower-case, letters and digits; and a hash of each, to compare. */
struct words {
	const char **at;
	uint64_t *hashes;
	uint8_t *marks;
	uint16_t *uses; /* options alone: which of them have the word, and the stem */
	size_t count;
	unsigned has; /* the marks of all; of none of a list, the text has none */
};

/* What there is in a text, by one look at each byte. */
enum text_marks {
	TEXT_SYNTAX = 1, /* what may be markup */
	TEXT_ODD = 2,    /* not ASCII, or not printable */
	TEXT_LETTER = 4, /* a capital from A to F that stands alone */
	TEXT_NAME = 8,   /* one of the bank's names may be there */
};

/* A text of a question, and the JSON it comes from. */
struct passage {
	const char *text;         /* markup, as in the file */
	const char *plain;        /* the words alone, blocks set apart by line feeds */
	const char *fault;        /* why it is no markup, or NULL */
	const struct json *value; /* NULL: not there */
	struct words words;       /* of stem, options and prompts alone */
	size_t len, size;         /* bytes of text, of plain */
	unsigned marks;
};

/* Strategies of those who know nothing. */
enum trick { TRICK_LONGEST, TRICK_SHORTEST, TRICK_STEM, TRICK_SHARED, TRICKS };

struct clue {
	uint64_t hash;
	const char *word;
};

#define KEY_WORDS 5 /* of a key, at least, for another stem to tell it */

/* A place that may be told of when its file is closed; line 0: it was not looked for. */
struct lint_spot {
	uint32_t at, len, line, column, end_column;
};

/* What stays of a question: who it is, and what it shares with others. */
struct kept {
	const struct question *question;
	bool *used; /* by lint_ignore: it has suppressed something */
	size_t part;
	uint32_t at; /* where it begins in the part */
	struct lint_spot stem;
	uint32_t *ignore_at; /* of each of lint_ignore */
	const char *within;  /* the way to its sheet */
	size_t index;        /* in the sheet's list, as pointers count */
	uint64_t *words;     /* hashes: of stem, options, prompts; 0 behind each text's */
	size_t word_count, stem_count;
	const uint64_t *key_words; /* of those, if they are KEY_WORDS at least */
	size_t key_count;
	const struct clue *clues; /* words of the stem that the key alone repeats */
	size_t clue_count;
	struct lint_spot key_spot; /* where there are clues */
	size_t key; /* the option, where one alone is right; else SIZE_MAX */
	size_t option_count;
	bool named[TRICKS], hit[TRICKS]; /* the trick names one option; it is the key */
};

/* Passages and place are there as long as its sheet is open. */
struct lint_question {
	const struct question *question;
	struct bank_place place;
	struct passage stem, explanation;
	struct passage *options, *rationales; /* option_count of each */
	struct passage *prompts, *prompt_rationales;
	size_t key; /* the option, where one alone is right; else SIZE_MAX */
	struct kept *kept;
};

/*
 * What a rule looks at: each question, the whole, or what all other rules have found.
 * Rules about the whole are asked at the same time.
 */
struct lint_check {
	void (*question)(struct lint *lint, const struct lint_rule *rule,
			 const struct lint_question *question);
	void (*bank)(struct lint *lint, const struct lint_rule *rule);
	void (*last)(struct lint *lint, const struct lint_rule *rule);
};

/* The rows of each group, ended by one without a name. */
extern const struct lint_rule lint_structure_rules[], lint_text_rules[],
	lint_item_rules[], lint_cross_rules[], lint_bank_rules[];

size_t lint_rule_index(const struct lint_rule *rule);
size_t lint_rule_count(void);

/* At a value of the question, or from byte `from` of its text on for `len` bytes. */
void lint_at(struct lint *lint, const struct lint_rule *rule,
	     const struct lint_question *question, const struct json *value,
	     const char *format, ...) __attribute__((format(printf, 5, 6)));
void lint_in(struct lint *lint, const struct lint_rule *rule,
	     const struct lint_question *question, const struct json *value, size_t from,
	     size_t len, const char *format, ...) __attribute__((format(printf, 7, 8)));

/* The same when its sheet is closed: at its stem, at its key, or at one of the rules it
 * ignores. */
void lint_on_stem(struct lint *lint, const struct lint_rule *rule,
		  const struct kept *kept, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void lint_on_key(struct lint *lint, const struct lint_rule *rule, const struct kept *kept,
		 const char *format, ...) __attribute__((format(printf, 4, 5)));
void lint_on_ignored(struct lint *lint, const struct lint_rule *rule,
		     const struct kept *kept, size_t index, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* At a value of a document that stays open. */
void lint_place(struct lint *lint, const struct lint_rule *rule, struct bank_place place,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/* At an offset of any file, to which the pointer leads. */
void lint_file(struct lint *lint, const struct lint_rule *rule, size_t part, size_t at,
	       const char *pointer, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

/* The text of an object's member; NULL: it has none. */
const char *lint_member_text(const struct json *object, const char *name);

/* The part of this name, or part_count. */
size_t lint_find_part(const struct lint *lint, const char *file);

/* A complaint of the reader; the context is the lint. */
void lint_take(void *context, const struct json_fault *fault);

/* ---- Words ---- */

bool is_word(char c); /* it may be in one: a letter, a digit, not ASCII */

struct vocabulary;
const struct vocabulary *vocabulary_make(const struct bank_name *names, size_t count,
					 struct arena *arena);
struct words words_of(const char *plain, size_t size, const struct vocabulary *vocabulary,
		      struct arena *arena);
const char *const *words_listed(unsigned mark); /* NULL-ended */
bool word_is_telling(unsigned marks); /* long, and not too common to be a clue */

/* What is in a text; returns its length. */
size_t text_look(const struct vocabulary *vocabulary, const char *text, unsigned *marks);
struct words_span {
	size_t from, len;
};
/* Where the word stands in the text as a whole word, case aside. */
bool text_find_word(const char *text, const char *word, struct words_span *span);
size_t count_words(const char *plain);

/* ---- Questions made ready, and what is kept of them ---- */

/* What markup_words() gives, of a text that needs no parser; NULL: it may need one. */
const char *lint_simple_words(const char *text, size_t len, unsigned marks,
			      struct arena *arena);

/* Question `index` of the lint's open sheet; what is kept goes where `kept` points. */
struct lint_question lint_make_question(struct lint *lint, size_t index,
					struct kept *kept);
void lint_keep(struct lint *lint, struct lint_question *question);
void lint_try_tricks(struct lint_question *question);
void lint_find_clues(struct lint *lint, struct lint_question *question);
extern const char *const lint_trick_names[TRICKS]; /* "the longest option" */

/* near and similar of the lint, where the rules for them are on. */
void lint_match_questions(struct lint *lint);

/* ---- Arithmetic ---- */

struct interval {
	double low, high;
};
struct interval wilson(size_t hits, size_t trials);              /* 95 % */
double binomial_tail(size_t hits, size_t trials, double chance); /* P(X >= hits) */
double chi2_tail(double x, unsigned df);

#endif
