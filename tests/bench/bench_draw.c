#include <string.h>

#include "../../src/blueprint/solve.h"
#include "../unit/bank_builder.h"
#include "bench.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/err.h"

/*
 * What drawing costs; scripts/bench-draw makes a table of it.
 *
 *	bench_draw form QUESTIONS REPEATS	median ns of one form from such a bank
 *	bench_draw row QUESTIONS FORMS		ns of so many forms, each by another seed
 *	bench_draw solve LP REPEATS		writes one problem of 1,200 questions as
 *LP to the file; its price, and median ns of ours
 */
static const char blueprint_text[] =
	"{\"format\":\"proctor-blueprint/1\",\"id\":\"x\",\"exam\":\"x\",\"title\":\"X\","
	"\"minutes\":130,\"scored\":50,\"unscored\":15,"
	"\"scale\":{\"min\":100,\"max\":1000,\"pass\":720},"
	"\"types\":[\"multiple-choice\",\"multiple-response\",\"ordering\",\"matching\"],"
	"\"mix\":{\"multiple-response\":[8,20],\"ordering\":[1,4],\"matching\":[1,4]},"
	"\"domains\":[";

static void read_blueprint(struct arena *arena, struct blueprint *blueprint)
{
	static const int weights[] = { 28, 26, 22, 24 };
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT;

	buf_text(&text, blueprint_text);
	for (int d = 1; d <= 4; d++)
		buf_printf(&text,
			   "%s{\"id\":\"%d\",\"title\":\"D\",\"weight\":%d,\"tasks\":["
			   "{\"id\":\"%d.1\",\"title\":\"T\"},{\"id\":\"%d.2\",\"title\":"
			   "\"T\"},{\"id\":\"%d.3\",\"title\":\"T\"}]}",
			   d > 1 ? "," : "", d, weights[d - 1], d, d, d);
	buf_text(&text, "]}");
	if (!blueprint_read("x", text.data, text.len, arena, blueprint, &err))
		bench_fail("%s", err.text);
	buf_release(&text);
}

/* A bank like the shipped one: its mix of types, some cases, an enemy or two for one
 * question in nine. */
static struct bank *build(struct builder *builder, unsigned count)
{
	static const enum question_type types[] = {
		MULTIPLE_CHOICE,   MULTIPLE_CHOICE, MULTIPLE_RESPONSE, MULTIPLE_CHOICE,
		MULTIPLE_RESPONSE, MULTIPLE_CHOICE, ORDERING,          MULTIPLE_CHOICE,
		MULTIPLE_CHOICE,   MATCHING,        MULTIPLE_CHOICE,
	};

	for (unsigned i = 0; i < count; i++) {
		char id[16], task[32], in_case[16], enemies[32] = "";

		snprintf(id, sizeof(id), "q%07u", i);
		snprintf(task, sizeof(task), "%u.%u", 1 + i / 3 % 4, 1 + i % 3);
		snprintf(in_case, sizeof(in_case), "case-%u", i / 4);
		if (i % 9 == 0)
			snprintf(enemies, sizeof(enemies), "q%07u q%07u",
				 (i * 7 + 5) % count, (i * 11 + 3) % count);
		build_question(builder, id, task, types[i % 11],
			       i < 40 && i % 4 ? in_case : NULL, enemies);
	}
	return build_bank(builder);
}

static int64_t time_draw(const struct blueprint *blueprint, const struct bank *bank,
			 size_t turn)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct form form;
	char seed[24];
	struct draw draw = { .seed = seed };
	int64_t began;

	snprintf(seed, sizeof(seed), "%zu", turn);
	began = bench_now();
	if (!blueprint_draw(blueprint, bank, &draw, &arena, &form, &err))
		bench_fail("%s", err.text);
	began = bench_now() - began;
	arena_release(&arena);
	return began;
}

/* The median of one, or the sum of all. */
static int64_t measure_forms(unsigned questions, size_t times, bool median)
{
	struct builder builder = BUILDER_INIT;
	struct arena arena = ARENA_INIT;
	struct blueprint blueprint;
	struct bank *bank = build(&builder, questions);
	int64_t *ns = bench_alloc(times * sizeof(*ns)), sum = 0;

	read_blueprint(&arena, &blueprint);
	for (size_t turn = 0; turn < times; turn++) {
		ns[turn] = time_draw(&blueprint, bank, turn);
		sum += ns[turn];
	}
	if (median)
		sum = bench_median(ns, times);
	free(ns);
	build_release(&builder);
	arena_release(&arena);
	return sum;
}

/* ---- Ours against a solver of linear programs, on the same problem ---- */

#define ITEMS 1200
#define DOMAINS 5
#define TASKS 28
#define TYPES 4
#define GROUPS 8
#define GROUP_SIZE 4
#define PAIRS 40
#define TOTAL 65

struct instance {
	struct solve_item items[ITEMS];
	struct solve_range domains[DOMAINS], types[TYPES];
	struct solve_task tasks[TASKS];
	struct solve_pair pairs[PAIRS];
	struct solve_problem problem;
};

static void make_items(struct instance *in, struct crypto_stream *chance)
{
	static const uint32_t types[] = { 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3 };

	for (uint32_t i = 0; i < ITEMS; i++) {
		bool grouped = i < GROUPS * GROUP_SIZE;

		in->items[i] = (struct solve_item){
			.price = crypto_stream_below(chance, 10000) +
				 10000 * crypto_stream_below(chance, 4),
			.task = i % TASKS,
			.type = grouped ? 0 : types[crypto_stream_below(chance, 11)],
			.group = grouped ? i / GROUP_SIZE : SOLVE_ALONE,
		};
	}
	for (size_t p = 0; p < PAIRS; p++) {
		uint32_t a = crypto_stream_below(chance, ITEMS / 8);
		uint32_t b = crypto_stream_below(chance, ITEMS / 8 - 1);

		in->pairs[p] = (struct solve_pair){ a, b < a ? b : b + 1 };
	}
}

static void make_instance(struct instance *in)
{
	static const uint32_t seats[DOMAINS] = { 17, 12, 13, 13, 10 };
	struct seed seed = crypto_seed("bench");
	struct crypto_stream chance;

	crypto_stream_init(&chance, &seed, "instance");
	make_items(in, &chance);
	for (size_t d = 0; d < DOMAINS; d++)
		in->domains[d] = (struct solve_range){ seats[d], seats[d] };
	for (uint32_t t = 0; t < TASKS; t++)
		in->tasks[t] = (struct solve_task){ t % DOMAINS, { 1, 4 } };
	in->types[0] = (struct solve_range){ 30, 50 };
	in->types[1] = (struct solve_range){ 8, 20 };
	in->types[2] = in->types[3] = (struct solve_range){ 1, 4 };
	in->problem = (struct solve_problem){
		.items = in->items,
		.domains = in->domains,
		.tasks = in->tasks,
		.types = in->types,
		.pairs = in->pairs,
		.item_count = ITEMS,
		.domain_count = DOMAINS,
		.task_count = TASKS,
		.type_count = TYPES,
		.pair_count = PAIRS,
		.group_count = GROUPS,
		.total = TOTAL,
		.nodes = 1000000,
	};
}

enum part { PART_ALL, PART_DOMAIN, PART_TASK, PART_TYPE };

static bool is_in(const struct instance *in, uint32_t item, enum part part,
		  uint32_t which)
{
	const struct solve_item *row = &in->items[item];
	const uint32_t parts[] = { which, in->tasks[row->task].domain, row->task,
				   row->type };

	return parts[part] == which;
}

static void put_range(FILE *file, const struct instance *in, enum part part,
		      uint32_t which, struct solve_range range)
{
	for (int side = 0; side < 2; side++) {
		const char *plus = "";

		fprintf(file, " r%d_%u_%d: ", (int)part, which, side);
		for (uint32_t i = 0; i < ITEMS; i++)
			if (is_in(in, i, part, which)) {
				fprintf(file, "%sx%u\n", plus, i);
				plus = " + ";
			}
		fprintf(file, " %s %u\n",
			side ? "<=" : ">=", side ? range.most : range.least);
	}
}

static void write_lp(const struct instance *in, const char *path)
{
	FILE *file = fopen(path, "w");

	if (!file)
		bench_fail("%s: cannot be written", path);
	fputs("Minimize\n cost: ", file);
	for (uint32_t i = 0; i < ITEMS; i++)
		fprintf(file, "%s%lld x%u\n", i ? " + " : "",
			(long long)in->items[i].price, i);
	fputs("Subject To\n", file);
	put_range(file, in, PART_ALL, 0, (struct solve_range){ TOTAL, TOTAL });
	for (uint32_t d = 0; d < DOMAINS; d++)
		put_range(file, in, PART_DOMAIN, d, in->domains[d]);
	for (uint32_t t = 0; t < TASKS; t++)
		put_range(file, in, PART_TASK, t, in->tasks[t].range);
	for (uint32_t y = 0; y < TYPES; y++)
		put_range(file, in, PART_TYPE, y, in->types[y]);
	for (uint32_t i = 1; i < GROUPS * GROUP_SIZE; i++)
		if (i % GROUP_SIZE)
			fprintf(file, " g%u: x%u - x%u = 0\n", i, i - 1, i);
	for (uint32_t p = 0; p < PAIRS; p++)
		fprintf(file, " p%u: x%u + x%u <= 1\n", p, in->pairs[p].a,
			in->pairs[p].b);
	fputs("Binary\n", file);
	for (uint32_t i = 0; i < ITEMS; i++)
		fprintf(file, " x%u\n", i);
	fputs("End\n", file);
	if (fclose(file) != 0)
		bench_fail("%s: cannot be written", path);
}

static void bench_solve(const char *path, size_t times)
{
	static struct instance in;
	int64_t *ns = bench_alloc(times * sizeof(*ns));
	struct solve_answer answer;

	make_instance(&in);
	write_lp(&in, path);
	for (size_t turn = 0; turn < times; turn++) {
		struct arena arena = ARENA_INIT;
		int64_t began = bench_now();

		solve_run(&in.problem, &arena, &answer);
		ns[turn] = bench_now() - began;
		arena_release(&arena);
	}
	if (answer.verdict != SOLVE_OPTIMAL)
		bench_fail("the problem was not solved");
	printf("%lld %lld\n", (long long)answer.price,
	       (long long)bench_median(ns, times));
	free(ns);
}

int main(int argc, char **argv)
{
	size_t times = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;

	if (!times)
		bench_fail("bench_draw form|row QUESTIONS TIMES, or solve LP TIMES");
	crypto_start();
	if (strcmp(argv[1], "solve") == 0)
		bench_solve(argv[2], times);
	else
		printf("%lld\n",
		       (long long)measure_forms((unsigned)strtoul(argv[2], NULL, 10),
						times, strcmp(argv[1], "form") == 0));
	return 0;
}
