#include "proctor/crypto.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "priv.h"
#include "proctor/buf.h"
#include "proctor/err.h"

/*
 * A key file says itself how much work its password is; within these bounds, so that a
 * planted file can neither hang the program nor eat the machine. Below the lower ones
 * libsodium would make up for little memory with more passes.
 */
#define WORK_MIN crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN
#define WORK_MAX (UINT64_C(1) << 27)
#define MEMORY_MIN crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN
#define MEMORY_MAX (UINT64_C(1) << 31)

/* minisign's own: scrypt with N = 2^20, r = 8, p = 1, which takes 1 GiB. */
#define WORK_NEW crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE
#define MEMORY_NEW crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE

static const uint8_t kdf_none[2] = { 0, 0 };
static const uint8_t kdf_scrypt[2] = { 'S', 'c' };
static const uint8_t checksum_blake2b[2] = { 'B', '2' };

/* All that is secret on the way, in one guarded piece that is wiped when freed. */
struct workshop {
	struct secret_layout layout;
	struct secret_part mask;
	uint8_t seed[32], pair[64], public[32];
	char password[CRYPTO_PASSWORD_MAX];
	char text[BASE64_SIZE(sizeof(struct secret_layout))];
};

void *crypto_locked(size_t size)
{
	void *memory = sodium_malloc(size);

	if (!memory)
		err_no_memory();
	memset(memory, 0, size);
	return memory;
}

void crypto_locked_free(void *memory)
{
	sodium_free(memory);
}

static uint64_t load64(const uint8_t bytes[8])
{
	uint64_t number = 0;

	for (int i = 7; i >= 0; i--)
		number = number << 8 | bytes[i];
	return number;
}

static void store64(uint8_t bytes[8], uint64_t number)
{
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(number >> 8 * i);
}

static void checksum(const struct secret_layout *layout, uint8_t sum[32])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, 32);
	crypto_generichash_update(&state, layout->algorithm, sizeof(layout->algorithm));
	crypto_generichash_update(&state, layout->secret.id, sizeof(layout->secret.id));
	crypto_generichash_update(&state, layout->secret.key, sizeof(layout->secret.key));
	crypto_generichash_final(&state, sum, 32);
	sodium_memzero(&state, sizeof(state));
}

/* Encrypts what is plain and decrypts what is not. */
static bool apply_password(struct workshop *shop, const char *password, struct err *err)
{
	struct secret_layout *layout = &shop->layout;
	uint64_t work = load64(layout->work), memory = load64(layout->memory);
	uint8_t *mask = (uint8_t *)&shop->mask, *secret = (uint8_t *)&layout->secret;

	errno = 0;
	if (crypto_pwhash_scryptsalsa208sha256(mask, sizeof(shop->mask), password,
					       strlen(password), layout->salt, work,
					       (size_t)memory) != 0)
		return err_errno(err, "the key's password needs %llu MiB of memory",
				 (unsigned long long)(memory >> 20));
	for (size_t i = 0; i < sizeof(shop->mask); i++)
		secret[i] ^= mask[i];
	return true;
}

static bool check_bounds(const struct secret_layout *layout, struct err *err)
{
	uint64_t work = load64(layout->work), memory = load64(layout->memory);

	if (work < WORK_MIN || work > WORK_MAX || memory < MEMORY_MIN ||
	    memory > MEMORY_MAX)
		return err_set(err, ERR_INPUT,
			       "its password asks for %llu steps in %llu bytes: refused",
			       (unsigned long long)work, (unsigned long long)memory);
	return true;
}

static bool decrypt(struct workshop *shop, crypto_password *password, void *context,
		    struct err *err)
{
	uint8_t sum[32];

	if (!check_bounds(&shop->layout, err))
		return false;
	if (!password)
		return err_set(err, ERR_USAGE, "the key needs its password");
	if (!password(context, shop->password, err))
		return false;
	shop->password[CRYPTO_PASSWORD_MAX - 1] = '\0';
	if (!apply_password(shop, shop->password, err))
		return false;
	checksum(&shop->layout, sum);
	if (sodium_memcmp(sum, shop->layout.secret.checksum, sizeof(sum)) != 0)
		return err_set(err, ERR_INPUT, "wrong password");
	return true;
}

/* minisign writes no checksum without a password; but the seed gives the public half. */
static bool check_halves(struct workshop *shop, struct err *err)
{
	const uint8_t *key = shop->layout.secret.key;

	crypto_sign_ed25519_sk_to_seed(shop->seed, key);
	crypto_sign_seed_keypair(shop->public, shop->pair, shop->seed);
	if (sodium_memcmp(shop->pair, key, sizeof(shop->pair)) != 0)
		return err_set(err, ERR_INPUT,
			       "damaged: its two halves do not fit together");
	return true;
}

static bool read_layout(struct workshop *shop, const char *bytes, size_t len,
			struct err *err)
{
	struct lines lines = { bytes, bytes + len, 0 };
	struct line comment;

	if (!crypto_lines_comment(&lines, UNTRUSTED, &comment, err) ||
	    !crypto_lines_base64(&lines, &shop->layout, sizeof(shop->layout), err) ||
	    !crypto_lines_end(&lines, err))
		return err_in(err, "malformed secret key");
	if (memcmp(shop->layout.algorithm, SIGNING_KEY, 2) != 0)
		return err_set(err, ERR_INPUT, "not a secret key of minisign");
	return true;
}

static bool open_layout(struct workshop *shop, crypto_password *password, void *context,
			struct err *err)
{
	const struct secret_layout *layout = &shop->layout;

	if (memcmp(layout->checksum_algorithm, checksum_blake2b, 2) != 0)
		return err_set(err, ERR_INPUT, "secret key with an unknown checksum");
	if (memcmp(layout->kdf, kdf_none, 2) == 0)
		return check_halves(shop, err);
	if (memcmp(layout->kdf, kdf_scrypt, 2) != 0)
		return err_set(err, ERR_INPUT,
			       "secret key with an unknown password function");
	return decrypt(shop, password, context, err) && check_halves(shop, err);
}

bool crypto_secret_read(const char *bytes, size_t len, crypto_password *password,
			void *context, struct secret_key **key, struct err *err)
{
	struct workshop *shop = crypto_locked(sizeof(*shop));
	bool ok = read_layout(shop, bytes, len, err) &&
		  open_layout(shop, password, context, err);

	if (ok) {
		struct secret_key *read = crypto_locked(sizeof(*read));

		memcpy(read->id, shop->layout.secret.id, sizeof(read->id));
		memcpy(read->key, shop->layout.secret.key, sizeof(read->key));
		*key = read;
	}
	sodium_free(shop);
	return ok;
}

void crypto_secret_public(const struct secret_key *key, struct public_key *out)
{
	memcpy(out->id, key->id, sizeof(out->id));
	crypto_sign_ed25519_sk_to_pk(out->key, key->key);
}

void crypto_secret_free(struct secret_key *key)
{
	sodium_free(key);
}

struct secret_key *crypto_secret_new(void)
{
	struct secret_key *key = crypto_locked(sizeof(*key));
	uint8_t public[32];

	randombytes_buf(key->id, sizeof(key->id));
	crypto_sign_keypair(public, key->key);
	return key;
}

static bool encrypt(struct workshop *shop, const char *password, struct err *err)
{
	struct secret_layout *layout = &shop->layout;

	if (!password[0])
		return err_set(err, ERR_USAGE, "the password is empty");
	if (strlen(password) >= CRYPTO_PASSWORD_MAX)
		return err_set(err, ERR_USAGE, "the password is longer than %d bytes",
			       CRYPTO_PASSWORD_MAX - 1);
	memcpy(layout->kdf, kdf_scrypt, 2);
	randombytes_buf(layout->salt, sizeof(layout->salt));
	store64(layout->work, WORK_NEW);
	store64(layout->memory, MEMORY_NEW);
	checksum(layout, layout->secret.checksum);
	return apply_password(shop, password, err);
}

bool crypto_secret_write(const struct secret_key *key, const char *password,
			 struct buf *out, struct err *err)
{
	struct workshop *shop = crypto_locked(sizeof(*shop));
	struct secret_layout *layout = &shop->layout;
	bool ok;

	memcpy(layout->algorithm, SIGNING_KEY, 2);
	memcpy(layout->checksum_algorithm, checksum_blake2b, 2);
	memcpy(layout->secret.id, key->id, sizeof(key->id));
	memcpy(layout->secret.key, key->key, sizeof(key->key));
	ok = !password || encrypt(shop, password, err);
	if (ok) {
		sodium_bin2base64(shop->text, sizeof(shop->text), (unsigned char *)layout,
				  sizeof(*layout), sodium_base64_VARIANT_ORIGINAL);
		/* At once: a buffer that grows leaves copies behind. */
		buf_space(out, sizeof(shop->text) + 64);
		buf_text(out, UNTRUSTED "minisign encrypted secret key\n");
		buf_text(out, shop->text);
		buf_char(out, '\n');
	}
	sodium_free(shop);
	return ok;
}
