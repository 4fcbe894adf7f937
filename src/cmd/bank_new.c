#include <string.h>

#include "cmd.h"
#include "proctor/file.h"
#include "proctor/lint.h"
#include "proctor/text.h"

/*
 * A small bank to begin with: each type of question once, and a case. JSON has no
 * comments, so what there is to say stands in the texts, where it is read.
 */
struct template
{
	const char *path;
	const char *text; /* with @DAY@, @ID@, and the digests of the files before it */
	bool fixed; /* written as lint --fix leaves it: it has nothing to do there */
};

static const struct template templates[] = {
	{ "blueprints/example.json",
	  "{\n"
	  "  \"format\": \"proctor-blueprint/1\",\n"
	  "  \"id\": \"example\",\n"
	  "  \"exam\": \"example\",\n"
	  "  \"title\": \"Example exam\",\n"
	  "  \"status\": \"Weights are proportions; a form of one question is enough "
	  "to try it out.\",\n"
	  "  \"minutes\": 5,\n"
	  "  \"scored\": 1,\n"
	  "  \"unscored\": 0,\n"
	  "  \"scale\": {\"min\": 0, \"max\": 100, \"pass\": 70},\n"
	  "  \"types\": [\"multiple-choice\", \"multiple-response\", \"ordering\", "
	  "\"matching\"],\n"
	  "  \"domains\": [\n"
	  "    {\"id\": \"1\", \"title\": \"Writing questions\", \"weight\": 100,\n"
	  "     \"tasks\": [{\"id\": \"1.1\", \"title\": \"Write one of each "
	  "type\"}]}\n"
	  "  ]\n"
	  "}\n",
	  false },
	{ "questions/example.json",
	  "{\n"
	  "  \"format\": \"proctor-questions/1\",\n"
	  "  \"cases\": [\n"
	  "    {\n"
	  "      \"id\": \"first-bank\",\n"
	  "      \"title\": \"A first bank\",\n"
	  "      \"text\": \"A teacher writes a bank of forty questions alone, in a "
	  "month, and wants it to be used for years.\"\n"
	  "    }\n"
	  "  ],\n"
	  "  \"questions\": [\n"
	  "    {\n"
	  "      \"id\": \"one-best-answer\",\n"
	  "      \"type\": \"multiple-choice\",\n"
	  "      \"objectives\": [\"example:1.1\"],\n"
	  "      \"difficulty\": \"easy\",\n"
	  "      \"stem\": \"A reviewer says that two options of a question can both "
	  "be defended.\\n\\nWhat should its author do FIRST?\",\n"
	  "      \"options\": [\n"
	  "        {\"id\": \"a\", \"text\": \"Add a constraint that only one of them "
	  "meets\", \"correct\": true, \"rationale\": \"A constraint that decides makes "
	  "one answer the best.\"},\n"
	  "        {\"id\": \"b\", \"text\": \"Mark the question as difficult for its "
	  "readers\", \"rationale\": \"A question with two answers is not hard but "
	  "broken.\"},\n"
	  "        {\"id\": \"c\", \"text\": \"Accept whichever of them is chosen more "
	  "widely\", \"rationale\": \"Votes do not settle facts.\"}\n"
	  "      ],\n"
	  "      \"explanation\": \"Take the constraint away and another option should "
	  "win: that is what makes a test of judgement.\",\n"
	  "      \"references\": [{\"title\": \"CommonMark, which texts are written "
	  "in\", \"url\": \"https://commonmark.org/help/\"}],\n"
	  "      \"reviewed\": \"@DAY@\",\n"
	  "      \"status\": \"active\"\n"
	  "    },\n"
	  "    {\n"
	  "      \"id\": \"good-rationales\",\n"
	  "      \"type\": \"multiple-response\",\n"
	  "      \"objectives\": [\"example:1.1\"],\n"
	  "      \"difficulty\": \"medium\",\n"
	  "      \"stem\": \"Which habits make the rationale of a wrong option "
	  "useful?\",\n"
	  "      \"options\": [\n"
	  "        {\"id\": \"a\", \"text\": \"It says what exactly fails here\", "
	  "\"correct\": true, \"rationale\": \"That is what is learnt from it.\"},\n"
	  "        {\"id\": \"b\", \"text\": \"It names options by their content\", "
	  "\"correct\": true, \"rationale\": \"Letters change each time.\"},\n"
	  "        {\"id\": \"c\", \"text\": \"It repeats the words of the stem\", "
	  "\"rationale\": \"The stem is on the screen already.\"},\n"
	  "        {\"id\": \"d\", \"text\": \"It praises those who avoided it\", "
	  "\"rationale\": \"Praise explains nothing.\"},\n"
	  "        {\"id\": \"e\", \"text\": \"It promises a longer text later\", "
	  "\"rationale\": \"It is read now.\"}\n"
	  "      ],\n"
	  "      \"explanation\": \"The program itself says how many to choose, so "
	  "the stem does not.\",\n"
	  "      \"references\": [{\"title\": \"CommonMark\", \"url\": "
	  "\"https://commonmark.org/help/\"}],\n"
	  "      \"reviewed\": \"@DAY@\",\n"
	  "      \"status\": \"active\"\n"
	  "    },\n"
	  "    {\n"
	  "      \"id\": \"publish-order\",\n"
	  "      \"type\": \"ordering\",\n"
	  "      \"objectives\": [\"example:1.1\"],\n"
	  "      \"difficulty\": \"easy\",\n"
	  "      \"case\": \"first-bank\",\n"
	  "      \"stem\": \"In which order should the teacher publish it?\",\n"
	  "      \"options\": [\n"
	  "        {\"id\": \"a\", \"text\": \"Lint it\", \"position\": 1, "
	  "\"rationale\": \"What has errors is not signed.\"},\n"
	  "        {\"id\": \"b\", \"text\": \"Sign it\", \"position\": 2, "
	  "\"rationale\": \"Signing fixes every byte.\"},\n"
	  "        {\"id\": \"c\", \"text\": \"Share it\", \"position\": 3, "
	  "\"rationale\": \"Others need the signature to trust it.\"}\n"
	  "      ],\n"
	  "      \"explanation\": \"What is changed after signing must be signed "
	  "anew.\",\n"
	  "      \"references\": [{\"title\": \"minisign\", \"url\": "
	  "\"https://jedisct1.github.io/minisign/\"}],\n"
	  "      \"reviewed\": \"@DAY@\",\n"
	  "      \"status\": \"active\"\n"
	  "    },\n"
	  "    {\n"
	  "      \"id\": \"status-match\",\n"
	  "      \"type\": \"matching\",\n"
	  "      \"objectives\": [\"example:1.1\"],\n"
	  "      \"difficulty\": \"easy\",\n"
	  "      \"stem\": \"Match each question to the status that it should "
	  "have.\",\n"
	  "      \"options\": [\n"
	  "        {\"id\": \"a\", \"text\": \"Draft\"},\n"
	  "        {\"id\": \"b\", \"text\": \"Retired\"}\n"
	  "      ],\n"
	  "      \"prompts\": [\n"
	  "        {\"id\": \"1\", \"text\": \"Its key has not been looked up yet.\", "
	  "\"match\": \"a\"},\n"
	  "        {\"id\": \"2\", \"text\": \"Its service was switched off last "
	  "year.\", \"match\": \"b\"}\n"
	  "      ],\n"
	  "      \"explanation\": \"Neither is drawn; a retired one stays for old "
	  "results.\",\n"
	  "      \"references\": [{\"title\": \"CommonMark\", \"url\": "
	  "\"https://commonmark.org/help/\"}],\n"
	  "      \"reviewed\": \"@DAY@\",\n"
	  "      \"status\": \"active\"\n"
	  "    }\n"
	  "  ]\n"
	  "}\n",
	  true },
	{ "bank.json",
	  "{\n"
	  "  \"format\": \"proctor-bank/1\",\n"
	  "  \"id\": \"@ID@\",\n"
	  "  \"version\": 1,\n"
	  "  \"title\": \"An example: change this title\",\n"
	  "  \"language\": \"en\",\n"
	  "  \"license\": \"CC-BY-4.0\",\n"
	  "  \"issued\": \"@DAY@\",\n"
	  "  \"default_blueprint\": \"example\",\n"
	  "  \"blueprints\": [\n"
	  "    {\n"
	  "      \"path\": \"blueprints/example.json\",\n"
	  "      \"blake2b\": \"@BLUEPRINT@\"\n"
	  "    }\n"
	  "  ],\n"
	  "  \"questions\": [\n"
	  "    {\n"
	  "      \"path\": \"questions/example.json\",\n"
	  "      \"blake2b\": \"@QUESTIONS@\"\n"
	  "    }\n"
	  "  ]\n"
	  "}\n",
	  false },
};

/* What the marks in a template stand for. */
struct filling {
	const char *mark, *value;
};

enum { DAY, ID, BLUEPRINT, QUESTIONS, FILLINGS };

static void fill_in(const char *text, const struct filling *fillings, struct buf *out)
{
	while (*text) {
		size_t before = out->len;

		for (size_t i = 0; i < FILLINGS; i++) {
			size_t len = strlen(fillings[i].mark);

			if (strncmp(text, fillings[i].mark, len) != 0)
				continue;
			buf_text(out, fillings[i].value);
			text += len;
			break;
		}
		if (out->len == before)
			buf_char(out, *text++);
	}
}

/* The folder's name, as an id: letters, digits, and hyphens for all else. */
static const char *make_id(const char *dir, struct arena *arena)
{
	size_t len = strlen(dir), from;
	struct buf id = BUF_INIT;
	const char *made;

	while (len && dir[len - 1] == '/')
		len--;
	for (from = len; from && dir[from - 1] != '/';)
		from--;
	for (; from < len && id.len < 60; from++) {
		char c = dir[from];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_char(&id, c);
		else if (id.len && id.data[id.len - 1] != '-')
			buf_char(&id, '-');
	}
	while (id.len && id.data[id.len - 1] == '-')
		id.data[--id.len] = '\0';
	made = id.len ? arena_text(arena, id.data) : "my-bank";
	buf_release(&id);
	return made;
}

/* Writes the file, and gives back its digest for the manifest. */
static bool write_template(const struct template *template, const char *dir,
			   const struct filling *fillings, struct arena *arena,
			   const char **digest, struct err *err)
{
	const char *path = arena_printf(arena, "%s/%s", dir, template->path);
	const char *slash = strrchr(path, '/');
	char hex[CRYPTO_HEX_SIZE];
	struct digest sum;
	struct buf text = BUF_INIT, fixed = BUF_INIT;
	bool ok;

	fill_in(template->text, fillings, &text);
	if (template->fixed && lint_fix(path, text.data, text.len, &fixed)) {
		struct buf was = text;

		text = fixed;
		fixed = was;
	}
	sum = crypto_digest(text.data, text.len);
	crypto_hex(&sum, hex);
	*digest = arena_text(arena, hex);
	ok = file_make_dir(arena_copy(arena, path, (size_t)(slash - path)), err) &&
	     file_write(path, text.data, text.len, 0644, err);
	buf_release(&text);
	buf_release(&fixed);
	return ok;
}

static bool write_bank(const char *dir, struct arena *arena, struct err *err)
{
	struct filling fillings[FILLINGS] = {
		[DAY] = { "@DAY@", today(arena) },
		[ID] = { "@ID@", make_id(dir, arena) },
		[BLUEPRINT] = { "@BLUEPRINT@", "" },
		[QUESTIONS] = { "@QUESTIONS@", "" },
	};
	const char *unused;

	return write_template(&templates[0], dir, fillings, arena,
			      &fillings[BLUEPRINT].value, err) &&
	       write_template(&templates[1], dir, fillings, arena,
			      &fillings[QUESTIONS].value, err) &&
	       write_template(&templates[2], dir, fillings, arena, &unused, err);
}

static void put_next(const char *dir, struct buf *out)
{
	struct buf safe = BUF_INIT;

	text_safe_line(&safe, dir, strlen(dir));
	buf_printf(
		out,
		"%s: an example bank\n\n"
		"  proctor bank lint DIR                         what could be better\n"
		"  proctor exam --bank DIR --allow-unsigned      try it out\n"
		"  proctor bank sign DIR                         when it is done\n",
		safe.data);
	buf_release(&safe);
}

static bool run(int argc, char **argv, struct err *err)
{
	static const struct opt opts[] = { { OPT_END, 0, NULL, 0, NULL, NULL } };
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	char unused;
	int i = opt_parse(opts, argc, argv, 1, &unused, err);
	bool ok = i > 0;

	if (ok && !argv[i])
		ok = err_set(err, ERR_USAGE, "say where: proctor bank new DIR");
	if (ok && file_exists(argv[i]))
		ok = err_set(err, ERR_USAGE, "%s: exists already", argv[i]);
	ok = ok && write_bank(argv[i], &arena, err);
	if (ok) {
		put_next(argv[i], &out);
		ok = put_out(&out, err);
	}
	buf_release(&out);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_bank_new = {
	"new", run, "DIR", "write a small example bank to begin with", NULL, NULL,
};
