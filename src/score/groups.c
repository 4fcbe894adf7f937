#include "priv.h"

#include <stdlib.h>
#include <string.h>

/* ---- Topics and services ---- */

static const struct json_texts *topics_of(const struct question *question)
{
	return &question->topics;
}

static const struct json_texts *services_of(const struct question *question)
{
	return &question->services;
}

struct named {
	const struct json_texts *(*texts)(const struct question *);
	const char *name;
};

static bool names_it(const struct scoring *scoring, size_t item, const void *what)
{
	const struct named *named = what;
	const struct json_texts *texts = named->texts(
		scoring->form->items[item].question);

	for (size_t i = 0; i < texts->count; i++)
		if (strcmp(texts->at[i], named->name) == 0)
			return true;
	return false;
}

static int compare_missed(const void *a, const void *b)
{
	const struct score_group *one = a, *other = b;

	if (one->excess > other->excess || one->excess < other->excess)
		return one->excess > other->excess ? -1 : 1;
	return strcmp(one->name, other->name);
}

static bool is_new(const struct score_groups *groups, const char *name)
{
	for (size_t i = 0; i < groups->count; i++)
		if (strcmp(groups->groups[i].name, name) == 0)
			return false;
	return true;
}

/* The commonest would be missed most at any rate: so what is counted is the surplus. */
static struct score_group group_of(const struct scoring *scoring,
				   const struct named *named)
{
	const struct tally *all = &scoring->result->all;
	struct tally tally = tally_where(scoring, names_it, named);
	double missed = (double)(all->of - all->right) / (double)all->of;

	return (struct score_group){ named->name, tally,
				     (double)(tally.of - tally.right) -
					     missed * (double)tally.of };
}

static size_t count_names(const struct form *form,
			  const struct json_texts *(*texts)(const struct question *))
{
	size_t count = 0;

	for (size_t i = 0; i < form->count; i++)
		count += texts(form->items[i].question)->count;
	return count;
}

static struct score_groups group_by(
	const struct scoring *scoring,
	const struct json_texts *(*texts)(const struct question *))
{
	const struct form *form = scoring->form;
	struct score_groups groups = { .count = 0 };

	groups.groups = ARENA_ARRAY(scoring->arena, count_names(form, texts),
				    struct score_group);
	for (size_t i = 0; i < form->count; i++) {
		const struct json_texts *names = texts(form->items[i].question);

		for (size_t n = 0; n < names->count; n++) {
			struct named named = { texts, names->at[n] };

			if (is_new(&groups, named.name))
				groups.groups[groups.count++] = group_of(scoring, &named);
		}
	}
	if (groups.count)
		qsort(groups.groups, groups.count, sizeof(*groups.groups),
		      compare_missed);
	return groups;
}

/* ---- Types, difficulties, confidence ---- */

static bool is_of_type(const struct scoring *scoring, size_t item, const void *what)
{
	return scoring->form->items[item].question->type ==
	       *(const enum question_type *)what;
}

static bool is_of_difficulty(const struct scoring *scoring, size_t item, const void *what)
{
	return scoring->form->items[item].question->difficulty ==
	       *(const enum question_difficulty *)what;
}

/* An unanswered question is wrong, but says nothing about how well one knows oneself. */
static bool is_of_confidence(const struct scoring *scoring, size_t item, const void *what)
{
	return scoring->result->items[item].answered &&
	       scoring->session->items[item].confidence == *(const enum confidence *)what;
}

static void find_misconceptions(const struct scoring *scoring)
{
	struct result *result = scoring->result;

	result->misconceptions = ARENA_ARRAY(scoring->arena, result->count, size_t);
	for (size_t i = 0; i < result->count; i++)
		if (result->items[i].answered && !result->items[i].right &&
		    scoring->session->items[i].confidence == CONFIDENCE_SURE)
			result->misconceptions[result->misconception_count++] = i;
}

void score_groups(const struct scoring *scoring)
{
	struct result *result = scoring->result;

	result->topics = group_by(scoring, topics_of);
	result->services = group_by(scoring, services_of);
	for (enum question_type y = 0; y < QUESTION_TYPES; y++)
		result->types[y] = tally_where(scoring, is_of_type, &y);
	for (enum question_difficulty d = EASY; d <= HARD; d++)
		result->difficulties[d] = tally_where(scoring, is_of_difficulty, &d);
	for (enum confidence c = CONFIDENCE_NONE; c <= CONFIDENCE_SURE; c++)
		result->confidences[c] = tally_where(scoring, is_of_confidence, &c);
	find_misconceptions(scoring);
}
