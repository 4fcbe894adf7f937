#ifndef REPORT_ADVICE_H
#define REPORT_ADVICE_H

#include "priv.h"
#include "sheet.h"

/* The text report being written: text.c and its parts in text_*.c. What is not ours comes
 * onto it through advice_safe() alone. */
struct advice {
	struct sheet sheet;
	const struct report *report;
};

/* Both live as long as the sheet. */
const char *advice_safe(struct advice *advice, const char *text);
const char *advice_say(struct advice *advice, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void advice_heading(struct advice *advice, const char *text);

/* A label and what there is to say, behind the indent that all facts have. */
void advice_fact(struct advice *advice, const char *label, const char *text);

/*
 * A title with figures beside it where the sheet is wide, ADVICE_FIGURES columns at the
 * most, and below it where it is not, 38 columns.
 */
#define ADVICE_FIGURES 45
bool advice_is_wide(const struct advice *advice);
void advice_row(struct advice *advice, const char *id, const char *title,
		const char *const *figures, size_t count);

/* "44-85 %"; "about 63 %", "less than 1 %"; "1, 4, 7 and 12 more" */
const char *advice_likely(struct advice *advice, const struct tally *tally);
const char *advice_chance(struct advice *advice, double p);
const char *advice_items(struct advice *advice, const size_t *items, size_t count,
			 size_t most);

/* "12 of 18" */
const char *advice_right(struct advice *advice, const struct tally *tally);

/* The parts of a report, in files of their own. */
void put_score(struct advice *advice);
void put_time(struct advice *advice);
void put_honesty(struct advice *advice);
void put_weak(struct advice *advice);
void put_all_rows(struct advice *advice);
void put_next(struct advice *advice);
void put_work(struct advice *advice);
void put_drill(struct advice *advice);
void put_lists(struct advice *advice);

#endif
