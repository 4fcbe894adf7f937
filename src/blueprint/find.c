#include "proctor/blueprint.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"

static bool read_all(const struct bank *bank, struct arena *arena, struct blueprint *all,
		     struct err *err)
{
	for (size_t i = 0; i < bank->blueprint_count; i++) {
		const struct bank_blueprint *row = &bank->blueprints[i];

		if (!blueprint_read(row->name, row->text, row->len, arena, &all[i], err))
			return false;
	}
	return true;
}

static bool complain(const struct bank *bank, const char *id, const struct blueprint *all,
		     enum err_kind kind, struct err *err)
{
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < bank->blueprint_count; i++)
		buf_printf(&names, "%s%s", i ? ", " : "", all[i].id);
	if (id)
		err_set(err, kind, "no blueprint \"%s\" in bank %s; it has %s", id,
			bank->id, bank->blueprint_count ? names.data : "none");
	else
		err_set(err, kind, "bank %s has no default blueprint; name one of %s",
			bank->id, bank->blueprint_count ? names.data : "none");
	buf_release(&names);
	return false;
}

/* A default that is not there is the bank's fault, another id the user's. */
bool blueprint_find(const struct bank *bank, const char *id, struct arena *arena,
		    struct blueprint *blueprint, struct err *err)
{
	struct blueprint *all = ARENA_ARRAY(arena, bank->blueprint_count,
					    struct blueprint);
	enum err_kind kind = id || !bank->default_blueprint ? ERR_USAGE : ERR_INPUT;

	if (!read_all(bank, arena, all, err))
		return false;
	if (!id)
		id = bank->default_blueprint;
	for (size_t i = 0; i < bank->blueprint_count; i++) {
		if (id ? strcmp(all[i].id, id) != 0 : bank->blueprint_count > 1)
			continue;
		*blueprint = all[i];
		return true;
	}
	return complain(bank, id, all, kind, err);
}
