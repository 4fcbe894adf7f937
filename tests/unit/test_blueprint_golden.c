#include "proctor/arena.h"
#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/trust.h"
#include "test.h"

/*
 * Forms written down once, with their seed and the digest of their bank: the same on
 * every machine, and after every change of the code.
 */
#define GOLDEN "tests/fixtures/draw/golden.txt"
#define REMEDY                                                       \
	"if that is meant: scripts/make-golden-forms BUILD >" GOLDEN \
	", and look at what differs"

struct golden {
	FILE *file;
	char line[512];
	struct arena arena;
	struct trust trust;
	struct bank *bank;
	unsigned banks, forms;
};

static bool next_line(struct golden *golden)
{
	do {
		if (!fgets(golden->line, sizeof(golden->line), golden->file))
			return false;
	} while (golden->line[0] == '#');
	golden->line[strcspn(golden->line, "\n")] = '\0';
	return true;
}

/* The rest of the line, if it begins with the word. */
static char *after(struct golden *golden, const char *word)
{
	size_t len = strlen(word);

	return strncmp(golden->line, word, len) == 0 ? golden->line + len : NULL;
}

static void open_golden_bank(struct golden *golden, char *words)
{
	struct bank_policy policy = { &golden->trust, true, "2026-11-21" };
	struct err err = ERR_INIT;
	char hex[CRYPTO_HEX_SIZE];
	char *dir = strsep(&words, " ");

	bank_free(golden->bank);
	EXPECT_OK(bank_open(dir, &policy, &golden->bank, &err), err);
	crypto_hex(&golden->bank->digest, hex);
	if (strcmp(hex, words) != 0)
		fail_msg("%s: the bank is another one than its golden forms are of "
			 "(digest "
			 "%s, not %s); " REMEDY,
			 dir, hex, words);
	golden->banks++;
}

static void tell(const struct form_item *item, struct buf *text)
{
	buf_printf(text, "%s %c ", item->question->id, item->scored ? '+' : '-');
	for (size_t o = 0; o < item->question->option_count; o++)
		buf_printf(text, "%s%s", o ? "," : "",
			   item->question->options[item->shown[o]].id);
}

static void expect_form(struct golden *golden, char *words)
{
	struct arena arena = ARENA_INIT;
	char *id = strsep(&words, " "), seed[64];
	struct draw draw = { .seed = seed };
	struct blueprint blueprint;
	struct err err = ERR_INIT;
	struct form form;

	snprintf(seed, sizeof(seed), "%s", words);
	EXPECT_OK(blueprint_find(golden->bank, id, &arena, &blueprint, &err), err);
	EXPECT_OK(blueprint_draw(&blueprint, golden->bank, &draw, &arena, &form, &err),
		  err);
	for (size_t i = 0; i < form.count; i++) {
		struct buf text = BUF_INIT;

		assert_true(next_line(golden));
		tell(&form.items[i], &text);
		if (strcmp(text.data, golden->line) != 0)
			fail_msg("%s of bank %s, seed %s: question %zu is \"%s\", not "
				 "\"%s\"; " REMEDY,
				 blueprint.id, golden->bank->id, seed, i + 1, text.data,
				 golden->line);
		buf_release(&text);
	}
	golden->forms++;
	arena_release(&arena);
}

static void golden_forms_are_drawn_again(void **state)
{
	struct golden golden = { .file = fopen(GOLDEN, "r") };
	struct err err = ERR_INIT;

	(void)state;
	assert_non_null(golden.file);
	EXPECT_OK(trust_load(&golden.trust, NULL, &golden.arena, &err), err);
	while (next_line(&golden)) {
		char *bank = after(&golden, "bank "), *form = after(&golden, "form ");

		if (bank)
			open_golden_bank(&golden, bank);
		else if (form)
			expect_form(&golden, form);
		else
			fail_msg("a line that is none: %s", golden.line);
	}
	assert_int_equal(golden.banks, 3);
	assert_int_equal(golden.forms, 18);
	fclose(golden.file);
	bank_free(golden.bank);
	arena_release(&golden.arena);
}

static int set_up(void **state)
{
	(void)state;
	crypto_start();
	return setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
}

static const struct CMUnitTest tests[] = {
	TEST(golden_forms_are_drawn_again),
};

int main(void)
{
	return cmocka_run_group_tests(tests, set_up, NULL);
}
