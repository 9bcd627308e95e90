/* What the helper makes of a file, for tests that hold it against other programs: a picture as PGM
 * or PPM on standard output, or with --facts what the file offers, one thing a line. Never
 * installed.  Usage: picture FILE [--facts] [--page N] [--frame N] [--window CENTRE,WIDTH,FUNCTION]
 * [--table N] [--planes BITS]; pages, frames and tables from 0. */
#include <stdio.h>

#include "imp-source.h"

static int page = 0;
static int frame_number = 0;
static int table = -1;
static int planes = 0;
static gboolean only_facts = FALSE;
static char *window_text = NULL;

static const GOptionEntry entries[] = {
  { "facts", 0, 0, G_OPTION_ARG_NONE, &only_facts, NULL, NULL },
  { "page", 0, 0, G_OPTION_ARG_INT, &page, NULL, NULL },
  { "frame", 0, 0, G_OPTION_ARG_INT, &frame_number, NULL, NULL },
  { "window", 0, 0, G_OPTION_ARG_STRING, &window_text, NULL, NULL },
  { "table", 0, 0, G_OPTION_ARG_INT, &table, NULL, NULL },
  { "planes", 0, 0, G_OPTION_ARG_INT, &planes, NULL, NULL },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

static void
print_facts (ImpFacts *facts)
{
  GPtrArray *windows = imp_facts_get_windows (facts);
  GPtrArray *overlays = imp_facts_get_overlays (facts);
  ImpGrid grid = imp_facts_get_grid (facts);
  ImpCover cover = imp_facts_get_cover (facts);

  printf ("format %s\n", imp_facts_get_format (facts));
  printf ("size %d %d\n", imp_facts_get_width (facts), imp_facts_get_height (facts));
  printf ("frames %u\n", imp_facts_get_n_frames (facts));
  printf ("pages %u\n", imp_facts_get_n_pages (facts));
  printf ("grid %d %d\n", grid.width, grid.height);
  printf ("margin %d\n", cover.margin);
  if (imp_facts_get_codec (facts) != NULL)
    printf ("codec %s\n", imp_facts_get_codec (facts));
  for (guint i = 0; i < windows->len; i++)
    {
      const ImpWindow *window = &((const ImpNamedWindow *)windows->pdata[i])->window;
      char centre[G_ASCII_DTOSTR_BUF_SIZE];
      char width[G_ASCII_DTOSTR_BUF_SIZE];

      printf ("window %s %s %d\n", g_ascii_dtostr (centre, sizeof centre, window->centre),
              g_ascii_dtostr (width, sizeof width, window->width), (int)window->function);
    }
  printf ("tables %u\n", imp_facts_get_tables (facts)->len);
  for (guint i = 0; i < overlays->len; i++)
    {
      const ImpOverlay *overlay = overlays->pdata[i];

      printf ("overlay %x %d\n", overlay->group, overlay->embedded);
    }
}

static gboolean
parse_window (ImpWindow *window)
{
  g_auto (GStrv) parts = window_text != NULL ? g_strsplit (window_text, ",", 3) : NULL;

  if (table >= 0)
    *window = (ImpWindow){ .function = IMP_VOI_TABLE, .table = (guint)table };
  else if (parts != NULL && g_strv_length (parts) == 3)
    *window = (ImpWindow){ .centre = g_ascii_strtod (parts[0], NULL),
                           .width = g_ascii_strtod (parts[1], NULL),
                           .function = (ImpVoiFunction)g_ascii_strtoll (parts[2], NULL, 10) };
  else
    return FALSE;
  return TRUE;
}

static gboolean
print_picture (ImpSource *source, GError **error)
{
  ImpWindow window = { 0 };
  gboolean windowed = parse_window (&window);
  g_autoptr (ImpFrame) frame =
      imp_source_load_frame_sync (source, (guint)frame_number, (guint)planes, NULL, error);
  g_autoptr (ImpRaster) raster = NULL;
  gsize row = 0;

  if (frame == NULL)
    return FALSE;
  raster =
      imp_frame_render (frame, windowed && imp_frame_can_window (frame) ? &window : NULL, error);
  if (raster == NULL)
    return FALSE;
  row = (gsize)imp_raster_get_width (raster) * (gsize)imp_raster_get_channels (raster);
  printf ("P%d\n%d %d\n255\n", imp_raster_get_channels (raster) == 1 ? 5 : 6,
          imp_raster_get_width (raster), imp_raster_get_height (raster));
  for (gsize y = 0; y < (gsize)imp_raster_get_height (raster); y++)
    fwrite (imp_raster_get_pixels (raster) + y * imp_raster_get_stride (raster), 1, row, stdout);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE");
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (ImpSource) source = NULL;
  g_autoptr (ImpSource) other = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    return 1;
  file = g_file_new_for_path (argv[1]);
  source = imp_source_open_sync (file, NULL, &error);
  if (source != NULL && page > 0)
    {
      other = g_steal_pointer (&source);
      source = imp_source_open_page_sync (other, (guint)page, NULL, &error);
    }
  if (source != NULL && only_facts)
    print_facts (imp_source_get_facts (source));
  if (source != NULL && (only_facts || print_picture (source, &error)))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return 2;
}
