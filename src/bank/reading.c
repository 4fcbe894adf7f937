#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* A proctor-questions/1 document: cases first, so that its questions can name them. */
struct questions_file {
	int format;
	const char *schema;
	const struct json *cases, *questions;
};

static const char *const formats[] = { "proctor-questions/1", NULL };

static const struct json_field file_fields[] = {
	{ "$schema", JSON_FIELD_TEXT, offsetof(struct questions_file, schema),
	  JSON_OPTIONAL, 1, BANK_SCHEMA_MAX, NULL },
	{ "format", JSON_FIELD_CHOICE, offsetof(struct questions_file, format), 0, 0, 0,
	  formats },
	{ "cases", JSON_FIELD_ARRAY, offsetof(struct questions_file, cases),
	  JSON_OPTIONAL, 0, 0, NULL },
	{ "questions", JSON_FIELD_ARRAY, offsetof(struct questions_file, questions), 0, 0,
	  0, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

void *reading_grow(void *list, size_t count, size_t *size, size_t each)
{
	if (count < *size)
		return list;
	*size = *size ? *size * 2 : 16;
	list = realloc(list, *size * each);
	if (!list)
		err_no_memory();
	return list;
}

static bool add_question(struct reading *r, const struct json_doc *doc,
			 const struct json *object, struct err *err)
{
	size_t places = r->size, ids = r->size;
	bool ok;

	r->question_places = reading_grow(r->question_places, r->count, &places,
					  sizeof(*r->question_places));
	r->case_ids = reading_grow(r->case_ids, r->count, &ids, sizeof(*r->case_ids));
	r->questions = reading_grow(r->questions, r->count, &r->size,
				    sizeof(*r->questions));
	if (r->on && json_kind(object) != JSON_OBJECT)
		return json_fault(doc, object, "wrong-kind", err, "is no question");
	ok = question_read(doc, object, &r->bank->arena, &r->questions[r->count],
			   &r->case_ids[r->count], err);
	if (!ok && !r->on)
		return false;
	r->question_places[r->count++] = (struct bank_place){ doc, object };
	return ok;
}

static bool add_case(struct reading *r, const struct json_doc *doc,
		     const struct json *object, struct err *err)
{
	size_t places = r->case_size;
	bool ok;

	r->case_places = reading_grow(r->case_places, r->case_count, &places,
				      sizeof(*r->case_places));
	r->cases = reading_grow(r->cases, r->case_count, &r->case_size,
				sizeof(*r->cases));
	if (r->on && json_kind(object) != JSON_OBJECT)
		return json_fault(doc, object, "wrong-kind", err, "is no case");
	ok = bank_case_read(doc, object, &r->bank->arena, &r->cases[r->case_count], err);
	if (!ok && !r->on)
		return false;
	r->case_places[r->case_count++] = (struct bank_place){ doc, object };
	return ok;
}

bool reading_questions(struct reading *r, const struct json_doc *doc,
		       const struct json *object, struct err *err)
{
	struct questions_file file = { 0 };

	bool ok = json_read(doc, object, file_fields, &r->bank->arena, &file, err);

	if (!ok && !r->on)
		return false;
	json_each (item, file.cases) {
		ok = add_case(r, doc, item, err) && ok;
		if (!ok && !r->on)
			return false;
	}
	json_each (item, file.questions) {
		ok = add_question(r, doc, item, err) && ok;
		if (!ok && !r->on)
			return false;
	}
	return ok;
}

/* ---- Across files ---- */

/* Question i of the reading under its id; sorted, so that a bank has one order. */
struct by_id {
	const char *id;
	size_t index;
};

static int compare_ids(const void *a, const void *b)
{
	const struct by_id *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : (x->index > y->index) - (x->index < y->index);
}

static int compare_entries(const void *a, const void *b)
{
	const struct bank_entry *x = a, *y = b;
	int order = strcmp(x->objective, y->objective);

	return order ? order : strcmp(x->question->id, y->question->id);
}

/* The place of the question that is now questions[i] of the bank. */
static bool question_error(const struct reading *r, size_t i, const char *field,
			   const char *kind, struct err *err, const char *format, ...)
	__attribute__((format(printf, 6, 7)));

static bool question_error(const struct reading *r, size_t i, const char *field,
			   const char *kind, struct err *err, const char *format, ...)
{
	struct bank_place place = r->sorted[i];
	const struct json *value = json_member(place.value, field);
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	json_fault(place.doc, value ? value : place.value, kind, err, "%s", text.data);
	buf_release(&text);
	return false;
}

/* " (did you mean "x"?)", or nothing. */
static const char *guess_id(const struct reading *r, const char *word, bool cases)
{
	struct bank *bank = r->bank;
	size_t count = cases ? bank->case_count : bank->count;
	const char **ids = ARENA_ARRAY(&bank->arena, count + 1, const char *);
	const char *best;

	for (size_t i = 0; i < count; i++)
		ids[i] = cases ? bank->cases[i].id : bank->questions[i].id;
	best = json_did_you_mean(word, ids);
	return best ? arena_printf(&bank->arena, " (did you mean \"%s\"?)", best) : "";
}

static bool sort_cases(struct reading *r, struct err *err)
{
	struct bank *bank = r->bank;
	struct by_id *order = ARENA_ARRAY(&bank->arena, r->case_count, struct by_id);
	bool ok = true;

	for (size_t i = 0; i < r->case_count; i++)
		order[i] = (struct by_id){ r->cases[i].id, i };
	if (r->case_count)
		qsort(order, r->case_count, sizeof(*order), compare_ids);
	bank->cases = ARENA_ARRAY(&bank->arena, r->case_count, struct bank_case);
	bank->case_count = r->case_count;
	r->sorted_cases = ARENA_ARRAY(&bank->arena, r->case_count, struct bank_place);
	for (size_t i = 0; i < r->case_count; i++) {
		struct bank_place place = r->case_places[order[i].index];

		r->sorted_cases[i] = place;
		bank->cases[i] = r->cases[order[i].index];
		if (!i || !order[i].id[0] || strcmp(order[i].id, order[i - 1].id) != 0)
			continue;
		ok = json_fault(place.doc, json_member(place.value, "id"), "duplicate-id",
				err, "a second case with the id \"%s\"", order[i].id);
		if (!r->on)
			return false;
	}
	return ok;
}

static bool sort_questions(struct reading *r, struct by_id *order, struct err *err)
{
	struct bank *bank = r->bank;
	bool ok = true;

	for (size_t i = 0; i < r->count; i++)
		order[i] = (struct by_id){ r->questions[i].id, i };
	if (r->count)
		qsort(order, r->count, sizeof(*order), compare_ids);
	bank->questions = ARENA_ARRAY(&bank->arena, r->count, struct question);
	bank->count = r->count;
	r->sorted = ARENA_ARRAY(&bank->arena, r->count, struct bank_place);
	for (size_t i = 0; i < r->count; i++) {
		bank->questions[i] = r->questions[order[i].index];
		r->sorted[i] = r->question_places[order[i].index];
		if (!i || !order[i].id[0] || strcmp(order[i].id, order[i - 1].id) != 0)
			continue;
		ok = question_error(r, i, "id", "duplicate-id", err,
				    "another question has this id");
		if (!r->on)
			return false;
	}
	return ok;
}

static struct bank_case *find_case(const struct bank *bank, const char *id)
{
	size_t low = 0, high = bank->case_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int side = strcmp(id, bank->cases[middle].id);

		if (side == 0)
			return &bank->cases[middle];
		if (side < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void fill_cases(struct bank *bank)
{
	for (size_t i = 0; i < bank->case_count; i++) {
		struct bank_case *in_case = &bank->cases[i];

		in_case->questions = ARENA_ARRAY(&bank->arena, in_case->count,
						 const struct question *);
		in_case->count = 0;
	}
	for (size_t i = 0; i < bank->count; i++) {
		struct question *question = &bank->questions[i];
		struct bank_case *in_case = question->in_case
						    ? find_case(bank,
								question->in_case->id)
						    : NULL;

		if (in_case)
			in_case->questions[in_case->count++] = question;
	}
}

/* The questions of a case stand in the order of their ids, in whatever files they are. */
static bool join_cases(struct reading *r, const struct by_id *order, struct err *err)
{
	struct bank *bank = r->bank;
	bool ok = true;

	for (size_t i = 0; i < bank->count; i++) {
		const char *id = r->case_ids[order[i].index];
		struct bank_case *in_case = id ? find_case(bank, id) : NULL;

		bank->questions[i].in_case = in_case;
		if (in_case)
			in_case->count++;
		if (!id || in_case)
			continue;
		ok = question_error(r, i, "case", "unknown-case", err,
				    "there is no such case: \"%s\"%s", id,
				    guess_id(r, id, true));
		if (!r->on)
			return false;
	}
	fill_cases(bank);
	return ok;
}

static bool check_enemy(struct reading *r, size_t i, const char *id, struct err *err)
{
	const struct question *question = &r->bank->questions[i];
	const struct question *enemy = bank_find(r->bank, id);

	if (!enemy)
		return question_error(r, i, "enemies", "unknown-enemy", err,
				      "names a question that does not exist: \"%s\"%s",
				      id, guess_id(r, id, false));
	if (enemy == question || (enemy->in_case && enemy->in_case == question->in_case))
		return question_error(r, i, "enemies", "own-enemy", err,
				      "names itself or one of its own case: \"%s\"", id);
	return true;
}

static bool check_enemies(struct reading *r, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; i < r->bank->count; i++) {
		const struct json_texts *enemies = &r->bank->questions[i].enemies;

		for (size_t k = 0; k < enemies->count; k++) {
			ok = check_enemy(r, i, enemies->at[k], err) && ok;
			if (!ok && !r->on)
				return false;
		}
	}
	return ok;
}

static void make_index(struct bank *bank)
{
	size_t n = 0;

	for (size_t i = 0; i < bank->count; i++)
		n += bank->questions[i].objective_count;
	bank->entries = ARENA_ARRAY(&bank->arena, n, struct bank_entry);
	for (size_t i = 0; i < bank->count; i++)
		for (size_t k = 0; k < bank->questions[i].objective_count; k++)
			bank->entries[bank->entry_count++] = (struct bank_entry){
				bank->questions[i].objectives[k], &bank->questions[i]
			};
	if (n)
		qsort(bank->entries, n, sizeof(*bank->entries), compare_entries);
}

bool reading_finish(struct reading *r, struct err *err)
{
	struct by_id *order = ARENA_ARRAY(&r->bank->arena, r->count, struct by_id);
	bool ok = sort_cases(r, err);

	if (ok || r->on)
		ok = sort_questions(r, order, err) && ok;
	if (ok || r->on)
		ok = join_cases(r, order, err) && ok;
	if (ok || r->on)
		ok = check_enemies(r, err) && ok;
	if (ok || r->on)
		make_index(r->bank);
	return ok;
}
