#ifndef UI_PRIV_H
#define UI_PRIV_H

#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/ui.h"

/* ---- Input, line by line: input.c ---- */

#define UI_LINE_MAX 65536

/* What has come: a line (without its end), one that is too long, or why none will. */
enum input_got { INPUT_LINE, INPUT_LONG, INPUT_TIME, INPUT_END, INPUT_SIGNAL };

struct input {
	int fd;
	struct buf pending; /* bytes read and not yet given */
	bool ended, skipping;
};

/* Waits at most wait_ms (-1: for ever); INPUT_TIME when that has passed. */
enum input_got input_line(struct input *input, int64_t wait_ms, struct buf *line);
void input_release(struct input *input);

/* 1: there is something to read; 0: the time has passed, or a signal came that does not
 * ask us to stop; -1: one that does. */
int ui_wait_input(int fd, int64_t wait_ms);

/* Writes what is buffered. False when that fails: *end then tells a reader that went
 * away (UI_GONE) from an output that is broken. */
bool ui_flush(FILE *out, enum ui_end *end);

/* How long a front end may wait before something is due; -1: nothing ever is. */
int64_t ui_wait_ms(struct sitting *sitting);

/* ---- Responses as letters: letters.c ---- */

/* From letters as shown, in the order given; a message on failure. */
bool letters_read(const struct form_item *item, const char *letters, size_t count,
		  struct response *response, const char **why);

/* One pair into a matching response (made empty first by pairs_begin()). */
void pairs_begin(const struct form_item *item, struct response *response);
bool pairs_add(const struct form_item *item, unsigned prompt, char letter,
	       struct response *response, const char **why);

/* Makes a matching response that pairs nothing the empty one. */
void pairs_end(struct response *response);

#endif
