#include <string.h>
#include <sys/stat.h>

#include "priv.h"
#include "proctor/file.h"

void ui_review_begin(struct sitting *sitting)
{
	const struct review *review = sitting->review;
	struct session *session = sitting->session;
	size_t first = 0;

	while (first + 1 < session->count && !review->listed[first])
		first++;
	session->current = first;
	for (size_t i = 0; i < session->count; i++)
		session->items[i].revealed = true;
}

bool ui_review_filter(struct sitting *sitting, const struct review_filter *filter,
		      struct err *err)
{
	const struct review *review = sitting->review;
	size_t item = sitting->session->current;

	if (!review_set(sitting->review, filter, err))
		return false;
	if (review->listed[item] || review_step(review, item, 1, &item) ||
	    review_step(review, item, -1, &item))
		sitting->session->current = item;
	return true;
}

const char *ui_review_listed(const struct review *review, struct arena *arena)
{
	const char *told = review_told(review, arena);

	if (!told[0])
		return review->count == 1
			       ? "the only question"
			       : arena_printf(arena, "all %zu questions", review->count);
	return arena_printf(arena, "%zu of %zu (%s)", review->count,
			    review->report->form->count, told);
}

/* Where it goes: into the folder or the file that is named, or here. */
static void name_file(const char *output, const char *id, struct buf *path)
{
	struct stat st;
	bool folder = output && stat(output, &st) == 0 && S_ISDIR(st.st_mode);

	if (output)
		buf_text(path, output);
	if (folder)
		buf_char(path, '/');
	if (!output || folder)
		buf_printf(path, "proctor-mistake-%s.md", id);
}

bool ui_report_mistake(const struct sitting *sitting, size_t item, const char *because,
		       struct buf *path, struct err *err)
{
	struct buf text = BUF_INIT;
	bool ok;

	if (!because[strspn(because, " \t\r\n")])
		return err_set(err, ERR_USAGE, "say what is wrong with the question");
	buf_clear(path);
	name_file(sitting->output, sitting->form->items[item].question->id, path);
	report_mistake(sitting->review->report, item, because, &text);
	ok = file_create(path->data, text.data, text.len, 0600, err);
	buf_release(&text);
	return ok;
}
