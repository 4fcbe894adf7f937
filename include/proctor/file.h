#ifndef PROCTOR_FILE_H
#define PROCTOR_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct buf;
struct err;

/*
 * Files, read whole with a limit and written whole or not at all. Only regular
 * files are read: a folder, a fifo or a device is refused before a byte of it is
 * waited for.
 */

/* Replaces what is in buf by the file's bytes; "-" is standard input. */
bool file_read(const char *path, size_t limit, struct buf *buf, struct err *err);

/*
 * A folder that is not trusted. file_open_dir() pins the folder; every path below
 * it is resolved component by component, and links, "..", "." and absolute paths
 * are refused, so that nothing outside the folder is ever opened.
 */
bool file_open_dir(const char *path, int *dir, struct err *err);
bool file_read_below(int dir, const char *path, size_t limit, struct buf *buf,
		     struct err *err);
bool file_is_plain_path(const char *path); /* relative, "/" between plain names */

/* The same a piece at a time, for what need not be kept; *len is that of all. */
typedef void file_take(void *context, const void *bytes, size_t len);

bool file_scan_below(int dir, const char *path, size_t limit, file_take *take,
		     void *context, size_t *len, struct err *err);

/* Is there something of this name? Any error counts as no. */
bool file_exists(const char *path);

/* Writes a temporary file beside path, syncs it, renames it over path, syncs the folder.
 */
bool file_write(const char *path, const void *bytes, size_t len, mode_t mode,
		struct err *err);

/* The same for a file that must not be there yet: ERR_USAGE when something is. */
bool file_create(const char *path, const void *bytes, size_t len, mode_t mode,
		 struct err *err);

/* Creates the folder and its missing parents, each 0700. */
bool file_make_dir(const char *path, struct err *err);

/*
 * The folders of the XDG base directory specification, with "/proctor" behind:
 * an unset or relative variable means the default below $HOME.
 */
enum file_xdg { FILE_XDG_CONFIG, FILE_XDG_DATA, FILE_XDG_STATE };

bool file_xdg(enum file_xdg which, const char *below, struct buf *path, struct err *err);

#endif
