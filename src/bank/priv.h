#ifndef BANK_PRIV_H
#define BANK_PRIV_H

#include "proctor/bank.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/file.h"

#define BANK_MANIFEST "bank.json"
#define BANK_SIGNATURE "bank.json.minisig"
#define BANK_FILE_MAX ((size_t)64 << 20)
#define BANK_BYTES_MAX ((size_t)256 << 20) /* of all listed files together */
#define BANK_ID_MAX 80
#define BANK_TEXT_MAX 20000
#define BANK_SCHEMA_MAX 1000 /* "$schema", which is for editors and not looked at */

/* A manifest as it stands in the file. */
struct manifest {
	int format;
	const char *schema, *id, *title, *language, *license, *issued, *valid_until, *def;
	int64_t version;
	const struct json *blueprints, *questions; /* arrays of files or documents */
	const struct json *names;                  /* or NULL */
};

/* One row of those arrays: a file with its digest, or a document inline. */
struct manifest_file {
	const char *path, *blake2b;
};

/*
 * Where a question or a case stands, and the fields of it that may turn out wrong when
 * all files have been read: each document is closed long before. A field that is not
 * there is where the whole is.
 */
struct spot {
	uint32_t at, line, column;
};

struct place {
	const char *file;
	const char *within; /* the way to its document: "", or "questions[2]."; for a sink
			     * as a pointer, "/questions/2" */
	size_t sheet, part;
	bool is_case;
	size_t index; /* in the document's list */
	struct spot own, id, in_case, enemies;
};

/*
 * Questions and cases being read: those of one document or, after reading_join(), of
 * several. Owns the lists, not the arena that all texts are in.
 */
struct reading {
	struct arena *arena;
	const struct json_sink *sink; /* of a working copy: what is wrong is kept too */
	struct question *questions;
	struct place *places;
	const char **case_ids;      /* of each question, or NULL */
	const struct json **values; /* of a working copy alone */
	size_t count, size;
	struct bank_case *cases;
	struct place *case_places;
	size_t case_count, case_size;
};

/* What a reading is of: the document, and where it is. */
struct reading_source {
	const char *file; /* this and within outlive the document */
	const struct json_doc *doc;
	const struct json *object;
	const char *within;
	size_t sheet, part;
};

struct listed {
	const char *path;
	bool is_new; /* the manifest did not name it */
};

/* The files of one list of the manifest: those it names and those new in its folder. */
struct listing {
	const char *name; /* of the list, and of the folder new files are found in */
	struct listed *files;
	size_t count, size;
};

void listing_add(struct listing *listing, const char *path, bool is_new);
void listing_add_folder(struct listing *listing, int dir, struct arena *arena);
void listing_sort(struct listing *listing);

bool manifest_read(const struct json_doc *doc, struct arena *arena,
		   struct manifest *manifest, struct err *err);
/* *file is left empty for a document inline. Both go on with a sink, as question_read().
 */
bool manifest_names(const struct json_doc *doc, const struct json *rows,
		    struct arena *arena, struct bank_name **names, size_t *count,
		    struct err *err);
bool manifest_file_read(const struct json_doc *doc, const struct json *row,
			struct arena *arena, struct manifest_file *file, struct err *err);

/* The trusted comment that goes with a manifest. */
const char *manifest_comment(const char *id, int64_t version, struct arena *arena);

bool slug_is(const char *text); /* "stream-enrich-01" */

/* Reads a proctor-questions/1 document into the lists of the reading. */
bool reading_questions(struct reading *reading, const struct reading_source *source,
		       struct err *err);

/* Puts what the other one has behind what this one has, and empties it. */
void reading_join(struct reading *reading, struct reading *other);

/*
 * Sorts, resolves names across files, and fills the bank's tables. In `origins` and
 * `case_origins`, if not NULL, is then the index in the reading of each question and case
 * of the bank.
 */
bool reading_finish(struct reading *reading, struct bank *bank, size_t **origins,
		    size_t **case_origins, struct err *err);
void reading_release(struct reading *reading);

/* A bank being opened. */
struct opening {
	struct bank *bank;
	struct reading reading;
	bool unparsed; /* digests alone, see bank_verify() */
	size_t bytes;  /* of the listed files, so far */
};

/*
 * Opens all a manifest names, from its text on. bank->is_signed and bank->signer are what
 * was found out about the signature before.
 */
bool opening_bank(struct opening *opening, int dir, const struct bank_policy *policy,
		  const struct buf *text, struct err *err);

struct bank *bank_new(const char *path);
bool bank_read_manifest(int dir, struct buf *text, struct err *err);

/* Room for one more element in a list. */
void *reading_grow(void *list, size_t count, size_t *size, size_t each);

#endif
