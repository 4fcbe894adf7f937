#include "priv.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "proctor/buf.h"
#include "proctor/text.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* ---- Text ---- */

static const char *const escapes[] = {
	['"'] = "&quot;", ['&'] = "&amp;", ['\''] = "&#39;",
	['<'] = "&lt;",   ['>'] = "&gt;",
};

void html_escape(struct html *page, const char *text, size_t len)
{
	struct buf safe = BUF_INIT;

	text_safe(&safe, text, len);
	for (const char *at = safe.data; *at; at++) {
		unsigned char c = (unsigned char)*at;
		const char *escape = c < COUNT(escapes) ? escapes[c] : NULL;

		if (escape)
			buf_text(page->out, escape);
		else
			buf_char(page->out, *at);
	}
	buf_release(&safe);
}

void html_text(struct html *page, const char *text)
{
	if (text)
		html_escape(page, text, strlen(text));
}

static void put_args(struct html *page, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void put_args(struct html *page, const char *format, va_list args)
{
	struct buf text = BUF_INIT;

	buf_vprintf(&text, format, args);
	html_escape(page, text.data, text.len);
	buf_release(&text);
}

void html_printf(struct html *page, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_args(page, format, args);
	va_end(args);
}

static void open_tag(struct html *page, const char *name, const char *class)
{
	if (class)
		buf_printf(page->out, "<%s class=\"%s\">", name, class);
	else
		buf_printf(page->out, "<%s>", name);
}

void html_element(struct html *page, const char *name, const char *class,
		  const char *format, ...)
{
	va_list args;

	open_tag(page, name, class);
	va_start(args, format);
	put_args(page, format, args);
	va_end(args);
	buf_printf(page->out, "</%s>\n", name);
}

/* ---- The page ---- */

void html_begin(struct html *page, struct buf *out, const char *language,
		const char *title)
{
	*page = (struct html){ .out = out };
	buf_text(out, "<!DOCTYPE html>\n"
		      "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
	html_text(page, language);
	buf_text(out, "\">\n<head>\n<meta charset=\"utf-8\" />\n<title>");
	html_text(page, title);
	buf_printf(out,
		   "</title>\n"
		   "<meta name=\"viewport\" "
		   "content=\"width=device-width, initial-scale=1\" />\n"
		   "<meta name=\"color-scheme\" content=\"light dark\" />\n"
		   "<meta name=\"referrer\" content=\"no-referrer\" />\n"
		   "<meta http-equiv=\"Content-Security-Policy\" "
		   "content=\"default-src 'none'; style-src '%s'; base-uri 'none'; "
		   "form-action 'none'\" />\n"
		   "<style>%s</style>\n</head>\n<body>\n<main>\n",
		   html_style_digest, html_style);
}

void html_end(struct html *page, const char *footer)
{
	buf_text(page->out, "</main>\n<footer>\n");
	html_element(page, "p", NULL, "%s", footer);
	buf_text(page->out, "</footer>\n</body>\n</html>\n");
}

/* ---- Tables ---- */

void html_table(struct html *page, const char *caption, const struct html_column *columns,
		size_t count)
{
	page->columns = columns;
	page->column_count = count;
	page->column = 0;
	buf_printf(page->out,
		   "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
		   "aria-label=\"Table %u: ",
		   ++page->regions);
	html_text(page, caption);
	buf_text(page->out, "\">\n<table>\n<caption>");
	html_text(page, caption);
	buf_text(page->out, "</caption>\n<thead>\n<tr>");
	for (size_t i = 0; i < count; i++) {
		buf_printf(page->out, "<th scope=\"col\"%s>",
			   columns[i].number ? " class=\"n\"" : "");
		html_text(page, columns[i].title);
		buf_text(page->out, "</th>");
	}
	buf_text(page->out, "</tr>\n</thead>\n<tbody>\n");
}

static void end_row(struct html *page)
{
	if (page->column)
		buf_text(page->out, "</tr>\n");
	page->column = 0;
}

void html_row(struct html *page, const char *class)
{
	end_row(page);
	open_tag(page, "tr", class);
}

static const char *open_cell(struct html *page)
{
	const struct html_column *column = &page->columns[page->column];
	bool is_head = page->column == 0;

	assert(page->column < page->column_count);
	page->column++;
	buf_printf(page->out, "<%s%s>", is_head ? "th scope=\"row\"" : "td",
		   column->number ? " class=\"n\"" : "");
	return is_head ? "</th>" : "</td>";
}

void html_cell(struct html *page, const char *format, ...)
{
	const char *end = open_cell(page);
	va_list args;

	va_start(args, format);
	put_args(page, format, args);
	va_end(args);
	buf_text(page->out, end);
}

void html_cell_code(struct html *page, const char *text)
{
	const char *end = open_cell(page);

	buf_text(page->out, "<code>");
	html_text(page, text);
	buf_printf(page->out, "</code>%s", end);
}

void html_table_end(struct html *page)
{
	end_row(page);
	buf_text(page->out, "</tbody>\n</table>\n</div>\n");
}
