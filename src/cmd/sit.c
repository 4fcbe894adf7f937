#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cmd.h"

/* Two boots of which nothing is known may not be one: then the calendar must do. */
static bool is_boot(const char *then, const char *now)
{
	return then[0] && strcmp(then, now) == 0;
}

/* The clock goes on from where it stood; strict time also counts the absence. */
static void start_timer(struct sitting *sitting, const struct store_last *last)
{
	const struct store_session *about = sitting->about;
	struct moment now = clock_now(sitting->clock);
	int64_t used = sitting->session->used_ms;

	if (about->strict && sitting->session->phase != PHASE_READY)
		used += timer_absence(
			last->moment, now,
			is_boot(last->boot_id, clock_boot_id(sitting->clock)));
	timer_start(&sitting->timer, used, about->strict, now);
	timer_hold(&sitting->timer, sitting->session->phase == PHASE_PAUSED, now);
	sitting->stored_ms = sitting->session->used_ms;
}

/* A signal that asked us to stop ends the program as it would have, now that all that was
 * said is written; what was saved is on disk, and the kernel drops the lock. */
static void pass_on_signal(void)
{
	const struct rlimit none = { 0, 0 };
	sigset_t set;

	setrlimit(RLIMIT_CORE, &none); /* SIGQUIT is a key here, and no crash */
	signal(ui_signal(), SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, ui_signal());
	raise(ui_signal());
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* Out of what is stored, so that proctor report says the very same later. */
static bool tell_stored(const struct sitting *sitting, bool jsonl, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT;
	struct session session;
	struct store_last last;
	bool ok;

	if (!jsonl)
		buf_char(&text, '\n');
	ok = store_replay(sitting->store, sitting->about, sitting->form, &session, &arena,
			  &last, err) &&
	     tell_result(sitting->about, sitting->blueprint, sitting->form, &session,
			 &last, &(struct telling){ .format = jsonl ? "jsonl" : "text" },
			 &text, err) &&
	     put_out(&text, err);
	buf_release(&text);
	arena_release(&arena);
	return ok;
}

typedef enum ui_end front_end(struct sitting *sitting, const struct ui_streams *streams);

/* The exam screen needs a terminal on both sides, and one that can move its cursor. */
static front_end *choose_front(const struct front_given *front)
{
	const char *term = getenv("TERM");

	if (front->jsonl)
		return ui_jsonl;
	if (front->plain || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !term ||
	    !*term || strcmp(term, "dumb") == 0)
		return ui_line;
	return ui_tui;
}

enum ui_end run_front(struct sitting *sitting, const struct front_given *front)
{
	struct ui_streams streams = { STDIN_FILENO, stdout, terminal_columns(),
				      front->ahead };
	enum ui_end end;

	ui_catch_signals();
	end = choose_front(front)(sitting, &streams);
	sitting_leave(sitting);
	if (end == UI_SIGNAL)
		pass_on_signal();
	return end;
}

static void put_way_to_review(const char *id)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "proctor review %s walks through it, with the reasons", id);
	put_note(text.data);
	buf_release(&text);
}

bool sit(struct store *store, struct store_loaded *at, const char *told,
	 const struct front_given *front, struct err *err)
{
	struct sitting sitting = {
		.about = &at->about,
		.blueprint = &at->blueprint,
		.form = &at->form,
		.session = &at->session,
		.store = store,
		.clock = &clock_system,
		.told = told,
	};
	enum ui_end end;

	start_timer(&sitting, &at->last);
	end = run_front(&sitting, front);
	if (end == UI_NOT_BEGUN)
		return err_set(err, ERR_SYSTEM,
			       "session %s has not begun, because nothing can be saved",
			       at->about.id);
	if (end == UI_BROKEN)
		return err_set(err, ERR_SYSTEM,
			       "standard output cannot be written; every answer is "
			       "saved, and proctor resume %s goes on",
			       at->about.id);
	if (end != UI_FINISHED)
		return true;
	if (!tell_stored(&sitting, front->jsonl, err))
		return false;
	if (!front->jsonl)
		put_way_to_review(at->about.id);
	return true;
}

typedef bool open_store(const char *path, struct store **store, struct err *err);

static bool on_session_by(open_store *open, const struct opt *opts, int argc, char **argv,
			  void *given, session_action *act, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct store *store = NULL;
	int i = opt_parse(opts, argc, argv, 1, given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = open(NULL, &store, err) &&
	     act(store, i < argc ? argv[i] : NULL, given, &arena, err);
	store_free(store);
	arena_release(&arena);
	return ok;
}

bool on_session(const struct opt *opts, int argc, char **argv, void *given,
		session_action *act, struct err *err)
{
	return on_session_by(store_open, opts, argc, argv, given, act, err);
}

bool on_session_reading(const struct opt *opts, int argc, char **argv, void *given,
			session_action *act, struct err *err)
{
	return on_session_by(store_open_reading, opts, argc, argv, given, act, err);
}
