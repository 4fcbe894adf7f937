#include "priv.h"
#include "proctor/arena.h"

/* One question of the report. */
struct asked {
	const struct report *report;
	const struct form_item *item;
	const struct session_item *given;
	const struct score_item *scored;
	struct arena *arena;
};

static const char *length(struct arena *arena, int64_t ms)
{
	long long seconds = (long long)(ms + 999) / 1000, minutes = seconds / 60;

	if (!minutes)
		return arena_printf(arena, "%lld second%s", seconds,
				    seconds == 1 ? "" : "s");
	return arena_printf(arena, "%lld min %lld s", minutes, seconds % 60);
}

static const char *time_spent(const struct asked *asked)
{
	const char *spent = length(asked->arena, asked->given->spent_ms);

	if (asked->scored->expected_ms <= 0)
		return arena_printf(asked->arena, "Time: %s.", spent);
	return arena_printf(asked->arena, "Time: %s; its share of the time was %s.%s",
			    spent, length(asked->arena, asked->scored->expected_ms),
			    asked->scored->rapid  ? " Very fast."
			    : asked->scored->slow ? " More than twice that."
						  : "");
}

static const char *marks(const struct asked *asked)
{
	static const char *const sure[] = {
		[CONFIDENCE_NONE] = "",
		[CONFIDENCE_GUESS] = "You guessed.",
		[CONFIDENCE_UNSURE] = "You were unsure.",
		[CONFIDENCE_SURE] = "You were sure.",
	};
	const char *level = sure[asked->given->confidence];

	if (!asked->given->flagged)
		return level[0] ? level : NULL;
	return arena_printf(asked->arena, "%s%sYou flagged it.", level,
			    level[0] ? " " : "");
}

static const char *first_answer(const struct asked *asked)
{
	static const char *const how[SCORE_CHANGES] = {
		[SCORE_UNCHANGED] = NULL,
		[SCORE_RIGHT_TO_WRONG] = "right, and changed to a wrong one",
		[SCORE_WRONG_TO_RIGHT] = "wrong, and changed to the right one",
		[SCORE_WRONG_TO_WRONG] = "wrong, and changed to another wrong one",
	};

	if (asked->scored->change == SCORE_UNCHANGED)
		return NULL;
	return arena_printf(
		asked->arena, "Your first answer: %s, %s.",
		words_response(asked->arena, asked->item, &asked->given->first),
		how[asked->scored->change]);
}

static const char *place(const struct asked *asked)
{
	const struct blueprint_domain *domain =
		&asked->report->blueprint->domains[asked->item->domain];
	const struct blueprint_task *task = &domain->tasks[asked->item->task];

	return arena_printf(asked->arena, "Task %s: %s. Domain %s: %s.", task->id,
			    task->title, domain->id, domain->title);
}

/* In a drill everything is scored, which says nothing. */
static const char *counts(const struct asked *asked)
{
	if (asked->report->state->drill)
		return asked->scored->answered
			       ? NULL
			       : "Left open: in a drill that counts neither way.";
	return asked->item->scored ? "Scored: it counts in the result."
				   : "Unscored: it does not count in the result, as some "
				     "questions of "
				     "the exam do not.";
}

static const char *note(const struct asked *asked)
{
	return asked->given->note[0]
		       ? arena_printf(asked->arena, "Your note: %s", asked->given->note)
		       : NULL;
}

size_t report_facts(const struct report *report, size_t item, struct arena *arena,
		    const char *facts[REPORT_FACTS])
{
	static const char *(*const makers[REPORT_FACTS])(const struct asked *) = {
		note, marks, first_answer, time_spent, counts, place,
	};
	const struct asked asked = { report, &report->form->items[item],
				     &report->state->items[item],
				     &report->result->items[item], arena };
	size_t n = 0;

	for (size_t i = 0; i < REPORT_FACTS; i++) {
		const char *fact = makers[i](&asked);

		if (fact)
			facts[n++] = fact;
	}
	return n;
}
