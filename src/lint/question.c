#include <string.h>

#include "places.h"
#include "proctor/markup.h"

/* ---- Questions made ready ---- */

/* What no syntax begins with; a number may be an item's. */
static bool begins_simple(const char *line)
{
	const char *at = line;

	if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
		return true;
	while (*at >= '0' && *at <= '9')
		at++;
	return at > line ? *at != '.' && *at != ')' : *at && strchr("\"'($/%@", *at);
}

/*
 * Most texts are paragraphs without any syntax: each line begins with what begins no
 * block and does not end in a blank, none has two in a row, and paragraphs have one empty
 * line between them.
 */
static bool is_simple(const char *text, size_t len, unsigned marks)
{
	if (marks & (TEXT_SYNTAX | TEXT_ODD) || !begins_simple(text) ||
	    strstr(text, "  "))
		return false;
	for (const char *at = text; (at = strchr(at, '\n')); at++) {
		if (at[-1] == ' ')
			return false;
		at += at[1] == '\n';
		if (!begins_simple(at + 1))
			return false;
	}
	return text[len - 1] != ' ';
}

/* A blank for a line's end, a line feed for a block's. */
const char *lint_simple_words(const char *text, size_t len, unsigned marks,
			      struct arena *arena)
{
	char *copy, *to;

	if (!is_simple(text, len, marks))
		return NULL;
	if (!memchr(text, '\n', len))
		return text;
	copy = to = arena_copy(arena, text, len);
	for (const char *at = copy; *at; at++) {
		bool block = at[0] == '\n' && at[1] == '\n';

		*to++ = *at == '\n' && !block ? ' ' : *at;
		at += block;
	}
	*to = '\0';
	return copy;
}

static struct passage make_passage(struct lint *lint, const char *text,
				   const struct json *value, bool with_words)
{
	struct passage passage = { .text = text, .plain = text, .value = value };
	struct arena *arena = lint->scratch;
	struct markup markup;
	const char *simple;
	struct err err = ERR_INIT;

	if (!text[0])
		return passage;
	passage.len = text_look(lint->vocabulary, text, &passage.marks);
	simple = lint_simple_words(text, passage.len, passage.marks, arena);
	if (simple)
		passage.plain = simple;
	else if (markup_parse(text, passage.len, arena, &markup, &err))
		passage.plain = markup_words(&markup, arena);
	else
		passage.fault = arena_text(arena, err.text);
	passage.size = passage.plain == text ? passage.len : strlen(passage.plain);
	if (with_words)
		passage.words = words_of(passage.plain, passage.size, lint->vocabulary,
					 arena);
	return passage;
}

static void make_options(struct lint *lint, struct lint_question *q)
{
	const struct question *question = q->question;
	const struct json *row = json_first(json_member(q->place.value, "options"));
	size_t n = question->option_count, right = 0;

	q->options = ARENA_ARRAY(lint->scratch, n, struct passage);
	q->rationales = ARENA_ARRAY(lint->scratch, n, struct passage);
	q->key = SIZE_MAX;
	for (size_t i = 0; i < n; i++, row = json_next(row)) {
		const struct option *option = &question->options[i];

		q->options[i] = make_passage(lint, option->text, json_member(row, "text"),
					     true);
		q->rationales[i] = make_passage(lint, option->rationale,
						json_member(row, "rationale"), false);
		right += option->correct;
		if (option->correct)
			q->key = i;
	}
	if (right != 1 || question->type != MULTIPLE_CHOICE)
		q->key = SIZE_MAX;
}

static void make_prompts(struct lint *lint, struct lint_question *q)
{
	const struct question *question = q->question;
	const struct json *row = json_first(json_member(q->place.value, "prompts"));
	size_t n = question->prompt_count;

	q->prompts = ARENA_ARRAY(lint->scratch, n, struct passage);
	q->prompt_rationales = ARENA_ARRAY(lint->scratch, n, struct passage);
	for (size_t i = 0; i < n; i++, row = json_next(row)) {
		const struct prompt *prompt = &question->prompts[i];

		q->prompts[i] = make_passage(lint, prompt->text, json_member(row, "text"),
					     true);
		q->prompt_rationales[i] = make_passage(
			lint, prompt->rationale, json_member(row, "rationale"), false);
	}
}

/* A word of the question's options, and where it is used. */
struct use {
	uint64_t hash; /* 0: free */
	uint16_t where;
};

/* An open table, with room for all. */
struct uses {
	struct use *at;
	size_t mask;
};

static struct use *find_use(const struct uses *uses, uint64_t hash)
{
	size_t slot = hash & uses->mask;

	while (uses->at[slot].hash && uses->at[slot].hash != hash)
		slot = (slot + 1) & uses->mask;
	return &uses->at[slot];
}

/* Which options have which words is asked by several rules: it is found out once. */
static void find_uses(struct lint *lint, struct lint_question *q)
{
	size_t n = q->question->option_count, count = 0, size = 16;
	struct uses uses;

	for (size_t i = 0; i < n; i++)
		count += q->options[i].words.count;
	while (size < 2 * count)
		size *= 2;
	uses = (struct uses){ ARENA_ARRAY(lint->scratch, size, struct use), size - 1 };
	for (size_t i = 0; i < n; i++)
		for (size_t w = 0; w < q->options[i].words.count; w++) {
			struct use *use = find_use(&uses, q->options[i].words.hashes[w]);

			use->hash = q->options[i].words.hashes[w];
			use->where = (uint16_t)(use->where | 1u << i);
		}
	for (size_t w = 0; w < q->stem.words.count; w++) {
		struct use *use = find_use(&uses, q->stem.words.hashes[w]);

		if (use->hash)
			use->where |= USED_IN_STEM;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t w = 0; w < q->options[i].words.count; w++)
			q->options[i].words.uses[w] =
				find_use(&uses, q->options[i].words.hashes[w])->where;
}

struct lint_question lint_make_question(struct lint *lint, size_t index,
					struct kept *kept)
{
	const struct bank_sheet *sheet = lint->sheet;
	struct lint_question q = { .question = &sheet->questions[index],
				   .place = { sheet->doc, sheet->values[index] },
				   .kept = kept };

	q.stem = make_passage(lint, q.question->stem, json_member(q.place.value, "stem"),
			      true);
	q.explanation = make_passage(lint, q.question->explanation,
				     json_member(q.place.value, "explanation"), false);
	kept->question = q.question;
	kept->used = ARENA_ARRAY(lint->arena, q.question->lint_ignore.count, bool);
	make_options(lint, &q);
	make_prompts(lint, &q);
	find_uses(lint, &q);
	return q;
}

/* ---- What is kept ---- */

static void keep_ignored(struct lint *lint, struct lint_question *q)
{
	const struct json *row = json_first(
		json_member(json_member(q->place.value, "lint"), "ignore"));
	size_t count = q->question->lint_ignore.count;

	q->kept->ignore_at = ARENA_ARRAY(lint->arena, count, uint32_t);
	for (size_t i = 0; i < count; i++, row = json_next(row))
		q->kept->ignore_at[i] = (uint32_t)json_offset(row ? row : q->place.value);
}

static const uint64_t *add_words(struct kept *kept, const struct words *words)
{
	uint64_t *to = kept->words + kept->word_count;

	if (words->count)
		memcpy(to, words->hashes, words->count * sizeof(*to));
	kept->word_count += words->count + 1;
	return to;
}

static void keep_words(struct lint *lint, struct lint_question *q)
{
	const struct question *question = q->question;
	size_t count = q->stem.words.count + 1;

	for (size_t i = 0; i < question->option_count; i++)
		count += q->options[i].words.count + 1;
	for (size_t i = 0; i < question->prompt_count; i++)
		count += q->prompts[i].words.count + 1;
	q->kept->words = ARENA_ARRAY(lint->arena, count, uint64_t);
	q->kept->stem_count = q->stem.words.count;
	add_words(q->kept, &q->stem.words);
	for (size_t i = 0; i < question->option_count; i++) {
		const struct words *words = &q->options[i].words;
		const uint64_t *kept = add_words(q->kept, words);

		if (i != q->key || words->count < KEY_WORDS)
			continue;
		q->kept->key_words = kept;
		q->kept->key_count = words->count;
	}
	for (size_t i = 0; i < question->prompt_count; i++)
		add_words(q->kept, &q->prompts[i].words);
}

static struct lint_spot find_spot(struct lint *lint, const struct json *value)
{
	struct lint_finding place = { .at = json_offset(value), .len = SIZE_MAX };

	lint_set_value_place(lint, value, &place);
	return (struct lint_spot){ (uint32_t)place.at, (uint32_t)place.len,
				   (uint32_t)place.line, (uint32_t)place.column,
				   (uint32_t)place.end_column };
}

void lint_keep(struct lint *lint, struct lint_question *q)
{
	const struct json *stem = q->stem.value;

	q->kept->part = lint->sheet->part;
	q->kept->within = lint->sheet->within;
	q->kept->at = (uint32_t)json_offset(q->place.value);
	q->kept->stem = find_spot(lint, stem ? stem : q->place.value);
	q->kept->index = json_index(q->place.value);
	q->kept->option_count = q->question->option_count;
	keep_ignored(lint, q);
	keep_words(lint, q);
	lint_try_tricks(q);
	lint_find_clues(lint, q);
	q->kept->key = q->key;
	if (q->kept->clue_count)
		q->kept->key_spot = find_spot(lint, q->options[q->key].value);
}
