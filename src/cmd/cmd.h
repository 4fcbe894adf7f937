#ifndef CMD_H
#define CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "opt.h"
#include "proctor/arena.h"
#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/store.h"

/* ---- What commands share ---- */

/* How a bank is asked for; every command that opens one has these options. */
struct bank_given {
	const char *dir, *key;
	bool allow_unsigned;
};

#define BANK_OPTS(type, field)                                                       \
	{ OPT_TEXT, 'b',                                                             \
	  "bank",   offsetof(type, field.dir),                                       \
	  "DIR",    "use this bank, or the banks in this folder" },                  \
		{ OPT_TEXT, 'k',                                                     \
		  "key",    offsetof(type, field.key),                               \
		  "KEY",    "also trust this signing key (a .pub file, or RW...)" }, \
	{                                                                            \
		OPT_FLAG, 0, "allow-unsigned", offsetof(type, field.allow_unsigned), \
			NULL, "take a bank without a signature, for this run"        \
	}

/*
 * Opens the bank that has the blueprint, or the only one, and reads the blueprint (NULL:
 * the bank's default). A bank that was only one of several candidates and is refused
 * does not stop the search, but is told about on standard error.
 */
bool find_blueprint(const struct bank_given *given, const char *blueprint_id,
		    struct arena *arena, struct bank **bank, struct blueprint *blueprint,
		    struct err *err);

/* One bank, opened by the given trust. */
bool open_bank(const char *dir, const struct bank_given *given, struct arena *arena,
	       struct bank **bank, struct err *err);

/* The folders of all banks that can be found, in the order of search. */
struct folders {
	const char **at;
	size_t count, size;
};

bool find_folders(const char *given, struct arena *arena, struct folders *folders,
		  struct err *err);

/* The only bank there is, or the one given: for commands about one bank. */
bool find_only(const char *given, struct arena *arena, const char **dir, struct err *err);

/* Which front end, and the end of a sitting: its result, told there. */
struct front_given {
	bool plain, jsonl;
};

#define FRONT_OPTS(type, field)                                                \
	{ OPT_FLAG, 0,                                                         \
	  "plain",  offsetof(type, field.plain),                               \
	  NULL,     "line by line, for screen readers and pipes" },            \
	{                                                                      \
		OPT_FLAG, 0, "jsonl", offsetof(type, field.jsonl), NULL,       \
			"one JSON object a line, for programs (docs/jsonl.md)" \
	}

bool sit(struct store *store, const struct store_session *about,
	 const struct blueprint *blueprint, const struct form *form,
	 struct session *session, const struct store_last *last,
	 const struct front_given *front, struct err *err);

/* The report of a finished session, as text, json or jsonl, at the end of out. */
bool tell_result(const struct store_session *about, const struct blueprint *blueprint,
		 const struct form *form, const struct session *session,
		 const struct store_last *last, const char *format, struct buf *out,
		 struct err *err);

/* A stored session with all that belongs to it. */
struct loaded {
	struct store_session about;
	struct blueprint blueprint;
	struct form form;
	struct session session;
	struct store_last last;
};

bool load_session(struct store *store, const char *id, bool unfinished,
		  struct arena *arena, struct loaded *loaded, struct err *err);

/* What commands about one session have in common: their options into `given`, the store,
 * and the [SESSION], or NULL. */
typedef bool session_action(struct store *store, const char *id, const void *given,
			    struct arena *arena, struct err *err);

bool on_session(const struct opt *opts, int argc, char **argv, void *given,
		session_action *act, struct err *err);

/* A secret key file, private to its owner; its password is asked for on the terminal. */
bool load_secret(const char *path, struct secret_key **key, struct err *err);

/* To a regular file, or standard output when path is NULL or "-". */
bool put_file(const char *path, const struct buf *text, struct err *err);

size_t terminal_columns(void);
const char *today(struct arena *arena);

#endif
