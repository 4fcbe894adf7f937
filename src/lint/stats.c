#include <math.h>

#include "priv.h"

#define Z95 1.959963984540054

struct interval wilson(size_t hits, size_t trials)
{
	double n = (double)trials, p = n > 0 ? (double)hits / n : 0, z2 = Z95 * Z95;
	double middle, half;

	if (!trials)
		return (struct interval){ 0, 1 };
	middle = (p + z2 / (2 * n)) / (1 + z2 / n);
	half = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
	return (struct interval){ middle - half, middle + half };
}

double binomial_tail(size_t hits, size_t trials, double chance)
{
	double sum = 0;

	if (chance <= 0 || chance >= 1)
		return hits && chance <= 0 ? 0 : 1;
	for (size_t k = hits; k <= trials; k++)
		sum += exp(lgamma((double)trials + 1) - lgamma((double)k + 1) -
			   lgamma((double)(trials - k) + 1) + (double)k * log(chance) +
			   (double)(trials - k) * log1p(-chance));
	return sum > 1 ? 1 : sum;
}

/* The upper tail by the recurrence over the degrees of freedom, which is exact. */
double chi2_tail(double x, unsigned df)
{
	double half = x / 2, term, sum;

	if (x <= 0 || !df)
		return 1;
	if (df % 2) {
		sum = erfc(sqrt(half));
		term = sqrt(half / 0.78539816339744831) * exp(-half);
		for (unsigned i = 3; i <= df; i += 2) {
			sum += term;
			term *= x / i;
		}
		return sum;
	}
	sum = term = exp(-half);
	for (unsigned i = 4; i <= df; i += 2) {
		term *= x / (i - 2);
		sum += term;
	}
	return sum;
}
