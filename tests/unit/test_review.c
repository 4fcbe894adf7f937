#include "proctor/review.h"

#include "proctor/buf.h"
#include "told.h"

#include "test.h"

/*
 * The strange session of told.h, whose questions get words here:
 *
 *	1 choice    wrong?  sure            domain 1
 *	2 response          flagged         domain 2
 *	3 ordering          guess           domain 2
 *	4 matching          unsure          domain 4
 *	5 matching  empty                   domain 4
 *	6 choice    open    flagged         domain 1
 */
struct walk {
	struct told told;
	struct question questions[ITEMS_MAX];
	struct arena arena;
	struct review review;
};

static const char *const stems[] = {
	"A **Glue** job\nreads `orders`.",
	"Nothing of it.",
	"GLUE and paper.",
	("Die Stra\xC3\x9F"
	 "e nach \xC3\x84gypten"),
	"Zwei",
	"Drei",
};

static void begin(struct walk *walk)
{
	a_strange_session(&walk->told);
	walk->arena = (struct arena)ARENA_INIT;
	for (size_t i = 0; i < walk->told.form.count; i++) {
		struct question *question = &walk->questions[i];

		*question = *walk->told.items[i].question;
		question->stem = stems[i];
		question->explanation = i == 4 ? "About *lakes*." : "";
		walk->told.items[i].question = question;
	}
	review_init(&walk->review, &walk->told.report, &walk->arena);
}

static void end(struct walk *walk)
{
	arena_release(&walk->arena);
	release(&walk->told);
}

/* The numbers that are listed, "1 3 6". */
static const char *listed(struct walk *walk)
{
	const char *text = "";

	for (size_t i = 0; i < walk->told.form.count; i++)
		if (walk->review.listed[i])
			text = arena_printf(&walk->arena, "%s%s%zu", text,
					    *text ? " " : "", i + 1);
	return text;
}

static void expect_listed(struct walk *walk, struct review_filter filter,
			  const char *numbers)
{
	struct err err = ERR_INIT;

	EXPECT_OK(review_set(&walk->review, &filter, &err), err);
	EXPECT_TEXT(listed(walk), numbers);
	EXPECT_INT(review_count(&walk->review, &filter), walk->review.count);
}

#define EXPECT_LISTED(walk, numbers, ...) \
	expect_listed(walk, (struct review_filter){ __VA_ARGS__ }, numbers)

static void every_question_is_listed_at_first(void **state)
{
	struct walk walk;

	(void)state;
	begin(&walk);
	EXPECT_TEXT(listed(&walk), "1 2 3 4 5 6");
	EXPECT_INT(walk.review.count, 6);
	EXPECT_TEXT(review_told(&walk.review, &walk.arena), "");
	end(&walk);
}

static void each_wish_lists_what_it_names(void **state)
{
	struct walk walk;

	(void)state;
	begin(&walk);
	EXPECT_LISTED(&walk, "2 6", .flagged = true);
	EXPECT_LISTED(&walk, "3 4", .unsure = true);
	EXPECT_LISTED(&walk, "1 6", .domain = "1");
	EXPECT_LISTED(&walk, "6", .task = "1.3");
	EXPECT_LISTED(&walk, "1 2 3 4 5 6", .search = NULL);
	end(&walk);
}

static void open_questions_are_wrong_in_an_exam_and_not_in_a_drill(void **state)
{
	struct walk walk;

	(void)state;
	begin(&walk);
	for (size_t i = 0; i < walk.told.form.count; i++)
		walk.told.result.items[i].right = i == 0;
	walk.told.state.drill = false;
	EXPECT_LISTED(&walk, "2 3 4 5 6", .wrong = true);
	walk.told.state.drill = true;
	EXPECT_LISTED(&walk, "2 3", .wrong = true);
	end(&walk);
}

static void a_search_does_not_mind_case_markup_or_line_ends(void **state)
{
	struct walk walk;

	(void)state;
	begin(&walk);
	EXPECT_LISTED(&walk, "1 3", .search = "glue");
	EXPECT_LISTED(&walk, "1", .search = "  glue JOB reads  orders. ");
	EXPECT_LISTED(&walk, "4", .search = "STRASSE NACH \xC3\xA4");
	EXPECT_LISTED(&walk, "4", .search = "a\xCC\x88gypten");
	EXPECT_LISTED(&walk, "5", .search = "Lakes");
	EXPECT_LISTED(&walk, "1 2 3 4 5 6", .search = "  ");
	end(&walk);
}

static void a_search_that_is_not_utf8_is_refused(void **state)
{
	struct review_filter bytes = { .search = "\xFF" };
	struct walk walk;
	struct err err;

	(void)state;
	begin(&walk);
	EXPECT_ERR(review_set(&walk.review, &bytes, &err), err, ERR_USAGE,
		   "is not UTF-8");
	EXPECT_INT(walk.review.count, 6);
	end(&walk);
}

static void a_search_looks_into_options_prompts_topics_and_services(void **state)
{
	static struct option options_of[] = { { .id = "a", .text = "A *red* fox" } };
	static struct prompt prompts_of[] = { { .id = "1", .text = "Whale" } };
	static const char *topics[] = { "drift-watch" }, *services[] = { "Amazon S3" };
	struct walk walk;

	(void)state;
	begin(&walk);
	walk.questions[0].options = options_of;
	walk.questions[0].option_count = 1;
	walk.questions[3].prompts = prompts_of;
	walk.questions[3].prompt_count = 1;
	walk.questions[1].topics.at = topics;
	walk.questions[1].topics.count = 1;
	walk.questions[2].services.at = services;
	walk.questions[2].services.count = 1;
	EXPECT_LISTED(&walk, "1", .search = "red FOX");
	EXPECT_LISTED(&walk, "4", .search = "whale");
	EXPECT_LISTED(&walk, "2", .search = "Drift-");
	EXPECT_LISTED(&walk, "3", .search = "s3");
	end(&walk);
}

static void wishes_add_up_and_are_told(void **state)
{
	struct walk walk;

	(void)state;
	begin(&walk);
	EXPECT_LISTED(&walk, "6", .flagged = true, .domain = "1");
	EXPECT_LISTED(&walk, "3", .unsure = true, .domain = "2", .search = "Glue");
	EXPECT_TEXT(review_told(&walk.review, &walk.arena),
		    "unsure, of domain 2, with \"Glue\"");
	end(&walk);
}

static void nothing_left_is_refused_with_the_reason_and_changes_nothing(void **state)
{
	struct review_filter none = { .search = "no such words" };
	struct review_filter two = { .flagged = true, .unsure = true };
	struct review_filter three = { .flagged = true,
				       .domain = "1",
				       .search = "paper" };
	struct walk walk;
	struct err err;

	(void)state;
	begin(&walk);
	EXPECT_LISTED(&walk, "3 4", .unsure = true);
	EXPECT_ERR(review_set(&walk.review, &none, &err), err, ERR_INPUT,
		   "no question has \"no such words\"");
	EXPECT_ERR(review_set(&walk.review, &two, &err), err, ERR_INPUT,
		   "of 6 questions 2 are flagged; none of these was marked as unsure or "
		   "a guess");
	EXPECT_ERR(review_set(&walk.review, &three, &err), err, ERR_INPUT,
		   "of 6 questions 2 are flagged, 1 of these is of domain 1; none of "
		   "these has \"paper\"");
	EXPECT_TEXT(listed(&walk), "3 4");
	EXPECT_INT(review_count(&walk.review, &two), 0);
	end(&walk);
}

static void a_domain_or_task_that_does_not_exist_is_refused(void **state)
{
	struct review_filter domain = { .domain = "9" }, task = { .task = "1.9" };
	struct walk walk;
	struct err err;

	(void)state;
	begin(&walk);
	EXPECT_ERR(review_set(&walk.review, &domain, &err), err, ERR_USAGE,
		   "has no domain \"9\"");
	EXPECT_ERR(review_set(&walk.review, &task, &err), err, ERR_USAGE,
		   "has no task \"1.9\"");
	end(&walk);
}

static void steps_go_from_one_listed_question_to_the_next(void **state)
{
	struct walk walk;
	size_t item = 0;

	(void)state;
	begin(&walk);
	EXPECT_LISTED(&walk, "2 6", .flagged = true);
	EXPECT_TRUE(review_step(&walk.review, 0, 1, &item));
	EXPECT_INT(item, 1);
	EXPECT_TRUE(review_step(&walk.review, 1, 1, &item));
	EXPECT_INT(item, 5);
	EXPECT_FALSE(review_step(&walk.review, 5, 1, &item));
	EXPECT_FALSE(review_step(&walk.review, 1, -1, &item));
	EXPECT_TRUE(review_step(&walk.review, 4, -1, &item));
	EXPECT_INT(item, 1);
	EXPECT_INT(review_rank(&walk.review, 0), 0);
	EXPECT_INT(review_rank(&walk.review, 1), 1);
	EXPECT_INT(review_rank(&walk.review, 5), 2);
	end(&walk);
}

static void texts_of_a_filter_are_copied(void **state)
{
	char search[] = "glue", domain[] = "1";
	struct review_filter filter = { .search = search, .domain = domain };
	struct err err = ERR_INIT;
	struct walk walk;

	(void)state;
	begin(&walk);
	EXPECT_OK(review_set(&walk.review, &filter, &err), err);
	search[0] = domain[0] = 'x';
	EXPECT_TEXT(review_told(&walk.review, &walk.arena), "of domain 1, with \"glue\"");
	end(&walk);
}

/* ---- Facts ---- */

static void expect_fact(struct walk *walk, size_t item, const char *part, bool there)
{
	const char *facts[REPORT_FACTS];
	size_t n = report_facts(&walk->told.report, item, &walk->arena, facts);
	bool found = false;

	for (size_t i = 0; i < n; i++)
		found = found || strstr(facts[i], part);
	if (found != there)
		fail_msg("\"%s\" is %s", part, there ? "missing" : "there");
}

static void facts_say_what_the_candidate_did_with_a_question(void **state)
{
	struct walk walk;

	(void)state;
	begin(&walk);
	snprintf(walk.told.given[0].note, sizeof(walk.told.given[0].note),
		 "look this up");
	walk.told.given[0].first = (struct response){ 1, { 0 } };
	walk.told.result.items[0].change = SCORE_WRONG_TO_RIGHT;
	walk.told.state.drill = false;
	expect_fact(&walk, 0, "Your note: look this up", true);
	expect_fact(&walk, 0, "You were sure.", true);
	expect_fact(&walk, 0,
		    "Your first answer: C, wrong, and changed to the right one.", true);
	expect_fact(&walk, 0, "Time: 1 min 2 s; its share", true);
	expect_fact(&walk, 0, "Scored: it counts", true);
	expect_fact(&walk, 0, "Task 1.1: ", true);
	expect_fact(&walk, 1, "You flagged it.", true);
	expect_fact(&walk, 1, "first answer", false);
	expect_fact(&walk, 2, "Unscored: it does not count", true);
	expect_fact(&walk, 2, "You guessed.", true);
	walk.told.state.drill = true;
	expect_fact(&walk, 5, "Left open: in a drill that counts neither way.", true);
	expect_fact(&walk, 0, "Scored", false);
	end(&walk);
}

/* ---- Mistakes ---- */

static char *mistake(struct walk *walk, size_t item, const char *because)
{
	struct buf out = BUF_INIT;

	report_mistake(&walk->told.report, item, because, &out);
	return out.data;
}

static void expect_in(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void a_mistake_names_bank_question_key_and_answer(void **state)
{
	static struct reference references[] = { { "A [page]", "https://example.org/" } };
	struct walk walk;
	char *text;

	(void)state;
	begin(&walk);
	walk.questions[0].references = references;
	walk.questions[0].reference_count = 1;
	for (size_t i = 0; i < 4; i++)
		walk.questions[0].options[i].text = "text";
	text = mistake(&walk, 0, "B is right as well");
	expect_in(text, "- bank: `aws-mle`\n- version: `7`\n- digest (BLAKE2b-256): `");
	expect_in(text, "- question: `one-right-01`\n- type: `multiple-choice`\n");
	expect_in(text, "- task: `1.1`\n");
	expect_in(text, "by the ids of its options: `b`\n- answer of the candidate: `b`");
	expect_in(text, "```text\nB is right as well\n```\n");
	expect_in(text, "- A is `d`: text\n- B is `b`: text\n");
	expect_in(text, "- A \\[page\\]: `https://example.org/`\n");
	EXPECT_TRUE(!strstr(text, walk.told.session.id));
	free(text);
	text = mistake(&walk, 5, "?");
	expect_in(text, "answer of the candidate: `none`");
	free(text);
	end(&walk);
}

static void a_hostile_text_stays_a_text(void **state)
{
	struct walk walk;
	char *text;

	(void)state;
	begin(&walk);
	for (size_t i = 0; i < 4; i++)
		walk.questions[0].options[i].text = "<script>`*x*`";
	walk.questions[0].stem = "```\n# not a head\n````\n\033]0;x\a";
	text = mistake(&walk, 0, "```\n<img src=x>\n\033[2J\xE2\x80\xAE\xFF");
	expect_in(text, "````text\n```\n<img src=x>\n^[[2J<U+202E><FF>\n````\n");
	expect_in(text, "`````text\n```\n# not a head\n````\n^[]0;x^G\n`````\n");
	EXPECT_TRUE(!strstr(text, " <script>"));
	EXPECT_TRUE(!strchr(text, '\033'));
	free(text);
	end(&walk);
}

static const struct CMUnitTest tests[] = {
	TEST(every_question_is_listed_at_first),
	TEST(each_wish_lists_what_it_names),
	TEST(open_questions_are_wrong_in_an_exam_and_not_in_a_drill),
	TEST(a_search_does_not_mind_case_markup_or_line_ends),
	TEST(a_search_that_is_not_utf8_is_refused),
	TEST(a_search_looks_into_options_prompts_topics_and_services),
	TEST(wishes_add_up_and_are_told),
	TEST(nothing_left_is_refused_with_the_reason_and_changes_nothing),
	TEST(a_domain_or_task_that_does_not_exist_is_refused),
	TEST(steps_go_from_one_listed_question_to_the_next),
	TEST(texts_of_a_filter_are_copied),
	TEST(facts_say_what_the_candidate_did_with_a_question),
	TEST(a_mistake_names_bank_question_key_and_answer),
	TEST(a_hostile_text_stays_a_text),
};

TEST_MAIN(tests)
