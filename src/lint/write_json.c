#include "write.h"

/* One finding as an object: the same in json and jsonl. */
static void put_finding(struct json_out *out, const struct lint_report *report,
			const struct lint_finding *finding)
{
	struct buf path = BUF_INIT;

	add_path(&path, report, finding);
	json_out_object(out, NULL);
	json_out_text(out, "rule", finding->rule->name);
	json_out_text(out, "severity", lint_severity_names[finding->severity]);
	json_out_text(out, "file", path.data);
	if (finding->line) {
		json_out_integer(out, "line", (int64_t)finding->line);
		json_out_integer(out, "column", (int64_t)finding->column);
		json_out_integer(out, "end_column", (int64_t)finding->end_column);
	}
	json_out_text(out, "pointer", finding->pointer);
	json_out_text(out, "question", finding->question);
	json_out_text(out, "message", finding->message);
	json_out_text(out, "mend", finding->rule->mend);
	json_out_end(out, '}');
	buf_release(&path);
}

void write_json(const struct lint_report *report, const struct lint_look *look,
		struct buf *out)
{
	struct json_out json = JSON_OUT(out, true);

	json_out_object(&json, NULL);
	json_out_text(&json, "format", "proctor-lint/1");
	json_out_text(&json, "program", look->version);
	json_out_text(&json, "bank", report->copy->bank->id);
	json_out_integer(&json, "questions", (int64_t)report->copy->bank->count);
	json_out_bool(&json, "has_signature", report->copy->has_signature);
	for (size_t i = LINT_SEVERITIES; i-- > 0;)
		json_out_integer(&json, lint_severity_names[i],
				 (int64_t)report->counts[i]);
	json_out_integer(&json, "suppressed", (int64_t)report->suppressed);
	json_out_array(&json, "findings");
	for (size_t i = 0; i < report->count; i++)
		put_finding(&json, report, &report->findings[i]);
	json_out_end(&json, ']');
	json_out_end(&json, '}');
	buf_char(out, '\n');
}

void write_jsonl(const struct lint_report *report, const struct lint_look *look,
		 struct buf *out)
{
	(void)look;
	for (size_t i = 0; i < report->count; i++) {
		struct json_out json = JSON_OUT(out, false);

		put_finding(&json, report, &report->findings[i]);
		buf_char(out, '\n');
	}
}
