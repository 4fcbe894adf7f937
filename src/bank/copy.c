#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "copying.h"

static size_t add_part(struct copying *c, const char *path, enum bank_part_kind kind,
		       bool listed)
{
	struct bank_copy *copy = c->copy;

	copy->parts = reading_grow(copy->parts, copy->part_count, &c->parts_size,
				   sizeof(*copy->parts));
	copy->parts[copy->part_count] = (struct bank_part){ .path = path,
							    .kind = kind,
							    .listed = listed };
	return copy->part_count++;
}

static struct sheet *add_sheet(struct copying *c, size_t part, const char *within,
			       const struct json *inside)
{
	struct bank_copy *copy = c->copy;
	size_t size = c->sheets_size;
	struct sheet *sheet;

	copy->sheets = reading_grow(copy->sheets, copy->sheet_count, &size,
				    sizeof(*copy->sheets));
	c->sheets = reading_grow(c->sheets, copy->sheet_count, &c->sheets_size,
				 sizeof(*c->sheets));
	copy->sheets[copy->sheet_count] = (struct bank_sheet){
		.part = part, .within = within, .is_inline = inside != NULL
	};
	sheet = &c->sheets[copy->sheet_count++];
	*sheet = (struct sheet){ .arena = ARENA_INIT,
				 .bytes = BUF_INIT,
				 .inside = inside };
	return sheet;
}

static void add_blueprint(struct copying *c, const struct json_doc *doc,
			  const struct json *value)
{
	struct bank_copy *copy = c->copy;

	c->blueprints = reading_grow(c->blueprints, copy->blueprint_count,
				     &c->blueprints_size, sizeof(*c->blueprints));
	c->blueprints[copy->blueprint_count++] = (struct bank_place){ doc, value };
}

/* ---- Files ---- */

static void read_blueprint(struct copying *c, const char *path, const struct json *row)
{
	struct buf bytes = BUF_INIT;
	struct json_doc *doc = NULL;
	struct err err = ERR_INIT;
	size_t part, size = c->docs_size;

	if (!copying_read(c, path, row, &c->sink, &bytes)) {
		c->copy->blueprints_unread++;
		buf_release(&bytes);
		return;
	}
	part = add_part(c, path, BANK_PART_BLUEPRINT, row != NULL);
	json_open_with(path, bytes.data, bytes.len, &json_limits_file, &c->sink, &doc,
		       &err);
	copying_note(&c->copy->parts[part], bytes.data, bytes.len, doc);
	c->docs = reading_grow(c->docs, c->docs_count, &size, sizeof(struct json_doc *));
	c->docs_bytes = reading_grow(c->docs_bytes, c->docs_count, &c->docs_size,
				     sizeof(*c->docs_bytes));
	c->docs[c->docs_count] = doc;
	c->docs_bytes[c->docs_count++] = bytes;
	if (doc)
		add_blueprint(c, doc, json_root(doc));
	else
		c->copy->blueprints_unread++;
}

static void add_file(struct copying *c, enum bank_part_kind kind, const char *path,
		     const struct json *row)
{
	if (kind == BANK_PART_BLUEPRINT)
		read_blueprint(c, path, row);
	else
		add_sheet(c, add_part(c, path, kind, row != NULL), "", NULL)->row = row;
}

static void add_inline(struct copying *c, enum bank_part_kind kind,
		       const struct json *value, size_t index)
{
	if (kind == BANK_PART_BLUEPRINT)
		add_blueprint(c, c->manifest, value);
	else
		add_sheet(c, 0,
			  arena_printf(&c->copy->bank->arena, "/questions/%zu", index),
			  value);
}

/* ---- The manifest ---- */

struct list {
	enum bank_part_kind kind;
	const struct json *rows;
	struct listing listing;
};

static void read_row(struct copying *c, struct list *list, const struct json *row,
		     size_t index)
{
	struct manifest_file file = { NULL, NULL };
	struct err err = ERR_INIT;
	bool ok = manifest_file_read(c->manifest, row, &c->copy->bank->arena, &file,
				     &err);
	size_t before = list->listing.count;

	if (ok && !file.path) {
		add_inline(c, list->kind, row, index);
		return;
	}
	if (!file.path) {
		c->copy->blueprints_unread += list->kind == BANK_PART_BLUEPRINT;
		return;
	}
	listing_add(&list->listing, file.path, false);
	if (list->listing.count == before)
		json_fault(c->manifest, json_member(row, "path"), "listed-twice", &err,
			   "\"%s\" is listed already", file.path);
	else if (c->dir >= 0)
		add_file(c, list->kind, file.path, row);
	else
		c->copy->blueprints_unread += list->kind == BANK_PART_BLUEPRINT;
}

static void read_list(struct copying *c, struct list *list)
{
	size_t listed, index = 0;

	json_each (row, list->rows)
		read_row(c, list, row, index++);
	listed = list->listing.count;
	if (c->dir >= 0)
		listing_add_folder(&list->listing, c->dir, &c->copy->bank->arena);
	for (size_t i = listed; i < list->listing.count; i++)
		add_file(c, list->kind, list->listing.files[i].path, NULL);
	free(list->listing.files);
}

static void read_manifest(struct copying *c)
{
	struct bank *bank = c->copy->bank;
	struct manifest manifest = { .id = "" };
	struct bank_name *names = NULL;
	struct err err = ERR_INIT;

	if (c->manifest) {
		manifest_read(c->manifest, &bank->arena, &manifest, &err);
		manifest_names(c->manifest, manifest.names, &bank->arena, &names,
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
	read_list(c, &(struct list){ BANK_PART_BLUEPRINT,
				     manifest.blueprints,
				     { .name = "blueprints" } });
	read_list(c, &(struct list){ BANK_PART_QUESTIONS,
				     manifest.questions,
				     { .name = "questions" } });
	c->copy->manifest = c->manifest;
}

static struct copying *begin(const char *path, const struct json_sink *sink)
{
	struct copying *c = calloc(1, sizeof(*c));
	struct bank_copy *copy = calloc(1, sizeof(*copy));

	if (!c || !copy)
		err_no_memory();
	c->copy = copy;
	c->sink = *sink;
	c->dir = -1;
	c->manifest_bytes = (struct buf)BUF_INIT;
	copy->bank = bank_new(path);
	copy->copying = c;
	return c;
}

static struct bank_copy *begun(struct copying *c)
{
	c->copy->blueprints = c->blueprints;
	return c->copy;
}

bool bank_copy_open(const char *path, const struct json_sink *sink,
		    struct bank_copy **copy, struct err *err)
{
	struct err missing = ERR_INIT;
	struct copying *c;
	int dir;

	if (!file_open_dir(path, &dir, err))
		return false;
	c = begin(path, sink);
	c->dir = dir;
	if (bank_read_manifest(dir, &c->manifest_bytes, &missing)) {
		size_t part = add_part(c, BANK_MANIFEST, BANK_PART_MANIFEST, true);
		const struct buf *bytes = &c->manifest_bytes;

		json_open_with(BANK_MANIFEST, bytes->data, bytes->len, &json_limits_file,
			       &c->sink, &c->manifest, &missing);
		copying_note(&c->copy->parts[part], bytes->data, bytes->len, c->manifest);
	} else {
		copying_tell(&c->sink, BANK_MANIFEST, "missing-file", missing.text);
	}
	c->copy->has_signature = faccessat(dir, BANK_SIGNATURE, F_OK,
					   AT_SYMLINK_NOFOLLOW) == 0;
	read_manifest(c);
	*copy = begun(c);
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

/* The document is kept where a manifest would be, whatever it is. */
void bank_copy_of_text(const char *name, const char *bytes, size_t len,
		       const struct json_sink *sink, struct bank_copy **copy)
{
	struct copying *c = begin(name, sink);
	struct bank_part *part;
	struct err err = ERR_INIT;

	name = arena_text(&c->copy->bank->arena, name);
	c->text = bytes;
	json_open_with(name, bytes, len, &json_limits_file, &c->sink, &c->manifest, &err);
	add_part(c, name, document_kind(c->manifest), true);
	part = &c->copy->parts[0];
	copying_note(part, bytes, len, c->manifest);
	if (part->kind == BANK_PART_MANIFEST)
		read_manifest(c);
	else if (c->manifest && part->kind == BANK_PART_BLUEPRINT)
		add_blueprint(c, c->manifest, json_root(c->manifest));
	else if (c->manifest)
		add_sheet(c, 0, "", json_root(c->manifest));
	*copy = begun(c);
}

void bank_copy_free(struct bank_copy *copy)
{
	struct copying *c = copy ? copy->copying : NULL;

	if (!copy)
		return;
	for (size_t i = 0; i < copy->sheet_count; i++) {
		reading_release(&c->sheets[i].reading);
		arena_release(&c->sheets[i].arena);
		json_free(c->sheets[i].doc);
		buf_release(&c->sheets[i].bytes);
	}
	for (size_t i = 0; i < c->docs_count; i++) {
		json_free(c->docs[i]);
		buf_release(&c->docs_bytes[i]);
	}
	json_free(c->manifest);
	buf_release(&c->manifest_bytes);
	reading_release(&c->joined);
	if (c->dir >= 0)
		close(c->dir);
	free(c->docs);
	free(c->docs_bytes);
	free(c->sheets);
	free(copy->sheets);
	free(copy->parts);
	free(c->blueprints);
	bank_free(copy->bank);
	free(c);
	free(copy);
}
