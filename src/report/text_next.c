#include "advice.h"

#include <string.h>

#define INDENT 4    /* behind a step's number */
#define DOMAINS 2   /* of them at the most are named */
#define SHORT 0.5   /* right answers that a second one must be short of */
#define DOMAIN_N 20 /* questions of a drill */
#define GROUP_N 10
#define ITEMS_SHOWN 12
#define HINT 2 /* questions missed before a topic is named */

/* A numbered thing to do, and the command that does it. */
static void step(struct advice *advice, unsigned *number, const char *text,
		 const char *command)
{
	sheet_labelled(&advice->sheet, advice_say(advice, "%2u.", ++*number), INDENT,
		       text);
	if (command)
		advice_command(advice, INDENT, command);
}

/* Without a blueprint the bank's default is meant, which this need not be. */
static const char *drill(struct advice *advice, const char *what, const char *name,
			 int count)
{
	const char *blueprint = advice_word(advice, advice->report->blueprint->id);
	const char *word = name ? advice_word(advice, name) : "";

	if (!blueprint || !word)
		return NULL;
	return advice_say(advice, "proctor drill %s %s%s%s -n %d", blueprint, what,
			  *word ? " " : "", word, count);
}

/* ---- What may be wrong ---- */

/* As many as were missed, so that these are among them. */
static void step_misconceptions(struct advice *advice, unsigned *number)
{
	const struct result *result = advice->report->result;
	size_t count = result->misconception_count;

	if (!count)
		return;
	step(advice, number,
	     advice_say(advice, "Sure, but wrong: question%s %s. Read why first.",
			count == 1 ? "" : "s",
			advice_items(advice, result->misconceptions, count, ITEMS_SHOWN)),
	     drill(advice, "--missed", NULL, (int)(result->all.of - result->all.right)));
}

/* The task of the domain that may cost most, among those that something was missed of. */
static const struct score_row *worst_task(const struct result *result, size_t domain)
{
	for (size_t i = 0; i < result->study_task_count; i++) {
		size_t row = result->study_tasks[i], owner = row;

		while (!result->rows[owner].is_domain)
			owner--;
		if (owner == domain &&
		    result->rows[row].tally.right < result->rows[row].tally.of)
			return &result->rows[row];
	}
	return NULL;
}

static const char *begin_with(struct advice *advice, size_t domain)
{
	const struct score_row *task = worst_task(advice->report->result, domain);

	if (!task)
		return "";
	return advice_say(advice, "; task %s first (%s)", advice_safe(advice, task->id),
			  advice_right(advice, &task->tally));
}

static void step_domain(struct advice *advice, unsigned *number, size_t domain)
{
	const struct score_row *row = &advice->report->result->rows[domain];

	step(advice, number,
	     advice_say(advice, "Domain %s: about %.1f answers short of pass level%s.",
			advice_safe(advice, row->id), row->shortfall,
			begin_with(advice, domain)),
	     drill(advice, "--domain", row->id, DOMAIN_N));
}

/* The first unless nothing is wrong with it, and the next if it is much short. */
static void step_domains(struct advice *advice, unsigned *number)
{
	const struct result *result = advice->report->result;

	for (size_t i = 0; i < result->study_domain_count && i < DOMAINS; i++) {
		const struct score_row *row = &result->rows[result->study_domains[i]];

		if (row->state != SCORE_ABOVE_PASS && (i == 0 || row->shortfall >= SHORT))
			step_domain(advice, number, result->study_domains[i]);
	}
}

/* What is in most of the questions is not singled out by them. */
static const struct score_group *worst_group(const struct result *result,
					     const struct score_groups *groups)
{
	for (size_t i = 0; i < groups->count; i++) {
		const struct score_group *group = &groups->groups[i];

		if (words_is_topic(group->name) &&
		    group->tally.of * 2 <= result->all.of &&
		    group->tally.of - group->tally.right >= HINT && group->excess > 0)
			return group;
	}
	return NULL;
}

/* What a topic or a service says is a hint: it has two or three questions. */
static void step_group(struct advice *advice, unsigned *number)
{
	const struct result *result = advice->report->result;
	const struct score_group *topic = worst_group(result, &result->topics);
	const struct score_group *service = worst_group(result, &result->services);
	bool is_topic = topic && (!service || topic->excess >= service->excess);
	const struct score_group *group = is_topic ? topic : service;

	if (!group)
		return;
	step(advice, number,
	     advice_say(advice, "A hint, no more: %s %s (%s right).",
			is_topic ? "topic" : "service", advice_safe(advice, group->name),
			advice_right(advice, &group->tally)),
	     drill(advice, is_topic ? "--topic" : "--service", group->name, GROUP_N));
}

/* ---- All steps ---- */

static void step_exam(struct advice *advice, unsigned *number)
{
	const char *blueprint = advice_word(advice, advice->report->blueprint->id);

	step(advice, number,
	     *number ? "Another form: only several tell a weakness from bad luck."
	     : !tells_little(advice->report)
		     ? "Nothing here asks for a drill. Sit another form."
		     : "Sit a form when you have the time for it.",
	     blueprint ? advice_say(advice, "proctor exam %s", blueprint) : NULL);
}

void put_next(struct advice *advice)
{
	unsigned number = 0;

	advice_heading(advice, "What to do next");
	step_misconceptions(advice, &number);
	if (!tells_little(advice->report)) {
		step_domains(advice, &number);
		step_group(advice, &number);
	}
	step_exam(advice, &number);
}

/* ---- Drills ---- */

static size_t find_missed(const struct result *result, size_t *missed)
{
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		if (result->items[i].answered && !result->items[i].right)
			missed[count++] = i;
	return count;
}

/* Of each question that was missed, the first page to read; what is left is in full. */
static void put_to_read(struct advice *advice, const size_t *missed, size_t count)
{
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

void put_next_drill(struct advice *advice)
{
	const struct result *result = advice->report->result;
	size_t *missed = ARENA_ARRAY(&advice->sheet.arena, result->count, size_t);
	size_t count = find_missed(result, missed);
	unsigned number = 0;

	put_to_read(advice, missed, count);
	advice_heading(advice, "What to do next");
	if (result->misconception_count)
		step(advice, &number,
		     advice_say(advice, "Sure, but wrong: question%s %s. Read why first.",
				result->misconception_count == 1 ? "" : "s",
				advice_items(advice, result->misconceptions,
					     result->misconception_count, ITEMS_SHOWN)),
		     NULL);
	if (count)
		step(advice, &number,
		     advice_say(advice,
				"Meet again tomorrow what you missed: question%s %s.",
				count == 1 ? "" : "s",
				advice_items(advice, missed, count, ITEMS_SHOWN)),
		     drill(advice, "--missed", NULL, (int)count));
	step(advice, &number, "Go on with what is due, or weak.",
	     drill(advice, "--weakest", NULL, DOMAIN_N));
}
