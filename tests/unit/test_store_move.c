#include "run_sql.h"
#include "sit.h"

/* All data as one document, and out of it into another store. */

static struct sit sit;
static struct store *other;
static struct buf document = BUF_INIT;

static void open_other(void)
{
	struct err err = ERR_INIT;

	store_free(other);
	unlink(temp_path("other.db"));
	EXPECT_OK(store_open(temp_path("other.db"), &other, &err), err);
}

static void act(struct event event)
{
	struct err err = ERR_INIT;
	const char *why;

	sit.now.mono += 1000, sit.now.real += 1000;
	EXPECT_INT(sitting_do(&sit.sitting, event, &why, &err), SITTING_DONE);
}

static void respond(uint32_t item)
{
	act((struct event){ .type = EVENT_RESPONDED,
			    .item = item,
			    .response = question_key(sit.form.items[item].question) });
}

static void begin_next(const char *kind)
{
	sit_next(&sit, kind);
	act((struct event){ .type = EVENT_BEGAN });
}

static void export_from(struct store *store, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct store_moved moved;
	struct err err = ERR_INIT;

	buf_clear(out);
	EXPECT_OK(store_export(store, &arena, out, &moved, &err), err);
	EXPECT_INT(moved.damaged, 0);
	arena_release(&arena);
}

/* An exam with a bit of everything, a drill, one left in its middle; a bank in the
 * ledger. */
static int setup(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	temp_make();
	temp_signed_bank();
	sit_begin(&sit, temp_path("bank"), "tiny", "seed \"of\" \xC3\xA9", 10);
	EXPECT_OK(store_meet(sit.store, sit.bank, false, 1795132800000, &err), err);
	act((struct event){ .type = EVENT_BEGAN });
	for (uint32_t i = 0; i < sit.form.count; i++) {
		act((struct event){ .type = EVENT_MOVED, .item = i });
		respond(i);
	}
	act((struct event){ .type = EVENT_FLAGGED, .item = 1, .value = 1 });
	act((struct event){ .type = EVENT_STRUCK, .item = 0, .value = 1 });
	act((struct event){ .type = EVENT_CONFIDENCE, .item = 4, .value = 2 });
	act((struct event){
		.type = EVENT_NOTED, .item = 3, .note = "a\n\"b' \xC3\xA9 \033" });
	act((struct event){ .type = EVENT_SUBMITTED });
	begin_next("drill");
	respond(0);
	act((struct event){ .type = EVENT_SUBMITTED });
	begin_next("exam");
	respond(2);
	export_from(sit.store, &document);
	open_other();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	store_free(other);
	other = NULL;
	buf_release(&document);
	sit_end(&sit);
	temp_remove();
	return 0;
}

static bool import(const struct buf *from, struct store_moved *moved, struct err *err)
{
	return store_import(other, "file.json", from->data, from->len, moved, err);
}

static size_t count_sessions(struct store *store)
{
	struct arena arena = ARENA_INIT;
	struct store_past *list;
	struct err err = ERR_INIT;
	size_t count;

	EXPECT_OK(store_list(store, &arena, &list, &count, &err), err);
	arena_release(&arena);
	return count;
}

/* The document with one text in the place of another, everywhere. */
static void change(const char *from, const char *to, struct buf *out)
{
	const char *rest = document.data, *at;

	buf_clear(out);
	EXPECT_TRUE(strstr(rest, from) != NULL);
	while ((at = strstr(rest, from))) {
		buf_add(out, rest, (size_t)(at - rest));
		buf_text(out, to);
		rest = at + strlen(from);
	}
	buf_text(out, rest);
}

static void what_is_exported_and_imported_is_exported_as_the_same_bytes(void **state)
{
	struct buf again = BUF_INIT;
	struct store_moved moved;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(import(&document, &moved, &err), err);
	EXPECT_INT(moved.sessions, 3);
	EXPECT_INT(moved.known, 0);
	EXPECT_INT(moved.banks, 1);
	export_from(other, &again);
	EXPECT_TEXT(again.data, document.data);
	EXPECT_OK(import(&document, &moved, &err), err);
	EXPECT_INT(moved.sessions, 0);
	EXPECT_INT(moved.known, 3);
	EXPECT_INT(moved.banks, 0);
	buf_release(&again);
}

static void what_follows_from_sessions_is_there_again(void **state)
{
	struct store_past *here, *there;
	struct score_answer *answers, *moved_answers;
	struct store_moved moved;
	struct err err = ERR_INIT;
	size_t count;

	(void)state;
	EXPECT_OK(import(&document, &moved, &err), err);
	EXPECT_OK(store_list(sit.store, &sit.arena, &here, &count, &err), err);
	EXPECT_OK(store_list(other, &sit.arena, &there, &count, &err), err);
	EXPECT_INT(count, 3);
	for (size_t i = 0; i < count; i++) {
		EXPECT_TEXT(here[i].id, there[i].id);
		EXPECT_INT(here[i].phase, there[i].phase);
		EXPECT_INT(here[i].used_ms, there[i].used_ms);
		EXPECT_INT(here[i].raw, there[i].raw);
		EXPECT_INT(here[i].of, there[i].of);
		EXPECT_INT(here[i].ended_ms, there[i].ended_ms);
		EXPECT_TEXT(here[i].blueprint_id, there[i].blueprint_id);
	}
	EXPECT_OK(store_answers(sit.store, NULL, sit.now.real, &sit.arena, &answers,
				&count, &err),
		  err);
	EXPECT_OK(store_answers(other, NULL, sit.now.real, &sit.arena, &moved_answers,
				&count, &err),
		  err);
	EXPECT_INT(count, 6);
	for (size_t i = 0; i < count; i++) {
		EXPECT_TEXT(answers[i].question, moved_answers[i].question);
		EXPECT_INT(answers[i].first, moved_answers[i].first);
		EXPECT_INT(answers[i].right, moved_answers[i].right);
	}
}

/* The unfinished one goes on where it was left. */
static void a_session_that_was_being_sat_goes_on_elsewhere(void **state)
{
	struct store_loaded loaded;
	struct store_moved moved;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(import(&document, &moved, &err), err);
	EXPECT_OK(store_hold(other, sit.about.id, &err), err);
	EXPECT_OK(store_load(other, NULL, true, &sit.arena, &loaded, &err), err);
	EXPECT_TEXT(loaded.about.id, sit.about.id);
	EXPECT_TRUE(session_is_answered(&loaded.session, 2));
	EXPECT_OK(store_append(other,
			       &(struct event){ .type = EVENT_SUBMITTED,
						.used_ms = loaded.session.used_ms },
			       &loaded.form, sit.now, "boot-two", &err),
		  err);
}

static void a_session_that_went_on_is_not_the_same(void **state)
{
	struct store_moved moved;
	struct err err = ERR_INIT;
	struct buf later = BUF_INIT;

	(void)state;
	EXPECT_OK(import(&document, &moved, &err), err);
	respond(3);
	export_from(sit.store, &later);
	EXPECT_ERR(import(&later, &moved, &err), err, ERR_INPUT,
		   "is here already with other content, so nothing was imported");
	buf_release(&later);
}

static void only_what_is_new_is_added(void **state)
{
	struct store_moved moved;
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(import(&document, &moved, &err), err);
	act((struct event){ .type = EVENT_SUBMITTED });
	store_free(other);
	unlink(temp_path("other.db"));
	EXPECT_OK(store_open(temp_path("other.db"), &other, &err), err);
	begin_next("exam");
	act((struct event){ .type = EVENT_SUBMITTED });
	export_from(sit.store, &document);
	EXPECT_OK(import(&document, &moved, &err), err);
	EXPECT_INT(moved.sessions, 4);
	begin_next("drill");
	export_from(sit.store, &document);
	EXPECT_OK(import(&document, &moved, &err), err);
	EXPECT_INT(moved.sessions, 1);
	EXPECT_INT(moved.known, 4);
}

/* What is not as it must be, and what is said of it; nothing is imported. */
static void a_document_that_lies_is_refused_whole(void **state)
{
	static const struct {
		const char *from, *to, *told;
	} lies[] = {
		{ "proctor-history/1", "proctor-history/2", "its format is not" },
		{ "\"ledger\"", "\"ledgers\"", "ledger is missing" },
		{ "\"format\":\"proctor-history/1\",",
		  "\"format\":\"proctor-history/1\",\"more\":1,", "not known" },
		{ "Stem of two?", "Stem of too?", "not that of its digest" },
		{ "\"type\":\"began\"", "\"type\":\"expired\"", "event 1 is damaged" },
		{ "\"type\":\"began\"", "\"type\":\"\"", "event 1 is damaged" },
		{ "\"type\":\"began\"", "\"type\":\"begun\"", "began" },
		{ "\"used_ms\":2000,", "\"used_ms\":0,", "cannot have happened" },
		{ "\"used_ms\":2000,", "\"used_ms\":9999999,", "cannot have happened" },
		{ "\"item\":4", "\"item\":5", "is damaged" },
		{ "\"response\":\"b\"", "\"response\":\"x\"", "is no response" },
		{ "\"domain\":1", "\"domain\":2", "is damaged" },
		{ "\"task\":0", "\"task\":1", "is damaged" },
		{ "\"kind\":\"drill\"", "\"kind\":\"thrill\"", "drill" },
		{ "\"feedback\":true", "\"feedback\":1", "feedback" },
		{ "\"scored\":true", "\"scored\":null", "scored" },
		{ "\"strict\":false", "\"strict\":false,\"mode\":1", "mode" },
		{ "\"limit_ms\":600000", "\"limit_ms\":-1", "limit_ms" },
		{ "\"began_ms\":", "\"began_ms\":99999999999", "began_ms" },
		{ "\"version\":2,\"digest\"", "\"version\":0,\"digest\"", "version" },
		{ "\"version\":2,\"digest\"", "\"version\":9007199254740992,\"digest\"",
		  "version: must be from 1 to 1000000000" },
		{ "\"bank\":\"demo\",\"version\":2",
		  "\"bank\":\"demo\",\"version\":1000000001",
		  "version: must be from 1 to 1000000000" },
		{ "\"feedback\":false", "\"feedback\":true",
		  "feedback: an exam shows no key before its end" },
		{ "\"strict\":false", "\"strict\":true",
		  "can_pause: strict time does not pause" },
		{ "\"began_ms\":1", "\"began_ms\":-1", "began_ms: must be from 0 to" },
		{ "\"real_ms\":1", "\"real_ms\":10", "real_ms: must be from 0 to" },
		{ "\"met_ms\":", "\"met_ms\":-", "met_ms: must be from 0 to" },
	};
	struct buf lie = BUF_INIT;
	struct store_moved moved;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
		change(lies[i].from, lies[i].to, &lie);
		EXPECT_ERR(import(&lie, &moved, &err), err, ERR_INPUT, lies[i].told);
		EXPECT_INT(strncmp(err.text, "file.json", 9), 0);
		EXPECT_INT(count_sessions(other), 0);
	}
	buf_release(&lie);
}

static void ids_and_orders_are_checked(void **state)
{
	static const char question[] = "\"question\":\"";
	struct buf lie = BUF_INIT;
	struct store_moved moved;
	struct err err;
	char shown[64], *first;

	(void)state;
	change("\"id\":\"2026", "\"id\":\"x026", &lie);
	EXPECT_ERR(import(&lie, &moved, &err), err, ERR_INPUT, "no id of a session");
	/* Twice the same option in the place of all. */
	snprintf(shown, sizeof(shown), "%.*s",
		 (int)strcspn(strstr(document.data, "\"shown\":\"") + 9, "\""),
		 strstr(document.data, "\"shown\":\"") + 9);
	shown[1] = shown[0];
	buf_clear(&lie);
	buf_text(&lie, document.data);
	memcpy(strstr(lie.data, "\"shown\":\"") + 9, shown, strlen(shown));
	EXPECT_ERR(import(&lie, &moved, &err), err, ERR_INPUT, "stored form is damaged");
	/* The first question in the place of the second. */
	change("}", "}", &lie);
	first = strstr(lie.data, question);
	memcpy(strstr(first + 1, question), first, sizeof(question) - 1 + 64);
	EXPECT_ERR(import(&lie, &moved, &err), err, ERR_INPUT,
		   ": a question is in it twice");
	EXPECT_INT(count_sessions(other), 0);
	buf_release(&lie);
}

/* A ledger from elsewhere is believed no more than a bank from elsewhere. */
static void the_ledger_is_merged_by_its_own_rules(void **state)
{
	struct bank bank = *sit.bank;
	struct buf lie = BUF_INIT;
	struct store_moved moved;
	struct err err = ERR_INIT;

	(void)state;
	bank.digest = crypto_digest("other", 5);
	EXPECT_OK(store_meet(other, &bank, false, 1000, &err), err);
	EXPECT_ERR(import(&document, &moved, &err), err, ERR_TRUST,
		   "somebody signed two under one number");
	EXPECT_INT(count_sessions(other), 0);
	change("\"bank\":\"demo\",\"version\":2", "\"bank\":\"demo\",\"version\":1000003",
	       &lie);
	EXPECT_ERR(import(&lie, &moved, &err), err, ERR_TRUST, "more than 1000000 above");
	change("\"bank\":\"demo\",\"version\":2", "\"bank\":\"demo\",\"version\":3",
	       &lie);
	EXPECT_OK(import(&lie, &moved, &err), err);
	EXPECT_INT(moved.banks, 1);
	EXPECT_ERR(store_meet(other, &bank, false, 1000, &err), err, ERR_TRUST,
		   "is older than version 3");
	change("\"signed_by\":\"RW", "\"signed_by\":\"XX", &lie);
	EXPECT_ERR(import(&lie, &moved, &err), err, ERR_INPUT, "");
	buf_release(&lie);
}

static void a_document_cut_anywhere_is_refused(void **state)
{
	struct store_moved moved;
	struct err err;

	(void)state;
	for (size_t len = 0; len + 2 < document.len; len += 61) {
		char *copy = malloc(len ? len : 1);

		EXPECT_TRUE(copy != NULL);
		memcpy(copy, document.data, len);
		EXPECT_ERR(store_import(other, "file.json", copy, len, &moved, &err), err,
			   ERR_INPUT, "file.json");
		free(copy);
	}
	EXPECT_INT(count_sessions(other), 0);
}

/* Any byte another: refused with nothing imported, or imported and as good as any. */
static void a_document_with_a_byte_changed_is_refused_or_whole(void **state)
{
	struct buf again = BUF_INIT;
	struct store_moved moved;
	struct err err = ERR_INIT;

	(void)state;
	for (size_t at = 0; at < document.len; at += 89) {
		char kept = document.data[at];

		document.data[at] = (char)(kept ^ (1 << at % 7));
		if (import(&document, &moved, &err)) {
			export_from(other, &again);
			EXPECT_OK(import(&again, &moved, &err), err);
			EXPECT_INT(moved.sessions, 0);
			open_other();
		} else {
			EXPECT_INT(count_sessions(other), 0);
			EXPECT_TRUE(err.kind == ERR_INPUT || err.kind == ERR_TRUST);
		}
		document.data[at] = kept;
	}
	buf_release(&again);
}

static void a_damaged_session_is_left_out_and_told(void **state)
{
	struct store_moved moved;
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;

	(void)state;
	run_sql("state/proctor.db", "UPDATE events SET type = 99 WHERE session ="
				    " (SELECT id FROM sessions WHERE phase = 1)");
	EXPECT_OK(store_export(sit.store, &sit.arena, &out, &moved, &err), err);
	EXPECT_INT(moved.sessions, 2);
	EXPECT_INT(moved.damaged, 1);
	EXPECT_TEXT(moved.first_damaged, sit.about.id);
	EXPECT_OK(import(&out, &moved, &err), err);
	EXPECT_INT(moved.sessions, 2);
	buf_release(&out);
}

static void what_has_a_damaged_text_is_left_out(void **state)
{
	struct store_loaded loaded;
	struct store_moved moved;
	struct err err = ERR_INIT;
	struct buf out = BUF_INIT;

	(void)state;
	run_sql("state/proctor.db", "UPDATE texts SET body ="
				    " replace(body, 'Stem of two', 'Stem of too')");
	EXPECT_ERR(store_load(sit.store, sit.about.id, false, &sit.arena, &loaded, &err),
		   err, ERR_SYSTEM, "the text of question 2 is damaged");
	EXPECT_OK(store_export(sit.store, &sit.arena, &out, &moved, &err), err);
	EXPECT_INT(moved.sessions, 0);
	EXPECT_INT(moved.damaged, 3);
	EXPECT_OK(import(&out, &moved, &err), err);
	buf_release(&out);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(what_is_exported_and_imported_is_exported_as_the_same_bytes),
	CASE(what_follows_from_sessions_is_there_again),
	CASE(a_session_that_was_being_sat_goes_on_elsewhere),
	CASE(a_session_that_went_on_is_not_the_same),
	CASE(only_what_is_new_is_added),
	CASE(a_document_that_lies_is_refused_whole),
	CASE(ids_and_orders_are_checked),
	CASE(the_ledger_is_merged_by_its_own_rules),
	CASE(a_document_cut_anywhere_is_refused),
	CASE(a_document_with_a_byte_changed_is_refused_or_whole),
	CASE(a_damaged_session_is_left_out_and_told),
	CASE(what_has_a_damaged_text_is_left_out),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
