#include "temp.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "proctor/sandbox.h"

/* A confined process stays so: each test looks at what a child of it can do. */
static int setup(void **state)
{
	(void)state;
	temp_make();
	mkdir(temp_path("read"), 0700);
	mkdir(temp_path("data"), 0700);
	mkdir(temp_path("other"), 0700);
	temp_text("read/file", "read me");
	temp_text("data/file", "mine");
	temp_text("other/file", "not for us");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	temp_remove();
	return 0;
}

static bool enter(void)
{
	const char *const read[] = { temp_path("read"), temp_path("missing"), NULL };
	const char *const write[] = { temp_path("data"), NULL };
	struct sandbox sandbox = { read, write };
	struct err err = ERR_INIT;

	return sandbox_enter(&sandbox, &err);
}

static void need_version(int version)
{
	if (sandbox_version() < version)
		skip();
}

/* In a child that is confined: 0, the errno of what failed, or 255. */
static int confined(int (*act)(void))
{
	int status;
	pid_t child = fork();

	EXPECT_TRUE(child >= 0);
	if (child == 0)
		_exit(enter() ? act() : 255);
	EXPECT_INT(waitpid(child, &status, 0), child);
	EXPECT_TRUE(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int try_open(const char *name, int flags)
{
	int fd = open(temp_path(name), flags | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int read_allowed(void)
{
	return try_open("read/file", O_RDONLY);
}

static int list_allowed(void)
{
	return try_open("read", O_RDONLY | O_DIRECTORY);
}

static int write_where_only_read(void)
{
	return try_open("read/file", O_WRONLY);
}

static int make_where_only_read(void)
{
	return try_open("read/new", O_WRONLY | O_CREAT);
}

static int read_elsewhere(void)
{
	return try_open("other/file", O_RDONLY);
}

static int read_the_system(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 ? errno : 0;
}

static int write_elsewhere(void)
{
	return try_open("other/new", O_WRONLY | O_CREAT);
}

static int remove_elsewhere(void)
{
	return unlink(temp_path("other/file")) ? errno : 0;
}

static int truncate_elsewhere(void)
{
	return truncate(temp_path("other/file"), 0) ? errno : 0;
}

static int move_out(void)
{
	return rename(temp_path("data/file"), temp_path("other/file")) ? errno : 0;
}

static int run_something(void)
{
	execl("/bin/true", "true", (char *)NULL);
	return errno;
}

/* What the store does: makes, renames, cuts, syncs and removes files, and more folders.
 */
static int live_in_data(void)
{
	struct err err = ERR_INIT;

	if (!file_make_dir(temp_path("data/deep/er"), &err) ||
	    !file_write(temp_path("data/deep/er/x"), "x", 1, 0600, &err))
		return 254;
	if (truncate(temp_path("data/deep/er/x"), 0) ||
	    rename(temp_path("data/deep/er/x"), temp_path("data/y")))
		return errno;
	return unlink(temp_path("data/y")) ? errno : 0;
}

static int connect_somewhere(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return 254;
	return connect(fd, (struct sockaddr *)&to, sizeof(to)) ? errno : 0;
}

static void what_is_allowed_goes_on(void **state)
{
	(void)state;
	need_version(1);
	EXPECT_INT(confined(read_allowed), 0);
	EXPECT_INT(confined(list_allowed), 0);
	EXPECT_INT(confined(live_in_data), 0);
}

static void nothing_else_can_be_read(void **state)
{
	(void)state;
	need_version(1);
	EXPECT_INT(confined(read_elsewhere), EACCES);
	EXPECT_INT(confined(read_the_system), EACCES);
}

static void nothing_else_can_be_written(void **state)
{
	int moved;

	(void)state;
	need_version(1);
	EXPECT_INT(confined(write_where_only_read), EACCES);
	EXPECT_INT(confined(make_where_only_read), EACCES);
	EXPECT_INT(confined(write_elsewhere), EACCES);
	EXPECT_INT(confined(remove_elsewhere), EACCES);
	moved = confined(move_out);
	EXPECT_TRUE(moved == EACCES || moved == EXDEV);
	if (sandbox_version() >= 3)
		EXPECT_INT(confined(truncate_elsewhere), EACCES);
	EXPECT_TRUE(file_exists(temp_path("other/file")));
	EXPECT_FALSE(file_exists(temp_path("other/new")));
}

static void no_program_can_be_run(void **state)
{
	(void)state;
	need_version(1);
	EXPECT_INT(confined(run_something), EACCES);
}

static void no_connection_can_be_made(void **state)
{
	(void)state;
	need_version(4);
	EXPECT_INT(confined(connect_somewhere), EACCES);
}

/* The open folder of a bank is still good for what lies in it, and links lead nowhere. */
static int open_below_and_out(void)
{
	int dir = open(temp_path("read"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir < 0 || openat(dir, "file", O_RDONLY | O_CLOEXEC) < 0)
		return 254;
	return openat(dir, "../other/file", O_RDONLY | O_CLOEXEC) < 0 ? errno : 0;
}

static void an_open_folder_leads_no_further(void **state)
{
	(void)state;
	need_version(1);
	EXPECT_INT(confined(open_below_and_out), EACCES);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(what_is_allowed_goes_on),     CASE(nothing_else_can_be_read),
	CASE(nothing_else_can_be_written), CASE(no_program_can_be_run),
	CASE(no_connection_can_be_made),   CASE(an_open_folder_leads_no_further),
};

TEST_MAIN(tests)
