#include <stdarg.h>
#include <string.h>

#include "priv.h"
#include "proctor/markup.h"
#include "proctor/text.h"

/* The longest line that is pleasant to read. */
#define MEASURE 78

void line_say(struct line *line, const char *format, ...)
{
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT, safe = BUF_INIT;
	struct text_line *lines;
	va_list args;
	size_t n;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	text_safe(&safe, text.data, text.len);
	n = text_wrap(safe.data, safe.len, line->columns, &arena, &lines);
	for (size_t i = 0; i < n; i++)
		fprintf(line->out, "%.*s\n", (int)(lines[i].to - lines[i].from),
			safe.data + lines[i].from);
	buf_release(&safe);
	buf_release(&text);
	arena_release(&arena);
}

void line_whole(struct line *line, const char *text)
{
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, text, strlen(text));
	fprintf(line->out, "  %s\n", safe.data);
	buf_release(&safe);
}

void line_markup_behind(struct line *line, const char *text, size_t indent, size_t taken)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const struct markup_line *lines;
	struct markup markup;
	size_t n, before = indent + taken;
	size_t columns = line->columns > before + 8 ? line->columns - before : 8;

	if (!markup_parse(text, strlen(text), &arena, &markup, &err)) {
		struct buf safe = BUF_INIT;

		text_safe(&safe, text, strlen(text));
		fprintf(line->out, "%s\n", safe.data);
		buf_release(&safe);
		arena_release(&arena);
		return;
	}
	n = markup_layout(&markup, columns, &arena, &lines);
	for (size_t i = 0; i < n; i++) {
		if (i && lines[i].count)
			fprintf(line->out, "%*s", (int)indent, "");
		for (size_t k = 0; k < lines[i].count; k++)
			fprintf(line->out, "%.*s", (int)lines[i].runs[k].len,
				lines[i].runs[k].text);
		fputc('\n', line->out);
	}
	arena_release(&arena);
}

void line_markup(struct line *line, const char *text, size_t indent)
{
	fprintf(line->out, "%*s", (int)indent, "");
	line_markup_behind(line, text, indent, 0);
}

void line_length(int64_t ms, struct buf *out)
{
	long long seconds = (long long)((ms + 999) / 1000), minutes = seconds / 60;

	if (minutes >= 60)
		buf_printf(out, "%lld hour%s ", minutes / 60,
			   minutes / 60 == 1 ? "" : "s");
	if (minutes >= 5)
		buf_printf(out, "%lld minute%s", minutes % 60,
			   minutes % 60 == 1 ? "" : "s");
	else
		buf_printf(out, "%lld minute%s %lld second%s", minutes,
			   minutes == 1 ? "" : "s", seconds % 60,
			   seconds % 60 == 1 ? "" : "s");
}

void line_time(struct line *line)
{
	int64_t left = sitting_remaining(line->sitting);
	struct buf text = BUF_INIT;

	line_length(left == INT64_MAX ? line->sitting->timer.used_ms : left, &text);
	if (left == INT64_MAX)
		line_say(line, "No time limit. Used so far: %s.", text.data);
	else
		line_say(line, "Time left: %s.", text.data);
	buf_release(&text);
}

void line_welcome(struct line *line)
{
	const struct sitting *sitting = line->sitting;
	struct buf text = BUF_INIT;

	line->columns = line->columns > MEASURE ? MEASURE : line->columns;
	line_say(line, "%s%s", ui_is_drill(sitting) ? "Drill: " : "",
		 sitting->blueprint->title);
	if (sitting->told)
		line_say(line, "%s.", sitting->told);
	else
		buf_printf(&text, "%zu question%s, ", sitting->session->count,
			   sitting->session->count == 1 ? "" : "s");
	if (sitting->session->limit_ms)
		buf_printf(&text, "%lld minute%s",
			   (long long)(sitting->session->limit_ms / 60000),
			   sitting->session->limit_ms / 60000 == 1 ? "" : "s");
	else
		buf_text(&text, sitting->told ? "No time limit" : "no time limit");
	line_say(line,
		 "%s. Every answer is saved as you give it. If this window closes: "
		 "proctor resume %s",
		 text.data, sitting->about->id);
	line_say(line,
		 "Answer with the letters of the options. Other words: next, previous, "
		 "go %zu, flag, review, time, help, submit, quit.",
		 sitting->session->count < 12 ? sitting->session->count : 12);
	if (sitting->session->feedback)
		line_say(line, "After each answer you are told the key, and why.");
	fputc('\n', line->out);
	buf_release(&text);
}

/* ---- A question ---- */

void line_response(struct line *line)
{
	struct session *session = line->sitting->session;
	struct buf letters = BUF_INIT;

	letters_write(line_item(line), &session->items[session->current].response,
		      &letters);
	fputs(letters.data, line->out);
	buf_release(&letters);
}

static const char *const numbers[] = { "zero", "ONE",    "TWO",   "THREE", "FOUR",
				       "FIVE", "SIX",    "SEVEN", "EIGHT", "NINE",
				       "TEN",  "ELEVEN", "TWELVE" };

static void put_task(struct line *line, const struct question *question)
{
	static const char *const tasks[QUESTION_TYPES] = {
		[MULTIPLE_CHOICE] = "(Select %s.) Answer with a letter, such as: b",
		[MULTIPLE_RESPONSE] =
			"(Select %s.) Answer with the letters, such as: a d",
		[ORDERING] =
			"(Put %s in order.) Answer with letters, first to last: c a b",
		[MATCHING] = "(Match %s.) Answer with number and letter, such as: 1b 2a",
	};
	struct buf text = BUF_INIT;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	buf_printf(&text, tasks[question->type], numbers[question->choose]);
#pragma GCC diagnostic pop
	line_say(line, "%s", text.data);
	buf_release(&text);
}

static bool is_picked(const struct session_item *item, uint8_t option)
{
	return memchr(item->response.picks, option, item->response.count) != NULL;
}

static void put_options(struct line *line)
{
	static const char *const marks[2][2] = {
		{ "", "[struck out] " },
		{ "[chosen] ", "[chosen, struck out] " },
	};
	const struct form_item *item = line_item(line);
	const struct session *session = line->sitting->session;
	const struct session_item *state = &session->items[session->current];
	const struct question *question = item->question;

	for (size_t i = 0; i < question->option_count; i++) {
		uint8_t option = item->shown[i];
		bool chosen = question->type != MATCHING && is_picked(state, option);
		const char *mark = marks[chosen][(state->struck & 1u << option) != 0];

		fprintf(line->out, "  %c. %s", (char)('A' + i), mark);
		line_markup_behind(line, question->options[option].text, 5, strlen(mark));
	}
}

static void put_prompts(struct line *line)
{
	const struct question *question = line_item(line)->question;

	for (size_t i = 0; i < question->prompt_count; i++) {
		fprintf(line->out, "  %zu. ", i + 1);
		line_markup_behind(line, question->prompts[i].text, 5, 0);
	}
	if (question->prompt_count)
		fputc('\n', line->out);
}

void line_case(struct line *line)
{
	const struct bank_case *in_case = line_item(line)->question->in_case;

	if (!in_case) {
		line_say(line, "This question belongs to no case.");
		return;
	}
	line_say(line, "Case: %s", in_case->title);
	line_markup(line, in_case->text, 0);
	fputc('\n', line->out);
	line->told_case = in_case->id;
}

void line_question(struct line *line, bool with_case)
{
	const struct session *session = line->sitting->session;
	const struct session_item *state = &session->items[session->current];
	const struct question *question = line_item(line)->question;
	const struct bank_case *in_case = question->in_case;

	if (in_case &&
	    (with_case || !line->told_case || strcmp(line->told_case, in_case->id) != 0))
		line_case(line);
	line_say(line, "Question %zu of %zu%s", session->current + 1, session->count,
		 state->flagged ? ", flagged" : "");
	if (in_case)
		line_say(line, "Case: %s (type case to read it again)", in_case->title);
	line_markup(line, question->stem, 0);
	fputc('\n', line->out);
	if (!line->sitting->review) {
		put_prompts(line);
		put_options(line);
	}
	if (!state->revealed)
		put_task(line, question);
	if (state->revealed) {
		line_feedback(line);
	} else if (state->response.count) {
		fputs("Your answer: ", line->out);
		line_response(line);
		fputc('\n', line->out);
		if (session->feedback && session_is_answered(session, session->current))
			line_say(line, "Enter shows the key.");
	}
}

/* ---- The review list ---- */

static bool wanted(const struct session *session, size_t i, const char *filter)
{
	const struct session_item *item = &session->items[i];

	if (strcmp(filter, "flagged") == 0)
		return item->flagged;
	if (strcmp(filter, "unanswered") == 0)
		return !session_is_answered(session, i);
	if (strcmp(filter, "unseen") == 0)
		return !item->seen;
	return true;
}

void line_review(struct line *line, const char *filter)
{
	const struct sitting *sitting = line->sitting;
	const struct session *session = sitting->session;
	struct session_count count = session_count(session);
	size_t listed = 0;

	for (size_t i = 0; i < session->count; i++) {
		const struct session_item *item = &session->items[i];
		const char *status = item->revealed ? ui_verdict(sitting, i)
				     : !item->seen  ? "not seen"
				     : session_is_answered(session, i) ? "answered"
				     : item->response.count ? "answered in part"
							    : "not answered";

		if (!wanted(session, i, filter))
			continue;
		listed++;
		fprintf(line->out, "%3zu  %s%s\n", i + 1, status,
			item->flagged ? ", flagged" : "");
	}
	if (!listed)
		line_say(line, "None.");
	line_say(line, "Answered %zu, not answered %zu (not seen %zu), flagged %zu.",
		 count.answered, count.unanswered, count.unseen, count.flagged);
}
