#include "cmd.h"

struct given {
	struct front_given front;
};

static const struct opt opts[] = {
	FRONT_OPTS(struct given, front),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static bool resume(struct store *store, const char *id, const void *options,
		   struct arena *arena, struct err *err)
{
	const struct given *given = options;
	struct store_loaded loaded;

	/* Held before it is read: what is replayed is then what stays true. */
	if (!store_find(store, id, true, arena, &loaded.about, err) ||
	    !store_hold(store, loaded.about.id, err) ||
	    !store_load(store, loaded.about.id, true, arena, &loaded, err))
		return false;
	if (loaded.session.phase == PHASE_DONE)
		return err_set(err, ERR_USAGE,
			       "session %s is finished; see proctor report %s",
			       loaded.about.id, loaded.about.id);
	return sit(store, &loaded, NULL, &given->front, err);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { .front.plain = false };

	return on_session(opts, argc, argv, &given, resume, err);
}

const struct cmd cmd_resume = {
	"resume", run, "[SESSION]", "go on with an unfinished session", opts, NULL,
};
