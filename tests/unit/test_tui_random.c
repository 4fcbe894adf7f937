#include "review_film.h"

/*
 * Keys, time and window sizes by chance, a hundred thousand, or as many as KEYS in the
 * environment says.
 */
#define KEYS 100000
#define KEYS_A_SESSION 700

struct chance {
	struct term term;
	struct film *film;
	uint64_t state;
	long left; /* keys of this session */
	const char *kind;
	const char *escape; /* then these, which end the exam from anywhere */
	size_t rows, columns;
	size_t revealed; /* keys shown, in all */
};

static uint64_t next(struct chance *chance)
{
	uint64_t x = chance->state += 0x9E3779B97F4A7C15u;

	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static size_t below(struct chance *chance, size_t n)
{
	return (size_t)(next(chance) % n);
}

static void chance_size(struct term *term, size_t *rows, size_t *columns)
{
	*rows = ((struct chance *)term)->rows;
	*columns = ((struct chance *)term)->columns;
}

/* Whatever was done, the screen is a screen. */
static void chance_show(struct term *term, const struct grid *grid)
{
	(void)term;
	EXPECT_TRUE(grid->cursor_row < grid->rows);
	EXPECT_TRUE(grid->cursor_column < grid->columns);
	for (size_t row = 0; row < grid->rows; row++) {
		size_t width = 0;

		for (size_t i = 0; i < grid->columns; i++)
			width += grid->cells[row * grid->columns + i].width;
		if (width != grid->columns)
			fail_msg("row %zu is %zu wide", row, width);
	}
}

static int some_key(struct chance *chance)
{
	static const int others[] = {
		TUI_UP,         TUI_DOWN,    TUI_LEFT,      TUI_RIGHT,   TUI_SHIFT_UP,
		TUI_SHIFT_DOWN, TUI_PAGE_UP, TUI_PAGE_DOWN, TUI_HOME,    TUI_END,
		TUI_BACKSPACE,  TUI_DELETE,  TUI_BACK_TAB,  TUI_TAB,     TUI_ENTER,
		TUI_ESCAPE,     TUI_ESCAPE,  TUI_ESCAPE,    TUI_NOTHING, TUI_REDRAW,
		TUI_PASTE,      TUI_PASTED,  TUI_DOWN,      TUI_DOWN,    0x6A5F,
		0x301,          0x200D,      0x1F6A9,       0x202E,      1,
		0xD800
	};

	switch (below(chance, 3)) {
	case 0:
		return "abcdefgh"[below(chance, 8)];
	case 1:
		return others[below(chance, sizeof(others) / sizeof(others[0]))];
	default:
		return ' ' + (int)below(chance, 95);
	}
}

static int chance_key(struct term *term, int64_t wait_ms)
{
	struct chance *chance = (struct chance *)term;

	(void)wait_ms;
	if (chance->left-- > 0) {
		screen_pass(chance->film, (int64_t)below(chance, 2000));
		if (below(chance, 50) == 0) {
			chance->rows = 10 + below(chance, 40);
			chance->columns = 36 + below(chance, 100);
			return TUI_RESIZED;
		}
		return below(chance, 500) ? some_key(chance) : TUI_SUSPEND;
	}
	chance->rows = 24;
	chance->columns = 80;
	if (chance->left == -1)
		return TUI_NOTHING; /* which ends a paste, too */
	return *chance->escape ? *chance->escape++ : TUI_GONE;
}

static void chance_suspend(struct term *term)
{
	screen_pass(((struct chance *)term)->film, 60000);
}

static void chance_forget(struct term *term)
{
	(void)term;
}

static void chance_close(struct term *term)
{
	(void)term;
}

/* What is on the disk is what was on the screen, to the last bit. */
static void expect_stored(struct film *film, const struct session *was)
{
	sit_again(&film->sit);
	EXPECT_INT(film->sit.session.phase, was->phase);
	EXPECT_INT(film->sit.session.used_ms, was->used_ms);
	EXPECT_INT(film->sit.session.current, was->current);
	for (size_t i = 0; i < was->count; i++)
		EXPECT_TRUE(memcmp(&film->sit.session.items[i], &was->items[i],
				   sizeof(was->items[i])) == 0);
}

/* In memory where there is a place for that: so many durable writes take long on a disk.
 */
static int setup(void **state)
{
	snprintf(temp_dir, sizeof(temp_dir), "/dev/shm/proctor-test-XXXXXX");
	if (!mkdtemp(temp_dir))
		return screen_setup(state);
	screen_bank();
	return 0;
}

/* A finished session, looked at by chance: whatever is typed, it stays as it is. */
static void look_back_by_chance(struct chance *chance)
{
	struct sit *sit = &chance->film->sit;
	size_t size = sit->session.count * sizeof(struct session_item);
	struct session_item *before = arena_alloc(&sit->arena, size);
	struct review_film of;

	review_film_join(&of, chance->film);
	chance->escape = "q";
	chance->left = 0;
	EXPECT_INT(tui_run(&sit->sitting, &chance->term), UI_QUIT);
	memcpy(before, sit->session.items, size);
	chance->left = KEYS_A_SESSION;
	while (chance->left > 0) {
		enum ui_end end = tui_run(&sit->sitting, &chance->term);

		EXPECT_TRUE(end == UI_QUIT || end == UI_DRILL || chance->left <= 0);
	}
	EXPECT_INT(sit->session.phase, PHASE_DONE);
	EXPECT_INT(memcmp(before, sit->session.items, size), 0);
}

static void play_by_chance(struct chance *chance)
{
	struct film film;
	struct session was;
	enum ui_end end;

	screen_begin_as(&film, chance->kind);
	chance->film = &film;
	chance->rows = 24;
	chance->columns = 80;
	chance->escape = "";
	do { /* leaving is no end here */
		end = tui_run(&film.sit.sitting, &chance->term);
	} while (end == UI_QUIT && chance->left > 0);
	EXPECT_TRUE(end == UI_GONE || end == UI_QUIT || end == UI_FINISHED);
	was = film.sit.session;
	if (was.phase != PHASE_DONE) {
		expect_stored(&film, &was);
		chance->escape = "\033\033\n\033\033rey";
		EXPECT_INT(tui_run(&film.sit.sitting, &chance->term), UI_FINISHED);
	}
	chance->revealed += session_count(&was).revealed;
	look_back_by_chance(chance);
	screen_end(&film);
}

static void no_keys_crash_it_or_lose_an_answer_or_lead_to_a_dead_end(void **state)
{
	const char *given = getenv("KEYS");
	long keys = given ? strtol(given, NULL, 10) : KEYS;
	struct chance chance = { .term = { chance_size, chance_show, chance_key,
					   chance_forget, chance_suspend, chance_close },
				 .state = 20261121 };

	(void)state;
	while (keys > 0) {
		chance.left = KEYS_A_SESSION;
		chance.kind = below(&chance, 2) ? "drill" : "exam";
		play_by_chance(&chance);
		keys -= KEYS_A_SESSION - (chance.left > 0 ? chance.left : 0);
	}
	EXPECT_TRUE(chance.revealed > 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(
		no_keys_crash_it_or_lose_an_answer_or_lead_to_a_dead_end, setup,
		screen_teardown),
};

TEST_MAIN(tests)
