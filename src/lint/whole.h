#ifndef LINT_WHOLE_H
#define LINT_WHOLE_H

#include "priv.h"

/* The checks behind the rows of whole_rules.c. */
extern struct lint_check whole_bot, whole_rank, whole_positions, whole_density,
	whole_stale, whole_expired, whole_unused;
extern struct lint_check cover_domain, cover_type, cover_task, cover_forms;

#endif
