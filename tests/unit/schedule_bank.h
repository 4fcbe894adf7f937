#ifndef SCHEDULE_BANK_H
#define SCHEDULE_BANK_H

#include "bank_builder.h"
#include "proctor/blueprint.h"
#include "proctor/crypto.h"
#include "proctor/schedule.h"
#include "test.h"

/* A blueprint of two domains with two tasks each, a bank for it, and answers to it. */
static const char plan_blueprint[] =
	"{\"format\":\"proctor-blueprint/1\",\"id\":\"x\",\"exam\":\"x\",\"title\":\"X\","
	"\"minutes\":20,\"scored\":8,\"unscored\":2,"
	"\"scale\":{\"min\":100,\"max\":1000,\"pass\":720},"
	"\"types\":[\"multiple-choice\",\"ordering\"],"
	"\"domains\":["
	"{\"id\":\"1\",\"title\":\"A\",\"weight\":60,\"tasks\":["
	"{\"id\":\"1.1\",\"title\":\"One\"},{\"id\":\"1.2\",\"title\":\"Two\"}]},"
	"{\"id\":\"2\",\"title\":\"B\",\"weight\":40,\"tasks\":["
	"{\"id\":\"2.1\",\"title\":\"Three\"},{\"id\":\"2.2\",\"title\":\"Four\"}]}]}";

#define TEST_DAY_MS INT64_C(86400000)
#define TEST_DAY_0 20000 /* 2024-10-04 */
#define ANSWERS_MAX 512

/* Noon of the n-th day after TEST_DAY_0. */
static inline int64_t noon(int64_t n)
{
	return (TEST_DAY_0 + n) * TEST_DAY_MS + TEST_DAY_MS / 2;
}

struct world {
	struct arena arena;
	struct builder built;
	struct bank *bank;
	struct blueprint blueprint;
	struct score_answer answers[ANSWERS_MAX];
	size_t count;
	struct schedule_wish wish;
	struct form form;
	const char *told;
	struct err err;
};

static inline void world_init(struct world *w)
{
	*w = (struct world){ .built = BUILDER_INIT };
	crypto_start();
	EXPECT_OK(blueprint_read("x.json", plan_blueprint, strlen(plan_blueprint),
				 &w->arena, &w->blueprint, &w->err),
		  w->err);
	w->wish = (struct schedule_wish){ .seed = "s", .count = 8, .today = TEST_DAY_0 };
}

static inline void world_release(struct world *w)
{
	build_release(&w->built);
	arena_release(&w->arena);
}

/* A question with a topic and a service, either may be NULL. */
static inline struct question *add_question(struct world *w, const char *id,
					    const char *task, enum question_type type,
					    const char *topic, const char *service)
{
	struct question *q = build_question(&w->built, id, task, type, NULL, NULL);
	struct arena *arena = &w->built.arena;

	q->topics.at = ARENA_ARRAY(arena, 1, const char *);
	q->topics.at[0] = topic;
	q->topics.count = topic != NULL;
	q->services.at = ARENA_ARRAY(arena, 1, const char *);
	q->services.at[0] = service;
	q->services.count = service != NULL;
	return q;
}

/* So many questions of a task, called <task>-01 and so on, on a topic or NULL. */
static inline void add_questions(struct world *w, const char *task, unsigned count,
				 const char *topic)
{
	for (unsigned i = 1; i <= count; i++)
		add_question(w, arena_printf(&w->built.arena, "%s-%02u", task, i), task,
			     MULTIPLE_CHOICE, topic, NULL);
}

/* Answers a question at noon of a day, slowly and sure of it. */
static inline struct score_answer *answer(struct world *w, int64_t day,
					  const char *question, bool right)
{
	struct score_answer *a = &w->answers[w->count++];
	bool first = true;

	for (size_t i = 0; i + 1 < w->count; i++)
		if (strcmp(w->answers[i].question, question) == 0)
			first = false;
	*a = (struct score_answer){ .session = "s",
				    .exam = "x",
				    .question = question,
				    .at_ms = noon(day),
				    .scored = true,
				    .answered = true,
				    .right = right,
				    .first = first,
				    .spent_ms = 60000 };
	w->wish.today = TEST_DAY_0 + day;
	return a;
}

static inline bool pick(struct world *w)
{
	if (!w->bank)
		w->bank = build_bank(&w->built);
	w->err = (struct err)ERR_INIT;
	return schedule_pick(&w->blueprint, w->bank, w->answers, w->count, &w->wish,
			     &w->arena, &w->form, &w->told, &w->err);
}

/* Where the question stands in the drill, from 1, or 0. */
static inline size_t place_of(const struct world *w, const char *question)
{
	for (size_t i = 0; i < w->form.count; i++)
		if (strcmp(w->form.items[i].question->id, question) == 0)
			return i + 1;
	return 0;
}

/* How many questions of the drill are of the task. */
static inline size_t count_of(const struct world *w, const char *task)
{
	size_t count = 0;

	for (size_t i = 0; i < w->form.count; i++)
		count += strcmp(question_task(w->form.items[i].question, "x"), task) == 0;
	return count;
}

#define EXPECT_PICK(w) EXPECT_OK(pick(w), (w)->err)

/* There is nothing to pick, and the message contains this text. */
#define EXPECT_NONE(w, wanted, part)                                                    \
	do {                                                                            \
		if (pick(w))                                                            \
			fail_msg("%zu were picked", (w)->form.count);                   \
		if ((w)->err.kind != (wanted) || !strstr((w)->err.text, (part)))        \
			fail_msg("kind %d, \"%s\"", (int)(w)->err.kind, (w)->err.text); \
	} while (0)

#endif
