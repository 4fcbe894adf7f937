#include "bank_home.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

/* A folder whose owner is not the bank's author, and means harm. */

static bool verify_it(bool allow_unsigned, struct bank **bank, struct err *err)
{
	struct bank_policy policy = { &trust, allow_unsigned, "2026-11-20" };

	return bank_verify(temp_path("bank"), &policy, bank, err);
}

/* Both ways to look at a bank give this answer. */
static void expect_refused(bool allow_unsigned, enum err_kind kind, const char *part)
{
	struct bank *bank = NULL;
	struct err err;

	EXPECT_ERR(open_it(allow_unsigned, &bank, &err), err, kind, part);
	EXPECT_ERR(verify_it(allow_unsigned, &bank, &err), err, kind, part);
	EXPECT_TRUE(bank == NULL);
}

static void verifying_sees_what_opening_sees(void **state)
{
	struct err err = ERR_INIT;
	struct bank *opened, *verified;

	(void)state;
	EXPECT_OK(open_it(false, &opened, &err), err);
	EXPECT_OK(verify_it(false, &verified, &err), err);
	EXPECT_TEXT(verified->id, opened->id);
	EXPECT_INT(verified->version, opened->version);
	EXPECT_TRUE(crypto_digest_equal(&verified->digest, &opened->digest));
	EXPECT_TEXT(verified->signer.key_id, opened->signer.key_id);
	EXPECT_INT(verified->file_count, opened->file_count);
	for (size_t i = 0; i < opened->file_count; i++) {
		EXPECT_TEXT(verified->files[i].path, opened->files[i].path);
		EXPECT_INT(verified->files[i].bytes, opened->files[i].bytes);
		EXPECT_TRUE(crypto_digest_equal(&verified->files[i].digest,
						&opened->files[i].digest));
	}
	EXPECT_INT(verified->count, 0);
	EXPECT_INT(verified->blueprint_count, 0);
	bank_free(opened);
	bank_free(verified);
}

static void every_changed_byte_is_refused_without_being_parsed(void **state)
{
	static const char *const files[] = { "bank/bank.json", "bank/questions/1.json" };

	(void)state;
	for (size_t f = 0; f < 2; f++) {
		struct buf text = BUF_INIT;

		temp_read(files[f], &text);
		for (size_t i = 0; i < text.len; i += 3) {
			struct bank *bank;
			struct err err = ERR_INIT;

			text.data[i] ^= 0x20;
			temp_write(files[f], text.data, text.len);
			text.data[i] ^= 0x20;
			if (verify_it(true, &bank, &err))
				fail_msg("%s: byte %zu changed, and accepted", files[f],
					 i);
			EXPECT_INT(err.kind, ERR_TRUST);
		}
		temp_write(files[f], text.data, text.len);
		buf_release(&text);
	}
}

static void what_is_not_a_file_of_its_own_is_refused(void **state)
{
	char file[256];

	(void)state;
	snprintf(file, sizeof(file), "%s", temp_path("bank/questions/1.json"));
	EXPECT_INT(rename(file, temp_path("kept")), 0);
	expect_refused(false, ERR_TRUST, "questions/1.json: missing");
	EXPECT_INT(symlink(temp_path("kept"), file), 0);
	expect_refused(false, ERR_TRUST, "links are refused");
	EXPECT_INT(unlink(file), 0);
	EXPECT_INT(mkfifo(file, 0600), 0);
	expect_refused(false, ERR_TRUST, "not a regular file");
	EXPECT_INT(unlink(file), 0);
	EXPECT_INT(mkdir(file, 0700), 0);
	expect_refused(false, ERR_TRUST, "not a regular file");
}

static void a_folder_that_is_a_link_is_refused(void **state)
{
	(void)state;
	EXPECT_INT(rename(temp_path("bank/questions"), temp_path("elsewhere")), 0);
	EXPECT_INT(symlink(temp_path("elsewhere"), temp_path("bank/questions")), 0);
	expect_refused(false, ERR_TRUST, "links are refused");
}

static void a_manifest_or_signature_that_is_a_link_is_refused(void **state)
{
	static const char *const files[] = { "bank/bank.json", "bank/bank.json.minisig" };
	struct bank *bank;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *file = temp_path(files[i]);

		EXPECT_INT(rename(file, temp_path("kept")), 0);
		EXPECT_INT(symlink("../kept", file), 0);
		if (open_it(true, &bank, &err))
			fail_msg("%s: a link, and accepted", files[i]);
		EXPECT_TRUE(strstr(err.text, "links are refused") != NULL);
		EXPECT_INT(unlink(file), 0);
		EXPECT_INT(rename(temp_path("kept"), file), 0);
	}
}

/* Sparse: as long as it says, and nothing on the disk. Not a byte of it is read. */
static void an_endless_file_is_refused_at_once(void **state)
{
	(void)state;
	EXPECT_INT(truncate(temp_path("bank/questions/1.json"), (off_t)1 << 40), 0);
	expect_refused(false, ERR_TRUST, "larger than 67108864 bytes");
}

static void a_signature_has_a_size_too(void **state)
{
	(void)state;
	EXPECT_INT(truncate(temp_path("bank/bank.json.minisig"), 20000), 0);
	expect_refused(true, ERR_TRUST, "larger than 16384 bytes");
}

static void unsigned_manifest(const char *const *paths, size_t count,
			      const struct digest *digest)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	char hex[CRYPTO_HEX_SIZE];

	crypto_hex(digest, hex);
	buf_text(&text, TEMP_MANIFEST);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_char(&text, ',');
		json_out_object(&out, NULL);
		json_out_text(&out, "path", paths[i]);
		json_out_text(&out, "blake2b", hex);
		json_out_end(&out, '}');
	}
	buf_text(&text, "]}");
	temp_text("bank/bank.json", text.data);
	unlink(temp_path("bank/bank.json.minisig"));
	buf_release(&text);
}

static void paths_that_may_be_one_file_are_refused(void **state)
{
	static const char empty[] =
		"{\"format\":\"proctor-questions/1\",\"questions\":[]}";
	static const char *const twice[] = { "questions/a.json", "questions/b.json",
					     "questions/a.json" };
	static const char *const cases[] = { "questions/a.json", "questions/b.json",
					     "Questions/A.JSON" };
	struct digest digest = crypto_digest(empty, strlen(empty));

	(void)state;
	mkdir(temp_path("bank/Questions"), 0700);
	temp_text("bank/questions/a.json", empty);
	temp_text("bank/questions/b.json", empty);
	temp_text("bank/Questions/A.JSON", empty);
	unsigned_manifest(twice, 3, &digest);
	expect_refused(true, ERR_INPUT, "may be one file");
	unsigned_manifest(cases, 3, &digest);
	expect_refused(true, ERR_INPUT, "may be one file");
}

/* Files of 64 MiB, each good by itself: nobody has to read them all. */
static void a_bank_has_a_size_as_a_whole(void **state)
{
	static const char *const paths[] = { "questions/a.json", "questions/b.json",
					     "questions/c.json", "questions/d.json",
					     "questions/e.json" };
	struct buf zeros = BUF_INIT;
	struct digest digest;
	struct bank *bank;
	struct err err;

	(void)state;
	buf_repeat(&zeros, '\0', (size_t)64 << 20);
	digest = crypto_digest(zeros.data, zeros.len);
	for (size_t i = 0; i < 5; i++) {
		char name[64];

		snprintf(name, sizeof(name), "bank/%s", paths[i]);
		temp_text(name, "");
		EXPECT_INT(truncate(temp_path(name), (off_t)64 << 20), 0);
	}
	unsigned_manifest(paths, 4, &digest);
	EXPECT_OK(verify_it(true, &bank, &err), err);
	bank_free(bank);
	unsigned_manifest(paths, 5, &digest);
	EXPECT_ERR(verify_it(true, &bank, &err), err, ERR_INPUT,
		   "questions/e.json: with this file more than 268435456 bytes");
	buf_release(&zeros);
}

static void put_in_place(const char *name, const struct buf *text)
{
	temp_write("bank/questions/new", text->data, text->len);
	if (rename(temp_path("bank/questions/new"), temp_path(name)) != 0)
		_exit(1);
}

/* Swaps the file for the other one and back, as long as the test is there to see it. */
static pid_t swap_for_ever(const struct buf *good, const struct buf *bad)
{
	pid_t parent = getpid(), child = fork();

	EXPECT_TRUE(child >= 0);
	if (child > 0)
		return child;
	while (getppid() == parent) {
		put_in_place("bank/questions/1.json", bad);
		put_in_place("bank/questions/1.json", good);
	}
	_exit(0);
}

/* Whatever moment the swap hits: what is in the bank was signed. */
static void what_is_swapped_in_the_middle_is_not_believed(void **state)
{
	struct buf good = BUF_INIT, bad = BUF_INIT;
	struct err err = ERR_INIT;
	struct bank *bank;
	int wrong = 0;
	pid_t child;

	(void)state;
	temp_read("bank/questions/1.json", &good);
	buf_add(&bad, good.data, good.len);
	memcpy(strstr(bad.data, "Stem of two"), "False words", 11);
	child = swap_for_ever(&good, &bad);
	for (int i = 0; i < 400; i++) {
		if (!open_it(false, &bank, &err)) {
			wrong += err.kind != ERR_TRUST;
			continue;
		}
		wrong += strcmp(bank_find(bank, "two")->stem, "Stem of two?") != 0;
		bank_free(bank);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	EXPECT_INT(wrong, 0);
	put_in_place("bank/questions/1.json", &good);
	EXPECT_OK(open_it(false, &bank, &err), err);
	bank_free(bank);
	buf_release(&good);
	buf_release(&bad);
}

/* An open bank has nothing more to do with its folder. */
static void an_open_bank_does_not_change(void **state)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	EXPECT_OK(open_it(false, &bank, &err), err);
	temp_text("bank/questions/1.json", "");
	temp_text("bank/bank.json", "");
	EXPECT_TEXT(bank_find(bank, "two")->stem, "Stem of two?");
	EXPECT_TEXT(bank->title, "Demo bank");
	bank_free(bank);
}

static bool say_no(void *context, const struct bank *bank, struct err *err)
{
	*(size_t *)context = bank->count;
	return err_set(err, ERR_INPUT, "not this one");
}

/* Files that somebody put there are not signed in silence; and who looks may say no. */
static void signing_tells_what_is_new_and_can_be_stopped(void **state)
{
	size_t count = 0;
	struct bank_signing signing = { .key = temp_key(),
					.today = "2026-11-21",
					.check = say_no,
					.context = &count,
					.arena = &arena };
	struct buf before = BUF_INIT, after = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	temp_text("bank/questions/3.json", TEMP_QUESTIONS(TEMP_CHOICE("new", "1.1")));
	temp_read("bank/bank.json", &before);
	EXPECT_ERR(bank_sign(temp_path("bank"), &signing, &err), err, ERR_INPUT,
		   "not this one");
	EXPECT_INT(count, 7);
	EXPECT_INT(signing.version, 0);
	temp_read("bank/bank.json", &after);
	EXPECT_TEXT(before.data, after.data);
	signing.check = NULL;
	EXPECT_OK(bank_sign(temp_path("bank"), &signing, &err), err);
	EXPECT_INT(signing.version, 3);
	EXPECT_INT(signing.added_count, 1);
	EXPECT_TEXT(signing.added[0], "questions/3.json");
	signing.version = 0;
	EXPECT_OK(bank_sign(temp_path("bank"), &signing, &err), err);
	EXPECT_INT(signing.added_count, 0);
	crypto_secret_free((struct secret_key *)signing.key);
	buf_release(&before);
	buf_release(&after);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(verifying_sees_what_opening_sees),
	CASE(every_changed_byte_is_refused_without_being_parsed),
	CASE(what_is_not_a_file_of_its_own_is_refused),
	CASE(a_folder_that_is_a_link_is_refused),
	CASE(a_manifest_or_signature_that_is_a_link_is_refused),
	CASE(an_endless_file_is_refused_at_once),
	CASE(a_signature_has_a_size_too),
	CASE(paths_that_may_be_one_file_are_refused),
	CASE(a_bank_has_a_size_as_a_whole),
	CASE(what_is_swapped_in_the_middle_is_not_believed),
	CASE(an_open_bank_does_not_change),
	CASE(signing_tells_what_is_new_and_can_be_stopped),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
