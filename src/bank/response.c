#include <string.h>

#include "priv.h"

static struct response key_chosen(const struct question *question)
{
	struct response key = { 0, { 0 } };

	for (size_t i = 0; i < question->option_count; i++)
		if (question->options[i].correct)
			key.picks[key.count++] = (uint8_t)i;
	return key;
}

static struct response key_ordered(const struct question *question)
{
	struct response key = { 0, { 0 } };

	for (size_t i = 0; i < question->option_count; i++)
		if (question->options[i].position) {
			key.picks[question->options[i].position - 1] = (uint8_t)i;
			key.count++;
		}
	return key;
}

static struct response key_matched(const struct question *question)
{
	struct response key = { 0, { 0 } };

	for (size_t i = 0; i < question->prompt_count; i++)
		key.picks[key.count++] = (uint8_t)question->prompts[i].match;
	return key;
}

struct response question_key(const struct question *question)
{
	static struct response (*const keys[QUESTION_TYPES])(const struct question *) = {
		[MULTIPLE_CHOICE] = key_chosen,
		[MULTIPLE_RESPONSE] = key_chosen,
		[ORDERING] = key_ordered,
		[MATCHING] = key_matched,
	};

	return keys[question->type](question);
}

/*
 * A set is kept ascending, an ordering in its order, a matching by prompts: so equality
 * of lists is the whole rule for every type.
 */
bool question_is_right(const struct question *question, const struct response *response)
{
	struct response key = question_key(question);

	return key.count == response->count &&
	       memcmp(key.picks, response->picks, key.count) == 0;
}

void response_write(const struct question *question, const struct response *response,
		    struct buf *out)
{
	bool matching = question->type == MATCHING, first = true;

	for (size_t i = 0; i < response->count; i++) {
		if (response->picks[i] == RESPONSE_NONE)
			continue;
		if (!first)
			buf_char(out, ',');
		if (matching)
			buf_printf(out, "%s=", question->prompts[i].id);
		buf_text(out, question->options[response->picks[i]].id);
		first = false;
	}
}

static bool find_id(const struct question *question, const char *id, size_t len,
		    uint8_t *index)
{
	for (size_t i = 0; i < question->option_count; i++)
		if (strlen(question->options[i].id) == len &&
		    memcmp(question->options[i].id, id, len) == 0) {
			*index = (uint8_t)i;
			return true;
		}
	return false;
}

static bool find_prompt(const struct question *question, const char *id, size_t len,
			size_t *index)
{
	for (size_t i = 0; i < question->prompt_count; i++)
		if (strlen(question->prompts[i].id) == len &&
		    memcmp(question->prompts[i].id, id, len) == 0) {
			*index = i;
			return true;
		}
	return false;
}

/* One comma-separated piece into the response. */
static bool read_pick(const struct question *question, const char *piece, size_t len,
		      struct response *response)
{
	size_t at = response->count;

	if (question->type == MATCHING) {
		size_t id = strcspn(piece, "=");

		if (id >= len || !find_prompt(question, piece, id, &at))
			return false;
		piece += id + 1;
		len -= id + 1;
	} else if (at >= RESPONSE_MAX) {
		return false;
	} else {
		response->count++;
	}
	return find_id(question, piece, len, &response->picks[at]);
}

bool response_read(const struct question *question, const char *text,
		   struct response *response, struct err *err)
{
	struct response made = { 0, { 0 } };

	if (text[0] && question->type == MATCHING) {
		made.count = (uint8_t)question->prompt_count;
		memset(made.picks, RESPONSE_NONE, made.count);
	}
	for (const char *piece = text; *piece;) {
		size_t len = strcspn(piece, ",");

		if (!read_pick(question, piece, len, &made))
			return err_set(err, ERR_INPUT,
				       "\"%s\" is no response to question %s", text,
				       question->id);
		piece += len;
		if (*piece == ',' && *++piece == '\0')
			return err_set(err, ERR_INPUT, "\"%s\" ends in a comma", text);
	}
	*response = made;
	return true;
}
