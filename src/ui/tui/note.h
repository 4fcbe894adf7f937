#ifndef TUI_NOTE_H
#define TUI_NOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/session.h"

/* A note while it is written: text with a caret, always valid UTF-8. */
struct note {
	char text[SESSION_NOTE_SIZE];
	size_t len, caret; /* bytes; the caret stands before a cluster or at the end */
	bool dirty;        /* not yet stored */
};

void note_begin(struct note *note, const char *text);
bool note_key(struct note *note, int key); /* false: there is no room for it */

#endif
