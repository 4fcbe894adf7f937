#include <string.h>

#include "priv.h"

/* What those try who know nothing, on one question. */

/* How much an option has of what a strategy looks for; the most is chosen. */
typedef double strategy_score(const struct lint_question *q, size_t option);

static double longest(const struct lint_question *q, size_t option)
{
	return (double)q->options[option].size;
}

static double shortest(const struct lint_question *q, size_t option)
{
	return -(double)q->options[option].size;
}

static double sounds_like_stem(const struct lint_question *q, size_t option)
{
	const struct words *words = &q->options[option].words;
	size_t n = 0;

	for (size_t w = 0; w < words->count; w++)
		n += words->uses[w] & USED_IN_STEM && word_is_telling(words->marks[w]);
	return (double)n;
}

static double most_shared(const struct lint_question *q, size_t option)
{
	const struct words *words = &q->options[option].words;
	size_t n = 0;

	for (size_t w = 0; w < words->count; w++) {
		unsigned others = words->uses[w] & ~(USED_IN_STEM | 1u << option);

		for (; words->marks[w] & WORD_LONG && others; others &= others - 1)
			n++;
	}
	return (double)n;
}

static strategy_score *const strategies[TRICKS] = {
	[TRICK_LONGEST] = longest,
	[TRICK_SHORTEST] = shortest,
	[TRICK_STEM] = sounds_like_stem,
	[TRICK_SHARED] = most_shared,
};

const char *const lint_trick_names[TRICKS] = {
	[TRICK_LONGEST] = "the longest option",
	[TRICK_SHORTEST] = "the shortest option",
	[TRICK_STEM] = "the option that sounds most like the stem",
	[TRICK_SHARED] = "the option that shares most words with the others",
};

/* Where the strategy names one option alone: is it the key? */
static bool one_best(const struct lint_question *q, strategy_score *score, size_t *best)
{
	double most = 0;
	size_t ties = 0;

	*best = 0;
	for (size_t i = 0; i < q->question->option_count; i++) {
		double own = score(q, i);

		if (i && own == most)
			ties++;
		if (i && own <= most)
			continue;
		most = own;
		*best = i;
		ties = 0;
	}
	return !ties && q->question->option_count > 1;
}

void lint_try_tricks(struct lint_question *q)
{
	for (size_t i = 0; i < TRICKS; i++) {
		size_t best;

		q->kept->named[i] = q->key != SIZE_MAX &&
				    one_best(q, strategies[i], &best);
		q->kept->hit[i] = q->kept->named[i] && best == q->key;
	}
}
