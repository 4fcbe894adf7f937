#include "proctor/trust.h"

#include <fnmatch.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/err.h"

/*
 * The most that any key says of a signature. Ids are made at random and can be forged, so
 * several keys may have the one that the signature names.
 */
struct opinion {
	enum crypto_verdict verdict;
	const struct trusted_key *key;
};

/* From "knows nothing of it" to "good". */
static const int weight[] = {
	[CRYPTO_OTHER_KEY] = 0,
	[CRYPTO_BAD_FILE] = 1,
	[CRYPTO_BAD_COMMENT] = 2,
	[CRYPTO_GOOD] = 3,
};

struct question {
	const struct signature *signature;
	const void *bytes;
	size_t len;
};

static void ask(const struct question *question, const struct public_key *public,
		const struct trusted_key *key, struct opinion *most)
{
	enum crypto_verdict verdict = crypto_verify(public, question->signature,
						    question->bytes, question->len);

	if (weight[verdict] > weight[most->verdict])
		*most = (struct opinion){ verdict, key };
}

static struct opinion ask_keys(const struct trust *trust, const struct question *question,
			       bool revoked)
{
	struct opinion most = { CRYPTO_OTHER_KEY, NULL };

	for (size_t i = 0; i < trust->count; i++)
		if (trust->keys[i].revoked == revoked)
			ask(question, &trust->keys[i].key, &trust->keys[i], &most);
	for (size_t i = 0; revoked && i < trust->revoked_count; i++)
		ask(question, &trust->revoked[i].key, NULL, &most);
	return most;
}

static const struct refusal {
	const char *before, *after; /* the id of the key */
} refusals[] = {
	[CRYPTO_OTHER_KEY] = { "signed with key",
			       ", which is not trusted here (proctor key trust)" },
	[CRYPTO_BAD_FILE] = { "bad signature: key", " did not sign these bytes" },
	[CRYPTO_BAD_COMMENT] = { "bad comment signature: key",
				 " did not sign this trusted comment" },
};

static const struct refusal refusal_revoked = { "signed with key", ", which is revoked" };

static bool refuse(const struct signature *signature, const struct refusal *refusal,
		   struct err *err)
{
	char id[CRYPTO_KEY_ID_SIZE];

	crypto_key_id(signature->key_id, id);
	return err_set(err, ERR_TRUST, "%s %s%s", refusal->before, id, refusal->after);
}

bool trust_check(const struct trust *trust, const void *bytes, size_t len,
		 const char *signature, size_t signature_len, struct signer *signer,
		 struct err *err)
{
	struct signature read;
	const struct question question = { &read, bytes, len };
	struct opinion trusted, revoked;

	if (!crypto_signature_read(signature, signature_len, trust->arena, &read, err))
		return false;
	trusted = ask_keys(trust, &question, false);
	revoked = ask_keys(trust, &question, true);
	if (trusted.verdict != CRYPTO_GOOD) {
		bool by_revoked = weight[revoked.verdict] > weight[trusted.verdict];

		return refuse(&read,
			      by_revoked ? &refusal_revoked : &refusals[trusted.verdict],
			      err);
	}
	crypto_key_id(read.key_id, signer->key_id);
	signer->from = trusted.key->from;
	signer->comment = read.comment;
	signer->key = trusted.key;
	return true;
}

/* ---- What a key may sign ---- */

static bool matches(const char *globs, const char *id)
{
	while (*globs) {
		size_t len = strcspn(globs, " \t");
		char glob[4096]; /* as long as a policy file may be */

		if (len > 0 && len < sizeof(glob)) {
			memcpy(glob, globs, len);
			glob[len] = '\0';
			if (fnmatch(glob, id, 0) == 0)
				return true;
		}
		globs += len + (globs[len] != '\0');
	}
	return false;
}

bool trust_allows(const struct signer *signer, const char *bank_id, const char *today,
		  struct err *err)
{
	const struct trusted_key *key = signer->key;

	if (key->banks && !matches(key->banks, bank_id))
		return err_set(err, ERR_TRUST,
			       "key %s may sign only the banks \"%s\", not \"%s\" (%s)",
			       signer->key_id, key->banks, bank_id, signer->from);
	if (key->not_after && strcmp(today, key->not_after) > 0)
		return err_set(err, ERR_TRUST, "key %s was to be trusted until %s (%s)",
			       signer->key_id, key->not_after, signer->from);
	return true;
}
