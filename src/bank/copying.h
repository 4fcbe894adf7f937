#ifndef BANK_COPYING_H
#define BANK_COPYING_H

#include "priv.h"

/*
 * A working copy is read with the reader's own tables and rules; only that every document
 * has a sink, and that a fault ends nothing but what it makes impossible.
 */
struct sheet { /* what stands behind a bank_sheet */
	struct reading reading;
	struct arena arena;        /* what is read */
	const struct json *row;    /* of the manifest, where it is listed */
	const struct json *inside; /* the document, where it is inline */
	struct buf bytes;
	struct json_doc *doc;
};

struct copying {
	struct bank_copy *copy;
	struct json_sink sink; /* of the manifest and the blueprints */
	int dir;               /* -1: there are no files but the one given */
	const char *text;      /* the one given */
	struct json_doc *manifest;
	struct buf manifest_bytes;
	struct json_doc **docs; /* blueprints in files */
	struct buf *docs_bytes;
	size_t docs_count, docs_size;
	struct sheet *sheets;
	size_t parts_size, sheets_size, blueprints_size;
	struct bank_place *blueprints;
	struct reading joined;
};

/* A complaint about a file as a whole. */
void copying_tell(const struct json_sink *sink, const char *document, const char *kind,
		  const char *text);

/* Notes what the part is, now that it has been read; doc NULL: it is no JSON. */
void copying_note(struct bank_part *part, const char *bytes, size_t len,
		  const struct json_doc *doc);

/* Reads a file of the folder, or tells the sink. `row` is the file's in the manifest, or
 * NULL: it is not listed there. */
bool copying_read(const struct copying *c, const char *path, const struct json *row,
		  const struct json_sink *sink, struct buf *bytes);

#endif
