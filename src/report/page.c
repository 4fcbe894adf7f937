#include "page.h"

#include <math.h>
#include <string.h>

#include "proctor/buf.h"

/* The ruler of the score, in px. */
#define RULER_HEIGHT 62
#define RULER_LINE 26

/* ---- Parts of all sections ---- */

void page_section(struct page *page, const char *id, const char *title)
{
	buf_printf(page->html.out,
		   "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n", id, id,
		   title);
}

void page_section_end(struct page *page)
{
	buf_text(page->html.out, "</section>\n");
}

void page_say(struct page *page, const char *class, const char *sentence)
{
	if (sentence)
		html_element(&page->html, "p", class, "%s", sentence);
}

void page_fact(struct page *page, const char *term, const char *text)
{
	if (!text)
		return;
	html_element(&page->html, "dt", NULL, "%s", term);
	html_element(&page->html, "dd", NULL, "%s", text);
}

void page_details(struct page *page, const char *class, const char *id)
{
	buf_printf(page->html.out, "<details class=\"%s\"", class);
	if (id)
		buf_printf(page->html.out, " id=\"%s\"", id);
	buf_text(page->html.out, page->expand ? " open=\"open\">\n" : ">\n");
}

void page_link(struct page *page, size_t item)
{
	buf_printf(page->html.out, "<a href=\"#q%zu\">%zu</a>", item + 1, item + 1);
}

/* ---- Would you have passed? ---- */

static double along(const struct score *score, int64_t value)
{
	return 100 * (double)(value - score->min) / (double)(score->max - score->min);
}

static void put_mark(struct page *page, double at, int64_t value, const char *class)
{
	buf_printf(page->html.out,
		   "<text class=\"%s\" x=\"%.2f%%\" y=\"%d\">%lld</text>\n", class, at,
		   RULER_HEIGHT - 4, (long long)value);
}

static void put_ruler(struct page *page, const struct score *score)
{
	struct buf *out = page->html.out;
	double low = along(score, score->low), high = along(score, score->high);
	double pass = along(score, score->pass), at = along(score, score->scaled);

	html_chart(&page->html, RULER_HEIGHT, "The score on its scale",
		   arena_printf(&page->arena,
				"%lld on a scale from %lld to %lld, with a range from "
				"%lld to %lld; the pass mark is %lld.",
				(long long)score->scaled, (long long)score->min,
				(long long)score->max, (long long)score->low,
				(long long)score->high, (long long)score->pass));
	buf_printf(out,
		   "<rect class=\"track\" x=\"0\" y=\"%d\" width=\"100%%\" "
		   "height=\"8\" rx=\"4\" />\n"
		   "<rect class=\"bar\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" "
		   "height=\"8\" rx=\"4\" />\n"
		   "<line class=\"mark\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"6\" y2=\"%d\" "
		   "/>\n"
		   "<circle class=\"dot\" cx=\"%.2f%%\" cy=\"%d\" r=\"8\" />\n",
		   RULER_LINE - 4, low, RULER_LINE - 4, high - low, pass, pass,
		   RULER_LINE + 18, at, RULER_LINE);
	put_mark(page, 0, score->min, "start");
	put_mark(page, pass, score->pass, "middle");
	put_mark(page, 100, score->max, "end");
	html_chart_end(&page->html);
}

static void put_verdict(struct page *page, const struct score *score)
{
	struct buf *out = page->html.out;

	buf_printf(out,
		   "<p class=\"verdict\"><strong class=\"%s\">%s</strong> "
		   "<span class=\"big\">%lld</span> "
		   "<span class=\"soft\">estimated; %lld passes</span></p>\n",
		   score->passed ? "good" : "bad", score->passed ? "Pass" : "Fail",
		   (long long)score->scaled, (long long)score->pass);
	put_ruler(page, score);
}

static void put_facts(struct page *page)
{
	const struct report *report = page->report;

	buf_text(page->html.out, "<dl>\n");
	page_fact(page, "Answered", words_answered(&page->arena, report));
	page_fact(page, "Time", words_time(&page->arena, report));
	page_fact(page, "Gaps", words_gaps(&page->arena, report));
	buf_text(page->html.out, "</dl>\n");
}

/* A drill is practice: it neither passes nor fails. */
static void put_drill(struct page *page)
{
	const struct tally *all = &page->report->result->all;

	html_element(&page->html, "p", "verdict", "%lld of %lld right",
		     (long long)all->right, (long long)all->of);
	page_say(page, NULL,
		 "A drill is chosen, not drawn: this says nothing about the exam.");
}

void page_score(struct page *page)
{
	const struct report *report = page->report;
	const struct score *score = &report->result->score;

	if (words_is_drill(report)) {
		page_section(page, "score", "How did it go?");
		put_drill(page);
	} else if (score->of == 0) {
		page_section(page, "score", "Would you have passed?");
		page_say(page, NULL, "Not scored: no question of this form counts.");
	} else {
		page_section(page, "score", "Would you have passed?");
		put_verdict(page, score);
		page_say(page, NULL, words_pass(&page->arena, report));
		page_say(page, NULL, words_range(&page->arena, report));
		page_say(page, NULL, words_close(report));
		page_say(page, NULL, words_next(&page->arena, report));
		page_say(page, "soft", words_convention(&page->arena, report));
	}
	page_say(page, NULL, words_open(&page->arena, report));
	put_facts(page);
	page_section_end(page);
}

/* ---- Where it comes from ---- */

void page_origin(struct page *page)
{
	const struct store_session *session = page->report->session;
	const char *key = session->signed_by;

	page_section(page, "origin", "What this was drawn from");
	buf_text(page->html.out, "<dl>\n");
	page_fact(page, "Session", session->id);
	page_fact(page, "Begun", words_when(&page->arena, session->began_ms));
	page_fact(page, "Blueprint", page->report->blueprint->id);
	page_fact(page, "Bank",
		  arena_printf(&page->arena, "%s, version %lld", session->bank_id,
			       (long long)session->bank_version));
	page_fact(page, "Digest", session->bank_digest);
	page_fact(page, "Signed by",
		  key && *key ? key : "nobody: the bank is not signed");
	page_fact(page, "Seed",
		  arena_printf(&page->arena, "%s (%s)", session->seed,
			       words_seed(page->report)));
	buf_text(page->html.out, "</dl>\n");
	page_section_end(page);
}

/* ---- The page ---- */

static void put_head(struct page *page)
{
	const struct store_session *session = page->report->session;

	buf_text(page->html.out, "<header>\n");
	html_element(&page->html, "p", "soft", "%s, %s",
		     words_is_drill(page->report) ? "Drill" : "Mock exam",
		     words_when(&page->arena, session->began_ms));
	html_element(&page->html, "h1", NULL, "%s", page->report->blueprint->title);
	buf_text(page->html.out, "</header>\n");
}

static const char *title_of(struct page *page)
{
	const struct report *report = page->report;
	const struct score *score = &report->result->score;
	const char *title = report->blueprint->title;

	if (words_is_drill(report) || score->of == 0)
		return arena_printf(&page->arena, "%s: %s %s", title,
				    report->session->kind, report->session->id);
	return arena_printf(&page->arena, "%s: %s, %lld", title,
			    score->passed ? "pass" : "fail", (long long)score->scaled);
}

void report_html(const struct report *report, bool expand, struct buf *out)
{
	struct page page = { .report = report, .arena = ARENA_INIT, .expand = expand };

	html_begin(&page.html, out, "en", title_of(&page));
	put_head(&page);
	page_score(&page);
	page_weak(&page);
	page_study(&page);
	page_work(&page);
	page_questions(&page);
	page_origin(&page);
	html_end(&page.html,
		 "Written by proctor. This page is complete in itself: it loads "
		 "nothing and runs nothing.");
	arena_release(&page.arena);
}
