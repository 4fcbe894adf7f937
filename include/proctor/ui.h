#ifndef PROCTOR_UI_H
#define PROCTOR_UI_H

#include <stdbool.h>
#include <stdio.h>

#include "proctor/blueprint.h"
#include "proctor/clock.h"
#include "proctor/review.h"
#include "proctor/session.h"
#include "proctor/store.h"

struct buf;
struct err;

/*
 * The front ends, all three on one core. A sitting joins form, session, store and
 * clock; sitting_do() is the only way anything happens in it: ask, store, apply.
 */
struct sitting {
	const struct store_session *about;
	const struct blueprint *blueprint;
	const struct form *form;
	struct session *session;
	struct store *store;
	const struct clock *clock;
	struct timer timer;
	int64_t stored_ms; /* used_ms of the last event stored, for the heartbeat */
	const char *told;  /* one sentence about how the form was picked, or NULL */
	/*
	 * A finished session that is walked through; else NULL. Then there is no store,
	 * and nothing can be done but going to another question, which is not stored. The
	 * session is the front end's: all its keys are shown.
	 */
	struct review *review;
	const char *output; /* file or folder for reports of mistakes; NULL: here */
};

#define SITTING_HEARTBEAT_MS 15000

enum sitting_did { SITTING_NOTHING, SITTING_DONE, SITTING_EXPIRED, SITTING_NOT_STORED };

/*
 * What came of a request. NOTHING: refused or meaningless, *why in words or NULL.
 * NOT_STORED: err says why; nothing happened, and the clock stands still until a
 * request is stored again.
 */
enum sitting_did sitting_do(struct sitting *sitting, struct event event, const char **why,
			    struct err *err);

/* Time passes: expires the session at its limit, stores a heartbeat when one is due. */
enum sitting_did sitting_tick(struct sitting *sitting, struct err *err);

/*
 * It is left, however that came: stores the time used until now, so that leaving and
 * coming back gains none. Where that cannot be stored, nothing more can be done.
 */
void sitting_leave(struct sitting *sitting);

int64_t sitting_remaining(struct sitting *sitting); /* ms; INT64_MAX if untimed */

/*
 * Reading what the candidate types, while time passes. UI_GONE: the input ended or the
 * terminal went away. UI_SIGNAL: the program was asked to stop; ui_signal() says by what.
 * UI_NOT_BEGUN: the beginning could not be stored. UI_BROKEN: the output cannot be
 * written. UI_DRILL: from a review to a drill of the task of the question in front.
 * However it ends, every response that was shown as saved is on disk.
 */
enum ui_end {
	UI_FINISHED,
	UI_QUIT,
	UI_GONE,
	UI_SIGNAL,
	UI_NOT_BEGUN,
	UI_BROKEN,
	UI_DRILL,
};

struct ui_streams {
	int in;
	FILE *out;
	size_t columns;
	struct buf *ahead; /* read by the front end before and not taken: for the next;
			      NULL where there is neither */
};

/*
 * Writes what the candidate believes wrong with a question into a new file, 0600, whole
 * or not at all; *path says which. ERR_USAGE when it is there already.
 */
bool ui_report_mistake(const struct sitting *sitting, size_t item, const char *because,
		       struct buf *path, struct err *err);

/* From now on SIGINT, SIGTERM and SIGHUP end the front end instead of the program. */
void ui_catch_signals(void);
int ui_signal(void); /* the one that came, or 0 */

/* The accessible line mode: one question at a time, commands as words and letters. */
enum ui_end ui_line(struct sitting *sitting, const struct ui_streams *streams);

/* The exam screen, on the terminal of the standard streams. Where that terminal cannot do
 * what is needed, the line mode. */
enum ui_end ui_tui(struct sitting *sitting, const struct ui_streams *streams);

/* The jsonl protocol of docs/jsonl.md. The result is the caller's to print. */
enum ui_end ui_jsonl(struct sitting *sitting, const struct ui_streams *streams);

#endif
