#ifndef REVIEW_FILM_H
#define REVIEW_FILM_H

#include "proctor/review.h"
#include "screen.h"

/* A finished session of the bank of tests/fixtures/screens, to be walked through. */
struct review_film {
	struct film film;
	struct result result;
	struct report report;
	struct review review;
};

/* What the candidate did: each type of question, wrong, right, open, marked. */
#define REVIEW_SAT                                                        \
	"+10s @code d s m w type:ask_about_zero Escape +95s a c "         \
	"@list a s s +30s d @order a c d @match a 2 a c +1s @case-a b m " \
	"@wide a s +300s @long c s s s "

/* The session of the film, which is finished, is walked through from now on. */
static inline void review_film_join(struct review_film *of, struct film *film)
{
	struct sit *sit = &film->sit;

	score_result(&sit->blueprint, &sit->form, &sit->session, &sit->arena,
		     &of->result);
	of->report = (struct report){ .session = &film->about,
				      .blueprint = &sit->blueprint,
				      .form = &sit->form,
				      .state = &sit->session,
				      .result = &of->result };
	review_init(&of->review, &of->report, &sit->arena);
	sit->sitting.review = &of->review;
	sit->sitting.store = NULL;
	sit->sitting.output = temp_dir;
}

static inline void review_film_begin_as(struct review_film *of, const char *kind,
					const char *sat)
{
	memset(of, 0, sizeof(*of));
	screen_begin_as(&of->film, kind);
	EXPECT_INT(screen_play(&of->film, sat), UI_FINISHED);
	review_film_join(of, &of->film);
}

static inline void review_film_begin(struct review_film *of)
{
	review_film_begin_as(of, "exam", REVIEW_SAT "r e y");
}

static inline void review_film_end(struct review_film *of)
{
	screen_end(&of->film);
}

#endif
