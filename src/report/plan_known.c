#include "plan.h"
#include "priv.h"

#include <math.h>
#include <string.h>

#include "proctor/text.h"

#define MISSING_SHOWN 4

/* The same on one line, which ends in "..." where it would be longer. */
static void put_cut(struct plan_page *page, const char *label, const char *text)
{
	struct text_line *lines;
	size_t width = page->sheet.measure - PLAN_LABEL;

	text = sheet_safe(&page->sheet, text);
	if (text_wrap(text, strlen(text), width, &page->sheet.arena, &lines) > 1) {
		text_wrap(text, strlen(text), width - 4, &page->sheet.arena, &lines);
		text = arena_printf(&page->sheet.arena, "%.*s ...", (int)lines[0].to,
				    text);
	}
	plan_put(page, label, PLAN_LABEL, text);
}

/* ---- What is known ---- */

/* Fewer first answers than an exam has say next to nothing of single tasks. */
static bool is_little(const struct plan_page *page, int64_t first)
{
	return first <
	       page->report->blueprint->scored + page->report->blueprint->unscored;
}

static int percent(double share)
{
	return (int)lround(100 * share);
}

static int expected_low(const struct schedule_plan *plan)
{
	const struct score_belief *belief = &plan->outlook.belief;

	return percent(score_beta_inverse(0.025, belief->a, belief->b));
}

static int expected_high(const struct schedule_plan *plan)
{
	const struct score_belief *belief = &plan->outlook.belief;

	return percent(score_beta_inverse(0.975, belief->a, belief->b));
}

/* Rounded up: who is told that it passes must not fall short of it. */
static int pass_percent(const struct plan_page *page)
{
	return (int)ceil(100 * score_pass_share(page->report->blueprint));
}

/* Why nothing is known: no answers, or none that count. */
static const char *nothing_known(struct plan_page *page)
{
	const struct schedule_plan *plan = page->plan;

	if (plan->outlook.too_fast)
		return arena_printf(&page->sheet.arena,
				    "nothing yet: %zu answer%s came too fast to be more "
				    "than a guess.",
				    plan->outlook.too_fast,
				    words_plural((int64_t)plan->outlook.too_fast));
	if (plan->days[0].step == STEP_MOCK)
		return "nothing yet: no question was answered. The days below are a "
		       "frame; ask again when the first mock exam is sat.";
	return "nothing yet: no question was answered.";
}

void plan_put_known(struct plan_page *page)
{
	const struct schedule_plan *plan = page->plan;
	int64_t right, of = plan_first(plan, &right);
	struct buf text = BUF_INIT;

	if (!of) {
		plan_put(page, "Known", PLAN_LABEL, nothing_known(page));
		return;
	}
	buf_printf(
		&text,
		"%lld of %lld questions %s right when first met. As you are now, about "
		"%d %% of new ones would be (%d to %d %%); %d %% passes.",
		(long long)right, (long long)of, of == 1 ? "was" : "were",
		percent(plan->outlook.estimate), expected_low(plan), expected_high(plan),
		pass_percent(page));
	if (is_little(page, of))
		buf_text(&text, " That is little: which tasks are weak is mostly a "
				"guess.");
	if (plan->outlook.too_fast)
		buf_printf(&text, " %zu answer%s came too fast to count.",
			   plan->outlook.too_fast,
			   words_plural((int64_t)plan->outlook.too_fast));
	if (plan->outlook.undated)
		buf_printf(&text,
			   " %zu answer%s came under a clock that was wrong: no "
			   "repetition is made of %s.",
			   plan->outlook.undated,
			   words_plural((int64_t)plan->outlook.undated),
			   plan->outlook.undated == 1 ? "it" : "them");
	plan_put(page, "Known", PLAN_LABEL, text.data);
	buf_release(&text);
}

void plan_put_bank(struct plan_page *page)
{
	const struct schedule_plan *plan = page->plan;
	struct buf text = BUF_INIT;

	buf_printf(&text, "%zu questions, %zu not met yet: ", plan->outlook.questions,
		   plan->outlook.unseen);
	if (plan->fresh)
		buf_printf(&text, "at most %lld mock exam%s of new questions.",
			   (long long)plan->fresh, words_plural(plan->fresh));
	else
		buf_text(&text, "no mock exam of new questions is left.");
	if (plan->met_day &&
	    (!plan->when.exam_day || plan->when.exam_day - plan->met_day > PLAN_WEEK))
		buf_printf(&text,
			   " About %s drills will have met all but %lld, kept for "
			   "mock exams; from then on questions come again.",
			   plan_short_date(&page->sheet.arena, plan->met_day),
			   (long long)plan->kept);
	plan_put(page, "Bank", PLAN_LABEL, text.data);
	buf_release(&text);
}

static void put_due(struct plan_page *page)
{
	const struct schedule_outlook *outlook = &page->plan->outlook;
	bool is_much = (int64_t)outlook->due > page->plan->per_day;
	bool is_all = outlook->reviewed == outlook->count;
	struct buf text = BUF_INIT;

	if (!outlook->reviewed)
		return;
	buf_printf(&text, "%zu of the %zu tasks and topics", outlook->due,
		   outlook->reviewed);
	if (!is_all)
		buf_printf(&text, " that you have practised, of %zu in all",
			   outlook->count);
	if (is_much)
		buf_printf(&text, "; more than a day holds: the most urgent come first%s",
			   is_all ? "" : ", and what never came up teaches more");
	plan_put(page, "Due", PLAN_LABEL, text.data);
	buf_release(&text);
}

/* The task with the largest shortfall that is not taken yet. */
static const struct schedule_task *next_missing(const struct schedule_outlook *outlook,
						bool *taken)
{
	size_t best = outlook->task_count;

	for (size_t t = 0; t < outlook->task_count; t++)
		if (!taken[t] &&
		    (best == outlook->task_count ||
		     outlook->tasks[t].shortfall > outlook->tasks[best].shortfall))
			best = t;
	if (best == outlook->task_count)
		return NULL;
	taken[best] = true;
	return &outlook->tasks[best];
}

static const char *right_at_first(struct plan_page *page,
				  const struct schedule_task *task)
{
	if (!task->of)
		return "not asked yet";
	return arena_printf(&page->sheet.arena, "%lld of %lld right at first",
			    (long long)task->right, (long long)task->of);
}

static void put_missing(struct plan_page *page)
{
	const struct schedule_outlook *outlook = &page->plan->outlook;
	bool *taken = ARENA_ARRAY(&page->sheet.arena, outlook->task_count, bool);

	if (outlook->answered == outlook->too_fast)
		return; /* nothing that counts */
	for (size_t i = 0; i < MISSING_SHOWN; i++) {
		const struct schedule_task *task = next_missing(outlook, taken);

		if (!task)
			return;
		put_cut(page, i ? "" : "Missing",
			arena_printf(&page->sheet.arena, "%s  %s  %s", task->id,
				     right_at_first(page, task), task->title));
	}
}

void plan_put_gaps(struct plan_page *page)
{
	put_due(page);
	put_missing(page);
}
