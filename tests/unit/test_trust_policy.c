#include "proctor/trust.h"

#include "trust_home.h"

#define PLAIN_ID "E79B4DA21E2D3781"

static void a_policy_says_which_banks_and_until_when(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");
	const struct trusted_key *key;

	put_key("proctor/trusted.d/a.pub", &plain);
	put("proctor/trusted.d/a.policy",
	    "# a teacher's key\r\n\nbanks=az400-* demo \r\nnot-after=2028-02-29", 0600);
	EXPECT_LOADED(home, NULL);
	key = find(home, &plain);
	EXPECT_TEXT(key->banks, "az400-* demo");
	EXPECT_TEXT(key->not_after, "2028-02-29");
	put("proctor/trusted.d/a.policy", "", 0600);
	EXPECT_LOADED(home, NULL);
	assert_null(find(home, &plain)->banks);
}

static void a_policy_with_a_slip_in_it_is_refused(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "bank=x\n", "a.policy: line 1: neither banks= nor not-after=" },
		{ "banks =x\n", "line 1: neither" },
		{ "Banks=x\n", "line 1: neither" },
		{ " banks=x\n", "line 1: neither" },
		{ "\nbanks\n", "line 2: neither" },
		{ "banks=\n", "line 1: banks= names no bank" },
		{ "banks=  \t\n", "line 1: banks= names no bank" },
		{ "banks=x\nbanks=y\n", "line 2: banks= stands here a second time" },
		{ "not-after=2027-01-01\nnot-after=2027-01-01\n",
		  "line 2: not-after= stands" },
		{ "not-after=\n", "line 1: not-after= is not a date like 2027-12-31" },
		{ "not-after=2027\n", "is not a date" },
		{ "not-after=2027-13-01\n", "is not a date" },
		{ "not-after=2027-00-10\n", "is not a date" },
		{ "not-after=2027-02-29\n", "is not a date" },
		{ "not-after=2100-02-29\n", "is not a date" },
		{ "not-after=2027-04-31\n", "is not a date" },
		{ "not-after=2027-04-00\n", "is not a date" },
		{ "not-after=2027/04/01\n", "is not a date" },
		{ "not-after=2027-4-1\n", "is not a date" },
		{ "not-after= 2027-04-01\n", "is not a date" },
		{ "not-after=2027-04-01T\n", "is not a date" },
		{ "banks=\x1b[2J\n", "line 1: unprintable characters" },
		{ "banks=\xFF\n", "line 1: unprintable characters" },
	};
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");

	put_key("proctor/trusted.d/a.pub", &plain);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		put("proctor/trusted.d/a.policy", cases[i].text, 0600);
		EXPECT_NOT_LOADED(home, NULL, ERR_TRUST, cases[i].message);
	}
}

static void a_policy_that_binds_no_key_is_refused(void **state)
{
	struct home *home = *state;
	struct public_key plain = vector_public("plain.pub");

	put_key("proctor/trusted.d/demo.pub", &plain);
	put("proctor/trusted.d/dema.policy", "banks=x\n", 0600);
	EXPECT_NOT_LOADED(home, NULL, ERR_TRUST,
			  "trusted.d/dema.policy: there is no dema.pub beside it");
}

static void a_key_signs_only_the_banks_its_policy_names(void **state)
{
	static const struct {
		const char *banks, *id;
		bool allowed;
	} cases[] = {
		{ NULL, "anything", true },
		{ "aws-mle", "aws-mle", true },
		{ "aws-mle", "aws-mle2", false },
		{ "aws-mle", "aws-ml", false },
		{ "aws-*", "aws-mle", true },
		{ "aws-*", "xaws-mle", false },
		{ "az400-* aws-???", "aws-mle", true },
		{ "az400-*  aws-mle", "az400-1", true },
		{ "az400-*\taws-mle", "aws-mle", true },
		{ "az400-* aws-??", "aws-mle", false },
		{ "[ab]*", "b1", true },
		{ "*", "", true },
		{ "AWS-*", "aws-mle", false },
	};
	struct trusted_key key = { .from = "a.pub" };
	struct signer signer = { PLAIN_ID, "a.pub", "", &key };
	struct err err = ERR_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		key.banks = cases[i].banks;
		if (trust_allows(&signer, cases[i].id, "2026-11-20", &err) !=
		    cases[i].allowed)
			fail_msg("%s %s", cases[i].banks, cases[i].id);
	}
	key.banks = "az400-*";
	EXPECT_ERR(trust_allows(&signer, "aws-mle", "2026-11-20", &err), err, ERR_TRUST,
		   "key " PLAIN_ID
		   " may sign only the banks \"az400-*\", not \"aws-mle\" (a.pub)");
}

static void a_key_is_good_to_the_end_of_its_last_day(void **state)
{
	struct trusted_key key = { .from = "a.pub", .not_after = "2027-12-31" };
	struct signer signer = { PLAIN_ID, "a.pub", "", &key };
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(trust_allows(&signer, "x", "2026-12-31", &err), err);
	EXPECT_OK(trust_allows(&signer, "x", "2027-12-31", &err), err);
	EXPECT_ERR(trust_allows(&signer, "x", "2028-01-01", &err), err, ERR_TRUST,
		   "key " PLAIN_ID " was to be trusted until 2027-12-31 (a.pub)");
}

static const struct CMUnitTest tests[] = {
	TRUST_TEST(a_policy_says_which_banks_and_until_when),
	TRUST_TEST(a_policy_with_a_slip_in_it_is_refused),
	TRUST_TEST(a_policy_that_binds_no_key_is_refused),
	TRUST_TEST(a_key_signs_only_the_banks_its_policy_names),
	TRUST_TEST(a_key_is_good_to_the_end_of_its_last_day),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
