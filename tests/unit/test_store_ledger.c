#include "run_sql.h"

#include "proctor/store.h"

/* A store of its own, and banks that exist by name alone. */
static struct store *store;
static struct trusted_key key;

#define DATABASE "state/proctor.db"

static void open_store(void)
{
	struct err err = ERR_INIT;

	EXPECT_OK(store_open(temp_path(DATABASE), &store, &err), err);
}

static int setup(void **state)
{
	(void)state;
	temp_make();
	open_store();
	memset(key.key.key, 7, sizeof(key.key.key));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	store_free(store);
	temp_remove();
	return 0;
}

static struct bank bank_of(const char *id, int64_t version, const char *text)
{
	struct bank bank = { .id = id, .version = version, .is_signed = true };

	bank.digest = crypto_digest(text, strlen(text));
	bank.signer.key = &key;
	return bank;
}

static bool meet(const char *id, int64_t version, const char *text, bool downgrade,
		 struct err *err)
{
	struct bank bank = bank_of(id, version, text);

	return store_meet(store, &bank, downgrade, 1000, err);
}

static bool meet_unsigned(const char *id, bool downgrade, struct err *err)
{
	struct bank bank = bank_of(id, 3, "c");

	bank.is_signed = false;
	bank.signer.key = NULL;
	return store_meet(store, &bank, downgrade, 1000, err);
}

static void versions_go_up_and_may_stay(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet("demo", 3, "three", false, &err), err);
	EXPECT_OK(meet("demo", 3, "three", false, &err), err);
	EXPECT_OK(meet("demo", 5, "five", false, &err), err);
	EXPECT_OK(meet("other", 1, "one", false, &err), err);
}

static void an_older_version_needs_leave_each_time(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet("demo", 3, "three", false, &err), err);
	EXPECT_OK(meet("demo", 5, "five", false, &err), err);
	EXPECT_ERR(meet("demo", 3, "three", false, &err), err, ERR_TRUST,
		   "version 3 of bank demo is older than version 5");
	EXPECT_OK(meet("demo", 3, "three", true, &err), err);
	EXPECT_OK(meet("demo", 2, "two", true, &err), err);
	EXPECT_ERR(meet("demo", 3, "three", false, &err), err, ERR_TRUST, "is older");
	EXPECT_ERR(meet("demo", 2, "two", false, &err), err, ERR_TRUST, "is older");
	EXPECT_OK(meet("demo", 5, "five", false, &err), err);
}

static void two_banks_under_one_version_are_refused_always(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet("demo", 2, "two", false, &err), err);
	EXPECT_OK(meet("demo", 3, "three", false, &err), err);
	EXPECT_ERR(meet("demo", 3, "drei", false, &err), err, ERR_TRUST,
		   "not the version 3 of bank demo");
	EXPECT_ERR(meet("demo", 3, "drei", true, &err), err, ERR_TRUST,
		   "not the version 3");
	EXPECT_ERR(meet("demo", 2, "zwei", true, &err), err, ERR_TRUST,
		   "not the version 2");
	/* What was refused is not remembered. */
	EXPECT_OK(meet("demo", 3, "three", false, &err), err);
}

static void a_bank_that_was_signed_stays_signed(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet_unsigned("demo", false, &err), err);
	EXPECT_OK(meet("demo", 1, "one", false, &err), err);
	EXPECT_ERR(meet_unsigned("demo", false, &err), err, ERR_TRUST,
		   "was signed when it was used here before");
	EXPECT_OK(meet_unsigned("demo", true, &err), err);
	/* Its version, 3, was nobody's word. */
	EXPECT_OK(meet("demo", 2, "two", false, &err), err);
}

static void a_leap_is_refused(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet("demo", 7, "a", false, &err), err);
	EXPECT_ERR(meet("demo", 1000008, "b", true, &err), err, ERR_TRUST,
		   "more than 1000000 above version 7");
	EXPECT_OK(meet("demo", 1000007, "b", false, &err), err);
	EXPECT_OK(meet("first", 1000000000, "c", false, &err), err);
}

static void what_is_forgotten_begins_anew(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet("demo", 7, "a", false, &err), err);
	EXPECT_OK(meet("other", 7, "a", false, &err), err);
	EXPECT_OK(store_forget(store, "demo", &err), err);
	EXPECT_OK(meet("demo", 1, "b", false, &err), err);
	EXPECT_ERR(meet("other", 1, "b", false, &err), err, ERR_TRUST, "is older");
	EXPECT_ERR(store_forget(store, "nothing", &err), err, ERR_USAGE,
		   "no bank \"nothing\"");
}

static void the_ledger_outlives_the_process(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(meet("demo", 7, "a", false, &err), err);
	store_free(store);
	open_store();
	EXPECT_ERR(meet("demo", 6, "b", false, &err), err, ERR_TRUST, "is older");
}

/* ---- Migration ---- */

static void load_session(struct store *from, const char *id, struct session *session,
			 struct arena *arena)
{
	struct store_session about;
	struct blueprint blueprint;
	struct store_last last;
	struct form form;
	struct err err = ERR_INIT;

	EXPECT_OK(store_find(from, id, true, arena, &about, &err), err);
	EXPECT_OK(blueprint_read("stored", about.blueprint, strlen(about.blueprint),
				 arena, &blueprint, &err),
		  err);
	EXPECT_OK(store_form(from, &about, &blueprint, arena, &form, &err), err);
	EXPECT_INT(form.count, 5);
	EXPECT_OK(store_replay(from, &about, &form, session, arena, &last, &err), err);
}

/* Made by the program when there was no ledger: its sessions are all there afterwards. */
static void a_database_of_version_1_keeps_its_sessions(void **state)
{
	struct arena arena = ARENA_INIT;
	struct buf sql = BUF_INIT;
	struct err err = ERR_INIT;
	struct session session;
	struct store_past *list;
	size_t count;

	(void)state;
	EXPECT_OK(file_read("tests/fixtures/store/version-1.sql", 1 << 20, &sql, &err),
		  err);
	run_sql("state/old.db", sql.data);
	store_free(store);
	EXPECT_OK(store_open(temp_path("state/old.db"), &store, &err), err);
	EXPECT_OK(store_list(store, &arena, &list, &count, &err), err);
	EXPECT_INT(count, 2);
	load_session(store, "20261121-eb6f4f", &session, &arena);
	EXPECT_INT(session.phase, PHASE_DONE);
	EXPECT_TRUE(session.items[1].flagged);
	load_session(store, "20261121-87f601", &session, &arena);
	EXPECT_INT(session.phase, PHASE_RUNNING);
	EXPECT_TRUE(session.items[2].flagged);
	EXPECT_INT(session.items[0].response.count, 1);
	EXPECT_OK(meet("demo", 3, "three", false, &err), err);
	EXPECT_ERR(meet("demo", 2, "two", false, &err), err, ERR_TRUST, "is older");
	/* The second time there is nothing left to do. */
	store_free(store);
	EXPECT_OK(store_open(temp_path("state/old.db"), &store, &err), err);
	EXPECT_ERR(meet("demo", 2, "two", false, &err), err, ERR_TRUST, "is older");
	buf_release(&sql);
	arena_release(&arena);
}

/* The step fails in its middle: the database is what it was, and says why. */
static void a_migration_is_whole_or_not_at_all(void **state)
{
	struct buf sql = BUF_INIT;
	struct err err = ERR_INIT;
	struct store *other;

	(void)state;
	EXPECT_OK(file_read("tests/fixtures/store/version-1.sql", 1 << 20, &sql, &err),
		  err);
	run_sql("state/old.db", sql.data);
	run_sql("state/old.db", "CREATE TABLE bank_ledger (in_the_way)");
	EXPECT_ERR(store_open(temp_path("state/old.db"), &other, &err), err, ERR_SYSTEM,
		   "bank_ledger");
	run_sql("state/old.db", "DROP TABLE bank_ledger");
	EXPECT_OK(store_open(temp_path("state/old.db"), &other, &err), err);
	store_free(other);
	buf_release(&sql);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(versions_go_up_and_may_stay),
	CASE(an_older_version_needs_leave_each_time),
	CASE(two_banks_under_one_version_are_refused_always),
	CASE(a_bank_that_was_signed_stays_signed),
	CASE(a_leap_is_refused),
	CASE(what_is_forgotten_begins_anew),
	CASE(the_ledger_outlives_the_process),
	CASE(a_database_of_version_1_keeps_its_sessions),
	CASE(a_migration_is_whole_or_not_at_all),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
