#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/buf.h"
#include "term.h"

static const struct {
	const char *name;
	int key;
} names[] = {
	{ "Up", TUI_UP },
	{ "Down", TUI_DOWN },
	{ "Left", TUI_LEFT },
	{ "Right", TUI_RIGHT },
	{ "S-Up", TUI_SHIFT_UP },
	{ "S-Down", TUI_SHIFT_DOWN },
	{ "PgUp", TUI_PAGE_UP },
	{ "PgDn", TUI_PAGE_DOWN },
	{ "Home", TUI_HOME },
	{ "End", TUI_END },
	{ "Backspace", TUI_BACKSPACE },
	{ "Delete", TUI_DELETE },
	{ "Tab", TUI_TAB },
	{ "S-Tab", TUI_BACK_TAB },
	{ "Enter", TUI_ENTER },
	{ "Escape", TUI_ESCAPE },
	{ "Space", ' ' },
	{ "Paste", TUI_PASTE },
	{ "Pasted", TUI_PASTED },
	{ "Suspend", TUI_SUSPEND },
	{ "Stopped", TUI_STOPPED },
	{ "Gone", TUI_GONE },
};

static void script_size(struct term *term, size_t *rows, size_t *columns)
{
	struct script *script = (struct script *)term;

	*rows = script->rows;
	*columns = script->columns;
}

static void script_show(struct term *term, const struct grid *grid)
{
	struct script *script = (struct script *)term;

	buf_clear(&script->shown);
	grid_write(grid, &script->shown);
}

/* A script means what it says. */
static void script_forget(struct term *term)
{
	(void)term;
}

static void script_suspend(struct term *term)
{
	struct script *script = (struct script *)term;

	if (script->pass)
		script->pass(script->self, 600000);
}

static void script_close(struct term *term)
{
	(void)term;
}

/* One character of UTF-8 that is known to be good. */
static int take_character(const char **text)
{
	static const int lead[] = { 0, 0, 0x1F, 0x0F, 0x07 };
	const unsigned char *p = (const unsigned char *)*text;
	int len = *p < 0x80 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
	int c = len == 1 ? *p : *p & lead[len];

	for (int i = 1; i < len; i++)
		c = c << 6 | (p[i] & 0x3F);
	*text += len;
	return c;
}

static int typed_key(struct script *script)
{
	int key = take_character(&script->typing);

	return key == '_' ? ' ' : key;
}

static bool pass_time(struct script *script, const char *word)
{
	char *unit;
	long n = strtol(word + 1, &unit, 10);
	long ms = strcmp(unit, "ms") == 0  ? 1
		  : strcmp(unit, "s") == 0 ? 1000
		  : strcmp(unit, "m") == 0 ? 60000
					   : 0;

	if (*word != '+' || !isdigit((unsigned char)word[1]) || !ms)
		return false;
	script->pass(script->self, n * ms);
	return true;
}

static bool resize(struct script *script, const char *word)
{
	char *end;
	unsigned long columns = strtoul(word, &end, 10), rows;

	if (!isdigit((unsigned char)*word) || *end != 'x')
		return false;
	rows = strtoul(end + 1, &end, 10);
	if (*end || !rows || !columns)
		return false;
	script->columns = columns;
	script->rows = rows;
	return true;
}

static int named(const char *word)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(word, names[i].name) == 0)
			return names[i].key;
	return TUI_NOTHING;
}

/* What a word comes to: a key, or TUI_NOTHING when something else was done. */
static int do_word(struct script *script, const char *word, const char *at)
{
	int key;

	if (strncmp(word, "save:", 5) == 0) {
		script->save(script->self, word + 5, &script->shown);
		return TUI_NOTHING;
	}
	if (strncmp(word, "type:", 5) == 0) {
		script->typing = at + 5;
		return typed_key(script);
	}
	if (pass_time(script, word))
		return TUI_NOTHING;
	if (resize(script, word))
		return TUI_RESIZED;
	key = named(word);
	if (!key) {
		key = take_character(&word);
		script->bad_words += *word != '\0';
	}
	return key;
}

static int script_read_key(struct term *term, int64_t wait_ms)
{
	struct script *script = (struct script *)term;
	char word[128];
	size_t len;

	(void)wait_ms;
	if (script->typing && !strchr(" \t\n", *script->typing))
		return typed_key(script);
	script->typing = NULL;
	script->text += strspn(script->text, " \t\n");
	len = strcspn(script->text, " \t\n");
	if (!len)
		return TUI_GONE;
	snprintf(word, sizeof(word), "%.*s", (int)len, script->text);
	script->text += len;
	return do_word(script, word, script->text - len);
}

void term_script(struct script *script)
{
	static const struct term functions = {
		script_size,   script_show,    script_read_key,
		script_forget, script_suspend, script_close,
	};

	script->term = functions;
	script->rows = 24;
	script->columns = 80;
	script->shown = (struct buf)BUF_INIT;
}

void term_script_end(struct script *script)
{
	buf_release(&script->shown);
}
