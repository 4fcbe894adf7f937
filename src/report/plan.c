#include "plan.h"
#include "priv.h"

#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

#define DATE 12       /* of a day's date and the gap */
#define WEEKS_SHOWN 8 /* by themselves; what is later by fours */

/* ---- Words ---- */

static const char *const weekdays[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

/* "14 Jan" */
const char *plan_short_date(struct arena *arena, int64_t day)
{
	const char *date = plan_date(arena, day);

	return arena_printf(arena, "%d %s", atoi(date + 8), months[atoi(date + 5) - 1]);
}

/* "Thu 14 Jan" */
static const char *day_date(struct arena *arena, int64_t day)
{
	return arena_printf(arena, "%s %s", weekdays[(day + 4) % 7],
			    plan_short_date(arena, day));
}

void plan_put(struct plan_page *page, const char *label, size_t indent, const char *text)
{
	struct sheet *sheet = &page->sheet;

	sheet_labelled(sheet, label, indent, sheet_safe(sheet, text));
}

static void put_command(struct plan_page *page, const char *label, const char *command)
{
	sheet_command(&page->sheet, label, PLAN_LABEL, sheet_safe(&page->sheet, command));
}

/* ---- Days ---- */

static const char *focus_text(struct plan_page *page, const struct plan_day *day)
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

static const char *what_mock(struct plan_page *page, const struct plan_day *day)
{
	return arena_printf(&page->sheet.arena, "mock exam (%lld min, %s): %s",
			    (long long)page->report->blueprint->minutes,
			    day->fresh                   ? "all new"
			    : page->plan->outlook.unseen ? "some met before"
							 : "all met before",
			    day->why);
}

static const char *what_drill(struct plan_page *page, const struct plan_day *day)
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

static const char *what(struct plan_page *page, const struct plan_day *day)
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

static void put_day(struct plan_page *page, const struct plan_day *day)
{
	plan_put(page, day_date(&page->sheet.arena, day->day), DATE, what(page, day));
}

/* ---- The command of today ---- */

static const char *exam_date(struct plan_page *page)
{
	int64_t day = page->plan->when.exam_day;

	return day ? arena_printf(&page->sheet.arena, " --exam-date %s",
				  plan_date(&page->sheet.arena, day))
		   : "";
}

/* What names this bank and this blueprint. */
static const char *target_of(struct plan_page *page)
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
static void put_open(struct plan_page *page)
{
	const struct report_plan *report = page->report;

	if (!report->open_id)
		return;
	put_command(
		page, "Open",
		arena_printf(&page->sheet.arena, "proctor resume %s", report->open_id));
	plan_put(page, "", PLAN_LABEL,
		 arena_printf(&page->sheet.arena,
			      "This %s is not finished, and counts when it is.",
			      report->open_kind));
}

static void put_today(struct plan_page *page)
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
		plan_put(page, "Today", PLAN_LABEL,
			 "the exam. What is not known now will not be learned this "
			 "morning.");
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

static void put_weeks(struct plan_page *page, const struct plan_day *days, size_t count)
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
	plan_put(page,
		 arena_printf(arena, "%s - %s", plan_short_date(arena, days[0].day),
			      plan_short_date(arena, days[count - 1].day)),
		 17, text.len ? text.data : "free");
	buf_release(&text);
}

/* The first days one by one, then weeks, then months; the eve and the exam by
 * themselves. */
static void put_days(struct plan_page *page)
{
	const struct schedule_plan *plan = page->plan;
	size_t last = plan->when.exam_day ? plan->day_count - 1 : plan->day_count;
	size_t i = 0, weeks = 0;

	if (plan->when.exam_day && last)
		last--;
	for (; i < last && i < page->report->days; i++)
		put_day(page, &plan->days[i]);
	while (i < last) {
		size_t count = weeks < WEEKS_SHOWN ? PLAN_WEEK : 4 * PLAN_WEEK;

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

static const char *headline(struct plan_page *page)
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
	struct plan_page page = { .report = report, .plan = report->plan };
	int64_t left;
	bool is_close; /* nothing to be done any more but the last things */

	left = report->plan->when.exam_day - report->plan->when.today;
	is_close = report->plan->when.exam_day && left <= 1;
	sheet_begin(&page.sheet, columns, out);
	plan_put(&page, "", 0, headline(&page));
	buf_char(out, '\n');
	plan_put_known(&page);
	if (!is_close)
		plan_put_bank(&page);
	if (!is_close || left > 0)
		plan_put_gaps(&page);
	put_open(&page);
	put_today(&page);
	buf_char(out, '\n');
	put_days(&page);
	if (!is_close) {
		buf_char(out, '\n');
		plan_put(&page, "", 0,
			 "A day you miss costs nothing: ask again, and the plan begins "
			 "anew. What is expected is of this bank's questions, and not "
			 "of the real exam.");
	}
	sheet_end(&page.sheet);
}
