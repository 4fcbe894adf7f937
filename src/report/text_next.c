#include "advice.h"
#include "proctor/buf.h"

#define INDENT 4 /* behind a step's number */
#define ITEMS_SHOWN 12

/* Of each question that was missed, the first page to read; what is left is in full. */
static void put_to_read(struct advice *advice)
{
	const size_t *missed;
	size_t count = report_missed(advice->report, &advice->sheet.arena, &missed);
	bool begun = false;

	for (size_t i = 0; i < count && i < ITEMS_SHOWN; i++) {
		const struct question *question =
			advice->report->form->items[missed[i]].question;

		if (!question->reference_count)
			continue;
		if (!begun)
			advice_heading(advice, "What to read, by question");
		begun = true;
		sheet_labelled(&advice->sheet, advice_say(advice, "%2zu", missed[i] + 1),
			       INDENT,
			       advice_safe(advice, question->references[0].title));
		/* In one piece, however long: it is copied or clicked. */
		buf_printf(advice->sheet.out, "%*s%s\n", INDENT, "",
			   advice_safe(advice, question->references[0].url));
	}
}

static void put_step(struct advice *advice, size_t number, const struct step *step)
{
	const char *items = step->count ? advice_items(advice, step->items, step->count,
						       ITEMS_SHOWN)
					: "";

	sheet_labelled(&advice->sheet, advice_say(advice, "%2zu.", number), INDENT,
		       advice_safe(advice, advice_say(advice, "%s%s%s", step->before,
						      items, step->after)));
	if (step->command)
		sheet_command(&advice->sheet, "", INDENT, step->command);
}

void put_next(struct advice *advice)
{
	struct step steps[STEPS_MAX];
	size_t count = report_steps(advice->report, &advice->sheet.arena, steps);

	if (words_is_drill(advice->report))
		put_to_read(advice);
	advice_heading(advice, "What to do next");
	for (size_t i = 0; i < count; i++)
		put_step(advice, i + 1, &steps[i]);
}
