#include "imp-child.h"

#include <string.h>
#include <unistd.h>

#include "imp-codecs.h"
#include "imp-document.h"
#include "imp-input.h"
#include "imp-list.h"
#include "imp-reply.h"
#include "imp-sandbox.h"
#include "imp-verify.h"

static void
send_frame (int session, ImpDocument *document, guint frame)
{
  ImpWireReply reply = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = NULL;

  if (frame >= document->notes->n_frames)
    imp_fail (&error, IMP_ERROR_USAGE, N_ ("The file has no such frame"), NULL);
  else
    memory = document->load_frame (document->reader, frame, &reply, &error);
  if (memory == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_memory (session, &reply, memory);
}

static void
send_small (int session, ImpDocument *document, guint side)
{
  ImpWireReply reply = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = NULL;

  if (document->load_small == NULL)
    {
      send_frame (session, document, 0);
      return;
    }
  memory = document->load_small (document->reader, side, &reply, &error);
  if (memory == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_memory (session, &reply, memory);
}

static void
send_overlays (int session, ImpDocument *document, guint frame, guint planes)
{
  ImpWireReply reply = { .kind = IMP_WIRE_MASK };
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpMemory) memory = NULL;

  reply.width = document->notes->width;
  reply.height = document->notes->height;
  if (frame >= document->notes->n_frames || document->load_overlays == NULL)
    imp_fail (&error, IMP_ERROR_USAGE, N_ ("The file has no such overlay"), NULL);
  else
    memory = document->load_overlays (document->reader, frame, planes, &error);
  if (memory == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_memory (session, &reply, memory);
}

static void
send_findings (int session, const guint8 *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  g_autoptr (ImpVerifyReport) report = imp_verify_walk (bytes);
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder findings;
  GVariantDict dict;

  g_variant_builder_init (&findings, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < report->findings->len; i++)
    {
      const ImpFinding *finding = report->findings->pdata[i];
      g_autofree char *where = imp_text_clean (finding->where, strlen (finding->where));
      g_autofree char *what = imp_text_clean (finding->what, strlen (finding->what));

      g_variant_builder_add (&findings, "(ss)", where, what);
    }
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "flat", "b", report->flat);
  g_variant_dict_insert (&dict, "format", "s", report->format);
  g_variant_dict_insert (&dict, "width", "i", report->width);
  g_variant_dict_insert (&dict, "height", "i", report->height);
  g_variant_dict_insert_value (&dict, "findings", g_variant_builder_end (&findings));
  variant = g_variant_ref_sink (g_variant_dict_end (&dict));
  imp_reply_send_variant (session, variant);
}

/* The client asks the full helper instead. */
static void
send_away (int session)
{
  const ImpWireReply reply = { .magic = IMP_WIRE_MAGIC, .status = IMP_WIRE_NEEDS_FULL };

  imp_channel_send (session, &reply, sizeof reply, NULL, 0);
}

static ImpDocument *
open_document (int session, const guint8 *data, gsize length, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) facts = NULL;
  g_autoptr (ImpDocument) document = NULL;

  if (imp_document_needs_full (data, length))
    {
      send_away (session);
      return NULL;
    }
  document = imp_document_open (data, length, page, &error);
  if (document == NULL)
    {
      imp_reply_send_error (session, error);
      return NULL;
    }
  facts = imp_notes_to_variant (document->notes);
  imp_reply_send_variant (session, facts);
  return g_steal_pointer (&document);
}

/* A HEIC file is the only one that needs the full helper to be listed. */
static void
send_list (int session, const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) list = NULL;

  if (!imp_codecs_are_all_here () && imp_heif_is_picture (data, length))
    {
      send_away (session);
      return;
    }
  list = imp_list_read (data, length, &error);
  if (list == NULL)
    imp_reply_send_error (session, error);
  else
    imp_reply_send_variant (session, list);
}

static void
serve (int session, const guint8 *data, gsize length)
{
  ImpDocument *document = NULL; /* the process's end frees it */
  ImpWireRequest request = { 0 };

  while (imp_channel_receive (session, &request, sizeof request, NULL, 0) == sizeof request
         && request.magic == IMP_WIRE_MAGIC)
    {
      if (request.verb == IMP_WIRE_OPEN && document == NULL)
        {
          document = open_document (session, data, length, request.argument);
          if (document == NULL)
            return;
        }
      else if (request.verb == IMP_WIRE_FRAME && document != NULL)
        send_frame (session, document, request.argument);
      else if (request.verb == IMP_WIRE_SMALL && document != NULL)
        send_small (session, document, request.argument);
      else if (request.verb == IMP_WIRE_OVERLAYS && document != NULL)
        send_overlays (session, document, request.argument, request.planes);
      else if (request.verb == IMP_WIRE_LIST && document == NULL)
        {
          send_list (session, data, length);
          return;
        }
      else if (request.verb == IMP_WIRE_VERIFY && document == NULL)
        {
          if (!imp_input_wait (data + length))
            return;
          send_findings (session, data, length);
        }
      else
        return;
    }
}

/**
 * imp_child_run:
 * @input: a memfd with the file; a large one may still be growing to @length
 * @length: bytes of the whole file
 * @session: the socket over which this file's requests come
 *
 * Locks this process down, then serves one file until the client closes the session. The input is
 * mapped before the lock but not read until after it.
 */
void
imp_child_run (int input, guint64 length, int session)
{
  const guint8 *data = length <= IMP_WIRE_MAX_INPUT ? imp_input_map (input, (gsize)length) : NULL;

  if (data == NULL || !imp_sandbox_enter (IMP_CHILD_MEMORY + 2 * length, IMP_CHILD_CPU))
    _exit (1);
  serve (session, data, (gsize)length);
  _exit (0);
}
