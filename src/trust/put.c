#include "proctor/trust.h"

#include <string.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/file.h"

/* What is there under this name: nothing, this very key, or another one. */
enum found { FOUND_NOTHING, FOUND_SAME, FOUND_OTHER };

static enum found look(const char *path, const struct public_key *key)
{
	struct public_key there;
	struct err ignored;

	if (!file_exists(path))
		return FOUND_NOTHING;
	if (!trust_read_key(path, &there, &ignored))
		return FOUND_OTHER;
	return crypto_public_equal(&there, key) &&
			       memcmp(there.id, key->id, sizeof(key->id)) == 0
		       ? FOUND_SAME
		       : FOUND_OTHER;
}

/* $XDG_CONFIG_HOME/proctor/<folder>/<KEYID>, with the folder made. */
static bool name_key(const char *folder, const struct public_key *key, struct buf *stem,
		     struct err *err)
{
	char id[CRYPTO_KEY_ID_SIZE];

	if (!file_xdg(FILE_XDG_CONFIG, folder, stem, err) ||
	    !file_make_dir(stem->data, err))
		return false;
	crypto_key_id(key->id, id);
	buf_printf(stem, "/%s", id);
	return true;
}

static bool write_key(const char *path, const struct public_key *key, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok;

	crypto_public_write(key, &text);
	ok = file_write(path, text.data, text.len, 0644, err);
	buf_release(&text);
	return ok;
}

/* Only what reads back as it was meant is written. */
static bool write_policy(const char *path, const struct trusted_key *key, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct trusted_key read = { .banks = NULL };
	struct buf text = BUF_INIT;
	bool ok;

	if (key->banks && strchr(key->banks, '\n'))
		return err_set(err, ERR_USAGE, "a line feed among the banks");
	if (key->banks)
		buf_printf(&text, "banks=%s\n", key->banks);
	if (key->not_after)
		buf_printf(&text, "not-after=%s\n", key->not_after);
	ok = trust_policy_read(text.data, text.len, &arena, &read, err);
	if (!ok)
		err->kind = ERR_USAGE;
	ok = ok && file_write(path, text.data, text.len, 0644, err);
	buf_release(&text);
	arena_release(&arena);
	return ok;
}

/* The policy goes first: a key shall at no moment be good for more than it will be. */
bool trust_put(const struct trusted_key *key, struct buf *path, struct err *err)
{
	struct buf policy = BUF_INIT;
	enum found found;
	bool ok = true;

	if (!name_key("trusted.d", &key->key, path, err))
		return false;
	buf_printf(&policy, "%s.policy", path->data);
	buf_text(path, ".pub");
	found = look(path->data, &key->key);
	if (found == FOUND_OTHER)
		ok = err_set(err, ERR_TRUST,
			     "%s: another key has this id, so one of the two is forged",
			     path->data);
	if (ok && (key->banks || key->not_after))
		ok = write_policy(policy.data, key, err);
	if (ok && found == FOUND_NOTHING)
		ok = write_key(path->data, &key->key, err);
	buf_release(&policy);
	return ok;
}

/* A forged key of the same id must not keep the real one from being revoked. */
bool trust_put_revoked(const struct public_key *key, struct buf *path, struct err *err)
{
	struct buf stem = BUF_INIT;
	enum found found = FOUND_OTHER;
	bool ok = name_key("revoked.d", key, &stem, err);

	for (int i = 1; ok && found == FOUND_OTHER; i++) {
		buf_clear(path);
		buf_text(path, stem.data);
		if (i > 1)
			buf_printf(path, "-%d", i);
		buf_text(path, ".pub");
		found = look(path->data, key);
	}
	if (ok && found == FOUND_NOTHING)
		ok = write_key(path->data, key, err);
	buf_release(&stem);
	return ok;
}
