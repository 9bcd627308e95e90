/* How the picture of a case is shown: which page and frame, which overlays, in which window. */
#include <glib/gi18n.h>

#include "gate-private.h"
#include "imp-error.h"
#include "imp-margin.h"

/**
 * imp_case_check_frame:
 * @self: a new case
 * @error: where to put the error
 *
 * The frame comes from a front end: it must be one that the file can have.
 *
 * Returns: whether it is; else %IMP_ERROR_USAGE for a frame that the file has not, or that was
 *   decoded from another frame, page or file, %IMP_ERROR_DAMAGED where its size or its overlays are
 *   not what the file says
 */
gboolean
imp_case_check_frame (const ImpCase *self, GError **error)
{
  const ImpRequest *request = self->request;
  ImpFacts *facts = imp_source_get_facts (request->source);
  GPtrArray *overlays = imp_facts_get_overlays (facts);
  guint planes = imp_frame_get_planes (request->frame);

  if (request->frame_number >= imp_facts_get_n_frames (facts))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("The file has frames 1 to %u, and no frame %u"),
                   imp_facts_get_n_frames (facts), request->frame_number + 1);
      return FALSE;
    }
  if (imp_frame_get_width (request->frame) != imp_facts_get_width (facts)
      || imp_frame_get_height (request->frame) != imp_facts_get_height (facts))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   _ ("The picture has not the size that its file says"));
      return FALSE;
    }
  for (guint i = 0; i < overlays->len; i++)
    planes &= ~imp_overlay_get_plane (g_ptr_array_index (overlays, i));
  if (planes != 0)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                   _ ("An overlay is drawn that the file does not have"));
      return FALSE;
    }
  if (!imp_source_owns_frame (request->source, request->frame_number, request->frame))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   _ ("The picture is not frame %u of its file: show that frame again"),
                   request->frame_number + 1);
      return FALSE;
    }
  return TRUE;
}

/**
 * imp_case_list_overlays:
 * @self: a case
 * @drawn: which: those that are drawn into the picture, or those that are hidden
 *
 * Returns: (transfer full): their groups, such as "6000"; a group has one plane
 */
char **
imp_case_list_overlays (const ImpCase *self, gboolean drawn)
{
  GPtrArray *overlays = imp_facts_get_overlays (imp_source_get_facts (self->request->source));
  guint planes = imp_frame_get_planes (self->request->frame);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **groups = NULL;

  for (guint i = 0; i < overlays->len; i++)
    {
      const ImpOverlay *overlay = g_ptr_array_index (overlays, i);
      g_autofree char *group = g_strdup_printf ("%04X", overlay->group);

      if (((planes & imp_overlay_get_plane (overlay)) != 0) == drawn)
        g_strv_builder_add (builder, group);
    }
  groups = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return groups;
}

/**
 * imp_case_describe_voi:
 * @request: a request
 * @measured: (nullable): the range of what leaves, where it is shown in that
 *
 * Returns: (transfer full): how grey levels were chosen, the same in every language: "default" for
 *   the file's own presentation or colour, "window 40,400 linear", "voi-lut 2" (from 1), or
 *   "range 100,2000 of what leaves" (lowest, highest)
 */
char *
imp_case_describe_voi (const ImpRequest *request, const ImpWindow *measured)
{
  static const char *const FUNCTIONS[] = {
    [IMP_VOI_LINEAR] = "linear",
    [IMP_VOI_LINEAR_EXACT] = "linear-exact",
    [IMP_VOI_SIGMOID] = "sigmoid",
  };
  char one[G_ASCII_DTOSTR_BUF_SIZE] = "";
  char other[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (measured != NULL)
    return g_strdup_printf (
        "range %s,%s of what leaves",
        g_ascii_dtostr (one, sizeof one, measured->centre - measured->width / 2),
        g_ascii_dtostr (other, sizeof other, measured->centre + measured->width / 2 - 1));
  if (!request->has_window)
    return g_strdup ("default");
  if (request->window.function == IMP_VOI_TABLE)
    return g_strdup_printf ("voi-lut %u", request->window.table + 1);
  return g_strdup_printf ("window %s,%s %s",
                          g_ascii_dtostr (one, sizeof one, request->window.centre),
                          g_ascii_dtostr (other, sizeof other, request->window.width),
                          FUNCTIONS[request->window.function]);
}

/**
 * imp_case_get_margin:
 * @self: a case
 * @pixels: (out): by how many pixels its boxes are widened
 *
 * Where the source was compressed without a block grid nobody can prove how far what is covered
 * reaches: boxes are widened by a measured margin (leaks.md 4a).
 *
 * Returns: (transfer none) (nullable): the name of that compression; %NULL where nothing is covered
 *   or what is covered is proven to be gone
 */
const char *
imp_case_get_margin (const ImpCase *self, int *pixels)
{
  const char *codec = imp_facts_get_codec (imp_source_get_facts (self->request->source));

  if (self->filled->len == 0)
    codec = NULL;
  *pixels = imp_margin_of_codec (codec);
  return codec;
}

/**
 * imp_case_is_lossless_claimed:
 * @self: a case
 *
 * Returns: whether something is covered, and that nothing of it stays outside the boxes rests on
 *   the source's word that its compression is lossless
 */
gboolean
imp_case_is_lossless_claimed (const ImpCase *self)
{
  return self->filled->len > 0
         && imp_facts_is_lossless_claimed (imp_source_get_facts (self->request->source));
}

/**
 * imp_case_is_shades_shared:
 * @self: a case
 *
 * Returns: whether something is covered, and may have moved the shades of what is not, as the
 * source has more than can be told apart
 */
gboolean
imp_case_is_shades_shared (const ImpCase *self)
{
  return self->filled->len > 0
         && imp_facts_is_shades_shared (imp_source_get_facts (self->request->source));
}
