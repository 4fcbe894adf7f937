#include <stdlib.h>
#include <string.h>

#include "places.h"
#include "proctor/crew.h"

/* ---- Which rules ---- */

static bool rule_is(const struct lint_rule *rule, const char *name)
{
	return strcmp(rule->name, name) == 0 ||
	       strcmp(lint_group_names[rule->group], name) == 0;
}

/* Every rule a list names, by its name or its group's, is switched. */
static bool switch_rules(struct lint *lint, const char *list, bool off, struct err *err)
{
	char *rest = arena_text(lint->arena, list), *name;
	const struct lint_rule *rule;

	while ((name = strsep(&rest, ", "))) {
		bool found = !*name;

		for (size_t i = 0; (rule = lint_rule_at(i)); i++)
			if (rule_is(rule, name)) {
				lint->off[i] = off;
				found = true;
			}
		if (!found)
			return lint_no_rule(name, err);
	}
	return true;
}

static bool choose_rules(struct lint *lint, struct err *err)
{
	const struct lint_options *options = lint->options;
	size_t count = lint_rule_count();

	lint->off = ARENA_ARRAY(lint->arena, count, bool);
	if (options->select) {
		memset(lint->off, true, count * sizeof(*lint->off));
		if (!switch_rules(lint, options->select, false, err))
			return false;
	}
	return !options->ignore || switch_rules(lint, options->ignore, true, err);
}

static void list_asked(struct lint *lint)
{
	const struct lint_rule *rule;

	lint->asked = ARENA_ARRAY(lint->arena, lint_rule_count(),
				  const struct lint_rule *);
	for (size_t i = 0; (rule = lint_rule_at(i)); i++)
		if (!lint->off[i] && rule->check && rule->check->question)
			lint->asked[lint->asked_count++] = rule;
}

/* ---- Blueprints ---- */

/* What is not there is told by the reader. */
static void check_id(struct lint *lint, size_t index)
{
	struct bank_place place = lint->copy->blueprints[index];
	const char *id = lint_member_text(place.value, "id"), *other;
	struct err err = ERR_INIT;

	for (size_t i = 0; id && i < index; i++) {
		other = lint_member_text(lint->copy->blueprints[i].value, "id");
		if (other && strcmp(id, other) == 0) {
			json_fault(place.doc, json_member(place.value, "id"),
				   "duplicate-id", &err, "another blueprint has this id");
			return;
		}
	}
}

static void read_blueprints(struct lint *lint)
{
	const struct bank_copy *copy = lint->copy;

	lint->blueprints = ARENA_ARRAY(lint->arena, copy->blueprint_count,
				       struct blueprint);
	lint->blueprint_places = ARENA_ARRAY(lint->arena, copy->blueprint_count,
					     struct bank_place);
	lint->faulty = ARENA_ARRAY(lint->arena, copy->blueprint_count, struct bank_place);
	for (size_t i = 0; i < copy->blueprint_count; i++) {
		struct err err = ERR_INIT;

		lint->blueprint_places[lint->blueprint_count] = copy->blueprints[i];
		if (blueprint_parse(copy->blueprints[i].doc, copy->blueprints[i].value,
				    lint->arena, &lint->blueprints[lint->blueprint_count],
				    &err))
			lint->blueprint_count++;
		else
			lint->faulty[lint->faulty_count++] = copy->blueprints[i];
		check_id(lint, i);
	}
}

/* ---- A sheet ---- */

/* One of several that are looked at at the same time. */
struct look {
	struct lint lint;
	struct arena arena, scratch;
	struct json_sink sink;
	struct kept *kept; /* by question of the sheet */
};

/* Who looks finds things of its own, which are joined when all have looked. */
static void begin_look(struct look *look, const struct lint *lint)
{
	look->lint = *lint;
	look->lint.arena = &look->arena;
	look->lint.scratch = &look->scratch;
	look->lint.findings = NULL;
	look->lint.count = look->lint.size = look->lint.suppressed = 0;
}

struct looking {
	struct lint *lint;  /* of the whole; shared, and not changed meanwhile */
	struct look *looks; /* by sheet */
	struct json_sink sink;
};

static void check_question(struct lint *lint, const struct lint_question *q)
{
	for (size_t i = 0; i < lint->asked_count; i++)
		lint->asked[i]->check->question(lint, lint->asked[i], q);
}

static void look_at(void *context, size_t index)
{
	struct looking *looking = context;
	struct look *look = &looking->looks[index];
	struct bank_copy *copy = looking->lint->copy;
	struct bank_sheet *sheet = &copy->sheets[index];

	begin_look(look, looking->lint);
	look->lint.last_file = copy->parts[sheet->part].path;
	look->sink = (struct json_sink){ lint_take, &look->lint };
	bank_copy_read(copy, index, &look->sink);
	look->lint.sheet = sheet;
	look->kept = ARENA_ARRAY(&look->arena, sheet->count, struct kept);
	for (size_t i = 0; i < sheet->count; i++) {
		struct lint_question question = lint_make_question(&look->lint, i,
								   &look->kept[i]);

		check_question(&look->lint, &question);
		lint_keep(&look->lint, &question);
		arena_clear(&look->scratch);
	}
	arena_release(&look->scratch);
	bank_copy_close(copy, index);
}

/* Inline sheets are in one document, which has one sink: these are looked at one by one.
 */
static void look_at_file(void *context, size_t index)
{
	struct looking *looking = context;

	if (!looking->lint->copy->sheets[index].is_inline)
		look_at(context, index);
}

static void take_findings(struct lint *lint, struct lint *from)
{
	size_t size = lint->count + from->count;

	lint->suppressed += from->suppressed;
	if (!from->count)
		return;
	lint->findings = realloc(lint->findings, size * sizeof(*lint->findings));
	if (!lint->findings)
		err_no_memory();
	memcpy(lint->findings + lint->count, from->findings,
	       from->count * sizeof(*lint->findings));
	lint->count = lint->size = size;
	free(from->findings);
}

/* Each sheet's questions to their places in the bank, whose order is another one. */
static void join(struct looking *looking)
{
	struct lint *lint = looking->lint;
	struct bank_copy *copy = lint->copy;

	bank_copy_join(copy, &looking->sink);
	for (size_t i = 0; i < copy->sheet_count; i++)
		take_findings(lint, &looking->looks[i].lint);
	lint->kept = ARENA_ARRAY(lint->arena, copy->bank->count, struct kept *);
	for (size_t i = 0; i < copy->bank->count; i++) {
		struct bank_origin origin = copy->origins[i];

		lint->kept[i] = &looking->looks[origin.sheet].kept[origin.index];
		lint->kept[i]->question = &copy->bank->questions[i];
	}
	for (size_t i = 0; i < copy->sheet_count; i++)
		arena_join(lint->arena, &looking->looks[i].arena);
}

static void look_at_all(struct lint *lint)
{
	size_t count = lint->copy->sheet_count;
	struct looking looking = { lint,
				   ARENA_ARRAY(lint->arena, count, struct look),
				   { lint_take, lint } };

	crew_run(lint->options->workers, count, look_at_file, &looking);
	for (size_t i = 0; i < count; i++)
		if (lint->copy->sheets[i].is_inline)
			look_at(&looking, i);
	join(&looking);
}

/* ---- The whole ---- */

static void judge(void *context, size_t index)
{
	struct looking *looking = context;
	struct look *look = &looking->looks[index];
	const struct lint_rule *rule = lint_rule_at(index);

	begin_look(look, looking->lint);
	if (!looking->lint->off[index] && rule->check && rule->check->bank)
		rule->check->bank(&look->lint, rule);
}

static void check_whole(struct lint *lint)
{
	size_t count = lint_rule_count();
	struct looking looking = {
		.lint = lint, .looks = ARENA_ARRAY(lint->arena, count, struct look)
	};

	lint_match_questions(lint);
	crew_run(lint->options->workers, count, judge, &looking);
	for (size_t r = 0; r < count; r++) {
		take_findings(lint, &looking.looks[r].lint);
		arena_join(lint->arena, &looking.looks[r].arena);
		arena_release(&looking.looks[r].scratch);
	}
	for (size_t r = 0; r < count; r++) {
		const struct lint_rule *rule = lint_rule_at(r);

		if (!lint->off[r] && rule->check && rule->check->last)
			rule->check->last(lint, rule);
	}
}

/* ---- The run ---- */

/* What the reader found before anybody could ask whether the rule was selected. */
static void drop_unselected(struct lint *lint)
{
	size_t kept = 0;

	for (size_t i = 0; i < lint->count; i++)
		if (!lint->off[lint_rule_index(lint->findings[i].rule)])
			lint->findings[kept++] = lint->findings[i];
	lint->count = kept;
}

static bool run(struct lint *lint, struct lint_report *report, struct err *err)
{
	bool ok;

	report->copy = lint->copy;
	list_asked(lint);
	lint->vocabulary = vocabulary_make(lint->copy->names, lint->copy->name_count,
					   lint->arena);
	read_blueprints(lint);
	look_at_all(lint);
	check_whole(lint);
	drop_unselected(lint);
	ok = lint_set_places(lint, err);
	if (ok)
		lint_set_questions(lint);
	report->findings = lint->findings;
	report->count = lint->count;
	report->suppressed = lint->suppressed;
	for (size_t i = 0; i < lint->count; i++)
		report->counts[lint->findings[i].severity]++;
	return ok;
}

/* ---- From outside ---- */

/* The lint is in the report's arena: the copy's sink is about it as long as it lives. */
static bool start(struct lint_report *report, const char *name,
		  const struct lint_options *options, struct lint **lint, struct err *err)
{
	struct lint *made = ARENA_NEW(&report->arena, struct lint);

	*made = (struct lint){ .arena = &report->arena, .options = options };
	made->scratch = made->arena;
	report->name = arena_text(&report->arena, name);
	*lint = made;
	return choose_rules(made, err);
}

bool lint_folder(const char *dir, const struct lint_options *options,
		 struct lint_report *report, struct err *err)
{
	struct lint_report made = { .arena = ARENA_INIT, .is_folder = true };
	struct lint *lint;
	bool ok = start(&made, dir, options, &lint, err) &&
		  bank_copy_open(dir, &(struct json_sink){ lint_take, lint }, &lint->copy,
				 err) &&
		  run(lint, &made, err);

	if (!ok) {
		lint_release(&made);
		return false;
	}
	*report = made;
	return true;
}

bool lint_text(const char *name, const char *bytes, size_t len,
	       const struct lint_options *options, struct lint_report *report,
	       struct err *err)
{
	struct lint_report made = { .arena = ARENA_INIT };
	struct lint *lint;
	bool ok = start(&made, name, options, &lint, err);

	if (ok)
		bank_copy_of_text(name, bytes, len,
				  &(struct json_sink){ lint_take, lint }, &lint->copy);
	if (!ok || !run(lint, &made, err)) {
		lint_release(&made);
		return false;
	}
	*report = made;
	return true;
}

void lint_release(struct lint_report *report)
{
	struct arena arena = report->arena;

	bank_copy_free(report->copy);
	free(report->findings);
	*report = (struct lint_report){ .arena = ARENA_INIT };
	arena_release(&arena);
}
