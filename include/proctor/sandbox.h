#ifndef PROCTOR_SANDBOX_H
#define PROCTOR_SANDBOX_H

#include <stdbool.h>

struct err;

/*
 * What the process may still open, once something that nobody vouches for is going to be
 * parsed. Files that are open already stay open. Both lists are of folders (and all below
 * them) and files, ended by NULL; what does not exist is left out.
 */
struct sandbox {
	const char *const *read;
	const char *const *write; /* read, written, made, renamed and removed */
};

/*
 * From here on nothing but that can be opened, no program be run, and no TCP connection
 * be made, by Linux's Landlock and for good: a second call can only take more away.
 * Where the kernel has no Landlock nothing happens, and true comes back all the same.
 * ERR_SYSTEM when the kernel has it and refused.
 */
bool sandbox_enter(const struct sandbox *sandbox, struct err *err);

/* The version of the kernel's Landlock, 0 where there is none. */
int sandbox_version(void);

#endif
