#include <math.h>
#include <string.h>

#include "priv.h"
#include "proctor/clock.h"
#include "progress.h"

#define REPEATS_TOLD 0.1 /* so many of an exam's questions must have been met before */
#define CHANCE 0.05

const char progress_how[] =
	"Only the first answer to each question counts here: later ones tell what is "
	"remembered of the question. Over all takes every such answer alike; in recent "
	"each loses 2 % of its weight with every later one of the domain. Both are drawn "
	"towards your share over all domains, because a few answers say little; the "
	"ranges are where the truth lies with 95 % probability.";
const char progress_drills[] =
	"In a drill you choose the domain, take your time and see the key at once: that "
	"is practice, and is kept apart from the exams.";

const char *progress_when(struct arena *arena, const struct progress_session *session)
{
	char stamp[CLOCK_STAMP_SIZE];
	const char *time;

	clock_stamp(session->past->began_ms, stamp);
	time = strchr(stamp, 'T');
	if (!time)
		return "at a time unknown";
	return arena_printf(arena, "%.*s %.5s", (int)(time - stamp), stamp, time + 1);
}

const char *progress_range(struct arena *arena, const struct progress_session *session)
{
	return arena_printf(arena, "%lld-%lld", (long long)session->score.low,
			    (long long)session->score.high);
}

const char *progress_result(const struct progress_session *session)
{
	return session->score.passed ? "PASS" : "fail";
}

const char *progress_open(const struct progress_session *session)
{
	return session->past->phase == PHASE_DONE ? "damaged: no score" : "not finished";
}

const char *progress_command(struct arena *arena, const struct progress_session *session)
{
	if (session->past->phase == PHASE_DONE)
		return NULL;
	return arena_printf(arena, "proctor resume %s", session->past->id);
}

const char *progress_span(struct arena *arena, const struct progress *progress)
{
	size_t exams = progress->exams.count, drills = progress->drills.count;
	size_t open = exams - progress->exams.scored_count;
	const char *span = arena_printf(arena, "%zu exam%s", exams,
					words_plural((int64_t)exams));

	if (open)
		span = arena_printf(arena, "%s (%zu without a score)", span, open);
	if (drills)
		span = arena_printf(arena, "%s and %zu drill%s", span, drills,
				    words_plural((int64_t)drills));
	return span;
}

static const char *trend_in_numbers(struct arena *arena, const struct score_trend *trend)
{
	return arena_printf(
		arena,
		"On questions met for the first time, the share of right answers goes %s "
		"by about %.1f percentage points from exam to exam (95 %% interval %+.1f "
		"to %+.1f). %s",
		trend->slope < 0 ? "down" : "up", fabs(100 * trend->slope),
		100 * trend->low, 100 * trend->high,
		trend->p < CHANCE
			? "That is more than chance alone would do."
			: "Chance alone could do that: do not count on it yet.");
}

const char *progress_trend(struct arena *arena, const struct progress *progress)
{
	size_t done = progress->exams.scored_count;

	if (progress->has_trend)
		return trend_in_numbers(arena, &progress->trend);
	if (done == 0)
		return "No exam is finished yet, so there is nothing to compare.";
	if (done == 1)
		return "One exam is no trend: there is nothing to compare it with yet.";
	if (done == 2)
		return "Two exams are no trend yet: what lies between them may be "
		       "chance.";
	return "Too few questions were met for the first time to tell a trend.";
}

const char *progress_repeats(struct arena *arena, const struct progress *progress)
{
	const struct progress_kind *exams = &progress->exams;
	const struct progress_session *last;
	int64_t repeats;

	if (!exams->scored_count)
		return NULL;
	last = &exams->sessions[exams->scored[exams->scored_count - 1]];
	repeats = last->all - last->first.of;
	if ((double)repeats < REPEATS_TOLD * (double)last->all || !repeats)
		return NULL;
	return arena_printf(arena,
			    "%lld of the %lld questions of the latest exam had been met "
			    "before: its score is partly memory.",
			    (long long)repeats, (long long)last->all);
}
