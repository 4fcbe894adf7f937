#ifndef PROCTOR_TRUST_H
#define PROCTOR_TRUST_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/crypto.h"

struct arena;
struct buf;
struct err;

/*
 * Whom we believe. Trusted keys are the release key compiled in, those in the folders
 * trusted.d of /usr/share/proctor, /etc/proctor and $XDG_CONFIG_HOME/proctor, and those
 * given on the command line. A key that stands in a revoked.d beside them is believed
 * nowhere, wherever else it stands. Keys are compared whole; the key id only says where
 * to look.
 *
 * Nothing is ever trusted because it was seen before: there is no first use.
 */
struct trusted_key {
	struct public_key key;
	const char *from;  /* "built in", "--key", or the file's path */
	const char *banks; /* blank-separated globs of bank ids it may sign; NULL: any */
	const char *not_after; /* "2027-12-31", or NULL */
	bool revoked;
};

struct trust {
	struct arena *arena;
	struct trusted_key *keys;
	size_t count, size;
	struct trusted_key *revoked; /* key and from alone */
	size_t revoked_count;
};

/* What a good signature says. The texts live in the arena of the trust. */
struct signer {
	char key_id[CRYPTO_KEY_ID_SIZE];
	const char *from;
	const char *comment; /* the trusted comment, signed */
	const struct trusted_key *key;
};

/* With the built-in key and the folders; `key` is a file or an "RW..." text, or NULL. */
bool trust_load(struct trust *trust, const char *key, struct arena *arena,
		struct err *err);

/* A key as it is given on a command line: a file, or "RW..." text. */
bool trust_read_key(const char *given, struct public_key *key, struct err *err);

/*
 * Writes a key into the user's trusted.d, with a policy beside it when it has one (else
 * the policy that is there stays), or into the user's revoked.d; path is where. What is
 * there already is done. A key of the same id and other bytes is never overwritten:
 * ERR_TRUST. Counts from the next trust_load() on.
 */
bool trust_put(const struct trusted_key *key, struct buf *path, struct err *err);
bool trust_put_revoked(const struct public_key *key, struct buf *path, struct err *err);

/*
 * Is this signature file good for these bytes, by a trusted key? Each refusal has its
 * own message: malformed, legacy, unknown key, revoked, bad signature, bad comment
 * signature. ERR_TRUST.
 */
bool trust_check(const struct trust *trust, const void *bytes, size_t len,
		 const char *signature, size_t signature_len, struct signer *signer,
		 struct err *err);

/* May this key sign the bank of this id on this day ("2026-11-20")? ERR_TRUST. */
bool trust_allows(const struct signer *signer, const char *bank_id, const char *today,
		  struct err *err);

#endif
