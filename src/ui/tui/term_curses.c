/* The one file that knows curses. */
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "../priv.h"
#include "term.h"

/* What is pasted comes between these two, once the terminal was asked for that. */
#define PASTE "\033[200~"
#define PASTED "\033[201~"
#define KEY_PASTE (KEY_MAX + 1)
#define KEY_PASTED (KEY_MAX + 2)

static volatile sig_atomic_t asked_to_suspend;

struct curses {
	struct term term;
	SCREEN *screen;
	struct cell *shown; /* what the window holds, row by row */
	size_t rows, columns;
	bool spoilt;     /* nothing of what is shown can be trusted */
	unsigned silent; /* times in a row that there was input and no key in it */
	struct sigaction old_suspend;
};

/* The terminal that is open: there is one, and it is given back however the program ends.
 */
static struct curses *open_one;

/* Those that do not know it leave it alone, as long as they have such sequences at all.
 */
static void mark_pastes(bool on)
{
	const char *move = tigetstr("cup");

	if (strncmp(move, "\033[", 2) == 0)
		putp(on ? "\033[?2004h" : "\033[?2004l");
	fflush(stdout);
}

static void give_back(void)
{
	if (open_one) {
		mark_pastes(false);
		endwin();
	}
	open_one = NULL;
}

static void note_suspend(int number)
{
	asked_to_suspend = number;
}

/* Asked of the terminal itself: while we slept or stood still no signal told of a change.
 */
static void curses_size(struct term *term, size_t *rows, size_t *columns)
{
	struct winsize now;
	int y, x;

	(void)term;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &now) == 0 && now.ws_row && now.ws_col &&
	    is_term_resized(now.ws_row, now.ws_col))
		resizeterm(now.ws_row, now.ws_col);
	getmaxyx(stdscr, y, x);
	*rows = (size_t)y;
	*columns = (size_t)x;
}

/* ---- Showing ---- */

static size_t decode(const char *text, wchar_t *wide, size_t size)
{
	mbstate_t state = { 0 };
	size_t n = 0, len = strlen(text);

	while (len && n + 1 < size) {
		size_t used = mbrtowc(&wide[n], text, len, &state);

		if (used == 0 || used > len)
			break;
		text += used;
		len -= used;
		n++;
	}
	wide[n] = L'\0';
	return n;
}

static void put_cell(int y, int x, const struct cell *cell)
{
	wchar_t wide[CCHARW_MAX + 1] = L"";
	attr_t attributes = (cell->style & STYLE_BOLD ? A_BOLD : A_NORMAL) |
			    (cell->style & STYLE_UNDERLINE ? A_UNDERLINE : A_NORMAL) |
			    (cell->style & STYLE_REVERSE ? A_REVERSE : A_NORMAL);
	cchar_t c;

	if (!cell->width)
		return;
	/* What the terminal's own tables hold for wider or narrower is not shown. */
	if (!decode(cell->text, wide, CCHARW_MAX + 1) || wcwidth(wide[0]) < 1 ||
	    wcwidth(wide[0]) > cell->width ||
	    setcchar(&c, wide, attributes, 0, NULL) != OK)
		setcchar(&c, L"?", attributes, 0, NULL);
	mvadd_wch(y, x, &c);
}

static void put_row(const struct grid *grid, size_t row)
{
	for (size_t i = 0; i < grid->columns; i++)
		put_cell((int)row, (int)i, &grid->cells[row * grid->columns + i]);
}

/* Rows that are as they were are left alone; of the others curses sends what changed. */
static void curses_show(struct term *term, const struct grid *grid)
{
	struct curses *curses = (struct curses *)term;
	size_t row_bytes = grid->columns * sizeof(struct cell);

	if (curses->rows != grid->rows || curses->columns != grid->columns) {
		free(curses->shown);
		curses->shown = calloc(grid->rows, row_bytes);
		curses->rows = grid->rows;
		curses->columns = grid->columns;
		curses->spoilt = true;
		erase();
	}
	if (curses->spoilt)
		clearok(curscr, TRUE);
	for (size_t row = 0; row < grid->rows; row++) {
		const struct cell *cells = &grid->cells[row * grid->columns];
		struct cell *shown = &curses->shown[row * grid->columns];

		if (!curses->shown ||
		    (memcmp(cells, shown, row_bytes) == 0 && !curses->spoilt))
			continue;
		put_row(grid, row);
		memcpy(shown, cells, row_bytes);
	}
	curses->spoilt = false;
	move((int)grid->cursor_row, (int)grid->cursor_column);
	refresh();
}

/* ---- Keys ---- */

static int known_key(wint_t key)
{
	static const struct {
		wint_t from;
		int to;
	} keys[] = {
		{ KEY_UP, TUI_UP },
		{ KEY_DOWN, TUI_DOWN },
		{ KEY_LEFT, TUI_LEFT },
		{ KEY_RIGHT, TUI_RIGHT },
		{ KEY_SR, TUI_SHIFT_UP },
		{ KEY_SF, TUI_SHIFT_DOWN },
		{ KEY_PPAGE, TUI_PAGE_UP },
		{ KEY_NPAGE, TUI_PAGE_DOWN },
		{ KEY_HOME, TUI_HOME },
		{ KEY_END, TUI_END },
		{ KEY_BACKSPACE, TUI_BACKSPACE },
		{ KEY_DC, TUI_DELETE },
		{ KEY_BTAB, TUI_BACK_TAB },
		{ KEY_ENTER, TUI_ENTER },
		{ KEY_PASTE, TUI_PASTE },
		{ KEY_PASTED, TUI_PASTED },
		{ KEY_RESIZE, TUI_RESIZED },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].from == key)
			return keys[i].to;
	return TUI_NOTHING;
}

static int character(wint_t c)
{
	if (c == '\r')
		return TUI_ENTER;
	if (c == 127 || c == 8)
		return TUI_BACKSPACE;
	if (c == ('L' & 31))
		return TUI_REDRAW;
	return c < TUI_CODES ? (int)c : TUI_NOTHING;
}

/* A key that is there already; ERR: none is. */
static int pending_key(struct curses *curses)
{
	wint_t c;
	int got = get_wch(&c), key;

	if (got == ERR)
		return ERR;
	curses->silent = 0;
	key = got == KEY_CODE_YES ? known_key(c) : character(c);
	if (key == TUI_REDRAW || key == TUI_RESIZED)
		curses->spoilt = true;
	return key;
}

/* Input that is none, again and again, is the end of it. */
static bool is_gone(struct curses *curses)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };

	if (poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR | POLLNVAL))
		return true;
	return ++curses->silent > 50;
}

static int curses_read_key(struct term *term, int64_t wait_ms)
{
	struct curses *curses = (struct curses *)term;
	int key, ready;

	if (ui_signal())
		return TUI_STOPPED;
	key = pending_key(curses);
	if (key != ERR)
		return key;
	if (!asked_to_suspend) {
		ready = ui_wait_input(STDIN_FILENO, wait_ms);
		if (ready < 0)
			return TUI_STOPPED;
		key = pending_key(curses);
		if (key != ERR)
			return key;
		if (ready > 0 && is_gone(curses))
			return TUI_GONE;
	}
	if (asked_to_suspend) {
		asked_to_suspend = 0;
		return TUI_SUSPEND;
	}
	return TUI_NOTHING;
}

static void curses_forget(struct term *term)
{
	(void)term;
	flushinp();
}

/* ---- Coming and going ---- */

static void catch_suspend(struct curses *curses)
{
	struct sigaction action = { .sa_handler = note_suspend };

	sigemptyset(&action.sa_mask);
	sigaction(SIGTSTP, &action, &curses->old_suspend);
}

static void curses_suspend(struct term *term)
{
	struct curses *curses = (struct curses *)term;

	mark_pastes(false);
	endwin();
	signal(SIGTSTP, SIG_DFL);
	raise(SIGTSTP); /* here we sleep, until SIGCONT */
	catch_suspend(curses);
	mark_pastes(true);
	curses->spoilt = true;
	refresh();
}

static void curses_close(struct term *term)
{
	struct curses *curses = (struct curses *)term;

	give_back();
	signal(SIGTSTP, SIG_DFL);
	delscreen(curses->screen);
	free(curses->shown);
	free(curses);
}

/* Text is UTF-8 here, whatever the locale is called. */
static void set_locale(void)
{
	const char *now = setlocale(LC_CTYPE, "");

	if (!now || MB_CUR_MAX < 4)
		setlocale(LC_CTYPE, "C.UTF-8");
}

static bool can_do(void)
{
	const char *move = tigetstr("cup");

	return move && move != (char *)-1 && *move;
}

struct term *term_curses(void)
{
	static const struct term functions = {
		curses_size,   curses_show,    curses_read_key,
		curses_forget, curses_suspend, curses_close,
	};
	static bool registered;
	struct curses *curses = calloc(1, sizeof(*curses));

	if (!curses)
		return NULL;
	set_locale();
	use_tioctl(TRUE);
	curses->term = functions;
	curses->screen = newterm(NULL, stdout, stdin);
	if (!curses->screen || !can_do()) {
		if (curses->screen) {
			endwin();
			delscreen(curses->screen);
		}
		free(curses);
		return NULL;
	}
	open_one = curses;
	if (!registered)
		atexit(give_back);
	registered = true;
	catch_suspend(curses);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	intrflush(stdscr, FALSE);
	set_escdelay(25);
	define_key(PASTE, KEY_PASTE);
	define_key(PASTED, KEY_PASTED);
	mark_pastes(true);
	return &curses->term;
}
