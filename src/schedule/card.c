#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* ---- Which cards there are ---- */

/*
 * A topic with a colon in it ("mla-c01:2.1-s5") is a mark of what of an exam guide the
 * bank covers, and nothing a person practises.
 */
static bool is_practised(const char *topic)
{
	return !strchr(topic, ':');
}

struct topic {
	const char *name;
	size_t question;
};

static int by_name(const void *left, const void *right)
{
	const struct topic *a = left, *b = right;
	int side = strcmp(a->name, b->name);

	return side ? side : (a->question > b->question) - (a->question < b->question);
}

struct making {
	const struct past *past;
	struct arena *arena;
	struct deck *deck;
	struct topic *topics;
	size_t topic_count, all_weight;
};

static void list_topics(struct making *making)
{
	const struct bank *bank = making->past->bank;
	size_t most = 0;

	for (size_t q = 0; q < bank->count; q++)
		most += bank->questions[q].topics.count;
	making->topics = ARENA_ARRAY(making->arena, most, struct topic);
	for (size_t q = 0; q < bank->count; q++) {
		const struct json_texts *topics = &bank->questions[q].topics;

		for (size_t i = 0; making->past->met[q].is_ours && i < topics->count; i++)
			if (is_practised(topics->at[i]))
				making->topics[making->topic_count++] = (struct topic){
					topics->at[i], q
				};
	}
	if (making->topic_count)
		qsort(making->topics, making->topic_count, sizeof(*making->topics),
		      by_name);
}

static double weight_of(const struct making *making, const struct met *met)
{
	return (double)making->past->blueprint->domains[met->domain].weight /
	       (double)making->all_weight;
}

static void count_question(struct schedule_card *card, const struct met *met)
{
	card->questions += met->can_ask;
	card->unseen += met->can_ask && !met->times;
}

static void add_tasks(struct making *making)
{
	const struct blueprint *blueprint = making->past->blueprint;
	struct deck *deck = making->deck;

	for (size_t d = 0; d < blueprint->domain_count; d++) {
		const struct blueprint_domain *domain = &blueprint->domains[d];

		for (size_t t = 0; t < domain->task_count; t++)
			deck->cards[deck->count++] = (struct schedule_card){
				.is_task = true,
				.id = domain->tasks[t].id,
				.title = domain->tasks[t].title,
				.weight = (double)domain->weight /
					  (double)making->all_weight,
			};
	}
	for (size_t q = 0; q < making->past->bank->count; q++)
		if (making->past->met[q].is_ours)
			count_question(&deck->cards[making->past->met[q].flat],
				       &making->past->met[q]);
}

/* The topic of topics[from] to topics[to - 1]; false: too few questions. */
static bool add_topic(struct making *making, size_t from, size_t to)
{
	struct deck *deck = making->deck;
	struct schedule_card *card = &deck->cards[deck->count];

	*card = (struct schedule_card){ .id = making->topics[from].name };
	for (size_t i = from; i < to; i++) {
		const struct met *met = &making->past->met[making->topics[i].question];

		count_question(card, met);
		card->weight += weight_of(making, met) / (double)(to - from);
	}
	if (card->questions < TOPIC_QUESTIONS_LEAST)
		return false;
	deck->count++;
	return true;
}

/* ---- Which questions are on them ---- */

struct link {
	size_t question, card;
};

static int by_question(const void *left, const void *right)
{
	const struct link *a = left, *b = right;

	if (a->question != b->question)
		return a->question < b->question ? -1 : 1;
	return (a->card > b->card) - (a->card < b->card);
}

static void index_links(struct making *making, struct link *links, size_t count)
{
	size_t questions = making->past->bank->count, n = 0;
	struct deck *deck = making->deck;

	if (count)
		qsort(links, count, sizeof(*links), by_question);
	deck->first = ARENA_ARRAY(making->arena, questions + 1, size_t);
	deck->links = ARENA_ARRAY(making->arena, count, size_t);
	for (size_t q = 0; q < questions; q++) {
		deck->first[q] = n;
		for (; n < count && links[n].question == q; n++)
			deck->links[n] = links[n].card;
	}
	deck->first[questions] = n;
}

static void add_cards(struct making *making)
{
	const struct past *past = making->past;
	struct link *links = ARENA_ARRAY(
		making->arena, past->bank->count + making->topic_count, struct link);
	size_t count = 0;

	add_tasks(making);
	for (size_t q = 0; q < past->bank->count; q++)
		if (past->met[q].is_ours)
			links[count++] = (struct link){ q, past->met[q].flat };
	for (size_t from = 0, to; from < making->topic_count; from = to) {
		const char *name = making->topics[from].name;

		for (to = from; to < making->topic_count &&
				strcmp(making->topics[to].name, name) == 0;)
			to++;
		if (!add_topic(making, from, to))
			continue;
		for (size_t i = from; i < to; i++)
			links[count++] = (struct link){ making->topics[i].question,
							making->deck->count - 1 };
	}
	index_links(making, links, count);
}

/* ---- What the answers make of them ---- */

/* One card's answers of one study day, by grade. */
struct day {
	int64_t day;
	size_t grades[GRADE_EASY + 1], count;
};

/*
 * A study day is one review, whatever number of its questions were asked: its grade is
 * the lower median of their grades. So the order of the questions of one exam does not
 * matter, and one miss among many does not make a task forgotten.
 */
static enum grade grade_of(const struct day *day)
{
	size_t up_to = 0;

	for (unsigned grade = GRADE_AGAIN; grade < GRADE_EASY; grade++) {
		up_to += day->grades[grade];
		if (2 * up_to >= day->count)
			return (enum grade)grade;
	}
	return GRADE_EASY;
}

static void close_day(struct schedule_card *card, struct memory *memory, struct day *day)
{
	enum grade grade;

	if (!day->count)
		return;
	grade = grade_of(day);
	*memory = fsrs_review(fsrs_weights, *memory, grade,
			      card->reviews ? (double)(day->day - card->last_day) : 0);
	card->reviews++;
	card->lapses += grade == GRADE_AGAIN;
	card->last_day = day->day;
	*day = (struct day){ 0 };
}

static void fold(const struct making *making, struct memory *memories)
{
	const struct past *past = making->past;
	struct deck *deck = making->deck;
	struct day *days = ARENA_ARRAY(making->arena, deck->count, struct day);

	for (size_t i = 0; i < past->answer_count; i++) {
		const struct review *review = &past->reviews[i];
		size_t task = review->task, *card = &task, cards = 1;

		if (review->why != IS_GRADED || review->task == NO_TASK)
			continue;
		if (review->question != NO_QUESTION) {
			card = &deck->links[deck->first[review->question]];
			cards = deck->first[review->question + 1] -
				deck->first[review->question];
		}
		for (; cards; cards--, card++) {
			struct day *day = &days[*card];

			if (day->day != review->day)
				close_day(&deck->cards[*card], &memories[*card], day);
			day->day = review->day;
			day->grades[review->grade]++;
			day->count++;
		}
	}
	for (size_t c = 0; c < deck->count; c++)
		close_day(&deck->cards[c], &memories[c], &days[c]);
}

/* ---- When they are due ---- */

/* The exam cuts intervals short, so that each card comes up once more before it. */
static int64_t interval_of(const struct schedule_card *card,
			   const struct schedule_when *when, double retention)
{
	int64_t days = fsrs_interval(fsrs_weights, card->stability, retention);
	int64_t most = when->exam_day - card->last_day - 1;

	if (!when->exam_day || when->exam_day < when->today || days <= most)
		return days;
	return most > 1 ? most : 1;
}

static void set_due(struct schedule_card *card, const struct schedule_when *when)
{
	bool is_last = when->exam_day >= when->today &&
		       when->exam_day - when->today <= LAST_DAYS;
	double retention = is_last ? RETENTION_LAST : RETENTION;
	int64_t days = when->today - card->last_day;

	card->due_day = card->last_day + interval_of(card, when, retention);
	card->recall = fsrs_recall(fsrs_weights, card->stability,
				   days > 0 ? (double)days : 0);
	if (card->due_day <= when->today)
		card->urgency = card->weight * fmax(retention - card->recall, 0);
}

void deck_make(const struct past *past, struct arena *arena, struct deck *deck)
{
	struct making making = { .past = past, .arena = arena, .deck = deck };
	struct memory *memories;

	*deck = (struct deck){ 0 };
	for (size_t d = 0; d < past->blueprint->domain_count; d++)
		making.all_weight += (size_t)past->blueprint->domains[d].weight;
	list_topics(&making);
	deck->cards = ARENA_ARRAY(arena, past->task_count + making.topic_count,
				  struct schedule_card);
	add_cards(&making);
	memories = ARENA_ARRAY(arena, deck->count, struct memory);
	fold(&making, memories);
	for (size_t c = 0; c < deck->count; c++)
		if (deck->cards[c].reviews) {
			deck->cards[c].stability = memories[c].stability;
			set_due(&deck->cards[c], &past->when);
		}
}

int compare_cards(const void *left, const void *right)
{
	const struct schedule_card *a = left, *b = right;

	if (!a->reviews != !b->reviews)
		return a->reviews ? -1 : 1;
	if (a->urgency != b->urgency)
		return a->urgency > b->urgency ? -1 : 1;
	if (a->due_day != b->due_day)
		return a->due_day < b->due_day ? -1 : 1;
	if (a->is_task != b->is_task)
		return a->is_task ? -1 : 1;
	return strcmp(a->id, b->id);
}

/* ---- Those that are due ---- */

struct due {
	const struct schedule_card *card;
	size_t index;
};

static int by_card(const void *left, const void *right)
{
	const struct due *a = left, *b = right;

	return compare_cards(a->card, b->card);
}

size_t deck_due(const struct deck *deck, int64_t today, struct arena *arena, size_t **due)
{
	struct due *list = ARENA_ARRAY(arena, deck->count, struct due);
	size_t count = 0;

	for (size_t c = 0; c < deck->count; c++)
		if (deck->cards[c].reviews && deck->cards[c].due_day <= today)
			list[count++] = (struct due){ &deck->cards[c], c };
	if (count)
		qsort(list, count, sizeof(*list), by_card);
	*due = ARENA_ARRAY(arena, count, size_t);
	for (size_t i = 0; i < count; i++)
		(*due)[i] = list[i].index;
	return count;
}
