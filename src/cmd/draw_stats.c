#include <string.h>

#include "draw.h"

/* What counting goes over: by question of the bank, by domain and task of a form. */
struct counting {
	const struct blueprint *blueprint;
	const struct bank *bank;
	struct stats *stats;
	int64_t *drawn;    /* times each question was drawn */
	int64_t *last;     /* the number of the form that had it last, from 1 on */
	size_t *domain_at; /* its row */
};

static void widen(struct spread *spread, int64_t value, bool first)
{
	if (first || value < spread->least)
		spread->least = value;
	if (first || value > spread->most)
		spread->most = value;
	spread->sum += value;
}

static void name_rows(struct counting *in, struct arena *arena)
{
	const struct blueprint *blueprint = in->blueprint;
	struct stats *stats = in->stats;

	stats->domains = ARENA_ARRAY(arena, STATS_ROWS, struct stats_row);
	in->domain_at = ARENA_ARRAY(arena, blueprint->domain_count, size_t);
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];

		in->domain_at[d] = stats->domain_count;
		stats->domains[stats->domain_count++].name = domain->id;
		for (size_t t = 0; t < domain->task_count; t++)
			stats->domains[stats->domain_count++].name = domain->tasks[t].id;
	}
}

static void count_overlap(struct counting *in, const struct form *form, int64_t number)
{
	int64_t shared = 0;

	for (size_t i = 0; i < form->count; i++) {
		size_t q = (size_t)(form->items[i].question - in->bank->questions);

		shared += in->last[q] && in->last[q] == number - 1;
		in->last[q] = number;
		in->drawn[q]++;
	}
	if (number > 1)
		widen(&in->stats->overlap, shared, number == 2);
}

static void count_form(struct counting *in, const struct form *form, int64_t number)
{
	int64_t rows[STATS_ROWS] = { 0 }, types[QUESTION_TYPES] = { 0 }, difficulty = 0;
	struct stats *stats = in->stats;

	count_overlap(in, form, number);
	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];

		rows[in->domain_at[item->domain]]++;
		rows[in->domain_at[item->domain] + 1 + item->task]++;
		types[item->question->type]++;
		difficulty += 1 + (int64_t)item->question->difficulty;
	}
	for (size_t r = 0; r < stats->domain_count; r++)
		widen(&stats->domains[r].spread, rows[r], number == 1);
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		widen(&stats->types[y], types[y], number == 1);
	widen(&stats->difficulty, difficulty, number == 1);
	stats->not_proven += !form->proven;
	stats->length = form->count;
	stats->forms = number;
}

static void count_exposure(struct counting *in)
{
	struct stats *stats = in->stats;
	double pairs = 0, forms = (double)stats->forms;

	for (size_t q = 0; q < in->bank->count; q++) {
		double times = (double)in->drawn[q];

		if (!blueprint_admits(in->blueprint, &in->bank->questions[q]))
			continue;
		widen(&stats->exposure, in->drawn[q], !stats->drawable);
		stats->drawable++;
		stats->never += !in->drawn[q];
		pairs += times * (times - 1) / 2;
	}
	stats->any_two = forms > 1 ? pairs / (forms * (forms - 1) / 2) : 0;
}

/* Beyond the form that could not be drawn. */
static void keep_reasons(struct blueprint_supply *none, struct arena *arena)
{
	const char **kept = ARENA_ARRAY(arena, none->reason_count, const char *);

	for (size_t i = 0; i < none->reason_count; i++)
		kept[i] = arena_text(arena, none->reasons[i]);
	none->reasons = kept;
}

bool stats_draw(const struct blueprint *blueprint, const struct bank *bank,
		const struct draw *draw, int64_t forms, struct arena *arena,
		struct stats *stats, struct err *err)
{
	struct counting in = {
		.blueprint = blueprint,
		.bank = bank,
		.stats = stats,
		.drawn = ARENA_ARRAY(arena, bank->count, int64_t),
		.last = ARENA_ARRAY(arena, bank->count, int64_t),
	};
	bool ok = true;

	*stats = (struct stats){ 0 };
	name_rows(&in, arena);
	for (int64_t n = 1; ok && n <= forms; n++) {
		struct arena scratch = ARENA_INIT;
		struct draw one = *draw;
		struct form form;

		one.seed = arena_printf(&scratch, "%s#%lld", draw->seed, (long long)n);
		ok = blueprint_draw(blueprint, bank, &one, &scratch, &form, err);
		if (ok)
			count_form(&in, &form, n);
		else
			keep_reasons(draw->none, arena);
		arena_release(&scratch);
	}
	count_exposure(&in);
	return ok;
}
