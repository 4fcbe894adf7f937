#include <string.h>

#include "page.h"
#include "proctor/buf.h"

#define GROUPS_SHOWN 8
#define SINGLES_NAMED 24

static double share_of(const struct tally *tally)
{
	return tally->of ? (double)tally->right / (double)tally->of : 0;
}

/* ---- Domains and tasks ---- */

static struct html_bar bar_of(struct page *page, const struct score_row *row)
{
	const struct tally *tally = &row->tally;
	struct html_bar bar = { .low = 1, .high = 0 };

	bar.label = arena_printf(&page->arena, "%s %s", row->id, row->title);
	if (!tally->of) {
		bar.figure = bar.told = "none asked";
		return bar;
	}
	bar.share = share_of(tally);
	bar.low = tally->low;
	bar.high = tally->high;
	bar.figure = arena_printf(&page->arena, "%lld of %lld, %s",
				  (long long)tally->right, (long long)tally->of,
				  score_section_names[row->section]);
	bar.told = arena_printf(&page->arena,
				"%lld of %lld right, %.0f %%; 95 %% interval from %.0f "
				"to %.0f %%",
				(long long)tally->right, (long long)tally->of,
				100 * bar.share, 100 * bar.low, 100 * bar.high);
	return bar;
}

static void put_bars(struct page *page)
{
	const struct result *result = page->report->result;
	struct html_bar *bars = ARENA_ARRAY(&page->arena, result->row_count,
					    struct html_bar);
	size_t count = 0;

	for (size_t i = 0; i < result->row_count; i++)
		if (result->rows[i].is_domain)
			bars[count++] = bar_of(page, &result->rows[i]);
	html_bars(&page->html, bars, count, score_pass_share(page->report->blueprint));
	html_element(
		&page->html, "p", "soft key",
		"Bar: share of right answers. Thin line: 95 %% interval. Dashed "
		"line: pass level, %.0f %%. The label is in the manner of a vendor's "
		"section table, by the estimate below.",
		100 * score_pass_share(page->report->blueprint));
}

static void put_tally(struct page *page, const struct tally *tally)
{
	html_cell(&page->html, "%lld/%lld", (long long)tally->right,
		  (long long)tally->of);
	if (!tally->of) {
		html_cell(&page->html, "–");
		html_cell(&page->html, "–");
		return;
	}
	html_cell(&page->html, "%.0f %%", 100 * share_of(tally));
	html_cell(&page->html, "%.0f–%.0f %%", 100 * tally->low, 100 * tally->high);
}

static void put_row(struct page *page, const struct score_row *row)
{
	html_row(&page->html, row->is_domain ? "group" : NULL);
	html_cell(&page->html, "%s %s", row->id, row->title);
	put_tally(page, &row->tally);
	html_cell(&page->html, "%ld %%", words_estimate(row));
	html_cell(&page->html, "%s", words_state(&page->arena, row));
}

static void put_rows(struct page *page)
{
	static const struct html_column columns[] = {
		{ "Domain and task", false },
		{ "Right", true },
		{ "Share", true },
		{ "95 % interval", true },
		{ "Estimate", true },
		{ "What can be said", false },
	};
	const struct result *result = page->report->result;

	html_table(&page->html, "Right answers by domain and task", columns, 6);
	for (size_t i = 0; i < result->row_count; i++)
		put_row(page, &result->rows[i]);
	html_table_end(&page->html);
}

/* ---- Other ways to sort the questions ---- */

static const struct html_column tally_columns[] = {
	{ NULL, false },
	{ "Right", true },
	{ "Share", true },
	{ "95 % interval", true },
};

static void begin_tallies(struct page *page, const char *caption, const char *what,
			  struct html_column columns[4])
{
	memcpy(columns, tally_columns, sizeof(tally_columns));
	columns[0].title = what;
	html_table(&page->html, caption, columns, 4);
}

static void put_named(struct page *page, const char *name, const struct tally *tally)
{
	html_row(&page->html, NULL);
	html_cell(&page->html, "%s", name);
	put_tally(page, tally);
}

static bool is_missed(const struct score_group *group)
{
	return group->tally.right < group->tally.of && words_is_topic(group->name);
}

/* What was asked once says nothing as a number: those are only named. */
static void name_singles(struct page *page, const struct score_groups *groups)
{
	size_t named = 0;

	for (size_t i = 0; i < groups->count && named < SINGLES_NAMED; i++) {
		const struct score_group *group = &groups->groups[i];

		if (!is_missed(group) || group->tally.of > 1)
			continue;
		buf_text(page->html.out, named++ ? ", " : "<p>Asked once, and missed: ");
		html_text(&page->html, group->name);
	}
	if (named)
		buf_text(page->html.out, ".</p>\n");
}

static void put_groups(struct page *page, const char *caption, const char *what,
		       const struct score_groups *groups)
{
	struct html_column columns[4];
	size_t shown = 0;

	buf_text(page->html.out, "<div>\n");
	for (size_t i = 0; i < groups->count && shown < GROUPS_SHOWN; i++) {
		const struct score_group *group = &groups->groups[i];

		if (!is_missed(group) || group->tally.of == 1)
			continue;
		if (!shown++)
			begin_tallies(page, caption, what, columns);
		put_named(page, group->name, &group->tally);
	}
	if (shown)
		html_table_end(&page->html);
	name_singles(page, groups);
	buf_text(page->html.out, "</div>\n");
}

static void put_kinds(struct page *page, const char *caption, const char *what,
		      const char *const *names, const struct tally *tallies, size_t count)
{
	struct html_column columns[4];

	begin_tallies(page, caption, what, columns);
	for (size_t i = 0; i < count; i++)
		if (tallies[i].of)
			put_named(page, names[i], &tallies[i]);
	html_table_end(&page->html);
}

static void put_sorted(struct page *page)
{
	const struct result *result = page->report->result;

	buf_text(page->html.out, "<div class=\"pair\">\n");
	put_groups(page, "Topics missed most", "Topic", &result->topics);
	put_groups(page, "Services missed most", "Service", &result->services);
	put_kinds(page, "By type of question", "Type", question_type_names, result->types,
		  QUESTION_TYPES);
	put_kinds(page, "By difficulty, as the authors see it", "Difficulty",
		  question_difficulty_names, result->difficulties, SCORE_DIFFICULTIES);
	buf_text(page->html.out, "</div>\n");
}

/* Of a drill only what was asked is told: what was chosen is no measure. */
static void put_asked(struct page *page)
{
	const struct result *result = page->report->result;
	struct html_column columns[4];

	page_section(page, "asked", "What was asked?");
	begin_tallies(page, "Right answers by task", "Task", columns);
	for (size_t i = 0; i < result->row_count; i++) {
		const struct score_row *row = &result->rows[i];

		if (!row->is_domain && row->tally.of)
			put_named(
				page,
				arena_printf(&page->arena, "%s %s", row->id, row->title),
				&row->tally);
	}
	html_table_end(&page->html);
	page_section_end(page);
}

static void put_weak(struct page *page)
{
	page_section(page, "weak", "Where are you weak?");
	page_say(page, NULL, words_weak(&page->arena, page->report));
	put_bars(page);
	put_rows(page);
	page_say(page, NULL, words_differ(&page->arena, page->report));
	page_say(page, "soft", words_caveat);
	put_sorted(page);
	page_section_end(page);
}

void page_weak(struct page *page)
{
	if (words_is_diagnosis(page->report))
		put_weak(page);
	else if (words_is_drill(page->report))
		put_asked(page);
}

/* ---- What next? ---- */

static void put_next(struct page *page, const struct step *step)
{
	buf_text(page->html.out, "<li>");
	html_text(&page->html, step->before);
	for (size_t i = 0; i < step->count; i++) {
		buf_text(page->html.out, i ? ", " : "");
		page_link(page, step->items[i]);
	}
	html_text(&page->html, step->after);
	if (step->command)
		html_element(&page->html, "code", "command", "%s", step->command);
	buf_text(page->html.out, "</li>\n");
}

static void put_row_drill(struct page *page, const struct score_row *row)
{
	html_row(&page->html, NULL);
	html_cell(&page->html, "%s %s", row->id, row->title);
	html_cell(&page->html, "%.1f", row->shortfall);
	html_cell_code(&page->html, words_drill(&page->arena, page->report, row));
}

static void put_order(struct page *page, const char *caption, const size_t *order,
		      size_t count)
{
	static const struct html_column columns[] = {
		{ "To practise", false },
		{ "Missing", true },
		{ "Command", false },
	};

	html_table(&page->html, caption, columns, 3);
	for (size_t i = 0; i < count; i++)
		put_row_drill(page, &page->report->result->rows[order[i]]);
	html_table_end(&page->html);
}

static void put_orders(struct page *page)
{
	const struct result *result = page->report->result;

	html_element(&page->html, "h3", NULL, "What would bring most");
	page_say(page, NULL, words_order);
	put_order(page, "Domains, the most promising first", result->study_domains,
		  result->study_domain_count);
	put_order(page, "Tasks, the most promising first", result->study_tasks,
		  result->study_task_count);
}

void page_study(struct page *page)
{
	const struct report *report = page->report;
	struct step steps[STEPS_MAX];
	size_t count = report_steps(report, &page->arena, steps);

	page_section(page, "next", "What next?");
	buf_text(page->html.out, "<ol class=\"steps\">\n");
	for (size_t i = 0; i < count; i++)
		put_next(page, &steps[i]);
	buf_text(page->html.out, "</ol>\n");
	if (words_is_diagnosis(report))
		put_orders(page);
	page_section_end(page);
}
