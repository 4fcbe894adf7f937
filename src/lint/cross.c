#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* ---- Questions that are alike: by the runs of three words they share ---- */

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
#define SIMILAR_WORDS 10 /* of a stem, at least */

/* Alike on purpose: enemies, and questions about one case. */
static bool may_give_away(const void *context, size_t first, size_t second)
{
	const struct lint *lint = context;
	const struct question *a = lint->questions[first].question;
	const struct question *b = lint->questions[second].question;

	return !are_enemies(a, b) && !one_case(a, b);
}

/* What is looked for, and where it goes. */
struct search {
	const char *rules[2]; /* that want it */
	double least;
	sets_pair *may;
	bool stems;
	struct set_match **matches;
};

static bool is_wanted(const struct lint *lint, const struct search *search)
{
	for (size_t i = 0; i < 2; i++) {
		const char *name = search->rules[i];

		if (name && !lint->off[lint_rule_index(lint_rule_find(name))])
			return true;
	}
	return false;
}

/* Of a question that is nearly another one, nothing more is said. */
static struct set choose_set(const struct lint *lint, const struct search *search,
			     size_t index)
{
	const struct kept *kept = &lint->questions[index].kept;

	if (!search->stems)
		return kept->all;
	if (kept->stem_count < SIMILAR_WORDS ||
	    (lint->near && lint->near[index].other != SIZE_MAX))
		return (struct set){ .at = NULL };
	return kept->stems;
}

static void run_search(struct lint *lint, const struct search *search)
{
	size_t count = lint->copy->bank->count;
	struct arena arena = ARENA_INIT;
	struct set *sets;

	if (!is_wanted(lint, search))
		return;
	sets = ARENA_ARRAY(&arena, count, struct set);
	for (size_t i = 0; i < count; i++)
		sets[i] = choose_set(lint, search, i);
	*search->matches = ARENA_ARRAY(lint->arena, count, struct set_match);
	sets_match(sets, count, search->least, search->may, lint, *search->matches);
	arena_release(&arena);
}

void lint_match_questions(struct lint *lint)
{
	const struct search all = {
		{ "duplicate-question", "near-duplicate" }, NEAR, NULL, false, &lint->near
	};
	const struct search stems = {
		{ "similar-stem" }, SIMILAR, may_give_away, true, &lint->similar
	};

	run_search(lint, &all);
	run_search(lint, &stems);
}

/* " and in 2 others", or nothing. */
static const char *and_others(struct lint *lint, const struct set_match *match)
{
	if (match->count < 2)
		return "";
	return arena_printf(lint->arena, " and in %zu%s other%s", match->count - 1,
			    match->count == SETS_MOST ? " or more" : "",
			    match->count == 2 ? "" : "s");
}

static void check_duplicates(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct lint_question *q = &lint->questions[i];
		const struct set_match *match = &lint->near[i];

		if (match->equal)
			lint_on_stem(lint, rule, q,
				     "stem and options are those of \"%s\"",
				     lint->questions[match->other].question->id);
	}
}

static struct lint_check duplicates = { NULL, check_duplicates };

static void check_near(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct lint_question *q = &lint->questions[i];
		const struct set_match *match = &lint->near[i];

		if (match->other != SIZE_MAX && !match->equal)
			lint_on_stem(lint, rule, q, "%.0f %% of it is in \"%s\" too%s",
				     100 * match->jaccard,
				     lint->questions[match->other].question->id,
				     and_others(lint, match));
	}
}

static struct lint_check near = { NULL, check_near };

static void check_similar(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct lint_question *q = &lint->questions[i];
		const struct set_match *match = &lint->similar[i];

		if (match->other != SIZE_MAX)
			lint_on_stem(lint, rule, q,
				     "%.0f %% of the stem is in \"%s\" too%s: are they "
				     "enemies?",
				     100 * match->jaccard,
				     lint->questions[match->other].question->id,
				     and_others(lint, match));
	}
}

static struct lint_check similar = { NULL, check_similar };

/* ---- A key that another stem tells ---- */

/* Of a key its first words, as one number: which stems may tell it. */
struct told_key {
	uint64_t hash;
	size_t question;
};

static int compare_keys(const void *a, const void *b)
{
	const struct told_key *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->question > y->question) - (x->question < y->question);
}

static uint64_t hash_first(const uint64_t *words)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < KEY_WORDS; i++)
		hash = (hash ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
	return hash;
}

/* By a part of the hash, whether any key has it: most runs of words are of none. */
struct keys {
	struct told_key *at;
	size_t count;
	bool some[1 << 16];
};

static struct keys *make_keys(struct lint *lint)
{
	struct keys *keys = ARENA_NEW(lint->arena, struct keys);
	size_t count = lint->copy->bank->count;

	keys->at = ARENA_ARRAY(lint->arena, count, struct told_key);
	for (size_t i = 0; i < count; i++) {
		const struct kept *kept = &lint->questions[i].kept;
		uint64_t hash;

		if (!kept->key_count)
			continue;
		hash = hash_first(kept->key_words);
		keys->at[keys->count++] = (struct told_key){ hash, i };
		keys->some[hash >> 48] = true;
	}
	if (keys->count)
		qsort(keys->at, keys->count, sizeof(*keys->at), compare_keys);
	return keys;
}

/* The first key that begins with these words, or NULL. */
static const struct told_key *find_key(const struct keys *keys, uint64_t hash)
{
	size_t low = 0, high = keys->count;

	if (!keys->some[hash >> 48])
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (keys->at[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return low < keys->count && keys->at[low].hash == hash ? &keys->at[low] : NULL;
}

static bool stands_at(const struct kept *teller, size_t at, const struct kept *told)
{
	return at + told->key_count <= teller->stem_count &&
	       memcmp(teller->stem_words + at, told->key_words,
		      told->key_count * sizeof(*told->key_words)) == 0;
}

/* The first is told: where several keys are the same, so are their questions' matters. */
static void tell_key(struct lint *lint, const struct lint_rule *rule,
		     const struct lint_question *told, const struct lint_question *teller)
{
	if (told != teller && !are_enemies(told->question, teller->question) &&
	    !one_case(told->question, teller->question))
		lint_on_stem(lint, rule, teller,
			     "the stem tells the key of \"%s\": are they enemies?",
			     told->question->id);
}

static void check_tells(struct lint *lint, const struct lint_rule *rule)
{
	const struct keys *keys = make_keys(lint);

	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct lint_question *teller = &lint->questions[i];
		const struct kept *kept = &teller->kept;

		for (size_t w = 0; w + KEY_WORDS <= kept->stem_count; w++) {
			const struct told_key *found = find_key(
				keys, hash_first(kept->stem_words + w));
			const struct lint_question *told =
				found ? &lint->questions[found->question] : NULL;

			if (told && stands_at(kept, w, &told->kept))
				tell_key(lint, rule, told, teller);
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
	    "Often that is a pattern on purpose; sometimes one gives the other away. Of "
	    "near "
	    "duplicates it is not said again.",
	    "If one helps with the other, name it in \"enemies\".",
	    "one scenario asked about twice"),
	ROW("key-told-elsewhere", LINT_INFO, tells,
	    "The key of one question stands word for word in another one's stem.",
	    "Who sees both has a point for free.", "Name one as the other's enemy.",
	    "a stem that begins with another question's answer"),
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
