#include "test.h"

#include "../../src/lint/priv.h"
#include "../../src/lint/sets.h"
#include "proctor/buf.h"
#include "proctor/lint.h"
#include "proctor/markup.h"

/* Rules about several questions, on banks made for them; and the arithmetic behind. */

static struct err err;

struct made {
	const char *stem, *options[4]; /* option 0 is written at place `key` */
	unsigned key;
	const char *more; /* other fields */
};

static void add_question(struct buf *out, size_t index, const struct made *made)
{
	buf_printf(out,
		   "%s{\"id\":\"q%03zu\",\"type\":\"multiple-choice\",\"objectives\":"
		   "[\"x:1.1\"],\"difficulty\":\"easy\",\"stem\":\"%s\",\"options\":[",
		   index ? "," : "", index, made->stem);
	for (unsigned i = 0; i < 4; i++) {
		unsigned which = i == made->key ? 0 : i < made->key ? i + 1 : i;

		if (made->options[which])
			buf_printf(out,
				   "%s{\"id\":\"%c\",\"text\":\"%s\",\"rationale\":\"R."
				   "\"%s}",
				   i ? "," : "", 'a' + (int)i, made->options[which],
				   which ? "" : ",\"correct\":true");
	}
	buf_printf(out,
		   "],\"explanation\":\"E.\",\"references\":[{\"title\":\"T\",\"url\":"
		   "\"https://example.org/\"}],\"reviewed\":\"2026-11-01\",\"status\":"
		   "\"active\"%s}\n",
		   made->more ? made->more : "");
}

static size_t count_rule(const struct buf *questions, const char *rule)
{
	struct lint_options options = { .select = rule, .today = "2026-11-20" };
	struct buf text = BUF_INIT;
	struct lint_report report;
	size_t count;

	buf_printf(
		&text,
		"{\"format\":\"proctor-bank/1\",\"id\":\"demo\",\"version\":1,"
		"\"title\":\"T\",\"language\":\"en\",\"license\":\"CC0\",\"issued\":"
		"\"2026-11-20\",\"blueprints\":[{\"format\":\"proctor-blueprint/1\","
		"\"id\":\"x\",\"exam\":\"x\",\"title\":\"X\",\"minutes\":1,\"scored\":1,"
		"\"unscored\":0,\"scale\":{\"min\":0,\"max\":1,\"pass\":1},\"types\":"
		"[\"multiple-choice\"],\"domains\":[{\"id\":\"1\",\"title\":\"D\","
		"\"weight\":1,\"tasks\":[{\"id\":\"1.1\",\"title\":\"T\"}]}]}],"
		"\"questions\":[{\"format\":\"proctor-questions/1\",\"questions\":[%s]}"
		"]}",
		questions->data);
	EXPECT_OK(lint_text("bank.json", text.data, text.len, &options, &report, &err),
		  err);
	count = report.count;
	lint_release(&report);
	buf_release(&text);
	return count;
}

static size_t fires_at(const struct made *made, size_t count, const char *rule)
{
	struct buf questions = BUF_INIT;
	size_t found;

	for (size_t i = 0; i < count; i++)
		add_question(&questions, i, &made[i]);
	found = count_rule(&questions, rule);
	buf_release(&questions);
	return found;
}

static size_t fires_at_one(struct made made, const char *rule)
{
	return fires_at(&made, 1, rule);
}

/* ---- One question ---- */

static void a_key_made_of_what_others_have_in_common_is_found(void **state)
{
	(void)state;
	EXPECT_INT(fires_at_one((struct made){ "Which?",
					       { "alpha beta gamma delta",
						 "alpha beta other thing",
						 "gamma delta nothing here",
						 "something else entirely" },
					       0,
					       NULL },
				"converging-key"),
		   1);
	EXPECT_INT(fires_at_one((struct made){ "Which?",
					       { "alpha beta", "alpha gamma",
						 "delta beta", "delta gamma" },
					       0,
					       NULL },
				"converging-key"),
		   0);
}

/* A question whose key repeats a word of its stem, among others with that word. */
static size_t clues_among(size_t others, const char *stem, const char *distractor)
{
	struct made made[20];
	char stems[20][80];

	for (size_t i = 0; i <= others; i++) {
		snprintf(stems[i], sizeof(stems[i]), "%s, case %zu?", stem, i);
		made[i] = (struct made){ stems[i],
					 { i ? "something" : "a gateway in front",
					   distractor, "a cable", "a lamp" },
					 1,
					 NULL };
	}
	return fires_at(made, others + 1, "stem-word-in-key");
}

static void a_word_of_the_stem_is_a_clue_where_it_is_rare(void **state)
{
	(void)state;
	EXPECT_INT(clues_among(0, "Who needs a gateway", "a table"), 1);
	EXPECT_INT(clues_among(2, "Who needs a gateway", "a table"), 1);
	EXPECT_INT(clues_among(3, "Who needs a gateway", "a table"), 0);
	EXPECT_INT(clues_among(0, "Who needs a gateway", "two gateways"), 0);
	EXPECT_INT(clues_among(0, "Who needs a gate", "a table"), 0);
}

static size_t asks_negatively(const char *stem)
{
	return fires_at_one((struct made){ stem, { "a", "b", "c", "d" }, 0, NULL },
			    "negative-stem");
}

static void a_question_is_negative_in_its_main_clause_alone(void **state)
{
	static const char *const asked[] = {
		"Which store is not cheap?",
		"A team reads monthly. Which stores are NOT cheap?",
		"Which of these stores does not keep versions?",
		"All are stores except which?",
		"Which store is never empty?",
	};
	static const char *const not_asked[] = {
		"Which store costs nothing while it is not used?",
		"Which setting makes sure that files are not lost?",
		"Which option tells the job not to wait?",
		"Which store not only keeps files but finds them?",
		"It is not cheap. Which store is?",
		"Who reads what others do, but not what they do never?",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++)
		EXPECT_INT(asks_negatively(asked[i]), 1);
	for (size_t i = 0; i < sizeof(not_asked) / sizeof(not_asked[0]); i++)
		EXPECT_INT(asks_negatively(not_asked[i]), 0);
}

static void numbers_are_wanted_in_order(void **state)
{
	(void)state;
	EXPECT_INT(fires_at_one((struct made){ "How many?",
					       { "30 days", "7 days", "365 days", NULL },
					       0,
					       NULL },
				"unsorted-numbers"),
		   1);
	EXPECT_INT(fires_at_one((struct made){ "How many?",
					       { "7 days", "30 days", "365 days", NULL },
					       0,
					       NULL },
				"unsorted-numbers"),
		   0);
}

static void ranges_are_wanted_apart(void **state)
{
	(void)state;
	EXPECT_INT(fires_at_one((struct made){ "How many?",
					       { "1 to 10", "10 to 20", "21-30", NULL },
					       0,
					       NULL },
				"overlapping-ranges"),
		   1);
	EXPECT_INT(fires_at_one((struct made){ "How many?",
					       { "1 to 9", "10 to 20", "21-30", NULL },
					       0,
					       NULL },
				"overlapping-ranges"),
		   0);
}

static void two_options_are_few(void **state)
{
	(void)state;
	EXPECT_INT(fires_at_one((struct made){ "Which?", { "a", "b" }, 0, NULL },
				"two-options"),
		   1);
	EXPECT_INT(fires_at_one((struct made){ "Which?", { "a", "b", "c" }, 0, NULL },
				"two-options"),
		   0);
}

static void a_stem_is_too_long_from_151_words_on(void **state)
{
	struct buf stem = BUF_INIT;

	(void)state;
	for (int i = 0; i < 150; i++)
		buf_text(&stem, "word ");
	EXPECT_INT(fires_at_one((struct made){ stem.data, { "a", "b", "c" }, 0, NULL },
				"long-stem"),
		   0);
	buf_text(&stem, "more");
	EXPECT_INT(fires_at_one((struct made){ stem.data, { "a", "b", "c" }, 0, NULL },
				"long-stem"),
		   1);
	buf_release(&stem);
}

/* ---- Several ---- */

#define STEM "A team stores logs of ten machines for a year and reads them once a month."

static void duplicates_and_near_duplicates_are_told_apart(void **state)
{
	struct made same[] = { { STEM, { "one", "two", "three", "four" }, 0, NULL },
			       { STEM, { "one", "two", "three", "four" }, 2, NULL } };
	struct made near[] = { { STEM, { "one", "two", "three", "four" }, 0, NULL },
			       { STEM, { "one", "two", "three", "five" }, 0, NULL } };
	struct made other[] = {
		{ STEM, { "one", "two", "three", "four" }, 0, NULL },
		{ "Which?", { "one", "two", "three", "four" }, 0, NULL }
	};

	(void)state;
	EXPECT_INT(fires_at(same, 2, "duplicate-question"), 1);
	EXPECT_INT(fires_at(same, 2, "near-duplicate"), 0);
	EXPECT_INT(fires_at(near, 2, "duplicate-question"), 0);
	EXPECT_INT(fires_at(near, 2, "near-duplicate"), 1);
	EXPECT_INT(fires_at(other, 2, "near-duplicate"), 0);
}

/* What the stems differ in stands in the options of both: they are not one question. */
static void other_stems_are_other_questions_whatever_words_they_share(void **state)
{
	struct made two[] = {
		{ "What is known on day D 1",
		  { "day D 1", "day D 7", "a", "b" },
		  0,
		  NULL },
		{ "What is known on day D 7",
		  { "day D 1", "day D 7", "a", "b" },
		  1,
		  NULL },
	};

	(void)state;
	EXPECT_INT(fires_at(two, 2, "duplicate-question"), 0);
	EXPECT_INT(fires_at(two, 2, "near-duplicate"), 1);
}

static void similar_stems_are_told_unless_they_are_enemies(void **state)
{
	struct made two[] = { { STEM, { "one", "two", "three", "four" }, 0, NULL },
			      { STEM, { "five", "six", "seven", "eight" }, 0, NULL } };

	(void)state;
	EXPECT_INT(fires_at(two, 2, "similar-stem"), 1);
	two[1].more = ",\"enemies\":[\"q000\"]";
	EXPECT_INT(fires_at(two, 2, "similar-stem"), 0);
}

static void a_key_told_in_another_stem_is_found(void **state)
{
	struct made two[] = {
		{ "Which?", { "a store with a rare tier", "b", "c", "d" }, 0, NULL },
		{ "It uses a store with a rare tier now. Why?",
		  { "a", "b", "c" },
		  0,
		  NULL }
	};

	(void)state;
	EXPECT_INT(fires_at(two, 2, "key-told-elsewhere"), 1);
	two[1].stem = "It uses a store with a cold tier now. Why?";
	EXPECT_INT(fires_at(two, 2, "key-told-elsewhere"), 0);
}

/* A bank of 40 questions, `long_keys` of them with the longest option as the key. */
static size_t fires_at_forty(size_t long_keys, bool first, const char *enemies,
			     const char *rule)
{
	struct made made[40];

	for (size_t i = 0; i < 40; i++)
		made[i] = (struct made){ "Which?",
					 { i < long_keys ? "eleven char" : "ten",
					   "seven 7", "eight 88", "nine 999" },
					 first ? 0 : (unsigned)(i / 10),
					 i ? enemies : NULL };
	return fires_at(made, 40, rule);
}

static void a_bank_whose_keys_are_longest_is_told_so(void **state)
{
	(void)state;
	EXPECT_INT(fires_at_forty(30, false, NULL, "longest-key-overall"), 1);
	EXPECT_INT(fires_at_forty(10, false, NULL, "longest-key-overall"), 0);
	EXPECT_TRUE(fires_at_forty(30, false, NULL, "test-wise") >= 1);
	EXPECT_INT(fires_at_forty(40, true, NULL, "key-positions"), 1);
	EXPECT_INT(fires_at_forty(40, false, NULL, "key-positions"), 0);
	EXPECT_INT(fires_at_forty(0, false, ",\"enemies\":[\"q000\"]", "many-enemies"),
		   1);
	EXPECT_INT(fires_at_forty(0, false, NULL, "many-enemies"), 0);
}

static void no_trick_is_told_of_where_none_works(void **state)
{
	(void)state;
	EXPECT_INT(fires_at_forty(10, false, NULL, "test-wise"), 1); /* the shortest */
}

/* ---- Arithmetic; the numbers are from exact sums and from tables ---- */

static void intervals_and_tails_are_right(void **state)
{
	struct interval interval = wilson(41, 100);

	(void)state;
	EXPECT_NEAR(interval.low, 0.3186731302, 1e-9);
	EXPECT_NEAR(interval.high, 0.5079856995, 1e-9);
	EXPECT_NEAR(binomial_tail(40, 100, 0.25), 0.000686592208, 1e-11);
	EXPECT_NEAR(chi2_tail(11.344867, 3), 0.01, 1e-7);
	EXPECT_NEAR(chi2_tail(16.266236, 3), 0.001, 1e-8);
	EXPECT_NEAR(chi2_tail(9.487729, 4), 0.05, 1e-7);
}

/* ---- Texts that need no parser ---- */

static uint64_t seed = 7;

static uint64_t random_number(uint64_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (seed >> 33) % below;
}

static void a_text_without_syntax_reads_as_the_parser_reads_it(void **state)
{
	static const char *const pieces[] = {
		"a",  "word", " ",  " ",  "\n",          "\n\n",   "1", ".", ")",   "-",
		"+",  "=",    "#",  ">",  "|",           "~~~",    "!", "]", "_",   "x_y",
		"\"", "'",    "(",  "$",  "/",           "%",      "@", ":", "---", "===",
		"A1", "12",   "1.", "2)", "http://a.bc", "a@b.cd", ",", ";", "& ",  "?",
	};
	struct arena kept = ARENA_INIT;
	const struct vocabulary *vocabulary = vocabulary_make(NULL, 0, &kept);
	size_t simple = 0;

	(void)state;
	for (size_t round = 0; round < 200000; round++) {
		struct arena arena = ARENA_INIT;
		struct buf text = BUF_INIT;
		struct markup markup;
		struct err problem = ERR_INIT;
		const char *words;
		unsigned marks;
		size_t len;

		for (size_t i = 1 + random_number(8); i; i--)
			buf_text(&text, pieces[random_number(sizeof(pieces) /
							     sizeof(pieces[0]))]);
		len = text_look(vocabulary, text.data, &marks);
		EXPECT_INT(len, text.len);
		words = lint_simple_words(text.data, len, marks, &arena);
		if (words) {
			simple++;
			EXPECT_OK(markup_parse(text.data, len, &arena, &markup, &problem),
				  problem);
			EXPECT_TEXT(words, markup_words(&markup, &arena));
		}
		buf_release(&text);
		arena_release(&arena);
	}
	EXPECT_TRUE(simple > 20000);
	arena_release(&kept);
}

/* ---- Names: none is passed over ---- */

static const char *random_name(struct arena *arena)
{
	static const char *const pieces[] = { "Amazon ", "AWS ", "Data ", "Fire", "hose",
					      "S3",      "x",    "é",     "AI",   " " };
	struct buf text = BUF_INIT;
	const char *name;

	for (size_t i = 1 + random_number(5); i; i--)
		buf_text(&text, pieces[random_number(10)]);
	name = arena_text(arena, text.data);
	buf_release(&text);
	return name;
}

static void a_text_with_a_name_is_always_looked_at(void **state)
{
	size_t passed_over = 0;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		struct bank_name names[] = { { .old = "Amazon Data Firehose" },
					     { .old = "AWS Datafire" },
					     { .old = NULL } };
		struct arena arena = ARENA_INIT;
		const struct vocabulary *vocabulary;
		unsigned marks, there = 0;
		const char *text;

		names[2].old = random_name(&arena);
		text = random_name(&arena);
		for (size_t i = 0; i < 3; i++)
			there |= strstr(text, names[i].old) ? 1u << i : 0;
		vocabulary = vocabulary_make(names, 3, &arena);
		text_look(vocabulary, text, &marks);
		EXPECT_TRUE(!there || marks & TEXT_NAME);
		passed_over += !(marks & TEXT_NAME);
		arena_release(&arena);
	}
	EXPECT_TRUE(passed_over > 1000);
}

/* ---- Jaccard: against comparing all with all ---- */

static size_t shared(const struct set *a, const struct set *b)
{
	size_t n = 0;

	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++)
			n += a->at[i] == b->at[k];
	return n;
}

static double jaccard_of(const struct set *a, const struct set *b)
{
	double both = (double)shared(a, b);

	return both / ((double)(a->count + b->count) - both);
}

/* Of those before it: how many are like it, and how much the one that is most. */
static size_t count_alike(const struct set *sets, size_t own, double least, double *most)
{
	size_t n = 0;

	*most = 0;
	for (size_t i = 0; i < own; i++) {
		double index = jaccard_of(&sets[i], &sets[own]);

		n += index >= least - 1e-9;
		*most = index > *most ? index : *most;
	}
	return n;
}

/* Sets made of each other's elements; some are equal. */
static void make_sets(struct set *sets, uint64_t room[40][24])
{
	for (size_t i = 0; i < 40; i++) {
		size_t n = 1 + random_number(24), of = i ? random_number(i) : 0;

		for (size_t k = 0; k < n; k++) {
			bool kept = i && k < sets[of].count && random_number(8);

			room[i][k] = kept ? sets[of].at[k] : random_number(1000);
		}
		sets[i] = (struct set){ room[i], set_sort(room[i], n), 0 };
	}
}

static void a_set_is_matched_where_there_is_one_like_it(void **state)
{
	(void)state;
	for (int round = 0; round < 200; round++) {
		double least = 0.5 + 0.1 * (double)(round % 5), most;
		struct set_match matches[40];
		struct set sets[40];
		uint64_t room[40][24];

		make_sets(sets, room);
		sets_match(sets, 40, least, NULL, NULL, 1 + (size_t)round % 4, matches);
		for (size_t i = 0; i < 40; i++) {
			size_t alike = count_alike(sets, i, least, &most);

			EXPECT_INT(matches[i].other != SIZE_MAX, alike > 0);
			if (!alike)
				continue;
			EXPECT_NEAR(matches[i].jaccard,
				    jaccard_of(&sets[matches[i].other], &sets[i]), 1e-12);
			EXPECT_TRUE(matches[i].jaccard >= least - 1e-9);
			EXPECT_TRUE(matches[i].other < i);
			/* No more are looked for than are told of. */
			if (most >= 1 || alike < SETS_MOST)
				EXPECT_NEAR(matches[i].jaccard, most, 1e-12);
		}
	}
}

static bool is_even(const void *context, size_t first, size_t second)
{
	(void)context;
	return first % 2 == 0 && second % 2 == 0;
}

static void equal_sets_of_another_tag_are_only_alike(void **state)
{
	uint64_t elements[] = { 1, 2, 3 };
	struct set sets[] = { { elements, 3, 7 },
			      { elements, 3, 8 },
			      { elements, 3, 8 } };
	struct set_match matches[3];

	(void)state;
	sets_match(sets, 3, 0.8, NULL, NULL, 1, matches);
	EXPECT_INT(matches[1].other, 0);
	EXPECT_FALSE(matches[1].equal);
	EXPECT_INT(matches[2].other, 1);
	EXPECT_TRUE(matches[2].equal);
}

static void pairs_that_do_not_count_are_not_matched(void **state)
{
	uint64_t elements[3][3] = { { 1, 2, 3 }, { 1, 2, 3 }, { 1, 2, 3 } };
	struct set sets[] = { { elements[0], 3, 0 },
			      { elements[1], 3, 0 },
			      { elements[2], 3, 0 } };
	struct set_match matches[3];

	(void)state;
	sets_match(sets, 3, 0.8, is_even, NULL, 1, matches);
	EXPECT_TRUE(matches[0].other == SIZE_MAX && matches[1].other == SIZE_MAX);
	EXPECT_INT(matches[2].other, 0);
	sets[2].count = 0;
	sets_match(sets, 3, 0.8, NULL, NULL, 1, matches);
	EXPECT_INT(matches[1].other, 0);
	EXPECT_TRUE(matches[2].other == SIZE_MAX);
}

static void set_sort_sorts_and_takes_doubles_out(void **state)
{
	(void)state;
	for (size_t count = 0; count < 1200; count += 1 + count / 20) {
		uint64_t list[1200], again[1200];
		size_t kept, left = 0;

		for (size_t i = 0; i < count; i++)
			again[i] = list[i] = random_number(1 + count / (1 + count % 3))
					     << (count % 60);
		kept = set_sort(list, count);
		for (size_t i = 1; i < kept; i++)
			EXPECT_TRUE(list[i - 1] < list[i]);
		for (size_t i = 0; i < count; i++) {
			struct set whole = { list, kept, 0 }, one = { &again[i], 1, 0 };
			bool first = true;

			EXPECT_INT(shared(&whole, &one), 1);
			for (size_t k = 0; k < i; k++)
				first &= again[k] != again[i];
			left += first;
		}
		EXPECT_INT(kept, left);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(a_key_made_of_what_others_have_in_common_is_found),
	TEST(a_word_of_the_stem_is_a_clue_where_it_is_rare),
	TEST(a_question_is_negative_in_its_main_clause_alone),
	TEST(numbers_are_wanted_in_order),
	TEST(ranges_are_wanted_apart),
	TEST(two_options_are_few),
	TEST(a_stem_is_too_long_from_151_words_on),
	TEST(duplicates_and_near_duplicates_are_told_apart),
	TEST(other_stems_are_other_questions_whatever_words_they_share),
	TEST(similar_stems_are_told_unless_they_are_enemies),
	TEST(a_key_told_in_another_stem_is_found),
	TEST(a_bank_whose_keys_are_longest_is_told_so),
	TEST(no_trick_is_told_of_where_none_works),
	TEST(intervals_and_tails_are_right),
	TEST(a_text_without_syntax_reads_as_the_parser_reads_it),
	TEST(a_text_with_a_name_is_always_looked_at),
	TEST(a_set_is_matched_where_there_is_one_like_it),
	TEST(equal_sets_of_another_tag_are_only_alike),
	TEST(pairs_that_do_not_count_are_not_matched),
	TEST(set_sort_sorts_and_takes_doubles_out),
};

TEST_MAIN(tests)
