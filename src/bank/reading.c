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

/* ---- Where things stand ---- */

static struct spot find_spot(const struct reading_source *source,
			     const struct json *value)
{
	size_t line, column;

	json_place(source->doc, value, &line, &column);
	return (struct spot){ (uint32_t)json_offset(value), (uint32_t)line,
			      (uint32_t)column };
}

static struct spot find_field(const struct reading_source *source,
			      const struct json *object, const char *name,
			      struct spot own)
{
	const struct json *value = json_member(object, name);

	return value ? find_spot(source, value) : own;
}

static struct place find_place(const struct reading_source *source,
			       const struct json *object)
{
	struct place place = { .file = source->file,
			       .within = source->within,
			       .sheet = source->sheet,
			       .part = source->part,
			       .index = json_index(object) };

	place.own = find_spot(source, object);
	place.id = find_field(source, object, "id", place.own);
	place.in_case = find_field(source, object, "case", place.own);
	place.enemies = find_field(source, object, "enemies", place.own);
	return place;
}

/* ---- One document ---- */

static void *grow_to(void *list, size_t size, size_t each)
{
	void *grown = realloc(list, size ? size * each : 1);

	if (!grown)
		err_no_memory();
	return grown;
}

static void make_room(struct reading *r, size_t questions, size_t cases)
{
	if (r->count + questions > r->size) {
		r->size = r->count + questions > 2 * r->size ? r->count + questions
							     : 2 * r->size;
		r->questions = grow_to(r->questions, r->size, sizeof(*r->questions));
		r->places = grow_to(r->places, r->size, sizeof(*r->places));
		r->case_ids = grow_to(r->case_ids, r->size, sizeof(*r->case_ids));
		if (r->sink)
			r->values = grow_to(r->values, r->size, sizeof(*r->values));
	}
	if (r->case_count + cases > r->case_size) {
		r->case_size = r->case_count + cases > 2 * r->case_size
				       ? r->case_count + cases
				       : 2 * r->case_size;
		r->cases = grow_to(r->cases, r->case_size, sizeof(*r->cases));
		r->case_places = grow_to(r->case_places, r->case_size,
					 sizeof(*r->case_places));
	}
}

static bool add_question(struct reading *r, const struct reading_source *source,
			 const struct json *object, struct err *err)
{
	const struct json_doc *doc = source->doc;
	bool ok;

	if (r->sink && json_kind(object) != JSON_OBJECT)
		return json_fault(doc, object, "wrong-kind", err, "is no question");
	ok = question_read(doc, object, r->arena, &r->questions[r->count],
			   &r->case_ids[r->count], err);
	if (!ok && !r->sink)
		return false;
	if (r->sink)
		r->values[r->count] = object;
	r->places[r->count++] = find_place(source, object);
	return ok;
}

static bool add_case(struct reading *r, const struct reading_source *source,
		     const struct json *object, struct err *err)
{
	const struct json_doc *doc = source->doc;
	bool ok;

	if (r->sink && json_kind(object) != JSON_OBJECT)
		return json_fault(doc, object, "wrong-kind", err, "is no case");
	ok = bank_case_read(doc, object, r->arena, &r->cases[r->case_count], err);
	if (!ok && !r->sink)
		return false;
	r->case_places[r->case_count] = find_place(source, object);
	r->case_places[r->case_count++].is_case = true;
	return ok;
}

static bool add_all(struct reading *r, const struct reading_source *source,
		    const struct json *list, struct err *err,
		    bool (*add)(struct reading *r, const struct reading_source *source,
				const struct json *object, struct err *err))
{
	bool ok = true;

	json_each (item, list) {
		ok = add(r, source, item, err) && ok;
		if (!ok && !r->sink)
			return false;
	}
	return ok;
}

bool reading_questions(struct reading *r, const struct reading_source *source,
		       struct err *err)
{
	struct questions_file file = { 0 };
	bool ok = json_read(source->doc, source->object, file_fields, r->arena, &file,
			    err);

	if (!ok && !r->sink)
		return false;
	make_room(r, json_count(file.questions), json_count(file.cases));
	ok = add_all(r, source, file.cases, err, add_case) && ok;
	return (ok || r->sink) && add_all(r, source, file.questions, err, add_question) &&
	       ok;
}

void reading_join(struct reading *r, struct reading *other)
{
	make_room(r, other->count, other->case_count);
	if (other->count) {
		memcpy(r->questions + r->count, other->questions,
		       other->count * sizeof(*r->questions));
		memcpy(r->places + r->count, other->places,
		       other->count * sizeof(*r->places));
		memcpy(r->case_ids + r->count, other->case_ids,
		       other->count * sizeof(*r->case_ids));
	}
	if (other->case_count) {
		memcpy(r->cases + r->case_count, other->cases,
		       other->case_count * sizeof(*r->cases));
		memcpy(r->case_places + r->case_count, other->case_places,
		       other->case_count * sizeof(*r->case_places));
	}
	r->count += other->count;
	r->case_count += other->case_count;
	reading_release(other);
}

void reading_release(struct reading *r)
{
	free(r->questions);
	free(r->places);
	free(r->case_ids);
	free(r->values);
	free(r->cases);
	free(r->case_places);
	*r = (struct reading){ .arena = r->arena, .sink = r->sink };
}

/* ---- Across files ---- */

/* All that was read, and the bank that is made of it. */
struct finishing {
	struct reading *r;
	struct bank *bank;
	size_t *origins, *case_origins; /* by place in the bank: index in the reading */
};

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

/* A complaint about a field (or, where it is not there, the whole) of a closed document.
 */
static bool complain(const struct reading *r, const struct place *place,
		     const struct spot *spot, const char *field, const char *kind,
		     struct err *err, const char *format, ...)
	__attribute__((format(printf, 7, 8)));

static bool complain(const struct reading *r, const struct place *place,
		     const struct spot *spot, const char *field, const char *kind,
		     struct err *err, const char *format, ...)
{
	bool whole = spot->at == place->own.at;
	struct buf text = BUF_INIT, pointer = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	if (r->sink) {
		buf_printf(&pointer, "%s/%s/%zu%s%s", place->within,
			   place->is_case ? "cases" : "questions", place->index,
			   whole ? "" : "/", whole ? "" : field);
		r->sink->take(r->sink->context,
			      &(struct json_fault){ place->file, kind, text.data,
						    spot->at, pointer.data });
		err_set(err, ERR_INPUT, "%s: %s", place->file, text.data);
	} else {
		err_set(err, ERR_INPUT, "%s:%u:%u: %s%s[%zu]%s%s: %s", place->file,
			(unsigned)spot->line, (unsigned)spot->column, place->within,
			place->is_case ? "cases" : "questions", place->index,
			whole ? "" : ".", whole ? "" : field, text.data);
	}
	buf_release(&pointer);
	buf_release(&text);
	return false;
}

/* " (did you mean "x"?)", or nothing. */
static const char *guess_id(struct bank *bank, const char *word, bool cases)
{
	size_t count = cases ? bank->case_count : bank->count;
	const char **ids = ARENA_ARRAY(&bank->arena, count + 1, const char *);
	const char *best;

	for (size_t i = 0; i < count; i++)
		ids[i] = cases ? bank->cases[i].id : bank->questions[i].id;
	best = json_did_you_mean(word, ids);
	return best ? arena_printf(&bank->arena, " (did you mean \"%s\"?)", best) : "";
}

static void sort_ids(struct by_id *order, size_t count)
{
	if (count)
		qsort(order, count, sizeof(*order), compare_ids);
}

static bool same_as_before(const struct by_id *order, size_t i)
{
	return i && order[i].id[0] && strcmp(order[i].id, order[i - 1].id) == 0;
}

static bool sort_cases(struct finishing *f, struct err *err)
{
	struct reading *r = f->r;
	struct bank *bank = f->bank;
	struct by_id *order = grow_to(NULL, r->case_count, sizeof(*order));
	bool ok = true;

	for (size_t i = 0; i < r->case_count; i++)
		order[i] = (struct by_id){ r->cases[i].id, i };
	sort_ids(order, r->case_count);
	bank->cases = ARENA_ARRAY(&bank->arena, r->case_count, struct bank_case);
	bank->case_count = r->case_count;
	for (size_t i = 0; i < r->case_count && (ok || r->sink); i++) {
		const struct place *place = &r->case_places[order[i].index];

		f->case_origins[i] = order[i].index;
		bank->cases[i] = r->cases[order[i].index];
		if (same_as_before(order, i))
			ok = complain(r, place, &place->id, "id", "duplicate-id", err,
				      "a second case with the id \"%s\"", order[i].id);
	}
	free(order);
	return ok;
}

static bool sort_questions(struct finishing *f, struct err *err)
{
	struct reading *r = f->r;
	struct bank *bank = f->bank;
	struct by_id *order = grow_to(NULL, r->count, sizeof(*order));
	bool ok = true;

	for (size_t i = 0; i < r->count; i++)
		order[i] = (struct by_id){ r->questions[i].id, i };
	sort_ids(order, r->count);
	bank->questions = ARENA_ARRAY(&bank->arena, r->count, struct question);
	bank->count = r->count;
	for (size_t i = 0; i < r->count && (ok || r->sink); i++) {
		const struct place *place = &r->places[order[i].index];

		f->origins[i] = order[i].index;
		bank->questions[i] = r->questions[order[i].index];
		if (same_as_before(order, i))
			ok = complain(r, place, &place->id, "id", "duplicate-id", err,
				      "another question has this id");
	}
	free(order);
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
static bool join_cases(struct finishing *f, struct err *err)
{
	struct reading *r = f->r;
	struct bank *bank = f->bank;
	bool ok = true;

	for (size_t i = 0; i < bank->count && (ok || r->sink); i++) {
		const struct place *place = &r->places[f->origins[i]];
		const char *id = r->case_ids[f->origins[i]];
		struct bank_case *in_case = id ? find_case(bank, id) : NULL;

		bank->questions[i].in_case = in_case;
		if (in_case)
			in_case->count++;
		if (id && !in_case)
			ok = complain(r, place, &place->in_case, "case", "unknown-case",
				      err, "there is no such case: \"%s\"%s", id,
				      guess_id(bank, id, true));
	}
	if (ok || r->sink)
		fill_cases(bank);
	return ok;
}

static bool check_enemy(const struct finishing *f, size_t i, const char *id,
			struct err *err)
{
	const struct place *place = &f->r->places[f->origins[i]];
	const struct question *question = &f->bank->questions[i];
	const struct question *enemy = bank_find(f->bank, id);

	if (!enemy)
		return complain(f->r, place, &place->enemies, "enemies", "unknown-enemy",
				err, "names a question that does not exist: \"%s\"%s", id,
				guess_id(f->bank, id, false));
	if (enemy == question || (enemy->in_case && enemy->in_case == question->in_case))
		return complain(f->r, place, &place->enemies, "enemies", "own-enemy", err,
				"names itself or one of its own case: \"%s\"", id);
	return true;
}

static bool check_enemies(const struct finishing *f, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; i < f->bank->count; i++) {
		const struct json_texts *enemies = &f->bank->questions[i].enemies;

		for (size_t k = 0; k < enemies->count; k++) {
			ok = check_enemy(f, i, enemies->at[k], err) && ok;
			if (!ok && !f->r->sink)
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

bool reading_finish(struct reading *r, struct bank *bank, size_t **origins,
		    size_t **case_origins, struct err *err)
{
	struct finishing f = { r, bank, grow_to(NULL, r->count, sizeof(size_t)),
			       grow_to(NULL, r->case_count, sizeof(size_t)) };
	bool ok = sort_cases(&f, err);

	if (ok || r->sink)
		ok = sort_questions(&f, err) && ok;
	if (ok || r->sink)
		ok = join_cases(&f, err) && ok;
	if (ok || r->sink)
		ok = check_enemies(&f, err) && ok;
	if (ok || r->sink)
		make_index(bank);
	if (origins)
		*origins = f.origins;
	else
		free(f.origins);
	if (case_origins)
		*case_origins = f.case_origins;
	else
		free(f.case_origins);
	return ok;
}
