#include "priv.h"

#include <math.h>
#include <string.h>

#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/clock.h"
#include "proctor/err.h"
#include "proctor/markup.h"
#include "proctor/text.h"

const char *const words_confidence[] = {
	[CONFIDENCE_NONE] = NULL,
	[CONFIDENCE_GUESS] = "guess",
	[CONFIDENCE_UNSURE] = "unsure",
	[CONFIDENCE_SURE] = "sure",
};
const char *const words_change[] = {
	[SCORE_UNCHANGED] = "none",
	[SCORE_RIGHT_TO_WRONG] = "right-to-wrong",
	[SCORE_WRONG_TO_RIGHT] = "wrong-to-right",
	[SCORE_WRONG_TO_WRONG] = "wrong-to-wrong",
};

const char *words_plural(int64_t count)
{
	return count == 1 ? "" : "s";
}

bool words_is_drill(const struct report *report)
{
	return strcmp(report->session->kind, "drill") == 0;
}

const char *words_duration(struct arena *arena, int64_t ms)
{
	long long seconds = ms / 1000;

	if (seconds < 3600)
		return arena_printf(arena, "%lld:%02lld", seconds / 60, seconds % 60);
	return arena_printf(arena, "%lld:%02lld:%02lld", seconds / 3600,
			    seconds / 60 % 60, seconds % 60);
}

const char *words_when(struct arena *arena, int64_t real_ms)
{
	char stamp[CLOCK_STAMP_SIZE];
	const char *time;

	clock_stamp(real_ms, stamp);
	time = strchr(stamp, 'T');
	if (!time)
		return "at an unknown time";
	return arena_printf(arena, "%.*s %.5s UTC", (int)(time - stamp), stamp, time + 1);
}

const char *words_state(struct arena *arena, const struct score_row *row)
{
	static const char *const words[SCORE_STATES] = {
		[SCORE_NOT_ASKED] = "not asked",
		[SCORE_ABOVE_PASS] = "likely above pass level",
		[SCORE_BELOW_PASS] = "likely below pass level",
		[SCORE_BELOW_OTHERS] = "below your others",
	};

	if (row->state != SCORE_OPEN)
		return words[row->state];
	if (row->more > SCORE_MORE_MAX)
		return arena_printf(
			arena, "not enough evidence yet: more than %d questions more",
			SCORE_MORE_MAX);
	return arena_printf(arena, "not enough evidence yet: %lld question%s more",
			    (long long)row->more, row->more == 1 ? "" : "s");
}

long words_estimate(const struct score_row *row)
{
	long percent = lround(100 * row->estimate);

	return percent < 1 ? 1 : percent > 99 ? 99 : percent;
}

bool words_is_topic(const char *name)
{
	return !strchr(name, ':');
}

const char *words_outcome(const struct score_item *item)
{
	if (item->right)
		return "right";
	return item->answered ? "wrong" : "open";
}

const char *words_stem(struct arena *arena, const char *stem, size_t columns)
{
	struct err err = ERR_INIT;
	struct markup markup;
	size_t len, cut = 0, width = 0;
	char *line;

	if (markup_parse(stem, strlen(stem), arena, &markup, &err))
		stem = markup_words(&markup, arena);
	len = strlen(stem);
	line = arena_copy(arena, stem, len);
	for (char *feed = line; (feed = strchr(feed, '\n'));)
		*feed = ' ';
	while (cut < len && width < columns) {
		size_t cluster = text_cluster(line + cut, len - cut);

		width += text_width(line + cut, cluster);
		cut += cluster;
	}
	if (cut == len)
		return line;
	for (size_t at = cut; at > cut / 2; at--)
		if (line[at] == ' ')
			return arena_printf(arena, "%.*s …", (int)at, line);
	return arena_printf(arena, "%.*s…", (int)cut, line);
}

const char *words_word(struct arena *arena, const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789._-:";
	struct buf quoted = BUF_INIT;
	const char *made;

	if (*text && *text != '-' && !text[strspn(text, plain)])
		return text;
	buf_char(&quoted, '\'');
	for (; *text; text++)
		if (*text == '\'')
			buf_text(&quoted, "'\\''");
		else
			buf_char(&quoted, *text);
	buf_char(&quoted, '\'');
	made = arena_copy(arena, quoted.data, quoted.len);
	buf_release(&quoted);
	return made;
}

const char *words_drill(struct arena *arena, const struct report *report,
			const struct score_row *row)
{
	return arena_printf(
		arena, "proctor drill %s %s %s", words_word(arena, report->blueprint->id),
		row->is_domain ? "--domain" : "--task", words_word(arena, row->id));
}

/* ---- Responses ---- */

static bool is_picked(const struct response *response, unsigned option)
{
	for (unsigned i = 0; i < response->count; i++)
		if (response->picks[i] == option)
			return true;
	return false;
}

static void put_letter(struct buf *out, const struct form_item *item, unsigned option)
{
	buf_printf(out, "%s%c", out->len ? ", " : "", form_letter(item, option));
}

static void put_set(struct buf *out, const struct form_item *item,
		    const struct response *response)
{
	for (unsigned i = 0; i < item->question->option_count; i++)
		if (is_picked(response, item->shown[i]))
			put_letter(out, item, item->shown[i]);
}

static void put_list(struct buf *out, const struct form_item *item,
		     const struct response *response)
{
	for (unsigned i = 0; i < response->count; i++)
		put_letter(out, item, response->picks[i]);
}

static void put_pairs(struct buf *out, const struct form_item *item,
		      const struct response *response)
{
	for (unsigned i = 0; i < response->count; i++)
		if (response->picks[i] != RESPONSE_NONE)
			buf_printf(out, "%s%u-%c", out->len ? ", " : "", i + 1,
				   form_letter(item, response->picks[i]));
}

const char *words_response(struct arena *arena, const struct form_item *item,
			   const struct response *response)
{
	static void (*const put[QUESTION_TYPES])(struct buf *, const struct form_item *,
						 const struct response *) = {
		[MULTIPLE_CHOICE] = put_set,
		[MULTIPLE_RESPONSE] = put_set,
		[ORDERING] = put_list,
		[MATCHING] = put_pairs,
	};
	struct buf letters = BUF_INIT;
	const char *made;

	put[item->question->type](&letters, item, response);
	made = arena_copy(arena, letters.data, letters.len);
	buf_release(&letters);
	return made;
}
