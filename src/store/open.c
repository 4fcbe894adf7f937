#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "priv.h"
#include "proctor/file.h"

#define FREE_BYTES_MIN (1 << 20)
#define CHECKED_WHOLE_MAX (8 << 20)

/*
 * All of a small database is looked through. Of a large one that would take longer than
 * the start may, and it is checked as it is read: pages by SQLite, rows by those who
 * replay them. The ledger is small, and must not be wrong in silence.
 */
static const char check_all[] = "PRAGMA quick_check(1)";
static const char check_large[] = "PRAGMA quick_check(bank_ledger)";

static bool check_whole(struct store *store, struct err *err)
{
	const char *sql = check_all;
	sqlite3_stmt *query;
	struct stat st;
	bool ok;
	int row;

	if (stat(store->path.data, &st) == 0 && st.st_size > CHECKED_WHOLE_MAX)
		sql = check_large;
	if (!store_query(store, &query, err, sql, ""))
		return false;
	row = store_row(store, query, err);
	ok = row == 1 && strcmp((const char *)sqlite3_column_text(query, 0), "ok") == 0;
	sqlite3_finalize(query);
	return ok || (row < 0 ? false : store_damaged(store, err));
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

/*
 * SQLite refuses a link anywhere on the way. Homes, and folders in them, may well lie
 * behind one; refused is one in the place of the file alone.
 */
static void add_way(const char *path, struct buf *way)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	struct buf folder = BUF_INIT;
	char *found;

	buf_add(&folder, path, (size_t)(name - path));
	buf_char(&folder, '.');
	found = realpath(folder.data, NULL);
	buf_printf(way, "%s/%s", found ? found : folder.data, name);
	free(found);
	buf_release(&folder);
}

static bool open_file(struct store *store, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
	struct buf way = BUF_INIT;
	int opened;

	add_way(store->path.data, &way);
	opened = sqlite3_open_v2(way.data, &store->db, flags, NULL);
	buf_release(&way);
	if (opened != SQLITE_OK) {
		if (!store->db)
			err_no_memory();
		return store_fail(store, err);
	}
	configure(store->db);
	return true;
}

static bool connect(struct store *store, struct err *err)
{
	if (!open_file(store, err))
		return false;
	if (sqlite3_db_readonly(store->db, "main") == 1)
		return err_set(err, ERR_SYSTEM,
			       "%s: read-only, so no answer could be saved",
			       store->path.data);
	return store_is_ours(store, err) && store_script(store, pragmas, err) &&
	       check_whole(store, err) && store_migrate(store, err);
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
	if (fd < 0 && errno == ELOOP)
		return store_is_link(path, err);
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

static struct store *new_store(void)
{
	struct store *store = calloc(1, sizeof(*store));

	if (!store)
		err_no_memory();
	store->path = (struct buf)BUF_INIT;
	store->lock_path = (struct buf)BUF_INIT;
	store->lock = -1;
	return store;
}

static bool find_path(struct store *store, const char *path, struct err *err)
{
	if (!path)
		return file_xdg(FILE_XDG_STATE, "proctor.db", &store->path, err);
	buf_text(&store->path, path);
	return true;
}

/* Hands over what was opened, or frees it. */
static bool opened_as(struct store *opened, bool ok, struct store **store)
{
	if (ok)
		*store = opened;
	else
		store_free(opened);
	return ok;
}

bool store_open(const char *path, struct store **store, struct err *err)
{
	struct store *opened = new_store();

	return opened_as(
		opened,
		find_path(opened, path, err) && make_file(opened->path.data, err) &&
			check_space(opened->path.data, err) && connect(opened, err),
		store);
}

/* Opened for writing if that can be, and read-only else: what was cut off when the disk
 * was full is taken back by whoever opens it next, if he may. */
static bool connect_reading(struct store *store, const struct err *why, struct err *err)
{
	int64_t version = 0;

	if (!open_file(store, err) || !store_is_ours(store, err) ||
	    !check_whole(store, err) ||
	    !store_number(store, "PRAGMA user_version", &version, err))
		return false;
	if (!version) { /* made, and nothing in it */
		*err = *why;
		return false;
	}
	return version == STORE_VERSION ||
	       err_set(err, ERR_SYSTEM,
		       "%s: made by an older proctor, and cannot be brought up to date "
		       "because it cannot be written",
		       store->path.data);
}

bool store_open_reading(const char *path, struct store **store, struct err *err)
{
	struct store *opened;
	struct err why = ERR_INIT;

	if (store_open(path, store, &why))
		return true;
	opened = new_store();
	if (!find_path(opened, path, err))
		return opened_as(opened, false, store);
	/* Where there is nothing to read, what stood in the way of writing is the news.
	 */
	if (!file_exists(opened->path.data)) {
		*err = why;
		return opened_as(opened, false, store);
	}
	return opened_as(opened, connect_reading(opened, &why, err), store);
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
