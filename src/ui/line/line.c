#include "priv.h"

/* Told once each as time runs down, minutes; never in the way of what is being typed. */
static const int64_t notices[] = { 30, 15, 5, 1 };

#define NOTICES (sizeof(notices) / sizeof(notices[0]))

static bool notice_is_due(struct line *line)
{
	return line->notices < NOTICES &&
	       sitting_remaining(line->sitting) <= notices[line->notices] * 60000;
}

/* Those that lie behind us already are not told. */
static void skip_notices(struct line *line)
{
	while (notice_is_due(line))
		line->notices++;
}

static void tell_notice(struct line *line)
{
	int64_t minutes;

	if (!notice_is_due(line))
		return;
	skip_notices(line);
	minutes = notices[line->notices - 1];
	line_say(line, "%lld minute%s left.", (long long)minutes,
		 minutes == 1 ? "" : "s");
}

/* Lets time pass. False when a new prompt is due because something was said. */
static bool pass_time(struct line *line)
{
	struct err err = ERR_INIT;

	if (sitting_tick(line->sitting, &err) == SITTING_NOT_STORED) {
		line_say(line, "\nNOT SAVED: %s.", err.text);
		line_say(line,
			 "The clock stands still. Mend it, then go on: all answers you "
			 "gave are safe.");
		return false;
	}
	if (notice_is_due(line)) {
		fputc('\n', line->out);
		tell_notice(line);
		return false;
	}
	return true;
}

static void prompt(struct line *line)
{
	const struct session *session = line->sitting->session;

	if (session->phase == PHASE_RUNNING)
		fprintf(line->out, "%zu of %zu> ", session->current + 1, session->count);
	else
		fputs("> ", line->out);
	if (!ui_flush(line->out, &line->end))
		line->over = true;
}

/* The next line typed, while time passes. */
static enum input_got next_line(struct line *line, struct buf *text)
{
	tell_notice(line);
	prompt(line);
	for (;;) {
		enum input_got got;

		if (line->sitting->session->phase == PHASE_DONE || line->over)
			return INPUT_TIME;
		got = input_line(&line->input, ui_wait_ms(line->sitting), text);
		/* The deadline comes before whatever was typed. */
		if (!pass_time(line) && got == INPUT_TIME)
			prompt(line);
		if (got != INPUT_TIME && line->sitting->session->phase != PHASE_DONE)
			return got;
	}
}

static void take(struct line *line, enum input_got got, const struct buf *text)
{
	if (got == INPUT_LINE) {
		line_command(line, text->data);
	} else if (got == INPUT_LONG) {
		line_say(line, "That line is too long.");
	} else if (got != INPUT_TIME) {
		line->end = got == INPUT_SIGNAL ? UI_SIGNAL : UI_GONE;
		line->over = true;
	}
}

static void begin(struct line *line)
{
	const struct session *session = line->sitting->session;
	bool goes_on = session->phase != PHASE_READY;

	line_welcome(line);
	skip_notices(line);
	if (session->phase == PHASE_READY &&
	    !line_do(line, (struct event){ .type = EVENT_BEGAN }, NULL)) {
		line->over = true;
		line->end = UI_NOT_BEGUN;
		return;
	}
	if (session->phase == PHASE_PAUSED)
		line_do(line, (struct event){ .type = EVENT_RESUMED }, NULL);
	/* Strict time may have run out in the absence: then no question is shown. */
	pass_time(line);
	if (session->phase != PHASE_RUNNING)
		return;
	if (goes_on) {
		line_time(line);
		fputc('\n', line->out);
	}
	line_question(line, false);
}

enum ui_end ui_line(struct sitting *sitting, const struct ui_streams *streams)
{
	struct line line = {
		.sitting = sitting,
		.out = streams->out,
		.columns = streams->columns,
		.end = UI_GONE,
	};
	struct buf text = BUF_INIT;

	input_begin(&line.input, streams);
	if (sitting->review)
		return line_walk(&line);
	begin(&line);
	while (!line.over && sitting->session->phase != PHASE_DONE)
		take(&line, next_line(&line, &text), &text);
	if (sitting->session->phase == PHASE_DONE) {
		line.end = UI_FINISHED;
		if (sitting->session->expired)
			line_say(&line,
				 "\nTime is up. The %s has ended with the answers saved "
				 "until now.",
				 sitting->about->kind);
	} else if (line.end != UI_NOT_BEGUN && !ferror(line.out)) {
		line_say(&line, "\nEverything is saved. Go on with: proctor resume %s",
			 sitting->about->id);
	}
	fflush(line.out);
	buf_release(&text);
	input_end(&line.input);
	return line.end;
}
