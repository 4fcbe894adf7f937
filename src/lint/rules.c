#include <string.h>

#include "priv.h"

const char *const lint_severity_names[] = { "info", "warning", "error", NULL };
const char *const lint_group_names[] = { "structure", "text", "item",
					 "cross",     "bank", NULL };

static const struct lint_rule *const groups[LINT_GROUPS] = {
	lint_structure_rules, lint_text_rules, lint_item_rules,
	lint_cross_rules,     lint_bank_rules,
};

const struct lint_rule *lint_rule_at(size_t index)
{
	for (size_t g = 0; g < LINT_GROUPS; g++)
		for (const struct lint_rule *rule = groups[g]; rule->name; rule++)
			if (index-- == 0)
				return rule;
	return NULL;
}

size_t lint_rule_count(void)
{
	size_t n = 0;

	while (lint_rule_at(n))
		n++;
	return n;
}

size_t lint_rule_index(const struct lint_rule *wanted)
{
	size_t before = 0;

	for (size_t g = 0; g < wanted->group; g++)
		for (const struct lint_rule *rule = groups[g]; rule->name; rule++)
			before++;
	return before + (size_t)(wanted - groups[wanted->group]);
}

const struct lint_rule *lint_rule_find(const char *name)
{
	const struct lint_rule *rule;

	for (size_t i = 0; (rule = lint_rule_at(i)); i++)
		if (strcmp(rule->name, name) == 0)
			return rule;
	return NULL;
}

bool lint_no_rule(const char *name, struct err *err)
{
	struct arena arena = ARENA_INIT;
	size_t count = lint_rule_count();
	const char **names = ARENA_ARRAY(&arena, count + LINT_GROUPS + 1, const char *);
	const char *guess;

	for (size_t i = 0; i < count; i++)
		names[i] = lint_rule_at(i)->name;
	for (size_t g = 0; g < LINT_GROUPS; g++)
		names[count + g] = lint_group_names[g];
	guess = json_did_you_mean(name, names);
	err_set(err, ERR_USAGE, "there is no rule \"%s\"%s%s%s; see --rules", name,
		guess ? " (did you mean \"" : "", guess ? guess : "",
		guess ? "\"?)" : "");
	arena_release(&arena);
	return false;
}
