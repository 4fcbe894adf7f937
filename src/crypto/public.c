#include "proctor/crypto.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "priv.h"
#include "proctor/buf.h"
#include "proctor/err.h"

void crypto_key_id(const uint8_t id[8], char text[CRYPTO_KEY_ID_SIZE])
{
	for (int i = 0; i < 8; i++)
		snprintf(text + 2 * i, 3, "%02X", id[7 - i]);
}

/* A file has two lines; given on the command line there is only the second. */
static bool read_layout(struct lines *lines, struct public_layout *layout,
			struct err *err)
{
	bool bare = lines->end - lines->at > 2 && memcmp(lines->at, "RW", 2) == 0;
	struct line comment;

	return (bare || crypto_lines_comment(lines, UNTRUSTED, &comment, err)) &&
	       crypto_lines_base64(lines, layout, sizeof(*layout), err) &&
	       crypto_lines_end(lines, err);
}

bool crypto_public_read(const char *bytes, size_t len, struct public_key *key,
			struct err *err)
{
	struct lines lines = { bytes, bytes + len, 0 };
	struct public_layout layout;

	if (!read_layout(&lines, &layout, err))
		return err_in(err, "malformed public key");
	if (memcmp(layout.algorithm, SIGNING_KEY, 2) != 0)
		return err_set(err, ERR_INPUT,
			       "malformed public key: line %zu is not a minisign key",
			       lines.number);
	memcpy(key->id, layout.id, sizeof(key->id));
	memcpy(key->key, layout.key, sizeof(key->key));
	return true;
}

void crypto_public_text(const struct public_key *key, char text[CRYPTO_KEY_TEXT_SIZE])
{
	struct public_layout layout;

	memcpy(layout.algorithm, SIGNING_KEY, 2);
	memcpy(layout.id, key->id, sizeof(layout.id));
	memcpy(layout.key, key->key, sizeof(layout.key));
	sodium_bin2base64(text, CRYPTO_KEY_TEXT_SIZE, (const unsigned char *)&layout,
			  sizeof(layout), sodium_base64_VARIANT_ORIGINAL);
}

void crypto_public_write(const struct public_key *key, struct buf *out)
{
	char id[CRYPTO_KEY_ID_SIZE], text[CRYPTO_KEY_TEXT_SIZE];

	crypto_key_id(key->id, id);
	crypto_public_text(key, text);
	buf_printf(out, UNTRUSTED "minisign public key %s\n%s\n", id, text);
}

bool crypto_public_equal(const struct public_key *a, const struct public_key *b)
{
	return memcmp(a->key, b->key, sizeof(a->key)) == 0;
}
