#ifndef PROCTOR_CLOCK_H
#define PROCTOR_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Every clock the program reads, behind one table, so that a test sits a
 * 130-minute exam in a microsecond.
 *
 * A moment is read from three clocks at once, in milliseconds: `mono` stands
 * still while the machine sleeps, `boot` does not, `real` is the calendar and may
 * jump. `mono` and `boot` compare only within one boot; boot_id tells.
 */
struct moment {
	int64_t mono, boot, real;
};

struct clock {
	struct moment (*now)(void *self);
	const char *(*boot_id)(void *self); /* "" where it is not known */
	void *self;
};

extern const struct clock clock_system;

struct moment clock_now(const struct clock *clock);
const char *clock_boot_id(const struct clock *clock);

/* Calendar time as "2026-11-20T23:59:00Z" in UTC, and its date alone. */
#define CLOCK_STAMP_SIZE 32
void clock_stamp(int64_t real_ms, char stamp[CLOCK_STAMP_SIZE]);
void clock_date(int64_t real_ms, char date[CLOCK_STAMP_SIZE]);

/* How far local time is ahead of UTC at that moment, ms; 0 where it is not known. */
int64_t clock_utc_offset(int64_t real_ms);

/* Is it a day of the calendar, written like "2026-11-20"? From the year 1 on. */
bool clock_is_date(const char *text);

/* Its day, counted from 1970-01-01; 0 for what is no date. */
int64_t clock_day(const char *date);

#endif
