/* Whatever an exported history says: refused with nothing imported, or imported and as
 * good as if it had been sat here. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "proctor/arena.h"
#include "proctor/buf.h"
#include "proctor/crypto.h"
#include "proctor/err.h"
#include "proctor/file.h"
#include "proctor/store.h"

static char folder[] = "/tmp/proctor-fuzz-XXXXXX";
static char path[sizeof(folder) + 16];
static struct store *store;

static void clean_up(void)
{
	store_free(store);
	unlink(path);
	rmdir(folder);
}

/* One that is empty; what was imported goes with its file. */
static void open_store(void)
{
	struct err err = ERR_INIT;

	store_free(store);
	unlink(path);
	promise(store_open(path, &store, &err));
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	crypto_start();
	promise(mkdtemp(folder) != NULL);
	snprintf(path, sizeof(path), "%s/proctor.db", folder);
	atexit(clean_up);
	open_store();
	return 0;
}

static size_t count_sessions(struct arena *arena)
{
	struct store_past *list;
	struct err err = ERR_INIT;
	size_t count;

	promise(store_list(store, arena, &list, &count, &err));
	for (size_t i = 0; i < count; i++) {
		struct store_loaded loaded;

		promise(store_load(store, list[i].id, false, arena, &loaded, &err));
		promise(list[i].is_scored == (loaded.session.phase == PHASE_DONE));
	}
	return count;
}

/* What is exported can be imported, and is then nothing new. */
static void check_export(struct arena *arena)
{
	struct buf out = BUF_INIT;
	struct store_moved moved;
	struct err err = ERR_INIT;
	size_t count;

	promise(store_export(store, arena, &out, &moved, &err));
	count = moved.sessions;
	promise(moved.damaged == 0);
	promise(store_import(store, "again", out.data, out.len, &moved, &err));
	promise(moved.sessions == 0 && moved.known == count && moved.banks == 0);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = ARENA_INIT;
	struct store_moved moved;
	struct err err = ERR_INIT;

	if (store_import(store, "fuzz", (const char *)data, size, &moved, &err)) {
		promise(count_sessions(&arena) == moved.sessions);
		check_export(&arena);
		open_store();
	} else {
		promise((err.kind == ERR_INPUT || err.kind == ERR_TRUST) && err.text[0]);
		promise(count_sessions(&arena) == 0);
	}
	arena_release(&arena);
	return 0;
}
