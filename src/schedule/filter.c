#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "priv.h"

/*
 * What the sentence about a drill is made of, whichever way it ends:
 *
 *	no question | of task 2.3 | was missed: 4 were asked, all right last time
 *	there are no more | of task 2.3 | that you missed
 */
struct asked {
	const struct past *past;
	const struct schedule_wish *wish;
	struct arena *arena;
};

static const struct question *question_at(const struct asked *asked, size_t q)
{
	return &asked->past->bank->questions[q];
}

/* ---- Of what: wishes that name something ---- */

/* The names a question has, of one kind; at most so many are looked at. */
#define NAMES_OF_ONE 64

static const struct blueprint_domain *domain_at(const struct asked *asked, size_t q)
{
	return &asked->past->blueprint->domains[asked->past->met[q].domain];
}

static size_t name_domain(const struct asked *asked, size_t q, const char **names)
{
	names[0] = domain_at(asked, q)->id;
	return 1;
}

static size_t name_task(const struct asked *asked, size_t q, const char **names)
{
	names[0] = domain_at(asked, q)->tasks[asked->past->met[q].task].id;
	return 1;
}

static size_t name_texts(const struct json_texts *texts, const char **names)
{
	size_t count = texts->count < NAMES_OF_ONE ? texts->count : NAMES_OF_ONE;

	for (size_t i = 0; i < count; i++)
		names[i] = texts->at[i];
	return count;
}

static size_t name_topics(const struct asked *asked, size_t q, const char **names)
{
	return name_texts(&question_at(asked, q)->topics, names);
}

static size_t name_services(const struct asked *asked, size_t q, const char **names)
{
	return name_texts(&question_at(asked, q)->services, names);
}

static size_t name_type(const struct asked *asked, size_t q, const char **names)
{
	names[0] = question_type_names[question_at(asked, q)->type];
	return 1;
}

static bool is_same(const char *name, const char *given)
{
	return strcasecmp(name, given) == 0;
}

static bool is_part(const char *name, const char *given)
{
	return strcasestr(name, given) != NULL;
}

static const struct naming {
	size_t given; /* offset into the wish */
	const char *before, *after;
	size_t (*names)(const struct asked *asked, size_t q, const char **names);
	bool (*is_meant)(const char *name, const char *given);
} namings[] = {
	{ offsetof(struct schedule_wish, domain), " of domain ", "", name_domain,
	  is_same },
	{ offsetof(struct schedule_wish, task), " of task ", "", name_task, is_same },
	{ offsetof(struct schedule_wish, topic), " on the topic \"", "\"", name_topics,
	  is_same },
	{ offsetof(struct schedule_wish, service), " about the service \"", "\"",
	  name_services, is_part },
	{ offsetof(struct schedule_wish, type), " of type ", "", name_type, is_same },
};

static const char *given_name(const struct asked *asked, const struct naming *naming)
{
	return *(const char *const *)((const char *)asked->wish + naming->given);
}

static bool has_name(const struct asked *asked, const struct naming *naming, size_t q)
{
	const char *names[NAMES_OF_ONE];
	size_t count = naming->names(asked, q, names);

	for (size_t i = 0; i < count; i++)
		if (naming->is_meant(names[i], given_name(asked, naming)))
			return true;
	return false;
}

static const char *widen_scope(const struct asked *asked, const struct naming *naming,
			       const char *scope)
{
	return arena_printf(asked->arena, "%s%s%s%s", scope, naming->before,
			    given_name(asked, naming), naming->after);
}

/* ---- A name that no question has ---- */

#define NAMES_TOLD 24 /* so many are all told, of more only the likeliest */

struct names {
	const char **at; /* NULL-ended */
	size_t count;
};

static void names_add(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->at[i], name) == 0)
			return;
	names->at[names->count++] = name;
}

static int by_number(const void *a, const void *b)
{
	return strverscmp(*(const char *const *)a, *(const char *const *)b);
}

static struct names list_names(const struct asked *asked, const struct naming *naming)
{
	const char *some[NAMES_OF_ONE];
	struct names names = { ARENA_ARRAY(asked->arena,
					   asked->past->bank->count * NAMES_OF_ONE + 1,
					   const char *),
			       0 };

	for (size_t q = 0; q < asked->past->bank->count; q++) {
		size_t count;

		if (!asked->past->met[q].can_ask)
			continue;
		count = naming->names(asked, q, some);
		for (size_t i = 0; i < count; i++)
			names_add(&names, some[i]);
	}
	qsort(names.at, names.count, sizeof(*names.at), by_number);
	return names;
}

static bool refuse_name(const struct asked *asked, const struct naming *naming,
			struct err *err)
{
	struct names names = list_names(asked, naming);
	const char *guess = json_did_you_mean(given_name(asked, naming), names.at);
	struct buf rest = BUF_INIT;

	if (guess)
		buf_printf(&rest, "; did you mean \"%s\"?", guess);
	for (size_t i = 0; !guess && names.count <= NAMES_TOLD && i < names.count; i++)
		buf_printf(&rest, "%s%s", i ? ", " : "; there are ", names.at[i]);
	err_set(err, ERR_USAGE, "%s has no question%s%s", asked->past->blueprint->id,
		widen_scope(asked, naming, ""), rest.data);
	buf_release(&rest);
	return false;
}

static bool check_name(const struct asked *asked, const struct naming *naming,
		       struct err *err)
{
	for (size_t q = 0; q < asked->past->bank->count; q++)
		if (asked->past->met[q].can_ask && has_name(asked, naming, q))
			return true;
	return refuse_name(asked, naming, err);
}

/* ---- Which of these ---- */

static bool is_unseen(const struct met *met)
{
	return !met->times;
}

static bool is_missed(const struct met *met)
{
	return met->times && !met->right;
}

static bool is_flagged(const struct met *met)
{
	return met->times && met->flagged;
}

static const struct choice {
	size_t wished; /* offset into the wish */
	bool (*lets_through)(const struct met *met);
	const char *scope, *nothing;
	const char *one, *all; /* what those that were asked are instead */
} choices[] = {
	{ offsetof(struct schedule_wish, unseen), is_unseen, " that you have not seen",
	  "is left that you have not seen", "", "" },
	{ offsetof(struct schedule_wish, missed), is_missed, " that you missed",
	  "was missed", ", and right last time", ", all right last time" },
	{ offsetof(struct schedule_wish, flagged), is_flagged, " that you flagged",
	  "was flagged", "", "" },
};

static bool is_wished(const struct asked *asked, const struct choice *choice)
{
	return *(const bool *)((const char *)asked->wish + choice->wished);
}

static bool refuse_choice(const struct asked *asked, const struct choice *choice,
			  const struct candidates *of, struct err *err)
{
	size_t met = 0;

	for (size_t i = 0; i < of->count; i++)
		met += asked->past->met[of->at[i]].times != 0;
	if (!met)
		return err_set(err, ERR_INPUT, "no question%s %s: none was asked yet",
			       of->scope, choice->nothing);
	return err_set(err, ERR_INPUT, "no question%s %s: %zu %s asked%s", of->scope,
		       choice->nothing, met, met == 1 ? "was" : "were",
		       met == 1 ? choice->one : choice->all);
}

/* ---- All of them ---- */

static bool take_named(const struct asked *asked, const struct naming *naming,
		       struct candidates *candidates, struct err *err)
{
	size_t left = 0;

	candidates->scope = widen_scope(asked, naming, candidates->scope);
	for (size_t i = 0; i < candidates->count; i++)
		if (has_name(asked, naming, candidates->at[i]))
			candidates->at[left++] = candidates->at[i];
	candidates->count = left;
	return left ||
	       err_set(err, ERR_INPUT, "there is no question%s", candidates->scope);
}

static bool take_chosen(const struct asked *asked, const struct choice *choice,
			struct candidates *candidates, struct err *err)
{
	const struct met *met = asked->past->met;
	size_t left = 0;

	for (size_t i = 0; i < candidates->count; i++)
		left += choice->lets_through(&met[candidates->at[i]]);
	if (!left)
		return refuse_choice(asked, choice, candidates, err);
	left = 0;
	for (size_t i = 0; i < candidates->count; i++)
		if (choice->lets_through(&met[candidates->at[i]]))
			candidates->at[left++] = candidates->at[i];
	candidates->count = left;
	candidates->scope = arena_printf(asked->arena, "%s%s", candidates->scope,
					 choice->scope);
	return true;
}

static void start_with_all(const struct past *past, struct arena *arena,
			   struct candidates *candidates)
{
	*candidates = (struct candidates){
		.at = ARENA_ARRAY(arena, past->bank->count, size_t), .scope = ""
	};
	for (size_t q = 0; q < past->bank->count; q++)
		if (past->met[q].can_ask)
			candidates->at[candidates->count++] = q;
}

bool candidates_find(const struct past *past, const struct schedule_wish *wish,
		     struct arena *arena, struct candidates *candidates, struct err *err)
{
	struct asked asked = { past, wish, arena };

	start_with_all(past, arena, candidates);
	if (!candidates->count)
		return err_set(err, ERR_INPUT, "there is no question for %s",
			       past->blueprint->id);
	for (size_t i = 0; i < sizeof(namings) / sizeof(*namings); i++)
		if (given_name(&asked, &namings[i]) &&
		    (!check_name(&asked, &namings[i], err) ||
		     !take_named(&asked, &namings[i], candidates, err)))
			return false;
	for (size_t i = 0; i < sizeof(choices) / sizeof(*choices); i++)
		if (is_wished(&asked, &choices[i]) &&
		    !take_chosen(&asked, &choices[i], candidates, err))
			return false;
	return true;
}
