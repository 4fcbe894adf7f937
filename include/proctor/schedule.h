#ifndef PROCTOR_SCHEDULE_H
#define PROCTOR_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/score.h"

struct arena;
struct err;

/*
 * What to practise next, pure: out of the bank, the answers that were ever given and the
 * day, and of nothing else. docs/practice.md has the rules in words.
 *
 * A study day is a local calendar day that begins at 04:00, so that an evening which goes
 * on past midnight stays one day. Days are counted from 1970-01-01; the caller knows how
 * far local time is ahead of UTC.
 */
int64_t schedule_day(int64_t at_ms, int64_t utc_offset_ms);

/* ---- What is known ---- */

/* When it is, and when the exam is. */
struct schedule_when {
	int64_t today, exam_day; /* study days; exam_day 0: not known */
	int64_t utc_offset_ms;   /* for the study days of the answers */
};

/*
 * A card is what is repeated: a task, or a topic that enough questions are on. Never a
 * question: asking the same one again would train to know its options by sight. What is
 * known of a card is a function of the answers to its questions, by FSRS-6 with its
 * default weights: one review for each study day with an answer that counts.
 */
struct schedule_card {
	bool is_task;
	const char *id, *title; /* title: of a task; of a topic NULL */
	double weight;          /* of its domains in the exam; all domains are 1 */
	size_t questions, unseen;
	size_t reviews, lapses; /* study days, and those with the grade Again */
	/* where reviews is not 0: */
	int64_t last_day, due_day;
	double stability, recall; /* days; the chance of a right answer today */
	double urgency; /* weight * (retention wanted - recall), or 0; only when due */
};

/*
 * A task. The estimate is made of answers to questions never met before, later ones
 * counting more; the shortfall, how many right answers of the next form are expected to
 * be missing to a good pass, also of the answers after these.
 */
struct schedule_task {
	const char *id, *title;
	double weight;            /* all tasks are 1 */
	size_t questions, unseen; /* that can be asked */
	int64_t right, of;        /* first answers */
	struct score_belief belief;
	double estimate, shortfall;
};

struct schedule_outlook {
	struct schedule_card *cards; /* reviewed ones by urgency, then by due day; then
					the others */
	size_t count, due, reviewed;
	struct schedule_task *tasks; /* in the blueprint's order */
	size_t task_count;
	size_t questions, unseen;   /* that can be asked */
	size_t answered;            /* answers to questions of this exam, */
	size_t too_fast;            /* of which so many were too fast to count, */
	size_t undated;             /* and so many given under a clock that was wrong */
	struct score_belief belief; /* of all tasks, as for one */
	double estimate;            /* the share of right answers in a form of today */
};

void schedule_look(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_when *when, struct arena *arena,
		   struct schedule_outlook *outlook);

/* ---- The questions of a drill ---- */

/*
 * What a drill is wanted of. Wishes combine by "and"; NULL and false wish for nothing.
 * The first five say of what, the next three which of these. Without any of missed,
 * flagged, unseen, weakest and due, a drill is what a good tutor would ask: what is due
 * first, then what is weakest.
 */
struct schedule_wish {
	const char *domain, *task; /* ids of the blueprint */
	const char *topic;         /* of the bank, in either case of letters */
	const char *service;       /* a part of its name, in either case of letters */
	const char *type;          /* a name in question_type_names */
	bool missed;               /* wrong last time */
	bool flagged;              /* flagged last time */
	bool unseen;               /* never met */
	bool weakest;              /* more of the tasks where more is missing */
	bool due;                  /* what is due for repetition, most urgent first */
	int64_t count;             /* how many questions, 1 to BLUEPRINT_FORM_MAX */
	const char *seed;          /* any text */
	int64_t today, exam_day;   /* study days; exam_day 0: not known */
	int64_t utc_offset_ms;     /* for the study days of the answers */
};

/*
 * Picks them; the form lies in the arena, everything in it is scored. The same bank,
 * answers and wish give the same drill. No two enemies are in it; the questions of one
 * case stand together, but a case need not be whole. Fewer than were wished for is fine.
 * *told is one sentence for the candidate about what was picked and why, and why not
 * more. None at all: ERR_INPUT, with the wish that left nothing and why; ERR_USAGE for a
 * domain, task, topic, service or type that does not exist. `answers` are in the
 * order of store_answers(), and may be of any exam and bank version.
 */
bool schedule_pick(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_wish *wish, struct arena *arena,
		   struct form *form, const char **told, struct err *err);

/* ---- A plan ---- */

/*
 * What to do on which day, up to the exam; schedule_rules in src/schedule/plan.c is the
 * whole of the teaching in it, one row a rule. The further away a day is, the more of it
 * is a guess: the plan is made to be asked for anew after each day.
 */
enum schedule_step {
	STEP_DONE,   /* today's work is done */
	STEP_MOCK,   /* a full mock exam */
	STEP_MISSED, /* what was missed in it */
	STEP_DRILL,  /* a drill without a choice */
	STEP_LIGHT,  /* a short drill of what is due */
	STEP_FREE,   /* nothing, or reading */
	STEP_EXAM,
	SCHEDULE_STEPS,
};

extern const char *const schedule_step_names[]; /* "done", "mock", ... */

#define PLAN_FOCUS 2
#define PLAN_DAYS_OPEN 28 /* of a plan without an exam date */
#define PLAN_DAYS_MAX 3660
#define PLAN_QUESTIONS 20 /* a day, unless wished otherwise */

struct plan_day {
	int64_t day;
	enum schedule_step step;
	const char *why;   /* "to see where you stand", or NULL */
	int64_t questions; /* of a drill or mock exam */
	size_t due; /* of a drill's questions, for what is due; of cards known now */
	bool fresh; /* a mock exam can be of unseen questions alone */
	size_t focus[PLAN_FOCUS]; /* tasks to read up, indices into the outlook's */
	size_t focus_count;
};

struct schedule_plan {
	struct schedule_outlook outlook;
	struct schedule_when when;
	int64_t per_day, done_today; /* questions */
	int64_t missed;              /* questions that were wrong last time */
	int64_t fresh;               /* mock exams of unseen questions left, at most */
	int64_t met_day; /* when drills will have met all questions but `kept` ones,
			    which they leave to mock exams; 0: not within the plan */
	int64_t kept;
	size_t mocks;      /* sat so far */
	int64_t last_mock; /* day, if mocks */
	struct plan_day *days;
	size_t day_count;
};

/* ERR_USAGE when the exam is over, or more than PLAN_DAYS_MAX away. */
bool schedule_plan(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_when *when, int64_t per_day, struct arena *arena,
		   struct schedule_plan *plan, struct err *err);

#endif
