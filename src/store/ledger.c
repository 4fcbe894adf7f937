#include <string.h>

#include "priv.h"

/* Versions count up one by one; a leap like this is a slip or an attack that would shut
 * out every later version. */
#define LEAP_MAX 1000000

/* What the ledger has about a bank. */
struct met {
	int64_t highest; /* 0: never met */
	bool this_version, same_digest;
};

static bool look_up(struct store *store, const char *bank_id, int64_t version,
		    const struct digest *digest, struct met *met, struct err *err)
{
	sqlite3_stmt *query;
	int row;

	*met = (struct met){ 0 };
	if (!store_query(store, &query, err,
			 "SELECT coalesce(max(version), 0),"
			 "  coalesce(max(version = ?2), 0),"
			 "  coalesce(max(version = ?2 AND digest = ?3), 0)"
			 " FROM bank_ledger WHERE bank_id = ?1",
			 "tid", bank_id, version, digest))
		return false;
	row = store_row(store, query, err);
	if (row == 1) {
		met->highest = sqlite3_column_int64(query, 0);
		met->this_version = sqlite3_column_int64(query, 1) != 0;
		met->same_digest = sqlite3_column_int64(query, 2) != 0;
	}
	sqlite3_finalize(query);
	return row == 1;
}

static bool judge(const struct bank *bank, const struct met *met, bool allow_downgrade,
		  struct err *err)
{
	long long version = bank->version, highest = met->highest;

	if (!met->highest)
		return true;
	if (!bank->is_signed)
		return allow_downgrade ||
		       err_set(err, ERR_TRUST,
			       "bank %s was signed when it was used here before, and now "
			       "is not; to use it all the same, say --allow-downgrade "
			       "too",
			       bank->id);
	if (met->this_version && !met->same_digest)
		return err_set(err, ERR_TRUST,
			       "this is not the version %lld of bank %s that was used "
			       "here before: somebody signed two under one number",
			       version, bank->id);
	if (version < highest && !allow_downgrade)
		return err_set(
			err, ERR_TRUST,
			"version %lld of bank %s is older than version %lld, which "
			"was used here before; to use it all the same, say "
			"--allow-downgrade",
			version, bank->id, highest);
	if (version - highest > LEAP_MAX)
		return err_set(err, ERR_TRUST,
			       "version %lld of bank %s is more than %d above version "
			       "%lld, which was used here before",
			       version, bank->id, LEAP_MAX, highest);
	return true;
}

static bool enter(struct store *store, const struct store_met *met, struct err *err)
{
	return store_run(store, err,
			 "INSERT INTO bank_ledger"
			 " (bank_id, version, digest, signed_by, met_ms)"
			 " VALUES (?, ?, ?, ?, ?)",
			 "tidti", met->bank_id, met->version, &met->digest,
			 met->signed_by, met->met_ms);
}

static bool enter_bank(struct store *store, const struct bank *bank, int64_t now_ms,
		       struct err *err)
{
	char key[CRYPTO_KEY_TEXT_SIZE];
	const struct store_met met = { bank->id, key, bank->version, now_ms,
				       bank->digest };

	crypto_public_text(&bank->signer.key->key, key);
	return enter(store, &met, err);
}

static bool look_and_judge(struct store *store, const struct bank *bank,
			   bool allow_downgrade, struct met *met, struct err *err)
{
	return look_up(store, bank->id, bank->version, &bank->digest, met, err) &&
	       judge(bank, met, allow_downgrade, err);
}

/* Most of the time the bank is known, and nothing has to be written. */
bool store_meet(struct store *store, const struct bank *bank, bool allow_downgrade,
		int64_t now_ms, struct err *err)
{
	struct met met;
	bool ok;

	if (!look_and_judge(store, bank, allow_downgrade, &met, err))
		return false;
	if (met.this_version || !bank->is_signed)
		return true;
	if (!store_begin_write(store, err))
		return false;
	/* Another process may have met another one in between. */
	ok = look_and_judge(store, bank, allow_downgrade, &met, err) &&
	     (met.this_version || enter_bank(store, bank, now_ms, err));
	return store_end_write(store, ok, err);
}

/* The rules are those for a bank that is met; an older version is only remembered. */
bool store_merge_met(struct store *store, const struct store_met *met, bool *added,
		     struct err *err)
{
	const struct bank bank = { .id = met->bank_id,
				   .version = met->version,
				   .digest = met->digest,
				   .is_signed = true };
	struct met known;

	if (!look_and_judge(store, &bank, true, &known, err))
		return false;
	*added = !known.this_version;
	return known.this_version || enter(store, met, err);
}

bool store_forget(struct store *store, const char *bank_id, struct err *err)
{
	if (!store_run(store, err, "DELETE FROM bank_ledger WHERE bank_id = ?", "t",
		       bank_id))
		return false;
	return sqlite3_changes(store->db) > 0 ||
	       err_set(err, ERR_USAGE, "no bank \"%s\" was used here", bank_id);
}
