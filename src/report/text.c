#include "advice.h"

static void put_head(struct advice *advice)
{
	const struct store_session *session = advice->report->session;

	sheet_paragraph(&advice->sheet,
			advice_safe(advice, advice->report->blueprint->title));
	sheet_paragraph(&advice->sheet,
			advice_say(advice, "%s %s, begun %s",
				   advice_safe(advice, session->kind),
				   advice_safe(advice, session->id),
				   words_when(&advice->sheet.arena, session->began_ms)));
	sheet_gap(&advice->sheet);
}

static void put_foot(struct advice *advice)
{
	const struct store_session *session = advice->report->session;
	const char *key = advice_safe(advice, session->signed_by);

	sheet_paragraph(&advice->sheet,
			advice_say(advice, "Bank %s version %lld%s, seed %s. In full:",
				   advice_safe(advice, session->bank_id),
				   (long long)session->bank_version,
				   *key ? "" : ", NOT SIGNED",
				   advice_safe(advice, session->seed)));
	sheet_command(&advice->sheet, "", 0,
		      advice_say(advice, "proctor report --full %s",
				 advice_safe(advice, session->id)));
}

static void put_exam(struct advice *advice)
{
	put_score(advice);
	if (!words_tells_little(advice->report))
		put_weak(advice);
	put_next(advice);
	put_work(advice);
	put_honesty(advice);
}

static void put_report(struct advice *advice)
{
	put_head(advice);
	if (words_is_drill(advice->report)) {
		put_drill(advice);
		put_next(advice);
		put_work(advice);
		sheet_gap(&advice->sheet);
	} else {
		put_exam(advice);
	}
}

void report_text(const struct report *report, size_t columns, struct buf *out)
{
	struct advice advice = { .report = report };

	sheet_begin(&advice.sheet, columns, out);
	put_report(&advice);
	put_foot(&advice);
	sheet_end(&advice.sheet);
}

void report_full(const struct report *report, size_t columns, struct buf *out)
{
	struct advice advice = { .report = report };

	sheet_begin(&advice.sheet, columns, out);
	put_report(&advice);
	put_lists(&advice);
	sheet_end(&advice.sheet);
}
