#include <string.h>

#include "cmd.h"
#include "schema.h"

static const char *find_schema(const char *name, struct err *err)
{
	for (size_t i = 0; schemas[i].name; i++)
		if (strcmp(schemas[i].name, name) == 0)
			return schemas[i].text;
	err_set(err, ERR_USAGE, "there is no schema \"%s\": bank, questions or blueprint",
		name);
	return NULL;
}

static bool run(int argc, char **argv, struct err *err)
{
	static const struct opt opts[] = { { OPT_END, 0, NULL, 0, NULL, NULL } };
	struct buf out = BUF_INIT;
	const char *text;
	char unused;
	int i = opt_parse(opts, argc, argv, 1, &unused, err);
	bool ok;

	if (i < 0)
		return false;
	text = find_schema(argv[i] ? argv[i] : "bank", err);
	if (!text)
		return false;
	buf_text(&out, text);
	ok = put_out(&out, err);
	buf_release(&out);
	return ok;
}

const struct cmd cmd_bank_schema = {
	"schema",
	run,
	"[bank|questions|blueprint]",
	"the JSON Schema of a bank's files, for editors",
	NULL,
	NULL,
};
