#include <string.h>

#include "cmd.h"
#include "proctor/json.h"
#include "proctor/text.h"

/* What changed between two versions, in an author's words: changed keys before all. */

/* Complaints are lint's matter; here what can be read is compared. */
static void ignore_fault(void *context, const struct json_fault *fault)
{
	(void)context, (void)fault;
}

static void say(struct buf *out, const char *what, const char *id)
{
	buf_printf(out, "%-18s ", what);
	text_safe_line(out, id, strlen(id));
	buf_char(out, '\n');
}

/* The key in its stored form: option ids, so that a new order of options changes nothing.
 */
static bool same_key(const struct question *a, const struct question *b)
{
	struct response old = question_key(a), made = question_key(b);
	struct buf x = BUF_INIT, y = BUF_INIT;
	bool same;

	response_write(a, &old, &x);
	response_write(b, &made, &y);
	same = a->type == b->type && strcmp(x.data, y.data) == 0;
	buf_release(&x);
	buf_release(&y);
	return same;
}

static bool same_texts(const struct json_texts *a, const struct json_texts *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (strcmp(a->at[i], b->at[i]) != 0)
			return false;
	return true;
}

static bool same_options(const struct question *a, const struct question *b)
{
	if (a->option_count != b->option_count || a->prompt_count != b->prompt_count)
		return false;
	for (size_t i = 0; i < a->option_count; i++)
		if (strcmp(a->options[i].id, b->options[i].id) != 0 ||
		    strcmp(a->options[i].text, b->options[i].text) != 0)
			return false;
	for (size_t i = 0; i < a->prompt_count; i++)
		if (strcmp(a->prompts[i].text, b->prompts[i].text) != 0)
			return false;
	return true;
}

static bool same_reasons(const struct question *a, const struct question *b)
{
	if (strcmp(a->explanation, b->explanation) != 0 ||
	    a->option_count != b->option_count)
		return false;
	for (size_t i = 0; i < a->option_count; i++)
		if (strcmp(a->options[i].rationale, b->options[i].rationale) != 0)
			return false;
	return true;
}

static bool same_stem(const struct question *a, const struct question *b)
{
	return strcmp(a->stem, b->stem) == 0;
}

static bool same_status(const struct question *a, const struct question *b)
{
	return a->status == b->status;
}

static bool same_tasks(const struct question *a, const struct question *b)
{
	struct json_texts x = { a->objectives, a->objective_count };
	struct json_texts y = { b->objectives, b->objective_count };

	return same_texts(&x, &y);
}

static bool same_rest(const struct question *a, const struct question *b)
{
	return a->difficulty == b->difficulty && same_texts(&a->services, &b->services) &&
	       same_texts(&a->topics, &b->topics) &&
	       same_texts(&a->enemies, &b->enemies) &&
	       strcmp(a->reviewed, b->reviewed) == 0;
}

/* In the order of what matters most to somebody who relies on the bank. */
static const struct aspect {
	const char *changed;
	bool (*same)(const struct question *a, const struct question *b);
} aspects[] = {
	{ "KEY CHANGED", same_key },         { "stem changed", same_stem },
	{ "options changed", same_options }, { "status changed", same_status },
	{ "tasks changed", same_tasks },     { "reasons changed", same_reasons },
	{ "details changed", same_rest },
};

static void put_one_way(const struct bank *from, const struct bank *in, const char *what,
			struct buf *out)
{
	for (size_t i = 0; i < from->count; i++)
		if (!bank_find(in, from->questions[i].id))
			say(out, what, from->questions[i].id);
}

static void put_changes(const struct bank *a, const struct bank *b, struct buf *out)
{
	for (size_t k = 0; k < sizeof(aspects) / sizeof(*aspects); k++)
		for (size_t i = 0; i < a->count; i++) {
			const struct question *old = &a->questions[i];
			const struct question *made = bank_find(b, old->id);

			if (made && !aspects[k].same(old, made))
				say(out, aspects[k].changed, old->id);
		}
	put_one_way(a, b, "removed", out);
	put_one_way(b, a, "new", out);
}

static bool read_copy(const char *dir, const struct json_sink *sink,
		      struct bank_copy **copy, struct err *err)
{
	if (!bank_copy_open(dir, sink, copy, err))
		return false;
	for (size_t i = 0; i < (*copy)->sheet_count; i++)
		bank_copy_read(*copy, i, sink);
	bank_copy_join(*copy, sink);
	return true;
}

static bool diff(char **args, struct arena *arena, struct buf *out, struct err *err)
{
	const char *const none[] = { NULL };
	struct json_sink sink = { ignore_fault, NULL };
	struct bank_copy *old = NULL, *made = NULL;
	bool ok;

	if (!args[0] || !args[1])
		return err_set(err, ERR_USAGE,
			       "say which two: proctor bank diff OLD NEW");
	/* Nobody vouches for either of them. */
	ok = confine((const char *const *)args, 2, none, arena, err) &&
	     read_copy(args[0], &sink, &old, err) &&
	     read_copy(args[1], &sink, &made, err);
	if (ok)
		put_changes(old->bank, made->bank, out);
	bank_copy_free(old);
	bank_copy_free(made);
	return ok;
}

static bool run(int argc, char **argv, struct err *err)
{
	static const struct opt none[] = { { OPT_END, 0, NULL, 0, NULL, NULL } };
	struct arena arena = ARENA_INIT;
	struct buf out = BUF_INIT;
	char unused;
	int i = opt_parse(none, argc, argv, 2, &unused, err);
	bool ok = i > 0 && diff(argv + i, &arena, &out, err) && put_out(&out, err);

	buf_release(&out);
	arena_release(&arena);
	return ok;
}

const struct cmd cmd_bank_diff = {
	"diff", run,  "OLD NEW", "what changed between two versions, keys first",
	NULL,   NULL,
};
