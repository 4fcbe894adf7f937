#ifndef PROCTOR_UI_H
#define PROCTOR_UI_H

#include <stdbool.h>
#include <stdio.h>

#include "proctor/blueprint.h"
#include "proctor/clock.h"
#include "proctor/session.h"
#include "proctor/store.h"

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

int64_t sitting_remaining(struct sitting *sitting); /* ms; INT64_MAX if untimed */

/*
 * Reading what the candidate types, while time passes. UI_GONE: the input ended or the
 * terminal went away. UI_SIGNAL: the program was asked to stop; ui_signal() says by what.
 * UI_NOT_BEGUN: the beginning could not be stored. UI_BROKEN: the output cannot be
 * written. However it ends, every response that was shown as saved is on disk.
 */
enum ui_end {
	UI_FINISHED,
	UI_QUIT,
	UI_GONE,
	UI_SIGNAL,
	UI_NOT_BEGUN,
	UI_BROKEN,
};

struct ui_streams {
	int in;
	FILE *out;
	size_t columns;
};

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
