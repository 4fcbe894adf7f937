#include "item.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Flaws of item writing that a program can see: tells in the options, then in the stem.
 */

static bool is_choice(const struct lint_question *q)
{
	return q->question->type <= MULTIPLE_RESPONSE && q->question->choose;
}

static size_t letters(const struct passage *passage)
{
	return passage->size;
}

/* ---- Length ---- */

static void check_longest(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	size_t key, second = 0;

	if (q->key == SIZE_MAX)
		return;
	key = letters(&q->options[q->key]);
	for (size_t i = 0; i < q->question->option_count; i++)
		if (i != q->key && letters(&q->options[i]) > second)
			second = letters(&q->options[i]);
	if (q->options[q->key].words.count >= 4 && 4 * second < 3 * key)
		lint_at(lint, rule, q, q->options[q->key].value,
			"the key has %zu characters, the next longest option %zu", key,
			second);
}

struct lint_check item_longest = { check_longest, NULL, NULL };

static size_t median_length(const struct lint_question *q)
{
	size_t sorted[BANK_OPTIONS_MAX], n = q->question->option_count;

	for (size_t i = 0; i < n; i++) {
		size_t k = i, length = letters(&q->options[i]);

		for (; k && sorted[k - 1] > length; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = length;
	}
	return n ? (sorted[(n - 1) / 2] + sorted[n / 2]) / 2 : 0;
}

static void check_outlier(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	size_t median = median_length(q);

	if (!is_choice(q) || median < 20)
		return;
	for (size_t i = 0; i < q->question->option_count; i++) {
		size_t length = letters(&q->options[i]);

		if (length > 2 * median || 2 * length < median)
			lint_at(lint, rule, q, q->options[i].value,
				"%zu characters, where the middle of the options has %zu",
				length, median);
	}
}

struct lint_check item_outlier = { check_outlier, NULL, NULL };

/* ---- What options say ---- */

static const char *const above[] = {
	"all of the above",
	"none of the above",
	"all of these",
	"none of these",
	"both of the above",
	"neither of the above",
	"all of the following",
	"none of the options",
	"all options are correct",
	NULL,
};

static void check_above(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q)
{
	for (size_t i = 0; i < q->question->option_count; i++)
		for (size_t k = 0; above[k] && q->options[i].words.has & WORD_ABOVE; k++)
			if (strcasestr(q->options[i].plain, above[k])) {
				lint_at(lint, rule, q, q->options[i].value, "\"%s\"",
					above[k]);
				break;
			}
}

struct lint_check item_above = { check_above, NULL, NULL };

static bool is_option_name(const char *word)
{
	static const char *const numerals[] = { "i", "ii", "iii", "iv", "1",
						"2", "3",  "4",   NULL };

	if (word[0] >= 'a' && word[0] <= 'f' && !word[1])
		return true;
	for (size_t i = 0; numerals[i]; i++)
		if (strcmp(word, numerals[i]) == 0)
			return true;
	return false;
}

/* "A and C", "I, II only": nothing but names of options and joining words. */
static bool is_combination(const struct words *words)
{
	static const char *const joins[] = { "and",     "or",     "both", "only",
					     "but",     "not",    "all",  "option",
					     "options", "either", NULL };
	size_t names = 0;

	for (size_t i = 0; i < words->count; i++) {
		bool join = false;

		for (size_t k = 0; joins[k]; k++)
			join |= strcmp(words->at[i], joins[k]) == 0;
		if (!join && !is_option_name(words->at[i]))
			return false;
		names += !join;
	}
	return names >= 2;
}

static void check_combination(struct lint *lint, const struct lint_rule *rule,
			      const struct lint_question *q)
{
	for (size_t i = 0; i < q->question->option_count; i++)
		if (is_choice(q) && is_combination(&q->options[i].words))
			lint_at(lint, rule, q, q->options[i].value,
				"combines other options, whose order is shuffled");
}

struct lint_check item_combination = { check_combination, NULL, NULL };

/* The first word of a list that stands in the option. */
static const char *find_any(const struct passage *option, unsigned mark,
			    struct words_span *span)
{
	if (!(option->words.has & mark))
		return NULL;
	for (const char *const *words = words_listed(mark); *words; words++)
		if (text_find_word(option->text, *words, span))
			return *words;
	return NULL;
}

static void check_absolute(struct lint *lint, const struct lint_rule *rule,
			   const struct lint_question *q)
{
	struct words_span span;
	const char *word;

	if (!is_choice(q))
		return;
	/* A key that has one too takes the clue away. */
	for (size_t i = 0; i < q->question->option_count; i++)
		if (q->question->options[i].correct &&
		    find_any(&q->options[i], WORD_ABSOLUTE, &span))
			return;
	for (size_t i = 0; i < q->question->option_count; i++) {
		if (!q->options[i].value)
			continue;
		word = find_any(&q->options[i], WORD_ABSOLUTE, &span);
		if (word)
			lint_in(lint, rule, q, q->options[i].value, span.from, span.len,
				"\"%s\" in a wrong option alone", word);
	}
}

struct lint_check item_absolute = { check_absolute, NULL, NULL };

static void check_vague(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q)
{
	struct words_span span;

	for (size_t i = 0; i < q->question->option_count; i++) {
		const char *word = find_any(&q->options[i], WORD_VAGUE, &span);

		if (word && q->options[i].value)
			lint_in(lint, rule, q, q->options[i].value, span.from, span.len,
				"\"%s\" means something else to everybody", word);
	}
}

struct lint_check item_vague = { check_vague, NULL, NULL };

static void check_true_false(struct lint *lint, const struct lint_rule *rule,
			     const struct lint_question *q)
{
	static const char *const words[] = { "true", "false", "yes", "no", NULL };

	for (size_t i = 0; i < q->question->option_count; i++)
		for (size_t k = 0; is_choice(q) && words[k]; k++)
			if (q->options[i].words.count == 1 &&
			    strcmp(q->options[i].words.at[0], words[k]) == 0)
				lint_at(lint, rule, q, q->options[i].value,
					"an option that says only \"%s\"", words[k]);
}

struct lint_check item_true_false = { check_true_false, NULL, NULL };

static void check_few(struct lint *lint, const struct lint_rule *rule,
		      const struct lint_question *q)
{
	if (q->question->type == MULTIPLE_CHOICE && q->question->option_count == 2)
		lint_at(lint, rule, q, json_member(q->place.value, "options"),
			"two options: half of those who know nothing are right");
}

struct lint_check item_few = { check_few, NULL, NULL };

static bool same_words(const struct words *a, const struct words *b)
{
	if (a->count != b->count || !a->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->hashes[i] != b->hashes[i])
			return false;
	return true;
}

/* Of options that differ in signs alone ("a > b", "a < b") the text is compared as well.
 */
static bool reads_same(const struct passage *a, const struct passage *b)
{
	return same_words(&a->words, &b->words) &&
	       strspn(a->plain, "<>=!+*/%^|&-") == strspn(b->plain, "<>=!+*/%^|&-") &&
	       !strpbrk(a->plain, "<>=!+*/%^|&`_") && !strpbrk(b->plain, "<>=!+*/%^|&`_");
}

static void check_same(struct lint *lint, const struct lint_rule *rule,
		       const struct lint_question *q)
{
	for (size_t i = 1; i < q->question->option_count; i++)
		for (size_t k = 0; k < i; k++)
			if (reads_same(&q->options[i], &q->options[k]) ||
			    (q->options[i].text[0] &&
			     strcmp(q->options[i].text, q->options[k].text) == 0)) {
				lint_at(lint, rule, q, q->options[i].value,
					"reads the same as option \"%s\"",
					q->question->options[k].id);
				break;
			}
}

struct lint_check item_same = { check_same, NULL, NULL };

/* ---- Words that lead to the key ---- */

static size_t count_bits(unsigned bits)
{
	size_t n = 0;

	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

/* How many content words of an option stand in other options as well. */
static size_t shared_words(const struct lint_question *q, size_t option)
{
	const struct words *words = &q->options[option].words;
	size_t shared = 0;

	for (size_t w = 0; w < words->count; w++) {
		unsigned others = words->uses[w] & ~(USED_IN_STEM | 1u << option);
		bool first = others && word_is_telling(words->marks[w]);

		for (size_t v = 0; first && v < w; v++)
			first = words->hashes[v] != words->hashes[w];
		shared += first ? count_bits(others) : 0;
	}
	return shared;
}

static void check_convergence(struct lint *lint, const struct lint_rule *rule,
			      const struct lint_question *q)
{
	size_t key, next = 0;

	if (q->key == SIZE_MAX || q->question->option_count < 3)
		return;
	key = shared_words(q, q->key);
	for (size_t i = 0; i < q->question->option_count; i++) {
		size_t shared = i == q->key ? 0 : shared_words(q, i);

		next = shared > next ? shared : next;
	}
	if (key >= next + 2 && key >= 4)
		lint_at(lint, rule, q, q->options[q->key].value,
			"the key shares %zu words with other options, no other more than "
			"%zu",
			key, next);
}

struct lint_check item_convergence = { check_convergence, NULL, NULL };

static bool begins_with_vowel(const struct passage *option)
{
	return option->plain[0] && strchr("aeiouAEIOU", option->plain[0]);
}

static void check_article(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	const struct words *stem = &q->stem.words;
	const char *last = stem->count ? stem->at[stem->count - 1] : "";
	size_t vowels = 0, n = q->question->option_count;

	if (!is_choice(q) || (strcmp(last, "a") != 0 && strcmp(last, "an") != 0))
		return;
	for (size_t i = 0; i < n; i++)
		vowels += begins_with_vowel(&q->options[i]);
	if (vowels && vowels < n)
		lint_at(lint, rule, q, q->stem.value,
			"ends in \"%s\", which fits some options and not others", last);
}

struct lint_check item_article = { check_article, NULL, NULL };

/* ---- Options as a row ---- */

static bool is_number(const struct passage *option, double *number)
{
	char *end;
	const char *text = option->plain;

	text += strspn(text, "$ ");
	*number = strtod(text, &end);
	return end > text && *text != '+' && strlen(end) <= 12 &&
	       !strpbrk(end, ".,;:-") && count_words(end) <= 1;
}

static void check_order(struct lint *lint, const struct lint_rule *rule,
			const struct lint_question *q)
{
	size_t n = q->question->option_count, ups = 0, downs = 0;
	double last = 0, number;

	if (!is_choice(q) || n < 3)
		return;
	for (size_t i = 0; i < n; i++, last = number) {
		if (!is_number(&q->options[i], &number))
			return;
		ups += i && number > last;
		downs += i && number < last;
	}
	if (ups && downs)
		lint_at(lint, rule, q, json_member(q->place.value, "options"),
			"numbers in no order");
}

struct lint_check item_order = { check_order, NULL, NULL };

static bool read_range(const struct passage *option, double *low, double *high)
{
	const char *text = option->plain;
	char *end;

	*low = strtod(text, &end);
	if (end == text)
		return false;
	text = end + strspn(end, " ");
	if (strncmp(text, "to ", 3) == 0)
		text += 3;
	else if (strncmp(text, "-", 1) == 0)
		text += 1;
	else if (strncmp(text, "\xE2\x80\x93", 3) == 0)
		text += 3;
	else
		return false;
	*high = strtod(text, &end);
	return end > text && *low <= *high;
}

static void check_overlap(struct lint *lint, const struct lint_rule *rule,
			  const struct lint_question *q)
{
	double low[BANK_OPTIONS_MAX], high[BANK_OPTIONS_MAX];

	for (size_t i = 0; i < q->question->option_count; i++) {
		if (q->question->type != MULTIPLE_CHOICE ||
		    !read_range(&q->options[i], &low[i], &high[i]))
			return;
		for (size_t k = 0; k < i; k++)
			if (low[i] <= high[k] && low[k] <= high[i]) {
				lint_at(lint, rule, q, q->options[i].value,
					"overlaps the range of option \"%s\"",
					q->question->options[k].id);
				return;
			}
	}
}

struct lint_check item_overlap = { check_overlap, NULL, NULL };

static bool ends_in_stop(const struct passage *option)
{
	size_t len = option->size;

	return len && option->plain[len - 1] == '.';
}

static void check_parallel(struct lint *lint, const struct lint_rule *rule,
			   const struct lint_question *q)
{
	size_t n = q->question->option_count, stops = 0, odd = SIZE_MAX;

	for (size_t i = 0; i < n; i++)
		stops += ends_in_stop(&q->options[i]);
	if (!is_choice(q) || n < 3 || (stops != 1 && stops != n - 1))
		return;
	for (size_t i = 0; i < n; i++)
		if (ends_in_stop(&q->options[i]) == (stops == 1))
			odd = i;
	if (odd != SIZE_MAX)
		lint_at(lint, rule, q, q->options[odd].value,
			"the only option %s a full stop",
			stops == 1 ? "with" : "without");
}

struct lint_check item_parallel = { check_parallel, NULL, NULL };
