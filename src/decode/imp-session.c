#include "imp-session.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"

#define DEFAULT_TIME_LIMIT 60000 /* milliseconds, of one request */
#define MAX_MEMORY (G_GUINT64_CONSTANT (4) << 30)
G_STATIC_ASSERT (IMP_WIRE_PRESENTATION == IMP_FRAME_PRESENTATION);

#define SEALS (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

struct _ImpSession
{
  int socket;
  int pidfd;
  gboolean dead;
  gboolean needs_full;
};

static guint time_limit = DEFAULT_TIME_LIMIT;

/**
 * imp_session_set_time_limit:
 * @milliseconds: how long one request may take on the clock; 0 for the default of one minute
 *
 * For tests.
 */
void
imp_session_set_time_limit (guint milliseconds)
{
  g_atomic_int_set (&time_limit, milliseconds != 0 ? milliseconds : DEFAULT_TIME_LIMIT);
}

static void
kill_child (ImpSession *session)
{
  session->dead = TRUE;
  imp_channel_kill (session->pidfd);
}

/**
 * imp_session_new:
 * @kind: which helper to ask; see imp_session_needs_full()
 * @input: a memfd with the file, which may still be growing to @size; it stays the caller's
 * @size: bytes of the whole file
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Has the helper make a child for @input. Blocks while the helper starts, if it is not warm.
 *
 * Returns: (transfer full) (nullable): the session, or %NULL with %IMP_ERROR_IO or
 *   %IMP_ERROR_CANCELLED
 */
ImpSession *
imp_session_new (ImpHelperKind kind, int input, guint64 size, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (ImpSession) session = g_new0 (ImpSession, 1);
  int pair[2] = { -1, -1 };

  session->socket = -1;
  session->pidfd = -1;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("Cannot talk to the decoder"));
      return NULL;
    }
  session->socket = pair[0];
  session->pidfd = imp_helper_fork (kind, input, size, pair[1], error);
  close (pair[1]);
  return session->pidfd >= 0 ? g_steal_pointer (&session) : NULL;
}

/**
 * imp_session_free:
 * @session: (transfer full) (nullable): a session; its child is ended
 */
void
imp_session_free (ImpSession *session)
{
  if (session == NULL)
    return;
  kill_child (session);
  if (session->socket >= 0)
    close (session->socket);
  if (session->pidfd >= 0)
    close (session->pidfd);
  g_free (session);
}

/**
 * imp_session_is_dead:
 * @session: a session
 *
 * Returns: whether its child is gone, so that a new session is needed
 */
gboolean
imp_session_is_dead (const ImpSession *session)
{
  return session->dead;
}

/**
 * imp_session_needs_full:
 * @session: a session of the quick helper
 *
 * Returns: whether its child said that only the full helper reads this file
 */
gboolean
imp_session_needs_full (const ImpSession *session)
{
  return session->needs_full;
}

static void
fail_dead (ImpSession *session, GError **error)
{
  kill_child (session);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                       _ ("The file could not be read: it is damaged, or made to do harm. Fetch it "
                          "again from its source"));
}

/* Waits for an answer, the end of the child, the user, or the clock. */
static gboolean
wait_for_reply (ImpSession *session, GCancellable *cancellable, GError **error)
{
  switch (imp_channel_wait (session->socket, g_atomic_int_get (&time_limit), cancellable))
    {
    case IMP_CHANNEL_READY:
      return TRUE;
    case IMP_CHANNEL_CANCELLED:
      kill_child (session);
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Opening was stopped"));
      return FALSE;
    case IMP_CHANNEL_TIMED_OUT:
      kill_child (session);
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                           _ ("The file took too long to read, and is damaged or made to do harm: "
                              "fetch it again from its source"));
      return FALSE;
    case IMP_CHANNEL_BROKEN:
    default:
      fail_dead (session, error);
      return FALSE;
    }
}

static void
fail_reported (const ImpWireReply *reply, GError **error)
{
  guint32 code = reply->status - 1;
  g_autofree char *raw = g_strndup (reply->text, sizeof reply->text);
  g_autofree char *text = g_utf8_make_valid (raw, -1);
  g_autofree char *sentence = imp_wire_translate (text);

  if (code != IMP_ERROR_UNSUPPORTED && code != IMP_ERROR_USAGE)
    code = IMP_ERROR_DAMAGED;
  g_set_error_literal (
      error, IMP_ERROR, (int)code,
      *sentence != '\0' ? sentence : _ ("The file is damaged: fetch it again from its source"));
}

typedef struct
{
  gpointer data;
  gsize size;
} Mapping;

static void
free_mapping (gpointer data)
{
  Mapping *mapping = data;

  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

/* A memfd that nobody can change or shorten any more, as long as was said. */
static gboolean
is_sealed (int fd, guint64 size)
{
  struct stat info = { 0 };
  int seals = fd >= 0 ? fcntl (fd, F_GET_SEALS) : -1;

  return seals >= 0 && (seals & SEALS) == SEALS && fstat (fd, &info) == 0 && size > 0
         && size <= MAX_MEMORY && (guint64)info.st_size == size;
}

static GBytes *
map_memory (int fd, guint64 size)
{
  Mapping *mapping = NULL;
  gpointer data = MAP_FAILED;

  if (!is_sealed (fd, size))
    return NULL;
  data = mmap (NULL, size, PROT_READ, MAP_SHARED, fd, 0);
  if (data == MAP_FAILED)
    return NULL;
  mapping = g_new0 (Mapping, 1);
  mapping->data = data;
  mapping->size = size;
  return g_bytes_new_with_free_func (data, size, free_mapping, mapping);
}

/* Returns: whatever came with an answer that is no error; -1 where nothing did. */
static int
ask_for_memory (ImpSession *session, ImpWireVerb verb, guint argument, guint planes,
                ImpWireReply *reply, GCancellable *cancellable, GError **error)
{
  const ImpWireRequest request = { IMP_WIRE_MAGIC, verb, argument, planes };
  int fd = -1;
  gssize received = 0;

  if (session->dead || !imp_channel_send (session->socket, &request, sizeof request, NULL, 0))
    {
      fail_dead (session, error);
      return -1;
    }
  if (!wait_for_reply (session, cancellable, error))
    return -1;
  received = imp_channel_receive (session->socket, reply, sizeof *reply, &fd, 1);
  if (received == sizeof *reply && reply->magic == IMP_WIRE_MAGIC)
    {
      session->needs_full = reply->status == IMP_WIRE_NEEDS_FULL;
      if (reply->status == 0)
        return fd;
      if (session->needs_full)
        fail_dead (session, error);
      else
        fail_reported (reply, error);
    }
  if (fd >= 0)
    close (fd);
  return -1;
}

static GBytes *
ask (ImpSession *session, ImpWireVerb verb, guint argument, guint planes, ImpWireReply *reply,
     GCancellable *cancellable, GError **error)
{
  int fd = ask_for_memory (session, verb, argument, planes, reply, cancellable, error);
  GBytes *bytes = fd >= 0 ? map_memory (fd, reply->size) : NULL;

  if (fd >= 0)
    close (fd);
  if (bytes == NULL && (error == NULL || *error == NULL))
    fail_dead (session, error);
  return bytes;
}

/**
 * imp_session_take_entry:
 * @session: a session of the helper for archives
 * @number: of an entry
 * @size: (out): its bytes
 * @cancellable: (nullable): to stop, which ends the child
 * @error: where to put the error
 *
 * Returns: the descriptor of sealed memory with the entry, which the caller closes; or -1 with
 *   %IMP_ERROR_DAMAGED, %IMP_ERROR_UNSUPPORTED or %IMP_ERROR_CANCELLED
 */
int
imp_session_take_entry (ImpSession *session, guint number, guint64 *size, GCancellable *cancellable,
                        GError **error)
{
  ImpWireReply reply = { 0 };
  GError *local = NULL;
  int fd = ask_for_memory (session, IMP_WIRE_ENTRY, number, 0, &reply, cancellable, &local);

  *size = reply.size;
  if (fd >= 0 && reply.kind == IMP_WIRE_BYTES && reply.size <= IMP_WIRE_MAX_ENTRY
      && is_sealed (fd, reply.size))
    return fd;
  if (fd >= 0)
    close (fd);
  if (local == NULL)
    fail_dead (session, &local);
  g_propagate_error (error, local);
  return -1;
}

/**
 * imp_session_ask:
 * @session: a session that was not asked anything yet
 * @verb: %IMP_WIRE_OPEN or %IMP_WIRE_VERIFY
 * @page: which page to open, from 0
 * @cancellable: (nullable): to stop, which ends the child
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the child's answer, an a{sv} in normal form, or %NULL with
 *   %IMP_ERROR_DAMAGED, %IMP_ERROR_UNSUPPORTED or %IMP_ERROR_CANCELLED
 */
GVariant *
imp_session_ask (ImpSession *session, ImpWireVerb verb, guint page, GCancellable *cancellable,
                 GError **error)
{
  ImpWireReply reply = { 0 };
  GError *local = NULL;
  g_autoptr (GBytes) bytes = ask (session, verb, page, 0, &reply, cancellable, &local);
  g_autoptr (GVariant) answer = NULL;

  if (bytes == NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }
  if (reply.kind == IMP_WIRE_VARIANT && reply.size <= IMP_WIRE_MAX_FACTS)
    answer = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE_VARDICT, bytes, FALSE));
  if (answer == NULL || !g_variant_is_normal_form (answer))
    {
      fail_dead (session, error);
      return NULL;
    }
  return g_steal_pointer (&answer);
}

static gboolean
size_makes_sense (const ImpWireReply *reply)
{
  return reply->width > 0 && reply->height > 0
         && (guint64)reply->width * (guint64)reply->height <= IMP_WIRE_MAX_PIXELS;
}

static ImpFrame *
take_finished (const ImpWireReply *reply, GBytes *bytes, GError **error)
{
  g_autoptr (ImpRaster) raster = NULL;

  if ((reply->channels != 1 && reply->channels != 3)
      || g_bytes_get_size (bytes)
             != (gsize)reply->width * (gsize)reply->height * (gsize)reply->channels)
    return NULL;
  raster = imp_raster_new (reply->width, reply->height, reply->channels, bytes, error);
  return raster != NULL ? imp_frame_new_finished (raster) : NULL;
}

static ImpFrame *
take_grey (const ImpWireReply *reply, GBytes *bytes, GError **error)
{
  gsize values_at = 0;
  gsize tables_at = 0;
  gsize padding_at = 0;
  gsize presentation_at = 0;
  g_autoptr (GBytes) indices = NULL;
  g_autoptr (GBytes) values = NULL;
  g_autoptr (GBytes) tables = NULL;
  g_autoptr (GBytes) padding = NULL;
  g_autoptr (GBytes) presentation = NULL;
  ImpGreyPixels pixels = { 0 };

  if (reply->n_values < 1 || reply->n_values > 65536 || reply->n_tables < 1
      || reply->n_tables > IMP_WIRE_MAX_TABLES
      || g_bytes_get_size (bytes)
             != imp_wire_grey_size (reply, &values_at, &tables_at, &padding_at, &presentation_at))
    return NULL;
  indices = g_bytes_new_from_bytes (bytes, 0, (gsize)reply->width * (gsize)reply->height * 2);
  values = g_bytes_new_from_bytes (bytes, values_at, reply->n_values * sizeof (double));
  tables =
      g_bytes_new_from_bytes (bytes, tables_at, (gsize)reply->n_tables * (gsize)reply->n_values);
  padding = g_bytes_new_from_bytes (bytes, padding_at, reply->n_values);
  if (reply->presented != 0)
    presentation = g_bytes_new_from_bytes (bytes, presentation_at, IMP_WIRE_PRESENTATION);
  pixels = (ImpGreyPixels){ .width = reply->width,
                            .height = reply->height,
                            .indices = indices,
                            .values = values,
                            .tables = tables,
                            .padding = padding,
                            .presentation = presentation,
                            .inverse = reply->inverse != 0,
                            .ranged = reply->ranged != 0 };
  return imp_frame_new_grey (&pixels, error);
}

static ImpFrame *
load (ImpSession *session, ImpWireVerb verb, guint argument, GCancellable *cancellable,
      GError **error)
{
  ImpWireReply reply = { 0 };
  GError *local = NULL;
  g_autoptr (GBytes) bytes = ask (session, verb, argument, 0, &reply, cancellable, &local);
  ImpFrame *result = NULL;

  if (bytes != NULL && size_makes_sense (&reply))
    {
      if (reply.kind == IMP_WIRE_FINISHED)
        result = take_finished (&reply, bytes, &local);
      else if (reply.kind == IMP_WIRE_GREY)
        result = take_grey (&reply, bytes, &local);
    }
  if (result == NULL && local == NULL)
    fail_dead (session, &local);
  if (local != NULL)
    g_propagate_error (error, local);
  return result;
}

/**
 * imp_session_load_frame:
 * @session: a session that has answered %IMP_WIRE_OPEN
 * @frame: 0-based
 * @cancellable: (nullable): to stop, which ends the child
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the frame, whose pixels are the child's sealed memory
 * itself, or %NULL with %IMP_ERROR_DAMAGED, %IMP_ERROR_UNSUPPORTED, %IMP_ERROR_USAGE or
 *   %IMP_ERROR_CANCELLED
 */
ImpFrame *
imp_session_load_frame (ImpSession *session, guint frame, GCancellable *cancellable, GError **error)
{
  return load (session, IMP_WIRE_FRAME, frame, cancellable, error);
}

/**
 * imp_session_load_small:
 * @session: a session that has answered %IMP_WIRE_OPEN
 * @side: how long the longer side must be at least, unless the picture's own is shorter
 * @cancellable: (nullable): to stop, which ends the child
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the first frame, with fewer pixels where its coding can do
 *   so; else as imp_session_load_frame()
 */
ImpFrame *
imp_session_load_small (ImpSession *session, guint side, GCancellable *cancellable, GError **error)
{
  return load (session, IMP_WIRE_SMALL, side, cancellable, error);
}

/**
 * imp_session_load_overlays:
 * @session: a session that has answered %IMP_WIRE_OPEN
 * @frame: 0-based
 * @planes: a bit for each overlay group wanted: bit 0 for 6000, bit 15 for 601E
 * @cancellable: (nullable): to stop, which ends the child
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): a byte for each pixel of the frame, not 0 where one of
 *   @planes is drawn, or %NULL with the errors of imp_session_load_frame()
 */
GBytes *
imp_session_load_overlays (ImpSession *session, guint frame, guint planes,
                           GCancellable *cancellable, GError **error)
{
  ImpWireReply reply = { 0 };
  GError *local = NULL;
  g_autoptr (GBytes) bytes =
      ask (session, IMP_WIRE_OVERLAYS, frame, planes, &reply, cancellable, &local);

  if (bytes != NULL && size_makes_sense (&reply) && reply.kind == IMP_WIRE_MASK
      && g_bytes_get_size (bytes) == (gsize)reply.width * (gsize)reply.height)
    return g_steal_pointer (&bytes);
  if (local == NULL)
    fail_dead (session, &local);
  g_propagate_error (error, local);
  return NULL;
}
