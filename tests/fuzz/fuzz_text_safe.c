/* Whatever the bytes: what is shown is harmless, stays as it is, and wraps whole. */
#include <stdbool.h>
#include <string.h>

#include "fuzz.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

static void check_harmless(const struct buf *shown)
{
	promise(text_valid(shown->data, shown->len));
	promise(text_is_safe(shown->data, shown->len));
	for (size_t i = 0; i < shown->len; i++) {
		unsigned char c = (unsigned char)shown->data[i];

		promise((c >= 0x20 && c != 0x7F) || c == '\n' || c == '\t');
		promise(c != 0xC2 || (unsigned char)shown->data[i + 1] >= 0xA0);
	}
}

static void check_wrap(const char *text, size_t len, size_t columns)
{
	struct arena arena = ARENA_INIT;
	struct text_line *lines;
	size_t count = text_wrap(text, len, columns, &arena, &lines), at = 0;

	promise(count >= 1);
	for (size_t i = 0; i <= count; i++) {
		size_t from = i < count ? lines[i].from : len;
		size_t to = i < count ? lines[i].to : len;

		promise(at <= from && from <= to && to <= len);
		for (; at < from; at++)
			promise(strchr(" \t\n", text[at]) != NULL);
		promise(columns < 2 || text_width(text + from, to - from) <= columns);
		at = to;
	}
	arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct buf once = BUF_INIT, twice = BUF_INIT;

	text_safe(&once, text, size);
	check_harmless(&once);
	text_safe(&twice, once.data, once.len);
	promise(twice.len == once.len && !memcmp(twice.data, once.data, once.len));
	promise(text_is_safe(text, size) ==
		(once.len == size && !memcmp(once.data, text, size)));
	check_wrap(once.data, once.len, size ? 1 + data[0] % 100U : 1);
	check_wrap(text, size, 7);

	buf_clear(&once);
	text_safe_line(&once, text, size);
	check_harmless(&once);
	promise(!memchr(once.data, '\n', once.len) && !memchr(once.data, '\t', once.len));
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
