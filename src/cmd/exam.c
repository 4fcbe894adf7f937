#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "proctor/clock.h"

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

/* Everything one exam needs, and who owns what: the arena, but bank and opener. */
struct exam {
	struct arena arena;
	struct opener opener;
	struct bank *bank;
	struct store *store; /* the opener's */
	struct blueprint blueprint;
	struct form form;
	struct session session;
	struct store_session about;
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

const char *new_seed(struct arena *arena)
{
	uint8_t chance[8];
	char *text = arena_alloc(arena, 2 * sizeof(chance) + 1);

	crypto_random(chance, sizeof(chance));
	for (size_t i = 0; i < sizeof(chance); i++)
		snprintf(text + 2 * i, 3, "%02x", chance[i]);
	return text;
}

/* With a seed given, the form is what the seed says; else what was seen counts too. */
static bool draw_form(struct exam *exam, const struct given *given, struct err *err)
{
	struct store_seen *seen = NULL;
	struct draw draw = { .seed = exam->about.seed };

	if (!given->seed) {
		if (!store_seen_load(exam->store, exam->bank->id, &exam->arena, &seen,
				     err))
			return false;
		draw.seen = store_seen;
		draw.context = seen;
	}
	if (!blueprint_draw(&exam->blueprint, exam->bank, &draw, &exam->arena,
			    &exam->form, err))
		return false;
	if (draw.seen && !exam->form.proven)
		put_note("this form keeps every rule, but that no other repeats less of "
			 "what you have seen is not proven");
	return true;
}

static void describe(struct exam *exam, const struct given *given, int64_t limit_ms)
{
	char *digest = arena_alloc(&exam->arena, CRYPTO_HEX_SIZE);

	crypto_hex(&exam->bank->digest, digest);
	exam->about = (struct store_session){
		.kind = "exam",
		.bank_id = exam->bank->id,
		.bank_version = exam->bank->version,
		.bank_digest = digest,
		.signed_by = exam->bank->is_signed ? exam->bank->signer.key_id : "",
		.seed = given->seed ? given->seed : new_seed(&exam->arena),
		.history = !given->seed,
		.limit_ms = limit_ms,
		.strict = given->strict,
		.can_pause = !given->strict,
		.began_ms = clock_now(&clock_system).real,
		.blueprint_id = exam->blueprint.id,
		.blueprint = arena_copy(&exam->arena, exam->blueprint.text,
					exam->blueprint.text_len),
	};
}

static void tell_unfinished(struct exam *exam)
{
	struct store_session other;
	struct err none = ERR_INIT;

	if (store_find(exam->store, NULL, true, &exam->arena, &other, &none))
		fprintf(stderr,
			"proctor: session %s is not finished; proctor resume goes on "
			"with it\n",
			other.id);
}

static bool prepare(struct exam *exam, const struct given *given,
		    const char *blueprint_id, struct err *err)
{
	int64_t limit_ms;

	if (!opener_start(&exam->opener, &given->bank, &exam->arena, err))
		return false;
	exam->store = exam->opener.store;
	if (!choose_blueprint(&exam->opener, blueprint_id, given->blueprint, &exam->bank,
			      &exam->blueprint, err) ||
	    !find_limit(given, &exam->blueprint, &limit_ms, err))
		return false;
	describe(exam, given, limit_ms);
	if (!draw_form(exam, given, err))
		return false;
	tell_unfinished(exam);
	if (!store_begin(exam->store, &exam->about, &exam->form, err))
		return false;
	session_init_form(&exam->session, &exam->form, store_rules(&exam->about),
			  &exam->arena);
	return true;
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { 0 };
	struct store_last last = { .boot_id = "" };
	struct exam exam = { 0 };
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = prepare(&exam, &given, i < argc ? argv[i] : NULL, err) &&
	     sit(exam.store, &exam.about, &exam.blueprint, &exam.form, &exam.session,
		 &last, &given.front, err);
	opener_end(&exam.opener);
	bank_free(exam.bank);
	arena_release(&exam.arena);
	return ok;
}

const struct cmd cmd_exam = {
	"exam", run, "[BLUEPRINT]", "sit a full mock exam", opts, NULL,
};
