#include "../../src/report/priv.h"

#include <md4c.h>

#include "golden.h"
#include "proctor/text.h"
#include "told.h"

#define FOLDER "tests/fixtures/report/"

/* ---- A bank that means harm ---- */

#define EVIL "</p><script>alert(1)</script> ]]> \" ' & | `x` \033[2J \xE2\x80\xAE"

static struct option evil_options[] = {
	{ .id = "a", .text = EVIL, .rationale = EVIL, .correct = true, .position = 2 },
	{ .id = "b", .text = "=HYPERLINK(\"http://x\")", .rationale = "**b**" },
	{ .id = "c",
	  .text = "[a](javascript:x)",
	  .rationale = "",
	  .correct = true,
	  .position = 1 },
	{ .id = "d", .text = "| a | b |", .rationale = "- d\n- e", .position = 3 },
	{ .id = "e", .text = "```\n</code></pre><b>\n```", .rationale = "`e`" },
};
static struct option evil_single[] = {
	{ .id = "a", .text = "One", .rationale = "Why not" },
	{ .id = "b", .text = "Two", .rationale = "Why", .correct = true },
	{ .id = "c", .text = "Three", .rationale = EVIL },
	{ .id = "d", .text = EVIL, .rationale = "No" },
};
static struct prompt evil_prompts[] = {
	{ .id = "1", .text = "First & last", .rationale = "Because", .match = 1 },
	{ .id = "2", .text = EVIL, .rationale = EVIL, .match = 0 },
	{ .id = "3", .text = "Third", .match = 1 },
};
static const char *evil_names[] = { "=cmd|' /C calc'!A0", "+1+1", "</td><b>",
				    "a `b` | c" };
static struct reference evil_references[] = {
	{ "A \"good\" page", "https://example.com/?a=1&b=\"><script>" },
	{ "A bad one", "javascript:alert(1)" },
};
static struct bank_case evil_case = {
	.id = "case-1",
	.title = "Case </summary><script>",
	.text = "A case.\n\n| a | b |\n|---|---|\n| <U+202E> | `c|d` |\n\n1. one\n2. two",
};

#define TEXTS                                                                    \
	.explanation = "An *explanation*, " EVIL, .services = { evil_names, 2 }, \
	.topics = { evil_names + 2, 2 }, .references = evil_references,          \
	.reference_count = 2, .difficulty = HARD

static const struct question evil[QUESTION_TYPES] = {
	[MULTIPLE_CHOICE] = { .id = "evil-one-01",
			      .type = MULTIPLE_CHOICE,
			      .stem = EVIL "\n\nSecond paragraph",
			      .options = evil_single,
			      .option_count = 4,
			      .choose = 1,
			      TEXTS },
	[MULTIPLE_RESPONSE] = { .id = "evil-two-01",
				.type = MULTIPLE_RESPONSE,
				.stem = "Which *two* of `these`?\n\n```\n<a>\n```",
				.options = evil_options,
				.option_count = 5,
				.choose = 2,
				.in_case = &evil_case,
				TEXTS },
	[ORDERING] = { .id = "evil-order-01",
		       .type = ORDERING,
		       .stem = "@everyone :boom: www.example.com https://example.com "
			       "<!-- --> $x$ ![i](j) a_b_c ~~d~~ #1 1. x",
		       .options = evil_options,
		       .option_count = 5,
		       .choose = 3,
		       .in_case = &evil_case,
		       TEXTS },
	[MATCHING] = { .id = "evil-pairs-01",
		       .type = MATCHING,
		       .stem = "- a list\n- to begin with",
		       .options = evil_single,
		       .option_count = 4,
		       .prompts = evil_prompts,
		       .prompt_count = 3,
		       .choose = 3,
		       TEXTS },
};

static void a_hostile_exam(struct told *told)
{
	static struct score_group groups[] = { { .name = "</td><b> | `x`" },
					       { .name = "=1+1" } };

	a_strange_session(told);
	told->session.kind = "exam";
	told->blueprint.id = "it's; rm -rf `x`";
	for (size_t i = 0; i < told->form.count; i++)
		told->items[i].question = &evil[told->items[i].question->type];
	snprintf(told->given[1].note, SESSION_NOTE_SIZE, "=1+1 </p><script> \"mine\"");
	tell(told);
	groups[0].tally = groups[1].tally = score_tally(1, 3);
	told->result.topics = (struct score_groups){ groups, 2 };
}

/* ---- Comparing ---- */

static void page_of(const struct told *told, struct buf *out)
{
	report_html(&told->report, false, out);
}

static void md_of(const struct told *told, struct buf *out)
{
	report_md(&told->report, out);
}

static void csv_of(const struct told *told, struct buf *out)
{
	report_csv(&told->report, out);
}

/* As the file has it, and the same once more. */
static void expect_told(void (*tell_it)(const struct told *, struct buf *),
			void (*expect)(const char *, const struct buf *),
			const struct told *told, const char *path)
{
	struct buf got = BUF_INIT, again = BUF_INIT;

	tell_it(told, &got);
	tell_it(told, &again);
	EXPECT_TEXT(got.data, again.data);
	expect(path, &got);
	buf_release(&got);
	buf_release(&again);
}

static size_t count_of(const struct buf *text, const char *part)
{
	size_t count = 0;

	for (const char *at = text->data; (at = strstr(at, part)); at += strlen(part))
		count++;
	return count;
}

static void a_hostile_exam_is_written_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_hostile_exam(&told);
	expect_told(page_of, expect_page, &told, FOLDER "hostile.html");
	expect_told(md_of, expect_file, &told, FOLDER "hostile.md");
	expect_told(csv_of, expect_file, &told, FOLDER "hostile.csv");
	release(&told);
}

static void a_passed_exam_in_markdown_is_as_expected(void **state)
{
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	for (size_t i = 0; i < told.form.count; i++)
		told.items[i].question = &evil[MULTIPLE_CHOICE];
	tell(&told);
	expect_told(md_of, expect_file, &told, FOLDER "passed.md");
	release(&told);
}

/* ---- The web page ---- */

static void no_text_of_a_bank_becomes_part_of_the_page(void **state)
{
	struct buf out = BUF_INIT;
	struct told told;

	(void)state;
	a_hostile_exam(&told);
	page_of(&told, &out);
	EXPECT_INT(count_of(&out, "<script"), 0);
	EXPECT_INT(count_of(&out, "href=\"javascript"), 0);
	EXPECT_INT(count_of(&out, "<b>"), 0);
	EXPECT_INT(count_of(&out, "]]>"), 0);
	EXPECT_INT(count_of(&out, "<style"), 1);
	EXPECT_TRUE(text_is_safe(out.data, out.len));
	buf_release(&out);
	release(&told);
}

static void a_command_is_one_that_a_shell_takes_as_it_is_meant(void **state)
{
	struct buf out = BUF_INIT;
	struct told told;

	(void)state;
	a_hostile_exam(&told);
	md_of(&told, &out);
	EXPECT_INT(count_of(&out, "proctor drill 'it'\\''s; rm -rf `x`' --domain 1 ``"),
		   1);
	buf_release(&out);
	release(&told);
}

static void expanded_every_question_stands_open(void **state)
{
	struct buf closed = BUF_INIT, open = BUF_INIT;
	struct told told;

	(void)state;
	a_hostile_exam(&told);
	report_html(&told.report, false, &closed);
	report_html(&told.report, true, &open);
	EXPECT_INT(count_of(&closed, "<details"), 6 + 1 + 1);
	EXPECT_INT(count_of(&closed, " open=\"open\""), 0);
	EXPECT_INT(count_of(&open, " open=\"open\""), 6 + 1 + 1);
	buf_release(&closed);
	buf_release(&open);
	release(&told);
}

static void a_drill_is_neither_passed_nor_failed(void **state)
{
	struct buf html = BUF_INIT, md = BUF_INIT;
	struct told told;

	(void)state;
	a_hostile_exam(&told);
	told.session.kind = "drill";
	page_of(&told, &html);
	md_of(&told, &md);
	EXPECT_INT(count_of(&html, ">Pass<") + count_of(&html, ">Fail<"), 0);
	EXPECT_INT(count_of(&html, "2 of 6 right"), 1);
	EXPECT_INT(count_of(&md, "**Pass") + count_of(&md, "**Fail"), 0);
	buf_release(&html);
	buf_release(&md);
	release(&told);
}

static void a_form_without_questions_is_a_page_all_the_same(void **state)
{
	struct buf html = BUF_INIT, md = BUF_INIT, csv = BUF_INIT;
	struct told told;

	(void)state;
	a_full_exam(&told, 18);
	told.form.count = told.state.count = 0;
	tell(&told);
	page_of(&told, &html);
	md_of(&told, &md);
	csv_of(&told, &csv);
	EXPECT_INT(count_of(&html, "Not scored"), 1);
	EXPECT_INT(count_of(&html, ">nan") + count_of(&html, "\"nan"), 0);
	EXPECT_INT(count_of(&md, "Not scored"), 1);
	EXPECT_INT(count_of(&csv, "\r\n"), 1);
	buf_release(&html);
	buf_release(&md);
	buf_release(&csv);
	release(&told);
}

/* ---- Markdown ---- */

static void expect_md(const char *text, const char *wanted)
{
	struct buf out = BUF_INIT;

	md_text(&out, text);
	EXPECT_TEXT(out.data, wanted);
	buf_release(&out);
}

static void text_in_markdown_is_nothing_but_text(void **state)
{
	(void)state;
	expect_md("plain, (text) 1.2: yes!", "plain, (text) 1.2: yes\\!");
	expect_md("a|b `c` *d* _e_ ~f~ \\g",
		  "a\\|b \\`c\\` \\*d\\* \\_e\\_ \\~f\\~ \\\\g");
	expect_md("<b> &amp; [x](y) $z$", "\\<b\\> \\&amp; \\[x\\](y) \\$z\\$");
	expect_md("- a - b", "\\- a - b");
	expect_md(" + a", " \\+ a");
	expect_md("12. a", "12\\. a");
	expect_md("1.2 a", "1.2 a");
	expect_md("3) a", "3\\) a");
	expect_md("# a", "\\# a");
	expect_md("https://a WWW.b 1:23 :x: mailto:c",
		  "https\\://a WWW\\.b 1:23 \\:x: mailto\\:c");
	expect_md("one\ntwo\033[1m", "one two^\\[\\[1m");
	expect_md(NULL, "");
}

static void code_in_markdown_cannot_be_ended(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	md_code(&out, "a b");
	buf_char(&out, ' ');
	md_code(&out, "`a``b`");
	EXPECT_TEXT(out.data, "`a b` ``` `a``b` ```");
	buf_release(&out);
}

/* What a reader of Markdown takes it for: links, images and HTML must not occur. */
struct seen {
	size_t tables, rows, cells, foreign;
	struct buf text;
};

static int on_block(MD_BLOCKTYPE type, void *detail, void *context)
{
	struct seen *seen = context;

	(void)detail;
	seen->tables += type == MD_BLOCK_TABLE;
	seen->rows += type == MD_BLOCK_TR;
	seen->cells += type == MD_BLOCK_TH || type == MD_BLOCK_TD;
	seen->foreign += type == MD_BLOCK_HTML || type == MD_BLOCK_CODE ||
			 type == MD_BLOCK_QUOTE || type == MD_BLOCK_HR;
	return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *context)
{
	struct seen *seen = context;

	(void)detail;
	seen->foreign += type != MD_SPAN_STRONG && type != MD_SPAN_CODE;
	return 0;
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
	struct seen *seen = context;

	buf_add(&seen->text, text, size);
	seen->foreign += type == MD_TEXT_HTML || type == MD_TEXT_ENTITY;
	return 0;
}

static int on_end(MD_BLOCKTYPE type, void *detail, void *context)
{
	(void)type;
	(void)detail;
	(void)context;
	return 0;
}

static int on_span_end(MD_SPANTYPE type, void *detail, void *context)
{
	(void)type;
	(void)detail;
	(void)context;
	return 0;
}

static const MD_PARSER parser = {
	.flags = MD_DIALECT_GITHUB | MD_FLAG_LATEXMATHSPANS,
	.enter_block = on_block,
	.leave_block = on_end,
	.enter_span = on_span,
	.leave_span = on_span_end,
	.text = on_text,
};

/* What a reader sees of it between these two, to the byte. */
static void expect_read_back(const char *before, const char *text, const char *after)
{
	struct seen seen = { .text = BUF_INIT };
	struct buf out = BUF_INIT, safe = BUF_INIT;

	buf_text(&out, before);
	md_text(&out, text);
	buf_text(&out, after);
	text_safe_line(&safe, text, strlen(text));
	EXPECT_INT(md_parse(out.data, (MD_SIZE)out.len, &parser, &seen), 0);
	if (seen.foreign || !strstr(seen.text.data, safe.data))
		fail_msg("\"%s\" became \"%s\", read as \"%s\"", text, out.data,
			 seen.text.data);
	buf_release(&out);
	buf_release(&safe);
	buf_release(&seen.text);
}

static void any_text_in_markdown_is_read_as_it_was(void **state)
{
	static const char *const pieces[] = {
		"a",       "B",    "1", "23",     " ",  "-",      "+",     "=",
		"*",       "_",    "`", "~",      "#",  ">",      "<",     "[",
		"]",       "(",    ")", "!",      "|",  "\\",     "&amp;", "$",
		"http://", "www.", "@", ".",      ":",  "</b>",   "<!--",  "{",
		"}",       "\"",   "'", "x@y.zz", "1.", "ftp://", "^",     "%",
	};
	uint32_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct buf text = BUF_INIT;

		for (int k = 0; k < 8; k++) {
			seed = seed * 1664525 + 1013904223;
			buf_text(&text, pieces[(seed >> 16) % COUNT(pieces)]);
		}
		if (text.data[0] != ' ' && text.data[text.len - 1] != ' ' &&
		    !strstr(text.data, "  ")) {
			expect_read_back("1. ", text.data, "\n2. b\n");
			expect_read_back("| a | b |\n|---|---|\n| ", text.data,
					 " | c |\n");
			expect_read_back("\n", text.data, "\n\nc\n");
			expect_read_back("# ", text.data, "\n");
		}
		buf_release(&text);
	}
}

static void a_reader_of_markdown_sees_tables_and_text_alone(void **state)
{
	struct buf out = BUF_INIT;
	struct seen seen = { .text = BUF_INIT };
	struct told told;

	(void)state;
	a_hostile_exam(&told);
	md_of(&told, &out);
	EXPECT_INT(md_parse(out.data, (MD_SIZE)out.len, &parser, &seen), 0);
	EXPECT_INT(seen.foreign, 0);
	/* What is weak, by topic, by service; what to study, twice; thirds; confidence;
	 * the questions. */
	EXPECT_INT(seen.tables, 8);
	EXPECT_INT(count_of(&out, "\n|") - seen.tables, seen.rows);
	buf_release(&seen.text);
	buf_release(&out);
	release(&told);
}

/* ---- CSV ---- */

/* Reads one cell of a row; returns what stands behind it. */
static const char *read_cell(const char *at, struct buf *cell)
{
	buf_clear(cell);
	if (*at != '"') {
		buf_add(cell, at, strcspn(at, ",\r"));
		return at + strcspn(at, ",\r");
	}
	for (at++; *at != '"' || at[1] == '"'; at++) {
		assert_true(*at != '\0');
		at += *at == '"';
		buf_char(cell, *at);
	}
	return at + 1;
}

static size_t read_row(const char **at)
{
	struct buf cell = BUF_INIT;
	size_t cells = 0;

	do {
		*at = read_cell(*at + (cells > 0), &cell);
		cells++;
		EXPECT_TRUE(!*cell.data || !strchr("=+-@", *cell.data));
		EXPECT_TRUE(text_is_safe(cell.data, cell.len));
	} while (**at == ',');
	EXPECT_INT(strncmp(*at, "\r\n", 2), 0);
	*at += 2;
	buf_release(&cell);
	return cells;
}

static void every_row_has_every_column_and_none_is_a_formula(void **state)
{
	struct buf out = BUF_INIT;
	struct told told;
	const char *at;
	size_t rows = 0, columns;

	(void)state;
	a_hostile_exam(&told);
	csv_of(&told, &out);
	at = out.data;
	columns = read_row(&at);
	for (; *at; rows++)
		EXPECT_INT(read_row(&at), columns);
	EXPECT_INT(rows, told.form.count);
	EXPECT_INT(count_of(&out, "\"'=cmd|' /C calc'!A0; +1+1\""), told.form.count);
	EXPECT_INT(count_of(&out, "\"'=1+1 </p><script> \"\"mine\"\"\""), 1);
	buf_release(&out);
	release(&told);
}

static const struct CMUnitTest tests[] = {
	TEST(a_hostile_exam_is_written_as_expected),
	TEST(a_passed_exam_in_markdown_is_as_expected),
	TEST(no_text_of_a_bank_becomes_part_of_the_page),
	TEST(a_command_is_one_that_a_shell_takes_as_it_is_meant),
	TEST(expanded_every_question_stands_open),
	TEST(a_drill_is_neither_passed_nor_failed),
	TEST(a_form_without_questions_is_a_page_all_the_same),
	TEST(text_in_markdown_is_nothing_but_text),
	TEST(code_in_markdown_cannot_be_ended),
	TEST(any_text_in_markdown_is_read_as_it_was),
	TEST(a_reader_of_markdown_sees_tables_and_text_alone),
	TEST(every_row_has_every_column_and_none_is_a_formula),
};

TEST_MAIN(tests)
