#include "priv.h"

/* The writing twin of question.c: what is written here is read back there. */

static void write_texts(struct json_out *out, const char *name,
			const struct json_texts *texts)
{
	json_out_array(out, name);
	for (size_t i = 0; i < texts->count; i++)
		json_out_text(out, NULL, texts->at[i]);
	json_out_end(out, ']');
}

static void write_rationale(struct json_out *out, const char *rationale)
{
	if (rationale[0])
		json_out_text(out, "rationale", rationale);
}

static void write_options(struct json_out *out, const struct question *question)
{
	json_out_array(out, "options");
	for (size_t i = 0; i < question->option_count; i++) {
		const struct option *option = &question->options[i];

		json_out_object(out, NULL);
		json_out_text(out, "id", option->id);
		json_out_text(out, "text", option->text);
		if (option->correct)
			json_out_bool(out, "correct", true);
		if (option->position)
			json_out_integer(out, "position", option->position);
		write_rationale(out, option->rationale);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void write_prompts(struct json_out *out, const struct question *question)
{
	if (!question->prompt_count)
		return;
	json_out_array(out, "prompts");
	for (size_t i = 0; i < question->prompt_count; i++) {
		const struct prompt *prompt = &question->prompts[i];

		json_out_object(out, NULL);
		json_out_text(out, "id", prompt->id);
		json_out_text(out, "text", prompt->text);
		json_out_text(out, "match", question->options[prompt->match].id);
		write_rationale(out, prompt->rationale);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

void question_write_references(const struct question *question, struct json_out *out)
{
	json_out_array(out, "references");
	for (size_t i = 0; i < question->reference_count; i++) {
		json_out_object(out, NULL);
		json_out_text(out, "title", question->references[i].title);
		json_out_text(out, "url", question->references[i].url);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void write_lint(struct json_out *out, const struct question *question)
{
	if (!question->lint_why)
		return;
	json_out_object(out, "lint");
	write_texts(out, "ignore", &question->lint_ignore);
	json_out_text(out, "why", question->lint_why);
	json_out_end(out, '}');
}

void question_write(const struct question *question, struct json_out *out)
{
	struct json_texts objectives = { question->objectives,
					 question->objective_count };

	json_out_object(out, NULL);
	json_out_text(out, "id", question->id);
	json_out_text(out, "type", question_type_names[question->type]);
	write_texts(out, "objectives", &objectives);
	json_out_text(out, "difficulty", question_difficulty_names[question->difficulty]);
	write_texts(out, "services", &question->services);
	write_texts(out, "topics", &question->topics);
	json_out_text(out, "case", question->in_case ? question->in_case->id : NULL);
	write_texts(out, "enemies", &question->enemies);
	json_out_text(out, "stem", question->stem);
	write_options(out, question);
	write_prompts(out, question);
	json_out_text(out, "explanation", question->explanation);
	question_write_references(question, out);
	if (question->reviewed[0])
		json_out_text(out, "reviewed", question->reviewed);
	json_out_text(out, "status", question_status_names[question->status]);
	write_lint(out, question);
	json_out_end(out, '}');
}

void bank_case_write(const struct bank_case *in_case, struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, "id", in_case->id);
	json_out_text(out, "title", in_case->title);
	json_out_text(out, "text", in_case->text);
	json_out_end(out, '}');
}
