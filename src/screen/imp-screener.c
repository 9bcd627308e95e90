#include "imp-screener.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-screen-wire.h"
#include "imp-warm.h"

#define BASE_TIME 8000 /* milliseconds, and for each million pixels so many more: */
#define TIME_PER_MEGAPIXEL 1500
#define TIME_TO_READ 4        /* times as much, where all that is found is read */
#define GRACE 4000            /* milliseconds that the helper gets to end by itself */
#define MOST_REMEMBERED 50000 /* spots that are kept, each picture counting as one more */
#define SEALS (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE)

/* OpenMP reads its limit before main(): with more threads than processors Tesseract crawls. */
static ImpWarm warm = { .program = "imprimatur-screener",
                        .suffix = "",
                        .folder = "screener",
                        .variable = "IMPRIMATUR_SCREENER",
                        .setting = "OMP_THREAD_LIMIT",
                        .value = "1",
                        .control = -1 };

static gint knows_faces; /* as the last answer said */
static guint time_limit; /* milliseconds, for tests; 0 for the picture's own */

static GMutex lock;
static GHashTable *remembered; /* guarded by lock: from hash and looks to spots */
static guint n_remembered;     /* the same: spots in it, and one for each picture */
static guint n_forgotten;      /* the same: how often it was told to forget */

/**
 * imp_screener_set_time_limit:
 * @milliseconds: how long one picture may take on the clock; 0 for what its size allows
 *
 * For tests.
 */
void
imp_screener_set_time_limit (guint milliseconds)
{
  g_atomic_int_set (&time_limit, milliseconds);
}

/**
 * imp_screener_warm_up:
 *
 * Starts the helper if it does not run, without waiting until it is warm. A failure shows when a
 * picture is looked at.
 */
void
imp_screener_warm_up (void)
{
  imp_warm_start (&warm);
}

/**
 * imp_screener_forget:
 *
 * Forgets what was read in pictures that were looked at, and in those that are being looked at now:
 * when a picture is closed, or the register locked.
 */
void
imp_screener_forget (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  g_clear_pointer (&remembered, g_hash_table_unref);
  n_remembered = 0;
  n_forgotten++;
}

/**
 * imp_screener_knows_faces:
 *
 * Whether the helper that answered last can look for faces. One that was built without OpenCV, or
 * has no cascades, cannot: asked for them it looks for all the rest.
 *
 * Returns: whether it can; %FALSE before the first answer
 */
gboolean
imp_screener_knows_faces (void)
{
  return g_atomic_int_get (&knows_faces);
}

static GPtrArray *
copy_spots (const GPtrArray *spots)
{
  GPtrArray *copy = g_ptr_array_new_full (spots->len, (GDestroyNotify)imp_spot_free);

  for (guint i = 0; i < spots->len; i++)
    g_ptr_array_add (copy, imp_spot_copy (spots->pdata[i]));
  return copy;
}

static GPtrArray *
recall (const char *key, guint *moment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  const GPtrArray *spots = remembered != NULL ? g_hash_table_lookup (remembered, key) : NULL;

  *moment = n_forgotten;
  return spots != NULL ? copy_spots (spots) : NULL;
}

/* @moment is that of the question: what was to be forgotten since is not kept. */
static void
remember (const char *key, const GPtrArray *spots, guint moment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (moment != n_forgotten || spots->len >= MOST_REMEMBERED)
    return;
  if (remembered == NULL)
    remembered =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  n_remembered += spots->len + 1;
  if (n_remembered > MOST_REMEMBERED)
    {
      g_hash_table_remove_all (remembered);
      n_remembered = spots->len + 1;
    }
  g_hash_table_replace (remembered, g_strdup (key), copy_spots (spots));
}

static void
fail_unscreened (GError **error)
{
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED,
                       _ ("The picture was not screened: the program that looks for writing in it "
                          "ended early. Try again, or look for writing yourself"));
}

static int
make_input (ImpRaster *raster)
{
  const guint8 *pixels = imp_raster_get_pixels (raster);
  gsize left = imp_raster_get_stride (raster) * (gsize)imp_raster_get_height (raster);
  int fd = memfd_create ("imprimatur-raster", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  while (fd >= 0 && left > 0)
    {
      gssize written = write (fd, pixels, MIN (left, (gsize)64 << 20));

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          close (fd);
          return -1;
        }
      pixels += written;
      left -= (gsize)written;
    }
  if (fd >= 0 && fcntl (fd, F_ADD_SEALS, SEALS) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* Waits for one message of the helper, until @deadline in monotonic time. */
static gboolean
receive (int socket, gpointer message, gsize size, gint64 deadline, GCancellable *cancellable,
         GError **error)
{
  gint64 left = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

  switch (imp_channel_wait (socket, (guint)CLAMP (left, 0, G_MAXINT), cancellable))
    {
    case IMP_CHANNEL_READY:
      if (imp_channel_receive (socket, message, size, NULL, 0) == (gssize)size)
        return TRUE;
      break;
    case IMP_CHANNEL_CANCELLED:
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_CANCELLED, _ ("Screening was stopped"));
      return FALSE;
    case IMP_CHANNEL_TIMED_OUT:
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED,
                           _ ("The picture was not screened: looking for writing in it took too "
                              "long. Try again, or look for writing yourself"));
      return FALSE;
    case IMP_CHANNEL_BROKEN:
    default:
      break;
    }
  fail_unscreened (error);
  return FALSE;
}

/* Nothing that the helper says is believed unseen: a spot lies in the picture, its text is text. */
static ImpSpot *
take_spot (const ImpScreenSpot *spot, ImpRaster *raster)
{
  const ImpRect rect = { spot->x, spot->y, spot->width, spot->height };
  gint64 right = (gint64)spot->x + spot->width;
  gint64 bottom = (gint64)spot->y + spot->height;
  g_autofree char *raw = g_strndup (spot->text, sizeof spot->text);
  g_autofree char *text = g_utf8_make_valid (raw, -1);

  if (spot->x < 0 || spot->y < 0 || spot->width < 1 || spot->height < 1
      || right > imp_raster_get_width (raster) || bottom > imp_raster_get_height (raster)
      || spot->kind > IMP_SPOT_FACE || spot->turn < 0 || spot->turn > 270 || spot->turn % 90 != 0)
    return NULL;
  return imp_spot_new ((ImpSpotKind)spot->kind, &rect, *text != '\0' ? text : NULL,
                       spot->confidence, spot->turn);
}

static GPtrArray *
converse (int socket, ImpRaster *raster, ImpScreenerLooks looks, GCancellable *cancellable,
          GError **error)
{
  gint64 pixels = (gint64)imp_raster_get_width (raster) * imp_raster_get_height (raster);
  guint told = (guint)g_atomic_int_get (&time_limit);
  guint allowed = (guint)(BASE_TIME + pixels * TIME_PER_MEGAPIXEL / 1000000)
                  * ((looks & IMP_SCREENER_READ) != 0 ? TIME_TO_READ : 1);
  guint limit = told != 0 ? told : allowed + GRACE;
  gint64 deadline = g_get_monotonic_time () + (gint64)limit * G_TIME_SPAN_MILLISECOND;
  const ImpScreenRequest request = { .magic = IMP_CHANNEL_MAGIC,
                                     .width = imp_raster_get_width (raster),
                                     .height = imp_raster_get_height (raster),
                                     .channels = imp_raster_get_channels (raster),
                                     .looks = looks,
                                     .milliseconds = allowed };
  g_autoptr (GPtrArray) spots = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_spot_free);
  ImpScreenReply reply = { 0 };

  if (!imp_channel_send (socket, &request, sizeof request, NULL, 0))
    {
      fail_unscreened (error);
      return NULL;
    }
  if (!receive (socket, &reply, sizeof reply, deadline, cancellable, error))
    return NULL;
  if (reply.magic != IMP_CHANNEL_MAGIC || reply.n_spots > IMP_SCREEN_WIRE_MOST_SPOTS)
    {
      fail_unscreened (error);
      return NULL;
    }
  for (guint i = 0; i < reply.n_spots; i++)
    {
      ImpScreenSpot message = { 0 };
      ImpSpot *spot = NULL;

      if (!receive (socket, &message, sizeof message, deadline, cancellable, error))
        return NULL;
      spot = take_spot (&message, raster);
      if (spot == NULL)
        {
          fail_unscreened (error);
          return NULL;
        }
      g_ptr_array_add (spots, spot);
    }
  g_atomic_int_set (&knows_faces, reply.knows_faces != 0);
  return g_steal_pointer (&spots);
}

static GPtrArray *
ask (ImpRaster *raster, ImpScreenerLooks looks, GCancellable *cancellable, GError **error)
{
  gsize size = imp_raster_get_stride (raster) * (gsize)imp_raster_get_height (raster);
  int pair[2] = { -1, -1 };
  int input = make_input (raster);
  int pidfd = -1;
  g_autoptr (GError) local = NULL;
  GPtrArray *spots = NULL;

  if (input < 0 || socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      imp_error_set_errno (error, IMP_ERROR_NOT_SCREENED, errno,
                           _ ("The picture was not screened"));
      if (input >= 0)
        close (input);
      return NULL;
    }
  pidfd = imp_warm_fork (&warm, input, size, pair[1], &local);
  close (pair[1]);
  close (input);
  if (pidfd >= 0)
    spots = converse (pair[0], raster, looks, cancellable, error);
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_SCREENED, _ ("The picture was not screened: %s"),
                 local->message);
  imp_channel_kill (pidfd);
  close (pair[0]);
  if (pidfd >= 0)
    close (pidfd);
  return spots;
}

/**
 * imp_screener_look_sync:
 * @raster: a picture in display orientation
 * @looks: what to look for
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Looks for what may identify somebody. A picture that was looked at before is not looked at again.
 *
 * Returns: (transfer container) (element-type ImpSpot) (nullable): what was seen, maybe nothing, or
 *   %NULL with %IMP_ERROR_NOT_SCREENED, where nobody knows what is in the picture, or
 *   %IMP_ERROR_CANCELLED
 */
GPtrArray *
imp_screener_look_sync (ImpRaster *raster, ImpScreenerLooks looks, GCancellable *cancellable,
                        GError **error)
{
  g_autofree char *hash = imp_raster_hash (raster);
  /* The hash is of the pixels alone: the same in another shape are another picture. */
  g_autofree char *key =
      g_strdup_printf ("%u %d %d %d %s", (guint)looks, imp_raster_get_width (raster),
                       imp_raster_get_height (raster), imp_raster_get_channels (raster), hash);
  guint moment = 0;
  GPtrArray *spots = recall (key, &moment);

  if (spots != NULL)
    return spots;
  spots = ask (raster, looks, cancellable, error);
  if (spots != NULL)
    remember (key, spots, moment);
  return spots;
}

typedef struct
{
  ImpRaster *raster;
  ImpScreenerLooks looks;
} Look;

static void
free_look (gpointer data)
{
  Look *look = data;

  imp_raster_unref (look->raster);
  g_free (look);
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  GError *error = NULL;
  GPtrArray *spots = imp_screener_look_sync (look->raster, look->looks, cancellable, &error);

  if (spots != NULL)
    g_task_return_pointer (task, spots, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * imp_screener_look_async:
 * @raster: a picture in display orientation
 * @looks: what to look for
 * @cancellable: (nullable): to stop
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks as imp_screener_look_sync() does, in a thread.
 */
void
imp_screener_look_async (ImpRaster *raster, ImpScreenerLooks looks, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Look *look = g_new0 (Look, 1);

  g_task_set_source_tag (task, imp_screener_look_async);
  g_task_set_check_cancellable (task, FALSE); /* the domain of the error is our own */
  look->raster = imp_raster_ref (raster);
  look->looks = looks;
  g_task_set_task_data (task, look, free_look);
  g_task_run_in_thread (task, look_in_thread);
}

/**
 * imp_screener_look_finish:
 * @result: from the callback
 * @error: where to put the error
 *
 * Returns: (transfer container) (element-type ImpSpot) (nullable): see imp_screener_look_sync()
 */
GPtrArray *
imp_screener_look_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
