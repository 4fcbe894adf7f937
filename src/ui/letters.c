#include <string.h>

#include "priv.h"

static void sort_picks(struct response *response)
{
	for (size_t i = 1; i < response->count; i++)
		for (size_t k = i; k > 0 && response->picks[k] < response->picks[k - 1];
		     k--) {
			uint8_t pick = response->picks[k];

			response->picks[k] = response->picks[k - 1];
			response->picks[k - 1] = pick;
		}
}

bool letters_read(const struct form_item *item, const char *letters, size_t count,
		  struct response *response, const char **why)
{
	struct response made = { 0, { 0 } };

	for (size_t i = 0; i < count; i++) {
		if (made.count == RESPONSE_MAX) {
			*why = "more options than the question asks for";
			return false;
		}
		if (!form_option(item, letters[i], &made.picks[made.count++])) {
			*why = "there is no such option";
			return false;
		}
	}
	if (item->question->type != ORDERING)
		sort_picks(&made);
	*response = made;
	return true;
}

void pairs_begin(const struct form_item *item, struct response *response)
{
	response->count = (uint8_t)item->question->prompt_count;
	memset(response->picks, RESPONSE_NONE, sizeof(response->picks));
}

bool pairs_add(const struct form_item *item, unsigned prompt, char letter,
	       struct response *response, const char **why)
{
	if (prompt < 1 || prompt > item->question->prompt_count) {
		*why = "there is no such prompt";
		return false;
	}
	if (!form_option(item, letter, &response->picks[prompt - 1])) {
		*why = "there is no such option";
		return false;
	}
	return true;
}

void pairs_end(struct response *response)
{
	for (size_t i = 0; i < response->count; i++)
		if (response->picks[i] != RESPONSE_NONE)
			return;
	*response = (struct response){ 0, { 0 } };
}

static void write_pairs(const struct form_item *item, const struct response *response,
			struct buf *out)
{
	size_t from = out->len;

	for (size_t i = 0; i < response->count; i++)
		if (response->picks[i] != RESPONSE_NONE)
			buf_printf(out, "%s%zu%c", out->len > from ? " " : "", i + 1,
				   form_letter(item, response->picks[i]));
}

void letters_write(const struct form_item *item, const struct response *response,
		   struct buf *out)
{
	bool order = item->question->type == ORDERING;
	size_t from = out->len;

	if (item->question->type == MATCHING) {
		write_pairs(item, response, out);
		return;
	}
	for (size_t i = 0; i < item->question->option_count; i++) {
		uint8_t pick = !order                ? item->shown[i]
			       : i < response->count ? response->picks[i]
						     : RESPONSE_NONE;

		if (pick != RESPONSE_NONE &&
		    memchr(response->picks, pick, response->count))
			buf_printf(out, "%s%c", out->len > from ? " " : "",
				   form_letter(item, pick));
	}
}
