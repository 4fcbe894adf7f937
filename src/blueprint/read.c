#include "proctor/blueprint.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/json.h"

#define ID_MAX 80
#define TITLE_MAX 500
#define STATUS_MAX 4000
#define COUNT_MAX 500 /* questions scored, and unscored */
#define MINUTES_MAX 1440
#define WEIGHT_MAX 10000
#define SCALE_MAX 1000000
#define ACCOMMODATIONS_MAX 32
#define SCHEMA_MAX 1000 /* "$schema", which is for editors and not looked at */

static const char *const formats[] = { "proctor-blueprint/1", NULL };

/* A blueprint as it stands in the file: what is not a plain field is still JSON. */
struct raw {
	int format;
	const char *schema;
	struct blueprint blueprint;
	const struct json *scale, *types, *mix, *difficulty, *domains, *accommodations;
};

#define AT(field) offsetof(struct raw, field)
#define END                               \
	{                                 \
		NULL, 0, 0, 0, 0, 0, NULL \
	}

static const struct json_field raw_fields[] = {
	{ "$schema", JSON_FIELD_TEXT, AT(schema), JSON_OPTIONAL, 1, SCHEMA_MAX, NULL },
	{ "format", JSON_FIELD_CHOICE, AT(format), 0, 0, 0, formats },
	{ "id", JSON_FIELD_TEXT, AT(blueprint.id), 0, 1, ID_MAX, NULL },
	{ "exam", JSON_FIELD_TEXT, AT(blueprint.exam), 0, 1, ID_MAX, NULL },
	{ "title", JSON_FIELD_TEXT, AT(blueprint.title), 0, 1, TITLE_MAX, NULL },
	{ "vendor", JSON_FIELD_TEXT, AT(blueprint.vendor), JSON_OPTIONAL, 0, TITLE_MAX,
	  NULL },
	{ "status", JSON_FIELD_TEXT, AT(blueprint.status), JSON_OPTIONAL, 0, STATUS_MAX,
	  NULL },
	{ "minutes", JSON_FIELD_INTEGER, AT(blueprint.minutes), 0, 1, MINUTES_MAX, NULL },
	{ "scored", JSON_FIELD_INTEGER, AT(blueprint.scored), 0, 1, COUNT_MAX, NULL },
	{ "unscored", JSON_FIELD_INTEGER, AT(blueprint.unscored), 0, 0, COUNT_MAX, NULL },
	{ "scale", JSON_FIELD_OBJECT, AT(scale), 0, 0, 0, NULL },
	{ "types", JSON_FIELD_ARRAY, AT(types), 0, 1, QUESTION_TYPES, NULL },
	{ "accommodations", JSON_FIELD_ARRAY, AT(accommodations), JSON_OPTIONAL, 0,
	  ACCOMMODATIONS_MAX, NULL },
	{ "mix", JSON_FIELD_OBJECT, AT(mix), JSON_OPTIONAL, 0, 0, NULL },
	{ "difficulty", JSON_FIELD_ARRAY, AT(difficulty), JSON_OPTIONAL, 2, 2, NULL },
	{ "domains", JSON_FIELD_ARRAY, AT(domains), 0, 1, BLUEPRINT_DOMAINS_MAX, NULL },
	END,
};

#undef AT
#define AT(field) offsetof(struct blueprint, field)

static const struct json_field scale_fields[] = {
	{ "min", JSON_FIELD_INTEGER, AT(scale_min), 0, 0, SCALE_MAX, NULL },
	{ "max", JSON_FIELD_INTEGER, AT(scale_max), 0, 1, SCALE_MAX, NULL },
	{ "pass", JSON_FIELD_INTEGER, AT(scale_pass), 0, 1, SCALE_MAX, NULL },
	END,
};

#undef AT
#define AT(field) offsetof(struct blueprint_accommodation, field)

static const struct json_field accommodation_fields[] = {
	{ "id", JSON_FIELD_TEXT, AT(id), 0, 1, ID_MAX, NULL },
	{ "title", JSON_FIELD_TEXT, AT(title), 0, 1, TITLE_MAX, NULL },
	{ "extra_minutes", JSON_FIELD_INTEGER, AT(extra_minutes), 0, 1, MINUTES_MAX,
	  NULL },
	END,
};

#undef AT
#define AT(field) offsetof(struct raw_domain, field)

struct raw_domain {
	struct blueprint_domain domain;
	const struct json *tasks;
};

static const struct json_field domain_fields[] = {
	{ "id", JSON_FIELD_TEXT, AT(domain.id), 0, 1, 3, NULL },
	{ "title", JSON_FIELD_TEXT, AT(domain.title), 0, 1, TITLE_MAX, NULL },
	{ "weight", JSON_FIELD_INTEGER, AT(domain.weight), 0, 1, WEIGHT_MAX, NULL },
	{ "tasks", JSON_FIELD_ARRAY, AT(tasks), 0, 1, BLUEPRINT_TASKS_MAX, NULL },
	END,
};

#undef AT
#define AT(field) offsetof(struct blueprint_task, field)

static const struct json_field task_fields[] = {
	{ "id", JSON_FIELD_TEXT, AT(id), 0, 1, 7, NULL },
	{ "title", JSON_FIELD_TEXT, AT(title), 0, 1, TITLE_MAX, NULL },
	END,
};

#undef AT

struct mix {
	const struct json *bounds[QUESTION_TYPES];
};

#define MIX(name, type)                                                     \
	{                                                                   \
		name, JSON_FIELD_ARRAY, offsetof(struct mix, bounds[type]), \
			JSON_OPTIONAL, 2, 2, NULL                           \
	}

static const struct json_field mix_fields[] = {
	MIX("multiple-choice", MULTIPLE_CHOICE),
	MIX("multiple-response", MULTIPLE_RESPONSE),
	MIX("ordering", ORDERING),
	MIX("matching", MATCHING),
	END,
};

/* What reading the parts needs to know. */
struct reading {
	const struct json_doc *doc;
	struct arena *arena;
	struct blueprint *blueprint;
	struct err *err;
};

static bool read_object(const struct reading *in, const struct json *object,
			const struct json_field *fields, void *into)
{
	return json_read(in->doc, object, fields, in->arena, into, in->err);
}

static bool is_slug(const char *text)
{
	return text[0] != '-' &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static bool check_slug(const struct reading *in, const struct json *object,
		       const char *name)
{
	const struct json *value = json_member(object, name);

	return is_slug(json_text(value)) ||
	       json_fault(in->doc, value, "bad-id", in->err,
			  "\"%s\" is not of lower-case letters, digits and hyphens",
			  json_text(value));
}

/* "1", "12": what a domain is called, and a task behind the dot. */
static bool is_ordinal(const char *text)
{
	size_t len = strlen(text);

	return len >= 1 && len <= 3 && text[0] != '0' &&
	       strspn(text, "0123456789") == len;
}

static bool is_task_of(const char *task, const char *domain)
{
	size_t len = strlen(domain);

	return strncmp(task, domain, len) == 0 && task[len] == '.' &&
	       is_ordinal(task + len + 1);
}

static bool check_scale(const struct reading *in, const struct json *scale)
{
	const struct blueprint *blueprint = in->blueprint;

	if (blueprint->scale_min < blueprint->scale_pass &&
	    blueprint->scale_pass <= blueprint->scale_max)
		return true;
	return json_fault(in->doc, json_member(scale, "pass"), "bad-scale", in->err,
			  "the pass mark is not above min and at most max");
}

static int find_type(const char *name)
{
	for (int y = 0; name && y < QUESTION_TYPES; y++)
		if (strcmp(name, question_type_names[y]) == 0)
			return y;
	return -1;
}

/* Whether the types are known: one that is named twice is. */
static bool read_types(const struct reading *in, const struct json *types)
{
	bool ok = true;

	json_each (value, types) {
		int type = find_type(json_text(value));

		if (type < 0)
			ok = json_fault(in->doc, value, "wrong-choice", in->err,
					"not a type of question");
		else if (in->blueprint->types[type])
			json_fault(in->doc, value, "duplicate-id", in->err,
				   "named twice");
		else
			in->blueprint->types[type] = true;
		if (in->err->kind != ERR_NONE && !json_goes_on(in->doc))
			return false;
	}
	return ok;
}

/* [least, most], for a type that may be drawn. */
static bool read_bounds(const struct reading *in, const struct json *value, size_t type)
{
	struct blueprint_bounds *bounds = &in->blueprint->mix[type];
	int64_t total = in->blueprint->scored + in->blueprint->unscored;
	int64_t least, most;

	if (!in->blueprint->types[type])
		return json_fault(in->doc, value, "bad-mix", in->err,
				  "not one of the blueprint's types");
	if (!json_integer(json_first(value), &least) ||
	    !json_integer(json_next(json_first(value)), &most))
		return json_fault(in->doc, value, "bad-mix", in->err,
				  "not two whole numbers");
	if (least < 0 || least > most || most > total)
		return json_fault(in->doc, value, "bad-mix", in->err,
				  "not a least and a most from 0 to %d", (int)total);
	*bounds = (struct blueprint_bounds){ least, most };
	return true;
}

/* Could any form have this mix? */
static bool check_mix(const struct reading *in, const struct json *mix)
{
	const struct blueprint *blueprint = in->blueprint;
	int64_t total = blueprint->scored + blueprint->unscored, least = 0, most = 0;

	for (size_t y = 0; y < QUESTION_TYPES; y++) {
		least += blueprint->mix[y].least;
		most += blueprint->mix[y].most;
	}
	if (least > total)
		return json_fault(in->doc, mix, "bad-mix", in->err,
				  "at least %d questions in a form of %d", (int)least,
				  (int)total);
	if (most < total)
		return json_fault(in->doc, mix, "bad-mix", in->err,
				  "at most %d questions in a form of %d", (int)most,
				  (int)total);
	return true;
}

static bool read_mix(const struct reading *in, const struct json *object)
{
	struct mix mix = { { NULL } };
	bool ok = true;

	for (size_t y = 0; y < QUESTION_TYPES; y++)
		if (in->blueprint->types[y])
			in->blueprint->mix[y].most = in->blueprint->scored +
						     in->blueprint->unscored;
	if (!object)
		return true;
	if (!read_object(in, object, mix_fields, &mix))
		return false;
	for (size_t y = 0; y < QUESTION_TYPES; y++) {
		ok = (!mix.bounds[y] || read_bounds(in, mix.bounds[y], y)) && ok;
		if (!ok && !json_goes_on(in->doc))
			return false;
	}
	return ok && check_mix(in, object);
}

/* [1.8, 2.2]: what the mean of a form may be, where easy is 1, medium 2 and hard 3. */
static bool read_difficulty(const struct reading *in, const struct json *value)
{
	const struct blueprint *blueprint = in->blueprint;
	int64_t total = blueprint->scored + blueprint->unscored, least, most;

	if (!value)
		return true;
	if (!json_thousandths(json_first(value), &least) ||
	    !json_thousandths(json_next(json_first(value)), &most))
		return json_fault(in->doc, value, "bad-difficulty", in->err,
				  "not two numbers of at most three decimals, such as "
				  "[1.8, 2.2]");
	if (least < DIFFICULTY_EASIEST || least > most || most > DIFFICULTY_HARDEST)
		return json_fault(in->doc, value, "bad-difficulty", in->err,
				  "not a least and a most from 1 (all easy) to 3 (all "
				  "hard)");
	if ((least * total + 999) / 1000 > most * total / 1000)
		return json_fault(in->doc, value, "bad-difficulty", in->err,
				  "no mean of %d questions lies between them; widen it",
				  (int)total);
	in->blueprint->difficulty = (struct blueprint_bounds){ least, most };
	return true;
}

static bool read_accommodation(const struct reading *in, const struct json *object)
{
	struct blueprint *blueprint = in->blueprint;
	struct blueprint_accommodation *rows = blueprint->accommodations;
	struct blueprint_accommodation *row = &rows[blueprint->accommodation_count];

	if (!read_object(in, object, accommodation_fields, row) ||
	    !check_slug(in, object, "id"))
		return false;
	for (size_t i = 0; i < blueprint->accommodation_count; i++)
		if (strcmp(rows[i].id, row->id) == 0)
			return json_fault(in->doc, json_member(object, "id"),
					  "duplicate-id", in->err,
					  "\"%s\" is there twice", row->id);
	blueprint->accommodation_count++;
	return true;
}

static bool read_accommodations(const struct reading *in, const struct json *list)
{
	bool ok = true;

	if (!list)
		return true;
	in->blueprint->accommodations = ARENA_ARRAY(in->arena, json_count(list),
						    struct blueprint_accommodation);
	json_each (object, list) {
		ok = read_accommodation(in, object) && ok;
		if (!ok && !json_goes_on(in->doc))
			return false;
	}
	return ok;
}

static bool read_task(const struct reading *in, const struct json *object,
		      struct blueprint_domain *domain)
{
	struct blueprint_task *task = &domain->tasks[domain->task_count];
	const struct json *id = json_member(object, "id");

	if (!read_object(in, object, task_fields, task))
		return false;
	if (!is_task_of(task->id, domain->id))
		return json_fault(in->doc, id, "bad-id", in->err,
				  "\"%s\" is not a task of domain %s", task->id,
				  domain->id);
	for (size_t i = 0; i < domain->task_count; i++)
		if (strcmp(domain->tasks[i].id, task->id) == 0)
			return json_fault(in->doc, id, "duplicate-id", in->err,
					  "task %s is there twice", task->id);
	domain->task_count++;
	return true;
}

static bool read_domain(const struct reading *in, const struct json *object)
{
	struct blueprint *blueprint = in->blueprint;
	const struct json *id = json_member(object, "id");
	struct raw_domain raw = { { 0 }, NULL };
	struct blueprint_domain *domain = &blueprint->domains[blueprint->domain_count];
	bool ok = true;

	if (!read_object(in, object, domain_fields, &raw))
		return false;
	*domain = raw.domain;
	if (!is_ordinal(domain->id))
		return json_fault(in->doc, id, "bad-id", in->err,
				  "\"%s\" is not a number from 1 to 999", domain->id);
	for (size_t i = 0; i < blueprint->domain_count; i++)
		if (strcmp(blueprint->domains[i].id, domain->id) == 0)
			return json_fault(in->doc, id, "duplicate-id", in->err,
					  "domain %s is there twice", domain->id);
	domain->tasks = ARENA_ARRAY(in->arena, json_count(raw.tasks),
				    struct blueprint_task);
	json_each (task, raw.tasks) {
		ok = read_task(in, task, domain) && ok;
		if (!ok && !json_goes_on(in->doc))
			return false;
	}
	blueprint->domain_count++;
	return ok;
}

static bool read_domains(const struct reading *in, const struct json *list)
{
	bool ok = true;

	in->blueprint->domains = ARENA_ARRAY(in->arena, json_count(list),
					     struct blueprint_domain);
	json_each (object, list) {
		ok = read_domain(in, object) && ok;
		if (!ok && !json_goes_on(in->doc))
			return false;
	}
	return ok;
}

static bool read_parts(const struct reading *in, const struct json *root,
		       const struct raw *raw)
{
	return check_slug(in, root, "id") && check_slug(in, root, "exam") &&
	       read_object(in, raw->scale, scale_fields, in->blueprint) &&
	       check_scale(in, raw->scale) && read_types(in, raw->types) &&
	       read_mix(in, raw->mix) && read_difficulty(in, raw->difficulty) &&
	       read_accommodations(in, raw->accommodations) &&
	       read_domains(in, raw->domains);
}

/* The same, each part for itself: what is missing was told, what is there is read. */
static void read_parts_on(const struct reading *in, const struct json *root,
			  const struct raw *raw)
{
	if (raw->blueprint.id)
		check_slug(in, root, "id");
	if (raw->blueprint.exam)
		check_slug(in, root, "exam");
	if (raw->scale && read_object(in, raw->scale, scale_fields, in->blueprint))
		check_scale(in, raw->scale);
	if (raw->types && read_types(in, raw->types) && raw->blueprint.scored)
		read_mix(in, raw->mix);
	if (raw->difficulty && raw->blueprint.scored)
		read_difficulty(in, raw->difficulty);
	if (raw->accommodations)
		read_accommodations(in, raw->accommodations);
	if (raw->domains)
		read_domains(in, raw->domains);
}

bool blueprint_parse(const struct json_doc *doc, const struct json *object,
		     struct arena *arena, struct blueprint *blueprint, struct err *err)
{
	struct raw raw = { .blueprint = { .vendor = "", .status = "" } };
	struct err told = ERR_INIT;
	struct reading in = { doc, arena, &raw.blueprint, &told };
	bool ok = read_object(&in, object, raw_fields, &raw);

	if (json_goes_on(doc))
		read_parts_on(&in, object, &raw);
	else if (ok)
		read_parts(&in, object, &raw);
	if (told.kind != ERR_NONE) {
		*err = told;
		return false;
	}
	*blueprint = raw.blueprint;
	return true;
}

bool blueprint_read(const char *name, const char *text, size_t len, struct arena *arena,
		    struct blueprint *blueprint, struct err *err)
{
	struct json_doc *doc;
	bool ok;

	if (!json_open(name, text, len, &json_limits_file, &doc, err))
		return false;
	ok = blueprint_parse(doc, json_root(doc), arena, blueprint, err);
	json_free(doc);
	if (!ok)
		return false;
	blueprint->text = arena_copy(arena, text, len);
	blueprint->text_len = len;
	return true;
}
