#include "opt.h"

#include "proctor/bank.h"
#include "proctor/blueprint.h"
#include "proctor/crew.h"

const int64_t opt_most[] = {
	[OPT_NUMBER] = 1000000,
	[OPT_QUESTIONS] = BLUEPRINT_FORM_MAX,
	[OPT_THREADS] = CREW_MAX,
	[OPT_VERSION] = BANK_VERSION_MAX,
};
