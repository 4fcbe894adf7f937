#include <sys/resource.h>

#include "bench.h"
#include "proctor/bank.h"
#include "proctor/crypto.h"
#include "proctor/err.h"

/*
 * Opens a bank and prints the bytes by which that raised the peak of this process, and
 * the bytes the open bank holds.
 *
 *	open FOLDER KEYFILE TODAY	KEYFILE "": the keys that are trusted anyway
 */
static long peak(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return used.ru_maxrss * 1024;
}

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct trust trust;
	struct bank_policy policy = { &trust, false, argc == 4 ? argv[3] : "" };
	struct bank *bank;
	long before;

	if (argc != 4)
		bench_fail("open FOLDER KEYFILE TODAY");
	crypto_start();
	if (!trust_load(&trust, argv[2][0] ? argv[2] : NULL, &arena, &err))
		bench_fail("%s", err.text);
	before = peak();
	if (!bank_open(argv[1], &policy, &bank, &err))
		bench_fail("%s", err.text);
	printf("%ld %zu\n", peak() - before, bank->arena.used);
	bank_free(bank);
	arena_release(&arena);
	return 0;
}
