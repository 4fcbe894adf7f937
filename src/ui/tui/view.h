#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "note.h"
#include "proctor/blueprint.h"
#include "proctor/session.h"

struct arena;
struct grid;
struct review;

/* What the candidate looks at. */
enum screen {
	SCREEN_QUESTION, /* with its case beside or behind it */
	SCREEN_GO,       /* the same, while a number is typed */
	SCREEN_NOTE,     /* the same, with the note pad */
	SCREEN_LIST,     /* the navigator */
	SCREEN_REVIEW,   /* before the end */
	SCREEN_CONFIRM,  /* end the exam? */
	SCREEN_LEAVE,    /* leave the program? */
	SCREEN_HELP,
	SCREEN_PAUSE,
	SCREEN_STUCK, /* an event could not be stored */
	/* In a finished session: */
	SCREEN_FILTER, /* which questions are listed */
	SCREEN_ASK,    /* the question, while a line of text is typed */
	SCREENS,
};

enum filter { ALL, ANSWERED, UNANSWERED, UNSEEN, FLAGGED, FILTERS };

/* What a line of text is typed for. */
enum ask { ASK_SEARCH, ASK_MISTAKE };

bool filter_takes(enum filter filter, const struct session *session, size_t item);

/* Where the last drawing put things: what the keys that move need to know. */
struct mark {
	size_t first, last, column; /* lines of the page; where the cursor belongs */
};

#define MARKS_MAX 32

struct layout {
	enum screen body;           /* what it is the layout of */
	bool too_small, split;      /* split: the case stands beside the question */
	size_t columns;             /* of the text */
	size_t lines, rows, scroll; /* the body's */
	size_t case_lines, case_rows, case_scroll; /* the case's, when it is shown */
	struct mark marks[MARKS_MAX];              /* options, prompts, rows of a menu */
	size_t mark_count;
};

#define FOCUS_TEXT (-1)

/* What of the screen is not the session's: all that a key may change without storing. */
struct view {
	enum screen screen;
	size_t item;  /* the question that focus and scroll belong to */
	int focus;    /* a mark, or FOCUS_TEXT */
	bool follow;  /* scroll so that the focus is seen */
	bool in_case; /* the keys move the case */
	bool shown;   /* the key of the question was shown when it was last looked at */
	bool asked;   /* Enter was pressed once where it needs to be pressed again */
	size_t scrolls[SCREENS], case_scroll;
	bool time_hidden;
	enum filter walk;   /* next and previous keep to these */
	enum filter filter; /* of the list */
	size_t list_focus;  /* a question */
	size_t menu_focus;  /* of review, confirm, leave */
	char typed[8];      /* the number to go to */
	struct note note;   /* what is typed to enum ask as well */
	enum ask ask;
	char message[512]; /* until the next key */
	char notice[64];   /* until notice_end, used_ms */
	int64_t notice_end;
	const char *stuck; /* why nothing can be stored */
	struct layout at;
};

/* Everything a drawing depends on. */
struct scene {
	const char *title;
	const char *id;   /* of the session */
	const char *kind; /* "exam" or "drill" */
	const struct form *form;
	const struct session *session;
	struct review *review; /* of a finished session; else NULL */
	const struct view *view;
	int64_t remaining; /* ms; INT64_MAX: untimed */
	bool stands;       /* the clock stands still */
};

#define TUI_ROWS_MIN 12
#define TUI_COLUMNS_MIN 40
#define TUI_SPLIT_MIN 100
#define TUI_MEASURE 78

enum screen view_body(enum screen screen); /* GO, NOTE and ASK stand upon QUESTION */

/* Is the question one of those? In a finished session its review tells. */
bool scene_lists(const struct scene *scene, enum filter filter, size_t item);

/* Fills the grid, which has its size, and tells where things came to lie. */
void draw(const struct scene *scene, struct arena *arena, struct grid *grid,
	  struct layout *layout);

/* The menu of the review screen; what each row goes through. */
#define REVIEW_ROWS 5
extern const enum filter review_filters[]; /* of the first three rows */

/* The menu of the filter screen. */
enum filter_row {
	ROW_WRONG,
	ROW_FLAGGED,
	ROW_UNSURE,
	ROW_DOMAIN,
	ROW_TASK,
	ROW_SEARCH,
	ROW_ALL,
	FILTER_ROWS,
};

/* And of the leave screen: stay, leave, and in a drill that runs, end it. */
size_t leave_rows(const struct scene *scene);

#endif
