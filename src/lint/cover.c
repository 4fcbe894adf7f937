#include "whole.h"

#include <string.h>

/* Are there questions enough for the forms that the blueprints ask for? */

/* Active questions of a type the blueprint draws, of those that serve its exam. */
static bool serves(const struct question *question, const struct blueprint *blueprint)
{
	return question->status == QUESTION_ACTIVE && question->choose &&
	       blueprint->types[question->type];
}

static size_t count_task(struct lint *lint, const struct blueprint *blueprint,
			 const char *task)
{
	size_t n = 0, count;
	const struct bank_entry *entries = bank_find_task(
		lint->copy->bank,
		arena_printf(lint->scratch, "%s:%s", blueprint->exam, task), &count);

	for (size_t i = 0; i < count; i++)
		n += serves(entries[i].question, blueprint);
	return n;
}

static size_t count_domain(struct lint *lint, const struct blueprint *blueprint,
			   const struct blueprint_domain *domain)
{
	size_t n = 0;

	for (size_t t = 0; t < domain->task_count; t++)
		n += count_task(lint, blueprint, domain->tasks[t].id);
	return n;
}

/* How many questions a form takes of each domain, scored and not. */
static void count_needed(const struct blueprint *blueprint, int64_t *needed)
{
	int64_t weights[BLUEPRINT_DOMAINS_MAX], unscored[BLUEPRINT_DOMAINS_MAX];

	for (size_t d = 0; d < blueprint->domain_count; d++)
		weights[d] = blueprint->domains[d].weight;
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->scored, needed);
	blueprint_hamilton(weights, blueprint->domain_count, blueprint->unscored,
			   unscored);
	for (size_t d = 0; d < blueprint->domain_count; d++)
		needed[d] += unscored[d];
}

static struct bank_place domain_place(const struct lint *lint, size_t b, size_t d)
{
	struct bank_place place = lint->blueprint_places[b];

	place.value = json_first(json_member(place.value, "domains"));
	while (d--)
		place.value = json_next(place.value);
	return place;
}

/* A file alone says nothing about a bank. */
static bool has_questions(const struct lint *lint)
{
	return lint->copy->bank->count > 0 &&
	       lint->copy->parts[0].kind == BANK_PART_MANIFEST;
}

static void check_domains(struct lint *lint, const struct lint_rule *rule)
{
	int64_t needed[BLUEPRINT_DOMAINS_MAX];

	for (size_t b = 0; has_questions(lint) && b < lint->blueprint_count; b++) {
		const struct blueprint *blueprint = &lint->blueprints[b];

		count_needed(blueprint, needed);
		for (size_t d = 0; d < blueprint->domain_count; d++) {
			size_t n = count_domain(lint, blueprint, &blueprint->domains[d]);

			if ((int64_t)n < needed[d])
				lint_place(
					lint, rule, domain_place(lint, b, d),
					"%s: domain %s needs %lld questions for a form, "
					"the bank has %zu",
					blueprint->id, blueprint->domains[d].id,
					(long long)needed[d], n);
		}
	}
}

struct lint_check cover_domain = { NULL, check_domains, NULL };

static void check_tasks(struct lint *lint, const struct lint_rule *rule)
{
	int64_t needed[BLUEPRINT_DOMAINS_MAX];

	for (size_t b = 0; has_questions(lint) && b < lint->blueprint_count; b++) {
		const struct blueprint *blueprint = &lint->blueprints[b];

		count_needed(blueprint, needed);
		for (size_t d = 0; d < blueprint->domain_count; d++) {
			const struct blueprint_domain *domain = &blueprint->domains[d];
			size_t share = ((size_t)needed[d] + domain->task_count - 1) /
				       domain->task_count;

			for (size_t t = 0; t < domain->task_count; t++) {
				size_t n = count_task(lint, blueprint,
						      domain->tasks[t].id);

				if (n < share)
					lint_place(
						lint, rule, domain_place(lint, b, d),
						"%s: task %s has %zu questions, a form "
						"takes up to %zu",
						blueprint->id, domain->tasks[t].id, n,
						share);
			}
		}
	}
}

struct lint_check cover_task = { NULL, check_tasks, NULL };

static size_t count_type(struct lint *lint, const struct blueprint *blueprint,
			 enum question_type type)
{
	size_t n = 0, count;
	const struct bank_entry *entries = bank_find_prefix(
		lint->copy->bank, arena_printf(lint->scratch, "%s:", blueprint->exam),
		&count);

	for (size_t i = 0; i < count; i++)
		n += entries[i].question->type == type &&
		     serves(entries[i].question, blueprint);
	return n;
}

static void check_types(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t b = 0; has_questions(lint) && b < lint->blueprint_count; b++) {
		const struct blueprint *blueprint = &lint->blueprints[b];

		for (int y = 0; y < QUESTION_TYPES; y++) {
			size_t n = count_type(lint, blueprint, (enum question_type)y);

			if ((int64_t)n < blueprint->mix[y].least)
				lint_place(lint, rule, lint->blueprint_places[b],
					   "%s: a form needs %lld of type %s, the bank "
					   "has %zu",
					   blueprint->id,
					   (long long)blueprint->mix[y].least,
					   question_type_names[y], n);
		}
	}
}

struct lint_check cover_type = { NULL, check_types, NULL };

/* An upper bound: the scarcest domain, or type, decides. */
static size_t count_forms(struct lint *lint, const struct blueprint *blueprint)
{
	int64_t needed[BLUEPRINT_DOMAINS_MAX];
	size_t forms = SIZE_MAX;

	count_needed(blueprint, needed);
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		size_t n = count_domain(lint, blueprint, &blueprint->domains[d]);

		if (needed[d] > 0 && n / (size_t)needed[d] < forms)
			forms = n / (size_t)needed[d];
	}
	for (int y = 0; y < QUESTION_TYPES; y++) {
		size_t n = count_type(lint, blueprint, (enum question_type)y);

		if (blueprint->mix[y].least > 0 &&
		    n / (size_t)blueprint->mix[y].least < forms)
			forms = n / (size_t)blueprint->mix[y].least;
	}
	return forms;
}

static void check_forms(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t b = 0; has_questions(lint) && b < lint->blueprint_count; b++) {
		size_t forms = count_forms(lint, &lint->blueprints[b]);

		if (forms && forms < 3)
			lint_place(lint, rule, lint->blueprint_places[b],
				   "%s: %zu form%s can be drawn without a question twice",
				   lint->blueprints[b].id, forms, forms == 1 ? "" : "s");
	}
}

struct lint_check cover_forms = { NULL, check_forms, NULL };
