#include "proctor/crypto.h"

#include <sodium.h>
#include <sys/resource.h>

#include "vectors.h"

#include "proctor/arena.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool never_asked(void *context, char *password, struct err *err)
{
	(void)context;
	(void)password;
	(void)err;
	fail_msg("a password was asked for");
	return false;
}

/* The context is the password; how often it was asked for is counted. */
static int asked;

static bool give_password(void *context, char *password, struct err *err)
{
	(void)err;
	asked++;
	snprintf(password, CRYPTO_PASSWORD_MAX, "%s", (const char *)context);
	return true;
}

static bool give_up(void *context, char *password, struct err *err)
{
	(void)context;
	(void)password;
	return err_set(err, ERR_USAGE, "no terminal");
}

static struct secret_key *vector_secret(const char *name)
{
	struct buf text = vector_file(name);
	struct secret_key *key = NULL;
	struct err err = ERR_INIT;

	EXPECT_OK(crypto_secret_read(text.data, text.len, never_asked, NULL, &key, &err),
		  err);
	buf_release(&text);
	return key;
}

/* What stands behind line 3's prefix in a signature file. */
static char *comment_of(const struct buf *text)
{
	char *comment = strstr(text->data, "\ntrusted comment: ");

	assert_non_null(comment);
	comment += strlen("\ntrusted comment: ");
	return strndup(comment, strcspn(comment, "\n"));
}

static void expect_same_signature(const struct secret_key *key, const char *name,
				  const char *file_name, size_t from_line)
{
	struct buf wanted = vector_file(name), file = vector_file(file_name),
		   made = BUF_INIT;
	char *comment = comment_of(&wanted);
	const char *a = wanted.data;
	const char *b;
	struct err err = ERR_INIT;

	EXPECT_OK(crypto_sign_file(key, file.data, file.len, comment, &made, &err), err);
	b = made.data;
	for (size_t i = 1; i < from_line; i++) {
		a = strchr(a, '\n') + 1;
		b = strchr(b, '\n') + 1;
	}
	EXPECT_TEXT(b, a);
	free(comment);
	buf_release(&wanted);
	buf_release(&file);
	buf_release(&made);
}

static void what_we_sign_is_what_minisign_signs(void **state)
{
	struct secret_key *key = vector_secret("plain.key");

	(void)state;
	/* v01 has an untrusted comment of its own. */
	expect_same_signature(key, "v01-ok.minisig", "bank.json", 2);
	expect_same_signature(key, "v02-default-comments.minisig", "bank.json", 1);
	expect_same_signature(key, "v05-empty-file.minisig", "empty.json", 2);
	expect_same_signature(key, "v07-utf8-comment.minisig", "bank.json", 2);
	crypto_secret_free(key);
}

static void a_secret_key_knows_its_public_half(void **state)
{
	struct secret_key *key = vector_secret("plain.key");
	struct public_key wanted = vector_public("plain.pub"), public;

	(void)state;
	crypto_secret_public(key, &public);
	assert_memory_equal(&public, &wanted, sizeof(public));
	crypto_secret_free(key);
	crypto_secret_free(NULL);
}

static void a_key_without_password_is_written_as_minisign_writes_it(void **state)
{
	struct buf wanted = vector_file("plain.key"), written = BUF_INIT;
	struct secret_key *key = vector_secret("plain.key");
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(crypto_secret_write(key, NULL, &written, &err), err);
	EXPECT_TEXT(written.data, wanted.data);
	crypto_secret_free(key);
	buf_release(&wanted);
	buf_release(&written);
}

static void a_new_key_signs_and_comes_back_from_its_file(void **state)
{
	struct secret_key *key = crypto_secret_new(), *other = crypto_secret_new(),
			  *again;
	struct buf file = BUF_INIT, signed_text = BUF_INIT;
	struct public_key public, other_public;
	struct arena arena = ARENA_INIT;
	struct signature signature;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(crypto_secret_write(key, NULL, &file, &err), err);
	EXPECT_OK(crypto_secret_read(file.data, file.len, NULL, NULL, &again, &err), err);
	crypto_secret_public(key, &public);
	crypto_secret_public(other, &other_public);
	EXPECT_FALSE(crypto_public_equal(&public, &other_public));
	EXPECT_OK(crypto_sign_file(again, "x\0y", 3, "a b", &signed_text, &err), err);
	EXPECT_OK(crypto_signature_read(signed_text.data, signed_text.len, &arena,
					&signature, &err),
		  err);
	EXPECT_INT(crypto_verify(&public, &signature, "x\0y", 3), CRYPTO_GOOD);
	EXPECT_TEXT(signature.comment, "a b");
	memcpy(other_public.id, public.id, sizeof(public.id));
	EXPECT_INT(crypto_verify(&other_public, &signature, "x\0y", 3), CRYPTO_BAD_FILE);
	crypto_secret_free(key);
	crypto_secret_free(other);
	crypto_secret_free(again);
	arena_release(&arena);
	buf_release(&file);
	buf_release(&signed_text);
}

static void comments_that_would_spoil_the_file_are_not_signed(void **state)
{
	static const char *const bad[] = { "a\nb", "a\rb",     "\x1b[2J",
					   "\x7f", "\xC2\x9B", "\xFF" };
	struct secret_key *key = vector_secret("plain.key");
	struct buf comment = BUF_INIT, out = BUF_INIT;
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		EXPECT_ERR(crypto_sign_file(key, "", 0, bad[i], &out, &err), err,
			   ERR_INPUT, "control characters or invalid UTF-8");
	buf_repeat(&comment, 'c', CRYPTO_COMMENT_MAX + 1);
	EXPECT_ERR(crypto_sign_file(key, "", 0, comment.data, &out, &err), err, ERR_INPUT,
		   "longer than 1024 bytes");
	EXPECT_INT(out.len, 0);
	comment.data[CRYPTO_COMMENT_MAX] = '\0';
	err = (struct err)ERR_INIT;
	EXPECT_OK(crypto_sign_file(key, "", 0, comment.data, &out, &err), err);
	crypto_secret_free(key);
	buf_release(&comment);
	buf_release(&out);
}

/* The layout of a key file, to be put together wrongly. */
static void decode_key(const char *name, uint8_t layout[158])
{
	struct buf text = vector_file(name);
	const char *line = strchr(text.data, '\n') + 1;
	size_t got;

	EXPECT_INT(sodium_base642bin(layout, 158, line, strcspn(line, "\n"), NULL, &got,
				     NULL, sodium_base64_VARIANT_ORIGINAL),
		   0);
	EXPECT_INT(got, 158);
	buf_release(&text);
}

static bool read_layout(const uint8_t layout[158], crypto_password *password,
			const char *context, struct err *err)
{
	char base64[256], text[512], given[64];
	struct secret_key *key = NULL;
	bool ok;

	sodium_bin2base64(base64, sizeof(base64), layout, 158,
			  sodium_base64_VARIANT_ORIGINAL);
	snprintf(text, sizeof(text), "untrusted comment: x\n%s\n", base64);
	snprintf(given, sizeof(given), "%s", context);
	*err = (struct err)ERR_INIT;
	ok = crypto_secret_read(text, strlen(text), password, given, &key, err);
	crypto_secret_free(key);
	return ok;
}

static void set64(uint8_t *bytes, uint64_t number)
{
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)(number >> 8 * i);
}

enum { WORK_AT = 38, MEMORY_AT = 46, SECRET_AT = 54, KEY_AT = 62 };

/* The password key of the vectors, with its own work made as little as is allowed. */
static void cheap_key(uint8_t layout[158], const char *password)
{
	uint8_t secret[104], mask[104];

	decode_key("plain.key", layout);
	memcpy(layout + 2, "Sc", 2);
	set64(layout + WORK_AT, 32768);
	set64(layout + MEMORY_AT, 16777216);
	memcpy(secret, layout + SECRET_AT, 104);
	memcpy(mask, layout, 2); /* the checksum is over Ed, id and key */
	memcpy(mask + 2, secret, 72);
	crypto_generichash(secret + 72, 32, mask, 74, NULL, 0);
	EXPECT_INT(crypto_pwhash_scryptsalsa208sha256(mask, sizeof(mask), password,
						      strlen(password), layout + 6, 32768,
						      16777216),
		   0);
	for (size_t i = 0; i < sizeof(mask); i++)
		layout[SECRET_AT + i] = secret[i] ^ mask[i];
}

static void the_password_is_asked_once_and_told_wrong_from_right(void **state)
{
	uint8_t layout[158];
	struct err err = ERR_INIT;

	(void)state;
	cheap_key(layout, "caf\xC3\xA9");
	asked = 0;
	EXPECT_OK(read_layout(layout, give_password, "caf\xC3\xA9", &err), err);
	EXPECT_INT(asked, 1);
	EXPECT_ERR(read_layout(layout, give_password, "cafe", &err), err, ERR_INPUT,
		   "wrong password");
	EXPECT_INT(asked, 2);
	EXPECT_ERR(read_layout(layout, give_password, "", &err), err, ERR_INPUT,
		   "wrong password");
	EXPECT_ERR(read_layout(layout, give_up, "", &err), err, ERR_USAGE, "no terminal");
	EXPECT_ERR(read_layout(layout, NULL, "", &err), err, ERR_USAGE,
		   "needs its password");
}

static void a_key_changed_anywhere_is_refused(void **state)
{
	uint8_t layout[158];
	struct err err;

	(void)state;
	cheap_key(layout, "p");
	for (size_t i = 0; i < sizeof(layout); i++) {
		/* A little more or less work may come to the same scrypt parameters. */
		if (i >= WORK_AT && i < SECRET_AT)
			continue;
		layout[i] ^= 0x10;
		if (read_layout(layout, give_password, "p", &err))
			fail_msg("byte %zu changed is a key", i);
		EXPECT_INT(err.kind, ERR_INPUT);
		layout[i] ^= 0x10;
	}
	decode_key("plain.key", layout);
	for (size_t i = KEY_AT; i < KEY_AT + 64; i++) {
		layout[i] ^= 0x10;
		EXPECT_ERR(read_layout(layout, never_asked, "", &err), err, ERR_INPUT,
			   "two halves do not fit");
		layout[i] ^= 0x10;
	}
}

static void planted_work_factors_are_refused_before_the_password_is_asked(void **state)
{
	static const struct {
		uint64_t work, memory;
	} planted[] = {
		{ 0, 1 << 30 },
		{ 32767, 1 << 30 },
		{ (UINT64_C(1) << 27) + 1, 1 << 30 },
		{ UINT64_MAX, 1 << 30 },
		{ 33554432, 0 },
		{ 33554432, 16777215 },
		{ 33554432, (UINT64_C(1) << 31) + 1 },
		{ 33554432, UINT64_MAX },
	};
	uint8_t layout[158];
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(planted); i++) {
		decode_key("enc.key", layout);
		set64(layout + WORK_AT, planted[i].work);
		set64(layout + MEMORY_AT, planted[i].memory);
		EXPECT_ERR(read_layout(layout, never_asked, "", &err), err, ERR_INPUT,
			   "its password asks for");
	}
}

static void malformed_secret_keys_are_refused(void **state)
{
	struct buf text = vector_file("plain.key");
	uint8_t layout[158];
	struct err err;

	(void)state;
	for (size_t len = 0; len + 1 < text.len; len++) {
		struct secret_key *key = NULL;

		EXPECT_ERR(
			crypto_secret_read(text.data, len, never_asked, NULL, &key, &err),
			err, ERR_INPUT, "malformed secret key: line ");
		assert_null(key);
	}
	buf_release(&text);
	decode_key("plain.key", layout);
	layout[1] = 'D';
	EXPECT_ERR(read_layout(layout, never_asked, "", &err), err, ERR_INPUT,
		   "not a secret key of minisign");
	layout[1] = 'd';
	layout[2] = 'A';
	EXPECT_ERR(read_layout(layout, never_asked, "", &err), err, ERR_INPUT,
		   "unknown password function");
	layout[4] = 'C';
	EXPECT_ERR(read_layout(layout, never_asked, "", &err), err, ERR_INPUT,
		   "unknown checksum");
}

/* The one test at full cost: some seconds and 1 GiB. */
static void minisigns_own_password_key_opens_and_signs_the_same(void **state)
{
	struct buf text = vector_file("enc.key");
	struct secret_key *key = NULL;
	struct err err = ERR_INIT;
	char password[] = "test-password-1";

	(void)state;
	asked = 0;
	if (!crypto_secret_read(text.data, text.len, give_password, password, &key,
				&err)) {
		if (err.kind != ERR_SYSTEM)
			fail_msg("%s", err.text);
		print_message("not enough memory here: %s\n", err.text);
		buf_release(&text);
		skip();
	}
	EXPECT_INT(asked, 1);
	expect_same_signature(key, "v03-enc-key.minisig", "bank.json", 1);
	crypto_secret_free(key);
	buf_release(&text);
}

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static void too_little_memory_is_not_a_wrong_password(void **state)
{
	const struct rlimit little = { 200 << 20, RLIM_INFINITY };
	struct secret_key *key = crypto_secret_new();
	struct buf out = BUF_INIT;
	uint8_t layout[158];
	struct rlimit before;
	struct err err, other;
	bool ok, written;

	(void)state;
	if (SANITIZED) { /* whose shadow memory needs far more address space than that */
		crypto_secret_free(key);
		skip();
	}
	decode_key("enc.key", layout);
	EXPECT_INT(getrlimit(RLIMIT_AS, &before), 0);
	EXPECT_INT(setrlimit(RLIMIT_AS, &little), 0);
	ok = read_layout(layout, give_password, "test-password-1", &err);
	written = crypto_secret_write(key, "p", &out, &other);
	EXPECT_INT(setrlimit(RLIMIT_AS, &before), 0);
	EXPECT_FALSE(ok);
	EXPECT_INT(err.kind, ERR_SYSTEM);
	EXPECT_TEXT(err.text, "the key's password needs 1024 MiB of memory: "
			      "Cannot allocate memory");
	EXPECT_FALSE(written);
	EXPECT_INT(other.kind, ERR_SYSTEM);
	EXPECT_INT(out.len, 0);
	crypto_secret_free(key);
}

static void empty_and_endless_passwords_are_refused(void **state)
{
	struct secret_key *key = crypto_secret_new();
	struct buf out = BUF_INIT, password = BUF_INIT;
	struct err err;

	(void)state;
	EXPECT_ERR(crypto_secret_write(key, "", &out, &err), err, ERR_USAGE, "is empty");
	buf_repeat(&password, 'p', CRYPTO_PASSWORD_MAX);
	EXPECT_ERR(crypto_secret_write(key, password.data, &out, &err), err, ERR_USAGE,
		   "longer than 1023 bytes");
	EXPECT_INT(out.len, 0);
	crypto_secret_free(key);
	buf_release(&password);
}

static const struct CMUnitTest tests[] = {
	TEST(what_we_sign_is_what_minisign_signs),
	TEST(a_secret_key_knows_its_public_half),
	TEST(a_key_without_password_is_written_as_minisign_writes_it),
	TEST(a_new_key_signs_and_comes_back_from_its_file),
	TEST(comments_that_would_spoil_the_file_are_not_signed),
	TEST(the_password_is_asked_once_and_told_wrong_from_right),
	TEST(a_key_changed_anywhere_is_refused),
	TEST(planted_work_factors_are_refused_before_the_password_is_asked),
	TEST(malformed_secret_keys_are_refused),
	TEST(minisigns_own_password_key_opens_and_signs_the_same),
	TEST(too_little_memory_is_not_a_wrong_password),
	TEST(empty_and_endless_passwords_are_refused),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
