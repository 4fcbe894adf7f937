#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "proctor/clock.h"
#include "proctor/file.h"
#include "proctor/text.h"

#define MANIFEST "bank.json"

static bool is_bank(const char *dir, struct arena *arena)
{
	return file_exists(arena_printf(arena, "%s/%s", dir, MANIFEST));
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Of two banks of one name, the one found first counts: the user's before the system's.
 */
static void add_folder(struct folders *folders, const char *dir, struct arena *arena)
{
	const char **grown;

	for (size_t i = 0; i < folders->count; i++)
		if (strcmp(base_name(folders->at[i]), base_name(dir)) == 0)
			return;
	if (folders->count == folders->size) {
		folders->size = folders->size * 2 + 8;
		grown = ARENA_ARRAY(arena, folders->size, const char *);
		if (folders->count)
			memcpy(grown, folders->at, folders->count * sizeof(*grown));
		folders->at = grown;
	}
	folders->at[folders->count++] = dir;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The banks in a folder of banks, by name. */
static void add_inside(struct folders *folders, const char *dir, struct arena *arena)
{
	struct folders found = { NULL, 0, 0 };
	struct dirent *entry;
	DIR *open = opendir(dir);

	if (!open)
		return;
	while ((entry = readdir(open))) {
		const char *path = arena_printf(arena, "%s/%s", dir, entry->d_name);

		if (entry->d_name[0] != '.' && is_bank(path, arena))
			add_folder(&found, path, arena);
	}
	closedir(open);
	if (found.count)
		qsort(found.at, found.count, sizeof(*found.at), compare_names);
	for (size_t i = 0; i < found.count; i++)
		add_folder(folders, found.at[i], arena);
}

static void add_place(struct folders *folders, const char *dir, struct arena *arena)
{
	if (is_bank(dir, arena))
		add_folder(folders, dir, arena);
	else
		add_inside(folders, dir, arena);
}

static void add_list(struct folders *folders, const char *list, struct arena *arena)
{
	while (*list) {
		size_t len = strcspn(list, ":");

		if (len)
			add_place(folders, arena_copy(arena, list, len), arena);
		list += len + (list[len] == ':');
	}
}

bool find_folders(const char *given, struct arena *arena, struct folders *folders,
		  struct err *err)
{
	const char *list = getenv("PROCTOR_BANKS");
	struct buf own = BUF_INIT;
	struct err ignored;

	*folders = (struct folders){ NULL, 0, 0 };
	if (given) {
		add_place(folders, given, arena);
		if (!folders->count)
			return err_set(err, ERR_USAGE,
				       "%s: there is no bank (no %s in it)", given,
				       MANIFEST);
		return true;
	}
	if (list)
		add_list(folders, list, arena);
	if (file_xdg(FILE_XDG_DATA, "banks", &own, &ignored))
		add_place(folders, arena_text(arena, own.data), arena);
	add_place(folders, PROCTOR_DATADIR "/banks", arena);
	add_place(folders, PROCTOR_SOURCE "/question_banks", arena);
	buf_release(&own);
	if (!folders->count)
		return err_set(err, ERR_USAGE,
			       "no bank was found; name one with --bank DIR, or see "
			       "proctor bank list");
	return true;
}

static bool not_one(const struct folders *folders, const char *what, struct err *err)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < folders->count; i++)
		buf_printf(&names, "%s%s", i ? ", " : "", base_name(folders->at[i]));
	err_set(err, ERR_USAGE,
		"there are several banks%s (%s): choose one with --bank DIR", what,
		names.data);
	buf_release(&names);
	return false;
}

bool opener_only(struct opener *opener, const char *given, opener_by *by,
		 struct bank **bank, struct err *err)
{
	struct folders folders;

	if (!find_folders(given, opener->arena, &folders, err))
		return false;
	if (folders.count > 1)
		return not_one(&folders, "", err);
	return opener_confine(opener, &folders, err) &&
	       by(opener, folders.at[0], bank, err);
}

const char *today(struct arena *arena)
{
	char date[CLOCK_STAMP_SIZE];

	clock_date(clock_now(&clock_system).real, date);
	return arena_text(arena, date);
}

bool find_blueprint(struct opener *opener, const char *id, struct bank **bank,
		    struct blueprint *blueprint, struct err *err)
{
	struct err why = ERR_INIT, refused = ERR_INIT;
	struct bank *found = NULL;
	struct folders folders;

	if (!find_folders(opener->given->dir, opener->arena, &folders, err))
		return false;
	if (folders.count > 1 && !id)
		return not_one(&folders, "", err);
	if (!opener_confine(opener, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		struct blueprint read;
		struct bank *opened;

		if (!opener_open(opener, folders.at[i], &opened, &why)) {
			if (refused.kind)
				put_note(refused.text);
			refused = why;
			continue;
		}
		if (!blueprint_find(opened, id, opener->arena, &read, &why)) {
			bank_free(opened);
			continue;
		}
		if (found) {
			bank_free(opened);
			bank_free(found);
			return not_one(&folders, " with that blueprint", err);
		}
		*blueprint = read;
		found = opened;
	}
	if (!found) {
		*err = refused.kind ? refused : why;
		return false;
	}
	if (refused.kind)
		put_note(refused.text);
	*bank = found;
	return true;
}
