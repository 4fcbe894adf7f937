#include <string.h>

#include "cmd.h"
#include "proctor/file.h"
#include "proctor/report.h"
#include "proctor/text.h"

#define FILE_BYTES_MAX ((size_t)64 << 20)

struct verifying {
	struct arena arena;
	struct opener opener;
	struct buf text;
	struct json_doc *doc;
	struct report_claim claim;
	struct bank *bank;
	struct blueprint blueprint;
};

/* ---- The bank it was made from ---- */

static bool is_claimed(const struct report_claim *claim, const struct bank *bank)
{
	char digest[CRYPTO_HEX_SIZE];

	crypto_hex(&bank->digest, digest);
	return strcmp(claim->about.bank_digest, digest) == 0;
}

static bool not_found(const struct report_claim *claim, int64_t other, struct err *err)
{
	const char *id = claim->about.bank_id;
	long long version = claim->about.bank_version;

	if (other < 0)
		return err_set(
			err, ERR_USAGE,
			"this report is of bank %s, which was not found; say where "
			"it is with --bank DIR",
			id);
	return err_set(err, ERR_USAGE,
		       "this report is of version %lld of bank %s, with the digest "
		       "%.16s...; the bank found is version %lld with another digest, "
		       "so whether the report holds cannot be told from it",
		       version, id, claim->about.bank_digest, (long long)other);
}

/* A bank that is refused is told about, and is not the one. */
static bool find_bank(struct verifying *verifying, struct err *err)
{
	const struct report_claim *claim = &verifying->claim;
	struct opener *opener = &verifying->opener;
	struct folders folders;
	int64_t other = -1;

	if (!find_folders(opener->given->dir, opener->arena, &folders, err) ||
	    !opener_confine(opener, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++) {
		struct err why = ERR_INIT;
		struct bank *bank;

		if (!opener_open(opener, folders.at[i], &bank, &why)) {
			put_note(why.text);
			continue;
		}
		if (is_claimed(claim, bank)) {
			verifying->bank = bank;
			return true;
		}
		if (strcmp(bank->id, claim->about.bank_id) == 0)
			other = bank->version;
		bank_free(bank);
	}
	return not_found(claim, other, err);
}

static bool find_rules(struct verifying *verifying, struct err *err)
{
	const char *id = verifying->claim.about.blueprint_id;

	if (blueprint_find(verifying->bank, id, &verifying->arena, &verifying->blueprint,
			   err))
		return true;
	return err_set(
		err, ERR_USAGE,
		"blueprint %s is not in bank %s, so the score cannot be made again", id,
		verifying->bank->id);
}

/* ---- What to say ---- */

static void put_held(const struct verifying *verifying, const struct report_check *check,
		     struct buf *out)
{
	const struct score *score = &check->score;
	const struct bank *bank = verifying->bank;

	buf_printf(out,
		   "The report holds. Its questions are in bank %s version %lld, %s%s.\n",
		   bank->id, (long long)bank->version,
		   bank->is_signed ? "signed by " : "which is not signed",
		   bank->is_signed ? bank->signer.key_id : "");
	if (check->drawn)
		buf_text(out, "The form and its letters are what the seed draws.\n");
	else
		buf_text(out,
			 "Whether the form was drawn as it should be cannot be told: "
			 "it depended on more\nthan the seed.\n");
	if (strcmp(verifying->claim.about.kind, "drill") == 0)
		buf_text(out, "Scored again, each response is right or wrong as it "
			      "says.\n");
	else if (score->of)
		buf_printf(out,
			   "Scored again, the responses give %lld of %lld right, %lld: "
			   "%s.\n",
			   (long long)score->raw, (long long)score->of,
			   (long long)score->scaled, score->passed ? "pass" : "fail");
}

static void put_differences(const struct report_check *check, struct buf *out)
{
	struct buf safe = BUF_INIT;

	buf_text(out, "The report does not hold:\n");
	for (size_t i = 0; i < check->count; i++) {
		buf_clear(&safe);
		text_safe_line(&safe, check->differences[i],
			       strlen(check->differences[i]));
		buf_printf(out, "- %s\n", safe.data);
	}
	buf_release(&safe);
}

static const char limits[] =
	"\nThis does not prove who sat it, that no notes were used, or that the clock "
	"was\n"
	"honest: responses, times and flags are taken at the report's word. Whoever has "
	"the\nbank can write a report like this by hand.\n";

static bool tell(const struct verifying *verifying, const struct report_check *check,
		 const char *path, struct err *err)
{
	struct buf out = BUF_INIT;
	bool ok;

	if (check->count) {
		put_differences(check, &out);
	} else {
		put_held(verifying, check, &out);
		buf_text(&out, limits);
	}
	ok = put_out(&out, err);
	buf_release(&out);
	if (ok && check->count)
		return err_set(err, ERR_INPUT, "%s does not hold: %zu difference%s", path,
			       check->count, check->count == 1 ? "" : "s");
	return ok;
}

static bool verify(struct verifying *verifying, const char *path,
		   const struct bank_given *given, struct err *err)
{
	struct arena *arena = &verifying->arena;
	struct report_check check;

	return file_read(path, FILE_BYTES_MAX, &verifying->text, err) &&
	       json_open(path, verifying->text.data, verifying->text.len,
			 &json_limits_file, &verifying->doc, err) &&
	       report_claim_read(verifying->doc, arena, &verifying->claim, err) &&
	       opener_start(&verifying->opener, given, arena, err) &&
	       find_bank(verifying, err) && find_rules(verifying, err) &&
	       report_verify(&verifying->claim, verifying->bank, &verifying->blueprint,
			     arena, &check, err) &&
	       tell(verifying, &check, path, err);
}

bool verify_report(const char *path, const struct bank_given *given, struct err *err)
{
	struct verifying verifying = { .text = BUF_INIT };
	bool ok = verify(&verifying, path, given, err);

	opener_end(&verifying.opener);
	bank_free(verifying.bank);
	json_free(verifying.doc);
	buf_release(&verifying.text);
	arena_release(&verifying.arena);
	return ok;
}
