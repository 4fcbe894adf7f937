#include "portable.h"

#include <stdio.h>
#include <string.h>

#define EVENTS_MAX 1000000
#define SEED_MAX 65536 /* a seed is any text; this much of a command line */
#define NAME_MAX_BYTES 80
#define BOOT_MAX 64
#define RESPONSE_TEXT_MAX 4096 /* a note is the longest */
#define NUMBER_MAX (INT64_C(1) << 53)

static const char *const kinds[] = { "exam", "drill", NULL };

/* ---- Out of the store ---- */

static const char *hex_of(sqlite3_stmt *row, int column, struct arena *arena)
{
	struct digest digest;
	char *hex;

	if (!store_digest(row, column, &digest))
		return NULL;
	hex = arena_alloc(arena, CRYPTO_HEX_SIZE);
	crypto_hex(&digest, hex);
	return hex;
}

static void read_item(sqlite3_stmt *row, struct arena *arena, void *into)
{
	*(struct portable_item *)into = (struct portable_item){
		.question = hex_of(row, 0, arena),
		.in_case = hex_of(row, 1, arena),
		.scored = sqlite3_column_int(row, 2) != 0,
		.domain = sqlite3_column_int64(row, 3),
		.task = sqlite3_column_int64(row, 4),
		.shown = store_text(row, 5, arena),
	};
}

static void read_event(sqlite3_stmt *row, struct arena *arena, void *into)
{
	*(struct portable_event *)into = (struct portable_event){
		.type = sqlite3_column_int(row, 0),
		.used_ms = sqlite3_column_int64(row, 1),
		.item = sqlite3_column_int64(row, 2),
		.value = sqlite3_column_int64(row, 3),
		.response = store_text(row, 4, arena),
		.real_ms = sqlite3_column_int64(row, 5),
		.boot_ms = sqlite3_column_int64(row, 6),
		.boot = store_text(row, 7, arena),
	};
}

/* All rows of a session in one of its tables, `size` bytes each. */
static bool load_rows(struct store *store, const char *sql, const char *id, size_t size,
		      void (*read)(sqlite3_stmt *, struct arena *, void *),
		      struct arena *arena, void **rows, size_t *count, struct err *err)
{
	struct buf list = BUF_INIT;
	sqlite3_stmt *query;
	size_t n = 0;
	int row;

	if (!store_query(store, &query, err, sql, "t", id))
		return false;
	for (; (row = store_row(store, query, err)) == 1; n++) {
		buf_space(&list, size);
		read(query, arena, list.data + list.len);
		list.len += size;
	}
	sqlite3_finalize(query);
	if (row == 0) {
		*rows = arena_array(arena, n, size);
		if (n)
			memcpy(*rows, list.data, list.len);
		*count = n;
	}
	buf_release(&list);
	return row == 0;
}

static bool find_blueprint(struct store *store, const char *id, struct arena *arena,
			   const char **hex, struct err *err)
{
	sqlite3_stmt *query;
	int row;

	if (!store_query(store, &query, err,
			 "SELECT blueprint FROM sessions WHERE id = ?", "t", id))
		return false;
	row = store_row(store, query, err);
	*hex = row == 1 ? hex_of(query, 0, arena) : NULL;
	sqlite3_finalize(query);
	return row >= 0;
}

/* Whatever stands in a database, what is written shall be readable. */
static bool is_whole(const struct portable *portable, struct err *err)
{
	if (!portable->blueprint)
		return err_set(err, ERR_SYSTEM, "its blueprint is damaged");
	for (size_t i = 0; i < portable->item_count; i++)
		if (!portable->items[i].question || !portable->items[i].shown)
			return err_set(err, ERR_SYSTEM, "question %zu is damaged", i + 1);
	for (size_t i = 0; i < portable->event_count; i++)
		if (portable->events[i].type < EVENT_BEGAN ||
		    portable->events[i].type > EVENT_LAST)
			return err_set(err, ERR_SYSTEM, "event %zu is damaged", i + 1);
	return true;
}

bool portable_load(struct store *store, const char *id, struct arena *arena,
		   struct portable *portable, struct err *err)
{
	struct portable made = { 0 };
	void *items, *events;

	if (!store_find(store, id, false, arena, &made.about, err) ||
	    !find_blueprint(store, id, arena, &made.blueprint, err) ||
	    !load_rows(store,
		       "SELECT question, in_case, scored, domain, task, shown FROM items"
		       " WHERE session = ? ORDER BY number",
		       id, sizeof(struct portable_item), read_item, arena, &items,
		       &made.item_count, err) ||
	    !load_rows(store,
		       "SELECT type, used_ms, item, value, response, real_ms, boot_ms,"
		       " boot_id FROM events WHERE session = ? ORDER BY number",
		       id, sizeof(struct portable_event), read_event, arena, &events,
		       &made.event_count, err))
		return false;
	made.id = arena_text(arena, id);
	made.items = items;
	made.events = events;
	if (!is_whole(&made, err))
		return err_in(err, "session %s", id);
	*portable = made;
	return true;
}

/* ---- As JSON ---- */

static void write_item(const struct portable_item *item, struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, "question", item->question);
	if (item->in_case)
		json_out_text(out, "case", item->in_case);
	json_out_bool(out, "scored", item->scored);
	json_out_integer(out, "domain", item->domain);
	json_out_integer(out, "task", item->task);
	json_out_text(out, "shown", item->shown);
	json_out_end(out, '}');
}

/* What is nothing, and the boot where it is that of the event before, is left out. */
static void write_event(const struct portable_event *event, const char *boot,
			struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, "type", event_type_names[event->type]);
	json_out_integer(out, "used_ms", event->used_ms);
	if (event->item)
		json_out_integer(out, "item", event->item);
	if (event->value)
		json_out_integer(out, "value", event->value);
	if (event->response[0])
		json_out_text(out, "response", event->response);
	json_out_integer(out, "real_ms", event->real_ms);
	json_out_integer(out, "boot_ms", event->boot_ms);
	if (strcmp(event->boot, boot) != 0)
		json_out_text(out, "boot", event->boot);
	json_out_end(out, '}');
}

static void write_bank(const struct store_session *about, struct json_out *out)
{
	json_out_object(out, "bank");
	json_out_text(out, "id", about->bank_id);
	json_out_integer(out, "version", about->bank_version);
	json_out_text(out, "digest", about->bank_digest);
	json_out_text(out, "signed_by", about->signed_by);
	json_out_end(out, '}');
}

void portable_write(const struct portable *portable, struct json_out *out)
{
	const struct store_session *about = &portable->about;
	const char *boot = "";

	json_out_object(out, NULL);
	json_out_text(out, "id", portable->id);
	json_out_text(out, "kind", about->kind);
	write_bank(about, out);
	json_out_text(out, "seed", about->seed);
	json_out_bool(out, "history", about->history);
	json_out_bool(out, "feedback", about->feedback);
	json_out_integer(out, "limit_ms", about->limit_ms);
	json_out_bool(out, "strict", about->strict);
	json_out_bool(out, "can_pause", about->can_pause);
	json_out_integer(out, "began_ms", about->began_ms);
	json_out_text(out, "blueprint", portable->blueprint);
	json_out_array(out, "items");
	for (size_t i = 0; i < portable->item_count; i++)
		write_item(&portable->items[i], out);
	json_out_end(out, ']');
	json_out_array(out, "events");
	for (size_t i = 0; i < portable->event_count; i++) {
		write_event(&portable->events[i], boot, out);
		boot = portable->events[i].boot;
	}
	json_out_end(out, ']');
	json_out_end(out, '}');
}

/* ---- And back ---- */

/* A session while it is read. */
struct raw {
	struct portable portable;
	const struct json *items, *events;
	int kind;
};

#define AT(field) offsetof(struct raw, portable.field)
#define HEX (CRYPTO_HEX_SIZE - 1)

static const struct json_field session_fields[] = {
	{ "id", JSON_FIELD_TEXT, AT(id), 0, 1, STORE_ID_SIZE, NULL },
	{ "kind", JSON_FIELD_CHOICE, offsetof(struct raw, kind), 0, 0, 0, kinds },
	{ "bank", JSON_FIELD_OBJECT, AT(bank), 0, 0, 0, NULL },
	{ "seed", JSON_FIELD_TEXT, AT(about.seed), 0, 0, SEED_MAX, NULL },
	{ "history", JSON_FIELD_BOOL, AT(about.history), 0, 0, 0, NULL },
	{ "feedback", JSON_FIELD_BOOL, AT(about.feedback), 0, 0, 0, NULL },
	{ "limit_ms", JSON_FIELD_INTEGER, AT(about.limit_ms), 0, 0, NUMBER_MAX, NULL },
	{ "strict", JSON_FIELD_BOOL, AT(about.strict), 0, 0, 0, NULL },
	{ "can_pause", JSON_FIELD_BOOL, AT(about.can_pause), 0, 0, 0, NULL },
	{ "began_ms", JSON_FIELD_INTEGER, AT(about.began_ms), 0, 0, DATE_MAX_MS, NULL },
	{ "blueprint", JSON_FIELD_TEXT, AT(blueprint), 0, HEX, HEX, NULL },
	{ "items", JSON_FIELD_ARRAY, offsetof(struct raw, items), 0, 1,
	  BLUEPRINT_FORM_MAX, NULL },
	{ "events", JSON_FIELD_ARRAY, offsetof(struct raw, events), 0, 0, EVENTS_MAX,
	  NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

#undef AT
#define AT(field) offsetof(struct store_session, field)

static const struct json_field bank_fields[] = {
	{ "id", JSON_FIELD_TEXT, AT(bank_id), 0, 1, NAME_MAX_BYTES, NULL },
	{ "version", JSON_FIELD_INTEGER, AT(bank_version), 0, 1, BANK_VERSION_MAX, NULL },
	{ "digest", JSON_FIELD_TEXT, AT(bank_digest), 0, 1, HEX, NULL },
	{ "signed_by", JSON_FIELD_TEXT, AT(signed_by), 0, 0, CRYPTO_KEY_ID_SIZE - 1,
	  NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

#undef AT
#define AT(field) offsetof(struct portable_item, field)

static const struct json_field item_fields[] = {
	{ "question", JSON_FIELD_TEXT, AT(question), 0, HEX, HEX, NULL },
	{ "case", JSON_FIELD_TEXT, AT(in_case), JSON_OPTIONAL, HEX, HEX, NULL },
	{ "scored", JSON_FIELD_BOOL, AT(scored), 0, 0, 0, NULL },
	{ "domain", JSON_FIELD_INTEGER, AT(domain), 0, 0, BLUEPRINT_DOMAINS_MAX, NULL },
	{ "task", JSON_FIELD_INTEGER, AT(task), 0, 0, BLUEPRINT_TASKS_MAX, NULL },
	{ "shown", JSON_FIELD_TEXT, AT(shown), 0, 1, BANK_OPTIONS_MAX, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

#undef AT
#define AT(field) offsetof(struct portable_event, field)

static const struct json_field event_fields[] = {
	{ "type", JSON_FIELD_CHOICE, AT(type), 0, 0, 0, event_type_names },
	{ "used_ms", JSON_FIELD_INTEGER, AT(used_ms), 0, 0, NUMBER_MAX, NULL },
	{ "item", JSON_FIELD_INTEGER, AT(item), JSON_OPTIONAL, 0, BLUEPRINT_FORM_MAX,
	  NULL },
	{ "value", JSON_FIELD_INTEGER, AT(value), JSON_OPTIONAL, 0, UINT32_MAX, NULL },
	{ "response", JSON_FIELD_TEXT, AT(response), JSON_OPTIONAL, 0, RESPONSE_TEXT_MAX,
	  NULL },
	{ "real_ms", JSON_FIELD_INTEGER, AT(real_ms), 0, 0, DATE_MAX_MS, NULL },
	{ "boot_ms", JSON_FIELD_INTEGER, AT(boot_ms), 0, -NUMBER_MAX, NUMBER_MAX, NULL },
	{ "boot", JSON_FIELD_TEXT, AT(boot), JSON_OPTIONAL, 0, BOOT_MAX, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

/* "20261120-4f2a9c" */
static bool is_id(const char *id)
{
	return strlen(id) == STORE_ID_SIZE - 1 && strspn(id, "0123456789") == 8 &&
	       id[8] == '-' && strspn(id + 9, "0123456789abcdef") == 6;
}

static bool read_items(const struct json_doc *doc, struct raw *raw, struct arena *arena,
		       struct err *err)
{
	struct portable *portable = &raw->portable;

	portable->items = ARENA_ARRAY(arena, json_count(raw->items),
				      struct portable_item);
	json_each (element, raw->items) {
		struct portable_item *item = &portable->items[portable->item_count++];

		if (!json_read(doc, element, item_fields, arena, item, err))
			return false;
	}
	return true;
}

static bool read_events(const struct json_doc *doc, struct raw *raw, struct arena *arena,
			struct err *err)
{
	struct portable *portable = &raw->portable;
	const char *boot = "";

	portable->events = ARENA_ARRAY(arena, json_count(raw->events),
				       struct portable_event);
	json_each (element, raw->events) {
		struct portable_event *event = &portable->events[portable->event_count++];

		*event = (struct portable_event){ .response = "", .boot = boot };
		if (!json_read(doc, element, event_fields, arena, event, err))
			return false;
		boot = event->boot;
	}
	return true;
}

/* What no session here was ever begun with. */
static bool check_rules(const struct json_doc *doc, const struct raw *raw,
			struct err *err)
{
	const struct store_session *about = &raw->portable.about;

	if (about->feedback && strcmp(kinds[raw->kind], "exam") == 0)
		return json_error(doc, json_member(json_root(doc), "feedback"), err,
				  "an exam shows no key before its end");
	if (about->strict && about->can_pause)
		return json_error(doc, json_member(json_root(doc), "can_pause"), err,
				  "strict time does not pause");
	return true;
}

bool portable_read(const struct json_doc *doc, struct arena *arena,
		   struct portable *portable, struct err *err)
{
	const struct json *root = json_root(doc);
	struct raw raw = { 0 };

	if (!json_read(doc, root, session_fields, arena, &raw, err) ||
	    !json_read(doc, raw.portable.bank, bank_fields, arena, &raw.portable.about,
		       err))
		return false;
	if (!is_id(raw.portable.id))
		return json_error(doc, json_member(root, "id"), err,
				  "no id of a session");
	if (!check_rules(doc, &raw, err))
		return false;
	if (!read_items(doc, &raw, arena, err) || !read_events(doc, &raw, arena, err))
		return false;
	raw.portable.about.kind = kinds[raw.kind];
	memcpy(raw.portable.about.id, raw.portable.id, STORE_ID_SIZE);
	*portable = raw.portable;
	return true;
}
