#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "priv.h"

static bool write_file_row(const char *path, int dir, struct buf *text,
			   struct json_out *out, struct err *err)
{
	struct digest digest;
	char hex[CRYPTO_HEX_SIZE];

	if (!file_read_below(dir, path, BANK_FILE_MAX, text, err))
		return err_in(err, "%s", path);
	digest = crypto_digest(text->data, text->len);
	crypto_hex(&digest, hex);
	json_out_object(out, NULL);
	json_out_text(out, "path", path);
	json_out_text(out, "blake2b", hex);
	json_out_end(out, '}');
	return true;
}

/* Writes the list anew: documents inline as they are, files with their digests. */
static bool write_list(struct listing *listing, int dir, const struct json_doc *doc,
		       const struct json *rows, struct arena *arena, struct json_out *out,
		       struct err *err)
{
	struct buf text = BUF_INIT;
	struct manifest_file file;
	bool ok = true;

	json_out_array(out, listing->name);
	json_each (row, rows) {
		if (!manifest_file_read(doc, row, arena, &file, err))
			return false;
		if (file.path)
			listing_add(listing, file.path, false);
		else
			json_out_value(out, NULL, row);
	}
	listing_add_folder(listing, dir, arena);
	listing_sort(listing);
	for (size_t i = 0; ok && i < listing->count; i++)
		ok = write_file_row(listing->files[i].path, dir, &text, out, err);
	json_out_end(out, ']');
	buf_release(&text);
	return ok;
}

/* Everything that is made before anything is written. */
struct making {
	struct arena *arena;
	struct manifest manifest;
	struct listing blueprints, questions;
	struct buf text, signature;
};

static void making_release(struct making *making)
{
	free(making->blueprints.files);
	free(making->questions.files);
	buf_release(&making->text);
	buf_release(&making->signature);
}

static bool write_manifest(struct making *making, const struct json_doc *doc, int dir,
			   struct err *err)
{
	const struct manifest *manifest = &making->manifest;
	struct json_out out = JSON_OUT(&making->text, true);
	bool ok;

	json_out_object(&out, NULL);
	json_out_text(&out, "format", "proctor-bank/1");
	json_out_text(&out, "id", manifest->id);
	json_out_integer(&out, "version", manifest->version);
	json_out_text(&out, "title", manifest->title);
	json_out_text(&out, "language", manifest->language);
	json_out_text(&out, "license", manifest->license);
	json_out_text(&out, "issued", manifest->issued);
	if (manifest->valid_until)
		json_out_text(&out, "valid_until", manifest->valid_until);
	if (manifest->def)
		json_out_text(&out, "default_blueprint", manifest->def);
	if (manifest->names)
		json_out_value(&out, "names", manifest->names);
	ok = write_list(&making->blueprints, dir, doc, manifest->blueprints,
			making->arena, &out, err) &&
	     write_list(&making->questions, dir, doc, manifest->questions, making->arena,
			&out, err);
	json_out_end(&out, '}');
	buf_char(&making->text, '\n');
	return ok;
}

/* The manifest that shall be signed, out of the one that is there. */
static bool make_manifest(struct making *making, const struct bank_signing *signing,
			  int dir, struct err *err)
{
	struct manifest *manifest = &making->manifest;
	struct json_doc *doc = NULL;
	struct buf old = BUF_INIT;
	bool ok;

	ok = bank_read_manifest(dir, &old, err) &&
	     json_open(BANK_MANIFEST, old.data, old.len, &json_limits_file, &doc, err) &&
	     manifest_read(doc, making->arena, manifest, err);
	if (ok) {
		manifest->version = signing->version ? signing->version
						     : manifest->version + 1;
		manifest->issued = signing->today;
		ok = write_manifest(making, doc, dir, err);
	}
	json_free(doc);
	buf_release(&old);
	return ok;
}

/* Would a bank with this manifest open, and does nothing else speak against it? */
static bool check_whole(const char *path, int dir, const struct bank_signing *signing,
			const struct buf *text, struct err *err)
{
	struct bank_policy policy = { NULL, true, signing->today };
	struct opening opening = { .bank = bank_new(path) };
	bool ok = opening_bank(&opening, dir, &policy, text, err) &&
		  (!signing->check ||
		   signing->check(signing->context, opening.bank, err));

	bank_free(opening.bank);
	return ok;
}

static bool write_below(const char *path, const char *name, const struct buf *text,
			struct err *err)
{
	struct buf full = BUF_INIT;
	bool ok;

	buf_printf(&full, "%s/%s", path, name);
	ok = file_write(full.data, text->data, text->len, 0644, err);
	buf_release(&full);
	return ok;
}

static bool make(struct making *making, const struct bank_signing *signing,
		 const char *path, int dir, struct err *err)
{
	const struct manifest *manifest = &making->manifest;
	bool ok;

	ok = make_manifest(making, signing, dir, err) &&
	     check_whole(path, dir, signing, &making->text, err) &&
	     crypto_sign_file(
		     signing->key, making->text.data, making->text.len,
		     manifest_comment(manifest->id, manifest->version, making->arena),
		     &making->signature, err);
	return ok || err_in(err, "%s", path);
}

static void tell_new(struct bank_signing *signing, const struct listing *listing)
{
	for (size_t i = 0; i < listing->count; i++)
		if (listing->files[i].is_new)
			signing->added[signing->added_count++] = listing->files[i].path;
}

static void tell(struct bank_signing *signing, const struct making *making)
{
	signing->version = making->manifest.version;
	signing->added_count = 0;
	signing->added = ARENA_ARRAY(signing->arena,
				     making->blueprints.count + making->questions.count,
				     const char *);
	tell_new(signing, &making->blueprints);
	tell_new(signing, &making->questions);
}

bool bank_sign(const char *path, struct bank_signing *signing, struct err *err)
{
	struct making making = {
		.arena = signing->arena,
		.blueprints = { .name = "blueprints" },
		.questions = { .name = "questions" },
		.text = BUF_INIT,
		.signature = BUF_INIT,
	};
	bool ok;
	int dir;

	if (!file_open_dir(path, &dir, err))
		return false;
	ok = make(&making, signing, path, dir, err) &&
	     write_below(path, BANK_MANIFEST, &making.text, err) &&
	     write_below(path, BANK_SIGNATURE, &making.signature, err);
	if (ok)
		tell(signing, &making);
	close(dir);
	making_release(&making);
	return ok;
}
