#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "proctor/file.h"
#include "proctor/text.h"

bool put_out(const struct buf *text, struct err *err)
{
	if (fwrite(text->data, 1, text->len, stdout) != text->len || fflush(stdout) != 0)
		return err_errno(err, "standard output");
	return true;
}

void put_note(const char *text)
{
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, text, strlen(text));
	fprintf(stderr, "proctor: %s\n", safe.data);
	buf_release(&safe);
}

/* Writing whole or not at all replaces what is there: never a device, a pipe, a link. */
bool put_file(const char *path, const struct buf *text, struct err *err)
{
	struct stat st;

	if (!path || strcmp(path, "-") == 0)
		return put_out(text, err);
	if (lstat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return err_set(err, ERR_USAGE,
			       "%s: not a regular file, so it is not replaced", path);
	return file_write(path, text->data, text->len, 0600, err);
}

/* What the terminal says, else COLUMNS, else 80. */
size_t terminal_columns(void)
{
	const char *given = getenv("COLUMNS");
	struct winsize size;
	long columns = given ? strtol(given, NULL, 10) : 0;

	if (columns <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		columns = size.ws_col;
	if (columns <= 0)
		columns = 80;
	return columns < 40 ? 40 : (size_t)columns;
}
