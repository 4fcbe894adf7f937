#ifndef FUZZ_CRYPTO_H
#define FUZZ_CRYPTO_H

#include "fuzz.h"
#include "proctor/crypto.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	crypto_start();
	return 0;
}

#endif
