#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stddef.h>

#include "view.h"

struct tui;

/*
 * What each key does, and where: the table makes the keys work, the help screen and the
 * line of keys at the foot of the screen.
 */
struct binding {
	unsigned where;   /* bits 1 << SCREEN_... */
	int keys[4];      /* any of them */
	const char *name; /* in help and foot; NULL: goes with the row above */
	const char *foot; /* a word; NULL: not at the foot */
	void (*run)(struct tui *tui, int key);
	unsigned only;    /* bits 1 << ORDERING ... or WITH_CASE, and when; 0: always */
	const char *help; /* NULL: not in the help */
};

#define WITH_CASE (1u << QUESTION_TYPES)

/* When, beside of what; none of them: always. In sessions that show no key, in those
 * that do before and while the key of the question is shown, and in finished ones. */
#define NO_KEY (WITH_CASE << 1)
#define BEFORE_KEY (WITH_CASE << 2)
#define WITH_KEY (WITH_CASE << 3)
#define IN_REVIEW (WITH_CASE << 4) /* of a finished session */
#define ANSWERING (NO_KEY | BEFORE_KEY)
#define SITTING (ANSWERING | WITH_KEY)
#define WHEN (SITTING | IN_REVIEW)

#define AT(screen) (1u << SCREEN_##screen)

extern const struct binding bindings[];
extern const size_t binding_count;

/* Is it of use at all in this session? */
bool binding_exists(const struct binding *binding, const struct scene *scene);

/* Is it of use on this screen, with this question in front? */
bool binding_serves(const struct binding *binding, const struct scene *scene);

/* What a key does on this screen; NULL: nothing. */
const struct binding *keys_find(const struct scene *scene, int key);

#endif
