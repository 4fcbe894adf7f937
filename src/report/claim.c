#include "claim.h"

#include <string.h>
#include <time.h>

#include "priv.h"
#include "proctor/buf.h"

/*
 * A report has many fields that follow from others; json_read() would want a row for each
 * of them. Here only those are read from which the others are made again.
 */
enum kind { TEXT, INTEGER, BOOL, VALUE };

struct field {
	const char *name;
	enum kind kind;
	size_t offset;
};

static bool take(const struct json *value, enum kind kind, struct arena *arena,
		 void *into)
{
	switch (kind) {
	case TEXT:
		*(const char **)into = arena_text(arena, json_text(value));
		return json_text(value) != NULL;
	case INTEGER:
		return json_integer(value, into) && *(int64_t *)into >= 0;
	case BOOL:
		*(bool *)into = json_kind(value) == JSON_TRUE;
		return *(bool *)into || json_kind(value) == JSON_FALSE;
	case VALUE:
		*(const struct json **)into = value;
		return true;
	}
	return false;
}

/* The table ends with a row without a name. */
static bool take_all(const struct json_doc *doc, const struct json *object,
		     const struct field *fields, struct arena *arena, void *into,
		     struct err *err)
{
	static const char *const wanted[] = { "a text", "a whole number, not negative",
					      "true or false", "" };

	if (json_kind(object) != JSON_OBJECT)
		return json_error(doc, object, err, "not an object");
	for (; fields->name; fields++) {
		const struct json *value = json_member(object, fields->name);

		if (!value)
			return json_error(doc, object, err, "%s is missing",
					  fields->name);
		if (!take(value, fields->kind, arena, (char *)into + fields->offset))
			return json_error(doc, value, err, "not %s",
					  wanted[fields->kind]);
	}
	return true;
}

#define AT(field) offsetof(struct report_claim, field)

static const struct field head_fields[] = {
	{ "format", TEXT, AT(format) },
	{ "session", TEXT, AT(session) },
	{ "kind", TEXT, AT(about.kind) },
	{ "began", TEXT, AT(began) },
	{ "blueprint", VALUE, AT(blueprint) },
	{ "bank", VALUE, AT(bank) },
	{ "seed", TEXT, AT(about.seed) },
	{ "history", BOOL, AT(about.history) },
	{ "limit_ms", INTEGER, AT(about.limit_ms) },
	{ "used_ms", INTEGER, AT(about.used_ms) },
	{ "expired", BOOL, AT(expired) },
	{ "gaps", INTEGER, AT(gaps) },
	{ "gap_ms", INTEGER, AT(gap_ms) },
	{ "questions", VALUE, AT(questions) },
	{ NULL, 0, 0 },
};
static const struct field bank_fields[] = {
	{ "id", TEXT, AT(about.bank_id) },
	{ "version", INTEGER, AT(about.bank_version) },
	{ "digest", TEXT, AT(about.bank_digest) },
	{ NULL, 0, 0 },
};
static const struct field blueprint_fields[] = {
	{ "id", TEXT, AT(about.blueprint_id) },
	{ NULL, 0, 0 },
};

#undef AT
#define AT(field) offsetof(struct claim_question, field)

static const struct field question_fields[] = {
	{ "id", TEXT, AT(id) },
	{ "shown", VALUE, AT(shown) },
	{ "scored", BOOL, AT(scored) },
	{ "response", VALUE, AT(response) },
	{ "flagged", BOOL, AT(flagged) },
	{ "confidence", VALUE, AT(confidence) },
	{ "change", TEXT, AT(change) },
	{ "spent_ms", INTEGER, AT(spent_ms) },
	{ NULL, 0, 0 },
};

bool claim_question(const struct json_doc *doc, const struct json *object,
		    struct arena *arena, struct claim_question *question, struct err *err)
{
	return take_all(doc, object, question_fields, arena, question, err);
}

/* As it is written in a report. */
static bool read_stamp(const char *stamp, int64_t *real_ms)
{
	struct tm tm = { 0 };
	const char *end = strptime(stamp, "%Y-%m-%dT%H:%M:%SZ", &tm);

	if (!end || *end)
		return false;
	*real_ms = (int64_t)timegm(&tm) * 1000;
	return true;
}

static bool check_head(const struct json_doc *doc, const struct report_claim *claim,
		       struct err *err)
{
	const struct json *root = json_root(doc);
	size_t count = json_count(claim->questions);

	if (strcmp(claim->format, "proctor-report/1") != 0)
		return json_error(doc, json_member(root, "format"), err,
				  "not proctor-report/1");
	if (strcmp(claim->about.kind, "exam") != 0 &&
	    strcmp(claim->about.kind, "drill") != 0)
		return json_error(doc, json_member(root, "kind"), err,
				  "neither exam nor drill");
	if (strlen(claim->session) >= STORE_ID_SIZE)
		return json_error(doc, json_member(root, "session"), err,
				  "no id of a session");
	if (json_kind(claim->questions) != JSON_ARRAY || !count ||
	    count > BLUEPRINT_FORM_MAX)
		return json_error(doc, claim->questions, err, "not a list of 1 to %d",
				  BLUEPRINT_FORM_MAX);
	return true;
}

bool report_claim_read(const struct json_doc *doc, struct arena *arena,
		       struct report_claim *claim, struct err *err)
{
	struct report_claim made = { .doc = doc };
	const struct json *root = json_root(doc);

	if (!take_all(doc, root, head_fields, arena, &made, err) ||
	    !take_all(doc, made.bank, bank_fields, arena, &made, err) ||
	    !take_all(doc, made.blueprint, blueprint_fields, arena, &made, err))
		return false;
	if (!check_head(doc, &made, err))
		return false;
	if (!read_stamp(made.began, &made.about.began_ms))
		return json_error(doc, json_member(root, "began"), err, "not a time");
	memcpy(made.about.id, made.session, strlen(made.session));
	*claim = made;
	return true;
}
