#include "bank_builder.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "test.h"

/*
 * The laws of a drawn form, over many seeds, on a bank with everything in it: four
 * domains of three tasks, all types, cases across tasks and domains, enemies, and
 * questions that may not be drawn.
 */
#define SEEDS 10000
#define SEEDS_TWICE 500 /* of those, drawn again in other ways */
#define QUESTIONS 480
#define CASES 10

static const char blueprint_text[] =
	"{\"format\":\"proctor-blueprint/1\",\"id\":\"x\",\"exam\":\"x\",\"title\":\"X\","
	"\"minutes\":130,\"scored\":50,\"unscored\":15,"
	"\"scale\":{\"min\":100,\"max\":1000,\"pass\":720},"
	"\"types\":[\"multiple-choice\",\"multiple-response\",\"ordering\",\"matching\"],"
	"\"mix\":{\"multiple-response\":[8,20],\"ordering\":[1,4],\"matching\":[1,4]},"
	"\"domains\":["
	"{\"id\":\"1\",\"title\":\"A\",\"weight\":28,\"tasks\":[{\"id\":\"1.1\","
	"\"title\":\"T\"},"
	"{\"id\":\"1.2\",\"title\":\"T\"},{\"id\":\"1.3\",\"title\":\"T\"}]},"
	"{\"id\":\"2\",\"title\":\"B\",\"weight\":26,\"tasks\":[{\"id\":\"2.1\","
	"\"title\":\"T\"},"
	"{\"id\":\"2.2\",\"title\":\"T\"},{\"id\":\"2.3\",\"title\":\"T\"}]},"
	"{\"id\":\"3\",\"title\":\"C\",\"weight\":22,\"tasks\":[{\"id\":\"3.1\","
	"\"title\":\"T\"},"
	"{\"id\":\"3.2\",\"title\":\"T\"},{\"id\":\"3.3\",\"title\":\"T\"}]},"
	"{\"id\":\"4\",\"title\":\"D\",\"weight\":24,\"tasks\":[{\"id\":\"4.1\","
	"\"title\":\"T\"},"
	"{\"id\":\"4.2\",\"title\":\"T\"},{\"id\":\"4.3\",\"title\":\"T\"}]}]}";

static const unsigned domain_scored[] = { 14, 13, 11, 12 };
static const unsigned domain_total[] = { 18, 17, 14, 16 };

static struct arena arena;
static struct blueprint blueprint;
static struct builder built, built_backwards;
static struct bank *bank;

/* Question i of the bank; every 40th may not be drawn, for three reasons in turn. */
static void build_one(struct builder *b, unsigned i)
{
	static const enum question_type types[] = {
		MULTIPLE_CHOICE,   MULTIPLE_CHOICE, MULTIPLE_RESPONSE, MULTIPLE_CHOICE,
		MULTIPLE_RESPONSE, MULTIPLE_CHOICE, ORDERING,          MULTIPLE_CHOICE,
		MULTIPLE_CHOICE,   MATCHING,        MULTIPLE_CHOICE,
	};
	char id[16], task[8], in_case[16], enemies[32] = "";
	struct question *q;

	snprintf(id, sizeof(id), "q%03u", i);
	snprintf(task, sizeof(task), "%u.%u", 1 + i / 3 % 4, 1 + i % 3);
	snprintf(in_case, sizeof(in_case), "case-%u", i / 4 % CASES);
	if (i % 9 == 0)
		snprintf(enemies, sizeof(enemies), "q%03u q%03u", (i * 7 + 5) % QUESTIONS,
			 (i * 11 + 3) % QUESTIONS);
	if (i % 40 == 39 && i % 3 == 2)
		snprintf(task, sizeof(task), "9.1");
	/* a case: three questions of tasks side by side */
	q = build_question(b, id, task, types[i % 11],
			   i < 4 * CASES && i % 4 ? in_case : NULL, enemies);
	if (i % 40 == 39 && i % 3 != 2)
		q->status = i % 3 ? QUESTION_DRAFT : QUESTION_RETIRED;
}

static int set_up(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	crypto_start();
	if (!blueprint_read("x.json", blueprint_text, strlen(blueprint_text), &arena,
			    &blueprint, &err))
		return -1;
	for (unsigned i = 0; i < QUESTIONS; i++) {
		build_one(&built, i);
		build_one(&built_backwards, QUESTIONS - 1 - i);
	}
	bank = build_bank(&built);
	build_bank(&built_backwards);
	/* a case keeps its own order, in whichever order the bank lists its questions */
	for (size_t c = 0; c < built_backwards.bank.case_count; c++) {
		struct bank_case *in_case = &built_backwards.bank.cases[c];

		for (size_t i = 0; i < in_case->count / 2; i++) {
			const struct question *q = in_case->questions[i];
			size_t other = in_case->count - 1 - i;

			in_case->questions[i] = in_case->questions[other];
			in_case->questions[other] = q;
		}
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	build_release(&built);
	build_release(&built_backwards);
	arena_release(&arena);
	return 0;
}

static struct form draw_with(const struct bank *from, const char *seed,
			     struct arena *into)
{
	struct draw draw = { .seed = seed };
	struct err err = ERR_INIT;
	struct form form;

	EXPECT_OK(blueprint_draw(&blueprint, from, &draw, into, &form, &err), err);
	return form;
}

static struct form draw_number(unsigned number, struct arena *into)
{
	char seed[32];

	snprintf(seed, sizeof(seed), "seed %u", number);
	return draw_with(bank, seed, into);
}

static bool is_in(const struct form *form, const char *id)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->items[i].question->id, id) == 0)
			return true;
	return false;
}

static void expect_counts(const struct form *form)
{
	unsigned scored[4] = { 0 }, total[4] = { 0 }, tasks[4][3] = { { 0 } };
	unsigned types[QUESTION_TYPES] = { 0 };

	assert_int_equal(form->count, 65);
	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];
		const char *task = blueprint.domains[item->domain].tasks[item->task].id;

		EXPECT_TEXT(task, question_task(item->question, "x"));
		assert_int_equal(item->question->status, QUESTION_ACTIVE);
		scored[item->domain] += item->scored;
		total[item->domain]++;
		tasks[item->domain][item->task]++;
		types[item->question->type]++;
	}
	for (size_t d = 0; d < 4; d++) {
		assert_int_equal(scored[d], domain_scored[d]);
		assert_int_equal(total[d], domain_total[d]);
		for (size_t t = 0; t < 3; t++)
			assert_in_range(tasks[d][t], domain_total[d] / 3,
					(domain_total[d] + 2) / 3);
	}
	assert_in_range(types[MULTIPLE_RESPONSE], 8, 20);
	assert_in_range(types[ORDERING], 1, 4);
	assert_in_range(types[MATCHING], 1, 4);
}

static void expect_no_repeats_and_no_enemies(const struct form *form)
{
	static bool drawn[QUESTIONS];

	memset(drawn, 0, sizeof(drawn));
	for (size_t i = 0; i < form->count; i++) {
		size_t q = (size_t)(form->items[i].question - bank->questions);

		assert_false(drawn[q]);
		drawn[q] = true;
	}
	for (size_t i = 0; i < form->count; i++) {
		const struct json_texts *enemies = &form->items[i].question->enemies;

		for (size_t e = 0; e < enemies->count; e++) {
			const struct question *enemy = bank_find(bank, enemies->at[e]);

			assert_true(enemy == form->items[i].question ||
				    !drawn[enemy - bank->questions]);
		}
	}
}

static unsigned expect_cases_whole_and_together(const struct form *form)
{
	unsigned cases = 0;

	for (size_t i = 0; i < form->count;) {
		const struct bank_case *in_case = form->items[i].question->in_case;

		if (!in_case) {
			i++;
			continue;
		}
		assert_true(i + in_case->count <= form->count);
		for (size_t q = 0; q < in_case->count; q++)
			assert_ptr_equal(form->items[i++].question,
					 in_case->questions[q]);
		cases++;
	}
	return cases;
}

static void expect_each_option_shown_once(const struct form *form)
{
	for (size_t i = 0; i < form->count; i++) {
		unsigned seen = 0,
			 count = (unsigned)form->items[i].question->option_count;

		for (size_t o = 0; o < count; o++)
			seen |= 1U << form->items[i].shown[o];
		assert_int_equal(seen, (1U << count) - 1);
	}
}

static void every_form_keeps_every_rule(void **state)
{
	unsigned proven = 0, cases = 0;

	(void)state;
	for (unsigned n = 0; n < SEEDS; n++) {
		struct arena local = ARENA_INIT;
		struct form form = draw_number(n, &local);

		expect_counts(&form);
		expect_no_repeats_and_no_enemies(&form);
		cases += expect_cases_whole_and_together(&form);
		expect_each_option_shown_once(&form);
		proven += form.proven;
		arena_release(&local);
	}
	assert_int_equal(proven, SEEDS);
	assert_in_range(cases, SEEDS / 2, 4 * SEEDS); /* they do occur */
}

/* ---- What a form depends on, and what it does not ---- */

/* All that a candidate could notice, as text. */
static void tell(const struct form *form, struct buf *text)
{
	for (size_t i = 0; i < form->count; i++) {
		const struct form_item *item = &form->items[i];

		buf_printf(text, "%s %d %u.%u", item->question->id, item->scored,
			   item->domain, item->task);
		for (size_t o = 0; o < item->question->option_count; o++)
			buf_printf(text, " %u", item->shown[o]);
		buf_char(text, '\n');
	}
}

static void expect_same_form(const struct form *a, const struct form *b)
{
	struct buf left = BUF_INIT, right = BUF_INIT;

	tell(a, &left);
	tell(b, &right);
	EXPECT_TEXT(left.data, right.data);
	buf_release(&left);
	buf_release(&right);
}

static void the_same_seed_gives_the_same_form(void **state)
{
	(void)state;
	for (unsigned n = 0; n < SEEDS_TWICE; n++) {
		struct arena local = ARENA_INIT;
		struct form a = draw_number(n, &local), b = draw_number(n, &local);

		expect_same_form(&a, &b);
		arena_release(&local);
	}
}

static void the_order_questions_are_listed_in_does_not_matter(void **state)
{
	(void)state;
	for (unsigned n = 0; n < SEEDS_TWICE; n++) {
		struct arena local = ARENA_INIT;
		char seed[32];
		struct form a, b;

		snprintf(seed, sizeof(seed), "seed %u", n);
		a = draw_with(bank, seed, &local);
		b = draw_with(&built_backwards.bank, seed, &local);
		expect_same_form(&a, &b);
		arena_release(&local);
	}
}

static void taking_away_what_was_not_drawn_changes_nothing(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 200; n++) {
		struct arena local = ARENA_INIT;
		struct form before = draw_number(n, &local), after;
		struct question *gone = &bank->questions[n * 7 % QUESTIONS];
		enum question_status status = gone->status;

		if (!is_in(&before, gone->id)) {
			gone->status = QUESTION_RETIRED;
			after = draw_number(n, &local);
			gone->status = status;
			expect_same_form(&before, &after);
		}
		arena_release(&local);
	}
}

/* The same bank with one question more, of task 1.1 and of the commonest type. */
static struct bank *build_with_one_more(struct builder *b)
{
	for (unsigned i = 0; i < QUESTIONS; i++)
		build_one(b, i);
	build_question(b, "q-new", "1.1", MULTIPLE_CHOICE, NULL, NULL);
	return build_bank(b);
}

static const struct form_item *find_item(const struct form *form, const char *id)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->items[i].question->id, id) == 0)
			return &form->items[i];
	return NULL;
}

/* What stayed is in the same order among itself, and shown the same; how many left. */
static unsigned expect_rest_kept(const struct form *before, const struct form *after)
{
	const struct form_item *last = after->items;
	unsigned gone = 0;

	for (size_t i = 0; i < before->count; i++) {
		const struct form_item *old = &before->items[i];
		const struct form_item *kept = find_item(after, old->question->id);

		if (!kept) {
			gone++;
			continue;
		}
		assert_true(kept >= last);
		last = kept;
		assert_memory_equal(kept->shown, old->shown, sizeof(kept->shown));
	}
	return gone;
}

/* What is not of task 1.1 is still there, and scored as before. */
static void expect_kept_outside_1_1(const struct form_item *old, const struct form *after)
{
	const struct form_item *kept = find_item(after, old->question->id);

	if (strcmp(question_task(old->question, "x"), "1.1") == 0)
		return;
	assert_non_null(kept);
	assert_int_equal(kept->scored, old->scored);
}

/* Not drawn, it changes nothing; drawn, it takes the place of one question of its task,
 * unless the mix, a case or an enemy makes others move. */
static void a_question_more_changes_only_what_it_must(void **state)
{
	struct builder b = BUILDER_INIT;
	struct bank *more = build_with_one_more(&b);
	unsigned drawn = 0, moved = 0;

	(void)state;
	for (unsigned n = 0; n < SEEDS_TWICE; n++) {
		struct arena local = ARENA_INIT;
		struct form before = draw_number(n, &local), after;
		char seed[32];

		snprintf(seed, sizeof(seed), "seed %u", n);
		after = draw_with(more, seed, &local);
		if (!find_item(&after, "q-new")) {
			expect_same_form(&before, &after);
		} else {
			unsigned gone = expect_rest_kept(&before, &after);

			drawn++;
			moved += gone > 1;
			for (size_t i = 0; gone == 1 && i < before.count; i++)
				expect_kept_outside_1_1(&before.items[i], &after);
		}
		arena_release(&local);
	}
	assert_in_range(drawn, SEEDS_TWICE / 20, SEEDS_TWICE / 4);
	assert_true(moved * 3 < drawn);
	build_release(&b);
}

/* Written down once: the same on every machine, and after every change of the code. */
static void a_form_known_by_its_digest_is_drawn_again(void **state)
{
	static const struct golden {
		const char *seed, *digest;
	} golden[] = {
		{ "golden",
		  "f02123ef8c3ae21e243c28b512cc16c253c1c2b8cba72265d071f33aaeeccbef" },
		{ "",
		  "fd6d81466ad3f5f08c09040274d0c9a043d97c73c742493cd365b52697c0fb51" },
		{ "Übung № 1",
		  "b81f9bec2a1cc5a24886e725877fb4a08566b6fc97f422d439e5253c8e2d6081" },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct arena local = ARENA_INIT;
		struct form form = draw_with(bank, golden[i].seed, &local);
		struct buf text = BUF_INIT;
		struct digest digest;
		char hex[CRYPTO_HEX_SIZE];

		tell(&form, &text);
		digest = crypto_digest(text.data, text.len);
		crypto_hex(&digest, hex);
		EXPECT_TEXT(hex, golden[i].digest);
		buf_release(&text);
		arena_release(&local);
	}
}

/* ---- Another length ---- */

/* Weights for which largest remainder and Webster often differ. */
static void a_form_of_another_length_has_its_seats_by_webster(void **state)
{
	static const int64_t weights[] = { 57, 23, 13, 7 };
	struct blueprint other = blueprint;
	struct blueprint_domain four[4];
	unsigned differ = 0;

	(void)state;
	other.domains = four;
	for (size_t d = 0; d < 4; d++) {
		four[d] = blueprint.domains[d];
		four[d].weight = weights[d];
	}
	for (int64_t n = 1; n <= 80; n++) {
		struct draw draw = { .seed = "s", .length = n };
		int64_t webster[4], hamilton[4], seats[4] = { 0 };
		struct arena local = ARENA_INIT;
		struct err err = ERR_INIT;
		struct form form;

		blueprint_webster(weights, 4, n, webster);
		blueprint_hamilton(weights, 4, n, hamilton);
		EXPECT_OK(blueprint_draw(&other, bank, &draw, &local, &form, &err), err);
		for (size_t i = 0; i < form.count; i++)
			seats[form.items[i].domain]++;
		assert_memory_equal(seats, webster, sizeof(seats));
		differ += memcmp(webster, hamilton, sizeof(webster)) != 0;
		arena_release(&local);
	}
	assert_true(differ >= 5);
}

/* ---- On the average ---- */

/* Each task's share of its domain, of all questions and of the scored ones. The error of
 * a mean of counts that are a floor or one more is at most 0.5 / sqrt(n); five are
 * allowed. */
static void on_the_average_tasks_have_equal_shares(void **state)
{
	unsigned total[4][3] = { { 0 } }, scored[4][3] = { { 0 } };
	const unsigned runs = 3000;

	(void)state;
	for (unsigned n = 0; n < runs; n++) {
		struct arena local = ARENA_INIT;
		struct form form = draw_number(n, &local);

		for (size_t i = 0; i < form.count; i++) {
			total[form.items[i].domain][form.items[i].task]++;
			scored[form.items[i].domain][form.items[i].task] +=
				form.items[i].scored;
		}
		arena_release(&local);
	}
	for (size_t d = 0; d < 4; d++)
		for (size_t t = 0; t < 3; t++) {
			EXPECT_NEAR((double)total[d][t] / runs, domain_total[d] / 3.0,
				    0.046);
			EXPECT_NEAR((double)scored[d][t] / runs, domain_scored[d] / 3.0,
				    0.092);
		}
}

static const struct CMUnitTest tests[] = {
	TEST(every_form_keeps_every_rule),
	TEST(the_same_seed_gives_the_same_form),
	TEST(the_order_questions_are_listed_in_does_not_matter),
	TEST(taking_away_what_was_not_drawn_changes_nothing),
	TEST(a_question_more_changes_only_what_it_must),
	TEST(a_form_known_by_its_digest_is_drawn_again),
	TEST(a_form_of_another_length_has_its_seats_by_webster),
	TEST(on_the_average_tasks_have_equal_shares),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
