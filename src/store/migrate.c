#include <string.h>

#include "priv.h"

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
	/*
	 * Finished sessions in numbers, so that no history replays events. The keys are
	 * numbers because there are many answers; a question is known by its bank and id,
	 * whatever its text was. met_ms is when it first stood before the candidate.
	 */
	"ALTER TABLE sessions ADD COLUMN feedback INTEGER NOT NULL DEFAULT 0"
	"  CHECK (feedback IN (0, 1));"
	"CREATE TABLE results ("
	"  id INTEGER PRIMARY KEY,"
	"  session TEXT NOT NULL UNIQUE REFERENCES sessions,"
	"  exam TEXT NOT NULL,"
	"  ended_ms INTEGER NOT NULL,"
	"  expired INTEGER NOT NULL CHECK (expired IN (0, 1)),"
	"  raw INTEGER NOT NULL CHECK (raw >= 0),"
	"  scored INTEGER NOT NULL CHECK (scored >= raw),"
	"  scale_min INTEGER NOT NULL,"
	"  scale_max INTEGER NOT NULL,"
	"  scale_pass INTEGER NOT NULL"
	") STRICT;"
	"CREATE TABLE result_domains ("
	"  result INTEGER NOT NULL REFERENCES results,"
	"  number INTEGER NOT NULL CHECK (number >= 0),"
	"  domain TEXT NOT NULL,"
	"  right_count INTEGER NOT NULL CHECK (right_count >= 0),"
	"  count INTEGER NOT NULL CHECK (count >= right_count),"
	"  PRIMARY KEY (result, number)"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE questions ("
	"  id INTEGER PRIMARY KEY,"
	"  bank_id TEXT NOT NULL,"
	"  question_id TEXT NOT NULL,"
	"  UNIQUE (bank_id, question_id)"
	") STRICT;"
	"CREATE TABLE answers ("
	"  result INTEGER NOT NULL REFERENCES results,"
	"  number INTEGER NOT NULL CHECK (number >= 0),"
	"  question INTEGER NOT NULL REFERENCES questions,"
	"  domain TEXT NOT NULL,"
	"  task TEXT NOT NULL,"
	"  scored INTEGER NOT NULL CHECK (scored IN (0, 1)),"
	"  answered INTEGER NOT NULL CHECK (answered IN (0, 1)),"
	"  is_right INTEGER NOT NULL CHECK (is_right IN (0, 1)),"
	"  flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),"
	"  type INTEGER NOT NULL,"
	"  difficulty INTEGER NOT NULL,"
	"  confidence INTEGER NOT NULL,"
	"  spent_ms INTEGER NOT NULL CHECK (spent_ms >= 0),"
	"  met_ms INTEGER NOT NULL,"
	"  PRIMARY KEY (result, number)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX answers_met ON answers (question, met_ms, result);",
};

/* What a step has to do that SQL cannot; NULL: nothing. */
static bool (*const fills[STORE_VERSION])(struct store *store, struct err *err) = {
	NULL,
	NULL,
	store_settle_all,
};

/* Ours, or new and empty: anything else is somebody's and stays untouched. */
static bool check_identity(struct store *store, int64_t *version, struct err *err)
{
	int64_t application = 0, tables = 0;

	if (!store_number(store, "PRAGMA application_id", &application, err) ||
	    !store_number(store, "PRAGMA user_version", version, err) ||
	    !store_number(store, "SELECT count(*) FROM sqlite_master", &tables, err))
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

bool store_is_ours(struct store *store, struct err *err)
{
	int64_t version = 0;

	return check_identity(store, &version, err);
}

static bool take_step(struct store *store, int64_t from, struct err *err)
{
	return store_script(store, steps[from], err) &&
	       (!fills[from] || fills[from](store, err));
}

bool store_migrate(struct store *store, struct err *err)
{
	int64_t version = 0;
	struct buf sql = BUF_INIT;
	bool ok = true;

	if (!store_number(store, "PRAGMA user_version", &version, err))
		return false;
	if (version == STORE_VERSION)
		return true;
	if (!store_begin_write(store, err))
		return false;
	/* Another process may have been faster. */
	ok = store_number(store, "PRAGMA user_version", &version, err);
	for (; ok && version < STORE_VERSION; version++)
		ok = take_step(store, version, err);
	buf_printf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		   STORE_APPLICATION_ID, STORE_VERSION);
	ok = ok && store_script(store, sql.data, err);
	buf_release(&sql);
	return store_end_write(store, ok, err);
}
