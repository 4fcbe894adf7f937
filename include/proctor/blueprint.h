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
	bool proven; /* no cheaper form exists; false: the search was cut off */
};

/* The letter ('A', ...) an option is shown under, and the option of a letter of either
 * case. */
char form_letter(const struct form_item *item, size_t option);
bool form_option(const struct form_item *item, char letter, uint8_t *option);

/*
 * How recently the candidate saw a question: 0 never, 1 in drills only, up to
 * DRAW_SEEN_MAX in the last form. A NULL function means never.
 */
#define DRAW_SEEN_MAX 63

struct draw {
	const char *seed; /* any text */
	unsigned (*seen)(void *context, const struct question *question);
	void *context;
	uint32_t nodes; /* of the search, at most; 0: the default */
};

/*
 * Draws a form; it lies in the arena. What cannot be met is ERR_INPUT with the
 * exact shortfall: "domain 3 needs 14, 9 can be drawn: task 3.2 has 1 of at least 4".
 */
bool blueprint_draw(const struct blueprint *blueprint, const struct bank *bank,
		    const struct draw *draw, struct arena *arena, struct form *form,
		    struct err *err);

#endif
