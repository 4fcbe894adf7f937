#include <string.h>

#include "answer.h"
#include "draw.h"
#include "proctor/arena.h"

const struct form_item *scene_item(const struct scene *scene)
{
	return &scene->form->items[scene->session->current];
}

const struct session_item *scene_state(const struct scene *scene)
{
	return &scene->session->items[scene->session->current];
}

static const char *const numbers[] = { "zero", "ONE",    "TWO",   "THREE", "FOUR",
				       "FIVE", "SIX",    "SEVEN", "EIGHT", "NINE",
				       "TEN",  "ELEVEN", "TWELVE" };

static size_t given(const struct response *response)
{
	size_t n = 0;

	for (size_t i = 0; i < response->count; i++)
		n += response->picks[i] != RESPONSE_NONE;
	return n;
}

/* What is asked for, and how much of it is there. */
static void put_task(const struct scene *scene, struct page *page)
{
	static const struct {
		const char *verb, *rest, *done;
	} tasks[QUESTION_TYPES] = {
		[MULTIPLE_CHOICE] = { "Select", "", "chosen" },
		[MULTIPLE_RESPONSE] = { "Select", "", "chosen" },
		[ORDERING] = { "Put", " in order, by their letters", "placed" },
		[MATCHING] = { "Match", ", by number and letter", "matched" },
	};
	const struct question *question = scene_item(scene)->question;
	size_t n = given(&scene_state(scene)->response);
	enum question_type type = question->type;
	const char *text = arena_printf(page->arena, "%s %s%s.", tasks[type].verb,
					numbers[question->choose], tasks[type].rest);

	if (type != MULTIPLE_CHOICE)
		text = arena_printf(page->arena, "%s %zu of %u %s.", text, n,
				    question->choose, tasks[type].done);
	page_text(page, "", STYLE_PLAIN, text, STYLE_BOLD);
}

/* "> (x) A. ": focus, mark, letter. The cursor belongs into the mark. */
#define MARK_COLUMN 3

static char mark_of(const struct answer *answer, uint8_t option, bool struck)
{
	int place = answer_place(answer, option);

	if (place < 0)
		return struck ? '-' : ' ';
	return answer->item->question->type == ORDERING ? "123456789XYZ"[place] : 'x';
}

static const char *lead_of(const struct scene *scene, const struct answer *answer,
			   uint8_t option, bool focused, struct arena *arena)
{
	bool struck = scene_state(scene)->struck >> option & 1;
	bool one = answer->item->question->type == MULTIPLE_CHOICE;

	return arena_printf(arena, "%c %c%c%c %c. ", focused ? '>' : ' ', one ? '(' : '[',
			    mark_of(answer, option, struck), one ? ')' : ']',
			    form_letter(answer->item, option));
}

static void put_option(const struct scene *scene, struct page *page, const char *lead,
		       uint8_t option, unsigned style)
{
	const struct option *shown = &scene_item(scene)->question->options[option];
	const char *text = shown->text;

	if (scene_state(scene)->struck >> option & 1)
		text = arena_printf(page->arena, "\\[struck out\\] %s", text);
	page_markup(page, lead, style, text);
}

/* How much air there is between the parts of a question. */
enum air { TIGHT, NORMAL, AIRY };

static void put_options(const struct scene *scene, struct body *body, enum air air)
{
	struct answer answer = { scene_item(scene), &scene_state(scene)->response };
	struct page *page = &body->page;
	uint8_t rows[BANK_OPTIONS_MAX];
	size_t n = answer_rows(&answer, rows);

	for (size_t i = 0; i < n; i++) {
		bool focused = body->focus == (int)i;
		bool chosen = answer_place(&answer, rows[i]) >= 0;
		size_t first = page->count;

		put_option(scene, page,
			   lead_of(scene, &answer, rows[i], focused, page->arena),
			   rows[i], focused || chosen ? STYLE_BOLD : STYLE_PLAIN);
		body_mark(body, first, MARK_COLUMN);
		if (air == AIRY && i + 1 < n)
			page_blank(page);
	}
}

/* "> 1 [B] prompt", and below them the options that can be given. */
static void put_pairs(const struct scene *scene, struct body *body, enum air air)
{
	const struct form_item *item = scene_item(scene);
	const struct response *response = &scene_state(scene)->response;
	struct page *page = &body->page;

	for (size_t i = 0; i < item->question->prompt_count; i++) {
		uint8_t pick = i < response->count ? response->picks[i] : RESPONSE_NONE;
		bool focused = body->focus == (int)i;
		size_t first = page->count;

		page_markup(page,
			    arena_printf(page->arena, "%c %zu [%c] ", focused ? '>' : ' ',
					 i + 1,
					 pick == RESPONSE_NONE ? ' '
							       : form_letter(item, pick)),
			    focused || pick != RESPONSE_NONE ? STYLE_BOLD : STYLE_PLAIN,
			    item->question->prompts[i].text);
		body_mark(body, first, MARK_COLUMN + 2);
		if (air == AIRY)
			page_blank(page);
	}
	if (air == NORMAL)
		page_blank(page);
	for (size_t i = 0; i < item->question->option_count; i++)
		put_option(scene, page,
			   arena_printf(page->arena, "      %c. ", (char)('A' + i)),
			   item->shown[i], STYLE_PLAIN);
}

void put_stem(const struct scene *scene, struct body *body)
{
	const struct question *question = scene_item(scene)->question;
	struct page *page = &body->page;

	if (question->in_case && !body->layout->split) {
		page_text(page, "", STYLE_PLAIN,
			  arena_printf(page->arena, "Case: %s (Tab shows it)",
				       question->in_case->title),
			  STYLE_UNDERLINE);
		page_blank(page);
	}
	page_markup(page, "", STYLE_PLAIN, question->stem);
}

static void put_all(const struct scene *scene, struct body *body, enum air air)
{
	const struct question *question = scene_item(scene)->question;
	struct page *page = &body->page;

	put_stem(scene, body);
	if (air > TIGHT)
		page_blank(page);
	put_task(scene, page);
	if (air > TIGHT)
		page_blank(page);
	(question->type == MATCHING ? put_pairs : put_options)(scene, body, air);
}

void draw_question(const struct scene *scene, struct body *body)
{
	static const enum air tries[] = { AIRY, NORMAL, TIGHT, NORMAL };
	struct page empty = body->page;

	if (scene_state(scene)->revealed) {
		body->focus = scene->view->focus;
		draw_shown(scene, body);
		return;
	}
	/* As much air as there is room for; where it must scroll anyway, some. */
	body->focus = scene->view->focus;
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		body->page = empty;
		body->layout->mark_count = 0;
		put_all(scene, body, tries[i]);
		if (body->page.count <= body->rows)
			return;
	}
}

void draw_case(const struct scene *scene, struct page *page)
{
	const struct bank_case *in_case = scene_item(scene)->question->in_case;

	page_text(page, "", STYLE_PLAIN,
		  arena_printf(page->arena, "Case: %s", in_case->title), STYLE_BOLD);
	page_blank(page);
	page_markup(page, "", STYLE_PLAIN, in_case->text);
}
