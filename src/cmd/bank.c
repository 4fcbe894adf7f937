#include <limits.h>
#include <string.h>

#include "cmd.h"
#include "proctor/text.h"

struct given {
	struct bank_given bank;
	bool answers;
};

static const struct opt open_opts[] = {
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

static const struct opt show_opts[] = {
	{ OPT_FLAG, 0, "answers", offsetof(struct given, answers), NULL,
	  "show the key and the explanation as well" },
	BANK_OPTS(struct given, bank),
	{ OPT_END, 0, NULL, 0, NULL, NULL },
};

void put_line(struct buf *out, const char *label, const char *text)
{
	buf_printf(out, "%-11s ", label);
	text_safe_line(out, text, strlen(text));
	buf_char(out, '\n');
}

static void put_signer(struct buf *out, const struct bank *bank)
{
	struct buf text = BUF_INIT;

	if (bank->is_signed)
		buf_printf(&text, "%s (%s)", bank->signer.key_id, bank->signer.from);
	else
		buf_text(&text, "NOBODY: this bank is not signed");
	put_line(out, "signed by", text.data);
	buf_release(&text);
}

void put_bank(struct buf *out, const struct bank *bank)
{
	char hex[CRYPTO_HEX_SIZE];

	crypto_hex(&bank->digest, hex);
	put_line(out, "bank", bank->id);
	put_line(out, "title", bank->title);
	buf_printf(out, "%-11s %lld\n", "version", (long long)bank->version);
	put_line(out, "issued", bank->issued);
	if (bank->valid_until)
		put_line(out, "valid until", bank->valid_until);
	put_line(out, "license", bank->license);
	put_line(out, "digest", hex);
	put_signer(out, bank);
}

/* ---- list ---- */

static void list_one(const char *dir, struct opener *opener, struct buf *out)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	if (!opener_open(opener, dir, &bank, &err)) {
		buf_text(out, "refused: ");
		text_safe_line(out, err.text, strlen(err.text));
		buf_char(out, '\n');
		return;
	}
	text_safe_line(out, bank->id, strlen(bank->id));
	buf_printf(out, " %lld, %zu questions, signed by %s, in ",
		   (long long)bank->version, bank->count,
		   bank->is_signed ? bank->signer.key_id : "NOBODY");
	text_safe_line(out, dir, strlen(dir));
	buf_char(out, '\n');
	bank_free(bank);
}

static bool list(const struct given *given, char **args, struct opener *opener,
		 struct buf *out, struct err *err)
{
	struct folders folders;

	(void)args;
	if (!find_folders(given->bank.dir, opener->arena, &folders, err) ||
	    !opener_confine(opener, &folders, err))
		return false;
	for (size_t i = 0; i < folders.count; i++)
		list_one(folders.at[i], opener, out);
	return true;
}

/* ---- show ---- */

struct counts {
	size_t types[QUESTION_TYPES], all;
};

static struct counts count_task(const struct bank *bank, const char *objective)
{
	struct counts counts = { 0 };
	size_t n;
	const struct bank_entry *entry = bank_find_task(bank, objective, &n);

	for (size_t i = 0; i < n; i++) {
		const struct question *question = entry[i].question;

		if (question->status != QUESTION_ACTIVE)
			continue;
		counts.types[question->type]++;
		counts.all++;
	}
	return counts;
}

static void put_task_row(struct buf *out, const char *id, const struct counts *counts,
			 const char *title)
{
	buf_printf(out, "%-6s %5zu %7zu %9zu %9zu %9zu  ", id, counts->all,
		   counts->types[MULTIPLE_CHOICE], counts->types[MULTIPLE_RESPONSE],
		   counts->types[ORDERING], counts->types[MATCHING]);
	text_safe_line(out, title, strlen(title));
	buf_char(out, '\n');
}

static void put_blueprint(struct buf *out, const struct bank *bank,
			  const struct blueprint *blueprint, struct arena *arena)
{
	buf_char(out, '\n');
	put_line(out, "blueprint", blueprint->id);
	put_line(out, "title", blueprint->title);
	if (blueprint->status)
		put_line(out, "status", blueprint->status);
	buf_printf(out, "%-11s %lld + %lld unscored, %lld minutes\n", "form",
		   (long long)blueprint->scored, (long long)blueprint->unscored,
		   (long long)blueprint->minutes);
	buf_printf(out, "%-6s %5s %7s %9s %9s %9s  %s\n", "task", "all", "choice",
		   "response", "ordering", "matching", "title");
	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];
		struct counts sum = { 0 };
		struct buf tasks = BUF_INIT;

		for (size_t t = 0; t < domain->task_count; t++) {
			const struct blueprint_task *task = &domain->tasks[t];
			struct counts counts = count_task(
				bank,
				arena_printf(arena, "%s:%s", blueprint->exam, task->id));

			for (size_t i = 0; i < QUESTION_TYPES; i++)
				sum.types[i] += counts.types[i];
			sum.all += counts.all;
			put_task_row(&tasks, task->id, &counts, task->title);
		}
		put_task_row(out, domain->id, &sum, domain->title);
		buf_add(out, tasks.data, tasks.len);
		buf_release(&tasks);
	}
}

static void put_question(struct buf *out, const struct question *question, bool answers)
{
	struct json_out json = JSON_OUT(out, true);

	if (answers) {
		question_write(question, &json);
		buf_char(out, '\n');
		return;
	}
	put_line(out, "question", question->id);
	put_line(out, "type", question_type_names[question->type]);
	text_safe(out, question->stem, strlen(question->stem));
	buf_text(out, "\n");
	for (size_t i = 0; i < question->prompt_count; i++) {
		buf_printf(out, "%s: ", question->prompts[i].id);
		text_safe(out, question->prompts[i].text,
			  strlen(question->prompts[i].text));
		buf_char(out, '\n');
	}
	for (size_t i = 0; i < question->option_count; i++) {
		buf_printf(out, "%s. ", question->options[i].id);
		text_safe(out, question->options[i].text,
			  strlen(question->options[i].text));
		buf_char(out, '\n');
	}
}

static bool show_questions(const struct bank *bank, char **ids, bool answers,
			   struct buf *out, struct err *err)
{
	for (; *ids; ids++) {
		const struct question *question = bank_find(bank, *ids);

		if (!question)
			return err_set(err, ERR_USAGE, "%s has no question \"%s\"",
				       bank->id, *ids);
		put_question(out, question, answers);
	}
	return true;
}

static bool show(const struct given *given, char **args, struct opener *opener,
		 struct buf *out, struct err *err)
{
	struct arena *arena = opener->arena;
	struct bank *bank;
	bool ok = true;

	if (!opener_only(opener, given->bank.dir, opener_open, &bank, err))
		return false;
	if (args[0]) {
		ok = show_questions(bank, args, given->answers, out, err);
	} else {
		put_bank(out, bank);
		buf_printf(out, "%-11s %zu, and %zu cases\n", "questions", bank->count,
			   bank->case_count);
		for (size_t i = 0; ok && i < bank->blueprint_count; i++) {
			const struct bank_blueprint *held = &bank->blueprints[i];
			struct blueprint blueprint;

			ok = blueprint_read(held->name, held->text, held->len, arena,
					    &blueprint, err);
			if (ok)
				put_blueprint(out, bank, &blueprint, arena);
		}
	}
	bank_free(bank);
	return ok;
}

/* ---- The table ---- */

/* Parses, opens what banks are opened by, runs, prints: what these have in common. */
static bool run_with(const struct opt *opts, int argc, char **argv, int most,
		     bool (*run)(const struct given *, char **, struct opener *,
				 struct buf *, struct err *),
		     struct err *err)
{
	struct given given = { 0 };
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	struct opener opener;
	int i = opt_parse(opts, argc, argv, most, &given, err);
	bool ok;

	if (i < 0)
		return false;
	ok = opener_start(&opener, &given.bank, &arena, err) &&
	     run(&given, argv + i, &opener, &out, err) && put_out(&out, err);
	opener_end(&opener);
	buf_release(&out);
	arena_release(&arena);
	return ok;
}

static bool run_list(int argc, char **argv, struct err *err)
{
	return run_with(open_opts, argc, argv, 0, list, err);
}

static bool run_show(int argc, char **argv, struct err *err)
{
	return run_with(show_opts, argc, argv, INT_MAX, show, err);
}

static const struct cmd cmd_list = {
	"list",    run_list, "", "the banks that are found, and who signed them",
	open_opts, NULL,
};
static const struct cmd cmd_show = {
	"show",    run_show, "[QUESTION]...", "what a bank holds, or questions of it",
	show_opts, NULL,
};
static const struct cmd *const subs[] = {
	&cmd_list,        &cmd_show,      &cmd_bank_verify,
	&cmd_bank_lint,   &cmd_bank_new,  &cmd_bank_diff,
	&cmd_bank_draw,   &cmd_bank_sign, &cmd_bank_schema,
	&cmd_bank_forget, NULL,
};

const struct cmd cmd_bank = {
	"bank", NULL, "COMMAND", "look at, verify and sign question banks", NULL, subs,
};
