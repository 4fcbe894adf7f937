#include "fsrs.h"

#include <math.h>

#define STABILITY_LEAST 0.001
#define DIFFICULTY_LEAST 1.0
#define DIFFICULTY_MOST 10.0

const double fsrs_weights[FSRS_WEIGHTS] = {
	0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
	0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
	1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
};

static double clamp(double x, double least, double most)
{
	return fmin(fmax(x, least), most);
}

/* Chosen so that the chance is 0.9 when the days are the stability. */
static double decay_factor(const double *w)
{
	return pow(0.9, -1 / w[20]) - 1;
}

double fsrs_recall(const double *w, double stability, double days)
{
	return pow(1 + decay_factor(w) * days / stability, -w[20]);
}

int64_t fsrs_interval(const double *w, double stability, double retention)
{
	double days = stability / decay_factor(w) * (pow(retention, -1 / w[20]) - 1);

	return (int64_t)clamp(round(days), 1, FSRS_LONGEST);
}

/* Not clamped: what difficulties revert to may lie below the least. */
static double first_difficulty(const double *w, enum grade grade)
{
	return w[4] - exp(w[5] * (grade - 1)) + 1;
}

static double next_difficulty(const double *w, double difficulty, enum grade grade)
{
	double change = -w[6] * ((int)grade - (int)GRADE_GOOD);
	double damped = difficulty + change * (DIFFICULTY_MOST - difficulty) /
					     (DIFFICULTY_MOST - DIFFICULTY_LEAST);

	return w[7] * first_difficulty(w, GRADE_EASY) + (1 - w[7]) * damped;
}

static double same_day(const double *w, double stability, enum grade grade)
{
	double growth = exp(w[17] * ((int)grade - (int)GRADE_GOOD + w[18])) *
			pow(stability, -w[19]);

	return stability * (grade == GRADE_AGAIN ? growth : fmax(growth, 1));
}

static double after_lapse(const double *w, struct memory memory, double recall)
{
	double left = w[11] * pow(memory.difficulty, -w[12]) *
		      (pow(memory.stability + 1, w[13]) - 1) * exp((1 - recall) * w[14]);

	return fmin(left, memory.stability / exp(w[17] * w[18]));
}

static double after_recall(const double *w, struct memory memory, enum grade grade,
			   double recall)
{
	double growth = exp(w[8]) * (11 - memory.difficulty) *
			pow(memory.stability, -w[9]) * (exp((1 - recall) * w[10]) - 1);

	if (grade == GRADE_HARD)
		growth *= w[15];
	if (grade == GRADE_EASY)
		growth *= w[16];
	return memory.stability * (1 + growth);
}

struct memory fsrs_review(const double *w, struct memory memory, enum grade grade,
			  double days)
{
	struct memory next;
	double recall;

	if (memory.stability == 0) {
		next.stability = w[grade - 1];
		next.difficulty = first_difficulty(w, grade);
	} else {
		recall = fsrs_recall(w, memory.stability, days);
		if (days < 1)
			next.stability = same_day(w, memory.stability, grade);
		else if (grade == GRADE_AGAIN)
			next.stability = after_lapse(w, memory, recall);
		else
			next.stability = after_recall(w, memory, grade, recall);
		next.difficulty = next_difficulty(w, memory.difficulty, grade);
	}
	next.stability = clamp(next.stability, STABILITY_LEAST, FSRS_LONGEST);
	next.difficulty = clamp(next.difficulty, DIFFICULTY_LEAST, DIFFICULTY_MOST);
	return next;
}
