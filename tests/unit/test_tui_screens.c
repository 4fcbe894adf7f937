#include "screen.h"

/* Every screen, drawn at three sizes and compared with the files in tests/screens. */

static const struct scene_of {
	const char *name, *script;
} screens[] = {
	{ "choice", "@code save:it" },
	{ "choice-chosen", "@code Down Down Space x Down save:it" },
	{ "response", "@list b Down save:it" },
	{ "response-too-many", "@list a b c save:it" },
	{ "ordering", "@order save:it" },
	{ "ordering-placed", "@order c a < save:it" },
	{ "matching", "@match b save:it" },
	{ "matching-whole", "@match a 3 c 2 b save:it" },
	{ "case", "@case-a save:it" },
	{ "case-text", "@case-a Tab save:it" },
	{ "case-scrolled", "@case-a Tab PgDn save:it" },
	{ "wide", "@wide b save:it" },
	{ "long", "@long save:it" },
	{ "long-last-option", "@long d save:it" },
	{ "long-scrolled-away", "@long d PgUp PgUp save:it" },
	{ "long-unread", "@long n save:it" },
	{ "flagged", "@short m s w type:look_again Escape save:it" },
	{ "list", "@code a m @list a c @order a @short v save:it" },
	{ "list-flagged", "@code a m @list a v S-Tab save:it" },
	{ "list-none", "v S-Tab save:it" },
	{ "review", "@code a m @list a r save:it" },
	{ "review-flagged", "@code a m r Down Down Enter save:it" },
	{ "confirm", "@code a m r e save:it" },
	{ "leave", "q save:it" },
	{ "help", "? save:it" },
	{ "help-below", "? PgDn save:it" },
	{ "pause", "+10s z +10m save:it" },
	{ "note", "@long w type:what_about_the_country? Enter type:機械 Left save:it" },
	{ "go", "# type:12 save:it" },
	{ "go-nowhere", "# type:12 Enter save:it" },
	{ "time-hidden", "@short +5m t save:it" },
	{ "time-30", "@short +10m Down save:it" },
	{ "time-5", "@short t +35m Down save:it" },
	{ "full-disk", "@short save:!full a save:!room save:it" },
	{ "full-disk-over", "@short save:!full a +9m save:!room Space save:it" },
};

/* The same of a drill, which shows the key after each answer. */
static const struct scene_of drills[] = {
	{ "drill-open", "@code save:it" },
	{ "drill-answered", "@code b save:it" },
	{ "drill-sure", "@code b s save:it" },
	{ "drill-incomplete", "@match a Enter save:it" },
	{ "drill-none", "@list Enter save:it" },
	{ "drill-again", "@list a c Down Enter save:it" },
	{ "drill-right", "@code a Enter save:it" },
	{ "drill-wrong", "@code d s Enter save:it" },
	{ "drill-wrong-below", "@code d s Enter Space Space save:it" },
	{ "drill-wrong-focus", "@code d Enter PgUp Down Down Down save:it" },
	{ "drill-response", "@list a d s s Enter save:it" },
	{ "drill-ordering", "@order a c d Enter save:it" },
	{ "drill-ordering-below", "@order a c d Enter End save:it" },
	{ "drill-matching", "@match a 2 a c Enter save:it" },
	{ "drill-matching-below", "@match a 2 a c Enter PgDn save:it" },
	{ "drill-case", "@case-a b Enter save:it" },
	{ "drill-case-text", "@case-a b Enter Tab save:it" },
	{ "drill-no-rationale", "@short b Enter save:it" },
	{ "drill-late", "@code d Enter a save:it" },
	{ "drill-go-on", "@short b Enter Enter save:it" },
	{ "drill-list", "@code d Enter @list a c Enter @order a v save:it" },
	{ "drill-review", "@code d Enter r save:it" },
	{ "drill-confirm", "@code d Enter r e save:it" },
	{ "drill-leave", "@code d Enter q save:it" },
	{ "drill-help", "? save:it" },
	{ "drill-full-disk", "@short b save:!full Enter save:!room save:it" },
	{ "drill-full-disk-over", "@short b save:!full Enter save:!room Space save:it" },
};

static void play_all(const char *kind, const struct scene_of *of, size_t count,
		     size_t rows, size_t columns)
{
	for (size_t i = 0; i < count; i++) {
		struct film film;

		screen_begin_as(&film, kind);
		film.script.rows = rows;
		film.script.columns = columns;
		film.name = of[i].name;
		EXPECT_INT(screen_play(&film, of[i].script), UI_GONE);
		screen_end(&film);
	}
}

static void every_screen_is_as_it_was_approved(size_t rows, size_t columns)
{
	play_all("exam", screens, sizeof(screens) / sizeof(screens[0]), rows, columns);
}

static void every_drill_is_as_it_was_approved(size_t rows, size_t columns)
{
	play_all("drill", drills, sizeof(drills) / sizeof(drills[0]), rows, columns);
}

static void every_screen_at_80x24_is_as_it_was_approved(void **state)
{
	(void)state;
	every_screen_is_as_it_was_approved(24, 80);
}

static void every_screen_at_40x12_is_as_it_was_approved(void **state)
{
	(void)state;
	every_screen_is_as_it_was_approved(12, 40);
}

static void every_screen_at_132x43_is_as_it_was_approved(void **state)
{
	(void)state;
	every_screen_is_as_it_was_approved(43, 132);
}

static void every_drill_at_80x24_is_as_it_was_approved(void **state)
{
	(void)state;
	every_drill_is_as_it_was_approved(24, 80);
}

static void every_drill_at_40x12_is_as_it_was_approved(void **state)
{
	(void)state;
	every_drill_is_as_it_was_approved(12, 40);
}

static void every_drill_at_120x40_is_as_it_was_approved(void **state)
{
	(void)state;
	every_drill_is_as_it_was_approved(40, 120);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(every_screen_at_80x24_is_as_it_was_approved,
					screen_setup, screen_teardown),
	cmocka_unit_test_setup_teardown(every_screen_at_40x12_is_as_it_was_approved,
					screen_setup, screen_teardown),
	cmocka_unit_test_setup_teardown(every_screen_at_132x43_is_as_it_was_approved,
					screen_setup, screen_teardown),
	cmocka_unit_test_setup_teardown(every_drill_at_80x24_is_as_it_was_approved,
					screen_setup, screen_teardown),
	cmocka_unit_test_setup_teardown(every_drill_at_40x12_is_as_it_was_approved,
					screen_setup, screen_teardown),
	cmocka_unit_test_setup_teardown(every_drill_at_120x40_is_as_it_was_approved,
					screen_setup, screen_teardown),
};

TEST_MAIN(tests)
