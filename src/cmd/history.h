#ifndef CMD_HISTORY_H
#define CMD_HISTORY_H

#include "cmd.h"

/* All data into one file, and out of it. */
bool history_export(struct store *store, const char *file, struct arena *arena,
		    struct err *err);
bool history_import(struct store *store, const char *file, struct err *err);

#endif
