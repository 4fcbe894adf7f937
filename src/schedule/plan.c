#include <string.h>

#include "priv.h"

const char *const schedule_step_names[] = { "done",  "mock", "missed", "drill",
					    "light", "free", "exam",   NULL };

/* The plan as it is made, day by day; what lies before `day` is supposed done. */
struct planning {
	struct schedule_plan *plan;
	const struct blueprint *blueprint;
	int64_t day, left; /* days to the exam; FAR where there is no date */
	int64_t form;      /* questions of a mock exam */
	bool has_mock;
	int64_t last_mock;
	int64_t unseen, fresh; /* questions, forms */
	size_t pending;        /* cards due and not yet asked */
	double *focused;       /* how often each task was to be read up */
};

#define FAR INT64_MAX

/* ---- The rules ---- */

#define MOCK_STALE 30     /* days after which a mock exam says where you stood */
#define MOCK_FIRST_LEFT 6 /* with fewer days left there is one only, the last */
#define MOCK_LAST_FROM 5  /* the last one, so many days before the exam, or later */
#define MOCK_LAST_APART 4 /* days between it and the one before */
#define MOCK_APART 10     /* days between others; these on Saturdays, */
#define MOCK_SPARE 3      /* with so many forms of unseen questions left, */
#define MOCK_MIDDLE 28    /* or one less in the last four weeks */
#define INTENSIVE_DAYS 84 /* before these a drill a week keeps things warm */

static int weekday(int64_t day) /* 0: Sunday */
{
	return (int)((day + 4) % 7);
}

static bool is_saturday(int64_t day)
{
	return weekday(day) == 6;
}

static int64_t since_mock(const struct planning *p)
{
	return p->has_mock ? p->day - p->last_mock : FAR;
}

static bool is_exam(const struct planning *p)
{
	return p->left == 0;
}

static bool is_today(const struct planning *p)
{
	return p->day == p->plan->when.today;
}

/* Three quarters will do, and half on the eve. */
static bool is_done(const struct planning *p)
{
	int64_t wanted = p->left == 1 ? p->plan->per_day * 2 : p->plan->per_day * 3;

	return is_today(p) && (4 * p->plan->done_today >= wanted || since_mock(p) == 0);
}

static bool is_eve(const struct planning *p)
{
	return p->left == 1;
}

static bool is_early(const struct planning *p)
{
	return p->left != FAR && p->left > INTENSIVE_DAYS;
}

/* Forms of unseen questions, as far as can be told. */
static int64_t spare_forms(const struct planning *p)
{
	int64_t spare = p->unseen / p->form;

	return p->fresh < spare ? p->fresh : spare;
}

static bool wants_first_mock(const struct planning *p)
{
	if (p->has_mock && (is_early(p) || spare_forms(p) < 2))
		return false;
	return since_mock(p) > MOCK_STALE && p->left >= MOCK_FIRST_LEFT;
}

static bool wants_last_mock(const struct planning *p)
{
	return p->left >= MOCK_LAST_TO && p->left <= MOCK_LAST_FROM &&
	       since_mock(p) >= MOCK_LAST_APART;
}

/* What was missed today is known; on later days something will have been. */
static bool was_mock_yesterday(const struct planning *p)
{
	return since_mock(p) == 1 &&
	       !(is_today(p) && (p->plan->done_today || !p->plan->missed));
}

static bool is_early_drill(const struct planning *p)
{
	return is_early(p) && is_saturday(p->day);
}

static bool wants_mock_between(const struct planning *p)
{
	return !is_early(p) && is_saturday(p->day) && since_mock(p) >= MOCK_APART &&
	       p->left >= MOCK_LEFT &&
	       spare_forms(p) >= MOCK_SPARE - (p->left <= MOCK_MIDDLE ? 1 : 0);
}

static bool always(const struct planning *p)
{
	(void)p;
	return true;
}

/* The first that applies says what a day is for. */
static const struct rule {
	bool (*applies)(const struct planning *p);
	enum schedule_step step;
	const char *why;
} rules[] = {
	{ is_exam, STEP_EXAM, NULL },
	{ is_done, STEP_DONE, NULL },
	{ is_eve, STEP_LIGHT, "then stop, and sleep" },
	{ wants_first_mock, STEP_MOCK, "to see where you stand" },
	{ wants_last_mock, STEP_MOCK, "as on the day, in one go" },
	{ was_mock_yesterday, STEP_MISSED, NULL },
	{ wants_mock_between, STEP_MOCK, "to see what has changed" },
	{ is_early_drill, STEP_DRILL, "one a week is enough so early" },
	{ is_early, STEP_FREE, "learn the subject, questions can wait" },
	{ always, STEP_DRILL, NULL },
};

/* ---- One day ---- */

/* Tasks take turns in proportion to what is missing in them; none twice a day. */
static bool next_focus(const struct planning *p, const struct plan_day *day, size_t *best)
{
	const struct schedule_outlook *outlook = &p->plan->outlook;
	double most = 0;

	for (size_t t = 0; t < outlook->task_count; t++) {
		double claim = outlook->tasks[t].shortfall / (p->focused[t] + 0.5);

		if (claim <= most || (day->focus_count && day->focus[0] == t))
			continue;
		most = claim;
		*best = t;
	}
	return most > 0;
}

static void choose_focus(struct planning *p, struct plan_day *day)
{
	size_t best = 0;

	if (!p->plan->outlook.answered)
		return;
	while (day->focus_count < PLAN_FOCUS && next_focus(p, day, &best)) {
		p->focused[best]++;
		day->focus[day->focus_count++] = best;
	}
}

static size_t newly_due(const struct planning *p)
{
	const struct schedule_outlook *outlook = &p->plan->outlook;
	size_t count = 0;

	for (size_t c = 0; c < outlook->count; c++) {
		const struct schedule_card *card = &outlook->cards[c];

		count += card->reviews && card->questions &&
			 (card->due_day == p->day ||
			  (p->day == p->plan->when.today && card->due_day < p->day));
	}
	return count;
}

static size_t take_due(struct planning *p, int64_t most)
{
	size_t taken = p->pending < (size_t)most ? p->pending : (size_t)most;

	p->pending -= taken;
	return taken;
}

/* Drills leave some unseen, as schedule_pick() does. */
static void use_up(struct planning *p, int64_t questions)
{
	struct schedule_when when = { p->day, p->plan->when.exam_day, 0 };
	int64_t kept = kept_forms(&when) * p->form, left = p->unseen - questions;

	if (p->unseen <= kept)
		return;
	p->unseen = left > kept ? left : kept;
	if (p->unseen == kept && kept && !p->plan->met_day) {
		p->plan->met_day = p->day;
		p->plan->kept = p->unseen;
	}
}

static void plan_drill(struct planning *p, struct plan_day *day)
{
	day->questions = p->plan->per_day;
	if (is_today(p))
		day->questions -= p->plan->done_today;
	day->due = take_due(p, (day->questions + DUE_PART - 1) / DUE_PART);
	choose_focus(p, day);
	use_up(p, day->questions - (int64_t)day->due);
}

static void plan_mock(struct planning *p, struct plan_day *day)
{
	day->questions = p->form;
	day->fresh = p->fresh > 0 && p->unseen >= p->form;
	p->has_mock = true;
	p->last_mock = p->day;
	p->fresh -= day->fresh;
	p->unseen -= p->form < p->unseen ? p->form : p->unseen;
}

/* What is due, or by then will be; where nothing was ever practised, anything. */
static void plan_light(const struct planning *p, struct plan_day *day)
{
	day->questions = (p->plan->per_day + 1) / 2;
	if (p->plan->outlook.reviewed || p->day != p->plan->when.today)
		day->due = (size_t)day->questions;
}

static void plan_day(struct planning *p, struct plan_day *day)
{
	const struct rule *rule = rules;

	while (!rule->applies(p))
		rule++;
	p->pending += newly_due(p);
	*day = (struct plan_day){ .day = p->day, .step = rule->step, .why = rule->why };
	if (day->step == STEP_DRILL)
		plan_drill(p, day);
	else if (day->step == STEP_MOCK)
		plan_mock(p, day);
	else if (day->step == STEP_MISSED)
		day->questions = is_today(p) && p->plan->missed < p->plan->per_day
					 ? p->plan->missed
					 : p->plan->per_day;
	else if (day->step == STEP_LIGHT)
		plan_light(p, day);
}

/* ---- What has been ---- */

/* A finished session is a mock exam when it is none of the drills and asked for half of
 * what an exam asks. */
static void count_mocks(const struct past *past, int64_t form, struct schedule_plan *plan)
{
	size_t from = 0;

	for (size_t i = 0; i < past->answer_count; i++) {
		const struct score_answer *answer = &past->answers[i];

		if (strcmp(answer->session, past->answers[from].session) != 0)
			from = i;
		if (past->reviews[i].day == plan->when.today)
			plan->done_today += answer->answered &&
					    past->reviews[i].task != NO_TASK;
		if (answer->drill || strcmp(answer->exam, past->blueprint->exam) != 0 ||
		    (int64_t)(i - from) + 1 != (form + 1) / 2)
			continue;
		plan->mocks++;
		plan->last_mock = past->reviews[i].day;
	}
}

static int64_t count_missed(const struct past *past)
{
	int64_t missed = 0;

	for (size_t q = 0; q < past->bank->count; q++)
		missed += past->met[q].can_ask && past->met[q].times &&
			  !past->met[q].right;
	return missed;
}

/* Forms of unseen questions by counting alone: domain by domain, type by type. */
static int64_t count_fresh(const struct past *past, struct arena *arena)
{
	const struct blueprint *blueprint = past->blueprint;
	int64_t weights[BLUEPRINT_DOMAINS_MAX], scored[BLUEPRINT_DOMAINS_MAX];
	int64_t unscored[BLUEPRINT_DOMAINS_MAX], types[QUESTION_TYPES] = { 0 };
	int64_t *unseen = ARENA_ARRAY(arena, blueprint->domain_count, int64_t);
	int64_t fresh = INT64_MAX;

	for (size_t q = 0; q < past->bank->count; q++) {
		const struct met *met = &past->met[q];

		if (!met->can_ask || met->times)
			continue;
		unseen[met->domain]++;
		types[past->bank->questions[q].type]++;
	}
	for (size_t d = 0; d < blueprint->domain_count; d++)
		weights[d] = blueprint->domains[d].weight;
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->scored, scored);
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->unscored,
			   unscored);
	for (size_t d = 0; d < blueprint->domain_count; d++)
		if (scored[d] + unscored[d] &&
		    unseen[d] / (scored[d] + unscored[d]) < fresh)
			fresh = unseen[d] / (scored[d] + unscored[d]);
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		if (blueprint->mix[y].least && types[y] / blueprint->mix[y].least < fresh)
			fresh = types[y] / blueprint->mix[y].least;
	return fresh == INT64_MAX ? 0 : fresh;
}

/* ---- All of it ---- */

static bool count_days(const struct schedule_when *when, size_t *count, struct err *err)
{
	int64_t days = when->exam_day ? when->exam_day - when->today : PLAN_DAYS_OPEN - 1;

	if (days < 0)
		return err_set(err, ERR_USAGE,
			       "the exam is over: its day was %lld day%s ago",
			       (long long)-days, days == -1 ? "" : "s");
	if (days > PLAN_DAYS_MAX)
		return err_set(err, ERR_USAGE,
			       "the exam is %lld days away: that is too far",
			       (long long)days);
	*count = (size_t)days + 1;
	return true;
}

static void plan_days(struct planning *p, struct arena *arena)
{
	struct schedule_plan *plan = p->plan;

	p->has_mock = plan->mocks != 0;
	p->last_mock = plan->last_mock;
	p->unseen = (int64_t)plan->outlook.unseen;
	p->fresh = plan->fresh;
	p->focused = ARENA_ARRAY(arena, plan->outlook.task_count, double);
	for (size_t i = 0; i < plan->day_count; i++) {
		p->day = plan->when.today + (int64_t)i;
		p->left = plan->when.exam_day ? plan->when.exam_day - p->day : FAR;
		plan_day(p, &plan->days[i]);
	}
}

bool schedule_plan(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_when *when, int64_t per_day, struct arena *arena,
		   struct schedule_plan *plan, struct err *err)
{
	struct planning planning = {
		.plan = plan,
		.blueprint = blueprint,
		.form = blueprint->scored + blueprint->unscored,
	};
	struct past past;
	size_t count;

	if (!count_days(when, &count, err))
		return false;
	*plan = (struct schedule_plan){ .when = *when,
					.per_day = per_day,
					.day_count = count };
	schedule_look(blueprint, bank, answers, answer_count, when, arena,
		      &plan->outlook);
	past_read(&past, blueprint, bank, answers, answer_count, when, arena);
	count_mocks(&past, planning.form, plan);
	plan->fresh = count_fresh(&past, arena);
	plan->missed = count_missed(&past);
	plan->days = ARENA_ARRAY(arena, count, struct plan_day);
	plan_days(&planning, arena);
	return true;
}
