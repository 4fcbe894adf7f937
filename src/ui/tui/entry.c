#include <stdio.h>

#include "tui.h"

/* What is left to say when the screen is the shell's again. */
static void say_farewell(const struct sitting *sitting, enum ui_end end, FILE *out)
{
	if (end == UI_FINISHED && sitting->session->expired)
		fprintf(out,
			"Time is up. The %s has ended with the answers saved until "
			"now.\n",
			sitting->about->kind);
	if (end == UI_QUIT || end == UI_SIGNAL)
		fprintf(out, "Everything is saved. Go on with: proctor resume %s\n",
			sitting->about->id);
}

enum ui_end ui_tui(struct sitting *sitting, const struct ui_streams *streams)
{
	struct term *term = term_curses();
	enum ui_end end;

	if (!term)
		return ui_line(sitting, streams);
	end = tui_run(sitting, term);
	term->close(term);
	if (!sitting->review)
		say_farewell(sitting, end, streams->out);
	fflush(streams->out);
	return end;
}
