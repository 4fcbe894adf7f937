#include "page.h"
#include "proctor/buf.h"

/* The strip of times, in px. */
#define STRIP_HEIGHT 150
#define STRIP_BASE 128

/* ---- Time, question by question ---- */

static int64_t longest(const struct report *report)
{
	int64_t most = 1;

	for (size_t i = 0; i < report->form->count; i++) {
		int64_t spent = report->state->items[i].spent_ms;
		int64_t expected = report->result->items[i].expected_ms;

		most = spent > most ? spent : most;
		most = expected > most ? expected : most;
	}
	return most;
}

static double height_of(int64_t ms, int64_t most)
{
	return (double)ms / (double)most * STRIP_BASE;
}

/* A wrong one is told apart by a cross below it, not by its colour alone. */
static void put_time(struct page *page, size_t i, int64_t most)
{
	const struct report *report = page->report;
	double width = 100.0 / (double)report->form->count, x = (double)i * width;
	double high = height_of(report->state->items[i].spent_ms, most);
	double plan = STRIP_BASE - height_of(report->result->items[i].expected_ms, most);
	bool right = report->result->items[i].right;

	buf_printf(page->html.out,
		   "<rect class=\"%s\" x=\"%.2f%%\" y=\"%.1f\" width=\"%.2f%%\" "
		   "height=\"%.1f\" />\n"
		   "<line class=\"plan\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" "
		   "y2=\"%.1f\" />\n",
		   right ? "bar" : "miss", x + width * .1, STRIP_BASE - high, width * .8,
		   high, x, x + width, plan, plan);
	if (!right)
		buf_printf(page->html.out,
			   "<text class=\"middle bad\" x=\"%.2f%%\" y=\"%d\">×</text>\n",
			   x + width / 2, STRIP_BASE + 14);
}

static void put_strip(struct page *page)
{
	const struct report *report = page->report;
	int64_t most = longest(report);

	html_element(&page->html, "h3", NULL, "Time for each question");
	html_chart(
		&page->html, STRIP_HEIGHT, "Time for each question",
		arena_printf(&page->arena,
			     "A bar for each of %zu questions in order; the longest is "
			     "%s. The times are in the table of all questions below.",
			     report->form->count, words_duration(&page->arena, most)));
	for (size_t i = 0; i < report->form->count; i++)
		put_time(page, i, most);
	html_chart_end(&page->html);
	page_say(
		page, "soft key",
		"From the first question to the last. Thin line: the question's share of "
		"the time, by its words. ×: answered wrong, or not at all.");
}

static void put_thirds(struct page *page)
{
	static const struct html_column columns[] = {
		{ "Third", false },
		{ "Right", true },
		{ "Time", true },
		{ "Share of the time", true },
	};
	static const char *const names[] = { "First", "Second", "Last" };
	const struct score_pace *pace = &page->report->result->pace;

	html_table(&page->html, "Pace by thirds of the form", columns, 4);
	for (size_t i = 0; i < 3; i++) {
		const struct score_third *third = &pace->thirds[i];

		html_row(&page->html, NULL);
		html_cell(&page->html, "%s", names[i]);
		html_cell(&page->html, "%lld/%lld", (long long)third->tally.right,
			  (long long)third->tally.of);
		html_cell(&page->html, "%s",
			  words_duration(&page->arena, third->spent_ms));
		html_cell(&page->html, "%s",
			  words_duration(&page->arena, third->expected_ms));
	}
	html_table_end(&page->html);
}

/* ---- How sure ---- */

static bool has_confidence(const struct result *result)
{
	for (int i = CONFIDENCE_NONE + 1; i < SCORE_CONFIDENCES; i++)
		if (result->confidences[i].of)
			return true;
	return false;
}

static void put_confidence(struct page *page)
{
	static const struct html_column columns[] = {
		{ "You said", false },
		{ "Right", true },
		{ "Share", true },
		{ "95 % interval", true },
	};
	const struct result *result = page->report->result;

	if (!has_confidence(result))
		return;
	html_element(&page->html, "h3", NULL, "How sure you were");
	html_table(&page->html, "Right answers by how sure you said you were", columns,
		   4);
	for (int i = SCORE_CONFIDENCES; i-- > 0;) {
		const struct tally *tally = &result->confidences[i];

		if (!tally->of)
			continue;
		html_row(&page->html, NULL);
		html_cell(&page->html, "%s",
			  words_confidence[i] ? words_confidence[i] : "nothing");
		html_cell(&page->html, "%lld/%lld", (long long)tally->right,
			  (long long)tally->of);
		html_cell(&page->html, "%.0f %%",
			  100 * (double)tally->right / (double)tally->of);
		html_cell(&page->html, "%.0f–%.0f %%", 100 * tally->low,
			  100 * tally->high);
	}
	html_table_end(&page->html);
}

static void put_changes(struct page *page)
{
	const char *changes = words_changes(&page->arena, page->report);

	if (!changes)
		return;
	html_element(&page->html, "h3", NULL, "Changed answers");
	page_say(page, NULL, changes);
	page_say(page, NULL, words_advice(page->report));
}

void page_work(struct page *page)
{
	const struct report *report = page->report;

	if (!report->form->count)
		return;
	page_section(page, "work", "How did you work?");
	put_strip(page);
	put_thirds(page);
	page_say(page, NULL, words_rapid(&page->arena, report));
	page_say(page, NULL, words_slow(&page->arena, report));
	put_changes(page);
	put_confidence(page);
	page_section_end(page);
}
