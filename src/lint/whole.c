#include "whole.h"

#include <stdio.h>
#include <string.h>

/* What holds of all questions together, though of none alone. */

#define ENOUGH 30 /* questions, before chance is spoken of */

static struct bank_place manifest_place(const struct lint *lint)
{
	const struct json_doc *doc = lint->copy->part_count ? lint->copy->parts[0].doc
							    : NULL;

	return (struct bank_place){ doc, doc ? json_root(doc) : NULL };
}

static bool counts_for_chance(const struct lint_question *q)
{
	return q->key != SIZE_MAX && q->question->status == QUESTION_ACTIVE;
}

/* ---- Test-wise strategies ---- */

/* How much an option has of what a strategy looks for; the most is chosen. */
typedef double strategy_score(const struct lint_question *q, size_t option);

static double longest(const struct lint_question *q, size_t option)
{
	return (double)strlen(q->options[option].plain);
}

static double shortest(const struct lint_question *q, size_t option)
{
	return -(double)strlen(q->options[option].plain);
}

static double sounds_like_stem(const struct lint_question *q, size_t option)
{
	const struct words *words = &q->options[option].words;
	size_t n = 0;

	for (size_t i = 0; i < words->count; i++)
		n += strlen(words->at[i]) >= 4 && !word_is_common(words->at[i]) &&
		     words_have(&q->stem.words, words->at[i]);
	return (double)n;
}

static double most_shared(const struct lint_question *q, size_t option)
{
	const struct words *words = &q->options[option].words;
	size_t n = 0;

	for (size_t w = 0; w < words->count; w++)
		for (size_t i = 0; i < q->question->option_count; i++)
			n += i != option && strlen(words->at[w]) >= 4 &&
			     words_have(&q->options[i].words, words->at[w]);
	return (double)n;
}

static const struct strategy {
	const char *name;
	strategy_score *score;
} strategies[] = {
	{ "the longest option", longest },
	{ "the shortest option", shortest },
	{ "the option that sounds most like the stem", sounds_like_stem },
	{ "the option that shares most words with the others", most_shared },
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

struct tally {
	size_t hits, trials;
	double chance; /* mean of 1/k */
};

static struct tally try_strategy(const struct lint *lint, strategy_score *score)
{
	struct tally tally = { 0, 0, 0 };

	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct lint_question *q = &lint->questions[i];
		size_t best;

		if (!counts_for_chance(q) || !one_best(q, score, &best))
			continue;
		tally.trials++;
		tally.hits += best == q->key;
		tally.chance += 1.0 / (double)q->question->option_count;
	}
	if (tally.trials)
		tally.chance /= (double)tally.trials;
	return tally;
}

static void check_bot(struct lint *lint, const struct lint_rule *rule)
{
	struct bank_place place = manifest_place(lint);

	for (size_t i = 0; place.doc && i < sizeof(strategies) / sizeof(*strategies);
	     i++) {
		struct tally tally = try_strategy(lint, strategies[i].score);
		struct interval interval = wilson(tally.hits, tally.trials);

		if (tally.trials >= ENOUGH && interval.low > tally.chance + 0.05)
			lint_place(
				lint, rule, place,
				"who knows nothing but picks %s is right in %.0f %% of "
				"%zu questions (95 %% interval %.0f to %.0f; guessing "
				"%.0f)",
				strategies[i].name,
				100 * (double)tally.hits / (double)tally.trials,
				tally.trials, 100 * interval.low, 100 * interval.high,
				100 * tally.chance);
	}
}

struct lint_check whole_bot = { NULL, check_bot };

static void check_rank(struct lint *lint, const struct lint_rule *rule)
{
	struct bank_place place = manifest_place(lint);
	struct tally tally = try_strategy(lint, longest);
	double p;

	if (!place.doc || tally.trials < ENOUGH)
		return;
	p = binomial_tail(tally.hits, tally.trials, tally.chance);
	if (p < 0.01)
		lint_place(lint, rule, place,
			   "the key is the longest option in %zu of %zu questions; by "
			   "chance that happens with probability %.2g",
			   tally.hits, tally.trials, p);
}

struct lint_check whole_rank = { NULL, check_rank };

/* Positions as written, for questions of as many options as most have. */
static void check_positions(struct lint *lint, const struct lint_rule *rule)
{
	struct bank_place place = manifest_place(lint);
	size_t counts[BANK_OPTIONS_MAX] = { 0 }, trials = 0;
	double chi2 = 0;

	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct lint_question *q = &lint->questions[i];

		if (counts_for_chance(q) && q->question->option_count == 4) {
			counts[q->key]++;
			trials++;
		}
	}
	if (!place.doc || trials < ENOUGH)
		return;
	for (size_t i = 0; i < 4; i++) {
		double off = (double)counts[i] - (double)trials / 4;

		chi2 += off * off / ((double)trials / 4);
	}
	if (chi2_tail(chi2, 3) < 0.001)
		lint_place(
			lint, rule, place,
			"keys stand first, second, third, fourth in %zu, %zu, %zu, %zu "
			"of %zu questions",
			counts[0], counts[1], counts[2], counts[3], trials);
}

struct lint_check whole_positions = { NULL, check_positions };

/* ---- Enemies and dates ---- */

static bool names_enemy(const struct question *question, const char *id)
{
	for (size_t i = 0; i < question->enemies.count; i++)
		if (strcmp(question->enemies.at[i], id) == 0)
			return true;
	return false;
}

/* Where both name each other it is one pair. */
static size_t count_enemies(const struct bank *bank)
{
	size_t pairs = 0;

	for (size_t i = 0; i < bank->count; i++)
		for (size_t k = 0; k < bank->questions[i].enemies.count; k++) {
			const char *id = bank->questions[i].enemies.at[k];
			const struct question *enemy = bank_find(bank, id);

			pairs += enemy && (!names_enemy(enemy, bank->questions[i].id) ||
					   strcmp(bank->questions[i].id, id) < 0);
		}
	return pairs;
}

static void check_density(struct lint *lint, const struct lint_rule *rule)
{
	struct bank_place place = manifest_place(lint);
	const struct bank *bank = lint->copy->bank;
	size_t pairs = count_enemies(bank);

	if (place.doc && bank->count >= ENOUGH && 5 * pairs > 2 * bank->count)
		lint_place(lint, rule, place, "%zu pairs of enemies in %zu questions",
			   pairs, bank->count);
}

struct lint_check whole_density = { NULL, check_density };

/* Days since some day long ago; the dates have been checked. */
static int64_t day_number(const char *date)
{
	int year = 0, month = 0, day = 0;
	int64_t y;

	if (sscanf(date, "%d-%d-%d", &year, &month, &day) != 3)
		return 0;
	y = month < 3 ? year - 1 : year;
	return 365 * y + y / 4 - y / 100 + y / 400 +
	       (153 * (month + (month < 3 ? 9 : -3)) + 2) / 5 + day;
}

#define STALE_DAYS 365

static void check_stale(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q)
{
	const struct json *value = json_member(q->place.value, "reviewed");
	int64_t days;

	if (!lint->options->today || !value || !q->question->reviewed[0] ||
	    q->question->status != QUESTION_ACTIVE)
		return;
	days = day_number(lint->options->today) - day_number(q->question->reviewed);
	if (days > STALE_DAYS)
		lint_at(lint, rule, q, value, "%lld days ago", (long long)days);
	else if (days < 0)
		lint_at(lint, rule, q, value, "in the future");
}

struct lint_check whole_stale = { check_stale, NULL };

static void check_expired(struct lint *lint, const struct lint_rule *rule)
{
	const char *until = lint->copy->bank->valid_until;
	struct bank_place place = manifest_place(lint);

	if (!until || !lint->options->today || !place.doc ||
	    strcmp(until, lint->options->today) >= 0)
		return;
	place.value = json_member(place.value, "valid_until");
	if (place.value)
		lint_place(lint, rule, place, "the bank was valid until %s", until);
}

struct lint_check whole_expired = { NULL, check_expired };

/* ---- Suppressions ---- */

static const struct json *ignore_row(const struct lint_question *q, size_t index)
{
	const struct json *row = json_first(
		json_member(json_member(q->place.value, "lint"), "ignore"));

	while (row && index--)
		row = json_next(row);
	return row;
}

static void tell_unused(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q, size_t index)
{
	const char *name = q->question->lint_ignore.at[index];
	const struct lint_rule *named = lint_rule_find(name);

	if (!named)
		lint_at(lint, rule, q, ignore_row(q, index), "there is no rule \"%s\"",
			name);
	else if (named->severity == LINT_ERROR)
		lint_at(lint, rule, q, ignore_row(q, index),
			"%s is an error, and errors cannot be ignored", name);
	else if (!lint->off[lint_rule_index(named)] && !q->used[index])
		lint_at(lint, rule, q, ignore_row(q, index), "%s does not fire here",
			name);
}

static void check_unused(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++)
		for (size_t k = 0; k < lint->questions[i].question->lint_ignore.count;
		     k++)
			tell_unused(lint, rule, &lint->questions[i], k);
}

struct lint_check whole_unused = { NULL, check_unused };
