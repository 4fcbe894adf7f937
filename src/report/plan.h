#ifndef REPORT_PLAN_H
#define REPORT_PLAN_H

#include "proctor/report.h"

struct arena;

/* "2027-01-14" */
const char *plan_date(struct arena *arena, int64_t day);

/* How many questions were answered when first met, and how many of them right. */
int64_t plan_first(const struct schedule_plan *plan, int64_t *right);

#endif
