/* Whatever an author saves: all that is wrong with it is told, each with a place in it.
 */
#include <string.h>

#include "fuzz_crypto.h"
#include "proctor/bank.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/lint.h"

static void check_finding(const struct lint_finding *finding, size_t size)
{
	promise(finding->rule && finding->message && finding->pointer);
	promise(finding->part == 0 && finding->line > 0 && finding->column > 0);
	promise(finding->at + finding->len <= size);
	promise(finding->end_column >= finding->column || finding->len == 0);
	promise(finding->source && finding->source_at <= finding->source_len);
}

static void write_all(const struct lint_report *report)
{
	struct buf text = BUF_INIT;

	for (size_t i = 0; lint_formats[i]; i++) {
		struct lint_look look = { lint_formats[i], false, 80, "fuzz" };

		buf_clear(&text);
		lint_write(report, &look, &text);
	}
	buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lint_options options = { .today = "2026-11-20", .with_source = true };
	struct lint_report report;
	struct err err = ERR_INIT;

	promise(lint_text("x.json", (const char *)data, size, &options, &report, &err));
	for (size_t i = 0; i < report.count; i++)
		check_finding(&report.findings[i], size);
	for (size_t i = 1; i < report.count; i++)
		promise(report.findings[i - 1].at <= report.findings[i].at);
	write_all(&report);
	lint_release(&report);
	return 0;
}
