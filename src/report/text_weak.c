#include "advice.h"

#include <math.h>
#include <string.h>

#include "proctor/buf.h"

#define BAR 19

/* The cell of the bar in which a share lies. */
static size_t cell_of(double share)
{
	size_t cell = (size_t)(BAR * share);

	return cell < BAR ? cell : BAR - 1;
}

static const char *bar(struct advice *advice, const struct score_row *row)
{
	char *cells = arena_alloc(&advice->sheet.arena, BAR + 1);
	size_t low = cell_of(row->tally.low), high = cell_of(row->tally.high);

	for (size_t i = 0; i < BAR; i++)
		cells[i] = low <= i && i <= high ? '=' : '.';
	cells[cell_of(score_pass_share(advice->report->blueprint))] = '|';
	cells[cell_of(row->estimate)] = 'o';
	return cells;
}

static const char *state_told(struct advice *advice, const struct score_row *row)
{
	return row->state == SCORE_OPEN ? "not enough evidence yet"
					: words_state(&advice->sheet.arena, row);
}

/* The numbers first: what they say, the bar only shows. */
static void put_row(struct advice *advice, const struct score_row *row)
{
	const char *counts = advice_say(advice, "%3lld/%-3lld %3ld %%  %8s",
					(long long)row->tally.right,
					(long long)row->tally.of, words_estimate(row),
					advice_likely(advice, &row->tally));
	const char *label = score_section_names[row->section];
	const char *cells = advice_say(advice, "[%s]", bar(advice, row));
	const char *state = state_told(advice, row);
	const char *const wide[] = { advice_say(advice, "%s  %s", counts, label),
				     advice_say(advice, "%s %s", cells, state) };
	const char *const narrow[] = { counts, cells, state, label };
	const char *const none = " none asked";
	const char *id = advice_safe(advice, row->id),
		   *title = advice_safe(advice, row->title);

	if (!row->tally.of)
		advice_row(advice, id, title, &none, 1);
	else if (advice_is_wide(advice))
		advice_row(advice, id, title, wide, 2);
	else
		advice_row(advice, id, title, narrow, 4);
}

static void put_rows(struct advice *advice, bool domains)
{
	const struct result *result = advice->report->result;
	const char *const heads[] = {
		advice_say(advice, "right  est.    likely%s",
			   advice_is_wide(advice) ? "  section label" : ""),
		"[= likely, o est., | pass level]"
	};

	advice_row(advice, "", domains ? "Where you stand" : "All tasks", heads, 2);
	for (size_t i = 0; i < result->row_count; i++)
		if (result->rows[i].is_domain == domains)
			put_row(advice, &result->rows[i]);
}

/* "domain 1 (58 more questions would settle it), 2 (23), 4 (over 200)" */
static const char *open_told(struct advice *advice)
{
	const struct result *result = advice->report->result;
	const char *told = "";

	for (size_t i = 0; i < result->row_count; i++) {
		const struct score_row *row = &result->rows[i];
		bool many = row->more > SCORE_MORE_MAX;

		if (!row->is_domain || row->state != SCORE_OPEN)
			continue;
		told = advice_say(advice, "%s%s%s (%s%lld%s)", told,
				  *told ? ", " : "domain ", advice_safe(advice, row->id),
				  many ? "over " : "",
				  many ? SCORE_MORE_MAX : (long long)row->more,
				  *told ? "" : " more questions would settle it");
	}
	return told;
}

/* Do the domains differ at all, and what would tell more? */
static void put_reading(struct advice *advice)
{
	const struct result *result = advice->report->result;
	const char *open = open_told(advice);
	const char *differ = "";

	if (result->domains_df > 0 && 0 < result->all.right &&
	    result->all.right < result->all.of)
		differ =
			result->domains_p < SCORE_ALPHA
				? "Your domains differ by more than chance explains. "
				: "Your domains differ by no more than chance explains. ";
	if (*differ || *open)
		sheet_paragraph(&advice->sheet, advice_say(advice, "%s%s%s%s", differ,
							   *open ? "Still open: " : "",
							   open, *open ? "." : ""));
}

void put_weak(struct advice *advice)
{
	sheet_gap(&advice->sheet);
	put_rows(advice, true);
	put_reading(advice);
}

/* ---- Drills ---- */

/* Only what was asked; no estimate and no state, since a drill is chosen and not drawn.
 */
void put_drill(struct advice *advice)
{
	const struct result *result = advice->report->result;
	const char *head = "right    likely";

	put_time(advice);
	if (!result->all.of) {
		advice_fact(advice, "Right", "nothing was answered");
		return;
	}
	advice_fact(advice, "Right",
		    advice_say(advice,
			       "%s answered, likely %s. A drill is chosen, not drawn: "
			       "this says nothing about the exam.",
			       advice_right(advice, &result->all),
			       advice_likely(advice, &result->all)));
	sheet_gap(&advice->sheet);
	advice_row(advice, "", "Task", &head, 1);
	for (size_t i = 0; i < result->row_count; i++) {
		const struct score_row *row = &result->rows[i];
		const char *figures = advice_say(
			advice, "%3lld/%-3lld %8s", (long long)row->tally.right,
			(long long)row->tally.of, advice_likely(advice, &row->tally));

		if (!row->is_domain && row->tally.of)
			advice_row(advice, advice_safe(advice, row->id),
				   advice_safe(advice, row->title), &figures, 1);
	}
}

void put_all_rows(struct advice *advice)
{
	sheet_gap(&advice->sheet);
	put_rows(advice, false);
}
