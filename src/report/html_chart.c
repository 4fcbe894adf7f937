#include "priv.h"

#include <math.h>
#include <stdio.h>

#include "proctor/buf.h"

/* Heights in px; a bar lies in the middle of its line. */
#define BAR_LINE 22
#define BAR_HEIGHT 12
#define LINES_HEIGHT 240
#define LINES_TOP 12
#define LINES_BOTTOM 28 /* room for what stands below */

void html_chart(struct html *page, unsigned height, const char *title, const char *told)
{
	unsigned id = page->charts++;

	buf_printf(
		page->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"100%%\" "
		"height=\"%u\" aria-labelledby=\"c%ut c%ud\">\n<title id=\"c%ut\">",
		height, id, id, id);
	html_text(page, title);
	buf_printf(page->out, "</title>\n<desc id=\"c%ud\">", id);
	html_text(page, told);
	buf_text(page->out, "</desc>\n");
}

void html_chart_end(struct html *page)
{
	buf_text(page->out, "</svg>\n");
}

/* ---- Bars ---- */

static void put_rect(struct html *page, const char *class, double from, double to)
{
	buf_printf(page->out,
		   "<rect class=\"%s\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" "
		   "height=\"%d\" rx=\"2\" />\n",
		   class, 100 * from, (BAR_LINE - BAR_HEIGHT) / 2, 100 * (to - from),
		   BAR_HEIGHT);
}

static void put_range(struct html *page, double low, double high)
{
	const double ends[] = { low, high };

	buf_printf(page->out,
		   "<line class=\"range\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" "
		   "y2=\"%d\" />\n",
		   100 * low, 100 * high, BAR_LINE / 2, BAR_LINE / 2);
	for (int i = 0; i < 2; i++)
		buf_printf(page->out,
			   "<line class=\"range\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" "
			   "y2=\"%d\" />\n",
			   100 * ends[i], 100 * ends[i], BAR_LINE / 2 - 4,
			   BAR_LINE / 2 + 4);
}

static void put_bar(struct html *page, const struct html_bar *bar, double mark)
{
	buf_text(page->out, "<li>");
	html_element(page, "span", "label", "%s", bar->label);
	html_element(page, "span", "figure", "%s", bar->figure);
	html_chart(page, BAR_LINE, bar->label, bar->told);
	put_rect(page, "track", 0, 1);
	if (bar->share > 0)
		put_rect(page, "bar", 0, bar->share);
	if (bar->low <= bar->high)
		put_range(page, bar->low, bar->high);
	if (isfinite(mark))
		buf_printf(page->out,
			   "<line class=\"mark\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" "
			   "y2=\"%d\" />\n",
			   100 * mark, 100 * mark, BAR_LINE);
	html_chart_end(page);
	buf_text(page->out, "</li>\n");
}

void html_bars(struct html *page, const struct html_bar *bars, size_t count, double mark)
{
	buf_text(page->out, "<ul class=\"bars\">\n");
	for (size_t i = 0; i < count; i++)
		put_bar(page, &bars[i], mark);
	buf_text(page->out, "</ul>\n");
}

/* ---- Lines ---- */

static double x_of(const struct html_lines *lines, size_t i)
{
	if (lines->count < 2)
		return 50;
	return 100 * (double)i / (double)(lines->count - 1);
}

static double y_of(const struct html_lines *lines, double value)
{
	double share = (value - lines->min) / (lines->max - lines->min);

	share = share < 0 ? 0 : share > 1 ? 1 : share;
	return LINES_TOP + (1 - share) * (LINES_HEIGHT - LINES_TOP - LINES_BOTTOM);
}

static void put_across(struct html *page, const struct html_lines *lines, double value,
		       const char *class, const char *label)
{
	double y = y_of(lines, value);

	buf_printf(page->out,
		   "<line class=\"%s\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" "
		   "y2=\"%.1f\" />\n"
		   "<text class=\"end\" x=\"-8\" y=\"%.1f\">",
		   class, y, y, y + 4);
	html_text(page, label);
	buf_text(page->out, "</text>\n");
}

static void put_scale(struct html *page, const struct html_lines *lines)
{
	char least[32], most[32];

	snprintf(least, sizeof(least), "%.0f", lines->min);
	snprintf(most, sizeof(most), "%.0f", lines->max);
	put_across(page, lines, lines->min, "axis", least);
	put_across(page, lines, lines->max, "axis", most);
	if (isfinite(lines->mark))
		put_across(page, lines, lines->mark, "mark", lines->mark_label);
	buf_printf(page->out, "<text x=\"0\" y=\"%d\">", LINES_HEIGHT - 6);
	html_text(page, lines->first);
	buf_printf(page->out, "</text>\n<text class=\"end\" x=\"100%%\" y=\"%d\">",
		   LINES_HEIGHT - 6);
	html_text(page, lines->last);
	buf_text(page->out, "</text>\n");
}

/* In a drawing of its own that is stretched across; the line keeps its width. */
static void put_polylines(struct html *page, const struct html_lines *lines,
			  const struct html_series *series, size_t number)
{
	bool drawing = false;

	buf_printf(page->out,
		   "<svg viewBox=\"0 0 100 %d\" width=\"100%%\" height=\"%d\" "
		   "preserveAspectRatio=\"none\">\n",
		   LINES_HEIGHT, LINES_HEIGHT);
	for (size_t i = 0; i < lines->count; i++) {
		if (isnan(series->at[i])) {
			buf_text(page->out, drawing ? "\" />\n" : "");
			drawing = false;
			continue;
		}
		if (!drawing)
			buf_printf(page->out, "<polyline class=\"s%zu\" points=\"",
				   number);
		buf_printf(page->out, "%s%.2f,%.1f", drawing ? " " : "", x_of(lines, i),
			   y_of(lines, series->at[i]));
		drawing = true;
	}
	buf_text(page->out, drawing ? "\" />\n</svg>\n" : "</svg>\n");
}

static void put_points(struct html *page, const struct html_lines *lines,
		       const struct html_series *series, size_t number)
{
	for (size_t i = 0; i < lines->count; i++) {
		if (isnan(series->at[i]))
			continue;
		if (series->low && series->high)
			buf_printf(page->out,
				   "<line class=\"range\" x1=\"%.2f%%\" x2=\"%.2f%%\" "
				   "y1=\"%.1f\" y2=\"%.1f\" />\n",
				   x_of(lines, i), x_of(lines, i),
				   y_of(lines, series->low[i]),
				   y_of(lines, series->high[i]));
		buf_printf(
			page->out,
			"<circle class=\"s%zu\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"4\" />\n",
			number, x_of(lines, i), y_of(lines, series->at[i]));
	}
}

/* Each name beside a piece of its line: colour alone tells nothing to some. */
static void put_legend(struct html *page, const struct html_lines *lines)
{
	buf_text(page->out, "<ul class=\"legend\">\n");
	for (size_t i = 0; i < lines->series_count; i++) {
		buf_printf(page->out,
			   "<li><svg xmlns=\"http://www.w3.org/2000/svg\" "
			   "aria-hidden=\"true\" width=\"36\" height=\"10\">"
			   "<polyline class=\"s%zu\" points=\"0,5 36,5\" /></svg> ",
			   i);
		html_text(page, lines->series[i].name);
		buf_text(page->out, "</li>\n");
	}
	buf_text(page->out, "</ul>\n");
}

void html_lines(struct html *page, const struct html_lines *lines)
{
	buf_text(page->out, "<div class=\"plot\">\n");
	html_chart(page, LINES_HEIGHT, lines->title, lines->told);
	put_scale(page, lines);
	for (size_t i = 0; i < lines->series_count; i++) {
		put_polylines(page, lines, &lines->series[i], i);
		put_points(page, lines, &lines->series[i], i);
	}
	html_chart_end(page);
	buf_text(page->out, "</div>\n");
	if (lines->series_count > 1)
		put_legend(page, lines);
}
