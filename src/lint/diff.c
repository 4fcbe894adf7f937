#include <stdlib.h>
#include <string.h>

#include "priv.h"

/* ---- Lines ---- */

struct line {
	const char *at;
	size_t len;
};

struct lines {
	struct line *at;
	size_t count;
};

static struct lines split(const char *text, size_t len, struct arena *arena)
{
	struct lines lines = { NULL, 0 };
	const char *end = text + len;
	size_t n = 1;

	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	lines.at = ARENA_ARRAY(arena, n, struct line);
	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		size_t own = (size_t)((feed ? feed + 1 : end) - text);

		lines.at[lines.count++] = (struct line){ text, own };
		text += own;
	}
	return lines;
}

static bool same(const struct line *a, const struct line *b)
{
	return a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

/* ---- Which lines stay ---- */

/*
 * Pairs equal lines greedily: a line that differs is sought a little further on either
 * side, the nearest match first. Not always the shortest list, but linear, and any list
 * of differences is a right one.
 */
#define REACH 200

struct step {
	size_t old, made; /* how many lines go, and come, before the next equal pair */
};

static struct step find_step(const struct lines *a, size_t i, const struct lines *b,
			     size_t k)
{
	size_t left_a = a->count - i, left_b = b->count - k;

	for (size_t sum = 0; sum <= REACH; sum++)
		for (size_t x = 0; x <= sum && x < left_a; x++)
			if (sum - x < left_b && same(&a->at[i + x], &b->at[k + sum - x]))
				return (struct step){ x, sum - x };
	return (struct step){ left_a, left_b };
}

static void put_line(struct buf *out, char mark, const struct line *line)
{
	buf_char(out, mark);
	buf_add(out, line->at, line->len);
	if (line->len && line->at[line->len - 1] != '\n')
		buf_text(out, "\n\\ No newline at end of file\n");
}

#define CONTEXT 3

/* One difference with the lines around it. */
struct hunk {
	size_t old, made; /* where it begins */
	struct step step;
};

static void put_hunks(struct buf *out, const struct lines *a, const struct lines *b,
		      const struct hunk *hunks, size_t count)
{
	for (size_t h = 0; h < count;) {
		size_t last = h, before, after, old, made, i;

		while (last + 1 < count &&
		       hunks[last + 1].old - hunks[last].old - hunks[last].step.old <=
			       2 * CONTEXT)
			last++;
		before = hunks[h].old < CONTEXT ? hunks[h].old : CONTEXT;
		i = hunks[last].old + hunks[last].step.old;
		after = a->count - i < CONTEXT ? a->count - i : CONTEXT;
		old = i + after - (hunks[h].old - before);
		made = hunks[last].made + hunks[last].step.made + after -
		       (hunks[h].made - before);
		buf_printf(out, "@@ -%zu,%zu +%zu,%zu @@\n",
			   hunks[h].old - before + (old > 0), old,
			   hunks[h].made - before + (made > 0), made);
		i = hunks[h].old - before;
		for (; h <= last; h++) {
			for (; i < hunks[h].old; i++)
				put_line(out, ' ', &a->at[i]);
			for (size_t n = 0; n < hunks[h].step.old; n++)
				put_line(out, '-', &a->at[i++]);
			for (size_t n = 0; n < hunks[h].step.made; n++)
				put_line(out, '+', &b->at[hunks[h].made + n]);
		}
		for (; after--; i++)
			put_line(out, ' ', &a->at[i]);
	}
}

void lint_diff(const char *path, const char *old, size_t old_len, const char *made,
	       size_t made_len, struct buf *out)
{
	struct arena arena = ARENA_INIT;
	struct lines a = split(old, old_len, &arena), b = split(made, made_len, &arena);
	struct hunk *hunks = ARENA_ARRAY(&arena, a.count + b.count + 1, struct hunk);
	size_t i = 0, k = 0, count = 0;

	while (i < a.count || k < b.count) {
		struct step step = { 0, 0 };

		if (i < a.count && k < b.count && same(&a.at[i], &b.at[k])) {
			i++;
			k++;
			continue;
		}
		step = find_step(&a, i, &b, k);
		hunks[count++] = (struct hunk){ i, k, step };
		i += step.old;
		k += step.made;
	}
	if (count) {
		buf_printf(out, "--- a/%s\n+++ b/%s\n", path, path);
		put_hunks(out, &a, &b, hunks, count);
	}
	arena_release(&arena);
}
