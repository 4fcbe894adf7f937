#include "test.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "proctor/buf.h"
#include "proctor/file.h"

/* Each test has a folder of its own, emptied behind it */

static char folder[64];

static const char *in(const char *name)
{
	static char path[4][256];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", folder, name);
	return path[turn];
}

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/proctor-test-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	static const char *const names[] = { "f",     "link", "fifo",    "d/f",   "d/e/g",
					     "dlink", "d/e",  "d",       "p/q/r", "p/q",
					     "p",     "x",    "state/s", "state" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		remove(in(names[i]));
	return rmdir(folder);
}

static void put_file(const char *name, const char *text)
{
	struct err err = ERR_INIT;

	EXPECT_OK(file_write(in(name), text, strlen(text), 0600, &err), err);
}

static void what_was_written_is_read(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;
	struct stat st;

	(void)state;
	buf_text(&buf, "old");
	EXPECT_OK(file_write(in("f"), "a\0b", 3, 0640, &err), err);
	EXPECT_OK(file_read(in("f"), 3, &buf, &err), err);
	EXPECT_INT(buf.len, 3);
	EXPECT_TRUE(!memcmp(buf.data, "a\0b", 4));
	EXPECT_INT(stat(in("f"), &st), 0);
	EXPECT_INT(st.st_mode & 07777, 0640);
	put_file("f", "");
	EXPECT_OK(file_read(in("f"), 3, &buf, &err), err);
	EXPECT_TEXT(buf.data, "");
	buf_release(&buf);
}

static void writing_replaces_a_link_and_not_what_it_points_to(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	put_file("f", "target");
	EXPECT_INT(symlink("f", in("link")), 0);
	put_file("link", "new");
	EXPECT_OK(file_read(in("f"), 100, &buf, &err), err);
	EXPECT_TEXT(buf.data, "target");
	EXPECT_OK(file_read(in("link"), 100, &buf, &err), err);
	EXPECT_TEXT(buf.data, "new");
	buf_release(&buf);
}

/* drop_folder() would fail if a temporary file were left in the folder. */
static void a_write_that_fails_leaves_nothing_behind(void **state)
{
	struct err err;

	(void)state;
	EXPECT_INT(mkdir(in("d"), 0700), 0);
	EXPECT_ERR(file_write(in("d"), "x", 1, 0600, &err), err, ERR_SYSTEM, "written");
	EXPECT_ERR(file_write(in("none/f"), "x", 1, 0600, &err), err, ERR_SYSTEM,
		   "none/f");
}

static void a_file_over_the_limit_is_refused(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err;

	(void)state;
	put_file("f", "1234");
	EXPECT_ERR(file_read(in("f"), 3, &buf, &err), err, ERR_INPUT,
		   "larger than 3 bytes");
	EXPECT_ERR(file_read("/proc/self/status", 10, &buf, &err), err, ERR_INPUT,
		   "larger");
	buf_release(&buf);
}

static void only_regular_files_are_read(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err;

	(void)state;
	EXPECT_INT(mkfifo(in("fifo"), 0600), 0);
	EXPECT_ERR(file_read(in("fifo"), 9, &buf, &err), err, ERR_INPUT,
		   "not a regular file");
	EXPECT_ERR(file_read(folder, 9, &buf, &err), err, ERR_INPUT,
		   "not a regular file");
	EXPECT_ERR(file_read("/dev/zero", 9, &buf, &err), err, ERR_INPUT,
		   "not a regular");
	EXPECT_ERR(file_read(in("none"), 9, &buf, &err), err, ERR_SYSTEM, "No such file");
	buf_release(&buf);
}

static void plain_paths_are_told_from_others(void **state)
{
	static const char *const plain[] = { "a", "a/b", "questions/1.1-x.json", "a b",
					     "\u00E9" };
	static const char *const other[] = { "",     "/",  "/a",   "a/",   "a//b",
					     "..",   ".",  "a/..", "../a", "a/./b",
					     "a\nb", ".a", "a/.b", "a\\b", "a\x7F" };
	char name[NAME_MAX + 2] = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (!file_is_plain_path(plain[i]))
			fail_msg("\"%s\" is plain", plain[i]);
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
		if (file_is_plain_path(other[i]))
			fail_msg("\"%s\" is not plain", other[i]);
	memset(name, 'a', NAME_MAX);
	EXPECT_TRUE(file_is_plain_path(name));
	name[NAME_MAX] = 'a';
	EXPECT_FALSE(file_is_plain_path(name));
}

static void below_a_folder_no_link_is_followed(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;
	int dir;

	(void)state;
	EXPECT_OK(file_make_dir(in("d/e"), &err), err);
	put_file("d/e/g", "deep");
	put_file("f", "flat");
	EXPECT_INT(symlink("f", in("link")), 0);
	EXPECT_INT(symlink("d", in("dlink")), 0);
	EXPECT_INT(mkfifo(in("fifo"), 0600), 0);
	EXPECT_OK(file_open_dir(folder, &dir, &err), err);

	EXPECT_OK(file_read_below(dir, "f", 9, &buf, &err), err);
	EXPECT_TEXT(buf.data, "flat");
	EXPECT_OK(file_read_below(dir, "d/e/g", 9, &buf, &err), err);
	EXPECT_TEXT(buf.data, "deep");
	EXPECT_ERR(file_read_below(dir, "link", 9, &buf, &err), err, ERR_INPUT, "link");
	EXPECT_ERR(file_read_below(dir, "dlink/e/g", 9, &buf, &err), err, ERR_INPUT,
		   "link");
	EXPECT_ERR(file_read_below(dir, "f/g", 9, &buf, &err), err, ERR_INPUT, "link");
	EXPECT_ERR(file_read_below(dir, "none", 9, &buf, &err), err, ERR_INPUT,
		   "missing");
	EXPECT_ERR(file_read_below(dir, "d/none/g", 9, &buf, &err), err, ERR_INPUT,
		   "missing");
	EXPECT_ERR(file_read_below(dir, "d", 9, &buf, &err), err, ERR_INPUT,
		   "not a regular");
	EXPECT_ERR(file_read_below(dir, "fifo", 9, &buf, &err), err, ERR_INPUT,
		   "not a reg");
	EXPECT_ERR(file_read_below(dir, "f", 3, &buf, &err), err, ERR_INPUT, "larger");
	EXPECT_ERR(file_read_below(dir, "../f", 9, &buf, &err), err, ERR_INPUT,
		   "plain path");
	EXPECT_ERR(file_read_below(dir, "/etc/passwd", 9, &buf, &err), err, ERR_INPUT,
		   "plain");
	EXPECT_ERR(file_read_below(dir, "", 9, &buf, &err), err, ERR_INPUT, "plain path");
	close(dir);
	EXPECT_ERR(file_open_dir(in("f"), &dir, &err), err, ERR_SYSTEM, "f: ");
	buf_release(&buf);
}

static void no_descriptor_is_left_open(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;
	int before, dir, after;

	(void)state;
	EXPECT_OK(file_make_dir(in("d/e"), &err), err);
	put_file("d/e/g", "deep");
	EXPECT_OK(file_open_dir(folder, &dir, &err), err);
	before = dup(0);
	close(before);
	EXPECT_OK(file_read_below(dir, "d/e/g", 9, &buf, &err), err);
	EXPECT_FALSE(file_read_below(dir, "d/e/none", 9, &buf, &err));
	EXPECT_FALSE(file_read_below(dir, "d/e", 9, &buf, &err));
	EXPECT_FALSE(file_read(in("d/e/g"), 1, &buf, &err));
	after = dup(0);
	EXPECT_INT(after, before);
	close(after);
	close(dir);
	buf_release(&buf);
}

static void folders_are_made_with_their_parents(void **state)
{
	struct err err = ERR_INIT;
	struct stat st;

	(void)state;
	EXPECT_OK(file_make_dir(in("p//q/r/"), &err), err);
	EXPECT_OK(file_make_dir(in("p/q/r"), &err), err);
	EXPECT_INT(stat(in("p/q/r"), &st), 0);
	EXPECT_TRUE(S_ISDIR(st.st_mode));
	EXPECT_INT(st.st_mode & 0777, 0700);
	EXPECT_OK(file_make_dir("/", &err), err);
	put_file("f", "x");
	EXPECT_ERR(file_make_dir(in("f"), &err), err, ERR_SYSTEM, "not a folder");
	EXPECT_ERR(file_make_dir(in("f/g"), &err), err, ERR_SYSTEM, "not a folder");
	EXPECT_TRUE(file_exists(in("p/q")));
	EXPECT_FALSE(file_exists(in("q")));
}

static void a_name_of_one_letter_is_made_too(void **state)
{
	struct err err = ERR_INIT;
	char *home = getcwd(NULL, 0);

	(void)state;
	EXPECT_INT(chdir(folder), 0);
	EXPECT_OK(file_make_dir("x", &err), err);
	EXPECT_TRUE(file_exists("x"));
	EXPECT_INT(chdir(home), 0);
	free(home);
}

static void the_users_folders_follow_the_environment(void **state)
{
	struct buf path = BUF_INIT;
	struct err err = ERR_INIT;

	(void)state;
	setenv("HOME", "/home/ada", 1);
	setenv("XDG_STATE_HOME", "/var/ada", 1);
	setenv("XDG_DATA_HOME", "relative", 1);
	unsetenv("XDG_CONFIG_HOME");
	EXPECT_OK(file_xdg(FILE_XDG_STATE, "proctor.db", &path, &err), err);
	EXPECT_TEXT(path.data, "/var/ada/proctor/proctor.db");
	EXPECT_OK(file_xdg(FILE_XDG_STATE, NULL, &path, &err), err);
	EXPECT_TEXT(path.data, "/var/ada/proctor");
	EXPECT_OK(file_xdg(FILE_XDG_DATA, "banks", &path, &err), err);
	EXPECT_TEXT(path.data, "/home/ada/.local/share/proctor/banks");
	EXPECT_OK(file_xdg(FILE_XDG_CONFIG, NULL, &path, &err), err);
	EXPECT_TEXT(path.data, "/home/ada/.config/proctor");
	setenv("HOME", "", 1);
	EXPECT_ERR(file_xdg(FILE_XDG_CONFIG, NULL, &path, &err), err, ERR_SYSTEM, "HOME");
	buf_release(&path);
}

static void a_new_file_is_never_put_over_another(void **state)
{
	struct buf buf = BUF_INIT;
	struct err err = ERR_INIT;
	struct stat st;

	(void)state;
	umask(0);
	EXPECT_OK(file_create(in("f"), "secret", 6, 0600, &err), err);
	EXPECT_INT(stat(in("f"), &st), 0);
	EXPECT_INT(st.st_mode & 0777, 0600);
	EXPECT_ERR(file_create(in("f"), "other", 5, 0600, &err), err, ERR_USAGE,
		   "is there already");
	EXPECT_OK(file_read(in("f"), 10, &buf, &err), err);
	EXPECT_TEXT(buf.data, "secret");
	EXPECT_INT(symlink(in("x"), in("link")), 0);
	EXPECT_ERR(file_create(in("link"), "other", 5, 0600, &err), err, ERR_USAGE,
		   "is there already");
	EXPECT_FALSE(file_exists(in("x")));
	EXPECT_ERR(file_create(in("d/f"), "other", 5, 0600, &err), err, ERR_SYSTEM,
		   "d/f");
	buf_release(&buf);
}

static void collect(void *context, const void *bytes, size_t len)
{
	buf_add(context, bytes, len);
}

/* Larger than the pieces it is read in, and of no round size. */
static void a_file_read_in_pieces_is_the_same_file(void **state)
{
	struct buf whole = BUF_INIT, pieces = BUF_INIT;
	struct err err = ERR_INIT;
	size_t len = 0;
	int dir;

	(void)state;
	for (int i = 0; i < 50001; i++)
		buf_printf(&whole, "%d", i);
	EXPECT_OK(file_write(in("f"), whole.data, whole.len, 0600, &err), err);
	EXPECT_OK(file_open_dir(folder, &dir, &err), err);
	EXPECT_OK(file_scan_below(dir, "f", whole.len, collect, &pieces, &len, &err),
		  err);
	EXPECT_INT(len, whole.len);
	EXPECT_INT(pieces.len, whole.len);
	EXPECT_INT(memcmp(pieces.data, whole.data, len), 0);
	EXPECT_ERR(file_scan_below(dir, "f", whole.len - 1, collect, &pieces, &len, &err),
		   err, ERR_INPUT, "larger than");
	EXPECT_INT(symlink("f", in("link")), 0);
	EXPECT_ERR(file_scan_below(dir, "link", 1 << 20, collect, &pieces, &len, &err),
		   err, ERR_INPUT, "links are refused");
	EXPECT_ERR(file_scan_below(dir, "../f", 1 << 20, collect, &pieces, &len, &err),
		   err, ERR_INPUT, "not a plain path");
	EXPECT_INT(mkfifo(in("fifo"), 0600), 0);
	EXPECT_ERR(file_scan_below(dir, "fifo", 1 << 20, collect, &pieces, &len, &err),
		   err, ERR_INPUT, "not a regular file");
	close(dir);
	buf_release(&whole);
	buf_release(&pieces);
}

#define IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, make_folder, drop_folder)

static const struct CMUnitTest tests[] = {
	IN_FOLDER(what_was_written_is_read),
	IN_FOLDER(writing_replaces_a_link_and_not_what_it_points_to),
	IN_FOLDER(a_write_that_fails_leaves_nothing_behind),
	IN_FOLDER(a_file_over_the_limit_is_refused),
	IN_FOLDER(only_regular_files_are_read),
	TEST(plain_paths_are_told_from_others),
	IN_FOLDER(below_a_folder_no_link_is_followed),
	IN_FOLDER(no_descriptor_is_left_open),
	IN_FOLDER(folders_are_made_with_their_parents),
	IN_FOLDER(a_name_of_one_letter_is_made_too),
	IN_FOLDER(a_new_file_is_never_put_over_another),
	IN_FOLDER(a_file_read_in_pieces_is_the_same_file),
	TEST(the_users_folders_follow_the_environment),
};

TEST_MAIN(tests)
