#include "test.h"

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/markup.h"
#include "proctor/text.h"

/*
 * Blocks as text: kind, number and place, then the runs with their styles in brackets.
 *
 *	P  paragraph	H2 heading	C  code		I  item, a dot for each depth
 */
static void describe_block(struct buf *out, const struct markup_block *block)
{
	static const char kinds[] = "PHCIT";

	buf_char(out, kinds[block->kind]);
	buf_repeat(out, '.', block->depth);
	if (block->number)
		buf_printf(out, "%u", block->number);
	if (block->kind == MARKUP_CELL)
		buf_printf(out, "%u,%u/%u", block->row, block->column, block->columns);
	for (size_t i = 0; i < block->count; i++) {
		unsigned style = block->runs[i].style;

		buf_printf(out, " [%s%s%s", style & MARKUP_EMPHASIS ? "/" : "",
			   style & MARKUP_STRONG ? "*" : "",
			   style & MARKUP_CODE ? "`" : "");
		buf_add(out, block->runs[i].text, block->runs[i].len);
		buf_char(out, ']');
	}
	buf_char(out, ';');
}

static void expect_blocks(const char *text, const char *wanted)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct err err = ERR_INIT;
	struct markup markup;

	EXPECT_OK(markup_parse(text, strlen(text), &arena, &markup, &err), err);
	for (size_t i = 0; i < markup.count; i++)
		describe_block(&out, &markup.blocks[i]);
	EXPECT_TEXT(out.data, wanted);
	buf_release(&out);
	arena_release(&arena);
}

static void expect_refused(const char *text, const char *part)
{
	struct arena arena = ARENA_INIT;
	struct markup markup = { NULL, 77 };
	struct err err;

	EXPECT_ERR(markup_parse(text, strlen(text), &arena, &markup, &err), err,
		   ERR_INPUT, part);
	EXPECT_INT(markup.count, 77);
	arena_release(&arena);
}

static void paragraphs_are_runs_of_one_style(void **state)
{
	(void)state;
	expect_blocks("", "");
	expect_blocks("plain", "P [plain];");
	expect_blocks("a *b* **c** `d`", "P [a ] [/b] [ ] [*c] [ ] [`d];");
	expect_blocks("*a **b** c*", "P [/a ] [/*b] [/ c];");
	expect_blocks("***x***", "P [/*x];");
	expect_blocks("*a `b`*", "P [/a ] [/`b];");
	expect_blocks("one\n\ntwo", "P [one];P [two];");
	expect_blocks("\\*no\\* snake_case_name 2 ** 3",
		      "P [*no* snake_case_name 2 ** 3];");
}

static void blanks_are_one_blank_save_in_code(void **state)
{
	(void)state;
	expect_blocks("a   b\tc \t d", "P [a b c d];");
	expect_blocks("`a  b`", "P [`a  b];");
	expect_blocks("`a\nb`", "P [`a b];");
	expect_blocks("    not code", "P [not code];");
}

static void a_soft_break_is_a_blank_and_a_hard_one_a_line_feed(void **state)
{
	(void)state;
	expect_blocks("a\nb", "P [a b];");
	expect_blocks("a\r\nb", "P [a b];");
	expect_blocks("a  \nb", "P [a\nb];");
	expect_blocks("a\\\n  b", "P [a\nb];");
}

static void entities_are_decoded(void **state)
{
	(void)state;
	expect_blocks("&lt;b&gt; &amp;&amp; &#60;i&#x3E;", "P [<b> && <i>];");
	expect_blocks("&rarr;&nbsp;&#233;&#x1F600;", "P [\u2192\u00A0\u00E9\U0001F600];");
	expect_blocks("`&lt;`", "P [`&lt;];");
	expect_blocks("AT&T; R&D & so", "P [AT&T; R&D & so];");
	expect_blocks("a&#10;b&#9;c", "P [a b c];");
	expect_blocks("&#0;&#xD800;&#x110000;", "P [\uFFFD\uFFFD\uFFFD];");
	expect_refused("a &nosuch; b", "&nosuch;");
}

static void lists_nest_and_count(void **state)
{
	(void)state;
	expect_blocks("- a\n- b", "I. [a];I. [b];");
	expect_blocks("3. a\n3. b", "I.3 [a];I.4 [b];");
	expect_blocks("- a\n  1. b\n  2. c\n     - d\n- e",
		      "I. [a];I..1 [b];I..2 [c];I... [d];I. [e];");
	expect_blocks("- a\n\n  b\n\n- c", "I. [a];P. [b];I. [c];");
	expect_blocks("-\n- b", "I.;I. [b];");
	expect_blocks("- - a", "I.;I.. [a];");
	expect_blocks("1. ```\n   x\n   ```\n   y", "I.1;C. [`x];P. [y];");
	expect_blocks("- a\n\nb", "I. [a];P [b];");
}

static void code_keeps_its_lines_and_blanks(void **state)
{
	(void)state;
	expect_blocks("```\na  b\n\n\tc\td\n```", "C [`a  b\n\n    c\td];");
	expect_blocks("```sql\nSELECT *\n```", "C [`SELECT *];");
	expect_blocks("```\n```", "C [`];");
	expect_blocks("~~~\n<b> [a](b) &lt; **\n~~~", "C [`<b> [a](b) &lt; **];");
}

static void headings_have_a_level(void **state)
{
	(void)state;
	expect_blocks("# One\n## Two *x*", "H1 [One];H2 [Two ] [/x];");
	expect_blocks("Under\n---", "H2 [Under];");
	expect_blocks("#", "");
}

static void tables_are_cells_with_a_place(void **state)
{
	(void)state;
	expect_blocks("|a|b|\n|---|---|\n|`x`| |\n|1|2|",
		      "T0,0/2 [a];T0,1/2 [b];T1,0/2 [`x];T1,1/2;T2,0/2 [1];T2,1/2 [2];");
	expect_blocks("|a|b|\n|---|---|\n|only|",
		      "T0,0/2 [a];T0,1/2 [b];T1,0/2 [only];T1,1/2;");
	expect_blocks("|a|b|\n|---|---|\n|`x\\|y`|\\||",
		      "T0,0/2 [a];T0,1/2 [b];T1,0/2 [`x|y];T1,1/2 [|];");
	expect_blocks("|a|b|\n|---|---|\n\n|c|d|\n|---|---|",
		      "T0,0/2 [a];T0,1/2 [b];T0,0/2 [c];T0,1/2 [d];");
}

static void what_looks_like_html_but_is_none_is_text(void **state)
{
	(void)state;
	expect_blocks("a < b and c<5 and <6 -> <=", "P [a < b and c<5 and <6 -> <=];");
	expect_blocks("[1] and [x]: y", "P [[1] and [x]: y];");
	expect_blocks("~~x~~ www.a.com https://a.b x@y.z",
		      "P [~~x~~ www.a.com https://a.b x@y.z];");
	expect_blocks("- [ ] todo", "I. [[ ] todo];");
	expect_blocks("wow!", "P [wow!];");
}

static void what_is_outside_the_subset_is_named(void **state)
{
	(void)state;
	expect_refused("a <b>bold</b>", "HTML is not part of the markup");
	expect_refused("a <b>bold</b>", "\"<b>\"");
	expect_refused("List<String> x", "<String>");
	expect_refused("<div>\nx\n</div>", "HTML");
	expect_refused("a <!-- hidden --> b", "HTML");
	expect_refused("see [docs](https://a.b/c)",
		       "a link is not part of the markup: \"https");
	expect_refused("see [docs]()", "a link");
	expect_refused("<https://a.b>", "a link");
	expect_refused("[docs] x\n\n[docs]: u", "a link");
	expect_refused("![pic](x.png)", "an image is not part of the markup: \"x.png\"");
	expect_refused("> said", "a block quote");
	expect_refused("a\n\n---\n\nb", "a horizontal rule");
	expect_refused("0. zero", "begins with 0");
	expect_refused("- x\n  - ![a](b)", "an image");
}

static void what_nobody_would_see_is_refused(void **state)
{
	(void)state;
	expect_refused("[foo]: https://a.b\n\ntext", "a link definition");
	expect_refused("text\n\n[1]: 2", "a link definition");
	expect_refused("- [foo]: bar", "a link definition");
	expect_refused("[-]: +", "a link definition");
	expect_refused("|a|b|\n|---|---|\n|1|2|3|", "a cell beyond");
}

static void messages_show_nothing_harmful(void **state)
{
	struct arena arena = ARENA_INIT;
	struct markup markup;
	struct err err = ERR_INIT;
	static const char text[] = "<b title='\x1B[2J\u202E\xFF'>";

	(void)state;
	EXPECT_FALSE(markup_parse(text, strlen(text), &arena, &markup, &err));
	EXPECT_TRUE(text_is_safe(err.text, strlen(err.text)));
	arena_release(&arena);
}

static void depth_width_and_length_have_limits(void **state)
{
	struct buf text = BUF_INIT;

	(void)state;
	expect_blocks("- - - - - - - - x",
		      "I.;I..;I...;I....;I.....;I......;I.......;I........ [x];");
	expect_refused("- - - - - - - - - x", "nested too deep");
	for (int line = 0; line < 2; line++) {
		for (int i = 0; i < 33; i++)
			buf_text(&text, line ? "|---" : "|a");
		buf_text(&text, "|\n");
	}
	expect_refused(text.data, "too many columns");
	buf_clear(&text);
	buf_repeat(&text, 'a', MARKUP_MAX_BYTES + 1);
	expect_refused(text.data, "longer than 65536 bytes");
	buf_release(&text);
}

static void text_comes_out_safe(void **state)
{
	(void)state;
	expect_blocks("a\x1B[2J `\u202E` \xFF", "P [a^[[2J ] [`<U+202E>] [ <FF>];");
	expect_blocks("&#x202E;&#27;", "P [<U+202E>^[];");
	expect_blocks("```\n\a\n```", "C [`^G];");
}

static const struct CMUnitTest tests[] = {
	TEST(paragraphs_are_runs_of_one_style),
	TEST(blanks_are_one_blank_save_in_code),
	TEST(a_soft_break_is_a_blank_and_a_hard_one_a_line_feed),
	TEST(entities_are_decoded),
	TEST(lists_nest_and_count),
	TEST(code_keeps_its_lines_and_blanks),
	TEST(headings_have_a_level),
	TEST(tables_are_cells_with_a_place),
	TEST(what_looks_like_html_but_is_none_is_text),
	TEST(what_is_outside_the_subset_is_named),
	TEST(what_nobody_would_see_is_refused),
	TEST(messages_show_nothing_harmful),
	TEST(depth_width_and_length_have_limits),
	TEST(text_comes_out_safe),
};

TEST_MAIN(tests)
