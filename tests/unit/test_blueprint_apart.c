#include "bank_builder.h"
#include "proctor/blueprint.h"
#include "proctor/crypto.h"
#include "test.h"

/*
 * Forms with no question in common, what would mend a shortfall, and what was seen: on
 * banks made at random, small enough to be short of something.
 */
static struct blueprint_task tasks[] = {
	{ "1.1", "A" }, { "1.2", "B" }, { "2.1", "C" }, { "2.2", "D" }, { "2.3", "E" },
};
static struct blueprint_domain domains[] = {
	{ .id = "1", .title = "D", .weight = 40, .tasks = tasks, .task_count = 2 },
	{ .id = "2", .title = "E", .weight = 60, .tasks = tasks + 2, .task_count = 3 },
};

static struct blueprint plain(void)
{
	return (struct blueprint){ .id = "x",
				   .exam = "x",
				   .scored = 12,
				   .unscored = 3,
				   .types = { true, true, false, false },
				   .mix = { { 0, 15 }, { 3, 6 }, { 0, 0 }, { 0, 0 } },
				   .domains = domains,
				   .domain_count = 2 };
}

/* Chance that is the same everywhere. */
static struct crypto_stream start(unsigned number)
{
	struct crypto_stream chance;
	char text[16];
	struct seed seed;

	snprintf(text, sizeof(text), "%u", number);
	seed = crypto_seed(text);
	crypto_stream_init(&chance, &seed, "test");
	return chance;
}

static void add_one(struct builder *b, unsigned number, size_t task,
		    enum question_type type, enum question_difficulty difficulty,
		    const char *in_case, const char *enemies)
{
	char id[16];

	snprintf(id, sizeof(id), "q%04u", number);
	build_question(b, id, tasks[task].id, type, in_case, enemies)->difficulty =
		difficulty;
}

/* `rough`: with cases and enemies. */
static void add_random(struct builder *b, struct crypto_stream *chance, unsigned count,
		       bool rough)
{
	for (unsigned i = 0; i < count; i++) {
		char in_case[16] = "", enemies[32] = "";

		if (rough && i % 10 < 2)
			snprintf(in_case, sizeof(in_case), "case-%u", i / 10);
		if (rough && i % 7 == 0)
			snprintf(enemies, sizeof(enemies), "q%04u",
				 crypto_stream_below(chance, count));
		add_one(b, i, crypto_stream_below(chance, 5),
			crypto_stream_below(chance, 3) ? MULTIPLE_CHOICE
						       : MULTIPLE_RESPONSE,
			(enum question_difficulty)crypto_stream_below(chance, 3),
			in_case[0] ? in_case : NULL, enemies);
	}
}

static void expect_valid(const struct blueprint *blueprint, const struct form *form)
{
	unsigned in_task[5] = { 0 }, responses = 0;

	assert_int_equal(form->count, 15);
	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];
		const struct json_texts *enemies = &item->question->enemies;

		in_task[(item->domain ? 2 : 0) + item->task]++;
		responses += item->question->type == MULTIPLE_RESPONSE;
		for (size_t e = 0; e < enemies->count; e++)
			for (size_t k = 0; k < form->count; k++)
				assert_true(k == i || strcmp(form->items[k].question->id,
							     enemies->at[e]) != 0);
		if (item->question->in_case) {
			const struct bank_case *in_case = item->question->in_case;
			size_t there = 0;

			for (size_t k = 0; k < form->count; k++)
				there += form->items[k].question->in_case == in_case;
			assert_int_equal(there, in_case->count);
		}
	}
	assert_in_range(responses, blueprint->mix[1].least, blueprint->mix[1].most);
	for (size_t t = 0; t < 5; t++) /* 6 in two tasks, 9 in three */
		assert_int_equal(in_task[t], 3);
}

static void expect_apart(const struct bank *bank, const struct form_set *set)
{
	bool *drawn = calloc(bank->count, sizeof(bool));

	assert_non_null(drawn);
	for (size_t f = 0; f < set->count; f++)
		for (size_t i = 0; i < set->forms[f].count; i++) {
			size_t q = (size_t)(set->forms[f].items[i].question -
					    bank->questions);

			assert_false(drawn[q]);
			drawn[q] = true;
		}
	free(drawn);
}

/* Without cases and enemies the bound is always reached; with them, nearly always. */
static void forms_apart_are_as_many_as_there_can_be(void **state)
{
	const struct draw draw = { .seed = "s" };
	struct blueprint blueprint = plain();
	size_t missed = 0, most = 0;

	(void)state;
	for (unsigned n = 0; n < 120; n++) {
		struct crypto_stream chance = start(n);
		struct builder b = BUILDER_INIT;
		struct arena arena = ARENA_INIT;
		struct err err = ERR_INIT;
		struct form_set set;
		struct bank *bank;

		add_random(&b, &chance, 40 + crypto_stream_below(&chance, 120), n % 2);
		bank = build_bank(&b);
		if (blueprint_draw_apart(&blueprint, bank, &draw, 100, &arena, &set,
					 &err)) {
			expect_apart(bank, &set);
			for (size_t f = 0; f < set.count; f++)
				expect_valid(&blueprint, &set.forms[f]);
			assert_in_range(set.count, 1, set.most);
			if (n % 2 == 0)
				assert_int_equal(set.count, set.most);
			missed += set.count < set.most;
			assert_true(set.reason_count > 0);
			if (set.most > most)
				most = set.most;
		}
		arena_release(&arena);
		build_release(&b);
	}
	assert_in_range(missed, 0, 6);
	assert_true(most >= 5);
}

static void the_first_of_several_forms_is_the_one_drawn_alone(void **state)
{
	const struct draw draw = { .seed = "s" };
	struct blueprint blueprint = plain();
	struct crypto_stream chance = start(7);
	struct builder b = BUILDER_INIT;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct form_set set;
	struct form form;
	struct bank *bank;

	(void)state;
	add_random(&b, &chance, 150, true);
	bank = build_bank(&b);
	EXPECT_OK(blueprint_draw(&blueprint, bank, &draw, &arena, &form, &err), err);
	EXPECT_OK(blueprint_draw_apart(&blueprint, bank, &draw, 2, &arena, &set, &err),
		  err);
	assert_int_equal(set.count, 2);
	for (size_t i = 0; i < form.count; i++)
		assert_ptr_equal(form.items[i].question, set.forms[0].items[i].question);
	arena_release(&arena);
	build_release(&b);
}

/* One after the other uses up what the second needs; all at once does not: 1.1 has six
 * questions, two of which are the only ones of the other type. */
static void what_in_turn_would_waste_is_shared_out(void **state)
{
	struct blueprint blueprint = plain();
	unsigned by_turn = 0;

	(void)state;
	blueprint.mix[MULTIPLE_RESPONSE] = (struct blueprint_bounds){ 3, 15 };
	for (unsigned n = 0; n < 40; n++) {
		struct builder b = BUILDER_INIT;
		struct arena arena = ARENA_INIT;
		struct draw draw = { 0 };
		struct err err = ERR_INIT;
		struct form_set set;

		draw.seed = arena_printf(&arena, "%u", n);
		for (unsigned i = 0; i < 30; i++)
			add_one(&b, i, i % 5, i < 6 ? MULTIPLE_RESPONSE : MULTIPLE_CHOICE,
				EASY, NULL, NULL);
		EXPECT_OK(blueprint_draw_apart(&blueprint, build_bank(&b), &draw, 9,
					       &arena, &set, &err),
			  err);
		assert_int_equal(set.most, 2);
		assert_int_equal(set.count, 2);
		by_turn++;
		arena_release(&arena);
		build_release(&b);
	}
	assert_int_equal(by_turn, 40);
}

/* A case of 31 fits no form of 15, nor a set of two; without it there is one form only,
 * although there are questions enough for three. */
static void whole_cases_lower_the_bound(void **state)
{
	const struct draw draw = { .seed = "s" };
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;
	struct arena arena = ARENA_INIT;

	(void)state;
	blueprint.mix[MULTIPLE_RESPONSE] = (struct blueprint_bounds){ 0, 15 };
	for (unsigned i = 0; i < 46; i++)
		add_one(&b, i, i % 5, MULTIPLE_CHOICE, EASY, i < 31 ? "large" : NULL,
			NULL);
	assert_int_equal(blueprint_supply(&blueprint, build_bank(&b), &draw, &arena).most,
			 1);
	arena_release(&arena);
	build_release(&b);
}

static void a_bank_without_a_form_has_none_apart(void **state)
{
	const struct draw draw = { .seed = "s" };
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;
	struct arena arena = ARENA_INIT;
	struct blueprint_supply supply;
	struct form_set set;
	struct bank *bank;
	struct err err;

	(void)state;
	add_one(&b, 1, 0, MULTIPLE_CHOICE, EASY, NULL, NULL);
	bank = build_bank(&b);
	EXPECT_ERR(blueprint_draw_apart(&blueprint, bank, &draw, 3, &arena, &set, &err),
		   err, ERR_INPUT, "domain 1 needs 6, 1 can be drawn");
	supply = blueprint_supply(&blueprint, bank, &draw, &arena);
	assert_int_equal(supply.most, 0);
	assert_int_equal(supply.questions, 1);
	assert_true(supply.proven);
	assert_true(supply.reason_count > 3);
	arena_release(&arena);
	build_release(&b);
}

/* ---- What would mend it ---- */

/* Writes what a reason asks for, but `spare` of it; returns how many it asks for. */
static unsigned obey(struct builder *b, const char *reason, unsigned *next,
		     unsigned *spare)
{
	unsigned count, task = 0;
	char words[2][32], last[64] = "", id[8];

	if (sscanf(reason, "write %u more active %31s", &count, words[0]) != 2)
		return 0;
	sscanf(strstr(reason, "active ") + 7, "%31s %31s", words[0], words[1]);
	for (int w = 0; w < 2; w++)
		if (strncmp(words[w], "multiple", 8) == 0)
			snprintf(last, sizeof(last), "%s", words[w]);
	assert_int_equal(sscanf(strstr(reason, "task "), "task %7[0-9.]", id), 1);
	while (strcmp(tasks[task].id, id) != 0)
		task++;
	for (unsigned i = 0; i < count; i++) {
		if (*spare) {
			--*spare;
			continue;
		}
		add_one(b, (*next)++, task,
			last[9] == 'c' ? MULTIPLE_CHOICE : MULTIPLE_RESPONSE,
			strncmp(words[0], "easy", 4) == 0   ? EASY
			: strncmp(words[0], "hard", 4) == 0 ? HARD
							    : MEDIUM,
			NULL, NULL);
	}
	return count;
}

/* A bank like number n with what was asked for, but `spare` of it; can it be drawn? */
static bool is_mended(const struct blueprint *blueprint, unsigned n, unsigned size,
		      const struct blueprint_supply *supply, unsigned spare, size_t *most)
{
	const struct draw draw = { .seed = "s" };
	struct crypto_stream chance = start(n);
	struct builder b = BUILDER_INIT;
	struct arena arena = ARENA_INIT;
	unsigned next = 5000;

	add_random(&b, &chance, size, n % 2);
	for (size_t i = 0; i < supply->reason_count; i++)
		obey(&b, supply->reasons[i], &next, &spare);
	*most = blueprint_supply(blueprint, build_bank(&b), &draw, &arena).most;
	arena_release(&arena);
	build_release(&b);
	return *most > 0;
}

/* What is told to be written mends a bank that has no form, and one question less does
 * not; for more forms apart it raises the bound by one. */
static void what_is_told_to_be_written_mends_it_and_less_does_not(void **state)
{
	const struct draw draw = { .seed = "s" };
	struct blueprint blueprint = plain();
	unsigned tested = 0, raised = 0;

	(void)state;
	blueprint.difficulty = (struct blueprint_bounds){ 1800, 2200 };
	for (unsigned n = 0; n < 80; n++) {
		struct crypto_stream chance = start(n);
		struct builder b = BUILDER_INIT;
		struct arena arena = ARENA_INIT;
		struct blueprint_supply supply;
		unsigned size = 5 + n / 2;
		size_t most;

		add_random(&b, &chance, size, n % 2);
		supply = blueprint_supply(&blueprint, build_bank(&b), &draw, &arena);
		assert_true(is_mended(&blueprint, n, size, &supply, 0, &most));
		assert_true(most >= supply.most + 1);
		if (supply.most == 0) {
			assert_false(is_mended(&blueprint, n, size, &supply, 1, &most));
			tested++;
		} else {
			is_mended(&blueprint, n, size, &supply, 1, &most);
			assert_int_equal(most, supply.most);
			raised++;
		}
		arena_release(&arena);
		build_release(&b);
	}
	assert_true(tested >= 20 && raised >= 5);
}

/* Ten of the twelve needed in 1.1 and 1.2 are missing; drafts of one kind only count. */
static void drafts_are_offered_instead_of_writing(void **state)
{
	static const struct offer {
		unsigned drafts;
		const char *words;
	} offers[] = {
		{ 0, "write 2 more active multiple-choice questions for task 1.1; " },
		{ 1, "questions for task 1.1, or set its draft active and write 1; " },
		{ 2, "questions for task 1.1, or set its 2 drafts active; " },
		{ 3, "questions for task 1.1, or set 2 of its 3 drafts active; " },
	};
	struct blueprint blueprint = plain();

	(void)state;
	for (size_t o = 0; o < sizeof(offers) / sizeof(offers[0]); o++) {
		const struct draw draw = { .seed = "s" };
		struct builder b = BUILDER_INIT;
		struct arena arena = ARENA_INIT;
		struct form form;
		struct err err;
		struct bank *bank;

		add_one(&b, 0, 0, MULTIPLE_CHOICE, EASY, NULL, NULL);
		for (unsigned i = 0; i < offers[o].drafts; i++) {
			add_one(&b, 10 + i, 0, MULTIPLE_CHOICE, EASY, NULL, NULL);
			b.bank.questions[b.bank.count - 1].status = QUESTION_DRAFT;
		}
		/* of another type, retired, or with an enemy: no help, or not sure to be
		 */
		add_one(&b, 20, 0, MULTIPLE_RESPONSE, EASY, NULL, NULL);
		b.bank.questions[b.bank.count - 1].status = QUESTION_DRAFT;
		add_one(&b, 21, 0, MULTIPLE_CHOICE, EASY, NULL, NULL);
		b.bank.questions[b.bank.count - 1].status = QUESTION_RETIRED;
		add_one(&b, 22, 0, MULTIPLE_CHOICE, EASY, NULL, "q0000");
		b.bank.questions[b.bank.count - 1].status = QUESTION_DRAFT;
		for (unsigned i = 0; i < 9; i++)
			add_one(&b, 30 + i, 2 + i % 3,
				i < 3 ? MULTIPLE_RESPONSE : MULTIPLE_CHOICE, EASY, NULL,
				NULL);
		bank = build_bank(&b);
		EXPECT_ERR(blueprint_draw(&blueprint, bank, &draw, &arena, &form, &err),
			   err, ERR_INPUT, offers[o].words);
		arena_release(&arena);
		build_release(&b);
	}
}

/* ---- What was seen ---- */

#define EXAMS 12

static unsigned seen_if_named(void *context, const struct question *question)
{
	return question->id[1] == '9' ? *(const unsigned *)context : 0;
}

/* Three of two tasks: 2 and 1, or 1 and 2. Only the first repeats nothing. */
static void the_tasks_are_rounded_so_that_less_is_repeated(void **state)
{
	struct blueprint_domain domain = domains[0];
	struct blueprint blueprint = plain();
	struct builder b = BUILDER_INIT;
	struct bank *bank;

	(void)state;
	blueprint.domains = &domain;
	blueprint.domain_count = 1;
	blueprint.scored = 3;
	blueprint.unscored = 0;
	blueprint.mix[MULTIPLE_CHOICE].most = 3;
	blueprint.mix[MULTIPLE_RESPONSE] = (struct blueprint_bounds){ 0, 0 };
	add_one(&b, 1, 0, MULTIPLE_CHOICE, EASY, NULL, NULL);
	add_one(&b, 2, 0, MULTIPLE_CHOICE, EASY, NULL, NULL);
	add_one(&b, 3, 1, MULTIPLE_CHOICE, EASY, NULL, NULL);
	add_one(&b, 9000, 1, MULTIPLE_CHOICE, EASY, NULL, NULL);
	bank = build_bank(&b);
	for (unsigned n = 0; n < 40; n++) {
		unsigned tier = n % 2 ? DRAW_SEEN_MAX : DRAW_SEEN_DRILL;
		struct arena arena = ARENA_INIT;
		struct draw draw = { .seed = arena_printf(&arena, "%u", n),
				     .seen = seen_if_named,
				     .context = &tier };
		struct err err = ERR_INIT;
		struct form form;

		EXPECT_OK(blueprint_draw(&blueprint, bank, &draw, &arena, &form, &err),
			  err);
		for (size_t i = 0; i < form.count; i++)
			assert_int_equal(seen_if_named(&tier, form.items[i].question), 0);
		arena_release(&arena);
	}
	build_release(&b);
}

struct history {
	const struct bank *bank;
	unsigned tier[200];
};

static unsigned seen(void *context, const struct question *question)
{
	const struct history *history = context;

	return history->tier[question - history->bank->questions];
}

/*
 * Twelve exams in a row from a bank that has four or five apart. Nothing of the last
 * exams is repeated as far back as that can be, and the first overlap there must be is
 * the least; with cases and enemies the two can be at odds, and then the former counts.
 */
static void the_least_overlap_with_the_last_forms_is_reached(void **state)
{
	struct blueprint blueprint = plain();
	unsigned longest = 0;
	size_t exceeded = 0;

	(void)state;
	for (unsigned n = 0; n < 16; n++) {
		struct crypto_stream chance = start(n);
		struct builder b = BUILDER_INIT;
		struct arena arena = ARENA_INIT;
		struct history history = { NULL, { 0 } };
		struct bank *bank;

		add_random(&b, &chance, 110, n % 2);
		history.bank = bank = build_bank(&b);
		for (unsigned exam = 0; exam < EXAMS; exam++) {
			struct draw draw = { .seen = seen, .context = &history };
			struct err err = ERR_INIT;
			struct form form;
			bool met = false;

			draw.seed = arena_printf(&arena, "%u", exam);
			EXPECT_OK(blueprint_draw(&blueprint, bank, &draw, &arena, &form,
						 &err),
				  err);
			for (unsigned k = 1; !met && k <= exam; k++) {
				struct form_overlap overlap = blueprint_overlap(
					&blueprint, bank, &draw, &form, k);

				assert_true(overlap.proven);
				met = overlap.least > 0;
				if (!met || n % 2 == 0)
					assert_int_equal(overlap.count, overlap.least);
				else
					exceeded += overlap.count - overlap.least;
				if (!met && k > longest)
					longest = k;
			}
			for (size_t q = 0; q < bank->count; q++)
				history.tier[q] -= history.tier[q] > 2;
			for (size_t i = 0; i < form.count; i++)
				history.tier[form.items[i].question - bank->questions] =
					DRAW_SEEN_MAX;
		}
		arena_release(&arena);
		build_release(&b);
	}
	assert_in_range(longest, 3, EXAMS - 2);
	assert_in_range(exceeded, 0, 20);
}

static int set_up(void **state)
{
	(void)state;
	crypto_start();
	return 0;
}

static const struct CMUnitTest tests[] = {
	TEST(forms_apart_are_as_many_as_there_can_be),
	TEST(the_first_of_several_forms_is_the_one_drawn_alone),
	TEST(what_in_turn_would_waste_is_shared_out),
	TEST(whole_cases_lower_the_bound),
	TEST(a_bank_without_a_form_has_none_apart),
	TEST(what_is_told_to_be_written_mends_it_and_less_does_not),
	TEST(drafts_are_offered_instead_of_writing),
	TEST(the_tasks_are_rounded_so_that_less_is_repeated),
	TEST(the_least_overlap_with_the_last_forms_is_reached),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, NULL);
}
