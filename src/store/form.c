#include <string.h>

#include "priv.h"
#include "proctor/json.h"

bool store_put_text(struct store *store, const char *text, struct digest *digest,
		    struct err *err)
{
	*digest = crypto_digest(text, strlen(text));
	return store_run(store, err, "INSERT OR IGNORE INTO texts VALUES (?, ?)", "dt",
			 digest, text);
}

static bool put_case(struct store *store, const struct bank_case *in_case,
		     struct digest *digest, struct err *err)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	bool ok;

	bank_case_write(in_case, &out);
	ok = store_put_text(store, text.data, digest, err);
	buf_release(&text);
	return ok;
}

static bool put_item(struct store *store, const char *id, size_t number,
		     const struct form_item *item, struct err *err)
{
	const struct question *question = item->question;
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	struct digest digest, in_case;
	char shown[BANK_OPTIONS_MAX + 1];
	bool ok;

	for (size_t i = 0; i < question->option_count; i++)
		shown[i] = (char)('a' + item->shown[i]);
	shown[question->option_count] = '\0';
	question_write(question, &out);
	ok = store_put_text(store, text.data, &digest, err) &&
	     (!question->in_case || put_case(store, question->in_case, &in_case, err)) &&
	     store_run(store, err, "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		       "titddiiit", id, (int64_t)number, question->id, &digest,
		       question->in_case ? &in_case : NULL, (int64_t)item->scored,
		       (int64_t)item->domain, (int64_t)item->task, shown);
	buf_release(&text);
	return ok;
}

bool store_put_form(struct store *store, const char *id, const struct form *form,
		    struct err *err)
{
	for (size_t i = 0; i < form->count; i++)
		if (!put_item(store, id, i, &form->items[i], err))
			return false;
	return true;
}

/* ---- And back ---- */

/* The order options are shown in: each index once. */
static bool read_shown(const char *text, size_t options, uint8_t *shown)
{
	unsigned seen = 0;

	if (strlen(text) != options)
		return false;
	for (size_t i = 0; i < options; i++) {
		unsigned index = (unsigned)(text[i] - 'a');

		if (index >= options || seen & 1u << index)
			return false;
		seen |= 1u << index;
		shown[i] = (uint8_t)index;
	}
	return true;
}

bool store_read_question(const char *text, struct arena *arena, struct question *question,
			 const char **case_id, struct err *err)
{
	struct json_doc *doc;
	bool ok;

	if (!json_open("stored question", text, strlen(text), &json_limits_file, &doc,
		       err))
		return false;
	ok = question_read(doc, json_root(doc), arena, question, case_id, err);
	json_free(doc);
	return ok;
}

bool store_read_case(const char *text, struct arena *arena, struct bank_case *in_case,
		     struct err *err)
{
	struct json_doc *doc;
	bool ok;

	if (!json_open("stored case", text, strlen(text), &json_limits_file, &doc, err))
		return false;
	ok = bank_case_read(doc, json_root(doc), arena, in_case, err);
	json_free(doc);
	return ok;
}

/* The case of the item before, if it is the same; cases stand together in a form. */
static struct bank_case *find_case(struct bank_case *before, const char *text,
				   struct arena *arena, struct err *err)
{
	struct bank_case *made = ARENA_NEW(arena, struct bank_case);

	if (!store_read_case(text, arena, made, err))
		return NULL;
	if (before && strcmp(before->id, made->id) == 0)
		return before;
	made->questions = ARENA_ARRAY(arena, RESPONSE_MAX, const struct question *);
	return made;
}

/* What is loaded, row by row. */
struct loading {
	const struct blueprint *blueprint;
	struct arena *arena;
	struct form form;
	struct bank_case *in_case; /* of the row before */
};

/* Is the text in a column the one of the digest in another? Both may be null. */
static bool is_text_of(sqlite3_stmt *row, int text, int digest)
{
	const char *body = (const char *)sqlite3_column_text(row, text);
	struct digest is, said;

	if (!body)
		return sqlite3_column_type(row, digest) == SQLITE_NULL;
	is = crypto_digest(body, strlen(body));
	return store_digest(row, digest, &said) && crypto_digest_equal(&is, &said);
}

static bool load_item(struct loading *loading, sqlite3_stmt *row, struct err *err)
{
	struct form_item *item = &loading->form.items[loading->form.count];
	struct question *question = ARENA_NEW(loading->arena, struct question);
	const char *text = (const char *)sqlite3_column_text(row, 0);
	const char *in_case = (const char *)sqlite3_column_text(row, 1);
	const char *shown = (const char *)sqlite3_column_text(row, 5);
	const char *case_id;

	if (!is_text_of(row, 0, 6) || !is_text_of(row, 1, 7))
		return err_set(err, ERR_SYSTEM, "the text of question %zu is damaged",
			       loading->form.count + 1);
	if (!store_read_question(text, loading->arena, question, &case_id, err))
		return false;
	item->question = question;
	item->scored = sqlite3_column_int(row, 2) != 0;
	item->domain = (unsigned)sqlite3_column_int(row, 3);
	item->task = (unsigned)sqlite3_column_int(row, 4);
	if (item->domain >= loading->blueprint->domain_count ||
	    item->task >= loading->blueprint->domains[item->domain].task_count ||
	    !read_shown(shown, question->option_count, item->shown))
		return err_set(err, ERR_SYSTEM,
			       "question %zu of the stored form is damaged",
			       loading->form.count + 1);
	if (in_case) {
		loading->in_case = find_case(loading->in_case, in_case, loading->arena,
					     err);
		if (!loading->in_case)
			return false;
		if (loading->in_case->count < RESPONSE_MAX)
			loading->in_case->questions[loading->in_case->count++] = question;
		question->in_case = loading->in_case;
	}
	loading->form.count++;
	return true;
}

static bool count_items(struct store *store, const char *id, size_t *count,
			struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!store_query(store, &query, err,
			 "SELECT count(*) FROM items WHERE session = ?", "t", id))
		return false;
	row = store_row(store, query, err);
	if (row == 1)
		*count = (size_t)sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return row == 1;
}

bool store_form(struct store *store, const struct store_session *session,
		const struct blueprint *blueprint, struct arena *arena, struct form *form,
		struct err *err)
{
	struct loading loading = { .blueprint = blueprint, .arena = arena };
	sqlite3_stmt *query;
	size_t count = 0;
	int row;

	if (!count_items(store, session->id, &count, err))
		return false;
	loading.form.items = ARENA_ARRAY(arena, count, struct form_item);
	if (!store_query(store, &query, err,
			 "SELECT q.body, c.body, i.scored, i.domain, i.task, i.shown, "
			 "i.question, i.in_case "
			 "FROM items i JOIN texts q ON q.digest = i.question "
			 "LEFT JOIN texts c ON c.digest = i.in_case "
			 "WHERE i.session = ? ORDER BY i.number LIMIT ?",
			 "ti", session->id, (int64_t)count))
		return false;
	while ((row = store_row(store, query, err)) == 1)
		if (!load_item(&loading, query, err)) {
			err->kind = ERR_SYSTEM;
			row = -1;
			break;
		}
	sqlite3_finalize(query);
	if (row != 0)
		return err_in(err, "session %s", session->id);
	*form = loading.form;
	return true;
}
