#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cmd.h"
#include "proctor/file.h"
#include "proctor/text.h"
#include "proctor/trust.h"

/* Parses, runs, prints: what the four have in common. */
typedef bool key_action(const void *given, char **args, struct arena *arena,
			struct buf *out, struct err *err);

static bool run_with(const struct opt *opts, int argc, char **argv, int most, void *given,
		     key_action *act, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	int i = opt_parse(opts, argc, argv, most, given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = act(given, argv + i, &arena, &out, err) && put_out(&out, err);
	buf_release(&out);
	arena_release(&arena);
	return ok;
}

/* ---- new ---- */

struct new_given {
	bool no_password;
};

static const struct opt new_opts[] = {
	{ OPT_FLAG, 0, "no-password", offsetof(struct new_given, no_password), NULL,
	  "anybody who gets the file can sign with it" },
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

const char *own_secret(struct arena *arena, struct err *err)
{
	struct buf path = BUF_INIT;
	const char *own = NULL;

	if (file_xdg(FILE_XDG_CONFIG, "signing.key", &path, err))
		own = arena_text(arena, path.data);
	buf_release(&path);
	return own;
}

/* NAME.key and NAME.pub; the default lies in the user's own folder, made if need be. */
static bool name_files(const char *name, struct arena *arena, const char **secret,
		       const char **public, struct err *err)
{
	struct buf folder = BUF_INIT;
	size_t len;
	bool ok = true;

	if (!name) {
		name = own_secret(arena, err);
		ok = name && file_xdg(FILE_XDG_CONFIG, NULL, &folder, err) &&
		     file_make_dir(folder.data, err);
	}
	buf_release(&folder);
	if (!ok)
		return false;
	len = strlen(name);
	if (len > 4 && strcmp(name + len - 4, ".key") == 0)
		len -= 4;
	*secret = arena_printf(arena, "%.*s.key", (int)len, name);
	*public = arena_printf(arena, "%.*s.pub", (int)len, name);
	return true;
}

static bool check_free(const char *path, struct err *err)
{
	if (!file_exists(path))
		return true;
	return err_set(err, ERR_USAGE, "%s: is there already, and stays as it is", path);
}

static void put_key(struct buf *out, const struct public_key *key)
{
	char id[CRYPTO_KEY_ID_SIZE], text[CRYPTO_KEY_TEXT_SIZE];

	crypto_key_id(key->id, id);
	crypto_public_text(key, text);
	put_line(out, "key id", id);
	put_line(out, "public key", text);
}

static bool make_new(const void *options, char **args, struct arena *arena,
		     struct buf *out, struct err *err)
{
	const struct new_given *given = options;
	const char *secret, *public;
	struct secret_key *key;
	struct public_key half;
	struct buf text = BUF_INIT;
	bool ok;

	if (!name_files(args[0], arena, &secret, &public, err) ||
	    !check_free(secret, err) || !check_free(public, err))
		return false;
	key = crypto_secret_new();
	crypto_secret_public(key, &half);
	crypto_public_write(&half, &text);
	ok = save_secret(secret, key, given->no_password, err);
	if (ok && !file_create(public, text.data, text.len, 0644, err)) {
		unlink(secret); /* half a pair is of no use, and in the way of a new one
				 */
		ok = false;
	}
	if (ok) {
		put_key(out, &half);
		put_line(out, "to hand out", public);
		put_line(out, "keep secret", secret);
	}
	crypto_secret_free(key);
	buf_release(&text);
	return ok;
}

static bool run_new(int argc, char **argv, struct err *err)
{
	struct new_given given = { false };

	return run_with(new_opts, argc, argv, 1, &given, make_new, err);
}

/* ---- list ---- */

static void put_trusted(struct buf *out, const struct trusted_key *key, const char *day)
{
	put_key(out, &key->key);
	put_line(out, "from", key->from);
	if (key->banks)
		put_line(out, "banks", key->banks);
	if (key->not_after)
		put_line(out, "not after", key->not_after);
	if (key->revoked)
		put_line(out, "REVOKED", "nothing that it signed is believed");
	else if (key->not_after && strcmp(day, key->not_after) > 0)
		put_line(out, "ENDED", "nothing that it signed is believed any more");
}

static const struct trusted_key *find_key(const struct trust *trust,
					  const struct public_key *key)
{
	for (size_t i = 0; i < trust->count; i++)
		if (crypto_public_equal(&trust->keys[i].key, key))
			return &trust->keys[i];
	return NULL;
}

static const struct trusted_key *find_revoked(const struct trust *trust,
					      const struct public_key *key)
{
	for (size_t i = 0; i < trust->revoked_count; i++)
		if (crypto_public_equal(&trust->revoked[i].key, key))
			return &trust->revoked[i];
	return NULL;
}

static bool list(const void *given, char **args, struct arena *arena, struct buf *out,
		 struct err *err)
{
	const char *day = today(arena);
	struct trust trust;

	(void)given, (void)args;
	if (!trust_load(&trust, NULL, arena, err))
		return false;
	for (size_t i = 0; i < trust.count; i++) {
		if (i)
			buf_char(out, '\n');
		put_trusted(out, &trust.keys[i], day);
	}
	for (size_t i = 0; i < trust.revoked_count; i++) {
		struct trusted_key key = trust.revoked[i];

		if (find_key(&trust, &key.key))
			continue;
		key.revoked = true;
		buf_char(out, '\n');
		put_trusted(out, &key, day);
	}
	return true;
}

static bool run_list(int argc, char **argv, struct err *err)
{
	return run_with(NULL, argc, argv, 0, NULL, list, err);
}

/* ---- trust ---- */

struct trust_given {
	const char *banks, *not_after;
};

static const struct opt trust_opts[] = {
	{ OPT_TEXT, 0, "banks", offsetof(struct trust_given, banks), "GLOBS",
	  "only for banks with such ids: \"az400-* aws-*\"" },
	{ OPT_TEXT, 0, "not-after", offsetof(struct trust_given, not_after), "DATE",
	  "only up to this day: 2027-12-31" },
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

/* Shows what is now believed, read back as every later run will read it. */
static bool put_believed(const struct public_key *key, struct arena *arena,
			 struct buf *out, struct err *err)
{
	const struct trusted_key *found;
	struct trust trust;

	if (!trust_load(&trust, NULL, arena, err))
		return false;
	found = find_key(&trust, key);
	if (!found)
		found = find_revoked(&trust, key);
	if (found)
		put_trusted(out, found, today(arena));
	return true;
}

static bool add(const void *options, char **args, struct arena *arena, struct buf *out,
		struct err *err)
{
	const struct trust_given *given = options;
	struct trusted_key key = { .banks = given->banks, .not_after = given->not_after };
	const struct trusted_key *revoked;
	struct buf path = BUF_INIT;
	struct trust trust;
	bool ok;

	if (!args[0])
		return err_set(
			err, ERR_USAGE,
			"say which: proctor key trust FILE, or the key itself, RW...");
	if (!trust_read_key(args[0], &key.key, err) ||
	    !trust_load(&trust, NULL, arena, err))
		return false;
	revoked = find_revoked(&trust, &key.key);
	if (revoked)
		return err_set(err, ERR_TRUST, "this key is revoked (%s)", revoked->from);
	ok = trust_put(&key, &path, err);
	buf_release(&path);
	if (ok)
		buf_text(out, "Trusted from now on:\n\n");
	return ok && put_believed(&key.key, arena, out, err);
}

static bool run_trust(int argc, char **argv, struct err *err)
{
	struct trust_given given = { NULL, NULL };

	return run_with(trust_opts, argc, argv, 1, &given, add, err);
}

/* ---- revoke ---- */

/* The only key that is known by this id: ids are chosen by whoever makes a key. */
static bool find_id(const char *id, struct arena *arena, struct public_key *key,
		    struct err *err)
{
	struct trust trust;
	size_t found = 0;

	if (!trust_load(&trust, NULL, arena, err))
		return false;
	for (size_t i = 0; i < trust.count; i++) {
		char known[CRYPTO_KEY_ID_SIZE];

		crypto_key_id(trust.keys[i].key.id, known);
		if (strcasecmp(known, id) != 0)
			continue;
		*key = trust.keys[i].key;
		found++;
	}
	if (found == 1)
		return true;
	return err_set(err, ERR_USAGE,
		       found ? "several keys have the id %s: give the whole key, RW..."
			     : "no key with the id %s is known here: give the whole key, "
			       "RW..., or its file",
		       id);
}

static bool is_id(const char *text)
{
	return strlen(text) == CRYPTO_KEY_ID_SIZE - 1 &&
	       strspn(text, "0123456789ABCDEFabcdef") == CRYPTO_KEY_ID_SIZE - 1;
}

static bool revoke_key(const void *given, char **args, struct arena *arena,
		       struct buf *out, struct err *err)
{
	struct buf path = BUF_INIT;
	struct public_key key;
	bool ok;

	(void)given;
	if (!args[0])
		return err_set(err, ERR_USAGE,
			       "say which: proctor key revoke ID, FILE, or RW...");
	ok = is_id(args[0]) ? find_id(args[0], arena, &key, err)
			    : trust_read_key(args[0], &key, err);
	ok = ok && trust_put_revoked(&key, &path, err);
	if (ok) {
		buf_text(out, "Believed nowhere from now on:\n\n");
		put_line(out, "revoked by", path.data);
	}
	buf_release(&path);
	return ok && put_believed(&key, arena, out, err);
}

static bool run_revoke(int argc, char **argv, struct err *err)
{
	return run_with(NULL, argc, argv, 1, NULL, revoke_key, err);
}

/* ---- The table ---- */

static const struct cmd cmd_new = {
	"new",    run_new, "[NAME]", "make a signing key: NAME.key and NAME.pub",
	new_opts, NULL,
};
static const struct cmd cmd_list = {
	"list", run_list, "", "the keys that are trusted, and those that are revoked",
	NULL,   NULL,
};
static const struct cmd cmd_trust = {
	"trust",    run_trust, "FILE|RW...", "believe what this key signs from now on",
	trust_opts, NULL,
};
static const struct cmd cmd_revoke = {
	"revoke", run_revoke, "ID|FILE|RW...", "never believe this key again", NULL, NULL,
};

static const struct cmd *const subs[] = {
	&cmd_new, &cmd_list, &cmd_trust, &cmd_revoke, NULL,
};

const struct cmd cmd_key = {
	"key", NULL, "COMMAND", "make, list, trust and revoke signing keys", NULL, subs,
};
