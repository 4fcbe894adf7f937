#ifndef PROCTOR_CRYPTO_H
#define PROCTOR_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct err;

/*
 * Digests, seeded randomness and minisign files, over libsodium. crypto_start()
 * comes first, once.
 */
void crypto_start(void);

/* ---- Digests: BLAKE2b-256 ---- */

#define CRYPTO_DIGEST_BYTES 32
#define CRYPTO_HEX_SIZE (2 * CRYPTO_DIGEST_BYTES + 1)

struct digest {
	uint8_t bytes[CRYPTO_DIGEST_BYTES];
};

struct digest crypto_digest(const void *bytes, size_t len);

/* The same of bytes that come in pieces. */
struct crypto_sum {
	_Alignas(64) uint8_t state[384];
};

void crypto_sum_init(struct crypto_sum *sum);
void crypto_sum_add(struct crypto_sum *sum, const void *bytes, size_t len);
struct digest crypto_sum_end(struct crypto_sum *sum);

bool crypto_digest_equal(const struct digest *a, const struct digest *b);
void crypto_hex(const struct digest *digest, char hex[CRYPTO_HEX_SIZE]); /* lower case */
bool crypto_unhex(const char *hex, struct digest *digest);               /* exactly 64 */

/* Unpredictable bytes from the system: for new seeds, ids and keys only. */
void crypto_random(void *bytes, size_t len);

/* Zeroes what was secret (a key file's bytes, a password) so that no compiler skips it.
 */
void crypto_wipe(void *bytes, size_t len);

/* Guarded memory, zeroed, kept out of swap, and wiped when it is freed: for passwords. */
void *crypto_locked(size_t size);
void crypto_locked_free(void *memory);

/* ---- Seeded randomness: the same on every machine ---- */

/*
 * A seed is any text; its key is BLAKE2b-256 of it. From the key come
 * - a priority for each id, BLAKE2b-256 keyed with it, first 8 bytes little-endian:
 *   independent of the order ids are listed in;
 * - streams, one for each purpose, that never share a byte, so that a new use of
 *   randomness does not change what an old seed gives.
 */
struct seed {
	uint8_t key[32];
};

struct seed crypto_seed(const char *text);
uint64_t crypto_priority(const struct seed *seed, const char *id);

/*
 * The keystream of randombytes_buf_deterministic() under the key
 * BLAKE2b-256(key = seed, purpose), read as little-endian 32-bit words.
 */
struct crypto_stream {
	uint8_t key[32];
	uint8_t block[64];
	uint32_t counter; /* of the next block */
	size_t used;      /* bytes of block already given */
};

void crypto_stream_init(struct crypto_stream *stream, const struct seed *seed,
			const char *purpose);
uint32_t crypto_stream_word(struct crypto_stream *stream);

/* Uniform in [0, bound), bound >= 1, without modulo bias (by rejection). */
uint32_t crypto_stream_below(struct crypto_stream *stream, uint32_t bound);

/* Fisher-Yates over count elements, from the last down. */
void crypto_stream_shuffle(struct crypto_stream *stream, void *elements, size_t count,
			   size_t size);

/* ---- minisign files ---- */

/*
 * The formats of minisign 0.11, read strictly: exact lines, canonical base64, no
 * control characters or invalid UTF-8 in comments. Only prehashed signatures (ED)
 * are accepted: without domain separation between ED and Ed a signature over a
 * digest could be passed off as one over a file. CRLF line ends and a missing last
 * line feed are accepted.
 */
#define CRYPTO_KEY_ID_SIZE 17   /* 16 upper-case hex digits and a NUL */
#define CRYPTO_KEY_TEXT_SIZE 57 /* the 56 characters of a public key and a NUL */
#define CRYPTO_COMMENT_MAX 1024 /* bytes of a trusted comment we make */
#define CRYPTO_PUBLIC_FILE_MAX 4096
#define CRYPTO_SECRET_FILE_MAX 4096
#define CRYPTO_SIGNATURE_FILE_MAX 16384

struct public_key {
	uint8_t id[8]; /* random: a hint where to look, never a proof */
	uint8_t key[32];
};

struct signature {
	uint8_t key_id[8];
	uint8_t over_file[64];
	uint8_t over_comment[64];
	const char *comment; /* trusted comment, in the arena given */
};

void crypto_key_id(const uint8_t id[8], char text[CRYPTO_KEY_ID_SIZE]);

/* The text of a .pub file, or the key alone ("RW..."). ERR_INPUT names the line. */
bool crypto_public_read(const char *bytes, size_t len, struct public_key *key,
			struct err *err);
void crypto_public_text(const struct public_key *key, char text[CRYPTO_KEY_TEXT_SIZE]);
void crypto_public_write(const struct public_key *key, struct buf *out);
bool crypto_public_equal(const struct public_key *a, const struct public_key *b);

/* The text of a .minisig file. ERR_TRUST, with a message of its own for: malformed at
 * line N, legacy (Ed), unknown algorithm. */
bool crypto_signature_read(const char *bytes, size_t len, struct arena *arena,
			   struct signature *signature, struct err *err);

/* Does the key's holder vouch for these bytes and this comment? The id must match. */
enum crypto_verdict {
	CRYPTO_GOOD,
	CRYPTO_OTHER_KEY,
	CRYPTO_BAD_FILE,
	CRYPTO_BAD_COMMENT
};

enum crypto_verdict crypto_verify(const struct public_key *key,
				  const struct signature *signature, const void *bytes,
				  size_t len);

/*
 * Secret keys live in guarded, locked memory that is wiped when freed. A file
 * without password needs none; else `password` (called at most once, may be NULL:
 * then refused) writes one into the locked buffer of CRYPTO_PASSWORD_MAX bytes.
 */
#define CRYPTO_PASSWORD_MAX 1024

struct secret_key;

typedef bool crypto_password(void *context, char *password, struct err *err);

bool crypto_secret_read(const char *bytes, size_t len, crypto_password *password,
			void *context, struct secret_key **key, struct err *err);
void crypto_secret_public(const struct secret_key *key, struct public_key *out);
void crypto_secret_free(struct secret_key *key);

/* A new key; crypto_secret_write() gives the file, encrypted if password is not NULL. */
struct secret_key *crypto_secret_new(void);
bool crypto_secret_write(const struct secret_key *key, const char *password,
			 struct buf *out, struct err *err);

/* The .minisig file, byte for byte what minisign -S writes for the same comments. */
bool crypto_sign_file(const struct secret_key *key, const void *bytes, size_t len,
		      const char *comment, struct buf *out, struct err *err);

#endif
