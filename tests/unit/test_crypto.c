#include "proctor/crypto.h"

#include <sodium.h>

#include "vectors.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The key of the published vectors: 00, 01, ... 1f. */
static struct seed counting_seed(void)
{
	struct seed seed;

	for (size_t i = 0; i < sizeof(seed.key); i++)
		seed.key[i] = (uint8_t)i;
	return seed;
}

/* ---- Digests ---- */

static void digests_are_blake2b_256_in_lower_case_hex(void **state)
{
	struct digest empty = crypto_digest("", 0), abc = crypto_digest("abc", 3), read;
	char hex[CRYPTO_HEX_SIZE];

	(void)state;
	crypto_hex(&empty, hex);
	EXPECT_TEXT(hex,
		    "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
	crypto_hex(&abc, hex);
	EXPECT_TEXT(hex,
		    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	EXPECT_FALSE(crypto_digest_equal(&empty, &abc));
	EXPECT_TRUE(crypto_unhex(hex, &read));
	EXPECT_TRUE(crypto_digest_equal(&read, &abc));
}

static void a_digest_does_not_depend_on_the_pieces(void **state)
{
	unsigned char bytes[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 7);
	for (size_t piece = 1; piece <= sizeof(bytes); piece += 13) {
		struct digest whole = crypto_digest(bytes, sizeof(bytes)), made;
		struct crypto_sum sum;

		crypto_sum_init(&sum);
		for (size_t at = 0; at < sizeof(bytes); at += piece) {
			size_t left = sizeof(bytes) - at;

			crypto_sum_add(&sum, bytes + at, left < piece ? left : piece);
		}
		made = crypto_sum_end(&sum);
		EXPECT_TRUE(crypto_digest_equal(&whole, &made));
	}
}

static void digests_that_differ_in_one_bit_are_not_equal(void **state)
{
	struct digest a = crypto_digest("abc", 3);

	(void)state;
	for (size_t bit = 0; bit < 8 * sizeof(a.bytes); bit++) {
		struct digest b = a;

		b.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		EXPECT_FALSE(crypto_digest_equal(&a, &b));
	}
}

static void only_64_lower_case_hex_digits_are_a_digest(void **state)
{
	static const char hex[] =
		"bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";
	struct digest before = crypto_digest("x", 1), digest = before;
	char text[80];

	(void)state;
	for (size_t len = 0; len < 64; len++) {
		snprintf(text, sizeof(text), "%.*s", (int)len, hex);
		EXPECT_FALSE(crypto_unhex(text, &digest));
	}
	snprintf(text, sizeof(text), "%s0", hex);
	EXPECT_FALSE(crypto_unhex(text, &digest));
	for (size_t i = 0; i < 64; i++) {
		memcpy(text, hex, sizeof(hex));
		text[i] = i % 2 ? 'g' : 'B';
		EXPECT_FALSE(crypto_unhex(text, &digest));
		text[i] = ' ';
		EXPECT_FALSE(crypto_unhex(text, &digest));
	}
	EXPECT_TRUE(crypto_digest_equal(&digest, &before));
}

static void random_bytes_are_not_all_the_same(void **state)
{
	uint8_t a[32] = { 0 }, b[32] = { 0 };

	(void)state;
	crypto_random(a, sizeof(a));
	crypto_random(b, sizeof(b));
	assert_memory_not_equal(a, b, sizeof(a));
}

static void what_is_wiped_is_zero(void **state)
{
	char secret[] = "password";
	static const char zero[sizeof(secret)];

	(void)state;
	crypto_wipe(secret, sizeof(secret));
	assert_memory_equal(secret, zero, sizeof(zero));
	crypto_wipe(NULL, 0);
}

/* ---- Seeds and streams ---- */

static void a_seed_is_the_digest_of_its_text(void **state)
{
	struct seed seed = crypto_seed("abc");
	struct digest digest = crypto_digest("abc", 3);

	(void)state;
	assert_memory_equal(seed.key, digest.bytes, sizeof(seed.key));
}

static void priorities_are_keyed_blake2b_256(void **state)
{
	struct seed seed = counting_seed();

	(void)state;
	/* By another implementation, Python's hashlib: f96dc5ee8d64edeb25813c8c... */
	EXPECT_TRUE(crypto_priority(&seed, "item-0001") == UINT64_C(0xebed648deec56df9));
	EXPECT_FALSE(crypto_priority(&seed, "item-0002") ==
		     crypto_priority(&seed, "item-0001"));
	seed.key[0] ^= 1;
	EXPECT_FALSE(crypto_priority(&seed, "item-0001") == UINT64_C(0xebed648deec56df9));
}

static void a_stream_is_the_published_keystream(void **state)
{
	/* jedisct1/libsodium, test/default/randombytes.exp: seed 00..1f */
	static const uint8_t wanted[32] = {
		0x0d, 0x8e, 0x6c, 0xc6, 0x87, 0x15, 0x64, 0x89, 0x26, 0x73, 0x2e,
		0x7e, 0xa7, 0x32, 0x50, 0xcf, 0xaf, 0x2d, 0x58, 0x42, 0x20, 0x83,
		0x90, 0x4c, 0x84, 0x1a, 0x8b, 0xa3, 0x3b, 0x98, 0x61, 0x11,
	};
	struct crypto_stream stream = { .used = sizeof(stream.block) };
	struct seed seed = counting_seed();

	(void)state;
	memcpy(stream.key, seed.key, sizeof(stream.key));
	for (size_t i = 0; i < sizeof(wanted); i += 4) {
		uint32_t word = (uint32_t)wanted[i] | (uint32_t)wanted[i + 1] << 8 |
				(uint32_t)wanted[i + 2] << 16 |
				(uint32_t)wanted[i + 3] << 24;

		EXPECT_INT(crypto_stream_word(&stream), word);
	}
}

static void a_long_stream_is_what_libsodium_gives_at_once(void **state)
{
	static uint8_t wanted[10000];
	struct seed seed = crypto_seed("tuesday");
	struct crypto_stream stream;
	uint8_t key[32];

	(void)state;
	crypto_generichash(key, 32, (const unsigned char *)"options", 7, seed.key, 32);
	randombytes_buf_deterministic(wanted, sizeof(wanted), key);
	crypto_stream_init(&stream, &seed, "options");
	for (size_t i = 0; i < sizeof(wanted); i += 4) {
		uint32_t word = crypto_stream_word(&stream);

		for (size_t j = 0; j < 4; j++)
			EXPECT_INT((word >> 8 * j) & 0xFF, wanted[i + j]);
	}
}

static void each_purpose_and_each_seed_has_its_own_stream(void **state)
{
	struct seed one = crypto_seed("1"), two = crypto_seed("2");
	struct crypto_stream a, b, c, again;
	uint32_t word;

	(void)state;
	crypto_stream_init(&a, &one, "draw");
	crypto_stream_init(&b, &one, "order");
	crypto_stream_init(&c, &two, "draw");
	crypto_stream_init(&again, &one, "draw");
	word = crypto_stream_word(&a);
	EXPECT_FALSE(word == crypto_stream_word(&b));
	EXPECT_FALSE(word == crypto_stream_word(&c));
	EXPECT_INT(word, crypto_stream_word(&again));
}

static void below_a_bound_is_libsodiums_rejection(void **state)
{
	static const uint32_t bounds[] = { 1,          2,         3,          6,
					   65,         1000003,   0x80000000, 0x80000001,
					   0xC0000000, 0xFFFFFFFF };
	struct seed seed = crypto_seed("bounds");
	struct crypto_stream stream, words;

	(void)state;
	crypto_stream_init(&stream, &seed, "x");
	crypto_stream_init(&words, &seed, "x");
	for (int round = 0; round < 2000; round++) {
		uint32_t bound = bounds[(size_t)round % COUNT(bounds)];
		uint32_t least = (1U + ~bound) % bound, word;

		while ((word = crypto_stream_word(&words)) < least)
			continue;
		EXPECT_INT(crypto_stream_below(&stream, bound), word % bound);
	}
}

static void below_a_bound_every_number_is_as_likely(void **state)
{
	struct seed seed = crypto_seed("die");
	struct crypto_stream stream;
	double square = 0;
	int seen[6] = { 0 };

	(void)state;
	crypto_stream_init(&stream, &seed, "x");
	for (int i = 0; i < 60000; i++)
		seen[crypto_stream_below(&stream, 6)]++;
	for (size_t i = 0; i < 6; i++)
		square += (seen[i] - 10000.0) * (seen[i] - 10000.0) / 10000.0;
	EXPECT_TRUE(square < 35.9); /* chi-squared, 5 degrees: one in a million */
}

static void a_shuffle_is_fisher_yates_from_the_last_down(void **state)
{
	struct seed seed = crypto_seed("cards");
	struct crypto_stream stream, choices;
	int shuffled[52], wanted[52];

	(void)state;
	for (int i = 0; i < 52; i++)
		shuffled[i] = wanted[i] = i;
	crypto_stream_init(&stream, &seed, "x");
	crypto_stream_init(&choices, &seed, "x");
	crypto_stream_shuffle(&stream, shuffled, 52, sizeof(int));
	for (uint32_t i = 51; i > 0; i--) {
		uint32_t j = crypto_stream_below(&choices, i + 1);
		int kept = wanted[i];

		wanted[i] = wanted[j];
		wanted[j] = kept;
	}
	assert_memory_equal(shuffled, wanted, sizeof(wanted));
	EXPECT_INT(crypto_stream_word(&stream), crypto_stream_word(&choices));
}

static void every_order_of_four_is_as_likely(void **state)
{
	struct seed seed = crypto_seed("options");
	struct crypto_stream stream;
	int seen[256] = { 0 }, orders = 0;
	double square = 0;

	(void)state;
	crypto_stream_init(&stream, &seed, "x");
	for (int i = 0; i < 24000; i++) {
		char four[4] = { 0, 1, 2, 3 };

		crypto_stream_shuffle(&stream, four, 4, 1);
		seen[four[0] << 6 | four[1] << 4 | four[2] << 2 | four[3]]++;
	}
	for (size_t i = 0; i < COUNT(seen); i++) {
		orders += seen[i] > 0;
		if (seen[i])
			square += (seen[i] - 1000.0) * (seen[i] - 1000.0) / 1000.0;
	}
	EXPECT_INT(orders, 24);
	EXPECT_TRUE(square < 74.0); /* chi-squared, 23 degrees: one in a million */
}

static void a_shuffle_of_nothing_or_one_takes_nothing_from_the_stream(void **state)
{
	struct seed seed = crypto_seed("x");
	struct crypto_stream stream, untouched;
	int one = 7;

	(void)state;
	crypto_stream_init(&stream, &seed, "x");
	crypto_stream_init(&untouched, &seed, "x");
	crypto_stream_shuffle(&stream, NULL, 0, sizeof(int));
	crypto_stream_shuffle(&stream, &one, 1, sizeof(int));
	EXPECT_INT(one, 7);
	EXPECT_INT(crypto_stream_word(&stream), crypto_stream_word(&untouched));
}

/* ---- Public keys ---- */

static void a_public_key_is_read_from_a_file_or_its_56_characters(void **state)
{
	struct public_key key = vector_public("plain.pub"), again;
	struct buf file = vector_file("plain.pub"), written = BUF_INIT;
	char text[CRYPTO_KEY_TEXT_SIZE], id[CRYPTO_KEY_ID_SIZE];
	struct err err = ERR_INIT;

	(void)state;
	crypto_key_id(key.id, id);
	EXPECT_TEXT(id, "E79B4DA21E2D3781");
	crypto_public_text(&key, text);
	EXPECT_INT(strlen(text), 56);
	assert_non_null(strstr(file.data, text));
	EXPECT_OK(crypto_public_read(text, strlen(text), &again, &err), err);
	EXPECT_TRUE(crypto_public_equal(&key, &again));
	assert_memory_equal(key.id, again.id, sizeof(key.id));
	crypto_public_write(&key, &written);
	EXPECT_TEXT(written.data, file.data);
	buf_release(&file);
	buf_release(&written);
}

static void key_ids_are_printed_with_all_16_digits(void **state)
{
	static const uint8_t id[8] = { 0xEF, 0xCD, 0xAB, 0x89, 0x67, 0x45, 0x03, 0x00 };
	char text[CRYPTO_KEY_ID_SIZE];

	(void)state;
	crypto_key_id(id, text);
	EXPECT_TEXT(text, "0003456789ABCDEF");
}

static void keys_are_equal_by_the_key_and_not_by_the_id(void **state)
{
	struct public_key a = vector_public("plain.pub"), b = a;

	(void)state;
	b.id[0] ^= 1;
	EXPECT_TRUE(crypto_public_equal(&a, &b));
	b.key[31] ^= 0x80;
	EXPECT_FALSE(crypto_public_equal(&a, &b));
}

static void expect_no_public_key(const char *text, const char *part)
{
	struct public_key key;
	struct err err;

	EXPECT_ERR(crypto_public_read(text, strlen(text), &key, &err), err, ERR_INPUT,
		   part);
}

#define KEY "RWQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWona"

static void malformed_public_keys_are_refused_by_line(void **state)
{
	struct public_key key;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(crypto_public_read(KEY "\n", 57, &key, &err), err);
	EXPECT_OK(crypto_public_read(KEY "\r\n", 58, &key, &err), err);
	expect_no_public_key("", "line 1 is missing");
	expect_no_public_key("hello\n" KEY,
			     "line 1 does not begin with \"untrusted comment: \"");
	expect_no_public_key("untrusted comment: x\n", "line 2 is missing");
	expect_no_public_key("untrusted comment: x\n" KEY "\n\n",
			     "line 3: nothing may follow");
	expect_no_public_key("untrusted comment: \x1b[2J\n" KEY "\n", "line 1: control");
	expect_no_public_key(KEY "\n" KEY "\n", "line 2: nothing may follow line 1");
	expect_no_public_key(KEY "x", "line 1 has 57 characters instead of 56");
	expect_no_public_key(" " KEY, "line 1 does not begin");
	expect_no_public_key("untrusted comment: x\n" KEY " \n",
			     "line 2 has 57 characters");
	expect_no_public_key("untrusted comment: x\n\n" KEY "\n",
			     "line 2 has 0 characters");
	expect_no_public_key("RWQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWo-a",
			     "line 1 is not proper base64");
	expect_no_public_key("untrusted comment: x\n"
			     "RUQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWona\n",
			     "line 2 is not a minisign key");
}

static void a_public_key_cut_anywhere_is_refused(void **state)
{
	struct buf file = vector_file("plain.pub");

	(void)state;
	/* All but the last line feed is needed. */
	for (size_t len = 0; len + 1 < file.len; len++) {
		struct public_key key;
		struct err err = ERR_INIT;

		EXPECT_FALSE(crypto_public_read(file.data, len, &key, &err));
	}
	buf_release(&file);
}

static const struct CMUnitTest tests[] = {
	TEST(digests_are_blake2b_256_in_lower_case_hex),
	TEST(a_digest_does_not_depend_on_the_pieces),
	TEST(digests_that_differ_in_one_bit_are_not_equal),
	TEST(only_64_lower_case_hex_digits_are_a_digest),
	TEST(random_bytes_are_not_all_the_same),
	TEST(what_is_wiped_is_zero),
	TEST(a_seed_is_the_digest_of_its_text),
	TEST(priorities_are_keyed_blake2b_256),
	TEST(a_stream_is_the_published_keystream),
	TEST(a_long_stream_is_what_libsodium_gives_at_once),
	TEST(each_purpose_and_each_seed_has_its_own_stream),
	TEST(below_a_bound_is_libsodiums_rejection),
	TEST(below_a_bound_every_number_is_as_likely),
	TEST(a_shuffle_is_fisher_yates_from_the_last_down),
	TEST(every_order_of_four_is_as_likely),
	TEST(a_shuffle_of_nothing_or_one_takes_nothing_from_the_stream),
	TEST(a_public_key_is_read_from_a_file_or_its_56_characters),
	TEST(key_ids_are_printed_with_all_16_digits),
	TEST(keys_are_equal_by_the_key_and_not_by_the_id),
	TEST(malformed_public_keys_are_refused_by_line),
	TEST(a_public_key_cut_anywhere_is_refused),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
