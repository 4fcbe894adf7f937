#ifndef ONE_SIT_H
#define ONE_SIT_H

#include "sit.h"

/* Each test has a sitting of the small bank, in a folder of its own. */
static struct sit sit;

static int setup(void **state)
{
	(void)state;
	temp_make();
	temp_signed_bank();
	sit_begin(&sit, temp_path("bank"), "tiny", "seed", 10);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	sit_end(&sit);
	temp_remove();
	return 0;
}

#endif
