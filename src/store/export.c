#include <string.h>

#include "portable.h"

/*
 * Sessions that cannot be read any more would make the whole export one that cannot be
 * imported: of those that ended and have no result that is known, the unfinished ones are
 * tried.
 */
static bool is_readable(struct store *store, const char *id, bool scored)
{
	struct arena arena = ARENA_INIT;
	struct store_loaded loaded;
	struct err ignored = ERR_INIT;
	bool ok = scored || (store_load(store, id, false, &arena, &loaded, &ignored) &&
			     loaded.session.phase != PHASE_DONE);

	arena_release(&arena);
	return ok;
}

static bool export_session(struct store *store, const char *id, struct json_out *out,
			   struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct portable portable;
	bool ok = portable_load(store, id, &arena, &portable, err);

	if (ok) {
		portable_write(&portable, out);
		buf_char(out->buf, '\n');
	}
	arena_release(&arena);
	return ok;
}

static void leave_out(struct store_moved *moved, struct arena *arena, const char *id)
{
	moved->damaged++;
	moved->first_damaged = moved->first_damaged ? moved->first_damaged
						    : arena_text(arena, id);
}

static bool export_sessions(struct store *store, struct arena *arena,
			    struct json_out *out, struct store_moved *moved,
			    struct err *err)
{
	sqlite3_stmt *query;
	bool ok = true;
	int row;

	if (!store_query(store, &query, err,
			 "SELECT s.id, r.id IS NOT NULL FROM sessions s"
			 " LEFT JOIN results r ON r.session = s.id"
			 " ORDER BY s.began_ms, s.id",
			 ""))
		return false;
	json_out_array(out, "sessions");
	buf_char(out->buf, '\n');
	while (ok && (row = store_row(store, query, err)) != 0) {
		const char *id = (const char *)sqlite3_column_text(query, 0);

		if (row < 0) {
			ok = false;
		} else if (is_readable(store, id, sqlite3_column_int(query, 1) != 0)) {
			ok = export_session(store, id, out, err);
			moved->sessions++;
		} else {
			leave_out(moved, arena, id);
		}
	}
	json_out_end(out, ']');
	sqlite3_finalize(query);
	return ok;
}

static void put_digest(sqlite3_stmt *row, int column, char hex[CRYPTO_HEX_SIZE])
{
	struct digest digest = { { 0 } };

	if (sqlite3_column_bytes(row, column) == (int)sizeof(digest.bytes))
		memcpy(digest.bytes, sqlite3_column_blob(row, column),
		       sizeof(digest.bytes));
	crypto_hex(&digest, hex);
}

static void write_text(sqlite3_stmt *row, struct json_out *out)
{
	char hex[CRYPTO_HEX_SIZE];

	put_digest(row, 0, hex);
	json_out_text(out, hex, (const char *)sqlite3_column_text(row, 1));
}

static void write_met(sqlite3_stmt *row, struct json_out *out)
{
	char hex[CRYPTO_HEX_SIZE];

	put_digest(row, 2, hex);
	json_out_object(out, NULL);
	json_out_text(out, "bank", (const char *)sqlite3_column_text(row, 0));
	json_out_integer(out, "version", sqlite3_column_int64(row, 1));
	json_out_text(out, "digest", hex);
	json_out_text(out, "signed_by", (const char *)sqlite3_column_text(row, 3));
	json_out_integer(out, "met_ms", sqlite3_column_int64(row, 4));
	json_out_end(out, '}');
}

static bool export_rows(struct store *store, const char *sql,
			void (*write)(sqlite3_stmt *, struct json_out *),
			struct json_out *out, struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!store_query(store, &query, err, sql, ""))
		return false;
	while ((row = store_row(store, query, err)) == 1) {
		buf_char(out->buf, '\n');
		write(query, out);
	}
	sqlite3_finalize(query);
	return row == 0;
}

/* Only texts that a session has: one that was left out takes its own with it. */
static const char texts_sql[] =
	"WITH told AS (SELECT s.id, s.blueprint FROM sessions s WHERE s.phase < 3"
	"  OR s.id IN (SELECT session FROM results))"
	" SELECT digest, body FROM texts WHERE digest IN (SELECT blueprint FROM told"
	"  UNION SELECT i.question FROM items i JOIN told t ON t.id = i.session"
	"  UNION SELECT i.in_case FROM items i JOIN told t ON t.id = i.session)"
	" ORDER BY digest";

static bool export_all(struct store *store, struct arena *arena, struct json_out *out,
		       struct store_moved *moved, struct err *err)
{
	json_out_object(out, NULL);
	json_out_text(out, "format", STORE_HISTORY_FORMAT);
	json_out_object(out, "texts");
	if (!export_rows(store, texts_sql, write_text, out, err))
		return false;
	json_out_end(out, '}');
	if (!export_sessions(store, arena, out, moved, err))
		return false;
	json_out_array(out, "ledger");
	if (!export_rows(store,
			 "SELECT bank_id, version, digest, signed_by, met_ms"
			 " FROM bank_ledger ORDER BY bank_id, version",
			 write_met, out, err))
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
	struct store_moved made = { 0 };
	struct err ignored = ERR_INIT;
	bool ok;

	if (!store_run(store, err, "BEGIN", ""))
		return false;
	ok = export_all(store, arena, &json, &made, err);
	store_run(store, &ignored, "ROLLBACK", "");
	if (ok)
		*moved = made;
	return ok;
}
