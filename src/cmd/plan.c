#include <string.h>

#include "cmd.h"
#include "proctor/clock.h"
#include "proctor/report.h"
#include "proctor/schedule.h"

#define DAYS 7

struct given {
	struct bank_given bank;
	const char *exam_date, *format, *blueprint;
	int64_t days, per_day;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'e', "exam-date", offsetof(struct given, exam_date), "DATE",
	  "the day of your exam, such as 2027-01-14" },
	{ OPT_QUESTIONS, 'n', "per-day", offsetof(struct given, per_day), "N",
	  "so many questions a day (default 20)" },
	{ OPT_NUMBER, 0, "days", offsetof(struct given, days), "N",
	  "so many days one by one, then weeks (default 7)" },
	{ OPT_TEXT, 'f', "format", offsetof(struct given, format), "FORMAT",
	  "text or json" },
	OWN_BLUEPRINT_OPT(struct given, blueprint),
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static bool put_plan(const struct report_plan *report, bool is_json, struct err *err)
{
	struct buf text = BUF_INIT;
	struct json_out json = JSON_OUT(&text, true);
	bool ok;

	if (is_json) {
		report_plan_json(report, &json);
		buf_char(&text, '\n');
	} else {
		report_plan_text(report, terminal_columns(), &text);
	}
	ok = put_out(&text, err);
	buf_release(&text);
	return ok;
}

/* The latest session of this bank that is not finished, if there is one. */
static void find_open(struct start *start, struct report_plan *report)
{
	struct store_session *open = ARENA_NEW(&start->arena, struct store_session);
	struct err none = ERR_INIT;

	if (!store_find(start->opener.store, NULL, true, &start->arena, open, &none) ||
	    strcmp(open->bank_id, start->bank->id) != 0)
		return;
	report->open_kind = open->kind;
	report->open_id = open->id;
}

static bool make(struct start *start, const struct given *given, const char *blueprint_id,
		 struct err *err)
{
	int64_t now = clock_now(&clock_system).real;
	struct schedule_when when = { .utc_offset_ms = clock_utc_offset(now) };
	struct report_plan report = { .file = given->blueprint,
				      .bank = given->bank.dir,
				      .key = given->bank.key,
				      .allow_unsigned = given->bank.allow_unsigned,
				      .allow_downgrade = given->bank.allow_downgrade,
				      .days = (size_t)given->days };
	struct schedule_plan plan;
	struct score_answer *answers;
	size_t count;

	when.today = schedule_day(now, when.utc_offset_ms);
	if (given->exam_date &&
	    !read_exam_day(given->exam_date, when.today, &when.exam_day, err))
		return false;
	if (!start_open(start, &given->bank, blueprint_id, given->blueprint, err) ||
	    !store_answers(start->opener.store, start->bank->id, now, &start->arena,
			   &answers, &count, err) ||
	    !schedule_plan(&start->at.blueprint, start->bank, answers, count, &when,
			   given->per_day, &start->arena, &plan, err))
		return false;
	find_open(start, &report);
	report.plan = &plan;
	report.blueprint = &start->at.blueprint;
	return put_plan(&report, strcmp(given->format, "json") == 0, err);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { .format = "text",
			       .days = DAYS,
			       .per_day = PLAN_QUESTIONS };
	struct start start = { 0 };
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	if (strcmp(given.format, "text") != 0 && strcmp(given.format, "json") != 0)
		return err_set(err, ERR_USAGE, "--format wants text or json, not \"%s\"",
			       given.format);
	ok = make(&start, &given, i < argc ? argv[i] : NULL, err);
	start_end(&start);
	return ok;
}

const struct cmd cmd_plan = {
	"plan", run,  "[BLUEPRINT]", "what to practise on which day, up to the exam",
	opts,   NULL,
};
