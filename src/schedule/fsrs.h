#ifndef SCHEDULE_FSRS_H
#define SCHEDULE_FSRS_H

#include <stdint.h>

/*
 * FSRS-6, a model of forgetting with two numbers a card. The stability is the days after
 * which a recall still succeeds nine times in ten; the difficulty, 1 to 10, says how
 * little a recall adds to it. Everything is double and nothing is rounded on the way, nor
 * spread by chance.
 *
 * Source: open-spaced-repetition's ts-fsrs 5.4.2 and fsrs-rs 6.6.1, whose default weights
 * these are. Where the ports differ: a Hard on the day of the last review never lowers
 * the stability (as in fsrs-rs and ts-fsrs; py-fsrs lets it); the first stability has the
 * floor of all others, 0.001 (as in fsrs-rs; ts-fsrs takes 0.1, which the default weights
 * never come near); elapsed time is whole study days (as Anki counts).
 */
#define FSRS_WEIGHTS 21
#define FSRS_LONGEST 36500 /* days, of stabilities and intervals */

extern const double fsrs_weights[FSRS_WEIGHTS];

enum grade { GRADE_NONE, GRADE_AGAIN, GRADE_HARD, GRADE_GOOD, GRADE_EASY };

struct memory {
	double stability, difficulty; /* both 0: never reviewed */
};

/* The memory after a review, so many days after the one before; not GRADE_NONE. */
struct memory fsrs_review(const double *weights, struct memory memory, enum grade grade,
			  double days);

/* The chance of recall after so many days. */
double fsrs_recall(const double *weights, double stability, double days);

/* Whole days, at least 1, until the chance has come down to this retention. */
int64_t fsrs_interval(const double *weights, double stability, double retention);

#endif
