#ifndef SCREEN_H
#define SCREEN_H

#include <signal.h>
#include <sys/resource.h>

#include "../../src/ui/tui/tui.h"
#include "sit.h"

#include "../../src/ui/tui/tui.h"

/*
 * The exam screen on a script terminal, with the bank of tests/fixtures/screens. In a
 * script, "@code" goes to the question of that id, and these names of save: are doings:
 * "!full" and "!room" fill the disk and make room.
 */
struct film {
	struct sit sit;
	struct store_session about;
	struct script script;
	struct buf text;  /* the script, expanded */
	const char *name; /* of the golden screen, for save:it */
	struct buf last;  /* what was saved last */
	enum ui_end end;
};

static inline void screen_copy(const char *name)
{
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	char from[128];

	snprintf(from, sizeof(from), "tests/fixtures/screens/%s", name);
	EXPECT_OK(file_read(from, 1 << 20, &text, &err), err);
	snprintf(from, sizeof(from), "bank/%s", name);
	temp_write(from, text.data, text.len);
	buf_release(&text);
}

/* The bank into the test's folder, signed. */
static inline void screen_bank(void)
{
	struct err err = ERR_INIT;

	crypto_start();
	mkdir(temp_path("bank"), 0700);
	screen_copy("bank.json");
	screen_copy("questions.json");
	EXPECT_OK(temp_sign(0, "2026-11-20", &err), err);
}

static inline int screen_setup(void **state)
{
	(void)state;
	temp_make();
	screen_bank();
	return 0;
}

static inline int screen_teardown(void **state)
{
	(void)state;
	temp_remove();
	return 0;
}

static inline size_t screen_number(const struct film *film, const char *id, size_t len)
{
	for (size_t i = 0; i < film->sit.form.count; i++) {
		const char *at = film->sit.form.items[i].question->id;

		if (strlen(at) == len && memcmp(at, id, len) == 0)
			return i + 1;
	}
	fail_msg("no question %.*s in the form", (int)len, id);
	return 0;
}

static inline void screen_expand(struct film *film, const char *script)
{
	buf_clear(&film->text);
	while (*script) {
		size_t len = strcspn(script, "@"), id;

		buf_add(&film->text, script, len);
		script += len;
		if (!*script)
			break;
		id = strcspn(++script, " \n");
		buf_printf(&film->text, "# type:%zu Enter",
			   screen_number(film, script, id));
		script += id;
	}
}

static inline void screen_pass(void *self, int64_t ms)
{
	struct sit *sit = &((struct film *)self)->sit;

	sit->now.mono += ms;
	sit->now.boot += ms;
	sit->now.real += ms;
}

static inline void screen_limit(rlim_t bytes)
{
	struct rlimit limit = { bytes, RLIM_INFINITY };

	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* As it is on the disk in tests/screens; REGEN=1 puts it there. */
static inline void screen_compare(struct film *film, const struct buf *shown)
{
	const char *by_chance = temp_dir + strlen(temp_dir) - 6;
	struct err err = ERR_INIT;
	struct buf wanted = BUF_INIT;
	char path[128];

	snprintf(path, sizeof(path), "tests/screens/%s-%zux%zu.txt", film->name,
		 film->script.columns, film->script.rows);
	for (char *at; (at = strstr(shown->data, by_chance));)
		memcpy(at, "XXXXXX", 6);
	if (getenv("REGEN")) {
		EXPECT_OK(file_write(path, shown->data, shown->len, 0644, &err), err);
		return;
	}
	EXPECT_OK(file_read(path, 1 << 20, &wanted, &err), err);
	if (strcmp(wanted.data, shown->data) != 0)
		fail_msg("%s: wanted\n%s\ngot\n%s", path, wanted.data, shown->data);
	buf_release(&wanted);
}

static inline void screen_save(void *self, const char *name, const struct buf *shown)
{
	struct film *film = self;

	if (strcmp(name, "!full") == 0) {
		screen_limit(0);
	} else if (strcmp(name, "!room") == 0) {
		screen_limit(RLIM_INFINITY);
	} else if (strcmp(name, "it") == 0) {
		screen_compare(film, shown);
	} else {
		buf_clear(&film->last);
		buf_add(&film->last, shown->data, shown->len);
	}
}

/* Every question of the bank, in an order of its own, whatever would have been drawn. */
static inline void screen_form(struct sit *sit)
{
	static const char *const order[] = { "code",   "list", "order", "match", "case-a",
					     "case-b", "wide", "long",  "short" };

	EXPECT_INT(sit->form.count, sizeof(order) / sizeof(order[0]));
	for (size_t i = 0; i < sit->form.count; i++) {
		struct form_item *item = &sit->form.items[i];

		item->question = bank_find(sit->bank, order[i]);
		EXPECT_TRUE(item->question != NULL);
		for (uint8_t k = 0; k < BANK_OPTIONS_MAX; k++)
			item->shown[k] = k;
	}
}

static inline void screen_begin_as(struct film *film, const char *kind)
{
	struct sit *sit = &film->sit;
	struct err err = ERR_INIT;

	memset(film, 0, sizeof(*film));
	signal(SIGXFSZ, SIG_IGN);
	sit_begin_as(sit, kind, temp_path("bank"), "screens", "screens", 40);
	screen_form(sit);
	store_free(sit->store);
	EXPECT_OK(store_open(temp_path("state/proctor.db"), &sit->store, &err), err);
	EXPECT_OK(store_begin(sit->store, &sit->about, &sit->form, &err), err);
	session_init_form(&sit->session, &sit->form, store_rules(&sit->about),
			  &sit->arena);
	sit_join(sit, 0);
	/* Ids are made by chance; the screen is shown this one. */
	film->about = sit->about;
	snprintf(film->about.id, sizeof(film->about.id), "20261120-c0ffee");
	sit->sitting.about = &film->about;
	film->text = film->last = (struct buf)BUF_INIT;
	term_script(&film->script);
	film->script.self = film;
	film->script.pass = screen_pass;
	film->script.save = screen_save;
}

static inline void screen_begin(struct film *film)
{
	screen_begin_as(film, "exam");
}

static inline void screen_end(struct film *film)
{
	term_script_end(&film->script);
	buf_release(&film->text);
	buf_release(&film->last);
	sit_end(&film->sit);
	remove(temp_path("state/proctor.db"));
}

/* Plays a script to its end; the window and the session stay for the next. */
static inline enum ui_end screen_play(struct film *film, const char *script)
{
	screen_expand(film, script);
	film->script.text = film->text.data;
	film->end = tui_run(&film->sit.sitting, &film->script.term);
	EXPECT_INT(film->script.bad_words, 0);
	return film->end;
}

#endif
