#include "proctor/trust.h"

#include "trust_home.h"

#define BUILT_IN "RWQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWona"
#define PLAIN_ID "E79B4DA21E2D3781"

/* ---- Where keys come from ---- */

static void the_release_key_is_built_in(void **state)
{
	struct home *home = *state;
	const struct trusted_key *key;
	char id[CRYPTO_KEY_ID_SIZE], text[CRYPTO_KEY_TEXT_SIZE];

	EXPECT_LOADED(home, NULL);
	EXPECT_TRUE(home->trust.count >= 1);
	key = &home->trust.keys[0];
	crypto_key_id(key->key.id, id);
	crypto_public_text(&key->key, text);
	EXPECT_TEXT(id, "48E9825989F14B3C");
	EXPECT_TEXT(text, BUILT_IN);
	EXPECT_TEXT(key->from, "built in");
	assert_null(key->banks);
	assert_null(key->not_after);
	EXPECT_FALSE(key->revoked);
}

static void folders_may_be_missing(void **state)
{
	struct home *home = *state;

	EXPECT_INT(rmdir(below("proctor/trusted.d")), 0);
	EXPECT_LOADED(home, NULL);
	EXPECT_INT(rmdir(below("proctor/revoked.d")), 0);
	EXPECT_LOADED(home, NULL);
	EXPECT_INT(rmdir(below("proctor")), 0);
	EXPECT_LOADED(home, NULL);
	EXPECT_INT(home->trust.revoked_count, 0);
}

static void without_a_home_nothing_is_trusted_by_mistake(void **state)
{
	struct home *home = *state;
	char *old = getenv("HOME") ? strdup(getenv("HOME")) : NULL;

	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	EXPECT_NOT_LOADED(home, NULL, ERR_SYSTEM, "HOME");
	if (old)
		setenv("HOME", old, 1);
	free(old);
}

static void a_key_in_the_folder_is_trusted(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	const struct trusted_key *key;

	put_key("proctor/trusted.d/demo.pub", &plain);
	put("proctor/trusted.d/README", "not a key", 0600);
	put("proctor/trusted.d/.hidden.pub", "not a key", 0600);
	EXPECT_LOADED(home, NULL);
	key = find(home, &plain);
	assert_non_null(key);
	EXPECT_TEXT(key->from, below("proctor/trusted.d/demo.pub"));
	assert_null(key->banks);
}

static void many_keys_are_all_trusted(void **state)
{
	struct home *home = *state;
	struct public_key keys[40];

	for (int i = 0; i < 40; i++) {
		char name[64];

		crypto_random(&keys[i], sizeof(keys[i]));
		snprintf(name, sizeof(name), "proctor/trusted.d/%d.pub", i);
		put_key(name, &keys[i]);
	}
	EXPECT_LOADED(home, NULL);
	for (int i = 0; i < 40; i++)
		assert_non_null(find(home, &keys[i]));
}

static void a_key_is_given_as_text_or_as_a_file(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	char text[CRYPTO_KEY_TEXT_SIZE];

	crypto_public_text(&plain, text);
	EXPECT_LOADED(home, NULL);
	assert_null(find(home, &plain));
	EXPECT_LOADED(home, text);
	EXPECT_TEXT(find(home, &plain)->from, "--key");
	EXPECT_LOADED(home, "tests/vectors/minisign/plain.pub");
	EXPECT_TEXT(find(home, &plain)->from, "--key");
}

static void a_bad_key_given_is_named(void **state)
{
	struct home *home = *state;
	char text[] = BUILT_IN;

	EXPECT_NOT_LOADED(home, "/nowhere/x.pub", ERR_SYSTEM,
			  "/nowhere/x.pub: No such file");
	EXPECT_NOT_LOADED(
		home, "tests/vectors/minisign/bank.json", ERR_INPUT,
		"tests/vectors/minisign/bank.json: malformed public key: line 1");
	text[30] = '!';
	EXPECT_NOT_LOADED(home, text, ERR_INPUT, "--key: malformed public key: line 1");
}

static void a_malformed_key_in_a_folder_is_named(void **state)
{
	struct home *home = *state;

	put("proctor/trusted.d/x.pub", "untrusted comment: x\nRW\n", 0600);
	EXPECT_NOT_LOADED(home, NULL, ERR_INPUT,
			  "/proctor/trusted.d/x.pub: malformed public key: line 2 has 2");
	EXPECT_INT(unlink(below("proctor/trusted.d/x.pub")), 0);
	put("proctor/revoked.d/x.pub", "", 0600);
	EXPECT_NOT_LOADED(
		home, NULL, ERR_INPUT,
		"/proctor/revoked.d/x.pub: malformed public key: line 1 is missing");
}

static void the_later_place_has_the_say_about_the_same_key(void **state)
{
	struct home *home = *state;
	const struct trusted_key *key;
	struct public_key built_in;
	size_t count;

	EXPECT_LOADED(home, NULL);
	count = home->trust.count;
	built_in = home->trust.keys[0].key;
	put_key("proctor/trusted.d/release.pub", &built_in);
	put("proctor/trusted.d/release.policy", "banks=aws-*\n", 0600);
	EXPECT_LOADED(home, NULL);
	EXPECT_INT(home->trust.count, count);
	key = find(home, &built_in);
	EXPECT_TEXT(key->banks, "aws-*");
	EXPECT_LOADED(home, BUILT_IN);
	EXPECT_INT(home->trust.count, count);
	assert_null(find(home, &built_in)->banks);
}

/* ---- Whose files they are ---- */

static void what_others_may_write_is_not_trusted(void **state)
{
	static const struct {
		const char *name;
		mode_t mode, back;
	} cases[] = {
		{ "proctor/trusted.d/a.pub", 0620, 0600 },
		{ "proctor/trusted.d/a.pub", 0602, 0600 },
		{ "proctor/trusted.d/a.policy", 0660, 0600 },
		{ "proctor/trusted.d", 0770, 0700 },
		{ "proctor/trusted.d", 0707, 0700 },
		{ "proctor/revoked.d", 0770, 0700 },
		{ "proctor", 0770, 0700 },
		{ "proctor", 0777, 0700 },
	};
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");

	put_key("proctor/trusted.d/a.pub", &plain);
	put("proctor/trusted.d/a.policy", "banks=x\n", 0600);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		EXPECT_INT(chmod(below(cases[i].name), cases[i].mode), 0);
		EXPECT_NOT_LOADED(home, NULL, ERR_TRUST, "is writable by others");
		EXPECT_NOT_LOADED(home, NULL, ERR_TRUST, "/proctor/");
		EXPECT_INT(chmod(below(cases[i].name), cases[i].back), 0);
		EXPECT_LOADED(home, NULL);
	}
	EXPECT_INT(chmod(below("proctor/trusted.d/a.pub"), 0644), 0);
	EXPECT_INT(chmod(below("proctor/trusted.d"), 0755), 0);
	EXPECT_LOADED(home, NULL);
}

static void what_is_somebody_elses_is_not_trusted(void **state)
{
	static const char *const names[] = { "proctor/trusted.d/a.pub",
					     "proctor/trusted.d", "proctor/revoked.d",
					     "proctor" };
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");

	if (geteuid() != 0) /* only root can give files away */
		skip();
	put_key("proctor/trusted.d/a.pub", &plain);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		EXPECT_INT(chown(below(names[i]), 65534, 0), 0);
		EXPECT_NOT_LOADED(home, NULL, ERR_TRUST, "belongs to user 65534");
		EXPECT_INT(chown(below(names[i]), 0, 0), 0);
		EXPECT_LOADED(home, NULL);
	}
}

static void links_are_not_followed(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	char target[512];

	put_key("key.pub", &plain);
	snprintf(target, sizeof(target), "%s", below("key.pub"));
	EXPECT_INT(symlink(target, below("proctor/trusted.d/a.pub")), 0);
	EXPECT_NOT_LOADED(home, NULL, ERR_TRUST, "trusted.d/a.pub: is a link");
	EXPECT_INT(unlink(below("proctor/trusted.d/a.pub")), 0);
	EXPECT_INT(rmdir(below("proctor/trusted.d")), 0);
	EXPECT_INT(symlink("/usr", below("proctor/trusted.d")), 0);
	EXPECT_NOT_LOADED(home, NULL, ERR_TRUST,
			  "trusted.d: not a folder, or a link to one");
	EXPECT_INT(unlink(below("proctor/trusted.d")), 0);
	put("proctor/trusted.d", "", 0600);
	EXPECT_NOT_LOADED(home, NULL, ERR_TRUST,
			  "trusted.d: not a folder, or a link to one");
}

static void only_regular_files_are_read(void **state)
{
	struct home *home = *state;

	EXPECT_INT(mkfifo(below("proctor/trusted.d/a.pub"), 0600), 0);
	EXPECT_NOT_LOADED(home, NULL, ERR_INPUT, "trusted.d/a.pub: not a regular file");
	EXPECT_INT(unlink(below("proctor/trusted.d/a.pub")), 0);
	EXPECT_INT(mkdir(below("proctor/trusted.d/a.pub"), 0700), 0);
	EXPECT_NOT_LOADED(home, NULL, ERR_INPUT, "trusted.d/a.pub: not a regular file");
}

static void endless_files_are_refused(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	struct buf text = BUF_INIT;

	buf_repeat(&text, '#', 4097);
	put("proctor/trusted.d/a.pub", text.data, 0600);
	EXPECT_NOT_LOADED(home, NULL, ERR_INPUT, "a.pub: larger than 4096 bytes");
	put_key("proctor/trusted.d/a.pub", &plain);
	put("proctor/trusted.d/a.policy", text.data, 0600);
	EXPECT_NOT_LOADED(home, NULL, ERR_INPUT, "a.policy: larger than 4096 bytes");
	buf_release(&text);
}

static bool check_vector(struct home *home, const char *signature, const char *file,
			 struct signer *signer)
{
	struct buf text = vector_file(signature), bytes = vector_file(file);
	bool ok;

	home->err = (struct err)ERR_INIT;
	ok = trust_check(&home->trust, bytes.data, bytes.len, text.data, text.len, signer,
			 &home->err);
	buf_release(&text);
	buf_release(&bytes);
	return ok;
}

static void expect_refused(struct home *home, const char *signature, const char *file,
			   const char *message)
{
	struct signer signer = { .from = "before" };

	if (check_vector(home, signature, file, &signer))
		fail_msg("%s is accepted", signature);
	EXPECT_INT(home->err.kind, ERR_TRUST);
	EXPECT_TEXT(home->err.text, message);
	EXPECT_TEXT(signer.from, "before");
}

/* ---- Checking signatures ---- */

static void a_good_signature_tells_who_signed_what(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	struct signer signer;

	put_key("proctor/trusted.d/demo.pub", &plain);
	EXPECT_LOADED(home, NULL);
	EXPECT_OK(check_vector(home, "v01-ok.minisig", "bank.json", &signer), home->err);
	EXPECT_TEXT(signer.key_id, PLAIN_ID);
	EXPECT_TEXT(signer.comment, "bank:demo version:1");
	EXPECT_TEXT(signer.from, below("proctor/trusted.d/demo.pub"));
	EXPECT_TRUE(crypto_public_equal(&signer.key->key, &plain));
}

static void each_refusal_has_its_own_message(void **state)
{
	struct home *home = *state;

	EXPECT_LOADED(home, NULL);
	expect_refused(home, "v01-ok.minisig", "bank.json",
		       "signed with key " PLAIN_ID ", which is not trusted here "
		       "(proctor key trust)");
	EXPECT_LOADED(home, "tests/vectors/minisign/plain.pub");
	expect_refused(home, "v01-ok.minisig", "bank-tampered.json",
		       "bad signature: key " PLAIN_ID " did not sign these bytes");
	expect_refused(home, "n02-sig-bitflip.minisig", "bank.json",
		       "bad signature: key " PLAIN_ID " did not sign these bytes");
	expect_refused(home, "n04-comment-changed.minisig", "bank.json",
		       "bad comment signature: key " PLAIN_ID
		       " did not sign this trusted comment");
	expect_refused(home, "v04-legacy-Ed.minisig", "bank.json",
		       "legacy signature, not prehashed (Ed): it must be made anew");
	expect_refused(home, "n15-unknown-alg.minisig", "bank.json",
		       "unknown signature algorithm 0x4545");
	expect_refused(home, "n16-no-trusted-comment.minisig", "bank.json",
		       "malformed signature: line 3 is missing");
	expect_refused(home, "n26-empty-file.minisig", "bank.json",
		       "malformed signature: line 1 is missing");
}

static void a_revoked_key_is_believed_nowhere(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	static const char revoked[] = "signed with key " PLAIN_ID ", which is revoked";

	put_key("proctor/revoked.d/gone.pub", &plain);
	EXPECT_LOADED(home, NULL);
	EXPECT_INT(home->trust.revoked_count, 1);
	expect_refused(home, "v01-ok.minisig", "bank.json", revoked);
	put_key("proctor/trusted.d/demo.pub", &plain);
	EXPECT_LOADED(home, NULL);
	EXPECT_TRUE(find(home, &plain)->revoked);
	expect_refused(home, "v01-ok.minisig", "bank.json", revoked);
	EXPECT_LOADED(home, "tests/vectors/minisign/plain.pub");
	expect_refused(home, "v01-ok.minisig", "bank.json", revoked);
	expect_refused(home, "v01-ok.minisig", "bank-tampered.json", revoked);
}

static void the_built_in_key_can_be_revoked(void **state)
{
	struct home *home = *state;

	put("proctor/revoked.d/release.pub", BUILT_IN "\n", 0600);
	EXPECT_LOADED(home, NULL);
	EXPECT_TRUE(home->trust.keys[0].revoked);
}

static void revocation_is_by_the_key_whatever_id_it_is_given(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub"), other_id = plain;

	other_id.id[0] ^= 1;
	put_key("proctor/revoked.d/gone.pub", &other_id);
	put_key("proctor/trusted.d/demo.pub", &plain);
	EXPECT_LOADED(home, NULL);
	expect_refused(home, "v01-ok.minisig", "bank.json",
		       "signed with key " PLAIN_ID ", which is revoked");
}

static void a_forged_id_neither_gains_nor_spoils_trust(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub"), forged;
	struct signer signer;

	crypto_random(&forged, sizeof(forged));
	memcpy(forged.id, plain.id, sizeof(forged.id));
	put_key("proctor/trusted.d/1.pub", &forged);
	EXPECT_LOADED(home, NULL);
	expect_refused(home, "v01-ok.minisig", "bank.json",
		       "bad signature: key " PLAIN_ID " did not sign these bytes");
	put_key("proctor/trusted.d/2.pub", &plain);
	EXPECT_LOADED(home, NULL);
	EXPECT_OK(check_vector(home, "v01-ok.minisig", "bank.json", &signer), home->err);
	EXPECT_TRUE(crypto_public_equal(&signer.key->key, &plain));
	/* a revoked key of the same id takes nothing from the good one */
	EXPECT_INT(unlink(below("proctor/trusted.d/1.pub")), 0);
	put_key("proctor/revoked.d/1.pub", &forged);
	EXPECT_LOADED(home, NULL);
	EXPECT_OK(check_vector(home, "v01-ok.minisig", "bank.json", &signer), home->err);
	/* and what the revoked one signed is called so, not bad */
	put_key("proctor/trusted.d/2.pub", &forged);
	put_key("proctor/revoked.d/1.pub", &plain);
	EXPECT_LOADED(home, NULL);
	expect_refused(home, "v01-ok.minisig", "bank.json",
		       "signed with key " PLAIN_ID ", which is revoked");
}

static const struct CMUnitTest tests[] = {
	TRUST_TEST(the_release_key_is_built_in),
	TRUST_TEST(folders_may_be_missing),
	TRUST_TEST(without_a_home_nothing_is_trusted_by_mistake),
	TRUST_TEST(a_key_in_the_folder_is_trusted),
	TRUST_TEST(many_keys_are_all_trusted),
	TRUST_TEST(a_key_is_given_as_text_or_as_a_file),
	TRUST_TEST(a_bad_key_given_is_named),
	TRUST_TEST(a_malformed_key_in_a_folder_is_named),
	TRUST_TEST(the_later_place_has_the_say_about_the_same_key),
	TRUST_TEST(what_others_may_write_is_not_trusted),
	TRUST_TEST(what_is_somebody_elses_is_not_trusted),
	TRUST_TEST(links_are_not_followed),
	TRUST_TEST(only_regular_files_are_read),
	TRUST_TEST(endless_files_are_refused),
	TRUST_TEST(a_good_signature_tells_who_signed_what),
	TRUST_TEST(each_refusal_has_its_own_message),
	TRUST_TEST(a_revoked_key_is_believed_nowhere),
	TRUST_TEST(the_built_in_key_can_be_revoked),
	TRUST_TEST(revocation_is_by_the_key_whatever_id_it_is_given),
	TRUST_TEST(a_forged_id_neither_gains_nor_spoils_trust),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
