#include <stdlib.h>
#include <string.h>

#include "priv.h"

struct baseline_row {
	const char *where, *rule; /* where: a question's id, or a file */
	int64_t count;
	int64_t left; /* not yet met */
};

struct baseline {
	struct baseline_row *rows;
	size_t count;
};

static const char *const formats[] = { "proctor-lint-baseline/1", NULL };

static const struct json_field row_fields[] = {
	{ "where", JSON_FIELD_TEXT, offsetof(struct baseline_row, where), 0, 1, 1000,
	  NULL },
	{ "rule", JSON_FIELD_TEXT, offsetof(struct baseline_row, rule), 0, 1, 100, NULL },
	{ "count", JSON_FIELD_INTEGER, offsetof(struct baseline_row, count), 0, 1,
	  1000000, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

struct raw {
	int format;
	const struct json *findings;
};

static const struct json_field fields[] = {
	{ "format", JSON_FIELD_CHOICE, offsetof(struct raw, format), 0, 0, 0, formats },
	{ "findings", JSON_FIELD_ARRAY, offsetof(struct raw, findings), 0, 0, 0, NULL },
	{ NULL, 0, 0, 0, 0, 0, NULL },
};

static bool read_baseline(const char *name, const char *bytes, size_t len,
			  struct arena *arena, struct baseline *baseline, struct err *err)
{
	struct raw raw = { 0, NULL };
	struct json_doc *doc;
	bool ok;

	if (!json_open(name, bytes, len, &json_limits_file, &doc, err))
		return false;
	ok = json_read(doc, json_root(doc), fields, arena, &raw, err);
	baseline->rows = ARENA_ARRAY(arena, json_count(raw.findings),
				     struct baseline_row);
	baseline->count = 0;
	json_each (item, raw.findings) {
		struct baseline_row *row = &baseline->rows[baseline->count];

		ok = ok && json_read(doc, item, row_fields, arena, row, err);
		row->left = row->count;
		baseline->count += ok;
	}
	json_free(doc);
	return ok;
}

static const char *where(const struct lint_finding *finding)
{
	return finding->question ? finding->question : finding->file;
}

/* The row that hides the finding and is not used up, or NULL. */
static struct baseline_row *find_row(struct baseline *baseline,
				     const struct lint_finding *finding)
{
	for (size_t i = 0; i < baseline->count; i++) {
		struct baseline_row *row = &baseline->rows[i];

		if (finding->severity != LINT_ERROR && row->left &&
		    strcmp(row->rule, finding->rule->name) == 0 &&
		    strcmp(row->where, where(finding)) == 0)
			return row;
	}
	return NULL;
}

static void hide(struct lint_report *report, struct baseline *baseline)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->count; i++) {
		struct baseline_row *row = find_row(baseline, &report->findings[i]);

		if (!row) {
			report->findings[kept++] = report->findings[i];
			continue;
		}
		row->left--;
		report->hidden++;
		report->counts[report->findings[i].severity]--;
	}
	report->count = kept;
}

static void tell_stale(struct lint_report *report, const struct baseline_row *row,
		       const char *name)
{
	const struct lint_rule *rule = lint_rule_find("stale-baseline");
	struct lint_finding *grown = realloc(
		report->findings, (report->count + 1) * sizeof(*report->findings));

	if (!grown)
		err_no_memory();
	report->findings = grown;
	grown[report->count++] = (struct lint_finding){
		.rule = rule,
		.severity = rule->severity,
		.part = report->copy->part_count,
		.file = arena_text(&report->arena, name),
		.pointer = "",
		.message = arena_printf(&report->arena,
					"%s: %s: %lld of %lld are not there any more",
					row->where, row->rule, (long long)row->left,
					(long long)row->count),
	};
	report->counts[rule->severity]++;
}

bool lint_baseline_apply(struct lint_report *report, const char *name, const char *bytes,
			 size_t len, struct err *err)
{
	struct baseline baseline;

	if (!read_baseline(name, bytes, len, &report->arena, &baseline, err))
		return false;
	hide(report, &baseline);
	for (size_t i = 0; i < baseline.count; i++)
		if (baseline.rows[i].left)
			tell_stale(report, &baseline.rows[i], name);
	return true;
}

/* ---- Writing ---- */

static int compare_rows(const void *a, const void *b)
{
	const struct baseline_row *x = a, *y = b;
	int order = strcmp(x->where, y->where);

	return order ? order : strcmp(x->rule, y->rule);
}

/* What the report has, a row for each place and rule. */
static struct baseline make_rows(const struct lint_report *report, struct arena *arena)
{
	struct baseline made = { ARENA_ARRAY(arena, report->count, struct baseline_row),
				 0 };
	size_t n = 0;

	for (size_t i = 0; i < report->count; i++)
		if (report->findings[i].severity != LINT_ERROR)
			made.rows[n++] = (struct baseline_row){
				where(&report->findings[i]),
				report->findings[i].rule->name, 1, 0
			};
	if (n)
		qsort(made.rows, n, sizeof(*made.rows), compare_rows);
	for (size_t i = 0; i < n; i++) {
		if (made.count &&
		    compare_rows(&made.rows[made.count - 1], &made.rows[i]) == 0)
			made.rows[made.count - 1].count++;
		else
			made.rows[made.count++] = made.rows[i];
	}
	return made;
}

/* No more than the old one had. */
static void shrink(struct baseline *made, const struct baseline *old)
{
	size_t kept = 0;

	for (size_t i = 0; i < made->count; i++) {
		struct baseline_row row = made->rows[i];
		int64_t most = 0;

		for (size_t k = 0; k < old->count; k++)
			if (compare_rows(&old->rows[k], &row) == 0)
				most += old->rows[k].count;
		row.count = row.count < most ? row.count : most;
		if (row.count)
			made->rows[kept++] = row;
	}
	made->count = kept;
}

bool lint_baseline_write(const struct lint_report *report, const char *name,
			 const char *bytes, size_t len, struct buf *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct json_out json = JSON_OUT(out, true);
	struct baseline made = make_rows(report, &arena), old = { NULL, 0 };

	if (bytes && !read_baseline(name, bytes, len, &arena, &old, err)) {
		arena_release(&arena);
		return false;
	}
	if (bytes)
		shrink(&made, &old);
	json_out_object(&json, NULL);
	json_out_text(&json, "format", formats[0]);
	json_out_array(&json, "findings");
	for (size_t i = 0; i < made.count; i++) {
		json_out_object(&json, NULL);
		json_out_text(&json, "where", made.rows[i].where);
		json_out_text(&json, "rule", made.rows[i].rule);
		json_out_integer(&json, "count", made.rows[i].count);
		json_out_end(&json, '}');
	}
	json_out_end(&json, ']');
	json_out_end(&json, '}');
	buf_char(out, '\n');
	arena_release(&arena);
	return true;
}
