#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "proctor/arena.h"

/* A request, whatever it does: each kind says below which fields it needs. */
struct request {
	int what;
	int64_t number;
	bool on;
	const char *letter;
	int level;
	struct json_texts letters;
	const struct json *letters_given, *pairs;
};

/* True when the event happened; else the other side has been told why it did not. */
static bool carry_out(struct jsonl *run, struct event event)
{
	struct err err = ERR_INIT;
	const char *why = NULL;
	enum sitting_did did = sitting_do(run->sitting, event, &why, &err);

	if (did == SITTING_NOT_STORED)
		send_error(run, err.text);
	else if (did == SITTING_NOTHING)
		send_error(run, why ? why : "nothing to do");
	return did == SITTING_DONE;
}

/* A question other than the one in front comes to the front, so that time is counted
 * where it is spent. */
static bool bring_up(struct jsonl *run, int64_t number)
{
	const struct session *session = run->sitting->session;

	if (number < 1 || (uint64_t)number > session->count) {
		send_error(run, "there is no such question");
		return false;
	}
	if ((size_t)number == session->current + 1)
		return true;
	return carry_out(run, (struct event){ .type = EVENT_MOVED,
					      .item = (uint32_t)(number - 1) });
}

static const struct session_item *front(const struct jsonl *run)
{
	return &run->sitting->session->items[run->sitting->session->current];
}

static void do_goto(struct jsonl *run, const struct request *request)
{
	if (run->sitting->session->phase == PHASE_PAUSED) {
		send_error(run, "the session is paused");
	} else if (bring_up(run, request->number)) {
		send_question(run);
		if (front(run)->revealed)
			send_feedback(run);
	}
}

static bool read_letters(const struct form_item *item, const struct request *request,
			 struct response *response, const char **why)
{
	char letters[RESPONSE_MAX + 1];

	if (request->letters.count > RESPONSE_MAX) {
		*why = "more options than the question asks for";
		return false;
	}
	for (size_t i = 0; i < request->letters.count; i++) {
		if (strlen(request->letters.at[i]) != 1) {
			*why = "an option is named by one letter";
			return false;
		}
		letters[i] = request->letters.at[i][0];
	}
	return letters_read(item, letters, request->letters.count, response, why);
}

static bool read_pairs(const struct form_item *item, const struct request *request,
		       struct response *response, const char **why)
{
	pairs_begin(item, response);
	json_each (pair, request->pairs) {
		const char *name = json_name(pair), *letter = json_text(pair);
		char *end;
		unsigned long prompt = strtoul(name, &end, 10);

		if (*end || end == name || prompt > RESPONSE_MAX || !letter ||
		    strlen(letter) != 1) {
			*why = "a pair is a prompt's number and an option's letter";
			return false;
		}
		if (!pairs_add(item, (unsigned)prompt, letter[0], response, why))
			return false;
	}
	pairs_end(response);
	return true;
}

/*
 * After a response in a drill: how sure the candidate is, and then, if the answer is
 * complete, the key. Each is stored before the next.
 */
static void give_feedback(struct jsonl *run, const struct request *request)
{
	const struct session *session = run->sitting->session;
	uint32_t item = (uint32_t)session->current;
	struct event level = { .type = EVENT_CONFIDENCE,
			       .item = item,
			       .value = (uint32_t)request->level };
	struct event reveal = { .type = EVENT_REVEALED, .item = item };

	if (!ui_is_drill(run->sitting) || (request->level && !carry_out(run, level)) ||
	    !session->feedback || !session_is_answered(session, item))
		return;
	if (carry_out(run, reveal))
		send_feedback(run);
}

static void do_respond(struct jsonl *run, const struct request *request)
{
	struct event event = { .type = EVENT_RESPONDED,
			       .item = (uint32_t)(request->number - 1) };
	const struct form_item *item;
	const char *why = NULL;
	bool matching, read;

	if (!bring_up(run, request->number))
		return;
	item = &run->sitting->form->items[event.item];
	matching = item->question->type == MATCHING;
	if (matching ? !request->pairs : !request->letters_given) {
		send_error(run, matching ? "this question wants \"pairs\""
					 : "this question wants \"letters\"");
		return;
	}
	read = matching ? read_pairs(item, request, &event.response, &why)
			: read_letters(item, request, &event.response, &why);
	if (!read) {
		send_error(run, why);
	} else if (carry_out(run, event)) {
		send_saved(run, request->number);
		give_feedback(run, request);
	}
}

/* An event about one question that is answered with "saved". */
static void mark(struct jsonl *run, const struct request *request, enum event_type type,
		 uint32_t value)
{
	if (bring_up(run, request->number) &&
	    carry_out(run, (struct event){ .type = type,
					   .item = (uint32_t)(request->number - 1),
					   .value = value }))
		send_saved(run, request->number);
}

static void do_flag(struct jsonl *run, const struct request *request)
{
	mark(run, request, EVENT_FLAGGED, (uint32_t)request->on);
}

static void do_strike(struct jsonl *run, const struct request *request)
{
	const struct session *session = run->sitting->session;
	uint8_t option = 0;

	if (request->number < 1 || (uint64_t)request->number > session->count)
		send_error(run, "there is no such question");
	else if (strlen(request->letter) != 1 ||
		 !form_option(&run->sitting->form->items[request->number - 1],
			      request->letter[0], &option))
		send_error(run, "there is no such option");
	else
		mark(run, request, EVENT_STRUCK,
		     option + (request->on ? 0u : STRUCK_OFF));
}

static void do_confidence(struct jsonl *run, const struct request *request)
{
	mark(run, request, EVENT_CONFIDENCE, (uint32_t)request->level);
}

static void do_status(struct jsonl *run, const struct request *request)
{
	(void)request;
	send_status(run);
}

static void do_pause(struct jsonl *run, const struct request *request)
{
	(void)request;
	if (carry_out(run, (struct event){ .type = EVENT_PAUSED }))
		send_status(run);
}

static void do_unpause(struct jsonl *run, const struct request *request)
{
	(void)request;
	if (carry_out(run, (struct event){ .type = EVENT_RESUMED }))
		send_status(run);
}

static void do_submit(struct jsonl *run, const struct request *request)
{
	(void)request;
	carry_out(run, (struct event){ .type = EVENT_SUBMITTED });
}

static void do_quit(struct jsonl *run, const struct request *request)
{
	(void)request;
	run->over = true;
	run->end = UI_QUIT;
}

/* What a request needs beside "do". */
enum needs { NEEDS_NUMBER = 1, NEEDS_ON = 2, NEEDS_LETTER = 4, NEEDS_LEVEL = 8 };

static const struct kind {
	void (*run)(struct jsonl *run, const struct request *request);
	unsigned needs;
} kinds[] = {
	{ do_goto, NEEDS_NUMBER },
	{ do_respond, NEEDS_NUMBER },
	{ do_flag, NEEDS_NUMBER | NEEDS_ON },
	{ do_strike, NEEDS_NUMBER | NEEDS_LETTER | NEEDS_ON },
	{ do_confidence, NEEDS_NUMBER | NEEDS_LEVEL },
	{ do_status, 0 },
	{ do_pause, 0 },
	{ do_unpause, 0 },
	{ do_submit, 0 },
	{ do_quit, 0 },
};

/* In the order of kinds. */
static const char *const kind_names[] = {
	"goto",  "respond", "flag",   "strike", "confidence", "status",
	"pause", "unpause", "submit", "quit",   NULL,
};

static const char *const levels[] = { "none", "guess", "unsure", "sure", NULL };

#define AT(field) offsetof(struct request, field)

static const struct json_field fields[] = {
	{ "do", JSON_FIELD_CHOICE, AT(what), 0, 0, 0, kind_names },
	{ "number", JSON_FIELD_INTEGER, AT(number), JSON_OPTIONAL, 1, 1000000, NULL },
	{ "on", JSON_FIELD_BOOL, AT(on), JSON_OPTIONAL, 0, 0, NULL },
	{ "letter", JSON_FIELD_TEXT, AT(letter), JSON_OPTIONAL, 1, 1, NULL },
	{ "level", JSON_FIELD_CHOICE, AT(level), JSON_OPTIONAL, 0, 0, levels },
	{ "letters", JSON_FIELD_TEXTS, AT(letters), JSON_OPTIONAL, 0, RESPONSE_MAX + 1,
	  NULL },
	{ "pairs", JSON_FIELD_OBJECT, AT(pairs), JSON_OPTIONAL, 0, 0, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static bool check_needs(struct jsonl *run, const struct json_doc *doc, unsigned needs)
{
	static const struct {
		unsigned need;
		const char *name;
	} names[] = {
		{ NEEDS_NUMBER, "number" },
		{ NEEDS_ON, "on" },
		{ NEEDS_LETTER, "letter" },
		{ NEEDS_LEVEL, "level" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (needs & names[i].need && !request_has(run, doc, names[i].name))
			return false;
	return true;
}

bool request_has(struct jsonl *run, const struct json_doc *doc, const char *name)
{
	struct err err = ERR_INIT;

	if (json_member(json_root(doc), name))
		return true;
	json_error(doc, json_root(doc), &err, "\"%s\" is missing", name);
	send_error(run, err.text);
	return false;
}

bool take_request(struct jsonl *run, const struct buf *line,
		  const struct json_field *fields_of, struct arena *arena, void *request,
		  struct json_doc **doc)
{
	struct err err = ERR_INIT;

	if (json_open("request", line->data, line->len, &json_limits_line, doc, &err) &&
	    json_read(*doc, json_root(*doc), fields_of, arena, request, &err))
		return true;
	send_error(run, err.text);
	return false;
}

static void take_line(struct jsonl *run, const struct buf *line)
{
	struct request request = { .letter = "" };
	struct arena arena = ARENA_INIT;
	struct json_doc *doc = NULL;

	if (take_request(run, line, fields, &arena, &request, &doc) &&
	    check_needs(run, doc, kinds[request.what].needs)) {
		request.letters_given = json_member(json_root(doc), "letters");
		kinds[request.what].run(run, &request);
	}
	json_free(doc);
	arena_release(&arena);
}

/* ---- The loop ---- */

static void begin_session(struct jsonl *run)
{
	const struct session *session = run->sitting->session;

	send_session(run);
	if (!run->over && session->phase == PHASE_READY &&
	    !carry_out(run, (struct event){ .type = EVENT_BEGAN })) {
		run->over = true;
		run->end = UI_NOT_BEGUN;
	}
	if (session->phase == PHASE_PAUSED)
		carry_out(run, (struct event){ .type = EVENT_RESUMED });
}

static void pass_time(struct jsonl *run)
{
	struct err err = ERR_INIT;

	if (sitting_tick(run->sitting, &err) == SITTING_NOT_STORED)
		send_error(run, err.text);
}

void take_none(struct jsonl *run, enum input_got got)
{
	if (got == INPUT_LONG) {
		send_error(run, "request: the line is too long");
	} else if (got != INPUT_TIME) {
		run->over = true;
		run->end = got == INPUT_SIGNAL ? UI_SIGNAL : UI_GONE;
	}
}

static void take(struct jsonl *run, enum input_got got, const struct buf *line)
{
	if (got == INPUT_LINE)
		take_line(run, line);
	else
		take_none(run, got);
}

enum ui_end ui_jsonl(struct sitting *sitting, const struct ui_streams *streams)
{
	struct jsonl run = {
		.sitting = sitting, .out = streams->out, .text = BUF_INIT, .end = UI_GONE
	};
	struct buf line = BUF_INIT;
	struct input input;

	input_begin(&input, streams);
	if (sitting->review)
		return jsonl_walk(&run, &input);
	begin_session(&run);
	while (!run.over && sitting->session->phase != PHASE_DONE) {
		enum input_got got = input_line(&input, ui_wait_ms(sitting), &line);

		/* The deadline comes before whatever was asked. */
		pass_time(&run);
		if (sitting->session->phase != PHASE_DONE)
			take(&run, got, &line);
	}
	if (sitting->session->phase == PHASE_DONE)
		run.end = UI_FINISHED;
	buf_release(&run.text);
	buf_release(&line);
	input_end(&input);
	return run.end;
}
