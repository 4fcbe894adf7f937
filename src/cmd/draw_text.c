#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "draw.h"
#include "proctor/text.h"

/* ---- A form ---- */

static void put_safe(struct buf *out, const char *text)
{
	text_safe_line(out, text, strlen(text));
}

/* "B", "A D", in matching "1B 2A": by the letters of this form. */
static void put_key(struct buf *out, const struct form_item *item)
{
	struct response key = question_key(item->question);
	bool is_set = item->question->type != ORDERING &&
		      item->question->type != MATCHING;

	for (size_t i = 0; is_set && i < item->question->option_count; i++)
		for (size_t k = 0; k < key.count; k++)
			if (key.picks[k] == item->shown[i])
				buf_printf(out, " %c", (char)('A' + i));
	for (size_t k = 0; !is_set && k < key.count; k++) {
		buf_char(out, ' ');
		if (item->question->type == MATCHING)
			buf_printf(out, "%zu", k + 1);
		buf_char(out, form_letter(item, key.picks[k]));
	}
}

static void put_item(const struct drawn *drawn, const struct form_item *item, size_t n,
		     struct buf *out)
{
	const struct blueprint_domain *domain = &drawn->blueprint->domains[item->domain];
	const struct question *question = item->question;

	buf_printf(out, "%4zu  %-6s  %-7s  %-17s  %-10s  %-6s  ", n + 1, domain->id,
		   domain->tasks[item->task].id, question_type_names[question->type],
		   question_difficulty_names[question->difficulty],
		   item->scored ? "yes" : "no");
	put_safe(out, question->id);
	if (question->in_case) {
		buf_text(out, " (case ");
		put_safe(out, question->in_case->id);
		buf_char(out, ')');
	}
	if (drawn->answers) {
		buf_text(out, ":");
		put_key(out, item);
	}
	buf_char(out, '\n');
}

static void put_form(const struct drawn *drawn, const struct form *form, struct buf *out)
{
	int64_t types[QUESTION_TYPES] = { 0 };
	double difficulty = 0;

	buf_printf(out, "%4s  %-6s  %-7s  %-17s  %-10s  %-6s  %s\n", "no.", "domain",
		   "task", "type", "difficulty", "scored", "question");
	for (size_t i = 0; i < form->count; i++) {
		put_item(drawn, &form->items[i], i, out);
		types[form->items[i].question->type]++;
		difficulty += 1 + (double)form->items[i].question->difficulty;
	}
	buf_char(out, '\n');
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		if (drawn->blueprint->types[y])
			buf_printf(out, "%" PRId64 " %s, ", types[y],
				   question_type_names[y]);
	buf_printf(out, "mean difficulty %.2f\n", difficulty / (double)form->count);
	if (!form->proven)
		buf_text(out,
			 "not proven: the search was cut off, so another form might keep "
			 "every rule as well\nand come closer to what the seed and the "
			 "history ask for\n");
}

/* ---- Forms apart ---- */

static void put_reasons(const char **reasons, size_t count, struct buf *out)
{
	for (size_t i = 0; i < count; i++) {
		buf_text(out, "  ");
		put_safe(out, reasons[i]);
		buf_char(out, '\n');
	}
}

static void put_apart(const struct drawn *drawn, struct buf *out)
{
	const struct form_set *set = &drawn->set;

	buf_printf(out, "%zu form%s with no question in common", set->count,
		   set->count == 1 ? "" : "s");
	if (set->count == drawn->wanted)
		buf_printf(out, "; by counting there are at most %zu\n", set->most);
	else if (set->count == set->most)
		buf_text(out, ", and no more are possible: that is proven\n");
	else
		buf_printf(out,
			   ". More were not found; by counting there are at most %zu. "
			   "That there are no more than %zu is not proven\n",
			   set->most, set->count);
	buf_printf(out, "why not %zu:\n", set->most + 1);
	put_reasons(set->reasons, set->reason_count, out);
}

/* ---- History ---- */

static void put_overlaps(const struct drawn *drawn, struct buf *out)
{
	if (!drawn->exams)
		buf_text(out, "history: no exam of this bank was begun yet\n");
	for (size_t i = 0; i < drawn->overlap_count; i++) {
		const struct drawn_overlap *row = &drawn->overlaps[i];

		buf_printf(out, "overlap with the last %u exam%s: %zu, ", row->recent,
			   row->recent == 1 ? "" : "s", row->overlap.count);
		buf_printf(out, "minimum possible %s%zu\n",
			   row->overlap.proven ? "" : "(not proven) ",
			   row->overlap.least);
	}
}

/* ---- Many forms ---- */

static void put_spread(struct buf *out, const char *name, const struct spread *spread,
		       int64_t count)
{
	buf_printf(out, "%-18s %7" PRId64 " %9.2f %7" PRId64 "\n", name, spread->least,
		   count ? (double)spread->sum / (double)count : 0, spread->most);
}

static void put_stats(const struct drawn *drawn, struct buf *out)
{
	const struct stats *stats = drawn->stats;
	double length = (double)stats->length;

	buf_printf(out,
		   "%" PRId64 " forms of %zu questions, each drawn for itself by seeds "
		   "ending in #1 to #%" PRId64 "\n\n",
		   stats->forms, stats->length, stats->forms);
	buf_printf(out, "%-18s %7s %9s %7s\n", "", "least", "mean", "most");
	put_spread(out, "times drawn", &stats->exposure, (int64_t)stats->drawable);
	put_spread(out, "overlap, in a row", &stats->overlap, stats->forms - 1);
	buf_printf(out, "%-18s %7s %9.2f\n", "overlap, any two", "", stats->any_two);
	for (size_t r = 0; r < stats->domain_count; r++) {
		const char *name = stats->domains[r].name;
		char label[32];

		snprintf(label, sizeof(label), "%s %.20s",
			 strchr(name, '.') ? "  task" : "domain", name);
		put_spread(out, label, &stats->domains[r].spread, stats->forms);
	}
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		if (drawn->blueprint->types[y])
			put_spread(out, question_type_names[y], &stats->types[y],
				   stats->forms);
	buf_printf(out, "%-18s %7.2f %9.2f %7.2f\n", "mean difficulty",
		   (double)stats->difficulty.least / length,
		   (double)stats->difficulty.sum / length / (double)stats->forms,
		   (double)stats->difficulty.most / length);
	buf_printf(out, "\n%zu of %zu questions that can be drawn never were\n",
		   stats->never, stats->drawable);
	if (stats->not_proven)
		buf_printf(out, "%" PRId64 " forms not proven: the search was cut off\n",
			   stats->not_proven);
}

void draw_text(const struct drawn *drawn, struct buf *out)
{
	char hex[CRYPTO_HEX_SIZE];

	crypto_hex(&drawn->bank->digest, hex);
	put_line(out, "bank", drawn->bank->id);
	put_line(out, "digest", hex);
	put_line(out, "blueprint", drawn->blueprint->id);
	put_line(out, "seed", drawn->seed);
	buf_char(out, '\n');
	if (drawn->none) {
		buf_text(out, drawn->none->proven ? "no form is possible:\n"
						  : "no form was found:\n");
		put_reasons(drawn->none->reasons, drawn->none->reason_count, out);
		return;
	}
	if (drawn->stats) {
		put_stats(drawn, out);
		return;
	}
	for (size_t i = 0; i < drawn->set.count; i++) {
		if (drawn->apart)
			buf_printf(out, "form %zu\n", i + 1);
		put_form(drawn, &drawn->set.forms[i], out);
		if (drawn->apart)
			buf_char(out, '\n');
	}
	if (drawn->apart)
		put_apart(drawn, out);
	if (drawn->history)
		put_overlaps(drawn, out);
}
