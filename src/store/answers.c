#include "priv.h"

/*
 * A date that cannot be, of a clock that was wrong: before there was a proctor, or more
 * than a day after now. Who knows when that was; it was before anything that is yet to
 * come, so it counts as having been first of all.
 */
#define EARLIEST_MS INT64_C(1577836800000) /* 2020-01-01 */
#define DAY_MS INT64_C(86400000)
#define DATED " BETWEEN ?2 AND ?3"

/*
 * Where a question was first met is three looks into the index of answers. What was met
 * in sessions that have no result is taken from their events: they are few. A CROSS JOIN
 * is one that SQLite does not turn round: it cannot know which side is small.
 */
#define MET(when) "(SELECT min(met_ms) FROM answers WHERE question = q.id" when ")"
#define FIRST_MET \
	"coalesce(" MET(" AND met_ms < ?2") ", " MET(" AND met_ms > ?3") ", " MET("") ")"

#define ANSWERS                                                                     \
	"WITH open AS MATERIALIZED ("                                               \
	" SELECT s.bank_id, i.question_id, v.real_ms AS met_ms"                     \
	" FROM sessions s CROSS JOIN events v ON v.session = s.id"                  \
	" CROSS JOIN items i ON i.session = s.id AND i.number = v.item"             \
	" WHERE s.id NOT IN (SELECT session FROM results) AND v.type <= 3), "       \
	"all_answers AS ("                                                          \
	" SELECT r.session, r.exam, q.question_id, a.domain, a.task, r.ended_ms,"   \
	"  s.kind = 'drill' AS drill, a.scored, a.answered, a.is_right, a.flagged," \
	"  a.result = (SELECT min(f.result) FROM answers f"                         \
	"   WHERE f.question = a.question AND f.met_ms = " FIRST_MET ")"            \
	"  AND NOT EXISTS (SELECT 1 FROM open o"                                    \
	"   WHERE o.question_id = q.question_id AND o.bank_id = q.bank_id"          \
	"   AND (o.met_ms" DATED ", o.met_ms) <= (a.met_ms" DATED ", a.met_ms))"    \
	"  AS first, a.type, a.difficulty, a.confidence, a.spent_ms,"               \
	"  NOT r.ended_ms" DATED " AS undated, r.id, a.number"

#define OF_THE_BANK \
	" WHERE (?1 IS NULL OR s.bank_id = ?1) AND (s.kind <> 'drill' OR a.answered)) "
#define IN_ORDER " ORDER BY ended_ms" DATED ", ended_ms, id, number"

/* From the sessions to their answers. */
static const char all_sql[] = ANSWERS
	" FROM results r JOIN sessions s ON s.id = r.session"
	" JOIN answers a ON a.result = r.id"
	" JOIN questions q ON q.id = a.question" OF_THE_BANK
	"SELECT * FROM all_answers" IN_ORDER;

/* From the questions to the answer that came first: as few looks as questions. */
static const char first_sql[] = ANSWERS
	" FROM questions q CROSS JOIN answers a ON a.question = q.id"
	"  AND a.met_ms = " FIRST_MET " JOIN results r ON r.id = a.result"
	" JOIN sessions s ON s.id = r.session" OF_THE_BANK
	"SELECT * FROM all_answers WHERE first" IN_ORDER;

static void read_answer(sqlite3_stmt *row, struct store_names *names,
			struct score_answer *answer)
{
	const char *texts[5];

	for (int i = 0; i < 5; i++)
		texts[i] = store_name(names, (const char *)sqlite3_column_text(row, i));
	*answer = (struct score_answer){
		.session = texts[0],
		.exam = texts[1],
		.question = texts[2],
		.domain = texts[3],
		.task = texts[4],
		.at_ms = sqlite3_column_int64(row, 5),
		.drill = sqlite3_column_int(row, 6) != 0,
		.scored = sqlite3_column_int(row, 7) != 0,
		.answered = sqlite3_column_int(row, 8) != 0,
		.right = sqlite3_column_int(row, 9) != 0,
		.flagged = sqlite3_column_int(row, 10) != 0,
		.first = sqlite3_column_int(row, 11) != 0,
		.type = (enum question_type)sqlite3_column_int(row, 12),
		.difficulty = (enum question_difficulty)sqlite3_column_int(row, 13),
		.confidence = (enum confidence)sqlite3_column_int(row, 14),
		.spent_ms = sqlite3_column_int64(row, 15),
		.undated = sqlite3_column_int(row, 16) != 0,
	};
}

static bool load(struct store *store, const char *sql, const char *most_sql,
		 const char *bank_id, int64_t now_ms, struct arena *arena,
		 struct score_answer **answers, size_t *count, struct err *err)
{
	struct store_names names = { .arena = arena };
	struct score_answer *made;
	sqlite3_stmt *query;
	int64_t most = 0;
	size_t n = 0;
	int row;

	if (!store_number(store, most_sql, &most, err) ||
	    !store_query(store, &query, err, sql, "tii", bank_id, EARLIEST_MS,
			 now_ms + DAY_MS))
		return false;
	made = ARENA_ARRAY(arena, (size_t)most, struct score_answer);
	/* Another process may have ended a session in between. */
	while ((row = store_row(store, query, err)) == 1 && n < (size_t)most)
		read_answer(query, &names, &made[n++]);
	sqlite3_finalize(query);
	if (row < 0)
		return false;
	*answers = made;
	*count = n;
	return true;
}

bool store_answers(struct store *store, const char *bank_id, int64_t now_ms,
		   struct arena *arena, struct score_answer **answers, size_t *count,
		   struct err *err)
{
	return load(store, all_sql, "SELECT count(*) FROM answers", bank_id, now_ms,
		    arena, answers, count, err);
}

bool store_first_answers(struct store *store, const char *bank_id, int64_t now_ms,
			 struct arena *arena, struct score_answer **answers,
			 size_t *count, struct err *err)
{
	return load(store, first_sql, "SELECT count(*) FROM questions", bank_id, now_ms,
		    arena, answers, count, err);
}
