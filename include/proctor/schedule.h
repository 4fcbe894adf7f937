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
 * domain, task, topic, service or type that does not exist. `answers` ascend by at_ms,
 * and may be of any exam and bank version.
 */
bool schedule_pick(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_wish *wish, struct arena *arena,
		   struct form *form, const char **told, struct err *err);

#endif
