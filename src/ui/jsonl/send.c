#include <string.h>

#include "priv.h"

struct json_out send_begin(struct jsonl *run, const char *is)
{
	struct json_out out;

	buf_clear(&run->text);
	out = JSON_OUT(&run->text, false);
	json_out_object(&out, NULL);
	json_out_text(&out, "is", is);
	return out;
}

void send_finish(struct jsonl *run, struct json_out *out)
{
	json_out_end(out, '}');
	buf_char(&run->text, '\n');
	fwrite(run->text.data, 1, run->text.len, run->out);
	if (!ui_flush(run->out, &run->end))
		run->over = true;
}

static void put_remaining(struct jsonl *run, struct json_out *out)
{
	int64_t left = sitting_remaining(run->sitting);

	if (left == INT64_MAX)
		json_out_null(out, "remaining_ms");
	else
		json_out_integer(out, "remaining_ms", left);
}

void send_error(struct jsonl *run, const char *message)
{
	struct json_out out = send_begin(run, "error");

	json_out_text(&out, "message", message);
	send_finish(run, &out);
}

void send_session(struct jsonl *run)
{
	const struct store_session *about = run->sitting->about;
	struct json_out out = send_begin(run, "session");

	json_out_text(&out, "id", about->id);
	json_out_text(&out, "kind", about->kind);
	json_out_bool(&out, "feedback", about->feedback);
	json_out_text(&out, "blueprint", about->blueprint_id);
	json_out_integer(&out, "questions", (int64_t)run->sitting->session->count);
	json_out_integer(&out, "limit_ms", about->limit_ms);
	json_out_text(&out, "seed", about->seed);
	json_out_object(&out, "bank");
	json_out_text(&out, "id", about->bank_id);
	json_out_integer(&out, "version", about->bank_version);
	json_out_text(&out, "digest", about->bank_digest);
	json_out_text(&out, "signed_by", about->signed_by[0] ? about->signed_by : NULL);
	json_out_end(&out, '}');
	if (run->sitting->told)
		json_out_text(&out, "told", run->sitting->told);
	send_finish(run, &out);
}

static void put_letter(struct json_out *out, const struct form_item *item, size_t option)
{
	char letter[2] = { form_letter(item, option), '\0' };

	json_out_text(out, NULL, letter);
}

static void put_options(struct json_out *out, const struct form_item *item)
{
	json_out_array(out, "options");
	for (size_t i = 0; i < item->question->option_count; i++) {
		char letter[2] = { (char)('A' + i), '\0' };

		json_out_object(out, NULL);
		json_out_text(out, "letter", letter);
		json_out_text(out, "text", item->question->options[item->shown[i]].text);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
	json_out_array(out, "prompts");
	for (size_t i = 0; i < item->question->prompt_count; i++) {
		json_out_object(out, NULL);
		json_out_integer(out, "number", (int64_t)i + 1);
		json_out_text(out, "text", item->question->prompts[i].text);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void put_case(struct json_out *out, const struct bank_case *in_case)
{
	if (!in_case) {
		json_out_null(out, "case");
		return;
	}
	json_out_object(out, "case");
	json_out_text(out, "id", in_case->id);
	json_out_text(out, "title", in_case->title);
	json_out_text(out, "text", in_case->text);
	json_out_end(out, '}');
}

static void put_pairs(struct json_out *out, const char *name,
		      const struct form_item *item, const struct response *response)
{
	json_out_object(out, name);
	for (size_t i = 0; i < response->count; i++) {
		char prompt[8], letter[2] = { 0 };

		if (response->picks[i] == RESPONSE_NONE)
			continue;
		snprintf(prompt, sizeof(prompt), "%zu", i + 1);
		letter[0] = form_letter(item, response->picks[i]);
		json_out_text(out, prompt, letter);
	}
	json_out_end(out, '}');
}

static bool is_picked(const struct response *response, uint8_t option)
{
	return memchr(response->picks, option, response->count) != NULL;
}

/* A set in the order shown: the bank's own order, which might tell the key, stays hidden.
 */
static void put_letters(struct json_out *out, const char *name,
			const struct form_item *item, const struct response *response)
{
	size_t count = item->question->option_count;

	json_out_array(out, name);
	if (item->question->type == ORDERING)
		for (size_t i = 0; i < response->count; i++)
			put_letter(out, item, response->picks[i]);
	else
		for (size_t i = 0; i < count; i++)
			if (is_picked(response, item->shown[i]))
				put_letter(out, item, item->shown[i]);
	json_out_end(out, ']');
}

static void put_response(struct json_out *out, const char *name,
			 const struct form_item *item, const struct response *response)
{
	if (!response->count)
		json_out_null(out, name);
	else if (item->question->type == MATCHING)
		put_pairs(out, name, item, response);
	else
		put_letters(out, name, item, response);
}

/* What is asked; its domain is told only in a review. */
static void put_asked(struct json_out *out, const struct form_item *item, size_t number,
		      const char *domain)
{
	json_out_integer(out, "number", (int64_t)number + 1);
	json_out_text(out, "type", question_type_names[item->question->type]);
	json_out_integer(out, "choose", item->question->choose);
	json_out_text(out, "domain", domain);
	json_out_text(out, "stem", item->question->stem);
	put_options(out, item);
	put_case(out, item->question->in_case);
}

static void put_marks(struct json_out *out, const struct form_item *item,
		      const struct session_item *state)
{
	json_out_bool(out, "flagged", state->flagged);
	json_out_array(out, "struck");
	for (size_t i = 0; i < item->question->option_count; i++)
		if (state->struck & 1u << item->shown[i])
			put_letter(out, item, item->shown[i]);
	json_out_end(out, ']');
}

void send_question(struct jsonl *run)
{
	const struct session *session = run->sitting->session;
	const struct form_item *item = &run->sitting->form->items[session->current];
	const struct session_item *state = &session->items[session->current];
	struct json_out out = send_begin(run, "question");

	put_asked(&out, item, session->current, NULL);
	put_response(&out, "response", item, &state->response);
	if (session->feedback)
		json_out_bool(&out, "revealed", state->revealed);
	put_marks(&out, item, state);
	put_remaining(run, &out);
	send_finish(run, &out);
}

/* Why each option is right or wrong, by its letter; of prompts, by their numbers. */
static void put_rationales(struct json_out *out, const struct form_item *item)
{
	const struct question *question = item->question;

	json_out_object(out, "rationales");
	for (size_t i = 0; i < question->option_count; i++) {
		char letter[2] = { (char)('A' + i), '\0' };

		json_out_text(out, letter, question->options[item->shown[i]].rationale);
	}
	for (size_t i = 0; i < question->prompt_count; i++) {
		char number[24];

		snprintf(number, sizeof(number), "%zu", i + 1);
		json_out_text(out, number, question->prompts[i].rationale);
	}
	json_out_end(out, '}');
}

static void put_key(struct json_out *out, const struct form_item *item,
		    const struct response *response,
		    const struct blueprint_domain *domain)
{
	struct response key = question_key(item->question);

	json_out_bool(out, "right", question_is_right(item->question, response));
	put_response(out, "response", item, response);
	put_response(out, "key", item, &key);
	put_rationales(out, item);
	json_out_text(out, "explanation", item->question->explanation);
	question_write_references(item->question, out);
	json_out_text(out, "question", item->question->id);
	json_out_text(out, "task", domain->tasks[item->task].id);
}

void send_feedback(struct jsonl *run)
{
	const struct sitting *sitting = run->sitting;
	const struct form_item *item = &sitting->form->items[sitting->session->current];
	const struct response *response =
		&sitting->session->items[sitting->session->current].response;
	const struct blueprint_domain *domain =
		&sitting->blueprint->domains[item->domain];
	struct json_out out = send_begin(run, "feedback");

	json_out_integer(&out, "number", (int64_t)sitting->session->current + 1);
	put_key(&out, item, response, domain);
	put_remaining(run, &out);
	send_finish(run, &out);
}

void send_saved(struct jsonl *run, int64_t number)
{
	struct json_out out = send_begin(run, "saved");

	json_out_integer(&out, "number", number);
	put_remaining(run, &out);
	send_finish(run, &out);
}

void send_review(struct jsonl *run)
{
	static const char *const levels[] = { NULL, "guess", "unsure", "sure" };
	static const char *const changes[SCORE_CHANGES] = { "none", "right-to-wrong",
							    "wrong-to-right",
							    "wrong-to-wrong" };
	const struct sitting *sitting = run->sitting;
	size_t number = sitting->session->current;
	const struct form_item *item = &sitting->form->items[number];
	const struct session_item *state = &sitting->session->items[number];
	const struct score_item *scored = &sitting->review->report->result->items[number];
	const struct blueprint_domain *domain =
		&sitting->blueprint->domains[item->domain];
	struct json_out out = send_begin(run, "review");

	put_asked(&out, item, number, domain->id);
	put_key(&out, item, &state->response, domain);
	json_out_bool(&out, "answered", scored->answered);
	json_out_text(&out, "change", changes[scored->change]);
	put_marks(&out, item, state);
	json_out_text(&out, "confidence", levels[state->confidence]);
	json_out_text(&out, "note", state->note);
	json_out_bool(&out, "scored", item->scored);
	json_out_integer(&out, "spent_ms", state->spent_ms);
	json_out_integer(&out, "expected_ms", scored->expected_ms);
	send_finish(run, &out);
}

static bool is_flagged(const struct session *session, size_t i)
{
	return session->items[i].flagged;
}

static bool is_unanswered(const struct session *session, size_t i)
{
	return !session_is_answered(session, i);
}

static void put_numbers(struct json_out *out, const char *name,
			const struct session *session,
			bool (*wanted)(const struct session *, size_t))
{
	json_out_array(out, name);
	for (size_t i = 0; i < session->count; i++)
		if (wanted(session, i))
			json_out_integer(out, NULL, (int64_t)i + 1);
	json_out_end(out, ']');
}

void send_list(struct jsonl *run)
{
	const struct sitting *sitting = run->sitting;
	struct arena arena = ARENA_INIT;
	struct json_out out = send_begin(run, "list");

	json_out_array(&out, "listed");
	for (size_t i = 0; i < sitting->session->count; i++)
		if (sitting->review->listed[i])
			json_out_integer(&out, NULL, (int64_t)i + 1);
	json_out_end(&out, ']');
	json_out_integer(&out, "number", (int64_t)sitting->session->current + 1);
	json_out_text(&out, "told", ui_review_listed(sitting->review, &arena));
	send_finish(run, &out);
	arena_release(&arena);
}

void send_status(struct jsonl *run)
{
	const struct session *session = run->sitting->session;
	struct json_out out = send_begin(run, "status");

	json_out_integer(&out, "answered", (int64_t)session_count(session).answered);
	put_numbers(&out, "flagged", session, is_flagged);
	put_numbers(&out, "unanswered", session, is_unanswered);
	json_out_bool(&out, "paused", session->phase == PHASE_PAUSED);
	put_remaining(run, &out);
	send_finish(run, &out);
}
