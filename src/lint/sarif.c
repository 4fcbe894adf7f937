#include <string.h>

#include "write.h"

/* SARIF 2.1.0 and GitLab's code quality: the two that code hosts read from files. */

static const char *const levels[] = { "note", "warning", "error" };

/*
 * A path as a relative reference, or an absolute one as a URI, which readers make
 * relative themselves: all but the unreserved is escaped.
 */
static void add_uri(struct buf *out, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";

	if (*path == '/')
		buf_text(out, "file://");
	for (; *path; path++) {
		if (strchr(plain, *path))
			buf_char(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned char)*path);
	}
}

static void put_text(struct json_out *out, const char *name, const char *text)
{
	json_out_object(out, name);
	json_out_text(out, "text", text);
	json_out_end(out, '}');
}

static void put_help(struct json_out *out, const struct lint_rule *rule)
{
	struct buf text = BUF_INIT, markdown = BUF_INIT;

	buf_printf(&text, "%s %s", rule->why, rule->mend);
	buf_printf(&markdown, "**Why:** %s\n\n**Mend:** %s\n\n**Example:** `%s`",
		   rule->why, rule->mend, rule->example);
	json_out_object(out, "help");
	json_out_text(out, "text", text.data);
	json_out_text(out, "markdown", markdown.data);
	json_out_end(out, '}');
	buf_release(&text);
	buf_release(&markdown);
}

static void put_rule(struct json_out *out, const struct lint_rule *rule)
{
	json_out_object(out, NULL);
	json_out_text(out, "id", rule->name);
	put_text(out, "shortDescription", rule->what);
	put_text(out, "fullDescription", rule->why);
	put_help(out, rule);
	json_out_object(out, "defaultConfiguration");
	json_out_text(out, "level", levels[rule->severity]);
	json_out_end(out, '}');
	json_out_object(out, "properties");
	json_out_array(out, "tags");
	json_out_text(out, NULL, lint_group_names[rule->group]);
	json_out_end(out, ']');
	json_out_end(out, '}');
	json_out_end(out, '}');
}

static void put_driver(struct json_out *out, const struct lint_look *look)
{
	const struct lint_rule *rule;

	json_out_object(out, "tool");
	json_out_object(out, "driver");
	json_out_text(out, "name", "proctor");
	json_out_text(out, "version", look->version);
	json_out_array(out, "rules");
	for (size_t i = 0; (rule = lint_rule_at(i)); i++)
		put_rule(out, rule);
	json_out_end(out, ']');
	json_out_end(out, '}');
	json_out_end(out, '}');
}

static void put_region(struct json_out *out, const struct lint_finding *finding)
{
	if (!finding->line)
		return;
	json_out_object(out, "region");
	json_out_integer(out, "startLine", (int64_t)finding->line);
	json_out_integer(out, "startColumn", (int64_t)finding->column);
	json_out_integer(out, "endColumn", (int64_t)finding->end_column);
	json_out_end(out, '}');
}

static void put_location(struct json_out *out, const struct lint_report *report,
			 const struct lint_finding *finding)
{
	struct buf path = BUF_INIT, uri = BUF_INIT;

	add_path(&path, report, finding);
	add_uri(&uri, path.data);
	json_out_array(out, "locations");
	json_out_object(out, NULL);
	json_out_object(out, "physicalLocation");
	json_out_object(out, "artifactLocation");
	json_out_text(out, "uri", uri.data);
	json_out_end(out, '}');
	put_region(out, finding);
	json_out_end(out, '}');
	json_out_array(out, "logicalLocations");
	json_out_object(out, NULL);
	if (finding->question)
		json_out_text(out, "name", finding->question);
	json_out_text(out, "fullyQualifiedName", finding->pointer);
	json_out_end(out, '}');
	json_out_end(out, ']');
	json_out_end(out, '}');
	json_out_end(out, ']');
	buf_release(&path);
	buf_release(&uri);
}

static void put_result(struct json_out *out, const struct lint_report *report, size_t i)
{
	const struct lint_finding *finding = &report->findings[i];
	struct buf print = BUF_INIT;

	add_fingerprint(&print, report, i);
	json_out_object(out, NULL);
	json_out_text(out, "ruleId", finding->rule->name);
	json_out_integer(out, "ruleIndex", (int64_t)lint_rule_index(finding->rule));
	json_out_text(out, "level", levels[finding->severity]);
	put_text(out, "message", finding->message);
	put_location(out, report, finding);
	json_out_object(out, "partialFingerprints");
	json_out_text(out, "proctorFinding/v1", print.data);
	json_out_end(out, '}');
	json_out_end(out, '}');
	buf_release(&print);
}

void write_sarif(const struct lint_report *report, const struct lint_look *look,
		 struct buf *out)
{
	struct json_out json = JSON_OUT(out, true);

	json_out_object(&json, NULL);
	json_out_text(&json, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	json_out_text(&json, "version", "2.1.0");
	json_out_array(&json, "runs");
	json_out_object(&json, NULL);
	put_driver(&json, look);
	json_out_text(&json, "columnKind", "unicodeCodePoints");
	json_out_array(&json, "results");
	for (size_t i = 0; i < report->count; i++)
		put_result(&json, report, i);
	json_out_end(&json, ']');
	json_out_end(&json, '}');
	json_out_end(&json, ']');
	json_out_end(&json, '}');
	buf_char(out, '\n');
}

/* ---- GitLab ---- */

static void put_quality(struct json_out *out, const struct lint_report *report, size_t i)
{
	static const char *const severities[] = { "info", "minor", "major" };
	const struct lint_finding *finding = &report->findings[i];
	struct buf path = BUF_INIT, print = BUF_INIT, text = BUF_INIT;

	add_path(&path, report, finding);
	add_fingerprint(&print, report, i);
	/* GitLab does not show check_name, so it stands in front. */
	buf_printf(&text, "%s: %s", finding->rule->name, finding->message);
	json_out_object(out, NULL);
	json_out_text(out, "description", text.data);
	json_out_text(out, "check_name", finding->rule->name);
	json_out_text(out, "fingerprint", print.data);
	json_out_text(out, "severity", severities[finding->severity]);
	json_out_object(out, "location");
	json_out_text(out, "path", path.data);
	json_out_object(out, "lines");
	json_out_integer(out, "begin", finding->line ? (int64_t)finding->line : 1);
	json_out_end(out, '}');
	json_out_end(out, '}');
	json_out_end(out, '}');
	buf_release(&path);
	buf_release(&print);
	buf_release(&text);
}

void write_gitlab(const struct lint_report *report, const struct lint_look *look,
		  struct buf *out)
{
	struct json_out json = JSON_OUT(out, true);

	(void)look;
	json_out_array(&json, NULL);
	for (size_t i = 0; i < report->count; i++)
		put_quality(&json, report, i);
	json_out_end(&json, ']');
	buf_char(out, '\n');
}
