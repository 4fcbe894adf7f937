#ifndef PROCTOR_ARENA_H
#define PROCTOR_ARENA_H

#include <stddef.h>

/*
 * Memory with one lifetime: the bank's, the sitting's, the command's. Pieces
 * are asked for and never given back one by one; arena_release() frees them
 * all. Every piece is zeroed and aligned for any type. Never returns NULL.
 *
 * Built with ARENA_PER_PIECE (the sanitizer builds), each piece is a block of
 * its own, so that an overrun or a use after release is seen.
 */
struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes handed out, for measuring */
};

#define ARENA_INIT      \
	{               \
		NULL, 0 \
	}

void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t len); /* adds a NUL */
char *arena_text(struct arena *arena, const char *text);             /* NULL gives NULL */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void arena_release(struct arena *arena);
void arena_clear(struct arena *arena); /* the same, but memory is kept for what comes */

/* All that is in `from` now lives as long as `into`; `from` is empty. */
void arena_join(struct arena *into, struct arena *from);

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, count, type) \
	((type *)arena_array((arena), (count), sizeof(type)))

#endif
