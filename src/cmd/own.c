#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "proctor/file.h"

#define BLUEPRINT_FILE_MAX ((size_t)1 << 20)

static bool read_own(const char *path, struct arena *arena, struct blueprint *blueprint,
		     struct err *err)
{
	const char *name = strcmp(path, "-") == 0 ? "standard input" : path;
	struct buf text = BUF_INIT;
	bool ok;

	ok = file_read(path, BLUEPRINT_FILE_MAX, &text, err) &&
	     blueprint_read(name, text.data, text.len, arena, blueprint, err);
	buf_release(&text);
	return ok;
}

static bool serves(const struct bank *bank, const struct blueprint *blueprint,
		   struct arena *arena)
{
	size_t count;

	bank_find_prefix(bank, arena_printf(arena, "%s:", blueprint->exam), &count);
	return count > 0;
}

/* The exams a bank has questions for, as "a, b". */
static void list_exams(const struct bank *bank, struct buf *text)
{
	for (size_t i = 0; i < bank->entry_count;) {
		const char *objective = bank->entries[i].objective;
		size_t len = strcspn(objective, ":") + 1;

		buf_printf(text, "%s%.*s", text->len ? ", " : "", (int)len - 1,
			   objective);
		while (i < bank->entry_count &&
		       strncmp(bank->entries[i].objective, objective, len) == 0)
			i++;
	}
}

static bool no_exam(const struct bank *bank, const struct blueprint *blueprint,
		    struct err *err)
{
	struct buf exams = BUF_INIT;

	list_exams(bank, &exams);
	err_set(err, ERR_USAGE,
		"blueprint %s is for the exam \"%s\"; bank %s has questions for %s",
		blueprint->id, blueprint->exam, bank->id, exams.data);
	buf_release(&exams);
	return false;
}

/* Among the banks, the one with questions for that exam. */
static bool find_server(struct opener *opener, const struct blueprint *blueprint,
			struct bank **bank, struct err *err)
{
	struct bank *found = NULL;
	struct folders folders;
	struct err why = ERR_INIT;

	if (!find_folders(opener->given->dir, opener->arena, &folders, err) ||
	    !opener_confine(opener, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		struct bank *opened;

		if (!opener_open(opener, folders.at[i], &opened, &why))
			continue;
		if (!serves(opened, blueprint, opener->arena)) {
			no_exam(opened, blueprint, &why);
			bank_free(opened);
		} else if (found) {
			bank_free(opened);
			bank_free(found);
			return err_set(err, ERR_USAGE,
				       "several banks have questions for the exam "
				       "\"%s\": choose one with --bank DIR",
				       blueprint->exam);
		} else {
			found = opened;
		}
	}
	if (!found) {
		*err = why;
		return false;
	}
	*bank = found;
	return true;
}

bool choose_stored(struct opener *opener, const struct blueprint *stored,
		   struct bank **bank, struct blueprint *blueprint, struct err *err)
{
	struct err ignored = ERR_INIT;

	if (find_blueprint(opener, stored->id, bank, blueprint, &ignored))
		return true;
	if (!find_server(opener, stored, bank, err))
		return false;
	*blueprint = *stored;
	return true;
}

/* The file is read first: from then on the process can only read banks. */
bool choose_blueprint(struct opener *opener, const char *id, const char *path,
		      struct bank **bank, struct blueprint *blueprint, struct err *err)
{
	struct blueprint own;

	if (!path)
		return find_blueprint(opener, id, bank, blueprint, err);
	if (id)
		return err_set(err, ERR_USAGE,
			       "one blueprint at a time: %s, or --blueprint %s?", id,
			       path);
	if (!read_own(path, opener->arena, &own, err) ||
	    !find_server(opener, &own, bank, err))
		return false;
	*blueprint = own;
	return true;
}
