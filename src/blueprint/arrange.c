#include "priv.h"

#include <stdlib.h>
#include <string.h>

static int by_id(const void *left, const void *right)
{
	const struct form_item *a = left, *b = right;

	return strcmp(a->question->id, b->question->id);
}

static void take_chosen(const struct plan *plan, const struct pool *pool,
			const struct solve_answer *answer, struct form_item *items)
{
	for (uint32_t i = 0; i < pool->problem.total; i++) {
		uint32_t chosen = answer->chosen[i];
		size_t task = pool->problem.items[chosen].task;
		size_t domain = plan->tasks[task].domain;

		items[i] = (struct form_item){
			.question = pool->questions[chosen],
			.domain = (unsigned)domain,
			.task = (unsigned)(task - plan->domains[domain].first_task),
		};
	}
	qsort(items, pool->problem.total, sizeof(*items), by_id);
}

/* ---- By lot ---- */

/*
 * A lot for each thing that is put in order, drawn by its own id: where a question is
 * added or taken away, the others stay as they were among themselves.
 */
struct lot {
	uint64_t priority;
	struct form_item *item;
};

static uint64_t draw_lot(const struct plan *plan, const char *purpose, const char *id)
{
	struct arena arena = ARENA_INIT;
	uint64_t priority = crypto_priority(&plan->seed,
					    arena_printf(&arena, "%s|%s", purpose, id));

	arena_release(&arena);
	return priority;
}

static int by_priority(const void *left, const void *right)
{
	const struct lot *a = left, *b = right;

	if (a->priority != b->priority)
		return a->priority < b->priority ? -1 : 1;
	return by_id(a->item, b->item);
}

/* ---- What is scored ---- */

static void start_stream(struct crypto_stream *stream, const struct seed *seed,
			 const char *purpose, const char *id)
{
	struct arena arena = ARENA_INIT;

	crypto_stream_init(stream, seed, arena_printf(&arena, "%s|%s", purpose, id));
	arena_release(&arena);
}

static size_t count_task(const struct form *form, unsigned domain, unsigned task)
{
	size_t count = 0;

	for (size_t i = 0; i < form->count; i++)
		count += form->items[i].domain == domain && form->items[i].task == task;
	return count;
}

static void score_task(const struct plan *plan, struct form *form, unsigned domain,
		       unsigned task, int64_t scored, struct lot *lots)
{
	size_t count = 0;

	for (size_t i = 0; i < form->count; i++) {
		struct form_item *item = &form->items[i];

		if (item->domain == domain && item->task == task)
			lots[count++] = (struct lot){
				draw_lot(plan, "scored", item->question->id), item
			};
	}
	qsort(lots, count, sizeof(*lots), by_priority);
	for (int64_t i = 0; i < scored; i++)
		lots[i].item->scored = true;
}

/* Spreads the scored questions of a domain over its tasks as evenly as they were drawn.
 */
static void score_domain(const struct plan *plan, struct form *form, unsigned d,
			 struct lot *lots)
{
	const struct blueprint_domain *domain = &plan->blueprint->domains[d];
	int64_t quotas[BLUEPRINT_TASKS_MAX], given[BLUEPRINT_TASKS_MAX];
	struct crypto_stream stream;

	if (!plan->domains[d].total)
		return;
	for (unsigned t = 0; t < domain->task_count; t++)
		quotas[t] = (int64_t)count_task(form, d, t) * plan->domains[d].scored;
	start_stream(&stream, &plan->seed, "scored", domain->id);
	quota_sample(&stream, quotas, domain->task_count,
		     (uint32_t)plan->domains[d].total, given);
	for (unsigned t = 0; t < domain->task_count; t++)
		score_task(plan, form, d, t, given[t], lots);
}

/* ---- In which order ---- */

/* Moves a question, or its whole case in the case's own order, to the form. */
static struct form_item *put(struct form_item *to, const struct form_item *item,
			     const struct form_item *items, size_t count)
{
	const struct bank_case *in_case = item->question->in_case;

	if (!in_case) {
		*to = *item;
		return to + 1;
	}
	for (size_t q = 0; q < in_case->count; q++)
		for (size_t i = 0; i < count; i++)
			if (items[i].question == in_case->questions[q])
				*to++ = items[i];
	return to;
}

static void shuffle_units(const struct plan *plan, struct form *form, struct arena *arena)
{
	struct form_item *items = ARENA_ARRAY(arena, form->count, struct form_item);
	struct lot *units = ARENA_ARRAY(arena, form->count, struct lot);
	struct form_item *to = form->items;
	size_t count = 0;

	memcpy(items, form->items, form->count * sizeof(*items));
	for (size_t i = 0; i < form->count; i++) {
		const struct bank_case *in_case = items[i].question->in_case;

		if (!in_case || in_case->questions[0] == items[i].question)
			units[count++] = (struct lot){
				draw_lot(plan, "order",
					 in_case ? in_case->id : items[i].question->id),
				&items[i]
			};
	}
	qsort(units, count, sizeof(*units), by_priority);
	for (size_t i = 0; i < count; i++)
		to = put(to, units[i].item, items, form->count);
}

/* ---- How shown ---- */

static void shuffle_options(const struct seed *seed, struct form_item *item)
{
	size_t count = item->question->option_count;
	struct crypto_stream stream;

	for (size_t i = 0; i < count; i++)
		item->shown[i] = (uint8_t)i;
	start_stream(&stream, seed, "options", item->question->id);
	crypto_stream_shuffle(&stream, item->shown, count, 1);
}

void blueprint_show(const char *seed, struct form_item *item)
{
	struct seed key = crypto_seed(seed);

	shuffle_options(&key, item);
}

void arrange_form(const struct plan *plan, const struct pool *pool,
		  const struct solve_answer *answer, struct arena *arena,
		  struct form *form)
{
	struct arena scratch = ARENA_INIT;
	size_t count = pool->problem.total;

	form->items = ARENA_ARRAY(arena, count, struct form_item);
	form->count = count;
	form->proven = answer->verdict == SOLVE_OPTIMAL;
	take_chosen(plan, pool, answer, form->items);
	for (unsigned d = 0; d < plan->blueprint->domain_count; d++)
		score_domain(plan, form, d, ARENA_ARRAY(&scratch, count, struct lot));
	shuffle_units(plan, form, &scratch);
	for (size_t i = 0; i < count; i++)
		shuffle_options(&plan->seed, &form->items[i]);
	arena_release(&scratch);
}
