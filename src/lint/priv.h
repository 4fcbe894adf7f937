#ifndef LINT_PRIV_H
#define LINT_PRIV_H

#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/lint.h"

/*
 * A linting in progress. Rules see questions with their words ready made, and complain by
 * naming the value in the file; line, column and path are worked out afterwards, once.
 */
struct lint {
	struct arena *arena;
	struct bank_copy *copy;
	const struct lint_options *options;
	struct lint_finding *findings;
	size_t count, size;
	struct lint_question *questions; /* of bank->questions[i] */
	struct blueprint *blueprints;    /* those without faults */
	struct bank_place *blueprint_places;
	size_t blueprint_count;
	const char *last_file; /* where the last fault was found */
	bool *off;             /* by rule: not selected */
	size_t suppressed;
	struct set_pair *near; /* questions that are nearly one; NULL: not looked for */
	size_t near_count;
};

/* Words of a text: lower-case, letters and digits. */
struct words {
	const char **at;
	size_t count;
};

/* A text of a question, and the JSON it comes from. */
struct passage {
	const char *text;         /* markup, as in the file */
	const char *plain;        /* the words alone, blocks set apart by line feeds */
	const char *fault;        /* why it is no markup, or NULL */
	const struct json *value; /* NULL: not there */
	struct words words;
};

struct lint_question {
	const struct question *question;
	struct bank_place place;
	struct passage stem, explanation;
	struct passage *options, *rationales; /* option_count of each */
	struct passage *prompts, *prompt_rationales;
	size_t key; /* the option, where one alone is right; else SIZE_MAX */
	bool *used; /* by lint_ignore: it has suppressed something */
};

/* What a rule looks at: each question, or the whole. */
struct set_pair;
struct lint_check {
	void (*question)(struct lint *lint, const struct lint_rule *rule,
			 const struct lint_question *question);
	void (*bank)(struct lint *lint, const struct lint_rule *rule);
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

/* At a value of any document. */
void lint_place(struct lint *lint, const struct lint_rule *rule, struct bank_place place,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/* A complaint of the reader; the context is the lint. */
void lint_take(void *context, const struct json_fault *fault);

/* ---- Words ---- */

struct words words_of(const char *plain, struct arena *arena);
bool words_have(const struct words *words, const char *word);
bool word_is_common(const char *word); /* too common to be a clue */
struct words_span {
	size_t from, len;
};
/* Where the word stands in the text as a whole word, case aside. */
bool text_find_word(const char *text, const char *word, struct words_span *span);
size_t count_words(const char *plain);

/* ---- Arithmetic ---- */

struct interval {
	double low, high;
};
struct interval wilson(size_t hits, size_t trials);              /* 95 % */
double binomial_tail(size_t hits, size_t trials, double chance); /* P(X >= hits) */
double chi2_tail(double x, unsigned df);

#endif
