#include "proctor/crypto.h"

#include "vectors.h"

#include "proctor/arena.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum outcome { GOOD, OTHER_KEY, BAD_FILE, BAD_COMMENT, UNREADABLE };

static const struct vector {
	const char *signature, *file, *key;
	enum outcome outcome;
	const char *text; /* the trusted comment, or a part of the refusal */
} vectors[] = {
	{ "v01-ok.minisig", "bank.json", "plain.pub", GOOD, "bank:demo version:1" },
	{ "v02-default-comments.minisig", "bank.json", "plain.pub", GOOD, NULL },
	{ "v03-enc-key.minisig", "bank.json", "enc.pub", GOOD, NULL },
	{ "v04-legacy-Ed.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "legacy signature, not prehashed (Ed)" },
	{ "v05-empty-file.minisig", "empty.json", "plain.pub", GOOD, NULL },
	{ "v07-utf8-comment.minisig", "bank.json", "plain.pub", GOOD, NULL },
	{ "v01-ok.minisig", "bank-tampered.json", "plain.pub", BAD_FILE, NULL },
	{ "v01-ok.minisig", "bank.json", "other.pub", OTHER_KEY, NULL },
	{ "n02-sig-bitflip.minisig", "bank.json", "plain.pub", BAD_FILE, NULL },
	{ "n03-global-bitflip.minisig", "bank.json", "plain.pub", BAD_COMMENT, NULL },
	{ "n04-comment-changed.minisig", "bank.json", "plain.pub", BAD_COMMENT, NULL },
	{ "n06-keyid-spliced.minisig", "bank.json", "other.pub", BAD_FILE, NULL },
	{ "n07-alg-confusion-Ed.minisig", "n07-hash-as-file.bin", "plain.pub", UNREADABLE,
	  "legacy signature" },
	{ "n08-cr-injection.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 3: control" },
	{ "n09-esc-in-comment.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 3: control" },
	{ "n10-crlf.minisig", "bank.json", "plain.pub", GOOD, "bank:demo version:1" },
	{ "n11-no-final-newline.minisig", "bank.json", "plain.pub", GOOD,
	  "bank:demo version:1" },
	{ "n12-trailing-garbage.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 5: nothing may follow line 4" },
	{ "n13-trailing-space.minisig", "bank.json", "plain.pub", UNREADABLE, "line " },
	{ "n14-noncanonical-base64.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "is not proper base64" },
	{ "n15-unknown-alg.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "unknown signature algorithm 0x" },
	{ "n16-no-trusted-comment.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 3 is missing" },
	{ "n17-nul-in-comment.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 3: control" },
	{ "n18-comment-4000.minisig", "bank.json", "plain.pub", GOOD, NULL },
	{ "n19-bom.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 1 does not begin" },
	{ "n20-S-plus-L.minisig", "bank.json", "plain.pub", BAD_FILE, NULL },
	{ "n21-comment-from-other-sig.minisig", "bank.json", "plain.pub", BAD_COMMENT,
	  NULL },
	{ "n22-c1-in-comment.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 3: control" },
	{ "n23-bidi-in-comment.minisig", "bank.json", "plain.pub", GOOD, NULL },
	{ "n24-untrusted-prefix-missing.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 1 does not begin with \"untrusted comment: \"" },
	{ "n25-leading-blank-line.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 1 does not begin" },
	{ "n26-empty-file.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 1 is missing" },
	{ "n28-invalid-utf8-comment.minisig", "bank.json", "plain.pub", UNREADABLE,
	  "line 3: control characters or invalid UTF-8" },
};

/* Reads and verifies; a refusal to read is in err. */
static enum outcome outcome(const struct public_key *key, const struct buf *file,
			    const char *bytes, size_t len, struct arena *arena,
			    struct signature *signature, struct err *err)
{
	/* In a block exactly as long, so that a sanitizer sees a read behind it. */
	char *copy = malloc(len ? len : 1);
	enum outcome result = UNREADABLE;

	assert_non_null(copy);
	memcpy(copy, bytes, len);
	if (crypto_signature_read(copy, len, arena, signature, err))
		result = (enum outcome)crypto_verify(key, signature, file->data,
						     file->len);
	free(copy);
	return result;
}

static void run_vector(const struct vector *vector)
{
	struct buf text = vector_file(vector->signature),
		   file = vector_file(vector->file);
	struct public_key key = vector_public(vector->key);
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct signature signature = { .comment = "" };
	enum outcome got = outcome(&key, &file, text.data, text.len, &arena, &signature,
				   &err);

	if (got != vector->outcome)
		fail_msg("%s: %d: %s", vector->signature, got, err.text);
	if (got == UNREADABLE) {
		EXPECT_INT(err.kind, ERR_TRUST);
		if (!strstr(err.text, vector->text))
			fail_msg("%s: %s", vector->signature, err.text);
	} else if (vector->text) {
		EXPECT_TEXT(signature.comment, vector->text);
	}
	arena_release(&arena);
	buf_release(&text);
	buf_release(&file);
}

static void every_vector_of_minisign_comes_out_as_it_should(void **state)
{
	(void)state;
	assert_int_equal(GOOD, CRYPTO_GOOD);
	assert_int_equal(OTHER_KEY, CRYPTO_OTHER_KEY);
	assert_int_equal(BAD_FILE, CRYPTO_BAD_FILE);
	assert_int_equal(BAD_COMMENT, CRYPTO_BAD_COMMENT);
	for (size_t i = 0; i < COUNT(vectors); i++)
		run_vector(&vectors[i]);
}

static void a_signature_cut_anywhere_is_refused(void **state)
{
	struct buf text = vector_file("v01-ok.minisig"), file = vector_file("bank.json");
	struct public_key key = vector_public("plain.pub");
	struct arena arena = ARENA_INIT;

	(void)state;
	/* All but the last line feed is needed. */
	for (size_t len = 0; len + 1 < text.len; len++) {
		struct signature signature;
		struct err err = ERR_INIT;

		if (outcome(&key, &file, text.data, len, &arena, &signature, &err) ==
		    GOOD)
			fail_msg("good at %zu bytes of %zu", len, text.len);
	}
	arena_release(&arena);
	buf_release(&text);
	buf_release(&file);
}

/*
 * The untrusted comment may be any text, and the last line feed a CR LF or nothing;
 * every other byte, changed to whatever other, makes the signature bad or unreadable.
 */
static void a_signature_changed_anywhere_is_refused(void **state)
{
	struct buf text = vector_file("v01-ok.minisig"), file = vector_file("bank.json");
	struct public_key key = vector_public("plain.pub");
	size_t comment_from = strlen("untrusted comment: ");
	size_t comment_to = strcspn(text.data, "\n");
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < text.len; i++) {
		const char right = text.data[i];

		for (int byte = 0; byte < 256; byte++) {
			bool free_text = i >= comment_from && i < comment_to;
			struct signature signature;
			struct err err = ERR_INIT;

			text.data[i] = (char)byte;
			if (text.data[i] == right)
				continue;
			if (outcome(&key, &file, text.data, text.len, &arena, &signature,
				    &err) == GOOD &&
			    !(free_text && byte >= 0x20) &&
			    !(free_text && byte == '\t') &&
			    /* a CR at the comment's end makes a CR LF of the line feed */
			    !(i == comment_to - 1 && byte == '\r'))
				fail_msg("byte %zu changed to 0x%02x is good", i, byte);
		}
		text.data[i] = right;
	}
	arena_release(&arena);
	buf_release(&text);
	buf_release(&file);
}

static void a_file_changed_or_cut_anywhere_is_refused(void **state)
{
	struct buf text = vector_file("v01-ok.minisig"), file = vector_file("bank.json");
	struct public_key key = vector_public("plain.pub");
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct signature signature;

	(void)state;
	EXPECT_OK(crypto_signature_read(text.data, text.len, &arena, &signature, &err),
		  err);
	for (size_t i = 0; i < file.len; i++) {
		EXPECT_INT(crypto_verify(&key, &signature, file.data, i),
			   CRYPTO_BAD_FILE);
		for (int bit = 0; bit < 8; bit++) {
			file.data[i] ^= (char)(1 << bit);
			EXPECT_INT(crypto_verify(&key, &signature, file.data, file.len),
				   CRYPTO_BAD_FILE);
			file.data[i] ^= (char)(1 << bit);
		}
	}
	EXPECT_INT(crypto_verify(&key, &signature, file.data, file.len), CRYPTO_GOOD);
	arena_release(&arena);
	buf_release(&text);
	buf_release(&file);
}

static void a_key_changed_in_any_bit_verifies_nothing(void **state)
{
	struct buf text = vector_file("v01-ok.minisig"), file = vector_file("bank.json");
	struct public_key key = vector_public("plain.pub");
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct signature signature;

	(void)state;
	EXPECT_OK(crypto_signature_read(text.data, text.len, &arena, &signature, &err),
		  err);
	for (size_t bit = 0; bit < 256; bit++) {
		key.key[bit / 8] ^= (uint8_t)(1 << bit % 8);
		EXPECT_INT(crypto_verify(&key, &signature, file.data, file.len),
			   CRYPTO_BAD_FILE);
		key.key[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 64; bit++) {
		key.id[bit / 8] ^= (uint8_t)(1 << bit % 8);
		EXPECT_INT(crypto_verify(&key, &signature, file.data, file.len),
			   CRYPTO_OTHER_KEY);
		key.id[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	arena_release(&arena);
	buf_release(&text);
	buf_release(&file);
}

static const struct CMUnitTest tests[] = {
	TEST(every_vector_of_minisign_comes_out_as_it_should),
	TEST(a_signature_cut_anywhere_is_refused),
	TEST(a_signature_changed_anywhere_is_refused),
	TEST(a_file_changed_or_cut_anywhere_is_refused),
	TEST(a_key_changed_in_any_bit_verifies_nothing),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
