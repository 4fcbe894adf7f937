#include "priv.h"

#include <assert.h>
#include <stdio.h>

#include "proctor/clock.h"
#include "proctor/json.h"

#define SHARE_DECIMALS 4
#define SEM_DECIMALS 1
#define EFFECTIVE_DECIMALS 2
#define SHORTFALL_DECIMALS 3

/* ---- Responses, by the letters the candidate saw ---- */

struct letter {
	char text[2];
};

static struct letter letter_of(const struct form_item *item, unsigned option)
{
	char letter = form_letter(item, option);

	assert(letter != '?');
	return (struct letter){ { letter, '\0' } };
}

static bool is_picked(const struct response *response, unsigned option)
{
	for (unsigned i = 0; i < response->count; i++)
		if (response->picks[i] == option)
			return true;
	return false;
}

/* A set has no order of its own: it is told in the order it was shown in. */
static void put_set(struct json_out *out, const char *name, const struct form_item *item,
		    const struct response *response)
{
	json_out_array(out, name);
	for (unsigned i = 0; i < item->question->option_count; i++)
		if (is_picked(response, item->shown[i]))
			json_out_text(out, NULL, letter_of(item, item->shown[i]).text);
	json_out_end(out, ']');
}

static void put_list(struct json_out *out, const char *name, const struct form_item *item,
		     const struct response *response)
{
	json_out_array(out, name);
	for (unsigned i = 0; i < response->count; i++)
		json_out_text(out, NULL, letter_of(item, response->picks[i]).text);
	json_out_end(out, ']');
}

static void put_pairs(struct json_out *out, const char *name,
		      const struct form_item *item, const struct response *response)
{
	json_out_object(out, name);
	for (unsigned i = 0; i < response->count; i++) {
		char prompt[12];

		if (response->picks[i] == RESPONSE_NONE)
			continue;
		snprintf(prompt, sizeof(prompt), "%u", i + 1);
		json_out_text(out, prompt, letter_of(item, response->picks[i]).text);
	}
	json_out_end(out, '}');
}

static bool is_empty(const struct response *response)
{
	for (unsigned i = 0; i < response->count; i++)
		if (response->picks[i] != RESPONSE_NONE)
			return false;
	return true;
}

static void put_response(struct json_out *out, const char *name,
			 const struct form_item *item, const struct response *response)
{
	static void (*const put[QUESTION_TYPES])(struct json_out *, const char *,
						 const struct form_item *,
						 const struct response *) = {
		[MULTIPLE_CHOICE] = put_set,
		[MULTIPLE_RESPONSE] = put_set,
		[ORDERING] = put_list,
		[MATCHING] = put_pairs,
	};

	if (is_empty(response))
		json_out_null(out, name);
	else
		put[item->question->type](out, name, item, response);
}

/* ---- The document, part by part ---- */

static void put_about(const struct report *report, struct json_out *out)
{
	const struct store_session *session = report->session;
	char began[CLOCK_STAMP_SIZE];

	clock_stamp(session->began_ms, began);
	json_out_text(out, "session", session->id);
	json_out_text(out, "kind", session->kind);
	json_out_text(out, "began", began);
}

static void put_blueprint(const struct report *report, struct json_out *out)
{
	const struct blueprint *blueprint = report->blueprint;

	json_out_object(out, "blueprint");
	json_out_text(out, "id", blueprint->id);
	json_out_text(out, "exam", blueprint->exam);
	json_out_text(out, "title", blueprint->title);
	json_out_end(out, '}');
}

static void put_bank(const struct report *report, struct json_out *out)
{
	const struct store_session *session = report->session;
	const char *signed_by = session->signed_by;

	json_out_object(out, "bank");
	json_out_text(out, "id", session->bank_id);
	json_out_integer(out, "version", session->bank_version);
	json_out_text(out, "digest", session->bank_digest);
	json_out_text(out, "signed_by", signed_by && *signed_by ? signed_by : NULL);
	json_out_end(out, '}');
}

static void put_time(const struct report *report, struct json_out *out)
{
	json_out_integer(out, "limit_ms", report->session->limit_ms);
	json_out_integer(out, "used_ms", report->state->used_ms);
	json_out_bool(out, "expired", report->state->expired);
}

void report_json_score(const struct score *score, struct json_out *out)
{
	if (score->of == 0) {
		json_out_null(out, "score");
		return;
	}
	json_out_object(out, "score");
	json_out_integer(out, "scaled", score->scaled);
	json_out_integer(out, "raw", score->raw);
	json_out_integer(out, "of", score->of);
	json_out_bool(out, "passed", score->passed);
	json_out_integer(out, "pass", score->pass);
	json_out_real(out, "sem", score->sem, SEM_DECIMALS);
	json_out_integer(out, "low", score->low);
	json_out_integer(out, "high", score->high);
	json_out_integer(out, "min", score->min);
	json_out_integer(out, "max", score->max);
	json_out_end(out, '}');
}

static void put_next(const struct result *result, struct json_out *out)
{
	if (result->next_of == 0) {
		json_out_null(out, "next_form");
		return;
	}
	json_out_object(out, "next_form");
	json_out_integer(out, "of", result->next_of);
	json_out_integer(out, "needed", result->next_needed);
	json_out_real(out, "pass_chance", result->next_pass, SHARE_DECIMALS);
	json_out_end(out, '}');
}

/* ---- Domains and tasks ---- */

static void put_tally(const struct tally *tally, struct json_out *out)
{
	json_out_integer(out, "right", tally->right);
	json_out_integer(out, "of", tally->of);
	json_out_real(out, "low", tally->low, SHARE_DECIMALS);
	json_out_real(out, "high", tally->high, SHARE_DECIMALS);
}

static void put_more(const struct score_row *row, struct json_out *out)
{
	if (row->state == SCORE_OPEN && row->more <= SCORE_MORE_MAX)
		json_out_integer(out, "more", row->more);
	else
		json_out_null(out, "more");
}

static void put_row(const struct score_row *row, struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, "id", row->id);
	json_out_text(out, "title", row->title);
	put_tally(&row->tally, out);
	json_out_real(out, "effective", row->tally.effective, EFFECTIVE_DECIMALS);
	json_out_real(out, "estimate", row->estimate, SHARE_DECIMALS);
	json_out_real(out, "below_pass", row->below_pass, SHARE_DECIMALS);
	json_out_real(out, "p_low", row->p_low, SHARE_DECIMALS);
	json_out_real(out, "p_holm", row->p_holm, SHARE_DECIMALS);
	json_out_text(out, "state", score_state_names[row->state]);
	put_more(row, out);
	json_out_text(out, "section", score_section_names[row->section]);
	json_out_real(out, "next", row->next, SHORTFALL_DECIMALS);
	json_out_real(out, "shortfall", row->shortfall, SHORTFALL_DECIMALS);
}

static void put_domains(const struct report *report, struct json_out *out)
{
	const struct score_row *row = report->result->rows;
	const struct score_row *end = row + report->result->row_count;

	json_out_array(out, "domains");
	while (row < end) {
		put_row(row++, out);
		json_out_array(out, "tasks");
		for (; row < end && !row->is_domain; row++) {
			put_row(row, out);
			json_out_end(out, '}');
		}
		json_out_end(out, ']');
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void put_texts(struct json_out *out, const char *name,
		      const struct json_texts *texts)
{
	json_out_array(out, name);
	for (size_t i = 0; i < texts->count; i++)
		json_out_text(out, NULL, texts->at[i]);
	json_out_end(out, ']');
}

/* The options by their ids, as they stood under the letters A, B, ... */
static void put_shown(const struct form_item *item, struct json_out *out)
{
	json_out_array(out, "shown");
	for (size_t i = 0; i < item->question->option_count; i++)
		json_out_text(out, NULL, item->question->options[item->shown[i]].id);
	json_out_end(out, ']');
}

/* What the question is, and what became of it. */
static void put_asked(const struct report *report, const struct form_item *item,
		      struct json_out *out)
{
	const struct question *question = item->question;
	const struct blueprint_domain *domain = &report->blueprint->domains[item->domain];

	json_out_text(out, "id", question->id);
	json_out_text(out, "type", question_type_names[question->type]);
	json_out_text(out, "difficulty", question_difficulty_names[question->difficulty]);
	json_out_text(out, "domain", domain->id);
	json_out_text(out, "task", domain->tasks[item->task].id);
	json_out_text(out, "case", question->in_case ? question->in_case->id : NULL);
	put_texts(out, "topics", &question->topics);
	put_texts(out, "services", &question->services);
	json_out_bool(out, "scored", item->scored);
	put_shown(item, out);
}

static void put_question(const struct report *report, size_t i, struct json_out *out)
{
	const struct form_item *item = &report->form->items[i];
	const struct session_item *given = &report->state->items[i];
	const struct score_item *scored = &report->result->items[i];
	const struct response key = question_key(item->question);

	json_out_object(out, NULL);
	json_out_integer(out, "number", (int64_t)i + 1);
	put_asked(report, item, out);
	json_out_bool(out, "right", scored->right);
	put_response(out, "response", item, &given->response);
	put_response(out, "key", item, &key);
	json_out_bool(out, "flagged", given->flagged);
	json_out_text(out, "confidence", words_confidence[given->confidence]);
	json_out_text(out, "change", words_change[scored->change]);
	json_out_integer(out, "spent_ms", given->spent_ms);
	json_out_integer(out, "expected_ms", scored->expected_ms);
	json_out_bool(out, "rapid", scored->rapid);
	json_out_bool(out, "slow", scored->slow);
	json_out_end(out, '}');
}

static void put_questions(const struct report *report, struct json_out *out)
{
	json_out_array(out, "questions");
	for (size_t i = 0; i < report->form->count; i++)
		put_question(report, i, out);
	json_out_end(out, ']');
}

void report_json(const struct report *report, const char *is, struct json_out *out)
{
	json_out_object(out, NULL);
	if (is)
		json_out_text(out, "is", is);
	json_out_text(out, "format", "proctor-report/1");
	put_about(report, out);
	put_blueprint(report, out);
	put_bank(report, out);
	json_out_text(out, "seed", report->session->seed);
	json_out_bool(out, "history", report->session->history);
	put_time(report, out);
	if (words_is_drill(report)) { /* chosen and not drawn: it tells of no form */
		json_out_null(out, "score");
		json_out_null(out, "next_form");
	} else {
		report_json_score(&report->result->score, out);
		put_next(report->result, out);
	}
	json_out_object(out, "all");
	put_tally(&report->result->all, out);
	json_out_end(out, '}');
	put_domains(report, out);
	report_json_diagnosis(report, out);
	put_questions(report, out);
	json_out_integer(out, "gaps", report->gaps);
	json_out_integer(out, "gap_ms", report->gap_ms);
	json_out_end(out, '}');
}
