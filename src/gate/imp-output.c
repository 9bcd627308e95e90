#include "imp-output.h"

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-request-private.h"

/* JPEG starts at the quality that people expect, and goes up where that does not pass its proof: a
 * noisy picture falls below the fidelity that is promised, a box of a pixel or two is not black. */
static const int QUALITIES[] = { 90, 95, 98, 100 };

/* Whether the parts of a value identify on their own: names and numbers of people do, the words of
 * a description do not, or no neutral file name would be left. */
static gboolean
parts_identify (const char *kind)
{
  return g_strrstr (kind, "Name") != NULL || g_strrstr (kind, "ID") != NULL
         || g_strrstr (kind, "Number") != NULL || g_str_equal (kind, "person");
}

/* Every value of the header that must not be found in the export (leaks.md row 21). */
static char **
collect_identifiers (const ImpRequest *request)
{
  GPtrArray *giveaways = imp_facts_get_giveaways (imp_source_get_facts (request->source));
  GStrvBuilder *builder = g_strv_builder_new ();
  char **identifiers = NULL;

  for (guint i = 0; i < giveaways->len; i++)
    {
      const ImpGiveaway *giveaway = g_ptr_array_index (giveaways, i);
      g_auto (GStrv) parts = NULL;

      if (!giveaway->identifies || giveaway->value == NULL)
        continue;
      g_strv_builder_add (builder, giveaway->value);
      if (!parts_identify (giveaway->kind))
        continue;
      parts = g_strsplit_set (giveaway->value, "^=\\ ,;/|", -1);
      g_strv_builder_addv (builder, (const char **)parts);
    }
  identifiers = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return identifiers;
}

static gboolean
encode (ImpOutput *self, const ImpCase *the_case, int quality, GCancellable *cancellable,
        GError **error)
{
  const ImpRequest *request = the_case->request;
  const ImpPixelShape shape = imp_facts_get_shape (imp_source_get_facts (request->source));
  g_auto (GStrv) identifiers = collect_identifiers (request);
  g_autofree char *name = request->target != NULL ? g_file_get_basename (request->target) : NULL;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->report, imp_verify_report_free);
  self->bytes = request->jpeg ? imp_encode_jpeg (self->flat, quality, cancellable, error)
                              : imp_encode_png (self->flat, cancellable, error);
  if (self->bytes == NULL)
    return FALSE;
  self->report =
      imp_verify_file (self->bytes, the_case->rendering, (const ImpRect *)the_case->filled->data,
                       the_case->filled->len, the_case->has_crop ? &the_case->crop : NULL, &shape,
                       (const char *const *)identifiers, name, cancellable, error);
  return self->report != NULL;
}

/**
 * imp_output_new:
 * @the_case: a judged case
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Flattens, encodes, and proves the bytes; writes nothing. The name of the case's target, where it
 * has one, is part of the proof.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL with %IMP_ERROR_NOT_FLAT,
 *   %IMP_ERROR_UNSUPPORTED or %IMP_ERROR_CANCELLED
 */
ImpOutput *
imp_output_new (const ImpCase *the_case, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpOutput) self = g_new0 (ImpOutput, 1);

  self->flat = imp_case_flatten (the_case, error);
  if (self->flat == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (QUALITIES); i++)
    {
      if (!encode (self, the_case, QUALITIES[i], cancellable, error))
        return NULL;
      if (self->report->flat || !the_case->request->jpeg)
        break;
    }
  if (!self->report->flat || (the_case->request->jpeg && self->report->decoded == NULL))
    {
      const ImpFinding *finding =
          self->report->findings->len > 0 ? g_ptr_array_index (self->report->findings, 0) : NULL;

      g_set_error (error, IMP_ERROR, IMP_ERROR_NOT_FLAT,
                   _ ("The output did not pass its proof, and nothing was written: %s"),
                   finding != NULL ? finding->what : "its pixels could not be compared");
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * imp_output_get_shown:
 * @self: bytes that passed their proof
 *
 * Returns: (transfer none): what @self shows: a JPEG as it was decoded again; a PNG shows what was
 *   flattened, as each of its pixels was proven to be that
 */
ImpRaster *
imp_output_get_shown (const ImpOutput *self)
{
  return self->report->decoded != NULL ? self->report->decoded
                                       : imp_flat_image_get_raster (self->flat);
}

/* Whoever approves a picture, or lifts what the file itself says of consent, is to see one that
 * nothing else refuses. */
static gboolean
refuses_for_good (const ImpReason *reason)
{
  static const char *const WAITING[] = { "row-2", "floor:file-says-no", "floor:approval", NULL };

  return reason->outcome == IMP_OUTCOME_REFUSE && !g_strv_contains (WAITING, reason->rule);
}

/**
 * imp_output_look:
 * @the_case: a judged case
 * @flat: (nullable): its pixels, where they are known
 * @cancellable: (nullable): to stop it
 * @error: where to put the error
 *
 * Looks at the finished picture as a release would (imp_case_look_again()), where nothing else
 * refuses, or what else refuses waits for somebody's yes.
 *
 * Returns: whether @the_case's reasons say what came of it; else an error of imp_output_new()
 */
gboolean
imp_output_look (ImpCase *the_case, const ImpFlatImage *flat, GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (ImpFlatImage) own = NULL;
  g_autoptr (ImpOutput) output = NULL;

  for (guint i = 0; i < the_case->reasons->len; i++)
    if (refuses_for_good (g_ptr_array_index (the_case->reasons, i)))
      return TRUE;
  if (flat == NULL && !the_case->request->jpeg)
    {
      own = imp_case_flatten (the_case, error);
      flat = own;
      if (flat == NULL)
        return FALSE;
    }
  if (!the_case->request->jpeg)
    return imp_case_look_again (the_case, imp_flat_image_get_raster (flat), cancellable, error);
  output = imp_output_new (the_case, cancellable, error);
  return output != NULL
         && imp_case_look_again (the_case, imp_output_get_shown (output), cancellable, error);
}

/**
 * imp_output_free:
 * @self: (transfer full) (nullable): bytes
 */
void
imp_output_free (ImpOutput *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->flat, imp_flat_image_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->report, imp_verify_report_free);
  g_free (self);
}
