#include "proctor/session.h"

void timer_start(struct timer *timer, int64_t used_ms, bool strict, struct moment now)
{
	*timer = (struct timer){ .strict = strict, .used_ms = used_ms, .last = now };
}

int64_t timer_tick(struct timer *timer, struct moment now)
{
	int64_t step = timer->strict ? now.boot - timer->last.boot
				     : now.mono - timer->last.mono;

	if (step > 0 && !timer->held)
		timer->used_ms += step;
	timer->last = now;
	return timer->used_ms;
}

void timer_hold(struct timer *timer, bool held, struct moment now)
{
	timer_tick(timer, now);
	timer->held = held;
}

int64_t timer_absence(struct moment then, struct moment now, bool same_boot)
{
	int64_t gap = same_boot ? now.boot - then.boot : now.real - then.real;

	return gap > 0 ? gap : 0;
}
