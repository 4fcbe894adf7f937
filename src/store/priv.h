#ifndef STORE_PRIV_H
#define STORE_PRIV_H

#include <sqlite3.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/store.h"

#define STORE_APPLICATION_ID 0x70726374 /* "prct" */
#define STORE_VERSION 2

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

/* Text of a column, copied; NULL for null. */
const char *store_text(sqlite3_stmt *query, int column, struct arena *arena);

bool store_begin_write(struct store *store, struct err *err);
/* Commits when ok, else rolls back and leaves err as it is. */
bool store_end_write(struct store *store, bool ok, struct err *err);

/* ---- The database itself: open.c ---- */

bool store_migrate(struct store *store, struct err *err);

/* ---- The form of a session: form.c ---- */

bool store_put_form(struct store *store, const char *id, const struct form *form,
		    struct err *err);
bool store_put_text(struct store *store, const char *text, struct digest *digest,
		    struct err *err);

#endif
