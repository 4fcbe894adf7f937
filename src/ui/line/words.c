#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "priv.h"

struct form_item *line_item(struct line *line)
{
	return &line->sitting->form->items[line->sitting->session->current];
}

static uint32_t current(const struct line *line)
{
	return (uint32_t)line->sitting->session->current;
}

bool line_do(struct line *line, struct event event, const char *said)
{
	struct err err = ERR_INIT;
	const char *why;

	switch (sitting_do(line->sitting, event, &why, &err)) {
	case SITTING_DONE:
		if (said)
			line_say(line, "%s", said);
		return true;
	case SITTING_EXPIRED: /* the loop tells it */
		break;
	case SITTING_NOTHING:
		if (why)
			line_say(line, "Not done: %s.", why);
		break;
	case SITTING_NOT_STORED:
		line_say(line, "NOT SAVED: %s.", err.text);
		line_say(line,
			 "The clock stands still. Mend it, then type the same again; all "
			 "answers before this one are safe.");
		break;
	}
	return false;
}

/* ---- Answers ---- */

static void tell_saved(struct line *line)
{
	const struct session *session = line->sitting->session;
	const struct session_item *item = &session->items[session->current];
	unsigned given = 0;

	if (!item->response.count) {
		line_say(line, "Saved: no answer.");
		return;
	}
	for (size_t i = 0; i < item->response.count; i++)
		given += item->response.picks[i] != RESPONSE_NONE;
	fputs("Saved: ", line->out);
	line_response(line);
	fputc('\n', line->out);
	if (given < item->question.choose)
		line_say(line, "%u more to go: the answer must be complete to count.",
			 item->question.choose - given);
}

static void respond(struct line *line, const struct response *response)
{
	struct event event = { .type = EVENT_RESPONDED,
			       .item = current(line),
			       .response = *response };

	if (!line_do(line, event, NULL) || line_answered(line))
		return;
	tell_saved(line);
	if (line->level)
		line_confidence(line, line->level);
}

/* "a c", "ac", "A,C": every letter one that is shown. */
static bool read_choice(struct line *line, const char *text, struct response *response,
			const char **why)
{
	char letters[RESPONSE_MAX + 1];
	size_t n = 0;

	for (; *text; text++) {
		if (*text == ' ' || *text == ',')
			continue;
		if (n > RESPONSE_MAX - 1 || !isalpha((unsigned char)*text))
			return false;
		letters[n++] = *text;
	}
	return n && letters_read(line_item(line), letters, n, response, why);
}

/* "1b 2a", "1=b, 2=a"; what is not named stays as it is. */
static bool read_matches(struct line *line, const char *text, struct response *response,
			 const char **why)
{
	const struct session_item *item =
		&line->sitting->session->items[line->sitting->session->current];

	if (item->response.count)
		*response = item->response;
	else
		pairs_begin(line_item(line), response);
	text += strspn(text, " ,");
	if (!*text)
		return false;
	for (; *text; text += strspn(text, " ,")) {
		unsigned prompt = 0;

		if (!isdigit((unsigned char)*text))
			return false;
		for (; isdigit((unsigned char)*text) && prompt < 100; text++)
			prompt = prompt * 10 + (unsigned)(*text - '0');
		text += strspn(text, " =:");
		if (!isalpha((unsigned char)*text) || isalpha((unsigned char)text[1]))
			return false;
		if (!pairs_add(line_item(line), prompt, *text++, response, why))
			return false;
	}
	return true;
}

/* Is the text an answer, if perhaps a wrong-headed one? Then it is dealt with. */
static bool try_answer(struct line *line, const char *text)
{
	bool matching = line_item(line)->question->type == MATCHING;
	struct response response = { 0, { 0 } };
	const char *why = NULL;
	bool read = matching ? read_matches(line, text, &response, &why)
			     : read_choice(line, text, &response, &why);

	/* Letters in a row that are not all options are rather a word nobody knows. */
	if (!read && strlen(text) > 2 && !strpbrk(text, " ,0123456789"))
		return false;
	if (read)
		respond(line, &response);
	else if (why)
		line_say(line, "Not done: %s.", why);
	return read || why;
}

/* Would the text, taken for a word of the program, hide an answer? */
static bool is_shown_letter(struct line *line, const char *text)
{
	uint8_t option;

	return strlen(text) == 1 && line_item(line)->question->type != MATCHING &&
	       form_option(line_item(line), text[0], &option);
}

/* ---- Words ---- */

void line_move(struct line *line, size_t item)
{
	if (line_do(line, (struct event){ .type = EVENT_MOVED, .item = (uint32_t)item },
		    NULL)) {
		fputc('\n', line->out);
		line_question(line, false);
	}
}

static void move_to(struct line *line, long number)
{
	const struct session *session = line->sitting->session;

	if (number < 1 || (size_t)number > session->count)
		line_say(line, "There are questions 1 to %zu.", session->count);
	else
		line_move(line, (size_t)number - 1);
}

static void do_next(struct line *line, const char *rest)
{
	(void)rest;
	if (line->sitting->session->current + 1 == line->sitting->session->count)
		line_say(line,
			 "This is the last question. Type review to see the list, submit "
			 "to end the %s.",
			 line->sitting->about->kind);
	else
		move_to(line, (long)current(line) + 2);
}

static void do_previous(struct line *line, const char *rest)
{
	(void)rest;
	if (current(line) == 0)
		line_say(line, "This is the first question.");
	else
		move_to(line, (long)current(line));
}

static void do_go(struct line *line, const char *rest)
{
	char *end;
	long number = strtol(rest, &end, 10);

	move_to(line, *end || end == rest ? 0 : number);
}

static void do_flag(struct line *line, const char *rest)
{
	bool on = strcmp(rest, "off") != 0;

	line_do(line,
		(struct event){
			.type = EVENT_FLAGGED, .item = current(line), .value = on },
		on ? "Flagged for review." : "Flag taken off.");
}

static void do_unflag(struct line *line, const char *rest)
{
	(void)rest;
	do_flag(line, "off");
}

static void strike(struct line *line, const char *rest, uint32_t off)
{
	uint8_t option;

	if (strlen(rest) != 1 || !form_option(line_item(line), rest[0], &option)) {
		line_say(line, "Name one option, such as: strike c");
		return;
	}
	line_do(line,
		(struct event){ .type = EVENT_STRUCK,
				.item = current(line),
				.value = option + off },
		off ? "Strike taken back." : "Struck out.");
}

static void do_strike(struct line *line, const char *rest)
{
	strike(line, rest, 0);
}

static void do_unstrike(struct line *line, const char *rest)
{
	strike(line, rest, STRUCK_OFF);
}

void line_confidence(struct line *line, enum confidence level)
{
	static const char *const said[] = { NULL, "Noted: a guess.", "Noted: unsure.",
					    "Noted: sure." };

	line_do(line,
		(struct event){
			.type = EVENT_CONFIDENCE, .item = current(line), .value = level },
		said[level]);
}

static void do_sure(struct line *line, const char *rest)
{
	(void)rest;
	line_confidence(line, CONFIDENCE_SURE);
}

static void do_unsure(struct line *line, const char *rest)
{
	(void)rest;
	line_confidence(line, CONFIDENCE_UNSURE);
}

static void do_guess(struct line *line, const char *rest)
{
	(void)rest;
	line_confidence(line, CONFIDENCE_GUESS);
}

static void do_clear(struct line *line, const char *rest)
{
	(void)rest;
	respond(line, &(struct response){ 0, { 0 } });
}

static void do_review(struct line *line, const char *rest)
{
	line_review(line, rest);
}

static void do_show(struct line *line, const char *rest)
{
	(void)rest;
	line_question(line, false);
}

static void do_case(struct line *line, const char *rest)
{
	(void)rest;
	line_case(line);
}

static void do_time(struct line *line, const char *rest)
{
	(void)rest;
	line_time(line);
}

static void do_pause(struct line *line, const char *rest)
{
	(void)rest;
	line_do(line, (struct event){ .type = EVENT_PAUSED },
		"Paused; the clock stands still. Type resume to go on.");
}

static void do_resume(struct line *line, const char *rest)
{
	(void)rest;
	if (line_do(line, (struct event){ .type = EVENT_RESUMED }, NULL))
		line_question(line, false);
}

static void do_check(struct line *line, const char *rest)
{
	(void)rest;
	line_reveal(line);
}

static void do_submit(struct line *line, const char *rest)
{
	struct session_count count = session_count(line->sitting->session);

	(void)rest;
	line_say(line,
		 "Answered %zu, not answered %zu, flagged %zu. %s End the %s and see the "
		 "result? Type yes or no.",
		 count.answered, count.unanswered, count.flagged,
		 ui_is_drill(line->sitting) ? "What is left open does not count."
					    : "An unanswered question counts as wrong.",
		 line->sitting->about->kind);
	line->confirming = true;
}

static void do_quit(struct line *line, const char *rest)
{
	(void)rest;
	line->over = true;
	line->end = UI_QUIT;
}

static void do_help(struct line *line, const char *rest);

/*
 * What can be typed. A word may be cut to its letter unless that letter is one of the
 * options shown: then it is an answer.
 */
enum known { ANY, PAUSED, DRILL, FEEDBACK }; /* in which sessions; PAUSED: also then */

static const struct word {
	const char *word;
	char letter;
	enum known when;
	void (*run)(struct line *line, const char *rest);
	const char *help;
} words[] = {
	{ "next", 'n', ANY, do_next, "the next question" },
	{ "previous", 'p', ANY, do_previous, "the question before" },
	{ "go", 'g', ANY, do_go, "go 12: question 12 (the number alone does it too)" },
	{ "flag", 'f', ANY, do_flag,
	  "mark the question for review; flag off takes it back" },
	{ "unflag", 0, ANY, do_unflag, "take the mark back" },
	{ "strike", 'x', ANY, do_strike, "strike c: strike out option C" },
	{ "unstrike", 0, ANY, do_unstrike, "unstrike c: take that back" },
	{ "clear", 0, ANY, do_clear, "take the answer back" },
	{ "sure", 0, ANY, do_sure, "note how sure you are; the report uses it" },
	{ "unsure", 0, ANY, do_unsure, "the same" },
	{ "guess", 0, ANY, do_guess, "the same" },
	{ "review", 'r', ANY, do_review,
	  "the list of questions; review unanswered, review flagged, review unseen" },
	{ "list", 0, ANY, do_review, "the same" },
	{ "show", 's', ANY, do_show, "the question again" },
	{ "case", 0, ANY, do_case, "the case's text again" },
	{ "time", 't', ANY, do_time, "the time left" },
	{ "pause", 0, ANY, do_pause, "stop the clock and hide the question" },
	{ "resume", 0, PAUSED, do_resume, "go on after a pause" },
	{ "check", 0, FEEDBACK, do_check,
	  "show the key of the question that is answered" },
	{ "submit", 0, ANY, do_submit,
	  "end it and see the result; you are asked once more" },
	{ "end", 0, DRILL, do_submit, "the same" },
	{ "quit", 'q', PAUSED, do_quit,
	  "leave; everything is saved, and resume goes on" },
	{ "help", '?', PAUSED, do_help, "this list" },
};

static bool is_known_here(const struct line *line, const struct word *word)
{
	return (word->when != DRILL || ui_is_drill(line->sitting)) &&
	       (word->when != FEEDBACK || line->sitting->session->feedback);
}

static void do_help(struct line *line, const char *rest)
{
	(void)rest;
	line_say(line, "Answer with the letters shown: b, or a c, or in order c a b; in "
		       "matching 1b 2a. A new answer replaces the old one.");
	if (ui_is_drill(line->sitting))
		line_say(line, "How sure you are can stand behind it, as a word or its "
			       "letter: b sure, a c u, 1b 2a guess.");
	if (line->sitting->session->feedback)
		line_say(line, "Enter alone shows the key of an answered question, and "
			       "then goes on.");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const struct word *word = &words[i];
		char letter[8] = "";

		if (!is_known_here(line, word))
			continue;
		if (word->letter)
			snprintf(letter, sizeof(letter), " (%c)", word->letter);
		line_say(line, "%s%s: %s", word->word, letter, word->help);
	}
}

static const struct word *find_word(const struct line *line, const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_known_here(line, &words[i]) &&
		    ((strlen(words[i].word) == len &&
		      memcmp(words[i].word, text, len) == 0) ||
		     (len == 1 && words[i].letter && text[0] == words[i].letter)))
			return &words[i];
	return NULL;
}

static void confirm_submit(struct line *line, const char *text)
{
	line->confirming = false;
	if (strcmp(text, "yes") == 0 || strcmp(text, "y") == 0)
		line_do(line, (struct event){ .type = EVENT_SUBMITTED }, NULL);
	else
		line_say(line, "The %s goes on.", line->sitting->about->kind);
}

/* In lower case, without blanks at either end, and "answer b" as "b"; false when it is
 * too long for a command. */
static bool tidy(const char *text, char *tidied, size_t size)
{
	size_t n = 0;

	text += strspn(text, " \t");
	if (strncasecmp(text, "answer ", strlen("answer ")) == 0)
		text += strcspn(text, " ") + strspn(strchr(text, ' '), " ");
	for (; *text && n + 1 < size; text++)
		tidied[n++] = (char)tolower((unsigned char)*text);
	if (*text)
		return false;
	while (n && (tidied[n - 1] == ' ' || tidied[n - 1] == '\t'))
		n--;
	tidied[n] = '\0';
	return true;
}

void line_command(struct line *line, const char *given)
{
	bool paused = line->sitting->session->phase == PHASE_PAUSED;
	const struct word *word;
	char text[256];
	size_t len;

	line->level = CONFIDENCE_NONE;
	if (!tidy(given, text, sizeof(text))) {
		line_say(line, "That line is too long.");
		return;
	}
	if (line->confirming) {
		confirm_submit(line, text);
		return;
	}
	if (line->asking && line_take_level(line, text))
		return;
	if (!text[0]) {
		if (!paused)
			line_go_on(line);
		return;
	}
	len = strcspn(text, " ");
	word = find_word(line, text, len);
	if (paused && (!word || word->when != PAUSED)) {
		line_say(line, "Paused. Type resume to go on, or quit.");
		return;
	}
	if (!word || len == 1)
		line_cut_level(line, text);
	if (word && !is_shown_letter(line, text))
		word->run(line, text + len + strspn(text + len, " "));
	else if (strspn(text, "0123456789") == strlen(text))
		do_go(line, text);
	else if (!try_answer(line, text))
		line_say(line,
			 "\"%s\" is neither an answer to this question nor a word of "
			 "this program. Type help for the list.",
			 text);
}
