#include <math.h>

#include "priv.h"
#include "proctor/clock.h"
#include "proctor/json.h"
#include "progress.h"

#define SHARE_DECIMALS 4
#define P_DECIMALS 6

static void put_shares(const struct store_past *past, struct json_out *out)
{
	json_out_array(out, "domains");
	for (size_t d = 0; d < past->domain_count; d++) {
		json_out_object(out, NULL);
		json_out_text(out, "id", past->domains[d].id);
		json_out_integer(out, "right", past->domains[d].right);
		json_out_integer(out, "of", past->domains[d].of);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void put_counts(const char *name, int64_t right, int64_t of, struct json_out *out)
{
	json_out_object(out, name);
	json_out_integer(out, "right", right);
	json_out_integer(out, "of", of);
	json_out_end(out, '}');
}

static void put_stamp(const char *name, int64_t real_ms, struct json_out *out)
{
	char stamp[CLOCK_STAMP_SIZE];

	clock_stamp(real_ms, stamp);
	json_out_text(out, name, stamp);
}

static void put_session(const struct progress_session *session, bool drill,
			struct json_out *out)
{
	static const char *const phases[] = { "ready", "running", "paused", "done" };
	const struct store_past *past = session->past;

	json_out_object(out, NULL);
	json_out_text(out, "session", past->id);
	json_out_text(out, "kind", past->kind);
	json_out_text(out, "blueprint", past->blueprint_id);
	json_out_text(out, "bank", past->bank_id);
	json_out_text(out, "phase", phases[past->phase]);
	put_stamp("began", past->began_ms, out);
	if (past->is_scored)
		put_stamp("ended", past->ended_ms, out);
	else
		json_out_null(out, "ended");
	json_out_integer(out, "limit_ms", past->limit_ms);
	json_out_integer(out, "used_ms", past->used_ms);
	json_out_bool(out, "expired", past->expired);
	if (drill && past->is_scored)
		put_counts("right", past->raw, past->of, out);
	else if (drill)
		json_out_null(out, "right");
	else
		report_json_score(&session->score, out);
	put_counts("first", session->first.right, session->first.of, out);
	put_shares(past, out);
	json_out_end(out, '}');
}

static void put_sessions(const struct history *history, const char *name,
			 const struct progress_kind *kind, bool drill,
			 struct json_out *out)
{
	size_t from = history->most && kind->count > history->most
			      ? kind->count - history->most
			      : 0;

	json_out_array(out, name);
	for (size_t i = from; i < kind->count; i++)
		put_session(&kind->sessions[i], drill, out);
	json_out_end(out, ']');
}

static void put_trend(const struct progress *progress, struct json_out *out)
{
	const struct score_trend *trend = &progress->trend;

	if (!progress->has_trend) {
		json_out_null(out, "trend");
		return;
	}
	json_out_object(out, "trend");
	json_out_integer(out, "exams", (int64_t)trend->sessions);
	json_out_real(out, "slope", trend->slope, P_DECIMALS);
	json_out_real(out, "low", trend->low, P_DECIMALS);
	json_out_real(out, "high", trend->high, P_DECIMALS);
	json_out_real(out, "p", trend->p, P_DECIMALS);
	json_out_end(out, '}');
}

static void put_estimate(const char *name, const struct score_estimate *estimate,
			 struct json_out *out)
{
	json_out_object(out, name);
	json_out_real(out, "share", estimate->share, SHARE_DECIMALS);
	json_out_real(out, "low", estimate->low, SHARE_DECIMALS);
	json_out_real(out, "high", estimate->high, SHARE_DECIMALS);
	json_out_end(out, '}');
}

static void put_standing(const char *name, const struct score_standing *standing,
			 struct json_out *out)
{
	json_out_object(out, name);
	json_out_integer(out, "right", standing->right);
	json_out_integer(out, "of", standing->of);
	put_estimate("over_all", &standing->over_all, out);
	put_estimate("recent", &standing->recent, out);
	json_out_end(out, '}');
}

static void put_domains(const struct progress *progress, struct json_out *out)
{
	json_out_array(out, "domains");
	for (size_t d = 0; d < progress->domain_count; d++) {
		json_out_object(out, NULL);
		json_out_text(out, "id", progress->domains[d].id);
		json_out_text(out, "title", progress->domains[d].title);
		put_standing("exams", &progress->exams.standings[d], out);
		put_standing("drills", &progress->drills.standings[d], out);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

void history_json(const struct history *history, struct json_out *out)
{
	struct arena arena = ARENA_INIT;

	json_out_object(out, NULL);
	json_out_text(out, "format", "proctor-trend/1");
	json_out_array(out, "exams");
	for (size_t i = 0; i < history->exam_count; i++) {
		struct progress progress;

		progress_make(history, &history->exams[i], &arena, &progress);
		json_out_object(out, NULL);
		json_out_text(out, "exam", progress.exam);
		json_out_text(out, "title", progress.title);
		put_sessions(history, "sessions", &progress.exams, false, out);
		put_sessions(history, "drills", &progress.drills, true, out);
		put_trend(&progress, out);
		put_domains(&progress, out);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
	json_out_end(out, '}');
	arena_release(&arena);
}
