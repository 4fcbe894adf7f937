#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "sets.h"

/* ---- Shingles: runs of three words, as numbers ---- */

static uint64_t hash_word(uint64_t hash, const char *word)
{
	for (; *word; word++)
		hash = (hash ^ (unsigned char)*word) * UINT64_C(0x100000001b3);
	return (hash ^ 0xFF) * UINT64_C(0x100000001b3);
}

static uint64_t hash_words(const char *const *words, size_t count)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < count; i++)
		hash = hash_word(hash, words[i]);
	return hash;
}

#define RUN 3

/* A text shorter than a run is one shingle. */
static void add_shingles(struct set *set, const struct words *words)
{
	size_t run = words->count < RUN ? words->count : RUN;

	for (size_t i = 0; run && i + run <= words->count; i++)
		set->at[set->count++] = hash_words(words->at + i, run);
}

static size_t room(const struct lint_question *q, bool with_options)
{
	size_t n = q->stem.words.count + 1;

	for (size_t i = 0; with_options && i < q->question->option_count; i++)
		n += q->options[i].words.count + 1;
	for (size_t i = 0; with_options && i < q->question->prompt_count; i++)
		n += q->prompts[i].words.count + 1;
	return n;
}

/* A set does not know the order of options, and need not. */
static struct set make_set(struct lint *lint, const struct lint_question *q,
			   bool with_options)
{
	struct set set = { NULL, 0 };

	set.at = ARENA_ARRAY(lint->arena, room(q, with_options), uint64_t);
	add_shingles(&set, &q->stem.words);
	for (size_t i = 0; with_options && i < q->question->option_count; i++)
		add_shingles(&set, &q->options[i].words);
	for (size_t i = 0; with_options && i < q->question->prompt_count; i++)
		add_shingles(&set, &q->prompts[i].words);
	return set;
}

static size_t find_pairs(struct lint *lint, bool with_options, double least,
			 struct set_pair **pairs)
{
	size_t count = lint->copy->bank->count;
	struct set *sets = ARENA_ARRAY(lint->arena, count, struct set);

	for (size_t i = 0; i < count; i++)
		if (lint->questions[i].question->status != QUESTION_RETIRED)
			sets[i] = make_set(lint, &lint->questions[i], with_options);
	return sets_pairs(sets, count, least, lint->arena, pairs);
}

static bool are_enemies(const struct question *a, const struct question *b)
{
	for (size_t i = 0; i < a->enemies.count; i++)
		if (strcmp(a->enemies.at[i], b->id) == 0)
			return true;
	for (size_t i = 0; i < b->enemies.count; i++)
		if (strcmp(b->enemies.at[i], a->id) == 0)
			return true;
	return false;
}

static bool one_case(const struct question *a, const struct question *b)
{
	return a->in_case && a->in_case == b->in_case;
}

#define NEAR 0.8
#define SIMILAR 0.7

/* Found once for the two rules. */
static void find_duplicates(struct lint *lint)
{
	if (lint->near)
		return;
	lint->near_count = find_pairs(lint, true, NEAR, &lint->near);
}

static void check_duplicates(struct lint *lint, const struct lint_rule *rule)
{
	find_duplicates(lint);
	for (size_t i = 0; i < lint->near_count; i++) {
		const struct lint_question *q = &lint->questions[lint->near[i].second];

		if (lint->near[i].jaccard >= 1)
			lint_at(lint, rule, q, q->stem.value,
				"stem and options are those of \"%s\"",
				lint->questions[lint->near[i].first].question->id);
	}
}

static struct lint_check duplicates = { NULL, check_duplicates };

static void check_near(struct lint *lint, const struct lint_rule *rule)
{
	find_duplicates(lint);
	for (size_t i = 0; i < lint->near_count; i++) {
		const struct lint_question *q = &lint->questions[lint->near[i].second];

		if (lint->near[i].jaccard < 1)
			lint_at(lint, rule, q, q->stem.value,
				"%.0f %% of it is in \"%s\" too",
				100 * lint->near[i].jaccard,
				lint->questions[lint->near[i].first].question->id);
	}
}

static struct lint_check near = { NULL, check_near };

static void check_similar(struct lint *lint, const struct lint_rule *rule)
{
	struct set_pair *pairs;
	size_t count = find_pairs(lint, false, SIMILAR, &pairs);

	for (size_t i = 0; i < count; i++) {
		const struct lint_question *a = &lint->questions[pairs[i].first];
		const struct lint_question *b = &lint->questions[pairs[i].second];

		if (b->stem.words.count < 10 || are_enemies(a->question, b->question) ||
		    one_case(a->question, b->question))
			continue;
		lint_at(lint, rule, b, b->stem.value,
			"%.0f %% of the stem is in \"%s\" too: are they enemies?",
			100 * pairs[i].jaccard, a->question->id);
	}
}

static struct lint_check similar = { NULL, check_similar };

/* ---- A key that another stem tells ---- */

#define TELLING 5 /* words of a key, at least, for it to tell something */

struct told_key {
	uint64_t hash; /* of its first words */
	size_t question, option;
};

static int compare_keys(const void *a, const void *b)
{
	const struct told_key *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

static size_t make_keys(struct lint *lint, struct told_key **keys)
{
	size_t count = lint->copy->bank->count, n = 0;

	*keys = ARENA_ARRAY(lint->arena, count, struct told_key);
	for (size_t i = 0; i < count; i++) {
		const struct lint_question *q = &lint->questions[i];
		const struct words *words;

		if (q->key == SIZE_MAX || q->options[q->key].words.count < TELLING)
			continue;
		words = &q->options[q->key].words;
		(*keys)[n++] = (struct told_key){ hash_words(words->at, TELLING), i,
						  q->key };
	}
	if (n)
		qsort(*keys, n, sizeof(**keys), compare_keys);
	return n;
}

static bool stands_at(const struct words *text, size_t at, const struct words *key)
{
	if (at + key->count > text->count)
		return false;
	for (size_t i = 0; i < key->count; i++)
		if (strcmp(text->at[at + i], key->at[i]) != 0)
			return false;
	return true;
}

static void tell_key(struct lint *lint, const struct lint_rule *rule,
		     const struct lint_question *told, const struct lint_question *teller)
{
	if (told != teller && !are_enemies(told->question, teller->question) &&
	    !one_case(told->question, teller->question))
		lint_at(lint, rule, teller, teller->stem.value,
			"the stem tells the key of \"%s\": are they enemies?",
			told->question->id);
}

static void check_tells(struct lint *lint, const struct lint_rule *rule)
{
	struct told_key *keys;
	size_t count = make_keys(lint, &keys);

	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct words *stem = &lint->questions[i].stem.words;

		for (size_t w = 0; w + TELLING <= stem->count; w++) {
			struct told_key wanted = { hash_words(stem->at + w, TELLING), 0,
						   0 };
			const struct told_key *found = count ? bsearch(&wanted, keys,
								       count,
								       sizeof(*keys),
								       compare_keys)
							     : NULL;
			const struct lint_question *told =
				found ? &lint->questions[found->question] : NULL;

			if (told &&
			    stands_at(stem, w, &told->options[found->option].words))
				tell_key(lint, rule, told, &lint->questions[i]);
		}
	}
}

static struct lint_check tells = { NULL, check_tells };

#define ROW(name, severity, check, what, why, mend, example)                 \
	{                                                                    \
		name, LINT_CROSS, severity, what, why, mend, example, &check \
	}

const struct lint_rule lint_cross_rules[] = {
	ROW("duplicate-question", LINT_ERROR, duplicates,
	    "Two questions have the same stem and options.",
	    "Both can be drawn for one form.", "Retire one of the two.",
	    "one question pasted into two files"),
	ROW("near-duplicate", LINT_WARNING, near,
	    "Two questions share at least 80 % of their runs of three words.",
	    "They test the same decision with other nouns, or one was made from the "
	    "other.",
	    "Change one until it tests something else, or retire it.",
	    "two questions that differ in one number"),
	ROW("similar-stem", LINT_INFO, similar,
	    "Two stems share at least 70 % of their runs of three words.",
	    "Often that is a pattern on purpose; sometimes one gives the other away.",
	    "If one helps with the other, name it in \"enemies\".",
	    "one scenario asked about twice"),
	ROW("key-told-elsewhere", LINT_INFO, tells,
	    "The key of one question stands word for word in another one's stem.",
	    "Who sees both has a point for free.", "Name one as the other's enemy.",
	    "a stem that begins with another question's answer"),
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
