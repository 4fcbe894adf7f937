#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* Heartbeats come every 15 s: a longer silence means that no program was running. */
#define SILENCE_MS 30000

static bool read_event(sqlite3_stmt *row, const struct form *form, struct event *event,
		       struct err *err)
{
	*event = (struct event){
		.type = (enum event_type)sqlite3_column_int(row, 0),
		.used_ms = sqlite3_column_int64(row, 1),
		.item = (uint32_t)sqlite3_column_int64(row, 2),
		.value = (uint32_t)sqlite3_column_int64(row, 3),
	};
	if (event->type == EVENT_NOTED)
		event->note = (const char *)sqlite3_column_text(row, 4);
	if (event->type != EVENT_RESPONDED)
		return true;
	if (event->item >= form->count)
		return err_set(err, ERR_SYSTEM, "there is no question %u",
			       event->item + 1);
	return response_read(form->items[event->item].question,
			     (const char *)sqlite3_column_text(row, 4), &event->response,
			     err);
}

/* Time that went by without being used: the program was away, or the session paused. */
static void count_gap(struct store_last *last, const struct session *state,
		      const struct event *event, struct moment moment)
{
	int64_t gap = moment.real - last->moment.real - (event->used_ms - state->used_ms);

	if (state->phase == PHASE_READY || gap < SILENCE_MS)
		return;
	last->gaps++;
	last->gap_ms += gap;
}

static bool replay_row(sqlite3_stmt *row, const struct form *form, struct session *state,
		       struct store_last *last, struct err *err)
{
	struct moment moment = { 0, sqlite3_column_int64(row, 6),
				 sqlite3_column_int64(row, 5) };
	struct event event;

	if (!read_event(row, form, &event, err))
		return false;
	if (!session_allows(state, &event))
		return err_set(err, ERR_SYSTEM, "it cannot have happened");
	count_gap(last, state, &event, moment);
	session_apply(state, &event);
	last->moment = moment;
	return true;
}

struct session_rules store_rules(const struct store_session *session)
{
	return (struct session_rules){
		.limit_ms = session->limit_ms,
		.can_pause = session->can_pause,
		.drill = strcmp(session->kind, "drill") == 0,
		.feedback = session->feedback,
	};
}

bool store_replay(struct store *store, const struct store_session *session,
		  const struct form *form, struct session *state, struct arena *arena,
		  struct store_last *last, struct err *err)
{
	sqlite3_stmt *query;
	size_t n = 0;
	int row;

	session_init_form(state, form, store_rules(session), arena);
	*last = (struct store_last){ .boot_id = "" };
	if (!store_query(store, &query, err,
			 "SELECT type, used_ms, item, value, response, real_ms, boot_ms, "
			 "boot_id FROM events WHERE session = ? ORDER BY number",
			 "t", session->id))
		return false;
	while ((row = store_row(store, query, err)) == 1) {
		n++;
		if (!replay_row(query, form, state, last, err)) {
			err->kind = ERR_SYSTEM;
			err_in(err, "event %zu is damaged", n);
			row = -1;
			break;
		}
		last->boot_id = store_text(query, 7, arena);
	}
	sqlite3_finalize(query);
	return row == 0 ? true : err_in(err, "session %s", session->id);
}

bool store_load(struct store *store, const char *id, bool unfinished, struct arena *arena,
		struct store_loaded *loaded, struct err *err)
{
	struct store_session *about = &loaded->about;

	return store_find(store, id, unfinished, arena, about, err) &&
	       blueprint_read("stored blueprint", about->blueprint,
			      strlen(about->blueprint), arena, &loaded->blueprint, err) &&
	       store_form(store, about, &loaded->blueprint, arena, &loaded->form, err) &&
	       store_replay(store, about, &loaded->form, &loaded->session, arena,
			    &loaded->last, err);
}

/* ---- What was seen ---- */

struct seen_row {
	const char *id;
	unsigned tier;
};

struct store_seen {
	struct seen_row *rows;
	size_t count;
};

/*
 * Every question of a finished exam was seen; of a drill and of what is not finished,
 * those the candidate came to. 63 is the latest exam, 62 the one before, down to 2;
 * drills are 1.
 */
static const char seen_sql[] =
	"WITH exams AS (SELECT id, row_number() OVER (ORDER BY began_ms DESC, rowid "
	"DESC) "
	"  AS ago FROM sessions WHERE bank_id = ?1 AND kind = 'exam') "
	"SELECT i.question_id, max(coalesce(max(64 - e.ago, 2), 1)) "
	"FROM items i JOIN sessions s ON s.id = i.session "
	"LEFT JOIN exams e ON e.id = s.id "
	"WHERE s.bank_id = ?1 AND (s.phase = 3 AND s.kind = 'exam' OR EXISTS "
	"  (SELECT 1 FROM events v WHERE v.session = s.id AND v.item = i.number "
	"   AND v.type <= 3)) "
	"GROUP BY i.question_id ORDER BY i.question_id";

bool store_seen_load(struct store *store, const char *bank_id, struct arena *arena,
		     struct store_seen **seen, struct err *err)
{
	struct store_seen *made = ARENA_NEW(arena, struct store_seen);
	sqlite3_stmt *query;
	size_t size = 0;
	int row;

	if (!store_query(store, &query, err, seen_sql, "t", bank_id))
		return false;
	while ((row = store_row(store, query, err)) == 1) {
		if (made->count == size) {
			struct seen_row *grown = ARENA_ARRAY(arena, size = size * 2 + 64,
							     struct seen_row);

			if (made->count)
				memcpy(grown, made->rows, made->count * sizeof(*grown));
			made->rows = grown;
		}
		made->rows[made->count++] = (struct seen_row){
			store_text(query, 0, arena),
			(unsigned)sqlite3_column_int(query, 1)
		};
	}
	sqlite3_finalize(query);
	if (row < 0)
		return false;
	*seen = made;
	return true;
}

static int compare_row(const void *id, const void *row)
{
	return strcmp(id, ((const struct seen_row *)row)->id);
}

unsigned store_seen(void *context, const struct question *question)
{
	const struct store_seen *seen = context;
	const struct seen_row *row;

	if (!seen->count)
		return 0;
	row = bsearch(question->id, seen->rows, seen->count, sizeof(*seen->rows),
		      compare_row);
	return row ? row->tier : 0;
}
