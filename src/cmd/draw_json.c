#include <stdio.h>

#include "draw.h"

/* ---- A form ---- */

static void put_letter(struct json_out *json, const char *name, char letter)
{
	char text[2] = { letter, '\0' };

	json_out_text(json, name, text);
}

/* As in the report document: a set as shown, a list, or pairs by prompt number. */
static void put_key(struct json_out *json, const struct form_item *item)
{
	struct response key = question_key(item->question);
	bool pairs = item->question->type == MATCHING;
	bool list = item->question->type == ORDERING;

	if (pairs)
		json_out_object(json, "key");
	else
		json_out_array(json, "key");
	for (size_t k = 0; (pairs || list) && k < key.count; k++) {
		char prompt[16];

		snprintf(prompt, sizeof(prompt), "%zu", k + 1);
		put_letter(json, pairs ? prompt : NULL, form_letter(item, key.picks[k]));
	}
	for (size_t i = 0; !pairs && !list && i < item->question->option_count; i++)
		for (size_t k = 0; k < key.count; k++)
			if (key.picks[k] == item->shown[i])
				put_letter(json, NULL, (char)('A' + i));
	json_out_end(json, pairs ? '}' : ']');
}

/* The options by their ids, in the order they are shown in. */
static void put_shown(struct json_out *json, const struct form_item *item)
{
	json_out_array(json, "options");
	for (size_t i = 0; i < item->question->option_count; i++)
		json_out_text(json, NULL, item->question->options[item->shown[i]].id);
	json_out_end(json, ']');
}

static void put_item(const struct drawn *drawn, const struct form_item *item, size_t n,
		     struct json_out *json)
{
	const struct blueprint_domain *domain = &drawn->blueprint->domains[item->domain];
	const struct question *question = item->question;

	json_out_object(json, NULL);
	json_out_integer(json, "number", (int64_t)n + 1);
	json_out_text(json, "id", question->id);
	json_out_text(json, "domain", domain->id);
	json_out_text(json, "task", domain->tasks[item->task].id);
	json_out_text(json, "type", question_type_names[question->type]);
	json_out_text(json, "difficulty",
		      question_difficulty_names[question->difficulty]);
	json_out_bool(json, "scored", item->scored);
	json_out_text(json, "case", question->in_case ? question->in_case->id : NULL);
	put_shown(json, item);
	if (drawn->answers)
		put_key(json, item);
	json_out_end(json, '}');
}

static void put_forms(const struct drawn *drawn, struct json_out *json)
{
	json_out_array(json, "forms");
	for (size_t f = 0; f < drawn->set.count; f++) {
		const struct form *form = &drawn->set.forms[f];

		json_out_object(json, NULL);
		json_out_integer(json, "number", (int64_t)f + 1);
		json_out_bool(json, "proven", form->proven);
		json_out_array(json, "questions");
		for (size_t i = 0; i < form->count; i++)
			put_item(drawn, &form->items[i], i, json);
		json_out_end(json, ']');
		json_out_end(json, '}');
	}
	json_out_end(json, ']');
}

static void put_none(const struct drawn *drawn, struct json_out *json)
{
	json_out_array(json, "forms");
	json_out_end(json, ']');
	json_out_bool(json, "proven", drawn->none->proven);
	json_out_array(json, "why_not");
	for (size_t i = 0; i < drawn->none->reason_count; i++)
		json_out_text(json, NULL, drawn->none->reasons[i]);
	json_out_end(json, ']');
}

static void put_apart(const struct drawn *drawn, struct json_out *json)
{
	const struct form_set *set = &drawn->set;

	json_out_object(json, "apart");
	json_out_integer(json, "wanted", (int64_t)drawn->wanted);
	json_out_integer(json, "found", (int64_t)set->count);
	json_out_integer(json, "at_most", (int64_t)set->most);
	json_out_bool(json, "proven",
		      set->count == drawn->wanted || set->count == set->most);
	json_out_array(json, "why_not_more");
	for (size_t i = 0; i < set->reason_count; i++)
		json_out_text(json, NULL, set->reasons[i]);
	json_out_end(json, ']');
	json_out_end(json, '}');
}

static void put_overlaps(const struct drawn *drawn, struct json_out *json)
{
	json_out_object(json, "history");
	json_out_integer(json, "exams", (int64_t)drawn->exams);
	json_out_array(json, "overlap");
	for (size_t i = 0; i < drawn->overlap_count; i++) {
		const struct drawn_overlap *row = &drawn->overlaps[i];

		json_out_object(json, NULL);
		json_out_integer(json, "last", row->recent);
		json_out_integer(json, "questions", (int64_t)row->overlap.count);
		json_out_integer(json, "minimum", (int64_t)row->overlap.least);
		json_out_bool(json, "proven", row->overlap.proven);
		json_out_end(json, '}');
	}
	json_out_end(json, ']');
	json_out_end(json, '}');
}

/* ---- Many forms ---- */

static void put_spread(struct json_out *json, const char *name,
		       const struct spread *spread, int64_t count)
{
	json_out_object(json, name);
	json_out_integer(json, "least", spread->least);
	json_out_real(json, "mean", count ? (double)spread->sum / (double)count : 0, 4);
	json_out_integer(json, "most", spread->most);
	json_out_end(json, '}');
}

static void put_stats(const struct drawn *drawn, struct json_out *json)
{
	const struct stats *stats = drawn->stats;
	double length = (double)stats->length;

	json_out_object(json, "stats");
	json_out_integer(json, "forms", stats->forms);
	json_out_integer(json, "length", (int64_t)stats->length);
	json_out_integer(json, "not_proven", stats->not_proven);
	json_out_integer(json, "drawable", (int64_t)stats->drawable);
	json_out_integer(json, "never_drawn", (int64_t)stats->never);
	put_spread(json, "exposure", &stats->exposure, (int64_t)stats->drawable);
	put_spread(json, "overlap_in_a_row", &stats->overlap, stats->forms - 1);
	json_out_real(json, "overlap_any_two", stats->any_two, 4);
	json_out_object(json, "domains_and_tasks");
	for (size_t r = 0; r < stats->domain_count; r++)
		put_spread(json, stats->domains[r].name, &stats->domains[r].spread,
			   stats->forms);
	json_out_end(json, '}');
	json_out_object(json, "types");
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		if (drawn->blueprint->types[y])
			put_spread(json, question_type_names[y], &stats->types[y],
				   stats->forms);
	json_out_end(json, '}');
	json_out_object(json, "mean_difficulty");
	json_out_real(json, "least", (double)stats->difficulty.least / length, 4);
	json_out_real(json, "mean",
		      (double)stats->difficulty.sum / length / (double)stats->forms, 4);
	json_out_real(json, "most", (double)stats->difficulty.most / length, 4);
	json_out_end(json, '}');
	json_out_end(json, '}');
}

void draw_json(const struct drawn *drawn, struct buf *out)
{
	struct json_out json = JSON_OUT(out, true);
	const struct bank *bank = drawn->bank;
	char hex[CRYPTO_HEX_SIZE];

	crypto_hex(&bank->digest, hex);
	json_out_object(&json, NULL);
	json_out_text(&json, "format", "proctor-draw/1");
	json_out_object(&json, "bank");
	json_out_text(&json, "id", bank->id);
	json_out_integer(&json, "version", bank->version);
	json_out_text(&json, "digest", hex);
	json_out_text(&json, "signed_by", bank->is_signed ? bank->signer.key_id : NULL);
	json_out_end(&json, '}');
	json_out_text(&json, "blueprint", drawn->blueprint->id);
	json_out_text(&json, "seed", drawn->seed);
	if (drawn->none) {
		put_none(drawn, &json);
	} else if (drawn->stats) {
		put_stats(drawn, &json);
	} else {
		put_forms(drawn, &json);
		if (drawn->apart)
			put_apart(drawn, &json);
		if (drawn->history)
			put_overlaps(drawn, &json);
	}
	json_out_end(&json, '}');
	buf_char(out, '\n');
}
