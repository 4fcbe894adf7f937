#include "advice.h"

#include <math.h>

#define ITEMS_SHOWN 6

static long minutes(int64_t ms)
{
	return lround((double)ms / 60000);
}

/* ---- Time ---- */

/* How the right answers went is told only where it is more than chance. */
static void put_thirds(struct advice *advice)
{
	const struct score_third *third = advice->report->result->pace.thirds;
	struct tally tallies[3];
	const char *told = "";
	double chi2;
	int64_t df;

	if (minutes(third[0].spent_ms + third[1].spent_ms + third[2].spent_ms) == 0)
		return;
	for (size_t i = 0; i < 3; i++)
		tallies[i] = third[i].tally;
	if (score_differ(tallies, 3, &chi2, &df) < SCORE_ALPHA)
		told = advice_say(advice,
				  "; right %s, %s and %s: further apart than chance "
				  "explains",
				  advice_right(advice, &tallies[0]),
				  advice_right(advice, &tallies[1]),
				  advice_right(advice, &tallies[2]));
	advice_fact(advice, "Thirds",
		    advice_say(advice,
			       "%ld, %ld and %ld minutes; their length asks for %ld, "
			       "%ld and %ld%s",
			       minutes(third[0].spent_ms), minutes(third[1].spent_ms),
			       minutes(third[2].spent_ms), minutes(third[0].expected_ms),
			       minutes(third[1].expected_ms),
			       minutes(third[2].expected_ms), told));
}

static const char *marked(struct advice *advice, bool rapid)
{
	const struct result *result = advice->report->result;
	size_t *items = ARENA_ARRAY(&advice->sheet.arena, result->count, size_t);
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		if (rapid ? result->items[i].rapid : result->items[i].slow)
			items[count++] = i;
	return advice_items(advice, items, count, ITEMS_SHOWN);
}

static void put_speed(struct advice *advice)
{
	const struct score_pace *pace = &advice->report->result->pace;

	if (pace->rapid)
		advice_fact(advice, "Too fast",
			    advice_say(advice,
				       "answered before they can have been read: %s",
				       marked(advice, true)));
	if (pace->slow)
		advice_fact(advice, "Slow",
			    advice_say(advice,
				       "more than twice their share of the time: %s",
				       marked(advice, false)));
}

/* ---- Changes ---- */

/* Base rates: Kruger, Wirtz and Miller (2005). */
static const char *counsel(const struct score_changes *changes)
{
	if (changes->p >= SCORE_ALPHA)
		return "Too few to advise on. In studies 51 % of changes went to right, "
		       "25 "
		       "% to wrong.";
	return changes->counts[SCORE_WRONG_TO_RIGHT] >
			       changes->counts[SCORE_RIGHT_TO_WRONG]
		       ? "More than luck: second thoughts help you, keep having them."
		       : "More than bad luck: change an answer only for a reason you can "
			 "name.";
}

static void put_changes(struct advice *advice)
{
	const struct score_changes *changes = &advice->report->result->changes;
	const int64_t *counts = changes->counts;

	if (counts[SCORE_WRONG_TO_RIGHT] + counts[SCORE_RIGHT_TO_WRONG] +
		    counts[SCORE_WRONG_TO_WRONG] ==
	    0)
		return;
	advice_fact(advice, "Changes",
		    advice_say(advice,
			       "%lld wrong to right, %lld right to wrong, %lld wrong to "
			       "wrong. %s",
			       (long long)counts[SCORE_WRONG_TO_RIGHT],
			       (long long)counts[SCORE_RIGHT_TO_WRONG],
			       (long long)counts[SCORE_WRONG_TO_WRONG],
			       counsel(changes)));
}

/* ---- Confidence ---- */

static void put_confidence(struct advice *advice)
{
	static const struct {
		enum confidence level;
		const char *word;
	} levels[] = { { CONFIDENCE_SURE, "sure" },
		       { CONFIDENCE_UNSURE, "unsure" },
		       { CONFIDENCE_GUESS, "guessed" } };
	const char *told = "";

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		const struct tally *tally =
			&advice->report->result->confidences[levels[i].level];

		if (tally->of)
			told = advice_say(advice, "%s%s%s: %s right (%s)", told,
					  *told ? "; " : "", levels[i].word,
					  advice_right(advice, tally),
					  advice_likely(advice, tally));
	}
	if (*told)
		advice_fact(advice, "Confidence", told);
}

void put_work(struct advice *advice)
{
	if (!advice->report->result->answered)
		return;
	sheet_gap(&advice->sheet);
	if (!words_is_drill(advice->report))
		put_thirds(advice);
	put_speed(advice);
	put_changes(advice);
	put_confidence(advice);
}
