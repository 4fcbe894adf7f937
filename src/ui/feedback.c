#include <string.h>

#include "priv.h"

/* A feedback being made. */
struct making {
	const struct form_item *item;
	const struct response *given;
	struct response key;
	struct arena *arena;
	struct feedback_row *rows;
	size_t count;
};

/* Where an option stands in a response, from 1; 0: nowhere. */
static unsigned place_in(const struct response *response, size_t option)
{
	for (unsigned i = 0; i < response->count; i++)
		if (response->picks[i] == option)
			return i + 1;
	return 0;
}

static const char *letter(const struct making *making, size_t option)
{
	return arena_printf(making->arena, "%c", form_letter(making->item, option));
}

/* Text that begins a block of its own cannot stand behind a word. */
static bool is_block(const char *markup)
{
	static const char *const begins[] = { "```", "|", "- ", "* ", "+ ", "> ", "#" };
	size_t digits = strspn(markup, "0123456789");

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(markup, begins[i], strlen(begins[i])) == 0)
			return true;
	return digits && (markup[digits] == '.' || markup[digits] == ')');
}

/* "**mark.** markup" */
static const char *marked(struct arena *arena, const char *mark, const char *markup)
{
	const char *apart = !markup[0] ? "" : is_block(markup) ? "\n\n" : " ";

	if (!mark[0])
		return markup;
	return arena_printf(arena, "**%s.**%s%s", mark, apart, markup);
}

static void add_row(struct making *making, struct feedback_row row, const char *mark)
{
	row.why = marked(making->arena, mark, row.why);
	making->rows[making->count++] = row;
}

static void add_option(struct making *making, size_t option, const char *mark,
		       bool matters)
{
	const struct option *of = &making->item->question->options[option];

	add_row(making,
		(struct feedback_row){ letter(making, option), of->text, of->rationale,
				       matters },
		mark);
}

/* ---- Choice and response ---- */

static void add_chosen(struct making *making)
{
	static const char *const marks[2][2] = {
		{ "Wrong", "Wrong, your answer" },
		{ "Right", "Right, your answer" },
	};

	for (size_t i = 0; i < making->item->question->option_count; i++) {
		uint8_t option = making->item->shown[i];
		bool key = place_in(&making->key, option);
		bool mine = place_in(making->given, option);

		add_option(making, option, marks[key][mine], key || mine);
	}
}

/* ---- Ordering ---- */

static const char *place_mark(struct making *making, unsigned place, unsigned mine)
{
	const char *belongs = place ? arena_printf(making->arena, "Step %u", place)
				    : "Does not belong";

	if (place && place == mine)
		return arena_printf(making->arena, "%s, right", belongs);
	if (mine)
		return arena_printf(making->arena, "%s; step %u in your answer", belongs,
				    mine);
	return place ? arena_printf(making->arena, "%s; not in your answer", belongs)
		     : belongs;
}

static void add_step(struct making *making, size_t option)
{
	unsigned place = place_in(&making->key, option);
	unsigned mine = place_in(making->given, option);

	add_option(making, option, place_mark(making, place, mine), place || mine);
}

static void add_steps(struct making *making)
{
	for (size_t i = 0; i < making->key.count; i++)
		add_step(making, making->key.picks[i]);
	for (size_t i = 0; i < making->item->question->option_count; i++)
		if (!place_in(&making->key, making->item->shown[i]))
			add_step(making, making->item->shown[i]);
}

/* ---- Matching ---- */

static const char *match_mark(struct making *making, size_t prompt)
{
	uint8_t mine = prompt < making->given->count ? making->given->picks[prompt]
						     : RESPONSE_NONE;
	const char *key = letter(making, making->key.picks[prompt]);

	if (mine == making->key.picks[prompt])
		return arena_printf(making->arena, "%s, right", key);
	if (mine == RESPONSE_NONE)
		return arena_printf(making->arena, "%s; none in your answer", key);
	return arena_printf(making->arena, "%s; %s in your answer, wrong", key,
			    letter(making, mine));
}

static void add_matches(struct making *making)
{
	const struct question *question = making->item->question;

	for (size_t i = 0; i < question->prompt_count; i++)
		add_row(making,
			(struct feedback_row){ arena_printf(making->arena, "%zu", i + 1),
					       question->prompts[i].text,
					       question->prompts[i].rationale, true },
			match_mark(making, i));
	for (size_t i = 0; i < question->option_count; i++) {
		uint8_t option = making->item->shown[i];
		bool key = place_in(&making->key, option);

		add_option(making, option, key ? "" : "Matches nothing", true);
	}
}

/* ---- All types ---- */

size_t feedback_rows(const struct form_item *item, const struct response *response,
		     struct arena *arena, struct feedback_row rows[FEEDBACK_ROWS])
{
	static void (*const adds[QUESTION_TYPES])(struct making *) = {
		[MULTIPLE_CHOICE] = add_chosen,
		[MULTIPLE_RESPONSE] = add_chosen,
		[ORDERING] = add_steps,
		[MATCHING] = add_matches,
	};
	struct making making = { item,  response, question_key(item->question),
				 arena, rows,     0 };

	adds[item->question->type](&making);
	return making.count;
}

static unsigned given(const struct response *response)
{
	unsigned n = 0;

	for (unsigned i = 0; i < response->count; i++)
		n += response->picks[i] != RESPONSE_NONE;
	return n;
}

const char *feedback_verdict(const struct form_item *item,
			     const struct response *response, struct arena *arena)
{
	struct response key = question_key(item->question);
	bool right = question_is_right(item->question, response);
	struct buf text = BUF_INIT;
	const char *made;

	buf_text(&text, right                                       ? "Right."
			: given(response) == item->question->choose ? "Wrong."
			: response->count                           ? "Not complete."
								    : "Not answered.");
	if (response->count) {
		buf_text(&text, " Your answer: ");
		letters_write(item, response, &text);
		buf_char(&text, '.');
	}
	if (!right) {
		buf_text(&text, " Right: ");
		letters_write(item, &key, &text);
		buf_char(&text, '.');
	}
	made = arena_text(arena, text.data);
	buf_release(&text);
	return made;
}

const char *feedback_principle(const struct question *question, struct arena *arena)
{
	return marked(arena, "Principle", question->explanation);
}

bool feedback_next(const struct session *session, size_t *item)
{
	for (size_t i = 1; i <= session->count; i++) {
		size_t at = (session->current + i) % session->count;

		if (!session->items[at].revealed) {
			*item = at;
			return true;
		}
	}
	return false;
}
