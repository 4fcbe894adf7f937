#include "proctor/session.h"

#include <assert.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/text.h"

const char *const event_type_names[] = {
	"",
	[EVENT_BEGAN] = "began",
	[EVENT_MOVED] = "moved",
	[EVENT_RESPONDED] = "responded",
	[EVENT_FLAGGED] = "flagged",
	[EVENT_STRUCK] = "struck",
	[EVENT_CONFIDENCE] = "confidence",
	[EVENT_PAUSED] = "paused",
	[EVENT_RESUMED] = "resumed",
	[EVENT_SUBMITTED] = "submitted",
	[EVENT_EXPIRED] = "expired",
	[EVENT_HEARTBEAT] = "heartbeat",
	[EVENT_NOTED] = "noted",
	[EVENT_REVEALED] = "revealed",
	[EVENT_LAST + 1] = NULL,
};

void session_init(struct session *session, const struct session_question *questions,
		  size_t count, struct session_rules rules, struct arena *arena)
{
	*session = (struct session){
		.phase = PHASE_READY,
		.can_pause = rules.can_pause,
		.drill = rules.drill,
		.feedback = rules.feedback,
		.limit_ms = rules.limit_ms,
		.count = count,
		.items = ARENA_ARRAY(arena, count, struct session_item),
	};
	for (size_t i = 0; i < count; i++)
		session->items[i].question = questions[i];
}

void session_init_form(struct session *session, const struct form *form,
		       struct session_rules rules, struct arena *arena)
{
	struct session_question *questions = ARENA_ARRAY(arena, form->count,
							 struct session_question);

	for (size_t i = 0; i < form->count; i++) {
		const struct question *question = form->items[i].question;

		questions[i] = (struct session_question){
			.type = question->type,
			.options = (uint8_t)question->option_count,
			.prompts = (uint8_t)question->prompt_count,
			.choose = (uint8_t)question->choose,
		};
	}
	session_init(session, questions, form->count, rules, arena);
}

/* ---- What a response may be ---- */

static bool picks_in_range(const struct session_question *question,
			   const struct response *response, bool none)
{
	for (size_t i = 0; i < response->count; i++)
		if (response->picks[i] >= question->options &&
		    !(none && response->picks[i] == RESPONSE_NONE))
			return false;
	return true;
}

static const char *check_set(const struct session_question *question,
			     const struct response *response)
{
	if (!picks_in_range(question, response, false))
		return "there is no such option";
	for (size_t i = 1; i < response->count; i++)
		if (response->picks[i] <= response->picks[i - 1])
			return "an option is named twice";
	return NULL;
}

static const char *check_order(const struct session_question *question,
			       const struct response *response)
{
	if (!picks_in_range(question, response, false))
		return "there is no such option";
	for (size_t i = 1; i < response->count; i++)
		if (memchr(response->picks, response->picks[i], i))
			return "an option is named twice";
	return NULL;
}

static const char *check_pairs(const struct session_question *question,
			       const struct response *response)
{
	if (response->count && response->count != question->prompts)
		return "there is no such prompt";
	if (!picks_in_range(question, response, true))
		return "there is no such option";
	return NULL;
}

static const char *check_response(const struct session_question *question,
				  const struct response *response)
{
	static const char *(*const checks[QUESTION_TYPES])(
		const struct session_question *, const struct response *) = {
		[MULTIPLE_CHOICE] = check_set,
		[MULTIPLE_RESPONSE] = check_set,
		[ORDERING] = check_order,
		[MATCHING] = check_pairs,
	};

	if (response->count > RESPONSE_MAX ||
	    (question->type != MATCHING && response->count > question->choose))
		return "more options than the question asks for";
	return checks[question->type](question, response);
}

static bool is_complete(const struct session_item *item)
{
	size_t given = 0;

	for (size_t i = 0; i < item->response.count; i++)
		given += item->response.picks[i] != RESPONSE_NONE;
	return given == item->question.choose;
}

bool session_is_answered(const struct session *session, size_t item)
{
	return is_complete(&session->items[item]);
}

/* ---- The rules ---- */

static const char *check_flag(const struct session *session, const struct event *event)
{
	(void)session;
	return event->value <= 1 ? NULL : "a flag is on or off";
}

static const char *check_strike(const struct session *session, const struct event *event)
{
	uint32_t option = event->value & ~(uint32_t)STRUCK_OFF;

	return option < session->items[event->item].question.options
		       ? NULL
		       : "there is no such option";
}

static const char *check_confidence(const struct session *session,
				    const struct event *event)
{
	(void)session;
	return event->value <= CONFIDENCE_SURE ? NULL : "there is no such level";
}

static const char *check_note(const struct session *session, const struct event *event)
{
	size_t len = event->note ? strnlen(event->note, SESSION_NOTE_SIZE) : 0;

	(void)session;
	if (len == SESSION_NOTE_SIZE)
		return "the note is too long";
	return event->note && text_valid(event->note, len) ? NULL : "a note is text";
}

static const char *check_answer(const struct session *session, const struct event *event)
{
	return check_response(&session->items[event->item].question, &event->response);
}

static const char *check_reveal(const struct session *session, const struct event *event)
{
	const struct session_item *item = &session->items[event->item];

	if (!session->feedback)
		return "this session shows no key before its end";
	return is_complete(item) ? NULL : "the answer is not complete";
}

static const char *check_pause(const struct session *session, const struct event *event)
{
	(void)event;
	return session->can_pause ? NULL : "this session cannot be paused";
}

/*
 * Every event, the phase in which it may happen, whether it names a question, whether
 * only one whose key is not shown yet, and what else must hold. EXPIRED is nobody's to
 * ask for: it comes of the time alone.
 */
static const struct rule {
	enum session_phase when;
	bool names_item, hidden_key;
	const char *(*check)(const struct session *, const struct event *);
} rules[] = {
	[EVENT_BEGAN] = { PHASE_READY, false, false, NULL },
	[EVENT_MOVED] = { PHASE_RUNNING, true, false, NULL },
	[EVENT_RESPONDED] = { PHASE_RUNNING, true, true, check_answer },
	[EVENT_FLAGGED] = { PHASE_RUNNING, true, false, check_flag },
	[EVENT_STRUCK] = { PHASE_RUNNING, true, true, check_strike },
	[EVENT_CONFIDENCE] = { PHASE_RUNNING, true, true, check_confidence },
	[EVENT_PAUSED] = { PHASE_RUNNING, false, false, check_pause },
	[EVENT_RESUMED] = { PHASE_PAUSED, false, false, NULL },
	[EVENT_SUBMITTED] = { PHASE_RUNNING, false, false, NULL },
	[EVENT_EXPIRED] = { PHASE_RUNNING, false, false, NULL },
	[EVENT_HEARTBEAT] = { PHASE_RUNNING, false, false, NULL },
	[EVENT_NOTED] = { PHASE_RUNNING, true, false, check_note },
	[EVENT_REVEALED] = { PHASE_RUNNING, true, true, check_reveal },
};

static const char *why_not_now(enum session_phase phase)
{
	static const char *const words[] = {
		[PHASE_READY] = "the session has not begun",
		[PHASE_RUNNING] = NULL,
		[PHASE_PAUSED] = "the session is paused",
		[PHASE_DONE] = "the session is over",
	};

	return words[phase];
}

/* Why the event may not happen; *allowed tells when there is nothing to say. */
static const char *check_event(const struct session *session, const struct event *event,
			       bool *allowed)
{
	const struct rule *rule = &rules[event->type];
	const char *why = NULL;

	*allowed = false;
	if (session->phase != rule->when)
		return why_not_now(session->phase);
	if (rule->names_item && event->item >= session->count)
		return "there is no such question";
	if (rule->hidden_key && session->items[event->item].revealed)
		return "the key has been shown";
	if (rule->check)
		why = rule->check(session, event);
	*allowed = !why;
	return why;
}

static bool is_known(const struct event *event)
{
	return event->type >= EVENT_BEGAN && event->type <= EVENT_LAST;
}

bool session_decide(const struct session *session, struct event *event, const char **why)
{
	bool allowed;

	*why = NULL;
	assert(is_known(event) && event->type != EVENT_EXPIRED);
	if (session->phase == PHASE_RUNNING && session->limit_ms &&
	    event->used_ms >= session->limit_ms) {
		*event = (struct event){ .type = EVENT_EXPIRED,
					 .used_ms = session->limit_ms };
		return true;
	}
	*why = check_event(session, event, &allowed);
	return allowed;
}

bool session_allows(const struct session *session, const struct event *event)
{
	bool allowed;

	if (!is_known(event) || event->used_ms < session->used_ms ||
	    (session->limit_ms && event->used_ms > session->limit_ms))
		return false;
	check_event(session, event, &allowed);
	return allowed;
}

/* ---- What events do ---- */

static void see(struct session *session, size_t item)
{
	session->current = item;
	if (item < session->count)
		session->items[item].seen = true;
}

static void apply_began(struct session *session, const struct event *event)
{
	(void)event;
	session->phase = PHASE_RUNNING;
	see(session, 0);
}

static void apply_moved(struct session *session, const struct event *event)
{
	see(session, event->item);
}

static void apply_responded(struct session *session, const struct event *event)
{
	struct session_item *item = &session->items[event->item];

	item->changes += is_complete(item);
	item->response = event->response;
	if (!item->first.count && is_complete(item))
		item->first = event->response;
	item->seen = true;
}

static void apply_flagged(struct session *session, const struct event *event)
{
	session->items[event->item].flagged = event->value == 1;
}

static void apply_struck(struct session *session, const struct event *event)
{
	uint16_t bit = (uint16_t)(1u << (event->value & (STRUCK_OFF - 1)));
	uint16_t *struck = &session->items[event->item].struck;

	*struck = event->value & STRUCK_OFF ? *struck & (uint16_t)~bit : *struck | bit;
}

static void apply_confidence(struct session *session, const struct event *event)
{
	session->items[event->item].confidence = (enum confidence)event->value;
}

static void apply_noted(struct session *session, const struct event *event)
{
	char *note = session->items[event->item].note;

	memset(note, 0, SESSION_NOTE_SIZE);
	memcpy(note, event->note, strnlen(event->note, SESSION_NOTE_SIZE - 1));
}

static void apply_revealed(struct session *session, const struct event *event)
{
	session->items[event->item].revealed = true;
}

static void apply_paused(struct session *session, const struct event *event)
{
	(void)event;
	session->phase = PHASE_PAUSED;
}

static void apply_resumed(struct session *session, const struct event *event)
{
	(void)event;
	session->phase = PHASE_RUNNING;
}

static void apply_done(struct session *session, const struct event *event)
{
	session->phase = PHASE_DONE;
	session->expired = event->type == EVENT_EXPIRED;
}

static void (*const applies[])(struct session *, const struct event *) = {
	[EVENT_BEGAN] = apply_began,
	[EVENT_MOVED] = apply_moved,
	[EVENT_RESPONDED] = apply_responded,
	[EVENT_FLAGGED] = apply_flagged,
	[EVENT_STRUCK] = apply_struck,
	[EVENT_CONFIDENCE] = apply_confidence,
	[EVENT_PAUSED] = apply_paused,
	[EVENT_RESUMED] = apply_resumed,
	[EVENT_SUBMITTED] = apply_done,
	[EVENT_EXPIRED] = apply_done,
	[EVENT_HEARTBEAT] = NULL,
	[EVENT_NOTED] = apply_noted,
	[EVENT_REVEALED] = apply_revealed,
};

void session_apply(struct session *session, const struct event *event)
{
	assert(is_known(event));
	if (session->phase == PHASE_RUNNING && session->current < session->count &&
	    !session->items[session->current].revealed)
		session->items[session->current].spent_ms += event->used_ms -
							     session->used_ms;
	session->used_ms = event->used_ms;
	if (applies[event->type])
		applies[event->type](session, event);
}

struct session_count session_count(const struct session *session)
{
	struct session_count count = { 0 };

	for (size_t i = 0; i < session->count; i++) {
		const struct session_item *item = &session->items[i];

		count.answered += is_complete(item);
		count.unanswered += !is_complete(item);
		count.unseen += !item->seen;
		count.flagged += item->flagged;
		count.revealed += item->revealed;
	}
	return count;
}

int64_t session_remaining(const struct session *session, int64_t used_ms)
{
	if (!session->limit_ms)
		return INT64_MAX;
	return used_ms < session->limit_ms ? session->limit_ms - used_ms : 0;
}
