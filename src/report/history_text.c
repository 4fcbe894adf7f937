#include "proctor/report.h"

#include <math.h>
#include <string.h>

#include "priv.h"
#include "proctor/text.h"
#include "progress.h"
#include "sheet.h"

/* From here on a session is one line, and figures stand beside titles. */
#define WIDE 77
#define ROOM 34 /* columns of a title and the gap behind it */
#define SHOWN 7 /* exams whose share in a domain is told */
#define HANG 2

struct telling {
	struct sheet sheet;
	const struct history *history;
	struct progress progress;
	bool ascii, wide;
};

/* ---- Small pictures ---- */

/* Eight heights; without them the tenths as digits, 9 being nine or ten tenths. */
static void put_spark(struct telling *telling, struct buf *out, double share)
{
	static const char *const heights[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

	if (isnan(share))
		buf_char(out, ' ');
	else if (telling->ascii)
		buf_char(out, (char)('0' + (int)fmin(9, floor(10 * share))));
	else
		buf_text(out, heights[(int)fmin(7, floor(8 * share))]);
}

/* The picture of the values and the values themselves, each from 0 to 1 in the first and
 * as it is told in the second. */
static const char *spark_of(struct telling *telling, const double *shares,
			    const char *const *told, size_t count)
{
	struct buf line = BUF_INIT;
	const char *kept;

	for (size_t i = 0; i < count; i++)
		put_spark(telling, &line, shares[i]);
	buf_char(&line, ' ');
	for (size_t i = 0; i < count; i++)
		buf_printf(&line, " %s", told[i]);
	kept = arena_copy(&telling->sheet.arena, line.data, line.len);
	buf_release(&line);
	return kept;
}

/* The latest exams that are told of in pictures. */
static size_t shown_from(const struct progress_kind *exams)
{
	return exams->scored_count > SHOWN ? exams->scored_count - SHOWN : 0;
}

/* ---- The sessions ---- */

static const char *name_of(struct telling *telling,
			   const struct progress_session *session)
{
	return arena_printf(&telling->sheet.arena, "%s  %s", session->past->id,
			    sheet_safe(&telling->sheet, session->past->blueprint_id));
}

static const char *used_of(struct telling *telling,
			   const struct progress_session *session)
{
	return words_duration(&telling->sheet.arena, session->past->used_ms);
}

static void put_exam(struct telling *telling, const struct progress_session *session)
{
	struct arena *arena = &telling->sheet.arena;
	struct buf *out = telling->sheet.out;
	const char *range = progress_range(arena, session);

	buf_printf(out, "%s  %4lld", progress_when(arena, session),
		   (long long)session->score.scaled);
	if (telling->wide)
		buf_printf(out, "  %-9s", range);
	buf_printf(out, "  %s  %8s", progress_result(session), used_of(telling, session));
	if (!telling->wide)
		buf_printf(out, "\n  %-9s", range);
	buf_printf(out, "  %s\n", name_of(telling, session));
}

static void put_drill(struct telling *telling, const struct progress_session *session)
{
	const struct store_past *past = session->past;
	struct arena *arena = &telling->sheet.arena;
	struct buf *out = telling->sheet.out;
	const char *right = arena_printf(arena, "%lld of %lld", (long long)past->raw,
					 (long long)past->of);

	buf_printf(out, "%s  ", progress_when(arena, session));
	if (!past->of)
		buf_printf(out, "%-22s", "nothing answered");
	else if (telling->wide)
		buf_printf(out, "%-12s %3ld %%    ", right,
			   lround(100.0 * (double)past->raw / (double)past->of));
	else
		buf_printf(out, "%-10s", right);
	buf_printf(out, " %8s%s  %s\n", used_of(telling, session),
		   telling->wide ? "" : "\n", name_of(telling, session));
}

static void put_session(struct telling *telling, const struct progress_session *session,
			void (*put)(struct telling *, const struct progress_session *))
{
	const char *command = progress_command(&telling->sheet.arena, session);

	if (session->score.min < session->score.max) {
		put(telling, session);
		return;
	}
	buf_printf(telling->sheet.out, "%s  %s",
		   progress_when(&telling->sheet.arena, session), progress_open(session));
	if (command)
		buf_printf(telling->sheet.out, "%s%s", telling->wide ? ": " : "\n  ",
			   command);
	sheet_gap(&telling->sheet);
}

static void put_sessions(struct telling *telling, const struct progress_kind *kind,
			 const char *head,
			 void (*put)(struct telling *, const struct progress_session *))
{
	size_t most = telling->history->most, from = 0;

	if (!kind->count)
		return;
	if (most && kind->count > most)
		from = kind->count - most;
	sheet_gap(&telling->sheet);
	sheet_paragraph(&telling->sheet, head);
	if (from)
		sheet_paragraph(&telling->sheet,
				arena_printf(&telling->sheet.arena,
					     "(%zu earlier ones are not listed)", from));
	for (size_t i = from; i < kind->count; i++)
		put_session(telling, &kind->sessions[i], put);
}

/* ---- The trend ---- */

static void put_scores(struct telling *telling)
{
	const struct progress_kind *exams = &telling->progress.exams;
	size_t from = shown_from(exams), count = exams->scored_count - from;
	double shares[SHOWN];
	const char *told[SHOWN];

	for (size_t i = 0; i < count; i++) {
		const struct score *score =
			&exams->sessions[exams->scored[from + i]].score;

		shares[i] = (double)(score->scaled - score->min) /
			    (double)(score->max - score->min);
		told[i] = arena_printf(&telling->sheet.arena, "%lld",
				       (long long)score->scaled);
	}
	sheet_labelled(&telling->sheet, "Scores", 8,
		       spark_of(telling, shares, told, count));
}

static void put_trend(struct telling *telling)
{
	struct arena *arena = &telling->sheet.arena;
	const char *repeats = progress_repeats(arena, &telling->progress);

	if (!telling->progress.exams.count)
		return;
	sheet_gap(&telling->sheet);
	if (telling->progress.exams.scored_count > 1)
		put_scores(telling);
	sheet_paragraph(&telling->sheet, progress_trend(arena, &telling->progress));
	if (repeats)
		sheet_paragraph(&telling->sheet, repeats);
}

/* ---- The domains ---- */

static void put_domain(struct telling *telling, const struct progress_domain *domain,
		       const char *const *figures, size_t count)
{
	struct sheet *sheet = &telling->sheet;

	sheet_row(sheet,
		  arena_printf(&sheet->arena, "%s %s", sheet_safe(sheet, domain->id),
			       sheet_safe(sheet, domain->title)),
		  HANG, telling->wide ? ROOM : 0, figures, count);
}

static const char *shares_of(struct telling *telling,
			     const struct progress_domain *domain)
{
	const struct progress_kind *exams = &telling->progress.exams;
	size_t from = shown_from(exams), count = exams->scored_count - from;
	double shares[SHOWN];
	const char *told[SHOWN];

	for (size_t i = 0; i < count; i++) {
		shares[i] = progress_share(&exams->sessions[exams->scored[from + i]],
					   domain->id);
		told[i] = isnan(shares[i]) ? " -"
					   : arena_printf(&telling->sheet.arena, "%2ld",
							  lround(100 * shares[i]));
	}
	return spark_of(telling, shares, told, count);
}

static void put_over_time(struct telling *telling)
{
	const struct progress *progress = &telling->progress;
	size_t from = shown_from(&progress->exams);

	if (progress->exams.scored_count < 2)
		return;
	sheet_gap(&telling->sheet);
	sheet_paragraph(&telling->sheet,
			from ? arena_printf(&telling->sheet.arena,
					    "Domains: percent right in the last %d "
					    "exams, oldest first",
					    SHOWN)
			     : "Domains: percent right in each exam, oldest first");
	for (size_t d = 0; d < progress->domain_count; d++) {
		const char *figures[] = { shares_of(telling, &progress->domains[d]) };

		put_domain(telling, &progress->domains[d], figures, 1);
	}
}

static const char *estimate_of(struct telling *telling, const char *label,
			       const struct score_estimate *estimate)
{
	return arena_printf(&telling->sheet.arena, "%s%3ld %%  %2ld-%-*ld", label,
			    lround(100 * estimate->share), lround(100 * estimate->low),
			    telling->wide ? 3 : 0, lround(100 * estimate->high));
}

static void put_standing(struct telling *telling, const struct progress_domain *domain,
			 const struct score_standing *standing)
{
	struct arena *arena = &telling->sheet.arena;
	const char *figures[3];

	if (!standing->of) {
		figures[0] = "no first answer yet";
		put_domain(telling, domain, figures, 1);
		return;
	}
	figures[0] = estimate_of(telling, telling->wide ? "" : "over all ",
				 &standing->over_all);
	figures[1] = estimate_of(telling, telling->wide ? "" : "recent   ",
				 &standing->recent);
	figures[2] = arena_printf(arena, "%lld of %lld", (long long)standing->right,
				  (long long)standing->of);
	if (telling->wide) {
		figures[0] = arena_printf(arena, "%s   %s  %9s", figures[0], figures[1],
					  figures[2]);
		put_domain(telling, domain, figures, 1);
	} else {
		figures[2] = arena_printf(arena, "from %s", figures[2]);
		put_domain(telling, domain, figures, 3);
	}
}

static void put_standings(struct telling *telling, const struct progress_kind *kind,
			  const char *title)
{
	const char *const heads[] = { "over all        recent           right" };
	const struct progress *progress = &telling->progress;

	if (!kind->first)
		return;
	sheet_gap(&telling->sheet);
	if (telling->wide)
		sheet_row(&telling->sheet, title, 0, ROOM, heads, 1);
	else
		sheet_paragraph(&telling->sheet, title);
	for (size_t d = 0; d < progress->domain_count; d++)
		put_standing(telling, &progress->domains[d], &kind->standings[d]);
}

/* ---- All of it ---- */

static void tell_exam(struct telling *telling)
{
	struct progress *progress = &telling->progress;
	struct sheet *sheet = &telling->sheet;

	sheet_paragraph(sheet, sheet_safe(sheet, progress->title));
	sheet_paragraph(sheet, progress_span(&sheet->arena, progress));
	put_sessions(telling, &progress->exams,
		     telling->wide
			     ? "Exams, oldest first: when (UTC), score, range of the "
			       "score, result, time"
			     : "Exams, oldest first (UTC): score, result, time, range",
		     put_exam);
	put_sessions(telling, &progress->drills,
		     "Drills, oldest first: when (UTC), right answers, time", put_drill);
	put_trend(telling);
	put_over_time(telling);
	put_standings(telling, &progress->exams, "Estimates from exams");
	put_standings(telling, &progress->drills, "Estimates from drills");
	if (progress->exams.first || progress->drills.first) {
		sheet_gap(sheet);
		sheet_paragraph(sheet, progress_how);
	}
	if (progress->drills.first)
		sheet_paragraph(sheet, progress_drills);
}

void history_text(const struct history *history, size_t columns, bool ascii,
		  struct buf *out)
{
	struct telling telling = { .history = history, .ascii = ascii };

	sheet_begin(&telling.sheet, columns, out);
	telling.wide = telling.sheet.measure >= WIDE;
	if (!history->count)
		sheet_paragraph(&telling.sheet,
				"There is no session yet. Begin one: proctor exam");
	for (size_t i = 0; i < history->exam_count; i++) {
		if (i)
			buf_text(out, "\n\n");
		progress_make(history, &history->exams[i], &telling.sheet.arena,
			      &telling.progress);
		tell_exam(&telling);
	}
	sheet_end(&telling.sheet);
}
