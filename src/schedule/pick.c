#include <string.h>

#include "priv.h"

struct picking {
	const struct past *past;
	const struct schedule_wish *wish;
	const struct candidates *from;
	struct seed seed;
	bool *taken, *barred; /* by question of the bank; barred: an enemy was taken */
	size_t *chosen;
	uint8_t *parts;
	size_t count, barred_count;
};

static const struct question *question_at(const struct picking *p, size_t q)
{
	return &p->past->bank->questions[q];
}

static bool names_enemy(const struct question *question, const char *id)
{
	for (size_t i = 0; i < question->enemies.count; i++)
		if (strcmp(question->enemies.at[i], id) == 0)
			return true;
	return false;
}

static void take(struct picking *p, size_t q, uint8_t part)
{
	const struct question *question = question_at(p, q);

	p->taken[q] = true;
	p->parts[p->count] = part;
	p->chosen[p->count++] = q;
	for (size_t i = 0; i < p->from->count; i++) {
		size_t other = p->from->at[i];

		if (names_enemy(question, question_at(p, other)->id) ||
		    names_enemy(question_at(p, other), question->id)) {
			p->barred_count += !p->barred[other] && !p->taken[other];
			p->barred[other] = true;
		}
	}
}

static bool can_take(const struct picking *p, size_t q)
{
	return !p->taken[q] && !p->barred[q];
}

/* Never met comes first, then met longest ago; else by the seed. */
static bool is_fresher(const struct picking *p, size_t a, size_t b)
{
	const struct met *one = &p->past->met[a], *other = &p->past->met[b];

	if (!one->times != !other->times)
		return !one->times;
	if (one->times && one->last_day != other->last_day)
		return one->last_day < other->last_day;
	return crypto_priority(&p->seed, question_at(p, a)->id) <
	       crypto_priority(&p->seed, question_at(p, b)->id);
}

static bool freshest_of_task(const struct picking *p, unsigned domain, unsigned task,
			     size_t *best)
{
	bool found = false;

	for (size_t i = 0; i < p->from->count; i++) {
		size_t q = p->from->at[i];
		const struct met *met = &p->past->met[q];

		if (met->domain != domain || met->task != task || !can_take(p, q) ||
		    (found && !is_fresher(p, q, *best)))
			continue;
		*best = q;
		found = true;
	}
	return found;
}

/* ---- Seats by weight ---- */

/* A task that questions are wanted of, in proportion to its weight. */
struct share {
	unsigned domain, task;
	double weight, start;
	size_t given;
	bool is_out; /* of questions */
};

/*
 * The start, drawn by the seed for each task, does what one half does in Webster's
 * method: on the average over seeds every task gets its quota, and short drills do not
 * always leave out the same tasks.
 */
static double draw_start(const struct picking *p, const char *task)
{
	struct arena arena = ARENA_INIT;
	uint64_t lot = crypto_priority(&p->seed, arena_printf(&arena, "share|%s", task));

	arena_release(&arena);
	return ((double)(lot >> 11) + 0.5) / (double)(UINT64_C(1) << 53);
}

static size_t make_shares(const struct picking *p, struct share *shares)
{
	const struct blueprint *blueprint = p->past->blueprint;
	size_t count = 0;

	for (unsigned d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];

		for (unsigned t = 0; t < domain->task_count; t++)
			shares[count++] = (struct share){
				.domain = d,
				.task = t,
				.weight = (double)domain->weight /
					  (double)domain->task_count,
				.start = draw_start(p, domain->tasks[t].id),
			};
	}
	return count;
}

static void pick_by_share(struct picking *p, uint8_t part, struct arena *arena)
{
	struct share *shares = ARENA_ARRAY(
		arena, BLUEPRINT_DOMAINS_MAX * BLUEPRINT_TASKS_MAX, struct share);
	size_t count = make_shares(p, shares), q = 0;

	while ((int64_t)p->count < p->wish->count) {
		struct share *best = NULL;

		for (size_t i = 0; i < count; i++)
			if (!shares[i].is_out &&
			    (!best ||
			     shares[i].weight /
					     ((double)shares[i].given + shares[i].start) >
				     best->weight / ((double)best->given + best->start)))
				best = &shares[i];
		if (!best)
			return;
		if (!freshest_of_task(p, best->domain, best->task, &q)) {
			best->is_out = true;
			continue;
		}
		take(p, q, part);
		best->given++;
	}
}

/* ---- The drill ---- */

static const char *tell(const struct picking *p, struct arena *arena)
{
	const char *barred = "";

	if ((int64_t)p->count == p->wish->count)
		return arena_printf(arena, "%zu question%s%s", p->count,
				    p->count == 1 ? "" : "s", p->from->scope);
	if (p->barred_count)
		barred = arena_printf(
			arena, ", but %zu that may not stand in one drill with these",
			p->barred_count);
	return arena_printf(arena,
			    "%zu question%s instead of %lld: there are no more%s%s",
			    p->count, p->count == 1 ? "" : "s", (long long)p->wish->count,
			    p->from->scope, barred);
}

static void make_form(const struct picking *p, struct arena *arena, struct form *form)
{
	*form = (struct form){ .items = ARENA_ARRAY(arena, p->count, struct form_item),
			       .count = p->count,
			       .proven = true };
	for (size_t i = 0; i < p->count; i++) {
		const struct met *met = &p->past->met[p->chosen[i]];

		form->items[i] = (struct form_item){
			.question = question_at(p, p->chosen[i]),
			.scored = true,
			.domain = met->domain,
			.task = met->task,
		};
	}
}

bool schedule_pick(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_wish *wish, struct arena *arena,
		   struct form *form, const char **told, struct err *err)
{
	struct arena scratch = ARENA_INIT;
	struct candidates from;
	struct past past;
	bool ok;

	past_read(&past, blueprint, bank, answers, answer_count, wish->utc_offset_ms,
		  &scratch);
	ok = candidates_find(&past, wish, &scratch, &from, err);
	if (ok) {
		struct picking p = {
			.past = &past,
			.wish = wish,
			.from = &from,
			.seed = crypto_seed(wish->seed),
			.taken = ARENA_ARRAY(&scratch, bank->count, bool),
			.barred = ARENA_ARRAY(&scratch, bank->count, bool),
			.chosen = ARENA_ARRAY(&scratch, bank->count, size_t),
			.parts = ARENA_ARRAY(&scratch, bank->count, uint8_t),
		};

		pick_by_share(&p, 0, &scratch);
		make_form(&p, arena, form);
		arrange_drill(wish->seed, p.parts, form, &scratch);
		*told = tell(&p, arena);
	}
	arena_release(&scratch);
	return ok;
}
