#include <stdlib.h>
#include <string.h>

#include "places.h"
#include "proctor/file.h"
#include "proctor/markup.h"

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

/* ---- Questions made ready ---- */

static struct passage make_passage(struct lint *lint, const char *text,
				   const struct json *value)
{
	struct passage passage = { .text = text, .plain = text, .value = value };
	struct markup markup;
	struct err err = ERR_INIT;

	if (!text[0])
		return passage;
	if (markup_parse(text, strlen(text), lint->arena, &markup, &err))
		passage.plain = markup_words(&markup, lint->arena);
	else
		passage.fault = arena_text(lint->arena, err.text);
	passage.words = words_of(passage.plain, lint->arena);
	return passage;
}

static void make_options(struct lint *lint, struct lint_question *q)
{
	const struct question *question = q->question;
	const struct json *row = json_first(json_member(q->place.value, "options"));
	size_t n = question->option_count, right = 0;

	q->options = ARENA_ARRAY(lint->arena, n, struct passage);
	q->rationales = ARENA_ARRAY(lint->arena, n, struct passage);
	q->key = SIZE_MAX;
	for (size_t i = 0; i < n; i++, row = json_next(row)) {
		const struct option *option = &question->options[i];

		q->options[i] = make_passage(lint, option->text,
					     json_member(row, "text"));
		q->rationales[i] = make_passage(lint, option->rationale,
						json_member(row, "rationale"));
		right += option->correct;
		if (option->correct)
			q->key = i;
	}
	if (right != 1 || question->type != MULTIPLE_CHOICE)
		q->key = SIZE_MAX;
}

static void make_prompts(struct lint *lint, struct lint_question *q)
{
	const struct question *question = q->question;
	const struct json *row = json_first(json_member(q->place.value, "prompts"));
	size_t n = question->prompt_count;

	q->prompts = ARENA_ARRAY(lint->arena, n, struct passage);
	q->prompt_rationales = ARENA_ARRAY(lint->arena, n, struct passage);
	for (size_t i = 0; i < n; i++, row = json_next(row)) {
		const struct prompt *prompt = &question->prompts[i];

		q->prompts[i] = make_passage(lint, prompt->text,
					     json_member(row, "text"));
		q->prompt_rationales[i] = make_passage(lint, prompt->rationale,
						       json_member(row, "rationale"));
	}
}

static void make_question(struct lint *lint, size_t i)
{
	struct lint_question *q = &lint->questions[i];

	q->question = &lint->copy->bank->questions[i];
	q->place = lint->copy->places[i];
	q->stem = make_passage(lint, q->question->stem,
			       json_member(q->place.value, "stem"));
	q->explanation = make_passage(lint, q->question->explanation,
				      json_member(q->place.value, "explanation"));
	q->used = ARENA_ARRAY(lint->arena, q->question->lint_ignore.count, bool);
	make_options(lint, q);
	make_prompts(lint, q);
}

static void make_questions(struct lint *lint)
{
	size_t count = lint->copy->bank->count;

	lint->questions = ARENA_ARRAY(lint->arena, count, struct lint_question);
	for (size_t i = 0; i < count; i++)
		make_question(lint, i);
}

/* ---- Blueprints ---- */

static void read_blueprints(struct lint *lint)
{
	const struct bank_copy *copy = lint->copy;

	lint->blueprints = ARENA_ARRAY(lint->arena, copy->blueprint_count,
				       struct blueprint);
	lint->blueprint_places = ARENA_ARRAY(lint->arena, copy->blueprint_count,
					     struct bank_place);
	for (size_t i = 0; i < copy->blueprint_count; i++) {
		struct err err = ERR_INIT;

		lint->blueprint_places[lint->blueprint_count] = copy->blueprints[i];
		if (blueprint_parse(copy->blueprints[i].doc, copy->blueprints[i].value,
				    lint->arena, &lint->blueprints[lint->blueprint_count],
				    &err))
			lint->blueprint_count++;
	}
}

/* ---- The run ---- */

static void check_questions(struct lint *lint)
{
	const struct lint_rule *rule;

	for (size_t r = 0; (rule = lint_rule_at(r)); r++) {
		if (lint->off[r] || !rule->check || !rule->check->question)
			continue;
		for (size_t i = 0; i < lint->copy->bank->count; i++)
			rule->check->question(lint, rule, &lint->questions[i]);
	}
}

static void check_whole(struct lint *lint)
{
	const struct lint_rule *rule;

	for (size_t r = 0; (rule = lint_rule_at(r)); r++)
		if (!lint->off[r] && rule->check && rule->check->bank)
			rule->check->bank(lint, rule);
}

/* What the reader found before anybody could ask whether the rule was selected. */
static void drop_unselected(struct lint *lint)
{
	size_t kept = 0;

	for (size_t i = 0; i < lint->count; i++)
		if (!lint->off[lint_rule_index(lint->findings[i].rule)])
			lint->findings[kept++] = lint->findings[i];
	lint->count = kept;
}

static void finish(struct lint *lint, struct lint_report *report)
{
	drop_unselected(lint);
	lint_set_places(lint);
	lint_set_questions(lint);
	report->findings = lint->findings;
	report->count = lint->count;
	report->suppressed = lint->suppressed;
	for (size_t i = 0; i < lint->count; i++)
		report->counts[lint->findings[i].severity]++;
}

static void run(struct lint *lint, struct lint_report *report)
{
	report->copy = lint->copy;
	read_blueprints(lint);
	make_questions(lint);
	check_questions(lint);
	check_whole(lint);
	finish(lint, report);
}

/* ---- From outside ---- */

bool lint_folder(const char *dir, const struct lint_options *options,
		 struct lint_report *report, struct err *err)
{
	struct lint_report made = { .arena = ARENA_INIT, .is_folder = true };
	struct lint lint = { .arena = &made.arena, .options = options };
	struct json_sink *sink = ARENA_NEW(&made.arena, struct json_sink);

	*sink = (struct json_sink){ lint_take, &lint };
	made.name = arena_text(&made.arena, dir);
	if (!choose_rules(&lint, err) || !bank_copy_open(dir, sink, &lint.copy, err)) {
		arena_release(&made.arena);
		return false;
	}
	run(&lint, &made);
	*report = made;
	return true;
}

bool lint_text(const char *name, const char *bytes, size_t len,
	       const struct lint_options *options, struct lint_report *report,
	       struct err *err)
{
	struct lint_report made = { .arena = ARENA_INIT };
	struct lint lint = { .arena = &made.arena, .options = options };
	struct json_sink *sink = ARENA_NEW(&made.arena, struct json_sink);

	*sink = (struct json_sink){ lint_take, &lint };
	made.name = arena_text(&made.arena, name);
	if (!choose_rules(&lint, err)) {
		arena_release(&made.arena);
		return false;
	}
	bank_copy_of_text(name, bytes, len, sink, &lint.copy);
	run(&lint, &made);
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
