#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* What stays together: a question, or the questions of one case. */
struct unit {
	size_t from, count; /* in the sorted items */
	uint8_t part;
	unsigned domain, task;
	uint64_t lot;
	bool put;
};

struct arranging {
	struct form *form;
	struct form_item *items; /* as they were picked, cases brought together */
	struct unit *units;
	size_t unit_count;
	const struct unit *last;
	size_t left[DRILL_PARTS][BLUEPRINT_DOMAINS_MAX][BLUEPRINT_TASKS_MAX];
};

static size_t place_in_case(const struct question *question)
{
	size_t i = 0;

	while (question->in_case->questions[i] != question)
		i++;
	return i;
}

static void swap_items(struct form_item *a, struct form_item *b)
{
	struct form_item kept = *a;

	*a = *b;
	*b = kept;
}

/* The case's own order, among those of its questions that were picked. */
static void sort_case(struct form_item *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j && place_in_case(items[j].question) <
						place_in_case(items[j - 1].question);
		     j--)
			swap_items(&items[j], &items[j - 1]);
}

static uint64_t draw_lot(const char *seed, const char *id)
{
	struct arena arena = ARENA_INIT;
	struct seed key = crypto_seed(seed);
	uint64_t lot = crypto_priority(&key, arena_printf(&arena, "drill-order|%s", id));

	arena_release(&arena);
	return lot;
}

static void make_units(struct arranging *a, const char *seed, const uint8_t *parts,
		       bool *taken)
{
	const struct form *form = a->form;
	size_t to = 0;

	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];
		const struct bank_case *in_case = item->question->in_case;
		struct unit *unit = &a->units[a->unit_count];

		if (taken[i])
			continue;
		*unit = (struct unit){
			.from = to,
			.part = parts[i],
			.domain = item->domain,
			.task = item->task,
			.lot = draw_lot(seed, in_case ? in_case->id : item->question->id)
		};
		for (size_t j = i; j < form->count; j++) {
			const struct form_item *other = &form->items[j];

			if (j != i && (!in_case || other->question->in_case != in_case))
				continue;
			a->items[to++] = *other;
			taken[j] = true;
			if (parts[j] < unit->part)
				unit->part = parts[j];
		}
		unit->count = to - unit->from;
		if (in_case)
			sort_case(&a->items[unit->from], unit->count);
		a->unit_count++;
	}
}

/* Units of this one's task that are still to come in its part. */
static size_t *left_of(struct arranging *a, const struct unit *unit)
{
	return &a->left[unit->part][unit->domain][unit->task];
}

static bool is_same_task(const struct unit *a, const struct unit *b)
{
	return a && b && a->domain == b->domain && a->task == b->task;
}

/*
 * Tasks take turns, as mixed practice is remembered better than blocks: never the same
 * task twice in a row where that can be had, for which the task with the most left comes
 * first; else by lot.
 */
static bool comes_before(struct arranging *a, const struct unit *unit,
			 const struct unit *best)
{
	bool again = is_same_task(unit, a->last), best_again;
	size_t left, best_left;

	if (!best || unit->part != best->part)
		return !best || unit->part < best->part;
	best_again = is_same_task(best, a->last);
	if (again != best_again)
		return best_again;
	left = *left_of(a, unit);
	best_left = *left_of(a, best);
	if (left != best_left)
		return left > best_left;
	return unit->lot < best->lot;
}

static struct unit *next_unit(struct arranging *a)
{
	struct unit *best = NULL;

	for (size_t i = 0; i < a->unit_count; i++)
		if (!a->units[i].put && comes_before(a, &a->units[i], best))
			best = &a->units[i];
	return best;
}

void arrange_drill(const char *seed, const uint8_t *parts, struct form *form,
		   struct arena *arena)
{
	struct arranging a = {
		.form = form,
		.items = ARENA_ARRAY(arena, form->count, struct form_item),
		.units = ARENA_ARRAY(arena, form->count, struct unit),
	};
	size_t to = 0;

	make_units(&a, seed, parts, ARENA_ARRAY(arena, form->count, bool));
	for (size_t u = 0; u < a.unit_count; u++)
		++*left_of(&a, &a.units[u]);
	for (struct unit *unit; (unit = next_unit(&a)); a.last = unit) {
		unit->put = true;
		--*left_of(&a, unit);
		for (size_t i = 0; i < unit->count; i++)
			form->items[to++] = a.items[unit->from + i];
	}
	for (size_t i = 0; i < form->count; i++)
		blueprint_show(seed, &form->items[i]);
}
