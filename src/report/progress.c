#include "progress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_drill(const struct store_past *past)
{
	return strcmp(past->kind, "drill") == 0;
}

static int64_t count_questions(const struct store_past *past)
{
	int64_t all = 0;

	for (size_t d = 0; d < past->domain_count; d++)
		all += past->domains[d].of;
	return all;
}

/* The scale is what the session was sat by, whatever the blueprint says today. */
static struct score score_of(const struct store_past *past)
{
	const struct blueprint scale = { .scale_min = past->scale_min,
					 .scale_max = past->scale_max,
					 .scale_pass = past->scale_pass };

	return score_scale(&scale, past->raw, past->of);
}

static void add_session(struct progress_kind *kind, const struct store_past *past)
{
	struct progress_session *session = &kind->sessions[kind->count];

	session->past = past;
	session->all = count_questions(past);
	if (past->is_scored && past->scale_min < past->scale_max) {
		session->score = score_of(past);
		kind->scored[kind->scored_count++] = kind->count;
	}
	kind->count++;
}

/* From the latest-first list of all to the oldest-first one of this exam and kind. */
static void take_sessions(const struct history *history, const char *exam, bool drill,
			  struct arena *arena, struct progress_kind *kind)
{
	size_t count = 0;

	for (size_t i = 0; i < history->count; i++)
		count += strcmp(history->sessions[i].exam, exam) == 0 &&
			 is_drill(&history->sessions[i]) == drill;
	kind->sessions = ARENA_ARRAY(arena, count, struct progress_session);
	kind->scored = ARENA_ARRAY(arena, count, size_t);
	for (size_t i = history->count; i-- > 0;) {
		const struct store_past *past = &history->sessions[i];

		if (strcmp(past->exam, exam) == 0 && is_drill(past) == drill)
			add_session(kind, past);
	}
}

/* ---- First answers, session by session ---- */

static int compare_ids(const void *a, const void *b)
{
	const struct progress_session *const *left = a, *const *right = b;

	return strcmp((*left)->past->id, (*right)->past->id);
}

static int compare_id(const void *id, const void *session)
{
	return strcmp(id, (*(struct progress_session *const *)session)->past->id);
}

static void count_first(const struct history *history, struct arena *arena,
			struct progress_kind *kind)
{
	struct progress_session **by_id = ARENA_ARRAY(arena, kind->count,
						      struct progress_session *);

	if (!kind->count)
		return;
	for (size_t i = 0; i < kind->count; i++)
		by_id[i] = &kind->sessions[i];
	qsort(by_id, kind->count, sizeof(*by_id), compare_ids);
	for (size_t i = 0; i < history->first_count; i++) {
		struct progress_session **session = bsearch(history->first[i].session,
							    by_id, kind->count,
							    sizeof(*by_id), compare_id);

		if (!session)
			continue;
		(*session)->first.right += history->first[i].right;
		(*session)->first.of++;
		kind->first++;
	}
}

/* ---- Domains ---- */

/* As the blueprint has them that was sat last; without one, as its sessions do. */
static void name_domains(const struct history_exam *exam, struct arena *arena,
			 struct progress *progress)
{
	const struct blueprint *blueprint = exam->blueprint;
	const struct store_past *last = NULL;

	for (size_t i = 0; i < progress->exams.count; i++)
		if (progress->exams.sessions[i].past->domain_count)
			last = progress->exams.sessions[i].past;
	if (blueprint)
		progress->domain_count = blueprint->domain_count;
	else if (last)
		progress->domain_count = last->domain_count;
	progress->domains = ARENA_ARRAY(arena, progress->domain_count,
					struct progress_domain);
	for (size_t d = 0; d < progress->domain_count; d++)
		progress->domains[d] =
			blueprint
				? (struct progress_domain){ blueprint->domains[d].id,
							    blueprint->domains[d].title }
				: (struct progress_domain){ last->domains[d].id, "" };
}

static void find_standings(const struct history *history, bool drill, struct arena *arena,
			   const struct progress *progress, struct progress_kind *kind)
{
	size_t count = progress->domain_count;

	kind->standings = ARENA_ARRAY(arena, count, struct score_standing);
	for (size_t d = 0; d < count; d++)
		kind->standings[d].domain = progress->domains[d].id;
	score_standings(history->first, history->first_count, progress->exam, drill,
			kind->standings, count);
}

static void find_trend(struct arena *arena, struct progress *progress)
{
	const struct progress_kind *exams = &progress->exams;
	struct tally *tallies = ARENA_ARRAY(arena, exams->scored_count, struct tally);

	for (size_t i = 0; i < exams->scored_count; i++)
		tallies[i] = exams->sessions[exams->scored[i]].first;
	progress->has_trend = score_trend(tallies, exams->scored_count, &progress->trend);
}

void progress_make(const struct history *history, const struct history_exam *exam,
		   struct arena *arena, struct progress *progress)
{
	*progress = (struct progress){
		.exam = exam->id,
		.title = exam->blueprint ? exam->blueprint->title : exam->id,
	};
	take_sessions(history, exam->id, false, arena, &progress->exams);
	take_sessions(history, exam->id, true, arena, &progress->drills);
	count_first(history, arena, &progress->exams);
	count_first(history, arena, &progress->drills);
	name_domains(exam, arena, progress);
	find_standings(history, false, arena, progress, &progress->exams);
	find_standings(history, true, arena, progress, &progress->drills);
	find_trend(arena, progress);
}

double progress_share(const struct progress_session *session, const char *domain)
{
	const struct store_past *past = session->past;

	for (size_t d = 0; d < past->domain_count; d++)
		if (strcmp(past->domains[d].id, domain) == 0 && past->domains[d].of)
			return (double)past->domains[d].right /
			       (double)past->domains[d].of;
	return NAN;
}
