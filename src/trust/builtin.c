#include "priv.h"

const char *const trust_built_in[] = {
	/* 48E9825989F14B3C: signs the question banks of this project's releases */
	"RWQ8S/GJWYLpSGjJ7f4RgzwZGBdSIxuW3rjwGYSIkEj7mVqvsy5pWona",
	NULL,
};
