#include "proctor/report.h"

#include <math.h>

#include "priv.h"
#include "proctor/buf.h"
#include "proctor/text.h"
#include "progress.h"

#define DRAWN 60 /* exams in a chart; more would be a smear */

struct page {
	struct html html;
	const struct history *history;
	struct progress progress;
	struct arena arena;
};

static void say(struct page *page, const char *class, const char *sentence)
{
	if (sentence)
		html_element(&page->html, "p", class, "%s", sentence);
}

/* ---- The charts ---- */

/* The exams that are drawn: the latest that are scored. */
static size_t drawn_from(const struct progress_kind *exams)
{
	return exams->scored_count > DRAWN ? exams->scored_count - DRAWN : 0;
}

static const struct progress_session *drawn(const struct progress_kind *exams, size_t i)
{
	return &exams->sessions[exams->scored[drawn_from(exams) + i]];
}

static struct html_lines lines_of(struct page *page, const char *title, const char *told)
{
	const struct progress_kind *exams = &page->progress.exams;
	size_t count = exams->scored_count - drawn_from(exams);

	return (struct html_lines){
		.title = title,
		.told = told,
		.first = progress_when(&page->arena, drawn(exams, 0)),
		.last = count > 1 ? progress_when(&page->arena, drawn(exams, count - 1))
				  : "",
		.min = 0,
		.max = 100,
		.mark = NAN,
		.mark_label = "",
		.count = count,
	};
}

static void put_scores(struct page *page)
{
	const struct progress_kind *exams = &page->progress.exams;
	struct html_lines lines = lines_of(
		page, "Scaled scores",
		"The scaled score of each exam with its range, oldest first. The table "
		"of exams has the numbers.");
	double *at = ARENA_ARRAY(&page->arena, lines.count, double);
	double *low = ARENA_ARRAY(&page->arena, lines.count, double);
	double *high = ARENA_ARRAY(&page->arena, lines.count, double);
	const struct score *last = &drawn(exams, lines.count - 1)->score;
	struct html_series series = { "Score", at, low, high };

	for (size_t i = 0; i < lines.count; i++) {
		const struct score *score = &drawn(exams, i)->score;

		at[i] = (double)score->scaled;
		low[i] = (double)score->low;
		high[i] = (double)score->high;
	}
	say(page, "soft",
	    "Scaled score of each exam with its range; the dotted line is the pass "
	    "mark.");
	lines.min = (double)last->min;
	lines.max = (double)last->max;
	lines.mark = (double)last->pass;
	lines.mark_label = arena_printf(&page->arena, "%lld", (long long)last->pass);
	lines.series = &series;
	lines.series_count = 1;
	html_lines(&page->html, &lines);
}

/* Domains [from, from + count) over the exams. */
static void put_domain_lines(struct page *page, size_t from, size_t count)
{
	const struct progress *progress = &page->progress;
	struct html_series series[HTML_SERIES_MAX];
	struct html_lines lines = lines_of(
		page, "Domains over time",
		"Percent of the questions of each domain that were right, exam by exam, "
		"oldest first. The table has the numbers.");

	for (size_t d = 0; d < count; d++) {
		const struct progress_domain *domain = &progress->domains[from + d];
		double *at = ARENA_ARRAY(&page->arena, lines.count, double);

		for (size_t i = 0; i < lines.count; i++)
			at[i] = 100 *
				progress_share(drawn(&progress->exams, i), domain->id);
		series[d] = (struct html_series){ arena_printf(&page->arena, "%s %s",
							       domain->id, domain->title),
						  at, NULL, NULL };
	}
	say(page, "soft", "Percent right in each exam, by domain.");
	lines.series = series;
	lines.series_count = count;
	html_lines(&page->html, &lines);
}

static void put_domain_table(struct page *page)
{
	const struct progress *progress = &page->progress;
	size_t count = progress->exams.scored_count - drawn_from(&progress->exams);
	struct html_column *columns = ARENA_ARRAY(
		&page->arena, progress->domain_count + 1, struct html_column);

	columns[0] = (struct html_column){ "Exam (UTC)", false };
	for (size_t d = 0; d < progress->domain_count; d++)
		columns[d + 1] = (struct html_column){ progress->domains[d].id, true };
	html_table(&page->html, "Right answers by domain, oldest exam first", columns,
		   progress->domain_count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct progress_session *session = drawn(&progress->exams, i);

		html_row(&page->html, NULL);
		html_cell(&page->html, "%s", progress_when(&page->arena, session));
		for (size_t d = 0; d < progress->domain_count; d++) {
			double share = progress_share(session, progress->domains[d].id);

			if (isnan(share))
				html_cell(&page->html, "none asked");
			else
				html_cell(&page->html, "%.0f %%", 100 * share);
		}
	}
	html_table_end(&page->html);
}

static void put_trend(struct page *page)
{
	const struct progress *progress = &page->progress;

	if (!progress->exams.count)
		return;
	html_element(&page->html, "h3", NULL, "Does it get better?");
	say(page, NULL, progress_trend(&page->arena, progress));
	say(page, NULL, progress_repeats(&page->arena, progress));
	if (!progress->exams.scored_count)
		return;
	if (drawn_from(&progress->exams))
		html_element(&page->html, "p", "soft", "The last %d exams.", DRAWN);
	put_scores(page);
	for (size_t d = 0; d < progress->domain_count; d += HTML_SERIES_MAX) {
		size_t rest = progress->domain_count - d;

		put_domain_lines(page, d,
				 rest < HTML_SERIES_MAX ? rest : HTML_SERIES_MAX);
	}
	put_domain_table(page);
}

/* ---- Estimates ---- */

static void put_estimate(struct page *page, const struct score_estimate *estimate)
{
	html_cell(&page->html, "%.0f %%, %.0f-%.0f", 100 * estimate->share,
		  100 * estimate->low, 100 * estimate->high);
}

static void put_standings(struct page *page, const struct progress_kind *kind,
			  const char *caption)
{
	static const struct html_column columns[] = {
		{ "Domain", false },
		{ "Right", true },
		{ "Over all", true },
		{ "Recent", true },
	};
	const struct progress *progress = &page->progress;

	if (!kind->first)
		return;
	html_table(&page->html, caption, columns, 4);
	for (size_t d = 0; d < progress->domain_count; d++) {
		const struct score_standing *standing = &kind->standings[d];

		html_row(&page->html, NULL);
		html_cell(&page->html, "%s %s", progress->domains[d].id,
			  progress->domains[d].title);
		html_cell(&page->html, "%lld of %lld", (long long)standing->right,
			  (long long)standing->of);
		put_estimate(page, &standing->over_all);
		put_estimate(page, &standing->recent);
	}
	html_table_end(&page->html);
}

static void put_estimates(struct page *page)
{
	const struct progress *progress = &page->progress;

	if (!progress->exams.first && !progress->drills.first)
		return;
	html_element(&page->html, "h3", NULL, "What you know of each domain");
	put_standings(page, &progress->exams, "From exams");
	put_standings(page, &progress->drills, "From drills");
	say(page, "soft", progress_how);
	if (progress->drills.first)
		say(page, "soft", progress_drills);
}

/* ---- Sessions ---- */

static void begin_row(struct page *page, const struct progress_session *session)
{
	html_row(&page->html, NULL);
	html_cell(&page->html, "%s", progress_when(&page->arena, session));
	html_cell(&page->html, "%s", session->past->id);
	html_cell(&page->html, "%s", session->past->blueprint_id);
}

static void put_exam(struct page *page, const struct progress_session *session)
{
	bool scored = session->score.min < session->score.max;

	begin_row(page, session);
	html_cell(&page->html, "%s",
		  scored ? progress_result(session) : progress_open(session));
	if (scored) {
		html_cell(&page->html, "%lld", (long long)session->score.scaled);
		html_cell(&page->html, "%s", progress_range(&page->arena, session));
	} else {
		html_cell(&page->html, "none");
		html_cell(&page->html, "none");
	}
	html_cell(&page->html, "%s",
		  words_duration(&page->arena, session->past->used_ms));
}

static void put_drill(struct page *page, const struct progress_session *session)
{
	const struct store_past *past = session->past;

	begin_row(page, session);
	if (past->is_scored)
		html_cell(&page->html, "%lld of %lld", (long long)past->raw,
			  (long long)past->of);
	else
		html_cell(&page->html, "%s", progress_open(session));
	html_cell(&page->html, "%s", words_duration(&page->arena, past->used_ms));
}

static void put_sessions(struct page *page, const struct progress_kind *kind,
			 const char *caption, const struct html_column *columns,
			 size_t column_count,
			 void (*put)(struct page *, const struct progress_session *))
{
	size_t most = page->history->most;
	size_t from = most && kind->count > most ? kind->count - most : 0;

	if (!kind->count)
		return;
	html_table(&page->html, caption, columns, column_count);
	for (size_t i = from; i < kind->count; i++)
		put(page, &kind->sessions[i]);
	html_table_end(&page->html);
	if (from)
		html_element(&page->html, "p", "soft", "%zu earlier ones are not listed.",
			     from);
}

static void put_lists(struct page *page)
{
	static const struct html_column exams[] = {
		{ "Begun (UTC)", false }, { "Session", false }, { "Blueprint", false },
		{ "Result", false },      { "Score", true },    { "Range", true },
		{ "Time", true },
	};
	static const struct html_column drills[] = {
		{ "Begun (UTC)", false }, { "Session", false }, { "Blueprint", false },
		{ "Right", true },        { "Time", true },
	};

	html_element(&page->html, "h3", NULL, "Sessions");
	put_sessions(page, &page->progress.exams, "Exams, oldest first", exams, 7,
		     put_exam);
	put_sessions(page, &page->progress.drills, "Drills, oldest first", drills, 5,
		     put_drill);
}

/* ---- The page ---- */

static void put_one(struct page *page, const struct history_exam *exam)
{
	progress_make(page->history, exam, &page->arena, &page->progress);
	buf_text(page->html.out, "<section>\n");
	html_element(&page->html, "h2", NULL, "%s", page->progress.title);
	say(page, "soft", progress_span(&page->arena, &page->progress));
	put_trend(page);
	put_estimates(page);
	put_lists(page);
	buf_text(page->html.out, "</section>\n");
}

void history_html(const struct history *history, struct buf *out)
{
	struct page page = { .history = history, .arena = ARENA_INIT };

	html_begin(&page.html, out, "en", "History");
	html_element(&page.html, "h1", NULL, "History");
	if (!history->count)
		say(&page, NULL, "There is no session yet. Begin one: proctor exam");
	for (size_t i = 0; i < history->exam_count; i++)
		put_one(&page, &history->exams[i]);
	html_end(
		&page.html,
		"A scaled score is an estimate on a linear scale, its range one standard "
		"error either way. Made by proctor history from what was sat on this "
		"machine.");
	arena_release(&page.arena);
}
