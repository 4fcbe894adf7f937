#include "proctor/clock.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Where there is no clock that counts sleep, the monotonic one stands in. */
#ifndef CLOCK_BOOTTIME
#define CLOCK_BOOTTIME CLOCK_MONOTONIC
#endif

static int64_t read_ms(clockid_t id)
{
	struct timespec t;

	if (clock_gettime(id, &t) != 0)
		return 0;
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct moment system_now(void *self)
{
	(void)self;
	return (struct moment){
		.mono = read_ms(CLOCK_MONOTONIC),
		.boot = read_ms(CLOCK_BOOTTIME),
		.real = read_ms(CLOCK_REALTIME),
	};
}

static const char *system_boot_id(void *self)
{
	static char id[64];
	ssize_t len;
	int fd;

	(void)self;
	if (id[0])
		return id;
	fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return "";
	len = read(fd, id, sizeof(id) - 1);
	close(fd);
	id[len > 0 ? (size_t)len : 0] = '\0';
	id[strcspn(id, "\n")] = '\0';
	return id;
}

const struct clock clock_system = { system_now, system_boot_id, NULL };

struct moment clock_now(const struct clock *clock)
{
	return clock->now(clock->self);
}

const char *clock_boot_id(const struct clock *clock)
{
	return clock->boot_id(clock->self);
}

static time_t whole_seconds(int64_t real_ms)
{
	return (time_t)(real_ms / 1000 - (real_ms % 1000 < 0));
}

int64_t clock_utc_offset(int64_t real_ms)
{
	time_t seconds = whole_seconds(real_ms);
	struct tm tm;

	return localtime_r(&seconds, &tm) ? (int64_t)tm.tm_gmtoff * 1000 : 0;
}

void clock_stamp(int64_t real_ms, char stamp[CLOCK_STAMP_SIZE])
{
	time_t seconds = whole_seconds(real_ms);
	struct tm tm;

	if (!gmtime_r(&seconds, &tm) ||
	    !strftime(stamp, CLOCK_STAMP_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm))
		stamp[0] = '\0';
}

void clock_date(int64_t real_ms, char date[CLOCK_STAMP_SIZE])
{
	clock_stamp(real_ms, date);
	date[strcspn(date, "T")] = '\0';
}

/* The digits as a number; 0 if there is anything else. */
static int number(const char *text, size_t len)
{
	int sum = 0;

	if (strspn(text, "0123456789") < len)
		return 0;
	for (size_t i = 0; i < len; i++)
		sum = sum * 10 + (text[i] - '0');
	return sum;
}

bool clock_is_date(const char *text)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year, month, day;
	bool leap;

	if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
		return false;
	year = number(text, 4);
	month = number(text + 5, 2);
	day = number(text + 8, 2);
	leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

/* In years that begin in March the leap day comes last, and months go by fives. */
int64_t clock_day(const char *date)
{
	int64_t year, month;

	if (!clock_is_date(date))
		return 0;
	year = number(date, 4);
	month = number(date + 5, 2);
	if (month < 3) {
		year--;
		month += 12;
	}
	return 365 * year + year / 4 - year / 100 + year / 400 +
	       (153 * (month - 3) + 2) / 5 + number(date + 8, 2) - 719469;
}
