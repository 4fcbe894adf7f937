#include "plan.h"
#include "priv.h"
#include "sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

#define LABEL 10      /* columns of a label and the gap behind it */
#define DATE 12       /* of a day's date and the gap */
#define WEEKS_SHOWN 8 /* by themselves; what is later by fours */
#define MISSING_SHOWN 4
#define WEEK 7

struct page {
	const struct report_plan *report;
	const struct schedule_plan *plan;
	struct sheet sheet;
};

/* ---- Words ---- */

static const char *const weekdays[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* "14 Jan" */
static const char *short_date(struct arena *arena, int64_t day)
{
	const char *date = plan_date(arena, day);

	return arena_printf(arena, "%d %s", atoi(date + 8), months[atoi(date + 5) - 1]);
}

/* "Thu 14 Jan" */
static const char *day_date(struct arena *arena, int64_t day)
{
	return arena_printf(arena, "%s %s", weekdays[(day + 4) % 7],
			    short_date(arena, day));
}

static void put(struct page *page, const char *label, size_t indent, const char *text)
{
	struct sheet *sheet = &page->sheet;

	sheet_labelled(sheet, label, indent, sheet_safe(sheet, text));
}

static void put_command(struct page *page, const char *label, const char *command)
{
	sheet_command(&page->sheet, label, LABEL, sheet_safe(&page->sheet, command));
}

/* The same on one line, which ends in "..." where it would be longer. */
static void put_cut(struct page *page, const char *label, const char *text)
{
	struct text_line *lines;
	size_t width = page->sheet.measure - LABEL;

	text = sheet_safe(&page->sheet, text);
	if (text_wrap(text, strlen(text), width, &page->sheet.arena, &lines) > 1) {
		text_wrap(text, strlen(text), width - 4, &page->sheet.arena, &lines);
		text = arena_printf(&page->sheet.arena, "%.*s ...", (int)lines[0].to,
				    text);
	}
	put(page, label, LABEL, text);
}

/* ---- What is known ---- */

/* Fewer first answers than an exam has say next to nothing of single tasks. */
static bool is_little(const struct page *page, int64_t first)
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
static int pass_percent(const struct page *page)
{
	return (int)ceil(100 * score_pass_share(page->report->blueprint));
}

/* Why nothing is known: no answers, or none that count. */
static const char *nothing_known(struct page *page)
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

static void put_known(struct page *page)
{
	const struct schedule_plan *plan = page->plan;
	int64_t right, of = plan_first(plan, &right);
	struct buf text = BUF_INIT;

	if (!of) {
		put(page, "Known", LABEL, nothing_known(page));
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
	put(page, "Known", LABEL, text.data);
	buf_release(&text);
}

static void put_bank(struct page *page)
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
	    (!plan->when.exam_day || plan->when.exam_day - plan->met_day > WEEK))
		buf_printf(&text,
			   " About %s drills will have met all but %lld, kept for "
			   "mock exams; from then on questions come again.",
			   short_date(&page->sheet.arena, plan->met_day),
			   (long long)plan->kept);
	put(page, "Bank", LABEL, text.data);
	buf_release(&text);
}

static void put_due(struct page *page)
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
	put(page, "Due", LABEL, text.data);
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

static const char *right_at_first(struct page *page, const struct schedule_task *task)
{
	if (!task->of)
		return "not asked yet";
	return arena_printf(&page->sheet.arena, "%lld of %lld right at first",
			    (long long)task->right, (long long)task->of);
}

static void put_missing(struct page *page)
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

/* ---- Days ---- */

static const char *focus_text(struct page *page, const struct plan_day *day)
{
	const struct schedule_task *tasks = page->plan->outlook.tasks;
	struct buf text = BUF_INIT;
	const char *made;

	for (size_t i = 0; i < day->focus_count; i++)
		buf_printf(&text, "%s%s", i ? ", " : "; read up ",
			   tasks[day->focus[i]].id);
	made = arena_text(&page->sheet.arena, text.data);
	buf_release(&text);
	return made;
}

static const char *what_mock(struct page *page, const struct plan_day *day)
{
	return arena_printf(&page->sheet.arena, "mock exam (%lld min, %s): %s",
			    (long long)page->report->blueprint->minutes,
			    day->fresh                   ? "all new"
			    : page->plan->outlook.unseen ? "some met before"
							 : "all met before",
			    day->why);
}

static const char *what_drill(struct page *page, const struct plan_day *day)
{
	if (day->why)
		return arena_printf(&page->sheet.arena, "drill of %lld; %s",
				    (long long)day->questions, day->why);
	if (!page->plan->outlook.answered)
		return arena_printf(&page->sheet.arena, "drill of %lld",
				    (long long)day->questions);
	return arena_printf(&page->sheet.arena, "drill of %lld, %zu for what is due%s",
			    (long long)day->questions, day->due, focus_text(page, day));
}

static const char *what(struct page *page, const struct plan_day *day)
{
	struct arena *arena = &page->sheet.arena;

	switch (day->step) {
	case STEP_DONE:
		return arena_printf(arena, "done for today: %lld question%s",
				    (long long)page->plan->done_today,
				    words_plural(page->plan->done_today));
	case STEP_MOCK:
		return what_mock(page, day);
	case STEP_MISSED:
		return "proctor review the mock exam, then drill what you missed";
	case STEP_LIGHT:
		return arena_printf(arena, "short drill of %lld%s; %s",
				    (long long)day->questions,
				    day->due ? ", what is due" : "", day->why);
	case STEP_FREE:
		return arena_printf(arena, "free: %s", day->why);
	case STEP_EXAM:
		return "exam";
	default:
		return what_drill(page, day);
	}
}

static void put_day(struct page *page, const struct plan_day *day)
{
	put(page, day_date(&page->sheet.arena, day->day), DATE, what(page, day));
}

/* ---- The command of today ---- */

static const char *exam_date(struct page *page)
{
	int64_t day = page->plan->when.exam_day;

	return day ? arena_printf(&page->sheet.arena, " --exam-date %s",
				  plan_date(&page->sheet.arena, day))
		   : "";
}

/* What names this bank and this blueprint. */
static const char *target_of(struct page *page)
{
	const struct report_plan *report = page->report;
	struct arena *arena = &page->sheet.arena;
	const char *target = words_word(arena, report->blueprint->id);

	if (report->file)
		target = arena_printf(arena, "--blueprint %s",
				      words_word(arena, report->file));
	if (report->bank)
		target = arena_printf(arena, "%s --bank %s", target,
				      words_word(arena, report->bank));
	if (report->key)
		target = arena_printf(arena, "%s --key %s", target,
				      words_word(arena, report->key));
	return arena_printf(arena, "%s%s%s", target,
			    report->allow_unsigned ? " --allow-unsigned" : "",
			    report->allow_downgrade ? " --allow-downgrade" : "");
}

/* What was answered in it counts for nothing here before it has ended. */
static void put_open(struct page *page)
{
	const struct report_plan *report = page->report;

	if (!report->open_id)
		return;
	put_command(
		page, "Open",
		arena_printf(&page->sheet.arena, "proctor resume %s", report->open_id));
	put(page, "", LABEL,
	    arena_printf(&page->sheet.arena,
			 "This %s is not finished, and counts when it is.",
			 report->open_kind));
}

static void put_today(struct page *page)
{
	static const char *const options[SCHEDULE_STEPS] = {
		[STEP_MISSED] = " --missed",
		[STEP_DRILL] = "",
		[STEP_LIGHT] = " --due",
	};
	const struct plan_day *day = page->plan->days;
	const char *target = target_of(page);

	if (day->step == STEP_MOCK)
		put_command(page, "Today",
			    arena_printf(&page->sheet.arena, "proctor exam %s", target));
	else if (options[day->step])
		put_command(page, "Today",
			    arena_printf(&page->sheet.arena,
					 "proctor drill %s -n %lld%s%s", target,
					 (long long)day->questions,
					 day->step == STEP_LIGHT && !day->due
						 ? ""
						 : options[day->step],
					 exam_date(page)));
	else if (day->step == STEP_EXAM)
		put(page, "Today", LABEL,
		    "the exam. What is not known now will not be learned this morning.");
}

/* ---- Weeks ---- */

static size_t count_steps(const struct plan_day *days, size_t count,
			  enum schedule_step step)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += days[i].step == step;
	return n;
}

static void add_part(struct buf *text, const char *part)
{
	buf_printf(text, "%s%s", text->len ? ", " : "", part);
}

static void put_weeks(struct page *page, const struct plan_day *days, size_t count)
{
	struct arena *arena = &page->sheet.arena;
	size_t drills = count_steps(days, count, STEP_DRILL) +
			count_steps(days, count, STEP_MISSED);
	struct buf text = BUF_INIT;

	if (drills)
		add_part(&text, arena_printf(arena, "%zu drill%s", drills,
					     words_plural((int64_t)drills)));
	for (size_t i = 0; i < count; i++)
		if (days[i].step == STEP_MOCK)
			add_part(&text,
				 arena_printf(arena, "mock exam on %s%s",
					      day_date(arena, days[i].day),
					      days[i].fresh ? "" : " (some met before)"));
	put(page,
	    arena_printf(arena, "%s - %s", short_date(arena, days[0].day),
			 short_date(arena, days[count - 1].day)),
	    17, text.len ? text.data : "free");
	buf_release(&text);
}

/* The first days one by one, then weeks, then months; the eve and the exam by
 * themselves. */
static void put_days(struct page *page)
{
	const struct schedule_plan *plan = page->plan;
	size_t last = plan->when.exam_day ? plan->day_count - 1 : plan->day_count;
	size_t i = 0, weeks = 0;

	if (plan->when.exam_day && last)
		last--;
	for (; i < last && i < page->report->days; i++)
		put_day(page, &plan->days[i]);
	while (i < last) {
		size_t count = weeks < WEEKS_SHOWN ? WEEK : 4 * WEEK;

		if (count > last - i)
			count = last - i;
		if (count == 1)
			put_day(page, &plan->days[i]);
		else
			put_weeks(page, &plan->days[i], count);
		i += count;
		weeks++;
	}
	for (; i < plan->day_count; i++)
		put_day(page, &plan->days[i]);
}

/* ---- The page ---- */

static const char *headline(struct page *page)
{
	const struct schedule_plan *plan = page->plan;
	int64_t left = plan->when.exam_day - plan->when.today;
	const char *id = page->report->blueprint->id;

	if (!plan->when.exam_day)
		return arena_printf(&page->sheet.arena,
				    "Plan for %s, no --exam-date given", id);
	if (left == 0)
		return arena_printf(&page->sheet.arena, "Plan for %s: the exam is today",
				    id);
	return arena_printf(&page->sheet.arena, "Plan for %s: exam on %s %.4s, %s", id,
			    day_date(&page->sheet.arena, plan->when.exam_day),
			    plan_date(&page->sheet.arena, plan->when.exam_day),
			    left == 1 ? "tomorrow"
				      : arena_printf(&page->sheet.arena, "in %lld days",
						     (long long)left));
}

void report_plan_text(const struct report_plan *report, size_t columns, struct buf *out)
{
	struct page page = { .report = report, .plan = report->plan };
	int64_t left;
	bool is_close; /* nothing to be done any more but the last things */

	left = report->plan->when.exam_day - report->plan->when.today;
	is_close = report->plan->when.exam_day && left <= 1;
	sheet_begin(&page.sheet, columns, out);
	put(&page, "", 0, headline(&page));
	buf_char(out, '\n');
	put_known(&page);
	if (!is_close)
		put_bank(&page);
	if (!is_close || left > 0) {
		put_due(&page);
		put_missing(&page);
	}
	put_open(&page);
	put_today(&page);
	buf_char(out, '\n');
	put_days(&page);
	if (!is_close) {
		buf_char(out, '\n');
		put(&page, "", 0,
		    "A day you miss costs nothing: ask again, and the plan begins anew. "
		    "What is expected is of this bank's questions, and not of the real "
		    "exam.");
	}
	sheet_end(&page.sheet);
}
