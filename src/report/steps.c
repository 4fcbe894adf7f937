#include "priv.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/text.h"

#define DOMAINS 2   /* of them at the most are named */
#define SHORT 0.5   /* right answers that a second one must be short of */
#define DOMAIN_N 20 /* questions of a drill */
#define GROUP_N 10
#define HINT 2 /* questions missed before a topic is named */

/* The steps being put together. */
struct plan {
	const struct report *report;
	const struct result *result;
	struct arena *arena;
	struct step *steps;
	size_t count;
};

bool words_tells_little(const struct report *report)
{
	return report->result->answered * 2 < report->result->count;
}

bool words_is_diagnosis(const struct report *report)
{
	return !words_is_drill(report) && !words_tells_little(report) &&
	       report->form->count;
}

static void add(struct plan *plan, const char *text, const char *command)
{
	plan->steps[plan->count++] = (struct step){ .before = text,
						    .after = "",
						    .command = command };
}

static void add_items(struct plan *plan, const char *before, const size_t *items,
		      size_t count, const char *after, const char *command)
{
	plan->steps[plan->count++] = (struct step){ before, after, items, count,
						    command };
}

/* A name as a word of a command; NULL: it is not safe to show, so it cannot be typed. */
static const char *word_of(const struct plan *plan, const char *name)
{
	if (!text_is_safe(name, strlen(name)) || strpbrk(name, "\n\t"))
		return NULL;
	return words_word(plan->arena, name);
}

/* Without a blueprint the bank's default is meant, which this need not be. */
static const char *drill(const struct plan *plan, const char *what, const char *name,
			 size_t count)
{
	const char *blueprint = word_of(plan, plan->report->blueprint->id);
	const char *word = name ? word_of(plan, name) : "";

	if (!blueprint || !word)
		return NULL;
	return arena_printf(plan->arena, "proctor drill %s %s%s%s -n %zu", blueprint,
			    what, *word ? " " : "", word,
			    count < BLUEPRINT_FORM_MAX ? count : BLUEPRINT_FORM_MAX);
}

/* ---- What may be wrong ---- */

static void add_misconceptions(struct plan *plan)
{
	const struct result *result = plan->result;
	size_t count = result->misconception_count;
	const char *command = arena_printf(plan->arena, "proctor review %s --wrong",
					   plan->report->session->id);

	if (count)
		add_items(plan,
			  count == 1 ? "Sure, but wrong: question "
				     : "Sure, but wrong: questions ",
			  result->misconceptions, count, ". Read why first.", command);
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

static const char *begin_with(const struct plan *plan, size_t domain)
{
	const struct score_row *task = worst_task(plan->result, domain);

	if (!task)
		return "";
	return arena_printf(plan->arena, "; task %s first (%lld of %lld)", task->id,
			    (long long)task->tally.right, (long long)task->tally.of);
}

/* The first unless nothing is wrong with it, and the next if it is much short. */
static void add_domains(struct plan *plan)
{
	const struct result *result = plan->result;

	for (size_t i = 0; i < result->study_domain_count && i < DOMAINS; i++) {
		size_t domain = result->study_domains[i];
		const struct score_row *row = &result->rows[domain];

		if (row->state == SCORE_ABOVE_PASS || (i && row->shortfall < SHORT))
			continue;
		add(plan,
		    arena_printf(plan->arena,
				 "Domain %s: about %.1f answers short of pass level%s.",
				 row->id, row->shortfall, begin_with(plan, domain)),
		    drill(plan, "--domain", row->id, DOMAIN_N));
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
static void add_group(struct plan *plan)
{
	const struct score_group *topic = worst_group(plan->result,
						      &plan->result->topics);
	const struct score_group *service = worst_group(plan->result,
							&plan->result->services);
	bool is_topic = topic && (!service || topic->excess >= service->excess);
	const struct score_group *group = is_topic ? topic : service;

	if (!group)
		return;
	add(plan,
	    arena_printf(plan->arena, "A hint, no more: %s %s (%lld of %lld right).",
			 is_topic ? "topic" : "service", group->name,
			 (long long)group->tally.right, (long long)group->tally.of),
	    drill(plan, is_topic ? "--topic" : "--service", group->name, GROUP_N));
}

/* ---- All steps ---- */

static void add_exam(struct plan *plan)
{
	const char *blueprint = word_of(plan, plan->report->blueprint->id);

	add(plan,
	    plan->count ? "Another form: only several tell a weakness from bad luck."
	    : !words_tells_little(plan->report)
		    ? "Nothing here asks for a drill. Sit another form."
		    : "Sit a form when you have the time for it.",
	    blueprint ? arena_printf(plan->arena, "proctor exam %s", blueprint) : NULL);
}

static void add_for_exam(struct plan *plan)
{
	add_misconceptions(plan);
	if (!words_tells_little(plan->report)) {
		add_domains(plan);
		add_group(plan);
	}
	add_exam(plan);
}

size_t report_missed(const struct report *report, struct arena *arena,
		     const size_t **items)
{
	const struct result *result = report->result;
	size_t *missed = ARENA_ARRAY(arena, result->count, size_t);
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		if (result->items[i].answered && !result->items[i].right)
			missed[count++] = i;
	*items = missed;
	return count;
}

static void add_for_drill(struct plan *plan)
{
	const size_t *missed;
	size_t count = report_missed(plan->report, plan->arena, &missed);

	add_misconceptions(plan);
	if (count)
		add_items(plan,
			  count == 1 ? "Meet again tomorrow what you missed: question "
				     : "Meet again tomorrow what you missed: questions ",
			  missed, count, ".", drill(plan, "--missed", NULL, count));
	add(plan, "Go on with what is due, or weak.",
	    drill(plan, "--weakest", NULL, DOMAIN_N));
}

size_t report_steps(const struct report *report, struct arena *arena,
		    struct step steps[STEPS_MAX])
{
	struct plan plan = { report, report->result, arena, steps, 0 };

	if (words_is_drill(report))
		add_for_drill(&plan);
	else
		add_for_exam(&plan);
	return plan.count;
}
