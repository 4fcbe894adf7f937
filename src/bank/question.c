#include "priv.h"

#include <string.h>

#include "proctor/clock.h"

const char *const question_type_names[] = {
	"multiple-choice", "multiple-response", "ordering", "matching", NULL,
};
const char *const question_status_names[] = { "active", "draft", "retired", NULL };
const char *const question_difficulty_names[] = { "easy", "medium", "hard", NULL };

/* A question as it stands in the file: what is not a plain field is still JSON. */
struct raw {
	const char *id, *case_id, *stem, *explanation, *reviewed;
	int type, status, difficulty;
	struct json_texts objectives, services, topics, enemies;
	const struct json *options, *prompts, *references, *lint;
};

#define AT(field) offsetof(struct raw, field)

static const struct json_field question_fields[] = {
	{ "id", JSON_FIELD_TEXT, AT(id), 0, 1, BANK_ID_MAX, NULL },
	{ "type", JSON_FIELD_CHOICE, AT(type), 0, 0, 0, question_type_names },
	{ "objectives", JSON_FIELD_TEXTS, AT(objectives), 0, 1, 8, NULL },
	{ "difficulty", JSON_FIELD_CHOICE, AT(difficulty), 0, 0, 0,
	  question_difficulty_names },
	{ "services", JSON_FIELD_TEXTS, AT(services), JSON_OPTIONAL, 0, 20, NULL },
	{ "topics", JSON_FIELD_TEXTS, AT(topics), JSON_OPTIONAL, 0, 20, NULL },
	{ "case", JSON_FIELD_TEXT, AT(case_id), JSON_OPTIONAL | JSON_NULLABLE, 1,
	  BANK_ID_MAX, NULL },
	{ "enemies", JSON_FIELD_TEXTS, AT(enemies), JSON_OPTIONAL, 0, 100, NULL },
	{ "stem", JSON_FIELD_TEXT, AT(stem), 0, 1, BANK_TEXT_MAX, NULL },
	{ "options", JSON_FIELD_ARRAY, AT(options), 0, 2, BANK_OPTIONS_MAX, NULL },
	{ "prompts", JSON_FIELD_ARRAY, AT(prompts), JSON_OPTIONAL, 2, BANK_PROMPTS_MAX,
	  NULL },
	{ "explanation", JSON_FIELD_TEXT, AT(explanation), 0, 1, BANK_TEXT_MAX, NULL },
	{ "references", JSON_FIELD_ARRAY, AT(references), JSON_OPTIONAL, 0, 20, NULL },
	{ "reviewed", JSON_FIELD_TEXT, AT(reviewed), JSON_OPTIONAL, 10, 10, NULL },
	{ "status", JSON_FIELD_CHOICE, AT(status), 0, 0, 0, question_status_names },
	{ "lint", JSON_FIELD_OBJECT, AT(lint), JSON_OPTIONAL, 0, 0, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

struct raw_option {
	const char *id, *text, *rationale;
	bool correct;
	int64_t position;
};

static const struct json_field option_fields[] = {
	{ "id", JSON_FIELD_TEXT, offsetof(struct raw_option, id), 0, 1, 16, NULL },
	{ "text", JSON_FIELD_TEXT, offsetof(struct raw_option, text), 0, 1, BANK_TEXT_MAX,
	  NULL },
	{ "correct", JSON_FIELD_BOOL, offsetof(struct raw_option, correct), JSON_OPTIONAL,
	  0, 0, NULL },
	{ "position", JSON_FIELD_INTEGER, offsetof(struct raw_option, position),
	  JSON_OPTIONAL, 1, BANK_OPTIONS_MAX, NULL },
	{ "rationale", JSON_FIELD_TEXT, offsetof(struct raw_option, rationale),
	  JSON_OPTIONAL, 1, BANK_TEXT_MAX, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

struct raw_prompt {
	const char *id, *text, *match, *rationale;
};

static const struct json_field prompt_fields[] = {
	{ "id", JSON_FIELD_TEXT, offsetof(struct raw_prompt, id), 0, 1, 16, NULL },
	{ "text", JSON_FIELD_TEXT, offsetof(struct raw_prompt, text), 0, 1, BANK_TEXT_MAX,
	  NULL },
	{ "match", JSON_FIELD_TEXT, offsetof(struct raw_prompt, match), 0, 1, 16, NULL },
	{ "rationale", JSON_FIELD_TEXT, offsetof(struct raw_prompt, rationale),
	  JSON_OPTIONAL, 1, BANK_TEXT_MAX, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static const struct json_field reference_fields[] = {
	{ "title", JSON_FIELD_TEXT, offsetof(struct reference, title), 0, 1, 500, NULL },
	{ "url", JSON_FIELD_TEXT, offsetof(struct reference, url), 0, 1, 2000, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static const struct json_field lint_fields[] = {
	{ "ignore", JSON_FIELD_TEXTS, offsetof(struct question, lint_ignore), 0, 1, 20,
	  NULL },
	{ "why", JSON_FIELD_TEXT, offsetof(struct question, lint_why), 0, 1, 500, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static const struct json_field case_fields[] = {
	{ "id", JSON_FIELD_TEXT, offsetof(struct bank_case, id), 0, 1, BANK_ID_MAX,
	  NULL },
	{ "title", JSON_FIELD_TEXT, offsetof(struct bank_case, title), 0, 1, 500, NULL },
	{ "text", JSON_FIELD_TEXT, offsetof(struct bank_case, text), 0, 1, BANK_TEXT_MAX,
	  NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

bool slug_is(const char *text)
{
	bool letter = false;

	for (; *text; text++) {
		bool plain = (*text >= 'a' && *text <= 'z') ||
			     (*text >= '0' && *text <= '9');

		if (!plain && (*text != '-' || !letter))
			return false;
		letter = plain;
	}
	return letter;
}

static bool bad_slug(const struct json_doc *doc, const struct json *object,
		     const char *id, struct err *err)
{
	return json_fault(doc, json_member(object, "id"), "bad-id", err,
			  "\"%s\" is no slug: lower-case letters, digits and single "
			  "hyphens",
			  id);
}

/* "mla-c01:1.2": a slug, a colon, and a task. */
static bool objective_is(const char *text)
{
	const char *colon = strchr(text, ':');
	char exam[BANK_ID_MAX + 1];

	if (!colon || (size_t)(colon - text) > BANK_ID_MAX)
		return false;
	memcpy(exam, text, (size_t)(colon - text));
	exam[colon - text] = '\0';
	return slug_is(exam) && colon[1] >= '0' && colon[1] <= '9' &&
	       strspn(colon + 1, "0123456789.") == strlen(colon + 1) &&
	       colon[strlen(colon) - 1] != '.';
}

static bool same_exam(const char *a, const char *b)
{
	size_t len = strcspn(a, ":");

	return len == strcspn(b, ":") && memcmp(a, b, len) == 0;
}

static bool check_objectives(const struct json_doc *doc, const struct json *object,
			     const struct raw *raw, struct err *err)
{
	const struct json *where = json_first(json_member(object, "objectives"));
	bool ok = true;

	for (size_t i = 0; i < raw->objectives.count && (ok || json_goes_on(doc));
	     i++, where = json_next(where)) {
		const char *objective = raw->objectives.at[i];

		if (!objective_is(objective))
			ok = json_fault(doc, where, "bad-objective", err,
					"\"%s\" is no objective like exam:1.2",
					objective);
		for (size_t k = 0; k < i && (ok || json_goes_on(doc)); k++)
			if (same_exam(objective, raw->objectives.at[k]))
				ok = json_fault(doc, where, "bad-objective", err,
						"a second objective for the same exam");
	}
	return ok;
}

/* What may stand beside an option depends on the type of its question. */
static bool check_option(const struct json_doc *doc, const struct json *item,
			 const struct question *question, const struct raw_option *raw,
			 struct err *err)
{
	if (raw->id[0] && !slug_is(raw->id))
		return json_fault(doc, item, "bad-id", err,
				  "\"%s\" is no option id like \"a\"", raw->id);
	for (size_t i = 0; raw->id[0] && i < question->option_count; i++)
		if (strcmp(raw->id, question->options[i].id) == 0)
			return json_fault(doc, item, "duplicate-id", err,
					  "a second option with the id \"%s\"", raw->id);
	if (raw->correct && question->type > MULTIPLE_RESPONSE)
		return json_fault(doc, json_member(item, "correct"), "stray-field", err,
				  "means nothing in a question of type %s",
				  question_type_names[question->type]);
	if (raw->position && question->type != ORDERING)
		return json_fault(doc, json_member(item, "position"), "stray-field", err,
				  "means nothing in a question of type %s",
				  question_type_names[question->type]);
	return true;
}

static bool read_options(const struct json_doc *doc, const struct json *array,
			 struct arena *arena, struct question *question, struct err *err)
{
	bool ok = true;

	question->options = ARENA_ARRAY(arena, json_count(array), struct option);
	json_each (item, array) {
		struct raw_option raw = { "", "", "", false, 0 };

		ok = json_read(doc, item, option_fields, arena, &raw, err) && ok;
		if (ok || json_goes_on(doc))
			ok = check_option(doc, item, question, &raw, err) && ok;
		if (!ok && !json_goes_on(doc))
			return false;
		question->options[question->option_count++] = (struct option){
			raw.id, raw.text, raw.rationale, raw.correct,
			(unsigned)raw.position
		};
	}
	return ok;
}

static bool find_option(const struct question *question, const char *id, unsigned *index)
{
	for (size_t i = 0; i < question->option_count; i++)
		if (strcmp(question->options[i].id, id) == 0) {
			*index = (unsigned)i;
			return true;
		}
	return false;
}

static bool check_prompt(const struct json_doc *doc, const struct json *item,
			 const struct question *question, const struct raw_prompt *raw,
			 unsigned *match, struct err *err)
{
	if (raw->id[0] && !slug_is(raw->id))
		return json_fault(doc, item, "bad-id", err,
				  "\"%s\" is no prompt id like \"1\"", raw->id);
	if (raw->match[0] && !find_option(question, raw->match, match))
		return json_fault(doc, json_member(item, "match"), "unknown-option", err,
				  "there is no option \"%s\"", raw->match);
	for (size_t i = 0; raw->id[0] && i < question->prompt_count; i++)
		if (strcmp(raw->id, question->prompts[i].id) == 0)
			return json_fault(doc, item, "duplicate-id", err,
					  "a second prompt with the id \"%s\"", raw->id);
	return true;
}

static bool read_prompts(const struct json_doc *doc, const struct json *array,
			 struct arena *arena, struct question *question, struct err *err)
{
	bool ok = true;

	if (!array)
		return true;
	if (question->type != MATCHING)
		return json_fault(doc, array, "stray-field", err,
				  "means nothing in a question of type %s",
				  question_type_names[question->type]);
	question->prompts = ARENA_ARRAY(arena, json_count(array), struct prompt);
	json_each (item, array) {
		struct raw_prompt raw = { "", "", "", "" };
		unsigned match = 0;

		ok = json_read(doc, item, prompt_fields, arena, &raw, err) && ok;
		if (ok || json_goes_on(doc))
			ok = check_prompt(doc, item, question, &raw, &match, err) && ok;
		if (!ok && !json_goes_on(doc))
			return false;
		question->prompts[question->prompt_count++] = (struct prompt){
			raw.id, raw.text, raw.rationale, match
		};
	}
	return ok;
}

static bool read_references(const struct json_doc *doc, const struct json *array,
			    struct arena *arena, struct question *question,
			    struct err *err)
{
	bool ok = true;

	if (!array)
		return true;
	question->references = ARENA_ARRAY(arena, json_count(array), struct reference);
	json_each (item, array) {
		struct reference *into =
			&question->references[question->reference_count++];

		*into = (struct reference){ "", "" };
		ok = json_read(doc, item, reference_fields, arena, into, err) && ok;
		if (!ok && !json_goes_on(doc))
			return false;
	}
	return ok;
}

static unsigned count_correct(const struct question *question)
{
	unsigned n = 0;

	for (size_t i = 0; i < question->option_count; i++)
		n += question->options[i].correct;
	return n;
}

/* How many options have a position, if these are 1..n, each once; else 0. */
static unsigned count_positions(const struct question *question)
{
	unsigned n = 0, seen = 0;

	for (size_t i = 0; i < question->option_count; i++) {
		unsigned position = question->options[i].position;

		if (position && seen & 1u << position)
			return 0;
		seen |= position ? 1u << position : 0;
		n += position > 0;
	}
	return seen == (1u << (n + 1)) - 2 ? n : 0;
}

/* The rules of a type that are about its key, and how many it asks to choose. */
static bool check_key(const struct json_doc *doc, const struct json *object,
		      struct question *question, struct err *err)
{
	static const struct rule {
		unsigned (*count)(const struct question *);
		unsigned least, most, options;
		const char *message;
	} rules[QUESTION_TYPES] = {
		[MULTIPLE_CHOICE] = { count_correct, 1, 1, 2,
				      "exactly one option must be correct" },
		[MULTIPLE_RESPONSE] = { count_correct, 2, BANK_OPTIONS_MAX, 5,
					"two or more of five or more options must be "
					"correct" },
		[ORDERING] = { count_positions, 2, BANK_OPTIONS_MAX, 2,
			       "the positions must be 1, 2, ... each once, two or more" },
		[MATCHING] = { NULL, 2, BANK_PROMPTS_MAX, 2,
			       "two or more prompts are needed" },
	};
	const struct rule *rule = &rules[question->type];
	unsigned n = rule->count ? rule->count(question)
				 : (unsigned)question->prompt_count;

	if (n < rule->least || n > rule->most || question->option_count < rule->options)
		return json_fault(doc, json_member(object, "options"), "wrong-key", err,
				  "%s", rule->message);
	question->choose = n;
	return true;
}

static bool check_plain(const struct json_doc *doc, const struct json *object,
			const struct raw *raw, struct err *err)
{
	bool on = json_goes_on(doc), ok = true;

	if (raw->id[0] && !slug_is(raw->id))
		ok = bad_slug(doc, object, raw->id, err);
	if ((ok || on) && raw->reviewed[0] && !clock_is_date(raw->reviewed))
		ok = json_fault(doc, json_member(object, "reviewed"), "bad-date", err,
				"\"%s\" is no date like 2026-11-20", raw->reviewed);
	if (ok || on)
		ok = check_objectives(doc, object, raw, err) && ok;
	return ok;
}

/* Options, prompts, references, the linter's row, and then the key. */
static bool read_parts(const struct json_doc *doc, const struct json *object,
		       struct arena *arena, const struct raw *raw,
		       struct question *question, struct err *err)
{
	bool on = json_goes_on(doc), ok;

	ok = read_options(doc, raw->options, arena, question, err);
	if (ok || on)
		ok = read_prompts(doc, raw->prompts, arena, question, err) && ok;
	if (ok || on)
		ok = read_references(doc, raw->references, arena, question, err) && ok;
	if ((ok || on) && raw->lint)
		ok = json_read(doc, raw->lint, lint_fields, arena, question, err) && ok;
	if ((ok || on) && raw->options)
		ok = check_key(doc, object, question, err) && ok;
	return ok;
}

bool question_read(const struct json_doc *doc, const struct json *object,
		   struct arena *arena, struct question *question, const char **case_id,
		   struct err *err)
{
	struct raw raw = {
		.id = "", .stem = "", .explanation = "", .reviewed = "", .type = -1
	};
	struct question made = { 0 };
	bool on = json_goes_on(doc), ok;

	ok = json_read(doc, object, question_fields, arena, &raw, err);
	if (ok || on)
		ok = check_plain(doc, object, &raw, err) && ok;
	made.id = raw.id;
	made.type = raw.type < 0 ? MULTIPLE_CHOICE : (enum question_type)raw.type;
	made.status = (enum question_status)raw.status;
	made.difficulty = (enum question_difficulty)raw.difficulty;
	made.objectives = raw.objectives.at;
	made.objective_count = raw.objectives.count;
	made.stem = raw.stem;
	made.explanation = raw.explanation;
	made.services = raw.services;
	made.topics = raw.topics;
	made.enemies = raw.enemies;
	made.reviewed = raw.reviewed;
	if ((ok || on) && raw.type >= 0)
		ok = read_parts(doc, object, arena, &raw, &made, err) && ok;
	if (!ok && !on)
		return false;
	*question = made;
	*case_id = raw.case_id;
	return ok;
}

bool bank_case_read(const struct json_doc *doc, const struct json *object,
		    struct arena *arena, struct bank_case *in_case, struct err *err)
{
	struct bank_case made = { .id = "", .title = "", .text = "" };
	bool ok = json_read(doc, object, case_fields, arena, &made, err);

	if ((ok || json_goes_on(doc)) && made.id[0] && !slug_is(made.id))
		ok = bad_slug(doc, object, made.id, err);
	if (!ok && !json_goes_on(doc))
		return false;
	*in_case = made;
	return ok;
}

const char *question_task(const struct question *question, const char *exam)
{
	size_t len = strlen(exam);

	for (size_t i = 0; i < question->objective_count; i++)
		if (strncmp(question->objectives[i], exam, len) == 0 &&
		    question->objectives[i][len] == ':')
			return question->objectives[i] + len + 1;
	return NULL;
}
