#ifndef STORE_PRIV_H
#define STORE_PRIV_H

#include <sqlite3.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/store.h"

#define STORE_APPLICATION_ID 0x70726374 /* "prct" */
#define STORE_VERSION 3

struct store {
	sqlite3 *db;
	struct buf path;
	int lock; /* the file of the session held, or -1 */
	struct buf lock_path;
	char held[STORE_ID_SIZE];
	int64_t next; /* number of its next event */
};

/* ---- A little above SQLite: query.c ---- */

/* Fills err from the connection's last error; returns false. */
bool store_fail(struct store *store, struct err *err);
bool store_damaged(struct store *store, struct err *err); /* likewise */
bool store_is_link(const char *path, struct err *err);    /* returns false */

/*
 * Prepares and binds. The kinds say what the values are: t const char * (NULL: null),
 * i int64_t, d const struct digest * (NULL: null). Free with sqlite3_finalize().
 */
bool store_query(struct store *store, sqlite3_stmt **query, struct err *err,
		 const char *sql, const char *kinds, ...);

/* The next row: 1, none: 0, or -1 with err filled. */
int store_row(struct store *store, sqlite3_stmt *query, struct err *err);

/* A statement without rows. */
bool store_run(struct store *store, struct err *err, const char *sql, const char *kinds,
	       ...);

/* A digest in a column; false: there is none. */
bool store_digest(sqlite3_stmt *query, int column, struct digest *digest);

/* Text of a column, copied; NULL for null. */
const char *store_text(sqlite3_stmt *query, int column, struct arena *arena);

bool store_begin_write(struct store *store, struct err *err);
/* Commits when ok, else rolls back and leaves err as it is. */
bool store_end_write(struct store *store, bool ok, struct err *err);

/* The one number a query without values gives; left alone when it gives no row. */
bool store_number(struct store *store, const char *sql, int64_t *number, struct err *err);

/* Several statements without values or rows. */
bool store_script(struct store *store, const char *sql, struct err *err);

/* ---- The database itself: migrate.c ---- */

/* Ours, or new and empty, and of no newer version: anything else stays untouched. */
bool store_is_ours(struct store *store, struct err *err);
bool store_migrate(struct store *store, struct err *err);

/* ---- The ledger: ledger.c ---- */

/* What another store has met, inside the caller's transaction; true when it was new. */
struct store_met {
	const char *bank_id, *signed_by;
	int64_t version, met_ms;
	struct digest digest;
};

bool store_merge_met(struct store *store, const struct store_met *met, bool *added,
		     struct err *err);

/* Was it the database that failed last, and not what stands in it? */
bool store_failed(struct store *store);

/* ---- Finished sessions as numbers: result.c ---- */

/*
 * Scores a finished session and stores that, inside the caller's transaction. One that
 * cannot be told, because it is damaged, is passed over: it has no result. False only
 * when the database fails.
 */
bool store_settle(struct store *store, const char *id, struct err *err);
bool store_settle_loaded(struct store *store, const struct store_loaded *loaded,
			 struct err *err);
bool store_settle_all(struct store *store, struct err *err); /* that have no result */

/* ---- Names that come again and again, each kept once: names.c ---- */

struct store_names {
	struct arena *arena;
	const char **at; /* open addressing; size is a power of two, or 0 */
	size_t count, size;
};

const char *store_name(struct store_names *names, const char *text);
bool store_is_name(const struct store_names *names, const char *text); /* is it there? */

/* ---- A session as it begins: session.c ---- */

bool store_put_session(struct store *store, const struct store_session *session,
		       struct err *err);

/* ---- The form of a session: form.c ---- */

bool store_put_form(struct store *store, const char *id, const struct form *form,
		    struct err *err);
bool store_read_question(const char *text, struct arena *arena, struct question *question,
			 const char **case_id, struct err *err);
bool store_read_case(const char *text, struct arena *arena, struct bank_case *in_case,
		     struct err *err);
bool store_put_text(struct store *store, const char *text, struct digest *digest,
		    struct err *err);

#endif
