#ifndef TOLD_H
#define TOLD_H

/* Finished sessions filled by hand, for test_report. */
#include "proctor/arena.h"
#include "proctor/report.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ITEMS_MAX 65

static struct option options[] = {
	{ .id = "a", .correct = true, .position = 2 },
	{ .id = "b", .correct = false },
	{ .id = "c", .correct = true, .position = 1 },
	{ .id = "d", .correct = false, .position = 3 },
	{ .id = "e", .correct = false },
};
static struct option single[] = {
	{ .id = "a" }, { .id = "b", .correct = true }, { .id = "c" }, { .id = "d" }
};
static struct prompt prompts[] = { { .id = "1", .match = 1 },
				   { .id = "2", .match = 0 },
				   { .id = "3", .match = 1 } };

static const struct question questions[QUESTION_TYPES] = {
	[MULTIPLE_CHOICE] = { .id = "one-right-01",
			      .type = MULTIPLE_CHOICE,
			      .options = single,
			      .option_count = 4,
			      .choose = 1 },
	[MULTIPLE_RESPONSE] = { .id = "two-right-01",
				.type = MULTIPLE_RESPONSE,
				.options = options,
				.option_count = 5,
				.choose = 2 },
	[ORDERING] = { .id = "in-order-01",
		       .type = ORDERING,
		       .options = options,
		       .option_count = 5,
		       .choose = 3 },
	[MATCHING] = { .id = "pairs-01",
		       .type = MATCHING,
		       .options = single,
		       .option_count = 4,
		       .prompts = prompts,
		       .prompt_count = 3,
		       .choose = 3 },
};

/* All that a report is made from, so that a test may change any of it. */
struct told {
	struct arena arena;
	struct blueprint blueprint;
	struct form form;
	struct form_item items[ITEMS_MAX];
	struct session state;
	struct session_item given[ITEMS_MAX];
	struct store_session session;
	struct result result;
	struct report report;
};

static void add_item(struct told *told, const struct form_item *item,
		     const struct session_item *given)
{
	struct session_item *sat = &told->given[told->form.count];

	told->items[told->form.count++] = *item;
	told->state.count++;
	*sat = *given;
	sat->question = (struct session_question){
		item->question->type,
		(uint8_t)item->question->option_count,
		(uint8_t)item->question->prompt_count,
		(uint8_t)item->question->choose,
	};
}

static void tell(struct told *told)
{
	told->form.items = told->items;
	told->state.items = told->given;
	score_result(&told->blueprint, &told->form, &told->state, &told->arena,
		     &told->result);
	told->report.session = &told->session;
	told->report.blueprint = &told->blueprint;
	told->report.form = &told->form;
	told->report.state = &told->state;
	told->report.result = &told->result;
}

static struct blueprint_task tasks[4][4] = {
	{ { "1.1", "Ingest and store data" },
	  { "1.2", "Transform data and perform feature engineering" },
	  { "1.3", "Ensure data integrity and prepare data for modeling" } },
	{ { "2.1", "Choose a modeling approach" },
	  { "2.2", "Train and refine models" },
	  { "2.3", "Analyze model performance" } },
	{ { "3.1", "Select deployment infrastructure based on existing architecture and "
		   "requirements" },
	  { "3.2", "Create and script infrastructure based on existing architecture and "
		   "requirements" },
	  { "3.3", "Use automated orchestration tools to set up continuous integration "
		   "and continuous delivery (CI/CD) pipelines" } },
	{ { "4.1", "Monitor model inference" },
	  { "4.2", "Monitor and optimize infrastructure and costs" },
	  { "4.3", "Secure AWS resources" },
	  { "4.4", "Not in this form" } },
};
static struct blueprint_domain domains[] = {
	{ "1", "Data Preparation for Machine Learning (ML)", 28, tasks[0], 3 },
	{ "2", "ML Model Development", 26, tasks[1], 3 },
	{ "3", "Deployment and Orchestration of ML Workflows", 22, tasks[2], 3 },
	{ "4", "ML Solution Monitoring, Maintenance, and Security", 24, tasks[3], 4 },
};

/* A whole exam as it should be: 65 questions, signed bank, in time, all answered. */
static void a_full_exam(struct told *told, size_t wrong)
{
	static const unsigned ends[] = { 18, 35, 49, 65 };
	unsigned domain = 0;

	*told = (struct told){ 0 };
	told->blueprint = (struct blueprint){
		.id = "mla-c01",
		.exam = "mla-c01",
		.title = "AWS Certified Machine Learning Engineer - Associate",
		.vendor = "AWS",
		.minutes = 130,
		.scored = 50,
		.unscored = 15,
		.scale_min = 100,
		.scale_max = 1000,
		.scale_pass = 720,
		.domains = domains,
		.domain_count = 4,
	};
	told->session = (struct store_session){
		.id = "20261120-4f2a9c",
		.kind = "exam",
		.bank_id = "aws-mle",
		.bank_version = 7,
		.bank_digest = "0123456789abcdef0123456789abcdef0123456789abcdef01234567"
			       "89abcdef",
		.signed_by = "48E9825989F14B3C",
		.seed = "q7f2-mk4d",
		.limit_ms = 7800000,
		.began_ms = 1795167000000,
	};
	told->state = (struct session){ .phase = PHASE_DONE,
					.used_ms = 6727999,
					.limit_ms = 7800000 };
	for (unsigned i = 0; i < 65; i++) {
		struct form_item item = { .question = &questions[MULTIPLE_CHOICE],
					  .scored = i % 13 > 2,
					  .shown = { 2, 1, 3, 0 } };
		/* Every third is wrong until enough are. */
		bool miss = i % 3 == 1 && i / 3 < wrong;
		struct session_item given = { .response = { 1, { miss ? 0 : 1 } } };

		domain += i == ends[domain];
		item.domain = domain;
		item.task = i / 2 % 3;
		add_item(told, &item, &given);
	}
	tell(told);
}

/* Every type of question, and everything that can go otherwise. */
static void a_strange_session(struct told *told)
{
	static const struct form_item items[] = {
		{ &questions[MULTIPLE_CHOICE], true, 0, 0, { 3, 1, 0, 2 } },
		{ &questions[MULTIPLE_RESPONSE], true, 1, 1, { 4, 3, 2, 1, 0 } },
		{ &questions[ORDERING], false, 1, 0, { 1, 0, 4, 2, 3 } },
		{ &questions[MATCHING], true, 3, 3, { 2, 0, 3, 1 } },
		{ &questions[MATCHING], true, 3, 0, { 0, 1, 2, 3 } },
		{ &questions[MULTIPLE_CHOICE], true, 0, 2, { 0, 1, 2, 3 } },
	};
	static const struct session_item given[] = {
		{ .response = { 1, { 1 } },
		  .confidence = CONFIDENCE_SURE,
		  .spent_ms = 61234 },
		{ .response = { 2, { 2, 3 } }, .flagged = true, .spent_ms = 90000 },
		{ .response = { 3, { 2, 0, 3 } }, .confidence = CONFIDENCE_GUESS },
		{ .response = { 3, { 1, RESPONSE_NONE, 3 } },
		  .confidence = CONFIDENCE_UNSURE },
		{ .response = { 3, { RESPONSE_NONE, RESPONSE_NONE, RESPONSE_NONE } } },
		{ .response = { 0, { 0 } }, .flagged = true },
	};

	a_full_exam(told, 0);
	told->blueprint.title = "Evil\033[2J title\nof two lines \xE2\x80\xAE"
				"desrever";
	told->blueprint.vendor = NULL;
	told->session.kind = "drill";
	told->session.signed_by = "";
	told->session.seed = "any \"text\"\033]0;x\a at all";
	told->session.history = true;
	told->session.limit_ms = 600000;
	told->state.used_ms = 600000;
	told->state.expired = true;
	told->report.gaps = 2;
	told->report.gap_ms = 873500;
	told->form.count = told->state.count = 0;
	for (size_t i = 0; i < COUNT(items); i++)
		add_item(told, &items[i], &given[i]);
	tell(told);
}

static void release(struct told *told)
{
	arena_release(&told->arena);
}

#endif
