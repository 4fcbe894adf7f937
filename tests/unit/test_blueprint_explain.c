#include "bank_builder.h"
#include "proctor/blueprint.h"
#include "proctor/crypto.h"
#include "test.h"

/*
 * Two domains of 5 and 5 seats: domain 1 with the tasks 1.1 and 1.2 (2 or 3 each), domain
 * 2 with 2.1 alone. Each test builds a bank that falls short in one way or several.
 */
static struct blueprint_task tasks[] = { { "1.1", "A" }, { "1.2", "B" }, { "2.1", "C" } };
static struct blueprint_domain domains[] = {
	{ .id = "1", .title = "D", .weight = 50, .tasks = tasks, .task_count = 2 },
	{ .id = "2", .title = "E", .weight = 50, .tasks = tasks + 2, .task_count = 1 },
};

static struct blueprint plain(void)
{
	return (struct blueprint){ .id = "x",
				   .exam = "x",
				   .scored = 8,
				   .unscored = 2,
				   .types = { true, true, false, false },
				   .mix = { { 0, 10 }, { 0, 10 }, { 0, 0 }, { 0, 0 } },
				   .domains = domains,
				   .domain_count = 2 };
}

/* `count` questions "<task>-<type>-<number>" of a task, numbered from `from`. */
static void add(struct builder *b, const char *task, enum question_type type,
		unsigned from, unsigned count)
{
	char id[32];

	for (unsigned i = from; i < from + count; i++) {
		snprintf(id, sizeof(id), "%s-%d-%u", task, (int)type, i);
		build_question(b, id, task, type, NULL, NULL);
	}
}

static bool draw(const struct blueprint *blueprint, struct builder *b, uint32_t nodes,
		 struct err *err)
{
	struct draw how = { .seed = "s", .nodes = nodes };
	struct arena arena = ARENA_INIT;
	struct form form = { 0 };
	bool ok = blueprint_draw(blueprint, build_bank(b), &how, &arena, &form, err);

	if (ok)
		assert_int_equal(form.count, 10);
	else
		assert_null(form.items);
	arena_release(&arena);
	return ok;
}

static void expect_refused(const struct blueprint *blueprint, struct builder *b,
			   const char *message, const char *mends)
{
	struct err err = ERR_INIT;
	char text[sizeof(err.text)];

	assert_false(draw(blueprint, b, 0, &err));
	assert_int_equal(err.kind, ERR_INPUT);
	snprintf(text, sizeof(text), "%s; %s", message, mends);
	EXPECT_TEXT(err.text, text);
	build_release(b);
}

static void a_bank_with_just_enough_is_drawn(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;
	struct err err = ERR_INIT;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 2);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 3);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 5);
	EXPECT_OK(draw(&blueprint, &b, 0, &err), err);
	build_release(&b);
}

/* With the other of the two roundings; the search takes either when the sampled one
 * fails. */
static void a_rounding_that_cannot_be_had_gives_way_to_the_other(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;
	struct err err = ERR_INIT;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 3);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 2);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 5);
	EXPECT_OK(draw(&blueprint, &b, 0, &err), err);
	build_release(&b);
}

static void a_domain_that_is_short_is_named_with_its_tasks(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 9);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 1);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 5);
	expect_refused(&blueprint, &b,
		       "domain 1 needs 5, 4 can be drawn: task 1.2 has 1 of at least 2",
		       "write 1 more active multiple-choice question for task 1.2");
}

static void a_domain_may_be_short_without_any_task_below_its_floor(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 2);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 2);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 5);
	expect_refused(&blueprint, &b,
		       "domain 1 needs 5, 4 can be drawn: task 1.1 has 2 of at most 3, "
		       "task 1.2 has 2 of at most 3",
		       "write 1 more active multiple-choice question for task 1.1");
}

/* 16 seats in five tasks: 3 or 4 each. Four tasks of 4 would do, were it not for the
 * fifth. */
static void a_task_may_be_short_in_a_domain_that_is_not(void **state)
{
	struct blueprint_task five[] = { { "3.1", "A" },
					 { "3.2", "B" },
					 { "3.3", "C" },
					 { "3.4", "D" },
					 { "3.5", "E" } };
	struct blueprint_domain domain = { "3", "D", 1, five, 5 };
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	blueprint.domains = &domain;
	blueprint.domain_count = 1;
	blueprint.scored = 16;
	blueprint.unscored = 0;
	blueprint.mix[MULTIPLE_CHOICE].most = 16;
	for (size_t t = 0; t < 4; t++)
		add(&b, five[t].id, MULTIPLE_CHOICE, 0, 9);
	add(&b, "3.5", MULTIPLE_CHOICE, 0, 2);
	expect_refused(&blueprint, &b, "task 3.5 has 2 of at least 3",
		       "write 1 more active multiple-choice question for task 3.5");
}

static void every_shortfall_is_told_in_one_message(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	blueprint.mix[MULTIPLE_RESPONSE] = (struct blueprint_bounds){ 2, 4 };
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 1);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 3);
	add(&b, "2.1", MULTIPLE_RESPONSE, 0, 1);
	expect_refused(&blueprint, &b,
		       "domain 1 needs 5, 1 can be drawn: task 1.1 has 1 of at least 2, "
		       "task 1.2 has 0 of at least 2; "
		       "domain 2 needs 5, 4 can be drawn: task 2.1 has 4 of at least 5; "
		       "multiple-response needs at least 2, 1 can be drawn",
		       "write 1 more active multiple-choice question for task 1.1; "
		       "write 1 more active multiple-response question for task 1.1; "
		       "write 2 more active multiple-choice questions for task 1.2; "
		       "write 1 more active multiple-choice question for task 2.1");
}

static void a_ceiling_of_the_mix_can_be_what_is_short(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	blueprint.mix[MULTIPLE_RESPONSE].most = 3;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 3);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 3);
	add(&b, "2.1", MULTIPLE_RESPONSE, 0, 9);
	expect_refused(&blueprint, &b,
		       "the form needs 10, 9 can be drawn: 6 multiple-choice, "
		       "3 multiple-response; beyond these counts, 1 more question is "
		       "needed for the type mix",
		       "write 2 more active multiple-choice questions for task 2.1");
}

static void what_may_not_be_drawn_does_not_count(void **state)
{
	static const enum question_status statuses[] = { QUESTION_DRAFT,
							 QUESTION_RETIRED };
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		add(&b, "2.1", MULTIPLE_CHOICE, i, 1);
		b.bank.questions[b.bank.count - 1].status = statuses[i];
	}
	add(&b, "2.1", ORDERING, 0, 3);        /* a type the blueprint does not have */
	add(&b, "2.2", MULTIPLE_CHOICE, 0, 3); /* a task it does not have */
	add(&b, "2.1", MULTIPLE_CHOICE, 2, 4);
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 3);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 3);
	build_question(&b, "other", "2.1", MULTIPLE_CHOICE, NULL, NULL)->objectives[0] =
		"y:2.1"; /* another exam */
	expect_refused(&blueprint, &b,
		       "domain 2 needs 5, 4 can be drawn: task 2.1 has 4 of at least 5",
		       "write 1 more active multiple-choice question for task 2.1, or "
		       "set its draft active");
}

static void a_case_with_a_question_that_may_not_be_drawn_does_not_count(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 3);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 3);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 4);
	build_question(&b, "c1", "2.1", MULTIPLE_CHOICE, "case", NULL);
	build_question(&b, "c2", "2.1", MULTIPLE_CHOICE, "case", NULL)->status =
		QUESTION_DRAFT;
	expect_refused(&blueprint, &b,
		       "domain 2 needs 5, 4 can be drawn: task 2.1 has 4 of at least 5",
		       "write 1 more active multiple-choice question for task 2.1; "
		       "case case is left out while c2 is a draft");
}

static void a_question_of_two_tasks_is_counted_once(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;
	struct question *both;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 1);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 3);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 5);
	both = build_question(&b, "both", "1.2", MULTIPLE_CHOICE, NULL, NULL);
	both->objectives = ARENA_ARRAY(&b.arena, 2, const char *);
	both->objectives[0] = "x:1.2";
	both->objectives[1] = "x:1.1";
	both->objective_count = 2;
	expect_refused(&blueprint, &b,
		       "domain 1 needs 5, 4 can be drawn: task 1.1 has 1 of at least 2",
		       "write 1 more active multiple-choice question for task 1.1");
}

/* ---- Enough of everything, but not together ---- */

static void add_enough(struct builder *b)
{
	add(b, "1.1", MULTIPLE_CHOICE, 0, 3);
	add(b, "1.2", MULTIPLE_CHOICE, 0, 3);
}

static void enemies_can_make_a_form_impossible(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	add_enough(&b);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 4);
	build_question(&b, "enemy", "2.1", MULTIPLE_CHOICE, NULL, "2.1-0-2 enemy gone");
	expect_refused(
		&blueprint, &b,
		"no form is possible: there are enough questions for every count, but "
		"not together with enemies kept apart",
		"write 1 more active multiple-choice question for task 2.1");
}

static void cases_can_make_a_form_impossible(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	add_enough(&b);
	for (unsigned i = 0; i < 6; i++) {
		char id[8], in_case[8];

		snprintf(id, sizeof(id), "c%u", i);
		snprintf(in_case, sizeof(in_case), "case%u", i / 2);
		build_question(&b, id, "2.1", MULTIPLE_CHOICE, in_case, NULL);
	}
	expect_refused(
		&blueprint, &b,
		"no form is possible: there are enough questions for every count, but "
		"not together with cases kept whole",
		"write 1 more active multiple-choice question for task 2.1");
}

/* 4 of multiple-response at least, and all of them in a task that takes 3. */
static void the_mix_can_make_a_form_impossible(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	blueprint.mix[MULTIPLE_RESPONSE].least = 4;
	add(&b, "1.1", MULTIPLE_RESPONSE, 0, 9);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 9);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 9);
	expect_refused(
		&blueprint, &b,
		"no form is possible: there are enough questions for every count, but "
		"not together with the type mix",
		"write 1 more active multiple-response question for task 1.2");
}

static void several_rules_may_stand_in_the_way_at_once(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	blueprint.mix[MULTIPLE_RESPONSE].least = 4;
	add(&b, "1.1", MULTIPLE_RESPONSE, 0, 9);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 9);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 4);
	build_question(&b, "enemy", "2.1", MULTIPLE_CHOICE, NULL, "2.1-0-2");
	expect_refused(
		&blueprint, &b,
		"no form is possible: there are enough questions for every count, but "
		"not together with enemies kept apart and the type mix",
		"write 1 more active multiple-response question for task 2.1");
}

static void what_rules_take_beyond_the_counts_is_told(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	add(&b, "1.1", MULTIPLE_CHOICE, 0, 9);
	add(&b, "1.2", MULTIPLE_CHOICE, 0, 1);
	add(&b, "2.1", MULTIPLE_CHOICE, 0, 4);
	build_question(&b, "enemy", "2.1", MULTIPLE_CHOICE, NULL, "2.1-0-2");
	expect_refused(&blueprint, &b,
		       "domain 1 needs 5, 4 can be drawn: task 1.2 has 1 of at least 2; "
		       "beyond these counts, 1 more question is needed for enemies kept "
		       "apart",
		       "write 1 more active multiple-choice question for task 1.2; "
		       "write 1 more active multiple-choice question for task 2.1");
}

/* More than eight of a kind, and then eight of another, would be harder to write. */
static void many_of_a_kind_are_asked_for_as_one_kind(void **state)
{
	struct blueprint_domain domain = { "2", "D", 1, tasks + 2, 1 };
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	blueprint.domains = &domain;
	blueprint.domain_count = 1;
	expect_refused(&blueprint, &b,
		       "domain 2 needs 10, 0 can be drawn: task 2.1 has 0 of at least 10",
		       "write 10 more active multiple-choice questions for task 2.1");
}

/* Five of a ring of nine, no two neighbours: impossible, which one step cannot show. */
static void a_search_that_was_cut_off_proves_nothing(void **state)
{
	struct blueprint blueprint = plain();
	struct err err = ERR_INIT;

	(void)state;
	for (uint32_t nodes = 0; nodes < 2; nodes++) {
		struct builder b = BUILDER_INIT;

		add_enough(&b);
		for (unsigned i = 0; i < 9; i++) {
			char id[8], enemy[8];

			snprintf(id, sizeof(id), "r%u", i);
			snprintf(enemy, sizeof(enemy), "r%u", (i + 1) % 9);
			build_question(&b, id, "2.1", MULTIPLE_CHOICE, NULL, enemy);
		}
		assert_false(draw(&blueprint, &b, nodes, &err));
		EXPECT_TEXT(
			err.text,
			nodes ? "no form was found: there are enough questions for every "
				"count, but not together with enemies kept apart (not "
				"proven: the search was cut off after 1 steps); write 1 "
				"more active multiple-choice question for task 2.1"
			      : "no form is possible: there are enough questions for "
				"every count, but not together with enemies kept apart; "
				"write 1 more active multiple-choice question for task "
				"2.1");
		build_release(&b);
	}
}

static void an_empty_bank_is_refused(void **state)
{
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;

	(void)state;
	expect_refused(&blueprint, &b,
		       "domain 1 needs 5, 0 can be drawn: task 1.1 has 0 of at least 2, "
		       "task 1.2 has 0 of at least 2; "
		       "domain 2 needs 5, 0 can be drawn: task 2.1 has 0 of at least 5",
		       "write 3 more active multiple-choice questions for task 1.1; "
		       "write 2 more active multiple-choice questions for task 1.2; "
		       "write 5 more active multiple-choice questions for task 2.1");
}

static const struct CMUnitTest tests[] = {
	TEST(a_bank_with_just_enough_is_drawn),
	TEST(a_rounding_that_cannot_be_had_gives_way_to_the_other),
	TEST(a_domain_that_is_short_is_named_with_its_tasks),
	TEST(a_domain_may_be_short_without_any_task_below_its_floor),
	TEST(a_task_may_be_short_in_a_domain_that_is_not),
	TEST(every_shortfall_is_told_in_one_message),
	TEST(a_ceiling_of_the_mix_can_be_what_is_short),
	TEST(what_may_not_be_drawn_does_not_count),
	TEST(a_case_with_a_question_that_may_not_be_drawn_does_not_count),
	TEST(a_question_of_two_tasks_is_counted_once),
	TEST(enemies_can_make_a_form_impossible),
	TEST(cases_can_make_a_form_impossible),
	TEST(the_mix_can_make_a_form_impossible),
	TEST(several_rules_may_stand_in_the_way_at_once),
	TEST(what_rules_take_beyond_the_counts_is_told),
	TEST(many_of_a_kind_are_asked_for_as_one_kind),
	TEST(a_search_that_was_cut_off_proves_nothing),
	TEST(an_empty_bank_is_refused),
};

TEST_MAIN(tests)
