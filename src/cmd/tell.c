#include <string.h>

#include "cmd.h"
#include "proctor/report.h"

static void put_text(const struct report *report, const struct telling *how,
		     struct buf *out)
{
	(how->full ? report_full : report_text)(report, terminal_columns(), out);
}

static void put_html(const struct report *report, const struct telling *how,
		     struct buf *out)
{
	report_html(report, how->expand, out);
}

static void put_md(const struct report *report, const struct telling *how,
		   struct buf *out)
{
	(void)how;
	report_md(report, out);
}

static void put_csv(const struct report *report, const struct telling *how,
		    struct buf *out)
{
	(void)how;
	report_csv(report, out);
}

static void put_json(const struct report *report, const struct telling *how,
		     struct buf *out)
{
	bool line = strcmp(how->format, "jsonl") == 0;
	struct json_out json = JSON_OUT(out, !line);

	report_json(report, line ? "result" : NULL, &json);
	buf_char(out, '\n');
}

static const struct {
	const char *name;
	void (*put)(const struct report *report, const struct telling *how,
		    struct buf *out);
} formats[] = {
	{ "text", put_text }, { "html", put_html }, { "md", put_md },
	{ "csv", put_csv },   { "json", put_json }, { "jsonl", put_json },
};

bool tell_result(const struct store_session *about, const struct blueprint *blueprint,
		 const struct form *form, const struct session *session,
		 const struct store_last *last, const struct telling *how,
		 struct buf *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct result result;
	struct report report = { about,   blueprint,  form,        session,
				 &result, last->gaps, last->gap_ms };
	size_t i = 0, count = sizeof(formats) / sizeof(*formats);

	while (i < count && strcmp(formats[i].name, how->format) != 0)
		i++;
	if (i == count)
		return err_set(err, ERR_USAGE,
			       "--format wants text, html, md, csv or json, not \"%s\"",
			       how->format);
	score_result(blueprint, form, session, &arena, &result);
	formats[i].put(&report, how, out);
	arena_release(&arena);
	return true;
}
