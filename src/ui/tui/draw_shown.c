#include "../priv.h"
#include "draw.h"

const char *draw_verdict(const struct scene *scene, size_t item)
{
	if (!session_is_answered(scene->session, item))
		return "OPEN";
	return question_is_right(scene->form->items[item].question,
				 &scene->session->items[item].response)
		       ? "RIGHT"
		       : "WRONG";
}

/* Where the cursor can go, each with a mark of its own. */
static bool is_next_focus(const struct body *body)
{
	return body->focus == (int)body->layout->mark_count;
}

/* "> D. the option" and below it why. */
static void put_row(struct body *body, const struct feedback_row *row)
{
	struct page *page = &body->page;
	size_t first = page->count;

	page_markup(page,
		    arena_printf(page->arena, "%c %s. ", is_next_focus(body) ? '>' : ' ',
				 row->label),
		    STYLE_BOLD, row->text);
	if (row->why[0])
		page_markup(page, "     ", STYLE_PLAIN, row->why);
	body_mark(body, first, 2);
}

static void put_principle(const struct scene *scene, struct body *body)
{
	struct page *page = &body->page;
	size_t first = page->count;

	page_markup(page, "", STYLE_PLAIN,
		    feedback_principle(scene_item(scene)->question, page->arena));
	body_mark(body, first, 0);
}

static void put_references(const struct question *question, struct body *body)
{
	struct page *page = &body->page;
	size_t first = page->count + 1;

	if (!question->reference_count)
		return;
	page_blank(page);
	page_text(page, "", STYLE_PLAIN, "To read", STYLE_BOLD);
	for (size_t i = 0; i < question->reference_count; i++) {
		page_text(page, "  ", STYLE_PLAIN, question->references[i].title,
			  STYLE_PLAIN);
		page_text(page, "  ", STYLE_PLAIN, question->references[i].url,
			  STYLE_UNDERLINE);
	}
	body_mark(body, first, 0);
}

static void put_facts(const struct scene *scene, struct body *body)
{
	const char *facts[REPORT_FACTS];
	struct page *page = &body->page;
	size_t first = page->count + 1;
	size_t n = report_facts(scene->review->report, scene->session->current,
				page->arena, facts);

	page_blank(page);
	for (size_t i = 0; i < n; i++)
		page_text(page, "", STYLE_PLAIN, facts[i], STYLE_PLAIN);
	body_mark(body, first, 0);
}

/* The verdict's mark reaches to the end: as much as can be seen of all that follows it
 * comes into the window with it. */
static void put_all(const struct scene *scene, struct body *body, bool airy)
{
	const struct form_item *item = scene_item(scene);
	struct page *page = &body->page;
	struct feedback_row rows[FEEDBACK_ROWS];
	size_t n = feedback_rows(item, &scene_state(scene)->response, page->arena, rows);
	size_t verdict;

	put_stem(scene, body);
	page_blank(page);
	verdict = page->count;
	page_text(page, "", STYLE_PLAIN,
		  feedback_verdict(item, &scene_state(scene)->response, page->arena),
		  STYLE_BOLD);
	body_mark(body, verdict, 0);
	for (size_t i = 0; i < n; i++) {
		if (airy || i == 0)
			page_blank(page);
		put_row(body, &rows[i]);
	}
	page_blank(page);
	put_principle(scene, body);
	put_references(item->question, body);
	if (scene->review)
		put_facts(scene, body);
	body->layout->marks[0].last = page->count - 1;
}

void draw_shown(const struct scene *scene, struct body *body)
{
	struct page empty = body->page;

	put_all(scene, body, true);
	if (body->page.count <= body->rows)
		return;
	body->page = empty;
	body->layout->mark_count = 0;
	put_all(scene, body, false);
}
