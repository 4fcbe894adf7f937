#include <string.h>

#include "priv.h"

unsigned past_task(const struct blueprint *blueprint, const char *id)
{
	unsigned flat = 0;

	for (size_t d = 0; d < blueprint->domain_count; d++)
		for (size_t t = 0; t < blueprint->domains[d].task_count; t++, flat++)
			if (strcmp(blueprint->domains[d].tasks[t].id, id) == 0)
				return flat;
	return NO_TASK;
}

static void place(struct met *met, const struct past *past,
		  const struct question *question)
{
	const struct blueprint *blueprint = past->blueprint;
	const char *task = question_task(question, blueprint->exam);
	unsigned flat = task ? past_task(blueprint, task) : NO_TASK;

	*met = (struct met){ .is_ours = flat != NO_TASK, .flat = flat };
	if (!met->is_ours)
		return;
	met->can_ask = blueprint_admits(blueprint, question);
	for (met->task = flat; met->task >= blueprint->domains[met->domain].task_count;
	     met->domain++)
		met->task -= (unsigned)blueprint->domains[met->domain].task_count;
}

/* ---- Grades ---- */

/*
 * Correctness and confidence as the four grades of FSRS. What was right by guessing is
 * not known; Easy would need more than a right answer to tell.
 */
static const enum grade right_grades[] = {
	[CONFIDENCE_NONE] = GRADE_GOOD,
	[CONFIDENCE_GUESS] = GRADE_AGAIN,
	[CONFIDENCE_UNSURE] = GRADE_HARD,
	[CONFIDENCE_SURE] = GRADE_GOOD,
};

static enum ungraded why_not(const struct score_answer *answer, const struct met *met,
			     int64_t day, int64_t rapid_ms)
{
	if (!answer->answered)
		return LEFT_OPEN;
	if (met && met->times && met->last_day == day)
		return TOO_SOON;
	if (answer->spent_ms < rapid_ms)
		return TOO_FAST;
	return answer->undated ? UNDATED : IS_GRADED;
}

/* The time an exam gives a question, by its words as against those of all met. */
struct pace {
	double mean_ms, mean_words;
};

static struct pace pace_of(const struct past *past)
{
	const struct blueprint *blueprint = past->blueprint;
	int64_t items = blueprint->scored + blueprint->unscored;
	struct pace pace = { 0, 0 };
	size_t count = 0;

	if (items)
		pace.mean_ms = (double)blueprint->minutes * 60000 / (double)items;
	for (size_t q = 0; q < past->bank->count; q++)
		if (past->met[q].times) {
			pace.mean_words += score_words(&past->bank->questions[q]);
			count++;
		}
	if (count)
		pace.mean_words /= (double)count;
	return pace;
}

static int64_t rapid_ms(const struct past *past, const struct pace *pace, size_t q)
{
	double part = 1;

	if (q != NO_QUESTION && pace->mean_words > 0)
		part = score_words(&past->bank->questions[q]) / pace->mean_words;
	return score_rapid_ms((int64_t)(pace->mean_ms * part));
}

/* ---- Answer by answer ---- */

#define LONG_AGO 0 /* the study day of what has no date */

/* No day is later than today: a clock may be set back a little. */
static int64_t day_of(const struct past *past, const struct score_answer *answer)
{
	int64_t day = schedule_day(answer->at_ms, past->when.utc_offset_ms);

	if (answer->undated)
		return LONG_AGO;
	return day < past->when.today ? day : past->when.today;
}

static void find_question(const struct past *past, const struct score_answer *answer,
			  struct review *review)
{
	const struct question *question = bank_find(past->bank, answer->question);

	review->question = NO_QUESTION;
	review->task = NO_TASK;
	review->day = day_of(past, answer);
	if (question) {
		review->question = (size_t)(question - past->bank->questions);
		review->task = past->met[review->question].flat;
	} else if (strcmp(answer->exam, past->blueprint->exam) == 0) {
		review->task = past_task(past->blueprint, answer->task);
	}
}

static void meet(struct met *met, const struct score_answer *answer, int64_t day)
{
	met->times++;
	met->last_day = day;
	met->right = answer->right;
	met->flagged = answer->flagged;
}

static void forget_meetings(struct past *past)
{
	for (size_t q = 0; q < past->bank->count; q++)
		past->met[q].times = 0;
}

static void grade(struct past *past, size_t i, const struct pace *pace)
{
	const struct score_answer *answer = &past->answers[i];
	struct review *review = &past->reviews[i];
	struct met *met = NULL;

	if (review->question != NO_QUESTION)
		met = &past->met[review->question];
	review->why = why_not(answer, met, review->day,
			      rapid_ms(past, pace, review->question));
	if (review->why == IS_GRADED)
		review->grade = answer->right ? right_grades[answer->confidence]
					      : GRADE_AGAIN;
	if (met)
		meet(met, answer, review->day);
}

void past_read(struct past *past, const struct blueprint *blueprint,
	       const struct bank *bank, const struct score_answer *answers, size_t count,
	       const struct schedule_when *when, struct arena *arena)
{
	struct pace pace;

	*past = (struct past){
		.blueprint = blueprint,
		.bank = bank,
		.answers = answers,
		.answer_count = count,
		.when = *when,
		.met = ARENA_ARRAY(arena, bank->count, struct met),
		.reviews = ARENA_ARRAY(arena, count, struct review),
	};
	for (size_t d = 0; d < blueprint->domain_count; d++)
		past->task_count += blueprint->domains[d].task_count;
	for (size_t q = 0; q < bank->count; q++)
		place(&past->met[q], past, &bank->questions[q]);
	for (size_t i = 0; i < count; i++) {
		find_question(past, &answers[i], &past->reviews[i]);
		if (past->reviews[i].question != NO_QUESTION)
			past->met[past->reviews[i].question].times++;
	}
	pace = pace_of(past);
	forget_meetings(past);
	for (size_t i = 0; i < count; i++)
		grade(past, i, &pace);
}
