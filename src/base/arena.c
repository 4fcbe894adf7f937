#include "proctor/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "priv.h"
#include "proctor/buf.h"
#include "proctor/err.h"

#define BLOCK_BYTES 65536

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

void *base_memory(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (!memory)
		err_no_memory();
	return memory;
}

/*
 * The first block is the one that is filled. A large piece has a block to itself, which
 * goes behind the first, so that the room left in that one is not given up.
 */
static struct arena_block *add_block(struct arena *arena, size_t size)
{
	struct arena_block *block = base_memory(NULL, sizeof(*block) + size);
	bool behind = size != BLOCK_BYTES && arena->blocks;
	struct arena_block **place = behind ? &arena->blocks->next : &arena->blocks;

	block->used = 0;
	block->size = size;
	block->next = *place;
	*place = block;
	return block;
}

#ifdef ARENA_PER_PIECE
static const bool per_piece = true;
#else
static const bool per_piece = false;
#endif

/*
 * Not cleared. A block of its own is exactly as long as its piece, so that the
 * sanitizer's red zone begins at the piece's end; in a shared block each piece is rounded
 * up.
 */
static void *take(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *block = arena->blocks;
	char *piece;

	if (size > SIZE_MAX / 2)
		err_no_memory();
	if (per_piece) {
		block = add_block(arena, size);
	} else {
		size = (size + align - 1) / align * align;
		if (!block || block->size - block->used < size)
			block = add_block(arena,
					  size > BLOCK_BYTES / 4 ? size : BLOCK_BYTES);
	}
	piece = block->bytes + block->used;
	block->used += size;
	arena->used += size;
	return piece;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		err_no_memory();
	return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *text, size_t len)
{
	char *copy = take(arena, len + 1);

	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	struct buf text = BUF_INIT;
	va_list args;
	char *copy;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	copy = arena_copy(arena, text.data, text.len);
	buf_release(&text);
	return copy;
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->blocks;

	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
	*arena = (struct arena)ARENA_INIT;
}

void arena_clear(struct arena *arena)
{
	struct arena_block *first = arena->blocks;

	if (!first || per_piece || first->size != BLOCK_BYTES) {
		arena_release(arena);
		return;
	}
	arena->blocks = first->next;
	arena_release(arena);
	first->next = NULL;
	first->used = 0;
	arena->blocks = first;
}

/* Behind the first block, which stays the one that is filled. */
void arena_join(struct arena *into, struct arena *from)
{
	struct arena_block *last = from->blocks;
	struct arena_block **place = into->blocks ? &into->blocks->next : &into->blocks;

	if (!last)
		return;
	while (last->next)
		last = last->next;
	last->next = *place;
	*place = from->blocks;
	into->used += from->used;
	*from = (struct arena)ARENA_INIT;
}
