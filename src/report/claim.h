#ifndef REPORT_CLAIM_H
#define REPORT_CLAIM_H

#include "proctor/arena.h"
#include "proctor/err.h"
#include "proctor/json.h"
#include "proctor/report.h"

/* What a document says of one question, as far as nothing else says it. */
struct claim_question {
	const char *id, *change;
	const struct json *shown, *response, *confidence;
	bool scored, flagged;
	int64_t spent_ms;
};

bool claim_question(const struct json_doc *doc, const struct json *object,
		    struct arena *arena, struct claim_question *question,
		    struct err *err);

/* Differences between a document and what was made again. */
struct differences {
	struct arena *arena;
	const char **at;
	size_t count, size;
};

void differ(struct differences *differences, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Every value that is not the same in both, by its path; members that one lacks. */
void compare_documents(const struct json *told, const struct json *made,
		       struct differences *differences);

#endif
