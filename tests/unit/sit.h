#ifndef SIT_H
#define SIT_H

#include "proctor/blueprint.h"
#include "proctor/clock.h"
#include "proctor/store.h"
#include "proctor/ui.h"
#include "temp.h"

/* A sitting of the small bank or the shipped one, on a clock that the test moves. */

struct sit {
	struct arena arena;
	struct trust trust;
	struct bank *bank;
	struct blueprint blueprint;
	struct form form;
	struct session session;
	struct store *store;
	struct store_session about;
	struct clock clock;
	struct moment now;
	int64_t step; /* each look at the clock moves it by this, ms */
	const char *boot;
	struct sitting sitting;
};

static inline struct moment sit_now(void *self)
{
	struct sit *sit = self;

	sit->now.mono += sit->step;
	sit->now.boot += sit->step;
	sit->now.real += sit->step;
	return sit->now;
}

static inline const char *sit_boot(void *self)
{
	return ((struct sit *)self)->boot;
}

static inline void sit_join(struct sit *sit, int64_t used_ms)
{
	sit->sitting = (struct sitting){
		.about = &sit->about,
		.blueprint = &sit->blueprint,
		.form = &sit->form,
		.session = &sit->session,
		.store = sit->store,
		.clock = &sit->clock,
	};
	timer_start(&sit->sitting.timer, used_ms, sit->about.strict, sit->now);
	sit->sitting.stored_ms = used_ms;
}

/* A new session of the bank in `dir`, with the form of `seed`, its limit in minutes. */
static inline void sit_begin_as(struct sit *sit, const char *kind, const char *dir,
				const char *blueprint, const char *seed, int64_t minutes)
{
	struct err err = ERR_INIT;
	struct bank_policy policy = { &sit->trust, false, "2026-11-20" };
	struct draw draw = { .seed = seed };

	memset(sit, 0, sizeof(*sit));
	sit->clock = (struct clock){ sit_now, sit_boot, sit };
	sit->now = (struct moment){ 5000, 9000, 1795132800000 };
	sit->boot = "boot-one";
	setenv("XDG_CONFIG_HOME", temp_path("config"), 1);
	EXPECT_OK(trust_load(&sit->trust, TEMP_PUBLIC, &sit->arena, &err), err);
	EXPECT_OK(bank_open(dir, &policy, &sit->bank, &err), err);
	EXPECT_OK(
		blueprint_find(sit->bank, blueprint, &sit->arena, &sit->blueprint, &err),
		err);
	EXPECT_OK(blueprint_draw(&sit->blueprint, sit->bank, &draw, &sit->arena,
				 &sit->form, &err),
		  err);
	EXPECT_OK(store_open(temp_path("state/proctor.db"), &sit->store, &err), err);
	sit->about = (struct store_session){
		.kind = kind,
		.feedback = strcmp(kind, "drill") == 0,
		.bank_id = sit->bank->id,
		.bank_version = sit->bank->version,
		.bank_digest = "d",
		.signed_by = sit->bank->signer.key_id,
		.seed = seed,
		.limit_ms = minutes * 60000,
		.can_pause = true,
		.began_ms = sit->now.real,
		.blueprint_id = sit->blueprint.id,
		.blueprint = arena_copy(&sit->arena, sit->blueprint.text,
					sit->blueprint.text_len),
	};
	EXPECT_OK(store_begin(sit->store, &sit->about, &sit->form, &err), err);
	session_init_form(&sit->session, &sit->form, store_rules(&sit->about),
			  &sit->arena);
	sit_join(sit, 0);
}

static inline void sit_begin(struct sit *sit, const char *dir, const char *blueprint,
			     const char *seed, int64_t minutes)
{
	sit_begin_as(sit, "exam", dir, blueprint, seed, minutes);
}

/* Another session of the same form, an hour later; the one before is let go. */
static inline void sit_next(struct sit *sit, const char *kind)
{
	struct err err = ERR_INIT;

	store_free(sit->store);
	EXPECT_OK(store_open(temp_path("state/proctor.db"), &sit->store, &err), err);
	sit->now.real += 3600000;
	sit->about.began_ms = sit->now.real;
	sit->about.kind = kind;
	sit->about.feedback = strcmp(kind, "drill") == 0;
	EXPECT_OK(store_begin(sit->store, &sit->about, &sit->form, &err), err);
	session_init_form(&sit->session, &sit->form, store_rules(&sit->about),
			  &sit->arena);
	sit_join(sit, 0);
}

/* As after a crash: everything is forgotten but what is on disk. */
static inline struct store_last sit_again(struct sit *sit)
{
	struct err err = ERR_INIT;
	struct store_last last;

	store_free(sit->store);
	EXPECT_OK(store_open(temp_path("state/proctor.db"), &sit->store, &err), err);
	EXPECT_OK(store_find(sit->store, sit->about.id, true, &sit->arena, &sit->about,
			     &err),
		  err);
	EXPECT_OK(store_hold(sit->store, sit->about.id, &err), err);
	EXPECT_OK(blueprint_read("stored", sit->about.blueprint,
				 strlen(sit->about.blueprint), &sit->arena,
				 &sit->blueprint, &err),
		  err);
	EXPECT_OK(store_form(sit->store, &sit->about, &sit->blueprint, &sit->arena,
			     &sit->form, &err),
		  err);
	EXPECT_OK(store_replay(sit->store, &sit->about, &sit->form, &sit->session,
			       &sit->arena, &last, &err),
		  err);
	sit_join(sit, sit->session.used_ms);
	return last;
}

static inline void sit_end(struct sit *sit)
{
	store_free(sit->store);
	bank_free(sit->bank);
	arena_release(&sit->arena);
}

/* Runs a front end on typed text; what it wrote is the caller's to free. */
static inline char *sit_type(struct sit *sit,
			     enum ui_end (*ui)(struct sitting *,
					       const struct ui_streams *),
			     const char *typed, enum ui_end *end)
{
	struct ui_streams streams = { .columns = 80 };
	FILE *in = tmpfile();
	static char
		*said; /* static, for the stream keeps its address until it is closed */
	static size_t size;

	EXPECT_TRUE(in != NULL);
	fputs(typed, in);
	fflush(in);
	EXPECT_INT(lseek(fileno(in), 0, SEEK_SET), 0);
	streams.in = fileno(in);
	streams.out = open_memstream(&said, &size);
	*end = ui(&sit->sitting, &streams);
	fclose(streams.out);
	fclose(in);
	return said;
}

/* Is this in what was said? */
#define EXPECT_SAID(said, part)                                        \
	do {                                                           \
		if (!strstr(said, part))                               \
			fail_msg("\"%s\" is not in:\n%s", part, said); \
	} while (0)

#define EXPECT_UNSAID(said, part)                                  \
	do {                                                       \
		if (strstr(said, part))                            \
			fail_msg("\"%s\" is in:\n%s", part, said); \
	} while (0)

#endif
