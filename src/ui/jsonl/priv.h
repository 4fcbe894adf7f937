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
void send_error(struct jsonl *run, const char *message);

#endif
