#include <math.h>
#include <string.h>

#include "pick.h"

static const struct question *question_at(const struct picking *p, size_t q)
{
	return &p->past->bank->questions[q];
}

static bool names_enemy(const struct question *question, const char *id)
{
	for (size_t i = 0; i < question->enemies.count; i++)
		if (strcmp(question->enemies.at[i], id) == 0)
			return true;
	return false;
}

static void take(struct picking *p, size_t q, uint8_t part)
{
	const struct question *question = question_at(p, q);

	p->taken[q] = true;
	p->unseen[p->past->met[q].flat] -= !p->past->met[q].times;
	for (size_t i = p->deck.first[q]; i < p->deck.first[q + 1]; i++)
		p->covered[p->deck.links[i]] = true;
	p->parts[p->count] = part;
	p->chosen[p->count++] = q;
	for (size_t i = 0; i < p->from->count; i++) {
		size_t other = p->from->at[i];

		if (names_enemy(question, question_at(p, other)->id) ||
		    names_enemy(question_at(p, other), question->id)) {
			p->barred_count += !p->barred[other] && !p->taken[other];
			p->barred[other] = true;
		}
	}
}

static bool can_take(const struct picking *p, size_t q)
{
	return !p->taken[q] && !p->barred[q];
}

/* ---- Which question of several ---- */

/*
 * Never met comes first, then met longest ago. But in a drill that nobody narrowed, the
 * last unseen questions of a task are kept back for mock exams; met on this very day is
 * worst.
 */
enum freshness { UNSEEN, SEEN, KEPT_BACK, SEEN_TODAY };

static enum freshness freshness_of(const struct picking *p, size_t q)
{
	const struct met *met = &p->past->met[q];
	const struct blueprint *blueprint = p->past->blueprint;
	double kept = (double)(p->kept_forms * (blueprint->scored + blueprint->unscored));

	if (met->times)
		return met->last_day == p->wish->today ? SEEN_TODAY : SEEN;
	if ((double)p->unseen[met->flat] <= ceil(kept * p->tasks[met->flat].weight))
		return KEPT_BACK;
	return UNSEEN;
}

static double urgency_of(const struct picking *p, size_t q)
{
	double sum = 0;

	for (size_t i = p->deck.first[q]; i < p->deck.first[q + 1]; i++)
		if (!p->covered[p->deck.links[i]])
			sum += p->deck.cards[p->deck.links[i]].urgency;
	return sum;
}

/*
 * How much there is to learn from it, 0 to 1: what its topics lack in recall, on the
 * average; a topic that never came up lacks all, one that is in this drill already
 * nothing.
 */
static double need_of(const struct picking *p, size_t q)
{
	double sum = 0;
	size_t count = 0;

	for (size_t i = p->deck.first[q]; i < p->deck.first[q + 1]; i++) {
		size_t c = p->deck.links[i];
		const struct schedule_card *card = &p->deck.cards[c];

		if (card->is_task)
			continue;
		count++;
		if (!p->covered[c])
			sum += card->reviews ? 1 - card->recall : 1;
	}
	return count ? sum / (double)count : !p->past->met[q].times;
}

/* Of equally fresh ones, that which serves more of what is due, or teaches more; else by
 * the seed. */
static bool is_better(const struct picking *p, size_t a, size_t b)
{
	enum freshness one = freshness_of(p, a), other = freshness_of(p, b);
	int64_t day = p->past->met[a].last_day, other_day = p->past->met[b].last_day;
	double urgency = urgency_of(p, a), other_urgency = urgency_of(p, b);
	double need = need_of(p, a), other_need = need_of(p, b);

	if (one != other)
		return one < other;
	if (one == SEEN && day != other_day)
		return day < other_day;
	if (need != other_need)
		return need > other_need;
	if (urgency != other_urgency)
		return urgency > other_urgency;
	return p->lots[a] < p->lots[b];
}

static bool is_on_card(const struct picking *p, size_t q, size_t card)
{
	for (size_t i = p->deck.first[q]; i < p->deck.first[q + 1]; i++)
		if (p->deck.links[i] == card)
			return true;
	return false;
}

/* The tasks are the first cards of the deck. */
static bool best_of_card(const struct picking *p, size_t card, size_t *best)
{
	bool found = false;

	for (size_t i = 0; i < p->from->count; i++) {
		size_t q = p->from->at[i];

		if (!is_on_card(p, q, card) || !can_take(p, q) ||
		    (found && !is_better(p, q, *best)))
			continue;
		*best = q;
		found = true;
	}
	return found;
}

/* ---- What is due ---- */

/* One question for each card that is due, unless one taken before serves it too. */
static void pick_due(struct picking *p, int64_t most, struct arena *arena)
{
	size_t *due, count = deck_due(&p->deck, p->wish->today, arena, &due), q = 0;

	for (size_t i = 0; i < count && (int64_t)p->count < most; i++)
		if (!p->covered[due[i]] && best_of_card(p, due[i], &q))
			take(p, q, 0);
	p->due_count = p->count;
}

static bool is_due(const struct picking *p, size_t q)
{
	for (size_t i = p->deck.first[q]; i < p->deck.first[q + 1]; i++) {
		const struct schedule_card *card = &p->deck.cards[p->deck.links[i]];

		if (card->reviews && card->due_day <= p->wish->today)
			return true;
	}
	return false;
}

/* The card of these questions that is due next; NULL: none was ever reviewed. */
static const struct schedule_card *next_due(const struct picking *p)
{
	const struct schedule_card *next = NULL;

	for (size_t i = 0; i < p->from->count; i++) {
		size_t q = p->from->at[i];

		for (size_t l = p->deck.first[q]; l < p->deck.first[q + 1]; l++) {
			const struct schedule_card *card =
				&p->deck.cards[p->deck.links[l]];

			if (card->reviews && (!next || card->due_day < next->due_day))
				next = card;
		}
	}
	return next;
}

static bool any_met(const struct picking *p)
{
	for (size_t i = 0; i < p->from->count; i++)
		if (p->past->met[p->from->at[i]].times)
			return true;
	return false;
}

static bool refuse_due(const struct picking *p, struct err *err)
{
	const struct schedule_card *next = next_due(p);
	long long days;

	if (!next)
		return err_set(err, ERR_INPUT, "no question%s is due: %s", p->from->scope,
			       any_met(p) ? "what was asked was left open, answered "
					    "too fast to count, or under a clock that "
					    "was wrong"
					  : "none was asked yet");
	days = (long long)(next->due_day - p->wish->today);
	return err_set(err, ERR_INPUT,
		       "no question%s is due: the next is for %s %s, %lld day%s from now",
		       p->from->scope, next->is_task ? "task" : "the topic", next->id,
		       days, days == 1 ? "" : "s");
}

static bool keep_due(const struct picking *p, struct candidates *from, struct err *err)
{
	size_t left = 0;

	for (size_t i = 0; i < from->count; i++)
		left += is_due(p, from->at[i]);
	if (!left)
		return refuse_due(p, err);
	left = 0;
	for (size_t i = 0; i < from->count; i++)
		if (is_due(p, from->at[i]))
			from->at[left++] = from->at[i];
	from->count = left;
	return true;
}

/* ---- Seats by weight ---- */

/* A task that questions are wanted of, in proportion to its weight. */
struct share {
	double weight, start;
	size_t given;
	size_t next;  /* the question it would give now */
	double worth; /* of that, 0 to 1; 0: the task is out of questions */
};

/*
 * The start, drawn by the seed for each task, does what one half does in Webster's
 * method: on the average over seeds every task gets its quota, and short drills do not
 * always leave out the same tasks.
 */
static double draw_start(const struct picking *p, const char *task)
{
	struct arena arena = ARENA_INIT;
	uint64_t lot = crypto_priority(&p->seed, arena_printf(&arena, "share|%s", task));

	arena_release(&arena);
	return ((double)(lot >> 11) + 0.5) / (double)(UINT64_C(1) << 53);
}

/* Where nothing is missing at all, the weight of the task is a reason still. */
#define SHORTFALL_LEAST 1e-6

static void make_shares(const struct picking *p, struct share *shares)
{
	for (size_t t = 0; t < p->past->task_count; t++)
		shares[t] = (struct share){
			.weight = p->by_weakness
					  ? p->tasks[t].shortfall +
						    SHORTFALL_LEAST * p->tasks[t].weight
					  : p->tasks[t].weight,
			.start = draw_start(p, p->tasks[t].id),
		};
	for (size_t i = 0; i < p->count; i++)
		shares[p->past->met[p->chosen[i]].flat].given++;
}

/*
 * What a question is worth that was met before: little when that was lately, for its
 * options are known by sight. The days after which it is worth half are assumed.
 */
#define SIGHT_DAYS 14

static double worth_of(const struct picking *p, size_t q)
{
	const struct met *met = &p->past->met[q];
	double days = (double)(p->wish->today - met->last_day);

	return met->times ? (days + 0.5) / (days + SIGHT_DAYS) : 1;
}

static void look_ahead(const struct picking *p, struct share *shares, size_t t)
{
	shares[t].worth = 0;
	if (best_of_card(p, t, &shares[t].next))
		shares[t].worth = p->by_weakness ? worth_of(p, shares[t].next) : 1;
}

static double claim(const struct share *share)
{
	return share->worth * share->weight / ((double)share->given + share->start);
}

static struct share *most_claimed(struct share *shares, size_t count)
{
	struct share *best = NULL;

	for (size_t t = 0; t < count; t++)
		if (shares[t].worth > 0 && (!best || claim(&shares[t]) > claim(best)))
			best = &shares[t];
	return best;
}

static void pick_by_share(struct picking *p, uint8_t part, struct arena *arena)
{
	size_t count = p->past->task_count;
	struct share *shares = ARENA_ARRAY(arena, count, struct share), *best;

	make_shares(p, shares);
	for (size_t t = 0; t < count; t++)
		look_ahead(p, shares, t);
	while ((int64_t)p->count < p->wish->count &&
	       (best = most_claimed(shares, count))) {
		/* what was taken since may have barred it, or taught the same */
		look_ahead(p, shares, (size_t)(best - shares));
		if (best->worth > 0) {
			take(p, best->next, part);
			best->given++;
			look_ahead(p, shares, (size_t)(best - shares));
		}
	}
}

/* ---- The drill ---- */

static void make_form(const struct picking *p, struct arena *arena, struct form *form)
{
	*form = (struct form){ .items = ARENA_ARRAY(arena, p->count, struct form_item),
			       .count = p->count,
			       .proven = true };
	for (size_t i = 0; i < p->count; i++) {
		const struct met *met = &p->past->met[p->chosen[i]];

		form->items[i] = (struct form_item){
			.question = question_at(p, p->chosen[i]),
			.scored = true,
			.domain = met->domain,
			.task = met->task,
		};
	}
}

static void pick_all(struct picking *p, struct arena *arena)
{
	const struct schedule_wish *wish = p->wish;

	if (wish->due && !wish->weakest) {
		pick_due(p, wish->count, arena);
		return;
	}
	if (is_tutors(wish))
		pick_due(p, (wish->count + DUE_PART - 1) / DUE_PART, arena);
	pick_by_share(p, 1, arena);
}

static void start_picking(struct picking *p, struct arena *arena)
{
	const struct past *past = p->past;
	struct score_belief all;
	size_t questions = past->bank->count;

	deck_make(past, arena, &p->deck);
	p->tasks = tasks_estimate(past, arena, &all);
	p->seed = crypto_seed(p->wish->seed);
	p->by_weakness = p->wish->weakest || is_tutors(p->wish);
	if ((p->by_weakness || p->wish->due) && !p->wish->unseen && !is_narrowed(p->wish))
		p->kept_forms = kept_forms(&past->when);
	p->taken = ARENA_ARRAY(arena, questions, bool);
	p->barred = ARENA_ARRAY(arena, questions, bool);
	p->covered = ARENA_ARRAY(arena, p->deck.count, bool);
	p->unseen = ARENA_ARRAY(arena, past->task_count, size_t);
	p->chosen = ARENA_ARRAY(arena, questions, size_t);
	p->parts = ARENA_ARRAY(arena, questions, uint8_t);
	p->lots = ARENA_ARRAY(arena, questions, uint64_t);
	for (size_t i = 0; i < p->from->count; i++)
		p->lots[p->from->at[i]] = crypto_priority(
			&p->seed, question_at(p, p->from->at[i])->id);
	for (size_t t = 0; t < past->task_count; t++)
		p->unseen[t] = p->tasks[t].unseen;
}

bool schedule_pick(const struct blueprint *blueprint, const struct bank *bank,
		   const struct score_answer *answers, size_t answer_count,
		   const struct schedule_wish *wish, struct arena *arena,
		   struct form *form, const char **told, struct err *err)
{
	const struct schedule_when when = { wish->today, wish->exam_day,
					    wish->utc_offset_ms };
	struct arena scratch = ARENA_INIT;
	struct candidates from;
	struct past past;
	struct picking p = { .past = &past, .wish = wish, .from = &from };
	bool ok;

	past_read(&past, blueprint, bank, answers, answer_count, &when, &scratch);
	ok = candidates_find(&past, wish, &scratch, &from, err);
	if (ok)
		start_picking(&p, &scratch);
	if (ok && (!wish->due || keep_due(&p, &from, err))) {
		pick_all(&p, &scratch);
		make_form(&p, arena, form);
		arrange_drill(wish->seed, p.parts, form, &scratch);
		*told = tell_drill(&p, arena);
	} else {
		ok = false;
	}
	arena_release(&scratch);
	return ok;
}
