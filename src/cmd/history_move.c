#include "cmd.h"
#include "history.h"
#include "proctor/file.h"

#define FILE_BYTES_MAX ((size_t)1 << 30)

static void tell_damaged(const struct store_moved *moved, struct arena *arena)
{
	if (moved->damaged)
		put_note(arena_printf(
			arena, "left out, because damaged: session %s%s",
			moved->first_damaged,
			moved->damaged > 1
				? arena_printf(arena, " and %zu more", moved->damaged - 1)
				: ""));
}

bool history_export(struct store *store, const char *file, struct arena *arena,
		    struct err *err)
{
	struct store_moved moved;
	struct buf out = BUF_INIT;
	bool ok = store_export(store, arena, &out, &moved, err) &&
		  put_file(file, &out, err);

	if (ok)
		tell_damaged(&moved, arena);
	buf_release(&out);
	return ok;
}

static void count(struct buf *out, size_t count, const char *what)
{
	buf_printf(out, "%zu %s%s", count, what, count == 1 ? "" : "s");
}

bool history_import(struct store *store, const char *file, struct err *err)
{
	struct buf text = BUF_INIT, out = BUF_INIT;
	struct store_moved moved;
	bool ok = file_read(file, FILE_BYTES_MAX, &text, err) &&
		  store_import(store, file, text.data, text.len, &moved, err);

	if (ok) {
		count(&out, moved.sessions, "session");
		buf_text(&out, " imported, ");
		count(&out, moved.known, "session");
		buf_text(&out, " here already, ");
		count(&out, moved.banks, "bank");
		buf_text(&out, " added to the ledger\n");
		ok = put_out(&out, err);
	}
	buf_release(&text);
	buf_release(&out);
	return ok;
}
