#include "whole.h"

#include <stdarg.h>
#include <string.h>

#include "proctor/clock.h"

/* What holds of all questions together, though of none alone. */

#define ENOUGH 30 /* questions, before chance is spoken of */

/* What is wrong with all together is said at the beginning of the manifest. */
static void say(struct lint *lint, const struct lint_rule *rule, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void say(struct lint *lint, const struct lint_rule *rule, const char *format, ...)
{
	const struct bank_copy *copy = lint->copy;
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	if (copy->part_count && copy->parts[0].parsed)
		lint_file(lint, rule, 0, copy->parts[0].root, "", "%s", text.data);
	buf_release(&text);
}

static bool counts_for_chance(const struct kept *kept)
{
	return kept->key != SIZE_MAX && kept->question->status == QUESTION_ACTIVE;
}

/* ---- Test-wise strategies ---- */

struct tally {
	size_t hits, trials;
	double chance; /* mean of 1/k */
};

static struct tally try_trick(const struct lint *lint, size_t trick)
{
	struct tally tally = { 0, 0, 0 };

	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct kept *kept = lint->kept[i];

		if (!counts_for_chance(kept) || !kept->named[trick])
			continue;
		tally.trials++;
		tally.hits += kept->hit[trick];
		tally.chance += 1.0 / (double)kept->option_count;
	}
	if (tally.trials)
		tally.chance /= (double)tally.trials;
	return tally;
}

static void check_bot(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < TRICKS; i++) {
		struct tally tally = try_trick(lint, i);
		struct interval interval = wilson(tally.hits, tally.trials);

		if (tally.trials >= ENOUGH && interval.low > tally.chance + 0.05)
			say(lint, rule,
			    "who knows nothing but picks %s is right in %.0f %% of "
			    "%zu questions (95 %% interval %.0f to %.0f; guessing "
			    "%.0f)",
			    lint_trick_names[i],
			    100 * (double)tally.hits / (double)tally.trials, tally.trials,
			    100 * interval.low, 100 * interval.high, 100 * tally.chance);
	}
}

struct lint_check whole_bot = { NULL, check_bot, NULL };

static void check_rank(struct lint *lint, const struct lint_rule *rule)
{
	struct tally tally = try_trick(lint, TRICK_LONGEST);
	double p;

	if (tally.trials < ENOUGH)
		return;
	p = binomial_tail(tally.hits, tally.trials, tally.chance);
	if (p < 0.01)
		say(lint, rule,
		    "the key is the longest option in %zu of %zu questions; by "
		    "chance that happens with probability %.2g",
		    tally.hits, tally.trials, p);
}

struct lint_check whole_rank = { NULL, check_rank, NULL };

/* Positions as written, for questions of as many options as most have. */
static void check_positions(struct lint *lint, const struct lint_rule *rule)
{
	size_t counts[BANK_OPTIONS_MAX] = { 0 }, trials = 0;
	double chi2 = 0;

	for (size_t i = 0; i < lint->copy->bank->count; i++) {
		const struct kept *kept = lint->kept[i];

		if (counts_for_chance(kept) && kept->option_count == 4) {
			counts[kept->key]++;
			trials++;
		}
	}
	if (trials < ENOUGH)
		return;
	for (size_t i = 0; i < 4; i++) {
		double off = (double)counts[i] - (double)trials / 4;

		chi2 += off * off / ((double)trials / 4);
	}
	if (chi2_tail(chi2, 3) < 0.001)
		say(lint, rule,
		    "keys stand first, second, third, fourth in %zu, %zu, %zu, %zu "
		    "of %zu questions",
		    counts[0], counts[1], counts[2], counts[3], trials);
}

struct lint_check whole_positions = { NULL, check_positions, NULL };

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
	const struct bank *bank = lint->copy->bank;
	size_t pairs = count_enemies(bank);

	if (bank->count >= ENOUGH && 5 * pairs > 2 * bank->count)
		say(lint, rule, "%zu pairs of enemies in %zu questions", pairs,
		    bank->count);
}

struct lint_check whole_density = { NULL, check_density, NULL };

#define STALE_DAYS 365

static void check_stale(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q)
{
	const struct json *value = json_member(q->place.value, "reviewed");
	int64_t days;

	if (!lint->options->today || !value || !clock_is_date(q->question->reviewed) ||
	    q->question->status != QUESTION_ACTIVE)
		return;
	days = clock_day(lint->options->today) - clock_day(q->question->reviewed);
	if (days > STALE_DAYS)
		lint_at(lint, rule, q, value, "%lld days ago", (long long)days);
	else if (days < 0)
		lint_at(lint, rule, q, value, "in the future");
}

struct lint_check whole_stale = { check_stale, NULL, NULL };

static void check_expired(struct lint *lint, const struct lint_rule *rule)
{
	const char *until = lint->copy->bank->valid_until;
	struct bank_place place = { lint->copy->manifest, NULL };

	if (!until || !clock_is_date(until) || !lint->options->today || !place.doc ||
	    strcmp(until, lint->options->today) >= 0)
		return;
	place.value = json_member(json_root(place.doc), "valid_until");
	if (place.value)
		lint_place(lint, rule, place, "the bank was valid until %s", until);
}

struct lint_check whole_expired = { NULL, check_expired, NULL };

/* ---- Suppressions ---- */

static void tell_unused(struct lint *lint, const struct lint_rule *rule,
			const struct kept *kept, size_t index)
{
	const char *name = kept->question->lint_ignore.at[index];
	const struct lint_rule *named = lint_rule_find(name);

	if (!named)
		lint_on_ignored(lint, rule, kept, index, "there is no rule \"%s\"", name);
	else if (named->severity == LINT_ERROR)
		lint_on_ignored(lint, rule, kept, index,
				"%s is an error, and errors cannot be ignored", name);
	else if (!lint->off[lint_rule_index(named)] && !kept->used[index])
		lint_on_ignored(lint, rule, kept, index, "%s does not fire here", name);
}

static void check_unused(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->bank->count; i++)
		for (size_t k = 0; k < lint->kept[i]->question->lint_ignore.count; k++)
			tell_unused(lint, rule, lint->kept[i], k);
}

struct lint_check whole_unused = { NULL, NULL, check_unused };
