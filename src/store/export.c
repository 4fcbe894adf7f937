#include <string.h>

#include "portable.h"

/* What is exported, and what is left out of it: texts that are not those of their
 * digests, and the sessions that have them. */
struct export
{
	struct store *store;
	struct arena *arena;
	struct json_out *out;
	struct store_names damaged; /* texts, by their digests */
	struct store_moved moved;
};

/* ---- Texts ---- */

static void put_hex(sqlite3_stmt *row, int column, char hex[CRYPTO_HEX_SIZE])
{
	struct digest digest = { { 0 } };

	store_digest(row, column, &digest);
	crypto_hex(&digest, hex);
}

static void write_text(struct export *export, sqlite3_stmt *row)
{
	const char *body = (const char *)sqlite3_column_text(row, 1);
	struct digest is = crypto_digest(body, strlen(body));
	char hex[CRYPTO_HEX_SIZE], again[CRYPTO_HEX_SIZE];

	put_hex(row, 0, hex);
	crypto_hex(&is, again);
	if (strcmp(hex, again) != 0) {
		store_name(&export->damaged, hex);
		return;
	}
	buf_char(export->out->buf, '\n');
	json_out_text(export->out, hex, body);
}

/* Those that a session has which was not damaged when it ended. */
static const char texts_sql[] =
	"WITH told AS (SELECT s.id, s.blueprint FROM sessions s WHERE s.phase < 3"
	"  OR s.id IN (SELECT session FROM results))"
	" SELECT digest, body FROM texts WHERE digest IN (SELECT blueprint FROM told"
	"  UNION SELECT i.question FROM items i JOIN told t ON t.id = i.session"
	"  UNION SELECT i.in_case FROM items i JOIN told t ON t.id = i.session)"
	" ORDER BY digest";

/* ---- Sessions ---- */

/* Sessions that cannot be read any more would make the whole export one that cannot be
 * imported. Those that ended were read then, if they have a result; the others are
 * tried. */
static bool is_readable(struct export *export, const char *id, bool scored)
{
	struct arena arena = ARENA_INIT;
	struct store_loaded loaded;
	struct err ignored = ERR_INIT;
	bool ok = scored ||
		  (store_load(export->store, id, false, &arena, &loaded, &ignored) &&
		   loaded.session.phase != PHASE_DONE);

	arena_release(&arena);
	return ok;
}

static bool has_damaged(const struct export *export, const struct portable *portable)
{
	if (store_is_name(&export->damaged, portable->blueprint))
		return true;
	for (size_t i = 0; i < portable->item_count; i++)
		if (store_is_name(&export->damaged, portable->items[i].question) ||
		    store_is_name(&export->damaged, portable->items[i].in_case))
			return true;
	return false;
}

static void leave_out(struct export *export, const char *id)
{
	struct store_moved *moved = &export->moved;

	if (!moved->damaged++)
		moved->first_damaged = arena_text(export->arena, id);
}

static bool export_session(struct export *export, const char *id, bool scored,
			   struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct portable portable;
	struct err why = ERR_INIT;
	bool ok = is_readable(export, id, scored) &&
		  portable_load(export->store, id, &arena, &portable, &why) &&
		  !has_damaged(export, &portable);

	if (ok) {
		portable_write(&portable, export->out);
		buf_char(export->out->buf, '\n');
		export->moved.sessions++;
	} else if (store_failed(export->store)) {
		arena_release(&arena);
		return err_set(err, ERR_SYSTEM, "%s", why.text);
	} else {
		leave_out(export, id);
	}
	arena_release(&arena);
	return true;
}

static bool export_sessions(struct export *export, struct err *err)
{
	sqlite3_stmt *query;
	bool ok = true;
	int row = 0;

	if (!store_query(export->store, &query, err,
			 "SELECT s.id, r.id IS NOT NULL FROM sessions s"
			 " LEFT JOIN results r ON r.session = s.id"
			 " ORDER BY s.began_ms, s.id",
			 ""))
		return false;
	json_out_array(export->out, "sessions");
	buf_char(export->out->buf, '\n');
	while (ok && (row = store_row(export->store, query, err)) == 1)
		ok = export_session(export, (const char *)sqlite3_column_text(query, 0),
				    sqlite3_column_int(query, 1) != 0, err);
	json_out_end(export->out, ']');
	sqlite3_finalize(query);
	return ok && row == 0;
}

/* ---- The ledger ---- */

static void write_met(struct export *export, sqlite3_stmt *row)
{
	struct json_out *out = export->out;
	char hex[CRYPTO_HEX_SIZE];

	put_hex(row, 2, hex);
	buf_char(out->buf, '\n');
	json_out_object(out, NULL);
	json_out_text(out, "bank", (const char *)sqlite3_column_text(row, 0));
	json_out_integer(out, "version", sqlite3_column_int64(row, 1));
	json_out_text(out, "digest", hex);
	json_out_text(out, "signed_by", (const char *)sqlite3_column_text(row, 3));
	json_out_integer(out, "met_ms", sqlite3_column_int64(row, 4));
	json_out_end(out, '}');
}

static const char ledger_sql[] = "SELECT bank_id, version, digest, signed_by, met_ms"
				 " FROM bank_ledger ORDER BY bank_id, version";

/* ---- All of it ---- */

static bool export_rows(struct export *export, const char *sql,
			void (*write)(struct export *, sqlite3_stmt *), struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!store_query(export->store, &query, err, sql, ""))
		return false;
	while ((row = store_row(export->store, query, err)) == 1)
		write(export, query);
	sqlite3_finalize(query);
	return row == 0;
}

static bool export_all(struct export *export, struct err *err)
{
	struct json_out *out = export->out;

	json_out_object(out, NULL);
	json_out_text(out, "format", STORE_HISTORY_FORMAT);
	json_out_object(out, "texts");
	if (!export_rows(export, texts_sql, write_text, err))
		return false;
	json_out_end(out, '}');
	if (!export_sessions(export, err))
		return false;
	json_out_array(out, "ledger");
	if (!export_rows(export, ledger_sql, write_met, err))
		return false;
	json_out_end(out, ']');
	json_out_end(out, '}');
	buf_char(out->buf, '\n');
	return true;
}

/* One transaction for reading, so that all of it is of one moment. */
bool store_export(struct store *store, struct arena *arena, struct buf *out,
		  struct store_moved *moved, struct err *err)
{
	struct json_out json = JSON_OUT(out, false);
	struct export export = { .store = store,
				 .arena = arena,
				 .out = &json,
				 .damaged = { .arena = arena } };
	struct err ignored = ERR_INIT;
	bool ok;

	if (!store_run(store, err, "BEGIN", ""))
		return false;
	ok = export_all(&export, err);
	store_run(store, &ignored, "ROLLBACK", "");
	if (ok)
		*moved = export.moved;
	return ok;
}
