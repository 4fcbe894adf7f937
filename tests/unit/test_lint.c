#include "proctor/lint.h"

#include "proctor/buf.h"
#include "proctor/file.h"
#include "test.h"

/* Every rule fires at its flaw, and alone; and not at what is only near it. */

static struct err err;

/* The report of a small bank without a flaw, the first place of `from` replaced. */
static void lint_with(const char *from, const char *to, struct lint_report *report)
{
	struct lint_options options = { .today = "2026-11-20", .with_source = true };
	struct buf bank = BUF_INIT, text = BUF_INIT;
	const char *at;

	EXPECT_OK(file_read("tests/fixtures/lint/demo.json", 1 << 20, &bank, &err), err);
	at = strstr(bank.data, from);
	if (!at)
		fail_msg("the bank has no \"%s\"", from);
	buf_add(&text, bank.data, (size_t)(at - bank.data));
	buf_text(&text, to);
	buf_text(&text, at + strlen(from));
	EXPECT_OK(lint_text("bank.json", text.data, text.len, &options, report, &err),
		  err);
	buf_release(&text);
	buf_release(&bank);
}

static size_t count_rule(const struct lint_report *report, const char *rule)
{
	size_t n = 0;

	for (size_t i = 0; i < report->count; i++)
		n += strcmp(report->findings[i].rule->name, rule) == 0;
	return n;
}

static void show(const struct lint_report *report)
{
	struct lint_look look = { "gcc", false, 80, "test" };
	struct buf text = BUF_INIT;

	lint_write(report, &look, &text);
	fputs(text.data, stderr);
	buf_release(&text);
}

static void a_clean_bank_has_no_findings(void **state)
{
	struct lint_report report;

	(void)state;
	lint_with("", "", &report);
	show(&report);
	EXPECT_INT(report.count, 0);
	lint_release(&report);
}

#define STEM_1 "Which service keeps files cheaply while they are read once a month?"
#define KEY_1 "An object store with a rare-access tier"
#define OPTION_B "A block volume with a snapshot policy"
#define OPTION_C "A file share with a lifecycle policy"
#define OPTION_D "A memory cache with a backup schedule"
#define RATIONALE_B "Blocks are billed whether they are read or not."
#define EXPLANATION_1 "Storage is billed by how it is read."

#define HEX "0000000000000000000000000000000000000000000000000000000000000000"

/* What is replaced, by what the rule fires at, and by what it does not fire at. */
static const struct row {
	const char *rule, *from, *fires, *quiet;
} rows[] = {
	{ "json-syntax", "\"id\": \"demo\",", "\"id\": \"demo\"", "\"id\" : \"demo\"," },
	{ "json-encoding", EXPLANATION_1, "Caf\xE9 storage.", "Caf\xC3\xA9 storage." },
	{ "json-control", EXPLANATION_1, "A\tstore.", "A\\tstore." },
	{ "json-duplicate-name", "\"difficulty\": \"easy\",",
	  "\"difficulty\": \"easy\", \"difficulty\": \"easy\",",
	  "\"difficulty\": \"hard\"," },
	{ "malformed", "\"version\": 1", "\"version\": 1e999", "\"version\": 2" },
	{ "unknown-field", "\"status\": \"active\"}, {\"id\": \"two",
	  "\"status\": \"active\", \"statsu\": 1}, {\"id\": \"two",
	  "\"status\": \"draft\"}, {\"id\": \"two" },
	{ "missing-field", "\"difficulty\": \"easy\",", "", "\"difficulty\": \"hard\"," },
	{ "wrong-kind", "\"difficulty\": \"easy\",",
	  "\"difficulty\": \"easy\", \"topics\": \"a\",",
	  "\"difficulty\": \"easy\", \"topics\": [\"a\"]," },
	{ "wrong-size", "\"explanation\": \"" EXPLANATION_1 "\"", "\"explanation\": \"\"",
	  "\"explanation\": \"Billing.\"" },
	{ "wrong-choice", "\"difficulty\": \"easy\"", "\"difficulty\": \"eazy\"",
	  "\"difficulty\": \"hard\"" },
	{ "bad-id", "{\"id\": \"two", "{\"id\": \"two_", "{\"id\": \"two-b" },
	{ "duplicate-id", "{\"id\": \"two", "{\"id\": \"one", "{\"id\": \"twos" },
	{ "bad-objective", "[\"x:1.1\"]", "[\"x:1.1\", \"x:1.2\"]", "[\"x:1.2\"]" },
	{ "bad-date", "\"reviewed\": \"2026-11-01\"", "\"reviewed\": \"2026-13-01\"",
	  "\"reviewed\": \"2026-10-01\"" },
	{ "bad-path", "\"blueprints\": [",
	  "\"blueprints\": [{\"path\": \"../x\", \"blake2b\": \"" HEX "\"}, ",
	  "\"blueprints\": [{\"path\": \"x.json\", \"blake2b\": \"" HEX "\"}, " },
	{ "listed-twice", "\"blueprints\": [",
	  "\"blueprints\": [{\"path\": \"x.json\", \"blake2b\": \"" HEX
	  "\"}, {\"path\": \"x.json\", \"blake2b\": \"" HEX "\"}, ",
	  "\"blueprints\": [{\"path\": \"x.json\", \"blake2b\": \"" HEX "\"}, " },
	{ "stray-field", "\"correct\": true, \"rationale\": \"Rare",
	  "\"correct\": true, \"position\": 1, \"rationale\": \"Rare",
	  "\"correct\": true, \"rationale\": \"Rare, " },
	{ "unknown-option", "\"match\": \"a\"", "\"match\": \"z\"", "\"match\": \"b\"" },
	{ "wrong-key", "\"correct\": true, \"rationale\": \"Rare",
	  "\"rationale\": \"Rare", "\"correct\": true, \"rationale\": \"Very rare" },
	{ "unknown-case", "\"case\": null", "\"case\": \"nightly-runs\"",
	  "\"case\": \"nightly-run\"" },
	{ "unknown-enemy", "\"enemies\": []", "\"enemies\": [\"too\"]",
	  "\"enemies\": [\"two\"]" },
	{ "own-enemy", "\"enemies\": []", "\"enemies\": [\"one\"]",
	  "\"enemies\": [\"three\"]" },
	{ "bad-scale", "\"pass\": 70", "\"pass\": 101", "\"pass\": 100" },
	{ "bad-mix", "\"unscored\": 0,",
	  "\"unscored\": 0, \"mix\": {\"ordering\": [2, 1]},",
	  "\"unscored\": 0, \"mix\": {\"ordering\": [0, 1]}," },
	{ "bad-difficulty", "\"unscored\": 0,",
	  "\"unscored\": 0, \"difficulty\": [2.2, 1.8],",
	  "\"unscored\": 0, \"difficulty\": [1, 3]," },
	{ "unknown-objective", "[\"x:1.1\"]", "[\"x:1.9\"]", "[\"x:1.2\"]" },
	{ "unknown-default", "\"version\": 1",
	  "\"version\": 1, \"default_blueprint\": \"y\"",
	  "\"version\": 1, \"default_blueprint\": \"x\"" },
	{ "empty-case", "\"case\": \"nightly-run\"", "\"case\": null",
	  "\"case\" : \"nightly-run\"" },
	{ "markup", EXPLANATION_1, "See ![it](x).", "See *it*." },
	{ "hidden-character", EXPLANATION_1, "A\xE2\x80\x8Bstore.", "A store." },
	{ "not-normalized", EXPLANATION_1, "A cafe\xCC\x81.", "A caf\xC3\xA9." },
	{ "renamed-service", "\"version\": 1",
	  "\"version\": 1, \"names\": [{\"old\": \"Storage\", \"now\": \"Cool "
	  "Storage\"}]",
	  "\"version\": 1, \"names\": [{\"old\": \"Storage\", \"now\": \"Storage "
	  "is\"}]" },
	{ "retired-service", "\"version\": 1",
	  "\"version\": 1, \"names\": [{\"old\": \"Storage\"}]",
	  "\"version\": 1, \"names\": [{\"old\": \"Storage\", \"exams\": [\"x\"]}]" },
	{ "outer-blanks", EXPLANATION_1, EXPLANATION_1 " ", "Storage is billed." },
	{ "bad-url", "https://example.org/store", "http://example.org/store",
	  "https://example.org/shop" },
	{ "duplicate-option", OPTION_C, "a  block volume with A snapshot policy",
	  "A block volume with a policy for snapshots" },
	{ "contradicting-rationale", RATIONALE_B, "Correct: blocks are cheap.",
	  "Correcting blocks is dear." },
	{ "letter-in-rationale", RATIONALE_B, "Unlike option A, blocks are dear.",
	  "A block is no option." },
	{ "longest-is-key", KEY_1, KEY_1 ", which moves what nobody reads to cold disks",
	  KEY_1 ", or two" },
	{ "length-outlier", OPTION_B, "A volume", "A block volume with snapshots" },
	{ "all-or-none-above", OPTION_D, "None of the above options in this list",
	  "A memory above the cache, with backups" },
	{ "option-combination", OPTION_D, "A and C only", "A and a cache with copies" },
	{ "absolute-distractor", OPTION_D, "A memory cache that always backs up",
	  "A memory cache that backs up every hour" },
	{ "vague-frequency", OPTION_D, "A memory cache that often is backed up",
	  "A memory cache that is backed up twice" },
	{ "true-false-option", OPTION_D, "False", "A false cache with a backup file" },
	{ "stem-word-in-key", KEY_1, "A cheaply kept rare-access tier of disks",
	  "A dearly kept rare-access tier of disks" },
	{ "article-cue", STEM_1 "\", \"options\": [{\"id\": \"a\", \"text\": \"" KEY_1,
	  "For files that are read once a month use a\", \"options\": [{\"id\": \"a\", "
	  "\"text\": \"Bucket in a rare-access tier",
	  "For files that are read once a month use this:\", \"options\": [{\"id\": "
	  "\"a\", \"text\": \"Bucket in a rare-access tier" },
	{ "odd-punctuation", OPTION_D, OPTION_D ".", OPTION_D },
	{ "negative-stem", STEM_1, "Which store is NOT cheap for objects read monthly?",
	  "The old one is not cheap. Which store is?" },
	{ "negative-unemphasised", STEM_1,
	  "Which store is not cheap for objects read monthly?",
	  "Which store is **not** cheap for objects read monthly?" },
	{ "double-negative",
	  STEM_1 "\", \"options\": [{\"id\": \"a\", \"text\": \"" KEY_1,
	  "Which store is NOT cheap for monthly reads?\", \"options\": [{\"id\": \"a\", "
	  "\"text\": \"An object store that cannot move tiers",
	  "Which store is cheap for monthly reads?\", \"options\": [{\"id\": \"a\", "
	  "\"text\": \"An object store that cannot move tiers" },
	{ "unfocused-stem", STEM_1, "Cheap storage?", "Which one is a cheap storage?" },
	{ "blank-in-stem", STEM_1, "The store that is read monthly is called ___?",
	  "The store that is read monthly is called what?" },
	{ "select-count-in-stem", STEM_1, STEM_1 " (Select TWO.)",
	  STEM_1 " Select the two that fit." },
	{ "missing-rationale", ", \"rationale\": \"" RATIONALE_B "\"", "",
	  ", \"rationale\": \"Dear.\"" },
	{ "missing-reference",
	  "\"references\": [{\"title\": \"Store\", \"url\": "
	  "\"https://example.org/store\"}], ",
	  "",
	  "\"references\": [{\"title\": \"S\", \"url\": \"https://example.org/s\"}], " },
	{ "missing-review", "\"reviewed\": \"2026-11-01\", ", "",
	  "\"reviewed\": \"2026-11-02\", " },
	{ "stale-review", "\"reviewed\": \"2026-11-01\"", "\"reviewed\": \"2025-11-01\"",
	  "\"reviewed\": \"2025-11-21\"" },
	{ "expired-bank", "\"version\": 1",
	  "\"version\": 1, \"valid_until\": \"2026-11-19\"",
	  "\"version\": 1, \"valid_until\": \"2026-11-20\"" },
	{ "too-few-of-type", "\"scored\": 1, \"unscored\": 0,",
	  "\"scored\": 2, \"unscored\": 0, \"mix\": {\"ordering\": [2, 2]},",
	  "\"scored\": 2, \"unscored\": 0, \"mix\": {\"ordering\": [1, 2]}," },
	{ "too-few-in-domain", "\"scored\": 1,", "\"scored\": 20,", "\"scored\": 4," },
	{ "few-forms", "\"scored\": 1,", "\"scored\": 2,", "\"scored\" : 1," },
	{ "thin-task", "{\"id\": \"1.2\", \"title\": \"Two\"}",
	  "{\"id\": \"1.2\", \"title\": \"Two\"}, {\"id\": \"1.3\", \"title\": \"New\"}",
	  "{\"id\": \"1.2\", \"title\": \"Other\"}" },
	{ "unused-suppression", "\"enemies\": []",
	  "\"enemies\": [], \"lint\": {\"ignore\": [\"long-stem\"], \"why\": \"so\"}",
	  "\"enemies\" : []" },
};

static void each_rule_fires_at_its_flaw(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct lint_report report;

		lint_with(rows[i].from, rows[i].fires, &report);
		if (!count_rule(&report, rows[i].rule)) {
			show(&report);
			fail_msg("%s does not fire", rows[i].rule);
		}
		lint_release(&report);
	}
}

static void no_rule_fires_at_what_is_only_near(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct lint_report report;

		lint_with(rows[i].from, rows[i].quiet, &report);
		if (count_rule(&report, rows[i].rule)) {
			show(&report);
			fail_msg("%s fires", rows[i].rule);
		}
		lint_release(&report);
	}
}

/* Rules with tests of their own below, or in the tests of commands. */
static const char *const elsewhere[] = {
	"missing-file",
	"stale-baseline",
	"unlisted-file",
	"converging-key",
	"unsorted-numbers",
	"overlapping-ranges",
	"two-options",
	"long-stem",
	"duplicate-question",
	"near-duplicate",
	"similar-stem",
	"key-told-elsewhere",
	"longest-key-overall",
	"test-wise",
	"key-positions",
	"many-enemies",
	NULL,
};

static void every_rule_has_a_test(void **state)
{
	const struct lint_rule *rule;

	(void)state;
	for (size_t r = 0; (rule = lint_rule_at(r)); r++) {
		bool found = false;

		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			found |= strcmp(rows[i].rule, rule->name) == 0;
		for (size_t i = 0; elsewhere[i]; i++)
			found |= strcmp(elsewhere[i], rule->name) == 0;
		if (!found)
			fail_msg("%s has no test", rule->name);
	}
}

static void every_rule_says_what_why_and_how_to_mend(void **state)
{
	const struct lint_rule *rule;

	(void)state;
	for (size_t r = 0; (rule = lint_rule_at(r)); r++) {
		EXPECT_TRUE(lint_rule_find(rule->name) == rule);
		EXPECT_TRUE(rule->what[strlen(rule->what) - 1] == '.');
		EXPECT_TRUE(rule->why[0] && rule->mend[0] && rule->example[0]);
		EXPECT_TRUE(strlen(rule->name) <= 24);
	}
	EXPECT_TRUE(lint_rule_at(60) != NULL);
}

static const struct CMUnitTest tests[] = {
	TEST(a_clean_bank_has_no_findings),
	TEST(each_rule_fires_at_its_flaw),
	TEST(no_rule_fires_at_what_is_only_near),
	TEST(every_rule_has_a_test),
	TEST(every_rule_says_what_why_and_how_to_mend),
};

TEST_MAIN(tests)
