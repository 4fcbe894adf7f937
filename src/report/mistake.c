#include <string.h>

#include "priv.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/text.h"

/* A question believed wrong, told to the author of its bank. */
struct mistake {
	const struct report *report;
	const struct form_item *item;
	const struct question *question;
	struct arena arena;
	struct buf *out;
};

static void put_row(struct mistake *mistake, const char *label, const char *value)
{
	buf_printf(mistake->out, "- %s: ", label);
	md_code(mistake->out, value[0] ? value : "none");
	buf_char(mistake->out, '\n');
}

/* The response in the bank's own words, its options' ids. */
static const char *by_ids(struct mistake *mistake, const struct response *response)
{
	struct buf text = BUF_INIT;
	const char *made;

	response_write(mistake->question, response, &text);
	made = arena_copy(&mistake->arena, text.data, text.len);
	buf_release(&text);
	return made;
}

static void put_bank(struct mistake *mistake)
{
	const struct store_session *session = mistake->report->session;
	const struct blueprint *blueprint = mistake->report->blueprint;
	const struct blueprint_domain *domain =
		&blueprint->domains[mistake->item->domain];

	put_row(mistake, "bank", session->bank_id);
	put_row(mistake, "version",
		arena_printf(&mistake->arena, "%lld", (long long)session->bank_version));
	put_row(mistake, "digest (BLAKE2b-256)", session->bank_digest);
	put_row(mistake, "signed by", session->signed_by);
	put_row(mistake, "question", mistake->question->id);
	put_row(mistake, "type", question_type_names[mistake->question->type]);
	put_row(mistake, "exam", blueprint->exam);
	put_row(mistake, "task", domain->tasks[mistake->item->task].id);
	put_row(mistake, "reviewed",
		mistake->question->reviewed ? mistake->question->reviewed : "");
}

static void put_answers(struct mistake *mistake, const struct response *given)
{
	struct response key = question_key(mistake->question);

	put_row(mistake, "key of the bank, by the ids of its options",
		by_ids(mistake, &key));
	put_row(mistake, "answer of the candidate", by_ids(mistake, given));
}

/* A block of text that ends nowhere but at its own fence. */
static void put_block(struct buf *out, const char *text)
{
	struct buf safe = BUF_INIT;
	size_t run = 0, fence = 3;

	text_safe(&safe, text, strlen(text));
	for (const char *at = safe.data; *at; at++) {
		run = *at == '`' ? run + 1 : 0;
		fence = run >= fence ? run + 1 : fence;
	}
	buf_repeat(out, '`', fence);
	buf_printf(out, "text\n%s\n", safe.data);
	buf_repeat(out, '`', fence);
	buf_char(out, '\n');
	buf_release(&safe);
}

/* A candidate speaks of letters, an author of ids. */
static void put_options(struct mistake *mistake)
{
	const struct question *question = mistake->question;

	for (size_t i = 0; i < question->option_count; i++) {
		const struct option *option = &question->options[mistake->item->shown[i]];

		buf_printf(mistake->out, "- %c is ", (char)('A' + i));
		md_code(mistake->out, option->id);
		buf_text(mistake->out, ": ");
		md_text(mistake->out, words_stem(&mistake->arena, option->text, 300));
		buf_char(mistake->out, '\n');
	}
	for (size_t i = 0; i < question->prompt_count; i++) {
		buf_printf(mistake->out, "- %zu is ", i + 1);
		md_code(mistake->out, question->prompts[i].id);
		buf_text(mistake->out, ": ");
		md_text(mistake->out,
			words_stem(&mistake->arena, question->prompts[i].text, 300));
		buf_char(mistake->out, '\n');
	}
}

static void put_references(struct mistake *mistake)
{
	const struct question *question = mistake->question;

	if (!question->reference_count)
		return;
	buf_text(mistake->out, "\n## References of the question\n\n");
	for (size_t i = 0; i < question->reference_count; i++) {
		buf_text(mistake->out, "- ");
		md_text(mistake->out, question->references[i].title);
		buf_text(mistake->out, ": ");
		md_code(mistake->out, question->references[i].url);
		buf_char(mistake->out, '\n');
	}
}

void report_mistake(const struct report *report, size_t item, const char *because,
		    struct buf *out)
{
	struct mistake mistake = { report, &report->form->items[item],
				   report->form->items[item].question, ARENA_INIT, out };

	buf_text(out, "# A question that may be wrong\n\n");
	put_bank(&mistake);
	put_answers(&mistake, &report->state->items[item].response);
	buf_text(out, "\n## What the candidate thinks\n\n");
	put_block(out, because);
	buf_text(out, "\n## The question\n\n");
	put_block(out, mistake.question->stem);
	buf_text(out, "\nThe options as the candidate saw them:\n\n");
	put_options(&mistake);
	put_references(&mistake);
	arena_release(&mistake.arena);
}
