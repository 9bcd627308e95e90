/* What a screener that has been taken over may say of a picture, as its client takes it, over a
 * real socket; and what is made of that: reasons, and the lines that pieces of a text stand in.
 * This file stands in for the warm process: the answer of each "child" lies ready before it is
 * asked. */
#include "fuzz.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "imp-error.h"
#include "imp-screen-wire.h"
#include "imp-screener.h"
#include "imp-suggest.h"
#include "imp-warm.h"

int fuzz_accepted; /* whose spots were taken */

#define MOST_SPOTS 32 /* that fit the socket before anybody reads it */
#define WIDTH 97
#define HEIGHT 61

static FuzzBytes answers;
static int child_end = -1; /* open, or nothing could be asked */

static gint32
take_number (gboolean whole)
{
  gint32 number = 0;

  if (!whole)
    return (gint32)fuzz_take_8 (&answers);
  fuzz_take (&answers, &number, sizeof number);
  return number;
}

static void
put_spot (int socket)
{
  ImpScreenSpot spot = { 0 };
  guint flags = fuzz_take_8 (&answers);
  gsize length = 0;

  spot.x = take_number (flags & 1);
  spot.y = take_number (flags & 1);
  spot.width = take_number (flags & 2);
  spot.height = take_number (flags & 2);
  spot.kind = (guint32)take_number (flags & 4);
  spot.confidence = (guint32)take_number (flags & 4);
  spot.turn = (flags & 8) != 0 ? take_number (TRUE) : 90 * (gint32)(fuzz_take_8 (&answers) % 5);
  if ((flags & 16) != 0) /* no byte of it is 0 */
    memset (spot.text, (int)fuzz_take_8 (&answers), sizeof spot.text);
  length = fuzz_take_8 (&answers);
  fuzz_take (&answers, spot.text, MIN (length, answers.left));
  imp_channel_send (socket, &spot, sizeof spot - ((flags & 128) != 0), NULL, 0);
}

static void
put_answer (int socket)
{
  ImpScreenReply reply = { .magic = IMP_CHANNEL_MAGIC };
  guint flags = fuzz_take_8 (&answers);
  guint n = fuzz_take_8 (&answers) % MOST_SPOTS;

  reply.n_spots = n;
  if ((flags & 1) != 0)
    fuzz_take (&answers, &reply.n_spots, sizeof reply.n_spots);
  if ((flags & 2) != 0)
    fuzz_take (&answers, &reply.magic, sizeof reply.magic);
  imp_channel_send (socket, &reply, sizeof reply - ((flags & 4) != 0), NULL, 0);
  for (guint i = 0; i < n; i++)
    put_spot (socket);
}

/* These take the place of imp-warm.c's own. What is handed back is no process, so nothing is
 * killed; who waits for more than lies ready finds the other end closed. */
void
imp_warm_start (ImpWarm *warm)
{
}

int
imp_warm_fork (ImpWarm *warm, int input, guint64 size, int session, GError **error)
{
  FUZZ_HOLDS (size == (guint64)WIDTH * HEIGHT);
  put_answer (session);
  child_end = dup (session);
  FUZZ_HOLDS (shutdown (child_end, SHUT_WR) == 0);
  return open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void
check_spot (const ImpSpot *spot)
{
  FUZZ_HOLDS (spot->rect.x >= 0 && spot->rect.width > 0
              && spot->rect.x + spot->rect.width <= WIDTH);
  FUZZ_HOLDS (spot->rect.y >= 0 && spot->rect.height > 0
              && spot->rect.y + spot->rect.height <= HEIGHT);
  FUZZ_HOLDS (spot->kind >= IMP_SPOT_TEXT && spot->kind <= IMP_SPOT_FACE);
  FUZZ_HOLDS (spot->turn >= 0 && spot->turn < 360 && spot->turn % 90 == 0);
  FUZZ_HOLDS (spot->confidence <= 100);
  FUZZ_HOLDS (spot->text == NULL || g_utf8_validate (spot->text, -1, NULL));
}

/* Whatever it says: nothing that was seen is left out, and each has its reason. */
static void
use_spots (GPtrArray *spots)
{
  g_autoptr (ImpKnown) known = imp_known_new ();
  g_autoptr (GPtrArray) suggestions = NULL;

  imp_known_add_name (known, IMP_WHY_HEADER, "PatientName", "EXAMPLE^PERSON A");
  imp_known_add_number (known, IMP_WHY_PERSON, "number", "H204417");
  imp_known_add_day (known, IMP_WHY_HEADER, "PatientBirthDate", "19571122");
  suggestions = imp_suggest_spots (spots, known, 0);
  FUZZ_HOLDS (suggestions->len == spots->len);
  for (guint i = 0; i < spots->len; i++)
    {
      const ImpSuggestion *suggestion = g_ptr_array_index (suggestions, i);

      check_spot (g_ptr_array_index (spots, i));
      FUZZ_HOLDS (suggestion->reasons->len > 0);
      FUZZ_HOLDS (suggestion->keep == IMP_KEEP_NO || !suggestion->firm);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint8 black[WIDTH * HEIGHT] = { 0 };
  g_autoptr (GBytes) pixels = g_bytes_new_static (black, sizeof black);
  g_autoptr (ImpRaster) raster = imp_raster_new (WIDTH, HEIGHT, 1, pixels, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) spots = NULL;

  answers = (FuzzBytes){ data, size };
  imp_screener_forget ();
  imp_screener_set_time_limit (200);
  spots = imp_screener_look_sync (raster, IMP_SCREENER_ALL, NULL, &error);
  FUZZ_HOLDS ((spots == NULL) == (error != NULL));
  FUZZ_HOLDS (error == NULL || g_error_matches (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED));
  fuzz_accepted += spots != NULL && spots->len > 0;
  if (spots != NULL)
    use_spots (spots);
  close (child_end);
  return 0;
}
