#include "proctor/crypto.h"

#include <string.h>

#include <sodium.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"

#define DIGEST_BYTES 64 /* BLAKE2b-512: what is signed instead of a file */

/* What the parsers call wrong input is, in a signature, a reason not to trust. */
static bool malformed(struct err *err)
{
	err->kind = ERR_TRUST;
	return err_in(err, "malformed signature");
}

static bool check_algorithm(const uint8_t algorithm[2], struct err *err)
{
	if (memcmp(algorithm, "ED", 2) == 0)
		return true;
	if (memcmp(algorithm, "Ed", 2) == 0)
		return err_set(
			err, ERR_TRUST,
			"legacy signature, not prehashed (Ed): it must be made anew");
	return err_set(err, ERR_TRUST, "unknown signature algorithm 0x%02X%02X",
		       algorithm[0], algorithm[1]);
}

bool crypto_signature_read(const char *bytes, size_t len, struct arena *arena,
			   struct signature *signature, struct err *err)
{
	struct lines lines = { bytes, bytes + len, 0 };
	struct line untrusted, trusted;
	struct signature_layout layout;
	uint8_t over_comment[64];

	if (!crypto_lines_comment(&lines, UNTRUSTED, &untrusted, err) ||
	    !crypto_lines_base64(&lines, &layout, sizeof(layout), err) ||
	    !crypto_lines_comment(&lines, TRUSTED, &trusted, err) ||
	    !crypto_lines_base64(&lines, over_comment, sizeof(over_comment), err) ||
	    !crypto_lines_end(&lines, err))
		return malformed(err);
	if (!check_algorithm(layout.algorithm, err))
		return false;
	memcpy(signature->key_id, layout.key_id, sizeof(layout.key_id));
	memcpy(signature->over_file, layout.over_file, sizeof(layout.over_file));
	memcpy(signature->over_comment, over_comment, sizeof(over_comment));
	signature->comment = arena_copy(arena, trusted.text, trusted.len);
	return true;
}

static void digest_file(const void *bytes, size_t len, uint8_t digest[DIGEST_BYTES])
{
	crypto_generichash(digest, DIGEST_BYTES, bytes, len, NULL, 0);
}

/* The second signature binds the comment to the first one. */
static void add_comment_message(struct buf *message, const uint8_t over_file[64],
				const char *comment)
{
	buf_add(message, over_file, 64);
	buf_text(message, comment);
}

static bool is_signed(const uint8_t signature[64], const void *bytes, size_t len,
		      const struct public_key *key)
{
	return crypto_sign_verify_detached(signature, bytes, len, key->key) == 0;
}

enum crypto_verdict crypto_verify(const struct public_key *key,
				  const struct signature *signature, const void *bytes,
				  size_t len)
{
	uint8_t digest[DIGEST_BYTES];
	struct buf message = BUF_INIT;
	bool ok;

	if (memcmp(key->id, signature->key_id, sizeof(key->id)) != 0)
		return CRYPTO_OTHER_KEY;
	digest_file(bytes, len, digest);
	if (!is_signed(signature->over_file, digest, sizeof(digest), key))
		return CRYPTO_BAD_FILE;
	add_comment_message(&message, signature->over_file, signature->comment);
	ok = is_signed(signature->over_comment, message.data, message.len, key);
	buf_release(&message);
	return ok ? CRYPTO_GOOD : CRYPTO_BAD_COMMENT;
}

static void write_signature(const struct signature_layout *layout, const char *comment,
			    const uint8_t over_comment[64], struct buf *out)
{
	const int variant = sodium_base64_VARIANT_ORIGINAL;
	char first[BASE64_SIZE(sizeof(*layout))], second[BASE64_SIZE(64)];

	sodium_bin2base64(first, sizeof(first), (const unsigned char *)layout,
			  sizeof(*layout), variant);
	sodium_bin2base64(second, sizeof(second), over_comment, 64, variant);
	buf_printf(out,
		   UNTRUSTED "signature from minisign secret key\n"
			     "%s\n" TRUSTED "%s\n%s\n",
		   first, comment, second);
}

bool crypto_sign_file(const struct secret_key *key, const void *bytes, size_t len,
		      const char *comment, struct buf *out, struct err *err)
{
	struct signature_layout layout = { .algorithm = { 'E', 'D' } };
	uint8_t digest[DIGEST_BYTES], over_comment[64];
	struct buf message = BUF_INIT;

	if (strlen(comment) > CRYPTO_COMMENT_MAX)
		return err_set(err, ERR_INPUT, "trusted comment is longer than %d bytes",
			       CRYPTO_COMMENT_MAX);
	if (!crypto_comment_is_plain(comment, strlen(comment)))
		return err_set(err, ERR_INPUT,
			       "trusted comment has control characters or invalid UTF-8");
	memcpy(layout.key_id, key->id, sizeof(layout.key_id));
	digest_file(bytes, len, digest);
	crypto_sign_detached(layout.over_file, NULL, digest, sizeof(digest), key->key);
	add_comment_message(&message, layout.over_file, comment);
	crypto_sign_detached(over_comment, NULL, (const unsigned char *)message.data,
			     message.len, key->key);
	write_signature(&layout, comment, over_comment, out);
	buf_release(&message);
	return true;
}
