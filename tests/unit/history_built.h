#ifndef HISTORY_BUILT_H
#define HISTORY_BUILT_H

#include "proctor/arena.h"
#include "proctor/report.h"
#include "test.h"

/*
 * A history made by hand, of an exam with two domains of twenty questions each. Sessions
 * are added oldest first; every question of one is a first answer unless said
 * otherwise.
 */
#define BUILT_MAX 100

struct built {
	struct arena arena;
	struct history history;
	struct store_past past[BUILT_MAX]; /* filled from the end: latest first */
	struct score_answer first[BUILT_MAX * 40];
	struct history_exam exams[2];
};

static const struct blueprint_domain built_domains[] = {
	{ .id = "1", .title = "Data Preparation for Machine Learning (ML)" },
	{ .id = "2", .title = "Model Development" },
};
static const struct blueprint built_blueprint = {
	.id = "x",
	.exam = "exam-x",
	.title = "An Exam of Two Domains",
	.domains = (struct blueprint_domain *)built_domains,
	.domain_count = 2,
};

static inline void build_history(struct built *built)
{
	memset(built, 0, sizeof(*built));
	built->exams[0] = (struct history_exam){ "exam-x", &built_blueprint };
	built->history.sessions = &built->past[BUILT_MAX];
	built->history.first = built->first;
	built->history.exams = built->exams;
}

static inline struct store_past *add_past(struct built *built, const char *kind)
{
	struct history *history = &built->history;
	struct store_past *past = &built->past[BUILT_MAX - ++history->count];

	EXPECT_TRUE(history->count <= BUILT_MAX);
	*past = (struct store_past){
		.kind = kind,
		.bank_id = "bank",
		.blueprint_id = "x",
		.exam = "exam-x",
		.began_ms = 1795132800000 + (int64_t)history->count * 86400000,
		.limit_ms = 7800000,
		.used_ms = 3600000 + (int64_t)history->count * 61000,
		.phase = PHASE_RUNNING,
	};
	snprintf(past->id, sizeof(past->id), "20261120-%06zx", history->count);
	history->sessions = past;
	history->exam_count = 1;
	return past;
}

static inline void add_first(struct built *built, const struct store_past *past,
			     const struct store_share *share)
{
	for (int64_t i = 0; i < share->of; i++)
		built->first[built->history.first_count++] = (struct score_answer){
			.session = past->id,
			.exam = past->exam,
			.question = "q",
			.domain = share->id,
			.at_ms = past->ended_ms,
			.drill = past->kind[0] == 'd',
			.first = true,
			.right = i < share->right,
		};
}

/* One that is finished, with so many right of each domain. */
static inline struct store_past *add_scored(struct built *built, const char *kind,
					    int64_t one, int64_t two, bool first)
{
	struct store_past *past = add_past(built, kind);
	struct store_share *shares = ARENA_ARRAY(&built->arena, 2, struct store_share);

	shares[0] = (struct store_share){ "1", one, 20 };
	shares[1] = (struct store_share){ "2", two, 20 };
	past->phase = PHASE_DONE;
	past->is_scored = true;
	past->ended_ms = past->began_ms + past->used_ms;
	past->raw = one + two;
	past->of = 40;
	past->scale_min = 100;
	past->scale_max = 1000;
	past->scale_pass = 720;
	past->domains = shares;
	past->domain_count = 2;
	if (first) {
		add_first(built, past, &shares[0]);
		add_first(built, past, &shares[1]);
	}
	return past;
}

#endif
