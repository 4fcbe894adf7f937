#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "one_sit.h"
#include "run_sql.h"

/* Finished sessions as numbers: what is stored when one ends, and what is made of it. */

static enum sitting_did act(struct event event)
{
	struct err err = ERR_INIT;
	const char *why;

	sit.now.mono += 1000, sit.now.real += 1000;
	return sitting_do(&sit.sitting, event, &why, &err);
}

static void must(enum event_type type, uint32_t item)
{
	struct event event = { .type = type, .item = item, .value = 1 };

	EXPECT_INT(act(event), SITTING_DONE);
}

static void respond(uint32_t item, bool right)
{
	struct event event = { .type = EVENT_RESPONDED, .item = item };

	event.response = question_key(sit.form.items[item].question);
	if (!right)
		event.response.count--;
	EXPECT_INT(act(event), SITTING_DONE);
}

static void begin_next(const char *kind)
{
	sit_next(&sit, kind);
	must(EVENT_BEGAN, 0);
}

static int64_t ask_sql(const char *name, const char *sql)
{
	sqlite3_stmt *query;
	int64_t number;
	sqlite3 *db;

	EXPECT_INT(sqlite3_open(temp_path(name), &db), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &query, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	EXPECT_INT(sqlite3_step(query), SQLITE_ROW);
	number = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	sqlite3_close(db);
	return number;
}

static size_t load(struct score_answer **answers)
{
	struct err err = ERR_INIT;
	size_t count;

	EXPECT_OK(store_answers(sit.store, "demo", sit.now.real, &sit.arena, answers,
				&count, &err),
		  err);
	return count;
}

/* How many of these are first; store_first_answers() must say the same. */
static size_t count_first(const struct score_answer *answers, size_t count)
{
	struct score_answer *first;
	struct err err = ERR_INIT;
	size_t n = 0, listed;

	EXPECT_OK(store_first_answers(sit.store, "demo", sit.now.real, &sit.arena, &first,
				      &listed, &err),
		  err);
	for (size_t i = 0; i < count; i++)
		if (answers[i].first) {
			EXPECT_TRUE(n < listed);
			EXPECT_TEXT(first[n].question, answers[i].question);
			EXPECT_TEXT(first[n].session, answers[i].session);
			n++;
		}
	EXPECT_INT(n, listed);
	return n;
}

static struct store_past last_session(void)
{
	struct store_past *list;
	struct err err = ERR_INIT;
	size_t count;

	EXPECT_OK(store_list(sit.store, &sit.arena, &list, &count, &err), err);
	EXPECT_TRUE(count > 0);
	return list[0];
}

static void a_session_that_ends_is_scored_and_one_that_does_not_is_not(void **state)
{
	struct store_past past;

	(void)state;
	must(EVENT_BEGAN, 0);
	respond(0, true);
	must(EVENT_MOVED, 1);
	respond(1, false);
	past = last_session();
	EXPECT_INT(past.phase, PHASE_RUNNING);
	EXPECT_FALSE(past.is_scored);
	EXPECT_TEXT(past.exam, "demo");
	must(EVENT_SUBMITTED, 0);
	past = last_session();
	EXPECT_TEXT(past.id, sit.about.id);
	EXPECT_TEXT(past.kind, "exam");
	EXPECT_TEXT(past.blueprint_id, "tiny");
	EXPECT_TRUE(past.is_scored && !past.expired && !past.feedback);
	EXPECT_INT(past.ended_ms, sit.now.real);
	EXPECT_INT(past.used_ms, sit.session.used_ms);
	EXPECT_INT(past.raw, sit.form.items[0].scored);
	EXPECT_INT(past.of, 4);
	EXPECT_INT(past.scale_min, 100);
	EXPECT_INT(past.scale_max, 1000);
	EXPECT_INT(past.scale_pass, 720);
	EXPECT_INT(past.domain_count, 2);
	EXPECT_TEXT(past.domains[0].id, "1");
	EXPECT_INT(past.domains[0].right + past.domains[1].right, 1);
	EXPECT_INT(past.domains[0].of + past.domains[1].of, 5);
}

static void an_answer_tells_what_became_of_a_question(void **state)
{
	struct score_answer *answers;

	(void)state;
	must(EVENT_BEGAN, 0);
	respond(0, true);
	act((struct event){ .type = EVENT_CONFIDENCE, .value = CONFIDENCE_SURE });
	must(EVENT_MOVED, 3);
	must(EVENT_FLAGGED, 3);
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 5);
	for (size_t i = 0; i < 5; i++) {
		const struct form_item *item = &sit.form.items[i];

		EXPECT_TEXT(answers[i].session, sit.about.id);
		EXPECT_TEXT(answers[i].exam, "demo");
		EXPECT_TEXT(answers[i].question, item->question->id);
		EXPECT_TEXT(answers[i].domain, item->domain ? "2" : "1");
		EXPECT_TEXT(answers[i].task, item->domain ? "2.1" : "1.1");
		EXPECT_INT(answers[i].at_ms, sit.now.real);
		EXPECT_INT(answers[i].scored, item->scored);
		EXPECT_INT(answers[i].type, item->question->type);
		EXPECT_INT(answers[i].difficulty, item->question->difficulty);
		EXPECT_INT(answers[i].answered, i == 0);
		EXPECT_INT(answers[i].right, i == 0);
		EXPECT_INT(answers[i].flagged, i == 3);
		EXPECT_TRUE(answers[i].first && !answers[i].drill);
	}
	EXPECT_INT(answers[0].confidence, CONFIDENCE_SURE);
	EXPECT_INT(answers[0].spent_ms, 3000);
	EXPECT_INT(answers[3].spent_ms, 2000);
	EXPECT_INT(count_first(answers, 5), 5);
}

static void a_question_is_first_once(void **state)
{
	struct score_answer *answers;

	(void)state;
	must(EVENT_BEGAN, 0);
	must(EVENT_SUBMITTED, 0);
	begin_next("exam");
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 10);
	EXPECT_INT(count_first(answers, 10), 5);
	EXPECT_TRUE(answers[4].first && !answers[5].first);
	EXPECT_TRUE(answers[4].at_ms < answers[5].at_ms);
}

/* What stood before the candidate in a session that was left is not new any more. */
static void what_was_met_in_an_unfinished_session_is_not_first(void **state)
{
	struct score_answer *answers;

	(void)state;
	must(EVENT_BEGAN, 0);
	must(EVENT_MOVED, 2);
	begin_next("exam");
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 5);
	EXPECT_INT(count_first(answers, 5), 3);
	EXPECT_TRUE(!answers[0].first && answers[1].first && !answers[2].first);
}

/* A session that was begun later may meet a question earlier. */
static void the_moment_counts_and_not_the_beginning(void **state)
{
	struct score_answer *answers;
	char left[STORE_ID_SIZE];

	(void)state;
	must(EVENT_BEGAN, 0);
	memcpy(left, sit.about.id, sizeof(left));
	begin_next("exam");
	must(EVENT_MOVED, 1);
	must(EVENT_SUBMITTED, 0);
	memcpy(sit.about.id, left, sizeof(left));
	sit_again(&sit);
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 10);
	EXPECT_INT(count_first(answers, 10), 5);
	EXPECT_TEXT(answers[5].session, left);
	EXPECT_TRUE(!answers[0].first && answers[5].first);
	EXPECT_TRUE(answers[1].first && !answers[6].first);
}

/* An exam under a clock that is wrong by so much, then one under a right one. */
static void sit_under_a_wrong_clock(int64_t wrong_ms)
{
	struct score_answer *answers;
	char wrong[STORE_ID_SIZE];

	sit.now.real += wrong_ms;
	begin_next("exam");
	memcpy(wrong, sit.about.id, sizeof(wrong));
	must(EVENT_SUBMITTED, 0);
	sit.now.real -= wrong_ms;
	begin_next("exam");
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 10);
	EXPECT_INT(count_first(answers, 10), 5);
	EXPECT_TEXT(answers[0].session, wrong);
	for (size_t i = 0; i < 10; i++) {
		EXPECT_INT(answers[i].undated, i < 5);
		EXPECT_INT(answers[i].first, i < 5);
	}
}

static void what_was_answered_under_a_wrong_clock_came_first(void **state)
{
	(void)state;
	sit_under_a_wrong_clock(INT64_C(366) * 24 * 3600 * 1000);
}

static void a_clock_that_began_anew_in_1970_is_wrong_too(void **state)
{
	(void)state;
	sit_under_a_wrong_clock(-sit.now.real);
}

static void what_was_met_under_a_wrong_clock_and_left_is_not_first(void **state)
{
	struct score_answer *answers;

	(void)state;
	sit.now.real += INT64_C(366) * 24 * 3600 * 1000;
	begin_next("exam");
	must(EVENT_MOVED, 2);
	sit.now.real -= INT64_C(366) * 24 * 3600 * 1000;
	begin_next("exam");
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 5);
	EXPECT_INT(count_first(answers, 5), 3);
}

static void a_drill_answers_only_what_was_answered(void **state)
{
	struct score_answer *answers;
	struct store_past past;

	(void)state;
	begin_next("drill");
	respond(0, false);
	must(EVENT_MOVED, 1);
	respond(1, true);
	must(EVENT_MOVED, 2);
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 1);
	EXPECT_TRUE(answers[0].drill && answers[0].right && answers[0].first);
	past = last_session();
	EXPECT_TRUE(past.feedback);
	EXPECT_TEXT(past.kind, "drill");
	EXPECT_INT(past.domains[0].of + past.domains[1].of, 1);
	begin_next("exam");
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(load(&answers), 6);
	/* 0, 1 and 2 were met in the drill; the rest had never been on show. */
	EXPECT_INT(count_first(answers, 6), 3);
	EXPECT_TRUE(answers[4].first && answers[5].first);
	sit_again(&sit);
	EXPECT_FALSE(sit.about.feedback);
}

static void a_drill_marks_as_seen_what_was_on_show(void **state)
{
	struct err err = ERR_INIT;
	struct store_seen *seen;

	(void)state;
	begin_next("drill");
	must(EVENT_MOVED, 2);
	must(EVENT_SUBMITTED, 0);
	EXPECT_OK(store_seen_load(sit.store, "demo", &sit.arena, &seen, &err), err);
	EXPECT_INT(store_seen(seen, sit.form.items[0].question), DRAW_SEEN_DRILL);
	EXPECT_INT(store_seen(seen, sit.form.items[1].question), 0);
	EXPECT_INT(store_seen(seen, sit.form.items[2].question), DRAW_SEEN_DRILL);
	begin_next("exam");
	EXPECT_OK(store_seen_load(sit.store, "demo", &sit.arena, &seen, &err), err);
	EXPECT_INT(store_seen(seen, sit.form.items[0].question), DRAW_SEEN_MAX);
	EXPECT_INT(store_seen(seen, sit.form.items[2].question), DRAW_SEEN_DRILL);
}

/* The event that ends a session and its result are one transaction. */
static void no_session_ends_without_its_result(void **state)
{
	(void)state;
	must(EVENT_BEGAN, 0);
	run_sql("state/proctor.db", "CREATE TRIGGER no BEFORE INSERT ON answers BEGIN"
				    " SELECT raise(ABORT, 'not today'); END");
	EXPECT_INT(act((struct event){ .type = EVENT_SUBMITTED }), SITTING_NOT_STORED);
	EXPECT_INT(ask_sql("state/proctor.db", "SELECT count(*) FROM results"), 0);
	EXPECT_INT(ask_sql("state/proctor.db", "SELECT max(phase) FROM sessions"),
		   PHASE_RUNNING);
	run_sql("state/proctor.db", "DROP TRIGGER no");
	must(EVENT_SUBMITTED, 0);
	EXPECT_INT(ask_sql("state/proctor.db", "SELECT count(*) FROM answers"), 5);
}

/* What cannot be told again must not hold a candidate up. */
static void a_damaged_session_ends_without_a_result(void **state)
{
	struct store_past past;

	(void)state;
	must(EVENT_BEGAN, 0);
	run_sql("state/proctor.db", "UPDATE events SET type = 99");
	must(EVENT_SUBMITTED, 0);
	past = last_session();
	EXPECT_INT(past.phase, PHASE_DONE);
	EXPECT_FALSE(past.is_scored);
}

/* ---- Migration ---- */

static void make_version_2(const char *name)
{
	struct buf sql = BUF_INIT;
	struct err err = ERR_INIT;

	EXPECT_OK(file_read("tests/fixtures/store/version-2.sql", 1 << 20, &sql, &err),
		  err);
	unlink(temp_path(name));
	run_sql(name, sql.data);
	buf_release(&sql);
}

static void a_database_of_version_2_is_scored(void **state)
{
	struct score_answer *answers;
	struct store_past *list;
	struct err err = ERR_INIT;
	size_t count;

	(void)state;
	make_version_2("state/old.db");
	store_free(sit.store);
	EXPECT_OK(store_open(temp_path("state/old.db"), &sit.store, &err), err);
	EXPECT_OK(store_list(sit.store, &sit.arena, &list, &count, &err), err);
	EXPECT_INT(count, 4);
	/* Damaged, unfinished, submitted, ended by the clock. */
	EXPECT_TRUE(list[0].phase == PHASE_DONE && !list[0].is_scored);
	EXPECT_TRUE(list[1].phase == PHASE_RUNNING && !list[1].is_scored);
	EXPECT_TRUE(list[2].is_scored && !list[2].expired);
	EXPECT_INT(list[2].raw, 3);
	EXPECT_INT(list[2].of, 4);
	EXPECT_TRUE(list[3].is_scored && list[3].expired && !list[3].feedback);
	EXPECT_INT(list[3].raw, 2);
	EXPECT_INT(list[3].ended_ms - list[3].began_ms, 9);
	EXPECT_INT(load(&answers), 10);
	EXPECT_TRUE(answers[0].right && !answers[2].right && answers[5].flagged);
	EXPECT_INT(answers[5].confidence, CONFIDENCE_SURE);
	EXPECT_TRUE(!answers[4].answered && !answers[4].right);
}

/* The limit on a file's size ends the process at the first write beyond it. */
static void open_and_be_killed(rlim_t bytes)
{
	struct rlimit size = { bytes, bytes }, none = { 0, 0 };
	struct store *other;
	struct err err;
	int status = -1;
	pid_t child = fork();

	EXPECT_TRUE(child >= 0);
	if (child == 0) {
		signal(SIGXFSZ, SIG_DFL);
		setrlimit(RLIMIT_CORE, &none);
		setrlimit(RLIMIT_FSIZE, &size);
		_exit(store_open(temp_path("state/old.db"), &other, &err) ? 0 : 1);
	}
	EXPECT_INT(waitpid(child, &status, 0), child);
	EXPECT_TRUE((WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) || status == 0);
}

static void a_migration_that_is_killed_leaves_2_or_3(void **state)
{
	size_t killed = 0;

	(void)state;
	for (rlim_t bytes = 0;; bytes += 1024) {
		int64_t version, results;

		make_version_2("state/old.db");
		open_and_be_killed(bytes);
		version = ask_sql("state/old.db", "PRAGMA user_version");
		if (version == 3)
			break;
		EXPECT_INT(version, 2);
		EXPECT_INT(ask_sql("state/old.db", "SELECT count(*) FROM sqlite_master"
						   " WHERE name = 'results'"),
			   0);
		EXPECT_INT(ask_sql("state/old.db", "SELECT count(*) FROM sessions"), 4);
		killed++;
		results = ask_sql("state/old.db",
				  "SELECT count(*) FROM pragma_integrity_check"
				  " WHERE integrity_check <> 'ok'");
		EXPECT_INT(results, 0);
	}
	EXPECT_TRUE(killed > 20);
	EXPECT_INT(ask_sql("state/old.db", "SELECT count(*) FROM answers"), 10);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(a_session_that_ends_is_scored_and_one_that_does_not_is_not),
	CASE(an_answer_tells_what_became_of_a_question),
	CASE(a_question_is_first_once),
	CASE(what_was_met_in_an_unfinished_session_is_not_first),
	CASE(the_moment_counts_and_not_the_beginning),
	CASE(what_was_answered_under_a_wrong_clock_came_first),
	CASE(a_clock_that_began_anew_in_1970_is_wrong_too),
	CASE(what_was_met_under_a_wrong_clock_and_left_is_not_first),
	CASE(a_drill_answers_only_what_was_answered),
	CASE(a_drill_marks_as_seen_what_was_on_show),
	CASE(no_session_ends_without_its_result),
	CASE(a_damaged_session_ends_without_a_result),
	CASE(a_database_of_version_2_is_scored),
	CASE(a_migration_that_is_killed_leaves_2_or_3),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
