#include "priv.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

/* One row of the file being written. */
struct row {
	struct buf *out;
	struct arena *arena;
	const struct report *report;
	size_t item;
	bool filled;
};

/* A spreadsheet computes what begins with one of these, also behind a blank, and some do
 * so with the wide ones too. */
static bool is_formula(const char *text)
{
	static const char *const signs[] = { "=", "+", "-", "@", "＝", "＋", "－", "＠" };

	text += strspn(text, " ");
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (strncmp(text, signs[i], strlen(signs[i])) == 0)
			return true;
	return false;
}

/* Always in quotes, which every reader takes. Line feeds would be allowed in them, but
 * not every reader takes those. */
static void put_text(struct row *row, const char *text)
{
	struct buf safe = BUF_INIT;

	if (row->filled)
		buf_char(row->out, ',');
	row->filled = true;
	text_safe_line(&safe, text, strlen(text));
	buf_char(row->out, '"');
	if (is_formula(safe.data))
		buf_char(row->out, '\'');
	for (const char *at = safe.data; *at; at++) {
		if (*at == '"')
			buf_char(row->out, '"');
		buf_char(row->out, *at);
	}
	buf_char(row->out, '"');
	buf_release(&safe);
}

static void put_number(struct row *row, int64_t number)
{
	buf_printf(row->out, "%s%lld", row->filled ? "," : "", (long long)number);
	row->filled = true;
}

static void put_bool(struct row *row, bool truth)
{
	put_number(row, truth);
}

static void put_list(struct row *row, const struct json_texts *texts)
{
	struct buf list = BUF_INIT;

	for (size_t i = 0; i < texts->count; i++)
		buf_printf(&list, "%s%s", i ? "; " : "", texts->at[i]);
	put_text(row, list.data);
	buf_release(&list);
}

/* ---- The columns ---- */

static const struct form_item *item_of(const struct row *row)
{
	return &row->report->form->items[row->item];
}

static const struct question *question_of(const struct row *row)
{
	return item_of(row)->question;
}

static const struct session_item *given_of(const struct row *row)
{
	return &row->report->state->items[row->item];
}

static const struct score_item *scored_of(const struct row *row)
{
	return &row->report->result->items[row->item];
}

static const struct blueprint_domain *domain_of(const struct row *row)
{
	return &row->report->blueprint->domains[item_of(row)->domain];
}

static void put_session(struct row *row)
{
	put_text(row, row->report->session->id);
}

static void put_item(struct row *row)
{
	put_number(row, (int64_t)row->item + 1);
}

static void put_id(struct row *row)
{
	put_text(row, question_of(row)->id);
}

static void put_type(struct row *row)
{
	put_text(row, question_type_names[question_of(row)->type]);
}

static void put_difficulty(struct row *row)
{
	put_text(row, question_difficulty_names[question_of(row)->difficulty]);
}

static void put_domain(struct row *row)
{
	put_text(row, domain_of(row)->id);
}

static void put_task(struct row *row)
{
	put_text(row, domain_of(row)->tasks[item_of(row)->task].id);
}

static void put_case(struct row *row)
{
	const struct bank_case *in_case = question_of(row)->in_case;

	put_text(row, in_case ? in_case->id : "");
}

static void put_topics(struct row *row)
{
	put_list(row, &question_of(row)->topics);
}

static void put_services(struct row *row)
{
	put_list(row, &question_of(row)->services);
}

static void put_scored(struct row *row)
{
	put_bool(row, item_of(row)->scored);
}

static void put_answered(struct row *row)
{
	put_bool(row, scored_of(row)->answered);
}

static void put_right(struct row *row)
{
	put_bool(row, scored_of(row)->right);
}

static void put_response(struct row *row)
{
	put_text(row, words_response(row->arena, item_of(row), &given_of(row)->response));
}

static void put_key(struct row *row)
{
	const struct response key = question_key(question_of(row));

	put_text(row, words_response(row->arena, item_of(row), &key));
}

static void put_confidence(struct row *row)
{
	const char *confidence = words_confidence[given_of(row)->confidence];

	put_text(row, confidence ? confidence : "");
}

static void put_flagged(struct row *row)
{
	put_bool(row, given_of(row)->flagged);
}

static void put_change(struct row *row)
{
	put_text(row, words_change[scored_of(row)->change]);
}

static void put_spent(struct row *row)
{
	put_number(row, given_of(row)->spent_ms);
}

static void put_expected(struct row *row)
{
	put_number(row, scored_of(row)->expected_ms);
}

static void put_note(struct row *row)
{
	put_text(row, given_of(row)->note);
}

static const struct {
	const char *name;
	void (*put)(struct row *row);
} columns[] = {
	{ "session", put_session },
	{ "number", put_item },
	{ "question", put_id },
	{ "type", put_type },
	{ "difficulty", put_difficulty },
	{ "domain", put_domain },
	{ "task", put_task },
	{ "case", put_case },
	{ "topics", put_topics },
	{ "services", put_services },
	{ "scored", put_scored },
	{ "answered", put_answered },
	{ "right", put_right },
	{ "response", put_response },
	{ "key", put_key },
	{ "confidence", put_confidence },
	{ "flagged", put_flagged },
	{ "change", put_change },
	{ "spent_ms", put_spent },
	{ "expected_ms", put_expected },
	{ "note", put_note },
};

#define COLUMNS (sizeof(columns) / sizeof(*columns))

void report_csv(const struct report *report, struct buf *out)
{
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < COLUMNS; i++)
		buf_printf(out, "%s%s", i ? "," : "", columns[i].name);
	buf_text(out, "\r\n");
	for (size_t i = 0; i < report->form->count; i++) {
		struct row row = { out, &arena, report, i, false };

		for (size_t c = 0; c < COLUMNS; c++)
			columns[c].put(&row);
		buf_text(out, "\r\n");
	}
	arena_release(&arena);
}
