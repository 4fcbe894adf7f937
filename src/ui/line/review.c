#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

static size_t current(const struct line *line)
{
	return line->sitting->session->current;
}

void line_facts(struct line *line)
{
	const char *facts[REPORT_FACTS];
	struct arena arena = ARENA_INIT;
	size_t n = report_facts(line->sitting->review->report, current(line), &arena,
				facts);

	for (size_t i = 0; i < n; i++)
		line_say(line, "%s", facts[i]);
	arena_release(&arena);
}

static void show(struct line *line)
{
	fputc('\n', line->out);
	line_question(line, false);
}

/* ---- Moving about ---- */

static void step(struct line *line, int by)
{
	const struct review *review = line->sitting->review;
	size_t item;

	if (review_step(review, current(line), by, &item)) {
		line_move(line, item);
		return;
	}
	line_say(line, "This is the %s question%s.", by < 0 ? "first" : "last",
		 review->count < line->sitting->session->count ? " that is listed" : "");
	if (by > 0)
		line_say(line, "Type list to see them, all for all questions, quit to "
			       "leave.");
}

static void do_next(struct line *line, const char *rest)
{
	(void)rest;
	step(line, 1);
}

static void do_previous(struct line *line, const char *rest)
{
	(void)rest;
	step(line, -1);
}

static void do_go(struct line *line, const char *rest)
{
	size_t count = line->sitting->session->count;
	char *end;
	long number = strtol(rest, &end, 10);

	if (*end || end == rest || number < 1 || (size_t)number > count)
		line_say(line, "There are questions 1 to %zu.", count);
	else
		line_move(line, (size_t)number - 1);
}

static void do_show(struct line *line, const char *rest)
{
	(void)rest;
	show(line);
}

static void do_case(struct line *line, const char *rest)
{
	(void)rest;
	line_case(line);
}

/* "  3  wrong, flagged, unsure: Which command also lists ..." */
static void list_one(struct line *line, size_t i)
{
	static const char *const levels[] = { "", ", guess", ", unsure", ", sure" };
	const struct sitting *sitting = line->sitting;
	const struct session_item *item = &sitting->session->items[i];
	struct arena arena = ARENA_INIT;
	const char *lead = arena_printf(
		&arena, "%3zu  %s%s%s%s: ", i + 1, ui_verdict(sitting, i),
		item->flagged ? ", flagged" : "", levels[item->confidence],
		item->note[0] ? ", note" : "");
	const char *stem = ui_excerpt(sitting->form->items[i].question->stem, &arena);
	size_t taken = strlen(lead) + 4;

	fprintf(line->out, "%s%s\n", lead,
		ui_cut(stem, line->columns > taken ? line->columns - taken : 0, &arena));
	arena_release(&arena);
}

static void tell_listed(struct line *line)
{
	struct arena arena = ARENA_INIT;

	line_say(line, "Listed: %s.", ui_review_listed(line->sitting->review, &arena));
	arena_release(&arena);
}

static void do_list(struct line *line, const char *rest)
{
	const struct review *review = line->sitting->review;

	(void)rest;
	for (size_t i = 0; i < line->sitting->session->count; i++)
		if (review->listed[i])
			list_one(line, i);
	tell_listed(line);
}

/* ---- Filters ---- */

static void filter_by(struct line *line, const struct review_filter *filter)
{
	size_t before = current(line);
	struct err err = ERR_INIT;

	if (!ui_review_filter(line->sitting, filter, &err)) {
		line_say(line, "Not done: %s.", err.text);
		return;
	}
	tell_listed(line);
	if (current(line) != before)
		show(line);
}

/* "wrong" and "wrong off". */
static bool is_on(const char *rest)
{
	return strcmp(rest, "off") != 0;
}

/* A wish by its offset: "wrong", "wrong off"; "domain 2", "domain off". */
static void set_mark(struct line *line, size_t wish, const char *rest)
{
	struct review_filter filter = line->sitting->review->filter;

	*(bool *)((char *)&filter + wish) = is_on(rest);
	filter_by(line, &filter);
}

static void set_name(struct line *line, size_t wish, const char *rest)
{
	struct review_filter filter = line->sitting->review->filter;

	*(const char **)((char *)&filter + wish) = rest[0] && is_on(rest) ? rest : NULL;
	filter_by(line, &filter);
}

static void do_wrong(struct line *line, const char *rest)
{
	set_mark(line, offsetof(struct review_filter, wrong), rest);
}

static void do_flagged(struct line *line, const char *rest)
{
	set_mark(line, offsetof(struct review_filter, flagged), rest);
}

static void do_unsure(struct line *line, const char *rest)
{
	set_mark(line, offsetof(struct review_filter, unsure), rest);
}

static void do_domain(struct line *line, const char *rest)
{
	set_name(line, offsetof(struct review_filter, domain), rest);
}

static void do_task(struct line *line, const char *rest)
{
	set_name(line, offsetof(struct review_filter, task), rest);
}

static void do_search(struct line *line, const char *rest)
{
	set_name(line, offsetof(struct review_filter, search), rest);
}

static void do_all(struct line *line, const char *rest)
{
	(void)rest;
	filter_by(line, &(struct review_filter){ .search = "" });
}

/* ---- On from here ---- */

static void do_drill(struct line *line, const char *rest)
{
	(void)rest;
	line->over = true;
	line->end = UI_DRILL;
}

static void report(struct line *line, const char *because)
{
	struct buf path = BUF_INIT;
	struct err err = ERR_INIT;

	if (ui_report_mistake(line->sitting, current(line), because, &path, &err)) {
		line_say(line, "Written, with the key and your words. Send it to the "
			       "author of the bank:");
		line_whole(line, path.data);
	} else {
		line_say(line, "Not done: %s.", err.text);
	}
	buf_release(&path);
}

static void do_report(struct line *line, const char *rest)
{
	if (rest[0]) {
		report(line, rest);
		return;
	}
	line_say(line, "What is wrong with this question? One line; Enter alone writes "
		       "nothing.");
	line->reporting = true;
}

static void do_quit(struct line *line, const char *rest)
{
	(void)rest;
	line->over = true;
	line->end = UI_QUIT;
}

static void do_help(struct line *line, const char *rest);

static const struct word {
	const char *word;
	char letter;
	void (*run)(struct line *line, const char *rest);
	const char *help;
} words[] = {
	{ "next", 'n', do_next, "the next question that is listed (Enter does it too)" },
	{ "previous", 'p', do_previous, "the one before" },
	{ "go", 'g', do_go, "go 12: question 12 (the number alone does it too)" },
	{ "list", 'l', do_list, "the questions that are listed, one line each" },
	{ "wrong", 'w', do_wrong, "list only what was wrong; wrong off takes it back" },
	{ "flagged", 'f', do_flagged, "list only what you flagged; flagged off" },
	{ "unsure", 'u', do_unsure,
	  "list only what you guessed or were unsure of; unsure off" },
	{ "domain", 0, do_domain, "domain 2: list only that domain; domain off" },
	{ "task", 0, do_task, "task 2.1: list only that task; task off" },
	{ "search", '/', do_search,
	  "search glue job: list only what has this text in question, options, "
	  "explanation, topics or services; search alone takes it back" },
	{ "all", 'a', do_all, "list all questions again" },
	{ "show", 's', do_show, "the question again" },
	{ "case", 'c', do_case, "the case's text again" },
	{ "drill", 'd', do_drill, "leave, and practise the task of this question" },
	{ "report", 'r', do_report,
	  "you think the question is wrong: write a file for the bank's author" },
	{ "quit", 'q', do_quit, "leave" },
	{ "help", '?', do_help, "this list" },
};

static void do_help(struct line *line, const char *rest)
{
	(void)rest;
	line_say(line,
		 "The session is finished: nothing here changes it. Filters add up.");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		char letter[8] = "";

		if (words[i].letter)
			snprintf(letter, sizeof(letter), " (%c)", words[i].letter);
		line_say(line, "%s%s: %s", words[i].word, letter, words[i].help);
	}
}

static const struct word *find_word(const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((strlen(words[i].word) == len &&
		     strncasecmp(words[i].word, text, len) == 0) ||
		    (len == 1 && words[i].letter &&
		     tolower((unsigned char)text[0]) == words[i].letter))
			return &words[i];
	return NULL;
}

/* Without blanks at either end. */
static char *trim(char *text)
{
	size_t len;

	text += strspn(text, " \t");
	len = strlen(text);
	while (len && strchr(" \t", text[len - 1]))
		text[--len] = '\0';
	return text;
}

static void take_line(struct line *line, char *text)
{
	const struct word *word;
	size_t len;

	text = trim(text);
	len = strcspn(text, " \t");
	word = find_word(text, len);
	if (line->reporting) {
		line->reporting = false;
		if (text[0])
			report(line, text);
		else
			line_say(line, "Nothing is written.");
	} else if (!text[0]) {
		step(line, 1);
	} else if (word) {
		word->run(line, text + len + strspn(text + len, " \t"));
	} else if (strspn(text, "0123456789") == strlen(text)) {
		do_go(line, text);
	} else {
		line_say(line,
			 "\"%s\" is no word of this program. Type help for the list.",
			 text);
	}
}

/* ---- The loop ---- */

static void welcome(struct line *line)
{
	const struct sitting *sitting = line->sitting;
	char date[CLOCK_STAMP_SIZE];

	line->columns = line->columns > 78 ? 78 : line->columns;
	clock_date(sitting->about->began_ms, date);
	line_say(line, "Review of %s %s of %s: %s", sitting->about->kind,
		 sitting->about->id, date, sitting->blueprint->title);
	tell_listed(line);
	line_say(line,
		 "Enter goes on. Other words: next, previous, go %zu, list, wrong, "
		 "flagged, unsure, search, drill, report, help, quit.",
		 sitting->session->count < 12 ? sitting->session->count : 12);
}

static void prompt(struct line *line)
{
	const struct review *review = line->sitting->review;
	size_t count = line->sitting->session->count;

	if (line->reporting)
		fputs("What is wrong> ", line->out);
	else if (review->count < count && review->listed[current(line)])
		fprintf(line->out, "%zu of %zu, listed %zu of %zu> ", current(line) + 1,
			count, review_rank(review, current(line)), review->count);
	else
		fprintf(line->out, "%zu of %zu> ", current(line) + 1, count);
	if (!ui_flush(line->out, &line->end))
		line->over = true;
}

enum ui_end line_walk(struct line *line)
{
	struct buf text = BUF_INIT;

	ui_review_begin(line->sitting);
	welcome(line);
	show(line);
	while (!line->over) {
		enum input_got got = INPUT_END;

		prompt(line);
		if (!line->over)
			got = input_line(&line->input, -1, &text);
		if (got == INPUT_LINE) {
			take_line(line, text.data);
		} else if (got == INPUT_LONG) {
			line_say(line, "That line is too long.");
		} else if (!line->over) {
			line->end = got == INPUT_SIGNAL ? UI_SIGNAL : UI_GONE;
			line->over = true;
		}
	}
	if (line->end == UI_GONE && !ferror(line->out))
		fputc('\n', line->out);
	fflush(line->out);
	buf_release(&text);
	input_end(&line->input);
	return line->end;
}
