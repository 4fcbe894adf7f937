#include <stdlib.h>
#include <string.h>

#include "write.h"

static void hash_finding(const struct lint_finding *finding, size_t again,
			 struct buf *out)
{
	struct buf text = BUF_INIT;
	struct digest digest;
	char hex[CRYPTO_HEX_SIZE];

	/* No line: that changes with every edit above. */
	buf_printf(&text, "%s\n%s\n%s\n%s\n%zu", finding->rule->name, finding->file,
		   finding->question ? finding->question : finding->pointer,
		   finding->message, again);
	digest = crypto_digest(text.data, text.len);
	crypto_hex(&digest, hex);
	buf_add(out, hex, 32);
	buf_release(&text);
}

static bool same_finding(const struct lint_finding *a, const struct lint_finding *b)
{
	const char *x = a->question ? a->question : a->pointer;
	const char *y = b->question ? b->question : b->pointer;

	return a->rule == b->rule && a->part == b->part && strcmp(x, y) == 0 &&
	       strcmp(a->message, b->message) == 0;
}

void add_fingerprint(struct buf *out, const struct lint_report *report, size_t finding)
{
	size_t again = 0;

	/* Of one question or place, so not far above: findings are sorted by place. */
	for (size_t i = finding; i-- > 0 && finding - i < 200;)
		again += same_finding(&report->findings[i], &report->findings[finding]);
	hash_finding(&report->findings[finding], again, out);
}

static size_t question_index(const struct lint_report *report, const char *id)
{
	const struct bank *bank = report->copy->bank;
	const struct question *found = id ? bank_find(bank, id) : NULL;

	return found ? (size_t)(found - bank->questions) + 1 : 0;
}

struct by_question *group_findings(const struct lint_report *report, struct arena *arena,
				   size_t *count)
{
	const struct bank *bank = report->copy->bank;
	struct by_question *groups = ARENA_ARRAY(arena, bank->count + 1,
						 struct by_question);
	size_t *order = ARENA_ARRAY(arena, report->count, size_t), used = 0;

	for (size_t i = 0; i < report->count; i++)
		groups[question_index(report, report->findings[i].question)].count++;
	for (size_t g = 0; g <= bank->count; g++) {
		groups[g].question = g ? bank->questions[g - 1].id : NULL;
		groups[g].findings = order + used;
		used += groups[g].count;
		groups[g].count = 0;
	}
	for (size_t i = 0; i < report->count; i++) {
		const struct lint_finding *finding = &report->findings[i];
		struct by_question *group =
			&groups[question_index(report, finding->question)];

		order[(size_t)(group->findings - order) + group->count++] = i;
		group->failed += finding->severity >= LINT_WARNING;
	}
	*count = bank->count + 1;
	return groups;
}
