#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

/*
 * Runs commands in turn, again and again, and prints for each, a line each: the median
 * of the time from start to end in ns, its peak memory in bytes, and the median of the
 * time that processors spent on it in ns, which counts even where others use them too.
 *
 *	compare REPEATS BEFORE INPUT -- COMMAND... -- COMMAND... [-- ...]
 *
 * BEFORE is a shell command, not measured, before each run; INPUT is each one's standard
 * input. What they print is dropped. One that fails ends all.
 */
#define COMMANDS_MAX 8

extern char **environ;

struct command {
	char **argv;
	int64_t *ns, *cpu_ns;
	int64_t peak;
};

static int64_t as_ns(struct timeval t)
{
	return (int64_t)t.tv_sec * 1000000000 + (int64_t)t.tv_usec * 1000;
}

static void prepare(const char *before)
{
	char *argv[] = { "sh", "-c", (char *)before, NULL };
	pid_t pid;
	int status;

	if (!before[0])
		return;
	if (posix_spawnp(&pid, "sh", NULL, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) != pid || status != 0)
		bench_fail("failed: %s", before);
}

static void run(struct command *command, const char *input, size_t turn)
{
	posix_spawn_file_actions_t actions;
	struct rusage used;
	int64_t began;
	int status, why;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	began = bench_now();
	why = posix_spawnp(&pid, command->argv[0], &actions, NULL, command->argv,
			   environ);
	if (why)
		bench_fail("%s: %s", command->argv[0], strerror(why));
	if (wait4(pid, &status, 0, &used) != pid || status != 0)
		bench_fail("%s: ended with %#x", command->argv[0], (unsigned)status);
	command->ns[turn] = bench_now() - began;
	command->cpu_ns[turn] = as_ns(used.ru_utime) + as_ns(used.ru_stime);
	if (used.ru_maxrss * 1024 > command->peak)
		command->peak = used.ru_maxrss * 1024;
	posix_spawn_file_actions_destroy(&actions);
}

static size_t split(char **argv, struct command *commands, size_t repeats)
{
	size_t count = 0;

	for (; *argv; argv++) {
		if (strcmp(*argv, "--") != 0)
			continue;
		*argv = NULL;
		if (count == COMMANDS_MAX || !argv[1])
			bench_fail("too many commands, or an empty one");
		commands[count++] = (struct command){
			argv + 1, bench_alloc(repeats * sizeof(int64_t)),
			bench_alloc(repeats * sizeof(int64_t)), 0
		};
	}
	return count;
}

int main(int argc, char **argv)
{
	struct command commands[COMMANDS_MAX];
	size_t repeats = argc > 4 ? strtoul(argv[1], NULL, 10) : 0, count;
	const char *before, *input;

	if (!repeats)
		bench_fail("compare REPEATS BEFORE INPUT -- COMMAND... [-- COMMAND...]");
	before = argv[2];
	input = argv[3];
	count = split(argv + 4, commands, repeats);
	/* The turn before the first warms the caches and is overwritten. */
	for (size_t turn = 0; turn <= repeats; turn++)
		for (size_t i = 0; i < count; i++) {
			prepare(before);
			run(&commands[i], input, turn ? turn - 1 : 0);
		}
	for (size_t i = 0; i < count; i++) {
		printf("%lld %lld %lld\n",
		       (long long)bench_median(commands[i].ns, repeats),
		       (long long)commands[i].peak,
		       (long long)bench_median(commands[i].cpu_ns, repeats));
		free(commands[i].ns);
		free(commands[i].cpu_ns);
	}
	return 0;
}
