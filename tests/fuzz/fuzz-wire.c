/* The front end's side: every answer of a helper that has been taken over, over a real socket and
 * with real memfds. This file stands in for the warm process: it makes "children" whose answers lie
 * ready before the question is asked. */
#include "fuzz.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imp-facts.h"
#include "imp-helper.h"
#include "imp-session.h"

int fuzz_accepted; /* with facts and a frame */

#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)
#define MOST_MEMORY (1 << 20)
#define N_ANSWERS 3

static FuzzBytes answers;
static int child_end = -1; /* open, or nothing could be asked */

static gsize
wanted_size (const ImpWireReply *reply)
{
  gsize values = 0;
  gsize tables = 0;
  gsize padding = 0;
  gsize presentation = 0;

  if (reply->kind == IMP_WIRE_GREY)
    return imp_wire_grey_size (reply, &values, &tables, &padding, &presentation);
  return (gsize)reply->width * (gsize)reply->height
         * (reply->kind == IMP_WIRE_MASK ? 1 : (gsize)reply->channels);
}

/* A memfd of @size bytes that begins with @n bytes of the input. */
static int
make_memory (gsize size, gsize n, gboolean seal)
{
  int fd = memfd_create ("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_autofree guint8 *bytes = g_malloc0 (MAX (n, 1));

  fuzz_take (&answers, bytes, n);
  FUZZ_HOLDS (fd >= 0 && ftruncate (fd, (off_t)size) == 0);
  FUZZ_HOLDS (n == 0 || write (fd, bytes, n) == (gssize)n);
  if (seal)
    FUZZ_HOLDS (fcntl (fd, F_ADD_SEALS, SEALS) == 0);
  return fd;
}

static void
put_answer (int socket)
{
  ImpWireReply reply = { .magic = IMP_WIRE_MAGIC };
  guint flags = fuzz_take_8 (&answers);
  gsize n = fuzz_take_16 (&answers);
  gsize size = n;
  int fd = -1;

  reply.kind = fuzz_take_8 (&answers) % 7;
  reply.status = fuzz_take_8 (&answers) % 16;
  if ((flags & 1) == 0)
    reply.status = 0;
  reply.width = (gint16)fuzz_take_16 (&answers);
  reply.height = (gint16)fuzz_take_16 (&answers);
  reply.channels = (gint8)fuzz_take_8 (&answers);
  reply.n_values = fuzz_take_16 (&answers) + 1;
  reply.n_tables = fuzz_take_8 (&answers);
  reply.inverse = fuzz_take_8 (&answers);
  reply.ranged = fuzz_take_8 (&answers);
  reply.presented = reply.ranged & 2;
  if (reply.status != 0)
    fuzz_take (&answers, reply.text, MIN (n, sizeof reply.text));
  if ((flags & 2) != 0) /* numbers beyond what fits a small picture */
    {
      fuzz_take (&answers, &reply.width, sizeof reply.width);
      fuzz_take (&answers, &reply.n_values, sizeof reply.n_values);
    }
  if ((flags & 4) != 0 && wanted_size (&reply) <= MOST_MEMORY && wanted_size (&reply) >= n)
    size = wanted_size (&reply);
  reply.size = size;
  if ((flags & 8) != 0)
    fuzz_take (&answers, &reply.size, sizeof reply.size);
  if ((flags & 16) != 0)
    fuzz_take (&answers, &reply.magic, sizeof reply.magic);
  if ((flags & 32) == 0)
    fd = make_memory (size, n, (flags & 64) == 0);
  imp_channel_send (socket, &reply, sizeof reply - ((flags & 128) != 0), &fd, fd >= 0);
  if (fd >= 0)
    close (fd);
}

/* Takes the place of imp-helper.c's own; what is handed back is no process, so nothing is killed.
 */
int
imp_helper_fork (ImpHelperKind kind, int input, guint64 size, int session, GError **error)
{
  for (int i = 0; i < N_ANSWERS; i++)
    put_answer (session);
  child_end = dup (session);
  return open ("/dev/null", O_RDONLY | O_CLOEXEC);
}

static void
use_frame (ImpFrame *frame)
{
  const ImpWindow window = { 40, 400, IMP_VOI_LINEAR, 0 };
  g_autoptr (ImpRaster) plain = NULL;
  g_autoptr (ImpRaster) windowed = NULL;

  plain = imp_frame_render (frame, NULL, NULL);
  FUZZ_HOLDS (plain != NULL);
  if (imp_frame_can_window (frame))
    {
      windowed = imp_frame_render (frame, &window, NULL);
      FUZZ_HOLDS (windowed != NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpSession) session = NULL;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (ImpFacts) facts = NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (GBytes) mask = NULL;

  answers = (FuzzBytes){ data, size };
  imp_session_set_time_limit (200);
  session = imp_session_new (IMP_HELPER_QUICK, -1, 0, NULL, &error);
  FUZZ_HOLDS (session != NULL);
  variant = imp_session_ask (session, IMP_WIRE_OPEN, 0, NULL, &error);
  FUZZ_HOLDS ((variant == NULL) == (error != NULL));
  g_clear_error (&error);
  if (variant != NULL)
    facts = imp_facts_new_from_variant (variant, NULL);
  frame = imp_session_load_frame (session, 0, NULL, &error);
  FUZZ_HOLDS ((frame == NULL) == (error != NULL));
  g_clear_error (&error);
  fuzz_accepted += facts != NULL && frame != NULL;
  if (frame != NULL)
    use_frame (frame);
  mask = imp_session_load_overlays (session, 0, 1, NULL, &error);
  FUZZ_HOLDS ((mask == NULL) == (error != NULL));
  close (child_end);
  return 0;
}
