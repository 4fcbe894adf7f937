#include "cmd.h"

struct given {
	struct telling how;
	struct bank_given bank; /* for --verify alone */
	const char *file, *verify;
};

static const struct opt opts[] = {
	TELLING_OPTS(struct given, how),
	{ OPT_FLAG, 0, "full", offsetof(struct given, how.full), NULL,
	  "text: with every task, topic and question" },
	{ OPT_TEXT, 'o', "output", offsetof(struct given, file), "FILE",
	  "write to this file, whole or not at all" },
	{ OPT_TEXT, 0, "verify", offsetof(struct given, verify), "FILE",
	  "does this report, as JSON, hold? from the bank" },
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static bool report(struct store *store, const char *id, const void *options,
		   struct arena *arena, struct err *err)
{
	const struct given *given = options;
	struct buf text = BUF_INIT;
	struct store_loaded loaded;
	bool ok;

	if (!store_load(store, id, false, arena, &loaded, err))
		return false;
	if (loaded.session.phase != PHASE_DONE)
		return err_set(
			err, ERR_USAGE,
			"session %s is not finished; proctor resume goes on with it",
			loaded.about.id);
	ok = tell_result(&loaded.about, &loaded.blueprint, &loaded.form, &loaded.session,
			 &loaded.last, &given->how, &text, err) &&
	     put_file(given->file, &text, err);
	buf_release(&text);
	return ok;
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { .how = { .format = "text" } };
	struct given looked = given;
	int i = opt_parse(opts, argc, argv, 1, &looked, err);

	if (i < 0)
		return false;
	if (looked.verify) {
		if (i < argc || looked.file)
			return err_set(err, ERR_USAGE,
				       "--verify looks at a file, and writes none: "
				       "neither SESSION nor --output goes with it");
		return verify_report(looked.verify, &looked.bank, err);
	}

	return on_session_reading(opts, argc, argv, &given, report, err);
}

const struct cmd cmd_report = {
	"report", run,  "[SESSION]", "score and weaknesses of a finished session",
	opts,     NULL,
};
