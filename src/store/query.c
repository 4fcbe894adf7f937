#include <stdarg.h>
#include <string.h>

#include "priv.h"
#include "proctor/crypto.h"

bool store_damaged(struct store *store, struct err *err)
{
	return err_set(err, ERR_SYSTEM,
		       "%s: damaged; move it aside to start anew, and keep it: "
		       "most of it can be read with sqlite3's .recover",
		       store->path.data);
}

bool store_is_link(const char *path, struct err *err)
{
	return err_set(err, ERR_SYSTEM, "%s: a link: put the file itself here", path);
}

bool store_fail(struct store *store, struct err *err)
{
	int extended = sqlite3_extended_errcode(store->db), code = extended & 0xFF;

	if (extended == SQLITE_CANTOPEN_SYMLINK)
		return store_is_link(store->path.data, err);
	if (code == SQLITE_CORRUPT)
		return store_damaged(store, err);
	if (code == SQLITE_FULL)
		return err_set(err, ERR_SYSTEM, "%s: the disk is full", store->path.data);
	if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
		return err_set(err, ERR_SYSTEM,
			       "%s: cannot be written (read-only, or no permission)",
			       store->path.data);
	if (code == SQLITE_BUSY)
		return err_set(err, ERR_SYSTEM, "%s: busy: another process is writing",
			       store->path.data);
	return err_set(err, ERR_SYSTEM, "%s: %s", store->path.data,
		       sqlite3_errmsg(store->db));
}

bool store_failed(struct store *store)
{
	int code = sqlite3_errcode(store->db) & 0xFF;

	return code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE;
}

static int bind_one(sqlite3_stmt *query, int at, char kind, va_list *args)
{
	const struct digest *digest;
	const char *text;

	if (kind == 'i')
		return sqlite3_bind_int64(query, at, va_arg(*args, int64_t));
	if (kind == 't') {
		text = va_arg(*args, const char *);
		return sqlite3_bind_text(query, at, text, -1, SQLITE_TRANSIENT);
	}
	digest = va_arg(*args, const struct digest *);
	if (!digest)
		return sqlite3_bind_null(query, at);
	return sqlite3_bind_blob(query, at, digest->bytes, sizeof(digest->bytes),
				 SQLITE_TRANSIENT);
}

static bool prepare(struct store *store, sqlite3_stmt **query, struct err *err,
		    const char *sql, const char *kinds, va_list *args)
{
	sqlite3_stmt *made;

	if (sqlite3_prepare_v2(store->db, sql, -1, &made, NULL) != SQLITE_OK)
		return store_fail(store, err);
	for (int at = 1; *kinds; kinds++, at++)
		if (bind_one(made, at, *kinds, args) != SQLITE_OK) {
			store_fail(store, err);
			sqlite3_finalize(made);
			return false;
		}
	*query = made;
	return true;
}

bool store_query(struct store *store, sqlite3_stmt **query, struct err *err,
		 const char *sql, const char *kinds, ...)
{
	va_list args;
	bool ok;

	va_start(args, kinds);
	ok = prepare(store, query, err, sql, kinds, &args);
	va_end(args);
	return ok;
}

int store_row(struct store *store, sqlite3_stmt *query, struct err *err)
{
	int code = sqlite3_step(query);

	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	store_fail(store, err);
	return -1;
}

bool store_run(struct store *store, struct err *err, const char *sql, const char *kinds,
	       ...)
{
	sqlite3_stmt *query;
	va_list args;
	bool ok;

	va_start(args, kinds);
	ok = prepare(store, &query, err, sql, kinds, &args);
	va_end(args);
	if (!ok)
		return false;
	do {
		int row = store_row(store, query, err);

		if (row <= 0) {
			ok = row == 0;
			break;
		}
	} while (true);
	sqlite3_finalize(query);
	return ok;
}

bool store_number(struct store *store, const char *sql, int64_t *number, struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!store_query(store, &query, err, sql, ""))
		return false;
	row = store_row(store, query, err);
	if (row == 1)
		*number = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return row >= 0;
}

bool store_script(struct store *store, const char *sql, struct err *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(store, err);
	return true;
}

bool store_digest(sqlite3_stmt *query, int column, struct digest *digest)
{
	const void *bytes = sqlite3_column_blob(query, column);

	if (!bytes || sqlite3_column_bytes(query, column) != (int)sizeof(digest->bytes))
		return false;
	memcpy(digest->bytes, bytes, sizeof(digest->bytes));
	return true;
}

const char *store_text(sqlite3_stmt *query, int column, struct arena *arena)
{
	return arena_text(arena, (const char *)sqlite3_column_text(query, column));
}

bool store_begin_write(struct store *store, struct err *err)
{
	return store_run(store, err, "BEGIN IMMEDIATE", "");
}

bool store_end_write(struct store *store, bool ok, struct err *err)
{
	struct err ignored;

	if (ok && store_run(store, err, "COMMIT", ""))
		return true;
	if (!sqlite3_get_autocommit(store->db))
		store_run(store, &ignored, "ROLLBACK", "");
	return false;
}
