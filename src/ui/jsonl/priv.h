#ifndef JSONL_PRIV_H
#define JSONL_PRIV_H

#include "../priv.h"
#include "proctor/json.h"

/* One run of the protocol; see docs/jsonl.md. */
struct jsonl {
	struct sitting *sitting;
	FILE *out;
	struct buf text; /* the object being written */
	bool over;
	enum ui_end end;
};

/* ---- What goes out, an object a line: send.c ---- */

void send_session(struct jsonl *run);
void send_question(struct jsonl *run); /* the one in front */
void send_saved(struct jsonl *run, int64_t number);
void send_feedback(struct jsonl *run); /* of the one in front; its key is shown */
void send_status(struct jsonl *run);
void send_review(struct jsonl *run); /* the question in front of a finished session */
void send_list(struct jsonl *run);   /* which questions of it are listed */
void send_error(struct jsonl *run, const char *message);

/* An object: {"is":"...", and at its end, with what stands between put in. */
struct json_out send_begin(struct jsonl *run, const char *is);
void send_finish(struct jsonl *run, struct json_out *out);

/* ---- A finished session: review.c ---- */

/* Walks through it; releases the input. */
enum ui_end jsonl_walk(struct jsonl *run, struct input *input);

/* ---- Reading: jsonl.c ---- */

/* A line as an object with these fields, into `request`. When it is not, the other side
 * has been told why. The document, which may be NULL, is the caller's to free. */
bool take_request(struct jsonl *run, const struct buf *line,
		  const struct json_field *fields, struct arena *arena, void *request,
		  struct json_doc **doc);

/* Has it this field? If not, the other side has been told so. */
bool request_has(struct jsonl *run, const struct json_doc *doc, const char *name);

/* What came instead of a line, if it did: the run may be over. */
void take_none(struct jsonl *run, enum input_got got);

#endif
