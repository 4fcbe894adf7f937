#include <stdlib.h>
#include <string.h>

#include "copying.h"

/* Files of a working copy, and the questions in them, a sheet at a time. */

void copying_tell(const struct json_sink *sink, const char *document, const char *kind,
		  const char *text)
{
	sink->take(sink->context, &(struct json_fault){ document, kind, text, 0, NULL });
}

#define LANES 4

/* Words of four lanes at a time, to know bytes again; it keeps nobody from anything. */
static uint64_t sum_of(const char *bytes, size_t len)
{
	uint64_t sums[LANES] = { len, 1, 2, 3 }, words[LANES], sum = 0;

	for (; len >= sizeof(words); bytes += sizeof(words), len -= sizeof(words)) {
		memcpy(words, bytes, sizeof(words));
		for (size_t i = 0; i < LANES; i++)
			sums[i] = (sums[i] ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
	}
	memset(words, 0, sizeof(words));
	if (len)
		memcpy(words, bytes, len);
	for (size_t i = 0; i < LANES; i++)
		sum = (sum ^ sums[i] ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15) +
		      (sum >> 32);
	return sum;
}

void copying_note(struct bank_part *part, const char *bytes, size_t len,
		  const struct json_doc *doc)
{
	part->opened = true;
	part->len = len;
	part->sum = sum_of(bytes, len);
	part->parsed = doc != NULL;
	part->root = doc ? json_offset(json_root(doc)) : 0;
}

bool copying_read(const struct copying *c, const char *path, const struct json *row,
		  const struct json_sink *sink, struct buf *bytes)
{
	struct buf pointer = BUF_INIT;
	struct err err = ERR_INIT;
	const struct json *value;

	if (file_read_below(c->dir, path, BANK_FILE_MAX, bytes, &err))
		return true;
	value = row ? json_member(row, "path") : NULL;
	if (!value) {
		copying_tell(sink, path, "missing-file", err.text);
		return false;
	}
	err_in(&err, "%s", path);
	json_pointer(value, &pointer);
	sink->take(sink->context,
		   &(struct json_fault){ BANK_MANIFEST, "missing-file", err.text,
					 json_offset(value), pointer.data });
	buf_release(&pointer);
	return false;
}

static void read_questions(struct copying *c, size_t index, const struct json *object)
{
	struct bank_sheet *open = &c->copy->sheets[index];
	struct sheet *sheet = &c->sheets[index];
	struct err err = ERR_INIT;

	reading_questions(&sheet->reading,
			  &(struct reading_source){ c->copy->parts[open->part].path,
						    open->doc, object, open->within,
						    index, open->part },
			  &err);
	open->bytes = !sheet->inside ? sheet->bytes.data
		      : c->text      ? c->text
				     : c->manifest_bytes.data;
	open->len = c->copy->parts[open->part].len;
	open->questions = sheet->reading.questions;
	open->values = sheet->reading.values;
	open->count = sheet->reading.count;
}

void bank_copy_read(struct bank_copy *copy, size_t index, const struct json_sink *sink)
{
	struct copying *c = copy->copying;
	struct bank_sheet *open = &copy->sheets[index];
	struct sheet *sheet = &c->sheets[index];
	struct bank_part *part = &copy->parts[open->part];
	struct err err = ERR_INIT;

	sheet->reading = (struct reading){ .arena = &sheet->arena, .sink = sink };
	if (sheet->inside) {
		open->doc = c->manifest;
		read_questions(c, index, sheet->inside);
		return;
	}
	if (!copying_read(c, part->path, sheet->row, sink, &sheet->bytes))
		return;
	json_open_with(part->path, sheet->bytes.data, sheet->bytes.len, &json_limits_file,
		       sink, &sheet->doc, &err);
	copying_note(part, sheet->bytes.data, sheet->bytes.len, sheet->doc);
	open->doc = sheet->doc;
	if (open->doc)
		read_questions(c, index, json_root(open->doc));
}

static struct json_texts copy_texts(const struct json_texts *texts, struct arena *arena)
{
	struct json_texts made = { ARENA_ARRAY(arena, texts->count, const char *),
				   texts->count };

	for (size_t i = 0; i < texts->count; i++)
		made.at[i] = arena_text(arena, texts->at[i]);
	return made;
}

static struct question without_texts(const struct question *question, struct arena *arena)
{
	struct json_texts objectives = { question->objectives,
					 question->objective_count };

	return (struct question){
		.id = arena_text(arena, question->id),
		.type = question->type,
		.status = question->status,
		.difficulty = question->difficulty,
		.objectives = copy_texts(&objectives, arena).at,
		.objective_count = question->objective_count,
		.stem = "",
		.explanation = "",
		.choose = question->choose,
		.enemies = copy_texts(&question->enemies, arena),
		.reviewed = "",
		.lint_ignore = copy_texts(&question->lint_ignore, arena),
	};
}

static void drop_texts(struct sheet *sheet)
{
	struct reading *r = &sheet->reading;
	struct arena kept = ARENA_INIT;

	for (size_t i = 0; i < r->count; i++) {
		r->questions[i] = without_texts(&r->questions[i], &kept);
		r->case_ids[i] = arena_text(&kept, r->case_ids[i]);
	}
	for (size_t i = 0; i < r->case_count; i++)
		r->cases[i] = (struct bank_case){ .id = arena_text(&kept, r->cases[i].id),
						  .title = "",
						  .text = "" };
	arena_release(&sheet->arena);
	sheet->arena = kept;
}

void bank_copy_close(struct bank_copy *copy, size_t index)
{
	struct sheet *sheet = &copy->copying->sheets[index];
	struct bank_sheet *open = &copy->sheets[index];

	drop_texts(sheet);
	json_free(sheet->doc);
	sheet->doc = NULL;
	buf_release(&sheet->bytes);
	open->doc = NULL;
	open->values = NULL;
}

/* ---- All together ---- */

static void set_origins(struct copying *c, const size_t *from, const size_t *cases_from)
{
	struct bank_copy *copy = c->copy;
	struct arena *arena = &copy->bank->arena;
	struct bank_origin *origins = ARENA_ARRAY(arena, copy->bank->count,
						  struct bank_origin);
	struct bank_case_origin *case_origins = ARENA_ARRAY(arena, copy->bank->case_count,
							    struct bank_case_origin);
	uint32_t *seen = ARENA_ARRAY(arena, copy->sheet_count, uint32_t);
	uint32_t *indices = ARENA_ARRAY(arena, c->joined.count, uint32_t);

	for (size_t i = 0; i < c->joined.count; i++)
		indices[i] = seen[c->joined.places[i].sheet]++;
	for (size_t i = 0; i < copy->bank->count; i++)
		origins[i] = (struct bank_origin){
			(uint32_t)c->joined.places[from[i]].sheet, indices[from[i]]
		};
	for (size_t i = 0; i < copy->bank->case_count; i++) {
		const struct place *place = &c->joined.case_places[cases_from[i]];

		case_origins[i] = (struct bank_case_origin){
			place->part, place->own.at,
			arena_printf(arena, "%s/cases/%zu", place->within, place->index)
		};
	}
	copy->origins = origins;
	copy->case_origins = case_origins;
}

void bank_copy_join(struct bank_copy *copy, const struct json_sink *sink)
{
	struct copying *c = copy->copying;
	size_t *origins, *case_origins;
	struct err err = ERR_INIT;

	c->joined = (struct reading){ .arena = &copy->bank->arena, .sink = sink };
	for (size_t i = 0; i < copy->sheet_count; i++) {
		reading_join(&c->joined, &c->sheets[i].reading);
		arena_join(&copy->bank->arena, &c->sheets[i].arena);
		copy->sheets[i].questions = NULL;
	}
	reading_finish(&c->joined, copy->bank, &origins, &case_origins, &err);
	set_origins(c, origins, case_origins);
	free(origins);
	free(case_origins);
	reading_release(&c->joined);
}

bool bank_copy_bytes(const struct bank_copy *copy, size_t index, struct buf *bytes,
		     struct err *err)
{
	const struct copying *c = copy->copying;
	const struct bank_part *part = &copy->parts[index];

	if (c->dir < 0) {
		buf_add(bytes, c->text, part->len);
		return true;
	}
	if (!file_read_below(c->dir, part->path, BANK_FILE_MAX, bytes, err))
		return err_in(err, "%s", part->path);
	if (bytes->len != part->len || sum_of(bytes->data, bytes->len) != part->sum)
		return err_set(err, ERR_SYSTEM, "%s: changed while it was looked at",
			       part->path);
	return true;
}
