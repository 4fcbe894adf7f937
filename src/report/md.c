#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

#define GROUPS_SHOWN 8
#define STEM_SHOWN 70

/* A report as Markdown, being written. */
struct md {
	const struct report *report;
	struct arena arena;
	struct buf *out;
};

/* ---- Text ---- */

static bool follows_www(const char *text, const char *at)
{
	return at - text >= 3 && strncasecmp(at - 3, "www", 3) == 0;
}

/* Could it begin a list, a quote, a head or a rule? */
static bool opens_block(const char *text, const char *at)
{
	size_t digits = strspn(text, "0123456789");

	if (strchr("-+=", *at))
		return at == text + strspn(text, " ");
	return strchr(".)", *at) && digits && at == text + digits &&
	       (at[1] == ' ' || !at[1]);
}

/* Of an address, or of an emoji's name; but not of a time. */
static bool joins(const char *text, const char *at)
{
	if (at[1] == '/')
		return true;
	return isalnum((unsigned char)at[1]) &&
	       (at == text || !isdigit((unsigned char)at[-1]));
}

/* Can it stand for anything but itself? */
static bool is_special(const char *text, const char *at)
{
	if (strchr("\\`*_[]<>|~$&#@!", *at))
		return true;
	if (*at == ':')
		return joins(text, at);
	return opens_block(text, at) || (*at == '.' && follows_www(text, at));
}

/* Text that is nothing but text, on one line, anywhere. */
void md_text(struct buf *out, const char *text)
{
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, text ? text : "", text ? strlen(text) : 0);
	for (const char *at = safe.data; *at; at++) {
		if (is_special(safe.data, at))
			buf_char(out, '\\');
		buf_char(out, *at);
	}
	buf_release(&safe);
}

/* A code span, whose fence is longer than any in it. */
void md_code(struct buf *out, const char *text)
{
	struct buf safe = BUF_INIT;
	size_t run = 0, most = 0;

	text_safe_line(&safe, text, strlen(text));
	for (const char *at = safe.data; *at; at++) {
		run = *at == '`' ? run + 1 : 0;
		most = run > most ? run : most;
	}
	buf_repeat(out, '`', most + 1);
	buf_printf(out, "%s%s%s", most ? " " : "", safe.data, most ? " " : "");
	buf_repeat(out, '`', most + 1);
	buf_release(&safe);
}

static void put(struct md *md, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* What is formatted is escaped whole. */
static void put(struct md *md, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	md_text(md->out, text.data);
	buf_release(&text);
}

static void paragraph(struct md *md, const char *sentence)
{
	if (!sentence)
		return;
	buf_char(md->out, '\n');
	md_text(md->out, sentence);
	buf_char(md->out, '\n');
}

static void cell(struct md *md, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void cell(struct md *md, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	buf_text(md->out, " ");
	md_text(md->out, text.data);
	buf_text(md->out, " |");
	buf_release(&text);
}

/* A bar ends a cell even in code. */
static void cell_code(struct md *md, const char *text)
{
	if (strchr(text, '|')) {
		cell(md, "%s", text);
		return;
	}
	buf_char(md->out, ' ');
	md_code(md->out, text);
	buf_text(md->out, " |");
}

static void row(struct md *md)
{
	buf_text(md->out, "\n|");
}

/* ---- The score ---- */

static void put_fact(struct md *md, const char *term, const char *text)
{
	if (!text)
		return;
	buf_printf(md->out, "- %s: ", term);
	md_text(md->out, text);
	buf_char(md->out, '\n');
}

static void put_verdict(struct md *md)
{
	const struct report *report = md->report;
	const struct score *score = &report->result->score;

	if (words_is_drill(report)) {
		buf_text(md->out, "\n## How did it go?\n");
		paragraph(md, arena_printf(&md->arena,
					   "%lld of %lld right. A drill is chosen, not "
					   "drawn: this says nothing about the exam.",
					   (long long)report->result->all.right,
					   (long long)report->result->all.of));
		return;
	}
	buf_text(md->out, "\n## Would you have passed?\n");
	if (score->of == 0) {
		paragraph(md, "Not scored: no question of this form counts.");
		return;
	}
	buf_printf(md->out, "\n**%s: %lld**, estimated; %lld passes.\n",
		   score->passed ? "Pass" : "Fail", (long long)score->scaled,
		   (long long)score->pass);
	paragraph(md, words_pass(&md->arena, report));
	paragraph(md, words_range(&md->arena, report));
	paragraph(md, words_close(report));
	paragraph(md, words_next(&md->arena, report));
	paragraph(md, words_convention(&md->arena, report));
}

static void put_score(struct md *md)
{
	put_verdict(md);
	paragraph(md, words_open(&md->arena, md->report));
	buf_char(md->out, '\n');
	put_fact(md, "Answered", words_answered(&md->arena, md->report));
	put_fact(md, "Time", words_time(&md->arena, md->report));
	put_fact(md, "Gaps", words_gaps(&md->arena, md->report));
}

/* ---- Weaknesses ---- */

static void put_tally(struct md *md, const struct tally *tally)
{
	cell(md, "%lld/%lld", (long long)tally->right, (long long)tally->of);
	if (!tally->of) {
		cell(md, "–");
		cell(md, "–");
		return;
	}
	cell(md, "%.0f %%", 100 * (double)tally->right / (double)tally->of);
	cell(md, "%.0f–%.0f %%", 100 * tally->low, 100 * tally->high);
}

static void put_row(struct md *md, const struct score_row *of)
{
	const char *strong = of->is_domain ? "**" : "";

	buf_printf(md->out, "\n| %s", strong);
	put(md, "%s %s", of->id, of->title);
	buf_printf(md->out, "%s |", strong);
	put_tally(md, &of->tally);
	cell(md, "%ld %%", words_estimate(of));
	cell(md, "%s", words_state(&md->arena, of));
	cell(md, "%s",
	     of->is_domain && of->tally.of ? score_section_names[of->section] : "");
}

static void put_groups(struct md *md, const char *what, const struct score_groups *groups)
{
	size_t shown = 0;

	for (size_t i = 0; i < groups->count && shown < GROUPS_SHOWN; i++) {
		const struct score_group *group = &groups->groups[i];

		if (group->tally.right == group->tally.of || !words_is_topic(group->name))
			continue;
		if (!shown++)
			buf_printf(md->out,
				   "\n| %s | Right | Share | 95 %% interval |\n"
				   "| --- | --: | --: | --: |",
				   what);
		row(md);
		cell(md, "%s", group->name);
		put_tally(md, &group->tally);
	}
	if (shown)
		buf_char(md->out, '\n');
}

static void put_weak(struct md *md)
{
	const struct result *result = md->report->result;

	buf_text(md->out, "\n## Where are you weak?\n");
	paragraph(md, words_weak(&md->arena, md->report));
	buf_text(md->out,
		 "\n| Domain and task | Right | Share | 95 % interval | Estimate | "
		 "What can be said | Section label |\n"
		 "| --- | --: | --: | --: | --: | --- | --- |");
	for (size_t i = 0; i < result->row_count; i++)
		put_row(md, &result->rows[i]);
	buf_char(md->out, '\n');
	paragraph(md, words_differ(&md->arena, md->report));
	paragraph(md, words_caveat);
	put_groups(md, "Topic missed most", &result->topics);
	put_groups(md, "Service missed most", &result->services);
}

/* ---- What next? ---- */

static void put_step(struct md *md, size_t number, const struct step *step)
{
	buf_printf(md->out, "\n%zu. ", number);
	md_text(md->out, step->before);
	for (size_t i = 0; i < step->count; i++)
		buf_printf(md->out, "%s%zu", i ? ", " : "", step->items[i] + 1);
	md_text(md->out, step->after);
	if (!step->command)
		return;
	buf_char(md->out, ' ');
	md_code(md->out, step->command);
}

static void put_order(struct md *md, const char *what, const size_t *order, size_t count)
{
	buf_printf(md->out, "\n| %s | Missing | Command |\n| --- | --: | --- |", what);
	for (size_t i = 0; i < count; i++) {
		const struct score_row *of = &md->report->result->rows[order[i]];

		row(md);
		cell(md, "%s %s", of->id, of->title);
		cell(md, "%.1f", of->shortfall);
		cell_code(md, words_drill(&md->arena, md->report, of));
	}
	buf_char(md->out, '\n');
}

static void put_study(struct md *md)
{
	const struct result *result = md->report->result;
	struct step steps[STEPS_MAX];
	size_t count = report_steps(md->report, &md->arena, steps);

	buf_text(md->out, "\n## What next?\n");
	for (size_t i = 0; i < count; i++)
		put_step(md, i + 1, &steps[i]);
	buf_char(md->out, '\n');
	if (!words_is_diagnosis(md->report))
		return;
	paragraph(md, words_order);
	put_order(md, "Domain", result->study_domains, result->study_domain_count);
	put_order(md, "Task", result->study_tasks, result->study_task_count);
}

/* ---- How the candidate worked ---- */

static void put_thirds(struct md *md)
{
	static const char *const names[] = { "First", "Second", "Last" };

	buf_text(md->out, "\n| Third | Right | Time | Share of the time |\n"
			  "| --- | --: | --: | --: |");
	for (size_t i = 0; i < 3; i++) {
		const struct score_third *third = &md->report->result->pace.thirds[i];

		row(md);
		cell(md, "%s", names[i]);
		cell(md, "%lld/%lld", (long long)third->tally.right,
		     (long long)third->tally.of);
		cell(md, "%s", words_duration(&md->arena, third->spent_ms));
		cell(md, "%s", words_duration(&md->arena, third->expected_ms));
	}
	buf_char(md->out, '\n');
}

static void put_confidence(struct md *md)
{
	const struct tally *tallies = md->report->result->confidences;
	bool shown = false;

	for (int i = SCORE_CONFIDENCES; --i > CONFIDENCE_NONE;) {
		if (!tallies[i].of)
			continue;
		if (!shown)
			buf_text(md->out, "\n| You said | Right | Share | 95 % interval "
					  "|\n| --- | --: | --: | --: |");
		shown = true;
		row(md);
		cell(md, "%s", words_confidence[i]);
		put_tally(md, &tallies[i]);
	}
	if (shown)
		buf_char(md->out, '\n');
}

static void put_work(struct md *md)
{
	const struct report *report = md->report;

	buf_text(md->out, "\n## How did you work?\n");
	put_thirds(md);
	paragraph(md, words_rapid(&md->arena, report));
	paragraph(md, words_slow(&md->arena, report));
	if (words_changes(&md->arena, report)) {
		paragraph(md, words_changes(&md->arena, report));
		paragraph(md, words_advice(report));
	}
	put_confidence(md);
}

/* ---- The questions ---- */

static void put_question(struct md *md, size_t i)
{
	const struct report *report = md->report;
	const struct form_item *item = &report->form->items[i];
	const struct session_item *given = &report->state->items[i];
	const struct blueprint_domain *domain = &report->blueprint->domains[item->domain];
	const struct response key = question_key(item->question);

	row(md);
	cell(md, "%zu", i + 1);
	cell(md, "%s", words_outcome(&report->result->items[i]));
	cell(md, "%s", domain->tasks[item->task].id);
	cell(md, "%s", words_response(&md->arena, item, &given->response));
	cell(md, "%s", words_response(&md->arena, item, &key));
	cell(md, "%s", words_duration(&md->arena, given->spent_ms));
	cell(md, "%s", words_stem(&md->arena, item->question->stem, STEM_SHOWN));
}

static void put_questions(struct md *md)
{
	buf_text(md->out, "\n## The questions\n\n"
			  "| No. | Result | Task | Yours | Key | Time | Question |\n"
			  "| --: | --- | --- | --- | --- | --: | --- |");
	for (size_t i = 0; i < md->report->form->count; i++)
		put_question(md, i);
	buf_char(md->out, '\n');
}

/* ---- What it was drawn from ---- */

static void put_origin(struct md *md)
{
	const struct store_session *session = md->report->session;
	const char *key = session->signed_by;

	buf_text(md->out, "\n## What this was drawn from\n\n");
	put_fact(md, "Session", session->id);
	put_fact(md, "Begun", words_when(&md->arena, session->began_ms));
	put_fact(md, "Blueprint", md->report->blueprint->id);
	put_fact(md, "Bank",
		 arena_printf(&md->arena, "%s, version %lld", session->bank_id,
			      (long long)session->bank_version));
	put_fact(md, "Digest", session->bank_digest);
	put_fact(md, "Signed by", key && *key ? key : "nobody: the bank is not signed");
	put_fact(md, "Seed",
		 arena_printf(&md->arena, "%s (%s)", session->seed,
			      words_seed(md->report)));
}

void report_md(const struct report *report, struct buf *out)
{
	struct md md = { .report = report, .arena = ARENA_INIT, .out = out };

	buf_text(out, "# ");
	md_text(out, report->blueprint->title);
	buf_char(out, '\n');
	put_score(&md);
	if (words_is_diagnosis(report))
		put_weak(&md);
	put_study(&md);
	if (report->form->count) {
		put_work(&md);
		put_questions(&md);
	}
	put_origin(&md);
	arena_release(&md.arena);
}
