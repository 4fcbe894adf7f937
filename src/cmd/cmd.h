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
#include "proctor/ui.h"

/* ---- What commands share ---- */

/* How a bank is asked for; every command that opens one has these options. */
struct bank_given {
	const char *dir, *key;
	bool allow_unsigned, allow_downgrade, strict;
};

#define BANK_OPTS(type, field)                                                       \
	{ OPT_TEXT, 'b',                                                             \
	  "bank",   offsetof(type, field.dir),                                       \
	  "DIR",    "use this bank, or the banks in this folder" },                  \
		{ OPT_TEXT, 'k',                                                     \
		  "key",    offsetof(type, field.key),                               \
		  "KEY",    "also trust this signing key (a .pub file, or RW...)" }, \
		{ OPT_FLAG, 0,                                                       \
		  "strict", offsetof(type, field.strict),                            \
		  NULL,     "refuse a bank that is old or no longer valid" },        \
		{ OPT_FLAG,                                                          \
		  0,                                                                 \
		  "allow-downgrade",                                                 \
		  offsetof(type, field.allow_downgrade),                             \
		  NULL,                                                              \
		  "take an older version than before, for this run" },               \
	{                                                                            \
		OPT_FLAG, 0, "allow-unsigned", offsetof(type, field.allow_unsigned), \
			NULL, "take a bank without a signature, for this run"        \
	}

/* The folders of all banks that can be found, in the order of search. */
struct folders {
	const char **at;
	size_t count, size;
};

bool find_folders(const char *given, struct arena *arena, struct folders *folders,
		  struct err *err);

/*
 * What every bank is opened by: the keys, the ledger in the store, and the day. From
 * opener_confine() on, the process can read no more than these banks and what the
 * system's libraries need, and write nothing but its own data; so it comes before the
 * first bank, and after all that has to be opened elsewhere.
 */
struct opener {
	const struct bank_given *given;
	struct arena *arena;
	struct store *store;
	struct trust trust;
	const char *today;
	int64_t now_ms;
};

bool opener_start(struct opener *opener, const struct bank_given *given,
		  struct arena *arena, struct err *err);
bool opener_confine(struct opener *opener, const struct folders *folders,
		    struct err *err);

/* The same for who opens no bank: only these can be read (and what the libraries need),
 * only what is in the list that ends in NULL be written. */
bool confine(const char *const *read, size_t count, const char *const *write,
	     struct arena *arena, struct err *err);
void opener_end(struct opener *opener); /* also one that was not started, but is zero */

/* A bank that is old or no longer valid is told about on standard error. */
bool opener_open(struct opener *opener, const char *dir, struct bank **bank,
		 struct err *err);
bool opener_verify(struct opener *opener, const char *dir, struct bank **bank,
		   struct err *err); /* as bank_verify() */

/* The only bank there is, or the one given, by one of these two; confines the process. */
typedef bool opener_by(struct opener *opener, const char *dir, struct bank **bank,
		       struct err *err);

bool opener_only(struct opener *opener, const char *given, opener_by *by,
		 struct bank **bank, struct err *err);

/* What there is to say of its age; returns how much. */
#define BANK_WARNINGS 3

size_t bank_warnings(const struct bank *bank, const char *day, struct arena *arena,
		     const char *warnings[BANK_WARNINGS]);

/*
 * Opens the bank that has the blueprint, or the only one, and reads the blueprint (NULL:
 * the bank's default). A bank that was only one of several candidates and is refused
 * does not stop the search, but is told about on standard error. Confines the process.
 */
bool find_blueprint(struct opener *opener, const char *blueprint_id, struct bank **bank,
		    struct blueprint *blueprint, struct err *err);

/* The same, or a blueprint of the user's own from a file ("-": standard input), drawn
 * from the bank that has questions for its exam. */
#define OWN_BLUEPRINT_OPT(type, field)                                   \
	{                                                                \
		OPT_TEXT, 0, "blueprint", offsetof(type, field), "FILE", \
			"a blueprint of your own, from this file"        \
	}

bool choose_blueprint(struct opener *opener, const char *id, const char *path,
		      struct bank **bank, struct blueprint *blueprint, struct err *err);

/* "2027-01-14" as a study day, which must not be over. */
bool read_exam_day(const char *text, int64_t today, int64_t *day, struct err *err);

const char *new_seed(struct arena *arena);

/* Which front end, and the end of a sitting: its result, told there. */
struct front_given {
	bool plain, jsonl;
	struct buf *ahead; /* not given but left: see struct ui_streams */
};

#define FRONT_OPTS(type, field)                                                       \
	{ OPT_FLAG, 0,                                                                \
	  "plain",  offsetof(type, field.plain),                                      \
	  NULL,     "line by line, for screen readers and pipes" },                   \
	{                                                                             \
		OPT_FLAG, 0, "jsonl", offsetof(type, field.jsonl), NULL,              \
			"JSON lines, for programs (docs/jsonl.md); wins over --plain" \
	}

/* Runs the one that is asked for, to its end; a signal ends the program. */
enum ui_end run_front(struct sitting *sitting, const struct front_given *front);

/* Sits what has been begun or resumed, to its end or for now. `told`: one sentence for
 * the candidate, or NULL. */
bool sit(struct store *store, struct store_loaded *at, const char *told,
	 const struct front_given *front, struct err *err);

/*
 * A session about to begin, from the command line on: open a bank, describe the session,
 * put together its form, sit it. All zero to begin with; everything is freed by
 * start_end(), however far it went.
 */
struct start {
	struct arena arena;
	struct opener opener;
	struct bank *bank;
	struct store_loaded at;
	const char *told;
};

/* The bank for a blueprint that was sat: of that id, or else any that serves its exam. */
bool choose_stored(struct opener *opener, const struct blueprint *stored,
		   struct bank **bank, struct blueprint *blueprint, struct err *err);

bool start_open(struct start *start, const struct bank_given *bank, const char *blueprint,
		const char *own, struct err *err);
void start_describe(struct start *start, const char *kind, const char *seed,
		    int64_t limit_ms); /* seed NULL: a new one */
bool start_sit(struct start *start, const struct front_given *front, struct err *err);
void start_end(struct start *start);

/* As proctor drill --task: ten questions of a task of a blueprint that was sat. */
bool drill_task(const struct blueprint *stored, const char *task,
		const struct bank_given *bank, const struct front_given *front,
		struct err *err);

/* The report of a finished session in one of its formats (or "jsonl": one line of it), at
 * the end of out. */
struct telling {
	const char *format;
	bool expand; /* html: the questions stand open */
	bool full;   /* text: every list */
};

#define TELLING_OPTS(type, field)                                          \
	{ OPT_TEXT, 'f',                                                   \
	  "format", offsetof(type, field.format),                          \
	  "FORMAT", "text (as after the exam), html, md, csv or json" },   \
	{                                                                  \
		OPT_FLAG, 0, "expand", offsetof(type, field.expand), NULL, \
			"html: with every question open"                   \
	}

bool tell_result(const struct store_session *about, const struct blueprint *blueprint,
		 const struct form *form, const struct session *session,
		 const struct store_last *last, const struct telling *how,
		 struct buf *out, struct err *err);

/* What commands about one session have in common: their options into `given`, the store,
 * and the [SESSION], or NULL. */
typedef bool session_action(struct store *store, const char *id, const void *given,
			    struct arena *arena, struct err *err);

bool on_session(const struct opt *opts, int argc, char **argv, void *given,
		session_action *act, struct err *err);
bool on_session_reading(const struct opt *opts, int argc, char **argv, void *given,
			session_action *act, struct err *err); /* writes nothing */

/* Scores a report again, a proctor-report/1 document, from the bank it names. ERR_INPUT:
 * it does not hold. ERR_USAGE: that bank, or its blueprint, is not there. */
bool verify_report(const char *path, const struct bank_given *given, struct err *err);

/* "label       text", and what there is to say about any bank, in such lines. */
void put_line(struct buf *out, const char *label, const char *text);
void put_bank(struct buf *out, const struct bank *bank);

/* The commands of proctor bank that have to do with signatures. */
extern const struct cmd cmd_bank_verify, cmd_bank_sign, cmd_bank_forget, cmd_bank_lint,
	cmd_bank_schema, cmd_bank_new, cmd_bank_diff;
extern const struct cmd cmd_bank_draw;

/* What each blueprint of the bank can draw; ERR_INPUT when one can draw nothing. */
bool put_drawable(const struct bank *bank, struct arena *arena, struct buf *out,
		  struct err *err);
bool json_drawable(const struct bank *bank, struct arena *arena, struct json_out *json,
		   struct err *err);

/* A secret key file, private to its owner; its password is asked for on the terminal. */
bool load_secret(const char *path, struct secret_key **key, struct err *err);

/* A new one, under a password that is asked for twice; never over a file that is there.
 */
bool save_secret(const char *path, const struct secret_key *key, bool no_password,
		 struct err *err);

/* Where proctor key new puts the secret key if it is not told otherwise. */
const char *own_secret(struct arena *arena, struct err *err); /* NULL: err is filled */

/* One line from the terminal that is not shown, of at most CRYPTO_PASSWORD_MAX bytes. */
bool ask_hidden(const char *question, char *password, struct err *err);

/* To a regular file, or standard output when path is NULL or "-". */
bool put_file(const char *path, const struct buf *text, struct err *err);

size_t terminal_columns(void);
const char *today(struct arena *arena);

#endif
