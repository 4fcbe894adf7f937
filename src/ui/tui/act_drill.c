#include "../priv.h"
#include "answer.h"
#include "draw.h"
#include "tui.h"

static bool is_complete(const struct tui *tui)
{
	const struct session *session = tui->sitting->session;

	return session_is_answered(session, session->current);
}

/* The cursor is on an option that is not part of the answer. */
static bool on_another(const struct tui *tui)
{
	struct answer answer = { scene_item(&tui->scene),
				 &scene_state(&tui->scene)->response };
	uint8_t rows[BANK_OPTIONS_MAX];

	return tui->view.focus >= 0 && answer.item->question->type != MATCHING &&
	       (size_t)tui->view.focus < answer_rows(&answer, rows) &&
	       answer_place(&answer, rows[tui->view.focus]) < 0;
}

static void say_incomplete(struct tui *tui)
{
	const struct session_item *state = scene_state(&tui->scene);
	unsigned given = 0;

	for (size_t i = 0; i < state->response.count; i++)
		given += state->response.picks[i] != RESPONSE_NONE;
	tui_say(tui,
		"Not complete: %u of %u. Choose by letter, or with Space on an option.",
		given, state->question.choose);
}

static void ask_again(struct tui *tui)
{
	struct arena arena = ARENA_INIT;

	tui->view.asked = true;
	tui_say(tui, "Enter again checks %s, as it stands.",
		draw_answer(&tui->scene, tui->sitting->session->current, &arena));
	arena_release(&arena);
}

/*
 * What is shown cannot be taken back, so Enter never shows a key where it may be meant to
 * choose: on another option than the one chosen. Nor does it take anything back.
 */
void act_check(struct tui *tui, int key)
{
	enum question_type type = scene_item(&tui->scene)->question->type;
	struct event reveal = { .type = EVENT_REVEALED,
				.item = (uint32_t)tui->sitting->session->current };

	if (tui->view.in_case)
		tui->view.in_case = false;
	else if (on_another(tui) && (!is_complete(tui) || type == MULTIPLE_CHOICE))
		act_choose(tui, key);
	else if (!is_complete(tui))
		say_incomplete(tui);
	else if (on_another(tui) && !tui->view.asked)
		ask_again(tui);
	else
		tui_do(tui, reveal);
}

void act_go_on(struct tui *tui, int key)
{
	const struct session *session = tui->sitting->session;
	size_t next, from = session->current;

	(void)key;
	tui->view.walk = ALL;
	if (!feedback_next(session, &next))
		tui_do(tui, (struct event){ .type = EVENT_SUBMITTED });
	else if (tui_do(tui,
			(struct event){ .type = EVENT_MOVED, .item = (uint32_t)next }) &&
		 next < from)
		tui_say(tui, "Back to question %zu, which is still open.", next + 1);
}

void act_end_now(struct tui *tui, int key)
{
	(void)key;
	if (leave_rows(&tui->scene) == 3)
		tui_do(tui, (struct event){ .type = EVENT_SUBMITTED });
}

void act_more(struct tui *tui, int key)
{
	const struct layout *at = &tui->view.at;

	if (!tui->view.in_case && at->scroll + at->rows >= at->lines)
		tui_say(tui, "That is all of it. Enter goes on.");
	else
		act_page_down(tui, key);
}

void act_shown(struct tui *tui, int key)
{
	(void)key;
	tui_say(tui, "The key has been shown: the answer stays as it is.");
}
