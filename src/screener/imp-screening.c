#include "imp-screening.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "imp-channel.h"
#include "imp-faces.h"
#include "imp-look.h"
#include "imp-sandbox.h"

#define BAND 256        /* rows */
#define LEAST_COLOUR 40 /* between the most and the least of red, green and blue */
#define ROOM 32         /* pixels around what is coloured */

static gboolean
makes_sense (const ImpScreenRequest *request, guint64 size)
{
  return request->magic == IMP_CHANNEL_MAGIC && request->width > 0 && request->height > 0
         && (request->channels == 1 || request->channels == 3)
         && (guint64)request->width * (guint64)request->height <= IMP_SCREEN_WIRE_MOST_PIXELS
         && (guint64)request->width * (guint64)request->height * (guint64)request->channels == size;
}

static void
make_grey (guint8 *to, const guint8 *from, gsize n)
{
  for (gsize i = 0; i < n; i++)
    to[i] = (guint8)((77 * from[3 * i] + 150 * from[3 * i + 1] + 29 * from[3 * i + 2] + 128) >> 8);
}

/* How far the rows from @y0 to @y1 are coloured: what is less is what a lossy coding leaves of
 * grey. */
static void
grow_coloured (ImpRect *area, const guint8 *from, int width, int y0, int y1)
{
  int x0 = area->width > 0 ? area->x : width;
  int x1 = area->x + area->width;

  for (int y = y0; y < y1; y++)
    {
      gboolean any = FALSE;

      for (int x = 0; x < width; x++, from += 3)
        if (MAX (from[0], MAX (from[1], from[2])) - MIN (from[0], MIN (from[1], from[2]))
            >= LEAST_COLOUR)
          {
            x0 = MIN (x0, x);
            x1 = MAX (x1, x + 1);
            any = TRUE;
          }
      if (any && area->height == 0)
        area->y = y;
      if (any)
        area->height = y + 1 - area->y;
    }
  area->x = MIN (x0, x1);
  area->width = x1 - area->x;
}

/* The red of the coloured part, with some room around it. Two colours that are equally bright
 * differ in it, but for dark blue on dark green. */
static ImpPlane *
take_red (const guint8 *input, const ImpScreenRequest *request, ImpRect *area)
{
  const ImpRect frame = { 0, 0, request->width, request->height };
  ImpPlane *red = NULL;

  *area =
      (ImpRect){ area->x - ROOM, area->y - ROOM, area->width + 2 * ROOM, area->height + 2 * ROOM };
  *area = imp_rect_intersect (area, &frame);
  red = imp_plane_new (area->width, area->height);
  for (int y = 0; y < area->height; y++)
    for (int x = 0; x < area->width; x++)
      red->data[(gsize)y * (gsize)area->width + (gsize)x] =
          input[3 * ((gsize)(area->y + y) * (gsize)request->width + (gsize)(area->x + x))];
  return red;
}

/* The input's pages go back to the kernel as they are read: a large picture is not held twice. */
static ImpPlane *
take_plane (const guint8 *input, const ImpScreenRequest *request, ImpRect *coloured)
{
  ImpPlane *plane = imp_plane_new (request->width, request->height);
  gsize page = (gsize)sysconf (_SC_PAGESIZE);
  gsize width = (gsize)request->width;
  gsize given = 0;

  for (int y = 0; y < request->height; y += BAND)
    {
      gsize n = width * (gsize)MIN (BAND, request->height - y);
      gsize at = width * (gsize)y * (gsize)request->channels;
      gsize end = (at + n * (gsize)request->channels) / page * page;

      if (request->channels == 3)
        {
          make_grey (plane->data + width * (gsize)y, input + at, n);
          grow_coloured (coloured, input + at, request->width, y, MIN (y + BAND, request->height));
        }
      else
        memcpy (plane->data + width * (gsize)y, input + at, n);
      if (end > given)
        madvise ((gpointer)(input + given), end - given, MADV_DONTNEED);
      given = MAX (given, end);
    }
  return plane;
}

static void
answer (int session, const guint8 *input, const ImpScreenRequest *request)
{
  ImpRect coloured = { 0, 0, 0, 0 };
  g_autoptr (ImpPlane) plane = take_plane (input, request, &coloured);
  g_autoptr (ImpPlane) red = coloured.height > 0 ? take_red (input, request, &coloured) : NULL;
  g_autoptr (GArray) spots =
      imp_look (plane, red, &coloured, request->looks, request->milliseconds);
  const ImpScreenReply reply = { .magic = IMP_CHANNEL_MAGIC,
                                 .n_spots = spots != NULL ? spots->len : 0,
                                 .knows_faces = imp_faces_are_known () };

  /* Some of them would be less than the truth: then there is no answer. */
  if (spots == NULL || spots->len > IMP_SCREEN_WIRE_MOST_SPOTS
      || !imp_channel_send (session, &reply, sizeof reply, NULL, 0))
    return;
  for (guint i = 0; i < spots->len; i++)
    if (!imp_channel_send (session, &g_array_index (spots, ImpScreenSpot, i),
                           sizeof (ImpScreenSpot), NULL, 0))
      return;
}

/**
 * imp_screening_run:
 * @input: a sealed memfd with the pixels of one picture
 * @size: bytes of it
 * @session: the socket over which the request comes
 *
 * Locks this process down, then answers one request. The input is mapped before the lock but not
 * read until after it.
 */
void
imp_screening_run (int input, guint64 size, int session)
{
  const guint64 most = IMP_SCREEN_WIRE_MOST_PIXELS * 3;
  ImpScreenRequest request = { 0 };
  gpointer data = MAP_FAILED;

  if (size > 0 && size <= most)
    data = mmap (NULL, (gsize)size, PROT_READ, MAP_SHARED, input, 0);
  if (data == MAP_FAILED || !imp_sandbox_enter (IMP_SCREENING_MEMORY + size, IMP_SCREENING_CPU))
    _exit (1);
  if (imp_channel_receive (session, &request, sizeof request, NULL, 0) == sizeof request
      && makes_sense (&request, size))
    answer (session, data, &request);
  _exit (0);
}
