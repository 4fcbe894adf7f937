#include <stdlib.h>
#include <string.h>

#include "item.h"

/*
 * A word of the stem that the key repeats and no other option does: who knows nothing
 * takes the option that sounds like the question. That only helps where the word says
 * something: "model" stands in half of all stems of a bank about models, so a word must
 * be rare in the bank's stems.
 */

/* Do the two begin alike, so that they may be forms of one word? */
static bool one_word(const char *a, const char *b)
{
	size_t len = strlen(a), alike = 0;

	while (a[alike] && a[alike] == b[alike])
		alike++;
	return alike >= 4 && alike + 3 >= len;
}

static bool in_distractor(const struct lint_question *q, const char *word)
{
	for (size_t i = 0; i < q->question->option_count; i++) {
		const struct words *words = &q->options[i].words;

		for (size_t w = 0; i != q->key && w < words->count; w++)
			if (one_word(word, words->at[w]))
				return true;
	}
	return false;
}

#define CLUES_MAX 4 /* of one question; one is told */

void lint_find_clues(struct lint *lint, struct lint_question *q)
{
	struct clue found[CLUES_MAX], *clues;
	const struct words *key;
	size_t count = 0;

	if (q->key == SIZE_MAX || !q->options[q->key].value)
		return;
	key = &q->options[q->key].words;
	for (size_t w = 0; w < key->count && count < CLUES_MAX; w++)
		if (key->uses[w] == (USED_IN_STEM | 1u << q->key) &&
		    word_is_telling(key->marks[w]) && !in_distractor(q, key->at[w]))
			found[count++] = (struct clue){
				key->hashes[w], arena_text(lint->arena, key->at[w])
			};
	if (!count)
		return;
	clues = ARENA_ARRAY(lint->arena, count, struct clue);
	memcpy(clues, found, count * sizeof(*clues));
	q->kept->clues = clues;
	q->kept->clue_count = count;
}

/* How many stems have a word, by its hash: an open table of all clues. */
struct stems {
	struct stems_word {
		uint64_t hash;        /* 0: free */
		uint32_t count, last; /* last: 1 + the question it was last seen in */
	} * words;
	size_t mask;
};

static struct stems_word *find_word(const struct stems *stems, uint64_t hash)
{
	size_t slot = hash & stems->mask;

	while (stems->words[slot].hash && stems->words[slot].hash != hash)
		slot = (slot + 1) & stems->mask;
	return &stems->words[slot];
}

static struct stems count_stems(struct lint *lint)
{
	size_t count = lint->copy->bank->count, clues = 0, size = 64;
	struct stems stems;

	for (size_t i = 0; i < count; i++)
		clues += lint->kept[i]->clue_count;
	while (size < 2 * clues)
		size *= 2;
	stems = (struct stems){ ARENA_ARRAY(lint->arena, size, struct stems_word),
				size - 1 };
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < lint->kept[i]->clue_count; k++) {
			uint64_t hash = lint->kept[i]->clues[k].hash;

			find_word(&stems, hash)->hash = hash;
		}
	for (size_t i = 0; i < count; i++)
		for (size_t w = 0; w < lint->kept[i]->stem_count; w++) {
			struct stems_word *word = find_word(&stems,
							    lint->kept[i]->words[w]);

			if (word->hash && word->last != i + 1) {
				word->count++;
				word->last = (uint32_t)i + 1;
			}
		}
	return stems;
}

/* One stem of a hundred, and always three. */
static bool is_rare(uint32_t count, size_t questions)
{
	return count <= 3 || (size_t)count * 100 <= questions;
}

static void check_clues(struct lint *lint, const struct lint_rule *rule)
{
	struct stems stems = count_stems(lint);
	size_t count = lint->copy->bank->count;

	for (size_t i = 0; i < count; i++) {
		const struct kept *kept = lint->kept[i];

		for (size_t k = 0; k < kept->clue_count; k++) {
			const struct clue *clue = &kept->clues[k];

			if (!is_rare(find_word(&stems, clue->hash)->count, count))
				continue;
			lint_on_key(lint, rule, kept,
				    "\"%s\" stands in the stem, in the key and in no "
				    "other option",
				    clue->word);
			break;
		}
	}
}

struct lint_check item_clang = { NULL, check_clues, NULL };
