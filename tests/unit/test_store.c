#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "one_sit.h"
#include "run_sql.h"

static enum sitting_did act(struct event event)
{
	struct err err = ERR_INIT;
	const char *why;

	return sitting_do(&sit.sitting, event, &why, &err);
}

static struct event key_of(uint32_t item)
{
	return (struct event){ .type = EVENT_RESPONDED,
			       .item = item,
			       .response = question_key(sit.form.items[item].question) };
}

static void begin(void)
{
	EXPECT_INT(act((struct event){ .type = EVENT_BEGAN }), SITTING_DONE);
}

static void the_database_is_private(void **state)
{
	struct stat st;

	(void)state;
	EXPECT_INT(stat(temp_path("state"), &st), 0);
	EXPECT_INT(st.st_mode & 0777, 0700);
	EXPECT_INT(stat(temp_path("state/proctor.db"), &st), 0);
	EXPECT_INT(st.st_mode & 0777, 0600);
}

static void a_form_comes_back_as_it_was_drawn(void **state)
{
	struct form before = sit.form;

	(void)state;
	sit_again(&sit);
	EXPECT_INT(sit.form.count, before.count);
	for (size_t i = 0; i < before.count; i++) {
		const struct form_item *a = &before.items[i], *b = &sit.form.items[i];

		EXPECT_TEXT(a->question->id, b->question->id);
		EXPECT_TEXT(a->question->stem, b->question->stem);
		EXPECT_INT(a->scored, b->scored);
		EXPECT_INT(a->domain, b->domain);
		EXPECT_INT(memcmp(a->shown, b->shown, a->question->option_count), 0);
	}
}

/* One of each event; each must come back, and no other test sees a wrong apply. */
static void every_event_comes_back(void **state)
{
	(void)state;
	sit.step = 10;
	begin();
	EXPECT_INT(act((struct event){ .type = EVENT_MOVED, .item = 2 }), SITTING_DONE);
	for (uint32_t i = 0; i < sit.form.count; i++)
		EXPECT_INT(act(key_of(i)), SITTING_DONE);
	EXPECT_INT(act((struct event){ .type = EVENT_FLAGGED, .item = 1, .value = 1 }),
		   SITTING_DONE);
	EXPECT_INT(act((struct event){ .type = EVENT_STRUCK, .item = 0, .value = 1 }),
		   SITTING_DONE);
	EXPECT_INT(act((struct event){ .type = EVENT_CONFIDENCE, .item = 4, .value = 2 }),
		   SITTING_DONE);
	EXPECT_INT(act((struct event){
			   .type = EVENT_NOTED, .item = 3, .note = "a\n\"b' \xC3\xA9" }),
		   SITTING_DONE);
	EXPECT_INT(act((struct event){ .type = EVENT_PAUSED }), SITTING_DONE);
	sit_again(&sit);
	EXPECT_TEXT(sit.session.items[3].note, "a\n\"b' \xC3\xA9");
	EXPECT_INT(sit.session.phase, PHASE_PAUSED);
	EXPECT_INT(sit.session.current, 2);
	EXPECT_TRUE(sit.session.items[1].flagged);
	EXPECT_INT(sit.session.items[0].struck, 2);
	EXPECT_INT(sit.session.items[4].confidence, CONFIDENCE_UNSURE);
	for (uint32_t i = 0; i < sit.form.count; i++)
		EXPECT_TRUE(question_is_right(sit.form.items[i].question,
					      &sit.session.items[i].response));
	sit.sitting.timer.held = true;
	EXPECT_INT(act((struct event){ .type = EVENT_RESUMED }), SITTING_DONE);
	EXPECT_INT(act((struct event){ .type = EVENT_SUBMITTED }), SITTING_DONE);
	sit_again(&sit);
	EXPECT_INT(sit.session.phase, PHASE_DONE);
	EXPECT_INT(sit.about.phase, PHASE_DONE);
}

static void used_time_goes_on_where_it_stood(void **state)
{
	int64_t used;

	(void)state;
	begin();
	sit.now.mono += 60000;
	EXPECT_INT(act(key_of(0)), SITTING_DONE);
	used = sit.session.used_ms;
	EXPECT_INT(used, 60000);
	sit.now.mono += 3600000;
	sit_again(&sit);
	EXPECT_INT(sit.session.used_ms, used);
	EXPECT_INT(sitting_remaining(&sit.sitting), 10 * 60000 - used);
}

static void an_absence_is_found_and_measured(void **state)
{
	struct store_last last;

	(void)state;
	begin();
	sit.now.mono += 1000, sit.now.real += 1000;
	EXPECT_INT(act(key_of(0)), SITTING_DONE);
	sit.now.real += 600000;
	last = sit_again(&sit);
	EXPECT_INT(last.gaps, 0);
	EXPECT_INT(act(key_of(1)), SITTING_DONE);
	last = sit_again(&sit);
	EXPECT_INT(last.gaps, 1);
	EXPECT_INT(last.gap_ms, 600000);
	EXPECT_TEXT(last.boot_id, "boot-one");
}

static void leaving_stores_the_time_until_then(void **state)
{
	(void)state;
	begin();
	sit.now.mono += 9000;
	sitting_leave(&sit.sitting);
	sit_again(&sit);
	EXPECT_INT(sit.session.used_ms, 9000);
}

static void a_heartbeat_is_stored_every_fifteen_seconds(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	begin();
	sit.now.mono += 14999;
	EXPECT_INT(sitting_tick(&sit.sitting, &err), SITTING_NOTHING);
	sit.now.mono += 1;
	EXPECT_INT(sitting_tick(&sit.sitting, &err), SITTING_DONE);
	EXPECT_INT(sit.session.used_ms, 15000);
	EXPECT_INT(sitting_tick(&sit.sitting, &err), SITTING_NOTHING);
	sit.now.mono += 10 * 60000;
	EXPECT_INT(sitting_tick(&sit.sitting, &err), SITTING_EXPIRED);
	EXPECT_INT(sit.session.used_ms, 10 * 60000);
}

static void a_session_belongs_to_one_process(void **state)
{
	struct err err = ERR_INIT;
	struct store *other;

	(void)state;
	EXPECT_OK(store_open(temp_path("state/proctor.db"), &other, &err), err);
	EXPECT_ERR(store_hold(other, sit.about.id, &err), err, ERR_SYSTEM,
		   "is open in another process");
	store_free(other);
	store_free(sit.store);
	EXPECT_OK(store_open(temp_path("state/proctor.db"), &sit.store, &err), err);
	EXPECT_OK(store_hold(sit.store, sit.about.id, &err), err);
}

static void sessions_are_found_by_the_beginning_of_their_id(void **state)
{
	struct store_session found;
	struct err err = ERR_INIT;
	char part[10] = "";

	(void)state;
	memcpy(part, sit.about.id, 9);
	EXPECT_OK(store_find(sit.store, part, true, &sit.arena, &found, &err), err);
	EXPECT_TEXT(found.id, sit.about.id);
	EXPECT_OK(store_find(sit.store, NULL, true, &sit.arena, &found, &err), err);
	EXPECT_ERR(store_find(sit.store, "x", true, &sit.arena, &found, &err), err,
		   ERR_USAGE, "there is no session \"x\"");
	EXPECT_ERR(store_find(sit.store, NULL, false, &sit.arena, &found, &err), err,
		   ERR_USAGE, "no finished session");
}

static void seen_questions_are_told_by_how_long_ago(void **state)
{
	struct err err = ERR_INIT;
	struct store_seen *seen;
	size_t second = 1;

	(void)state;
	begin();
	EXPECT_OK(store_seen_load(sit.store, "demo", &sit.arena, &seen, &err), err);
	EXPECT_INT(store_seen(seen, sit.form.items[0].question), DRAW_SEEN_MAX);
	EXPECT_INT(store_seen(seen, sit.form.items[second].question), 0);
	EXPECT_INT(act((struct event){ .type = EVENT_MOVED, .item = 1 }), SITTING_DONE);
	EXPECT_OK(store_seen_load(sit.store, "demo", &sit.arena, &seen, &err), err);
	EXPECT_INT(store_seen(seen, sit.form.items[second].question), DRAW_SEEN_MAX);
	EXPECT_INT(store_seen(seen, sit.form.items[2].question), 0);
	EXPECT_INT(act((struct event){ .type = EVENT_SUBMITTED }), SITTING_DONE);
	EXPECT_OK(store_seen_load(sit.store, "demo", &sit.arena, &seen, &err), err);
	EXPECT_INT(store_seen(seen, sit.form.items[2].question), DRAW_SEEN_MAX);
	EXPECT_OK(store_seen_load(sit.store, "other", &sit.arena, &seen, &err), err);
	EXPECT_INT(store_seen(seen, sit.form.items[0].question), 0);
}

static void somebody_elses_database_stays_untouched(void **state)
{
	struct err err;
	struct store *other;

	(void)state;
	run_sql("state/proctor.db", "PRAGMA application_id = 99");
	EXPECT_ERR(store_open(temp_path("state/proctor.db"), &other, &err), err,
		   ERR_SYSTEM, "not a proctor database");
	run_sql("state/proctor.db",
		"PRAGMA application_id = 1886544756; PRAGMA user_version = 999");
	EXPECT_ERR(store_open(temp_path("state/proctor.db"), &other, &err), err,
		   ERR_SYSTEM, "made by a newer proctor");
	run_sql("state/proctor.db", "PRAGMA user_version = -1");
	EXPECT_ERR(store_open(temp_path("state/proctor.db"), &other, &err), err,
		   ERR_SYSTEM, "not a proctor database");
	temp_text("state/text.db",
		  "This is no database at all, but long enough to look at.");
	EXPECT_ERR(store_open(temp_path("state/text.db"), &other, &err), err, ERR_SYSTEM,
		   "");
}

static void damaged_events_are_refused_with_their_number(void **state)
{
	static const char *const damages[] = {
		"UPDATE events SET used_ms = 0 WHERE number = 2",
		"UPDATE events SET item = 77 WHERE number = 1",
		"UPDATE events SET type = 1 WHERE number = 1",
		"UPDATE events SET response = 'zz' WHERE number = 1",
	};
	struct err err = ERR_INIT;

	(void)state;
	begin();
	sit.step = 5;
	EXPECT_INT(act(key_of(0)), SITTING_DONE);
	EXPECT_INT(act(key_of(1)), SITTING_DONE);
	for (size_t i = 0; i < sizeof(damages) / sizeof(damages[0]); i++) {
		struct session replayed;
		struct store_last last;

		run_sql("state/proctor.db", "CREATE TABLE kept AS SELECT * FROM events");
		run_sql("state/proctor.db", damages[i]);
		EXPECT_ERR(store_replay(sit.store, &sit.about, &sit.form, &replayed,
					&sit.arena, &last, &err),
			   err, ERR_SYSTEM, "is damaged");
		run_sql("state/proctor.db",
			"DELETE FROM events; INSERT INTO events SELECT * FROM kept;"
			"DROP TABLE kept");
	}
}

static void a_read_only_folder_is_said_to_be_one(void **state)
{
	struct err err;
	struct store *other;

	(void)state;
	if (geteuid() == 0) /* root may write anywhere: a file in the way serves */
		temp_text("ro", "");
	else
		EXPECT_INT(mkdir(temp_path("ro"), 0500), 0);
	EXPECT_ERR(store_open(temp_path("ro/proctor.db"), &other, &err), err, ERR_SYSTEM,
		   "ro");
}

static void a_folder_may_lie_behind_a_link_and_the_file_not_be_one(void **state)
{
	struct store *other;
	struct err err = ERR_INIT;

	(void)state;
	begin();
	EXPECT_INT(symlink("state", temp_path("linked")), 0);
	EXPECT_OK(store_open(temp_path("linked/proctor.db"), &other, &err), err);
	store_free(other);
	EXPECT_INT(symlink("proctor.db", temp_path("state/other.db")), 0);
	EXPECT_ERR(store_open(temp_path("state/other.db"), &other, &err), err, ERR_SYSTEM,
		   "other.db: a link");
	EXPECT_ERR(store_open_reading(temp_path("state/other.db"), &other, &err), err,
		   ERR_SYSTEM, "other.db: a link");
}

/* What was sat can be read where nothing can be written any more. */
static void a_store_that_cannot_be_written_is_read(void **state)
{
	struct rlimit none = { 0, RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };
	struct store *other;
	struct store_past *list;
	struct err err = ERR_INIT;
	size_t count;

	(void)state;
	begin();
	run_sql("state/proctor.db",
		"PRAGMA user_version = 2"); /* so that it would have to be written */
	signal(SIGXFSZ, SIG_IGN);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	EXPECT_ERR(store_open_reading(temp_path("state/proctor.db"), &other, &err), err,
		   ERR_SYSTEM, "made by an older proctor");
	EXPECT_ERR(store_open_reading(temp_path("empty.db"), &other, &err), err,
		   ERR_SYSTEM, "empty.db: disk I/O error");
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &all), 0);
	run_sql("state/proctor.db", "PRAGMA user_version = 3");
	EXPECT_OK(store_open_reading(temp_path("state/proctor.db"), &other, &err), err);
	EXPECT_OK(store_list(other, &sit.arena, &list, &count, &err), err);
	EXPECT_INT(count, 1);
	store_free(other);
	temp_text("in-the-way", "");
	EXPECT_ERR(store_open_reading(temp_path("in-the-way/proctor.db"), &other, &err),
		   err, ERR_SYSTEM, "in-the-way");
}

/* The disk fills up in mid-exam: nothing is lost, nothing is applied, the clock stands
 * still, and once there is room the same request goes through. */
static void a_full_disk_stops_the_clock_and_loses_nothing(void **state)
{
	struct rlimit none = { 0, RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };
	int64_t left;

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	begin();
	EXPECT_INT(act(key_of(0)), SITTING_DONE);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	EXPECT_INT(act(key_of(1)), SITTING_NOT_STORED);
	EXPECT_INT(sit.session.items[1].response.count, 0);
	left = sitting_remaining(&sit.sitting);
	sit.now.mono += 300000;
	EXPECT_INT(sitting_remaining(&sit.sitting), left);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &all), 0);
	EXPECT_INT(act(key_of(1)), SITTING_DONE);
	sit.now.mono += 1000;
	EXPECT_INT(sitting_remaining(&sit.sitting), left - 1000);
	sit_again(&sit);
	EXPECT_TRUE(session_is_answered(&sit.session, 0));
	EXPECT_TRUE(session_is_answered(&sit.session, 1));
}

static void a_thousand_sessions_hold_each_question_once(void **state)
{
	struct err err = ERR_INIT;
	struct store_past *list;
	struct buf file = BUF_INIT;
	size_t count, first;

	(void)state;
	temp_read("state/proctor.db", &file);
	first = file.len;
	for (int i = 0; i < 20; i++) {
		store_free(sit.store);
		EXPECT_OK(store_open(temp_path("state/proctor.db"), &sit.store, &err),
			  err);
		sit.about.began_ms += 1000;
		EXPECT_OK(store_begin(sit.store, &sit.about, &sit.form, &err), err);
	}
	temp_read("state/proctor.db", &file);
	EXPECT_TRUE(file.len - first <= first);
	EXPECT_OK(store_list(sit.store, &sit.arena, &list, &count, &err), err);
	EXPECT_INT(count, 21);
	EXPECT_TEXT(list[0].id, sit.about.id);
	buf_release(&file);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(the_database_is_private),
	CASE(a_form_comes_back_as_it_was_drawn),
	CASE(every_event_comes_back),
	CASE(used_time_goes_on_where_it_stood),
	CASE(an_absence_is_found_and_measured),
	CASE(leaving_stores_the_time_until_then),
	CASE(a_heartbeat_is_stored_every_fifteen_seconds),
	CASE(a_session_belongs_to_one_process),
	CASE(sessions_are_found_by_the_beginning_of_their_id),
	CASE(seen_questions_are_told_by_how_long_ago),
	CASE(somebody_elses_database_stays_untouched),
	CASE(damaged_events_are_refused_with_their_number),
	CASE(a_read_only_folder_is_said_to_be_one),
	CASE(a_folder_may_lie_behind_a_link_and_the_file_not_be_one),
	CASE(a_store_that_cannot_be_written_is_read),
	CASE(a_full_disk_stops_the_clock_and_loses_nothing),
	CASE(a_thousand_sessions_hold_each_question_once),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
