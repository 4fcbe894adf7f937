#include <string.h>

#include "priv.h"
#include "proctor/clock.h"

static const char *const formats[] = { "proctor-bank/1", NULL };

#define AT(field) offsetof(struct manifest, field)

static const struct json_field manifest_fields[] = {
	{ "$schema", JSON_FIELD_TEXT, AT(schema), JSON_OPTIONAL, 1, BANK_SCHEMA_MAX,
	  NULL },
	{ "format", JSON_FIELD_CHOICE, AT(format), 0, 0, 0, formats },
	{ "id", JSON_FIELD_TEXT, AT(id), 0, 1, BANK_ID_MAX, NULL },
	{ "version", JSON_FIELD_INTEGER, AT(version), 0, 1, BANK_VERSION_MAX, NULL },
	{ "title", JSON_FIELD_TEXT, AT(title), 0, 1, 500, NULL },
	{ "language", JSON_FIELD_TEXT, AT(language), 0, 1, 35, NULL },
	{ "license", JSON_FIELD_TEXT, AT(license), 0, 1, 200, NULL },
	{ "issued", JSON_FIELD_TEXT, AT(issued), 0, 10, 10, NULL },
	{ "valid_until", JSON_FIELD_TEXT, AT(valid_until), JSON_OPTIONAL, 10, 10, NULL },
	{ "default_blueprint", JSON_FIELD_TEXT, AT(def), JSON_OPTIONAL, 1, BANK_ID_MAX,
	  NULL },
	{ "blueprints", JSON_FIELD_ARRAY, AT(blueprints), 0, 1, 1000, NULL },
	{ "questions", JSON_FIELD_ARRAY, AT(questions), 0, 1, 10000, NULL },
	{ "names", JSON_FIELD_ARRAY, AT(names), JSON_OPTIONAL, 0, 1000, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

#undef AT
#define AT(field) offsetof(struct bank_name, field)

static const struct json_field name_fields[] = {
	{ "old", JSON_FIELD_TEXT, AT(old), 0, 1, 200, NULL },
	{ "now", JSON_FIELD_TEXT, AT(now), JSON_OPTIONAL, 1, 200, NULL },
	{ "since", JSON_FIELD_TEXT, AT(since), JSON_OPTIONAL, 1, 200, NULL },
	{ "exams", JSON_FIELD_TEXTS, AT(exams), JSON_OPTIONAL, 1, 100, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static const struct json_field file_fields[] = {
	{ "path", JSON_FIELD_TEXT, offsetof(struct manifest_file, path), 0, 1, 1000,
	  NULL },
	{ "blake2b", JSON_FIELD_TEXT, offsetof(struct manifest_file, blake2b), 0, 64, 64,
	  NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static bool check_date(const struct json_doc *doc, const char *name, const char *date,
		       struct err *err)
{
	if (!date || clock_is_date(date))
		return true;
	return json_fault(doc, json_member(json_root(doc), name), "bad-date", err,
			  "\"%s\" is no date like 2026-11-20", date);
}

bool manifest_names(const struct json_doc *doc, const struct json *rows,
		    struct arena *arena, struct bank_name **names, size_t *count,
		    struct err *err)
{
	bool ok = true;

	*count = 0;
	*names = ARENA_ARRAY(arena, json_count(rows), struct bank_name);
	json_each (row, rows) {
		struct bank_name name = { .old = "" };
		bool read = json_read(doc, row, name_fields, arena, &name, err);

		if (read)
			(*names)[(*count)++] = name;
		ok = ok && read;
		if (!ok && !json_goes_on(doc))
			return false;
	}
	return ok;
}

bool manifest_read(const struct json_doc *doc, struct arena *arena,
		   struct manifest *manifest, struct err *err)
{
	struct manifest made = { .id = "" };
	struct bank_name *names;
	size_t count;
	bool on = json_goes_on(doc), ok;

	ok = json_read(doc, json_root(doc), manifest_fields, arena, &made, err);
	if ((ok || on) && made.id[0] && !slug_is(made.id))
		ok = json_fault(
			doc, json_member(json_root(doc), "id"), "bad-id", err,
			"\"%s\" is no slug: lower-case letters, digits and single "
			"hyphens",
			made.id);
	if (ok || on)
		ok = check_date(doc, "issued", made.issued, err) && ok;
	if (ok || on)
		ok = check_date(doc, "valid_until", made.valid_until, err) && ok;
	if (ok && !on)
		ok = manifest_names(doc, made.names, arena, &names, &count, err);
	if (ok || on)
		*manifest = made;
	return ok;
}

bool manifest_file_read(const struct json_doc *doc, const struct json *row,
			struct arena *arena, struct manifest_file *file, struct err *err)
{
	struct manifest_file made = { NULL, NULL };
	bool ok;

	if (json_kind(row) == JSON_OBJECT && json_member(row, "format")) {
		*file = made;
		return true;
	}
	ok = json_read(doc, row, file_fields, arena, &made, err);
	if (made.path && !file_is_plain_path(made.path)) {
		ok = json_fault(doc, json_member(row, "path"), "bad-path", err,
				"\"%s\" is no plain path inside the bank", made.path);
		made.path = NULL;
	}
	if (ok || json_goes_on(doc))
		*file = made;
	return ok;
}

const char *manifest_comment(const char *id, int64_t version, struct arena *arena)
{
	return arena_printf(arena, "proctor-bank/1 id=%s version=%lld", id,
			    (long long)version);
}
