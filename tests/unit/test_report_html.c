#include "../../src/report/priv.h"

#include <math.h>
#include <sodium.h>

#include "proctor/buf.h"
#include "test.h"

/* What a test writes on: a page without its head. */
struct sheet {
	struct html page;
	struct buf out;
};

static void begin(struct sheet *sheet)
{
	*sheet = (struct sheet){ .out = BUF_INIT };
	sheet->page.out = &sheet->out;
}

static void expect(struct sheet *sheet, const char *wanted)
{
	EXPECT_TEXT(sheet->out.data, wanted);
	buf_release(&sheet->out);
}

static void expect_part(struct sheet *sheet, const char *part)
{
	if (!strstr(sheet->out.data, part))
		fail_msg("no %s in:\n%s", part, sheet->out.data);
}

static void expect_markup(const char *text, const char *wanted)
{
	struct sheet sheet;

	begin(&sheet);
	html_markup(&sheet.page, text);
	expect(&sheet, wanted);
}

/* ---- Escapes ---- */

static void text_is_escaped_for_elements_and_attributes(void **state)
{
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_text(&sheet.page, "a < b && \"c\" > 'd' ]]>");
	expect(&sheet, "a &lt; b &amp;&amp; &quot;c&quot; &gt; &#39;d&#39; ]]&gt;");
}

static void what_cannot_be_seen_is_shown(void **state)
{
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_text(&sheet.page, "\033[1m\x01 \xE2\x80\xAE \xFF \xEF\xBF\xBE");
	expect(&sheet, "^[[1m^A &lt;U+202E&gt; &lt;FF&gt; &lt;U+FFFE&gt;");
}

static void what_is_formatted_is_escaped_whole(void **state)
{
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_printf(&sheet.page, "%s & %d", "<b>", 7);
	html_element(&sheet.page, "p", "soft", "%s", "</p>");
	expect(&sheet, "&lt;b&gt; &amp; 7<p class=\"soft\">&lt;/p&gt;</p>\n");
}

static void no_text_is_nothing(void **state)
{
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_text(&sheet.page, NULL);
	expect(&sheet, "");
}

/* ---- Markup ---- */

static void paragraphs_keep_their_styles(void **state)
{
	(void)state;
	expect_markup("One *two* **three** `a<b`\n\n***both***",
		      "<p>One <em>two</em> <strong>three</strong> "
		      "<code>a&lt;b</code></p>\n"
		      "<p><strong><em>both</em></strong></p>\n");
}

static void a_line_break_is_one(void **state)
{
	(void)state;
	expect_markup("one\\\ntwo\nthree", "<p>one<br />two three</p>\n");
}

static void code_keeps_its_lines(void **state)
{
	(void)state;
	expect_markup("```json\n{\n  \"a\": 1\n}\n```",
		      "<pre><code>{\n  &quot;a&quot;: 1\n}</code></pre>\n");
}

static void lists_hang_together(void **state)
{
	(void)state;
	expect_markup("- a\n- b", "\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
	expect_markup("3. a\n4. b\n\nend", "\n<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n"
					   "</ol>\n<p>end</p>\n");
	expect_markup("- a\n\n1. b", "\n<ul>\n<li>a</li>\n</ul>\n"
				     "\n<ol>\n<li>b</li>\n</ol>\n");
}

static void lists_nest(void **state)
{
	(void)state;
	expect_markup("1. a\n   - b\n   - c\n\n   d\n2. e",
		      "\n<ol>\n<li>a\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n<p>d</p>\n"
		      "</li>\n<li>e</li>\n</ol>\n");
}

static void a_table_has_a_head_and_a_region_that_scrolls(void **state)
{
	(void)state;
	expect_markup("|a|   |\n|---|---|\n|`x`|y|",
		      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		      "aria-label=\"Table 1\">\n<table class=\"text\">\n"
		      "<tr><th scope=\"col\">a</th><td></td></tr>\n"
		      "<tr><td><code>x</code></td><td>y</td></tr>\n</table>\n</div>\n");
}

static void tables_behind_one_another_are_two(void **state)
{
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_markup(&sheet.page, "|a|\n|---|\n\n|b|\n|---|");
	expect_part(&sheet, "aria-label=\"Table 1\"");
	expect_part(&sheet, "aria-label=\"Table 2\"");
	buf_release(&sheet.out);
}

static void what_is_no_markup_is_plain_text(void **state)
{
	(void)state;
	expect_markup("<script>alert(1)</script>",
		      "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
	expect_markup(NULL, "<p></p>\n");
}

/* ---- The page ---- */

static void the_policy_names_the_style_sheet(void **state)
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	char text[64] = "sha256-";

	(void)state;
	crypto_hash_sha256(digest, (const unsigned char *)html_style, strlen(html_style));
	sodium_bin2base64(text + 7, sizeof(text) - 7, digest, sizeof(digest),
			  sodium_base64_VARIANT_ORIGINAL);
	EXPECT_TEXT(html_style_digest, text);
}

static void the_style_sheet_needs_no_escapes(void **state)
{
	(void)state;
	EXPECT_TRUE(strpbrk(html_style, "<&") == NULL);
	EXPECT_TRUE(strstr(html_style, "url(") == NULL);
	EXPECT_TRUE(strstr(html_style, "@import") == NULL);
}

static void a_title_cannot_leave_its_place(void **state)
{
	struct buf out = BUF_INIT;
	struct html page;

	(void)state;
	html_begin(&page, &out, "en\"><script>", "</title><script>");
	html_end(&page, "</footer>");
	EXPECT_TRUE(strstr(out.data, "<script>") == NULL);
	EXPECT_TRUE(strstr(out.data, "lang=\"en&quot;&gt;&lt;script&gt;\"") != NULL);
	buf_release(&out);
}

static void a_table_heads_its_columns_and_rows(void **state)
{
	static const struct html_column columns[] = { { "Task", false },
						      { "Right", true } };
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_table(&sheet.page, "Tasks", columns, 2);
	html_row(&sheet.page, "group");
	html_cell(&sheet.page, "%s", "a & b");
	html_cell(&sheet.page, "%d/%d", 1, 2);
	html_row(&sheet.page, NULL);
	html_cell(&sheet.page, "c");
	html_cell(&sheet.page, "-");
	html_table_end(&sheet.page);
	expect(&sheet,
	       "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
	       "aria-label=\"Table 1: Tasks\">\n<table>\n<caption>Tasks</caption>\n"
	       "<thead>\n<tr><th scope=\"col\">Task</th>"
	       "<th scope=\"col\" class=\"n\">Right</th></tr>\n</thead>\n<tbody>\n"
	       "<tr class=\"group\"><th scope=\"row\">a &amp; b</th>"
	       "<td class=\"n\">1/2</td></tr>\n"
	       "<tr><th scope=\"row\">c</th><td class=\"n\">-</td></tr>\n"
	       "</tbody>\n</table>\n</div>\n");
}

/* ---- Charts ---- */

static void a_bar_is_told_in_words_and_drawn_in_percent(void **state)
{
	static const struct html_bar bar = {
		"1 A < B", "2 of 3", "2 of 3, from 20 to 90 %", 2 / 3.0, .2, .9,
	};
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_bars(&sheet.page, &bar, 1, .75);
	expect_part(&sheet, "role=\"img\"");
	expect_part(&sheet, "aria-labelledby=\"c0t c0d\"");
	expect_part(&sheet, "<title id=\"c0t\">1 A &lt; B</title>");
	expect_part(&sheet, "<desc id=\"c0d\">2 of 3, from 20 to 90 %</desc>");
	expect_part(&sheet, "class=\"bar\" x=\"0.00%\" y=\"5\" width=\"66.67%\"");
	expect_part(&sheet, "class=\"range\" x1=\"20.00%\" x2=\"90.00%\"");
	expect_part(&sheet, "class=\"mark\" x1=\"75.00%\" x2=\"75.00%\"");
	buf_release(&sheet.out);
}

static void a_line_breaks_where_there_is_no_value(void **state)
{
	static const double at[] = { 0, 50, NAN, 100 };
	static const struct html_series series = { "Score", at, NULL, NULL };
	static const struct html_lines lines = {
		"Scores", "In words", "first", "last", 0, 100, NAN, NULL, &series, 1, 4,
	};
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_lines(&sheet.page, &lines);
	expect_part(&sheet,
		    "<polyline class=\"s0\" points=\"0.00,212.0 33.33,112.0\" />\n"
		    "<polyline class=\"s0\" points=\"100.00,12.0\" />\n</svg>");
	EXPECT_TRUE(strstr(sheet.out.data, "nan") == NULL);
	EXPECT_TRUE(strstr(sheet.out.data, "legend") == NULL);
	buf_release(&sheet.out);
}

static void one_point_and_none_are_drawn_too(void **state)
{
	static const double at[] = { 50 };
	static const struct html_series series[] = { { "One", at, at, at },
						     { "Two", at, NULL, NULL } };
	struct html_lines lines = {
		"Scores", "In words", "first", "last", 0, 100, 72, "72", series, 2, 1,
	};
	struct sheet sheet;

	(void)state;
	begin(&sheet);
	html_lines(&sheet.page, &lines);
	expect_part(&sheet, "cx=\"50.00%\" cy=\"112.0\"");
	expect_part(&sheet, "class=\"legend\"");
	lines.count = 0;
	html_lines(&sheet.page, &lines);
	EXPECT_TRUE(strstr(sheet.out.data, "nan") == NULL);
	buf_release(&sheet.out);
}

static const struct CMUnitTest tests[] = {
	TEST(text_is_escaped_for_elements_and_attributes),
	TEST(what_cannot_be_seen_is_shown),
	TEST(what_is_formatted_is_escaped_whole),
	TEST(no_text_is_nothing),
	TEST(paragraphs_keep_their_styles),
	TEST(a_line_break_is_one),
	TEST(code_keeps_its_lines),
	TEST(lists_hang_together),
	TEST(lists_nest),
	TEST(a_table_has_a_head_and_a_region_that_scrolls),
	TEST(tables_behind_one_another_are_two),
	TEST(what_is_no_markup_is_plain_text),
	TEST(the_policy_names_the_style_sheet),
	TEST(the_style_sheet_needs_no_escapes),
	TEST(a_title_cannot_leave_its_place),
	TEST(a_table_heads_its_columns_and_rows),
	TEST(a_bar_is_told_in_words_and_drawn_in_percent),
	TEST(a_line_breaks_where_there_is_no_value),
	TEST(one_point_and_none_are_drawn_too),
};

TEST_MAIN(tests)
