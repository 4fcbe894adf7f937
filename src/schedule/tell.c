#include "pick.h"

#define TASKS_TOLD 4

static size_t *count_tasks(const struct picking *p, uint8_t part, struct arena *arena)
{
	size_t *counts = ARENA_ARRAY(arena, p->past->task_count, size_t);

	for (size_t i = 0; i < p->count; i++)
		counts[p->past->met[p->chosen[i]].flat] += p->parts[i] == part;
	return counts;
}

/* The task with most questions, the first of several; false: none has any. */
static bool most_of(const size_t *counts, size_t count, size_t *best)
{
	*best = 0;
	for (size_t t = 1; t < count; t++)
		if (counts[t] > counts[*best])
			*best = t;
	return counts[*best] != 0;
}

/* "2.3 (3), 4.1 (2), 1.2 and others": the tasks with most questions in this part. */
static void tell_tasks(const struct picking *p, size_t *counts, struct buf *out)
{
	size_t best;

	for (size_t told = 0; most_of(counts, p->past->task_count, &best); told++) {
		if (told == TASKS_TOLD) {
			buf_text(out, " and others");
			return;
		}
		buf_printf(out, "%s%s", told ? ", " : "", p->tasks[best].id);
		if (counts[best] > 1)
			buf_printf(out, " (%zu)", counts[best]);
		counts[best] = 0;
	}
}

static size_t count_all(const size_t *counts, size_t count)
{
	size_t some = 0;

	for (size_t t = 0; t < count; t++)
		some += counts[t] != 0;
	return some;
}

static bool is_known(const struct picking *p)
{
	for (size_t t = 0; t < p->past->task_count; t++)
		if (p->tasks[t].of)
			return true;
	return false;
}

static void tell_why(const struct picking *p, struct arena *arena, struct buf *out)
{
	size_t *counts = count_tasks(p, 1, arena);
	const char *before = p->due_count ? ", " : ": ";

	if (p->due_count)
		buf_printf(out, ": %zu for what is due", p->due_count);
	if (!p->by_weakness || count_all(counts, p->past->task_count) < 2)
		return;
	if (is_known(p)) {
		buf_printf(out, "%s%s where most is missing, task ", before,
			   p->due_count ? "the others from" : "more from");
		tell_tasks(p, counts, out);
	} else if (!is_narrowed(p->wish)) {
		buf_printf(out, "%sspread over the exam, as nothing is known yet",
			   before);
	}
}

const char *tell_drill(const struct picking *p, struct arena *arena)
{
	struct arena scratch = ARENA_INIT;
	struct buf out = BUF_INIT;
	const char *told;

	buf_printf(&out, "%zu question%s", p->count, p->count == 1 ? "" : "s");
	if ((int64_t)p->count == p->wish->count) {
		buf_text(&out, p->from->scope);
		tell_why(p, &scratch, &out);
	} else {
		buf_printf(&out, " instead of %lld: there are no more%s%s",
			   (long long)p->wish->count, p->from->scope,
			   p->wish->due ? " for what is due" : "");
		if (p->barred_count)
			buf_printf(&out,
				   ", but %zu that may not stand in one drill with these",
				   p->barred_count);
	}
	told = arena_text(arena, out.data);
	buf_release(&out);
	arena_release(&scratch);
	return told;
}
