#include "trust_home.h"

/* Keys are put into the user's folders, and are there when trust is loaded again. */

static mode_t mode_of(const char *name)
{
	struct stat st;

	EXPECT_INT(stat(below(name), &st), 0);
	return st.st_mode & 0777;
}

static struct buf path = BUF_INIT;

static bool put_it(const struct public_key *key, const char *banks, const char *not_after,
		   struct err *err)
{
	struct trusted_key trusted = { *key, NULL, banks, not_after, false };

	return trust_put(&trusted, &path, err);
}

static void a_key_that_was_put_there_is_trusted(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	const struct trusted_key *found;

	rmdir(below("proctor/trusted.d"));
	EXPECT_OK(put_it(&plain, NULL, NULL, &home->err), home->err);
	EXPECT_TEXT(path.data, below("proctor/trusted.d/E79B4DA21E2D3781.pub"));
	EXPECT_INT(mode_of("proctor/trusted.d"), 0700);
	EXPECT_LOADED(home, NULL);
	found = find(home, &plain);
	assert_non_null(found);
	EXPECT_TEXT(found->from, path.data);
	EXPECT_TRUE(found->banks == NULL);
	EXPECT_TRUE(found->not_after == NULL);
}

static void its_policy_stands_beside_it(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");

	EXPECT_OK(put_it(&plain, "az400-* aws-*", "2027-12-31", &home->err), home->err);
	EXPECT_LOADED(home, NULL);
	EXPECT_TEXT(find(home, &plain)->banks, "az400-* aws-*");
	EXPECT_TEXT(find(home, &plain)->not_after, "2027-12-31");
	/* Put there again without one, it keeps what it has; with one, that is it. */
	EXPECT_OK(put_it(&plain, NULL, NULL, &home->err), home->err);
	EXPECT_LOADED(home, NULL);
	EXPECT_TEXT(find(home, &plain)->banks, "az400-* aws-*");
	EXPECT_OK(put_it(&plain, "demo", NULL, &home->err), home->err);
	EXPECT_LOADED(home, NULL);
	EXPECT_TEXT(find(home, &plain)->banks, "demo");
	EXPECT_TRUE(find(home, &plain)->not_after == NULL);
}

static void a_policy_that_means_nothing_is_not_written(void **state)
{
	static const char *const banks[] = { "", "  ", "a\nnot-after=2099-01-01",
					     "a\x1b[2J" };
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	struct err err;

	for (size_t i = 0; i < sizeof(banks) / sizeof(banks[0]); i++)
		EXPECT_ERR(put_it(&plain, banks[i], NULL, &err), err, ERR_USAGE, "");
	EXPECT_ERR(put_it(&plain, NULL, "2027-02-30", &err), err, ERR_USAGE,
		   "is not a date");
	EXPECT_LOADED(home, NULL);
	EXPECT_TRUE(find(home, &plain) == NULL);
	EXPECT_FALSE(file_exists(below("proctor/trusted.d/E79B4DA21E2D3781.policy")));
}

static void another_key_of_the_same_id_is_refused(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub"),
			  other = vector_public("other.pub");
	struct err err;

	memcpy(other.id, plain.id, sizeof(plain.id));
	EXPECT_OK(put_it(&plain, NULL, NULL, &home->err), home->err);
	EXPECT_ERR(put_it(&other, NULL, NULL, &err), err, ERR_TRUST,
		   "another key has this id");
	EXPECT_ERR(put_it(&other, "demo", NULL, &err), err, ERR_TRUST, "another key");
	EXPECT_LOADED(home, NULL);
	EXPECT_TRUE(find(home, &other) == NULL);
	EXPECT_TRUE(find(home, &plain)->banks == NULL);
}

static void every_key_can_be_revoked_whatever_its_id(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub"),
			  other = vector_public("other.pub");

	memcpy(other.id, plain.id, sizeof(plain.id));
	EXPECT_OK(put_it(&plain, NULL, NULL, &home->err), home->err);
	EXPECT_OK(trust_put_revoked(&other, &path, &home->err), home->err);
	EXPECT_TEXT(path.data, below("proctor/revoked.d/E79B4DA21E2D3781.pub"));
	EXPECT_LOADED(home, NULL);
	EXPECT_FALSE(find(home, &plain)->revoked);
	EXPECT_OK(trust_put_revoked(&plain, &path, &home->err), home->err);
	EXPECT_TEXT(path.data, below("proctor/revoked.d/E79B4DA21E2D3781-2.pub"));
	EXPECT_OK(trust_put_revoked(&plain, &path, &home->err), home->err);
	EXPECT_TEXT(path.data, below("proctor/revoked.d/E79B4DA21E2D3781-2.pub"));
	EXPECT_LOADED(home, NULL);
	EXPECT_TRUE(find(home, &plain)->revoked);
	EXPECT_INT(home->trust.revoked_count, 2);
	EXPECT_TEXT(home->trust.revoked[0].from,
		    below("proctor/revoked.d/E79B4DA21E2D3781-2.pub"));
}

static const struct CMUnitTest tests[] = {
	TRUST_TEST(a_key_that_was_put_there_is_trusted),
	TRUST_TEST(its_policy_stands_beside_it),
	TRUST_TEST(a_policy_that_means_nothing_is_not_written),
	TRUST_TEST(another_key_of_the_same_id_is_refused),
	TRUST_TEST(every_key_can_be_revoked_whatever_its_id),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
