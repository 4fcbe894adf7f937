#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "priv.h"

/* The files of one list of the manifest: those it names and those new in its folder. */
struct listing {
	const char *name; /* of the list, and of the folder new files are found in */
	const char **paths;
	size_t count, size;
};

static void add_path(struct listing *listing, const char *path)
{
	for (size_t i = 0; i < listing->count; i++)
		if (strcmp(listing->paths[i], path) == 0)
			return;
	listing->paths = reading_grow(listing->paths, listing->count, &listing->size,
				      sizeof(*listing->paths));
	listing->paths[listing->count++] = path;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_folder(struct listing *listing, int dir, struct arena *arena)
{
	int fd = openat(dir, listing->name,
			O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (!folder)
		return;
	while ((entry = readdir(folder))) {
		size_t len = strlen(entry->d_name);

		if (len > 5 && entry->d_name[0] != '.' &&
		    strcmp(entry->d_name + len - 5, ".json") == 0)
			add_path(listing, arena_printf(arena, "%s/%s", listing->name,
						       entry->d_name));
	}
	closedir(folder);
}

/* Writes the list anew: documents inline as they are, files with their digests. */
static bool write_list(struct listing *listing, int dir, const struct json_doc *doc,
		       const struct json *rows, struct arena *arena, struct json_out *out,
		       struct err *err)
{
	struct buf text = BUF_INIT;
	struct manifest_file file;
	char hex[CRYPTO_HEX_SIZE];
	bool ok = true;

	json_out_array(out, listing->name);
	json_each (row, rows) {
		if (!manifest_file_read(doc, row, arena, &file, err))
			return false;
		if (file.path)
			add_path(listing, file.path);
		else
			json_out_value(out, NULL, row);
	}
	add_folder(listing, dir, arena);
	if (listing->count)
		qsort(listing->paths, listing->count, sizeof(*listing->paths),
		      compare_paths);
	for (size_t i = 0; ok && i < listing->count; i++) {
		struct digest digest;

		ok = file_read_below(dir, listing->paths[i], BANK_FILE_MAX, &text, err);
		if (!ok) {
			err_in(err, "%s", listing->paths[i]);
			break;
		}
		digest = crypto_digest(text.data, text.len);
		crypto_hex(&digest, hex);
		json_out_object(out, NULL);
		json_out_text(out, "path", listing->paths[i]);
		json_out_text(out, "blake2b", hex);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
	buf_release(&text);
	return ok;
}

static bool write_manifest(const struct manifest *manifest, const struct json_doc *doc,
			   int dir, struct arena *arena, struct buf *text,
			   struct err *err)
{
	struct listing blueprints = { .name = "blueprints" };
	struct listing questions = { .name = "questions" };
	struct json_out out = JSON_OUT(text, true);
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
	ok = write_list(&blueprints, dir, doc, manifest->blueprints, arena, &out, err) &&
	     write_list(&questions, dir, doc, manifest->questions, arena, &out, err);
	json_out_end(&out, '}');
	buf_char(text, '\n');
	free(blueprints.paths);
	free(questions.paths);
	return ok;
}

/* The manifest that shall be signed, out of the one that is there. */
static bool make_manifest(int dir, int64_t version, const char *today,
			  struct arena *arena, struct buf *made,
			  struct manifest *manifest, struct err *err)
{
	struct json_doc *doc = NULL;
	struct buf old = BUF_INIT;
	bool ok;

	ok = bank_read_manifest(dir, &old, err) &&
	     json_open(BANK_MANIFEST, old.data, old.len, &json_limits_file, &doc, err) &&
	     manifest_read(doc, arena, manifest, err);
	if (ok) {
		manifest->version = version ? version : manifest->version + 1;
		manifest->issued = today;
		ok = write_manifest(manifest, doc, dir, arena, made, err);
	}
	json_free(doc);
	buf_release(&old);
	return ok;
}

/* Would a bank with this manifest open? */
static bool check_whole(const char *path, int dir, const char *today,
			const struct buf *text, struct err *err)
{
	struct bank_policy policy = { NULL, true, today };
	struct reading reading = { .bank = bank_new(path) };
	struct buf copy = BUF_INIT;
	bool ok;

	buf_add(&copy, text->data, text->len);
	ok = reading_bank(&reading, dir, &policy, &copy, err);
	buf_release(&copy);
	reading_release(&reading);
	bank_free(reading.bank);
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

bool bank_sign(const char *path, const struct secret_key *key, int64_t version,
	       const char *today, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT, signature = BUF_INIT;
	struct manifest manifest;
	bool ok;
	int dir;

	if (!file_open_dir(path, &dir, err))
		return false;
	ok = make_manifest(dir, version, today, &arena, &text, &manifest, err) &&
	     check_whole(path, dir, today, &text, err) &&
	     crypto_sign_file(key, text.data, text.len,
			      manifest_comment(manifest.id, manifest.version, &arena),
			      &signature, err);
	if (!ok)
		err_in(err, "%s", path);
	ok = ok && write_below(path, BANK_MANIFEST, &text, err) &&
	     write_below(path, BANK_SIGNATURE, &signature, err);
	close(dir);
	buf_release(&text);
	buf_release(&signature);
	arena_release(&arena);
	return ok;
}
