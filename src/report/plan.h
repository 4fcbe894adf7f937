#ifndef REPORT_PLAN_H
#define REPORT_PLAN_H

#include "proctor/report.h"
#include "sheet.h"

/* "2027-01-14" */
const char *plan_date(struct arena *arena, int64_t day);

/* How many questions were answered when first met, and how many of them right. */
int64_t plan_first(const struct schedule_plan *plan, int64_t *right);

/* ---- On the page ---- */

struct plan_page {
	const struct report_plan *report;
	const struct schedule_plan *plan;
	struct sheet sheet;
};

#define PLAN_WEEK 7
#define PLAN_LABEL 10 /* columns of a label and the gap behind it */

/* Text that need not be safe, behind a label. */
void plan_put(struct plan_page *page, const char *label, size_t indent, const char *text);

const char *plan_short_date(struct arena *arena, int64_t day); /* "14 Jan" */

/* What is known of the candidate; of the bank; what is due and what is missing. */
void plan_put_known(struct plan_page *page);
void plan_put_bank(struct plan_page *page);
void plan_put_gaps(struct plan_page *page);

#endif
