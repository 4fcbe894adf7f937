#ifndef PROCTOR_SESSION_H
#define PROCTOR_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/clock.h"

struct arena;

/*
 * A session is one sitting of a form, as a state machine with no input or output.
 *
 *	READY --BEGAN--> RUNNING --SUBMITTED | EXPIRED--> DONE
 *	                  |   ^
 *	              PAUSED RESUMED
 *	                  v   |
 *	                 PAUSED
 *
 * Nothing but session_apply() changes a session, and the state is a function of the
 * events applied, in order. The caller stores an event before it applies it, so what is
 * on disk is never behind what is on the screen, and a sitting that was cut off is
 * brought back by applying what was stored.
 *
 * A drill with feedback also shows keys while it runs. That a key is shown is an event,
 * REVEALED: it is stored before anything of the key is on the screen, and from then on
 * response, strikes and confidence of that question stay as they are. So nobody answers
 * a question whose key he saw, not even after a kill. Only a question that is answered is
 * revealed, and in an exam none ever is.
 *
 * Time is the sitting's own clock, used_ms: milliseconds of the limit that are spent. It
 * is given by the caller (see struct timer), starts at 0 and never goes back.
 */
enum session_phase { PHASE_READY, PHASE_RUNNING, PHASE_PAUSED, PHASE_DONE };

enum event_type { /* what happened; these values are stored: never renumber */
		  EVENT_BEGAN = 1,
		  EVENT_MOVED = 2,
		  EVENT_RESPONDED = 3,
		  EVENT_FLAGGED = 4,
		  EVENT_STRUCK = 5,
		  EVENT_CONFIDENCE = 6,
		  EVENT_PAUSED = 7,
		  EVENT_RESUMED = 8,
		  EVENT_SUBMITTED = 9,
		  EVENT_EXPIRED = 10,
		  EVENT_HEARTBEAT = 11,
		  EVENT_NOTED = 12,
		  EVENT_REVEALED = 13,
		  EVENT_LAST = EVENT_REVEALED,
};

extern const char *const event_type_names[]; /* "began", ...; NULL-ended, "" for 0 */

enum confidence { CONFIDENCE_NONE, CONFIDENCE_GUESS, CONFIDENCE_UNSURE, CONFIDENCE_SURE };

struct event {
	enum event_type type;
	int64_t used_ms;
	uint32_t
		item; /* MOVED, RESPONDED, FLAGGED, STRUCK, CONFIDENCE, NOTED, REVEALED */
	uint32_t value; /* FLAGGED: 0 or 1; STRUCK: the option's index, + STRUCK_OFF to
			   take it back; CONFIDENCE: the level */
	struct response response; /* RESPONDED; empty clears */
	const char *note; /* NOTED: the whole of it, "" takes it away; copied when applied
			   */
};

#define SESSION_NOTE_SIZE 1024 /* the longest note's bytes and a NUL */

#define STRUCK_OFF 256

/* What the machine must know of a question: enough to refuse what is no response. */
struct session_question {
	enum question_type type;
	uint8_t options, prompts, choose;
};

struct session_item {
	struct session_question question;
	struct response response;
	struct response first; /* the first complete one; count 0: none yet */
	uint16_t struck;       /* one bit for each option */
	bool seen, flagged;
	bool revealed; /* the key was shown: nothing of the answer changes any more */
	enum confidence confidence;
	int64_t spent_ms; /* with this question in front, until it was revealed */
	unsigned changes; /* responses given after the first complete one */
	char note[SESSION_NOTE_SIZE]; /* the candidate's own words, zeros behind them */
};

struct session {
	enum session_phase phase;
	bool expired; /* DONE by the clock */
	bool can_pause;
	bool drill;    /* what is left open in it is not wrong: it was not asked */
	bool feedback; /* a drill that shows the key after each answer */
	int64_t used_ms, limit_ms; /* limit 0: untimed */
	size_t count, current;
	struct session_item *items;
};

/* What is agreed before a session begins. */
struct session_rules {
	int64_t limit_ms; /* 0: untimed */
	bool can_pause, drill, feedback;
};

void session_init(struct session *session, const struct session_question *questions,
		  size_t count, struct session_rules rules, struct arena *arena);

/* The same for a form. */
void session_init_form(struct session *session, const struct form *form,
		       struct session_rules rules, struct arena *arena);

/*
 * What would happen if the candidate asked for this? `event` holds what is asked for and
 * the time; on true it is what is to be stored and applied: once the limit has passed
 * that is always EXPIRED, dated at the limit, whatever was asked: a late key never
 * counts. False leaves `event` alone: nothing happens, and *why says so in words for the
 * candidate, or is NULL where there is nothing to say. HEARTBEAT asks for nothing
 * but the time.
 */
bool session_decide(const struct session *session, struct event *event, const char **why);

void session_apply(struct session *session, const struct event *event);

/* Could this event have been stored by session_decide()? For what is read from disk. */
bool session_allows(const struct session *session, const struct event *event);

/* Has the candidate given all that is asked for? */
bool session_is_answered(const struct session *session, size_t item);

struct session_count {
	size_t answered, unanswered, unseen, flagged, revealed;
};

struct session_count session_count(const struct session *session);

/* What is left, ms; INT64_MAX if untimed. */
int64_t session_remaining(const struct session *session, int64_t used_ms);

/*
 * The timer makes used_ms out of moments. By default the monotonic clock counts while
 * the program runs and nothing else does; strict counts suspend and absence too.
 */
struct timer {
	bool strict, held; /* held: stands still (paused, or a full disk) */
	int64_t used_ms;
	struct moment last;
};

void timer_start(struct timer *timer, int64_t used_ms, bool strict, struct moment now);
int64_t timer_tick(struct timer *timer, struct moment now); /* gives used_ms */
void timer_hold(struct timer *timer, bool held, struct moment now);

/*
 * The absence between the last stored moment and now, which strict time counts: by the
 * boot clock when same_boot, else by the calendar; never negative.
 */
int64_t timer_absence(struct moment then, struct moment now, bool same_boot);

#endif
