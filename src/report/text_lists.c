#include "advice.h"

#include <math.h>
#include <string.h>

#include "proctor/buf.h"

#define DIGEST_SHOWN 16
#define NUMBER 5 /* columns of a question's number and the gap behind it */

/* ---- Counts of any kind ---- */

static const char *counts_of(struct advice *advice, const struct tally *tally)
{
	return advice_say(advice, "%3lld/%-3lld  likely %8s", (long long)tally->right,
			  (long long)tally->of, advice_likely(advice, tally));
}

static void put_count(struct advice *advice, const char *name, const struct tally *tally)
{
	const char *figures = counts_of(advice, tally);

	if (tally->of)
		advice_row(advice, "", advice_safe(advice, name), &figures, 1);
}

static void put_groups(struct advice *advice, const char *name,
		       const struct score_groups *groups)
{
	size_t whole = 0;

	if (!groups->count)
		return;
	advice_heading(advice, advice_say(advice, "%s, most missed first", name));
	for (size_t i = 0; i < groups->count; i++) {
		const struct score_group *group = &groups->groups[i];

		if (!words_is_topic(group->name))
			continue;
		if (group->tally.right < group->tally.of)
			put_count(advice, group->name, &group->tally);
		else
			whole++;
	}
	if (whole)
		sheet_paragraph(&advice->sheet,
				advice_say(advice, "and %zu without a miss", whole));
}

static void put_kinds(struct advice *advice)
{
	const struct result *result = advice->report->result;

	advice_heading(advice, "Question types and difficulties");
	for (size_t y = 0; y < QUESTION_TYPES; y++)
		put_count(advice, question_type_names[y], &result->types[y]);
	for (size_t d = 0; d < SCORE_DIFFICULTIES; d++)
		put_count(advice, question_difficulty_names[d], &result->difficulties[d]);
}

/* ---- Every question ---- */

static void put_question(struct advice *advice, size_t i)
{
	static const char *const sure[SCORE_CONFIDENCES] = { "", ", guessed", ", unsure",
							     ", sure" };
	const struct report *report = advice->report;
	const struct score_item *item = &report->result->items[i];
	const struct session_item *given = &report->state->items[i];
	const struct form_item *of = &report->form->items[i];
	const struct blueprint_domain *domain = &report->blueprint->domains[of->domain];

	sheet_labelled(&advice->sheet, advice_say(advice, "%3zu", i + 1), NUMBER,
		       advice_say(advice, "%s %4ld s  task %s  %s%s%s%s",
				  item->right      ? "right"
				  : item->answered ? "WRONG"
						   : "OPEN ",
				  lround((double)given->spent_ms / 1000),
				  advice_safe(advice, domain->tasks[of->task].id),
				  advice_safe(advice, of->question->id),
				  sure[given->confidence],
				  given->flagged ? ", flagged" : "",
				  of->scored ? "" : ", unscored"));
}

static void put_questions(struct advice *advice)
{
	advice_heading(advice, "Every question");
	for (size_t i = 0; i < advice->report->form->count; i++)
		put_question(advice, i);
}

/* ---- What it was drawn from ---- */

static void put_origin(struct advice *advice)
{
	const struct store_session *session = advice->report->session;
	const char *key = advice_safe(advice, session->signed_by);

	advice_heading(advice, "What it was drawn from");
	advice_fact(advice, "Blueprint",
		    advice_safe(advice, advice->report->blueprint->id));
	advice_fact(advice, "Bank",
		    advice_say(advice, "%s version %lld, digest %.*s, %s%s",
			       advice_safe(advice, session->bank_id),
			       (long long)session->bank_version, DIGEST_SHOWN,
			       advice_safe(advice, session->bank_digest),
			       *key ? "signed by " : "NOT SIGNED", key));
	advice_fact(advice, "Seed",
		    advice_say(advice, "%s (%s)", advice_safe(advice, session->seed),
			       words_seed(advice->report)));
}

void put_lists(struct advice *advice)
{
	const struct result *result = advice->report->result;

	if (!words_is_drill(advice->report))
		put_all_rows(advice);
	put_groups(advice, "Topics", &result->topics);
	put_groups(advice, "Services", &result->services);
	put_kinds(advice);
	put_questions(advice);
	put_origin(advice);
}
