#include "bank_home.h"

/* It is refused, and nothing of it can be reached. */
static void expect_refused(bool allow_unsigned, enum err_kind kind, const char *part)
{
	struct bank *bank = NULL;
	struct err err;

	EXPECT_ERR(open_it(allow_unsigned, &bank, &err), err, kind, part);
	EXPECT_TRUE(bank == NULL);
}

static void a_signed_bank_opens_and_is_what_was_written(void **state)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	EXPECT_OK(open_it(false, &bank, &err), err);
	EXPECT_TEXT(bank->id, "demo");
	EXPECT_INT(bank->version, 2);
	EXPECT_TEXT(bank->issued, "2026-11-20");
	EXPECT_TRUE(bank->is_signed);
	EXPECT_TEXT(bank->signer.comment, "proctor-bank/1 id=demo version=2");
	EXPECT_INT(bank->count, 6);
	EXPECT_INT(bank->file_count, 2);
	EXPECT_INT(bank->blueprint_count, 1);
	EXPECT_TEXT(bank_find(bank, "two")->stem, "Stem of two?");
	EXPECT_TRUE(bank_find(bank, "four") == NULL);
	bank_free(bank);
}

static void questions_are_found_by_task_and_domain(void **state)
{
	struct err err = ERR_INIT;
	const struct bank_entry *entry;
	struct bank *bank;
	size_t count;

	(void)state;
	EXPECT_OK(open_it(false, &bank, &err), err);
	entry = bank_find_task(bank, "demo:2.1", &count);
	EXPECT_INT(count, 3);
	EXPECT_TEXT(entry[0].question->id, "match");
	EXPECT_TEXT(entry[2].question->id, "three");
	bank_find_prefix(bank, "demo:", &count);
	EXPECT_INT(count, 6);
	bank_find_prefix(bank, "demo:1.", &count);
	EXPECT_INT(count, 3);
	bank_find_task(bank, "demo:2", &count);
	EXPECT_INT(count, 0);
	EXPECT_TEXT(question_task(bank_find(bank, "one"), "demo"), "1.1");
	EXPECT_TRUE(question_task(bank_find(bank, "one"), "dem") == NULL);
	bank_free(bank);
}

/* Every byte, changed once: the manifest, its signature, a question file. */
static void every_changed_byte_is_refused(void **state)
{
	static const char *const files[] = { "bank/bank.json", "bank/bank.json.minisig",
					     "bank/questions/1.json" };
	/* The untrusted comment is the one line that nobody signs. */
	const size_t unsigned_from = strlen("untrusted comment: ");

	(void)state;
	for (size_t f = 0; f < 3; f++) {
		struct buf text = BUF_INIT;

		temp_read(files[f], &text);
		for (size_t i = 0; i < text.len; i++) {
			struct bank *bank;
			struct err err = ERR_INIT;

			if (f == 1 && i >= unsigned_from && i <= strcspn(text.data, "\n"))
				continue;
			text.data[i] ^= 0x01;
			temp_write(files[f], text.data, text.len);
			text.data[i] ^= 0x01;
			if (open_it(true, &bank, &err))
				fail_msg("%s: byte %zu changed, and accepted", files[f],
					 i);
			EXPECT_INT(err.kind, ERR_TRUST);
		}
		temp_write(files[f], text.data, text.len);
		buf_release(&text);
	}
}

static void every_cut_is_refused(void **state)
{
	static const char *const files[] = { "bank/bank.json", "bank/bank.json.minisig",
					     "bank/questions/1.json" };

	(void)state;
	for (size_t f = 0; f < 3; f++) {
		struct buf text = BUF_INIT;

		temp_read(files[f], &text);
		/* A signature may lack its last line feed, and nothing else. */
		for (size_t len = 0; len + (f == 1) < text.len; len++) {
			struct bank *bank;
			struct err err = ERR_INIT;

			temp_write(files[f], text.data, len);
			if (open_it(true, &bank, &err))
				fail_msg("%s: cut at %zu, and accepted", files[f], len);
			EXPECT_INT(err.kind, ERR_TRUST);
		}
		temp_write(files[f], text.data, text.len);
		buf_release(&text);
	}
}

static void a_missing_file_is_named(void **state)
{
	(void)state;
	unlink(temp_path("bank/questions/2.json"));
	expect_refused(false, ERR_TRUST, "questions/2.json: missing");
}

static void a_link_is_refused_even_to_the_right_bytes(void **state)
{
	(void)state;
	EXPECT_INT(rename(temp_path("bank/questions/2.json"), "/tmp/proctor-test-2.json"),
		   0);
	EXPECT_INT(
		symlink("/tmp/proctor-test-2.json", temp_path("bank/questions/2.json")),
		0);
	expect_refused(false, ERR_TRUST, "links are refused");
	unlink("/tmp/proctor-test-2.json");
}

static void a_fifo_is_refused_and_not_waited_for(void **state)
{
	(void)state;
	unlink(temp_path("bank/questions/2.json"));
	EXPECT_INT(mkfifo(temp_path("bank/questions/2.json"), 0600), 0);
	expect_refused(false, ERR_TRUST, "not a regular file");
}

static void an_unsigned_bank_needs_leave(void **state)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	unlink(temp_path("bank/bank.json.minisig"));
	expect_refused(false, ERR_TRUST, "not signed");
	EXPECT_OK(open_it(true, &bank, &err), err);
	EXPECT_FALSE(bank->is_signed);
	bank_free(bank);
}

static void a_bad_signature_is_not_no_signature(void **state)
{
	(void)state;
	temp_text("bank/bank.json.minisig", "");
	expect_refused(true, ERR_TRUST, "bank.json.minisig");
}

static void another_key_is_refused(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	EXPECT_OK(trust_load(&trust, TEMP_OTHER, &arena, &err), err);
	expect_refused(false, ERR_TRUST, "");
}

static void what_was_signed_must_be_this_bank(void **state)
{
	struct err err = ERR_INIT;
	struct buf text = BUF_INIT, signature = BUF_INIT;
	struct secret_key *key = temp_key();

	(void)state;
	temp_read("bank/bank.json", &text);
	EXPECT_OK(crypto_sign_file(key, text.data, text.len,
				   "proctor-bank/1 id=demo version=1", &signature, &err),
		  err);
	temp_write("bank/bank.json.minisig", signature.data, signature.len);
	expect_refused(false, ERR_TRUST, "what was signed is");
	buf_release(&text);
	buf_release(&signature);
	crypto_secret_free(key);
}

static void paths_out_of_the_bank_are_refused(void **state)
{
	static const char *const paths[] = {
		"/etc/passwd",        "../bank/questions/1.json", "questions/../x",
		"./questions/1.json", "questions//1.json",        "questions/",
		"questions\\1.json"
	};
	struct err err;
	struct bank *bank;

	(void)state;
	unlink(temp_path("bank/bank.json.minisig"));
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct buf text = BUF_INIT;
		struct json_out out = JSON_OUT(&text, false);
		char zeros[65];

		memset(zeros, '0', 64);
		zeros[64] = '\0';
		buf_text(&text, TEMP_MANIFEST);
		json_out_object(&out, NULL);
		json_out_text(&out, "path", paths[i]);
		json_out_text(&out, "blake2b", zeros);
		json_out_end(&out, '}');
		buf_text(&text, "]}");
		temp_text("bank/bank.json", text.data);
		EXPECT_ERR(open_it(true, &bank, &err), err, ERR_INPUT, "no plain path");
		buf_release(&text);
	}
}

/* What an author may get wrong, and the place and words it is answered with. */
static void broken_questions_are_answered_with_their_place(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "{\"format\":\"proctor-questions/1\",\n \"questions\":[\n  {]}",
		  "questions/1.json:3:4" },
		{ "{\"format\":\"proctor-questions/2\",\"questions\":[]}", "1:11" },
		{ TEMP_QUESTIONS("{\"id\":\"x\"}"), "missing" },
		{ TEMP_QUESTIONS(TEMP_CHOICE("Bad Id", "1.1")), "no slug" },
		{ TEMP_QUESTIONS(TEMP_CHOICE("one", "one")), "no objective" },
		{ TEMP_QUESTIONS(TEMP_CHOICE("one", "1.1") "," TEMP_CHOICE("one", "1.1")),
		  "another question has this id" },
		{ TEMP_QUESTIONS(TEMP_CHOICE("three", "1.1")),
		  "another question has this id" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err;

		temp_bank(cases[i].text, TEMP_TWO);
		EXPECT_ERR(temp_sign(0, "2026-11-20", &err), err, ERR_INPUT,
			   cases[i].message);
	}
}

/* One question, with one part of it replaced. */
static void expect_question(const char *from, const char *part, const char *by,
			    const char *message)
{
	struct buf text = BUF_INIT;
	const char *at = strstr(from, part);
	struct err err;

	EXPECT_TRUE(at != NULL);
	buf_add(&text, from, (size_t)(at - from));
	buf_text(&text, by);
	buf_text(&text, at + strlen(part));
	temp_bank(text.data, TEMP_QUESTIONS(TEMP_CHOICE("three", "2.1")));
	EXPECT_ERR(temp_sign(0, "2026-11-20", &err), err, ERR_INPUT, message);
	buf_release(&text);
}

static void every_rule_of_a_type_is_kept(void **state)
{
	static const char choice[] = TEMP_QUESTIONS(TEMP_CHOICE("one", "1.1"));
	static const char multiple[] = TEMP_QUESTIONS(TEMP_RESPONSE);
	static const char ordering[] = TEMP_QUESTIONS(TEMP_ORDERING);
	static const char matching[] = TEMP_QUESTIONS(TEMP_MATCHING);

	(void)state;
	expect_question(choice, ",\"correct\":true", "", "exactly one option");
	expect_question(choice, "\"wrong\"", "\"wrong\",\"correct\":true",
			"exactly one option");
	expect_question(choice, "\"wrong\"", "\"wrong\",\"position\":1", "means nothing");
	expect_question(choice, "\"id\":\"c\"", "\"id\":\"a\"", "a second option");
	expect_question(choice, "\"id\":\"c\"", "\"id\":\"c,d\"", "no option id");
	expect_question(choice, "\"stem\"", "\"stam\"", "stam");
	expect_question(choice, "\"easy\"", "\"simple\"", "simple");
	expect_question(choice, "\"case\":null", "\"case\":\"nowhere\"", "no such case");
	expect_question(choice, "\"case\":null", "\"enemies\":[\"nobody\"]",
			"does not exist");
	expect_question(choice, "\"case\":null", "\"enemies\":[\"one\"]", "names itself");
	expect_question(choice, "\"case\":null", "\"prompts\":[{},{}]", "means nothing");
	expect_question(choice, "\"case\":null", "\"reviewed\":\"2026-13-01\"",
			"no date");
	expect_question(choice, "[\"demo:1.1\"]", "[\"demo:1.1\",\"demo:1.2\"]",
			"a second objective");
	expect_question(multiple, ",\"correct\":true", "", "two or more of five");
	expect_question(multiple, ",{\"id\":\"e\",\"text\":\"E\"}", "",
			"two or more of five");
	expect_question(ordering, "\"position\":3", "\"position\":2",
			"the positions must be");
	expect_question(ordering, "\"position\":3", "\"position\":4",
			"the positions must be");
	expect_question(ordering, "\"position\":3", "\"correct\":true", "means nothing");
	expect_question(matching, "\"match\":\"a\"", "\"match\":\"c\"",
			"no option \"c\"");
	expect_question(matching, "\"id\":\"2\"", "\"id\":\"1\"", "a second prompt");
}

static void signing_raises_the_version_and_lists_new_files(void **state)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	temp_text("bank/questions/3.json", TEMP_QUESTIONS(TEMP_CHOICE("new", "1.1")));
	EXPECT_OK(open_it(false, &bank, &err), err); /* not listed: not there */
	EXPECT_INT(bank->count, 6);
	bank_free(bank);
	EXPECT_OK(temp_sign(0, "2026-11-21", &err), err);
	EXPECT_OK(open_it(false, &bank, &err), err);
	EXPECT_INT(bank->version, 3);
	EXPECT_INT(bank->count, 7);
	bank_free(bank);
	EXPECT_OK(temp_sign(9, "2026-11-21", &err), err);
	EXPECT_OK(open_it(false, &bank, &err), err);
	EXPECT_INT(bank->version, 9);
	bank_free(bank);
}

static void a_refused_signing_changes_nothing(void **state)
{
	struct buf before = BUF_INIT, after = BUF_INIT;
	struct err err;

	(void)state;
	temp_read("bank/bank.json", &before);
	temp_text("bank/questions/3.json", "{");
	EXPECT_ERR(temp_sign(0, "2026-11-21", &err), err, ERR_INPUT,
		   "questions/3.json:1:2");
	temp_read("bank/bank.json", &after);
	EXPECT_TEXT(before.data, after.data);
	buf_release(&before);
	buf_release(&after);
}

#define CASED(id, task, of)                                                              \
	"{\"id\":\"" id "\",\"type\":\"multiple-choice\",\"objectives\":[\"demo:" task   \
	"\"],\"difficulty\":\"easy\",\"case\":\"" of "\",\"stem\":\"s\",\"options\":["   \
	"{\"id\":\"a\",\"text\":\"A\",\"correct\":true},{\"id\":\"b\",\"text\":\"B\"}]," \
	"\"explanation\":\"x\",\"status\":\"active\"}"

static void a_case_may_lie_in_another_file_and_is_in_the_order_of_ids(void **state)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	temp_bank("{\"format\":\"proctor-questions/1\",\"cases\":[{\"id\":\"story\","
		  "\"title\":\"T\",\"text\":\"Long\"}],\"questions\":[" CASED(
			  "s-2", "2.1", "story") "]}",
		  TEMP_QUESTIONS(
			  CASED("s-3", "1.1", "story") "," CASED("s-1", "1.1", "story")));
	EXPECT_OK(temp_sign(0, "2026-11-20", &err), err);
	EXPECT_OK(open_it(false, &bank, &err), err);
	EXPECT_INT(bank->case_count, 1);
	EXPECT_INT(bank->cases[0].count, 3);
	EXPECT_TEXT(bank->cases[0].questions[0]->id, "s-1");
	EXPECT_TEXT(bank->cases[0].questions[2]->id, "s-3");
	EXPECT_TRUE(bank_find(bank, "s-2")->in_case == &bank->cases[0]);
	bank_free(bank);
}

static void keys_and_responses_of_every_type_agree(void **state)
{
	static const struct {
		const char *id, *right, *wrong;
	} cases[] = {
		{ "one", "b", "a" },
		{ "resp", "a,c", "a,b" },
		{ "resp", "a,c", "a" },
		{ "order", "c,d,a", "a,c,d" },
		{ "order", "c,d,a", "c,d,a,b" },
		{ "match", "1=b,2=a,3=b", "1=b,2=a" },
		{ "match", "1=b,2=a,3=b", "1=b,2=b,3=b" },
		{ "match", "1=b,2=a,3=b", "" },
	};
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	EXPECT_OK(open_it(false, &bank, &err), err);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct question *question = bank_find(bank, cases[i].id);
		struct response key = question_key(question), response;
		struct buf text = BUF_INIT;

		response_write(question, &key, &text);
		EXPECT_TEXT(text.data, cases[i].right);
		EXPECT_OK(response_read(question, cases[i].right, &response, &err), err);
		EXPECT_TRUE(question_is_right(question, &response));
		EXPECT_OK(response_read(question, cases[i].wrong, &response, &err), err);
		EXPECT_FALSE(question_is_right(question, &response));
		buf_release(&text);
	}
	EXPECT_ERR(
		response_read(bank_find(bank, "one"), "z", &(struct response){ 0 }, &err),
		err, ERR_INPUT, "no response to question one");
	EXPECT_ERR(response_read(bank_find(bank, "one"), "a,", &(struct response){ 0 },
				 &err),
		   err, ERR_INPUT, "comma");
	bank_free(bank);
}

static void a_question_written_is_read_back_the_same(void **state)
{
	struct err err = ERR_INIT;
	struct bank *bank;

	(void)state;
	EXPECT_OK(open_it(false, &bank, &err), err);
	for (size_t i = 0; i < bank->count; i++) {
		struct buf once = BUF_INIT, twice = BUF_INIT;
		struct json_out out = JSON_OUT(&once, false),
				again = JSON_OUT(&twice, false);
		struct question question;
		struct json_doc *doc;
		const char *case_id;

		question_write(&bank->questions[i], &out);
		EXPECT_OK(json_open("q", once.data, once.len, &json_limits_file, &doc,
				    &err),
			  err);
		EXPECT_OK(question_read(doc, json_root(doc), &arena, &question, &case_id,
					&err),
			  err);
		question_write(&question, &again);
		EXPECT_TEXT(once.data, twice.data);
		json_free(doc);
		buf_release(&once);
		buf_release(&twice);
	}
	bank_free(bank);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	CASE(a_signed_bank_opens_and_is_what_was_written),
	CASE(questions_are_found_by_task_and_domain),
	CASE(every_changed_byte_is_refused),
	CASE(every_cut_is_refused),
	CASE(a_missing_file_is_named),
	CASE(a_link_is_refused_even_to_the_right_bytes),
	CASE(a_fifo_is_refused_and_not_waited_for),
	CASE(an_unsigned_bank_needs_leave),
	CASE(a_bad_signature_is_not_no_signature),
	CASE(another_key_is_refused),
	CASE(what_was_signed_must_be_this_bank),
	CASE(paths_out_of_the_bank_are_refused),
	CASE(broken_questions_are_answered_with_their_place),
	CASE(every_rule_of_a_type_is_kept),
	CASE(signing_raises_the_version_and_lists_new_files),
	CASE(a_refused_signing_changes_nothing),
	CASE(a_case_may_lie_in_another_file_and_is_in_the_order_of_ids),
	CASE(keys_and_responses_of_every_type_agree),
	CASE(a_question_written_is_read_back_the_same),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
