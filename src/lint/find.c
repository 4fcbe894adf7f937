#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* What is found, first by offset; lines and columns are counted in one go at the end. */

static struct lint_finding *add(struct lint *lint)
{
	if (lint->count == lint->size) {
		lint->size = lint->size ? lint->size * 2 : 64;
		lint->findings = realloc(lint->findings,
					 lint->size * sizeof(*lint->findings));
		if (!lint->findings)
			err_no_memory();
	}
	return &lint->findings[lint->count++];
}

static const char *pointer_of(struct lint *lint, const struct json *value)
{
	struct buf text = BUF_INIT;
	const char *pointer;

	json_pointer(value, &text);
	pointer = arena_text(lint->arena, text.data);
	buf_release(&text);
	return pointer;
}

void lint_take(void *context, const struct json_fault *fault)
{
	struct lint *lint = context;
	const struct lint_rule *rule = lint_rule_find(fault->kind);

	if (!lint->last_file || strcmp(lint->last_file, fault->document) != 0)
		lint->last_file = arena_text(lint->arena, fault->document);
	if (!rule)
		rule = lint_rule_find("malformed");
	*add(lint) = (struct lint_finding){
		.rule = rule,
		.severity = rule->severity,
		.file = lint->last_file,
		.at = fault->at,
		.len = fault->value ? SIZE_MAX : 0,
		.pointer = fault->value ? pointer_of(lint, fault->value) : "",
		.message = arena_text(lint->arena, fault->text),
	};
}

/* Does the question say that this rule does not hold for it? */
static bool is_suppressed(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *question)
{
	const struct json_texts *ignore;

	if (!question || rule->severity == LINT_ERROR)
		return false;
	ignore = &question->question->lint_ignore;
	for (size_t i = 0; i < ignore->count; i++)
		if (strcmp(ignore->at[i], rule->name) == 0) {
			question->used[i] = true;
			lint->suppressed++;
			return true;
		}
	return false;
}

static const char *doc_file(const struct lint *lint, const struct json_doc *doc)
{
	for (size_t i = 0; i < lint->copy->part_count; i++)
		if (lint->copy->parts[i].doc == doc)
			return lint->copy->parts[i].path;
	return "";
}

static void complain(struct lint *lint, const struct lint_rule *rule,
		     const struct lint_question *question, struct bank_place place,
		     size_t at, size_t len, const char *format, va_list args)
	__attribute__((format(printf, 7, 0)));

static void complain(struct lint *lint, const struct lint_rule *rule,
		     const struct lint_question *question, struct bank_place place,
		     size_t at, size_t len, const char *format, va_list args)
{
	struct buf text = BUF_INIT;

	if (lint->off[lint_rule_index(rule)] || is_suppressed(lint, rule, question))
		return;
	buf_vprintf(&text, format, args);
	*add(lint) = (struct lint_finding){
		.rule = rule,
		.severity = rule->severity,
		.file = doc_file(lint, place.doc),
		.at = at,
		.len = len,
		.pointer = pointer_of(lint, place.value),
		.question = question ? question->question->id : NULL,
		.message = arena_text(lint->arena, text.data),
	};
	buf_release(&text);
}

void lint_at(struct lint *lint, const struct lint_rule *rule,
	     const struct lint_question *question, const struct json *value,
	     const char *format, ...)
{
	struct bank_place place = question->place;
	va_list args;

	place.value = value ? value : place.value;
	va_start(args, format);
	complain(lint, rule, question, place, json_offset(place.value), SIZE_MAX, format,
		 args);
	va_end(args);
}

void lint_in(struct lint *lint, const struct lint_rule *rule,
	     const struct lint_question *question, const struct json *value, size_t from,
	     size_t len, const char *format, ...)
{
	struct bank_place place = { question->place.doc, value };
	size_t at = json_offset_in(place.doc, value, from);
	va_list args;

	va_start(args, format);
	complain(lint, rule, question, place, at,
		 json_offset_in(place.doc, value, from + len) - at, format, args);
	va_end(args);
}

void lint_place(struct lint *lint, const struct lint_rule *rule, struct bank_place place,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(lint, rule, NULL, place, json_offset(place.value), SIZE_MAX, format,
		 args);
	va_end(args);
}
