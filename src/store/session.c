#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "priv.h"

/* ---- One process a session ---- */

/* Is the locked file still the one of that name? A holder unlinks it when it ends. */
static bool still_there(int fd, const char *path)
{
	struct stat ours, named;

	return fstat(fd, &ours) == 0 && stat(path, &named) == 0 &&
	       ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

static bool held_by_other(int fd, const char *id, struct err *err)
{
	char pid[16] = "";
	ssize_t len = pread(fd, pid, sizeof(pid) - 1, 0);

	pid[len > 0 ? len : 0] = '\0';
	return err_set(err, ERR_SYSTEM,
		       "session %s is open in another process%s%s; end that one first",
		       id, pid[0] ? ", " : "", pid);
}

static bool take_lock(struct store *store, const char *id, struct err *err)
{
	char pid[16];
	int len = snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	int fd;

	buf_clear(&store->lock_path);
	buf_printf(&store->lock_path, "%s-%s.lock", store->path.data, id);
	for (;;) {
		fd = open(store->lock_path.data,
			  O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (fd < 0)
			return err_errno(err, "%s", store->lock_path.data);
		if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
			held_by_other(fd, id, err);
			close(fd);
			return false;
		}
		if (still_there(fd, store->lock_path.data))
			break;
		close(fd);
	}
	/* For the message only: a failure here changes nothing. */
	if (ftruncate(fd, 0) != 0 || pwrite(fd, pid, (size_t)len, 0) != len)
		errno = 0;
	store->lock = fd;
	snprintf(store->held, sizeof(store->held), "%s", id);
	return true;
}

bool store_hold(struct store *store, const char *id, struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!take_lock(store, id, err))
		return false;
	if (!store_query(
		    store, &query, err,
		    "SELECT coalesce(max(number) + 1, 0) FROM events WHERE session = ?",
		    "t", id))
		return false;
	row = store_row(store, query, err);
	if (row == 1)
		store->next = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return row == 1;
}

/* ---- Writing ---- */

static void make_id(int64_t began_ms, char id[STORE_ID_SIZE])
{
	char date[CLOCK_STAMP_SIZE];
	uint8_t chance[3];

	clock_date(began_ms, date);
	crypto_random(chance, sizeof(chance));
	snprintf(id, STORE_ID_SIZE, "%.4s%.2s%.2s-%02x%02x%02x", date, date + 5, date + 8,
		 chance[0], chance[1], chance[2]);
}

bool store_put_session(struct store *store, const struct store_session *s,
		       struct err *err)
{
	struct digest blueprint;

	if (!store_put_text(store, s->blueprint, &blueprint, err))
		return false;
	return store_run(
		store, err,
		"INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
		"?, ?, ?, ?)",
		"tttitttiiiiiiitdi", s->id, s->kind, s->bank_id, s->bank_version,
		s->bank_digest, s->signed_by, s->seed, (int64_t)s->history, s->limit_ms,
		(int64_t)s->strict, (int64_t)s->can_pause, s->began_ms,
		(int64_t)PHASE_READY, (int64_t)0, s->blueprint_id, &blueprint,
		(int64_t)s->feedback);
}

bool store_begin(struct store *store, struct store_session *session,
		 const struct form *form, struct err *err)
{
	bool ok;

	make_id(session->began_ms, session->id);
	if (!take_lock(store, session->id, err))
		return false;
	if (!store_begin_write(store, err))
		return false;
	ok = store_put_session(store, session, err) &&
	     store_put_form(store, session->id, form, err);
	store->next = 0;
	return store_end_write(store, ok, err);
}

/* The phase a session is in after an event; for what changes none, -1. */
static int64_t phase_after(enum event_type type)
{
	static const int64_t phases[] = {
		[EVENT_BEGAN] = PHASE_RUNNING,   [EVENT_PAUSED] = PHASE_PAUSED,
		[EVENT_RESUMED] = PHASE_RUNNING, [EVENT_SUBMITTED] = PHASE_DONE,
		[EVENT_EXPIRED] = PHASE_DONE,    [EVENT_REVEALED] = 0,
	};

	return phases[type] ? phases[type] : -1;
}

static bool put_event(struct store *store, const struct event *event,
		      const char *response, struct moment moment, const char *boot_id,
		      struct err *err)
{
	int64_t phase = phase_after(event->type);

	return store_run(store, err,
			 "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			 "tiiiiitiit", store->held, store->next, (int64_t)event->type,
			 event->used_ms, (int64_t)event->item, (int64_t)event->value,
			 response, moment.real, moment.boot, boot_id) &&
	       store_run(
		       store, err,
		       "UPDATE sessions SET used_ms = ?, phase = iif(?2 < 0, phase, ?2) "
		       "WHERE id = ?3",
		       "iit", event->used_ms, phase, store->held) &&
	       (phase != PHASE_DONE || store_settle(store, store->held, err));
}

bool store_append(struct store *store, const struct event *event, const struct form *form,
		  struct moment moment, const char *boot_id, struct err *err)
{
	struct buf response = BUF_INIT;
	bool ok;

	if (event->type == EVENT_RESPONDED)
		response_write(form->items[event->item].question, &event->response,
			       &response);
	if (event->type == EVENT_NOTED)
		buf_text(&response, event->note);
	ok = store_begin_write(store, err);
	if (ok)
		ok = store_end_write(
			store,
			put_event(store, event, response.data, moment, boot_id, err),
			err);
	if (ok)
		store->next++;
	buf_release(&response);
	return ok;
}

/* ---- Reading ---- */

#define SESSION_COLUMNS                                                       \
	"SELECT s.id, s.kind, s.bank_id, s.bank_version, s.bank_digest, "     \
	"s.signed_by, s.seed, s.history, s.limit_ms, s.strict, s.can_pause, " \
	"s.began_ms, s.phase, s.used_ms, s.blueprint_id, t.body, s.feedback " \
	"FROM sessions s JOIN texts t ON t.digest = s.blueprint "

static void read_session(sqlite3_stmt *row, struct arena *arena, struct store_session *s)
{
	*s = (struct store_session){
		.kind = store_text(row, 1, arena),
		.bank_id = store_text(row, 2, arena),
		.bank_version = sqlite3_column_int64(row, 3),
		.bank_digest = store_text(row, 4, arena),
		.signed_by = store_text(row, 5, arena),
		.seed = store_text(row, 6, arena),
		.history = sqlite3_column_int(row, 7) != 0,
		.limit_ms = sqlite3_column_int64(row, 8),
		.strict = sqlite3_column_int(row, 9) != 0,
		.can_pause = sqlite3_column_int(row, 10) != 0,
		.began_ms = sqlite3_column_int64(row, 11),
		.phase = (enum session_phase)sqlite3_column_int(row, 12),
		.used_ms = sqlite3_column_int64(row, 13),
		.blueprint_id = store_text(row, 14, arena),
		.blueprint = store_text(row, 15, arena),
		.feedback = sqlite3_column_int(row, 16) != 0,
	};
	snprintf(s->id, sizeof(s->id), "%s", (const char *)sqlite3_column_text(row, 0));
}

static bool not_found(const char *id, bool unfinished, struct err *err)
{
	if (id)
		return err_set(err, ERR_USAGE, "there is no session \"%s\"", id);
	return err_set(err, ERR_USAGE,
		       "there is no %ssession yet; begin one: proctor exam",
		       unfinished ? "unfinished " : "finished ");
}

static const char by_id_sql[] = SESSION_COLUMNS "WHERE s.id = ?1";
static const char by_part_sql[] = SESSION_COLUMNS
	"WHERE iif(?1 IS NULL, iif(?2, s.phase < 3, s.phase = 3), "
	"substr(s.id, 1, length(?1)) = ?1) "
	"ORDER BY s.began_ms DESC, s.rowid DESC LIMIT 2";

bool store_find(struct store *store, const char *id, bool unfinished, struct arena *arena,
		struct store_session *session, struct err *err)
{
	bool whole = id && strlen(id) == STORE_ID_SIZE - 1;
	struct store_session found;
	sqlite3_stmt *query;
	bool ok = false;
	int row;

	if (!store_query(store, &query, err, whole ? by_id_sql : by_part_sql,
			 whole ? "t" : "ti", id, (int64_t)unfinished))
		return false;
	row = store_row(store, query, err);
	if (row == 1) {
		read_session(query, arena, &found);
		ok = true;
		if (id && strcmp(found.id, id) != 0 && store_row(store, query, err) == 1)
			ok = err_set(err, ERR_USAGE,
				     "\"%s\" is the beginning of more than one "
				     "session",
				     id);
	} else if (row == 0) {
		not_found(id, unfinished, err);
	}
	sqlite3_finalize(query);
	if (ok)
		*session = found;
	return ok;
}
