#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "priv.h"

static void add_to_sum(void *sum, const void *bytes, size_t len)
{
	crypto_sum_add(sum, bytes, len);
}

/* The bytes are kept only where they will be parsed, and those are then the same. */
static bool read_and_digest(struct opening *o, int dir, struct bank_file *file,
			    struct buf *text, struct err *err)
{
	struct crypto_sum sum;

	if (!o->unparsed) {
		if (!file_read_below(dir, file->path, BANK_FILE_MAX, text, err))
			return false;
		file->digest = crypto_digest(text->data, text->len);
		file->bytes = text->len;
		return true;
	}
	crypto_sum_init(&sum);
	if (!file_scan_below(dir, file->path, BANK_FILE_MAX, add_to_sum, &sum,
			     &file->bytes, err))
		return false;
	file->digest = crypto_sum_end(&sum);
	return true;
}

/* A row of one of the manifest's lists, and the manifest. */
struct listed_row {
	const struct json_doc *doc;
	const struct json *value;
	size_t index;
};

/* A file the manifest lists: read once, and only believed with its digest. */
static bool read_listed(struct opening *o, int dir, const struct listed_row *row,
			const struct manifest_file *listed, struct buf *text,
			struct err *err)
{
	struct bank_file *file = &o->bank->files[o->bank->file_count];
	struct digest wanted;

	if (!crypto_unhex(listed->blake2b, &wanted))
		return json_error(row->doc, json_member(row->value, "blake2b"), err,
				  "must be 64 hexadecimal digits, in small letters");
	file->path = listed->path;
	if (!read_and_digest(o, dir, file, text, err)) {
		if (err->kind == ERR_INPUT)
			err->kind = ERR_TRUST;
		return err_in(err, "%s", listed->path);
	}
	if (!crypto_digest_equal(&file->digest, &wanted))
		return err_set(err, ERR_TRUST,
			       "%s: changed since the bank was signed (its digest is not "
			       "the one in %s)",
			       listed->path, BANK_MANIFEST);
	o->bytes += file->bytes;
	if (o->bytes > BANK_BYTES_MAX)
		return err_set(err, ERR_INPUT, "%s: with this file more than %zu bytes",
			       listed->path, BANK_BYTES_MAX);
	o->bank->file_count++;
	return true;
}

static int compare_paths(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

/* Where upper and lower case are one, paths that differ in it alone are one file. */
static bool check_paths(struct bank *bank, struct err *err)
{
	const char **paths = ARENA_ARRAY(&bank->arena, bank->file_count, const char *);

	for (size_t i = 0; i < bank->file_count; i++)
		paths[i] = bank->files[i].path;
	if (bank->file_count)
		qsort(paths, bank->file_count, sizeof(*paths), compare_paths);
	for (size_t i = 1; i < bank->file_count; i++)
		if (strcasecmp(paths[i - 1], paths[i]) == 0)
			return err_set(err, ERR_INPUT,
				       "%s: lists %s and %s, which may be one file",
				       BANK_MANIFEST, paths[i - 1], paths[i]);
	return true;
}

/* One file: its tree and bytes are let go of as soon as its questions are read. */
static bool read_sheet(struct opening *o, const char *name, const struct buf *text,
		       struct err *err)
{
	struct json_doc *doc = NULL;
	struct reading_source source = { .file = name, .within = "" };
	bool ok = json_open(name, text->data, text->len, &json_limits_file, &doc, err);

	if (ok) {
		source.doc = doc;
		source.object = json_root(doc);
		ok = reading_questions(&o->reading, &source, err);
	}
	json_free(doc);
	return ok;
}

static bool read_inline(struct opening *o, const struct listed_row *row, struct err *err)
{
	struct reading_source source = { .file = BANK_MANIFEST,
					 .doc = row->doc,
					 .object = row->value };

	source.within = arena_printf(&o->bank->arena, "questions[%zu].", row->index);
	return reading_questions(&o->reading, &source, err);
}

static bool read_questions(struct opening *o, int dir, const struct listed_row *row,
			   struct err *err)
{
	struct manifest_file file;
	struct buf text = BUF_INIT;
	bool ok;

	if (!manifest_file_read(row->doc, row->value, &o->bank->arena, &file, err))
		return false;
	if (!file.path)
		return o->unparsed || read_inline(o, row, err);
	ok = read_listed(o, dir, row, &file, &text, err) &&
	     (o->unparsed || read_sheet(o, file.path, &text, err));
	buf_release(&text);
	return ok;
}

static bool read_blueprint(struct opening *o, int dir, const struct listed_row *row,
			   struct err *err)
{
	struct bank *bank = o->bank;
	struct bank_blueprint *into = &bank->blueprints[bank->blueprint_count];
	struct manifest_file file;
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, true);
	bool ok = true;

	if (!manifest_file_read(row->doc, row->value, &bank->arena, &file, err))
		return false;
	if (file.path)
		ok = read_listed(o, dir, row, &file, &text, err);
	else
		json_out_value(&out, NULL, row->value);
	if (ok && !o->unparsed) {
		into->name = file.path ? file.path : BANK_MANIFEST;
		into->text = arena_copy(&bank->arena, text.data, text.len);
		into->len = text.len;
		bank->blueprint_count++;
	}
	buf_release(&text);
	return ok;
}

static void take_manifest(struct bank *bank, const struct manifest *manifest)
{
	size_t blueprints = json_count(manifest->blueprints);

	bank->id = manifest->id;
	bank->title = manifest->title;
	bank->language = manifest->language;
	bank->license = manifest->license;
	bank->version = manifest->version;
	bank->issued = manifest->issued;
	bank->valid_until = manifest->valid_until;
	bank->default_blueprint = manifest->def;
	bank->blueprints = ARENA_ARRAY(&bank->arena, blueprints, struct bank_blueprint);
	bank->files = ARENA_ARRAY(&bank->arena,
				  blueprints + json_count(manifest->questions),
				  struct bank_file);
}

bool bank_read_manifest(int dir, struct buf *text, struct err *err)
{
	if (file_read_below(dir, BANK_MANIFEST, BANK_FILE_MAX, text, err))
		return true;
	return err_in(err, "%s", BANK_MANIFEST);
}

/* The signature over the manifest's bytes, before a single one of them is parsed. */
static bool check_signature(struct bank *bank, int dir, const struct bank_policy *policy,
			    const struct buf *manifest, struct err *err)
{
	struct buf signature = BUF_INIT;
	bool ok;

	if (faccessat(dir, BANK_SIGNATURE, F_OK, AT_SYMLINK_NOFOLLOW) != 0 &&
	    errno == ENOENT) {
		if (policy->allow_unsigned)
			return true;
		return err_set(
			err, ERR_TRUST,
			"the bank is not signed (there is no %s); to use it all the "
			"same, say --allow-unsigned",
			BANK_SIGNATURE);
	}
	ok = file_read_below(dir, BANK_SIGNATURE, CRYPTO_SIGNATURE_FILE_MAX, &signature,
			     err);
	if (!ok && err->kind == ERR_INPUT)
		err->kind = ERR_TRUST;
	ok = ok && trust_check(policy->trust, manifest->data, manifest->len,
			       signature.data, signature.len, &bank->signer, err);
	bank->is_signed = ok;
	buf_release(&signature);
	return ok ? true : err_in(err, "%s", BANK_SIGNATURE);
}

/* What was signed is this bank, and the key may sign it. */
static bool check_signer(const struct bank *bank, const struct bank_policy *policy,
			 struct err *err)
{
	struct arena arena = ARENA_INIT;
	const char *wanted;
	bool ok = true;

	if (!bank->is_signed)
		return true;
	wanted = manifest_comment(bank->id, bank->version, &arena);
	if (strcmp(bank->signer.comment, wanted) != 0)
		ok = err_set(err, ERR_TRUST,
			     "%s: what was signed is \"%s\", but the manifest is \"%s\"",
			     BANK_SIGNATURE, bank->signer.comment, wanted);
	arena_release(&arena);
	return ok && trust_allows(&bank->signer, bank->id, policy->today, err);
}

static bool read_rows(struct opening *o, int dir, const struct json_doc *doc,
		      const struct json *list, struct err *err,
		      bool (*read)(struct opening *o, int dir,
				   const struct listed_row *row, struct err *err))
{
	struct listed_row row = { doc, NULL, 0 };

	json_each (value, list) {
		row.value = value;
		if (!read(o, dir, &row, err))
			return false;
		row.index++;
	}
	return true;
}

static bool read_files(struct opening *o, int dir, const struct json_doc *doc,
		       const struct bank_policy *policy, struct err *err)
{
	struct manifest manifest;

	if (!manifest_read(doc, &o->bank->arena, &manifest, err))
		return false;
	take_manifest(o->bank, &manifest);
	return check_signer(o->bank, policy, err) &&
	       read_rows(o, dir, doc, manifest.blueprints, err, read_blueprint) &&
	       read_rows(o, dir, doc, manifest.questions, err, read_questions) &&
	       check_paths(o->bank, err);
}

bool opening_bank(struct opening *o, int dir, const struct bank_policy *policy,
		  const struct buf *text, struct err *err)
{
	struct json_doc *doc = NULL;
	bool ok;

	o->reading.arena = &o->bank->arena;
	o->bank->digest = crypto_digest(text->data, text->len);
	ok = json_open(BANK_MANIFEST, text->data, text->len, &json_limits_file, &doc,
		       err) &&
	     read_files(o, dir, doc, policy, err);
	json_free(doc);
	ok = ok && (o->unparsed || reading_finish(&o->reading, o->bank, NULL, NULL, err));
	reading_release(&o->reading);
	return ok;
}

static bool read_bank(struct opening *o, int dir, const struct bank_policy *policy,
		      struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok = bank_read_manifest(dir, &text, err) &&
		  check_signature(o->bank, dir, policy, &text, err) &&
		  opening_bank(o, dir, policy, &text, err);

	buf_release(&text);
	return ok;
}

static bool open_it(const char *path, const struct bank_policy *policy, bool unparsed,
		    struct bank **bank, struct err *err)
{
	struct opening opening = { .unparsed = unparsed };
	int dir;
	bool ok;

	if (!file_open_dir(path, &dir, err))
		return false;
	opening.bank = bank_new(path);
	ok = read_bank(&opening, dir, policy, err);
	close(dir);
	if (!ok) {
		bank_free(opening.bank);
		return err_in(err, "%s", path);
	}
	*bank = opening.bank;
	return true;
}

bool bank_open(const char *path, const struct bank_policy *policy, struct bank **bank,
	       struct err *err)
{
	return open_it(path, policy, false, bank, err);
}

bool bank_verify(const char *path, const struct bank_policy *policy, struct bank **bank,
		 struct err *err)
{
	return open_it(path, policy, true, bank, err);
}

struct bank *bank_new(const char *path)
{
	struct bank *bank = calloc(1, sizeof(*bank));

	if (!bank)
		err_no_memory();
	bank->path = arena_text(&bank->arena, path);
	return bank;
}

void bank_free(struct bank *bank)
{
	if (!bank)
		return;
	arena_release(&bank->arena);
	free(bank);
}
