#include <math.h>
#include <string.h>

#include "proctor/score.h"

#define TAIL 0.025
#define NORMAL_95 1.959963984540054 /* as far as that lies from the mean */
#define TREND_MIN 3

/* Answers, each with a weight. */
struct weighed {
	double right, of;
};

static bool counts(const struct score_answer *answer, const char *exam, bool drill)
{
	return answer->first && answer->drill == drill && strcmp(answer->exam, exam) == 0;
}

static struct score_standing *find_standing(struct score_standing *standings,
					    size_t count, const char *domain)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(standings[i].domain, domain) == 0)
			return &standings[i];
	return NULL;
}

/* The same half a question on either side as for one session: a rate that is all or none
 * right must not be taken for certain. */
static struct score_estimate estimate(const struct weighed *domain,
				      const struct weighed *all, double prior)
{
	double overall = (all->right + 0.5) / (all->of + 1);
	struct score_belief belief = { domain->right + prior * overall,
				       domain->of - domain->right +
					       prior * (1 - overall) };

	return (struct score_estimate){
		.belief = belief,
		.share = belief.a / (belief.a + belief.b),
		.low = score_beta_inverse(TAIL, belief.a, belief.b),
		.high = score_beta_inverse(1 - TAIL, belief.a, belief.b),
	};
}

/* The recent counts of a domain are kept in its belief until all are known. */
static void count_recent(struct score_belief *recent, bool right)
{
	recent->a = recent->a * SCORE_RECENT_KEEP + right;
	recent->b = recent->b * SCORE_RECENT_KEEP + !right;
}

static void count_answers(const struct score_answer *answers, size_t count,
			  const char *exam, bool drill, struct score_standing *standings,
			  size_t standing_count)
{
	for (size_t i = 0; i < count; i++) {
		struct score_standing *standing;

		if (!counts(&answers[i], exam, drill))
			continue;
		standing = find_standing(standings, standing_count, answers[i].domain);
		if (!standing)
			continue;
		standing->right += answers[i].right;
		standing->of++;
		count_recent(&standing->recent.belief, answers[i].right);
	}
}

void score_standings(const struct score_answer *answers, size_t count, const char *exam,
		     bool drill, struct score_standing *standings, size_t standing_count)
{
	struct weighed all = { 0, 0 }, recent = { 0, 0 };

	for (size_t i = 0; i < standing_count; i++)
		standings[i] = (struct score_standing){ .domain = standings[i].domain };
	count_answers(answers, count, exam, drill, standings, standing_count);
	for (size_t i = 0; i < standing_count; i++) {
		const struct score_belief *kept = &standings[i].recent.belief;

		all.right += (double)standings[i].right;
		all.of += (double)standings[i].of;
		recent.right += kept->a;
		recent.of += kept->a + kept->b;
	}
	for (size_t i = 0; i < standing_count; i++) {
		struct score_standing *standing = &standings[i];
		const struct score_belief kept = standing->recent.belief;

		standing->over_all = estimate(&(struct weighed){ (double)standing->right,
								 (double)standing->of },
					      &all, SCORE_PRIOR);
		standing->recent = estimate(&(struct weighed){ kept.a, kept.a + kept.b },
					    &recent, SCORE_RECENT_PRIOR);
	}
}

/* ---- The trend ---- */

/* Sums over all answers, each placed at the number of its session. */
struct sums {
	double of, right, x, xx, xy;
};

static struct sums add_up(const struct tally *sessions, size_t count, size_t *used)
{
	struct sums sums = { 0 };
	double x = 0;

	for (size_t i = 0; i < count; i++) {
		double of = (double)sessions[i].of, right = (double)sessions[i].right;

		if (!sessions[i].of)
			continue;
		x++;
		sums.of += of;
		sums.right += right;
		sums.x += of * x;
		sums.xx += of * x * x;
		sums.xy += right * x;
	}
	*used = (size_t)x;
	return sums;
}

bool score_trend(const struct tally *sessions, size_t count, struct score_trend *trend)
{
	size_t used;
	const struct sums sums = add_up(sessions, count, &used);
	double share, spread, error, slope;

	if (used < TREND_MIN || sums.right <= 0 || sums.right >= sums.of)
		return false;
	share = sums.right / sums.of;
	spread = sums.xx - sums.x * sums.x / sums.of;
	slope = (sums.xy - share * sums.x) / spread;
	error = sqrt(share * (1 - share) / spread);
	*trend = (struct score_trend){
		.sessions = used,
		.slope = slope,
		.low = slope - NORMAL_95 * error,
		.high = slope + NORMAL_95 * error,
		.p = score_chi2(slope / error * (slope / error), 1),
	};
	return true;
}
