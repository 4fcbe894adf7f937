#include "item.h"

#include <ctype.h>
#include <string.h>

/* What is asked, and what is said about the answer. */

/* Where the last sentence of the plain text begins. */
static const char *last_sentence(const char *plain)
{
	const char *from = plain;

	for (const char *at = plain; *at; at++) {
		bool stop = (*at == '.' || *at == '?' || *at == '!') &&
			    (at[1] == ' ' || at[1] == '\n');

		if ((stop || *at == '\n') && at[1] && at[1 + strspn(at + 1, " \n")])
			from = at + 1 + strspn(at + 1, " \n");
	}
	return from;
}

/* What begins a clause of its own: "no" or "not" in it is not what is asked. */
static const char *const clauses[] = {
	"that",     "while",  "when",    "whenever", "if",    "because",
	"unless",   "until",  "who",     "whom",     "whose", "where",
	"although", "though", "whether", "but",      "and",   NULL,
};

/* Behind "not": what is negated is not the question. */
static const char *const not_asked[] = { "to", "only", "yet", "just", NULL };

static bool is_one_of(const char *word, size_t len, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == len && strncasecmp(word, *list, len) == 0)
			return true;
	return false;
}

/*
 * Is the word, which stands at `at` of the sentence, in its main clause? "Which is not a
 * store?" asks for what is none; "Which store costs nothing while it is not used?" does
 * not, nor does "Which option tells it not to wait?".
 */
static bool is_asked(const char *sentence, const char *at, size_t len)
{
	size_t word;

	for (const char *from = sentence; from < at; from += word ? word : 1) {
		word = strspn(from,
			      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
		if (from > sentence && word && is_one_of(from, word, clauses))
			return false;
	}
	at += len + strspn(at + len, " ");
	return !is_one_of(at, strcspn(at, " .,?"), not_asked);
}

/* A word of the source that is asked with, the last of its kind: the question is last. */
static bool last_in_text(const char *text, const char *word, struct words_span *last)
{
	struct words_span span;
	size_t from = 0;
	bool found = false;

	while (text_find_word(text + from, word, &span)) {
		last->from = from + span.from;
		last->len = span.len;
		from = last->from + span.len;
		found = true;
	}
	return found;
}

/* The negative word of the question asked, and where it stands in the source. In ordering
 * and matching it only says that some options do not belong. */
static const char *negative_word(const struct lint_question *q, struct words_span *span)
{
	const char *sentence;

	if (q->question->type > MULTIPLE_RESPONSE || !q->stem.value ||
	    !(q->stem.words.has & WORD_NEGATIVE))
		return NULL;
	sentence = last_sentence(q->stem.plain);
	for (const char *const *word = words_listed(WORD_NEGATIVE); *word; word++)
		if (text_find_word(sentence, *word, span) &&
		    is_asked(sentence, sentence + span->from, span->len) &&
		    last_in_text(q->stem.text, *word, span))
			return *word;
	return NULL;
}

static void check_negative(struct lint *lint, const struct lint_rule *rule,
			   const struct lint_question *q)
{
	struct words_span span;
	const char *word = negative_word(q, &span);

	if (word)
		lint_in(lint, rule, q, q->stem.value, span.from, span.len,
			"asks with \"%s\"", word);
}

struct lint_check stem_negative = { check_negative, NULL, NULL };

/* In capitals, or marked in the source. */
static bool is_emphasised(const char *text, const struct words_span *span)
{
	const char *word = text + span->from;

	return (isupper((unsigned char)word[0]) && isupper((unsigned char)word[1])) ||
	       (span->from && (word[-1] == '*' || word[-1] == '_'));
}

static void check_unemphasised(struct lint *lint, const struct lint_rule *rule,
			       const struct lint_question *q)
{
	struct words_span span;
	const char *word = negative_word(q, &span);

	if (word && !is_emphasised(q->stem.text, &span))
		lint_in(lint, rule, q, q->stem.value, span.from, span.len,
			"\"%s\" in the question is easily overlooked", word);
}

struct lint_check stem_unemphasised = { check_unemphasised, NULL, NULL };

static void check_double(struct lint *lint, const struct lint_rule *rule,
			 const struct lint_question *q)
{
	static const char *const words[] = { "not", "never", "cannot", NULL };
	struct words_span span;

	if (!negative_word(q, &span))
		return;
	for (size_t i = 0; i < q->question->option_count; i++)
		for (size_t k = 0; words[k]; k++)
			if (q->options[i].value &&
			    text_find_word(q->options[i].text, words[k], &span)) {
				lint_in(lint, rule, q, q->options[i].value, span.from,
					span.len,
					"\"%s\" under a question that is negative",
					words[k]);
				break;
			}
}

struct lint_check stem_double = { check_double, NULL, NULL };

static void check_unfocused(struct lint *lint, const struct lint_rule *rule,
			    const struct lint_question *q)
{
	const char *plain = q->stem.plain;
	size_t len = strlen(plain);

	while (len && strchr(" \n)\"'", plain[len - 1]))
		len--;
	if (!q->stem.value || !len)
		return;
	if (q->stem.words.count < 5)
		lint_at(lint, rule, q, q->stem.value,
			"%zu words: the question cannot be understood without its "
			"options",
			q->stem.words.count);
	else if (!strchr(plain, '?') && plain[len - 1] != ':' && plain[len - 1] != '.')
		lint_at(lint, rule, q, q->stem.value, "asks nothing");
}

struct lint_check stem_unfocused = { check_unfocused, NULL, NULL };

static void check_blank(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q)
{
	const char *at = strstr(q->stem.plain, "___");

	if (q->stem.value && at)
		lint_at(lint, rule, q, q->stem.value, "a blank to be filled in");
}

struct lint_check stem_blank = { check_blank, NULL, NULL };

#define STEM_WORDS_MAX 150

static void check_long(struct lint *lint, const struct lint_rule *rule,
		       const struct lint_question *q)
{
	if (q->stem.value && q->stem.words.count > STEM_WORDS_MAX)
		lint_at(lint, rule, q, q->stem.value, "%zu words, more than %d",
			q->stem.words.count, STEM_WORDS_MAX);
}

struct lint_check stem_long = { check_long, NULL, NULL };

static void check_select(struct lint *lint, const struct lint_rule *rule,
			 const struct lint_question *q)
{
	static const char *const phrases[] = {
		"(select two",
		"(select three",
		"(choose two",
		"(choose three",
		"(select all",
		"(choose all",
		"(pick two",
		"select all that apply",
		"choose all that apply",
		NULL,
	};

	if (!q->stem.value || !(q->stem.words.has & WORD_CHOOSING))
		return;
	for (size_t i = 0; phrases[i]; i++) {
		const char *at = strcasestr(q->stem.text, phrases[i]);

		if (at) {
			lint_in(lint, rule, q, q->stem.value, (size_t)(at - q->stem.text),
				strlen(phrases[i]),
				"says how many to choose, which the program says itself");
			return;
		}
	}
}

struct lint_check stem_select = { check_select, NULL, NULL };

/* ---- Rationales and explanation ---- */

/* Where the word before this place begins, if it is one that options are called by. */
static const char *noun_before(const char *text, const char *end)
{
	static const char *const nouns[] = { "option", "options", "answer", "answers",
					     "choice", "choices", NULL };
	const char *from;

	while (end > text && strchr(" (\"'`", end[-1]))
		end--;
	for (from = end; from > text && is_word(from[-1]);)
		from--;
	for (size_t i = 0; nouns[i]; i++)
		if (strlen(nouns[i]) == (size_t)(end - from) &&
		    strncasecmp(from, nouns[i], (size_t)(end - from)) == 0)
			return from;
	return NULL;
}

/* Not the article: "that answers A question". */
static bool is_letter(const char *at)
{
	return *at >= 'A' && *at <= 'F' && !is_word(at[1]) &&
	       (*at != 'A' || at[1] != ' ' || strncmp(at, "A and ", 6) == 0 ||
		strncmp(at, "A is ", 5) == 0);
}

/* "option B", "answers A and C", "choice (D)". */
static const char *letter_named(const char *text)
{
	for (const char *at = text; *at; at++) {
		const char *noun = NULL;

		if (is_letter(at) && at > text && !is_word(at[-1]))
			noun = noun_before(text, at);
		if (noun)
			return noun;
	}
	return NULL;
}

static void check_letter_in(struct lint *lint, const struct lint_rule *rule,
			    const struct lint_question *q, const struct passage *passage)
{
	const char *at = passage->value && passage->marks & TEXT_LETTER
				 ? letter_named(passage->text)
				 : NULL;

	if (at)
		lint_in(lint, rule, q, passage->value, (size_t)(at - passage->text), 8,
			"names an option by its letter, but the letters change");
}

static void check_letter(struct lint *lint, const struct lint_rule *rule,
			 const struct lint_question *q)
{
	check_letter_in(lint, rule, q, &q->explanation);
	for (size_t i = 0; i < q->question->option_count; i++)
		check_letter_in(lint, rule, q, &q->rationales[i]);
	for (size_t i = 0; i < q->question->prompt_count; i++)
		check_letter_in(lint, rule, q, &q->prompt_rationales[i]);
}

struct lint_check tells_letter = { check_letter, NULL, NULL };

static void check_missing(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	const struct json *row = json_first(json_member(q->place.value, "options"));

	if (q->question->type == MATCHING)
		return;
	for (size_t i = 0; i < q->question->option_count; i++, row = json_next(row))
		if (!q->rationales[i].text[0])
			lint_at(lint, rule, q, row, "option \"%s\" has no rationale",
				q->question->options[i].id);
}

struct lint_check tells_missing = { check_missing, NULL, NULL };

static bool begins_as(const char *plain, const char *const *words)
{
	for (; *words; words++) {
		size_t len = strlen(*words);

		if (strncasecmp(plain, *words, len) == 0 &&
		    !isalnum((unsigned char)plain[len]))
			return true;
	}
	return false;
}

static void check_contradiction(struct lint *lint, const struct lint_rule *rule,
				const struct lint_question *q)
{
	static const char *const right[] = { "correct",
					     "right",
					     "this is correct",
					     "this is right",
					     "this is the correct",
					     NULL };
	static const char *const wrong[] = { "incorrect",
					     "wrong",
					     "not correct",
					     "this is incorrect",
					     "this is wrong",
					     "this is not correct",
					     NULL };

	if (q->question->type > MULTIPLE_RESPONSE)
		return;
	for (size_t i = 0; i < q->question->option_count; i++) {
		bool correct = q->question->options[i].correct;

		if (begins_as(q->rationales[i].plain, correct ? wrong : right))
			lint_at(lint, rule, q, q->rationales[i].value,
				"the rationale says %s, the key says %s",
				correct ? "wrong" : "right", correct ? "right" : "wrong");
	}
}

struct lint_check tells_contradiction = { check_contradiction, NULL, NULL };

static void check_references(struct lint *lint, const struct lint_rule *rule,
			     const struct lint_question *q)
{
	if (!q->question->reference_count)
		lint_at(lint, rule, q, NULL, "no reference settles the key");
}

struct lint_check tells_reference = { check_references, NULL, NULL };

static void check_reviewed(struct lint *lint, const struct lint_rule *rule,
			   const struct lint_question *q)
{
	if (!q->question->reviewed[0])
		lint_at(lint, rule, q, NULL, "nobody says when the facts were checked");
}

struct lint_check tells_review = { check_reviewed, NULL, NULL };
