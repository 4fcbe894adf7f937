#include "test.h"

#include "proctor/buf.h"
#include "proctor/text.h"
#include "random_text.h"

static void expect_safe(const char *text, const char *wanted)
{
	struct buf out = BUF_INIT;

	text_safe(&out, text, strlen(text));
	EXPECT_TEXT(out.data, wanted);
	EXPECT_INT(text_is_safe(text, strlen(text)), strcmp(text, wanted) == 0);
	buf_release(&out);
}

static void expect_width(const char *text, size_t columns)
{
	if (text_width(text, strlen(text)) != columns)
		fail_msg("\"%s\" is %zu wide, not %zu", text,
			 text_width(text, strlen(text)), columns);
}

static void well_formed_text_is_valid(void **state)
{
	static const char *const good[] = {
		"",
		"plain",
		"caf\xC3\xA9",
		"\xC2\x80",
		"\xDF\xBF",
		"\xE0\xA0\x80",
		"\xED\x9F\xBF",
		"\xEE\x80\x80",
		"\xF0\x90\x80\x80",
		"\xF4\x8F\xBF\xBF",
		"longer than eight bytes, and then \xE2\x82\xAC",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		EXPECT_TRUE(text_valid(good[i], strlen(good[i])));
	EXPECT_TRUE(text_valid("a\0b", 3));
}

static void overlong_cut_and_surrogate_forms_are_not_valid(void **state)
{
	static const char *const bad[] = {
		"\x80",
		"\xBF",
		"\xC0\xAF",
		"\xC1\xBF",
		"\xC2",
		"\xC2 ",
		"\xE0\x80\x80",
		"\xE0\x9F\xBF",
		"\xED\xA0\x80",
		"\xED\xBF\xBF",
		"\xE2\x82",
		"\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80",
		"\xF0\x9F\x98",
		"\xFE",
		"\xFF",
		"12345678\xFFghijklmn",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (text_valid(bad[i], strlen(bad[i])))
			fail_msg("case %zu is taken for valid", i);
}

static void what_is_harmless_passes_unchanged(void **state)
{
	static const char *const good[] = {
		"plain ASCII ~ and more of it, with !@#$%^&*() in it",
		"two\nlines\tand a tab",
		"caf\u00E9 \u2013 \u2713 \u6F22\u5B57 \u0416 \uFFFD",
		"no\u00A0break",
		"e\u0301",
		FAMILY " and " GERMANY FRANCE,
		"\U0001F44D\U0001F3FD and \u2764\uFE0F and \u2764\uFE0E",
		"\u2764\uFE0F\u200D\U0001F525",
		"\U0001F468\U0001F3FD\u200D\U0001F4BB",
		"1\uFE0F\u20E3",
		"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", /* Persian */
		"\u0915\u094D\u200D\u0937",                         /* Devanagari */
		"\u845B\U000E0100\u57CE", /* ideographic variant */
		"\u1820\u180B\u1821",     /* Mongolian */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		expect_safe(good[i], good[i]);
}

static void controls_are_written_with_a_caret(void **state)
{
	(void)state;
	expect_safe("\x1B]52;c;cm0gLXJmIH4=\a clip", "^[]52;c;cm0gLXJmIH4=^G clip");
	expect_safe("\x1B[2J\x1B[1;1HScore: 100%", "^[[2J^[[1;1HScore: 100%");
	expect_safe("a\rb\bc\x7F", "a^Mb^Hc^?");
	expect_safe("\x01\x1F", "^A^_");
}

static void invalid_bytes_are_written_in_hex(void **state)
{
	(void)state;
	expect_safe("\x9B"
		    "2J raw",
		    "<9B>2J raw");
	expect_safe("bad \xFF\xC0\xAF \xED\xA0\x80", "bad <FF><C0><AF> <ED><A0><80>");
	expect_safe("cut \xE2\x82", "cut <E2><82>");
}

static void invisible_characters_are_named(void **state)
{
	(void)state;
	expect_safe("\xC2\x9B"
		    "2J",
		    "<U+009B>2J");
	expect_safe("B\u202EA\u202C", "B<U+202E>A<U+202C>");
	expect_safe("zero\u200Bwidth\uFEFF", "zero<U+200B>width<U+FEFF>");
	expect_safe("\u2066iso\u2069", "<U+2066>iso<U+2069>");
	expect_safe("LS \u2028 PS \u2029", "LS <U+2028> PS <U+2029>");
	expect_safe("tag\U000E0041\U000E007F", "tag<U+E0041><U+E007F>");
	expect_safe("soft\u00ADhyphen", "soft<U+00AD>hyphen");
	expect_safe("\uE000\U0010FFFD\uFFFE", "<U+E000><U+10FFFD><U+FFFE>");
	expect_safe("\u3164\uFFA0", "<U+3164><U+FFA0>");
}

static void joiners_and_selectors_need_ground_to_stand_on(void **state)
{
	(void)state;
	expect_safe("A\u200DB", "A<U+200D>B");
	expect_safe("a\u200Cb", "a<U+200C>b");
	expect_safe("\u200D", "<U+200D>");
	expect_safe("\U0001F468\u200D", "\U0001F468<U+200D>");
	expect_safe("\U0001F468\u200Dx", "\U0001F468<U+200D>x");
	expect_safe("\U0001F468\u200D\u200D\U0001F469",
		    "\U0001F468<U+200D><U+200D>\U0001F469");
	expect_safe("x\uFE0F", "x<U+FE0F>");
	expect_safe("1\uFE0F", "1<U+FE0F>");
	expect_safe("\u2764\uFE0F\uFE0F", "\u2764\uFE0F<U+FE0F>");
	expect_safe("x\U000E0100", "x<U+E0100>");
	expect_safe("\u0645\u200C", "\u0645<U+200C>");
	expect_safe("\u0645\u200C\u202E", "\u0645<U+200C><U+202E>");
}

static void a_single_line_has_neither_feed_nor_tab(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	text_safe_line(&out, "a\nb\tc\x1B\xFF", 7);
	EXPECT_TEXT(out.data, "a b c^[<FF>");
	buf_release(&out);
}

static void a_nul_is_text_like_any_other(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	text_safe(&out, "a\0b", 3);
	EXPECT_TEXT(out.data, "a^@b");
	EXPECT_FALSE(text_is_safe("a\0b", 3));
	buf_release(&out);
}

static void hidden_and_replaced_alone_are_the_same(void **state)
{
	struct buf out = BUF_INIT;

	(void)state;
	for (unsigned c = 0; c < 0x110000; c++) {
		char text[4];
		size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

		if (c >= 0xD800 && c < 0xE000)
			continue;
		for (size_t i = len; i-- > 1;)
			text[i] = (char)(0x80 | ((c >> (6 * (len - 1 - i))) & 0x3F));
		text[0] = (char)(len == 1 ? c
					  : (0xF00U >> len & 0xFF) |
						    (c >> (6 * (len - 1))));
		buf_clear(&out);
		text_safe(&out, text, len);
		if (text_hidden(c) !=
		    (out.len != len || memcmp(out.data, text, len) != 0))
			fail_msg("U+%04X", c);
	}
	EXPECT_TRUE(text_hidden(0xD800));
	EXPECT_TRUE(text_hidden(0x110000));
	EXPECT_TRUE(text_hidden(0xFFFFFFFF));
	EXPECT_FALSE(text_hidden('\n'));
	EXPECT_FALSE(text_hidden('\t'));
	buf_release(&out);
}

static void expect_harmless(const char *text, size_t len, const char *forbidden)
{
	EXPECT_TRUE(text_valid(text, len));
	EXPECT_TRUE(text_is_safe(text, len));
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < 0x20 && strchr(forbidden, c)) || c == 0x7F)
			fail_msg("byte %02X passed", c);
		if (c == 0xC2 && (unsigned char)text[i + 1] < 0xA0)
			fail_msg("a C1 control passed");
	}
}

static void what_was_made_safe_stays_as_it_is(void **state)
{
	static const char controls[] =
		"\1\2\3\4\5\6\7\10\13\14\15\16\17\20\21\22\23\24\25\26"
		"\27\30\31\32\33\34\35\36\37";
	static const char with_feeds[] =
		"\t\n\1\2\3\4\5\6\7\10\13\14\15\16\17\20\21\22\23\24"
		"\25\26\27\30\31\32\33\34\35\36\37";
	struct buf text = BUF_INIT, once = BUF_INIT, twice = BUF_INIT;

	(void)state;
	seed = 1;
	for (int round = 0; round < 20000; round++) {
		random_text(&text, 24);
		buf_clear(&once);
		buf_clear(&twice);
		text_safe(&once, text.data, text.len);
		expect_harmless(once.data, once.len, controls);
		text_safe(&twice, once.data, once.len);
		EXPECT_TEXT(twice.data, once.data);
		EXPECT_INT(text_is_safe(text.data, text.len),
			   once.len == text.len &&
				   !memcmp(once.data, text.data, once.len));
		buf_clear(&once);
		text_safe_line(&once, text.data, text.len);
		expect_harmless(once.data, once.len, with_feeds);
	}
	buf_release(&text);
	buf_release(&once);
	buf_release(&twice);
}

static void a_cluster_is_what_a_reader_takes_for_one_character(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} cases[] = {
		{ "ab", 1 },
		{ "e\u0301x", 3 },
		{ "\u0301x", 2 },
		{ "\r\nx", 1 },
		{ "\n\u0301", 1 },
		{ GERMANY FRANCE, 8 },
		{ "\U0001F1E9x", 4 },
		{ FAMILY "x", 25 },
		{ "\U0001F44D\U0001F3FD\U0001F44D", 8 },
		{ "\u2764\uFE0F\u200D\U0001F525x", 13 },
		{ "\U0001F468\u200Dx", 7 },
		{ "a\u200D\U0001F468", 4 },
		{ "1\uFE0F\u20E3"
		  "2",
		  7 },
		{ "\u1100\u1161\u11A8\u1100", 9 },
		{ "\uAC00\u11A8\uAC00", 6 },
		{ "\u0E01\u0E33x", 6 },
		{ "\xFF\u0301", 1 },
		{ "e\u0301\xFF", 3 },
	};

	(void)state;
	EXPECT_INT(text_cluster("", 0), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (text_cluster(cases[i].text, strlen(cases[i].text)) != cases[i].len)
			fail_msg("case %zu: %zu", i,
				 text_cluster(cases[i].text, strlen(cases[i].text)));
}

static void width_is_counted_by_cluster(void **state)
{
	(void)state;
	expect_width("", 0);
	expect_width("plain", 5);
	expect_width("caf\u00E9", 4);
	expect_width("cafe\u0301", 4);
	expect_width("\u6F22\u5B57", 4);
	expect_width(FAMILY, 2);
	expect_width(FAMILY FAMILY, 4);
	expect_width(GERMANY, 2);
	expect_width(GERMANY FRANCE, 4);
	expect_width("\U0001F44D\U0001F3FD", 2);
	expect_width("\u2764", 1);
	expect_width("\u2764\uFE0F", 2);
	expect_width("1\uFE0F\u20E3", 2);
	expect_width("\U0001FAE8", 2); /* newer than the library's tables */
	expect_width("\u1100\u1161\u11A8", 2);
	expect_width("\u0301", 0);
	expect_width("a\tb", 3);
}

static void expect_folded(const char *text, const char *wanted)
{
	struct buf out = BUF_INIT;

	text_fold(&out, text, strlen(text));
	EXPECT_TEXT(out.data, wanted);
	buf_release(&out);
}

static void folding_makes_alike_what_only_looks_different(void **state)
{
	(void)state;
	expect_folded("", "");
	expect_folded("Amazon S3", "amazon s3");
	expect_folded("STRASSE Stra\xC3\x9F\x65", "strasse strasse");
	expect_folded("A\xCC\x88 \xC3\x84 \xC3\xA4", "\xC3\xA4 \xC3\xA4 \xC3\xA4");
	expect_folded("\xEF\xAC\x81 \xEF\xBC\xA1", "fi a");
}

static const struct CMUnitTest tests[] = {
	TEST(folding_makes_alike_what_only_looks_different),
	TEST(well_formed_text_is_valid),
	TEST(overlong_cut_and_surrogate_forms_are_not_valid),
	TEST(what_is_harmless_passes_unchanged),
	TEST(controls_are_written_with_a_caret),
	TEST(invalid_bytes_are_written_in_hex),
	TEST(invisible_characters_are_named),
	TEST(joiners_and_selectors_need_ground_to_stand_on),
	TEST(a_single_line_has_neither_feed_nor_tab),
	TEST(a_nul_is_text_like_any_other),
	TEST(hidden_and_replaced_alone_are_the_same),
	TEST(what_was_made_safe_stays_as_it_is),
	TEST(a_cluster_is_what_a_reader_takes_for_one_character),
	TEST(width_is_counted_by_cluster),
};

TEST_MAIN(tests)
