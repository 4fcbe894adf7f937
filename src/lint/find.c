#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "places.h"

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

/* Its part is found later: in reading the manifest there are no parts yet. */
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
		.part = SIZE_MAX,
		.file = lint->last_file,
		.at = fault->at,
		.len = fault->pointer ? SIZE_MAX : 0,
		.pointer = fault->pointer ? arena_text(lint->arena, fault->pointer) : "",
		.message = arena_text(lint->arena, fault->text),
	};
}

/* Does the question say that this rule does not hold for it? */
static bool is_suppressed(struct lint *lint, const struct lint_rule *rule,
			  const struct kept *kept)
{
	const struct json_texts *ignore;

	if (!kept || rule->severity == LINT_ERROR)
		return false;
	ignore = &kept->question->lint_ignore;
	for (size_t i = 0; i < ignore->count; i++)
		if (strcmp(ignore->at[i], rule->name) == 0) {
			kept->used[i] = true;
			lint->suppressed++;
			return true;
		}
	return false;
}

const char *lint_member_text(const struct json *object, const char *name)
{
	const struct json *member = json_member(object, name);

	return member ? json_text(member) : NULL;
}

size_t lint_find_part(const struct lint *lint, const char *file)
{
	size_t i = 0;

	while (i < lint->copy->part_count && strcmp(lint->copy->parts[i].path, file) != 0)
		i++;
	return i;
}

/* What is to be said, and about which bytes. */
struct saying {
	const struct lint_rule *rule;
	const struct kept *kept;  /* or NULL */
	const struct json *value; /* or NULL, and the pointer itself */
	const char *pointer;
	size_t part, at, len;
	const struct lint_spot *spot; /* or NULL: it is not known yet */
};

static const char *pointer_of(struct lint *lint, const struct saying *saying)
{
	struct buf text = BUF_INIT;
	const char *pointer;

	if (!saying->value)
		return saying->pointer;
	json_pointer(saying->value, &text);
	pointer = arena_text(lint->arena, text.data);
	buf_release(&text);
	return pointer;
}

static void complain(struct lint *lint, const struct saying *saying, const char *format,
		     va_list args) __attribute__((format(printf, 3, 0)));

static void complain(struct lint *lint, const struct saying *saying, const char *format,
		     va_list args)
{
	const struct lint_rule *rule = saying->rule;
	const struct kept *kept = saying->kept;
	struct buf text = BUF_INIT;
	struct lint_finding *finding;

	if (lint->off[lint_rule_index(rule)] || is_suppressed(lint, rule, kept))
		return;
	buf_vprintf(&text, format, args);
	finding = add(lint);
	*finding = (struct lint_finding){
		.rule = rule,
		.severity = rule->severity,
		.part = saying->part,
		.file = lint->copy->parts[saying->part].path,
		.at = saying->at,
		.len = saying->len,
		.pointer = pointer_of(lint, saying),
		.question = kept && kept->question->id[0]
				    ? arena_text(lint->arena, kept->question->id)
				    : NULL,
		.message = arena_text(lint->arena, text.data),
	};
	if (saying->value && lint->sheet)
		lint_set_value_place(lint, saying->value, finding);
	if (saying->spot) {
		finding->len = saying->spot->len;
		finding->line = saying->spot->line;
		finding->column = saying->spot->column;
		finding->end_column = saying->spot->end_column;
	}
	buf_release(&text);
}

void lint_at(struct lint *lint, const struct lint_rule *rule,
	     const struct lint_question *question, const struct json *value,
	     const char *format, ...)
{
	va_list args;

	value = value ? value : question->place.value;
	va_start(args, format);
	complain(lint,
		 &(struct saying){ .rule = rule,
				   .kept = question->kept,
				   .value = value,
				   .part = lint->sheet->part,
				   .at = json_offset(value),
				   .len = SIZE_MAX },
		 format, args);
	va_end(args);
}

void lint_in(struct lint *lint, const struct lint_rule *rule,
	     const struct lint_question *question, const struct json *value, size_t from,
	     size_t len, const char *format, ...)
{
	const struct json_doc *doc = question->place.doc;
	size_t at = json_offset_in(doc, value, from);
	va_list args;

	va_start(args, format);
	complain(lint,
		 &(struct saying){ .rule = rule,
				   .kept = question->kept,
				   .value = value,
				   .part = lint->sheet->part,
				   .at = at,
				   .len = json_offset_in(doc, value, from + len) - at },
		 format, args);
	va_end(args);
}

/* "/questions/12/stem" */
static const char *pointer_below(struct lint *lint, const struct kept *kept,
				 const char *field)
{
	return arena_printf(lint->arena, "%s/questions/%zu%s", kept->within, kept->index,
			    field);
}

/* Its place is known, but the line itself has to be read again. */
static void complain_on(struct lint *lint, const struct lint_rule *rule,
			const struct kept *kept, const struct lint_spot *spot,
			const char *field, const char *format, va_list args)
	__attribute__((format(printf, 6, 0)));

static void complain_on(struct lint *lint, const struct lint_rule *rule,
			const struct kept *kept, const struct lint_spot *spot,
			const char *field, const char *format, va_list args)
{
	bool known = spot->line && !lint->options->with_source;

	complain(lint,
		 &(struct saying){ .rule = rule,
				   .kept = kept,
				   .pointer = pointer_below(lint, kept, field),
				   .part = kept->part,
				   .at = spot->at,
				   .len = SIZE_MAX,
				   .spot = known ? spot : NULL },
		 format, args);
}

void lint_on_stem(struct lint *lint, const struct lint_rule *rule,
		  const struct kept *kept, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain_on(lint, rule, kept, &kept->stem,
		    kept->stem.at == kept->at ? "" : "/stem", format, args);
	va_end(args);
}

void lint_on_key(struct lint *lint, const struct lint_rule *rule, const struct kept *kept,
		 const char *format, ...)
{
	char field[64];
	va_list args;

	snprintf(field, sizeof(field), "/options/%zu/text", kept->key);
	va_start(args, format);
	complain_on(lint, rule, kept, &kept->key_spot, field, format, args);
	va_end(args);
}

void lint_on_ignored(struct lint *lint, const struct lint_rule *rule,
		     const struct kept *kept, size_t index, const char *format, ...)
{
	char field[64];
	va_list args;

	snprintf(field, sizeof(field), "/lint/ignore/%zu", index);
	va_start(args, format);
	complain(lint,
		 &(struct saying){ .rule = rule,
				   .kept = kept,
				   .pointer = pointer_below(lint, kept, field),
				   .part = kept->part,
				   .at = kept->ignore_at[index],
				   .len = SIZE_MAX },
		 format, args);
	va_end(args);
}

void lint_place(struct lint *lint, const struct lint_rule *rule, struct bank_place place,
		const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(lint,
		 &(struct saying){
			 .rule = rule,
			 .value = place.value,
			 .part = lint_find_part(lint, json_document(place.doc)),
			 .at = json_offset(place.value),
			 .len = SIZE_MAX,
		 },
		 format, args);
	va_end(args);
}

void lint_file(struct lint *lint, const struct lint_rule *rule, size_t part, size_t at,
	       const char *pointer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(lint,
		 &(struct saying){ .rule = rule,
				   .pointer = pointer,
				   .part = part,
				   .at = at,
				   .len = SIZE_MAX },
		 format, args);
	va_end(args);
}
