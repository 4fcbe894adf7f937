#ifndef BASE_PRIV_H
#define BASE_PRIV_H

#include <stddef.h>

/* realloc() that does not come back without memory. */
void *base_memory(void *old, size_t size);

/* The length in bytes of the first character; 0 when it is malformed, cut, or len is 0.
 */
size_t text_decode(const char *text, size_t len, unsigned *code_point);

#endif
