#include "proctor/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

size_t crew_size(void)
{
	cpu_set_t cores;
	int count;

	if (sched_getaffinity(0, sizeof(cores), &cores) != 0)
		return 1;
	count = CPU_COUNT(&cores);
	return count < 1 ? 1 : count > CREW_MAX ? CREW_MAX : (size_t)count;
}

struct crew {
	atomic_size_t next;
	size_t jobs;
	void (*work)(void *context, size_t job);
	void *context;
};

static void *run(void *argument)
{
	struct crew *crew = argument;
	size_t job;

	while ((job = atomic_fetch_add(&crew->next, 1)) < crew->jobs)
		crew->work(crew->context, job);
	return NULL;
}

void crew_run(size_t workers, size_t jobs, void (*work)(void *context, size_t job),
	      void *context)
{
	struct crew crew = { 0, jobs, work, context };
	pthread_t threads[CREW_MAX];
	size_t count = 0;

	if (!workers)
		workers = crew_size();
	while (count + 1 < workers && count + 1 < jobs && count < CREW_MAX &&
	       pthread_create(&threads[count], NULL, run, &crew) == 0)
		count++;
	run(&crew);
	while (count)
		pthread_join(threads[--count], NULL);
}
