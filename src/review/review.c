#include "proctor/review.h"

#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/markup.h"
#include "proctor/text.h"

/* ---- What a search looks into ---- */

/* Folded, with one blank for each run of blanks and line ends. */
static void add_folded(struct buf *out, const char *text)
{
	struct buf folded = BUF_INIT;
	bool blank = true;

	text_fold(&folded, text, strlen(text));
	for (const char *at = folded.data; *at; at++) {
		bool is_blank = strchr(" \t\n", *at) != NULL;

		if (!is_blank || !blank)
			buf_char(out, is_blank ? ' ' : *at);
		blank = is_blank;
	}
	buf_release(&folded);
}

/* A piece of its own: no search finds the end of one and the beginning of the next. */
static void add_piece(struct buf *out, const char *text, bool is_markup)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct markup markup;

	if (!text)
		return;
	if (is_markup && markup_parse(text, strlen(text), &arena, &markup, &err))
		text = markup_words(&markup, &arena);
	if (text_valid(text, strlen(text)))
		add_folded(out, text);
	buf_char(out, '\n');
	arena_release(&arena);
}

static const char *words_of(const struct question *question, struct arena *arena)
{
	struct buf words = BUF_INIT;
	const char *made;

	add_piece(&words, question->id, false);
	add_piece(&words, question->stem, true);
	for (size_t i = 0; i < question->option_count; i++)
		add_piece(&words, question->options[i].text, true);
	for (size_t i = 0; i < question->prompt_count; i++)
		add_piece(&words, question->prompts[i].text, true);
	add_piece(&words, question->explanation, true);
	for (size_t i = 0; i < question->topics.count; i++)
		add_piece(&words, question->topics.at[i], false);
	for (size_t i = 0; i < question->services.count; i++)
		add_piece(&words, question->services.at[i], false);
	made = arena_copy(arena, words.data, words.len);
	buf_release(&words);
	return made;
}

/* What is searched for, in the same form; "" for none. */
static const char *fold_search(const char *search, struct arena *arena)
{
	struct buf folded = BUF_INIT;
	const char *made;

	if (search && text_valid(search, strlen(search)))
		add_folded(&folded, search);
	while (folded.len && folded.data[folded.len - 1] == ' ')
		folded.data[--folded.len] = '\0';
	made = arena_copy(arena, folded.data, folded.len);
	buf_release(&folded);
	return made;
}

static void read_words(struct review *review)
{
	const struct form *form = review->report->form;

	if (review->words)
		return;
	review->words = ARENA_ARRAY(review->arena, form->count + 1, const char *);
	for (size_t i = 0; i < form->count; i++)
		review->words[i] = words_of(form->items[i].question, review->arena);
}

/* ---- Wishes ---- */

/*
 * What a filter lists, and the sentence that tells how it came to that or to nothing:
 * "of 65 questions 21 are wrong; none of these is flagged", "no question is flagged".
 */
struct listing {
	struct review_filter filter;
	const char *needle; /* the search, folded */
	bool *listed;
	size_t count;
	struct buf told;
};

static bool is_wrong(const struct review *review, const struct listing *by, size_t item)
{
	const struct score_item *scored = &review->report->result->items[item];

	(void)by;
	return !scored->right && (scored->answered || !review->report->state->drill);
}

static bool is_flagged(const struct review *review, const struct listing *by, size_t item)
{
	(void)by;
	return review->report->state->items[item].flagged;
}

static bool is_unsure(const struct review *review, const struct listing *by, size_t item)
{
	enum confidence level = review->report->state->items[item].confidence;

	(void)by;
	return level == CONFIDENCE_GUESS || level == CONFIDENCE_UNSURE;
}

static const struct blueprint_domain *domain_of(const struct review *review, size_t item)
{
	return &review->report->blueprint
			->domains[review->report->form->items[item].domain];
}

static bool is_of_domain(const struct review *review, const struct listing *by,
			 size_t item)
{
	return strcmp(domain_of(review, item)->id, by->filter.domain) == 0;
}

static bool is_of_task(const struct review *review, const struct listing *by, size_t item)
{
	unsigned task = review->report->form->items[item].task;

	return strcmp(domain_of(review, item)->tasks[task].id, by->filter.task) == 0;
}

static bool has_text(const struct review *review, const struct listing *by, size_t item)
{
	return strstr(review->words[item], by->needle) != NULL;
}

static bool wishes_wrong(const struct review_filter *filter, const char **name)
{
	(void)name;
	return filter->wrong;
}

static bool wishes_flagged(const struct review_filter *filter, const char **name)
{
	(void)name;
	return filter->flagged;
}

static bool wishes_unsure(const struct review_filter *filter, const char **name)
{
	(void)name;
	return filter->unsure;
}

static bool wishes_domain(const struct review_filter *filter, const char **name)
{
	*name = filter->domain;
	return filter->domain != NULL;
}

static bool wishes_task(const struct review_filter *filter, const char **name)
{
	*name = filter->task;
	return filter->task != NULL;
}

static bool wishes_search(const struct review_filter *filter, const char **name)
{
	*name = filter->search;
	return filter->search[0] != '\0';
}

/* In the order in which they are told. */
static const struct wish {
	bool (*is_there)(const struct review_filter *filter, const char **name);
	bool (*takes)(const struct review *review, const struct listing *by, size_t item);
	const char *told, *one, *many, *quote;
} wishes[] = {
	{ wishes_wrong, is_wrong, "wrong", "is wrong", "are wrong", "" },
	{ wishes_flagged, is_flagged, "flagged", "is flagged", "are flagged", "" },
	{ wishes_unsure, is_unsure, "unsure", "was marked as unsure or a guess",
	  "were marked as unsure or a guess", "" },
	{ wishes_domain, is_of_domain, "of domain ", "is of domain ", "are of domain ",
	  "" },
	{ wishes_task, is_of_task, "of task ", "is of task ", "are of task ", "" },
	{ wishes_search, has_text, "with ", "has ", "have ", "\"" },
};

#define WISHES (sizeof(wishes) / sizeof(wishes[0]))

static void put_wish(struct buf *out, const struct wish *wish, const char *words,
		     const char *name)
{
	buf_printf(out, "%s%s%s%s", words, wish->quote, name, wish->quote);
}

/* ---- Setting a filter ---- */

static void keep(const struct review *review, struct listing *listing,
		 const struct wish *wish)
{
	listing->count = 0;
	for (size_t i = 0; i < review->report->form->count; i++) {
		listing->listed[i] = listing->listed[i] &&
				     wish->takes(review, listing, i);
		listing->count += listing->listed[i];
	}
}

static void tell_step(struct listing *listing, const struct wish *wish, const char *name,
		      size_t of)
{
	struct buf *told = &listing->told;

	if (!listing->count) {
		buf_text(told, told->len ? "; none of these " : "no question ");
		put_wish(told, wish, wish->one, name);
		return;
	}
	if (told->len)
		buf_printf(told, ", %zu of these ", listing->count);
	else
		buf_printf(told, "of %zu question%s %zu ", of, of == 1 ? "" : "s",
			   listing->count);
	put_wish(told, wish, listing->count == 1 ? wish->one : wish->many, name);
}

static void list(struct review *review, const struct review_filter *filter,
		 struct arena *arena, struct listing *listing)
{
	size_t of = review->report->form->count;

	*listing = (struct listing){ *filter, fold_search(filter->search, arena),
				     ARENA_ARRAY(arena, of + 1, bool), of, BUF_INIT };
	if (listing->needle[0])
		read_words(review);
	else
		listing->filter.search = "";
	memset(listing->listed, true, of * sizeof(bool));
	for (size_t i = 0; i < WISHES && listing->count; i++) {
		const char *name = "";

		if (!wishes[i].is_there(&listing->filter, &name))
			continue;
		keep(review, listing, &wishes[i]);
		tell_step(listing, &wishes[i], name, of);
	}
}

static bool check_filter(const struct blueprint *blueprint,
			 const struct review_filter *filter, struct err *err)
{
	bool domain = !filter->domain, task = !filter->task;

	if (filter->search && !text_valid(filter->search, strlen(filter->search)))
		return err_set(err, ERR_USAGE, "\"%s\" is not UTF-8: no text has it",
			       filter->search);
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *at = &blueprint->domains[d];

		domain = domain || strcmp(at->id, filter->domain) == 0;
		for (size_t t = 0; t < at->task_count; t++)
			task = task || strcmp(at->tasks[t].id, filter->task) == 0;
	}
	if (!domain)
		return err_set(err, ERR_USAGE, "%s has no domain \"%s\"", blueprint->id,
			       filter->domain);
	return task || err_set(err, ERR_USAGE, "%s has no task \"%s\"", blueprint->id,
			       filter->task);
}

void review_init(struct review *review, const struct report *report, struct arena *arena)
{
	size_t count = report->form->count;

	*review = (struct review){ .report = report, .arena = arena, .count = count };
	review->filter.search = "";
	review->listed = ARENA_ARRAY(arena, count + 1, bool);
	memset(review->listed, true, count * sizeof(bool));
}

bool review_set(struct review *review, const struct review_filter *filter,
		struct err *err)
{
	struct listing listing;
	bool ok = true;

	if (!check_filter(review->report->blueprint, filter, err))
		return false;
	list(review, filter, review->arena, &listing);
	if (listing.count || !review->report->form->count) {
		review->filter = listing.filter;
		review->filter.domain = arena_text(review->arena, filter->domain);
		review->filter.task = arena_text(review->arena, filter->task);
		review->filter.search = arena_text(review->arena, listing.filter.search);
		review->listed = listing.listed;
		review->count = listing.count;
	} else {
		ok = err_set(err, ERR_INPUT, "%s", listing.told.data);
	}
	buf_release(&listing.told);
	return ok;
}

size_t review_count(struct review *review, const struct review_filter *filter)
{
	struct arena arena = ARENA_INIT;
	struct listing listing;

	list(review, filter, &arena, &listing);
	buf_release(&listing.told);
	arena_release(&arena);
	return listing.count;
}

const char *review_told(const struct review *review, struct arena *arena)
{
	struct buf text = BUF_INIT;
	const char *made;

	for (size_t i = 0; i < WISHES; i++) {
		const char *name = "";

		if (!wishes[i].is_there(&review->filter, &name))
			continue;
		buf_text(&text, text.len ? ", " : "");
		put_wish(&text, &wishes[i], wishes[i].told, name);
	}
	made = arena_copy(arena, text.data, text.len);
	buf_release(&text);
	return made;
}

/* ---- Walking ---- */

bool review_step(const struct review *review, size_t from, int by, size_t *item)
{
	size_t count = review->report->form->count;

	while (by < 0 ? from > 0 : from + 1 < count) {
		from = by < 0 ? from - 1 : from + 1;
		if (review->listed[from]) {
			*item = from;
			return true;
		}
	}
	return false;
}

size_t review_rank(const struct review *review, size_t item)
{
	size_t rank = 0;

	for (size_t i = 0; i <= item; i++)
		rank += review->listed[i];
	return rank;
}
