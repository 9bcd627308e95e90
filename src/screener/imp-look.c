#include "imp-look.h"

#include <string.h>
#include <time.h>

#include "imp-codes.h"
#include "imp-detect.h"
#include "imp-faces.h"
#include "imp-reader.h"
#include "imp-screener.h"
#include "imp-spot.h"

#define LEAST_SCORE (-2.0) /* of what is read at all */
#define SURE_SCORE (-0.3)  /* of what is told though nobody can read it */
#define SURE_RED 1.0       /* the same, of what shows in the red alone */
#define READING_TIME 60    /* milliseconds of the processor, and as many for each million pixels */
#define LEAST_READ 55      /* confidence of what is told because it can be read */
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

/* Letters and digits in what was read; marks alone are what lines and curves are read as. */
static guint
count_letters (const char *text)
{
  guint n = 0;

  for (const char *at = text; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    n += g_unichar_isalnum (g_utf8_get_char (at));
  return n;
}

static gboolean
is_read (const ImpLineText *reading)
{
  guint n = count_letters (reading->text);

  return reading->confidence >= LEAST_READ && n >= 2
         && 2 * n > (guint)g_utf8_strlen (reading->text, -1);
}

/* Milliseconds that this process has had of the processor. */
static gint64
get_time (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static void
look_for_text (const ImpPlane *plane, double least_score, double sure_score, gint64 deadline,
               GArray *spots)
{
  g_autoptr (GArray) candidates = imp_detect (plane, least_score);
  gint64 left = READING_TIME + READING_TIME * (gint64)plane->width * plane->height / 1000000;

  for (guint i = 0; i < candidates->len; i++)
    {
      const ImpCandidate *candidate = &g_array_index (candidates, ImpCandidate, i);
      ImpLineText reading = { 0 };
      gint64 begun = get_time ();

      if (left > 0)
        imp_reader_read (plane, candidate, deadline, &reading);
      left -= get_time () - begun;
      if (is_read (&reading) || candidate->score >= sure_score)
        {
          if (reading.confidence < LEAST_TOLD)
            imp_line_text_clear (&reading);
          add_spot (spots, plane, IMP_SPOT_TEXT, candidate->x0, candidate->y0, candidate->x1,
                    candidate->y1, &reading);
        }
      imp_line_text_clear (&reading);
    }
}

/* Adds what is seen in the red alone, where nothing was seen in the grey. */
static void
look_for_coloured (const ImpPlane *red, const ImpRect *area, gint64 deadline, GArray *spots)
{
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (ImpScreenSpot));
  guint n_grey = spots->len;

  look_for_text (red, SURE_SCORE, SURE_RED, deadline, found);
  for (guint i = 0; i < found->len; i++)
    {
      ImpScreenSpot *spot = &g_array_index (found, ImpScreenSpot, i);
      const ImpRect rect = { area->x + spot->x, area->y + spot->y, spot->width, spot->height };
      gint64 covered = 0;

      for (guint j = 0; j < n_grey; j++)
        {
          const ImpScreenSpot *grey = &g_array_index (spots, ImpScreenSpot, j);
          const ImpRect both =
              imp_rect_intersect (&rect, &(ImpRect){ grey->x, grey->y, grey->width, grey->height });

          covered += (gint64)both.width * both.height;
        }
      spot->x = rect.x;
      spot->y = rect.y;
      if (covered * 2 < (gint64)rect.width * rect.height)
        g_array_append_vals (spots, spot, 1);
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
  g_autoptr (GArray) spots = g_array_new (FALSE, TRUE, sizeof (ImpScreenSpot));

  if ((looks & IMP_SCREENER_FACES) != 0 && imp_faces_are_known () && !look_for_faces (plane, spots))
    return NULL;
  if ((looks & IMP_SCREENER_CODES) != 0)
    look_for_codes (plane, spots);
  if ((looks & IMP_SCREENER_TEXT) != 0)
    {
      look_for_text (plane, LEAST_SCORE, SURE_SCORE, deadline, spots);
      if (red != NULL)
        look_for_coloured (red, area, deadline, spots);
    }
  return g_steal_pointer (&spots);
}
