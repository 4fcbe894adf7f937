#ifndef SCHEDULE_PRIV_H
#define SCHEDULE_PRIV_H

#include "fsrs.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/err.h"
#include "proctor/schedule.h"

/* What is known of one question of the bank from the last time it was met. */
struct met {
	bool can_ask,
		is_ours; /* the blueprint admits it; it is of one of its tasks, then: */
	unsigned domain, task; /* indices into the blueprint */
	unsigned flat;         /* the task, counted through all domains */
	size_t times;          /* 0: never met */
	int64_t last_day;
	bool right, flagged; /* the last time */
};

/*
 * What an answer is as a review of its cards. Not graded is what was left open (nothing
 * was recalled), what came too fast to be more than a guess, a question that was met
 * before on the same study day (its options are known by sight), and what was answered
 * under a wrong clock (nobody knows how long ago).
 */
enum ungraded { IS_GRADED, LEFT_OPEN, TOO_FAST, TOO_SOON, UNDATED };

struct review {
	size_t question; /* of the bank; NO_QUESTION: not there any more */
	unsigned task;   /* counted through all domains; NO_TASK: of another exam */
	int64_t day;
	enum grade grade;
	enum ungraded why;
};

#define NO_QUESTION SIZE_MAX
#define NO_TASK UINT32_MAX

/* All that is known, question by question of the bank and answer by answer. */
struct past {
	const struct blueprint *blueprint;
	const struct bank *bank;
	const struct score_answer *answers;
	size_t answer_count;
	struct schedule_when when;
	struct met *met;
	struct review *reviews;
	size_t task_count; /* of all domains */
};

void past_read(struct past *past, const struct blueprint *blueprint,
	       const struct bank *bank, const struct score_answer *answers, size_t count,
	       const struct schedule_when *when, struct arena *arena);

/* Index of the task by its id, counted through all domains, or NO_TASK. */
unsigned past_task(const struct blueprint *blueprint, const char *id);

/* ---- Cards ---- */

#define TOPIC_QUESTIONS_LEAST 3 /* a topic with fewer is no card */
#define RETENTION 0.9
#define RETENTION_LAST 0.95 /* in the last days before the exam */
#define LAST_DAYS 7

/* Which questions are on which cards: of question q, links[first[q]] to
 * links[first[q + 1] - 1]. */
struct deck {
	struct schedule_card *cards; /* the tasks first, in order; then topics by name */
	size_t count;
	size_t *first, *links;
};

void deck_make(const struct past *past, struct arena *arena, struct deck *deck);

/* Indices of the cards that are due, most urgent first. */
size_t deck_due(const struct deck *deck, int64_t today, struct arena *arena,
		size_t **due);
int compare_cards(const void *left, const void *right); /* as in the outlook */

/* ---- Tasks ---- */

/* One for each of past->task_count; also what holds of all of them. */
struct schedule_task *tasks_estimate(const struct past *past, struct arena *arena,
				     struct score_belief *all);

/* ---- Drills ---- */

/* The questions a drill may choose from, as indices into the bank, ascending. */
struct candidates {
	size_t *at;
	size_t count;
	const char *scope; /* " of task 2.3 that was missed", or "" */
};

/* All that the wish lets through; ERR_INPUT or ERR_USAGE when that is nothing. */
bool candidates_find(const struct past *past, const struct schedule_wish *wish,
		     struct arena *arena, struct candidates *candidates, struct err *err);

/*
 * Forms of unseen questions that drills leave: one for the last mock exam and, while that
 * is far off, one for another on the way; none when it is too late for a mock exam.
 */
#define MOCK_LEFT 10   /* days before the exam, at least, of one on the way */
#define MOCK_LAST_TO 3 /* and of the last: never in the last two days */
int64_t kept_forms(const struct schedule_when *when);

/* Of a tutor's drill a third at most is for what is due: as long as there is something
 * that never came up, it teaches more (docs/practice.md has the numbers). */
#define DUE_PART 3

/* The order of a drill, and of each question's options. `parts` says for each item in
 * which part of the drill it stands: 0 before 1. */
#define DRILL_PARTS 2
void arrange_drill(const char *seed, const uint8_t *parts, struct form *form,
		   struct arena *arena);

#endif
