#include <string.h>

#include "priv.h"

/*
 * Stored, then applied. If an event cannot be stored, nothing has happened, and the clock
 * stands still: a full disk does not eat the candidate's time.
 */
static enum sitting_did carry_out(struct sitting *sitting, const struct event *event,
				  struct moment now, struct err *err)
{
	if (!store_append(sitting->store, event, sitting->form, now,
			  clock_boot_id(sitting->clock), err)) {
		timer_hold(&sitting->timer, true, now);
		return SITTING_NOT_STORED;
	}
	session_apply(sitting->session, event);
	sitting->stored_ms = event->used_ms;
	timer_hold(&sitting->timer, sitting->session->phase == PHASE_PAUSED, now);
	return event->type == EVENT_EXPIRED ? SITTING_EXPIRED : SITTING_DONE;
}

/* A finished session: another question comes to the front, and that is all. */
static enum sitting_did look_back(struct sitting *sitting, const struct event *event,
				  const char **why)
{
	if (event->type != EVENT_MOVED || event->item >= sitting->session->count) {
		*why = "the session is finished, and stays as it is";
		return SITTING_NOTHING;
	}
	sitting->session->current = event->item;
	return SITTING_DONE;
}

enum sitting_did sitting_do(struct sitting *sitting, struct event event, const char **why,
			    struct err *err)
{
	struct moment now;

	if (sitting->review)
		return look_back(sitting, &event, why);
	now = clock_now(sitting->clock);
	event.used_ms = timer_tick(&sitting->timer, now);
	if (!session_decide(sitting->session, &event, why))
		return SITTING_NOTHING;
	return carry_out(sitting, &event, now, err);
}

enum sitting_did sitting_tick(struct sitting *sitting, struct err *err)
{
	const struct session *session = sitting->session;
	int64_t used = timer_tick(&sitting->timer, clock_now(sitting->clock));
	const char *why;

	if (session->phase != PHASE_RUNNING ||
	    (session_remaining(session, used) > 0 &&
	     used - sitting->stored_ms < SITTING_HEARTBEAT_MS))
		return SITTING_NOTHING;
	return sitting_do(sitting, (struct event){ .type = EVENT_HEARTBEAT }, &why, err);
}

void sitting_leave(struct sitting *sitting)
{
	struct err unsaid;
	const char *why;

	if (!sitting->review && !sitting->timer.held)
		sitting_do(sitting, (struct event){ .type = EVENT_HEARTBEAT }, &why,
			   &unsaid);
}

int64_t sitting_remaining(struct sitting *sitting)
{
	int64_t used = timer_tick(&sitting->timer, clock_now(sitting->clock));

	return session_remaining(sitting->session, used);
}

bool ui_is_drill(const struct sitting *sitting)
{
	return sitting->session->drill;
}

const char *ui_verdict(const struct sitting *sitting, size_t item)
{
	if (!session_is_answered(sitting->session, item))
		return "open";
	return question_is_right(sitting->form->items[item].question,
				 &sitting->session->items[item].response)
		       ? "right"
		       : "wrong";
}
