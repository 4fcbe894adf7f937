#include "proctor/report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/clock.h"
#include "proctor/text.h"

#define MEASURE_MIN 40
#define MEASURE_MAX 78 /* longer lines are hard to read */
#define LABEL 10       /* columns of a label and the gap behind it */
#define FIGURES 38     /* columns of a row's figures, bar and all */
#define FIGURES_INDENT 2
#define TITLE_MIN 30 /* columns a title must have beside the figures */
#define HANG_MAX 8   /* a title's later lines start below its first word, up to here */
#define BAR 10
#define DIGEST_SHOWN 16

/* A report being written; texts made on the way live as long as the page. */
struct page {
	const struct report *report;
	struct arena arena;
	struct buf *out;
	size_t measure;
};

/* ---- Paragraphs ---- */

/* What is not ours comes onto the page through here alone. */
static const char *safe(struct page *page, const char *text)
{
	struct buf line = BUF_INIT;
	const char *kept;

	if (!text)
		return "";
	text_safe_line(&line, text, strlen(text));
	kept = arena_copy(&page->arena, line.data, line.len);
	buf_release(&line);
	return kept;
}

static void gap(struct page *page)
{
	buf_char(page->out, '\n');
}

/* Wraps text behind an indent, in which the label stands on the first line. */
static void labelled(struct page *page, const char *label, size_t indent,
		     const char *text)
{
	struct text_line *lines;
	size_t count = text_wrap(text, strlen(text), page->measure - indent, &page->arena,
				 &lines);

	for (size_t i = 0; i < count; i++) {
		const char *head = i ? "" : label;

		buf_text(page->out, head);
		buf_repeat(page->out, ' ', indent - strlen(head));
		buf_add(page->out, text + lines[i].from, lines[i].to - lines[i].from);
		buf_char(page->out, '\n');
	}
}

static void fact(struct page *page, const char *label, const char *text)
{
	labelled(page, label, LABEL, text);
}

static void paragraph(struct page *page, const char *text)
{
	labelled(page, "", 0, text);
}

/* "1:52:07" */
static const char *duration(struct page *page, int64_t ms)
{
	long long seconds = ms / 1000;

	return arena_printf(&page->arena, "%lld:%02lld:%02lld", seconds / 3600,
			    seconds / 60 % 60, seconds % 60);
}

/* ---- What was sat, and when ---- */

/* "2026-11-20T23:59:00Z" as "2026-11-20 23:59 UTC" */
static const char *when(struct page *page, int64_t real_ms)
{
	char stamp[CLOCK_STAMP_SIZE];
	const char *time;

	clock_stamp(real_ms, stamp);
	time = strchr(stamp, 'T');
	if (!time)
		return "at an unknown time";
	return arena_printf(&page->arena, "%.*s %.5s UTC", (int)(time - stamp), stamp,
			    time + 1);
}

static void put_head(struct page *page)
{
	const struct store_session *session = page->report->session;

	paragraph(page, safe(page, page->report->blueprint->title));
	paragraph(page,
		  arena_printf(&page->arena, "%s %s, begun %s", safe(page, session->kind),
			       safe(page, session->id), when(page, session->began_ms)));
	gap(page);
}

/* ---- The score ---- */

static int64_t clamp(int64_t value, int64_t min, int64_t max)
{
	return value < min ? min : value > max ? max : value;
}

static void put_range(struct page *page, const struct score *score)
{
	int64_t sem = llround(score->sem);

	if (score->sem <= 0) {
		fact(page, "Range",
		     "no standard error can be told from this few "
		     "answers, or from all or none right");
		return;
	}
	fact(page, "Range",
	     arena_printf(&page->arena, "%lld to %lld, one standard error either way",
			  (long long)clamp(score->scaled - sem, score->min, score->max),
			  (long long)clamp(score->scaled + sem, score->min, score->max)));
}

static void put_score(struct page *page)
{
	const struct score *score = &page->report->result->score;
	long long needed = score_needed(page->report->blueprint, score->of);

	if (score->of == 0) {
		fact(page, "Result", "not scored: no question of this form counts");
		return;
	}
	fact(page, "Result", score->passed ? "PASS" : "FAIL");
	fact(page, "Score",
	     arena_printf(&page->arena,
			  "%lld, an estimate, on a scale from %lld to %lld; %lld passes",
			  (long long)score->scaled, (long long)score->min,
			  (long long)score->max, (long long)score->pass));
	put_range(page, score);
	fact(page, "Right",
	     arena_printf(&page->arena, "%lld of %lld scored; needed to pass: %lld",
			  (long long)score->raw, (long long)score->of, needed));
}

static void put_answered(struct page *page)
{
	const struct result *result = page->report->result;
	size_t open = result->count - result->answered;

	fact(page, "Answered",
	     open ? arena_printf(&page->arena, "%zu of %zu; not answered, so wrong: %zu",
				 result->answered, result->count, open)
		  : arena_printf(&page->arena, "all %zu", result->count));
}

static const char *time_told(struct page *page)
{
	const struct session *state = page->report->state;
	const char *used = duration(page, state->used_ms);
	int64_t limit = page->report->session->limit_ms;

	if (limit <= 0)
		return arena_printf(&page->arena, "%s, without a limit", used);
	return arena_printf(&page->arena, "%s of %s%s", used, duration(page, limit),
			    state->expired ? ", ended by the clock" : "");
}

static void put_time(struct page *page)
{
	const struct report *report = page->report;
	int64_t exam = report->blueprint->minutes * 60000;
	const char *told = time_told(page);

	if (report->session->limit_ms != exam)
		told = arena_printf(&page->arena, "%s; the exam gives %s", told,
				    duration(page, exam));
	fact(page, "Time", told);
	if (report->gaps > 0)
		fact(page, "Gaps",
		     arena_printf(&page->arena, "%lld, %s in all, %s%s",
				  (long long)report->gaps, duration(page, report->gap_ms),
				  "when the program was not running; ",
				  report->session->strict ? "counted (strict time)"
							  : "not counted"));
}

/* No number without saying how much it can be trusted. */
static void put_honesty(struct page *page)
{
	const struct score *score = &page->report->result->score;
	const char *vendor = safe(page, page->report->blueprint->vendor);

	if (score->of == 0)
		return;
	gap(page);
	paragraph(page,
		  arena_printf(&page->arena,
			       "%s publishes no table from right answers to scaled "
			       "scores. The scale here is a linear convention, %lld + "
			       "%lld x right / scored, rounded down, so the score is an "
			       "estimate and no forecast of the real exam.",
			       *vendor ? vendor : "The vendor", (long long)score->min,
			       (long long)(score->max - score->min)));
	if (score->sem <= 0 || llabs(score->scaled - score->pass) > llround(score->sem))
		return;
	gap(page);
	paragraph(page, "The pass mark is within one standard error: another form could "
			"well go the other way.");
}

/* ---- Domains and tasks ---- */

/* How a row of the table lies on the page. */
struct place {
	size_t indent, hang, title; /* columns; title: what a title may take */
	bool beside;                /* figures beside the title, not below it */
};

static struct place place_of(const struct page *page, size_t indent, size_t id)
{
	bool beside = page->measure >= TITLE_MIN + FIGURES;

	return (struct place){
		.indent = indent,
		.hang = indent + (id < HANG_MAX ? id : HANG_MAX),
		.title = page->measure - (beside ? FIGURES + 1 : 0),
		.beside = beside,
	};
}

static void put_row(struct page *page, const struct place *place, const char *title,
		    const char *figures)
{
	struct text_line *lines;
	size_t count = text_wrap(title, strlen(title), place->title - place->hang,
				 &page->arena, &lines);

	for (size_t i = 0; i < count; i++) {
		const char *line = title + lines[i].from;
		size_t len = lines[i].to - lines[i].from;
		size_t indent = i ? place->hang : place->indent;

		buf_repeat(page->out, ' ', indent);
		buf_add(page->out, line, len);
		if (place->beside && i == 0) {
			indent += text_width(line, len);
			buf_repeat(page->out, ' ', place->title + 1 - indent);
			buf_text(page->out, figures);
		}
		buf_char(page->out, '\n');
	}
	if (place->beside)
		return;
	buf_repeat(page->out, ' ', FIGURES_INDENT);
	buf_printf(page->out, "%s\n", figures);
}

static int percent(double share)
{
	return (int)lround(100 * share);
}

/* Certain as far as '#', possible as far as '='. */
static const char *bar(struct page *page, const struct tally *tally)
{
	char *cells = arena_alloc(&page->arena, BAR + 1);
	long low = lround(BAR * tally->low), high = lround(BAR * tally->high);

	for (long i = 0; i < BAR; i++)
		cells[i] = i < low ? '#' : i < high ? '=' : '.';
	return cells;
}

static const char *figures_of(struct page *page, const struct tally *tally)
{
	if (tally->of == 0)
		return "  none asked";
	return arena_printf(&page->arena, "%3lld/%-3lld  %3d %%  %3d-%-3d%%  [%s]",
			    (long long)tally->right, (long long)tally->of,
			    percent((double)tally->right / (double)tally->of),
			    percent(tally->low), percent(tally->high), bar(page, tally));
}

static void put_tally(struct page *page, const struct score_row *row)
{
	const char *id = safe(page, row->id);
	const struct place place = place_of(page, row->is_domain ? 0 : 2,
					    text_width(id, strlen(id)) + 1);

	if (row->is_domain)
		gap(page);
	put_row(page, &place,
		arena_printf(&page->arena, "%s %s", id, safe(page, row->title)),
		figures_of(page, &row->tally));
}

static void put_table(struct page *page)
{
	const struct result *result = page->report->result;
	const struct place place = place_of(page, 0, 0);

	gap(page);
	put_row(page, &place, "Domain and task", "right    share  95 % interval");
	for (size_t i = 0; i < result->row_count; i++)
		put_tally(page, &result->rows[i]);
	gap(page);
	put_row(page, &place, "All questions", figures_of(page, &result->all));
}

static void put_caveat(struct page *page)
{
	gap(page);
	paragraph(page,
		  "The table counts every question, scored or not. # reaches to the "
		  "lower end of the 95 % interval, = to the upper.");
	gap(page);
	paragraph(page,
		  "One form says very little about a single task, and not much about "
		  "a domain: in simulated exams the domain that came out lowest was "
		  "truly the weakest only about half the time. Trust what "
		  "several forms agree on.");
}

/* ---- What it was drawn from ---- */

static void put_origin(struct page *page)
{
	const struct store_session *session = page->report->session;
	const char *key = safe(page, session->signed_by);

	gap(page);
	fact(page, "Blueprint", safe(page, page->report->blueprint->id));
	fact(page, "Bank",
	     arena_printf(&page->arena, "%s version %lld, digest %.*s, %s%s",
			  safe(page, session->bank_id), (long long)session->bank_version,
			  DIGEST_SHOWN, safe(page, session->bank_digest),
			  *key ? "signed by " : "NOT SIGNED", key));
	fact(page, "Seed",
	     arena_printf(
		     &page->arena, "%s (%s)", safe(page, session->seed),
		     session->history
			     ? "the form also depends on what was seen before: the "
			       "seed alone does not give it again"
			     : "with this bank and blueprint it gives this form again"));
}

void report_text(const struct report *report, size_t columns, struct buf *out)
{
	struct page page = { .report = report, .arena = ARENA_INIT, .out = out };

	page.measure = columns < MEASURE_MIN   ? MEASURE_MIN
		       : columns > MEASURE_MAX ? MEASURE_MAX
					       : columns;
	put_head(&page);
	put_score(&page);
	put_answered(&page);
	put_time(&page);
	put_honesty(&page);
	put_table(&page);
	put_caveat(&page);
	put_origin(&page);
	arena_release(&page.arena);
}
