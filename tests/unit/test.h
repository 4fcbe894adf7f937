#ifndef TEST_H
#define TEST_H

/* What every unit test includes: cmocka with what it needs, and the table's last line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "proctor/err.h"

#define TEST(name) cmocka_unit_test(name)

#define EXPECT_TRUE(a) assert_true(a)
#define EXPECT_FALSE(a) assert_false(a)
#define EXPECT_INT(a, b) assert_int_equal(a, b)
#define EXPECT_TEXT(a, b) assert_string_equal(a, b)

/* Is b within eps of a? */
#define EXPECT_NEAR(a, b, eps)                                               \
	do {                                                                 \
		double near_a = (a), near_b = (b);                           \
		if (!(near_a - near_b <= (eps) && near_b - near_a <= (eps))) \
			fail_msg("%.15g is not within %g of %.15g", near_a,  \
				 (double)(eps), near_b);                     \
	} while (0)

/* The call succeeds; if not, the test fails with the call's own message. */
#define EXPECT_OK(call, err)                                   \
	do {                                                   \
		if (!(call))                                   \
			fail_msg("%s: %s", #call, (err).text); \
	} while (0)

/* The call fails with this kind, and its message contains this text. */
#define EXPECT_ERR(call, err, wanted, part)                                     \
	do {                                                                    \
		(err) = (struct err)ERR_INIT;                                   \
		if (call)                                                       \
			fail_msg("%s succeeded", #call);                        \
		if ((err).kind != (wanted) || !strstr((err).text, (part)))      \
			fail_msg("%s: kind %d, \"%s\"", #call, (int)(err).kind, \
				 (err).text);                                   \
	} while (0)

#define TEST_MAIN(tests)                                            \
	int main(void)                                              \
	{                                                           \
		return cmocka_run_group_tests((tests), NULL, NULL); \
	}

#endif
