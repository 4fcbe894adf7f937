#ifndef BANK_BUILDER_H
#define BANK_BUILDER_H

#include <stdlib.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/bank.h"

/*
 * Banks made in memory, for tests that need questions but no files:
 *
 *	struct builder b = BUILDER_INIT;
 *	build_question(&b, "q1", "1.1", MULTIPLE_CHOICE, NULL, "q2 q3");
 *	bank = build_bank(&b);
 *	...
 *	build_release(&b);
 *
 * Questions serve the exam "x"; a case holds its questions in the order they were built.
 */
#define BUILDER_INIT                             \
	{                                        \
		ARENA_INIT, { .id = "built" }, 0 \
	}

struct builder {
	struct arena arena;
	struct bank bank;
	size_t size;
};

static inline struct question *build_question(struct builder *b, const char *id,
					      const char *task, enum question_type type,
					      const char *case_id, const char *enemies)
{
	static const size_t options[QUESTION_TYPES] = { 4, 5, 5, 4 };
	struct question *q;
	char *rest = arena_text(&b->arena, enemies ? enemies : "");

	if (b->bank.count == b->size) {
		b->size = b->size ? 2 * b->size : 64;
		b->bank.questions = realloc(b->bank.questions,
					    b->size * sizeof(*b->bank.questions));
	}
	q = &b->bank.questions[b->bank.count++];
	*q = (struct question){ .id = arena_text(&b->arena, id), .type = type };
	q->objectives = ARENA_ARRAY(&b->arena, 1, const char *);
	q->objectives[0] = arena_printf(&b->arena, "x:%s", task);
	q->objective_count = 1;
	q->option_count = options[type];
	q->options = ARENA_ARRAY(&b->arena, q->option_count, struct option);
	q->explanation = case_id ? arena_text(&b->arena, case_id) : NULL;
	q->enemies.at = ARENA_ARRAY(&b->arena, strlen(rest) + 1, const char *);
	for (char *word; (word = strsep(&rest, " "));)
		if (*word)
			q->enemies.at[q->enemies.count++] = word;
	return q;
}

static inline int build_compare_questions(const void *a, const void *b)
{
	return strcmp(((const struct question *)a)->id, ((const struct question *)b)->id);
}

static inline int build_compare_entries(const void *left, const void *right)
{
	const struct bank_entry *a = left, *b = right;
	int side = strcmp(a->objective, b->objective);

	return side ? side : strcmp(a->question->id, b->question->id);
}

static inline struct bank_case *build_case(struct builder *b, const char *id)
{
	struct bank *bank = &b->bank;
	size_t c = 0;

	while (c < bank->case_count && strcmp(bank->cases[c].id, id) != 0)
		c++;
	if (c == bank->case_count)
		bank->cases[bank->case_count++].id = id;
	return &bank->cases[c];
}

/* The case's id waits in `explanation` until the questions have their last address. */
static inline void build_cases(struct builder *b, const char *const *order)
{
	struct bank *bank = &b->bank;

	bank->cases = ARENA_ARRAY(&b->arena, bank->count, struct bank_case);
	for (size_t i = 0; i < bank->count; i++) {
		struct question *q =
			&bank->questions[bank_find(bank, order[i]) - bank->questions];
		struct bank_case *in_case;

		if (!q->explanation)
			continue;
		in_case = build_case(b, q->explanation);
		if (!in_case->questions)
			in_case->questions = ARENA_ARRAY(&b->arena, bank->count,
							 const struct question *);
		in_case->questions[in_case->count++] = q;
		q->in_case = in_case;
		q->explanation = NULL;
	}
}

/* Sorts and indexes what was built, as an open bank is. Build nothing afterwards. */
static inline struct bank *build_bank(struct builder *b)
{
	struct bank *bank = &b->bank;
	const char **order = ARENA_ARRAY(&b->arena, bank->count + 1, const char *);

	for (size_t i = 0; i < bank->count; i++)
		order[i] = bank->questions[i].id;
	if (bank->count)
		qsort(bank->questions, bank->count, sizeof(*bank->questions),
		      build_compare_questions);
	build_cases(b, order);
	bank->entries = ARENA_ARRAY(&b->arena, bank->count + 1, struct bank_entry);
	for (size_t i = 0; i < bank->count; i++)
		for (size_t o = 0; o < bank->questions[i].objective_count; o++)
			bank->entries[bank->entry_count++] = (struct bank_entry){
				bank->questions[i].objectives[o], &bank->questions[i]
			};
	qsort(bank->entries, bank->entry_count, sizeof(*bank->entries),
	      build_compare_entries);
	return bank;
}

static inline void build_release(struct builder *b)
{
	free(b->bank.questions);
	arena_release(&b->arena);
	*b = (struct builder)BUILDER_INIT;
}

#endif
