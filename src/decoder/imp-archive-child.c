#include "imp-archive-child.h"

#include <iconv.h>
#include <locale.h>
#include <unistd.h>

#include "imp-archive-walk.h"
#include "imp-child.h"
#include "imp-input.h"
#include "imp-reply.h"
#include "imp-sandbox.h"

static locale_t letters = (locale_t)0; /* in which libarchive gives names as UTF-8 */

/**
 * imp_archive_child_initialise:
 *
 * Loads what libarchive needs of the C library to read names, before the lock.
 */
void
imp_archive_child_initialise (void)
{
  iconv_t converter = iconv_open ("UTF-8", "UTF-8");

  letters = newlocale (LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (converter != (iconv_t)-1)
    iconv_close (converter);
}

static void
send_entry (int session, ImpArchiveWalk *walk, guint number)
{
  ImpWireReply reply = { .kind = IMP_WIRE_BYTES };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = imp_archive_walk_load (walk, number, &error);

  if (memory == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_memory (session, &reply, memory);
}

static void
send_entries (int session, ImpArchiveWalk *walk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entries = imp_archive_walk_list (walk, &error);

  if (entries == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_variant (session, entries);
}

/**
 * imp_archive_child_run:
 * @input: the archive, opened for reading only
 * @length: its bytes
 * @session: the socket over which the requests come
 *
 * Locks this process down, then serves one archive until the client closes the session.
 */
void
imp_archive_child_run (int input, guint64 length, int session)
{
  ImpArchiveWalk walk = { .length = (gsize)length };
  ImpWireRequest request = { 0 };

  walk.data = length <= IMP_WIRE_MAX_INPUT ? imp_input_map (input, walk.length) : NULL;
  if (letters != (locale_t)0)
    uselocale (letters);
  if (walk.data == NULL || !imp_sandbox_enter (IMP_CHILD_MEMORY + 2 * length, IMP_CHILD_CPU))
    _exit (1);
  while (imp_channel_receive (session, &request, sizeof request, NULL, 0) == sizeof request
         && request.magic == IMP_WIRE_MAGIC)
    {
      if (request.verb == IMP_WIRE_ENTRIES)
        send_entries (session, &walk);
      else if (request.verb == IMP_WIRE_ENTRY)
        send_entry (session, &walk, request.argument);
      else
        break;
    }
  _exit (0);
}
