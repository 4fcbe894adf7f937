#include "proctor/crypto.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

void crypto_start(void)
{
	/* Fails only where the system has no random numbers at all. */
	if (sodium_init() < 0)
		abort();
}

void crypto_random(void *bytes, size_t len)
{
	randombytes_buf(bytes, len);
}

void crypto_wipe(void *bytes, size_t len)
{
	if (len)
		sodium_memzero(bytes, len);
}

/* ---- Digests ---- */

struct digest crypto_digest(const void *bytes, size_t len)
{
	struct digest digest;

	crypto_generichash(digest.bytes, sizeof(digest.bytes), bytes, len, NULL, 0);
	return digest;
}

_Static_assert(sizeof(struct crypto_sum) == sizeof(crypto_generichash_state),
	       "room for libsodium's state");

void crypto_sum_init(struct crypto_sum *sum)
{
	crypto_generichash_init((crypto_generichash_state *)sum, NULL, 0,
				CRYPTO_DIGEST_BYTES);
}

void crypto_sum_add(struct crypto_sum *sum, const void *bytes, size_t len)
{
	crypto_generichash_update((crypto_generichash_state *)sum, bytes, len);
}

struct digest crypto_sum_end(struct crypto_sum *sum)
{
	struct digest digest;

	crypto_generichash_final((crypto_generichash_state *)sum, digest.bytes,
				 sizeof(digest.bytes));
	return digest;
}

bool crypto_digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

void crypto_hex(const struct digest *digest, char hex[CRYPTO_HEX_SIZE])
{
	sodium_bin2hex(hex, CRYPTO_HEX_SIZE, digest->bytes, sizeof(digest->bytes));
}

bool crypto_unhex(const char *hex, struct digest *digest)
{
	struct digest read;
	size_t len = strlen(hex), got;

	if (len != CRYPTO_HEX_SIZE - 1 || strspn(hex, "0123456789abcdef") != len)
		return false;
	if (sodium_hex2bin(read.bytes, sizeof(read.bytes), hex, len, NULL, &got, NULL) !=
	    0)
		return false;
	*digest = read;
	return true;
}

/* ---- Seeds ---- */

struct seed crypto_seed(const char *text)
{
	struct seed seed;

	crypto_generichash(seed.key, sizeof(seed.key), (const unsigned char *)text,
			   strlen(text), NULL, 0);
	return seed;
}

static void keyed(const struct seed *seed, const char *text, uint8_t digest[32])
{
	crypto_generichash(digest, 32, (const unsigned char *)text, strlen(text),
			   seed->key, sizeof(seed->key));
}

uint64_t crypto_priority(const struct seed *seed, const char *id)
{
	uint8_t digest[32];
	uint64_t priority = 0;

	keyed(seed, id, digest);
	for (int i = 7; i >= 0; i--)
		priority = priority << 8 | digest[i];
	return priority;
}

/* ---- Streams ---- */

void crypto_stream_init(struct crypto_stream *stream, const struct seed *seed,
			const char *purpose)
{
	*stream = (struct crypto_stream){ .used = sizeof(stream->block) };
	keyed(seed, purpose, stream->key);
}

/* randombytes_buf_deterministic() gives a prefix; this gives any block of the same. */
static void next_block(struct crypto_stream *stream)
{
	static const unsigned char nonce[crypto_stream_chacha20_ietf_NONCEBYTES + 1] =
		"LibsodiumDRG";

	assert(stream->counter < UINT32_MAX);
	memset(stream->block, 0, sizeof(stream->block));
	crypto_stream_chacha20_ietf_xor_ic(stream->block, stream->block,
					   sizeof(stream->block), nonce,
					   stream->counter++, stream->key);
	stream->used = 0;
}

uint32_t crypto_stream_word(struct crypto_stream *stream)
{
	uint32_t word = 0;

	if (stream->used == sizeof(stream->block))
		next_block(stream);
	for (size_t i = 4; i-- > 0;)
		word = word << 8 | stream->block[stream->used + i];
	stream->used += 4;
	return word;
}

/* 2^32 is seldom a multiple of the bound: the words of its remainder are thrown away. */
uint32_t crypto_stream_below(struct crypto_stream *stream, uint32_t bound)
{
	uint32_t remainder, word;

	assert(bound > 0);
	remainder = (UINT32_MAX - bound + 1) % bound;
	do
		word = crypto_stream_word(stream);
	while (word < remainder);
	return word % bound;
}

static void swap(char *a, char *b, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		char kept = a[i];

		a[i] = b[i];
		b[i] = kept;
	}
}

void crypto_stream_shuffle(struct crypto_stream *stream, void *elements, size_t count,
			   size_t size)
{
	char *first = elements;

	assert(count <= UINT32_MAX);
	for (size_t i = count; i > 1; i--) {
		size_t j = crypto_stream_below(stream, (uint32_t)i);

		swap(first + (i - 1) * size, first + j * size, size);
	}
}
