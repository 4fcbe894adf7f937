#include <string.h>

#include "proctor/text.h"
#include "write.h"

/*
 * GitHub's workflow commands. Of each level GitHub shows ten a step, so the worst come
 * first; all findings stand in the log behind them, in a group. There, commands are
 * stopped: whatever a bank's author wrote into a bank, a line of it commands nothing.
 */
#define SHOWN 10

static const char *const commands[] = { "notice", "warning", "error" };

static void add_escaped(struct buf *out, const char *text, bool property)
{
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, text, strlen(text));
	for (const char *at = safe.data; *at; at++) {
		if (*at == '%' || *at == '\r' || *at == '\n' ||
		    (property && (*at == ':' || *at == ',')))
			buf_printf(out, "%%%02X", (unsigned char)*at);
		else
			buf_char(out, *at);
	}
	buf_release(&safe);
}

static void put_command(struct buf *out, const struct lint_report *report,
			const struct lint_finding *finding)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	size_t len;

	add_path(&path, report, finding);
	buf_printf(out, "::%s file=", commands[finding->severity]);
	add_escaped(out, path.data, true);
	if (finding->line)
		buf_printf(out, ",line=%zu,endLine=%zu,col=%zu,endColumn=%zu",
			   finding->line, finding->line, finding->column,
			   finding->end_column);
	buf_printf(out, ",title=%s::", finding->rule->name);
	if (finding->question)
		buf_printf(&text, "%s: ", finding->question);
	len = strlen(finding->message);
	buf_printf(&text, "%s%s %s", finding->message,
		   len && finding->message[len - 1] == '?' ? "" : ".",
		   finding->rule->mend);
	add_escaped(out, text.data, false);
	buf_char(out, '\n');
	buf_release(&path);
	buf_release(&text);
}

static void put_level(struct buf *out, const struct lint_report *report, size_t severity)
{
	size_t shown = 0;

	for (size_t i = 0; i < report->count && shown < SHOWN; i++)
		if (report->findings[i].severity == severity) {
			put_command(out, report, &report->findings[i]);
			shown++;
		}
}

void write_github(const struct lint_report *report, const struct lint_look *look,
		  struct buf *out)
{
	struct buf log = BUF_INIT;
	struct digest digest;
	char token[CRYPTO_HEX_SIZE];

	for (size_t i = LINT_SEVERITIES; i-- > 0;)
		put_level(out, report, i);
	write_gcc(report, look, &log);
	digest = crypto_digest(log.data, log.len);
	crypto_hex(&digest, token);
	if (report->count) {
		buf_printf(out, "::group::all %zu findings\n::stop-commands::%s\n",
			   report->count, token);
		buf_add(out, log.data, log.len);
		buf_printf(out, "::%s::\n::endgroup::\n", token);
	}
	add_summary(out, report);
	buf_release(&log);
}
