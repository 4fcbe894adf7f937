/* Whatever bank.json says: refused with a message, or a bank as every rule wants it. */
#include <string.h>

#include "../../src/bank/priv.h"
#include "fuzz_crypto.h"
#include "proctor/clock.h"

/* No path leads out of the folder, in whatever row it stands. */
static void check_rows(const struct json_doc *doc, const struct json *rows,
		       struct arena *arena)
{
	json_each (row, rows) {
		struct manifest_file file;
		struct err err = ERR_INIT;

		if (!manifest_file_read(doc, row, arena, &file, &err))
			promise(err.kind == ERR_INPUT && err.text[0]);
		else if (file.path)
			promise(file_is_plain_path(file.path) && file.path[0] != '/' &&
				!strstr(file.path, "..") && strlen(file.blake2b) == 64);
	}
}

static void check_manifest(const char *bytes, size_t len)
{
	struct arena arena = ARENA_INIT;
	struct manifest manifest;
	struct json_doc *doc = NULL;
	struct err err = ERR_INIT;

	if (json_open("bank.json", bytes, len, &json_limits_file, &doc, &err) &&
	    manifest_read(doc, &arena, &manifest, &err)) {
		promise(slug_is(manifest.id) && clock_is_date(manifest.issued));
		promise(manifest.version >= 1 && manifest.version <= 1000000000);
		promise(!manifest.valid_until || clock_is_date(manifest.valid_until));
		check_rows(doc, manifest.blueprints, &arena);
		check_rows(doc, manifest.questions, &arena);
	} else {
		promise(err.kind == ERR_INPUT && err.text[0]);
	}
	json_free(doc);
	arena_release(&arena);
}

/* The way bank_open() goes behind the signature; there is no file to be read. */
static void check_bank(const char *bytes, size_t len, bool unparsed)
{
	struct bank_policy policy = { NULL, true, "2026-11-20" };
	struct opening opening = { .bank = bank_new("fuzz"), .unparsed = unparsed };
	const struct bank *bank = opening.bank;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	buf_add(&text, bytes, len);
	if (opening_bank(&opening, -1, &policy, &text, &err)) {
		promise(!bank->is_signed && bank->file_count == 0);
		promise(!unparsed || bank->count == 0);
		for (size_t i = 1; i < bank->count; i++)
			promise(strcmp(bank->questions[i - 1].id, bank->questions[i].id) <
				0);
	} else {
		promise(err.kind != ERR_NONE && err.text[0]);
	}
	buf_release(&text);
	bank_free(opening.bank);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_manifest((const char *)data, size);
	check_bank((const char *)data, size, false);
	check_bank((const char *)data, size, true);
	return 0;
}
