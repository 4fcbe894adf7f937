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

#endif
