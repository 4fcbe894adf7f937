#include "proctor/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proctor/buf.h"
#include "proctor/err.h"

#define PIECE 65536

/* The bytes of an open file, at most limit of them; probably `size`, if that is not 0. */
static bool read_all(int fd, size_t size, size_t limit, struct buf *buf, struct err *err)
{
	buf_clear(buf);
	buf_space(buf, size + PIECE);
	for (;;) {
		ssize_t got = read(fd, buf_space(buf, PIECE), PIECE);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(err, "cannot be read");
		if (got == 0)
			return true;
		buf->len += (size_t)got;
		buf->data[buf->len] = '\0';
		if (buf->len > limit)
			return err_set(err, ERR_INPUT, "larger than %zu bytes", limit);
	}
}

/* The same in pieces, none of which is kept. */
static bool scan_all(int fd, size_t limit, file_take *take, void *context, size_t *len,
		     struct err *err)
{
	char piece[PIECE];
	size_t sum = 0;

	for (;;) {
		ssize_t got = read(fd, piece, sizeof(piece));

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(err, "cannot be read");
		if (got == 0)
			break;
		sum += (size_t)got;
		if (sum > limit)
			return err_set(err, ERR_INPUT, "larger than %zu bytes", limit);
		take(context, piece, (size_t)got);
	}
	*len = sum;
	return true;
}

static bool check_regular(int fd, size_t limit, size_t *size, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_errno(err, "cannot be read");
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_INPUT, "not a regular file");
	if (st.st_size > 0 && (size_t)st.st_size > limit)
		return err_set(err, ERR_INPUT, "larger than %zu bytes", limit);
	*size = st.st_size > 0 ? (size_t)st.st_size : 0;
	return true;
}

/* Reads a file just opened, and closes it. */
static bool read_regular(int fd, size_t limit, struct buf *buf, struct err *err)
{
	size_t size;
	bool ok = check_regular(fd, limit, &size, err) &&
		  read_all(fd, size, limit, buf, err);

	close(fd);
	return ok;
}

bool file_read(const char *path, size_t limit, struct buf *buf, struct err *err)
{
	int fd;

	if (strcmp(path, "-") == 0) {
		if (read_all(STDIN_FILENO, 0, limit, buf, err))
			return true;
		return err_in(err, "standard input");
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return err_errno(err, "%s", path);
	if (!read_regular(fd, limit, buf, err))
		return err_in(err, "%s", path);
	return true;
}

bool file_open_dir(const char *path, int *dir, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return err_errno(err, "%s", path);
	*dir = fd;
	return true;
}

bool file_is_plain_path(const char *path)
{
	if (!*path)
		return false;
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len == 0 || path[0] == '.' || len > NAME_MAX)
			return false;
		for (size_t i = 0; i < len; i++)
			if ((unsigned char)path[i] < 0x20 || path[i] == '\\' ||
			    path[i] == 0x7F)
				return false;
		path += len;
		if (*path == '/' && *++path == '\0')
			return false;
	}
	return true;
}

/* One component at a time, and none of them a link. */
static int open_below(int dir, const char *path)
{
	int at = dir;

	for (;;) {
		char name[NAME_MAX + 1];
		size_t len = strcspn(path, "/");
		bool last = path[len] == '\0';
		int kind = last ? O_NONBLOCK : O_DIRECTORY;
		int next;

		memcpy(name, path, len);
		name[len] = '\0';
		next = openat(at, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | kind);
		if (at != dir) {
			int saved = errno;

			close(at);
			errno = saved;
		}
		if (next < 0 || last)
			return next;
		at = next;
		path += len + 1;
	}
}

static bool open_plain(int dir, const char *path, int *fd, struct err *err)
{
	if (!file_is_plain_path(path))
		return err_set(err, ERR_INPUT, "not a plain path inside the folder");
	*fd = open_below(dir, path);
	if (*fd >= 0)
		return true;
	if (errno == ELOOP || errno == EMLINK || errno == ENOTDIR)
		return err_set(err, ERR_INPUT, "a link, or below one: links are refused");
	if (errno == ENOENT)
		return err_set(err, ERR_INPUT, "missing");
	return err_errno(err, "cannot be opened");
}

bool file_read_below(int dir, const char *path, size_t limit, struct buf *buf,
		     struct err *err)
{
	int fd;

	return open_plain(dir, path, &fd, err) && read_regular(fd, limit, buf, err);
}

bool file_scan_below(int dir, const char *path, size_t limit, file_take *take,
		     void *context, size_t *len, struct err *err)
{
	size_t size;
	int fd;
	bool ok;

	if (!open_plain(dir, path, &fd, err))
		return false;
	ok = check_regular(fd, limit, &size, err) &&
	     scan_all(fd, limit, take, context, len, err);
	close(fd);
	return ok;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		ssize_t put = write(fd, bytes, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes += put;
		len -= (size_t)put;
	}
	return true;
}

/* A rename is durable once its folder is; some file systems cannot sync one (EINVAL). */
static bool sync_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf parent = BUF_INIT;
	bool ok;
	int fd;

	if (slash)
		buf_add(&parent, path, slash == path ? 1 : (size_t)(slash - path));
	else
		buf_text(&parent, ".");
	fd = open(parent.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	buf_release(&parent);
	if (fd < 0)
		return false;
	ok = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return ok;
}

/* A whole, durable temporary file beside path; its name is the caller's to release. */
static bool write_beside(const char *path, const void *bytes, size_t len, mode_t mode,
			 struct buf *temporary, struct err *err)
{
	bool ok;
	int fd;

	buf_printf(temporary, "%s.XXXXXX", path);
	fd = mkstemp(temporary->data);
	if (fd < 0)
		return err_errno(err, "%s", path);
	ok = fchmod(fd, mode) == 0 && write_all(fd, bytes, len) && fsync(fd) == 0;
	if (!ok)
		err_errno(err, "%s cannot be written", path);
	if (close(fd) != 0 && ok)
		ok = err_errno(err, "%s cannot be written", path);
	if (!ok)
		unlink(temporary->data);
	return ok;
}

static bool make_durable(const char *path, struct err *err)
{
	return sync_parent(path) || err_errno(err, "%s cannot be made durable", path);
}

bool file_write(const char *path, const void *bytes, size_t len, mode_t mode,
		struct err *err)
{
	struct buf temporary = BUF_INIT;
	bool ok = write_beside(path, bytes, len, mode, &temporary, err);

	if (ok && rename(temporary.data, path) != 0) {
		ok = err_errno(err, "%s cannot be written", path);
		unlink(temporary.data);
	}
	buf_release(&temporary);
	return ok && make_durable(path, err);
}

/* A name for a file, unless something has it. Where the file system has no links, the
 * kernel may be able to rename so. */
static bool name_new(const char *temporary, const char *path)
{
	if (link(temporary, path) == 0) {
		unlink(temporary);
		return true;
	}
	return errno != EEXIST &&
	       renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
}

static bool refuse_existing(const char *path, struct err *err)
{
	return err_set(err, ERR_USAGE, "%s: is there already", path);
}

bool file_create(const char *path, const void *bytes, size_t len, mode_t mode,
		 struct err *err)
{
	struct buf temporary = BUF_INIT;
	struct stat st;
	bool ok;

	if (lstat(path, &st) == 0)
		return refuse_existing(path, err);
	ok = write_beside(path, bytes, len, mode, &temporary, err);
	if (ok && !name_new(temporary.data, path)) {
		ok = errno == EEXIST ? refuse_existing(path, err)
				     : err_errno(err, "%s cannot be written", path);
		unlink(temporary.data);
	}
	buf_release(&temporary);
	return ok && make_durable(path, err);
}

static bool make_one_dir(const char *path, struct err *err)
{
	struct stat st;

	if (mkdir(path, 0700) == 0)
		return true;
	if (errno == EEXIST && stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return err_set(err, ERR_SYSTEM, "%s is not a folder", path);
	return errno == EEXIST || err_errno(err, "%s cannot be created", path);
}

bool file_make_dir(const char *path, struct err *err)
{
	struct buf part = BUF_INIT;
	bool ok = true;

	buf_text(&part, path);
	for (char *slash = part.data + 1; ok && part.len > 0; slash++) {
		char kept = *slash;

		if (kept != '/' && kept != '\0')
			continue;
		*slash = '\0';
		ok = make_one_dir(part.data, err);
		*slash = kept;
		if (kept == '\0')
			break;
	}
	buf_release(&part);
	return ok;
}

static const struct xdg {
	const char *variable, *below_home;
} xdg[] = {
	[FILE_XDG_CONFIG] = { "XDG_CONFIG_HOME", ".config" },
	[FILE_XDG_DATA] = { "XDG_DATA_HOME", ".local/share" },
	[FILE_XDG_STATE] = { "XDG_STATE_HOME", ".local/state" },
};

bool file_xdg(enum file_xdg which, const char *below, struct buf *path, struct err *err)
{
	const char *base = getenv(xdg[which].variable);
	const char *home = getenv("HOME");

	buf_clear(path);
	if (base && base[0] == '/')
		buf_text(path, base);
	else if (home && home[0] == '/')
		buf_printf(path, "%s/%s", home, xdg[which].below_home);
	else
		return err_set(err, ERR_SYSTEM, "neither %s nor HOME is set",
			       xdg[which].variable);
	buf_text(path, "/proctor");
	if (below)
		buf_printf(path, "/%s", below);
	return true;
}
