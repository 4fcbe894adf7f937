#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "proctor/text.h"

struct given {
	struct review_filter filter;
	struct front_given front;
	struct bank_given bank;
	const char *report, *because, *output;
};

#define FILTER(field) offsetof(struct given, filter.field)

static const struct opt opts[] = {
	{ OPT_FLAG, 'w', "wrong", FILTER(wrong), NULL, "what was not answered right" },
	{ OPT_FLAG, 0, "flagged", FILTER(flagged), NULL, "what you flagged" },
	{ OPT_FLAG, 'u', "unsure", FILTER(unsure), NULL,
	  "what you guessed or were unsure of" },
	{ OPT_TEXT, 'd', "domain", FILTER(domain), "ID", "of this domain, such as 2" },
	{ OPT_TEXT, 't', "task", FILTER(task), "ID", "of this task, such as 2.3" },
	{ OPT_TEXT, 0, "search", FILTER(search), "TEXT",
	  "with this text in question, options, explanation or topics" },
	{ OPT_TEXT, 0, "report", offsetof(struct given, report), "QUESTION",
	  "write that this question (id or number) is wrong, and end" },
	{ OPT_TEXT, 0, "because", offsetof(struct given, because), "TEXT",
	  "what is wrong with it" },
	{ OPT_TEXT, 'o', "output", offsetof(struct given, output), "FILE",
	  "where such a report goes: a new file, or a folder" },
	FRONT_OPTS(struct given, front),
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

/* ---- Which session ---- */

/* The latest that is finished; NULL where there is none. */
static bool find_finished(struct store *store, struct arena *arena, const char **id,
			  struct err *err)
{
	struct store_past *sessions;
	size_t count;

	if (!store_list(store, arena, &sessions, &count, err))
		return false;
	*id = NULL;
	for (size_t i = 0; i < count && !*id; i++)
		if (sessions[i].phase == PHASE_DONE)
			*id = sessions[i].id;
	return true;
}

/* Of an unfinished session no key is ever told here. */
static bool load(const char *id, struct arena *arena, struct store_loaded *loaded,
		 struct err *err)
{
	struct store *store = NULL;
	bool ok = store_open_reading(NULL, &store, err) &&
		  (id || find_finished(store, arena, &id, err)) &&
		  store_load(store, id, false, arena, loaded, err);

	store_free(store);
	if (ok && loaded->session.phase != PHASE_DONE)
		return err_set(err, ERR_USAGE,
			       "%s %s is not finished, and is reviewed when it is; "
			       "proctor resume %s goes on with it",
			       loaded->about.kind, loaded->about.id, loaded->about.id);
	return ok;
}

/* ---- A mistake, without a walk ---- */

static bool find_question(const struct form *form, const char *name, size_t *item,
			  struct err *err)
{
	char *end;
	long number = strtol(name, &end, 10);

	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->items[i].question->id, name) == 0) {
			*item = i;
			return true;
		}
	if (!*end && end != name && number >= 1 && (size_t)number <= form->count) {
		*item = (size_t)number - 1;
		return true;
	}
	return err_set(err, ERR_USAGE,
		       "the session has no question \"%s\": 1 to %zu, "
		       "or an id",
		       name, form->count);
}

static bool is_output(const struct given *given)
{
	return given->output && strcmp(given->output, "-") == 0;
}

static bool report_mistake_of(const struct sitting *sitting, const struct given *given,
			      struct err *err)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	size_t item;
	bool ok = find_question(sitting->form, given->report, &item, err);

	if (ok && is_output(given)) {
		report_mistake(sitting->review->report, item, given->because, &text);
		ok = put_out(&text, err);
	} else if (ok && ui_report_mistake(sitting, item, given->because, &path, err)) {
		text_safe_line(&text, path.data, path.len);
		buf_char(&text, '\n');
		ok = put_out(&text, err);
	} else {
		ok = false;
	}
	buf_release(&path);
	buf_release(&text);
	return ok;
}

static bool check_given(const struct given *given, struct err *err)
{
	const struct review_filter *filter = &given->filter;

	if (given->report && (filter->wrong || filter->flagged || filter->unsure ||
			      filter->domain || filter->task || filter->search))
		return err_set(err, ERR_USAGE,
			       "--report is of one question: no filter goes with it");
	if (given->report &&
	    (!given->because || !given->because[strspn(given->because, " \t\r\n")]))
		return err_set(err, ERR_USAGE,
			       "--report wants --because TEXT: what is wrong with it?");
	if (given->because && !given->report)
		return err_set(err, ERR_USAGE,
			       "--because wants --report QUESTION: which one?");
	if (is_output(given) && !given->report)
		return err_set(err, ERR_USAGE, "--output - goes with --report alone");
	return true;
}

/* ---- The walk ---- */

static void put_way_back(const char *id)
{
	struct buf text = BUF_INIT;

	buf_printf(&text, "proctor review %s goes back to the review", id);
	put_note(text.data);
	buf_release(&text);
}

static bool drill(const struct sitting *sitting, const struct given *given,
		  const struct front_given *front, struct err *err)
{
	size_t current = sitting->session->current;
	const struct form_item *item = &sitting->form->items[current];
	const struct blueprint_domain *domain =
		&sitting->blueprint->domains[item->domain];

	if (!drill_task(sitting->blueprint, domain->tasks[item->task].id, &given->bank,
			front, err))
		return false;
	put_way_back(sitting->about->id);
	return true;
}

static bool walk(struct sitting *sitting, const struct given *given, struct err *err)
{
	struct front_given front = given->front;
	struct buf ahead = BUF_INIT;
	enum ui_end end;
	bool ok = true;

	if (!review_set(sitting->review, &given->filter, err)) {
		err_in(err, "%s %s", sitting->about->kind, sitting->about->id);
		return false;
	}
	front.ahead = &ahead;
	end = run_front(sitting, &front);
	if (end == UI_BROKEN)
		ok = err_set(err, ERR_SYSTEM, "standard output cannot be written");
	else if (end == UI_DRILL)
		ok = drill(sitting, given, &front, err);
	buf_release(&ahead);
	return ok;
}

static bool review_one(const char *id, const struct given *given, struct arena *arena,
		       struct err *err)
{
	struct store_loaded at;
	struct result result;
	struct review review;
	struct report report = {
		&at.about, &at.blueprint, &at.form, &at.session, &result, 0, 0
	};
	struct sitting sitting = { .about = &at.about,
				   .blueprint = &at.blueprint,
				   .form = &at.form,
				   .session = &at.session,
				   .clock = &clock_system,
				   .review = &review,
				   .output = given->output };

	if (!check_given(given, err) || !load(id, arena, &at, err))
		return false;
	score_result(&at.blueprint, &at.form, &at.session, arena, &result);
	review_init(&review, &report, arena);
	return given->report ? report_mistake_of(&sitting, given, err)
			     : walk(&sitting, given, err);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { .report = NULL };
	struct arena arena = ARENA_INIT;
	int i = opt_parse(opts, argc, argv, 1, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = review_one(i < argc ? argv[i] : NULL, &given, &arena, err);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_review = {
	"review", run,  "[SESSION]", "walk through a finished session with explanations",
	opts,     NULL,
};
