#include <stdlib.h>
#include <string.h>

#include "priv.h"

static void count_answers(const struct past *past, struct schedule_outlook *outlook)
{
	for (size_t i = 0; i < past->answer_count; i++)
		if (past->reviews[i].task != NO_TASK) {
			outlook->answered += past->answers[i].answered;
			outlook->too_fast += past->reviews[i].why == TOO_FAST;
			outlook->undated += past->reviews[i].why == UNDATED;
		}
}

static void count_cards(struct schedule_outlook *outlook, int64_t today)
{
	for (size_t c = 0; c < outlook->count; c++) {
		const struct schedule_card *card = &outlook->cards[c];

		outlook->reviewed += card->reviews != 0;
		outlook->due += card->reviews && card->questions &&
				card->due_day <= today;
	}
}

static void count_tasks(struct schedule_outlook *outlook)
{
	for (size_t t = 0; t < outlook->task_count; t++) {
		const struct schedule_task *task = &outlook->tasks[t];

		outlook->questions += task->questions;
		outlook->unseen += task->unseen;
		outlook->estimate += task->weight * task->estimate;
	}
}

void schedule_look(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_when *when, struct arena *arena,
		   struct schedule_outlook *outlook)
{
	struct past past;
	struct deck deck;

	past_read(&past, blueprint, bank, answers, answer_count, when, arena);
	deck_make(&past, arena, &deck);
	*outlook = (struct schedule_outlook){ .cards = deck.cards,
					      .count = deck.count,
					      .task_count = past.task_count };
	outlook->tasks = tasks_estimate(&past, arena, &outlook->belief);
	if (deck.count)
		qsort(deck.cards, deck.count, sizeof(*deck.cards), compare_cards);
	count_answers(&past, outlook);
	count_cards(outlook, when->today);
	count_tasks(outlook);
}
