#include "advice.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "proctor/text.h"

#define LABEL 11     /* columns of a fact's label and the gap behind it */
#define TITLE_MIN 28 /* columns a title must have beside figures */
#define HANG_MAX 8   /* a title's later lines start below its first word, up to here */

const char *advice_safe(struct advice *advice, const char *text)
{
	return sheet_safe(&advice->sheet, text);
}

const char *advice_say(struct advice *advice, const char *format, ...)
{
	struct buf text = BUF_INIT;
	const char *kept;
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	kept = arena_copy(&advice->sheet.arena, text.data, text.len);
	buf_release(&text);
	return kept;
}

void advice_heading(struct advice *advice, const char *text)
{
	sheet_gap(&advice->sheet);
	sheet_paragraph(&advice->sheet, text);
}

void advice_fact(struct advice *advice, const char *label, const char *text)
{
	sheet_labelled(&advice->sheet, label, LABEL, text);
}

/* ---- Titles with figures ---- */

bool advice_is_wide(const struct advice *advice)
{
	return advice->sheet.measure >= TITLE_MIN + ADVICE_FIGURES;
}

void advice_row(struct advice *advice, const char *id, const char *title,
		const char *const *figures, size_t count)
{
	const char *text = *id ? advice_say(advice, "%s %s", id, title) : title;
	size_t width = text_width(id, strlen(id));
	size_t hang = !*id ? 0 : width + 1 < HANG_MAX ? width + 1 : HANG_MAX;

	sheet_row(&advice->sheet, text, hang,
		  advice_is_wide(advice) ? advice->sheet.measure - ADVICE_FIGURES : 0,
		  figures, count);
}

/* ---- Numbers in words ---- */

const char *advice_likely(struct advice *advice, const struct tally *tally)
{
	return advice_say(advice, "%ld-%ld %%", lround(100 * tally->low),
			  lround(100 * tally->high));
}

const char *advice_right(struct advice *advice, const struct tally *tally)
{
	return advice_say(advice, "%lld of %lld", (long long)tally->right,
			  (long long)tally->of);
}

const char *advice_chance(struct advice *advice, double p)
{
	if (p < 0.01)
		return "less than 1 %";
	if (p > 0.99)
		return "more than 99 %";
	return advice_say(advice, "about %ld %%", lround(100 * p));
}

const char *advice_items(struct advice *advice, const size_t *items, size_t count,
			 size_t most)
{
	struct buf text = BUF_INIT;
	size_t shown = count <= most ? count : most - 1;
	const char *kept;

	for (size_t i = 0; i < shown; i++)
		buf_printf(&text, "%s%zu",
			   i == 0                             ? ""
			   : i + 1 == shown && shown == count ? " and "
							      : ", ",
			   items[i] + 1);
	if (shown < count)
		buf_printf(&text, " and %zu more", count - shown);
	kept = arena_copy(&advice->sheet.arena, text.data, text.len);
	buf_release(&text);
	return kept;
}
