#ifndef BANK_HOME_H
#define BANK_HOME_H

#include "proctor/bank.h"
#include "temp.h"

/* Each test has a small signed bank, in a folder of its own, and trusts its key. */
static struct arena arena;
static struct trust trust;

static int setup(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	temp_make();
	setenv("XDG_CONFIG_HOME", temp_path("config"), 1);
	EXPECT_OK(trust_load(&trust, TEMP_PUBLIC, &arena, &err), err);
	temp_signed_bank();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	temp_remove();
	arena_release(&arena);
	return 0;
}

static bool open_it(bool allow_unsigned, struct bank **bank, struct err *err)
{
	struct bank_policy policy = { &trust, allow_unsigned, "2026-11-20" };

	return bank_open(temp_path("bank"), &policy, bank, err);
}

#endif
