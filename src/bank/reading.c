#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* A proctor-questions/1 document: cases first, so that its questions can name them. */
struct questions_file {
	int format;
	const struct json *cases, *questions;
};

static const char *const formats[] = { "proctor-questions/1", NULL };

static const struct json_field file_fields[] = {
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

	r->question_places = reading_grow(r->question_places, r->count, &places,
					  sizeof(*r->question_places));
	r->case_ids = reading_grow(r->case_ids, r->count, &ids, sizeof(*r->case_ids));
	r->questions = reading_grow(r->questions, r->count, &r->size,
				    sizeof(*r->questions));
	if (!question_read(doc, object, &r->bank->arena, &r->questions[r->count],
			   &r->case_ids[r->count], err))
		return false;
	r->question_places[r->count++] = (struct place){ doc, object };
	return true;
}

static bool add_case(struct reading *r, const struct json_doc *doc,
		     const struct json *object, struct err *err)
{
	size_t places = r->case_size;

	r->case_places = reading_grow(r->case_places, r->case_count, &places,
				      sizeof(*r->case_places));
	r->cases = reading_grow(r->cases, r->case_count, &r->case_size,
				sizeof(*r->cases));
	if (!bank_case_read(doc, object, &r->bank->arena, &r->cases[r->case_count], err))
		return false;
	r->case_places[r->case_count++] = (struct place){ doc, object };
	return true;
}

bool reading_questions(struct reading *r, const struct json_doc *doc,
		       const struct json *object, struct err *err)
{
	struct questions_file file = { 0 };

	if (!json_read(doc, object, file_fields, &r->bank->arena, &file, err))
		return false;
	if (file.cases)
		json_each (item, file.cases)
			if (!add_case(r, doc, item, err))
				return false;
	json_each (item, file.questions)
		if (!add_question(r, doc, item, err))
			return false;
	return true;
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
static bool question_error(const struct reading *r, const struct by_id *order, size_t i,
			   const char *field, struct err *err, const char *text)
{
	struct place place = r->question_places[order[i].index];
	const struct json *value = json_member(place.value, field);

	return json_error(place.doc, value ? value : place.value, err, "%s", text);
}

static bool sort_cases(struct reading *r, struct err *err)
{
	struct bank *bank = r->bank;
	struct by_id *order = ARENA_ARRAY(&bank->arena, r->case_count, struct by_id);

	for (size_t i = 0; i < r->case_count; i++)
		order[i] = (struct by_id){ r->cases[i].id, i };
	if (r->case_count)
		qsort(order, r->case_count, sizeof(*order), compare_ids);
	bank->cases = ARENA_ARRAY(&bank->arena, r->case_count, struct bank_case);
	bank->case_count = r->case_count;
	for (size_t i = 0; i < r->case_count; i++) {
		struct place place = r->case_places[order[i].index];

		if (i && strcmp(order[i].id, order[i - 1].id) == 0)
			return json_error(place.doc, json_member(place.value, "id"), err,
					  "a second case with the id \"%s\"",
					  order[i].id);
		bank->cases[i] = r->cases[order[i].index];
	}
	return true;
}

static bool sort_questions(struct reading *r, struct by_id *order, struct err *err)
{
	struct bank *bank = r->bank;

	for (size_t i = 0; i < r->count; i++)
		order[i] = (struct by_id){ r->questions[i].id, i };
	if (r->count)
		qsort(order, r->count, sizeof(*order), compare_ids);
	bank->questions = ARENA_ARRAY(&bank->arena, r->count, struct question);
	bank->count = r->count;
	for (size_t i = 0; i < r->count; i++) {
		bank->questions[i] = r->questions[order[i].index];
		if (i && strcmp(order[i].id, order[i - 1].id) == 0)
			return question_error(r, order, i, "id", err,
					      "another question has this id");
	}
	return true;
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

/* The questions of a case stand in the order of their ids, in whatever files they are. */
static bool join_cases(struct reading *r, const struct by_id *order, struct err *err)
{
	struct bank *bank = r->bank;

	for (size_t i = 0; i < bank->count; i++) {
		const char *id = r->case_ids[order[i].index];
		struct bank_case *in_case = id ? find_case(bank, id) : NULL;

		if (id && !in_case)
			return question_error(r, order, i, "case", err,
					      "there is no such case");
		bank->questions[i].in_case = in_case;
		if (in_case)
			in_case->count++;
	}
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
	return true;
}

static bool check_enemies(struct reading *r, const struct by_id *order, struct err *err)
{
	struct bank *bank = r->bank;

	for (size_t i = 0; i < bank->count; i++) {
		const struct question *question = &bank->questions[i];

		for (size_t k = 0; k < question->enemies.count; k++) {
			const char *id = question->enemies.at[k];
			const struct question *enemy = bank_find(bank, id);

			if (!enemy)
				return question_error(
					r, order, i, "enemies", err,
					"names a question that does not exist");
			if (enemy == question ||
			    (enemy->in_case && enemy->in_case == question->in_case))
				return question_error(
					r, order, i, "enemies", err,
					"names itself or one of its own case");
		}
	}
	return true;
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

	if (!sort_cases(r, err) || !sort_questions(r, order, err) ||
	    !join_cases(r, order, err) || !check_enemies(r, order, err))
		return false;
	make_index(r->bank);
	return true;
}
