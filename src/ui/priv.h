#ifndef UI_PRIV_H
#define UI_PRIV_H

#include "proctor/arena.h"
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
	struct buf *ahead;  /* as in struct ui_streams */
	bool ended, skipping;
};

void input_begin(struct input *input, const struct ui_streams *streams);
void input_end(struct input *input);

/* Waits at most wait_ms (-1: for ever); INPUT_TIME when that has passed. */
enum input_got input_line(struct input *input, int64_t wait_ms, struct buf *line);

/* 1: there is something to read; 0: the time has passed, or a signal came that does not
 * ask us to stop; -1: one that does. */
int ui_wait_input(int fd, int64_t wait_ms);

/* Writes what is buffered. False when that fails: *end then tells a reader that went
 * away (UI_GONE) from an output that is broken. */
bool ui_flush(FILE *out, enum ui_end *end);

bool ui_is_drill(const struct sitting *sitting);

/* "right", "wrong", or "open" where the answer is not complete: of a question whose key
 * is shown. */
const char *ui_verdict(const struct sitting *sitting, size_t item);

/* A stem on one line, without its markup; text cut to so many columns. */
const char *ui_excerpt(const char *stem, struct arena *arena);
const char *ui_cut(const char *text, size_t columns, struct arena *arena);

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

/* "B", "A C", "1B 2A": a set in the order shown, an ordering in the order given. */
void letters_write(const struct form_item *item, const struct response *response,
		   struct buf *out);

/* ---- What there is to say of an answer whose key is shown: feedback.c ---- */

/* An option, or in matching a prompt, as feedback tells it. */
struct feedback_row {
	const char *label; /* "A", "2" */
	const char *text;  /* its markup */
	const char *why; /* markup: "**Right, your answer.**" and the rationale; or "" */
	bool matters;    /* in the key, or in the answer: the text bears repeating */
};

#define FEEDBACK_ROWS (BANK_OPTIONS_MAX + BANK_PROMPTS_MAX)

/*
 * In the order to be told: options as shown, steps in the order of the key and then those
 * that do not belong, prompts and then options as far as there is something to say of
 * them.
 */
size_t feedback_rows(const struct form_item *item, const struct response *response,
		     struct arena *arena, struct feedback_row rows[FEEDBACK_ROWS]);

/* "Right. Your answer: B." or "Wrong. Your answer: B. Right: D." */
const char *feedback_verdict(const struct form_item *item,
			     const struct response *response, struct arena *arena);

/* The explanation, as markup behind a word that says what it is. */
const char *feedback_principle(const struct question *question, struct arena *arena);

/* What the first key that is not shown yet belongs to, from the question in front on and
 * round again; false when all are shown. */
bool feedback_next(const struct session *session, size_t *item);

/* ---- A finished session: review.c ---- */

/* All keys are shown, the first question listed is in front. */
void ui_review_begin(struct sitting *sitting);

/* As review_set(); what is in front is then a question that is listed. */
bool ui_review_filter(struct sitting *sitting, const struct review_filter *filter,
		      struct err *err);

/* "21 of 65 (wrong, of domain 2)", "all 65 questions": not yet safe to show. */
const char *ui_review_listed(const struct review *review, struct arena *arena);

#endif
