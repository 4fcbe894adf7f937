#include <string.h>

#include "priv.h"
#include "proctor/text.h"

/* ---- Each text of a question ---- */

struct texts {
	struct lint *lint;
	const struct lint_rule *rule;
	const struct lint_question *q;
};

static void each_text(const struct texts *in,
		      void (*look)(const struct texts *, const struct passage *))
{
	look(in, &in->q->stem);
	look(in, &in->q->explanation);
	for (size_t i = 0; i < in->q->question->option_count; i++) {
		look(in, &in->q->options[i]);
		look(in, &in->q->rationales[i]);
	}
	for (size_t i = 0; i < in->q->question->prompt_count; i++) {
		look(in, &in->q->prompts[i]);
		look(in, &in->q->prompt_rationales[i]);
	}
}

#define EACH_TEXT(name, look)                                                     \
	static void name##_check(struct lint *lint, const struct lint_rule *rule, \
				 const struct lint_question *q)                   \
	{                                                                         \
		each_text(&(struct texts){ lint, rule, q }, look);                \
	}                                                                         \
	static struct lint_check name = { name##_check, NULL, NULL }

static void look_markup(const struct texts *in, const struct passage *passage)
{
	if (passage->value && passage->fault)
		lint_at(in->lint, in->rule, in->q, passage->value, "%s", passage->fault);
}

EACH_TEXT(markup, look_markup);

/* How many bytes what stands for a character has: "<U+202E>", "<FF>", "^G". */
static size_t mark_len(const char *mark)
{
	return mark[0] == '<' ? strcspn(mark, ">") + 1 : 2;
}

/* They are where the text differs from what would be shown of it. */
static void look_hidden(const struct texts *in, const struct passage *passage)
{
	const char *text = passage->text;
	size_t len = passage->len, first = 0, count = 0;
	struct buf safe = BUF_INIT, mark = BUF_INIT;

	if (!passage->value || !(passage->marks & TEXT_ODD) || text_is_safe(text, len))
		return;
	text_safe(&safe, text, len);
	for (size_t at = 0, k = 0; at < len;) {
		if (text[at] == safe.data[k]) {
			at++;
			k++;
			continue;
		}
		if (!count++) {
			first = at;
			buf_add(&mark, safe.data + k, mark_len(safe.data + k));
		}
		k += mark_len(safe.data + k);
		for (at++; at < len && ((unsigned char)text[at] & 0xC0) == 0x80;)
			at++;
	}
	if (count > 1)
		buf_printf(&mark, " and %zu more", count - 1);
	lint_in(in->lint, in->rule, in->q, passage->value, first, 1,
		"%s: control, invisible or direction-changing", mark.data);
	buf_release(&safe);
	buf_release(&mark);
}

EACH_TEXT(hidden, look_hidden);

static void look_blanks(const struct texts *in, const struct passage *passage)
{
	size_t len = passage->len;

	if (passage->value && len &&
	    (strchr(" \t\n", passage->text[0]) ||
	     strchr(" \t\n", passage->text[len - 1])))
		lint_at(in->lint, in->rule, in->q, passage->value,
			"blanks at the beginning or end of the text");
}

EACH_TEXT(blanks, look_blanks);

static void look_nfc(const struct texts *in, const struct passage *passage)
{
	size_t len = passage->len;
	struct buf normal = BUF_INIT;

	if (passage->value && passage->marks & TEXT_ODD &&
	    text_valid(passage->text, len) && !text_nfc(&normal, passage->text, len))
		lint_at(in->lint, in->rule, in->q, passage->value,
			"not in Unicode's normal form C");
	buf_release(&normal);
}

EACH_TEXT(nfc, look_nfc);

/* ---- Names that services had ---- */

/* Does every exam of the question still allow the name? */
static bool is_allowed(const struct bank_name *name, const struct question *question)
{
	for (size_t i = 0; i < question->objective_count; i++) {
		const char *objective = question->objectives[i];
		bool found = false;

		for (size_t k = 0; k < name->exams.count; k++) {
			size_t len = strlen(name->exams.at[k]);

			found |= strncmp(objective, name->exams.at[k], len) == 0 &&
				 objective[len] == ':';
		}
		if (!found)
			return false;
	}
	return question->objective_count > 0;
}

/* The old name where it is not the beginning or a part of the new one. */
static bool find_old(const char *text, const struct bank_name *name,
		     struct words_span *span)
{
	size_t from = 0;

	if (!strstr(text, name->old))
		return false;
	while (text_find_word(text + from, name->old, span)) {
		const char *at = text + from + span->from;
		const char *inside = name->now ? strstr(name->now, name->old) : NULL;
		size_t before = inside ? (size_t)(inside - name->now) : 0;

		span->from += from;
		if (strncmp(at, name->old, span->len) == 0 &&
		    !(inside && span->from >= before &&
		      strncmp(at - before, name->now, strlen(name->now)) == 0))
			return true;
		from = span->from + span->len;
	}
	return false;
}

static void look_names(const struct texts *in, const struct passage *passage,
		       bool renamed)
{
	const struct bank_copy *copy = in->lint->copy;
	struct words_span span;

	if (!passage->value || !(passage->marks & TEXT_NAME))
		return;
	for (size_t i = 0; i < copy->name_count; i++) {
		const struct bank_name *name = &copy->names[i];
		const char *since = name->since ? name->since : "";

		if ((name->now != NULL) != renamed ||
		    in->q->question->status == QUESTION_RETIRED ||
		    is_allowed(name, in->q->question) ||
		    !find_old(passage->text, name, &span))
			continue;
		lint_in(in->lint, in->rule, in->q, passage->value, span.from, span.len,
			"\"%s\" %s%s%s%s%s", name->old, renamed ? "is now \"" : "is gone",
			renamed ? name->now : "", renamed ? "\"" : "",
			since[0] ? ", since " : "", since);
	}
}

/* And in the list of services, by which is drilled and reported. */
static void look_services(const struct texts *in, bool renamed)
{
	const struct json *list = json_member(in->q->place.value, "services");

	if (!list || json_kind(list) != JSON_ARRAY)
		return;
	json_each (value, list) {
		const char *text = json_text(value);
		struct passage passage = { .value = value,
					   .text = text,
					   .marks = TEXT_NAME };

		if (text)
			look_names(in, &passage, renamed);
	}
}

static void look_renamed(const struct texts *in, const struct passage *passage)
{
	look_names(in, passage, true);
}

static void look_retired(const struct texts *in, const struct passage *passage)
{
	look_names(in, passage, false);
}

static void renamed_check(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	struct texts in = { lint, rule, q };

	each_text(&in, look_renamed);
	look_services(&in, true);
}

static void retired_check(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	struct texts in = { lint, rule, q };

	each_text(&in, look_retired);
	look_services(&in, false);
}

static struct lint_check renamed = { renamed_check, NULL, NULL };
static struct lint_check retired = { retired_check, NULL, NULL };

static void check_urls(struct lint *lint, const struct lint_rule *rule,
		       const struct lint_question *q)
{
	const struct json *row = json_first(json_member(q->place.value, "references"));

	for (size_t i = 0; i < q->question->reference_count; i++, row = json_next(row)) {
		const char *url = q->question->references[i].url;
		const struct json *value = json_member(row, "url");

		if (value && url[0] &&
		    (strncmp(url, "https://", 8) != 0 || strpbrk(url, " \t\n<>\"") ||
		     !strchr(url + 8, '.')))
			lint_at(lint, rule, q, value, "not an https address");
	}
}

static struct lint_check urls = { check_urls, NULL, NULL };

#define ROW(name, severity, check, what, why, mend, example)                \
	{                                                                   \
		name, LINT_TEXT, severity, what, why, mend, example, &check \
	}

const struct lint_rule lint_text_rules[] = {
	ROW("markup", LINT_ERROR, markup, "A text outside the bank's markup.",
	    "It is shown as it stands, with its asterisks and backquotes.",
	    "Keep to paragraphs, emphasis, code, lists and tables.",
	    "\"see [the page](https://...)\""),
	ROW("hidden-character", LINT_WARNING, hidden,
	    "A character that cannot be seen, or turns the direction of writing.",
	    "What is read is not what is stored; it is shown as a mark like <U+202E>.",
	    "Take it out.", "a zero-width blank"),
	ROW("not-normalized", LINT_WARNING, nfc,
	    "A text that is not in Unicode's normal form C.",
	    "Two texts that look the same compare as different.",
	    "Write the composed characters; --fix does.", "\"e\" and a combining accent"),
	ROW("renamed-service", LINT_WARNING, renamed,
	    "A name that the manifest's \"names\" says has changed.",
	    "The exam uses today's name, so that is what is to be learnt.",
	    "Use the name of today.",
	    "\"names\": [{\"old\": \"A\", \"now\": \"B\"}] and \"A\" in a stem"),
	ROW("retired-service", LINT_WARNING, retired,
	    "A name that the manifest's \"names\" says is gone.",
	    "Nobody can use it any more, and the exam does not ask for it.",
	    "Retire the question or ask for what took its place.",
	    "\"names\": [{\"old\": \"A\"}] and \"A\" in a stem"),
	ROW("outer-blanks", LINT_INFO, blanks,
	    "Blanks at the beginning or end of a text.",
	    "They are left over from editing.", "Take them out.", "\"text \""),
	ROW("bad-url", LINT_WARNING, urls, "A reference that is no https address.",
	    "It cannot be followed, or not safely.", "Give the whole address.",
	    "\"url\": \"docs.aws.amazon.com\""),
	{ NULL, 0, 0, NULL, NULL, NULL, NULL, NULL },
};
