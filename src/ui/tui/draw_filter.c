#include <string.h>

#include "../priv.h"
#include "draw.h"

static const struct blueprint_domain *find_domain(const struct blueprint *blueprint,
						  const char *id)
{
	for (size_t d = 0; id && d < blueprint->domain_count; d++)
		if (strcmp(blueprint->domains[d].id, id) == 0)
			return &blueprint->domains[d];
	return NULL;
}

static const char *task_title(const struct blueprint *blueprint, const char *id)
{
	for (size_t d = 0; id && d < blueprint->domain_count; d++)
		for (size_t t = 0; t < blueprint->domains[d].task_count; t++)
			if (strcmp(blueprint->domains[d].tasks[t].id, id) == 0)
				return blueprint->domains[d].tasks[t].title;
	return "";
}

/* "[ ] flagged: 3": what would be listed with it, or is. */
static void put_mark(const struct scene *scene, struct body *body, enum filter_row row,
		     bool on, const char *name)
{
	struct review_filter filter = scene->review->filter;

	filter.wrong |= row == ROW_WRONG;
	filter.flagged |= row == ROW_FLAGGED;
	filter.unsure |= row == ROW_UNSURE;
	put_choice(scene, body, row,
		   arena_printf(body->page.arena, "[%c] %s: %zu", on ? 'x' : ' ', name,
				review_count(scene->review, &filter)));
}

static void put_name(const struct scene *scene, struct body *body, enum filter_row row,
		     const char *label, const char *id, const char *title)
{
	const char *text = arena_printf(body->page.arena, "    %s: %s %s", label,
					id && id[0] ? id : "any", title);

	put_choice(scene, body, row,
		   ui_cut(text, body->page.columns - 3, body->page.arena));
}

void draw_filter(const struct scene *scene, struct body *body)
{
	const struct review *review = scene->review;
	const struct review_filter *filter = &review->filter;
	const struct blueprint *blueprint = review->report->blueprint;
	const struct blueprint_domain *domain = find_domain(blueprint, filter->domain);

	page_text(&body->head, "", STYLE_PLAIN,
		  arena_printf(body->head.arena,
			       "Which questions? Listed are %zu of %zu.", review->count,
			       scene->session->count),
		  STYLE_BOLD);
	if (body->rows > FILTER_ROWS + 1)
		page_blank(&body->head);
	put_mark(scene, body, ROW_WRONG, filter->wrong, "wrong");
	put_mark(scene, body, ROW_FLAGGED, filter->flagged, "flagged");
	put_mark(scene, body, ROW_UNSURE, filter->unsure, "guessed or unsure");
	put_name(scene, body, ROW_DOMAIN, "domain", filter->domain,
		 domain ? domain->title : "");
	put_name(scene, body, ROW_TASK, "task", filter->task,
		 task_title(blueprint, filter->task));
	put_name(scene, body, ROW_SEARCH, "text", filter->search, "");
	put_choice(scene, body, ROW_ALL, "    list all questions again");
}
