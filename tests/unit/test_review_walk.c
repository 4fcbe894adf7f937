#include <sys/stat.h>

#include "golden.h"
#include "review_film.h"

/* A finished session in all three front ends. */

static struct review_film of;

static int setup(void **state)
{
	screen_setup(state);
	review_film_begin(&of);
	return 0;
}

static int teardown(void **state)
{
	review_film_end(&of);
	return screen_teardown(state);
}

/* ---- The screen ---- */

static const struct scene_of {
	const char *name, *script;
} screens[] = {
	{ "walk-choice", "@code save:it" },
	{ "walk-choice-below", "@code Space Space save:it" },
	{ "walk-choice-focus", "@code Down Down Down save:it" },
	{ "walk-response", "@list save:it" },
	{ "walk-ordering", "@order save:it" },
	{ "walk-ordering-below", "@order End save:it" },
	{ "walk-matching", "@match save:it" },
	{ "walk-matching-below", "@match End save:it" },
	{ "walk-case", "@case-a save:it" },
	{ "walk-case-text", "@case-a Tab save:it" },
	{ "walk-open", "@case-b save:it" },
	{ "walk-right", "@wide save:it" },
	{ "walk-long", "@long End save:it" },
	{ "walk-last", "@short n save:it" },
	{ "walk-list", "v save:it" },
	{ "walk-list-flagged", "v Tab Tab save:it" },
	{ "walk-filter", "f save:it" },
	{ "walk-filter-wrong", "f Enter Down Enter save:it" },
	{ "walk-filter-none", "f Enter Down Enter Down Enter save:it" },
	{ "walk-filter-names", "f Down Down Down Enter Down Enter save:it" },
	{ "walk-filtered", "w n save:it" },
	{ "walk-search", "/ type:harbour save:it" },
	{ "walk-searched", "/ type:FAILURE Enter save:it" },
	{ "walk-search-none", "/ type:sea_horse Enter save:it" },
	{ "walk-report", "@code r type:B_is_right_too save:it" },
	{ "walk-drill", "@code d save:it" },
	{ "walk-help", "? save:it" },
	{ "walk-help-below", "? PgDn save:it" },
	{ "walk-no-answer", "@short a x s Backspace save:it" },
	{ "walk-go", "# type:12 Enter save:it" },
};

static void all_screens(size_t rows, size_t columns)
{
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		struct review_filter all = { .search = "" };
		struct err err = ERR_INIT;

		EXPECT_OK(review_set(&of.review, &all, &err), err);
		of.film.script.rows = rows;
		of.film.script.columns = columns;
		of.film.name = screens[i].name;
		EXPECT_INT(screen_play(&of.film, screens[i].script), UI_GONE);
	}
}

static void every_screen_is_as_on_disk_at_80x24(void **state)
{
	(void)state;
	all_screens(24, 80);
}

static void every_screen_is_as_on_disk_at_40x12(void **state)
{
	(void)state;
	all_screens(12, 40);
}

static void q_leaves_and_d_twice_goes_to_a_drill(void **state)
{
	(void)state;
	EXPECT_INT(screen_play(&of.film, "q"), UI_QUIT);
	EXPECT_INT(screen_play(&of.film, "v q"), UI_QUIT);
	EXPECT_INT(screen_play(&of.film, "d n d"), UI_GONE);
	EXPECT_INT(screen_play(&of.film, "@order d d"), UI_DRILL);
	EXPECT_INT(of.film.sit.session.current, 2);
}

static void no_key_changes_anything_of_the_session(void **state)
{
	struct sit *sit = &of.film.sit;
	struct session_item *before = ARENA_ARRAY(&sit->arena, sit->session.count,
						  struct session_item);

	(void)state;
	EXPECT_INT(screen_play(&of.film, ""), UI_GONE);
	memcpy(before, sit->session.items, sit->session.count * sizeof(*before));
	EXPECT_INT(
		screen_play(&of.film,
			    "a b c x s z t m m w w < > Backspace Space Enter Tab v m u u "
			    "Enter f Enter Enter Escape +500s @match 1 2 Enter a"),
		UI_GONE);
	EXPECT_INT(sit->session.phase, PHASE_DONE);
	EXPECT_INT(
		memcmp(before, sit->session.items, sit->session.count * sizeof(*before)),
		0);
}

/* ---- A mistake ---- */

static void expect_written(const char *part)
{
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct stat st;

	EXPECT_INT(stat(temp_path("proctor-mistake-code.md"), &st), 0);
	EXPECT_INT(st.st_mode & 0777, 0600);
	EXPECT_OK(file_read(temp_path("proctor-mistake-code.md"), 1 << 20, &text, &err),
		  err);
	EXPECT_SAID(text.data, part);
	buf_release(&text);
}

static void a_mistake_is_written_once_and_never_over_a_file(void **state)
{
	(void)state;
	screen_play(&of.film, "@code r Enter save:now");
	EXPECT_SAID(of.film.last.data, "Nothing is written.");
	EXPECT_INT(access(temp_path("proctor-mistake-code.md"), F_OK), -1);
	screen_play(&of.film, "@code r type:never Escape save:now");
	EXPECT_INT(access(temp_path("proctor-mistake-code.md"), F_OK), -1);
	screen_play(&of.film, "@code r type:B_is_right_too Enter save:now");
	EXPECT_SAID(of.film.last.data, "Written: ");
	expect_written("```text\nB is right too\n```");
	screen_play(&of.film, "@code r type:again Enter save:now");
	EXPECT_SAID(of.film.last.data, "there already");
	expect_written("B is right too");
}

static void a_full_disk_leaves_no_file_and_says_so(void **state)
{
	(void)state;
	screen_play(&of.film, "@code r type:x save:!full Enter save:!room save:now");
	EXPECT_SAID(of.film.last.data, "Not done:");
	EXPECT_INT(access(temp_path("proctor-mistake-code.md"), F_OK), -1);
}

/* ---- Line by line ---- */

static char *type(enum ui_end (*ui)(struct sitting *, const struct ui_streams *),
		  const char *typed, enum ui_end wanted)
{
	enum ui_end end;
	char *said = sit_type(&of.film.sit, ui, typed, &end);

	EXPECT_INT(end, wanted);
	return said;
}

static void a_walk_line_by_line_is_as_on_disk(void **state)
{
	struct buf out = BUF_INIT;
	char *said;

	(void)state;
	said = type(ui_line,
		    "\n\n3\n4\n\n6\nlist\nwrong\nlist\nflagged\nunsure\nunsure off\nn\n"
		    "p\np\nflagged off\nall\nsearch FAILURE\nsearch seahorse\nsearch\n"
		    "domain 9\ntask 1.1\ngo 99\ncase\nGo 5\ncase\nshow\nsubmit\nreport\n"
		    "\nreport \xC3\x84rger with B\nr again\nhelp\nquit\n",
		    UI_QUIT);
	/* Where the file went differs from run to run. */
	for (char *at; (at = strstr(said, temp_dir));)
		memmove(at, at + strlen(temp_dir), strlen(at + strlen(temp_dir)) + 1);
	buf_text(&out, said);
	expect_file("tests/screens/walk-line.txt", &out);
	buf_release(&out);
	free(said);
}

static void a_walk_ends_with_its_input_and_with_drill(void **state)
{
	(void)state;
	free(type(ui_line, "", UI_GONE));
	free(type(ui_line, "2\ndrill\nnext\n", UI_DRILL));
	EXPECT_INT(of.film.sit.session.current, 1);
}

static void what_is_read_beyond_the_line_that_leaves_is_the_drills(void **state)
{
	struct buf ahead = BUF_INIT;
	struct ui_streams streams = {
		.columns = 80, .in = -1, .out = fopen("/dev/null", "w"), .ahead = &ahead
	};
	int ends[2];

	(void)state;
	EXPECT_INT(pipe(ends), 0);
	EXPECT_INT(write(ends[1], "2\ndrill\n1\ndrill\nb s", 19), 19);
	streams.in = ends[0];
	EXPECT_INT(ui_line(&of.film.sit.sitting, &streams), UI_DRILL);
	EXPECT_TEXT(ahead.data, "1\ndrill\nb s");
	EXPECT_INT(ui_line(&of.film.sit.sitting, &streams), UI_DRILL);
	EXPECT_INT(of.film.sit.session.current, 0);
	EXPECT_TEXT(ahead.data, "b s");
	buf_release(&ahead);
	fclose(streams.out);
	close(ends[0]);
	close(ends[1]);
}

static void a_drill_says_what_was_left_open(void **state)
{
	char *said;

	(void)state;
	review_film_end(&of);
	review_film_begin_as(&of, "drill", "@code d Enter @list a Enter r e y");
	said = type(ui_line, "wrong\nlist\nall\n2\nquit\n", UI_QUIT);
	EXPECT_SAID(said, "Review of drill ");
	EXPECT_SAID(said, "Listed: 1 of 9 (wrong).");
	EXPECT_SAID(said, "Not complete. Your answer: A. Right: A C.");
	EXPECT_SAID(said, "Left open: in a drill that counts neither way.");
	free(said);
}

/* ---- jsonl ---- */

static void requests_are_answered_one_by_one(void **state)
{
	char *said;

	(void)state;
	said = type(ui_jsonl,
		    "{\"do\":\"goto\",\"number\":1}\n{\"do\":\"goto\",\"number\":10}\n"
		    "{\"do\":\"filter\",\"wrong\":true,\"flagged\":true}\n"
		    "{\"do\":\"filter\",\"search\":\"seahorse\"}\n{\"do\":\"list\"}\n"
		    "{\"do\":\"goto\"}\n{\"do\":\"submit\"}\n{\"do\":\"report\","
		    "\"number\":1,\"because\":\" \"}\n{\"do\":\"drill\",\"number\":4}\n",
		    UI_DRILL);
	EXPECT_SAID(said,
		    "{\"is\":\"list\",\"listed\":[1,2,3,4,5,6,7,8,9],\"number\":1,");
	EXPECT_SAID(said, "\"right\":false,\"response\":[\"C\"],\"key\":[\"A\"]");
	EXPECT_SAID(said, "\"note\":\"ask about zero\",\"scored\":");
	EXPECT_SAID(said, "\"change\":\"wrong-to-wrong\",\"flagged\":true");
	EXPECT_SAID(said, "there is no such question");
	EXPECT_SAID(said, "\"told\":\"2 of 9 (wrong, flagged)\"");
	EXPECT_SAID(said, "no question has \\\"seahorse\\\"");
	EXPECT_SAID(said, "\\\"number\\\" is missing");
	EXPECT_SAID(said, "must be one of \\\"goto\\\", \\\"list\\\"");
	EXPECT_SAID(said, "say what is wrong with the question");
	EXPECT_UNSAID(said, "remaining_ms");
	EXPECT_INT(of.film.sit.session.current, 3);
	free(said);
}

#define WALK(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	WALK(every_screen_is_as_on_disk_at_80x24),
	WALK(every_screen_is_as_on_disk_at_40x12),
	WALK(q_leaves_and_d_twice_goes_to_a_drill),
	WALK(no_key_changes_anything_of_the_session),
	WALK(a_mistake_is_written_once_and_never_over_a_file),
	WALK(a_full_disk_leaves_no_file_and_says_so),
	WALK(a_walk_line_by_line_is_as_on_disk),
	WALK(a_walk_ends_with_its_input_and_with_drill),
	WALK(what_is_read_beyond_the_line_that_leaves_is_the_drills),
	WALK(a_drill_says_what_was_left_open),
	WALK(requests_are_answered_one_by_one),
};

TEST_MAIN(tests)
