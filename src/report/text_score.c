#include "advice.h"

#include <math.h>
#include <string.h>

/* ---- Would I have passed? ---- */

/* Is the pass mark inside the range of the score? */
static bool is_close(const struct score *score)
{
	return score->low < score->pass && score->pass <= score->high;
}

static void put_result(struct advice *advice)
{
	const struct score *score = &advice->report->result->score;

	advice_fact(advice, "Result",
		    advice_say(advice, "%s%s: %lld of %lld scored right, %lld needed",
			       score->passed ? "PASS" : "FAIL",
			       is_close(score) ? ", too close to be sure" : "",
			       (long long)score->raw, (long long)score->of,
			       (long long)score_needed(advice->report->blueprint,
						       score->of)));
	advice_fact(advice, "Score",
		    advice_say(advice,
			       "%lld, likely %lld to %lld; %lld passes, on a scale from "
			       "%lld to %lld",
			       (long long)score->scaled, (long long)score->low,
			       (long long)score->high, (long long)score->pass,
			       (long long)score->min, (long long)score->max));
}

static void put_chance(struct advice *advice)
{
	const struct result *result = advice->report->result;

	if (!result->next_of)
		return;
	advice_fact(advice, "Next form",
		    advice_say(advice,
			       "%s chance to pass another form drawn from this bank",
			       advice_chance(advice, result->next_pass)));
}

/* ---- Time ---- */

static const char *answered_told(struct advice *advice)
{
	const struct result *result = advice->report->result;
	size_t open = result->count - result->answered;

	if (!open)
		return advice_say(advice, "all %zu questions answered", result->count);
	return advice_say(advice, "%zu of %zu questions answered", result->answered,
			  result->count);
}

void put_time(struct advice *advice)
{
	const char *gaps = words_gaps(&advice->sheet.arena, advice->report);

	advice_fact(advice, "Time",
		    advice_say(advice, "%s; %s",
			       words_time(&advice->sheet.arena, advice->report),
			       answered_told(advice)));
	if (gaps)
		advice_fact(advice, "Gaps", gaps);
}

/* ---- What was not answered ---- */

static void put_open(struct advice *advice)
{
	const struct score_pace *pace = &advice->report->result->pace;

	if (!pace->open)
		return;
	if (words_tells_little(advice->report)) {
		advice_fact(
			advice, "Left open",
			advice_say(advice,
				   "%zu, which count as wrong: too many to tell what you "
				   "know and what you do not",
				   pace->open));
		return;
	}
	advice_fact(
		advice, "Left open",
		advice_say(
			advice,
			"%zu, of these %zu among the last %d; all count as wrong in "
			"what follows, though not reached is not the same as not known",
			pace->open, pace->open_last, SCORE_LAST));
}

/* ---- All of it ---- */

void put_score(struct advice *advice)
{
	const struct result *result = advice->report->result;

	if (result->score.of == 0)
		advice_fact(advice, "Result",
			    "not scored: no question of this form counts");
	else
		put_result(advice);
	if (!words_tells_little(advice->report))
		put_chance(advice);
	put_time(advice);
	put_open(advice);
}

/* The one place that says what the numbers are. */
void put_honesty(struct advice *advice)
{
	const struct score *score = &advice->report->result->score;
	const char *vendor = advice_safe(advice, advice->report->blueprint->vendor);

	if (score->of == 0)
		return;
	sheet_gap(&advice->sheet);
	sheet_paragraph(
		&advice->sheet,
		advice_say(
			advice,
			"The score is an estimate, %lld + %lld x right / scored: a "
			"linear convention, because %s publishes no table. Its range is "
			"one "
			"standard error.%s None of this forecasts the real exam.",
			(long long)score->min, (long long)(score->max - score->min),
			*vendor ? vendor : "the vendor",
			words_tells_little(advice->report)
				? ""
				: " In the table est. leans towards your overall share, "
				  "and likely is a 95 % interval. Where a section label "
				  "begins is unpublished too: here at the pass level."));
}
