#ifndef TRUST_PRIV_H
#define TRUST_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "proctor/trust.h"

struct arena;
struct err;

/* Public keys compiled in, as text; ended by NULL. */
extern const char *const trust_built_in[];

/*
 * A key that is there already takes over where it comes from and what it may sign: the
 * order is built in, /usr/share, /etc, the user's folder, --key, and the later one has
 * the say.
 */
void trust_add(struct trust *trust, const struct trusted_key *key);
void trust_add_revoked(struct trust *trust, const struct trusted_key *key);

/*
 * All *.pub files of a folder with the policies beside them. The folder may be
 * missing; if it is there, neither it nor the one it stands in nor any file in it may
 * be somebody else's or writable by others. ERR_TRUST.
 */
bool trust_load_folder(struct trust *trust, const char *path, bool revoked,
		       struct err *err);

/* A .policy file: banks=az400-* aws-*, not-after=2027-12-31; # and empty lines. */
bool trust_policy_read(const char *bytes, size_t len, struct arena *arena,
		       struct trusted_key *key, struct err *err);

#endif
