#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bench.h"

/*
 * Takes turns at three ways to put one response on the disk, in the folder that is the
 * current one, and prints their medians in ns: an answer given to the program, until it
 * says "saved"; a bare write of the same bytes and an fsync; a row of them in a bare
 * SQLite table, one commit each as durable as ours.
 *
 *	respond REPEATS PROGRAM		its XDG_STATE_HOME should be the same folder
 */
struct pipes {
	FILE *to, *from;
	pid_t pid;
};

static struct pipes start(const char *program)
{
	struct pipes pipes;
	int to[2], from[2];

	if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
		bench_fail("no pipe");
	pipes.pid = fork();
	if (pipes.pid == 0) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		execl(program, program, "exam", "--jsonl", "--seed", "x", (char *)NULL);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	pipes.to = fdopen(to[1], "w");
	pipes.from = fdopen(from[0], "r");
	return pipes;
}

/* Says it and waits for a line with this in it. */
static bool answers(struct pipes *pipes, const char *said, const char *wanted)
{
	static char line[1 << 20];

	fputs(said, pipes->to);
	fflush(pipes->to);
	if (!fgets(line, sizeof(line), pipes->from))
		bench_fail("the program ended: %s", said);
	return strstr(line, wanted) != NULL;
}

/* The first question that takes one letter; it is then the one in front. */
static int find_choice(struct pipes *pipes)
{
	char said[64];

	for (int i = 1; i < 66; i++) {
		snprintf(said, sizeof(said), "{\"do\":\"goto\",\"number\":%d}\n", i);
		if (answers(pipes, said, "\"type\":\"multiple-choice\""))
			return i;
	}
	bench_fail("no question takes one letter");
}

static int64_t time_respond(struct pipes *pipes, const char *said)
{
	int64_t began = bench_now();

	if (!answers(pipes, said, "\"is\":\"saved\""))
		bench_fail("not saved: %s", said);
	return bench_now() - began;
}

static int64_t time_write(int fd, const char *said)
{
	int64_t began = bench_now();

	if (write(fd, said, strlen(said)) < 0 || fsync(fd) != 0)
		bench_fail("cannot write");
	return bench_now() - began;
}

static sqlite3 *open_table(void)
{
	sqlite3 *db;

	if (sqlite3_open("bare.db", &db) != SQLITE_OK ||
	    sqlite3_exec(db,
			 "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
			 "CREATE TABLE rows (body TEXT)",
			 NULL, NULL, NULL) != SQLITE_OK)
		bench_fail("%s", sqlite3_errmsg(db));
	return db;
}

static int64_t time_row(sqlite3_stmt *insert, const char *said)
{
	int64_t began = bench_now();

	sqlite3_bind_text(insert, 1, said, -1, SQLITE_STATIC);
	if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
		bench_fail("SQLite: cannot insert");
	return bench_now() - began;
}

int main(int argc, char **argv)
{
	size_t repeats = argc == 3 ? strtoul(argv[1], NULL, 10) : 0;
	int64_t *ns[3];
	struct pipes pipes;
	sqlite3_stmt *insert;
	sqlite3 *db;
	char said[128];
	int choice, fd;

	if (!repeats)
		bench_fail("respond REPEATS PROGRAM");
	for (size_t i = 0; i < 3; i++)
		ns[i] = bench_alloc(repeats * sizeof(int64_t));
	pipes = start(argv[2]);
	if (!answers(&pipes, "", "\"is\":\"session\""))
		bench_fail("no session");
	choice = find_choice(&pipes);
	fd = open("bare.log", O_WRONLY | O_CREAT | O_APPEND, 0600);
	db = open_table();
	if (sqlite3_prepare_v2(db, "INSERT INTO rows VALUES (?)", -1, &insert, NULL) !=
	    SQLITE_OK)
		bench_fail("%s", sqlite3_errmsg(db));
	for (size_t turn = 0; turn < repeats; turn++) {
		snprintf(said, sizeof(said),
			 "{\"do\":\"respond\",\"number\":%d,\"letters\":[\"%c\"]}\n",
			 choice, turn % 2 ? 'A' : 'B');
		ns[0][turn] = time_respond(&pipes, said);
		ns[1][turn] = time_write(fd, said);
		ns[2][turn] = time_row(insert, said);
	}
	sqlite3_finalize(insert);
	sqlite3_close(db);
	close(fd);
	fclose(pipes.to);
	fclose(pipes.from);
	waitpid(pipes.pid, NULL, 0);
	for (size_t i = 0; i < 3; i++) {
		printf("%lld\n", (long long)bench_median(ns[i], repeats));
		free(ns[i]);
	}
	return 0;
}
