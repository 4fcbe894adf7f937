#ifndef SCHEDULE_PICK_H
#define SCHEDULE_PICK_H

#include "priv.h"

/*
 * In a drill of one's own choice the questions are shared out by the weight of the tasks;
 * in a tutor's, some are for what is due, and the others go where most is missing.
 */
struct picking {
	const struct past *past;
	const struct schedule_wish *wish;
	const struct candidates *from;
	struct deck deck;
	const struct schedule_task *tasks;
	struct seed seed;
	bool by_weakness;
	int64_t kept_forms;
	bool *taken, *barred; /* by question of the bank; barred: an enemy was taken */
	bool *covered;        /* by card */
	size_t *unseen;       /* by task: that can still be asked */
	uint64_t *lots;       /* by question: by the seed */
	size_t *chosen;
	uint8_t *parts;
	size_t count, barred_count, due_count;
};

/* No choice was made: what a good tutor would ask. */
static inline bool is_tutors(const struct schedule_wish *wish)
{
	return !wish->missed && !wish->flagged && !wish->unseen && !wish->weakest &&
	       !wish->due;
}

/* A part of the exam was named. */
static inline bool is_narrowed(const struct schedule_wish *wish)
{
	return wish->domain || wish->task || wish->topic || wish->service || wish->type;
}

/* What was picked and why, and why not more. */
const char *tell_drill(const struct picking *p, struct arena *arena);

#endif
