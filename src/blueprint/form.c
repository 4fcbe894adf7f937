#include "proctor/blueprint.h"

char form_letter(const struct form_item *item, size_t option)
{
	for (size_t i = 0; i < item->question->option_count; i++)
		if (item->shown[i] == option)
			return (char)('A' + i);
	return '?';
}

bool form_option(const struct form_item *item, char letter, uint8_t *option)
{
	size_t i = (size_t)((letter & ~0x20) - 'A');

	if (letter < 'A' || i >= item->question->option_count)
		return false;
	*option = item->shown[i];
	return true;
}
