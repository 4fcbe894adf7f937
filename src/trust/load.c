#include "proctor/trust.h"

#include <string.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/file.h"

void trust_add(struct trust *trust, const struct trusted_key *key)
{
	for (size_t i = 0; i < trust->count; i++) {
		if (crypto_public_equal(&trust->keys[i].key, &key->key) &&
		    memcmp(trust->keys[i].key.id, key->key.id, sizeof(key->key.id)) ==
			    0) {
			trust->keys[i] = *key;
			return;
		}
	}
	if (trust->count == trust->size) {
		size_t size = trust->size ? 2 * trust->size : 8;
		struct trusted_key *keys = ARENA_ARRAY(trust->arena, size,
						       struct trusted_key);

		if (trust->count)
			memcpy(keys, trust->keys, trust->count * sizeof(*keys));
		trust->keys = keys;
		trust->size = size;
	}
	trust->keys[trust->count++] = *key;
}

void trust_add_revoked(struct trust *trust, const struct trusted_key *key)
{
	size_t count = trust->revoked_count;
	struct trusted_key *keys = ARENA_ARRAY(trust->arena, count + 1,
					       struct trusted_key);

	if (count)
		memcpy(keys, trust->revoked, count * sizeof(*keys));
	keys[count] = *key;
	trust->revoked = keys;
	trust->revoked_count = count + 1;
}

static bool add_built_in(struct trust *trust, struct err *err)
{
	for (size_t i = 0; trust_built_in[i]; i++) {
		struct trusted_key key = { .from = "built in" };

		if (!crypto_public_read(trust_built_in[i], strlen(trust_built_in[i]),
					&key.key, err))
			return err_in(err, "built-in key");
		trust_add(trust, &key);
	}
	return true;
}

static bool add_place(struct trust *trust, const char *place, struct err *err)
{
	const char *trusted = arena_printf(trust->arena, "%s/trusted.d", place);
	const char *revoked = arena_printf(trust->arena, "%s/revoked.d", place);

	return trust_load_folder(trust, trusted, false, err) &&
	       trust_load_folder(trust, revoked, true, err);
}

static bool add_folders(struct trust *trust, struct err *err)
{
	struct buf own = BUF_INIT;
	bool ok = add_place(trust, "/usr/share/proctor", err) &&
		  add_place(trust, "/etc/proctor", err) &&
		  file_xdg(FILE_XDG_CONFIG, NULL, &own, err) &&
		  add_place(trust, own.data, err);

	buf_release(&own);
	return ok;
}

/* A key that lost a character on its way is called that, and not a missing file. */
static bool is_key_text(const char *text)
{
	return strncmp(text, "RW", 2) == 0 &&
	       (strlen(text) == CRYPTO_KEY_TEXT_SIZE - 1 || !file_exists(text));
}

bool trust_read_key(const char *given, struct public_key *key, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok;

	if (is_key_text(given))
		return crypto_public_read(given, strlen(given), key, err);
	ok = file_read(given, CRYPTO_PUBLIC_FILE_MAX, &text, err) &&
	     (crypto_public_read(text.data, text.len, key, err) ||
	      err_in(err, "%s", given));
	buf_release(&text);
	return ok;
}

static bool add_given(struct trust *trust, const char *given, struct err *err)
{
	struct trusted_key key = { .from = "--key" };

	if (!given)
		return true;
	if (!trust_read_key(given, &key.key, err))
		return err_in(err, "--key");
	trust_add(trust, &key);
	return true;
}

static bool is_revoked(const struct trust *trust, const struct public_key *key)
{
	for (size_t i = 0; i < trust->revoked_count; i++)
		if (crypto_public_equal(&trust->revoked[i].key, key))
			return true;
	return false;
}

bool trust_load(struct trust *trust, const char *key, struct arena *arena,
		struct err *err)
{
	struct trust loaded = { .arena = arena };

	if (!add_built_in(&loaded, err) || !add_folders(&loaded, err) ||
	    !add_given(&loaded, key, err))
		return false;
	for (size_t i = 0; i < loaded.count; i++)
		loaded.keys[i].revoked = is_revoked(&loaded, &loaded.keys[i].key);
	*trust = loaded;
	return true;
}
