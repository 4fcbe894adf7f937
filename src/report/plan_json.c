#include "plan.h"

#include "proctor/arena.h"
#include "proctor/clock.h"
#include "proctor/json.h"

#define DAY_MS INT64_C(86400000)

const char *plan_date(struct arena *arena, int64_t day)
{
	char date[CLOCK_STAMP_SIZE];

	clock_date(day * DAY_MS, date);
	return arena_text(arena, date);
}

int64_t plan_first(const struct schedule_plan *plan, int64_t *right)
{
	int64_t of = 0;

	*right = 0;
	for (size_t t = 0; t < plan->outlook.task_count; t++) {
		of += plan->outlook.tasks[t].of;
		*right += plan->outlook.tasks[t].right;
	}
	return of;
}

static void json_tasks(const struct schedule_plan *plan, struct json_out *out)
{
	json_out_array(out, "tasks");
	for (size_t t = 0; t < plan->outlook.task_count; t++) {
		const struct schedule_task *task = &plan->outlook.tasks[t];

		json_out_object(out, NULL);
		json_out_text(out, "task", task->id);
		json_out_text(out, "title", task->title);
		json_out_integer(out, "questions", (int64_t)task->questions);
		json_out_integer(out, "unseen", (int64_t)task->unseen);
		json_out_integer(out, "right", task->right);
		json_out_integer(out, "of", task->of);
		json_out_real(out, "expected", task->estimate, 4);
		json_out_real(out, "missing", task->shortfall, 4);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void json_cards(const struct schedule_plan *plan, struct arena *arena,
		       struct json_out *out)
{
	json_out_array(out, "cards");
	for (size_t c = 0; c < plan->outlook.reviewed; c++) {
		const struct schedule_card *card = &plan->outlook.cards[c];

		json_out_object(out, NULL);
		json_out_text(out, card->is_task ? "task" : "topic", card->id);
		json_out_integer(out, "reviews", (int64_t)card->reviews);
		json_out_integer(out, "lapses", (int64_t)card->lapses);
		json_out_text(out, "last", plan_date(arena, card->last_day));
		json_out_text(out, "due", plan_date(arena, card->due_day));
		json_out_real(out, "stability", card->stability, 2);
		json_out_real(out, "recall", card->recall, 4);
		json_out_end(out, '}');
	}
	json_out_end(out, ']');
}

static void json_day(const struct schedule_plan *plan, const struct plan_day *day,
		     struct arena *arena, struct json_out *out)
{
	json_out_object(out, NULL);
	json_out_text(out, "date", plan_date(arena, day->day));
	json_out_text(out, "do", schedule_step_names[day->step]);
	json_out_integer(out, "questions", day->questions);
	if (day->step == STEP_DRILL)
		json_out_integer(out, "due", (int64_t)day->due);
	if (day->step == STEP_MOCK)
		json_out_bool(out, "all_new", day->fresh);
	json_out_array(out, "read");
	for (size_t i = 0; i < day->focus_count; i++)
		json_out_text(out, NULL, plan->outlook.tasks[day->focus[i]].id);
	json_out_end(out, ']');
	json_out_end(out, '}');
}

void report_plan_json(const struct report_plan *report, struct json_out *out)
{
	const struct schedule_plan *plan = report->plan;
	struct arena arena = ARENA_INIT;
	int64_t right, of = plan_first(plan, &right);

	json_out_object(out, NULL);
	json_out_text(out, "format", "proctor-plan/1");
	json_out_text(out, "blueprint", report->blueprint->id);
	json_out_text(out, "today", plan_date(&arena, plan->when.today));
	json_out_text(out, "exam_date",
		      plan->when.exam_day ? plan_date(&arena, plan->when.exam_day)
					  : NULL);
	json_out_integer(out, "per_day", plan->per_day);
	json_out_integer(out, "done_today", plan->done_today);
	json_out_integer(out, "right", right);
	json_out_integer(out, "of", of);
	json_out_real(out, "expected", plan->outlook.estimate, 4);
	json_out_real(out, "pass_share", score_pass_share(report->blueprint), 4);
	json_out_integer(out, "questions", (int64_t)plan->outlook.questions);
	json_out_integer(out, "unseen", (int64_t)plan->outlook.unseen);
	json_out_integer(out, "new_mock_exams", plan->fresh);
	json_out_integer(out, "due", (int64_t)plan->outlook.due);
	json_out_integer(out, "too_fast", (int64_t)plan->outlook.too_fast);
	json_out_integer(out, "undated", (int64_t)plan->outlook.undated);
	json_out_text(out, "unfinished", report->open_id);
	json_tasks(plan, out);
	json_cards(plan, &arena, out);
	json_out_array(out, "days");
	for (size_t i = 0; i < plan->day_count; i++)
		json_day(plan, &plan->days[i], &arena, out);
	json_out_end(out, ']');
	json_out_end(out, '}');
	arena_release(&arena);
}
