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
 * publishes no table: it is an estimate and is called one, and its range stands beside
 * it. Counts and the pass decision are integers throughout. Every formula, where it comes
 * from and what it does not mean: docs/report.md.
 */
struct score {
	int64_t raw, of; /* of the scored questions */
	int64_t scaled;  /* floor(min + (max - min) * raw / of) */
	int64_t min, max, pass;
	bool passed;       /* (max - min) * raw >= (pass - min) * of */
	double sem;        /* Lord's binomial standard error, in scaled points */
	int64_t low, high; /* scaled - sem and scaled + sem, on the scale; where sem is 0
			      the Jeffreys interval that covers as much (68 %) */
};

/* sem is 0 when of < 2. With no scored questions at all: the least, and not passed. */
struct score score_scale(const struct blueprint *blueprint, int64_t raw, int64_t of);

/* Right answers needed to pass. */
int64_t score_needed(const struct blueprint *blueprint, int64_t of);

/* The share of right answers that passes, before it is rounded to whole questions. */
double score_pass_share(const struct blueprint *blueprint);

/*
 * How many of how many, with the equal-tailed Jeffreys interval for the proportion.
 * Questions of one case are not independent: `effective` is how many independent ones
 * they are worth, and is what the interval is made from.
 */
struct tally {
	int64_t right, of;
	double low, high; /* 95 %; of == 0: 0 and 1 */
	double effective; /* of, where no two share a case */
};

struct tally score_tally(int64_t right, int64_t of);
struct tally score_tally_cases(int64_t right, int64_t of, double effective);

/*
 * What of questions in cases are worth, sum_squares being the sum of the squared sizes of
 * the cases (a question without a case is one of size 1): of / (1 + (m - 1) rho) with m =
 * sum_squares / of (Kish's design effect). Rho, the correlation inside a case, is
 * assumed.
 */
#define SCORE_RHO 0.05
double score_effective(int64_t of, int64_t sum_squares);

/* ---- Domains and tasks ---- */

/*
 * What is held to be true of the share of right answers: a beta distribution. The prior
 * is worth SCORE_PRIOR questions at the candidate's own overall rate: what one row alone
 * says is drawn towards what all rows say.
 */
#define SCORE_PRIOR 20
struct score_belief {
	double a, b;
};

enum score_state {
	SCORE_NOT_ASKED,    /* no question of this row */
	SCORE_OPEN,         /* not enough evidence yet; see `more` */
	SCORE_ABOVE_PASS,   /* P(below pass level) <= 1 - SCORE_SURE */
	SCORE_BELOW_PASS,   /* P(below pass level) >= SCORE_SURE */
	SCORE_BELOW_OTHERS, /* fewer right than the rest lets expect: p_holm < SCORE_ALPHA
			     */
	SCORE_STATES,
};

#define SCORE_SURE 0.8
#define SCORE_ALPHA 0.05
#define SCORE_MORE_MAX 200 /* `more` beyond it is "more than 200" */

/* As vendors' section tables have it; their threshold is unpublished, ours is the pass
 * share for the shrunk estimate. */
enum score_section { SCORE_NEEDS_IMPROVEMENT, SCORE_MEETS_COMPETENCIES };

extern const char *const score_state_names[]; /* "not-asked", "open", "above-pass", ... */
extern const char *const score_section_names[]; /* "Needs Improvement", ... */

/* One row for each domain, each followed by its tasks. All questions count here, scored
 * or not: a diagnosis wants all there is. */
struct score_row {
	const char *id, *title;
	bool is_domain;
	struct tally tally;
	struct score_belief belief;
	double estimate; /* shrunk: the mean of the belief */
	double p_low;    /* P(so few right or fewer), were all rows alike; 1: not asked */
	double p_holm;   /* the same, adjusted for the number of rows of its level */
	double below_pass; /* P(true share < pass share), by the belief */
	enum score_state state;
	int64_t more; /* OPEN: further questions until it is decided either way, were they
			 answered at the estimate; SCORE_MORE_MAX + 1: more than that */
	enum score_section section;
	double next; /* scored questions the next form has of it; a task's is a mean */
	double shortfall; /* expected: how many of those the pass share wants and the
			     candidate will lack */
};

/* ---- Other ways to sort the questions ---- */

/* A topic or a service, in order of `excess`, most first. A question counts in each of
 * its topics. */
struct score_group {
	const char *name;
	struct tally tally;
	double excess; /* questions missed beyond what the overall share lets expect */
};

struct score_groups {
	struct score_group *groups;
	size_t count;
};

#define SCORE_DIFFICULTIES 3
#define SCORE_CONFIDENCES 4

/* ---- Behaviour ---- */

enum score_change { /* from the first complete response to the last */
		    SCORE_UNCHANGED,
		    SCORE_RIGHT_TO_WRONG,
		    SCORE_WRONG_TO_RIGHT,
		    SCORE_WRONG_TO_WRONG,
		    SCORE_CHANGES,
};

/* One question of the form. */
struct score_item {
	bool right, answered; /* answered: all that is asked for was given */
	int64_t expected_ms;  /* the time limit shared out by words; untimed: the
				 blueprint's minutes */
	bool rapid; /* answered in less than a tenth of that, at least 3 s, at most 10 s
		     */
	bool slow;  /* more than twice that */
	enum score_change change;
};

/* The words of stem, options and prompts, and the question's share of its case's, which
 * is read once; and what is rapid where so much time is expected. */
double score_words(const struct question *question);
int64_t score_rapid_ms(int64_t expected_ms);

/* A third of the form, by number. */
struct score_third {
	size_t from, count; /* items */
	struct tally tally;
	int64_t spent_ms, expected_ms;
};

#define SCORE_LAST 10

struct score_pace {
	size_t rapid, slow;
	struct score_third thirds[3];
	size_t open;      /* unanswered */
	size_t open_end;  /* of these, all from the last question answered on */
	size_t open_last; /* of the last SCORE_LAST questions */
};

struct score_changes {
	int64_t counts[SCORE_CHANGES];
	double p; /* exact two-sided sign test, right to wrong against wrong to right */
};

/* ---- All of it ---- */

struct result {
	struct score score;
	struct tally all;
	size_t answered;

	/* Another form drawn by this blueprint from this bank; never the real exam. */
	int64_t next_of, next_needed; /* scored questions; 0: nothing is said */
	double next_pass;             /* P(as many right as needed) */

	struct score_row *rows;
	size_t row_count;
	/* Do the domains differ at all? Pearson's test on right and wrong by domain. */
	double domains_chi2, domains_p;
	int64_t domains_df;
	/* What to study next: indices of rows, largest expected shortfall first. */
	size_t *study_domains, *study_tasks;
	size_t study_domain_count, study_task_count;

	struct score_groups topics, services;
	struct tally types[QUESTION_TYPES]; /* of == 0: none asked */
	struct tally difficulties[SCORE_DIFFICULTIES];

	struct score_item *items; /* one for each of the form */
	size_t count;
	struct score_pace pace;
	struct score_changes changes;
	struct tally confidences[SCORE_CONFIDENCES]; /* of answered questions, by enum */
	size_t *misconceptions; /* items answered wrong and sure, in order of the form */
	size_t misconception_count;
};

/* The session is one of this form, finished or not. In a drill (session->drill) what
 * is not answered counts nowhere but in `score`. Texts are borrowed. */
void score_result(const struct blueprint *blueprint, const struct form *form,
		  const struct session *session, struct arena *arena,
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
	bool first;   /* the question had never been met before */
	bool undated; /* at_ms is that of a clock that was wrong: nobody knows when */
	enum question_type type;
	enum question_difficulty difficulty;
	enum confidence confidence;
	int64_t spent_ms;
};

/* ---- Over several sessions ---- */

/*
 * What first answers say of a domain, twice. Over all: every answer alike, shrunk as a
 * row of one session is. Recent: before each answer all earlier ones of the domain lose
 * a fiftieth of their weight, so that what was learnt since shows; there is less to go
 * by, and the prior is lighter. The prior of each is the candidate's own rate over all
 * domains, counted the same way.
 */
#define SCORE_RECENT_PRIOR 8
#define SCORE_RECENT_KEEP 0.98

struct score_estimate {
	struct score_belief belief;
	double share;     /* its mean */
	double low, high; /* 95 % */
};

struct score_standing {
	const char *domain;
	int64_t right, of; /* first answers */
	struct score_estimate over_all, recent;
};

/*
 * Fills what follows `domain` in each standing. Of the answers, ascending by time, those
 * count that are first, of this exam, and from drills or else from exams.
 */
void score_standings(const struct score_answer *answers, size_t count, const char *exam,
		     bool drill, struct score_standing *standings, size_t standing_count);

/*
 * Does the share of right answers go up or down from session to session? Cochran's and
 * Armitage's test, and the line of least squares that goes with it, over the sessions in
 * order; those without answers do not count. The interval takes the answers of a session
 * for independent and forms for equally hard, so it is on the narrow side.
 */
struct score_trend {
	size_t sessions;  /* that count */
	double slope;     /* share, a session */
	double low, high; /* 95 % */
	double p;         /* two-sided, that there is no slope */
};

/* False when there is nothing to say: fewer than three sessions, or all or none right. */
bool score_trend(const struct tally *sessions, size_t count, struct score_trend *trend);

/* ---- The mathematics, each to about 1e-12 ---- */

/* The regularised incomplete beta function I_x(a, b) and its inverse, a, b > 0. Source:
 * Lentz's continued fraction; bisection. */
double score_beta(double x, double a, double b);
double score_beta_inverse(double p, double a, double b);

/* P(H <= x): x or fewer right of n drawn without replacement from `of`, `right` right. */
double score_hypergeometric(int64_t x, int64_t n, int64_t right, int64_t of);

/* Holm's step-down adjustment, in place. */
void score_holm(double *p, size_t count);

/* P(chi-squared with df degrees of freedom >= x); df 0: 1. */
double score_chi2(double x, int64_t df);

/* Pearson's statistic on a table of two columns, right and wrong; rows of nothing do not
 * count. Gives the P above; 1 where all or none are right. */
double score_differ(const struct tally *tallies, size_t count, double *chi2, int64_t *df);

/* Two-sided exact test that gains and losses are as likely as one another. */
double score_sign_test(int64_t gains, int64_t losses);

/* E[(share - p)+] where p is distributed as the belief says; per question. */
double score_shortfall(struct score_belief belief, double share);

/* P(at least `needed` right) on a form with of[i] questions of part i: the sum of
 * independent beta-binomials. */
double score_chance(const struct score_belief *beliefs, const int64_t *of, size_t count,
		    int64_t needed);

#endif
