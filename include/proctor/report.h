#ifndef PROCTOR_REPORT_H
#define PROCTOR_REPORT_H

#include <stddef.h>

#include "proctor/blueprint.h"
#include "proctor/score.h"
#include "proctor/session.h"
#include "proctor/store.h"

struct buf;
struct json_out;

/*
 * A finished session, told. Pure: from (blueprint, form, session, result) to text or to
 * the proctor-report/1 document; the same input gives the same bytes.
 */
struct report {
	const struct store_session *session;
	const struct blueprint *blueprint;
	const struct form *form;
	const struct session *state;
	const struct result *result;
	int64_t gaps, gap_ms; /* times and length the program was not running */
};

/* Made for a screen `columns` wide (>= 40), readable without colour. */
void report_text(const struct report *report, size_t columns, struct buf *out);

/* {"format":"proctor-report/1",...}; `is` is "result" in jsonl and NULL in a file. */
void report_json(const struct report *report, const char *is, struct json_out *out);

#endif
