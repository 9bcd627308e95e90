/* Which picture of a file is meant, and how it is shown: page, frame, overlays, window. */
#include <string.h>

#include "cli.h"
#include "imp-error.h"

/**
 * imp_cli_view_clear:
 * @view: a view
 *
 * Frees what the command line set.
 */
void
imp_cli_view_clear (ImpCliView *view)
{
  g_clear_pointer (&view->said_frame, g_free);
  g_clear_pointer (&view->overlays, g_free);
  g_clear_pointer (&view->window, g_free);
}

static guint
list_planes (const ImpFacts *facts, GString *names)
{
  GPtrArray *overlays = imp_facts_get_overlays (facts);
  guint planes = 0;

  for (guint i = 0; i < overlays->len; i++)
    {
      const ImpOverlay *overlay = g_ptr_array_index (overlays, i);

      planes |= imp_overlay_get_plane (overlay);
      g_string_append_printf (names, "%s%04X", i > 0 ? ", " : "", overlay->group);
    }
  return planes;
}

/* One group of --overlays: four hexadecimal digits. */
static gboolean
read_group (const char *text, guint *bit)
{
  char *end = NULL;
  guint64 group = strlen (text) == 4 ? g_ascii_strtoull (text, &end, 16) : 0;

  *bit = imp_overlay_find_plane ((guint)group);
  return *bit != 0 && *end == '\0';
}

static gboolean
read_overlays (ImpCliView *view, const ImpFacts *facts, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_auto (GStrv) groups = NULL;
  guint there = list_planes (facts, names);

  if (view->overlays == NULL || g_str_equal (view->overlays, "none"))
    return TRUE;
  if (g_str_equal (view->overlays, "all"))
    {
      view->planes = there;
      return TRUE;
    }
  /* At least one, so that an empty list is a wrong group and not none. */
  groups = g_strsplit (*view->overlays != '\0' ? view->overlays : " ", ",", -1);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      guint bit = 0;

      if (!read_group (g_strstrip (groups[i]), &bit))
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                       "Overlays are all, none, or their groups from 6000 to 601E: 6000,6002");
          return FALSE;
        }
      if ((there & bit) == 0)
        {
          g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The file has %s%s, and no overlay %s",
                       names->len > 0 ? "the overlays " : "no overlays", names->str, groups[i]);
          return FALSE;
        }
      view->planes |= bit;
    }
  return TRUE;
}

/* CENTRE,WIDTH */
static gboolean
read_window (ImpCliView *view, GError **error)
{
  char *end = NULL;

  view->chosen = (ImpWindow){ 0, 0, IMP_VOI_LINEAR, 0 };
  view->chosen.centre = g_ascii_strtod (view->window, &end);
  if (end == view->window || *end != ',' || end[1] == '\0')
    end = (char *)"?";
  else
    view->chosen.width = g_ascii_strtod (end + 1, &end);
  if (*end == '\0')
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "A window is CENTRE,WIDTH");
  return FALSE;
}

static gboolean
read_voi_lut (ImpCliView *view, const ImpFrame *frame, GError **error)
{
  guint n_tables = imp_frame_get_n_tables (frame);

  view->chosen = (ImpWindow){ 0, 0, IMP_VOI_TABLE, (guint)(view->voi_lut - 1) };
  if (view->voi_lut >= 1 && (guint)view->voi_lut <= n_tables)
    return TRUE;
  if (n_tables == 0)
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The file has no VOI LUTs, and no VOI LUT %d",
                 view->voi_lut);
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                 "The file has VOI LUTs 1 to %u, and no VOI LUT %d", n_tables, view->voi_lut);
  return FALSE;
}

static gboolean
check_number (const char *things, const char *thing, int number, guint n, GError **error)
{
  if (number >= 1 && (guint)number <= n)
    return TRUE;
  g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE, "The file has %s 1 to %u, and no %s %d", things,
               n, thing, number);
  return FALSE;
}

/**
 * imp_cli_open:
 * @cli: the call
 * @path: a file
 * @view: what the command line says of it; the planes that it asks for are filled in
 * @error: where to put the error
 *
 * Opens the page that is meant.
 *
 * Returns: (transfer full) (nullable): the page, or %NULL with %IMP_ERROR_USAGE where the file has
 *   no such page, frame or overlay, or the error of opening it
 */
ImpSource *
imp_cli_open (ImpCli *cli, const char *path, ImpCliView *view, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, cli->cancellable, error);
  ImpFacts *facts = source != NULL ? imp_source_get_facts (source) : NULL;

  if (source == NULL
      || !check_number ("pages", "page", view->page, imp_facts_get_n_pages (facts), error))
    return NULL;
  if (view->page > 1)
    {
      g_autoptr (ImpSource) page =
          imp_source_open_page_sync (source, (guint)view->page - 1, cli->cancellable, error);

      if (page == NULL)
        return NULL;
      g_set_object (&source, page);
      facts = imp_source_get_facts (source);
    }
  if (((view->frame != IMP_CLI_ALL_FRAMES || !view->films)
       && !check_number ("frames", "frame", view->frame, imp_facts_get_n_frames (facts), error))
      || !read_overlays (view, facts, error))
    return NULL;
  return g_steal_pointer (&source);
}

/**
 * imp_cli_load:
 * @cli: the call
 * @source: what imp_cli_open() gave
 * @number: which frame, from 0
 * @view: what the command line says; the window that it asks for is filled in
 * @error: where to put the error
 *
 * Returns: (transfer full) (nullable): the frame with the overlays asked for, or %NULL with
 *   %IMP_ERROR_USAGE where it has no such window, or the error of decoding it
 */
ImpFrame *
imp_cli_load (ImpCli *cli, ImpSource *source, guint number, ImpCliView *view, GError **error)
{
  g_autoptr (ImpFrame) frame = NULL;

  if (view->window != NULL && view->voi_lut != IMP_CLI_NO_VOI_LUT)
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "A picture is shown in a window or by a VOI LUT: choose one");
      return NULL;
    }
  frame = imp_source_load_frame_sync (source, number, view->planes, cli->cancellable, error);
  if (frame == NULL)
    return NULL;
  view->has_chosen = view->window != NULL || view->voi_lut != IMP_CLI_NO_VOI_LUT;
  if (view->has_chosen && !imp_frame_can_window (frame))
    {
      g_set_error (error, IMP_ERROR, IMP_ERROR_USAGE,
                   "This picture's grey levels or colours are fixed: it takes no window");
      return NULL;
    }
  if ((view->window != NULL && !read_window (view, error))
      || (view->voi_lut != IMP_CLI_NO_VOI_LUT && !read_voi_lut (view, frame, error)))
    return NULL;
  return g_steal_pointer (&frame);
}
