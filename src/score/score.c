#include "proctor/score.h"

#include <assert.h>
#include <math.h>

#define TAIL 0.025                   /* left out on either side of a 95 % interval */
#define TAIL_SEM 0.15865525393145705 /* on either side of one standard error */

/* The Jeffreys interval: none or all right put the end at 0 or 1. */
static double lower(double right, double of, double tail)
{
	return right > 0 ? score_beta_inverse(tail, right + 0.5, of - right + 0.5) : 0;
}

static double upper(double right, double of, double tail)
{
	return right < of ? score_beta_inverse(1 - tail, right + 0.5, of - right + 0.5)
			  : 1;
}

static int64_t clamp(int64_t value, int64_t min, int64_t max)
{
	return value < min ? min : value > max ? max : value;
}

/*
 * Lord's formula says 0 where all or none are right, which is not certainty: there the
 * interval of the proportion takes its place.
 */
static void set_range(struct score *score)
{
	double range = (double)(score->max - score->min);
	double raw = (double)score->raw, of = (double)score->of;
	int64_t sem = llround(score->sem);

	if (score->sem > 0) {
		score->low = clamp(score->scaled - sem, score->min, score->max);
		score->high = clamp(score->scaled + sem, score->min, score->max);
		return;
	}
	score->low = score->min + (int64_t)floor(range * lower(raw, of, TAIL_SEM));
	score->high = score->min + (int64_t)ceil(range * upper(raw, of, TAIL_SEM));
}

struct score score_scale(const struct blueprint *blueprint, int64_t raw, int64_t of)
{
	int64_t min = blueprint->scale_min, max = blueprint->scale_max;
	int64_t pass = blueprint->scale_pass;
	struct score score = { .raw = raw,
			       .of = of,
			       .scaled = min,
			       .min = min,
			       .max = max,
			       .pass = pass,
			       .low = min,
			       .high = max };

	assert(0 <= raw && raw <= of && min < max);
	if (of == 0)
		return score;
	/* Never rounded up: 42 of 61 is 719.67, fails, and must not be shown as 720. */
	score.scaled = min + (max - min) * raw / of;
	score.passed = (max - min) * raw >= (pass - min) * of;
	if (of >= 2)
		score.sem = sqrt((double)raw * (double)(of - raw) / (double)(of - 1)) *
			    (double)(max - min) / (double)of;
	set_range(&score);
	return score;
}

int64_t score_needed(const struct blueprint *blueprint, int64_t of)
{
	int64_t range = blueprint->scale_max - blueprint->scale_min;
	int64_t above = blueprint->scale_pass - blueprint->scale_min;

	assert(range > 0 && of >= 0);
	return above <= 0 ? 0 : (above * of + range - 1) / range;
}

double score_pass_share(const struct blueprint *blueprint)
{
	return (double)(blueprint->scale_pass - blueprint->scale_min) /
	       (double)(blueprint->scale_max - blueprint->scale_min);
}

/*
 * Jeffreys rather than Clopper-Pearson, which is needlessly wide for the ten questions
 * of a domain, or the normal approximation, which is wrong for them. With none or all
 * right the end is put at 0 or 1, as Brown, Cai and DasGupta (2001) do.
 */
struct tally score_tally_cases(int64_t right, int64_t of, double effective)
{
	struct tally tally = { right, of, 0, 1, effective };
	double share = of ? (double)right / (double)of : 0;

	assert(0 <= right && right <= of);
	if (of == 0)
		return tally;
	tally.low = right > 0 ? lower(share * effective, effective, TAIL) : 0;
	tally.high = right < of ? upper(share * effective, effective, TAIL) : 1;
	return tally;
}

struct tally score_tally(int64_t right, int64_t of)
{
	return score_tally_cases(right, of, (double)of);
}

double score_effective(int64_t of, int64_t sum_squares)
{
	if (of == 0 || sum_squares == of)
		return (double)of;
	return (double)of / (1 + ((double)sum_squares / (double)of - 1) * SCORE_RHO);
}
