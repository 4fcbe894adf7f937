#include <stdlib.h>
#include <string.h>

#include "claim.h"
#include "priv.h"
#include "proctor/buf.h"

/* A document on its way to being made again. */
struct verify {
	const struct report_claim *claim;
	const struct bank *bank;
	const struct blueprint *blueprint;
	struct arena *arena;
	struct claim_question *told;
	struct form form;
	struct session state;
	struct store_session about;
	struct differences differences;
};

/* ---- The form as it is told ---- */

static bool find_option(const struct question *question, const char *id, uint8_t *index)
{
	for (size_t i = 0; id && i < question->option_count; i++)
		if (strcmp(question->options[i].id, id) == 0) {
			*index = (uint8_t)i;
			return true;
		}
	return false;
}

/* Each option once. */
static bool read_shown(const struct json *list, struct form_item *item)
{
	unsigned seen = 0, count = 0;

	if (json_kind(list) != JSON_ARRAY ||
	    json_count(list) != item->question->option_count)
		return false;
	json_each (id, list) {
		uint8_t index;

		if (!find_option(item->question, json_text(id), &index) ||
		    seen & 1u << index)
			return false;
		seen |= 1u << index;
		item->shown[count++] = index;
	}
	return true;
}

static bool find_task(const struct blueprint *blueprint, const char *task,
		      struct form_item *item)
{
	for (unsigned d = 0; task && d < blueprint->domain_count; d++)
		for (unsigned t = 0; t < blueprint->domains[d].task_count; t++)
			if (strcmp(blueprint->domains[d].tasks[t].id, task) == 0) {
				item->domain = d;
				item->task = t;
				return true;
			}
	return false;
}

static void take_item(struct verify *verify, size_t i)
{
	const struct claim_question *told = &verify->told[i];
	struct form_item *item = &verify->form.items[i];
	struct differences *differences = &verify->differences;

	item->question = bank_find(verify->bank, told->id);
	item->scored = told->scored;
	if (!item->question)
		differ(differences, "question %zu, %s, is not in the bank", i + 1,
		       told->id);
	else if (!find_task(verify->blueprint,
			    question_task(item->question, verify->blueprint->exam), item))
		differ(differences, "question %zu, %s, is not for this exam", i + 1,
		       told->id);
	else if (!read_shown(told->shown, item))
		differ(differences,
		       "question %zu, %s: shown does not name each of its "
		       "options once",
		       i + 1, told->id);
}

/* A drill may have a part of a case: there the case is as long as that part. */
static void shorten_cases(struct verify *verify)
{
	struct bank_case *made = NULL;

	for (size_t i = 0; i < verify->form.count; i++) {
		struct form_item *item = &verify->form.items[i];
		const struct bank_case *in_case = item->question->in_case;
		struct question *copy;

		if (!in_case)
			continue;
		if (!made || strcmp(made->id, in_case->id) != 0) {
			made = ARENA_NEW(verify->arena, struct bank_case);
			*made = *in_case;
			made->count = 0;
		}
		made->count++;
		copy = ARENA_NEW(verify->arena, struct question);
		*copy = *item->question;
		copy->in_case = made;
		item->question = copy;
	}
}

static bool take_form(struct verify *verify, struct err *err)
{
	const struct json *questions = verify->claim->questions;
	size_t count = json_count(questions), i = 0;

	verify->told = ARENA_ARRAY(verify->arena, count, struct claim_question);
	verify->form.items = ARENA_ARRAY(verify->arena, count, struct form_item);
	verify->form.count = count;
	json_each (object, questions) {
		if (!claim_question(verify->claim->doc, object, verify->arena,
				    &verify->told[i], err))
			return false;
		take_item(verify, i++);
	}
	return true;
}

/* ---- The form as the seed draws it ---- */

static void compare_items(struct verify *verify, size_t i, const struct form_item *drawn)
{
	const struct form_item *told = &verify->form.items[i];
	const char *id = drawn->question->id;

	if (strcmp(told->question->id, id) != 0)
		differ(&verify->differences, "question %zu is %s; the seed draws %s",
		       i + 1, told->question->id, id);
	else if (told->scored != drawn->scored)
		differ(&verify->differences, "question %zu, %s, is %s by the seed", i + 1,
		       id, drawn->scored ? "scored" : "not scored");
	else if (memcmp(told->shown, drawn->shown, drawn->question->option_count) != 0)
		differ(&verify->differences,
		       "question %zu, %s: the seed shows its options in another order",
		       i + 1, id);
}

static void compare_draw(struct verify *verify)
{
	struct draw draw = { .seed = verify->claim->about.seed };
	struct err why = ERR_INIT;
	struct form drawn;

	if (!blueprint_draw(verify->blueprint, verify->bank, &draw, verify->arena, &drawn,
			    &why)) {
		differ(&verify->differences, "the seed draws no form: %s", why.text);
		return;
	}
	if (drawn.count != verify->form.count) {
		differ(&verify->differences, "it has %zu questions; the seed draws %zu",
		       verify->form.count, drawn.count);
		return;
	}
	for (size_t i = 0; i < drawn.count; i++)
		compare_items(verify, i, &drawn.items[i]);
}

/* ---- What was answered ---- */

static bool read_letter(const struct form_item *item, const struct json *value,
			uint8_t *option)
{
	const char *text = json_text(value);

	return text && strlen(text) == 1 && form_option(item, text[0], option);
}

static int compare_picks(const void *a, const void *b)
{
	return *(const uint8_t *)a - *(const uint8_t *)b;
}

static bool read_list(const struct form_item *item, const struct json *list,
		      struct response *response)
{
	if (json_kind(list) != JSON_ARRAY || json_count(list) > RESPONSE_MAX)
		return false;
	json_each (letter, list)
		if (!read_letter(item, letter, &response->picks[response->count++]))
			return false;
	if (item->question->type != ORDERING)
		qsort(response->picks, response->count, 1, compare_picks);
	return true;
}

static bool read_pairs(const struct form_item *item, const struct json *pairs,
		       struct response *response)
{
	response->count = (uint8_t)item->question->prompt_count;
	memset(response->picks, RESPONSE_NONE, response->count);
	if (json_kind(pairs) != JSON_OBJECT)
		return false;
	json_each (pair, pairs) {
		long prompt = strtol(json_name(pair), NULL, 10);

		if (prompt < 1 || prompt > response->count ||
		    !read_letter(item, pair, &response->picks[prompt - 1]))
			return false;
	}
	return true;
}

static bool read_response(struct verify *verify, size_t i, const struct json *told)
{
	const struct form_item *item = &verify->form.items[i];
	struct event event = { .type = EVENT_RESPONDED,
			       .used_ms = verify->state.used_ms,
			       .item = (uint32_t)i };
	bool ok;

	if (json_kind(told) == JSON_NULL)
		return true;
	ok = item->question->type == MATCHING ? read_pairs(item, told, &event.response)
					      : read_list(item, told, &event.response);
	if (!ok || !session_allows(&verify->state, &event))
		return false;
	verify->state.items[i].response = event.response;
	return true;
}

/* A response that is neither right nor the last one, whatever that is. */
static const struct response another = { 1, { RESPONSE_NONE - 1 } };

/* How a response came about is told in one word; any first one that gives it will do. */
static struct response first_of(const struct form_item *item, const char *change)
{
	if (strcmp(change, words_change[SCORE_RIGHT_TO_WRONG]) == 0)
		return question_key(item->question);
	if (strcmp(change, words_change[SCORE_UNCHANGED]) == 0)
		return (struct response){ 0, { 0 } };
	return another;
}

static enum confidence read_confidence(const struct json *told)
{
	const char *text = json_text(told);
	enum confidence level = CONFIDENCE_SURE;

	while (level > CONFIDENCE_NONE &&
	       (!text || strcmp(text, words_confidence[level]) != 0))
		level--;
	return level;
}

static void take_session(struct verify *verify)
{
	const struct report_claim *claim = verify->claim;
	struct session *state = &verify->state;
	int64_t spent = 0;

	session_init_form(state, &verify->form, store_rules(&verify->about),
			  verify->arena);
	state->phase = PHASE_RUNNING;
	state->used_ms = claim->about.used_ms;
	for (size_t i = 0; i < verify->form.count; i++) {
		const struct claim_question *told = &verify->told[i];
		struct session_item *item = &state->items[i];

		if (!read_response(verify, i, told->response))
			differ(&verify->differences,
			       "question %zu, %s: no such response can be given", i + 1,
			       told->id);
		item->first = first_of(&verify->form.items[i], told->change);
		item->flagged = told->flagged;
		item->confidence = read_confidence(told->confidence);
		item->spent_ms = told->spent_ms;
		spent += told->spent_ms < INT64_MAX - spent ? told->spent_ms : 0;
	}
	state->phase = PHASE_DONE;
	state->expired = claim->expired;
	if (spent > state->used_ms)
		differ(&verify->differences,
		       "more time was spent on the questions than was used");
	if (claim->about.limit_ms && state->used_ms > claim->about.limit_ms)
		differ(&verify->differences, "more time was used than there was");
	if (claim->expired && state->used_ms != claim->about.limit_ms)
		differ(&verify->differences, "the clock ended it before the limit");
}

/* ---- All of it again ---- */

/* What the claim says of itself, and the bank of what it is. */
static void describe(struct verify *verify)
{
	const struct bank *bank = verify->bank;
	char *digest = arena_alloc(verify->arena, CRYPTO_HEX_SIZE);

	crypto_hex(&bank->digest, digest);
	verify->about = verify->claim->about;
	verify->about.bank_id = bank->id;
	verify->about.bank_version = bank->version;
	verify->about.bank_digest = digest;
	verify->about.signed_by = bank->is_signed ? bank->signer.key_id : "";
}

/* When it began cannot be made again: it is as it is told. */
static void write_again(struct verify *verify, const struct result *result,
			struct buf *text)
{
	const struct report report = {
		.session = &verify->about,
		.blueprint = verify->blueprint,
		.form = &verify->form,
		.state = &verify->state,
		.result = result,
		.gaps = verify->claim->gaps,
		.gap_ms = verify->claim->gap_ms,
	};
	bool line = json_member(json_root(verify->claim->doc), "is") != NULL;
	struct json_out out = JSON_OUT(text, false);

	report_json(&report, line ? "result" : NULL, &out);
}

static bool compare_all(struct verify *verify, struct report_check *check,
			struct err *err)
{
	struct buf text = BUF_INIT;
	struct json_doc *again = NULL;
	struct result result;
	bool ok;

	score_result(verify->blueprint, &verify->form, &verify->state, verify->arena,
		     &result);
	check->score = result.score;
	write_again(verify, &result, &text);
	ok = json_open("report", text.data, text.len, &json_limits_file, &again, err);
	if (ok)
		compare_documents(json_root(verify->claim->doc), json_root(again),
				  &verify->differences);
	json_free(again);
	buf_release(&text);
	return ok;
}

bool report_verify(const struct report_claim *claim, const struct bank *bank,
		   const struct blueprint *blueprint, struct arena *arena,
		   struct report_check *check, struct err *err)
{
	struct verify verify = { .claim = claim,
				 .bank = bank,
				 .blueprint = blueprint,
				 .arena = arena,
				 .differences = { .arena = arena } };
	struct report_check made = { 0 };

	describe(&verify);
	if (!take_form(&verify, err))
		return false;
	if (!verify.differences.count) {
		made.drawn = !claim->about.history &&
			     strcmp(claim->about.kind, "drill") != 0;
		if (made.drawn)
			compare_draw(&verify);
		shorten_cases(&verify);
		take_session(&verify);
		if (!compare_all(&verify, &made, err))
			return false;
	}
	made.differences = verify.differences.at;
	made.count = verify.differences.count;
	*check = made;
	return true;
}
