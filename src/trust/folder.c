#include "priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/file.h"

#define POLICY_FILE_MAX 4096

/* ---- Whose is it ---- */

static bool check_owner(const struct stat *st, struct err *err)
{
	if (st->st_uid != 0 && st->st_uid != geteuid())
		return err_set(err, ERR_TRUST,
			       "belongs to user %lu: keys are taken only "
			       "from root and from you",
			       (unsigned long)st->st_uid);
	if (st->st_mode & (S_IWGRP | S_IWOTH))
		return err_set(err, ERR_TRUST,
			       "is writable by others (mode %03o): "
			       "chmod go-w",
			       (unsigned)st->st_mode & 0777);
	return true;
}

/* Whoever may write the folder above can put another one in this one's place. */
static bool check_folder(int dir, const char *path, struct err *err)
{
	struct stat here, above;

	if (fstat(dir, &here) != 0)
		return err_errno(err, "%s", path);
	if (!check_owner(&here, err))
		return err_in(err, "%s", path);
	if (fstatat(dir, "..", &above, 0) != 0)
		return err_errno(err, "%s/..", path);
	if (!check_owner(&above, err))
		return err_in(err, "%s/..", path);
	return true;
}

static bool read_file(int dir, const char *name, size_t limit, struct buf *text,
		      struct err *err)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return err_errno(err, "cannot be read");
	if (S_ISLNK(st.st_mode))
		return err_set(err, ERR_TRUST, "is a link: put the file itself here");
	return check_owner(&st, err) && file_read_below(dir, name, limit, text, err);
}

/* ---- What is in it ---- */

/* One folder while it is read; names are sorted, so that the order is always the same. */
struct folder {
	int dir;
	const char *path;
	bool revoked;
	const char **names;
	size_t count, size;
};

static bool ends_with(const char *name, const char *end)
{
	size_t len = strlen(name), end_len = strlen(end);

	return len > end_len && strcmp(name + len - end_len, end) == 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_name(struct folder *folder, const char *name, struct arena *arena)
{
	if (folder->count == folder->size) {
		size_t size = folder->size ? 2 * folder->size : 16;
		const char **names = ARENA_ARRAY(arena, size, const char *);

		if (folder->count)
			memcpy(names, folder->names, folder->count * sizeof(*names));
		folder->names = names;
		folder->size = size;
	}
	folder->names[folder->count++] = arena_text(arena, name);
}

static bool list(struct folder *folder, struct arena *arena, struct err *err)
{
	int copy = fcntl(folder->dir, F_DUPFD_CLOEXEC, 0);
	DIR *stream = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *entry;
	bool ok = true;

	if (!stream) {
		err_errno(err, "%s", folder->path);
		if (copy >= 0)
			close(copy);
		return false;
	}
	errno = 0;
	for (; (entry = readdir(stream)); errno = 0)
		if (entry->d_name[0] != '.' && (ends_with(entry->d_name, ".pub") ||
						ends_with(entry->d_name, ".policy")))
			add_name(folder, entry->d_name, arena);
	if (errno)
		ok = err_errno(err, "%s", folder->path);
	closedir(stream);
	if (folder->count)
		qsort(folder->names, folder->count, sizeof(*folder->names),
		      compare_names);
	return ok;
}

static bool has_name(const struct folder *folder, const char *name)
{
	for (size_t i = 0; i < folder->count; i++)
		if (strcmp(folder->names[i], name) == 0)
			return true;
	return false;
}

/* The same name with another end. */
static const char *beside(const char *name, const char *end, const char *other,
			  struct arena *arena)
{
	return arena_printf(arena, "%.*s%s", (int)(strlen(name) - strlen(end)), name,
			    other);
}

static bool load_policy(const struct folder *folder, const char *name,
			struct arena *arena, struct trusted_key *key, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok = read_file(folder->dir, name, POLICY_FILE_MAX, &text, err) &&
		  trust_policy_read(text.data, text.len, arena, key, err);

	buf_release(&text);
	return ok || err_in(err, "%s/%s", folder->path, name);
}

static bool load_key(const struct folder *folder, const char *name,
		     struct public_key *key, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok = read_file(folder->dir, name, CRYPTO_PUBLIC_FILE_MAX, &text, err) &&
		  crypto_public_read(text.data, text.len, key, err);

	buf_release(&text);
	return ok || err_in(err, "%s/%s", folder->path, name);
}

/* A policy whose key goes by another name would bind nobody, and nobody would notice. */
static bool check_lonely(const struct folder *folder, const char *name,
			 struct arena *arena, struct err *err)
{
	const char *key = beside(name, ".policy", ".pub", arena);

	if (has_name(folder, key))
		return true;
	return err_set(err, ERR_TRUST, "%s/%s: there is no %s beside it", folder->path,
		       name, key);
}

static bool load_one(struct trust *trust, const struct folder *folder, const char *name,
		     struct err *err)
{
	struct arena *arena = trust->arena;
	struct trusted_key key = { .banks = NULL };
	const char *policy;

	if (ends_with(name, ".policy"))
		return check_lonely(folder, name, arena, err);
	if (!load_key(folder, name, &key.key, err))
		return false;
	key.from = arena_printf(arena, "%s/%s", folder->path, name);
	if (folder->revoked) {
		trust_add_revoked(trust, &key);
		return true;
	}
	policy = beside(name, ".pub", ".policy", arena);
	if (has_name(folder, policy) && !load_policy(folder, policy, arena, &key, err))
		return false;
	trust_add(trust, &key);
	return true;
}

bool trust_load_folder(struct trust *trust, const char *path, bool revoked,
		       struct err *err)
{
	struct folder folder = { .path = path, .revoked = revoked };
	bool ok;

	folder.dir = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder.dir < 0 && errno == ENOENT)
		return true;
	if (folder.dir < 0 && (errno == ELOOP || errno == ENOTDIR))
		return err_set(err, ERR_TRUST, "%s: not a folder, or a link to one",
			       path);
	if (folder.dir < 0)
		return err_errno(err, "%s", path);
	ok = check_folder(folder.dir, path, err) && list(&folder, trust->arena, err);
	for (size_t i = 0; ok && i < folder.count; i++)
		ok = load_one(trust, &folder, folder.names[i], err);
	close(folder.dir);
	return ok;
}
