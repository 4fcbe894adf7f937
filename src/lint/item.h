#ifndef LINT_ITEM_H
#define LINT_ITEM_H

#include "priv.h"

/* The checks behind the rows of item_rules.c. */
extern struct lint_check item_longest, item_outlier, item_above, item_combination,
	item_absolute, item_vague, item_true_false, item_few, item_same, item_clang,
	item_convergence, item_article, item_order, item_overlap, item_parallel;
extern struct lint_check stem_negative, stem_unemphasised, stem_double, stem_unfocused,
	stem_blank, stem_long, stem_select;
extern struct lint_check tells_letter, tells_missing, tells_contradiction,
	tells_reference, tells_review;

#endif
