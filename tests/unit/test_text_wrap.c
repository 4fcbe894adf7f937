#include "test.h"

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"
#include "random_text.h"

/* The lines, each in bars: so that blanks at either end are seen. */
static void expect_wrap(const char *text, size_t columns, const char *wanted)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct text_line *lines;
	size_t count = text_wrap(text, strlen(text), columns, &arena, &lines);

	for (size_t i = 0; i < count; i++) {
		buf_char(&out, '|');
		buf_add(&out, text + lines[i].from, lines[i].to - lines[i].from);
	}
	buf_char(&out, '|');
	EXPECT_TEXT(out.data, wanted);
	buf_release(&out);
	arena_release(&arena);
}

static void text_breaks_between_words(void **state)
{
	(void)state;
	expect_wrap("the quick brown fox", 10, "|the quick|brown fox|");
	expect_wrap("the quick brown fox", 9, "|the quick|brown fox|");
	expect_wrap("the quick brown fox", 8, "|the|quick|brown|fox|");
	expect_wrap("the quick brown fox", 19, "|the quick brown fox|");
	expect_wrap("the  quick   ", 5, "|the|quick|");
	expect_wrap("  indented text", 10, "|  indented|text|");
	expect_wrap("real-time", 6, "|real-|time|");
	expect_wrap("a\u00A0b c", 3, "|a\u00A0b|c|");
	expect_wrap("aa \t)bb", 6, "|aa|)bb|");
}

static void line_feeds_always_break_and_empty_lines_are_kept(void **state)
{
	(void)state;
	expect_wrap("", 10, "||");
	expect_wrap("\n", 10, "|||");
	expect_wrap("one\n\ntwo  \n", 10, "|one||two||");
	expect_wrap("   ", 2, "||");
	expect_wrap("      word", 4, "|word|");
}

static void an_option_keeps_its_dashes(void **state)
{
	(void)state;
	expect_wrap("aws --region x", 8, "|aws|--region|x|");
	expect_wrap("--region", 4, "|--re|gion|");
	expect_wrap("set -xe", 5, "|set|-xe|");
	expect_wrap("us-east-1", 8, "|us-|east-1|");
}

static void names_and_abbreviations_are_not_parted(void **state)
{
	(void)state;
	expect_wrap("an ml.m5.xlarge", 14, "|an|ml.m5.xlarge|");
	expect_wrap("in C++ e.g. this", 9, "|in C++|e.g. this|");
	expect_wrap("is {\"a\":1}", 9, "|is|{\"a\":1}|");
	expect_wrap("either/or", 8, "|either/|or|");
}

static void ideographs_break_anywhere_but_before_punctuation(void **state)
{
	(void)state;
	expect_wrap("\u6F22\u5B57\u6F22\u5B57\u6F22", 4,
		    "|\u6F22\u5B57|\u6F22\u5B57|\u6F22|");
	expect_wrap("\u6F22\u5B57\u6F22\u5B57\u6F22", 5,
		    "|\u6F22\u5B57|\u6F22\u5B57|\u6F22|");
	expect_wrap("\u6F22\u5B57\u3002\u6F22", 4, "|\u6F22|\u5B57\u3002|\u6F22|");
}

static void clusters_are_never_cut(void **state)
{
	(void)state;
	expect_wrap("e\u0301e\u0301e\u0301", 2, "|e\u0301e\u0301|e\u0301|");
	expect_wrap(FAMILY FAMILY, 3, "|" FAMILY "|" FAMILY "|");
	expect_wrap(GERMANY FRANCE, 2, "|" GERMANY "|" FRANCE "|");
	expect_wrap(GERMANY FRANCE, 1, "|" GERMANY "|" FRANCE "|");
	expect_wrap("ab \u0301cd", 2, "|ab| \u0301c|d|");
}

static void long_words_are_cut_to_measure(void **state)
{
	(void)state;
	expect_wrap("abcdefghij", 4, "|abcd|efgh|ij|");
	expect_wrap("x abcdefghij y", 4, "|x|abcd|efgh|ij y|");
	expect_wrap("see https://docs.aws.amazon.com/a/b", 12,
		    "|see https://|docs.aws.ama|zon.com/a/b|");
	expect_wrap("abc", 1, "|a|b|c|");
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Clusters of a text are those of its lines: no line begins or ends within one. */
static void expect_whole_clusters(const char *text, size_t len,
				  const struct text_line *lines, size_t count)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		while (at < lines[i].from)
			at += text_cluster(text + at, len - at);
		EXPECT_INT(at, lines[i].from);
		while (at < lines[i].to)
			at += text_cluster(text + at, len - at);
		EXPECT_INT(at, lines[i].to);
	}
}

static void expect_sound_wrap(const char *text, size_t len, size_t columns)
{
	struct arena arena = ARENA_INIT;
	struct text_line *lines;
	size_t count = text_wrap(text, len, columns, &arena, &lines), at = 0;
	size_t feeds = 0, gaps = 0;

	EXPECT_TRUE(count >= 1);
	for (size_t i = 0; i < count; i++) {
		EXPECT_TRUE(at <= lines[i].from && lines[i].from <= lines[i].to);
		for (gaps = 0; at < lines[i].from; at++) {
			EXPECT_TRUE(is_blank(text[at]) || text[at] == '\n');
			gaps += text[at] == '\n';
		}
		EXPECT_TRUE(gaps <= 1);
		feeds += gaps;
		if (columns >= 2)
			EXPECT_TRUE(text_width(text + lines[i].from,
					       lines[i].to - lines[i].from) <= columns);
		EXPECT_TRUE(
			!memchr(text + lines[i].from, '\n', lines[i].to - lines[i].from));
		at = lines[i].to;
	}
	for (; at < len; at++)
		EXPECT_TRUE(is_blank(text[at]));
	for (at = 0; at < len; at++)
		feeds -= text[at] == '\n';
	EXPECT_INT(feeds, 0);
	expect_whole_clusters(text, len, lines, count);
	arena_release(&arena);
}

static void nothing_is_lost_doubled_or_too_wide(void **state)
{
	struct buf text = BUF_INIT, safe = BUF_INIT;

	(void)state;
	seed = 2;
	for (int round = 0; round < 20000; round++) {
		random_text(&text, 40);
		buf_clear(&safe);
		text_safe(&safe, text.data, text.len);
		expect_sound_wrap(safe.data, safe.len, 1 + roll(20));
	}
	buf_release(&text);
	buf_release(&safe);
}

static void text_that_is_not_safe_does_no_harm(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	seed = 3;
	for (int round = 0; round < 5000; round++) {
		random_text(&text, 40);
		expect_sound_wrap(text.data, text.len, 1 + roll(20));
	}
	buf_release(&text);
}

static const struct CMUnitTest tests[] = {
	TEST(text_breaks_between_words),
	TEST(line_feeds_always_break_and_empty_lines_are_kept),
	TEST(an_option_keeps_its_dashes),
	TEST(names_and_abbreviations_are_not_parted),
	TEST(ideographs_break_anywhere_but_before_punctuation),
	TEST(clusters_are_never_cut),
	TEST(long_words_are_cut_to_measure),
	TEST(nothing_is_lost_doubled_or_too_wide),
	TEST(text_that_is_not_safe_does_no_harm),
};

TEST_MAIN(tests)
