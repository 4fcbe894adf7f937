#ifndef GOLDEN_H
#define GOLDEN_H

#include "proctor/buf.h"
#include "proctor/file.h"
#include "test.h"

/* Is this what the file has? REGEN=1 writes what came out instead; read the difference
 * before it is committed. */
static inline void expect_file(const char *path, const struct buf *got)
{
	struct buf wanted = BUF_INIT;
	struct err err = ERR_INIT;

	if (getenv("REGEN")) {
		FILE *file = fopen(path, "w");

		assert_non_null(file);
		EXPECT_INT(fwrite(got->data, 1, got->len, file), got->len);
		EXPECT_INT(fclose(file), 0);
	}
	EXPECT_OK(file_read(path, 1 << 20, &wanted, &err), err);
	if (wanted.len != got->len || memcmp(wanted.data, got->data, got->len))
		fail_msg("%s differs; this came out:\n%s", path, got->data);
	buf_release(&wanted);
}

/* Without what stands between the first of these and the next of those. */
static inline void cut_between(const struct buf *text, const char *from, const char *to,
			       struct buf *out)
{
	const char *at = strstr(text->data, from);
	const char *end = at ? strstr(at + strlen(from), to) : NULL;

	if (!end)
		fail_msg("no %s and %s in:\n%s", from, to, text->data);
	at += strlen(from);
	buf_add(out, text->data, (size_t)(at - text->data));
	buf_text(out, end);
}

/* The same for a web page, all but its style sheet. */
static inline void expect_page(const char *path, const struct buf *got)
{
	struct buf some = BUF_INIT, rest = BUF_INIT;

	cut_between(got, "<style>", "</style>", &some);
	cut_between(&some, "style-src 'sha256-", "'", &rest);
	expect_file(path, &rest);
	buf_release(&some);
	buf_release(&rest);
}

#endif
