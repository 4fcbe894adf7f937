#ifndef STORE_PORTABLE_H
#define STORE_PORTABLE_H

#include "priv.h"
#include "proctor/crypto.h"
#include "proctor/json.h"

#define DATE_MAX_MS INT64_C(7258118399999) /* the end of 2199: no machine is that far */

/*
 * A session on its way from one store to another: its rows as they are, texts by their
 * digests. What follows from those (ids of questions, phase, result) does not travel.
 */
struct portable_item {
	const char *question, *in_case; /* digests in hex; in_case may be NULL */
	const char *shown;
	bool scored;
	int64_t domain, task;
};

struct portable_event {
	int type;
	int64_t used_ms, item, value, real_ms, boot_ms;
	const char *response, *boot;
};

struct portable {
	struct store_session about; /* without its blueprint's text */
	const char *id, *blueprint; /* a digest in hex */
	const struct json *bank;    /* while it is read */
	struct portable_item *items;
	size_t item_count;
	struct portable_event *events;
	size_t event_count;
};

/* Out of the store. */
bool portable_load(struct store *store, const char *id, struct arena *arena,
		   struct portable *portable, struct err *err);

/* As JSON and back; the same session gives the same bytes. */
void portable_write(const struct portable *portable, struct json_out *out);
bool portable_read(const struct json_doc *doc, struct arena *arena,
		   struct portable *portable, struct err *err);

#endif
