#include <string.h>

#include "page.h"
#include "proctor/buf.h"

#define STEM_SHOWN 78 /* columns of the stem in a closed question */

/* What a question of the form is about. */
struct asked {
	size_t number; /* from 1 */
	const struct form_item *item;
	const struct question *question;
	const struct session_item *given;
	const struct score_item *scored;
	struct response key;
};

static struct asked asked_at(const struct report *report, size_t i)
{
	const struct form_item *item = &report->form->items[i];

	return (struct asked){
		.number = i + 1,
		.item = item,
		.question = item->question,
		.given = &report->state->items[i],
		.scored = &report->result->items[i],
		.key = question_key(item->question),
	};
}

static const char *colour(const struct asked *asked)
{
	return asked->scored->right ? "good" : "bad";
}

/* ---- The way to a question ---- */

static void put_links(struct page *page, bool right, const char *title)
{
	const struct result *result = page->report->result;
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		count += result->items[i].right == right;
	if (!count)
		return;
	html_element(&page->html, "h3", NULL, "%s: %zu", title, count);
	buf_printf(page->html.out, "<ul class=\"chips %s\">\n",
		   right ? "hits" : "misses");
	for (size_t i = 0; i < result->count; i++) {
		if (result->items[i].right != right)
			continue;
		buf_text(page->html.out, "<li>");
		page_link(page, i);
		buf_text(page->html.out, "</li>\n");
	}
	buf_text(page->html.out, "</ul>\n");
}

static void put_table_row(struct page *page, const struct asked *asked)
{
	const struct session_item *given = asked->given;
	const char *sure = words_confidence[given->confidence];
	const struct blueprint_domain *domain =
		&page->report->blueprint->domains[asked->item->domain];

	html_row(&page->html, NULL);
	html_cell(&page->html, "%zu", asked->number);
	html_cell(&page->html, "%s", words_outcome(asked->scored));
	html_cell(&page->html, "%s", domain->tasks[asked->item->task].id);
	html_cell(&page->html, "%s",
		  words_response(&page->arena, asked->item, &given->response));
	html_cell(&page->html, "%s",
		  words_response(&page->arena, asked->item, &asked->key));
	html_cell(&page->html, "%s", words_duration(&page->arena, given->spent_ms));
	html_cell(&page->html, "%s",
		  words_duration(&page->arena, asked->scored->expected_ms));
	html_cell(&page->html, "%s%s%s", sure ? sure : "",
		  sure && given->flagged ? ", " : "", given->flagged ? "flagged" : "");
}

static void put_table(struct page *page)
{
	static const struct html_column columns[] = {
		{ "No.", true },    { "Result", false }, { "Task", false },
		{ "Yours", false }, { "Key", false },    { "Time", true },
		{ "Share", true },  { "Marks", false },
	};

	page_details(page, "all", NULL);
	buf_text(page->html.out, "<summary>All questions in one table</summary>\n");
	html_table(
		&page->html,
		"Every question: result, task, your answer, the key, time, its share of "
		"the time, and your marks",
		columns, 8);
	for (size_t i = 0; i < page->report->form->count; i++) {
		const struct asked asked = asked_at(page->report, i);

		put_table_row(page, &asked);
	}
	html_table_end(&page->html);
	buf_text(page->html.out, "</details>\n");
}

/* ---- Options ---- */

static unsigned place_in(const struct response *response, unsigned option)
{
	for (unsigned i = 0; i < response->count; i++)
		if (response->picks[i] == option)
			return i + 1;
	return 0;
}

static void put_tag(struct page *page, bool good, const char *text)
{
	html_element(&page->html, "p", good ? "tag good" : "tag bad", "%s", text);
}

static void tag_choice(struct page *page, const struct asked *asked, unsigned option)
{
	static const char *const words[2][2] = {
		{ NULL, "Right, and not chosen" },
		{ "Your answer, and wrong", "Your answer, and right" },
	};
	bool picked = place_in(&asked->given->response, option) > 0;
	bool right = asked->question->options[option].correct;

	if (words[picked][right])
		put_tag(page, right, words[picked][right]);
}

static void tag_place(struct page *page, const struct asked *asked, unsigned option)
{
	unsigned yours = place_in(&asked->given->response, option);
	unsigned right = asked->question->options[option].position;
	const char *where = right ? arena_printf(&page->arena, "Place %u", right)
				  : "Does not belong";

	if (yours == right)
		put_tag(page, true,
			yours ? arena_printf(&page->arena, "%s, as you have it", where)
			      : where);
	else if (yours)
		put_tag(page, false,
			arena_printf(&page->arena, "%s; you have it in place %u", where,
				     yours));
	else
		put_tag(page, false,
			arena_printf(&page->arena, "%s; you left it out", where));
}

static void tag_nothing(struct page *page, const struct asked *asked, unsigned option)
{
	(void)page;
	(void)asked;
	(void)option;
}

static void put_option(struct page *page, const struct asked *asked, unsigned option)
{
	static void (*const tag[QUESTION_TYPES])(struct page *, const struct asked *,
						 unsigned) = {
		[MULTIPLE_CHOICE] = tag_choice,
		[MULTIPLE_RESPONSE] = tag_choice,
		[ORDERING] = tag_place,
		[MATCHING] = tag_nothing,
	};
	const struct option *at = &asked->question->options[option];

	buf_text(page->html.out, "<li>");
	html_markup(&page->html, at->text);
	tag[asked->question->type](page, asked, option);
	if (at->rationale && *at->rationale) {
		buf_text(page->html.out, "<div class=\"why\">");
		html_markup(&page->html, at->rationale);
		buf_text(page->html.out, "</div>");
	}
	buf_text(page->html.out, "</li>\n");
}

static void put_options(struct page *page, const struct asked *asked)
{
	buf_text(page->html.out, "<ol class=\"options\" type=\"A\">\n");
	for (size_t i = 0; i < asked->question->option_count; i++)
		put_option(page, asked, asked->item->shown[i]);
	buf_text(page->html.out, "</ol>\n");
}

/* ---- Prompts ---- */

static void put_prompt(struct page *page, const struct asked *asked, unsigned i)
{
	const struct prompt *prompt = &asked->question->prompts[i];
	const struct response *response = &asked->given->response;
	unsigned yours = i < response->count ? response->picks[i] : RESPONSE_NONE;
	char key = form_letter(asked->item, prompt->match);

	buf_text(page->html.out, "<li>");
	html_markup(&page->html, prompt->text);
	if (yours == prompt->match)
		put_tag(page, true,
			arena_printf(&page->arena, "%c, as you have it", key));
	else if (yours == RESPONSE_NONE)
		put_tag(page, false,
			arena_printf(&page->arena, "%c; you left it open", key));
	else
		put_tag(page, false,
			arena_printf(&page->arena, "%c; you have %c", key,
				     form_letter(asked->item, yours)));
	if (prompt->rationale && *prompt->rationale) {
		buf_text(page->html.out, "<div class=\"why\">");
		html_markup(&page->html, prompt->rationale);
		buf_text(page->html.out, "</div>");
	}
	buf_text(page->html.out, "</li>\n");
}

static void put_prompts(struct page *page, const struct asked *asked)
{
	if (!asked->question->prompt_count)
		return;
	buf_text(page->html.out, "<ol class=\"options\">\n");
	for (unsigned i = 0; i < asked->question->prompt_count; i++)
		put_prompt(page, asked, i);
	buf_text(page->html.out, "</ol>\n");
}

/* ---- A question ---- */

static void put_summary(struct page *page, const struct asked *asked)
{
	const struct html *html = &page->html;

	buf_printf(html->out,
		   "<summary><span class=\"number\">%zu</span> <span class=\"outcome "
		   "%s\">%s</span> "
		   "<span class=\"stem\">",
		   asked->number, colour(asked), words_outcome(asked->scored));
	html_text(&page->html,
		  words_stem(&page->arena, asked->question->stem, STEM_SHOWN));
	buf_text(html->out, "</span></summary>\n");
}

static const char *asks_for(struct page *page, const struct question *question)
{
	switch (question->type) {
	case MULTIPLE_RESPONSE:
		return arena_printf(&page->arena, "Select %u.", question->choose);
	case ORDERING:
		return arena_printf(&page->arena, "Put %u in order.", question->choose);
	case MATCHING:
		return "Match each with an option; one may serve more than once.";
	default:
		return NULL;
	}
}

static const char *or_none(const char *letters)
{
	return *letters ? letters : "none";
}

static void put_answers(struct page *page, const struct asked *asked)
{
	html_element(&page->html, "p", "answers", "Your answer: %s. Key: %s.",
		     or_none(words_response(&page->arena, asked->item,
					    &asked->given->response)),
		     or_none(words_response(&page->arena, asked->item, &asked->key)));
}

static bool is_web(const char *url)
{
	return strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0;
}

static void put_reference(struct page *page, const struct reference *reference)
{
	buf_text(page->html.out, "<li>");
	if (is_web(reference->url)) {
		buf_text(page->html.out, "<a href=\"");
		html_text(&page->html, reference->url);
		buf_text(page->html.out, "\">");
		html_text(&page->html, reference->title);
		buf_text(page->html.out, "</a>");
	} else {
		html_printf(&page->html, "%s (%s)", reference->title, reference->url);
	}
	buf_text(page->html.out, "</li>\n");
}

static void put_references(struct page *page, const struct question *question)
{
	if (!question->reference_count)
		return;
	buf_text(page->html.out, "<ul class=\"references\">\n");
	for (size_t i = 0; i < question->reference_count; i++)
		put_reference(page, &question->references[i]);
	buf_text(page->html.out, "</ul>\n");
}

/* "task 1.2, multiple-choice, medium, not scored, 1:12 (share 1:50), sure, flagged" */
static void put_about(struct page *page, const struct asked *asked)
{
	const struct blueprint_domain *domain =
		&page->report->blueprint->domains[asked->item->domain];
	const struct blueprint_task *task = &domain->tasks[asked->item->task];
	const char *sure = words_confidence[asked->given->confidence];

	buf_text(page->html.out, "<p class=\"about\">");
	html_printf(&page->html, "%s %s. %s, %s%s. Time %s, its share %s.", task->id,
		    task->title, question_type_names[asked->question->type],
		    question_difficulty_names[asked->question->difficulty],
		    asked->item->scored ? "" : ", not scored",
		    words_duration(&page->arena, asked->given->spent_ms),
		    words_duration(&page->arena, asked->scored->expected_ms));
	if (sure)
		html_printf(&page->html, " You said: %s.", sure);
	if (asked->given->flagged)
		buf_text(page->html.out, " Flagged.");
	if (asked->scored->change != SCORE_UNCHANGED)
		html_printf(&page->html, " Changed: %s.",
			    words_change[asked->scored->change]);
	html_printf(&page->html, " %s", asked->question->id);
	buf_text(page->html.out, "</p>\n");
}

static void put_question(struct page *page, const struct asked *asked)
{
	const struct question *question = asked->question;

	page_details(page, "question", arena_printf(&page->arena, "q%zu", asked->number));
	put_summary(page, asked);
	if (question->in_case)
		html_element(&page->html, "p", "soft", "Case: %s",
			     question->in_case->title);
	html_markup(&page->html, question->stem);
	page_say(page, NULL, asks_for(page, question));
	put_prompts(page, asked);
	put_options(page, asked);
	put_answers(page, asked);
	if (question->explanation && *question->explanation)
		html_markup(&page->html, question->explanation);
	if (*asked->given->note)
		html_element(&page->html, "p", "note", "Your note: %s",
			     asked->given->note);
	put_references(page, question);
	put_about(page, asked);
	buf_text(page->html.out, "</details>\n");
}

/* Before the first of its questions; they stand together. */
static void put_case(struct page *page, const struct bank_case *in_case)
{
	page_details(page, "case", NULL);
	html_element(&page->html, "summary", NULL, "Case: %s", in_case->title);
	html_markup(&page->html, in_case->text);
	buf_text(page->html.out, "</details>\n");
}

void page_questions(struct page *page)
{
	const struct form *form = page->report->form;
	const struct bank_case *last = NULL;

	if (!form->count)
		return;
	page_section(page, "questions", "The questions");
	put_links(page, false, "Missed");
	put_links(page, true, "Right");
	put_table(page);
	for (size_t i = 0; i < form->count; i++) {
		const struct asked asked = asked_at(page->report, i);

		if (asked.question->in_case && asked.question->in_case != last)
			put_case(page, asked.question->in_case);
		last = asked.question->in_case;
		put_question(page, &asked);
	}
	page_section_end(page);
}
