#include <string.h>

#include "priv.h"

/* FNV-1a: names are few, short and our own. */
static size_t hash(const char *text)
{
	uint64_t sum = 0xCBF29CE484222325;

	while (*text)
		sum = (sum ^ (uint8_t)*text++) * 0x100000001B3;
	return (size_t)(sum ^ sum >> 32);
}

/* Where the name stands, or where it belongs. */
static const char **slot_of(const struct store_names *names, const char *text)
{
	size_t at = hash(text) & (names->size - 1);

	while (names->at[at] && strcmp(names->at[at], text) != 0)
		at = (at + 1) & (names->size - 1);
	return &names->at[at];
}

static void grow(struct store_names *names)
{
	struct store_names larger = *names;

	larger.size = names->size ? 2 * names->size : 64;
	larger.at = ARENA_ARRAY(names->arena, larger.size, const char *);
	for (size_t i = 0; i < names->size; i++)
		if (names->at[i])
			*slot_of(&larger, names->at[i]) = names->at[i];
	*names = larger;
}

const char *store_name(struct store_names *names, const char *text)
{
	const char **slot;

	if (!text)
		text = "";
	if (2 * names->count >= names->size)
		grow(names);
	slot = slot_of(names, text);
	if (!*slot) {
		*slot = arena_text(names->arena, text);
		names->count++;
	}
	return *slot;
}

bool store_is_name(const struct store_names *names, const char *text)
{
	return text && names->count && *slot_of(names, text);
}
