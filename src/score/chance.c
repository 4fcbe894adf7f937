#include "proctor/score.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define HOLM_MAX (BLUEPRINT_DOMAINS_MAX * BLUEPRINT_TASKS_MAX)

static double at_most_one(double p)
{
	return p < 1 ? p : 1;
}

/* ln of n choose k */
static double log_choose(double n, double k)
{
	return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

double score_hypergeometric(int64_t x, int64_t n, int64_t right, int64_t of)
{
	int64_t least = n > of - right ? n - (of - right) : 0;
	int64_t most = n < right ? n : right;
	double all = log_choose((double)of, (double)n), sum = 0;

	assert(0 <= n && n <= of && 0 <= right && right <= of);
	if (x >= most)
		return 1;
	for (int64_t h = least; h <= x; h++)
		sum += exp(log_choose((double)right, (double)h) +
			   log_choose((double)(of - right), (double)(n - h)) - all);
	return at_most_one(sum);
}

/* How many of p come before p[i] when they are sorted, ties in their order. */
static size_t rank_of(const double *p, size_t count, size_t i)
{
	size_t rank = 0;

	for (size_t j = 0; j < count; j++)
		rank += p[j] < p[i] || (j < i && !(p[j] > p[i]));
	return rank;
}

/* Holm (1979): the smallest times count, the next times count - 1, never decreasing. */
void score_holm(double *p, size_t count)
{
	size_t order[HOLM_MAX];
	double least = 0;

	assert(count <= HOLM_MAX);
	for (size_t i = 0; i < count; i++)
		order[rank_of(p, count, i)] = i;
	for (size_t r = 0; r < count; r++) {
		double adjusted = at_most_one((double)(count - r) * p[order[r]]);

		least = adjusted > least ? adjusted : least;
		p[order[r]] = least;
	}
}

/* Q(df / 2, x / 2) by Q(a + 1, y) = Q(a, y) + y^a e^-y / Gamma(a + 1), DLMF 8.8.6. */
double score_chi2(double x, int64_t df)
{
	double y = x / 2, a = df % 2 ? 0.5 : 1, q;

	if (df <= 0 || x <= 0)
		return 1;
	q = df % 2 ? erfc(sqrt(y)) : exp(-y);
	for (; a < (double)df / 2; a++)
		q += exp(a * log(y) - y - lgamma(a + 1));
	return at_most_one(q);
}

double score_differ(const struct tally *tallies, size_t count, double *chi2, int64_t *df)
{
	int64_t right = 0, of = 0;
	double share;

	*chi2 = 0;
	*df = -1;
	for (size_t i = 0; i < count; i++) {
		right += tallies[i].right;
		of += tallies[i].of;
		*df += tallies[i].of > 0;
	}
	*df = *df < 0 ? 0 : *df;
	if (right == 0 || right == of)
		return 1;
	share = (double)right / (double)of;
	for (size_t i = 0; i < count; i++) {
		double n = (double)tallies[i].of;
		double off = (double)tallies[i].right - n * share;

		if (n > 0)
			*chi2 += off * off / (n * share * (1 - share));
	}
	return score_chi2(*chi2, *df);
}

/* P(Binomial(n, 1/2) <= k) is I_1/2(n - k, k + 1), DLMF 8.17.5. */
double score_sign_test(int64_t gains, int64_t losses)
{
	int64_t least = gains < losses ? gains : losses;

	assert(gains >= 0 && losses >= 0);
	if (gains == losses)
		return 1;
	return at_most_one(2 * score_beta(0.5, (double)(gains + losses - least),
					  (double)(least + 1)));
}

double score_shortfall(struct score_belief belief, double share)
{
	double a = belief.a, b = belief.b;
	double lack = share * score_beta(share, a, b) -
		      a / (a + b) * score_beta(share, a + 1, b);

	return lack > 0 ? lack : 0;
}

static double log_beta(double a, double b)
{
	return lgamma(a) + lgamma(b) - lgamma(a + b);
}

/* sum becomes the distribution of what it was plus a beta-binomial one. */
static void convolve(double *sum, int64_t len, struct score_belief belief, int64_t of)
{
	double old[BLUEPRINT_FORM_MAX + 1];
	double base = log_beta(belief.a, belief.b);

	memcpy(old, sum, (size_t)(len + 1) * sizeof(*sum));
	memset(sum, 0, (size_t)(len + of + 1) * sizeof(*sum));
	for (int64_t x = 0; x <= of; x++) {
		double p = exp(
			log_choose((double)of, (double)x) +
			log_beta((double)x + belief.a, (double)(of - x) + belief.b) -
			base);

		for (int64_t i = 0; i <= len; i++)
			sum[i + x] += p * old[i];
	}
}

double score_chance(const struct score_belief *beliefs, const int64_t *of, size_t count,
		    int64_t needed)
{
	double sum[BLUEPRINT_FORM_MAX + 1] = { 1 }, chance = 0;
	int64_t len = 0;

	for (size_t i = 0; i < count; i++) {
		assert(of[i] >= 0 && len + of[i] <= BLUEPRINT_FORM_MAX);
		convolve(sum, len, beliefs[i], of[i]);
		len += of[i];
	}
	for (int64_t i = needed > 0 ? needed : 0; i <= len; i++)
		chance += sum[i];
	return at_most_one(chance);
}
