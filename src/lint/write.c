#include <string.h>

#include "proctor/text.h"
#include "write.h"

static const struct lint_format formats[] = {
	{ "pretty", write_pretty }, { "gcc", write_gcc },
	{ "json", write_json },     { "jsonl", write_jsonl },
	{ "sarif", write_sarif },   { "junit", write_junit },
	{ "tap", write_tap },       { "github", write_github },
	{ "gitlab", write_gitlab }, { NULL, NULL },
};

const char *const lint_formats[] = {
	"pretty", "gcc", "json",   "jsonl",  "sarif",
	"junit",  "tap", "github", "gitlab", NULL,
};

void lint_write(const struct lint_report *report, const struct lint_look *look,
		struct buf *out)
{
	for (size_t i = 0; formats[i].name; i++)
		if (strcmp(formats[i].name, look->format) == 0)
			formats[i].write(report, look, out);
}

/* Code hosts know a file by its path from the top, which does not begin with "./". */
void add_path(struct buf *out, const struct lint_report *report,
	      const struct lint_finding *finding)
{
	const char *name = report->name;
	size_t len;

	while (strncmp(name, "./", 2) == 0)
		name += 1 + strspn(name + 1, "/");
	len = strlen(name);
	if (!report->is_folder) {
		buf_add(out, name, len);
		return;
	}
	while (len > 1 && name[len - 1] == '/')
		len--;
	if (len && strcmp(name, ".") != 0) {
		buf_add(out, name, len);
		if (name[len - 1] != '/')
			buf_char(out, '/');
	}
	buf_text(out, finding->file);
}

static void add_safe(struct buf *out, const char *text)
{
	text_safe_line(out, text, strlen(text));
}

static void add_count(struct buf *out, size_t count, const char *word)
{
	buf_printf(out, "%zu %s%s", count, word, count == 1 ? "" : "s");
}

void add_summary(struct buf *out, const struct lint_report *report)
{
	add_count(out, report->counts[LINT_ERROR], "error");
	buf_text(out, ", ");
	add_count(out, report->counts[LINT_WARNING], "warning");
	buf_printf(out, ", %zu info in ", report->counts[LINT_INFO]);
	add_count(out, report->copy->bank->count, "question");
	if (report->suppressed)
		buf_printf(out, " (%zu suppressed)", report->suppressed);
	if (report->hidden)
		buf_printf(out, " (%zu in the baseline)", report->hidden);
	if (report->is_folder)
		buf_text(out, report->copy->has_signature
				      ? "; the signature was not looked at"
				      : "; an unsigned working copy");
	buf_char(out, '\n');
}

/* ---- gcc: one line each, for editors ---- */

void write_gcc(const struct lint_report *report, const struct lint_look *look,
	       struct buf *out)
{
	static const char *const words[] = { "note", "warning", "error" };

	(void)look;
	for (size_t i = 0; i < report->count; i++) {
		const struct lint_finding *finding = &report->findings[i];
		struct buf path = BUF_INIT;

		add_path(&path, report, finding);
		add_safe(out, path.data);
		if (finding->line)
			buf_printf(out, ":%zu:%zu", finding->line, finding->column);
		buf_printf(out, ": %s: ", words[finding->severity]);
		if (finding->question) {
			add_safe(out, finding->question);
			buf_text(out, ": ");
		}
		add_safe(out, finding->message);
		buf_printf(out, " [%s]\n", finding->rule->name);
		buf_release(&path);
	}
}

/* ---- pretty: with the line and a mark under it ---- */

static const char *const colors[] = { "\033[36m", "\033[33m", "\033[31m" };
#define PLAIN "\033[0m"
#define BOLD "\033[1m"

static void put_color(struct buf *out, const struct lint_look *look, const char *color)
{
	if (look->color)
		buf_text(out, color);
}

/* The part of the line that is shown: as much as fits, the place a third from its left.
 */
struct window {
	const char *from, *to;
	bool cut_left, cut_right;
};

static bool begins_character(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

static struct window make_window(const struct lint_finding *finding, size_t columns)
{
	const char *at = finding->source + finding->source_at;
	struct window window = { at, at, false, false };
	size_t before = 0, after = 0, room;

	while (window.from > finding->source)
		before += begins_character(*--window.from);
	while (*window.from == ' ' && window.from < at) {
		window.from++;
		before--;
	}
	while (window.to < finding->source + finding->source_len)
		after += begins_character(*window.to++);
	if (before + after <= columns)
		return window;
	/* Not the whole line: what stands behind may take what the part before leaves. */
	room = columns / 3 + (after < columns * 2 / 3 ? columns * 2 / 3 - after : 0);
	for (; before > room; window.cut_left = true) {
		window.from++;
		before -= begins_character(*window.from);
	}
	for (; before + after > columns; window.cut_right = true) {
		window.to--;
		after -= begins_character(*window.to);
	}
	return window;
}

static void put_source(struct buf *out, const struct lint_finding *finding,
		       const struct lint_look *look)
{
	struct window window = make_window(finding, look->columns - 14);
	const char *at = finding->source + finding->source_at;
	const char *end = finding->len ? at + finding->len : at + 1;
	struct buf before = BUF_INIT, under = BUF_INIT;

	text_safe_line(&before, window.from, (size_t)(at - window.from));
	text_safe_line(&under, at, (size_t)((end < window.to ? end : window.to) - at));
	buf_printf(out, "%7zu | %s%s", finding->line, window.cut_left ? "..." : "",
		   before.data);
	text_safe_line(out, at, (size_t)(window.to - at));
	buf_printf(out, "%s\n        | ", window.cut_right ? "..." : "");
	buf_repeat(out, ' ',
		   text_width(before.data, before.len) + (window.cut_left ? 3 : 0));
	put_color(out, look, colors[finding->severity]);
	buf_char(out, '^');
	if (text_width(under.data, under.len) > 1)
		buf_repeat(out, '~', text_width(under.data, under.len) - 1);
	put_color(out, look, PLAIN);
	buf_char(out, '\n');
	buf_release(&before);
	buf_release(&under);
}

static void put_head(struct buf *out, const struct lint_report *report,
		     const struct lint_finding *finding, const struct lint_look *look)
{
	struct buf path = BUF_INIT;

	add_path(&path, report, finding);
	put_color(out, look, BOLD);
	add_safe(out, path.data);
	if (finding->line)
		buf_printf(out, ":%zu:%zu", finding->line, finding->column);
	put_color(out, look, PLAIN);
	buf_text(out, ": ");
	put_color(out, look, colors[finding->severity]);
	buf_printf(out, "%s", lint_severity_names[finding->severity]);
	put_color(out, look, PLAIN);
	buf_text(out, ": ");
	add_safe(out, finding->message);
	buf_printf(out, " [%s]\n", finding->rule->name);
	buf_release(&path);
}

void write_pretty(const struct lint_report *report, const struct lint_look *look,
		  struct buf *out)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct lint_finding *finding = &report->findings[i];

		put_head(out, report, finding, look);
		if (finding->source)
			put_source(out, finding, look);
		if (finding->question || finding->pointer[0]) {
			buf_text(out, "        = ");
			if (finding->question) {
				buf_text(out, "question ");
				add_safe(out, finding->question);
				buf_text(out, ", ");
			}
			add_safe(out, finding->pointer);
			buf_char(out, '\n');
		}
		buf_printf(out, "        = %s\n\n", finding->rule->mend);
	}
	add_summary(out, report);
}

/* ---- Rules ---- */

void lint_write_rule(const struct lint_rule *rule, struct buf *out)
{
	buf_printf(out, "%s (%s, %s)\n\n", rule->name,
		   lint_severity_names[rule->severity], lint_group_names[rule->group]);
	buf_printf(out, "What     %s\nWhy      %s\nMend     %s\nExample  %s\n",
		   rule->what, rule->why, rule->mend, rule->example);
}

void lint_write_rules(struct buf *out)
{
	const struct lint_rule *rule;

	for (size_t i = 0; (rule = lint_rule_at(i)); i++)
		buf_printf(out, "%-24s %-8s %-10s %s\n", rule->name,
			   lint_severity_names[rule->severity],
			   lint_group_names[rule->group], rule->what);
}

void lint_write_statistics(const struct lint_report *report, struct buf *out)
{
	const struct lint_rule *rule;

	for (size_t r = 0; (rule = lint_rule_at(r)); r++) {
		size_t n = 0;

		for (size_t i = 0; i < report->count; i++)
			n += report->findings[i].rule == rule;
		if (n)
			buf_printf(out, "%6zu  %-8s %s\n", n,
				   lint_severity_names[rule->severity], rule->name);
	}
	add_summary(out, report);
}
