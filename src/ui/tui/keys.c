#include "keys.h"

#include "draw.h"
#include "tui.h"

#define CTRL(c) ((c)&31)

/* Where the question, the list or the review is in front. */
#define MAIN (AT(QUESTION) | AT(LIST) | AT(REVIEW))
#define STRIKABLE (1u << MULTIPLE_CHOICE | 1u << MULTIPLE_RESPONSE | 1u << ORDERING)
#define MENUS (AT(REVIEW) | AT(CONFIRM) | AT(LEAVE) | AT(FILTER))
#define WRITING (AT(NOTE) | AT(ASK))
#define WALK (AT(QUESTION) | AT(LIST) | AT(FILTER))

/*
 * Letters up to L may be options, so everything else has a letter behind L or a sign.
 * The order is that of the help, and of the foot as far as there is room.
 */
/* clang-format off */
const struct binding bindings[] = {
	{ AT(QUESTION), { TUI_ENTER }, "Enter", "check", act_check, BEFORE_KEY,
	  "check the answer: the key is shown, and the answer stays as it is" },
	{ AT(QUESTION), { 's' }, "s", "how sure", act_confidence, BEFORE_KEY,
	  "say how sure you are, before you check: sure, unsure, guess, nothing" },
	{ AT(QUESTION), { TUI_ENTER }, "Enter", "go on", act_go_on, WITH_KEY,
	  "when the key is shown: to the next question, after the last one to the result" },
	{ AT(QUESTION), { ' ' }, "Space", "more", act_more, WITH_KEY,
	  "when the key is shown: the next page of it" },
	{ AT(QUESTION), { ' ' }, "Space", "more", act_more, IN_REVIEW, "the next page" },
	{ AT(QUESTION), { 'n', TUI_RIGHT, TUI_ENTER }, "n", "next", act_next, IN_REVIEW,
	  "next question that is listed (also Enter, Right)" },
	{ AT(QUESTION), { 'p', TUI_LEFT }, "p", "previous", act_previous, IN_REVIEW,
	  "the one before (also Left)" },
	{ AT(QUESTION), { 'd' }, "d", "drill", act_practise, IN_REVIEW,
	  "leave, and practise the task of this question" },
	{ AT(LIST), { TUI_ENTER, ' ' }, "Enter", "open", act_list_enter, IN_REVIEW, NULL },
	{ AT(LIST), { TUI_TAB, TUI_BACK_TAB, TUI_RIGHT, TUI_LEFT }, "Tab", "filter",
	  act_filter_next, IN_REVIEW, "all, wrong, flagged or unsure ones" },
	{ AT(QUESTION) | AT(LIST), { 'f' }, "f", "filters", act_filter, IN_REVIEW,
	  "which questions are listed: wrong, flagged, unsure, domain, task, text" },
	{ WALK, { 'w' }, "w", NULL, act_wrong, IN_REVIEW,
	  "list only what was wrong, or take that back" },
	{ WALK, { 'm' }, "m", NULL, act_flagged, IN_REVIEW, "the same for what you flagged" },
	{ WALK, { 'u' }, "u", NULL, act_unsure, IN_REVIEW,
	  "the same for what you guessed or were unsure of" },
	{ WALK, { '/' }, "/", NULL, act_search, IN_REVIEW,
	  "list only what has a text in question, options, explanation, topics or services" },
	{ AT(QUESTION), { 'r' }, "r", "report", act_mistake, IN_REVIEW,
	  "you think it is wrong: write a file for the author of the bank" },
	{ AT(QUESTION), { TUI_ANY_OPTION, TUI_BACKSPACE, 'x', 's' }, NULL, NULL, act_shown,
	  WITH_KEY, NULL },
	{ AT(QUESTION), { TUI_ANY_OPTION }, "a b c ...", NULL, act_option, ANSWERING,
	  "choose that option, or take it back; ordering: one after the other; matching: "
	  "give it to the item the cursor is on" },
	{ AT(QUESTION), { TUI_DOWN, CTRL('n') }, "Up Down", NULL, act_down, 0,
	  "to the option before or after; in text, a line" },
	{ AT(QUESTION), { TUI_UP, CTRL('p') }, NULL, NULL, act_up, 0, NULL },
	{ AT(QUESTION), { ' ' }, "Space", NULL, act_choose, ANSWERING,
	  "choose what the cursor is on, or take it back" },
	{ AT(QUESTION), { TUI_ENTER }, NULL, NULL, act_choose, NO_KEY, NULL },
	{ AT(QUESTION), { '<', TUI_SHIFT_UP }, "< >", "move", act_earlier, 1 << ORDERING | ANSWERING,
	  "ordering: move the step earlier or later" },
	{ AT(QUESTION), { '>', TUI_SHIFT_DOWN }, NULL, NULL, act_later, 1 << ORDERING | ANSWERING, NULL },
	{ AT(QUESTION), { TUI_BACKSPACE, TUI_DELETE }, "Backspace", NULL, act_clear, ANSWERING,
	  "take the answer back; matching: that of this item" },
	{ AT(QUESTION), { TUI_TAB, TUI_BACK_TAB }, "Tab", "case", act_case, WITH_CASE,
	  "to the case's text and back" },
	{ AT(QUESTION), { 'n', TUI_RIGHT }, "n", "next", act_next, SITTING,
	  "next question (also Right)" },
	{ AT(QUESTION), { 'p', TUI_LEFT }, "p", "previous", act_previous, SITTING,
	  "previous question (also Left)" },
	{ AT(QUESTION), { 'm' }, "m", "flag", act_flag, SITTING,
	  "mark it with a flag for review, or take the flag off" },
	{ AT(QUESTION), { 'x', '-' }, "x", "strike", act_strike, STRIKABLE | ANSWERING,
	  "strike out the option the cursor is on, or take that back" },
	{ AT(QUESTION) | AT(REVIEW), { 'v' }, "v", "list", act_list, 0,
	  "the list of questions" },
	{ AT(QUESTION) | AT(LIST), { 'r' }, "r", "review", act_review, SITTING,
	  "the review, where you can end" },
	{ AT(QUESTION), { 's' }, "s", NULL, act_confidence, NO_KEY,
	  "note how sure you are: sure, unsure, guess, nothing" },
	{ AT(QUESTION), { 'w' }, "w", NULL, act_note, SITTING, "write a note to this question" },
	{ AT(QUESTION) | AT(LIST), { TUI_ANY_DIGIT }, "1 2 3 ...", NULL, act_digit, 0,
	  "go to the question of that number; matching: to that item" },
	{ AT(QUESTION) | AT(LIST), { '#' }, "#", NULL, act_go, 0,
	  "go to a question by its number, in matching too" },
	{ AT(QUESTION) | AT(HELP), { TUI_PAGE_DOWN, CTRL('f') }, "PgUp PgDn", NULL,
	  act_page_down, 0, "scroll (also Ctrl-B, Ctrl-F, Home, End)" },
	{ AT(QUESTION) | AT(HELP), { TUI_PAGE_UP, CTRL('b') }, NULL, NULL, act_page_up, 0, NULL },
	{ WRITING, { TUI_PAGE_DOWN, CTRL('f') }, "PgUp PgDn", NULL, act_page_down, 0,
	  "scroll the question" },
	{ WRITING, { TUI_PAGE_UP, CTRL('b') }, NULL, NULL, act_page_up, 0, NULL },
	{ AT(QUESTION) | AT(HELP), { TUI_HOME }, NULL, NULL, act_home, 0, NULL },
	{ AT(QUESTION) | AT(HELP), { TUI_END }, NULL, NULL, act_end, 0, NULL },
	{ MAIN, { 't' }, "t", NULL, act_time, SITTING, "hide or show the time left" },
	{ MAIN, { 'z' }, "z", NULL, act_pause, SITTING,
	  "pause: the clock stands still, the question is hidden" },
	{ MAIN | AT(PAUSE), { 'q' }, "q", NULL, act_leave, SITTING,
	  "leave for now; proctor resume goes on here" },
	{ MAIN | AT(FILTER), { 'q' }, "q", NULL, act_quit, IN_REVIEW, "leave" },
	{ MAIN, { '?' }, "?", NULL, act_help, 0, "this help" },

	{ AT(LIST), { TUI_DOWN, CTRL('n') }, "Up Down", NULL, act_list_down, 0,
	  "to another question" },
	{ AT(LIST), { TUI_UP, CTRL('p') }, NULL, NULL, act_list_up, 0, NULL },
	{ AT(LIST), { TUI_PAGE_DOWN, CTRL('f') }, NULL, NULL, act_list_page_down, 0, NULL },
	{ AT(LIST), { TUI_PAGE_UP, CTRL('b') }, NULL, NULL, act_list_page_up, 0, NULL },
	{ AT(LIST), { TUI_ENTER, ' ' }, "Enter", "open", act_list_enter, SITTING, "open it" },
	{ AT(LIST), { TUI_TAB, TUI_RIGHT }, "Tab", "filter", act_list_next, SITTING,
	  "all, answered, unanswered, unseen or flagged ones" },
	{ AT(LIST), { TUI_BACK_TAB, TUI_LEFT }, NULL, NULL, act_list_previous, SITTING, NULL },
	{ AT(LIST), { 'm' }, "m", "flag", act_list_flag, SITTING, "flag it, or take the flag off" },

	{ MENUS, { TUI_DOWN, CTRL('n'), TUI_TAB }, "Up Down", NULL, act_menu_down, 0,
	  "to another choice" },
	{ MENUS, { TUI_UP, CTRL('p'), TUI_BACK_TAB }, NULL, NULL, act_menu_up, 0, NULL },
	{ MENUS, { TUI_ENTER, ' ' }, "Enter", "do it", act_menu_enter, 0,
	  "do what the cursor is on" },
	{ AT(CONFIRM) | AT(LEAVE), { 'y', 'Y' }, "y", "yes", act_yes, 0, NULL },
	{ AT(CONFIRM) | AT(LEAVE), { 'n', 'N' }, "n", "no", act_back, 0, NULL },
	{ AT(LEAVE), { 'e', 'E' }, NULL, NULL, act_end_now, 0, NULL },
	{ AT(REVIEW), { 'e' }, "e", "end", act_yes, 0,
	  "end, and see the result; you are asked once more" },
	{ AT(LIST) | MENUS, { TUI_ESCAPE }, "Esc", "back", act_back, 0,
	  "back to the question" },
	{ AT(LIST), { 'v' }, NULL, NULL, act_back, 0, NULL },
	{ AT(FILTER), { 'f' }, NULL, NULL, act_back, 0, NULL },
	{ AT(FILTER), { 'v' }, "v", "list", act_list, 0, NULL },

	{ AT(HELP), { TUI_DOWN, CTRL('n'), TUI_ENTER, ' ' }, "Up Down", "scroll", act_down, 0,
	  NULL },
	{ AT(HELP), { TUI_UP, CTRL('p') }, NULL, NULL, act_up, 0, NULL },
	{ AT(HELP), { TUI_ESCAPE, '?', 'q' }, "Esc", "back", act_back, 0, NULL },
	{ AT(PAUSE), { TUI_ENTER, ' ', 'z' }, "Enter", "go on", act_resume, 0, NULL },

	{ AT(STUCK), { 0 }, "any key", "try again", NULL, 0, NULL },
	{ AT(NOTE), { TUI_ESCAPE }, "Esc", "keep the note", act_note_end, 0,
	  "keep it and go back" },
	{ AT(ASK), { TUI_ENTER }, "Enter", "do it", act_ask_enter, 0, NULL },
	{ AT(ASK), { TUI_ESCAPE }, "Esc", "back", act_back, 0, NULL },
	{ AT(GO), { TUI_ENTER }, "Enter", "go", act_go_enter, 0, NULL },
	{ AT(GO), { TUI_ESCAPE }, "Esc", "back", act_back, 0, NULL },
};
/* clang-format on */

const size_t binding_count = sizeof(bindings) / sizeof(bindings[0]);

bool binding_exists(const struct binding *binding, const struct scene *scene)
{
	unsigned when = binding->only & WHEN;

	if (!when || scene->review)
		return !when || when & IN_REVIEW;
	return when & (scene->session->feedback ? BEFORE_KEY | WITH_KEY : NO_KEY);
}

static unsigned when_is_it(const struct scene *scene)
{
	if (scene->review)
		return IN_REVIEW;
	if (!scene->session->feedback)
		return NO_KEY;
	return scene_state(scene)->revealed ? WITH_KEY : BEFORE_KEY;
}

bool binding_serves(const struct binding *binding, const struct scene *scene)
{
	const struct question *question = scene_item(scene)->question;
	unsigned when = binding->only & WHEN, of = binding->only & ~WHEN;

	return binding->where >> scene->view->screen & 1 &&
	       (!when || when & when_is_it(scene)) &&
	       (!of || of >> question->type & 1 || (of & WITH_CASE && question->in_case));
}

static bool has_key(const struct binding *binding, int key)
{
	for (size_t i = 0; i < 4 && binding->keys[i]; i++)
		if (binding->keys[i] == key)
			return true;
	return false;
}

static const struct binding *find(const struct scene *scene, int key)
{
	for (size_t i = 0; i < binding_count; i++)
		if (has_key(&bindings[i], key) && binding_serves(&bindings[i], scene))
			return &bindings[i];
	return NULL;
}

const struct binding *keys_find(const struct scene *scene, int key)
{
	const struct binding *binding = find(scene, key);
	uint8_t option;

	if (binding)
		return binding;
	if (key >= '0' && key <= '9')
		return find(scene, TUI_ANY_DIGIT);
	if (key > ' ' && key < 127 && form_option(scene_item(scene), (char)key, &option))
		return find(scene, TUI_ANY_OPTION);
	return NULL;
}
