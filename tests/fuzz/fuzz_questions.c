/* Whatever a question file says: refused with its place, or questions that hold together.
 */
#include <string.h>

#include "../../src/bank/priv.h"
#include "fuzz_crypto.h"

/* The key is a response like any other: it is right, and comes back as it was written. */
static void check_key(const struct question *question)
{
	struct response key = question_key(question), again;
	struct buf text = BUF_INIT;
	struct err err = ERR_INIT;

	promise(question_is_right(question, &key));
	response_write(question, &key, &text);
	promise(response_read(question, text.data, &again, &err));
	promise(again.count == key.count &&
		memcmp(again.picks, key.picks, key.count) == 0);
	buf_release(&text);
}

static void check_question(const struct question *question)
{
	promise(slug_is(question->id) && question->type < QUESTION_TYPES);
	promise(question->option_count <= BANK_OPTIONS_MAX);
	promise(question->prompt_count <= BANK_PROMPTS_MAX);
	promise((question->type == MATCHING) == (question->prompt_count > 0));
	for (size_t i = 0; i < question->prompt_count; i++)
		promise(question->prompts[i].match < question->option_count);
	for (size_t i = 0; i < question->option_count; i++)
		promise(question->options[i].position <= question->option_count);
	check_key(question);
}

/* What a session stores of it is read back as the same. */
static void check_stored(const struct question *question)
{
	struct arena arena = ARENA_INIT;
	struct buf text = BUF_INIT, again = BUF_INIT;
	struct json_out out = JSON_OUT(&text, true), out_again = JSON_OUT(&again, true);
	struct json_doc *doc = NULL;
	struct question read;
	const char *case_id;
	struct err err = ERR_INIT;

	question_write(question, &out);
	promise(json_open("stored", text.data, text.len, &json_limits_file, &doc, &err));
	promise(question_read(doc, json_root(doc), &arena, &read, &case_id, &err));
	promise(!case_id == !question->in_case);
	read.in_case = question->in_case;
	question_write(&read, &out_again);
	promise(strcmp(text.data, again.data) == 0);
	json_free(doc);
	buf_release(&text);
	buf_release(&again);
	arena_release(&arena);
}

static void check_bank(const struct bank *bank)
{
	size_t objectives = 0, in_cases = 0;

	for (size_t i = 0; i < bank->count; i++) {
		const struct question *question = &bank->questions[i];

		promise(bank_find(bank, question->id) == question);
		check_question(question);
		check_stored(question);
		objectives += question->objective_count;
		in_cases += question->in_case != NULL;
	}
	promise(bank->entry_count == objectives);
	for (size_t i = 0; i < bank->case_count; i++)
		in_cases -= bank->cases[i].count;
	promise(in_cases == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bank *bank = bank_new("fuzz");
	struct reading reading = { .arena = &bank->arena };
	struct json_doc *doc = NULL;
	struct err err = ERR_INIT;

	if (json_open("questions/1.json", (const char *)data, size, &json_limits_file,
		      &doc, &err) &&
	    reading_questions(
		    &reading,
		    &(struct reading_source){ "1.json", doc, json_root(doc), "", 0, 0 },
		    &err) &&
	    reading_finish(&reading, bank, NULL, NULL, &err))
		check_bank(bank);
	else
		promise(err.kind == ERR_INPUT && err.text[0]);
	reading_release(&reading);
	json_free(doc);
	bank_free(bank);
	return 0;
}
