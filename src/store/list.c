#include <stdio.h>

#include "priv.h"

/* Of a session that has no result, the exam stands in its blueprint alone. */
static const char sessions_sql[] =
	"SELECT s.id, s.kind, s.bank_id, s.blueprint_id,"
	" coalesce(r.exam, (SELECT iif(json_valid(t.body),"
	"  json_extract(t.body, '$.exam'), '') FROM texts t"
	"  WHERE t.digest = s.blueprint)),"
	" s.feedback, s.began_ms, s.limit_ms, s.used_ms, s.phase,"
	" r.id, r.ended_ms, r.expired, r.raw, r.scored, r.scale_min, r.scale_max,"
	" r.scale_pass "
	"FROM sessions s LEFT JOIN results r ON r.session = s.id "
	"ORDER BY s.began_ms DESC, s.rowid DESC LIMIT ?";

static const char shares_sql[] = "SELECT result, domain, right_count, count"
				 " FROM result_domains ORDER BY result, number"
				 " LIMIT ?";

static void read_past(sqlite3_stmt *row, struct store_names *names,
		      struct store_past *past)
{
	const char *texts[4];

	for (int i = 0; i < 4; i++)
		texts[i] = store_name(names,
				      (const char *)sqlite3_column_text(row, i + 1));
	*past = (struct store_past){
		.kind = texts[0],
		.bank_id = texts[1],
		.blueprint_id = texts[2],
		.exam = texts[3],
		.feedback = sqlite3_column_int(row, 5) != 0,
		.began_ms = sqlite3_column_int64(row, 6),
		.limit_ms = sqlite3_column_int64(row, 7),
		.used_ms = sqlite3_column_int64(row, 8),
		.phase = (enum session_phase)sqlite3_column_int(row, 9),
		.is_scored = sqlite3_column_type(row, 10) != SQLITE_NULL,
		.ended_ms = sqlite3_column_int64(row, 11),
		.expired = sqlite3_column_int(row, 12) != 0,
		.raw = sqlite3_column_int64(row, 13),
		.of = sqlite3_column_int64(row, 14),
		.scale_min = sqlite3_column_int64(row, 15),
		.scale_max = sqlite3_column_int64(row, 16),
		.scale_pass = sqlite3_column_int64(row, 17),
	};
	snprintf(past->id, sizeof(past->id), "%s",
		 (const char *)sqlite3_column_text(row, 0));
}

/* All shares of all results, and where each result's begin: ascending by result. */
struct shares {
	struct store_share *at;
	int64_t *results; /* whose share it is */
	size_t count;
};

static bool load_shares(struct store *store, struct arena *arena, struct shares *shares,
			struct err *err)
{
	struct store_names names = { .arena = arena };
	sqlite3_stmt *query;
	int64_t size = 0;
	int row;

	*shares = (struct shares){ 0 };
	if (!store_number(store, "SELECT count(*) FROM result_domains", &size, err) ||
	    !store_query(store, &query, err, shares_sql, "i", size))
		return false;
	shares->at = ARENA_ARRAY(arena, (size_t)size, struct store_share);
	shares->results = ARENA_ARRAY(arena, (size_t)size, int64_t);
	while ((row = store_row(store, query, err)) == 1) {
		shares->results[shares->count] = sqlite3_column_int64(query, 0);
		shares->at[shares->count++] = (struct store_share){
			store_name(&names, (const char *)sqlite3_column_text(query, 1)),
			sqlite3_column_int64(query, 2), sqlite3_column_int64(query, 3)
		};
	}
	sqlite3_finalize(query);
	return row == 0;
}

static void find_shares(const struct shares *shares, int64_t result,
			struct store_past *past)
{
	size_t from = 0, to = shares->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (shares->results[middle] < result)
			from = middle + 1;
		else
			to = middle;
	}
	while (to < shares->count && shares->results[to] == result)
		to++;
	past->domains = shares->at + from;
	past->domain_count = to - from;
}

bool store_list(struct store *store, struct arena *arena, struct store_past **sessions,
		size_t *count, struct err *err)
{
	struct store_names names = { .arena = arena };
	struct store_past *list;
	struct shares shares;
	sqlite3_stmt *query;
	int64_t size = 0;
	size_t n = 0;
	int row;

	if (!load_shares(store, arena, &shares, err) ||
	    !store_number(store, "SELECT count(*) FROM sessions", &size, err) ||
	    !store_query(store, &query, err, sessions_sql, "i", size))
		return false;
	list = ARENA_ARRAY(arena, (size_t)size, struct store_past);
	while ((row = store_row(store, query, err)) == 1) {
		read_past(query, &names, &list[n]);
		if (list[n].is_scored)
			find_shares(&shares, sqlite3_column_int64(query, 10), &list[n]);
		n++;
	}
	sqlite3_finalize(query);
	if (row < 0)
		return false;
	*sessions = list;
	*count = n;
	return true;
}
