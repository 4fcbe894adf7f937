#include <string.h>

#include "priv.h"

/* ---- Writing: a session that has just ended ---- */

/* When each question first stood before the candidate: BEGAN shows the first, MOVED any
 * other, and a program may respond without having moved. */
static const char met_sql[] = "SELECT item, min(real_ms) FROM events"
			      " WHERE session = ? AND type <= 3 GROUP BY item";

static bool load_met(struct store *store, const struct store_loaded *loaded, int64_t *met,
		     struct err *err)
{
	sqlite3_stmt *query;
	int row;

	for (size_t i = 0; i < loaded->form.count; i++)
		met[i] = loaded->last.moment.real;
	if (!store_query(store, &query, err, met_sql, "t", loaded->about.id))
		return false;
	while ((row = store_row(store, query, err)) == 1) {
		size_t item = (size_t)sqlite3_column_int64(query, 0);

		if (item < loaded->form.count)
			met[item] = sqlite3_column_int64(query, 1);
	}
	sqlite3_finalize(query);
	return row == 0;
}

/* A session in numbers; nothing of it is estimated here. A drill is left when it is
 * enough, so what was not answered in one does not count as wrong. */
struct counted {
	struct score score;
	struct store_share *domains;
	bool *right; /* one for each item of the form */
};

static struct counted count_all(const struct store_loaded *loaded, struct arena *arena)
{
	const struct blueprint *blueprint = &loaded->blueprint;
	bool drill = strcmp(loaded->about.kind, "drill") == 0;
	int64_t raw = 0, of = 0;
	struct counted counted = {
		.domains = ARENA_ARRAY(arena, blueprint->domain_count,
				       struct store_share),
		.right = ARENA_ARRAY(arena, loaded->form.count, bool),
	};

	for (size_t i = 0; i < loaded->form.count; i++) {
		const struct form_item *item = &loaded->form.items[i];
		bool right = question_is_right(item->question,
					       &loaded->session.items[i].response);

		counted.right[i] = right;
		if (drill && !session_is_answered(&loaded->session, i))
			continue;
		raw += item->scored && right;
		of += item->scored;
		counted.domains[item->domain].right += right;
		counted.domains[item->domain].of++;
	}
	counted.score = score_scale(blueprint, raw, of);
	return counted;
}

static bool put_result(struct store *store, const struct store_loaded *loaded,
		       const struct score *score, int64_t *id, struct err *err)
{
	if (!store_run(store, err,
		       "INSERT INTO results (session, exam, ended_ms, expired, raw,"
		       " scored, scale_min, scale_max, scale_pass)"
		       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		       "ttiiiiiii", loaded->about.id, loaded->blueprint.exam,
		       loaded->last.moment.real, (int64_t)loaded->session.expired,
		       score->raw, score->of, score->min, score->max, score->pass))
		return false;
	*id = sqlite3_last_insert_rowid(store->db);
	return true;
}

static bool put_domains(struct store *store, int64_t id,
			const struct blueprint *blueprint,
			const struct store_share *domains, struct err *err)
{
	for (size_t d = 0; d < blueprint->domain_count; d++)
		if (!store_run(store, err,
			       "INSERT INTO result_domains VALUES (?, ?, ?, ?, ?)",
			       "iitii", id, (int64_t)d, blueprint->domains[d].id,
			       domains[d].right, domains[d].of))
			return false;
	return true;
}

static bool put_answer(struct store *store, int64_t id, const struct store_loaded *loaded,
		       size_t i, bool right, int64_t met_ms, struct err *err)
{
	const struct form_item *item = &loaded->form.items[i];
	const struct session_item *given = &loaded->session.items[i];
	const struct blueprint_domain *domain = &loaded->blueprint.domains[item->domain];
	const char *bank = loaded->about.bank_id, *question = item->question->id;

	return store_run(store, err,
			 "INSERT OR IGNORE INTO questions (bank_id, question_id)"
			 " VALUES (?, ?)",
			 "tt", bank, question) &&
	       store_run(store, err,
			 "INSERT INTO answers SELECT ?, ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
			 " ?, ? FROM questions WHERE bank_id = ? AND question_id = ?",
			 "iittiiiiiiiiitt", id, (int64_t)i, domain->id,
			 domain->tasks[item->task].id, (int64_t)item->scored,
			 (int64_t)session_is_answered(&loaded->session, i),
			 (int64_t)right, (int64_t)given->flagged,
			 (int64_t)item->question->type,
			 (int64_t)item->question->difficulty, (int64_t)given->confidence,
			 given->spent_ms, met_ms, bank, question);
}

static bool put_all(struct store *store, const struct store_loaded *loaded,
		    struct arena *arena, struct err *err)
{
	struct counted counted = count_all(loaded, arena);
	int64_t *met = ARENA_ARRAY(arena, loaded->form.count, int64_t), id = 0;
	bool drill = strcmp(loaded->about.kind, "drill") == 0;
	bool ok = load_met(store, loaded, met, err) &&
		  put_result(store, loaded, &counted.score, &id, err) &&
		  put_domains(store, id, &loaded->blueprint, counted.domains, err);

	for (size_t i = 0; ok && i < loaded->form.count; i++)
		if (!drill || loaded->session.items[i].seen)
			ok = put_answer(store, id, loaded, i, counted.right[i], met[i],
					err);
	return ok;
}

bool store_settle_loaded(struct store *store, const struct store_loaded *loaded,
			 struct err *err)
{
	struct arena arena = ARENA_INIT;
	bool ok = put_all(store, loaded, &arena, err);

	arena_release(&arena);
	return ok;
}

bool store_settle(struct store *store, const char *id, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct store_loaded loaded;
	struct err why = ERR_INIT;
	bool ok;

	if (store_load(store, id, false, &arena, &loaded, &why) &&
	    loaded.session.phase == PHASE_DONE)
		ok = store_settle_loaded(store, &loaded, err);
	else
		ok = !store_failed(store) || err_set(err, why.kind, "%s", why.text);
	arena_release(&arena);
	return ok;
}

bool store_settle_all(struct store *store, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct store_names names = { .arena = &arena };
	sqlite3_stmt *query;
	bool ok = true;
	int row;

	if (!store_query(store, &query, err,
			 "SELECT id FROM sessions WHERE phase = 3"
			 " AND id NOT IN (SELECT session FROM results)",
			 ""))
		return false;
	while ((row = store_row(store, query, err)) == 1)
		store_name(&names, (const char *)sqlite3_column_text(query, 0));
	sqlite3_finalize(query);
	for (size_t i = 0; row == 0 && ok && i < names.size; i++)
		ok = !names.at[i] || store_settle(store, names.at[i], err);
	arena_release(&arena);
	return row == 0 && ok;
}
