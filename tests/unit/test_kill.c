#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include <sqlite3.h>

#include "proctor/json.h"
#include "random_text.h"
#include "temp.h"

/*
 * The first promise, kept by the whole program: it sits an exam in a process of its own
 * and is killed again and again, at any moment. Whatever it had called saved is there
 * when the session is resumed, and nothing is there that was not asked for.
 *
 * What was asked for and not yet acknowledged when the kill came may be there or not,
 * but in order: the state is the acknowledged one and the first k of those requests.
 */
#define KILLS 200
#define QUESTIONS_MAX 100
#define PENDING_MAX 4
#define CHECK_ALL 10 /* every so many lives all questions are asked for, not some */
#define SECOND_NS INT64_C(1000000000)
#define PATIENCE_NS (20 * SECOND_NS) /* no answer takes longer, or it is a failure */

/* The letters of a response: a set ascending, an order in order, matches by prompt. */
struct state {
	char letters[16];
	bool flagged;
};

struct asked {
	size_t item;
	bool is_flag;
	struct state wanted; /* the field that is_flag names */
};

struct item {
	enum question_type type;
	size_t options, choose;
	struct digest shown; /* of everything the candidate reads */
	bool is_known, is_touched, was_answered;
	struct state saved, asked; /* what was acknowledged, and what was asked last */
};

static struct {
	struct item items[QUESTIONS_MAX];
	size_t count;
	char session[64];
	struct asked pending[PENDING_MAX]; /* sent, not acknowledged, in order */
	size_t pending_count;
	/* What was left at the last acknowledgement, and at the one before it. An event
	 * is dated after the acknowledgement before it: no more than that is given back.
	 */
	int64_t left_ms, sure_ms;
	int64_t start_ns, answer_ns; /* about how long those take */
	size_t saves, cut, cut_stored;
} exam;

static struct {
	pid_t pid; /* 0: none */
	int to, from;
	struct buf got, line;
	struct json_doc *doc;
	int64_t born, kill_at; /* 0: not yet decided */
} child;

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * SECOND_NS + now.tv_nsec;
}

static int64_t roll_ns(int64_t below)
{
	return (int64_t)((double)below * roll(1 << 20) / (1 << 20));
}

/* ---- The program ---- */

static void child_run(const char *command)
{
	const char *program = getenv("PROCTOR");
	int to[2], from[2];

	EXPECT_INT(pipe2(to, O_CLOEXEC), 0);
	EXPECT_INT(pipe2(from, O_CLOEXEC), 0);
	child.born = now_ns();
	child.kill_at = 0;
	buf_clear(&child.got);
	child.pid = fork();
	EXPECT_TRUE(child.pid >= 0);
	if (child.pid == 0) {
		int told = open(temp_path("told"), O_WRONLY | O_CREAT | O_TRUNC, 0600);

		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		dup2(told, STDERR_FILENO);
		program = program ? program : "build/proctor";
		execl(program, program, command, "--jsonl", (char *)NULL);
		perror(program);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	child.to = to[1];
	child.from = from[0];
}

static void child_close(void)
{
	if (child.pid) {
		close(child.to);
		close(child.from);
	}
	child.pid = 0;
}

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Never blocks: little is ever on its way, so the pipe has room for it. */
static void say(const char *format, ...)
{
	char text[8192];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	EXPECT_TRUE(len > 0 && (size_t)len < sizeof(text));
	EXPECT_INT(write(child.to, text, (size_t)len), len);
}

/* The next whole line of what was got; NULL when there is none. */
static const struct json *parse_line(void)
{
	char *end = child.got.len ? memchr(child.got.data, '\n', child.got.len) : NULL;
	struct err err = ERR_INIT;
	size_t len;

	if (!end)
		return NULL;
	len = (size_t)(end - child.got.data);
	json_free(child.doc);
	child.doc = NULL;
	buf_clear(&child.line);
	buf_add(&child.line, child.got.data, len);
	child.got.len -= len + 1;
	memmove(child.got.data, end + 1, child.got.len);
	EXPECT_OK(json_open("line", child.line.data, len, &json_limits_file, &child.doc,
			    &err),
		  err);
	return json_root(child.doc);
}

/* Reads once; false at the end of what the program said. */
static bool read_more(void)
{
	char bytes[16384];
	ssize_t len;

	do
		len = read(child.from, bytes, sizeof(bytes));
	while (len < 0 && errno == EINTR);
	EXPECT_TRUE(len >= 0);
	buf_add(&child.got, bytes, (size_t)len);
	return len > 0;
}

static void fail_ended(void)
{
	struct buf told = BUF_INIT;

	temp_read("told", &told);
	fail_msg("the program ended by itself: %s", told.len ? told.data : "");
}

/* The next line the program says. NULL: the moment of the kill has come. */
static const struct json *hear(void)
{
	int64_t since = now_ns();

	for (;;) {
		struct pollfd wait = { child.from, POLLIN, 0 };
		int64_t now = now_ns(), until = since + PATIENCE_NS;
		const struct json *said;
		struct timespec limit;

		if (child.kill_at && now >= child.kill_at)
			return NULL;
		if ((said = parse_line()))
			return said;
		if (now >= until)
			fail_msg("no answer for %lld s",
				 (long long)(PATIENCE_NS / SECOND_NS));
		if (child.kill_at && child.kill_at < until)
			until = child.kill_at;
		limit = (struct timespec){ (until - now) / SECOND_NS,
					   (until - now) % SECOND_NS };
		if (ppoll(&wait, 1, &limit, NULL) > 0 && !read_more())
			fail_ended();
	}
}

static bool is(const struct json *said, const char *what)
{
	const char *kind = json_text(json_member(said, "is"));

	EXPECT_TRUE(kind != NULL);
	if (strcmp(kind, "error") == 0)
		fail_msg("error: %s", json_text(json_member(said, "message")));
	return strcmp(kind, what) == 0;
}

static int64_t number_of(const struct json *said, const char *name)
{
	int64_t number = 0;

	EXPECT_TRUE(json_integer(json_member(said, name), &number));
	return number;
}

/* ---- What must be there ---- */

static void apply(struct state *state, const struct asked *asked)
{
	if (asked->is_flag)
		state->flagged = asked->wanted.flagged;
	else
		memcpy(state->letters, asked->wanted.letters, sizeof(state->letters));
}

/* The oldest request was acknowledged. */
static void take_saved(const struct json *said)
{
	struct item *item = &exam.items[exam.pending[0].item];

	EXPECT_TRUE(exam.pending_count > 0);
	EXPECT_INT(number_of(said, "number"), exam.pending[0].item + 1);
	EXPECT_TRUE(number_of(said, "remaining_ms") <= exam.sure_ms);
	exam.sure_ms = exam.left_ms;
	exam.left_ms = number_of(said, "remaining_ms");
	apply(&item->saved, &exam.pending[0]);
	item->is_touched = true;
	exam.pending_count--;
	memmove(exam.pending, exam.pending + 1,
		exam.pending_count * sizeof(exam.pending[0]));
	exam.saves++;
}

/* ---- Asking for things ---- */

static void send_response(const struct item *item, size_t number, const char *letters)
{
	bool pairs = item->type == MATCHING;
	char text[256] = "";
	size_t at = 0;

	for (size_t i = 0; letters[i]; i++) {
		const char *comma = i ? "," : "";

		at += (size_t)(pairs ? snprintf(text + at, sizeof(text) - at,
						"%s\"%zu\":\"%c\"", comma, i + 1,
						letters[i])
				     : snprintf(text + at, sizeof(text) - at, "%s\"%c\"",
						comma, letters[i]));
	}
	say(pairs ? "{\"do\":\"respond\",\"number\":%zu,\"pairs\":{%s}}\n"
		  : "{\"do\":\"respond\",\"number\":%zu,\"letters\":[%s]}\n",
	    number, text);
}

static void sort_letters(char *letters)
{
	for (char *a = letters; *a; a++)
		for (char *b = a + 1; *b; b++)
			if (*b < *a) {
				char c = *a;

				*a = *b;
				*b = c;
			}
}

static bool is_set(const struct item *item)
{
	return item->type == MULTIPLE_CHOICE || item->type == MULTIPLE_RESPONSE;
}

/* A whole response, now and then none. */
static void roll_letters(const struct item *item, char letters[16])
{
	memset(letters, 0, 16);
	if (roll(16) == 0)
		return;
	for (size_t i = 0; i < item->choose;) {
		char letter = (char)('A' + roll((unsigned)item->options));

		if (item->type == MATCHING || !strchr(letters, letter))
			letters[i++] = letter;
	}
}

/* The next question to work on: those without an answer first, mostly. */
static size_t roll_item(void)
{
	if (roll(3))
		for (size_t i = 0; i < exam.count; i++)
			if (!exam.items[i].was_answered)
				return i;
	return roll((unsigned)exam.count);
}

/* Always something new, so that it shows whether it was stored. */
static void ask(void)
{
	struct asked *asked = &exam.pending[exam.pending_count++];
	size_t i = roll_item();
	struct item *item = &exam.items[i];

	*asked = (struct asked){ .item = i, .is_flag = roll(4) == 0 };
	if (asked->is_flag) {
		asked->wanted.flagged = !item->asked.flagged;
		say("{\"do\":\"flag\",\"number\":%zu,\"on\":%s}\n", i + 1,
		    asked->wanted.flagged ? "true" : "false");
	} else {
		char letters[16];

		do {
			roll_letters(item, letters);
			memcpy(asked->wanted.letters, letters, sizeof(letters));
			if (is_set(item))
				sort_letters(asked->wanted.letters);
		} while (strcmp(asked->wanted.letters, item->asked.letters) == 0);
		item->was_answered |= letters[0] != '\0';
		send_response(item, i + 1, letters);
	}
	apply(&item->asked, asked);
}

/* ---- Is it there? ---- */

struct seen {
	bool asked_for;
	struct state state;
	bool flagged_by_status;
};

static void read_letters(const struct item *item, const struct json *response,
			 char letters[16])
{
	size_t n = 0;

	memset(letters, 0, 16);
	json_each (entry, response) {
		EXPECT_TRUE(n < 15);
		if (item->type == MATCHING)
			EXPECT_INT(strtol(json_name(entry), NULL, 10), n + 1);
		letters[n++] = json_text(entry)[0];
	}
	if (is_set(item))
		sort_letters(letters);
}

static enum question_type type_of(const char *name)
{
	enum question_type type = MULTIPLE_CHOICE;

	while (type < QUESTION_TYPES && strcmp(question_type_names[type], name) != 0)
		type++;
	EXPECT_TRUE(type < QUESTION_TYPES);
	return type;
}

static struct digest digest_shown(const struct json *said)
{
	static const char *const parts[] = { "type", "stem", "options", "prompts",
					     "case" };
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, false);
	struct digest digest;

	json_out_object(&out, NULL);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		json_out_value(&out, parts[i], json_member(said, parts[i]));
	json_out_end(&out, '}');
	digest = crypto_digest(text.data, text.len);
	buf_release(&text);
	return digest;
}

/* The first time it is learnt what the question is; later it must be the same one. */
static void read_question(const struct json *said, size_t i, struct seen *seen)
{
	struct item *item = &exam.items[i];
	struct digest shown = digest_shown(said);

	EXPECT_INT(number_of(said, "number"), i + 1);
	EXPECT_TRUE(number_of(said, "remaining_ms") <= exam.sure_ms);
	if (item->is_known && !crypto_digest_equal(&shown, &item->shown))
		fail_msg("question %zu is another one than it was", i + 1);
	item->is_known = true;
	item->shown = shown;
	item->type = type_of(json_text(json_member(said, "type")));
	item->options = json_count(json_member(said, "options"));
	item->choose = (size_t)number_of(said, "choose");
	seen->asked_for = true;
	seen->state.flagged = json_kind(json_member(said, "flagged")) == JSON_TRUE;
	read_letters(item, json_member(said, "response"), seen->state.letters);
}

/* How many questions are otherwise than after the first k pending requests; *which is
 * the last of them. */
static size_t count_wrong(const struct seen *seen, size_t answered, size_t k,
			  size_t *which)
{
	size_t wrong = 0, complete = 0;

	for (size_t i = 0; i < exam.count; i++) {
		struct state state = exam.items[i].saved;
		bool differs;

		for (size_t p = 0; p < k; p++)
			if (exam.pending[p].item == i)
				apply(&state, &exam.pending[p]);
		complete += state.letters[0] != '\0';
		differs = state.flagged != seen[i].flagged_by_status;
		if (seen[i].asked_for)
			differs |= state.flagged != seen[i].state.flagged ||
				   strcmp(state.letters, seen[i].state.letters) != 0;
		if (differs)
			*which = i;
		wrong += differs;
	}
	return wrong + (complete != answered);
}

static void fail_wrong(const struct seen *seen, size_t answered, size_t i)
{
	const struct item *item = &exam.items[i];
	bool sent = false;

	for (size_t p = 0; p < exam.pending_count; p++)
		sent |= exam.pending[p].item == i;
	fail_msg("question %zu%s: saved \"%s\"%s, there \"%s\"%s%s; %zu answered in all",
		 i + 1, sent ? " (asked for again)" : "", item->saved.letters,
		 item->saved.flagged ? " flagged" : "",
		 seen[i].asked_for ? seen[i].state.letters : "?",
		 seen[i].state.flagged ? " flagged" : "",
		 seen[i].flagged_by_status ? " flagged by status" : "", answered);
}

/* What is there is from now on what is known to be saved. */
static void settle(const struct seen *seen, size_t answered)
{
	size_t k = 0, which = 0;

	while (k <= exam.pending_count && count_wrong(seen, answered, k, &which))
		k++;
	if (k > exam.pending_count) {
		count_wrong(seen, answered, 0, &which);
		fail_wrong(seen, answered, which);
	}
	exam.cut += exam.pending_count;
	exam.cut_stored += k;
	for (size_t p = 0; p < k; p++)
		apply(&exam.items[exam.pending[p].item].saved, &exam.pending[p]);
	exam.pending_count = 0;
	exam.left_ms = exam.sure_ms;
	for (size_t i = 0; i < exam.count; i++) {
		exam.items[i].is_touched = false;
		exam.items[i].asked = exam.items[i].saved;
	}
}

static void ask_for(struct seen *seen, bool all)
{
	for (size_t p = 0; p < exam.pending_count; p++)
		exam.items[exam.pending[p].item].is_touched = true;
	for (size_t i = 0; i < exam.count; i++)
		if (all || exam.items[i].is_touched || roll(20) == 0) {
			seen[i].asked_for = true;
			say("{\"do\":\"goto\",\"number\":%zu}\n", i + 1);
		}
	say("{\"do\":\"status\"}\n");
}

/* False: killed before all was seen. Nothing is settled then. */
static bool check(bool all)
{
	struct seen seen[QUESTIONS_MAX] = { 0 };
	const struct json *said;

	ask_for(seen, all);
	for (size_t i = 0; i < exam.count; i++) {
		if (!seen[i].asked_for)
			continue;
		if (!(said = hear()))
			return false;
		EXPECT_TRUE(is(said, "question"));
		read_question(said, i, &seen[i]);
	}
	if (!(said = hear()))
		return false;
	EXPECT_TRUE(is(said, "status"));
	json_each (flag, json_member(said, "flagged")) {
		int64_t number = 0;

		EXPECT_TRUE(json_integer(flag, &number));
		seen[number - 1].flagged_by_status = true;
	}
	settle(seen, (size_t)number_of(said, "answered"));
	return true;
}

/* ---- A life ---- */

static bool open_session(void)
{
	const struct json *said = hear();
	const char *id;

	if (!said)
		return false;
	EXPECT_TRUE(is(said, "session"));
	id = json_text(json_member(said, "id"));
	exam.start_ns = (3 * exam.start_ns + now_ns() - child.born) / 4;
	if (!exam.session[0])
		snprintf(exam.session, sizeof(exam.session), "%s", id);
	EXPECT_TEXT(id, exam.session);
	exam.count = (size_t)number_of(said, "questions");
	EXPECT_TRUE(exam.count > 0 && exam.count <= QUESTIONS_MAX);
	return true;
}

/* Requests without a pause, some of them always on their way, until the kill. */
static void work(void)
{
	size_t window = 1 + roll(PENDING_MAX), until = roll(16), answers = 0;
	int64_t since = now_ns();

	for (;;) {
		const struct json *said;

		if (!child.kill_at && answers == until)
			child.kill_at = now_ns() + 1 + roll_ns(2 * exam.answer_ns);
		while (exam.pending_count < window)
			ask();
		if (!(said = hear()))
			return;
		EXPECT_TRUE(is(said, "saved"));
		take_saved(said);
		answers++;
		exam.answer_ns = (7 * exam.answer_ns + now_ns() - since) / 8;
		since = now_ns();
	}
}

/* What was said before the kill counts, even if it is read after it. */
static void die(void)
{
	const struct json *said;
	int status = 0;

	EXPECT_INT(kill(child.pid, SIGKILL), 0);
	EXPECT_INT(waitpid(child.pid, &status, 0), child.pid);
	EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	while (read_more())
		;
	while ((said = parse_line()))
		if (is(said, "saved"))
			take_saved(said);
	child_close();
}

/* One life in five may end before it has said a word. */
static void live(unsigned life)
{
	child_run(life ? "resume" : "exam");
	if (life && roll(5) == 0)
		child.kill_at = child.born + 1 + roll_ns(2 * exam.start_ns);
	if (open_session() && check(life % CHECK_ALL == 0))
		work();
	die();
}

/* ---- The end ---- */

static void wait_for_end(void)
{
	int64_t until = now_ns() + PATIENCE_NS;
	int status = -1;
	pid_t gone;

	while ((gone = waitpid(child.pid, &status, WNOHANG)) == 0 && now_ns() < until)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	if (gone != child.pid)
		fail_msg("the program did not end");
	EXPECT_INT(status, 0);
	child_close();
}

static void expect_sql(sqlite3 *db, const char *sql, const char *wanted)
{
	sqlite3_stmt *query = NULL;

	EXPECT_INT(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
	EXPECT_INT(sqlite3_step(query), SQLITE_ROW);
	EXPECT_TEXT((const char *)sqlite3_column_text(query, 0), wanted);
	EXPECT_INT(sqlite3_step(query), SQLITE_DONE);
	sqlite3_finalize(query);
}

static void expect_whole_database(void)
{
	sqlite3 *db = NULL;

	EXPECT_INT(sqlite3_open_v2(temp_path("state/proctor/proctor.db"), &db,
				   SQLITE_OPEN_READWRITE, NULL),
		   SQLITE_OK);
	expect_sql(db, "PRAGMA quick_check", "ok");
	expect_sql(db, "SELECT count(*) FROM sessions", "1");
	expect_sql(db, "SELECT count(*) - max(number) FROM events", "1");
	expect_sql(db, "SELECT count(*) FROM pragma_foreign_key_check", "0");
	EXPECT_INT(sqlite3_close(db), SQLITE_OK);
}

static void what_was_saved_survives_200_kills(void **state)
{
	(void)state;
	for (unsigned life = 0; life < KILLS; life++)
		live(life);
	child_run("resume");
	EXPECT_TRUE(open_session() && check(true));
	for (size_t i = 0; i < exam.count; i++)
		EXPECT_TRUE(exam.items[i].was_answered);
	say("{\"do\":\"submit\"}\n");
	EXPECT_TRUE(is(hear(), "result"));
	wait_for_end();
	expect_whole_database();
	fprintf(stderr, "# %d kills, %zu saved; %zu on their way, of which %zu stored\n",
		KILLS, exam.saves, exam.cut, exam.cut_stored);
}

static int set_up(void **state)
{
	char banks[4096];

	(void)state;
	seed = 200;
	exam.left_ms = exam.sure_ms = INT64_MAX;
	exam.start_ns = SECOND_NS / 50;
	exam.answer_ns = SECOND_NS / 1000;
	crypto_start();
	signal(SIGPIPE, SIG_IGN);
	temp_make();
	if (!getcwd(banks, sizeof(banks) - sizeof("/question_banks")))
		return -1;
	memcpy(banks + strlen(banks), "/question_banks", sizeof("/question_banks"));
	setenv("PROCTOR_BANKS", banks, 1);
	setenv("HOME", temp_dir, 1);
	setenv("XDG_STATE_HOME", temp_path("state"), 1);
	setenv("XDG_CONFIG_HOME", temp_path("config"), 1);
	setenv("XDG_DATA_HOME", temp_path("data"), 1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	if (child.pid) {
		kill(child.pid, SIGKILL);
		waitpid(child.pid, NULL, 0);
	}
	child_close();
	json_free(child.doc);
	buf_release(&child.got);
	buf_release(&child.line);
	temp_remove();
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_was_saved_survives_200_kills, set_up,
						tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
