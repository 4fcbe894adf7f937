#include "proctor/json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "priv.h"
#include "proctor/err.h"

/* ---- Did you mean ---- */

#define WORD_MAX 40

static size_t least(size_t a, size_t b, size_t c)
{
	size_t smaller = a < b ? a : b;

	return smaller < c ? smaller : c;
}

/* Letters put in, left out, changed, or swapped with their neighbour. */
static size_t edits(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= a_len; i++)
		rows[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			size_t change = rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

			rows[i][j] = least(change, rows[i - 1][j] + 1,
					   rows[i][j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				rows[i][j] = least(rows[i][j], rows[i - 2][j - 2] + 1,
						   rows[i][j]);
		}
	}
	return rows[a_len][b_len];
}

/* The best candidate so far for what was meant. */
struct guess {
	const char *word, *best;
	size_t edits;
};

/* A third of the word may be wrong, and always one letter. */
static struct guess guess_begin(const char *word)
{
	size_t len = strlen(word);

	return (struct guess){ word, NULL, len < 6 ? 2 : len / 3 + 1 };
}

static void guess_try(struct guess *guess, const char *candidate)
{
	size_t len = strlen(guess->word), candidate_len = strlen(candidate), count;

	if (len > WORD_MAX || candidate_len > WORD_MAX)
		return;
	count = edits(guess->word, len, candidate, candidate_len);
	if (count >= guess->edits || count >= len || count >= candidate_len)
		return;
	guess->best = candidate;
	guess->edits = count;
}

static void add_guess(struct buf *out, const struct guess *guess)
{
	if (guess->best)
		buf_printf(out, " (did you mean \"%s\"?)", guess->best);
}

const char *json_did_you_mean(const char *word, const char *const *candidates)
{
	struct guess guess = guess_begin(word);

	for (; *candidates; candidates++)
		guess_try(&guess, *candidates);
	return guess.best;
}

/* ---- What was found ---- */

/* In the order of enum json_kind. */
static const char *const kind_words[] = {
	"null", "false", "true", "a number", "a string", "an array", "an object",
};

static void add_found(struct buf *out, const struct json_doc *doc,
		      const struct json *value)
{
	const char *source = doc->bytes + value->start.at;

	if (json_kind(value) == JSON_STRING)
		json_quote(out, json_text(value), strlen(json_text(value)));
	else if (json_kind(value) == JSON_NUMBER)
		buf_add(out, source, json_word(source, doc->len - value->start.at));
	else
		buf_text(out, kind_words[json_kind(value)]);
}

/* "must be <wanted>, not <what was found>" */
static bool wrong(const struct json_doc *doc, const struct json *value,
		  const char *wanted, struct err *err)
{
	struct buf found = BUF_INIT;

	add_found(&found, doc, value);
	json_fault(doc, value, "wrong-kind", err, "must be %s, not %s", wanted,
		   found.data);
	buf_release(&found);
	return false;
}

/* "<thing> 3 <unit>, at most 2 allowed" */
static bool check_size(const struct json_doc *doc, const struct json *value,
		       const struct json_field *field, size_t size, const char *unit,
		       struct err *err)
{
	if (size == 0 && field->min > 0)
		return json_fault(doc, value, "wrong-size", err, "must not be empty");
	if (field->min > 0 && size < (uint64_t)field->min)
		return json_fault(doc, value, "wrong-size", err,
				  "has %zu %s, needs at least %" PRId64, size, unit,
				  field->min);
	if (field->max > 0 && size > (uint64_t)field->max)
		return json_fault(doc, value, "wrong-size", err,
				  "has %zu %s, may have at most %" PRId64, size, unit,
				  field->max);
	return true;
}

/* ---- One kind of field each: a check and, when all is checked, a store ---- */

/* Characters, as JSON Schema counts them. */
static size_t count_characters(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

static bool check_text(const struct json_doc *doc, const struct json *value,
		       const struct json_field *field, struct err *err)
{
	size_t size;

	if (json_kind(value) != JSON_STRING)
		return wrong(doc, value, "a string", err);
	size = strlen(json_text(value));
	if (field->min > 1 || (field->max > 0 && size > (uint64_t)field->max))
		size = count_characters(json_text(value));
	return check_size(doc, value, field, size, "characters", err);
}

/* An object being read: which fields of the table were there, and where texts go. */
struct object_read {
	const struct json_doc *doc;
	const struct json *object;
	const struct json_field *fields;
	struct arena *arena;
	void *into;
	const struct json_field *last;
	uint64_t seen; /* a bit for each field */
};

/* Who goes on looks at a document, and lets go of both. */
static const char *keep_text(const struct object_read *in, const struct json *value)
{
	const char *text = json_text(value);

	return json_goes_on(in->doc) ? text : arena_text(in->arena, text);
}

static void store_text(const struct object_read *in, const struct json *value,
		       const struct json_field *field, void *place)
{
	(void)field;
	*(const char **)place = keep_text(in, value);
}

static bool check_array(const struct json_doc *doc, const struct json *value,
			const struct json_field *field, struct err *err)
{
	if (json_kind(value) != JSON_ARRAY)
		return wrong(doc, value, "an array", err);
	return check_size(doc, value, field, json_count(value), "elements", err);
}

static bool check_texts(const struct json_doc *doc, const struct json *value,
			const struct json_field *field, struct err *err)
{
	bool ok = true;

	if (json_kind(value) != JSON_ARRAY)
		return wrong(doc, value, "an array of strings", err);
	json_each (element, value) {
		if (json_kind(element) == JSON_STRING)
			continue;
		ok = wrong(doc, element, "a string", err);
		if (!json_goes_on(doc))
			return false;
	}
	return ok && check_size(doc, value, field, json_count(value), "elements", err);
}

static void store_texts(const struct object_read *in, const struct json *value,
			const struct json_field *field, void *place)
{
	struct json_texts *texts = place;
	size_t i = 0;

	(void)field;
	texts->count = json_count(value);
	texts->at = ARENA_ARRAY(in->arena, texts->count, const char *);
	json_each (element, value)
		texts->at[i++] = keep_text(in, element);
}

static bool check_integer(const struct json_doc *doc, const struct json *value,
			  const struct json_field *field, struct err *err)
{
	struct buf wanted = BUF_INIT;
	int64_t number;
	bool ok = true;

	if (!json_integer(value, &number))
		ok = wrong(doc, value, "a whole number", err);
	else if (number >= field->min && (!field->max || number <= field->max))
		return true;
	else if (field->max)
		buf_printf(&wanted, "from %" PRId64 " to %" PRId64, field->min,
			   field->max);
	else
		buf_printf(&wanted, "at least %" PRId64, field->min);
	if (ok)
		wrong(doc, value, wanted.data, err);
	buf_release(&wanted);
	return false;
}

static void store_integer(const struct object_read *in, const struct json *value,
			  const struct json_field *field, void *place)
{
	(void)field;
	(void)in;
	json_integer(value, place);
}

static bool check_bool(const struct json_doc *doc, const struct json *value,
		       const struct json_field *field, struct err *err)
{
	(void)field;
	if (json_kind(value) != JSON_TRUE && json_kind(value) != JSON_FALSE)
		return wrong(doc, value, "true or false", err);
	return true;
}

static void store_bool(const struct object_read *in, const struct json *value,
		       const struct json_field *field, void *place)
{
	(void)field;
	(void)in;
	*(bool *)place = json_kind(value) == JSON_TRUE;
}

static int choice_index(const struct json_field *field, const char *text)
{
	for (int i = 0; text && field->names[i]; i++)
		if (strcmp(field->names[i], text) == 0)
			return i;
	return -1;
}

static bool check_choice(const struct json_doc *doc, const struct json *value,
			 const struct json_field *field, struct err *err)
{
	const char *text = json_text(value);
	struct guess guess = guess_begin(text ? text : "");
	struct buf names = BUF_INIT, found = BUF_INIT;

	if (choice_index(field, text) >= 0)
		return true;
	for (int i = 0; field->names[i]; i++) {
		buf_printf(&names, "%s\"%s\"", i ? ", " : "", field->names[i]);
		guess_try(&guess, field->names[i]);
	}
	add_found(&found, doc, value);
	add_guess(&found, &guess);
	json_fault(doc, value, "wrong-choice", err, "must be one of %s, not %s",
		   names.data, found.data);
	buf_release(&found);
	buf_release(&names);
	return false;
}

static void store_choice(const struct object_read *in, const struct json *value,
			 const struct json_field *field, void *place)
{
	(void)in;
	*(int *)place = choice_index(field, json_text(value));
}

static bool check_object(const struct json_doc *doc, const struct json *value,
			 const struct json_field *field, struct err *err)
{
	(void)field;
	if (json_kind(value) != JSON_OBJECT)
		return wrong(doc, value, "an object", err);
	return true;
}

static void store_value(const struct object_read *in, const struct json *value,
			const struct json_field *field, void *place)
{
	(void)field;
	(void)in;
	*(const struct json **)place = value;
}

static const struct reader {
	bool (*check)(const struct json_doc *doc, const struct json *value,
		      const struct json_field *field, struct err *err);
	void (*store)(const struct object_read *in, const struct json *value,
		      const struct json_field *field, void *place);
} readers[] = {
	[JSON_FIELD_TEXT] = { check_text, store_text },
	[JSON_FIELD_TEXTS] = { check_texts, store_texts },
	[JSON_FIELD_INTEGER] = { check_integer, store_integer },
	[JSON_FIELD_BOOL] = { check_bool, store_bool },
	[JSON_FIELD_CHOICE] = { check_choice, store_choice },
	[JSON_FIELD_ARRAY] = { check_array, store_value },
	[JSON_FIELD_OBJECT] = { check_object, store_value },
};

/* ---- The table ---- */

/* Fields mostly stand in the order of the table: the one behind the last is tried first.
 */
static const struct json_field *find_field(const struct json_field *fields,
					   const struct json_field *last,
					   const char *name)
{
	if (last && last[1].name && strcmp(last[1].name, name) == 0)
		return last + 1;
	for (; fields->name; fields++)
		if (fields->name[0] == name[0] && strcmp(fields->name, name) == 0)
			return fields;
	return NULL;
}

static bool unknown_field(const struct json_doc *doc, const struct json *member,
			  const struct json_field *fields, struct err *err)
{
	struct guess guess = guess_begin(json_name(member));
	struct buf text = BUF_INIT;

	for (; fields->name; fields++)
		guess_try(&guess, fields->name);
	buf_text(&text, "unknown field");
	add_guess(&text, &guess);
	json_fault(doc, member, "unknown-field", err, "%s", text.data);
	buf_release(&text);
	return false;
}

static bool is_skipped(const struct json_field *field, const struct json *value)
{
	return json_kind(value) == JSON_NULL && (field->flags & JSON_NULLABLE);
}

static bool check_member(struct object_read *in, const struct json *member,
			 struct err *err)
{
	const struct json_field *field = find_field(in->fields, in->last,
						    json_name(member));

	if (!field)
		return unknown_field(in->doc, member, in->fields, err);
	in->last = field;
	in->seen |= UINT64_C(1) << (field - in->fields);
	return is_skipped(field, member) ||
	       readers[field->kind].check(in->doc, member, field, err);
}

static void store_member(struct object_read *in, const struct json *member)
{
	const struct json_field *field = find_field(in->fields, in->last,
						    json_name(member));

	in->last = field;
	if (!is_skipped(field, member))
		readers[field->kind].store(in, member, field,
					   (char *)in->into + field->offset);
}

static bool check_missing(const struct object_read *in, struct err *err)
{
	bool ok = true;

	for (const struct json_field *field = in->fields; field->name; field++) {
		if ((field->flags & JSON_OPTIONAL) ||
		    in->seen >> (field - in->fields) & 1)
			continue;
		ok = json_fault(in->doc, in->object, "missing-field", err,
				"field \"%s\" is missing", field->name);
		if (!json_goes_on(in->doc))
			return false;
	}
	return ok;
}

/* With a sink: all that is wrong is told, all that is right is stored. */
static bool read_on(struct object_read *in, struct err *err)
{
	bool ok = true;

	json_each (member, in->object) {
		const struct json_field *last = in->last;

		if (check_member(in, member, err)) {
			in->last = last;
			store_member(in, member);
		} else {
			ok = false;
		}
	}
	return check_missing(in, err) && ok;
}

bool json_read(const struct json_doc *doc, const struct json *object,
	       const struct json_field *fields, struct arena *arena, void *into,
	       struct err *err)
{
	struct object_read in = { doc, object, fields, arena, into, NULL, 0 };

	if (json_kind(object) != JSON_OBJECT)
		return wrong(doc, object, "an object", err);
	if (json_goes_on(doc))
		return read_on(&in, err);
	json_each (member, object)
		if (!check_member(&in, member, err))
			return false;
	if (!check_missing(&in, err))
		return false;
	in.last = NULL;
	json_each (member, object)
		store_member(&in, member);
	return true;
}
