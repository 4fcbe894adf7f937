#ifndef LINE_PRIV_H
#define LINE_PRIV_H

#include "../priv.h"
#include "proctor/arena.h"

/* One run of the line mode. */
struct line {
	struct sitting *sitting;
	FILE *out;
	size_t columns;
	struct input input;
	const char *told_case; /* id of the case whose text was shown last, or NULL */
	size_t notices;        /* how many of the time notices are given */
	bool confirming;       /* the last line asked whether to submit */
	bool asking;           /* the last line asked how sure the candidate is */
	bool asked;            /* it has been asked in full once */
	bool reporting;        /* the last line asked what is wrong with the question */
	enum confidence level; /* given with the answer that is being carried out */
	enum ui_end end;
	bool over;
};

struct form_item *line_item(struct line *line); /* the question in front */

/* ---- What is shown: show.c ---- */

void line_welcome(struct line *line);
void line_question(struct line *line, bool with_case);
void line_case(struct line *line);
void line_review(struct line *line, const char *filter);
void line_time(struct line *line);
void line_response(struct line *line);         /* "B", "A, C", "1 B, 2 A" */
void line_length(int64_t ms, struct buf *out); /* "1 hour 5 minutes" */
void line_say(struct line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* An address or a file, never cut into lines: it has to be copied in one piece. */
void line_whole(struct line *line, const char *text);

/* Text from the bank, wrapped, behind `indent` blanks; or behind what is printed already:
 * `indent` columns, and `taken` more that only the first line has to stand back for. */
void line_markup(struct line *line, const char *text, size_t indent);
void line_markup_behind(struct line *line, const char *text, size_t indent, size_t taken);

/* ---- What can be typed: words.c ---- */

void line_command(struct line *line, const char *text);

/* Carries an event out and says what came of it; `said` may be NULL. False when it did
 * not happen, or the time was up. */
bool line_do(struct line *line, struct event event, const char *said);

void line_move(struct line *line, size_t item);
void line_confidence(struct line *line, enum confidence level);

/* ---- Keys shown in a drill: drill.c ---- */

struct session_item *line_state(struct line *line); /* of the question in front */

/* "b sure", "1a 2c u": takes how sure the candidate is off the end of an answer. */
void line_cut_level(struct line *line, char *text);

/* After an answer is stored. True when it is complete and this is a drill with feedback:
 * then all has been said. */
bool line_answered(struct line *line);

/* The answer to how sure? False when the text is something else. */
bool line_take_level(struct line *line, const char *text);

void line_reveal(struct line *line);   /* stores that the key is shown, and shows it */
void line_feedback(struct line *line); /* shows it */
void line_go_on(struct line *line);    /* Enter alone */

/* ---- A finished session: review.c ---- */

/* Walks through it; releases the input. */
enum ui_end line_walk(struct line *line);

/* What there is to say of a question beside its key. */
void line_facts(struct line *line);

#endif
