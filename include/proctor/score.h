#ifndef PROCTOR_SCORE_H
#define PROCTOR_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/blueprint.h"
#include "proctor/session.h"

struct arena;

/*
 * From responses to numbers, pure. Everything is all or nothing for each question;
 * unanswered is wrong. The scaled score is a linear convention, because the vendor
 * publishes no table: it is an estimate and is called one, and its standard error
 * stands beside it. Counts and the pass decision are integers throughout.
 */
struct score {
	int64_t raw, of; /* of the scored questions */
	int64_t scaled;  /* floor(min + (max - min) * raw / of) */
	int64_t min, max, pass;
	bool passed; /* (max - min) * raw >= (pass - min) * of */
	double sem;  /* Lord's binomial standard error, in scaled points */
};

/* sem is 0 when of < 2. With no scored questions at all: the least, and not passed. */
struct score score_scale(const struct blueprint *blueprint, int64_t raw, int64_t of);

/* Right answers needed to pass. */
int64_t score_needed(const struct blueprint *blueprint, int64_t of);

/* How many of how many, with the equal-tailed Jeffreys interval for the proportion. */
struct tally {
	int64_t right, of;
	double low, high; /* 95 %; of == 0: 0 and 1 */
};

struct tally score_tally(int64_t right, int64_t of);

/* One row for each domain, each followed by its tasks. All questions count here, scored
 * or not: a diagnosis wants all there is. */
struct score_row {
	const char *id, *title;
	bool is_domain;
	struct tally tally;
};

struct result {
	struct score score;
	struct tally all;
	size_t answered;
	struct score_row *rows;
	size_t row_count;
	bool *right; /* one for each item of the form */
	size_t count;
};

/* `responses` has form->count elements, an empty one where there is none. */
void score_result(const struct blueprint *blueprint, const struct form *form,
		  const struct response *responses, struct arena *arena,
		  struct result *result);

/*
 * One question met once in a finished session: what every estimate over several sessions,
 * every drill and every plan is made of. Ids are the bank's and the exam's as they were
 * sat; texts are borrowed. In a drill a question that was left unanswered is no answer at
 * all; in an exam it is a wrong one.
 */
struct score_answer {
	const char *session, *exam, *question, *domain, *task;
	int64_t at_ms; /* calendar: when the session ended */
	bool drill, scored, answered, right, flagged;
	bool first; /* the question had never been met before */
	enum question_type type;
	enum question_difficulty difficulty;
	enum confidence confidence;
	int64_t spent_ms;
};

/* The regularised incomplete beta function I_x(a, b) and its inverse, a, b > 0, to about
 * 1e-12 absolute. Source: Lentz's continued fraction; bisection. */
double score_beta(double x, double a, double b);
double score_beta_inverse(double p, double a, double b);

#endif
