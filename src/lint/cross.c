#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "proctor/crew.h"

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
	const struct question *a = lint->kept[first]->question;
	const struct question *b = lint->kept[second]->question;

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

/* Retired ones are alike to none; and of what is nearly another, nothing more is said. */
static bool is_looked_for(const struct lint *lint, const struct search *search,
			  size_t index)
{
	const struct kept *kept = lint->kept[index];

	return kept->question->status != QUESTION_RETIRED &&
	       (!search->stems || (kept->stem_count >= SIMILAR_WORDS &&
				   !(lint->near && lint->near[index].other != SIZE_MAX)));
}

#define RUN 3

static uint64_t join_hashes(uint64_t hash, uint64_t next)
{
	hash = (hash ^ next) * UINT64_C(0x9E3779B97F4A7C15);
	return hash ^ hash >> 32;
}

/* Runs of three words; a text shorter than that is one run. */
static void add_runs(struct set *set, const uint64_t *words, size_t count)
{
	size_t run = count < RUN ? count : RUN;

	for (size_t i = 0; run && i + run <= count; i++) {
		uint64_t hash = 0;

		for (size_t k = 0; k < run; k++)
			hash = join_hashes(hash, words[i + k]);
		set->at[set->count++] = hash;
	}
}

/*
 * Sets do not know the order of options, and need not. Runs may be the same where stems
 * are not: the stem's words are in the tag.
 */
static struct set make_set(const struct kept *kept, bool stem_alone, struct arena *arena)
{
	size_t count = stem_alone ? kept->stem_count : kept->word_count;
	struct set set = { .at = ARENA_ARRAY(arena, count, uint64_t) };

	for (size_t from = 0, len; from < count; from += len + 1) {
		for (len = 0; from + len < count && kept->words[from + len];)
			len++;
		add_runs(&set, kept->words + from, len);
	}
	set.count = set_sort(set.at, set.count);
	for (size_t i = 0; i < kept->stem_count; i++)
		set.tag = join_hashes(set.tag, kept->words[i]);
	return set;
}

/* The sets of all, each share of them in an arena of its own. */
struct making {
	const struct lint *lint;
	const struct search *search;
	struct set *sets;
	struct arena arenas[CREW_SHARES];
};

static void make_share(void *context, size_t share)
{
	struct making *making = context;
	const struct lint *lint = making->lint;
	size_t count = lint->copy->bank->count;

	for (size_t i = crew_first(count, share); i < crew_first(count, share + 1); i++)
		if (is_looked_for(lint, making->search, i))
			making->sets[i] = make_set(lint->kept[i], making->search->stems,
						   &making->arenas[share]);
}

static void run_search(struct lint *lint, const struct search *search)
{
	struct making making = { .lint = lint, .search = search };
	size_t count = lint->copy->bank->count;
	size_t workers = lint->options->workers;

	if (!is_wanted(lint, search))
		return;
	making.sets = ARENA_ARRAY(lint->arena, count, struct set);
	*search->matches = ARENA_ARRAY(lint->arena, count, struct set_match);
	crew_run(workers, CREW_SHARES, make_share, &making);
	sets_match(making.sets, count, search->least, search->may, lint, workers,
		   *search->matches);
	for (size_t i = 0; i < CREW_SHARES; i++)
		arena_release(&making.arenas[i]);
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
		const struct kept *kept = lint->kept[i];
		const struct set_match *match = &lint->near[i];

		if (match->equal)
			lint_on_stem(lint, rule, kept,
				     "stem and options are those of \"%s\"",
				     lint->kept[match->other]->question->id);
	}
}

static struct lint_check duplicates = { NULL, check_duplicates, NULL };

static void check_near(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct kept *kept = lint->kept[i];
		const struct set_match *match = &lint->near[i];

		if (match->other != SIZE_MAX && !match->equal)
			lint_on_stem(lint, rule, kept, "%.0f %% of it is in \"%s\" too%s",
				     100 * match->jaccard,
				     lint->kept[match->other]->question->id,
				     and_others(lint, match));
	}
}

static struct lint_check near = { NULL, check_near, NULL };

static void check_similar(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct kept *kept = lint->kept[i];
		const struct set_match *match = &lint->similar[i];

		if (match->other != SIZE_MAX)
			lint_on_stem(lint, rule, kept,
				     "%.0f %% of the stem is in \"%s\" too%s: are they "
				     "enemies?",
				     100 * match->jaccard,
				     lint->kept[match->other]->question->id,
				     and_others(lint, match));
	}
}

static struct lint_check similar = { NULL, check_similar, NULL };

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
		const struct kept *kept = lint->kept[i];
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
	       memcmp(teller->words + at, told->key_words,
		      told->key_count * sizeof(*told->key_words)) == 0;
}

/* The first is told: where several keys are the same, so are their questions' matters. */
static void tell_key(struct lint *lint, const struct lint_rule *rule,
		     const struct kept *told, const struct kept *teller)
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
		const struct kept *teller = lint->kept[i];

		for (size_t w = 0; w + KEY_WORDS <= teller->stem_count; w++) {
			const struct told_key *found = find_key(
				keys, hash_first(teller->words + w));
			const struct kept *told = found ? lint->kept[found->question]
							: NULL;

			if (told && stands_at(teller, w, told))
				tell_key(lint, rule, told, teller);
		}
	}
}

static struct lint_check tells = { NULL, check_tells, NULL };

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
