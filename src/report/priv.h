#ifndef REPORT_PRIV_H
#define REPORT_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/report.h"

struct arena;
struct buf;

/* A drill is practice: it has no score, and is no measure of the exam. */
bool words_is_drill(const struct report *report);
const char *words_plural(int64_t count); /* "s", or "" for one */

/* ---- Words that several formats share ---- */

/* By enum confidence and enum score_change, as programs read them; no confidence: NULL.
 */
extern const char *const words_confidence[], *const words_change[];

/* What follows are texts in the arena, or our own; what a bank says in them is not yet
 * safe to show. */
const char *words_duration(struct arena *arena, int64_t ms); /* "1:52:07" */
const char *words_state(struct arena *arena, const struct score_row *row);
const char *words_when(struct arena *arena, int64_t real_ms); /* "2026-11-20 09:30 UTC" */

/* A text as one word of a shell's command line, in quotes where it needs them. */
const char *words_word(struct arena *arena, const char *text);

/* The command that practises a row of the result. */
const char *words_drill(struct arena *arena, const struct report *report,
			const struct score_row *row);

/* An answer by the letters that were shown: "B, C", "1-B, 2-A"; "" when there is none. */
const char *words_response(struct arena *arena, const struct form_item *item,
			   const struct response *response);

/*
 * Sentences about the result, each whole, with its full stop; NULL where there is nothing
 * to say.
 */
const char *words_pass(struct arena *arena, const struct report *report);
const char *words_range(struct arena *arena, const struct report *report);
const char *words_next(struct arena *arena, const struct report *report);
const char *words_close(const struct report *report); /* the pass mark is near */
const char *words_convention(struct arena *arena, const struct report *report);
const char *words_answered(struct arena *arena, const struct report *report);
const char *words_time(struct arena *arena, const struct report *report);
const char *words_gaps(struct arena *arena, const struct report *report);
const char *words_weak(struct arena *arena, const struct report *report);
const char *words_differ(struct arena *arena, const struct report *report);
const char *words_open(struct arena *arena, const struct report *report);
const char *words_rapid(struct arena *arena, const struct report *report);
const char *words_slow(struct arena *arena, const struct report *report);
const char *words_changes(struct arena *arena, const struct report *report);
const char *words_advice(const struct report *report); /* on changing answers */
const char *words_seed(const struct report *report);
extern const char words_caveat[], words_order[];

/* The first words of a stem, on one line of so many columns. */
const char *words_stem(struct arena *arena, const char *stem, size_t columns);

/* In percent. An estimate is never all or nothing, and so is not told as if it were. */
long words_estimate(const struct score_row *row);

/* Topics that name a skill of an exam guide ("mla-c01:2.1-k2") are for authors. */
bool words_is_topic(const char *name);

/* "right", "wrong", or "open": not answered as a whole. */
const char *words_outcome(const struct score_item *item);

/* Markdown: text that is nothing but text, on one line, anywhere; a code span. */
void md_text(struct buf *out, const char *text);
void md_code(struct buf *out, const char *text);

/* Was so much left open that a table would tell of time and not of knowledge? And is it
 * an exam of which that cannot be said? */
bool words_tells_little(const struct report *report);
bool words_is_diagnosis(const struct report *report);

/*
 * What to do next, in order: a sentence, in which some questions may be named between
 * `before` and `after` (indices of the form), and the command that does it, or NULL.
 */
struct step {
	const char *before, *after;
	const size_t *items;
	size_t count;
	const char *command;
};

#define STEPS_MAX 6

/* The questions that were answered, and wrong. */
size_t report_missed(const struct report *report, struct arena *arena,
		     const size_t **items);

size_t report_steps(const struct report *report, struct arena *arena,
		    struct step steps[STEPS_MAX]);

/* "score": null where nothing was scored. */
void report_json_score(const struct score *score, struct json_out *out);

/* The members of the document between the domains and the questions. */
void report_json_diagnosis(const struct report *report, struct json_out *out);

/* ---- A web page ---- */

/*
 * A web page that needs nothing but itself: no script, nothing loaded, and a policy that
 * forbids both; one style sheet, light and dark, for the screen and for paper. It is
 * written in the syntax that HTML and XML have in common.
 *
 * What is not ours comes onto it through html_text(), html_printf() and html_markup()
 * alone; markup of our own is written straight into `out`.
 */
struct html_column {
	const char *title;
	bool number; /* set to the right, in figures of one width */
};

struct html {
	struct buf *out;
	unsigned charts, regions; /* so far: their ids */
	const struct html_column *columns;
	size_t column_count, column; /* of the table being written; the next cell's */
};

/* The page up to the inside of <main>; `language` as in a bank ("en"). */
void html_begin(struct html *page, struct buf *out, const char *language,
		const char *title);
void html_end(struct html *page, const char *footer);

/* Safe to show (text_safe) and escaped, for text as for the value of an attribute. */
void html_text(struct html *page, const char *text);
void html_escape(struct html *page, const char *text, size_t len);
void html_printf(struct html *page, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Bank markup as paragraphs, lists, code and tables; what does not parse as plain text.
 */
void html_markup(struct html *page, const char *text);

/* <p>, <h2> and the like around text that is escaped; `class` may be NULL. */
void html_element(struct html *page, const char *name, const char *class,
		  const char *format, ...) __attribute__((format(printf, 4, 5)));

/*
 * A table with a caption, in a region that scrolls by itself where the page is narrow:
 * html_table(), then html_row() and its cells in the order of the columns, and
 * html_table_end(). The first cell of a row is its head. `class` may be NULL.
 */
void html_table(struct html *page, const char *caption, const struct html_column *columns,
		size_t count);
void html_row(struct html *page, const char *class);
void html_cell(struct html *page, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void html_cell_code(struct html *page, const char *text);
void html_table_end(struct html *page);

/*
 * A chart is as wide as its place and `height` px high; across, everything is placed in
 * percent, so that text stays as large as the page's. Title and description tell in words
 * what is drawn. In between: <rect>, <line>, <circle>, <text> of classes of the style
 * sheet.
 */
void html_chart(struct html *page, unsigned height, const char *title, const char *told);
void html_chart_end(struct html *page);

/* Labelled bars below one another, each with its range, and a mark across them all. */
struct html_bar {
	const char *label, *figure; /* "1 Data preparation", "12 of 18" */
	const char *told;           /* the bar in words */
	double share, low, high;    /* 0..1; low > high: no range */
};

void html_bars(struct html *page, const struct html_bar *bars, size_t count, double mark);

/* Lines over the same points from left to right, evenly apart. */
#define HTML_SERIES_MAX 6

struct html_series {
	const char *name;         /* told in a legend when there are several */
	const double *at;         /* `count` values; NAN: none here */
	const double *low, *high; /* a range about each value, or NULL */
};

struct html_lines {
	const char *title, *told; /* what is drawn, in words */
	const char *first, *last; /* below the first and the last point */
	double min, max;
	double mark; /* a line across at this value; NAN: none */
	const char *mark_label;
	const struct html_series *series; /* at most HTML_SERIES_MAX */
	size_t series_count, count;
};

void html_lines(struct html *page, const struct html_lines *lines);

/* The one style sheet, and its digest as the page's policy names it. */
extern const char html_style[], html_style_digest[];

#endif
