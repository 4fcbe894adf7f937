#include <string.h>

#include "priv.h"
#include "proctor/text.h"

struct session_item *line_state(struct line *line)
{
	const struct session *session = line->sitting->session;

	return &session->items[session->current];
}

static bool is_complete(const struct line *line)
{
	const struct session *session = line->sitting->session;

	return session_is_answered(session, session->current);
}

/* ---- How sure ---- */

/* An option of that letter comes first: then the word has to be written out. */
static bool is_letter_of(struct line *line, const char *text, char letter)
{
	uint8_t option;

	return text[0] == letter && !text[1] &&
	       !form_option(line_item(line), letter, &option);
}

static enum confidence level_of(struct line *line, const char *text)
{
	static const char *const words[] = { "", "guess", "unsure", "sure" };

	for (int level = CONFIDENCE_GUESS; level <= CONFIDENCE_SURE; level++)
		if (strcmp(text, words[level]) == 0 ||
		    is_letter_of(line, text, words[level][0]))
			return (enum confidence)level;
	return CONFIDENCE_NONE;
}

void line_cut_level(struct line *line, char *text)
{
	char *last = strrchr(text, ' ');

	if (!last || !ui_is_drill(line->sitting))
		return;
	line->level = level_of(line, last + 1);
	while (line->level && last >= text && (*last == ' ' || *last == ','))
		*last-- = '\0';
}

/* At length the first time, then in short. */
static void ask_level(struct line *line)
{
	const char *guess = is_letter_of(line, "g", 'g') ? "g" : "guess";
	struct buf text = BUF_INIT;

	buf_text(&text, "Saved: ");
	letters_write(line_item(line), &line_state(line)->response, &text);
	if (line->asked)
		buf_printf(&text, ". How sure: s, u, %s? Enter shows the key.", guess);
	else
		buf_printf(&text,
			   ". How sure are you: s for sure, u for unsure, %s for a "
			   "guess? Enter alone just shows the key.",
			   guess);
	line_say(line, "%s", text.data);
	line->asking = line->asked = true;
	buf_release(&text);
}

static void reveal_as(struct line *line, enum confidence level)
{
	struct event event = { .type = EVENT_CONFIDENCE,
			       .item = (uint32_t)line->sitting->session->current,
			       .value = level };

	if (line_do(line, event, NULL))
		line_reveal(line);
}

bool line_answered(struct line *line)
{
	const struct session *session = line->sitting->session;

	if (!session->feedback || !is_complete(line))
		return false;
	if (line->level)
		reveal_as(line, line->level);
	else
		ask_level(line);
	return true;
}

bool line_take_level(struct line *line, const char *text)
{
	enum confidence level = level_of(line, text);

	line->asking = false;
	if (!level)
		return false;
	reveal_as(line, level);
	return true;
}

/* ---- The key ---- */

void line_reveal(struct line *line)
{
	struct event event = { .type = EVENT_REVEALED,
			       .item = (uint32_t)line->sitting->session->current };

	if (line_do(line, event, NULL))
		line_feedback(line);
}

/* "  D. the option" and why; what nobody chose is told by its letter, except in a review,
 * where the options have not been told before. */
static void put_row(struct line *line, const struct feedback_row *row)
{
	bool whole = row->matters || line->sitting->review;

	fprintf(line->out, "  %s. ", row->label);
	if (whole)
		line_markup_behind(line, row->text, 5, 0);
	if (row->why[0] && whole)
		line_markup(line, row->why, 5);
	else if (row->why[0])
		line_markup_behind(line, row->why, 5, 0);
}

static void put_references(struct line *line, const struct question *question)
{
	if (question->reference_count)
		line_say(line, "To read:");
	for (size_t i = 0; i < question->reference_count; i++) {
		line_say(line, "  %s", question->references[i].title);
		line_whole(line, question->references[i].url);
	}
}

/* How it stands, and what Enter does now. */
static void put_way_on(struct line *line)
{
	const struct sitting *sitting = line->sitting;
	size_t right = 0, shown = session_count(sitting->session).revealed, next;

	for (size_t i = 0; i < sitting->session->count; i++)
		right += sitting->session->items[i].revealed &&
			 strcmp(ui_verdict(sitting, i), "right") == 0;
	if (feedback_next(sitting->session, &next))
		line_say(line, "Right so far: %zu of %zu. Enter goes on to question %zu.",
			 right, shown, next + 1);
	else
		line_say(line,
			 "Right: %zu of %zu. Enter ends the %s and shows the result.",
			 right, shown, sitting->about->kind);
}

void line_feedback(struct line *line)
{
	struct arena arena = ARENA_INIT;
	const struct form_item *item = line_item(line);
	const struct response *response = &line_state(line)->response;
	struct feedback_row rows[FEEDBACK_ROWS];
	size_t n = feedback_rows(item, response, &arena, rows);

	if (!line->sitting->review)
		fputc('\n', line->out);
	line_say(line, "%s", feedback_verdict(item, response, &arena));
	fputc('\n', line->out);
	for (size_t i = 0; i < n; i++)
		put_row(line, &rows[i]);
	fputc('\n', line->out);
	line_markup(line, feedback_principle(item->question, &arena), 0);
	fputc('\n', line->out);
	put_references(line, item->question);
	if (item->question->reference_count)
		fputc('\n', line->out);
	if (line->sitting->review)
		line_facts(line);
	else
		put_way_on(line);
	arena_release(&arena);
}

void line_go_on(struct line *line)
{
	const struct session *session = line->sitting->session;
	size_t next;

	if (!session->feedback)
		return;
	if (!line_state(line)->revealed && is_complete(line))
		line_reveal(line);
	else if (!line_state(line)->revealed)
		line_say(line, "%s; or type next to leave it open for now.",
			 line_state(line)->response.count ? "Complete the answer first"
							  : "Answer first");
	else if (feedback_next(session, &next))
		line_move(line, next);
	else
		line_do(line, (struct event){ .type = EVENT_SUBMITTED }, NULL);
}
