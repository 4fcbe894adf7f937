#ifndef PROCTOR_BLUEPRINT_H
#define PROCTOR_BLUEPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proctor/bank.h"

struct arena;
struct err;

/*
 * A blueprint is an exam's rules; a form is what is drawn by them for one sitting.
 *
 * Drawing is exact and explained. Domain counts come from the weights by largest
 * remainder, for the scored and the unscored part each; tasks inside a domain by
 * randomised systematic sampling; then the cheapest set of questions that keeps every
 * count, the type mix, cases whole and enemies apart is searched for, where a question's
 * cost is first how recently it was seen and then a priority keyed with the seed. So a
 * form depends on bank, blueprint, seed and history alone, not on any order of files.
 */
#define BLUEPRINT_DOMAINS_MAX 16
#define BLUEPRINT_TASKS_MAX 32 /* in a domain */
#define BLUEPRINT_FORM_MAX 1000

/* What the mean difficulty of a form is counted in: easy 1, medium 2, hard 3. */
#define DIFFICULTY_EASIEST 1000
#define DIFFICULTY_HARDEST 3000

struct blueprint_task {
	const char *id, *title;
};

struct blueprint_domain {
	const char *id, *title;
	int64_t weight; /* percent, or any integers that say the proportion */
	struct blueprint_task *tasks;
	size_t task_count;
};

struct blueprint_accommodation {
	const char *id, *title;
	int64_t extra_minutes;
};

struct blueprint_bounds {
	int64_t least, most;
};

struct blueprint {
	const char *id, *exam, *title, *vendor, *status;
	int64_t minutes, scored, unscored;
	int64_t scale_min, scale_max, scale_pass;
	bool types[QUESTION_TYPES];                  /* which may be drawn */
	struct blueprint_bounds mix[QUESTION_TYPES]; /* of the whole form */
	struct blueprint_bounds difficulty; /* mean, in thousandths; most 0: any */
	struct blueprint_domain *domains;
	size_t domain_count;
	struct blueprint_accommodation *accommodations;
	size_t accommodation_count;
	const char *text; /* the JSON it was read from */
	size_t text_len;
};

/* Reads one; the text must outlive nothing, all is copied. ERR_INPUT with the place. */
bool blueprint_read(const char *name, const char *text, size_t len, struct arena *arena,
		    struct blueprint *blueprint, struct err *err);

/*
 * One that is parsed already, part of a document or a whole one; text is NULL. With a
 * sink on the document everything wrong is told, and the blueprint written only if
 * nothing is.
 */
bool blueprint_parse(const struct json_doc *doc, const struct json *object,
		     struct arena *arena, struct blueprint *blueprint, struct err *err);

/* The bank's blueprint of that id; NULL means its default, or the only one. */
bool blueprint_find(const struct bank *bank, const char *id, struct arena *arena,
		    struct blueprint *blueprint, struct err *err);

/*
 * Seats by weight. Largest remainder (Hamilton): for a whole exam; ties go to the larger
 * weight, then the first. Webster (Sainte-Lague): where the length is the user's choice;
 * never takes a seat away when one is added; ties as above.
 */
void blueprint_hamilton(const int64_t *weights, size_t count, int64_t seats,
			int64_t *given);
void blueprint_webster(const int64_t *weights, size_t count, int64_t seats,
		       int64_t *given);

/* One question of a form. */
struct form_item {
	const struct question *question;
	bool scored;
	unsigned domain, task;           /* indices into the blueprint */
	uint8_t shown[BANK_OPTIONS_MAX]; /* shown[i]: index of the option shown as letter
					    i */
};

struct form {
	struct form_item *items;
	size_t count;
	bool proven; /* no form has less of what was seen; false: the search was cut off
		      */
};

/* The letter ('A', ...) an option is shown under, and the option of a letter of either
 * case. */
char form_letter(const struct form_item *item, size_t option);
bool form_option(const struct form_item *item, char letter, uint8_t *option);

/* Puts the item's options in the order in which a form of this seed shows them. */
void blueprint_show(const char *seed, struct form_item *item);

/*
 * How recently the candidate saw a question: 0 never, 1 in drills only, 2 to
 * DRAW_SEEN_MAX in a form, the highest in the last one. A NULL function means never.
 */
#define DRAW_SEEN_MAX 63
#define DRAW_SEEN_DRILL 1

/*
 * What there is for a blueprint, without looking for more than one form: `most` is the
 * same bound, or 0 when there is not even one form; the reasons say why not one more. A
 * bound of 0 that is not proven means that the search for a form was cut off.
 */
struct blueprint_supply {
	size_t questions; /* that can be drawn */
	size_t most;
	bool proven;
	const char **reasons;
	size_t reason_count;
};

struct draw {
	const char *seed; /* any text */
	unsigned (*seen)(void *context, const struct question *question);
	void *context;
	int64_t length; /* 0: the blueprint's own; else so many questions, all scored,
			   by Webster, the mix in proportion */
	uint32_t nodes; /* of the search, at most; 0: the default */
	struct blueprint_supply *none; /* or NULL; written where there is no form */
};

/*
 * Draws a form; it lies in the arena. With `seen`, it repeats nothing of the last forms,
 * as far back as that can be; then as few questions as possible of the form before these;
 * and of older ones first what was never seen, then seen in drills, then longest ago.
 * What cannot be met is ERR_INPUT with every shortfall, and what would mend it: "domain 3
 * needs 14, 9 can be drawn: task 3.2 has 1 of at least 4; write 3 more active
 * multiple-choice questions for task 3.2, or set 3 of its 4 drafts active".
 */
bool blueprint_draw(const struct blueprint *blueprint, const struct bank *bank,
		    const struct draw *draw, struct arena *arena, struct form *form,
		    struct err *err);

/*
 * How many questions of a form were in the last `recent` forms, and how few there can
 * be. A case counts as seen when one of its questions was, as it does in drawing.
 */
struct form_overlap {
	size_t count, least;
	bool proven; /* no form has fewer than `least`; false: the search was cut off */
};

struct form_overlap blueprint_overlap(const struct blueprint *blueprint,
				      const struct bank *bank, const struct draw *draw,
				      const struct form *form, unsigned recent);

/*
 * Forms with no question in common: as many as are wanted, or as many as were found. By
 * counting alone no more than `most` exist; when all of those were found that is proven
 * to be the most, and else it is not. The reasons say what stands in the way of one more
 * than `most`, each in one sentence, and what would mend it.
 */
struct form_set {
	struct form *forms;
	size_t count, most;
	const char **reasons;
	size_t reason_count;
};

bool blueprint_draw_apart(const struct blueprint *blueprint, const struct bank *bank,
			  const struct draw *draw, size_t wanted, struct arena *arena,
			  struct form_set *set, struct err *err);

struct blueprint_supply blueprint_supply(const struct blueprint *blueprint,
					 const struct bank *bank, const struct draw *draw,
					 struct arena *arena);

/* Can the question be drawn by this blueprint, enemies and cases aside? */
bool blueprint_admits(const struct blueprint *blueprint, const struct question *question);

#endif
