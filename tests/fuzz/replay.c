/*
 * Runs a fuzzer over the files of its corpus, as an ordinary test with every compiler and
 * without libFuzzer; says so in TAP. What a fuzzer finds wrong ends the program.
 *
 *	replay_NAME FOLDER
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "proctor/buf.h"
#include "proctor/err.h"
#include "proctor/file.h"

#define FILE_MAX ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

static int is_file(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* Its own block and no byte more, so that the sanitizers see a step too far. */
static void run(const struct buf *text)
{
	uint8_t *copy = malloc(text->len ? text->len : 1);

	if (!copy)
		err_no_memory();
	if (text->len)
		memcpy(copy, text->data, text->len);
	LLVMFuzzerTestOneInput(copy, text->len);
	free(copy);
}

static bool run_file(const char *folder, const char *name)
{
	struct buf path = BUF_INIT, text = BUF_INIT;
	struct err err = ERR_INIT;
	bool ok;

	buf_printf(&path, "%s/%s", folder, name);
	ok = file_read(path.data, FILE_MAX, &text, &err);
	if (ok)
		run(&text);
	else
		fprintf(stderr, "%s\n", err.text);
	buf_release(&path);
	buf_release(&text);
	return ok;
}

int main(int argc, char **argv)
{
	struct dirent **entries;
	int count, failed = 0;

	if (argc != 2 || (count = scandir(argv[1], &entries, is_file, alphasort)) < 1) {
		fprintf(stderr, "usage: %s FOLDER, with files in it\n", argv[0]);
		return 2;
	}
	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		bool ok;

		printf("# %s\n", entries[i]->d_name);
		fflush(stdout);
		ok = run_file(argv[1], entries[i]->d_name);
		failed += !ok;
		printf("%sok %d - %s\n", ok ? "" : "not ", i + 1, entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	return failed != 0;
}
