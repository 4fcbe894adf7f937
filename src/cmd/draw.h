#ifndef DRAW_H
#define DRAW_H

#include "cmd.h"

/* What proctor bank draw shows, as text and as JSON. */

struct spread {
	int64_t least, most, sum;
};

/* Many forms, each drawn for itself: counts over all of them. */
#define STATS_ROWS (BLUEPRINT_DOMAINS_MAX * (1 + BLUEPRINT_TASKS_MAX))

struct stats_row {
	const char *name; /* a domain or a task */
	struct spread spread;
};

struct stats {
	int64_t forms, not_proven;
	size_t drawable, never;
	struct spread exposure;    /* times each question was drawn */
	struct spread overlap;     /* of each form with the one before */
	double any_two;            /* mean overlap of any two forms */
	struct stats_row *domains; /* each domain, then its tasks */
	size_t domain_count;
	struct spread types[QUESTION_TYPES];
	struct spread difficulty; /* sum over a form, easy counting 1 */
	size_t length;
};

/* Where there is no form, draw->none says why. */
bool stats_draw(const struct blueprint *blueprint, const struct bank *bank,
		const struct draw *draw, int64_t forms, struct arena *arena,
		struct stats *stats, struct err *err);

/* How much of a form the last `recent` exams had. */
struct drawn_overlap {
	unsigned recent;
	struct form_overlap overlap;
};

#define OVERLAPS_MAX 6

struct drawn {
	const struct bank *bank;
	const struct blueprint *blueprint;
	const char *seed;
	bool answers, apart, history;
	struct form_set set;
	size_t wanted;
	size_t exams; /* in the history */
	struct drawn_overlap overlaps[OVERLAPS_MAX];
	size_t overlap_count;
	const struct stats *stats;           /* or NULL: then there is a set */
	const struct blueprint_supply *none; /* or NULL: why there is no form */
};

void draw_text(const struct drawn *drawn, struct buf *out);
void draw_json(const struct drawn *drawn, struct buf *out);

#endif
