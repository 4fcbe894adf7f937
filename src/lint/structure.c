#include <string.h>

#include "priv.h"

/* ---- What the reader does not ask ---- */

static bool has_task(const struct blueprint *blueprint, const char *objective)
{
	size_t exam = strlen(blueprint->exam);

	if (strncmp(objective, blueprint->exam, exam) != 0 || objective[exam] != ':')
		return false;
	for (size_t d = 0; d < blueprint->domain_count; d++)
		for (size_t t = 0; t < blueprint->domains[d].task_count; t++)
			if (strcmp(blueprint->domains[d].tasks[t].id,
				   objective + exam + 1) == 0)
				return true;
	return false;
}

/* Would it have the task, had it no faults? Where that cannot be told, it may. */
static bool may_have_task(const struct json *blueprint, const char *objective)
{
	const char *exam = lint_member_text(blueprint, "exam"), *id;
	const struct json *value, *tasks;
	size_t len = exam ? strlen(exam) : 0;

	if (!exam)
		return true;
	if (strncmp(objective, exam, len) != 0 || objective[len] != ':')
		return false;
	value = json_member(blueprint, "domains");
	if (!value || json_kind(value) != JSON_ARRAY)
		return true;
	json_each (domain, value) {
		tasks = json_member(domain, "tasks");
		if (!tasks || json_kind(tasks) != JSON_ARRAY)
			return true;
		json_each (task, tasks) {
			id = lint_member_text(task, "id");
			if (!id || strcmp(id, objective + len + 1) == 0)
				return true;
		}
	}
	return false;
}

static bool is_known(const struct lint *lint, const char *objective)
{
	for (size_t b = 0; b < lint->blueprint_count; b++)
		if (has_task(&lint->blueprints[b], objective))
			return true;
	for (size_t b = 0; b < lint->faulty_count; b++)
		if (may_have_task(lint->faulty[b].value, objective))
			return true;
	return false;
}

/* All objectives there are, for "did you mean". */
static const char **all_objectives(struct lint *lint)
{
	size_t n = 0;
	const char **all;

	for (size_t b = 0; b < lint->blueprint_count; b++)
		for (size_t d = 0; d < lint->blueprints[b].domain_count; d++)
			n += lint->blueprints[b].domains[d].task_count;
	all = ARENA_ARRAY(lint->arena, n + 1, const char *);
	n = 0;
	for (size_t b = 0; b < lint->blueprint_count; b++) {
		const struct blueprint *blueprint = &lint->blueprints[b];

		for (size_t d = 0; d < blueprint->domain_count; d++)
			for (size_t t = 0; t < blueprint->domains[d].task_count; t++)
				all[n++] = arena_printf(
					lint->arena, "%s:%s", blueprint->exam,
					blueprint->domains[d].tasks[t].id);
	}
	return all;
}

static void check_objectives(struct lint *lint, const struct lint_rule *rule,
			     const struct lint_question *q)
{
	const struct json *value = json_first(json_member(q->place.value, "objectives"));

	/* A blueprint that could not be read may be the one that has it. */
	if (!lint->copy->blueprint_count || lint->copy->blueprints_unread)
		return;
	for (; value; value = json_next(value)) {
		const char *objective = json_text(value), *guess;

		if (!objective || is_known(lint, objective))
			continue;
		guess = json_did_you_mean(objective, all_objectives(lint));
		lint_at(lint, rule, q, value, "no blueprint has \"%s\"%s%s%s", objective,
			guess ? " (did you mean \"" : "", guess ? guess : "",
			guess ? "\"?)" : "");
	}
}

static struct lint_check unknown_objective = { check_objectives, NULL, NULL };

static void check_unlisted(struct lint *lint, const struct lint_rule *rule)
{
	for (size_t i = 0; i < lint->copy->part_count; i++) {
		const struct bank_part *part = &lint->copy->parts[i];

		if (!part->listed && part->parsed)
			lint_file(lint, rule, i, part->root, "",
				  "not in the manifest yet; bank sign adds it");
	}
}

static struct lint_check unlisted_file = { NULL, check_unlisted, NULL };

static void check_cases(struct lint *lint, const struct lint_rule *rule)
{
	const struct bank *bank = lint->copy->bank;

	for (size_t i = 0; i < bank->case_count; i++)
		if (!bank->cases[i].count)
			lint_file(lint, rule, lint->copy->case_origins[i].part,
				  lint->copy->case_origins[i].at,
				  lint->copy->case_origins[i].pointer,
				  "no question belongs to the case \"%s\"",
				  bank->cases[i].id);
}

static struct lint_check empty_case = { NULL, check_cases, NULL };

static void check_default(struct lint *lint, const struct lint_rule *rule)
{
	const struct bank *bank = lint->copy->bank;
	const struct json_doc *manifest = lint->copy->manifest;
	size_t count = lint->copy->blueprint_count;
	const char **ids;
	const char *guess;

	if (!bank->default_blueprint || !count || lint->copy->blueprints_unread)
		return;
	ids = ARENA_ARRAY(lint->arena, count + 1, const char *);
	for (size_t i = 0; i < count; i++) {
		ids[i] = lint_member_text(lint->copy->blueprints[i].value, "id");
		if (!ids[i] || strcmp(ids[i], bank->default_blueprint) == 0)
			return;
	}
	guess = json_did_you_mean(bank->default_blueprint, ids);
	lint_place(lint, rule,
		   (struct bank_place){ manifest, json_member(json_root(manifest),
							      "default_blueprint") },
		   "there is no blueprint \"%s\"%s%s%s", bank->default_blueprint,
		   guess ? " (did you mean \"" : "", guess ? guess : "",
		   guess ? "\"?)" : "");
}

static struct lint_check unknown_default = { NULL, check_default, NULL };

/* ---- The rules ---- */

#define READ(name, what, why, mend, example)                                     \
	{                                                                        \
		name, LINT_STRUCTURE, LINT_ERROR, what, why, mend, example, NULL \
	}

const struct lint_rule lint_structure_rules[] = {
	READ("json-syntax", "The file is not JSON.",
	     "Nothing behind the first such fault can be read, so nothing behind it was "
	     "checked.",
	     "Mend the character at the place shown: often a comma too many, a quote too "
	     "few, or a comment.",
	     "{\"id\": \"a\",}"),
	READ("json-encoding", "Bytes that are not UTF-8, or a byte order mark.",
	     "They mean something else on every machine.",
	     "Save the file as UTF-8 without a byte order mark.", "\"caf\\xE9\""),
	READ("json-control", "A control character stands raw in a string.",
	     "JSON does not allow it, and it cannot be seen.",
	     "Write \\n for a line break, \\t for a tab; take others out.",
	     "a line break inside quotes"),
	READ("json-duplicate-name", "One object has the same name twice.",
	     "Readers differ in which of the two they take.", "Keep one of the two.",
	     "{\"id\": \"a\", \"id\": \"b\"}"),
	READ("malformed", "A value the format does not allow.",
	     "The bank's reader refuses it.", "The message says what is expected.",
	     "a number larger than any machine holds"),
	READ("unknown-field", "A field the format does not have.",
	     "Most are misspelt names of real fields, which are then missing.",
	     "Correct the name or take the field out.", "\"rational\": \"...\""),
	READ("missing-field", "A required field is not there.",
	     "The bank's reader refuses it.",
	     "Add the field; docs/bank-format.md says "
	     "what belongs in it.",
	     "a question without \"difficulty\""),
	READ("wrong-kind", "A value of the wrong kind.", "The bank's reader refuses it.",
	     "Write the kind of value that is asked for.", "\"correct\": \"yes\""),
	READ("wrong-size", "A text or list that is too short or too long.",
	     "The bank's reader refuses it.", "Keep to the limit in the message.",
	     "\"stem\": \"\""),
	READ("wrong-choice", "A word that is none of those allowed.",
	     "The bank's reader refuses it.", "Take one of the words in the message.",
	     "\"status\": \"activ\""),
	READ("bad-id", "An id that is not made as ids are.",
	     "Ids stand on command lines and in stored results.",
	     "Use lower-case letters, digits and single hyphens.",
	     "\"id\": \"My Question\""),
	READ("duplicate-id", "Two of a kind have the same id.",
	     "A result stored for one would be read as the other's.",
	     "Give the newer one an id of its own; ids are never used again.",
	     "two questions with \"id\": \"a-01\""),
	READ("bad-objective", "An objective that is not exam:task, or two for one exam.",
	     "A question serves one task of an exam.", "Write it like \"mla-c01:1.2\".",
	     "\"objectives\": [\"1.2\"]"),
	READ("bad-date", "Not a date.", "The bank's reader refuses it.",
	     "Write year-month-day: 2026-11-20.", "\"reviewed\": \"20.11.2026\""),
	READ("bad-path", "A path that leads out of the bank's folder.",
	     "A bank is its folder and nothing else.",
	     "Use a relative path without \"..\" and links.", "\"path\": \"../x.json\""),
	READ("stray-field", "A field that means nothing in a question of this type.",
	     "The author had something in mind that will not happen.",
	     "Take it out, or change the type.", "\"position\" in a multiple-choice"),
	READ("unknown-option", "A prompt is matched to an option that is not there.",
	     "The prompt could not be answered.", "Name an option's id.",
	     "\"match\": \"z\""),
	READ("wrong-key", "The key is not one its type can have.",
	     "The question could not be answered right.",
	     "Mark as many options as the type asks for.",
	     "a multiple-choice with two correct options"),
	READ("unknown-case", "The question belongs to a case that is not there.",
	     "The scenario would be missing.", "Correct the id, or add the case.",
	     "\"case\": \"nowhere\""),
	READ("unknown-enemy", "An enemy that is not there.",
	     "The question it was meant to be kept apart from is not.",
	     "Correct the id, or take it out.", "\"enemies\": [\"gone-01\"]"),
	READ("own-enemy", "A question is its own enemy, or one of its own case.",
	     "A case is drawn whole, so the two could never be drawn.",
	     "Take it out, or take one of the two out of the case.",
	     "\"enemies\": [\"itself\"]"),
	READ("missing-file", "A file that the manifest lists cannot be read.",
	     "The bank would not open.", "Put it back, or take its row out.",
	     "a row for a file that was renamed"),
	READ("listed-twice", "The manifest lists a file twice.",
	     "Every question in it would be there twice.", "Take one row out.",
	     "two rows with one path"),
	READ("bad-scale", "The pass mark is not within the scale.",
	     "Nobody could pass, or nobody fail.", "Set pass above min and at most max.",
	     "\"min\": 100, \"max\": 1000, \"pass\": 1100"),
	READ("bad-mix", "No form can have this mix of types.", "No exam could be drawn.",
	     "Let the least add up to at most, the most to at least the whole form.",
	     "\"mix\": {\"ordering\": [5, 4]}"),
	READ("bad-difficulty", "No form can have this mean difficulty.",
	     "No exam could be drawn.",
	     "Write a least and a most from 1 to 3, with up to three decimals.",
	     "\"difficulty\": [2.2, 1.8]"),
	{ "unknown-objective", LINT_STRUCTURE, LINT_ERROR,
	  "No blueprint of the bank has this task.",
	  "The question could never be drawn for it.",
	  "Correct the task, or add a blueprint that has it.",
	  "\"objectives\": [\"mla-c01:9.9\"]", &unknown_objective },
	{ "unknown-default", LINT_STRUCTURE, LINT_ERROR,
	  "The default blueprint is not in the bank.",
	  "proctor exam would not start without naming one.", "Name one that is there.",
	  "\"default_blueprint\": \"mla-c99\"", &unknown_default },
	{ "unlisted-file", LINT_STRUCTURE, LINT_INFO,
	  "A file of the bank's folders is not in the manifest.",
	  "It is part of the bank only after the next signing.",
	  "Sign the bank; or move the file away.", "questions/new.json", &unlisted_file },
	{ "empty-case", LINT_STRUCTURE, LINT_WARNING, "A case without questions.",
	  "It is never shown; perhaps its questions name another case.",
	  "Give the questions its id, or take it out.", "a case nobody names",
	  &empty_case },
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
