#include <stdlib.h>
#include <string.h>

#include "portable.h"

static const struct json_limits limits = { (size_t)1 << 30, 100000000, 32 };

/* A text of the document; what it says of a question or a case is found out once. */
struct text {
	const char *hex, *body;
	bool stored;
	const char *question_id, *case_id; /* of a question; its case or NULL */
	const char *is_case;               /* of a case: its id */
};

struct import {
	struct store *store;
	struct arena arena;
	const char *name;
	struct text *texts; /* ascending by hex, once all are there */
	size_t count, size;
	struct store_moved moved;
};

/* ---- Texts ---- */

static bool take_text(void *context, const char *hex, const struct json_doc *doc,
		      struct err *err)
{
	struct import *import = context;
	const char *body = json_text(json_root(doc));
	struct digest said, is;

	if (!body || !hex)
		return json_error(doc, json_root(doc), err, "not a text");
	is = crypto_digest(body, strlen(body));
	if (!crypto_unhex(hex, &said) || !crypto_digest_equal(&said, &is))
		return json_error(doc, json_root(doc), err,
				  "this text is not that of its digest, %.16s", hex);
	if (import->count == import->size) {
		struct text *grown;

		import->size = 2 * import->size + 64;
		grown = ARENA_ARRAY(&import->arena, import->size, struct text);
		if (import->count)
			memcpy(grown, import->texts, import->count * sizeof(*grown));
		import->texts = grown;
	}
	import->texts[import->count++] = (struct text){
		.hex = arena_text(&import->arena, hex),
		.body = arena_text(&import->arena, body),
	};
	return true;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->hex, ((const struct text *)b)->hex);
}

static struct text *need_text(struct import *import, const char *hex, struct err *err)
{
	const struct text wanted = { .hex = hex };
	struct text *text = import->count ? bsearch(&wanted, import->texts, import->count,
						    sizeof(wanted), compare_texts)
					  : NULL;
	struct digest digest;

	if (!text) {
		err_set(err, ERR_INPUT, "there is no text of the digest %.16s", hex);
		return NULL;
	}
	if (!text->stored && !store_put_text(import->store, text->body, &digest, err))
		return NULL;
	text->stored = true;
	return text;
}

static struct text *need_question(struct import *import, const char *hex, struct err *err)
{
	struct text *text = need_text(import, hex, err);
	struct question question;

	if (text && !text->question_id) {
		if (!store_read_question(text->body, &import->arena, &question,
					 &text->case_id, err))
			return NULL;
		text->question_id = question.id;
	}
	return text;
}

static struct text *need_case(struct import *import, const char *hex, struct err *err)
{
	struct text *text = need_text(import, hex, err);
	struct bank_case in_case;

	if (text && !text->is_case) {
		if (!store_read_case(text->body, &import->arena, &in_case, err))
			return NULL;
		text->is_case = in_case.id;
	}
	return text;
}

/* ---- Sessions ---- */

static bool is_of_case(const struct text *question, const struct text *in_case)
{
	if (!question->case_id || !in_case)
		return !question->case_id && !in_case;
	return strcmp(question->case_id, in_case->is_case) == 0;
}

static bool put_item(struct import *import, const char *id, size_t number,
		     const struct portable_item *item, struct err *err)
{
	struct text *question = need_question(import, item->question, err);
	struct text *in_case = NULL;
	struct digest digest, case_digest;

	if (!question)
		return false;
	if (item->in_case && !(in_case = need_case(import, item->in_case, err)))
		return false;
	if (!is_of_case(question, in_case))
		return err_set(err, ERR_INPUT, "it has another case than its question");
	crypto_unhex(question->hex, &digest);
	if (in_case)
		crypto_unhex(in_case->hex, &case_digest);
	return store_run(import->store, err,
			 "INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			 "titddiiit", id, (int64_t)number, question->question_id, &digest,
			 in_case ? &case_digest : NULL, (int64_t)item->scored,
			 item->domain, item->task, item->shown);
}

static bool put_event(struct import *import, const char *id, size_t number,
		      const struct portable_event *event, struct err *err)
{
	return store_run(import->store, err,
			 "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			 "tiiiiitiit", id, (int64_t)number, (int64_t)event->type,
			 event->used_ms, event->item, event->value, event->response,
			 event->real_ms, event->boot_ms, event->boot);
}

static bool check_once(struct store *store, const char *id, struct err *err)
{
	sqlite3_stmt *query;
	bool twice;
	int row;

	if (!store_query(store, &query, err,
			 "SELECT count(*) > count(DISTINCT question_id) FROM items"
			 " WHERE session = ?",
			 "t", id))
		return false;
	row = store_row(store, query, err);
	twice = row == 1 && sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	if (twice)
		return err_set(err, ERR_INPUT, "session %s: a question is in it twice",
			       id);
	return row == 1;
}

static bool put_rows(struct import *import, const struct portable *portable,
		     struct err *err)
{
	const char *id = portable->about.id;

	if (!store_put_session(import->store, &portable->about, err))
		return false;
	for (size_t i = 0; i < portable->item_count; i++)
		if (!put_item(import, id, i, &portable->items[i], err))
			return err_in(err, "session %s: question %zu", id, i + 1);
	if (!check_once(import->store, id, err))
		return false;
	for (size_t i = 0; i < portable->event_count; i++)
		if (!put_event(import, id, i, &portable->events[i], err))
			return false;
	return true;
}

/* What is stored is read as any session is, and so is what it came to. */
static bool replay_and_settle(struct store *store, const char *id, struct arena *arena,
			      struct err *err)
{
	struct store_loaded loaded;

	return store_load(store, id, false, arena, &loaded, err) &&
	       store_run(store, err,
			 "UPDATE sessions SET phase = ?, used_ms = ? WHERE id = ?", "iit",
			 (int64_t)loaded.session.phase, loaded.session.used_ms, id) &&
	       (loaded.session.phase != PHASE_DONE ||
		store_settle_loaded(store, &loaded, err));
}

static bool put_session(struct import *import, struct portable *portable,
			struct arena *arena, struct err *err)
{
	struct text *text = need_text(import, portable->blueprint, err);
	struct blueprint blueprint;

	if (!text || !blueprint_read("blueprint", text->body, strlen(text->body), arena,
				     &blueprint, err))
		return false;
	portable->about.blueprint = text->body;
	portable->about.blueprint_id = blueprint.id;
	if (!put_rows(import, portable, err) ||
	    !replay_and_settle(import->store, portable->about.id, arena, err))
		return false;
	import->moved.sessions++;
	return true;
}

static bool is_here(struct store *store, const char *id, bool *here, struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!store_query(store, &query, err, "SELECT 1 FROM sessions WHERE id = ?", "t",
			 id))
		return false;
	row = store_row(store, query, err);
	sqlite3_finalize(query);
	*here = row == 1;
	return row >= 0;
}

/* The same in every byte it would be exported as. */
static bool compare(struct import *import, const struct portable *portable,
		    struct arena *arena, struct err *err)
{
	struct buf ours = BUF_INIT, theirs = BUF_INIT;
	struct json_out our_out = JSON_OUT(&ours, false);
	struct json_out their_out = JSON_OUT(&theirs, false);
	struct portable known;
	bool ok = portable_load(import->store, portable->about.id, arena, &known, err);

	if (ok) {
		portable_write(&known, &our_out);
		portable_write(portable, &their_out);
		ok = strcmp(ours.data, theirs.data) == 0 ||
		     err_set(err, ERR_INPUT,
			     "session %s is here already with other content, so nothing "
			     "was imported",
			     portable->about.id);
	}
	import->moved.known += ok;
	buf_release(&ours);
	buf_release(&theirs);
	return ok;
}

static bool take_session(void *context, const char *name, const struct json_doc *doc,
			 struct err *err)
{
	struct import *import = context;
	struct arena arena = ARENA_INIT;
	struct portable portable;
	bool here, ok;

	(void)name;
	ok = portable_read(doc, &arena, &portable, err);
	if (ok) {
		ok = is_here(import->store, portable.about.id, &here, err) &&
		     (here ? compare(import, &portable, &arena, err)
			   : put_session(import, &portable, &arena, err));
		/* What cannot be read back is the document's fault. */
		if (!ok && !store_failed(import->store))
			err->kind = ERR_INPUT;
		if (!ok)
			err_in(err, "%s", import->name);
	}
	arena_release(&arena);
	return ok;
}

/* ---- The ledger ---- */

struct raw_met {
	struct store_met met;
	const char *digest;
};

#define AT(field) offsetof(struct raw_met, field)
#define HEX (CRYPTO_HEX_SIZE - 1)
#define KEY (CRYPTO_KEY_TEXT_SIZE - 1)

static const struct json_field met_fields[] = {
	{ "bank", JSON_FIELD_TEXT, AT(met.bank_id), 0, 1, 80, NULL },
	{ "version", JSON_FIELD_INTEGER, AT(met.version), 0, 1, BANK_VERSION_MAX, NULL },
	{ "digest", JSON_FIELD_TEXT, AT(digest), 0, HEX, HEX, NULL },
	{ "signed_by", JSON_FIELD_TEXT, AT(met.signed_by), 0, KEY, KEY, NULL },
	{ "met_ms", JSON_FIELD_INTEGER, AT(met.met_ms), 0, 0, DATE_MAX_MS, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static bool take_met(void *context, const char *name, const struct json_doc *doc,
		     struct err *err)
{
	struct import *import = context;
	const struct json *root = json_root(doc);
	struct raw_met raw = { 0 };
	struct public_key key;
	bool added;

	(void)name;
	if (!json_read(doc, root, met_fields, &import->arena, &raw, err))
		return false;
	if (!crypto_unhex(raw.digest, &raw.met.digest))
		return json_error(doc, json_member(root, "digest"), err, "no digest");
	if (!crypto_public_read(raw.met.signed_by, strlen(raw.met.signed_by), &key, err))
		return err_in(err, "%s", import->name);
	if (!store_merge_met(import->store, &raw.met, &added, err))
		return err_in(err, "%s", import->name);
	import->moved.banks += added;
	return true;
}

/* ---- All of it ---- */

/* Texts first: whatever order the document has them in, sessions need them. */
static const struct {
	const char *name;
	char bracket;
	json_take_part *take;
} members[] = {
	{ "texts", '{', take_text },
	{ "sessions", '[', take_session },
	{ "ledger", '[', take_met },
};

#define MEMBERS (sizeof(members) / sizeof(members[0]))

static bool check_members(const struct json_parts *parts, struct err *err)
{
	const struct json_part *format = json_parts_find(parts, "format");
	static const char wanted[] = "\"" STORE_HISTORY_FORMAT "\"";

	if (!format || format->len != strlen(wanted) ||
	    memcmp(format->bytes, wanted, format->len) != 0)
		return err_set(err, ERR_INPUT, "%s: its format is not %s", parts->name,
			       STORE_HISTORY_FORMAT);
	for (size_t i = 0; i < MEMBERS; i++) {
		const struct json_part *part = json_parts_find(parts, members[i].name);

		if (!part || part->bytes[0] != members[i].bracket)
			return err_set(err, ERR_INPUT, "%s: %s is missing or no %s",
				       parts->name, members[i].name,
				       members[i].bracket == '{' ? "object" : "list");
	}
	if (parts->count != MEMBERS + 1)
		return err_set(err, ERR_INPUT, "%s: has members that are not known",
			       parts->name);
	return true;
}

static bool take_all(struct import *import, const struct json_parts *parts,
		     struct err *err)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		if (!json_parts_each(parts, json_parts_find(parts, members[i].name),
				     members[i].take, import, err))
			return false;
		if (i == 0 && import->count)
			qsort(import->texts, import->count, sizeof(*import->texts),
			      compare_texts);
	}
	return true;
}

bool store_import(struct store *store, const char *name, const char *bytes, size_t len,
		  struct store_moved *moved, struct err *err)
{
	struct import import = { .store = store, .name = name };
	struct json_parts parts;
	bool ok = json_parts_open(name, bytes, len, &limits, &import.arena, &parts,
				  err) &&
		  check_members(&parts, err) && store_begin_write(store, err);

	if (ok)
		ok = store_end_write(store, take_all(&import, &parts, err), err);
	if (ok)
		*moved = import.moved;
	arena_release(&import.arena);
	return ok;
}
