#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/json.h"

static size_t count_values(const struct json *value)
{
	size_t count = 1;

	json_each (child, value)
		count += count_values(child);
	return count;
}

/* What is written of a document that was read is read again, value for value. */
static void write_and_read(const struct json_doc *doc, size_t values)
{
	struct buf text = BUF_INIT;
	struct json_out out = JSON_OUT(&text, true);
	struct json_doc *again = NULL;
	struct err err = ERR_INIT;

	json_out_value(&out, NULL, json_root(doc));
	if (!json_open("again", text.data, text.len, &json_limits_file, &again, &err) ||
	    count_values(json_root(again)) != values)
		abort();
	json_free(again);
	buf_release(&text);
}

/* json_open() compares the strict pass with cJSON; a disagreement is a finding. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	struct json_doc *doc = NULL;
	struct err err = ERR_INIT;
	size_t values = 0;
	bool checked = json_check("input", bytes, size, &json_limits_file, &values, &err);

	err = (struct err)ERR_INIT;
	if (json_open("input", bytes, size, &json_limits_file, &doc, &err)) {
		if (!checked || count_values(json_root(doc)) != values)
			abort();
		write_and_read(doc, values);
	} else if (checked && !strstr(err.text, "number is too large")) {
		abort();
	}
	json_free(doc);
	return 0;
}
