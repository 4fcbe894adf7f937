#include "priv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"

#define ROWS_NAMED 6

const char words_caveat[] =
	"Every question counts here, scored or not. The interval is where the true share "
	"lies with 95\u00a0% probability, as far as these questions tell; the estimate "
	"is drawn towards your overall share, because a few answers say little. One form "
	"says very little about a single task, and not much about a domain: in simulated "
	"exams the domain that came out lowest was truly the weakest only about half the "
	"time. Trust what several forms agree on.";
const char words_order[] =
	"In the order of what it is likely to bring: how many questions of the next form "
	"are expected to be missing to pass level.";

/* ---- The score ---- */

const char *words_pass(struct arena *arena, const struct report *report)
{
	const struct score *score = &report->result->score;

	return arena_printf(
		arena,
		"%lld of %lld scored questions right; %lld are needed. That is %lld on a "
		"scale from %lld to %lld, on which %lld passes.",
		(long long)score->raw, (long long)score->of,
		(long long)score_needed(report->blueprint, score->of),
		(long long)score->scaled, (long long)score->min, (long long)score->max,
		(long long)score->pass);
}

const char *words_range(struct arena *arena, const struct report *report)
{
	const struct score *score = &report->result->score;

	return arena_printf(arena, "The score is an estimate: %s %lld to %lld.",
			    score->sem > 0
				    ? "one standard error either way is"
				    : "two out of three times the truth would lie in",
			    (long long)score->low, (long long)score->high);
}

const char *words_next(struct arena *arena, const struct report *report)
{
	const struct result *result = report->result;
	double chance = 100 * result->next_pass;

	if (!result->next_of || words_tells_little(report))
		return NULL;
	return arena_printf(
		arena,
		"Another form drawn from this bank, sat today, would be passed with "
		"%s%.0f\u00a0%% probability (%lld of %lld). That is not the real exam.",
		chance < 1    ? "less than "
		: chance > 99 ? "more than "
			      : "about ",
		chance < 1    ? 1
		: chance > 99 ? 99
			      : chance,
		(long long)result->next_needed, (long long)result->next_of);
}

const char *words_close(const struct report *report)
{
	const struct score *score = &report->result->score;

	if (score->low > score->pass || score->high < score->pass)
		return NULL;
	return "The pass mark lies within that range: another form could well go the "
	       "other way.";
}

const char *words_convention(struct arena *arena, const struct report *report)
{
	const struct score *score = &report->result->score;
	const char *vendor = report->blueprint->vendor;

	return arena_printf(
		arena,
		"%s publishes no table from right answers to scaled scores. The scale "
		"here is a linear convention, %lld + %lld × right / scored, rounded "
		"down, so the score is an estimate and no forecast of the real exam.",
		vendor && *vendor ? vendor : "The vendor", (long long)score->min,
		(long long)(score->max - score->min));
}

/* ---- Answers and time ---- */

const char *words_answered(struct arena *arena, const struct report *report)
{
	const struct result *result = report->result;
	size_t open = result->count - result->answered;

	if (!open)
		return arena_printf(arena, "all %zu", result->count);
	return arena_printf(
		arena, "%zu of %zu%s", result->answered, result->count,
		words_is_drill(report) ? "" : "; what is left open counts as wrong");
}

const char *words_time(struct arena *arena, const struct report *report)
{
	const char *used = words_duration(arena, report->state->used_ms);
	int64_t limit = report->session->limit_ms;
	int64_t exam = report->blueprint->minutes * 60000;
	const char *told = limit > 0 ? arena_printf(arena, "%s of %s%s", used,
						    words_duration(arena, limit),
						    report->state->expired
							    ? ", ended by the clock"
							    : "")
				     : arena_printf(arena, "%s, without a limit", used);

	if (limit == exam || words_is_drill(report))
		return told;
	return arena_printf(arena, "%s; the exam gives %s", told,
			    words_duration(arena, exam));
}

const char *words_gaps(struct arena *arena, const struct report *report)
{
	if (report->gaps <= 0)
		return NULL;
	return arena_printf(
		arena, "%lld, %s in all, when the program was not running; %s",
		(long long)report->gaps, words_duration(arena, report->gap_ms),
		report->session->strict ? "counted (strict time)" : "not counted");
}

/* ---- Weaknesses ---- */

/* "domain 3, task 1.2 and 4 more", of the rows in a state. */
static size_t list_rows(const struct result *result, enum score_state state,
			struct buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < result->row_count; i++) {
		const struct score_row *row = &result->rows[i];

		if (row->state != state || count++ >= ROWS_NAMED)
			continue;
		buf_printf(out, "%s%s %s", count > 1 ? ", " : "",
			   row->is_domain ? "domain" : "task", row->id);
	}
	if (count > ROWS_NAMED)
		buf_printf(out, " and %zu more", count - ROWS_NAMED);
	return count;
}

const char *words_weak(struct arena *arena, const struct report *report)
{
	struct buf others = BUF_INIT, pass = BUF_INIT;
	const char *told = "Nothing stands out as weak: each domain is above pass level, "
			   "or too few of its questions were asked to tell.";

	list_rows(report->result, SCORE_BELOW_OTHERS, &others);
	list_rows(report->result, SCORE_BELOW_PASS, &pass);
	if (others.len || pass.len)
		told = arena_printf(
			arena, "%s%s%s%s%s%s", others.len ? "Below your others: " : "",
			others.data, others.len ? ". " : "",
			pass.len ? "Below pass level, by all that can be told: " : "",
			pass.data, pass.len ? "." : "");
	buf_release(&others);
	buf_release(&pass);
	return told;
}

const char *words_differ(struct arena *arena, const struct report *report)
{
	const struct result *result = report->result;

	if (result->domains_df <= 0)
		return NULL;
	return arena_printf(
		arena,
		"Do the domains differ at all? Differences as large as these come "
		"about by chance in %.0f\u00a0%% of exams in which they do not%s.",
		100 * result->domains_p,
		result->domains_p < SCORE_ALPHA ? ": they do seem to differ"
						: ", so they may well be alike");
}

/* ---- Behaviour ---- */

const char *words_open(struct arena *arena, const struct report *report)
{
	const struct score_pace *pace = &report->result->pace;

	if (!pace->open || words_is_drill(report))
		return NULL;
	if (words_tells_little(report))
		return arena_printf(arena,
				    "%zu questions were left open, which count as wrong: "
				    "too many to tell what you know and what you do not.",
				    pace->open);
	return arena_printf(
		arena,
		"Left open: %zu question%s, of these %zu among the last %d. An open "
		"answer counts as wrong, so a guess costs nothing; but not reached is "
		"not the same as not known.",
		pace->open, words_plural((int64_t)pace->open), pace->open_last,
		SCORE_LAST);
}

const char *words_rapid(struct arena *arena, const struct report *report)
{
	size_t count = report->result->pace.rapid;

	if (!count)
		return NULL;
	return arena_printf(arena, "Answered too fast to have been read: %zu question%s.",
			    count, words_plural((int64_t)count));
}

const char *words_slow(struct arena *arena, const struct report *report)
{
	size_t count = report->result->pace.slow;

	if (!count)
		return NULL;
	return arena_printf(arena,
			    "More than twice its share of the time: %zu question%s. Flag "
			    "such a question, give your best answer and come back.",
			    count, words_plural((int64_t)count));
}

const char *words_changes(struct arena *arena, const struct report *report)
{
	const int64_t *counts = report->result->changes.counts;
	long long better = counts[SCORE_WRONG_TO_RIGHT];
	long long worse = counts[SCORE_RIGHT_TO_WRONG];
	long long same = counts[SCORE_WRONG_TO_WRONG];

	if (!(better + worse + same))
		return NULL;
	return arena_printf(arena,
			    "Answers changed: %lld from wrong to right, %lld from right "
			    "to wrong, %lld from wrong to wrong.",
			    better, worse, same);
}

const char *words_advice(const struct report *report)
{
	const struct score_changes *changes = &report->result->changes;

	if (changes->p >= SCORE_ALPHA)
		return "That is too few to say whether changing helps you; for most "
		       "people it does.";
	return changes->counts[SCORE_WRONG_TO_RIGHT] >
			       changes->counts[SCORE_RIGHT_TO_WRONG]
		       ? "Changing answers helps you: go on doing it when you see a "
			 "reason."
		       : "Changing answers costs you: change one only for a reason you "
			 "could put in words.";
}

const char *words_seed(const struct report *report)
{
	return report->session->history
		       ? "the form also depends on what was seen before: the seed alone "
			 "does not give it again"
		       : "with this bank and blueprint it gives this form again";
}
