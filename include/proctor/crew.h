#ifndef PROCTOR_CREW_H
#define PROCTOR_CREW_H

#include <stddef.h>

/*
 * Jobs that do not depend on each other, shared out to threads. Who needs a result that
 * is the same on every machine keeps what each job found apart, and puts it together in
 * the order of the jobs.
 */

#define CREW_MAX 16

/* How many threads there is a core for, of those it may run on; at most CREW_MAX. */
size_t crew_size(void);

/* Many small things are shared out as so many jobs: where, of `count`, a share begins. */
#define CREW_SHARES 32

static inline size_t crew_first(size_t count, size_t share)
{
	return count * share / CREW_SHARES;
}

/*
 * Runs work(context, job) for each job from 0 to jobs - 1, on `workers` threads, this one
 * among them, and returns when all are done. Jobs are begun in order. A thread that
 * cannot be had is done without. 0 workers: crew_size().
 */
void crew_run(size_t workers, size_t jobs, void (*work)(void *context, size_t job),
	      void *context);

#endif
