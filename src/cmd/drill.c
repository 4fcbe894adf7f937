#include <string.h>

#include "cmd.h"
#include "proctor/clock.h"
#include "proctor/schedule.h"

#define QUESTIONS 10

struct given {
	struct bank_given bank;
	struct front_given front;
	struct schedule_wish wish;
	const char *seed, *blueprint, *feedback, *exam_date;
	int64_t minutes;
};

#define WISH(field) offsetof(struct given, wish.field)

static const struct opt opts[] = {
	{ OPT_QUESTIONS, 'n', "count", WISH(count), "N",
	  "so many questions (default 10)" },
	{ OPT_TEXT, 'd', "domain", WISH(domain), "ID", "of this domain, such as 2" },
	{ OPT_TEXT, 't', "task", WISH(task), "ID", "of this task, such as 2.3" },
	{ OPT_TEXT, 0, "topic", WISH(topic), "TOPIC", "on this topic of the bank" },
	{ OPT_TEXT, 0, "service", WISH(service), "NAME",
	  "about this service; a part of its name will do" },
	{ OPT_TEXT, 0, "type", WISH(type), "TYPE",
	  "multiple-choice, multiple-response, ordering or matching" },
	{ OPT_FLAG, 0, "missed", WISH(missed), NULL, "what you got wrong last time" },
	{ OPT_FLAG, 0, "flagged", WISH(flagged), NULL, "what you flagged last time" },
	{ OPT_FLAG, 0, "unseen", WISH(unseen), NULL, "what you have never seen" },
	{ OPT_FLAG, 0, "weakest", WISH(weakest), NULL,
	  "more of the tasks where you lose most" },
	{ OPT_FLAG, 0, "due", WISH(due), NULL, "what is due for repetition" },
	{ OPT_TEXT, 0, "feedback", offsetof(struct given, feedback), "WHEN",
	  "the key after each answer (now, the default) or at the end" },
	{ OPT_NUMBER, 'm', "minutes", offsetof(struct given, minutes), "N",
	  "a time limit; without it there is none" },
	{ OPT_TEXT, 0, "exam-date", offsetof(struct given, exam_date), "DATE",
	  "the day of your exam, such as 2027-01-14: all is repeated before" },
	{ OPT_TEXT, 's', "seed", offsetof(struct given, seed), "TEXT",
	  "which of several that would do; the same text, the same ones" },
	OWN_BLUEPRINT_OPT(struct given, blueprint),
	FRONT_OPTS(struct given, front),
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static bool read_feedback(const char *text, bool *now, struct err *err)
{
	if (strcmp(text, "now") != 0 && strcmp(text, "end") != 0)
		return err_set(err, ERR_USAGE, "--feedback wants now or end, not \"%s\"",
			       text);
	*now = strcmp(text, "now") == 0;
	return true;
}

bool read_exam_day(const char *text, int64_t today, int64_t *day, struct err *err)
{
	if (!clock_is_date(text))
		return err_set(err, ERR_USAGE,
			       "--exam-date wants a date such as 2027-01-14, not \"%s\"",
			       text);
	*day = clock_day(text);
	if (*day < today)
		return err_set(err, ERR_USAGE, "the exam date %s is over", text);
	return true;
}

static bool pick(struct start *start, struct schedule_wish *wish, struct err *err)
{
	struct score_answer *answers;
	size_t count;

	return store_answers(start->opener.store, start->bank->id,
			     clock_now(&clock_system).real, &start->arena, &answers,
			     &count, err) &&
	       schedule_pick(&start->at.blueprint, start->bank, answers, count, wish,
			     &start->arena, &start->at.form, &start->told, err);
}

/* The session is described, its questions are picked and asked. */
static bool sit_picked(struct start *start, struct given *given, bool feedback,
		       struct err *err)
{
	start_describe(start, "drill", given->seed, given->minutes * 60000);
	start->at.about.feedback = feedback;
	start->at.about.history = true;
	given->wish.seed = start->at.about.seed;
	return pick(start, &given->wish, err) && start_sit(start, &given->front, err);
}

static void set_day(struct schedule_wish *wish)
{
	int64_t now = clock_now(&clock_system).real;

	wish->utc_offset_ms = clock_utc_offset(now);
	wish->today = schedule_day(now, wish->utc_offset_ms);
}

static bool sit_drill(struct start *start, struct given *given, const char *blueprint_id,
		      struct err *err)
{
	struct schedule_wish *wish = &given->wish;
	bool feedback;

	set_day(wish);
	return read_feedback(given->feedback, &feedback, err) &&
	       (!given->exam_date ||
		read_exam_day(given->exam_date, wish->today, &wish->exam_day, err)) &&
	       start_open(start, &given->bank, blueprint_id, given->blueprint, err) &&
	       sit_picked(start, given, feedback, err);
}

bool drill_task(const struct blueprint *stored, const char *task,
		const struct bank_given *bank, const struct front_given *front,
		struct err *err)
{
	struct given given = { .bank = *bank,
			       .front = *front,
			       .wish = { .count = QUESTIONS, .task = task } };
	struct start start = { 0 };
	bool ok;

	set_day(&given.wish);
	ok = opener_start(&start.opener, &given.bank, &start.arena, err) &&
	     choose_stored(&start.opener, stored, &start.bank, &start.at.blueprint,
			   err) &&
	     sit_picked(&start, &given, true, err);
	start_end(&start);
	return ok;
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { .wish.count = QUESTIONS, .feedback = "now" };
	struct start start = { 0 };
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = sit_drill(&start, &given, i < argc ? argv[i] : NULL, err);
	start_end(&start);
	return ok;
}

const struct cmd cmd_drill = {
	"drill", run,  "[BLUEPRINT]", "practise what is due, weak, or chosen by you",
	opts,    NULL,
};
