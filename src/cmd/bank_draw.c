#include <stdio.h>
#include <string.h>

#include "draw.h"

#define EXAMS_MAX (DRAW_SEEN_MAX - DRAW_SEEN_DRILL) /* that the history tells apart */

struct given {
	struct bank_given bank;
	const char *seed, *blueprint, *format;
	int64_t forms, stats, length;
	bool answers, history;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 's', "seed", offsetof(struct given, seed), "TEXT",
	  "the form this text gives; else one by chance" },
	{ OPT_QUESTIONS, 'n', "length", offsetof(struct given, length), "N",
	  "so many questions, all scored, instead of the exam's" },
	{ OPT_FLAG, 0, "history", offsetof(struct given, history), NULL,
	  "with regard to what was seen, as an exam is drawn" },
	{ OPT_NUMBER, 0, "forms", offsetof(struct given, forms), "K",
	  "so many forms with no question in common" },
	{ OPT_NUMBER, 0, "stats", offsetof(struct given, stats), "N",
	  "draw N forms and count, instead of showing one" },
	{ OPT_FLAG, 0, "answers", offsetof(struct given, answers), NULL,
	  "show the key as well" },
	OWN_BLUEPRINT_OPT(struct given, blueprint),
	{ OPT_TEXT, 'f', "format", offsetof(struct given, format), "FORMAT",
	  "text or json" },
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static bool check(const struct given *given, struct err *err)
{
	if (strcmp(given->format, "text") != 0 && strcmp(given->format, "json") != 0)
		return err_set(err, ERR_USAGE, "--format wants text or json, not \"%s\"",
			       given->format);
	if (given->stats && (given->forms || given->history || given->answers))
		return err_set(err, ERR_USAGE,
			       "--stats goes without --forms, --history and --answers");
	if (given->forms && given->history)
		return err_set(err, ERR_USAGE, "--forms goes without --history");
	return true;
}

/* How many exams of this bank there were, as far as their tiers tell them apart. */
static bool count_exams(struct store *store, const char *bank_id, struct arena *arena,
			size_t *exams, struct err *err)
{
	struct store_past *sessions;
	size_t count, n = 0;

	if (!store_list(store, arena, &sessions, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		n += strcmp(sessions[i].bank_id, bank_id) == 0 &&
		     strcmp(sessions[i].kind, "exam") == 0;
	*exams = n < EXAMS_MAX ? n : EXAMS_MAX;
	return true;
}

/* With each of the last few, and with all. */
static void find_overlaps(struct drawn *drawn, const struct draw *draw)
{
	for (size_t k = 1; k <= drawn->exams; k++) {
		if (k >= OVERLAPS_MAX && k != drawn->exams)
			continue;
		drawn->overlaps[drawn->overlap_count++] = (struct drawn_overlap){
			(unsigned)k,
			blueprint_overlap(drawn->blueprint, drawn->bank, draw,
					  &drawn->set.forms[0], (unsigned)k)
		};
	}
}

static bool draw_one(struct drawn *drawn, const struct draw *draw, struct store *store,
		     struct arena *arena, struct err *err)
{
	drawn->set.forms = ARENA_NEW(arena, struct form);
	drawn->set.count = 1;
	if (!blueprint_draw(drawn->blueprint, drawn->bank, draw, arena, drawn->set.forms,
			    err))
		return false;
	if (!drawn->history)
		return true;
	if (!count_exams(store, drawn->bank->id, arena, &drawn->exams, err))
		return false;
	find_overlaps(drawn, draw);
	return true;
}

static bool draw_all(struct drawn *drawn, const struct given *given, struct store *store,
		     struct arena *arena, struct blueprint_supply *none, struct err *err)
{
	struct draw draw = { .seed = drawn->seed, .length = given->length, .none = none };
	struct store_seen *seen;

	if (given->stats) {
		struct stats *stats = ARENA_NEW(arena, struct stats);

		drawn->stats = stats;
		return stats_draw(drawn->blueprint, drawn->bank, &draw, given->stats,
				  arena, stats, err);
	}
	if (given->forms)
		return blueprint_draw_apart(drawn->blueprint, drawn->bank, &draw,
					    drawn->wanted, arena, &drawn->set, err);
	if (given->history) {
		if (!store_seen_load(store, drawn->bank->id, arena, &seen, err))
			return false;
		draw.seen = store_seen;
		draw.context = seen;
	}
	return draw_one(drawn, &draw, store, arena, err);
}

/* All that is in the way, which one line of a message has no room for. */
static bool tell_none(struct drawn *drawn, const struct blueprint_supply *none,
		      struct err *err)
{
	if (err->kind != ERR_INPUT)
		return false;
	if (none->reason_count) {
		drawn->none = none;
		err_set(err, ERR_INPUT, "%s", none->reasons[0]);
	}
	return err_in(err, "blueprint %s cannot be met", drawn->blueprint->id);
}

static bool draw(const struct given *given, const char *id, struct opener *opener,
		 struct bank **bank, struct buf *out, struct err *err)
{
	struct blueprint blueprint;
	struct drawn drawn = {
		.blueprint = &blueprint,
		.seed = given->seed ? given->seed : new_seed(opener->arena),
		.answers = given->answers,
		.apart = given->forms > 0,
		.history = given->history,
		.wanted = (size_t)given->forms,
	};
	struct blueprint_supply none = { 0 };
	bool ok;

	if (!choose_blueprint(opener, id, given->blueprint, bank, &blueprint, err))
		return false;
	drawn.bank = *bank;
	ok = draw_all(&drawn, given, opener->store, opener->arena, &none, err) ||
	     tell_none(&drawn, &none, err);
	if (!ok && !drawn.none)
		return false;
	if (strcmp(given->format, "json") == 0)
		draw_json(&drawn, out);
	else
		draw_text(&drawn, out);
	return ok;
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { .format = "text" };
	struct arena arena = ARENA_INIT;
	struct opener opener = { 0 };
	struct buf out = BUF_INIT;
	struct bank *bank = NULL;
	struct err unsaid;
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0 || !check(&given, err))
		return false;
	ok = opener_start(&opener, &given.bank, &arena, err) &&
	     draw(&given, i < argc ? argv[i] : NULL, &opener, &bank, &out, err);
	ok = (!out.len || put_out(&out, ok ? err : &unsaid)) && ok;
	bank_free(bank);
	opener_end(&opener);
	buf_release(&out);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_bank_draw = {
	"draw", run, "[BLUEPRINT]", "show what a blueprint would draw", opts, NULL,
};
