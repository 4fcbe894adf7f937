#include "test.h"

#include "proctor/arena.h"
#include "proctor/session.h"

#define LIMIT 7800000

static struct arena arena;
static struct session session;

static const struct session_question questions[] = {
	{ MULTIPLE_CHOICE, 4, 0, 1 },
	{ MULTIPLE_RESPONSE, 5, 0, 2 },
	{ ORDERING, 5, 0, 3 },
	{ MATCHING, 4, 3, 3 },
};

static int setup(void **state)
{
	(void)state;
	session_init(&session, questions, 4,
		     (struct session_rules){ .limit_ms = LIMIT, .can_pause = true },
		     &arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static bool ask_why(struct event event, const char **why)
{
	if (!session_decide(&session, &event, why))
		return false;
	EXPECT_TRUE(session_allows(&session, &event));
	session_apply(&session, &event);
	return true;
}

static bool ask(struct event event)
{
	const char *why;

	return ask_why(event, &why);
}

static void begin(void)
{
	EXPECT_TRUE(ask((struct event){ .type = EVENT_BEGAN }));
}

static struct event respond(uint32_t item, int64_t at, size_t count, const uint8_t *picks)
{
	struct event event = { EVENT_RESPONDED,           at,  item, 0,
			       { (uint8_t)count, { 0 } }, NULL };

	memcpy(event.response.picks, picks, count);
	return event;
}

#define RESPOND(item, at, ...)                                \
	respond(item, at, sizeof((uint8_t[]){ __VA_ARGS__ }), \
		(const uint8_t[]){ __VA_ARGS__ })

static void nothing_happens_before_it_began(void **state)
{
	const char *why;

	(void)state;
	EXPECT_FALSE(ask_why((struct event){ .type = EVENT_MOVED, .item = 1 }, &why));
	EXPECT_TEXT(why, "the session has not begun");
}

static void beginning_shows_the_first_question(void **state)
{
	(void)state;
	begin();
	EXPECT_INT(session.phase, PHASE_RUNNING);
	EXPECT_INT(session.current, 0);
	EXPECT_TRUE(session.items[0].seen);
	EXPECT_FALSE(session.items[1].seen);
	EXPECT_FALSE(ask((struct event){ .type = EVENT_BEGAN }));
}

static void a_response_is_kept_and_can_be_changed_and_cleared(void **state)
{
	(void)state;
	begin();
	EXPECT_TRUE(ask(RESPOND(0, 5, 2)));
	EXPECT_TRUE(session_is_answered(&session, 0));
	EXPECT_INT(session.items[0].response.picks[0], 2);
	EXPECT_INT(session.items[0].changes, 0);
	EXPECT_TRUE(ask(RESPOND(0, 6, 3)));
	EXPECT_INT(session.items[0].changes, 1);
	EXPECT_TRUE(ask(respond(0, 7, 0, (const uint8_t *)"")));
	EXPECT_FALSE(session_is_answered(&session, 0));
}

static void the_first_complete_response_is_remembered(void **state)
{
	const struct session_item *item;

	(void)state;
	begin();
	item = &session.items[0];
	EXPECT_INT(item->first.count, 0);
	EXPECT_TRUE(ask(RESPOND(0, 5, 2)));
	EXPECT_TRUE(ask(respond(0, 6, 0, (const uint8_t *)"")));
	EXPECT_TRUE(ask(RESPOND(0, 7, 3)));
	EXPECT_INT(item->first.count, 1);
	EXPECT_INT(item->first.picks[0], 2);
	EXPECT_INT(item->response.picks[0], 3);
}

static void what_is_no_response_is_refused_with_a_reason(void **state)
{
	static const struct {
		uint32_t item;
		size_t count;
		uint8_t picks[4];
		const char *why;
	} cases[] = {
		{ 9, 1, { 0 }, "there is no such question" },
		{ 0, 1, { 4 }, "there is no such option" },
		{ 0, 2, { 0, 1 }, "more options than the question asks for" },
		{ 1, 3, { 0, 1, 2 }, "more options than the question asks for" },
		{ 1, 2, { 1, 1 }, "an option is named twice" },
		{ 2, 3, { 4, 0, 4 }, "an option is named twice" },
		{ 2, 3, { 4, 0, 5 }, "there is no such option" },
		{ 3, 2, { 0, 0 }, "there is no such prompt" },
		{ 3, 3, { 0, 0, 4 }, "there is no such option" },
	};
	const char *why;

	(void)state;
	begin();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		EXPECT_FALSE(ask_why(
			respond(cases[i].item, 1, cases[i].count, cases[i].picks), &why));
		EXPECT_TEXT(why, cases[i].why);
	}
	EXPECT_INT(session_count(&session).answered, 0);
}

static void a_response_in_part_is_kept_but_is_no_answer_yet(void **state)
{
	(void)state;
	begin();
	EXPECT_TRUE(ask(RESPOND(1, 1, 3)));
	EXPECT_FALSE(session_is_answered(&session, 1));
	EXPECT_TRUE(ask(RESPOND(3, 2, 0, RESPONSE_NONE, 0)));
	EXPECT_FALSE(session_is_answered(&session, 3));
	EXPECT_TRUE(ask(RESPOND(3, 3, 0, 3, 0)));
	EXPECT_TRUE(session_is_answered(&session, 3));
	EXPECT_INT(session_count(&session).answered, 1);
	EXPECT_INT(session_count(&session).unanswered, 3);
}

static struct event note(uint32_t item, const char *text)
{
	return (struct event){ .type = EVENT_NOTED, .item = item, .note = text };
}

static void a_note_is_kept_replaced_and_taken_away(void **state)
{
	char longest[SESSION_NOTE_SIZE + 1];
	const char *why;

	(void)state;
	begin();
	EXPECT_TRUE(ask(note(1, "why not B?\n\xC3\xA9")));
	EXPECT_TEXT(session.items[1].note, "why not B?\n\xC3\xA9");
	EXPECT_TRUE(ask(note(1, "no")));
	EXPECT_TEXT(session.items[1].note, "no");
	EXPECT_INT(session.items[1].note[3], 0);
	EXPECT_TEXT(session.items[0].note, "");
	EXPECT_FALSE(ask(note(4, "x")));
	EXPECT_FALSE(ask(note(1, NULL)));
	EXPECT_FALSE(ask(note(1, "\xC3")));
	memset(longest, 'x', sizeof(longest));
	longest[SESSION_NOTE_SIZE] = '\0';
	EXPECT_FALSE(ask_why(note(1, longest), &why));
	EXPECT_TEXT(why, "the note is too long");
	longest[SESSION_NOTE_SIZE - 1] = '\0';
	EXPECT_TRUE(ask(note(1, longest)));
	EXPECT_TRUE(ask(note(1, "")));
	EXPECT_TEXT(session.items[1].note, "");
}

static void flags_strikes_and_confidence_are_set_and_taken_back(void **state)
{
	(void)state;
	begin();
	EXPECT_TRUE(ask((struct event){ EVENT_FLAGGED, 1, 2, 1, { 0, { 0 } }, NULL }));
	EXPECT_TRUE(session.items[2].flagged);
	EXPECT_TRUE(ask((struct event){ EVENT_FLAGGED, 2, 2, 0, { 0, { 0 } }, NULL }));
	EXPECT_FALSE(session.items[2].flagged);
	EXPECT_TRUE(ask((struct event){ EVENT_STRUCK, 3, 0, 3, { 0, { 0 } }, NULL }));
	EXPECT_INT(session.items[0].struck, 8);
	EXPECT_TRUE(ask((struct event){
		EVENT_STRUCK, 4, 0, 3 + STRUCK_OFF, { 0, { 0 } }, NULL }));
	EXPECT_INT(session.items[0].struck, 0);
	EXPECT_FALSE(ask((struct event){ EVENT_STRUCK, 5, 0, 4, { 0, { 0 } }, NULL }));
	EXPECT_TRUE(ask((struct event){
		EVENT_CONFIDENCE, 6, 0, CONFIDENCE_SURE, { 0, { 0 } }, NULL }));
	EXPECT_INT(session.items[0].confidence, CONFIDENCE_SURE);
	EXPECT_FALSE(
		ask((struct event){ EVENT_CONFIDENCE, 7, 0, 4, { 0, { 0 } }, NULL }));
}

static void time_goes_to_the_question_in_front(void **state)
{
	(void)state;
	begin();
	EXPECT_TRUE(
		ask((struct event){ .type = EVENT_MOVED, .used_ms = 1000, .item = 2 }));
	EXPECT_TRUE(ask((struct event){ .type = EVENT_HEARTBEAT, .used_ms = 1500 }));
	EXPECT_TRUE(
		ask((struct event){ .type = EVENT_MOVED, .used_ms = 4000, .item = 0 }));
	EXPECT_TRUE(ask((struct event){ .type = EVENT_SUBMITTED, .used_ms = 4100 }));
	EXPECT_INT(session.items[0].spent_ms, 1100);
	EXPECT_INT(session.items[2].spent_ms, 3000);
	EXPECT_INT(session.items[1].spent_ms, 0);
}

static void a_pause_hides_everything_but_its_end(void **state)
{
	const char *why;

	(void)state;
	begin();
	EXPECT_TRUE(ask((struct event){ .type = EVENT_PAUSED, .used_ms = 10 }));
	EXPECT_FALSE(ask_why(RESPOND(0, 11, 1), &why));
	EXPECT_TEXT(why, "the session is paused");
	EXPECT_TRUE(ask((struct event){ .type = EVENT_RESUMED, .used_ms = 10 }));
	EXPECT_TRUE(ask(RESPOND(0, 11, 1)));
}

static void a_pause_can_be_forbidden(void **state)
{
	const char *why;

	(void)state;
	session.can_pause = false;
	begin();
	EXPECT_FALSE(ask_why((struct event){ .type = EVENT_PAUSED }, &why));
	EXPECT_TEXT(why, "this session cannot be paused");
}

static void a_late_key_never_counts(void **state)
{
	(void)state;
	begin();
	EXPECT_TRUE(ask(RESPOND(0, LIMIT - 1, 1)));
	EXPECT_TRUE(ask(RESPOND(1, LIMIT, 1, 2)));
	EXPECT_INT(session.phase, PHASE_DONE);
	EXPECT_TRUE(session.expired);
	EXPECT_INT(session.items[1].response.count, 0);
	EXPECT_FALSE(ask(RESPOND(1, LIMIT + 1, 1, 2)));
}

static void expiry_is_dated_at_the_limit(void **state)
{
	(void)state;
	begin();
	EXPECT_TRUE(
		ask((struct event){ .type = EVENT_HEARTBEAT, .used_ms = LIMIT + 99999 }));
	EXPECT_TRUE(session.expired);
	EXPECT_INT(session.used_ms, LIMIT);
	EXPECT_INT(session_remaining(&session, session.used_ms), 0);
}

static void without_a_limit_time_never_runs_out(void **state)
{
	(void)state;
	session.limit_ms = 0;
	begin();
	EXPECT_TRUE(ask(RESPOND(0, 10 * (int64_t)LIMIT, 1)));
	EXPECT_INT(session.phase, PHASE_RUNNING);
	EXPECT_TRUE(session_remaining(&session, LIMIT) == INT64_MAX);
}

static void submitting_ends_it_for_good(void **state)
{
	const char *why;

	(void)state;
	begin();
	EXPECT_TRUE(ask((struct event){ .type = EVENT_SUBMITTED, .used_ms = 9 }));
	EXPECT_INT(session.phase, PHASE_DONE);
	EXPECT_FALSE(session.expired);
	EXPECT_FALSE(ask_why(RESPOND(0, 10, 1), &why));
	EXPECT_TEXT(why, "the session is over");
}

static void stored_events_that_could_not_have_happened_are_told_apart(void **state)
{
	struct event back = { .type = EVENT_HEARTBEAT, .used_ms = 99 };
	struct event unknown = { .type = (enum event_type)77 };
	struct event late = { .type = EVENT_HEARTBEAT, .used_ms = LIMIT + 1 };

	(void)state;
	begin();
	EXPECT_TRUE(ask((struct event){ .type = EVENT_HEARTBEAT, .used_ms = 100 }));
	EXPECT_FALSE(session_allows(&session, &back));
	EXPECT_FALSE(session_allows(&session, &unknown));
	EXPECT_FALSE(session_allows(&session, &late));
}

static struct event about(enum event_type type, uint32_t item, int64_t at)
{
	return (struct event){ .type = type, .item = item, .used_ms = at };
}

static struct event confidence(uint32_t item, enum confidence level, int64_t at)
{
	return (struct event){
		.type = EVENT_CONFIDENCE, .item = item, .value = level, .used_ms = at
	};
}

static void no_key_is_shown_in_an_exam(void **state)
{
	struct event stored = about(EVENT_REVEALED, 0, 6);
	const char *why;

	(void)state;
	begin();
	EXPECT_TRUE(ask(RESPOND(0, 5, 2)));
	EXPECT_FALSE(ask_why(stored, &why));
	EXPECT_TEXT(why, "this session shows no key before its end");
	EXPECT_FALSE(session_allows(&session, &stored));
	EXPECT_FALSE(session.items[0].revealed);
}

static void only_a_whole_answer_shows_the_key(void **state)
{
	const char *why;

	(void)state;
	session.feedback = true;
	begin();
	EXPECT_TRUE(ask(RESPOND(1, 1, 3)));
	EXPECT_FALSE(ask_why(about(EVENT_REVEALED, 1, 2), &why));
	EXPECT_TEXT(why, "the answer is not complete");
	EXPECT_FALSE(ask(about(EVENT_REVEALED, 4, 2)));
	EXPECT_TRUE(ask(RESPOND(1, 2, 2, 3)));
	EXPECT_TRUE(ask(about(EVENT_REVEALED, 1, 3)));
	EXPECT_TRUE(session.items[1].revealed);
	EXPECT_FALSE(session.items[0].revealed);
	EXPECT_INT(session_count(&session).revealed, 1);
}

static void an_answer_stays_as_it_was_when_its_key_was_shown(void **state)
{
	const struct event late[] = {
		RESPOND(0, 9, 1),
		respond(0, 9, 0, (const uint8_t *)""),
		confidence(0, CONFIDENCE_GUESS, 9),
		about(EVENT_STRUCK, 0, 9),
		about(EVENT_REVEALED, 0, 9),
	};
	const char *why;

	(void)state;
	session.feedback = true;
	begin();
	EXPECT_TRUE(ask(RESPOND(0, 5, 2)));
	EXPECT_TRUE(ask(confidence(0, CONFIDENCE_SURE, 5)));
	EXPECT_TRUE(ask(about(EVENT_REVEALED, 0, 6)));
	for (size_t i = 0; i < sizeof(late) / sizeof(late[0]); i++) {
		EXPECT_FALSE(ask_why(late[i], &why));
		EXPECT_TEXT(why, "the key has been shown");
		EXPECT_FALSE(session_allows(&session, &late[i]));
	}
	EXPECT_INT(session.items[0].response.picks[0], 2);
	EXPECT_INT(session.items[0].confidence, CONFIDENCE_SURE);
	EXPECT_INT(session.items[0].struck, 0);
	EXPECT_TRUE(ask((struct event){
		.type = EVENT_FLAGGED, .item = 0, .value = 1, .used_ms = 9 }));
	EXPECT_TRUE(ask(RESPOND(1, 10, 1, 2)));
}

static void the_time_with_the_key_in_sight_is_not_time_of_the_answer(void **state)
{
	(void)state;
	session.feedback = true;
	begin();
	EXPECT_TRUE(ask(RESPOND(0, 1000, 2)));
	EXPECT_TRUE(ask(about(EVENT_REVEALED, 0, 1500)));
	EXPECT_TRUE(ask(about(EVENT_HEARTBEAT, 0, 9000)));
	EXPECT_TRUE(ask(about(EVENT_MOVED, 1, 9500)));
	EXPECT_TRUE(ask(about(EVENT_HEARTBEAT, 0, 9700)));
	EXPECT_INT(session.items[0].spent_ms, 1500);
	EXPECT_INT(session.items[1].spent_ms, 200);
	EXPECT_INT(session.used_ms, 9700);
}

static uint32_t chance(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

/* Any requests at all: time never goes back, DONE is the end, nothing overflows, and what
 * was answered when a key was shown is never another answer. */
static void any_requests(bool feedback)
{
	struct response kept[4];
	uint32_t seed = 7;
	int64_t now = 0;

	session.feedback = feedback;
	begin();
	for (int i = 0; i < 200000; i++) {
		struct event event = {
			.type = (enum event_type)(1 + chance(&seed, 13)),
			.used_ms = now += chance(&seed, 50),
			.item = chance(&seed, 5),
			.value = chance(&seed, 600),
			.response.count = (uint8_t)chance(&seed, 5),
			.note = "",
		};
		int64_t before = session.used_ms;

		if (event.type == EVENT_EXPIRED ||
		    (event.type == EVENT_SUBMITTED && chance(&seed, 20000)))
			continue;
		for (size_t k = 0; k < event.response.count; k++)
			event.response.picks[k] = (uint8_t)chance(&seed, 6);
		if (ask(event) && event.type == EVENT_REVEALED &&
		    session.phase == PHASE_RUNNING)
			kept[event.item] = session.items[event.item].response;
		EXPECT_TRUE(session.used_ms >= before && session.used_ms <= LIMIT);
		EXPECT_TRUE(session_count(&session).answered +
				    session_count(&session).unanswered ==
			    4);
		for (size_t k = 0; k < 4; k++)
			EXPECT_TRUE(!session.items[k].revealed ||
				    memcmp(&kept[k], &session.items[k].response,
					   sizeof(kept[k])) == 0);
	}
	EXPECT_TRUE(feedback == (session_count(&session).revealed > 0));
}

static void any_requests_keep_the_laws(void **state)
{
	(void)state;
	any_requests(false);
}

static void any_requests_keep_the_laws_in_a_drill(void **state)
{
	(void)state;
	any_requests(true);
}

static void the_timer_counts_the_monotonic_clock(void **state)
{
	struct timer timer;

	(void)state;
	timer_start(&timer, 500, false, (struct moment){ 1000, 1000, 0 });
	EXPECT_INT(timer_tick(&timer, (struct moment){ 1600, 9999, -5 }), 1100);
	timer_hold(&timer, true, (struct moment){ 1700, 9999, 0 });
	EXPECT_INT(timer_tick(&timer, (struct moment){ 5000, 0, 0 }), 1200);
	timer_hold(&timer, false, (struct moment){ 6000, 0, 0 });
	EXPECT_INT(timer_tick(&timer, (struct moment){ 6001, 0, 0 }), 1201);
	EXPECT_INT(timer_tick(&timer, (struct moment){ 1, 0, 0 }), 1201);
}

static void strict_time_counts_sleep_and_absence(void **state)
{
	struct timer timer;
	struct moment then = { 0, 1000, 50000 }, now = { 0, 4000, 49000 };

	(void)state;
	timer_start(&timer, 0, true, (struct moment){ 1000, 1000, 0 });
	EXPECT_INT(timer_tick(&timer, (struct moment){ 1100, 61000, 0 }), 60000);
	EXPECT_INT(timer_absence(then, now, true), 3000);
	EXPECT_INT(timer_absence(then, now, false), 0);
	EXPECT_INT(timer_absence(now, then, false), 1000);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(nothing_happens_before_it_began),
	CASE(beginning_shows_the_first_question),
	CASE(a_response_is_kept_and_can_be_changed_and_cleared),
	CASE(the_first_complete_response_is_remembered),
	CASE(what_is_no_response_is_refused_with_a_reason),
	CASE(a_response_in_part_is_kept_but_is_no_answer_yet),
	CASE(flags_strikes_and_confidence_are_set_and_taken_back),
	CASE(a_note_is_kept_replaced_and_taken_away),
	CASE(time_goes_to_the_question_in_front),
	CASE(a_pause_hides_everything_but_its_end),
	CASE(a_pause_can_be_forbidden),
	CASE(a_late_key_never_counts),
	CASE(expiry_is_dated_at_the_limit),
	CASE(without_a_limit_time_never_runs_out),
	CASE(submitting_ends_it_for_good),
	CASE(stored_events_that_could_not_have_happened_are_told_apart),
	CASE(no_key_is_shown_in_an_exam),
	CASE(only_a_whole_answer_shows_the_key),
	CASE(an_answer_stays_as_it_was_when_its_key_was_shown),
	CASE(the_time_with_the_key_in_sight_is_not_time_of_the_answer),
	CASE(any_requests_keep_the_laws),
	CASE(any_requests_keep_the_laws_in_a_drill),
	CASE(the_timer_counts_the_monotonic_clock),
	CASE(strict_time_counts_sleep_and_absence),
};

TEST_MAIN(tests)
