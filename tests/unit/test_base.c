#include "test.h"

#include <errno.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/clock.h"

/* err */

static void a_message_is_kept_with_its_kind(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_FALSE(err_set(&err, ERR_TRUST, "key %s is %s", "A", "revoked"));
	EXPECT_INT(err.kind, ERR_TRUST);
	EXPECT_TEXT(err.text, "key A is revoked");
}

static void the_caller_adds_where(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	err_set(&err, ERR_INPUT, "no such option");
	EXPECT_FALSE(err_in(&err, "questions[%d]", 12));
	EXPECT_FALSE(err_in(&err, "nets.json"));
	EXPECT_INT(err.kind, ERR_INPUT);
	EXPECT_TEXT(err.text, "nets.json: questions[12]: no such option");
}

static void the_system_says_why(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	errno = ENOENT;
	EXPECT_FALSE(err_errno(&err, "bank"));
	EXPECT_INT(err.kind, ERR_SYSTEM);
	EXPECT_TEXT(err.text, "bank: No such file or directory");
}

static void a_message_may_hold_the_one_before_it(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	err_set(&err, ERR_INPUT, "first");
	err_set(&err, ERR_USAGE, "second after %s", err.text);
	EXPECT_TEXT(err.text, "second after first");
}

/* Two-byte letters behind an ASCII prefix of every length: never cut within one. */
static void a_long_message_is_cut_on_a_character(void **state)
{
	(void)state;
	for (size_t prefix = 0; prefix < 8; prefix++) {
		struct err err = ERR_INIT;
		struct buf text = BUF_INIT;
		size_t len;

		buf_repeat(&text, 'x', prefix);
		while (text.len < 2000)
			buf_text(&text, "\u00E9");
		err_set(&err, ERR_INPUT, "%s", text.data);
		len = strlen(err.text);
		EXPECT_TRUE(len < sizeof(err.text) && len > sizeof(err.text) - 8);
		EXPECT_TEXT(err.text + len - 3, "...");
		EXPECT_INT((len - 3 - prefix) % 2, 0);
		EXPECT_TRUE(!memcmp(err.text, text.data, len - 3));
		err_in(&err, "where");
		EXPECT_TRUE(!strncmp(err.text, "where: ", 7));
		EXPECT_TEXT(err.text + strlen(err.text) - 3, "...");
		buf_release(&text);
	}
}

static void a_message_that_just_fits_is_not_cut(void **state)
{
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT;

	(void)state;
	buf_repeat(&text, 'x', sizeof(err.text) - 1);
	err_set(&err, ERR_INPUT, "%s", text.data);
	EXPECT_TEXT(err.text, text.data);
	buf_release(&text);
}

/* arena */

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	struct arena arena = ARENA_INIT;
	unsigned char *pieces[400];

	(void)state;
	for (size_t i = 0; i < 400; i++) {
		size_t size = i * i;

		pieces[i] = arena_alloc(&arena, size);
		EXPECT_INT((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			if (pieces[i][k])
				fail_msg("piece %zu is not zeroed", i);
		memset(pieces[i], (int)(i % 255 + 1), size);
	}
	for (size_t i = 0; i < 400; i++)
		for (size_t k = 0; k < i * i; k++)
			if (pieces[i][k] != i % 255 + 1)
				fail_msg("piece %zu was overwritten", i);
	EXPECT_TRUE(arena.used >= 400);
	arena_release(&arena);
	EXPECT_INT(arena.used, 0);
	EXPECT_TRUE(arena.blocks == NULL);
	arena_release(&arena);
}

static void text_is_copied_into_an_arena(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	EXPECT_TEXT(arena_copy(&arena, "abcdef", 3), "abc");
	EXPECT_TEXT(arena_copy(&arena, NULL, 0), "");
	EXPECT_TEXT(arena_text(&arena, "whole"), "whole");
	EXPECT_TRUE(arena_text(&arena, NULL) == NULL);
	EXPECT_TEXT(arena_printf(&arena, "%d of %s", 3, "five"), "3 of five");
	EXPECT_TEXT(arena_printf(&arena, "%s", ""), "");
	arena_release(&arena);
}

/* buf */

static void a_buffer_is_a_string_at_every_moment(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	EXPECT_TEXT(buf.data, "");
	buf_text(&buf, "");
	EXPECT_TEXT(buf.data, "");
	buf_text(&buf, "ab");
	buf_char(&buf, 'c');
	buf_add(&buf, "defgh", 3);
	buf_repeat(&buf, '-', 2);
	buf_printf(&buf, "%d%s", 42, "!");
	EXPECT_TEXT(buf.data, "abcdef--42!");
	EXPECT_INT(buf.len, strlen(buf.data));
	buf_clear(&buf);
	EXPECT_TEXT(buf.data, "");
	EXPECT_INT(buf.len, 0);
	buf_release(&buf);
	EXPECT_TEXT(buf.data, "");
	buf_release(&buf);
	buf_clear(&buf);
}

static void a_buffer_grows_as_far_as_needed(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	for (int i = 0; i < 10000; i++)
		buf_printf(&buf, "%d,", i);
	EXPECT_INT(buf.len, 48890);
	EXPECT_INT(strlen(buf.data), buf.len);
	EXPECT_TEXT(buf.data + buf.len - 5, "9999,");
	buf_release(&buf);
}

static void space_asked_for_is_there(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 3000; i += 7) {
		memset(buf_space(&buf, i), 'x', i);
		buf.len += i;
		buf.data[buf.len] = '\0';
		EXPECT_TRUE(buf.size > buf.len);
	}
	EXPECT_INT(strspn(buf.data, "x"), buf.len);
	buf_release(&buf);
}

static void bytes_with_a_nul_are_kept(void **state)
{
	struct buf buf = BUF_INIT;

	(void)state;
	buf_add(&buf, "a\0b", 3);
	EXPECT_INT(buf.len, 3);
	EXPECT_TRUE(!memcmp(buf.data, "a\0b", 4));
	buf_release(&buf);
}

/* clock */

static struct moment fixed_now(void *self)
{
	return *(struct moment *)self;
}

static const char *fixed_boot(void *self)
{
	(void)self;
	return "boot";
}

static void a_clock_of_ones_own_can_be_put_in(void **state)
{
	struct moment moment = { 1, 2, 3 };
	struct clock clock = { fixed_now, fixed_boot, &moment };

	(void)state;
	EXPECT_INT(clock_now(&clock).mono, 1);
	EXPECT_INT(clock_now(&clock).boot, 2);
	EXPECT_INT(clock_now(&clock).real, 3);
	EXPECT_TEXT(clock_boot_id(&clock), "boot");
}

static void the_systems_clocks_go_forward(void **state)
{
	struct moment first = clock_now(&clock_system), second = clock_now(&clock_system);

	(void)state;
	EXPECT_TRUE(first.real > INT64_C(1700000000000));
	EXPECT_TRUE(second.mono >= first.mono && second.boot >= first.boot);
	EXPECT_TRUE(first.mono > 0 && first.boot >= first.mono);
	EXPECT_TRUE(strchr(clock_boot_id(&clock_system), '\n') == NULL);
	EXPECT_TEXT(clock_boot_id(&clock_system), clock_boot_id(&clock_system));
}

static void stamps_are_in_utc(void **state)
{
	static const struct {
		int64_t ms;
		const char *stamp, *date;
	} cases[] = {
		{ 0, "1970-01-01T00:00:00Z", "1970-01-01" },
		{ 999, "1970-01-01T00:00:00Z", "1970-01-01" },
		{ -1, "1969-12-31T23:59:59Z", "1969-12-31" },
		{ -1000, "1969-12-31T23:59:59Z", "1969-12-31" },
		{ INT64_C(1795219140000), "2026-11-20T23:59:00Z", "2026-11-20" },
		{ INT64_C(951782400000), "2000-02-29T00:00:00Z", "2000-02-29" },
		{ INT64_MAX, NULL, NULL },
		{ INT64_MIN, NULL, NULL },
	};
	char stamp[CLOCK_STAMP_SIZE], date[CLOCK_STAMP_SIZE];

	(void)state;
	setenv("TZ", "Asia/Tokyo", 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		clock_stamp(cases[i].ms, stamp);
		clock_date(cases[i].ms, date);
		if (!cases[i].stamp)
			continue;
		EXPECT_TEXT(stamp, cases[i].stamp);
		EXPECT_TEXT(date, cases[i].date);
	}
}

static void a_date_is_a_day_of_the_calendar(void **state)
{
	static const char *const days[] = { "2026-11-20", "2028-02-29", "2000-02-29",
					    "0001-01-01", "9999-12-31", "2026-04-30" };
	static const char *const none[] = {
		"",           "2026-02-29",  "1900-02-29", "2026-04-31", "2026-13-01",
		"2026-00-10", "2026-01-00",  "0000-01-01", "2026-1-01",  "2026-01-1",
		"20260101",   "2026-01-01 ", "2026/01/01", "-026-01-01", "2026-0a-01",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		EXPECT_TRUE(clock_is_date(days[i]));
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		EXPECT_FALSE(clock_is_date(none[i]));
}

/* The C library's calendar is the other side, over all that ours knows. */
static void days_are_counted_as_the_library_counts_them(void **state)
{
	(void)state;
	for (int64_t day = -700000; day < 100000; day += 17) {
		char date[CLOCK_STAMP_SIZE];

		clock_date(day * 86400000, date);
		EXPECT_INT(clock_day(date), clock_is_date(date) ? day : 0);
	}
	EXPECT_INT(clock_day("1970-01-01"), 0);
	EXPECT_INT(clock_day("2000-02-29") + 1, clock_day("2000-03-01"));
	EXPECT_INT(clock_day("9999-12-31"), 2932896);
	EXPECT_INT(clock_day("yesterday"), 0);
}

static const struct CMUnitTest tests[] = {
	TEST(a_date_is_a_day_of_the_calendar),
	TEST(days_are_counted_as_the_library_counts_them),
	TEST(a_message_is_kept_with_its_kind),
	TEST(the_caller_adds_where),
	TEST(the_system_says_why),
	TEST(a_message_may_hold_the_one_before_it),
	TEST(a_long_message_is_cut_on_a_character),
	TEST(a_message_that_just_fits_is_not_cut),
	TEST(pieces_are_zeroed_aligned_and_apart),
	TEST(text_is_copied_into_an_arena),
	TEST(a_buffer_is_a_string_at_every_moment),
	TEST(a_buffer_grows_as_far_as_needed),
	TEST(space_asked_for_is_there),
	TEST(bytes_with_a_nul_are_kept),
	TEST(a_clock_of_ones_own_can_be_put_in),
	TEST(the_systems_clocks_go_forward),
	TEST(stamps_are_in_utc),
};

TEST_MAIN(tests)
