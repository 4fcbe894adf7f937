#include <string.h>

#include "cmd.h"

struct given {
	struct bank_given bank;
	struct front_given front;
	const char *seed, *accommodation, *blueprint;
	int64_t minutes;
	bool strict, untimed;
};

static const struct opt opts[] = {
	{ OPT_NUMBER, 'm', "minutes", offsetof(struct given, minutes), "N",
	  "another time limit than the exam's" },
	{ OPT_FLAG, 0, "untimed", offsetof(struct given, untimed), NULL,
	  "no time limit" },
	{ OPT_TEXT, 'a', "accommodation", offsetof(struct given, accommodation), "ID",
	  "extra time as the exam grants it, such as esl" },
	{ OPT_FLAG, 0, "strict-time", offsetof(struct given, strict), NULL,
	  "the clock never stops: not for sleep, not while away" },
	{ OPT_TEXT, 's', "seed", offsetof(struct given, seed), "TEXT",
	  "the form this text gives, whatever was seen before" },
	OWN_BLUEPRINT_OPT(struct given, blueprint),
	FRONT_OPTS(struct given, front),
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static bool find_limit(const struct given *given, const struct blueprint *blueprint,
		       int64_t *limit_ms, struct err *err)
{
	int64_t minutes = given->minutes ? given->minutes : blueprint->minutes;
	bool found = !given->accommodation;

	if (given->untimed && (given->minutes || given->accommodation || given->strict))
		return err_set(err, ERR_USAGE,
			       "--untimed goes with no other time option");
	for (size_t i = 0; !found && i < blueprint->accommodation_count; i++)
		if (strcmp(blueprint->accommodations[i].id, given->accommodation) == 0) {
			minutes += blueprint->accommodations[i].extra_minutes;
			found = true;
		}
	if (!found)
		return err_set(err, ERR_USAGE, "%s knows no accommodation \"%s\"",
			       blueprint->id, given->accommodation);
	*limit_ms = given->untimed ? 0 : minutes * 60000;
	return true;
}

/* With a seed given, the form is what the seed says; else what was seen counts too. */
static bool draw_form(struct start *start, const struct given *given, struct err *err)
{
	struct store_seen *seen = NULL;
	struct draw draw = { .seed = start->at.about.seed };

	if (!given->seed) {
		if (!store_seen_load(start->opener.store, start->bank->id, &start->arena,
				     &seen, err))
			return false;
		draw.seen = store_seen;
		draw.context = seen;
	}
	if (!blueprint_draw(&start->at.blueprint, start->bank, &draw, &start->arena,
			    &start->at.form, err))
		return err_in(err, "blueprint %s cannot be met", start->at.blueprint.id);
	if (draw.seen && !start->at.form.proven)
		put_note("this form keeps every rule, but that no other repeats less of "
			 "what you have seen is not proven");
	return true;
}

static bool sit_exam(struct start *start, const struct given *given,
		     const char *blueprint_id, struct err *err)
{
	int64_t limit_ms;

	if (!start_open(start, &given->bank, blueprint_id, given->blueprint, err) ||
	    !find_limit(given, &start->at.blueprint, &limit_ms, err))
		return false;
	start_describe(start, "exam", given->seed, limit_ms);
	start->at.about.strict = given->strict;
	start->at.about.can_pause = !given->strict;
	return draw_form(start, given, err) && start_sit(start, &given->front, err);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { 0 };
	struct start start = { 0 };
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = sit_exam(&start, &given, i < argc ? argv[i] : NULL, err);
	start_end(&start);
	return ok;
}

const struct cmd cmd_exam = {
	"exam", run, "[BLUEPRINT]", "sit a full mock exam", opts, NULL,
};
