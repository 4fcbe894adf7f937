#include <string.h>

#include "../unit/bank_builder.h"
#include "bench.h"
#include "proctor/blueprint.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/err.h"

/*
 * Draws forms from a small and from a large bank in turn and prints the medians of one
 * draw from each, in ns, and the peak bytes each draw asked its arena for.
 *
 *	draw REPEATS SMALL LARGE
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

/* A bank like the shipped one: its mix of types, an enemy or two for one in nine. */
static struct bank *build(struct builder *builder, unsigned count)
{
	static const enum question_type types[] = {
		MULTIPLE_CHOICE,   MULTIPLE_CHOICE, MULTIPLE_RESPONSE, MULTIPLE_CHOICE,
		MULTIPLE_RESPONSE, MULTIPLE_CHOICE, ORDERING,          MULTIPLE_CHOICE,
		MULTIPLE_CHOICE,   MATCHING,        MULTIPLE_CHOICE,
	};

	for (unsigned i = 0; i < count; i++) {
		char id[16], task[32], in_case[16], enemies[32] = "";

		snprintf(id, sizeof(id), "q%06u", i);
		snprintf(task, sizeof(task), "%u.%u", 1 + i / 3 % 4, 1 + i % 3);
		snprintf(in_case, sizeof(in_case), "case-%u", i / 4);
		if (i % 9 == 0)
			snprintf(enemies, sizeof(enemies), "q%06u q%06u",
				 (i * 7 + 5) % count, (i * 11 + 3) % count);
		build_question(builder, id, task, types[i % 11],
			       i < 40 && i % 4 ? in_case : NULL, enemies);
	}
	return build_bank(builder);
}

static int64_t time_draw(const struct blueprint *blueprint, const struct bank *bank,
			 size_t turn, size_t *bytes)
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
	if (arena.used > *bytes)
		*bytes = arena.used;
	arena_release(&arena);
	return began;
}

int main(int argc, char **argv)
{
	struct builder builders[2] = { BUILDER_INIT, BUILDER_INIT };
	struct bank *banks[2];
	struct arena arena = ARENA_INIT;
	struct blueprint blueprint;
	size_t repeats = argc == 4 ? strtoul(argv[1], NULL, 10) : 0, bytes[2] = { 0, 0 };
	int64_t *ns[2];

	if (!repeats)
		bench_fail("draw REPEATS SMALL LARGE");
	crypto_start();
	read_blueprint(&arena, &blueprint);
	for (size_t b = 0; b < 2; b++) {
		banks[b] = build(&builders[b], (unsigned)strtoul(argv[2 + b], NULL, 10));
		ns[b] = bench_alloc(repeats * sizeof(int64_t));
	}
	for (size_t turn = 0; turn < repeats; turn++)
		for (size_t b = 0; b < 2; b++)
			ns[b][turn] = time_draw(&blueprint, banks[b], turn, &bytes[b]);
	for (size_t b = 0; b < 2; b++) {
		printf("%lld %zu\n", (long long)bench_median(ns[b], repeats), bytes[b]);
		free(ns[b]);
		build_release(&builders[b]);
	}
	arena_release(&arena);
	return 0;
}
