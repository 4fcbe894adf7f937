#include "priv.h"

#include <assert.h>

const char *const score_state_names[] = {
	[SCORE_NOT_ASKED] = "not-asked",       [SCORE_OPEN] = "open",
	[SCORE_ABOVE_PASS] = "above-pass",     [SCORE_BELOW_PASS] = "below-pass",
	[SCORE_BELOW_OTHERS] = "below-others", NULL,
};
const char *const score_section_names[] = {
	[SCORE_NEEDS_IMPROVEMENT] = "Needs Improvement",
	[SCORE_MEETS_COMPETENCIES] = "Meets Competencies",
	NULL,
};

/* ---- What the rows are ---- */

/* Which questions a row is of. */
struct part {
	unsigned domain, task;
	bool is_domain;
};

static bool is_in_part(const struct scoring *scoring, size_t item, const void *what)
{
	const struct form_item *of = &scoring->form->items[item];
	const struct part *part = what;

	return of->domain == part->domain && (part->is_domain || of->task == part->task);
}

static bool is_any(const struct scoring *scoring, size_t item, const void *what)
{
	(void)scoring;
	(void)item;
	(void)what;
	return true;
}

static size_t count_rows(const struct blueprint *blueprint)
{
	size_t count = blueprint->domain_count;

	for (size_t d = 0; d < blueprint->domain_count; d++)
		count += blueprint->domains[d].task_count;
	return count;
}

static struct score_row row_of(const struct scoring *scoring, const char *id,
			       const char *title, struct part part)
{
	return (struct score_row){
		.id = id,
		.title = title,
		.is_domain = part.is_domain,
		.tally = tally_where(scoring, is_in_part, &part),
	};
}

/* Domains by largest remainder, as a form is drawn; its tasks are in turn. */
static void share_next(const struct blueprint *blueprint, int64_t *given)
{
	int64_t weights[BLUEPRINT_DOMAINS_MAX] = { 0 };

	for (size_t d = 0; d < blueprint->domain_count; d++)
		weights[d] = blueprint->domains[d].weight;
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->scored, given);
}

static void make_rows(const struct scoring *scoring)
{
	const struct blueprint *blueprint = scoring->blueprint;
	struct result *result = scoring->result;
	struct score_row *row;
	int64_t next[BLUEPRINT_DOMAINS_MAX] = { 0 };

	share_next(blueprint, next);
	result->row_count = count_rows(blueprint);
	row = result->rows = ARENA_ARRAY(scoring->arena, result->row_count,
					 struct score_row);
	for (unsigned d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];

		*row = row_of(scoring, domain->id, domain->title,
			      (struct part){ d, 0, true });
		row++->next = (double)next[d];
		for (unsigned t = 0; t < domain->task_count; t++) {
			*row = row_of(scoring, domain->tasks[t].id,
				      domain->tasks[t].title,
				      (struct part){ d, t, false });
			row++->next = (double)next[d] / (double)domain->task_count;
		}
	}
}

/* ---- What is believed of them ---- */

/*
 * The candidate's overall share, as the mean of its own Jeffreys posterior so that it is
 * never 0 or 1, weighs as much as SCORE_PRIOR questions. Kelley's formula with an assumed
 * variance: after one form there are too few domains to estimate it from.
 */
static struct score_belief believe(const struct tally *tally, const struct tally *all)
{
	double share = tally->of ? (double)tally->right / (double)tally->of : 0;
	double right = all->of ? (double)all->right / (double)all->of * all->effective
			       : 0;
	double overall = (right + 0.5) / (all->effective + 1);

	return (struct score_belief){
		tally->effective * share + SCORE_PRIOR * overall,
		tally->effective * (1 - share) + SCORE_PRIOR * (1 - overall),
	};
}

static bool is_decided(double below)
{
	return below >= SCORE_SURE || below <= 1 - SCORE_SURE;
}

/* The estimate stays where it is while the belief narrows around it. */
static int64_t count_more(const struct score_row *row, double pass)
{
	int64_t more = 1;

	for (; more <= SCORE_MORE_MAX; more++) {
		double a = row->belief.a + (double)more * row->estimate;
		double b = row->belief.b + (double)more * (1 - row->estimate);

		if (is_decided(score_beta(pass, a, b)))
			break;
	}
	return more;
}

static enum score_state state_of(const struct score_row *row)
{
	if (row->tally.of == 0)
		return SCORE_NOT_ASKED;
	if (row->p_holm < SCORE_ALPHA)
		return SCORE_BELOW_OTHERS;
	if (!is_decided(row->below_pass))
		return SCORE_OPEN;
	return row->below_pass >= SCORE_SURE ? SCORE_BELOW_PASS : SCORE_ABOVE_PASS;
}

static void judge(struct score_row *row, double pass)
{
	row->state = state_of(row);
	row->section = row->estimate >= pass ? SCORE_MEETS_COMPETENCIES
					     : SCORE_NEEDS_IMPROVEMENT;
	row->shortfall = row->next * score_shortfall(row->belief, pass);
	if (row->state == SCORE_OPEN)
		row->more = count_more(row, pass);
}

/* Holm over the rows of one level that were asked for. */
static void adjust(struct result *result, bool is_domain)
{
	double p[BLUEPRINT_DOMAINS_MAX * BLUEPRINT_TASKS_MAX];
	struct score_row *of[BLUEPRINT_DOMAINS_MAX * BLUEPRINT_TASKS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < result->row_count; i++) {
		struct score_row *row = &result->rows[i];

		if (row->is_domain != is_domain || !row->tally.of)
			continue;
		of[count] = row;
		p[count++] = row->p_low;
	}
	score_holm(p, count);
	for (size_t i = 0; i < count; i++)
		of[i]->p_holm = p[i];
}

static void believe_rows(struct result *result, double pass)
{
	for (size_t i = 0; i < result->row_count; i++) {
		struct score_row *row = &result->rows[i];
		const struct score_belief belief = believe(&row->tally, &result->all);

		row->belief = belief;
		row->estimate = belief.a / (belief.a + belief.b);
		row->below_pass = score_beta(pass, belief.a, belief.b);
		row->p_low = score_hypergeometric(row->tally.right, row->tally.of,
						  result->all.right, result->all.of);
		row->p_holm = 1;
	}
	adjust(result, true);
	adjust(result, false);
	for (size_t i = 0; i < result->row_count; i++)
		judge(&result->rows[i], pass);
}

/* ---- What follows ---- */

/* The rows of a level in the order to study them; equal ones as the exam has them. */
static size_t rank(const struct result *result, bool is_domain, size_t *order)
{
	const struct score_row *rows = result->rows;
	size_t count = 0;

	for (size_t i = 0; i < result->row_count; i++) {
		size_t at = count;

		if (rows[i].is_domain != is_domain || !(rows[i].next > 0))
			continue;
		for (; at && rows[order[at - 1]].shortfall < rows[i].shortfall; at--)
			order[at] = order[at - 1];
		order[at] = i;
		count++;
	}
	return count;
}

static void compare_domains(struct result *result)
{
	struct tally tallies[BLUEPRINT_DOMAINS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < result->row_count; i++)
		if (result->rows[i].is_domain)
			tallies[count++] = result->rows[i].tally;
	result->domains_p = score_differ(tallies, count, &result->domains_chi2,
					 &result->domains_df);
}

/*
 * One Jeffreys prior for the whole exam, a part of it for each domain: one for each would
 * pull the sum down, and the candidate's own rate taken for known would make the chance
 * surer than it is. What was not asked is believed to be like the rest.
 */
static struct score_belief belief_of_next(const struct score_row *row, size_t domains)
{
	const struct tally *tally = &row->tally;
	double prior = 0.5 / (double)domains, share;

	if (!tally->of)
		return row->belief;
	share = (double)tally->right / (double)tally->of;
	return (struct score_belief){ tally->effective * share + prior,
				      tally->effective * (1 - share) + prior };
}

static void foretell(const struct blueprint *blueprint, struct result *result)
{
	struct score_belief beliefs[BLUEPRINT_DOMAINS_MAX];
	int64_t of[BLUEPRINT_DOMAINS_MAX];
	size_t count = 0;

	result->next_of = blueprint->scored;
	result->next_needed = score_needed(blueprint, blueprint->scored);
	for (size_t i = 0; i < result->row_count; i++) {
		if (!result->rows[i].is_domain)
			continue;
		beliefs[count] = belief_of_next(&result->rows[i],
						blueprint->domain_count);
		of[count++] = (int64_t)result->rows[i].next;
	}
	result->next_pass = score_chance(beliefs, of, count, result->next_needed);
}

void score_rows(const struct scoring *scoring)
{
	struct result *result = scoring->result;

	result->all = tally_where(scoring, is_any, NULL);
	make_rows(scoring);
	believe_rows(result, score_pass_share(scoring->blueprint));
	compare_domains(result);
	result->study_domains = ARENA_ARRAY(scoring->arena, result->row_count, size_t);
	result->study_tasks = ARENA_ARRAY(scoring->arena, result->row_count, size_t);
	result->study_domain_count = rank(result, true, result->study_domains);
	result->study_task_count = rank(result, false, result->study_tasks);
	foretell(scoring->blueprint, result);
}
