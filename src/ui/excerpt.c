#include <string.h>

#include "priv.h"
#include "proctor/markup.h"
#include "proctor/text.h"

const char *ui_cut(const char *text, size_t columns, struct arena *arena)
{
	size_t len = 0, width = 0;

	while (text[len]) {
		size_t cluster = text_cluster(text + len, strlen(text + len));

		width += text_width(text + len, cluster);
		if (width > columns)
			break;
		len += cluster;
	}
	while (len && text[len - 1] == ' ')
		len--;
	return arena_copy(arena, text, len);
}

const char *ui_excerpt(const char *stem, struct arena *arena)
{
	struct err err = ERR_INIT;
	struct markup markup;
	char *words;

	if (!markup_parse(stem, strlen(stem), arena, &markup, &err))
		return "";
	words = arena_text(arena, markup_words(&markup, arena));
	for (char *p = words; *p; p++)
		*p = *p == '\n' ? ' ' : *p;
	return words;
}
