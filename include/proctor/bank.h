#ifndef PROCTOR_BANK_H
#define PROCTOR_BANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/arena.h"
#include "proctor/crypto.h"
#include "proctor/json.h"
#include "proctor/trust.h"

struct buf;
struct err;
struct json_doc;
struct json_out;

/*
 * A bank: a folder with a signed manifest (bank.json, bank.json.minisig), blueprints
 * and question files. It opens only if the signature over the manifest's bytes is good
 * and every file listed has its digest; what is parsed are those same bytes, read
 * once. An open bank never changes, and everything reached from it lives until
 * bank_free().
 */
#define BANK_OPTIONS_MAX 12
#define BANK_PROMPTS_MAX 12
#define BANK_VERSION_MAX 1000000000

enum question_type {
	MULTIPLE_CHOICE,
	MULTIPLE_RESPONSE,
	ORDERING,
	MATCHING,
	QUESTION_TYPES,
};

enum question_status { QUESTION_ACTIVE, QUESTION_DRAFT, QUESTION_RETIRED };
enum question_difficulty { EASY, MEDIUM, HARD };

extern const char *const question_type_names[]; /* NULL-ended, as in the files */
extern const char *const question_status_names[];
extern const char *const question_difficulty_names[];

/* What is chosen, put in order, or matched to. */
struct option {
	const char *id, *text, *rationale;
	bool correct;      /* choice and response */
	unsigned position; /* ordering: 1..n, 0 does not belong */
};

/* Matching: what an option is matched to. */
struct prompt {
	const char *id, *text, *rationale;
	unsigned match; /* index of the option */
};

struct reference {
	const char *title, *url;
};

/* A scenario shared by several questions; they are drawn all or none, in this order. */
struct bank_case {
	const char *id, *title, *text;
	const struct question **questions;
	size_t count;
};

struct question {
	const char *id;
	enum question_type type;
	enum question_status status;
	enum question_difficulty difficulty;
	const char **objectives; /* "mla-c01:1.2", one for each exam it may serve */
	size_t objective_count;
	const char *stem, *explanation; /* markup */
	struct option *options;
	size_t option_count;
	struct prompt *prompts; /* matching alone */
	size_t prompt_count;
	unsigned choose; /* how many to choose, to put in order, or to match */
	const struct bank_case *in_case; /* or NULL */
	struct json_texts services, topics, enemies;
	struct reference *references;
	size_t reference_count;
	const char *reviewed;          /* "2026-11-20" */
	struct json_texts lint_ignore; /* rules of the linter that do not hold here */
	const char *lint_why;          /* and why not; or NULL */
};

/* A response: what the candidate gave for a question. Options are counted from 0 in the
 * bank's own order, whatever order they were shown in.
 *
 *	choice, response	the options chosen, ascending
 *	ordering		the options, first to last
 *	matching		one for each prompt; RESPONSE_NONE where none is matched
 */
#define RESPONSE_MAX 12
#define RESPONSE_NONE 255

struct response {
	uint8_t count;
	uint8_t picks[RESPONSE_MAX];
};

/* The key of a question, as the response that is right. */
struct response question_key(const struct question *question);

/* All or nothing, as the exam scores. */
bool question_is_right(const struct question *question, const struct response *response);

/* "B", "A,C", "3,1,2" are the front ends' matter; this is the stored form: option ids
 * ("b", "a,c"), in matching "<prompt>=<option>" ("1=b,2=a"); "" is no response. */
void response_write(const struct question *question, const struct response *response,
		    struct buf *out);
bool response_read(const struct question *question, const char *text,
		   struct response *response, struct err *err);

/* A name that a service had, or has no more: for the linter. */
struct bank_name {
	const char *old, *now;   /* now NULL: it was retired */
	const char *since;       /* any text, or NULL */
	struct json_texts exams; /* questions that serve these alone may still use it */
};

struct bank_file {
	const char *path; /* NULL: inline in the manifest */
	struct digest digest;
	size_t bytes;
};

struct bank {
	struct arena arena;
	const char *path, *id, *title, *language, *license;
	int64_t version;
	const char *issued, *valid_until,
		*default_blueprint; /* the last two may be NULL */
	struct digest digest;       /* of the manifest's bytes, so of the whole bank */
	bool is_signed;             /* false only when that was allowed */
	struct signer signer;
	struct bank_file *files;
	size_t file_count;
	struct question *questions; /* ascending by id */
	size_t count;
	struct bank_case *cases; /* ascending by id */
	size_t case_count;
	struct bank_blueprint
		*blueprints; /* checked bytes; module blueprint parses them */
	size_t blueprint_count;
	struct bank_entry *entries; /* the index by objective, see bank_find_task() */
	size_t entry_count;
};

/* A blueprint as the bank holds it: JSON text whose digest was good. */
struct bank_blueprint {
	const char *name; /* for messages: the file's path */
	const char *text;
	size_t len;
};

/* One row of the index: question serves objective; ascending by both. */
struct bank_entry {
	const char *objective;
	const struct question *question;
};

struct bank_policy {
	const struct trust *trust;
	bool allow_unsigned; /* an absent signature only; a bad one is always refused */
	const char *today;   /* "2026-11-20", for keys that end */
};

/* ERR_TRUST, ERR_INPUT with file:line:column, or ERR_SYSTEM. */
bool bank_open(const char *dir, const struct bank_policy *policy, struct bank **bank,
	       struct err *err);
void bank_free(struct bank *bank);

/*
 * The signature and the digest of every file, and no more: what the files say is not even
 * parsed, and the bank that is made has no questions and no blueprints.
 */
bool bank_verify(const char *dir, const struct bank_policy *policy, struct bank **bank,
		 struct err *err);

const struct question *bank_find(const struct bank *bank, const char *id); /* or NULL */

/* The questions of a task ("mla-c01:1.2") or a domain ("mla-c01:1."): a run of the index.
 */
const struct bank_entry *bank_find_task(const struct bank *bank, const char *objective,
					size_t *count);
const struct bank_entry *bank_find_prefix(const struct bank *bank, const char *prefix,
					  size_t *count);

/* The task a question has in an exam ("1.2"), or NULL when it does not serve it. */
const char *question_task(const struct question *question, const char *exam);

/*
 * One question or case as the JSON object of the bank format, and back: what a session
 * stores so that an old result survives a new bank. Cases come before the
 * questions that name them. From a document with a sink, the outputs are written even if
 * the answer is false: with what could be read.
 */
void question_write(const struct question *question, struct json_out *out);
void question_write_references(const struct question *question, struct json_out *out);
bool question_read(const struct json_doc *doc, const struct json *object,
		   struct arena *arena, struct question *question, const char **case_id,
		   struct err *err);
void bank_case_write(const struct bank_case *in_case, struct json_out *out);
bool bank_case_read(const struct json_doc *doc, const struct json *object,
		    struct arena *arena, struct bank_case *in_case, struct err *err);

/*
 * A working copy: a bank as its author edits it, for looking at and not for drawing from.
 * Neither signature nor digests are asked for, files that are not listed yet are read
 * too, and every complaint goes to a sink with its place. The bank holds what could be
 * read: texts that are missing are "", a key that is wrong has choose 0.
 *
 * It is read in steps, because questions are read, looked at and let go of a sheet at a
 * time, several at once, so that no more of a large bank is in memory than is looked at:
 *
 *	bank_copy_open()	the manifest and the blueprints; which sheets there are
 *	bank_copy_read()	one sheet; sheets may be read at the same time
 *	bank_copy_close()	its JSON and texts are let go of, if they may be
 *	bank_copy_join()	all sheets together: the bank, and what is across them
 */
enum bank_part_kind { BANK_PART_MANIFEST, BANK_PART_BLUEPRINT, BANK_PART_QUESTIONS };

/* One file of it. */
struct bank_part {
	const char *path; /* inside the bank's folder */
	enum bank_part_kind kind;
	bool listed; /* in the manifest */
	bool opened; /* it is there */
	bool parsed; /* it was JSON */
	size_t root; /* where in it the root begins */
	size_t len;
	uint64_t sum; /* of its bytes, to know them again */
};

/* A document of questions: a file, or inline in the manifest. */
struct bank_sheet {
	size_t part;
	const char *within; /* the way to it in the file: "", or "/questions/2" */
	bool is_inline; /* its faults go to the first sink: not while another is read */
	const struct json_doc
		*doc;      /* these until it is closed; doc NULL: it is no JSON */
	const char *bytes; /* of its file */
	size_t len;
	const struct question *questions;
	const struct json *const *values; /* of each question */
	size_t count;
};

/* Something that is open as long as the copy: blueprints, the manifest. */
struct bank_place {
	const struct json_doc *doc;
	const struct json *value;
};

/* Where bank->questions[i] is from. */
struct bank_origin {
	uint32_t sheet, index;
};

/* And bank->cases[i]: where it begins, and the pointer to it. */
struct bank_case_origin {
	size_t part, at;
	const char *pointer;
};

struct bank_copy {
	struct bank *bank;       /* without blueprints, files and digest */
	struct bank_part *parts; /* the manifest first, if it is there */
	size_t part_count;
	struct bank_sheet *sheets; /* in the order of their parts */
	size_t sheet_count;
	const struct json_doc *manifest; /* or NULL */
	const struct bank_origin *origins;
	const struct bank_case_origin *case_origins;
	const struct bank_place *blueprints; /* objects, for blueprint_parse() */
	size_t blueprint_count;
	size_t blueprints_unread; /* listed, but not there or no JSON: told already */
	const struct bank_name *names; /* "names" of the manifest */
	size_t name_count;
	bool has_signature; /* there is a signature file; nobody looked into it */
	struct copying *copying;
};

/* False only when there is no such folder; a NULL bank_copy is freed by doing nothing. */
bool bank_copy_open(const char *dir, const struct json_sink *sink,
		    struct bank_copy **copy, struct err *err);

/* The same of one file alone: a questions file, a blueprint or a manifest. The bytes must
 * live until all has been read and told. */
void bank_copy_of_text(const char *name, const char *bytes, size_t len,
		       const struct json_sink *sink, struct bank_copy **copy);
void bank_copy_read(struct bank_copy *copy, size_t sheet, const struct json_sink *sink);

/* Of each question are left: its id and what it refers to, type, and status. */
void bank_copy_close(struct bank_copy *copy, size_t sheet);
void bank_copy_join(struct bank_copy *copy, const struct json_sink *sink);
void bank_copy_free(struct bank_copy *copy);

/* The bytes of a part, as they were when it was read; ERR_SYSTEM: they are not any more.
 */
bool bank_copy_bytes(const struct bank_copy *copy, size_t part, struct buf *bytes,
		     struct err *err);

/*
 * Signing. Computes every digest anew, lists what is new in the folders of blueprints and
 * questions, raises the version, sets `issued`, and replaces manifest and signature, each
 * whole or not at all. The bank must be one that opens, and that `check` has nothing
 * against: it is shown the bank before anything is written.
 */
typedef bool bank_check(void *context, const struct bank *bank, struct err *err);

struct bank_signing {
	const struct secret_key *key;
	int64_t version; /* 0: the next one; after signing, the one that was signed */
	const char *today;
	bank_check *check; /* or NULL */
	void *context;
	struct arena *arena;
	const char **added; /* after signing: the files that were not listed before */
	size_t added_count;
};

bool bank_sign(const char *dir, struct bank_signing *signing, struct err *err);

#endif
