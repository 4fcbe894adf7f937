#include <string.h>

#include "priv.h"

const struct question *bank_find(const struct bank *bank, const char *id)
{
	size_t low = 0, high = bank->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int side = strcmp(id, bank->questions[middle].id);

		if (side == 0)
			return &bank->questions[middle];
		if (side < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The first entry that is not before the text, of which len bytes count. With `past`, the
 * first one behind all that begin with it. */
static size_t edge(const struct bank *bank, const char *text, size_t len, bool past)
{
	size_t low = 0, high = bank->entry_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int side = strncmp(bank->entries[middle].objective, text, len);

		if (side < 0 || (past && side == 0))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct bank_entry *find(const struct bank *bank, const char *text,
				     size_t len, size_t *count)
{
	size_t from = edge(bank, text, len, false);

	*count = edge(bank, text, len, true) - from;
	return bank->entries + from;
}

const struct bank_entry *bank_find_task(const struct bank *bank, const char *objective,
					size_t *count)
{
	return find(bank, objective, strlen(objective) + 1, count);
}

const struct bank_entry *bank_find_prefix(const struct bank *bank, const char *prefix,
					  size_t *count)
{
	return find(bank, prefix, strlen(prefix), count);
}
