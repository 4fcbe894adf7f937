#include "proctor/sandbox.h"

#include "proctor/err.h"

#if defined(__linux__) && __has_include(<linux/landlock.h>)

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights that came after the first version: their bits, where the headers are older. */
#define FS_REFER (UINT64_C(1) << 13)     /* 2 */
#define FS_TRUNCATE (UINT64_C(1) << 14)  /* 3 */
#define FS_IOCTL_DEV (UINT64_C(1) << 15) /* 5 */
#define NET_TCP UINT64_C(3)              /* 4: bind and connect */

#define FS_FIRST ((UINT64_C(1) << 13) - 1) /* all rights of version 1 */
#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_ALL (FS_FIRST | FS_REFER | FS_TRUNCATE | FS_IOCTL_DEV)
#define FS_WRITE                                                                 \
	(FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |          \
	 LANDLOCK_ACCESS_FS_REMOVE_DIR | FS_REFER | FS_TRUNCATE | FS_IOCTL_DEV)
#define FS_OF_A_FILE                                                                  \
	(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE | \
	 FS_IOCTL_DEV)

/* What is restricted; an older kernel takes the beginning of it alone. */
struct restricted {
	uint64_t fs, net;
};

static uint64_t known_rights(int version)
{
	uint64_t known = FS_FIRST;

	if (version >= 2)
		known |= FS_REFER;
	if (version >= 3)
		known |= FS_TRUNCATE;
	if (version >= 5)
		known |= FS_IOCTL_DEV;
	return known;
}

int sandbox_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
			       LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

static bool allow_one(int rules, const char *path, uint64_t rights, struct err *err)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat st;
	bool ok;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return true;
	if (fstat(rule.parent_fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= FS_OF_A_FILE;
	ok = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule,
		     0) == 0 ||
	     err_errno(err, "%s: Landlock", path);
	close(rule.parent_fd);
	return ok;
}

static bool allow(int rules, const char *const *paths, uint64_t rights, struct err *err)
{
	for (; *paths; paths++)
		if (!allow_one(rules, *paths, rights, err))
			return false;
	return true;
}

bool sandbox_enter(const struct sandbox *sandbox, struct err *err)
{
	int version = sandbox_version();
	uint64_t known = known_rights(version);
	struct restricted what = { FS_ALL & known, NET_TCP };
	int rules;
	bool ok;

	if (!version)
		return true;
	rules = (int)syscall(SYS_landlock_create_ruleset, &what,
			     version >= 4 ? sizeof(what) : sizeof(what.fs), 0);
	if (rules < 0)
		return err_errno(err, "Landlock");
	ok = allow(rules, sandbox->read, FS_READ & known, err) &&
	     allow(rules, sandbox->write, FS_WRITE & known, err);
	if (ok && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		   syscall(SYS_landlock_restrict_self, rules, 0) != 0))
		ok = err_errno(err, "Landlock");
	close(rules);
	return ok;
}

#else

int sandbox_version(void)
{
	return 0;
}

bool sandbox_enter(const struct sandbox *sandbox, struct err *err)
{
	(void)sandbox, (void)err;
	return true;
}

#endif
