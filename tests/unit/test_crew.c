#include "test.h"

#include <stdatomic.h>
#include <stddef.h>

#include "proctor/arena.h"
#include "proctor/crew.h"

/* Work shared out to threads, and what they made put together. */

#define JOBS 1000

struct tally {
	atomic_size_t runs;
	size_t by_job[JOBS];
	struct arena arenas[JOBS];
	char *texts[JOBS];
};

static void work(void *context, size_t job)
{
	struct tally *tally = context;

	atomic_fetch_add(&tally->runs, 1);
	tally->by_job[job]++;
	tally->texts[job] = arena_printf(&tally->arenas[job], "job %zu", job);
}

static void every_job_is_done_once(void **state)
{
	(void)state;
	for (size_t workers = 0; workers < 20; workers++) {
		struct tally tally = { .runs = 0 };

		crew_run(workers, JOBS, work, &tally);
		EXPECT_INT(tally.runs, JOBS);
		for (size_t i = 0; i < JOBS; i++) {
			EXPECT_INT(tally.by_job[i], 1);
			arena_release(&tally.arenas[i]);
		}
	}
}

static void no_jobs_are_no_work(void **state)
{
	(void)state;
	crew_run(4, 0, work, NULL);
	EXPECT_TRUE(crew_size() >= 1 && crew_size() <= 16);
}

static void what_threads_made_outlives_their_arenas(void **state)
{
	struct tally tally = { .runs = 0 };
	struct arena all = ARENA_INIT;
	char expected[32];

	(void)state;
	crew_run(4, JOBS, work, &tally);
	for (size_t i = 0; i < JOBS; i++) {
		arena_join(&all, &tally.arenas[i]);
		EXPECT_TRUE(!tally.arenas[i].blocks);
	}
	for (size_t i = 0; i < JOBS; i++) {
		snprintf(expected, sizeof(expected), "job %zu", i);
		EXPECT_TEXT(tally.texts[i], expected);
	}
	EXPECT_TEXT(arena_text(&all, "and more"), "and more");
	arena_release(&all);
}

static void a_cleared_arena_is_zeroed_memory_again(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	arena_clear(&arena);
	for (size_t round = 0; round < 5; round++) {
		for (size_t i = 0; i < 100; i++) {
			unsigned char *piece = arena_alloc(&arena, 40 * i * round + 1);

			for (size_t k = 0; k < 40 * i * round + 1; k++) {
				EXPECT_INT(piece[k], 0);
				piece[k] = 0xA5;
			}
		}
		arena_clear(&arena);
		EXPECT_INT(arena.used, 0);
	}
	arena_release(&arena);
}

static const struct CMUnitTest tests[] = {
	TEST(every_job_is_done_once),
	TEST(no_jobs_are_no_work),
	TEST(what_threads_made_outlives_their_arenas),
	TEST(a_cleared_arena_is_zeroed_memory_again),
};

TEST_MAIN(tests)
