#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "priv.h"
#include "proctor/file.h"

#define FREE_BYTES_MIN (1 << 20)

/*
 * One step from each version of the database to the next. A step that has been released
 * is never changed: a new one is added.
 */
static const char *const steps[STORE_VERSION] = {
	/* Texts are kept once each, under their digest: a thousand sessions of one
	 * bank hold each question once. */
	"CREATE TABLE texts ("
	"  digest BLOB PRIMARY KEY CHECK (length(digest) = 32),"
	"  body TEXT NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE sessions ("
	"  id TEXT PRIMARY KEY,"
	"  kind TEXT NOT NULL CHECK (kind IN ('exam', 'drill')),"
	"  bank_id TEXT NOT NULL,"
	"  bank_version INTEGER NOT NULL,"
	"  bank_digest TEXT NOT NULL,"
	"  signed_by TEXT NOT NULL,"
	"  seed TEXT NOT NULL,"
	"  history INTEGER NOT NULL CHECK (history IN (0, 1)),"
	"  limit_ms INTEGER NOT NULL CHECK (limit_ms >= 0),"
	"  strict INTEGER NOT NULL CHECK (strict IN (0, 1)),"
	"  can_pause INTEGER NOT NULL CHECK (can_pause IN (0, 1)),"
	"  began_ms INTEGER NOT NULL,"
	"  phase INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 3),"
	"  used_ms INTEGER NOT NULL CHECK (used_ms >= 0),"
	"  blueprint_id TEXT NOT NULL,"
	"  blueprint BLOB NOT NULL REFERENCES texts"
	") STRICT;"
	"CREATE INDEX sessions_began ON sessions (began_ms);"
	"CREATE TABLE items ("
	"  session TEXT NOT NULL REFERENCES sessions,"
	"  number INTEGER NOT NULL CHECK (number >= 0),"
	"  question_id TEXT NOT NULL,"
	"  question BLOB NOT NULL REFERENCES texts,"
	"  in_case BLOB REFERENCES texts,"
	"  scored INTEGER NOT NULL CHECK (scored IN (0, 1)),"
	"  domain INTEGER NOT NULL CHECK (domain >= 0),"
	"  task INTEGER NOT NULL CHECK (task >= 0),"
	"  shown TEXT NOT NULL," /* option indices as letters: 'a' is the first */
	"  PRIMARY KEY (session, number)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE events ("
	"  session TEXT NOT NULL REFERENCES sessions,"
	"  number INTEGER NOT NULL CHECK (number >= 0),"
	"  type INTEGER NOT NULL,"
	"  used_ms INTEGER NOT NULL CHECK (used_ms >= 0),"
	"  item INTEGER NOT NULL,"
	"  value INTEGER NOT NULL,"
	"  response TEXT NOT NULL,"
	"  real_ms INTEGER NOT NULL,"
	"  boot_ms INTEGER NOT NULL,"
	"  boot_id TEXT NOT NULL,"
	"  PRIMARY KEY (session, number)"
	") STRICT, WITHOUT ROWID;",
	/* The signed banks that were used: see store_meet(). */
	"CREATE TABLE bank_ledger ("
	"  bank_id TEXT NOT NULL,"
	"  version INTEGER NOT NULL CHECK (version > 0),"
	"  digest BLOB NOT NULL CHECK (length(digest) = 32),"
	"  signed_by TEXT NOT NULL,"
	"  met_ms INTEGER NOT NULL,"
	"  PRIMARY KEY (bank_id, version)"
	") STRICT, WITHOUT ROWID;",
};

static bool read_number(struct store *store, const char *sql, int64_t *number,
			struct err *err)
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

static bool run_script(struct store *store, const char *sql, struct err *err)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_fail(store, err);
	return true;
}

/* Ours, or new and empty: anything else is somebody's and stays untouched. */
static bool check_identity(struct store *store, int64_t *version, struct err *err)
{
	int64_t application = 0, tables = 0;

	if (!read_number(store, "PRAGMA application_id", &application, err) ||
	    !read_number(store, "PRAGMA user_version", version, err) ||
	    !read_number(store, "SELECT count(*) FROM sqlite_master", &tables, err))
		return false;
	if ((application != STORE_APPLICATION_ID && (application != 0 || tables != 0)) ||
	    *version < 0)
		return err_set(err, ERR_SYSTEM, "%s: not a proctor database",
			       store->path.data);
	if (*version > STORE_VERSION)
		return err_set(
			err, ERR_SYSTEM,
			"%s: made by a newer proctor (its version is %lld, this one "
			"knows %d)",
			store->path.data, (long long)*version, STORE_VERSION);
	return true;
}

bool store_migrate(struct store *store, struct err *err)
{
	int64_t version = 0;
	struct buf sql = BUF_INIT;
	bool ok = true;

	if (!check_identity(store, &version, err))
		return false;
	if (version == STORE_VERSION)
		return true;
	if (!store_begin_write(store, err))
		return false;
	/* Another process may have been faster. */
	ok = read_number(store, "PRAGMA user_version", &version, err);
	for (; ok && version < STORE_VERSION; version++)
		ok = run_script(store, steps[version], err);
	buf_printf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		   STORE_APPLICATION_ID, STORE_VERSION);
	ok = ok && run_script(store, sql.data, err);
	buf_release(&sql);
	return store_end_write(store, ok, err);
}

static bool check_whole(struct store *store, struct err *err)
{
	sqlite3_stmt *query;
	struct err why = ERR_INIT;
	bool ok;
	int row;

	if (!store_query(store, &query, err, "PRAGMA quick_check(1)", ""))
		return false;
	row = store_row(store, query, &why);
	ok = row == 1 && strcmp((const char *)sqlite3_column_text(query, 0), "ok") == 0;
	sqlite3_finalize(query);
	/* Busy, or a disk that fails: nobody shall move a good file aside for that. */
	if (row < 0 && (sqlite3_errcode(store->db) & 0xFF) != SQLITE_CORRUPT)
		return err_set(err, why.kind, "%s", why.text);
	return ok || err_set(err, ERR_SYSTEM,
			     "%s: damaged; move it aside to start anew, and keep it: "
			     "most of it can be read with sqlite3's .recover",
			     store->path.data);
}

static void configure(sqlite3 *db)
{
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, 5000);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

/*
 * A rollback journal and not a WAL: one file when idle, and right on a network home.
 * EXTRA also syncs the folder after the journal is gone: a commit survives power loss.
 */
static const char pragmas[] = "PRAGMA journal_mode = DELETE;"
			      "PRAGMA synchronous = EXTRA;"
			      "PRAGMA foreign_keys = ON;"
			      "PRAGMA cell_size_check = ON;"
			      "PRAGMA mmap_size = 0;"
			      "PRAGMA temp_store = MEMORY;";

static bool connect(struct store *store, struct err *err)
{
	const char *path = store->path.data;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;

	if (sqlite3_open_v2(path, &store->db, flags, NULL) != SQLITE_OK) {
		if (!store->db)
			err_no_memory();
		return store_fail(store, err);
	}
	configure(store->db);
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return err_set(err, ERR_SYSTEM,
			       "%s: read-only, so no answer could be saved", path);
	return store_migrate(store, err) && run_script(store, pragmas, err) &&
	       check_whole(store, err);
}

/* The file is made by us, 0600, before SQLite would make it as the umask says. */
static bool make_file(const char *path, struct err *err)
{
	struct buf folder = BUF_INIT;
	const char *slash = strrchr(path, '/');
	bool ok = true;
	int fd;

	if (slash && slash != path) {
		buf_add(&folder, path, (size_t)(slash - path));
		ok = file_make_dir(folder.data, err);
	}
	buf_release(&folder);
	if (!ok)
		return false;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_errno(err, "%s", path);
	close(fd);
	return true;
}

static bool check_space(const char *path, struct err *err)
{
	struct statvfs fs;

	if (statvfs(path, &fs) == 0 &&
	    (uint64_t)fs.f_bavail * fs.f_frsize < FREE_BYTES_MIN)
		return err_set(err, ERR_SYSTEM,
			       "%s: the disk is full (less than 1 MiB is free)", path);
	return true;
}

bool store_open(const char *path, struct store **store, struct err *err)
{
	struct store *opened = calloc(1, sizeof(*opened));
	bool ok = true;

	if (!opened)
		err_no_memory();
	opened->path = (struct buf)BUF_INIT;
	opened->lock_path = (struct buf)BUF_INIT;
	opened->lock = -1;
	if (path)
		buf_text(&opened->path, path);
	else
		ok = file_xdg(FILE_XDG_STATE, "proctor.db", &opened->path, err);
	ok = ok && make_file(opened->path.data, err) &&
	     check_space(opened->path.data, err) && connect(opened, err);
	if (!ok) {
		store_free(opened);
		return false;
	}
	*store = opened;
	return true;
}

void store_free(struct store *store)
{
	if (!store)
		return;
	if (store->lock >= 0) {
		unlink(store->lock_path.data);
		close(store->lock);
	}
	sqlite3_close(store->db);
	buf_release(&store->path);
	buf_release(&store->lock_path);
	free(store);
}
