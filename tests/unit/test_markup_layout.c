#include "test.h"

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/markup.h"
#include "proctor/text.h"
#include "random_text.h"

static void add_line(struct buf *out, const struct markup_line *line)
{
	for (size_t i = 0; i < line->count; i++)
		buf_add(out, line->runs[i].text, line->runs[i].len);
}

/* Every line with a line feed behind it. */
static void expect_lines(const char *text, size_t columns, const char *wanted)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct markup markup;
	const struct markup_line *lines;
	size_t count;

	EXPECT_OK(markup_parse(text, strlen(text), &arena, &markup, &err), err);
	count = markup_layout(&markup, columns, &arena, &lines);
	for (size_t i = 0; i < count; i++) {
		add_line(&out, &lines[i]);
		buf_char(&out, '\n');
	}
	EXPECT_TEXT(out.data, wanted);
	buf_release(&out);
	arena_release(&arena);
}

static void paragraphs_are_wrapped_and_set_apart(void **state)
{
	(void)state;
	expect_lines("", 20, "");
	expect_lines("The quick *brown fox* jumps\n\nover", 12,
		     "The quick\nbrown fox\njumps\n\nover\n");
	expect_lines("a  \nb", 12, "a\nb\n");
	expect_lines("# Head\ntext", 12, "Head\n\ntext\n");
}

/* Every run in bars, a letter before it for its style. */
static void expect_runs(const char *text, size_t columns, const char *wanted)
{
	static const char letters[] = "-esECfgh";
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct markup markup;
	const struct markup_line *lines;
	size_t count;

	EXPECT_OK(markup_parse(text, strlen(text), &arena, &markup, &err), err);
	count = markup_layout(&markup, columns, &arena, &lines);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < lines[i].count; k++) {
			const struct markup_run *run = &lines[i].runs[k];

			buf_printf(&out, "%c%.*s|", letters[run->style], (int)run->len,
				   run->text);
		}
		buf_char(&out, '\n');
	}
	EXPECT_TEXT(out.data, wanted);
	buf_release(&out);
	arena_release(&arena);
}

static void styles_survive_the_wrapping(void **state)
{
	(void)state;
	expect_runs("aa **bb cc** dd", 8, "-aa |sbb cc|\n-dd|\n");
	expect_runs("aa **bb cc** dd", 72, "-aa |sbb cc|- dd|\n");
	expect_runs("a**b**c*d*e`f`", 72, "-a|sb|-c|ed|-e|Cf|\n");
	expect_runs("# a *b*", 72, "sa |Eb|\n");
	expect_runs("- a `b`", 72, "--|- |-a |Cb|\n");
	expect_runs("|a|*b*|\n|---|---|\n|`c`|d|", 72,
		    "sa|-  |Eb|\n--|-  |--|\nCc|-  |-d|\n");
	expect_runs("|head|\n|---|\n|incomprehensibilities|", 16,
		    "shead|s:|\n-  |-incomprehensib|\n-  |-ilities|\n");
}

static void items_hang_behind_their_mark(void **state)
{
	(void)state;
	expect_lines("- one two three\n- four", 10, "- one two\n  three\n- four\n");
	expect_lines("9. one two\n10. three four", 10,
		     "9. one two\n10. three\n    four\n");
	expect_lines("- a\n  1. b c d e\n     - f\n- g", 14,
		     "- a\n  1. b c d e\n     - f\n- g\n");
	expect_lines("- a\n\n  b\n- c", 12, "- a\n\n  b\n\n- c\n");
	expect_lines("-\n- b", 12, "-\n- b\n");
	expect_lines("- ```\n  x\n  ```", 12, "-\n  x\n");
}

static void a_mark_too_long_stands_alone(void **state)
{
	(void)state;
	expect_lines("1234567. word", 8, "1234567.\n    word\n");
	expect_lines("123456789. word", 8, "12345678\n9.\n    word\n");
	expect_lines("- - - - - - word", 8, "-\n  -\n  -\n  -\n  -\n  - word\n");
}

static void code_is_cut_and_not_wrapped(void **state)
{
	(void)state;
	expect_lines("```\nif a b c d:\n  x\n\n\ty\n```", 8,
		     "if a b c\n d:\n  x\n\n    y\n");
	expect_lines("- a\n  ```\n  x\ty\n  ```", 20, "- a\n\n  x   y\n");
}

#define SERVICES                                                             \
	"| Service | Delay |\n|---|---|\n| Kinesis Data Streams | 70 ms |\n" \
	"| Firehose | 60 s |\n"

static void a_table_that_fits_is_columns(void **state)
{
	(void)state;
	expect_lines(SERVICES, 40,
		     "Service               Delay\n"
		     "--------------------  -----\n"
		     "Kinesis Data Streams  70 ms\n"
		     "Firehose              60 s\n");
	expect_lines(SERVICES, 27,
		     "Service               Delay\n"
		     "--------------------  -----\n"
		     "Kinesis Data Streams  70 ms\n"
		     "Firehose              60 s\n");
	expect_lines("|a||\n|---|---|\n| |\u6F22\u5B57|", 40,
		     "a\n-  ----\n   \u6F22\u5B57\n");
	expect_lines("- x\n\n  |a|b|\n  |---|---|\n  |c|d|", 40,
		     "- x\n\n  a  b\n  -  -\n  c  d\n");
}

static void a_table_nearly_too_wide_has_its_cells_wrapped(void **state)
{
	(void)state;
	expect_lines(SERVICES, 24,
		     "Service       Delay\n"
		     "------------  -----\n"
		     "Kinesis Data  70 ms\n"
		     "Streams\n"
		     "Firehose      60 s\n");
}

static void the_widest_columns_give_way_alike(void **state)
{
	(void)state;
	expect_lines("|a|b|c|\n|---|---|---|\n"
		     "|1 2 3 4 5 6 7 8 9 a b c d e f g|1 2 3 4 5 6 7 8 9 a b c d e f|x|",
		     42,
		     "a                  b                  c\n"
		     "-----------------  -----------------  -\n"
		     "1 2 3 4 5 6 7 8 9  1 2 3 4 5 6 7 8 9  x\n"
		     "a b c d e f g      a b c d e f\n");
}

static void a_table_too_wide_is_records(void **state)
{
	(void)state;
	expect_lines(SERVICES, 18,
		     "Service: Kinesis\n"
		     "  Data Streams\n"
		     "  Delay: 70 ms\n"
		     "Service:\n"
		     "  Firehose\n"
		     "  Delay: 60 s\n");
	expect_lines("|Some head|Another head|\n|---|---|", 10,
		     "Some\n  head\n  Another\n  head\n");
	expect_lines("|a||\n|---|---|\n||incomprehensible|", 10,
		     "a:\n  incompre\n  hensible\n");
}

static void words_are_the_text_alone(void **state)
{
	static const char text[] = "# A *b*\n\nc\\\nd\n\n- e\n- f\n\n```\ng\nh\n```\n";
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct markup markup;

	(void)state;
	EXPECT_OK(markup_parse(text, strlen(text), &arena, &markup, &err), err);
	EXPECT_TEXT(markup_words(&markup, &arena), "A b\nc d\ne\nf\ng\nh");
	EXPECT_OK(markup_parse("", 0, &arena, &markup, &err), err);
	EXPECT_TEXT(markup_words(&markup, &arena), "");
	arena_release(&arena);
}

static const char *const shreds[] = {
	"word ",
	"a",
	"\n",
	"\n\n",
	"\n- ",
	"\n  - ",
	"\n1. ",
	"  ",
	"*",
	"**",
	"`",
	"\n```\n",
	"# ",
	"|",
	"\n|---|---|\n",
	"\n|a|b|\n|---|---|\n|c|d|\n",
	"\\",
	"&amp;",
	"&#x200D;",
	"\t",
	"\u6F22",
	"e\u0301",
	"\U0001F468\u200D\U0001F469",
	"\u202E",
	"\xFF",
	"\x1B",
	"[",
	"]",
	"(",
	")",
	"](",
	"[a]: ",
	"<",
	">",
	"<b>",
	"![",
	"&",
	"_",
	"~~",
	"---",
	"long-unbreakable.identifier_of_some_length",
	"\U0001F1E9\U0001F1EA",
	"1234567890. ",
	"    ",
	"\r",
};

static size_t letters(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++)
		count += (text[i] >= 'a' && text[i] <= 'z') ||
			 (unsigned char)text[i] >= 0x80;
	return count;
}

static size_t words_of(const struct markup *markup, struct arena *arena)
{
	const char *words = markup_words(markup, arena);

	return letters(words, strlen(words));
}

/* No mark or dash is a letter; only "head: cell" repeats some. */
static void expect_sound_layout(const struct markup *markup, size_t columns,
				size_t wanted)
{
	struct arena arena = ARENA_INIT;
	struct buf line = BUF_INIT;
	const struct markup_line *lines;
	size_t count = markup_layout(markup, columns, &arena, &lines), shown = 0;
	bool table = false;

	for (size_t i = 0; i < markup->count; i++)
		table = table || markup->blocks[i].kind == MARKUP_CELL;
	for (size_t i = 0; i < count; i++) {
		buf_clear(&line);
		add_line(&line, &lines[i]);
		EXPECT_TRUE(text_is_safe(line.data, line.len));
		EXPECT_TRUE(!memchr(line.data, '\n', line.len));
		EXPECT_TRUE(!memchr(line.data, '\t', line.len));
		EXPECT_TRUE(text_width(line.data, line.len) <= columns);
		shown += letters(line.data, line.len);
	}
	EXPECT_TRUE(table ? shown >= wanted : shown == wanted);
	buf_release(&line);
	arena_release(&arena);
}

static void any_markup_is_refused_or_shown_whole(void **state)
{
	struct buf text = BUF_INIT;
	unsigned parsed = 0;

	(void)state;
	seed = 1;
	for (int round = 0; round < 20000; round++) {
		struct arena arena = ARENA_INIT;
		struct err err = ERR_INIT;
		struct markup markup;

		buf_clear(&text);
		for (unsigned n = roll(30); n > 0; n--)
			buf_text(&text, shreds[roll(sizeof(shreds) / sizeof(shreds[0]))]);
		if (markup_parse(text.data, text.len, &arena, &markup, &err)) {
			expect_sound_layout(&markup, 8 + roll(40),
					    words_of(&markup, &arena));
			parsed++;
		} else {
			EXPECT_INT(err.kind, ERR_INPUT);
			EXPECT_TRUE(err.text[0] &&
				    text_is_safe(err.text, strlen(err.text)));
		}
		arena_release(&arena);
	}
	EXPECT_TRUE(parsed > 2000 && parsed < 18000);
	buf_release(&text);
}

/* What stays of a text when it is cut, or a byte of it is another one, does no harm. */
static void damaged_markup_does_no_harm(void **state)
{
	static const char whole[] = "# A *b* `c`\n\nd &amp; e\\\nf\n\n- g\n  1. h\n\n    "
				    " i\n- ```x\n  j\n  ```\n\n"
				    "| k | l |\n|---|:-:|\n| m | `n\\|o` |\n";
	struct arena arena = ARENA_INIT;
	struct markup markup;

	(void)state;
	for (size_t i = 0; i < sizeof(whole) - 1; i++) {
		char *text = arena_copy(&arena, whole, sizeof(whole) - 1);
		struct err err = ERR_INIT;

		if (markup_parse(whole, i, &arena, &markup, &err))
			expect_sound_layout(&markup, 8, words_of(&markup, &arena));
		for (int c = 0; c < 256; c++) {
			text[i] = (char)c;
			if (!markup_parse(text, sizeof(whole) - 1, &arena, &markup, &err))
				continue;
			expect_sound_layout(&markup, 8 + (size_t)c % 32,
					    words_of(&markup, &arena));
		}
		arena_release(&arena);
	}
}

static const struct CMUnitTest tests[] = {
	TEST(paragraphs_are_wrapped_and_set_apart),
	TEST(styles_survive_the_wrapping),
	TEST(items_hang_behind_their_mark),
	TEST(a_mark_too_long_stands_alone),
	TEST(code_is_cut_and_not_wrapped),
	TEST(a_table_that_fits_is_columns),
	TEST(a_table_nearly_too_wide_has_its_cells_wrapped),
	TEST(the_widest_columns_give_way_alike),
	TEST(a_table_too_wide_is_records),
	TEST(words_are_the_text_alone),
	TEST(any_markup_is_refused_or_shown_whole),
	TEST(damaged_markup_does_no_harm),
};

TEST_MAIN(tests)
