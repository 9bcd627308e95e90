#include "imp-look.h"

#include <string.h>
#include <time.h>

#include "imp-codes.h"
#include "imp-detect.h"
#include "imp-faces.h"
#include "imp-reader.h"
#include "imp-screener.h"
#include "imp-spot.h"

#define LEAST_SCORE (-0.4) /* of what is told, whether anybody can read it or not */
#define LEAST_RED 1.0      /* the same, of what shows in the red alone */
#define READING_TIME 30    /* milliseconds of the processor */
#define READING_PACE 33    /* and so many more for each million pixels */
#define LEAST_TOLD 30      /* confidence of a reading that is worth comparing with anything */

static void
add_spot (GArray *spots, const ImpPlane *plane, ImpSpotKind kind, int x0, int y0, int x1, int y1,
          const ImpLineText *reading)
{
  ImpScreenSpot spot = { .kind = kind };

  spot.x = MAX (x0, 0);
  spot.y = MAX (y0, 0);
  spot.width = MIN (x1, plane->width) - spot.x;
  spot.height = MIN (y1, plane->height) - spot.y;
  spot.turn = reading->turn;
  if (reading->text != NULL)
    {
      const char *end = NULL;

      g_strlcpy (spot.text, reading->text, sizeof spot.text);
      g_utf8_validate (spot.text, -1, &end); /* a letter that was cut in two at the end */
      spot.text[end - spot.text] = '\0';
      spot.confidence = reading->confidence;
    }
  if (spot.width > 0 && spot.height > 0)
    g_array_append_val (spots, spot);
}

/* Milliseconds that this process has had of the processor. */
static gint64
get_time (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Whether half of a candidate, whose plane lies at @area, is in the writing among the first @n
 * spots. */
static gboolean
is_seen (const ImpCandidate *candidate, const ImpRect *area, const GArray *spots, guint n)
{
  const ImpRect rect = { area->x + candidate->x0, area->y + candidate->y0,
                         candidate->x1 - candidate->x0, candidate->y1 - candidate->y0 };
  gint64 covered = 0;

  for (guint i = 0; i < n; i++)
    {
      const ImpScreenSpot *spot = &g_array_index (spots, ImpScreenSpot, i);
      const ImpRect both =
          imp_rect_intersect (&rect, &(ImpRect){ spot->x, spot->y, spot->width, spot->height });

      if (spot->kind == IMP_SPOT_TEXT)
        covered += (gint64)both.width * both.height;
    }
  return covered * 2 >= (gint64)rect.width * rect.height;
}

/* Adds the writing in a plane that lies at @area of the picture; what is there already stays as it
 * was seen first, and is not read again. With @reads_all only @deadline bounds the
 * reading, and each is read in both directions. */
static void
look_for_text (const ImpPlane *plane, const ImpRect *area, double least_score, gboolean reads_all,
               gint64 deadline, GArray *spots)
{
  g_autoptr (GArray) candidates = imp_detect (plane, least_score);
  gint64 left = READING_TIME + READING_PACE * (gint64)plane->width * plane->height / 1000000;
  guint n_seen = spots->len;

  for (guint i = 0; i < candidates->len; i++)
    {
      const ImpCandidate *candidate = &g_array_index (candidates, ImpCandidate, i);
      ImpLineText reading = { 0 };
      gint64 begun = get_time ();
      guint n = spots->len;

      if (is_seen (candidate, area, spots, n_seen))
        continue;
      if (left > 0 || reads_all)
        imp_reader_read (plane, candidate, reads_all, deadline, &reading);
      left -= get_time () - begun;
      if (reading.confidence < LEAST_TOLD)
        imp_line_text_clear (&reading);
      add_spot (spots, plane, IMP_SPOT_TEXT, candidate->x0, candidate->y0, candidate->x1,
                candidate->y1, &reading);
      if (spots->len > n)
        {
          g_array_index (spots, ImpScreenSpot, n).x += area->x;
          g_array_index (spots, ImpScreenSpot, n).y += area->y;
        }
      imp_line_text_clear (&reading);
    }
}

static void
look_for_codes (const ImpPlane *plane, GArray *spots)
{
  g_autoptr (GArray) codes = imp_codes_find (plane);

  for (guint i = 0; i < codes->len; i++)
    {
      const ImpCode *code = &g_array_index (codes, ImpCode, i);
      const ImpLineText reading = { code->text, 100, 0 };

      add_spot (spots, plane, IMP_SPOT_CODE, code->x0, code->y0, code->x1, code->y1, &reading);
    }
}

static gboolean
look_for_faces (const ImpPlane *plane, GArray *spots)
{
  const ImpLineText nothing = { 0 };
  g_autoptr (GArray) faces = g_array_new (FALSE, FALSE, sizeof (ImpRect));

  if (!imp_faces_find (plane, faces))
    return FALSE;
  for (guint i = 0; i < faces->len; i++)
    {
      const ImpRect *face = &g_array_index (faces, ImpRect, i);

      add_spot (spots, plane, IMP_SPOT_FACE, face->x, face->y, face->x + face->width,
                face->y + face->height, &nothing);
    }
  return TRUE;
}

/**
 * imp_look:
 * @plane: a picture
 * @red: (nullable): the red of its coloured part
 * @area: where that part lies
 * @looks: ImpScreenerLooks
 * @milliseconds: how long reading may go on; what is found after it stays unread
 *
 * Returns: (transfer full) (element-type ImpScreenSpot) (nullable): what was seen, or %NULL where
 *   something could not be looked for to the end; faces that nobody here knows are just not seen
 */
GArray *
imp_look (const ImpPlane *plane, const ImpPlane *red, const ImpRect *area, guint looks,
          guint milliseconds)
{
  gint64 deadline = g_get_monotonic_time () + (gint64)milliseconds * G_TIME_SPAN_MILLISECOND;
  gboolean reads_all = (looks & IMP_SCREENER_READ) != 0;
  g_autoptr (GArray) spots = g_array_new (FALSE, TRUE, sizeof (ImpScreenSpot));

  if ((looks & IMP_SCREENER_FACES) != 0 && imp_faces_are_known () && !look_for_faces (plane, spots))
    return NULL;
  if ((looks & IMP_SCREENER_CODES) != 0)
    look_for_codes (plane, spots);
  if ((looks & IMP_SCREENER_TEXT) != 0)
    {
      look_for_text (plane, &(ImpRect){ 0 }, LEAST_SCORE, reads_all, deadline, spots);
      if (red != NULL)
        look_for_text (red, area, LEAST_RED, reads_all, deadline, spots);
    }
  return g_steal_pointer (&spots);
}
