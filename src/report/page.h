#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "priv.h"
#include "proctor/arena.h"

/* The report as a web page, being written. */
struct page {
	struct html html;
	const struct report *report;
	struct arena arena; /* texts made on the way */
	bool expand;        /* details are open */
};

/* Its sections, in order. */
void page_score(struct page *page);
void page_weak(struct page *page);
void page_study(struct page *page);
void page_work(struct page *page);
void page_questions(struct page *page);
void page_origin(struct page *page);

/* <section> with a head; its end. */
void page_section(struct page *page, const char *id, const char *title);
void page_section_end(struct page *page);

/* A paragraph, if there is anything to say. */
void page_say(struct page *page, const char *class, const char *sentence);

/* A term and what there is to say about it, if there is, in a <dl>. */
void page_fact(struct page *page, const char *term, const char *text);

void page_details(struct page *page, const char *class, const char *id); /* <details> */

/* A link to a question of the form by its number: item + 1. */
void page_link(struct page *page, size_t item);

#endif
