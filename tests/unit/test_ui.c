#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "one_sit.h"

#include "proctor/report.h"
#include "proctor/score.h"

static int setup_shipped(void **state)
{
	(void)state;
	temp_make();
	sit_begin(&sit, "question_banks/aws-mle", "mla-c01", "bot", 130);
	return 0;
}

/* The number (from 1) a question has in the form. */
static unsigned number_of(const char *id)
{
	for (size_t i = 0; i < sit.form.count; i++)
		if (strcmp(sit.form.items[i].question->id, id) == 0)
			return (unsigned)i + 1;
	fail_msg("%s is not in the form", id);
	return 0;
}

static char letter_of(unsigned number, const char *option)
{
	const struct form_item *item = &sit.form.items[number - 1];

	for (size_t i = 0; i < item->question->option_count; i++)
		if (strcmp(item->question->options[i].id, option) == 0)
			return form_letter(item, i);
	fail_msg("no option %s", option);
	return 0;
}

/* ---- jsonl ---- */

static char *jsonl(const char *typed, enum ui_end wanted)
{
	enum ui_end end;
	char *said = sit_type(&sit, ui_jsonl, typed, &end);

	EXPECT_INT(end, wanted);
	return said;
}

static void the_first_line_is_the_session_and_tells_nothing_more(void **state)
{
	char *said = jsonl("", UI_GONE);

	(void)state;
	EXPECT_INT(strncmp(said, "{\"is\":\"session\",\"id\":\"", 22), 0);
	EXPECT_SAID(said, "\"blueprint\":\"tiny\",\"questions\":5,\"limit_ms\":600000");
	EXPECT_INT(strcspn(said, "\n"), strlen(said) - 1);
	free(said);
}

static void requests_are_answered_one_line_each(void **state)
{
	unsigned n = number_of("resp");
	char typed[1024];
	char *said;

	(void)state;
	snprintf(typed, sizeof(typed),
		 "{\"do\":\"goto\",\"number\":%u}\n"
		 "{\"do\":\"respond\",\"number\":%u,\"letters\":[\"%c\",\"%c\"]}\n"
		 "{\"do\":\"flag\",\"number\":%u,\"on\":true}\n"
		 "{\"do\":\"strike\",\"number\":%u,\"letter\":\"%c\",\"on\":true}\n"
		 "{\"do\":\"confidence\",\"number\":%u,\"level\":\"unsure\"}\n"
		 "{\"do\":\"status\"}\n{\"do\":\"goto\",\"number\":%u}\n{\"do\":\"quit\"}"
		 "\n",
		 n, n, letter_of(n, "c"), letter_of(n, "a"), n, n, letter_of(n, "b"), n,
		 n);
	said = jsonl(typed, UI_QUIT);
	EXPECT_SAID(said, "\"is\":\"question\"");
	EXPECT_SAID(said, "\"type\":\"multiple-response\",\"choose\":2,\"domain\":null");
	EXPECT_SAID(said, "\"is\":\"saved\"");
	EXPECT_SAID(said, "\"answered\":1,\"flagged\":[");
	EXPECT_SAID(said, "\"flagged\":true,\"struck\":[\"");
	EXPECT_TRUE(question_is_right(sit.form.items[n - 1].question,
				      &sit.session.items[n - 1].response));
	EXPECT_INT(sit.session.items[n - 1].confidence, CONFIDENCE_UNSURE);
	free(said);
}

static void ordering_and_matching_are_answered_in_their_way(void **state)
{
	char typed[1024];
	unsigned n;
	char *said;

	(void)state;
	if (sit.form.count == 0)
		return;
	for (size_t i = 0; i < sit.form.count; i++) {
		const struct form_item *item = &sit.form.items[i];
		struct response key = question_key(item->question);
		struct buf line = BUF_INIT;

		n = (unsigned)i + 1;
		if (item->question->type == MATCHING)
			buf_printf(&line,
				   "{\"do\":\"respond\",\"number\":%u,\"pairs\":{\"1\":"
				   "\"%c\","
				   "\"2\":\"%c\",\"3\":\"%c\"}}\n",
				   n, form_letter(item, key.picks[0]),
				   form_letter(item, key.picks[1]),
				   form_letter(item, key.picks[2]));
		else if (item->question->type == ORDERING)
			buf_printf(
				&line,
				"{\"do\":\"respond\",\"number\":%u,\"letters\":[\"%c\","
				"\"%c\",\"%c\"]}\n",
				n, form_letter(item, key.picks[0]),
				form_letter(item, key.picks[1]),
				form_letter(item, key.picks[2]));
		snprintf(typed, sizeof(typed), "%s{\"do\":\"goto\",\"number\":%u}\n",
			 line.data, n);
		said = jsonl(typed, UI_GONE);
		if (line.len) {
			EXPECT_SAID(said, "\"is\":\"saved\"");
			EXPECT_TRUE(question_is_right(item->question,
						      &sit.session.items[i].response));
		}
		free(said);
		buf_release(&line);
	}
}

static void what_makes_no_sense_is_answered_and_the_session_goes_on(void **state)
{
	static const struct {
		const char *typed, *message;
	} cases[] = {
		{ "nonsense", "request:1:1" },
		{ "{\"do\":\"dance\"}", "dance" },
		{ "{\"do\":\"goto\"}", "\\\"number\\\" is missing" },
		{ "{\"do\":\"goto\",\"number\":6}", "there is no such question" },
		{ "{\"do\":\"goto\",\"number\":0}", "request:1:" },
		{ "{\"do\":\"goto\",\"number\":1,\"number\":2}", "request:1:" },
		{ "{\"do\":\"goto\",\"nummer\":1}", "nummer" },
		{ "{\"do\":\"respond\",\"number\":1,\"letters\":[\"Z\"]}", "" },
		{ "{\"do\":\"respond\",\"number\":1}", "this question wants" },
		{ "{\"do\":\"unpause\"}", "\"is\":\"error\"" },
		{ "[]", "request:1:1" },
		{ "", "request:1:1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char typed[256];
		char *said;

		snprintf(typed, sizeof(typed), "%s\n{\"do\":\"status\"}\n",
			 cases[i].typed);
		said = jsonl(typed, UI_GONE);
		EXPECT_SAID(said, "\"is\":\"error\"");
		EXPECT_SAID(said, cases[i].message);
		EXPECT_SAID(said, "\"is\":\"status\"");
		free(said);
	}
}

static void a_pause_hides_the_question_and_stops_the_clock(void **state)
{
	char *said = jsonl("{\"do\":\"pause\"}\n{\"do\":\"goto\",\"number\":1}\n"
			   "{\"do\":\"unpause\"}\n{\"do\":\"goto\",\"number\":1}\n",
			   UI_GONE);

	(void)state;
	EXPECT_SAID(said, "\"paused\":true");
	EXPECT_SAID(said, "the session is paused");
	EXPECT_SAID(said, "\"paused\":false");
	EXPECT_SAID(strstr(said, "\"paused\":false"), "\"is\":\"question\"");
	free(said);
}

static void nothing_before_the_result_tells_a_secret(void **state)
{
	struct buf typed = BUF_INIT;
	char *said;

	(void)state;
	for (size_t i = 0; i < sit.form.count; i++)
		buf_printf(&typed, "{\"do\":\"goto\",\"number\":%zu}\n", i + 1);
	said = jsonl(typed.data, UI_GONE);
	EXPECT_UNSAID(said, "correct");
	EXPECT_UNSAID(said, "scored");
	EXPECT_UNSAID(said, "rationale");
	EXPECT_UNSAID(said, "Because");
	EXPECT_UNSAID(said, "demo:");
	EXPECT_UNSAID(said, "position");
	EXPECT_UNSAID(said, "match\":");
	free(said);
	buf_release(&typed);
}

static void time_runs_out_by_itself(void **state)
{
	char *said;

	(void)state;
	sit.step = 60000;
	said = jsonl("{\"do\":\"status\"}\n{\"do\":\"status\"}\n{\"do\":\"status\"}\n"
		     "{\"do\":\"flag\",\"number\":1,\"on\":true}\n{\"do\":\"status\"}\n"
		     "{\"do\":\"flag\",\"number\":1,\"on\":true}\n"
		     "{\"do\":\"flag\",\"number\":1,\"on\":true}\n",
		     UI_FINISHED);
	EXPECT_TRUE(sit.session.expired);
	EXPECT_INT(sit.session.used_ms, 600000);
	free(said);
}

static void a_line_that_never_ends_is_refused_and_forgotten(void **state)
{
	struct buf typed = BUF_INIT;
	char *said;

	(void)state;
	buf_repeat(&typed, 'x', 300000);
	buf_text(&typed, "\n{\"do\":\"status\"}\n");
	said = jsonl(typed.data, UI_GONE);
	EXPECT_SAID(said, "the line is too long");
	EXPECT_SAID(said, "\"is\":\"status\"");
	free(said);
	buf_release(&typed);
}

/* ---- The line mode ---- */

static char *line(const char *typed, enum ui_end wanted)
{
	enum ui_end end;
	char *said = sit_type(&sit, ui_line, typed, &end);

	EXPECT_INT(end, wanted);
	return said;
}

static void an_exam_is_sat_in_words(void **state)
{
	struct buf typed = BUF_INIT;
	char *said;

	(void)state;
	for (size_t i = 0; i < sit.form.count; i++) {
		const struct form_item *item = &sit.form.items[i];
		struct response key = question_key(item->question);

		for (size_t k = 0; k < key.count; k++) {
			if (item->question->type == MATCHING)
				buf_printf(&typed, "%zu", k + 1);
			buf_printf(&typed, "%c ", form_letter(item, key.picks[k]));
		}
		buf_text(&typed, "\nnext\n");
	}
	buf_text(&typed, "submit\nno\nsubmit\nyes\n");
	said = line(typed.data, UI_FINISHED);
	EXPECT_SAID(said, "Question 1 of 5");
	EXPECT_SAID(said, "(Select ONE.)");
	EXPECT_SAID(said, "Saved: ");
	EXPECT_SAID(said, "This is the last question");
	EXPECT_SAID(said, "Answered 5, not answered 0, flagged 0.");
	EXPECT_SAID(said, "The exam goes on.");
	EXPECT_INT(sit.session.phase, PHASE_DONE);
	for (size_t i = 0; i < sit.form.count; i++)
		EXPECT_TRUE(question_is_right(sit.form.items[i].question,
					      &sit.session.items[i].response));
	free(said);
	buf_release(&typed);
}

static void words_do_what_the_help_says(void **state)
{
	static const struct {
		const char *typed, *said;
	} cases[] = {
		{ "help", "unstrike" },
		{ "?", "unstrike" },
		{ "flag", "Flagged for review." },
		{ "flag off", "Flag taken off." },
		{ "unflag", "Flag taken off." },
		{ "strike a", "Struck out." },
		{ "show", "[struck out]" },
		{ "unstrike a", "Strike taken back." },
		{ "strike", "Name one option" },
		{ "sure", "Noted: sure." },
		{ "guess", "Noted: a guess." },
		{ "Answer  b", "Saved: B" },
		{ "clear", "Saved: no answer." },
		{ "answer", "neither an answer" },
		{ "time", "Time left: 10 minutes." },
		{ "review", "not seen" },
		{ "list", "not seen" },
		{ "review flagged", "None." },
		{ "case", "belongs to no case" },
		{ "go 9", "There are questions 1 to 5." },
		{ "go x", "There are questions 1 to 5." },
		{ "3", "Question 3 of 5" },
		{ "previous", "Question 2 of 5" },
		{ "p", "Question 1 of 5" },
		{ "PREVIOUS", "This is the first question." },
		{ "  n  ", "Question 2 of 5" },
		{ "dance", "neither an answer" },
		{ "pause", "Paused; the clock stands still." },
		{ "time", "Paused. Type resume" },
		{ "resume", "Question 2 of 5" },
	};
	struct buf typed = BUF_INIT;
	char *said, *at;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		buf_printf(&typed, "%s\n", cases[i].typed);
	at = said = line(typed.data, UI_GONE);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *found = strstr(at, cases[i].said);

		if (!found)
			fail_msg("after \"%s\": no \"%s\" in: %s", cases[i].typed,
				 cases[i].said, at);
		at = found;
	}
	free(said);
	buf_release(&typed);
}

static void too_many_letters_are_refused_and_too_few_are_told(void **state)
{
	char typed[128];
	char *said;

	(void)state;
	snprintf(typed, sizeof(typed), "go %u\na b c\na\n", number_of("resp"));
	said = line(typed, UI_GONE);
	EXPECT_SAID(said, "Not done: more options than the question asks for.");
	EXPECT_SAID(said, "1 more to go");
	free(said);
}

static void leaving_says_how_to_come_back(void **state)
{
	char *said = line("quit\n", UI_QUIT);

	(void)state;
	EXPECT_SAID(said, "Go on with: proctor resume");
	EXPECT_SAID(said, sit.about.id);
	free(said);
	sit_again(&sit);
	said = line("", UI_GONE);
	EXPECT_SAID(said, "Question 1 of 5");
	free(said);
}

static void the_end_of_the_input_says_how_to_come_back(void **state)
{
	char *said = line("a\n", UI_GONE);

	(void)state;
	EXPECT_SAID(said, "Go on with: proctor resume");
	free(said);
}

static void what_cannot_be_stored_does_not_begin(void **state)
{
	struct rlimit none = { 0, RLIM_INFINITY }, all = { RLIM_INFINITY, RLIM_INFINITY };
	enum ui_end ends[2];
	char *said[2];

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &none), 0);
	said[0] = sit_type(&sit, ui_jsonl, "", &ends[0]);
	said[1] = sit_type(&sit, ui_line, "", &ends[1]);
	EXPECT_INT(setrlimit(RLIMIT_FSIZE, &all), 0);
	EXPECT_INT(ends[0], UI_NOT_BEGUN);
	EXPECT_INT(ends[1], UI_NOT_BEGUN);
	EXPECT_SAID(said[0], "\"is\":\"error\"");
	EXPECT_SAID(said[1], "NOT SAVED");
	EXPECT_UNSAID(said[1], "Question 1");
	free(said[0]);
	free(said[1]);
}

static void an_output_that_cannot_be_written_is_told_from_a_reader_that_left(void **state)
{
	struct ui_streams streams = { .in = open("/dev/null", O_RDONLY), .columns = 80 };
	int ends[2];

	(void)state;
	streams.out = fopen("/dev/full", "w");
	if (streams.out) {
		EXPECT_INT(ui_line(&sit.sitting, &streams), UI_BROKEN);
		fclose(streams.out);
	}
	signal(SIGPIPE, SIG_IGN);
	EXPECT_INT(pipe(ends), 0);
	close(ends[0]);
	streams.out = fdopen(ends[1], "w");
	EXPECT_INT(ui_jsonl(&sit.sitting, &streams), UI_GONE);
	fclose(streams.out);
	close(streams.in);
}

static void time_that_ran_out_in_the_absence_shows_no_question(void **state)
{
	char *said = line("quit\n", UI_QUIT);

	(void)state;
	free(said);
	sit_again(&sit);
	sit_join(&sit, sit.about.limit_ms);
	said = line("a\n", UI_FINISHED);
	EXPECT_SAID(said, "Time is up.");
	EXPECT_UNSAID(said, "Question 1 of 5");
	free(said);
}

static void a_match_of_nothing_is_no_answer(void **state)
{
	char typed[64], *said;
	unsigned n;

	(void)state;
	sit_end(&sit);
	sit_begin(&sit, temp_path("bank"), "tiny", "m", 10);
	n = number_of("match");
	snprintf(typed, sizeof(typed), "go %u\n,\n", n);
	said = line(typed, UI_GONE);
	EXPECT_SAID(said, "neither an answer");
	EXPECT_INT(sit.session.items[n - 1].response.count, 0);
	free(said);
}

static void a_line_is_not_cut_into_an_answer(void **state)
{
	char *said, typed[400];

	(void)state;
	snprintf(typed, sizeof(typed), "a%300sb\n", "");
	said = line(typed, UI_GONE);
	EXPECT_SAID(said, "That line is too long.");
	EXPECT_UNSAID(said, "Saved:");
	free(said);
}

static void a_chosen_option_that_is_struck_is_told_as_both(void **state)
{
	char typed[64], *said;

	(void)state;
	snprintf(typed, sizeof(typed), "go %u\na\nstrike a\nshow\n", number_of("resp"));
	said = line(typed, UI_GONE);
	EXPECT_SAID(said, "A. [chosen, struck out] ");
	free(said);
}

/* In the bank's own order the options of the key might stand first. */
static void a_set_is_told_back_in_the_order_shown(void **state)
{
	unsigned n = number_of("resp");
	const struct form_item *item = &sit.form.items[n - 1];
	char typed[256], wanted[64], *said;
	size_t i = 0;

	(void)state;
	while (form_letter(item, i) < form_letter(item, i + 1))
		i++;
	EXPECT_TRUE(i + 1 < item->question->option_count); /* or the seed shows nothing */
	snprintf(typed, sizeof(typed),
		 "{\"do\":\"respond\",\"number\":%u,\"letters\":[\"%c\",\"%c\"]}\n"
		 "{\"do\":\"goto\",\"number\":%u}\n",
		 n, form_letter(item, i), form_letter(item, i + 1), n);
	snprintf(wanted, sizeof(wanted), "\"response\":[\"%c\",\"%c\"]",
		 form_letter(item, i + 1), form_letter(item, i));
	said = jsonl(typed, UI_GONE);
	EXPECT_SAID(said, wanted);
	free(said);
}

static void the_time_left_is_told_at_five_and_one_minute(void **state)
{
	struct buf typed = BUF_INIT;
	char *said;

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_text(&typed, "time\n");
	sit.step = 20000;
	said = line(typed.data, UI_FINISHED);
	EXPECT_SAID(said, "\n5 minutes left.\n");
	EXPECT_SAID(said, "\n1 minute left.\n");
	EXPECT_UNSAID(said, "15 minutes left.");
	EXPECT_SAID(said, "Time is up.");
	free(said);
	buf_release(&typed);
}

static void hostile_bank_text_cannot_reach_the_terminal(void **state)
{
	char *said;

	(void)state;
	((struct question *)(uintptr_t)sit.form.items[0].question)->stem =
		"See \x1b]52;c;evil\x07 and \xe2\x80\xae this";
	said = line("", UI_GONE);
	EXPECT_TRUE(strchr(said, 0x1b) == NULL);
	EXPECT_SAID(said, "^[");
	EXPECT_SAID(said, "<U+202E>");
	free(said);
}

/* Marks before an option count too: nothing is wider than the screen. */
static void no_line_is_wider_than_the_screen(void **state)
{
	static const char *const texts[] = {
		"The model overfits; add L2 regularization and remove some of the "
		"features.",
		"averyveryverylongwordwithoutanyplacetobreakitanywhereatallinsideofitsel"
		"f",
		"short",
	};
	struct ui_streams streams = { .columns = 40 };
	FILE *in = tmpfile();
	char *said = NULL;
	size_t size = 0;

	(void)state;
	for (size_t i = 0; i < sit.form.count; i++) {
		const struct question *question = sit.form.items[i].question;

		for (size_t k = 0; k < question->option_count; k++)
			((struct option *)(uintptr_t)&question->options[k])->text =
				texts[k % 3];
	}
	for (size_t i = 0; i < sit.form.count; i++)
		fputs("strike a\nstrike b\na\nshow\nnext\n", in);
	rewind(in);
	streams.in = fileno(in);
	streams.out = open_memstream(&said, &size);
	EXPECT_INT(ui_line(&sit.sitting, &streams), UI_GONE);
	fclose(streams.out);
	fclose(in);
	for (const char *at = said; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		/* A prompt and what follows it are two lines on a terminal. */
		const char *prompt = strstr(at, "> ");
		size_t len = strcspn(at, "\n");

		if (prompt && prompt < at + len && prompt - at < 10)
			len -= (size_t)(prompt - at) + 2;
		if (len > 40)
			fail_msg("%zu columns: %.*s", len, (int)strcspn(at, "\n"), at);
	}
	free(said);
}

/* ---- A bot and the shipped bank ---- */

static struct result answer(size_t right_scored, bool right_unscored)
{
	struct buf typed = BUF_INIT;
	struct result result;
	size_t scored = 0;
	char *said;

	for (size_t i = 0; i < sit.form.count; i++) {
		const struct form_item *item = &sit.form.items[i];
		struct response key = question_key(item->question);
		bool right = item->scored ? scored++ < right_scored : right_unscored;

		if (!right)
			continue;
		buf_printf(&typed, "{\"do\":\"respond\",\"number\":%zu,\"%s\":", i + 1,
			   item->question->type == MATCHING ? "pairs" : "letters");
		for (size_t k = 0; k < key.count; k++)
			if (item->question->type == MATCHING)
				buf_printf(&typed, "%s\"%zu\":\"%c\"", k ? "," : "{",
					   k + 1, form_letter(item, key.picks[k]));
			else
				buf_printf(&typed, "%s\"%c\"", k ? "," : "[",
					   form_letter(item, key.picks[k]));
		buf_text(&typed, item->question->type == MATCHING ? "}}\n" : "]}\n");
	}
	buf_text(&typed, "{\"do\":\"submit\"}\n");
	said = jsonl(typed.data, UI_FINISHED);
	EXPECT_UNSAID(said, "\"is\":\"error\"");
	free(said);
	buf_release(&typed);
	score_result(&sit.blueprint, &sit.form, &sit.session, &sit.arena, &result);
	return result;
}

static void all_right_is_1000(void **state)
{
	struct result result = answer(50, true);

	(void)state;
	EXPECT_INT(result.score.scaled, 1000);
	EXPECT_INT(result.score.of, 50);
	EXPECT_INT(result.all.of, 65);
	EXPECT_INT(result.all.right, 65);
	EXPECT_TRUE(result.score.passed);
}

static void all_wrong_is_100(void **state)
{
	struct result result = answer(0, false);

	(void)state;
	EXPECT_INT(result.score.scaled, 100);
	EXPECT_FALSE(result.score.passed);
}

static void thirty_five_of_fifty_pass(void **state)
{
	struct result result = answer(35, false);

	(void)state;
	EXPECT_INT(result.score.raw, 35);
	EXPECT_INT(result.score.scaled, 730);
	EXPECT_TRUE(result.score.passed);
}

static void thirty_four_of_fifty_fail_whatever_the_unscored(void **state)
{
	struct result result = answer(34, true);

	(void)state;
	EXPECT_INT(result.score.raw, 34);
	EXPECT_INT(result.score.scaled, 712);
	EXPECT_FALSE(result.score.passed);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define SHIPPED(name) cmocka_unit_test_setup_teardown(name, setup_shipped, teardown)

static const struct CMUnitTest tests[] = {
	CASE(the_first_line_is_the_session_and_tells_nothing_more),
	CASE(requests_are_answered_one_line_each),
	CASE(ordering_and_matching_are_answered_in_their_way),
	CASE(what_makes_no_sense_is_answered_and_the_session_goes_on),
	CASE(a_pause_hides_the_question_and_stops_the_clock),
	CASE(nothing_before_the_result_tells_a_secret),
	CASE(time_runs_out_by_itself),
	CASE(a_line_that_never_ends_is_refused_and_forgotten),
	CASE(an_exam_is_sat_in_words),
	CASE(words_do_what_the_help_says),
	CASE(too_many_letters_are_refused_and_too_few_are_told),
	CASE(leaving_says_how_to_come_back),
	CASE(the_end_of_the_input_says_how_to_come_back),
	CASE(what_cannot_be_stored_does_not_begin),
	CASE(an_output_that_cannot_be_written_is_told_from_a_reader_that_left),
	CASE(time_that_ran_out_in_the_absence_shows_no_question),
	CASE(a_match_of_nothing_is_no_answer),
	CASE(a_line_is_not_cut_into_an_answer),
	CASE(a_chosen_option_that_is_struck_is_told_as_both),
	CASE(a_set_is_told_back_in_the_order_shown),
	CASE(the_time_left_is_told_at_five_and_one_minute),
	CASE(hostile_bank_text_cannot_reach_the_terminal),
	CASE(no_line_is_wider_than_the_screen),
	SHIPPED(all_right_is_1000),
	SHIPPED(all_wrong_is_100),
	SHIPPED(thirty_five_of_fifty_pass),
	SHIPPED(thirty_four_of_fifty_fail_whatever_the_unscored),
};

int main(void)
{
	crypto_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
