#ifndef TUI_TERM_H
#define TUI_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "grid.h"
#include "proctor/buf.h"

/*
 * A terminal, as a small table of functions, with two makes: a real one by curses, and a
 * script for tests. A key is a character's code point, or one of these.
 */
enum key {
	TUI_NOTHING = 0,
	TUI_CODES = 0x110000, /* behind all characters */
	TUI_UP,
	TUI_DOWN,
	TUI_LEFT,
	TUI_RIGHT,
	TUI_SHIFT_UP,
	TUI_SHIFT_DOWN,
	TUI_PAGE_UP,
	TUI_PAGE_DOWN,
	TUI_HOME,
	TUI_END,
	TUI_BACKSPACE,
	TUI_DELETE,
	TUI_BACK_TAB,
	TUI_PASTE,  /* what follows is pasted, not typed ... */
	TUI_PASTED, /* ... up to here */
	/* From here on, what is no key: */
	TUI_RESIZED,   /* ask for the size anew */
	TUI_REDRAW,    /* Ctrl-L: the screen was spoilt */
	TUI_SUSPEND,   /* Ctrl-Z: call suspend() when ready */
	TUI_STOPPED,   /* a signal asks us to end */
	TUI_GONE,      /* the terminal went away */
	TUI_ANY_DIGIT, /* the last two stand in tables of keys alone */
	TUI_ANY_OPTION,
};

#define TUI_ENTER '\n'
#define TUI_ESCAPE 27
#define TUI_TAB '\t'

struct term {
	void (*size)(struct term *term, size_t *rows, size_t *columns);
	void (*show)(struct term *term, const struct grid *grid);
	int (*read_key)(struct term *term,
			int64_t wait_ms);   /* TUI_NOTHING: time passed */
	void (*forget)(struct term *term);  /* drops what was typed ahead */
	void (*suspend)(struct term *term); /* gives the shell its turn, comes back */
	void (*close)(struct term *term);   /* the terminal as it was found; frees term */
};

/* The terminal of the standard streams; NULL when it cannot do what is needed. */
struct term *term_curses(void);

/*
 * Keys, clock steps, resizes and saved screens out of a text. Words, apart by blanks:
 *
 *	a Down Enter	keys: a character, or a name (see term_script.c)
 *	type:two_words	each character a key; "_" is a blank
 *	+90s +5m +10ms	time passes
 *	40x12		the window has this size now
 *	save:name	the screen as it is shown is handed to save()
 *
 * When the text is at its end, so is the terminal (TUI_GONE).
 */
struct script {
	struct term term;
	const char *text;
	void *self; /* of both functions */
	void (*pass)(void *self, int64_t ms);
	void (*save)(void *self, const char *name, const struct buf *screen);
	/* Its own: */
	size_t rows, columns;
	const char *typing; /* the rest of a type: word */
	struct buf shown;   /* the last screen */
	unsigned bad_words;
};

void term_script(struct script *script); /* fills in the functions and an 80x24 window */
void term_script_end(struct script *script);

#endif
