#include "priv.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/json.h"

#define SHARE_DECIMALS 4
#define CHI2_DECIMALS 4
#define SHORTFALL_DECIMALS 3

/* ---- What to study ---- */

static void put_differ(const struct result *result, struct json_out *out)
{
	json_out_object(out, "domains_differ");
	json_out_real(out, "chi2", result->domains_chi2, CHI2_DECIMALS);
	json_out_integer(out, "df", result->domains_df);
	json_out_real(out, "p", result->domains_p, SHARE_DECIMALS);
	json_out_end(out, '}');
}

static void put_study_row(const struct report *report, const struct score_row *row,
			  struct json_out *out)
{
	struct arena arena = ARENA_INIT;

	json_out_object(out, NULL);
	json_out_text(out, row->is_domain ? "domain" : "task", row->id);
	json_out_real(out, "shortfall", row->shortfall, SHORTFALL_DECIMALS);
	json_out_text(out, "command", words_drill(&arena, report, row));
	json_out_end(out, '}');
	arena_release(&arena);
}

static void put_order(const struct report *report, const char *name, const size_t *order,
		      size_t count, struct json_out *out)
{
	json_out_array(out, name);
	for (size_t i = 0; i < count; i++)
		put_study_row(report, &report->result->rows[order[i]], out);
	json_out_end(out, ']');
}

static void put_study(const struct report *report, struct json_out *out)
{
	const struct result *result = report->result;

	json_out_object(out, "study");
	put_order(report, "domains", result->study_domains, result->study_domain_count,
		  out);
	put_order(report, "tasks", result->study_tasks, result->study_task_count, out);
	json_out_end(out, '}');
}

/* ---- Other ways to sort the questions ---- */

static void put_tally(const char *key, const char *name, const struct tally *tally,
		      struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, key, name);
	json_out_integer(out, "right", tally->right);
	json_out_integer(out, "of", tally->of);
	json_out_real(out, "low", tally->low, SHARE_DECIMALS);
	json_out_real(out, "high", tally->high, SHARE_DECIMALS);
	json_out_end(out, '}');
}

static void put_groups(const char *name, const struct score_groups *groups,
		       struct json_out *out)
{
	json_out_array(out, name);
	for (size_t i = 0; i < groups->count; i++)
		put_tally("name", groups->groups[i].name, &groups->groups[i].tally, out);
	json_out_end(out, ']');
}

/* Rows of nothing are left out. */
static void put_kinds(const char *list, const char *key, const char *const *names,
		      const struct tally *tallies, size_t count, struct json_out *out)
{
	json_out_array(out, list);
	for (size_t i = 0; i < count; i++)
		if (tallies[i].of)
			put_tally(key, names[i], &tallies[i], out);
	json_out_end(out, ']');
}

/* ---- Behaviour ---- */

static void put_third(const struct score_third *third, struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_integer(out, "first", third->count ? (int64_t)third->from + 1 : 0);
	json_out_integer(out, "questions", (int64_t)third->count);
	json_out_integer(out, "right", third->tally.right);
	json_out_integer(out, "spent_ms", third->spent_ms);
	json_out_integer(out, "expected_ms", third->expected_ms);
	json_out_end(out, '}');
}

static void put_pace(const struct score_pace *pace, struct json_out *out)
{
	json_out_object(out, "pace");
	json_out_integer(out, "rapid", (int64_t)pace->rapid);
	json_out_integer(out, "slow", (int64_t)pace->slow);
	json_out_integer(out, "unanswered", (int64_t)pace->open);
	json_out_integer(out, "unanswered_at_end", (int64_t)pace->open_end);
	json_out_integer(out, "unanswered_of_last", (int64_t)pace->open_last);
	json_out_array(out, "thirds");
	for (size_t i = 0; i < 3; i++)
		put_third(&pace->thirds[i], out);
	json_out_end(out, ']');
	json_out_end(out, '}');
}

static void put_changes(const struct score_changes *changes, struct json_out *out)
{
	json_out_object(out, "changes");
	json_out_integer(out, "right_to_wrong", changes->counts[SCORE_RIGHT_TO_WRONG]);
	json_out_integer(out, "wrong_to_right", changes->counts[SCORE_WRONG_TO_RIGHT]);
	json_out_integer(out, "wrong_to_wrong", changes->counts[SCORE_WRONG_TO_WRONG]);
	json_out_real(out, "p", changes->p, SHARE_DECIMALS);
	json_out_end(out, '}');
}

static void put_misconceptions(const struct result *result, struct json_out *out)
{
	json_out_array(out, "misconceptions");
	for (size_t i = 0; i < result->misconception_count; i++)
		json_out_integer(out, NULL, (int64_t)result->misconceptions[i] + 1);
	json_out_end(out, ']');
}

void report_json_diagnosis(const struct report *report, struct json_out *out)
{
	const struct result *result = report->result;

	put_differ(result, out);
	put_study(report, out);
	put_groups("topics", &result->topics, out);
	put_groups("services", &result->services, out);
	put_kinds("types", "type", question_type_names, result->types, QUESTION_TYPES,
		  out);
	put_kinds("difficulties", "difficulty", question_difficulty_names,
		  result->difficulties, SCORE_DIFFICULTIES, out);
	put_pace(&result->pace, out);
	put_changes(&result->changes, out);
	put_kinds("confidence", "level", words_confidence, result->confidences,
		  SCORE_CONFIDENCES, out);
	put_misconceptions(result, out);
}
