#include <inttypes.h>
#include <string.h>

#include "priv.h"
#include "proctor/buf.h"

/*
 * What would mend a shortfall is itself a drawing problem: to the questions there are,
 * add imagined ones of every task and type (and difficulty, where that counts), each at a
 * price, and let the solver find the set with the fewest imagined questions.
 */
#define FEW 8            /* imagined of each kind, at first */
#define MANY 400000      /* more are not tried */
#define IMAGINED_PRICE 8 /* 0 to 3 more by type: what is easier to write comes first */

/* Of each kind, imagined questions stand side by side behind those of the pool. */
struct imagining {
	const struct plan *plan;
	const struct pool *pool;
	int64_t forms;
	size_t each, weights;
};

static size_t count_kinds(const struct imagining *in)
{
	return in->plan->task_count * QUESTION_TYPES * in->weights;
}

static void add_imagined(const struct imagining *in, struct solve_problem *problem,
			 struct arena *arena)
{
	size_t real = problem->item_count, kinds = count_kinds(in);
	struct solve_item *items = ARENA_ARRAY(arena, real + kinds * in->each,
					       struct solve_item);

	if (real)
		memcpy(items, problem->items, real * sizeof(*items));
	problem->items = items;
	problem->item_count += kinds * in->each;
	for (size_t k = 0; k < kinds * in->each; k++) {
		size_t kind = k / in->each;
		uint32_t type = (uint32_t)(kind / in->weights % QUESTION_TYPES);

		items[real + k] = (struct solve_item){
			.price = IMAGINED_PRICE * problem->total + type,
			.task = (uint32_t)(kind / in->weights / QUESTION_TYPES),
			.type = type,
			.group = SOLVE_ALONE,
			/* a medium one where it does not matter */
			.weight = (uint8_t)((kind + MEDIUM) % in->weights),
			.excluded = !in->plan->blueprint->types[type],
		};
	}
}

/*
 * The fewest, without some of the rules; -1: not with so few of each kind, or not found.
 * `wanted` gets how many of each kind, `proven` whether there are no fewer.
 */
static int64_t imagine(const struct imagining *in, unsigned dropped, uint32_t *wanted,
		       bool *proven)
{
	struct arena arena = ARENA_INIT;
	struct solve_problem problem = pool_times(in->pool, in->plan, in->forms,
						  in->forms == 1, &arena);
	size_t real = problem.item_count;
	struct solve_answer answer;
	int64_t count = -1;

	problem.nodes = DRAW_NODES;
	add_imagined(in, &problem, &arena);
	rules_drop(&problem, dropped);
	solve_run(&problem, &arena, &answer);
	*proven = answer.verdict == SOLVE_OPTIMAL;
	if (answer.chosen)
		count = 0;
	for (uint32_t i = 0; answer.chosen && i < problem.total; i++) {
		if (answer.chosen[i] < real)
			continue;
		count++;
		if (wanted)
			wanted[(answer.chosen[i] - real) / in->each]++;
	}
	arena_release(&arena);
	return count;
}

/* ---- More than the counts say ---- */

static int64_t most_of(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* How many questions the mix alone is short of, whatever their tasks. */
static int64_t short_of_types(const struct imagining *in)
{
	const struct solve_problem *problem = &in->pool->problem;
	int64_t has[QUESTION_TYPES] = { 0 }, below = 0, room = 0;

	for (size_t i = 0; i < problem->item_count; i++)
		has[problem->items[i].type]++;
	for (size_t y = 0; y < QUESTION_TYPES; y++) {
		int64_t most = in->plan->mix[y].most * in->forms;

		below += most_of(0, in->plan->mix[y].least * in->forms - has[y]);
		room += has[y] < most ? has[y] : most;
	}
	return most_of(below, in->plan->total * in->forms - room);
}

struct beyond {
	const struct imagining *in;
	int64_t fewest;
};

static bool takes_fewer(const void *context, unsigned dropped)
{
	const struct beyond *beyond = context;
	bool proven;
	int64_t count = imagine(beyond->in, dropped, NULL, &proven);

	return count >= 0 && count < beyond->fewest;
}

/* Where counts are short, rules may take more than those counts show. */
static void tell_beyond(const struct imagining *in, int64_t fewest, bool proven,
			struct reasons *reasons)
{
	struct beyond beyond = { in, fewest };
	struct buf rules = BUF_INIT;
	bool is_counted;
	int64_t counted = most_of(imagine(in, RULES_ALL, NULL, &is_counted),
				  short_of_types(in));

	if (counted <= 0 || counted >= fewest)
		return;
	rules_name(&rules,
		   rules_in_way(in->plan, in->pool, in->forms, takes_fewer, &beyond));
	reasons_add(reasons,
		    "beyond these counts, %s%" PRId64 " more question%s needed for %s",
		    proven ? "" : "up to ", fewest - counted,
		    fewest - counted > 1 ? "s are" : " is", rules.data);
	buf_release(&rules);
}

/* ---- In words ---- */

/* Drafts that need no more than to be set active: no case, and no enemies named. */
static uint32_t count_drafts(const struct imagining *in, const char *task, size_t type,
			     size_t weight)
{
	const char *exam = in->plan->blueprint->exam;
	struct arena arena = ARENA_INIT;
	const struct bank_entry *entry;
	uint32_t drafts = 0;
	size_t count;

	entry = bank_find_task(in->pool->bank, arena_printf(&arena, "%s:%s", exam, task),
			       &count);
	for (; count; count--, entry++) {
		const struct question *question = entry->question;

		drafts += question->status == QUESTION_DRAFT && question->type == type &&
			  !question->in_case && !question->enemies.count &&
			  strcmp(question_task(question, exam), task) == 0 &&
			  (in->weights == 1 || question->difficulty == weight);
	}
	arena_release(&arena);
	return drafts;
}

static void tell_drafts(struct buf *text, uint32_t wanted, uint32_t drafts)
{
	if (!drafts)
		return;
	buf_text(text, ", or set ");
	if (drafts > wanted)
		buf_printf(text, "%u of its %u drafts active", (unsigned)wanted,
			   (unsigned)drafts);
	else if (drafts == 1)
		buf_text(text, "its draft active");
	else
		buf_printf(text, "its %u drafts active", (unsigned)drafts);
	if (drafts < wanted)
		buf_printf(text, " and write %u", (unsigned)(wanted - drafts));
}

static void tell_kind(const struct imagining *in, size_t kind, uint32_t wanted,
		      struct reasons *reasons)
{
	size_t type = kind / in->weights % QUESTION_TYPES;
	size_t weight = (kind + MEDIUM) % in->weights;
	const char *task = in->plan->tasks[kind / in->weights / QUESTION_TYPES].task->id;
	struct buf drafts = BUF_INIT;

	tell_drafts(&drafts, wanted, count_drafts(in, task, type, weight));
	reasons_add(reasons, "write %u more active %s%s%s question%s for task %s%s",
		    (unsigned)wanted,
		    in->weights > 1 ? question_difficulty_names[weight] : "",
		    in->weights > 1 ? " " : "", question_type_names[type],
		    wanted > 1 ? "s" : "", task, drafts.data);
	buf_release(&drafts);
}

/* A case may be left out for a draft in it: then that is what to set active. */
static void tell_case(const struct plan *plan, const struct bank_case *in_case,
		      struct reasons *reasons)
{
	const char *draft = NULL;
	size_t admitted = 0, drafts = 0;

	for (size_t i = 0; i < in_case->count; i++) {
		const struct question *question = in_case->questions[i];

		admitted += blueprint_admits(plan->blueprint, question);
		if (question->status == QUESTION_DRAFT && !drafts++)
			draft = question->id;
	}
	if (drafts && admitted && admitted + drafts == in_case->count)
		reasons_add(reasons, "case %s is left out while %s%s a draft",
			    in_case->id, draft,
			    drafts > 1 ? " and others in it are each" : " is");
}

static bool has_more_than(const uint32_t *wanted, size_t kinds, size_t count)
{
	for (size_t k = 0; k < kinds; k++)
		if (wanted[k] > count)
			return true;
	return false;
}

/* With as many imagined of each kind as it takes: none of them is used up. */
static int64_t find_fewest(struct imagining *in, uint32_t *wanted, bool *proven)
{
	size_t kinds = count_kinds(in);
	int64_t fewest = -1;

	for (in->each = FEW; kinds * in->each <= MANY; in->each *= 4) {
		memset(wanted, 0, kinds * sizeof(*wanted));
		fewest = imagine(in, 0, wanted, proven);
		if (fewest >= 0 && !has_more_than(wanted, kinds, in->each - 1))
			break;
	}
	return fewest;
}

void mend(const struct plan *plan, const struct pool *pool, int64_t forms,
	  struct reasons *reasons)
{
	struct imagining in = { .plan = plan,
				.pool = pool,
				.forms = forms,
				.weights = plan->is_weighed ? SOLVE_WEIGHTS : 1 };
	struct arena arena = ARENA_INIT;
	size_t kinds = count_kinds(&in);
	uint32_t *wanted = ARENA_ARRAY(&arena, kinds, uint32_t);
	bool proven = false;
	int64_t fewest = find_fewest(&in, wanted, &proven);

	tell_beyond(&in, fewest, proven, reasons);
	for (size_t k = 0; fewest >= 0 && k < kinds; k++)
		if (wanted[k])
			tell_kind(&in, k, wanted[k], reasons);
	for (size_t c = 0; c < pool->bank->case_count; c++)
		tell_case(plan, &pool->bank->cases[c], reasons);
	arena_release(&arena);
}
