#include <stdarg.h>
#include <string.h>

#include "priv.h"
#include "proctor/buf.h"

void reasons_add(struct reasons *reasons, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;

	if (reasons->count == reasons->size) {
		size_t size = reasons->size * 2 + 8;
		const char **grown = ARENA_ARRAY(reasons->arena, size, const char *);

		if (reasons->count)
			memcpy(grown, reasons->at, reasons->count * sizeof(*grown));
		reasons->at = grown;
		reasons->size = size;
	}
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	reasons->at[reasons->count++] = arena_text(reasons->arena, text.data);
	buf_release(&text);
}

/* Of one line: the rest is told by number, with room for where it is said. */
#define MESSAGE_MAX (sizeof(((struct err *)NULL)->text) - 128)

bool explain_failure(const struct plan *plan, const struct pool *pool,
		     enum solve_verdict verdict, struct arena *arena,
		     struct blueprint_supply *none, struct err *err)
{
	struct reasons reasons = { .arena = arena };
	struct buf text = BUF_INIT;

	explain(plan, pool, 1, verdict, &reasons);
	mend(plan, pool, 1, &reasons);
	if (none)
		*none = (struct blueprint_supply){
			.questions = pool->problem.item_count,
			.proven = verdict == SOLVE_INFEASIBLE,
			.reasons = reasons.at,
			.reason_count = reasons.count,
		};
	for (size_t i = 0; i < reasons.count; i++) {
		if (i && text.len + strlen(reasons.at[i]) > MESSAGE_MAX) {
			buf_printf(&text, "; and %zu more", reasons.count - i);
			break;
		}
		buf_printf(&text, "%s%s", i ? "; " : "", reasons.at[i]);
	}
	err_set(err, ERR_INPUT, "%s", text.data);
	buf_release(&text);
	return false;
}
