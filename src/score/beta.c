#include "proctor/score.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#define FRACTION_STEPS 10000
#define BISECTIONS 64 /* beyond a double's last bit on [0, 1] */

/* Lentz divides by what may come out as zero; a tiny number in its place does no harm. */
static double not_zero(double value)
{
	return fabs(value) < DBL_MIN / DBL_EPSILON ? DBL_MIN / DBL_EPSILON : value;
}

struct lentz {
	double c, d, value;
};

static double lentz_step(struct lentz *lentz, double term)
{
	double factor;

	lentz->d = 1 / not_zero(1 + term * lentz->d);
	lentz->c = not_zero(1 + term / lentz->c);
	factor = lentz->c * lentz->d;
	lentz->value *= factor;
	return factor;
}

/*
 * The continued fraction of I_x(a, b) without its prefactor (DLMF 8.17.22), by Lentz's
 * method as modified by Thompson and Barnett. Quick where x < (a + 1) / (a + b + 2).
 */
static double fraction(double x, double a, double b)
{
	struct lentz lentz = { 1, 1 / not_zero(1 - (a + b) * x / (a + 1)), 0 };

	lentz.value = lentz.d;
	for (int m = 1; m <= FRACTION_STEPS; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

		lentz_step(&lentz, even);
		if (fabs(lentz_step(&lentz, odd) - 1) < DBL_EPSILON)
			break;
	}
	return lentz.value;
}

/* ln(x^a y^b / B(a, b)), where y = 1 - x is given since x may have lost it. */
static double log_front(double x, double y, double a, double b)
{
	return a * log(x) + b * log(y) + lgamma(a + b) - lgamma(a) - lgamma(b);
}

double score_beta(double x, double a, double b)
{
	double front;

	assert(a > 0 && b > 0);
	if (x <= 0)
		return 0;
	if (x >= 1)
		return 1;
	front = exp(log_front(x, 1 - x, a, b));
	if (x < (a + 1) / (a + b + 2))
		return front * fraction(x, a, b) / a;
	return 1 - front * fraction(1 - x, b, a) / b;
}

double score_beta_inverse(double p, double a, double b)
{
	double low = 0, high = 1;

	if (p <= 0)
		return 0;
	if (p >= 1)
		return 1;
	for (int i = 0; i < BISECTIONS; i++) {
		double middle = (low + high) / 2;

		if (score_beta(middle, a, b) < p)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}
