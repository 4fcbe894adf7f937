#include <string.h>

#include "proctor/text.h"
#include "write.h"

/* JUnit and TAP: a question is a test, which fails by errors and warnings. */

static const char *test_name(const struct by_question *group)
{
	return group->question ? group->question : "(the bank)";
}

static void add_line(struct buf *out, const struct lint_report *report, size_t i)
{
	const struct lint_finding *finding = &report->findings[i];

	add_path(out, report, finding);
	if (finding->line)
		buf_printf(out, ":%zu:%zu", finding->line, finding->column);
	buf_printf(out, ": %s: %s [%s]", lint_severity_names[finding->severity],
		   finding->message, finding->rule->name);
}

/* ---- JUnit ---- */

/* What XML 1.0 cannot hold is made visible first. */
static void add_xml(struct buf *out, const char *text)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = {
		{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }
	};
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, text, strlen(text));
	for (const char *at = safe.data; *at; at++) {
		const char *entity = NULL;

		for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
			if (*at == entities[i].c)
				entity = entities[i].entity;
		if (entity)
			buf_text(out, entity);
		else
			buf_char(out, *at);
	}
	buf_release(&safe);
}

/* The first that makes it fail gives the message; all are in the text. */
static const struct lint_finding *first_failed(const struct lint_report *report,
					       const struct by_question *group)
{
	for (size_t i = 0; i < group->count; i++)
		if (report->findings[group->findings[i]].severity >= LINT_WARNING)
			return &report->findings[group->findings[i]];
	return NULL;
}

static void put_lines(struct buf *out, const struct lint_report *report,
		      const struct by_question *group)
{
	for (size_t i = 0; i < group->count; i++) {
		struct buf line = BUF_INIT;

		add_line(&line, report, group->findings[i]);
		add_xml(out, line.data);
		buf_char(out, '\n');
		buf_release(&line);
	}
}

static void put_case(struct buf *out, const struct lint_report *report,
		     const struct by_question *group)
{
	const struct lint_finding *failed = first_failed(report, group);

	buf_text(out, "    <testcase name=\"");
	add_xml(out, test_name(group));
	buf_text(out, "\" classname=\"");
	add_xml(out, report->name);
	if (!group->count) {
		buf_text(out, "\"/>\n");
		return;
	}
	buf_text(out, "\">\n");
	if (failed) {
		buf_text(out, "      <failure message=\"");
		add_xml(out, failed->message);
		buf_printf(out, "\" type=\"%s\">", failed->rule->name);
	} else {
		buf_text(out, "      <system-out>");
	}
	put_lines(out, report, group);
	buf_text(out, failed ? "</failure>\n" : "</system-out>\n");
	buf_text(out, "    </testcase>\n");
}

void write_junit(const struct lint_report *report, const struct lint_look *look,
		 struct buf *out)
{
	struct arena arena = ARENA_INIT;
	size_t count, failures = 0;
	const struct by_question *groups = group_findings(report, &arena, &count);

	(void)look;
	for (size_t i = 0; i < count; i++)
		failures += groups[i].failed > 0;
	buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_printf(out, "<testsuites tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
		   count, failures);
	buf_text(out, "  <testsuite name=\"");
	add_xml(out, report->name);
	buf_printf(out,
		   "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" "
		   "time=\"0\">\n",
		   count, failures);
	for (size_t i = 0; i < count; i++)
		put_case(out, report, &groups[i]);
	buf_text(out, "  </testsuite>\n</testsuites>\n");
	arena_release(&arena);
}

/* ---- TAP: version 13, which readers of version 14 take as well, and prove knows ---- */

static void add_description(struct buf *out, const char *text)
{
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, text, strlen(text));
	for (const char *at = safe.data; *at; at++) {
		if (*at == '#' || *at == '\\')
			buf_char(out, '\\');
		buf_char(out, *at);
	}
	buf_release(&safe);
}

/* In YAML a JSON text is a text, whatever is in it. */
static void put_yaml(struct buf *out, const struct lint_report *report,
		     const struct by_question *group)
{
	buf_text(out, "  ---\n");
	for (size_t i = 0; i < group->count; i++) {
		struct buf line = BUF_INIT;
		struct json_out json = JSON_OUT(out, false);

		add_line(&line, report, group->findings[i]);
		buf_printf(out, "  finding_%zu: ", i + 1);
		json_out_text(&json, NULL, line.data);
		buf_char(out, '\n');
		buf_release(&line);
	}
	buf_text(out, "  ...\n");
}

void write_tap(const struct lint_report *report, const struct lint_look *look,
	       struct buf *out)
{
	struct arena arena = ARENA_INIT;
	size_t count;
	const struct by_question *groups = group_findings(report, &arena, &count);

	(void)look;
	buf_printf(out, "TAP version 13\n1..%zu\n", count);
	for (size_t i = 0; i < count; i++) {
		buf_printf(out, "%s %zu - ", groups[i].failed ? "not ok" : "ok", i + 1);
		add_description(out, test_name(&groups[i]));
		buf_char(out, '\n');
		if (groups[i].count)
			put_yaml(out, report, &groups[i]);
	}
	arena_release(&arena);
}
