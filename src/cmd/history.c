#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "history.h"
#include "proctor/clock.h"
#include "proctor/report.h"

struct given {
	const char *format, *file, *blueprint, *exam, *import;
	int64_t most;
	bool export;
};

static const struct opt opts[] = {
	{ OPT_TEXT, 'f', "format", offsetof(struct given, format), "FORMAT",
	  "text, json or html" },
	{ OPT_TEXT, 'o', "output", offsetof(struct given, file), "FILE",
	  "write to this file, whole or not at all" },
	{ OPT_NUMBER, 'n', "number", offsetof(struct given, most), "N",
	  "list the last N exams and N drills (text: 20, else all)" },
	{ OPT_TEXT, 0, "exam", offsetof(struct given, exam), "EXAM",
	  "sessions of this exam alone, such as mla-c01" },
	{ OPT_TEXT, 0, "blueprint", offsetof(struct given, blueprint), "BLUEPRINT",
	  "sessions of this blueprint alone" },
	{ OPT_FLAG, 0, "export", offsetof(struct given, export), NULL,
	  "all data as one JSON file (docs/history.md)" },
	{ OPT_TEXT, 0, "import", offsetof(struct given, import), "FILE",
	  "add what such a file has, all of it or nothing" },
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

/* Can what is written show more than ASCII? */
static bool is_ascii(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "", NULL);
	bool ascii = true;

	if (locale) {
		ascii = strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") != 0;
		freelocale(locale);
	}
	return ascii;
}

static bool is_asked_for(const struct given *given, const struct store_past *past)
{
	return (!given->exam || strcmp(past->exam, given->exam) == 0) &&
	       (!given->blueprint || strcmp(past->blueprint_id, given->blueprint) == 0);
}

/* ---- What there is to tell ---- */

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* First answers of sessions that are told of, and of no others. */
static void keep_first(struct history *history, struct score_answer *first,
		       struct arena *arena)
{
	const char **ids = ARENA_ARRAY(arena, history->count, const char *);
	size_t kept = 0;

	for (size_t i = 0; i < history->count; i++)
		ids[i] = history->sessions[i].id;
	if (history->count)
		qsort(ids, history->count, sizeof(*ids), compare_texts);
	for (size_t i = 0; history->count && i < history->first_count; i++)
		if (bsearch(&first[i].session, ids, history->count, sizeof(*ids),
			    compare_texts))
			first[kept++] = first[i];
	history->first = first;
	history->first_count = kept;
}

/* NULL when it cannot be read: then its title is not known, and all else is. */
static const struct blueprint *find_last(struct store *store, const char *id,
					 struct arena *arena)
{
	struct blueprint *blueprint = ARENA_NEW(arena, struct blueprint);
	struct store_session about;
	struct err ignored = ERR_INIT;

	if (!store_find(store, id, false, arena, &about, &ignored) ||
	    !blueprint_read("stored blueprint", about.blueprint, strlen(about.blueprint),
			    arena, blueprint, &ignored))
		return NULL;
	return blueprint;
}

static void find_exams(struct store *store, struct arena *arena, struct history *history)
{
	struct history_exam *exams = ARENA_ARRAY(arena, history->count,
						 struct history_exam);
	size_t count = 0;

	for (size_t i = 0; i < history->count; i++) {
		const struct store_past *past = &history->sessions[i];
		size_t e = 0;

		while (e < count && strcmp(exams[e].id, past->exam) != 0)
			e++;
		if (e == count)
			exams[count++] = (struct history_exam){
				past->exam, find_last(store, past->id, arena)
			};
	}
	history->exams = exams;
	history->exam_count = count;
}

static bool load(struct store *store, const struct given *given, struct arena *arena,
		 struct history *history, struct err *err)
{
	struct store_past *sessions;
	struct score_answer *first;
	size_t count, kept = 0;

	*history = (struct history){ .most = (size_t)given->most };
	if (!store_list(store, arena, &sessions, &count, err) ||
	    !store_first_answers(store, NULL, clock_now(&clock_system).real, arena,
				 &first, &history->first_count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (is_asked_for(given, &sessions[i]))
			sessions[kept++] = sessions[i];
	if (count && !kept)
		return err_set(err, ERR_USAGE, "there is no such session among %zu",
			       count);
	history->sessions = sessions;
	history->count = kept;
	keep_first(history, first, arena);
	find_exams(store, arena, history);
	return true;
}

/* ---- Telling it ---- */

static void tell_text(const struct history *history, struct buf *out)
{
	history_text(history, terminal_columns(), is_ascii(), out);
}

static void tell_json(const struct history *history, struct buf *out)
{
	struct json_out json = JSON_OUT(out, true);

	history_json(history, &json);
	buf_char(out, '\n');
}

static const struct {
	const char *name;
	void (*tell)(const struct history *history, struct buf *out);
	size_t most; /* of each kind, where the user does not say; 0: all */
} formats[] = {
	{ "text", tell_text, 20 },
	{ "json", tell_json, 0 },
	{ "html", history_html, 0 },
};

static bool tell(struct history *history, const char *format, struct buf *out,
		 struct err *err)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, format) == 0) {
			if (!history->most)
				history->most = formats[i].most;
			formats[i].tell(history, out);
			return true;
		}
	return err_set(err, ERR_USAGE, "--format wants text, json or html, not \"%s\"",
		       format);
}

static bool tell_all(struct store *store, const struct given *given, struct arena *arena,
		     struct err *err)
{
	struct buf out = BUF_INIT;
	struct history history;
	bool ok = load(store, given, arena, &history, err) &&
		  tell(&history, given->format ? given->format : "text", &out, err) &&
		  put_file(given->file, &out, err);

	buf_release(&out);
	return ok;
}

/* What goes with export and import, which are of all there is. */
static bool check(const struct given *given, struct err *err)
{
	bool moves = given->export || given->import;

	if (given->export && given->import)
		return err_set(err, ERR_USAGE, "--export or --import, not both");
	if (moves && (given->format || given->most || given->exam || given->blueprint))
		return err_set(
			err, ERR_USAGE,
			"--export and --import are of all data, as JSON: no "
			"--format, --number, --exam or --blueprint goes with them");
	if (given->import && given->file)
		return err_set(err, ERR_USAGE, "--import writes no file");
	return true;
}

static bool act(struct store *store, const struct given *given, struct arena *arena,
		struct err *err)
{
	if (given->export)
		return history_export(store, given->file, arena, err);
	if (given->import)
		return history_import(store, given->import, err);
	return tell_all(store, given, arena, err);
}

static bool run(int argc, char **argv, struct err *err)
{
	struct given given = { 0 };
	struct arena arena = ARENA_INIT;
	struct store *store = NULL;
	bool ok = opt_parse(opts, argc, argv, 0, &given, err) >= 0 &&
		  check(&given, err) &&
		  (given.import ? store_open : store_open_reading)(NULL, &store, err) &&
		  act(store, &given, &arena, err);

	store_free(store);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_history = {
	"history", run, "", "past sessions and the trend", opts, NULL,
};
