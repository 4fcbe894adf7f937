#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "priv.h"

/*
 * A working copy is read with the reader's own tables and rules; only that every document
 * has a sink, and that a fault ends nothing but what it makes impossible.
 */
struct copying {
	struct bank_copy *copy;
	struct reading *reading;
	const struct json_sink *sink;
	int dir; /* -1: there are no files but the one given */
	struct bank_part *parts;
	size_t size;
	struct bank_place *blueprints;
	size_t blueprints_size;
};

static void tell(const struct copying *c, const char *document, const char *kind,
		 const char *text)
{
	c->sink->take(c->sink->context,
		      &(struct json_fault){ document, kind, text, 0, NULL, NULL });
}

/* Parses and keeps; takes the text. The part's doc stays NULL if it is no JSON. */
static struct bank_part *add_part(struct copying *c, const char *path,
				  enum bank_part_kind kind, struct buf *text)
{
	struct reading *r = c->reading;
	struct json_doc *doc = NULL;
	struct err err = ERR_INIT;
	struct bank_part *part;
	size_t texts = r->docs_size;

	json_open_with(path, text->data, text->len, &json_limits_file, c->sink, &doc,
		       &err);
	r->texts = reading_grow(r->texts, r->docs_count, &texts, sizeof(*r->texts));
	r->docs = reading_grow(r->docs, r->docs_count, &r->docs_size, sizeof(*r->docs));
	r->texts[r->docs_count] = *text;
	r->docs[r->docs_count++] = doc;
	c->parts = reading_grow(c->parts, c->copy->part_count, &c->size,
				sizeof(*c->parts));
	part = &c->parts[c->copy->part_count++];
	*part = (struct bank_part){ path, kind, true, false, text->data, text->len, doc };
	*text = (struct buf)BUF_INIT;
	return part;
}

static void add_blueprint(struct copying *c, const struct json_doc *doc,
			  const struct json *value)
{
	c->blueprints = reading_grow(c->blueprints, c->copy->blueprint_count,
				     &c->blueprints_size, sizeof(*c->blueprints));
	c->blueprints[c->copy->blueprint_count++] = (struct bank_place){ doc, value };
}

static void read_document(struct copying *c, enum bank_part_kind kind,
			  const struct json_doc *doc, const struct json *value)
{
	struct err err = ERR_INIT;

	if (kind == BANK_PART_BLUEPRINT)
		add_blueprint(c, doc, value);
	else
		reading_questions(c->reading, doc, value, &err);
}

/* A row of the manifest, or NULL and the path of a file that is not listed. */
static void read_file(struct copying *c, enum bank_part_kind kind,
		      const struct json_doc *manifest, const struct json *row,
		      const char *path, const struct digest *wanted)
{
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;
	struct bank_part *part;
	struct digest digest;

	if (!file_read_below(c->dir, path, BANK_FILE_MAX, &text, &err)) {
		if (row)
			json_fault(manifest, json_member(row, "path"), "missing-file",
				   &err, "%s: %s", path, err.text);
		else
			tell(c, path, "missing-file", err.text);
		buf_release(&text);
		return;
	}
	digest = crypto_digest(text.data, text.len);
	part = add_part(c, path, kind, &text);
	part->listed = row != NULL;
	part->changed = !wanted || !crypto_digest_equal(&digest, wanted);
	if (part->doc)
		read_document(c, kind, part->doc, json_root(part->doc));
}

static void read_row(struct copying *c, enum bank_part_kind kind,
		     const struct json_doc *doc, const struct json *row,
		     struct listing *listing)
{
	struct manifest_file file = { NULL, NULL };
	struct err err = ERR_INIT;
	struct digest wanted;
	bool ok = manifest_file_read(doc, row, &c->copy->bank->arena, &file, &err);
	size_t before = listing->count;

	if (ok && !file.path) {
		read_document(c, kind, doc, row);
		return;
	}
	if (!file.path)
		return;
	listing_add(listing, file.path, false);
	if (listing->count == before)
		json_fault(doc, json_member(row, "path"), "listed-twice", &err,
			   "\"%s\" is listed already", file.path);
	else if (c->dir >= 0)
		read_file(c, kind, doc, row, file.path,
			  file.blake2b && crypto_unhex(file.blake2b, &wanted) ? &wanted
									      : NULL);
}

static void read_list(struct copying *c, enum bank_part_kind kind, const char *name,
		      const struct json_doc *doc, const struct json *rows)
{
	struct listing listing = { .name = name };
	size_t listed;

	json_each (row, rows)
		read_row(c, kind, doc, row, &listing);
	listed = listing.count;
	if (c->dir >= 0)
		listing_add_folder(&listing, c->dir, &c->copy->bank->arena);
	for (size_t i = listed; i < listing.count; i++)
		read_file(c, kind, NULL, NULL, listing.files[i].path, NULL);
	free(listing.files);
}

static void read_manifest(struct copying *c, const struct json_doc *doc)
{
	struct bank *bank = c->copy->bank;
	struct manifest manifest = { .id = "" };
	struct err err = ERR_INIT;
	struct bank_name *names = NULL;

	if (doc) {
		manifest_read(doc, &bank->arena, &manifest, &err);
		manifest_names(doc, manifest.names, &bank->arena, &names,
			       &c->copy->name_count, &err);
		c->copy->names = names;
	}
	bank->id = manifest.id;
	bank->title = manifest.title;
	bank->language = manifest.language;
	bank->license = manifest.license;
	bank->version = manifest.version;
	bank->issued = manifest.issued;
	bank->valid_until = manifest.valid_until;
	bank->default_blueprint = manifest.def;
	read_list(c, BANK_PART_BLUEPRINT, "blueprints", doc, manifest.blueprints);
	read_list(c, BANK_PART_QUESTIONS, "questions", doc, manifest.questions);
}

static struct copying begin(const char *path, const struct json_sink *sink)
{
	struct copying c = { .sink = sink, .dir = -1 };

	c.copy = calloc(1, sizeof(*c.copy));
	c.reading = calloc(1, sizeof(*c.reading));
	if (!c.copy || !c.reading)
		err_no_memory();
	c.reading->bank = c.copy->bank = bank_new(path);
	c.reading->on = true;
	c.copy->reading = c.reading;
	return c;
}

static struct bank_copy *finish(struct copying *c)
{
	struct err err = ERR_INIT;

	reading_finish(c->reading, &err);
	c->copy->parts = c->parts;
	c->copy->blueprints = c->blueprints;
	c->copy->places = c->reading->sorted;
	c->copy->case_places = c->reading->sorted_cases;
	return c->copy;
}

bool bank_copy_open(const char *path, const struct json_sink *sink,
		    struct bank_copy **copy, struct err *err)
{
	struct buf text = BUF_INIT;
	struct copying c;
	struct err missing = ERR_INIT;
	const struct json_doc *doc = NULL;
	int dir;

	if (!file_open_dir(path, &dir, err))
		return false;
	c = begin(path, sink);
	c.dir = dir;
	if (bank_read_manifest(dir, &text, &missing))
		doc = add_part(&c, BANK_MANIFEST, BANK_PART_MANIFEST, &text)->doc;
	else
		tell(&c, BANK_MANIFEST, "missing-file", missing.text);
	c.copy->has_signature = faccessat(dir, BANK_SIGNATURE, F_OK,
					  AT_SYMLINK_NOFOLLOW) == 0;
	read_manifest(&c, doc);
	*copy = finish(&c);
	close(dir);
	buf_release(&text);
	return true;
}

/* What a document says it is; questions unless it says something else. */
static enum bank_part_kind document_kind(const struct json_doc *doc)
{
	static const char *const formats[] = {
		[BANK_PART_MANIFEST] = "proctor-bank/1",
		[BANK_PART_BLUEPRINT] = "proctor-blueprint/1",
		[BANK_PART_QUESTIONS] = "proctor-questions/1",
	};
	const struct json *format = doc ? json_member(json_root(doc), "format") : NULL;

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (format && json_text(format) &&
		    strcmp(json_text(format), formats[i]) == 0)
			return (enum bank_part_kind)i;
	return BANK_PART_QUESTIONS;
}

void bank_copy_of_text(const char *name, const char *bytes, size_t len,
		       const struct json_sink *sink, struct bank_copy **copy)
{
	struct copying c = begin(name, sink);
	struct buf text = BUF_INIT;
	struct bank_part *part;

	buf_add(&text, bytes, len);
	part = add_part(&c, arena_text(&c.copy->bank->arena, name), BANK_PART_QUESTIONS,
			&text);
	part->kind = document_kind(part->doc);
	if (part->kind == BANK_PART_MANIFEST)
		read_manifest(&c, part->doc);
	else if (part->doc)
		read_document(&c, part->kind, part->doc, json_root(part->doc));
	*copy = finish(&c);
}

void bank_copy_free(struct bank_copy *copy)
{
	if (!copy)
		return;
	reading_release(copy->reading);
	free(copy->reading);
	bank_free(copy->bank);
	free((void *)copy->parts);
	free((void *)copy->blueprints);
	free(copy);
}
