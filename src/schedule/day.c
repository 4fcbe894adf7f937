#include "priv.h"

#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
#define ROLLOVER_MS (INT64_C(4) * 60 * 60 * 1000)

int64_t schedule_day(int64_t at_ms, int64_t utc_offset_ms)
{
	int64_t ms = at_ms + utc_offset_ms - ROLLOVER_MS;

	return ms / DAY_MS - (ms % DAY_MS < 0);
}

int64_t kept_forms(const struct schedule_when *when)
{
	int64_t left = when->exam_day - when->today;

	if (!when->exam_day || left >= MOCK_LEFT)
		return 2;
	return left >= MOCK_LAST_TO || left < 0;
}
