#include "priv.h"

struct request {
	int what;
	int64_t number;
	const char *because;
	struct review_filter filter;
};

static bool bring_up(struct jsonl *run, const struct request *request)
{
	if ((uint64_t)request->number > run->sitting->session->count) {
		send_error(run, "there is no such question");
		return false;
	}
	run->sitting->session->current = (size_t)request->number - 1;
	return true;
}

static void do_goto(struct jsonl *run, const struct request *request)
{
	if (bring_up(run, request))
		send_review(run);
}

static void do_list(struct jsonl *run, const struct request *request)
{
	(void)request;
	send_list(run);
}

static void do_filter(struct jsonl *run, const struct request *request)
{
	struct err err = ERR_INIT;

	if (ui_review_filter(run->sitting, &request->filter, &err))
		send_list(run);
	else
		send_error(run, err.text);
}

static void do_report(struct jsonl *run, const struct request *request)
{
	struct buf path = BUF_INIT;
	struct err err = ERR_INIT;

	if (!bring_up(run, request))
		return;
	if (ui_report_mistake(run->sitting, run->sitting->session->current,
			      request->because, &path, &err)) {
		struct json_out out = send_begin(run, "reported");

		json_out_integer(&out, "number", request->number);
		json_out_text(&out, "file", path.data);
		send_finish(run, &out);
	} else {
		send_error(run, err.text);
	}
	buf_release(&path);
}

static void do_drill(struct jsonl *run, const struct request *request)
{
	if (!bring_up(run, request))
		return;
	run->over = true;
	run->end = UI_DRILL;
}

static void do_quit(struct jsonl *run, const struct request *request)
{
	(void)request;
	run->over = true;
	run->end = UI_QUIT;
}

static const struct kind {
	void (*run)(struct jsonl *run, const struct request *request);
	const char *needs[2];
} kinds[] = {
	{ do_goto, { "number" } },  { do_list, { NULL } },
	{ do_filter, { NULL } },    { do_report, { "number", "because" } },
	{ do_drill, { "number" } }, { do_quit, { NULL } },
};

/* In the order of kinds. */
static const char *const kind_names[] = { "goto",  "list", "filter", "report",
					  "drill", "quit", NULL };

#define AT(field) offsetof(struct request, field)

static const struct json_field fields[] = {
	{ "do", JSON_FIELD_CHOICE, AT(what), 0, 0, 0, kind_names },
	{ "number", JSON_FIELD_INTEGER, AT(number), JSON_OPTIONAL, 1, 1000000, NULL },
	{ "because", JSON_FIELD_TEXT, AT(because), JSON_OPTIONAL, 1, 10000, NULL },
	{ "wrong", JSON_FIELD_BOOL, AT(filter.wrong), JSON_OPTIONAL, 0, 0, NULL },
	{ "flagged", JSON_FIELD_BOOL, AT(filter.flagged), JSON_OPTIONAL, 0, 0, NULL },
	{ "unsure", JSON_FIELD_BOOL, AT(filter.unsure), JSON_OPTIONAL, 0, 0, NULL },
	{ "domain", JSON_FIELD_TEXT, AT(filter.domain), JSON_OPTIONAL, 1, 100, NULL },
	{ "task", JSON_FIELD_TEXT, AT(filter.task), JSON_OPTIONAL, 1, 100, NULL },
	{ "search", JSON_FIELD_TEXT, AT(filter.search), JSON_OPTIONAL, 0, 1000, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static bool has_needs(struct jsonl *run, const struct json_doc *doc,
		      const struct kind *kind)
{
	for (size_t i = 0; i < 2 && kind->needs[i]; i++)
		if (!request_has(run, doc, kind->needs[i]))
			return false;
	return true;
}

static void take_line(struct jsonl *run, const struct buf *line)
{
	struct request request = { .because = "" };
	struct arena arena = ARENA_INIT;
	struct json_doc *doc = NULL;

	if (take_request(run, line, fields, &arena, &request, &doc) &&
	    has_needs(run, doc, &kinds[request.what]))
		kinds[request.what].run(run, &request);
	json_free(doc);
	arena_release(&arena);
}

enum ui_end jsonl_walk(struct jsonl *run, struct input *input)
{
	struct buf line = BUF_INIT;

	ui_review_begin(run->sitting);
	send_session(run);
	if (!run->over)
		send_list(run);
	while (!run->over) {
		enum input_got got = input_line(input, -1, &line);

		if (got == INPUT_LINE)
			take_line(run, &line);
		else
			take_none(run, got);
	}
	buf_release(&run->text);
	buf_release(&line);
	input_end(input);
	return run->end;
}
