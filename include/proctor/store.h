#ifndef PROCTOR_STORE_H
#define PROCTOR_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/blueprint.h"
#include "proctor/score.h"
#include "proctor/session.h"

struct arena;
struct buf;
struct err;

/*
 * All state, in one SQLite database: sessions with the full text of their questions,
 * their events, results, and what was seen of each bank. Each call that writes is one
 * durable transaction: when it has returned true, what it wrote survives kill -9 and
 * power loss. On failure (ERR_SYSTEM) nothing was written.
 *
 * A session that is being sat is held by one process, by a lock that the kernel drops
 * when the process ends, however it ends.
 */
struct store;

/* The default is $XDG_STATE_HOME/proctor/proctor.db. Creates it, 0600 in a folder 0700;
 * refuses a database that is not ours, is newer than we are, or is damaged. */
bool store_open(const char *path, struct store **store, struct err *err);
void store_free(struct store *store);

/* The same for who only reads: also on a disk that is full or read-only. Writing then
 * fails. */
bool store_open_reading(const char *path, struct store **store, struct err *err);

#define STORE_ID_SIZE 16 /* "20261120-4f2a9c" and a NUL */

struct store_session {
	char id[STORE_ID_SIZE];
	const char *kind; /* "exam" or "drill" */
	const char *bank_id;
	int64_t bank_version;
	const char *bank_digest; /* hex */
	const char *signed_by;   /* key id, or "" */
	const char *seed;
	bool history; /* drawn with regard to what was seen: the seed alone is not the
			 form */
	int64_t limit_ms;
	bool strict, can_pause;
	bool feedback;    /* the key is shown after each answer */
	int64_t began_ms; /* calendar */
	enum session_phase phase;
	int64_t used_ms;
	const char *blueprint_id;
	const char *blueprint; /* its JSON */
};

/* Makes the id, stores session and form, and holds the session. */
bool store_begin(struct store *store, struct store_session *session,
		 const struct form *form, struct err *err);

/* Holds an existing session. ERR_SYSTEM says which process has it, if one does. */
bool store_hold(struct store *store, const char *id, struct err *err);

/* Appends an event to the session held, with the moment and the boot it happened in. */
bool store_append(struct store *store, const struct event *event, const struct form *form,
		  struct moment moment, const char *boot_id, struct err *err);

/*
 * Finds a session by id or unique beginning of one; NULL means the latest, with
 * `unfinished` the latest that is not done. ERR_USAGE when there is none.
 */
bool store_find(struct store *store, const char *id, bool unfinished, struct arena *arena,
		struct store_session *session, struct err *err);

/* The form as it was drawn, out of the texts stored with it. */
bool store_form(struct store *store, const struct store_session *session,
		const struct blueprint *blueprint, struct arena *arena, struct form *form,
		struct err *err);

/* Replays the events; also the moment and boot of the last one, for strict time. */
struct store_last {
	struct moment moment;
	const char *boot_id;
	int64_t gaps, gap_ms; /* how often and how long the program was not running */
};

/* What the session was begun with. */
struct session_rules store_rules(const struct store_session *session);

bool store_replay(struct store *store, const struct store_session *session,
		  const struct form *form, struct session *state, struct arena *arena,
		  struct store_last *last, struct err *err);

/* A session with all that belongs to it, found as by store_find(). */
struct store_loaded {
	struct store_session about;
	struct blueprint blueprint;
	struct form form;
	struct session session;
	struct store_last last;
};

bool store_load(struct store *store, const char *id, bool unfinished, struct arena *arena,
		struct store_loaded *loaded, struct err *err);

/* How recently was the question seen, for struct draw: context is a struct store_seen. */
struct store_seen;

bool store_seen_load(struct store *store, const char *bank_id, struct arena *arena,
		     struct store_seen **seen, struct err *err);
unsigned store_seen(void *seen, const struct question *question);

/*
 * The bank ledger: which versions of which signed bank were used, and their digests. It
 * refuses (ERR_TRUST) what nobody with good reasons hands out:
 * - a version older than the highest one, unless `allow_downgrade`;
 * - another bank under a version that is known, always;
 * - a bank without signature of which a signed one is known, unless `allow_downgrade`;
 * - a version more than a million above the highest one.
 * A signed bank that is not refused is entered; an unsigned one never is.
 */
bool store_meet(struct store *store, const struct bank *bank, bool allow_downgrade,
		int64_t now_ms, struct err *err);

/* As if no bank of this id had ever been used. ERR_USAGE when none was. */
bool store_forget(struct store *store, const char *bank_id, struct err *err);

/*
 * Every session in numbers, latest first. A finished one was scored when it ended (by
 * the transaction of its last event), so this reads small tables and replays nothing.
 */
struct store_share { /* of a domain */
	const char *id;
	int64_t right, of; /* every question, scored or not; of a drill as above */
};

struct store_past {
	char id[STORE_ID_SIZE];
	const char *kind, *bank_id, *blueprint_id;
	const char *exam; /* "" if that cannot be told any more */
	bool feedback;
	int64_t began_ms, limit_ms, used_ms;
	enum session_phase phase;
	bool is_scored;   /* false: not finished, or damaged; then the rest is zero */
	int64_t ended_ms; /* calendar */
	bool expired;
	int64_t raw, of; /* of the scored questions; of a drill, of those answered */
	int64_t scale_min, scale_max, scale_pass;
	struct store_share *domains; /* in the blueprint's order */
	size_t domain_count;
};

bool store_list(struct store *store, struct arena *arena, struct store_past **sessions,
		size_t *count, struct err *err);

/*
 * What was answered in the finished sessions of a bank (NULL: of all banks), ascending by
 * at_ms and, within a session, in the order of its form.
 *
 * A question is met when it first stands before the candidate in a session; one of an
 * exam that never did, when the exam ends, for then its key is shown. `first` is
 * true where the question had not been met at any earlier moment in any session
 * of the bank, exam or drill, finished or not. A question that was met in a drill and
 * left unanswered makes no answer there, but is not first anywhere later.
 *
 * A date of before 2020 or of more than a day after now is that of a clock that was
 * wrong: such answers are `undated`, come before all others, and are first before all
 * others.
 */
bool store_answers(struct store *store, const char *bank_id, int64_t now_ms,
		   struct arena *arena, struct score_answer **answers, size_t *count,
		   struct err *err);

/* Those of them alone that are first: at most one for each question. */
bool store_first_answers(struct store *store, const char *bank_id, int64_t now_ms,
			 struct arena *arena, struct score_answer **answers,
			 size_t *count, struct err *err);

/*
 * All data as one document, {"format":"proctor-history/1",...}: docs/history.md says what
 * is in it. The same data gives the same bytes. A session that is damaged is left out.
 */
#define STORE_HISTORY_FORMAT "proctor-history/1"

struct store_moved {
	size_t sessions;           /* exported, or imported */
	size_t known;              /* imported: were here already, the same */
	size_t banks;              /* imported into the ledger */
	size_t damaged;            /* left out of an export */
	const char *first_damaged; /* its id, in the arena; or NULL */
};

bool store_export(struct store *store, struct arena *arena, struct buf *out,
		  struct store_moved *moved, struct err *err);

/*
 * Adds what such a document has, all of it or, on any complaint, nothing. The bytes may
 * be anybody's: every text is checked against its digest, every question, case and
 * blueprint read as those of a bank are, every event must be one that the session allows,
 * and results are counted anew. A session that is here with other content is refused
 * (ERR_INPUT), and so is a bank of which another one was met here under that version.
 */
bool store_import(struct store *store, const char *name, const char *bytes, size_t len,
		  struct store_moved *moved, struct err *err);

#endif
