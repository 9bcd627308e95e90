/* The program's own side of the figures. look render FILE FRAME OUT.pnm: a frame, from 1, as the
 * program shows it. look: each line of standard input names a picture, and one line of JSON
 * answers: what the warm helper saw, and the milliseconds that it took. look faces: likewise, of
 * faces alone, and only in what the program takes for a photograph: the others are not looked at.
 */
#include "imp-screener.h"
#include "imp-source.h"
#include "imp-suggest.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ImpSource *
open_source (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return imp_source_open_sync (file, NULL, NULL);
}

static ImpRaster *
render (const char *path, guint number)
{
  g_autoptr (ImpSource) source = open_source (path);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, number, 0, NULL, NULL) : NULL;

  return frame != NULL ? imp_frame_render (frame, NULL, NULL) : NULL;
}

static gboolean
write_raster (const ImpRaster *raster, const char *path)
{
  gsize size = imp_raster_get_stride (raster) * (gsize)imp_raster_get_height (raster);
  FILE *out = fopen (path, "wb");
  gboolean done = FALSE;

  if (out == NULL)
    return FALSE;
  done = fprintf (out, "P%d\n%d %d\n255\n", imp_raster_get_channels (raster) == 1 ? 5 : 6,
                  imp_raster_get_width (raster), imp_raster_get_height (raster))
             > 0
         && fwrite (imp_raster_get_pixels (raster), 1, size, out) == size;
  return fclose (out) == 0 && done;
}

static void
add_int (JsonBuilder *out, const char *name, gint64 value)
{
  json_builder_set_member_name (out, name);
  json_builder_add_int_value (out, value);
}

static void
add_spots (JsonBuilder *out, GPtrArray *spots)
{
  json_builder_set_member_name (out, "spots");
  json_builder_begin_array (out);
  for (guint i = 0; i < spots->len; i++)
    {
      const ImpSpot *spot = g_ptr_array_index (spots, i);

      json_builder_begin_object (out);
      add_int (out, "x", spot->rect.x);
      add_int (out, "y", spot->rect.y);
      add_int (out, "w", spot->rect.width);
      add_int (out, "h", spot->rect.height);
      add_int (out, "turn", spot->turn);
      add_int (out, "confidence", spot->confidence);
      json_builder_set_member_name (out, "text");
      json_builder_add_string_value (out, spot->text != NULL ? spot->text : "");
      json_builder_end_object (out);
    }
  json_builder_end_array (out);
}

/* Faces alone, or nothing where the program would not look for any. */
static ImpScreenerLooks
choose_faces (const char *path)
{
  g_autoptr (ImpSource) source = open_source (path);

  return source != NULL
             ? imp_suggest_choose_looks (imp_source_get_facts (source)) & IMP_SCREENER_FACES
             : 0;
}

static char *
look (const char *path, ImpScreenerLooks looks)
{
  g_autoptr (JsonBuilder) out = json_builder_new ();
  g_autoptr (ImpRaster) raster = render (path, 0);
  g_autoptr (GPtrArray) spots = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  imp_screener_forget ();
  if (raster != NULL && looks != 0)
    spots = imp_screener_look_sync (raster, looks, NULL, &error);
  json_builder_begin_object (out);
  json_builder_set_member_name (out, "looked");
  json_builder_add_boolean_value (out, spots != NULL);
  json_builder_set_member_name (out, "ms");
  json_builder_add_double_value (out, (double)(g_get_monotonic_time () - begin) / 1000);
  if (spots != NULL)
    add_spots (out, spots);
  else
    {
      json_builder_set_member_name (out, "error");
      json_builder_add_string_value (out, error != NULL ? error->message : "not read");
    }
  json_builder_end_object (out);
  root = json_builder_get_root (out);
  return json_to_string (root, FALSE);
}

int
main (int argc, char **argv)
{
  gboolean faces = argc == 2 && strcmp (argv[1], "faces") == 0;
  char line[4096];

  if (argc == 5 && strcmp (argv[1], "render") == 0)
    {
      g_autoptr (ImpRaster) raster = render (argv[2], (guint)atoi (argv[3]) - 1);

      return raster != NULL && write_raster (raster, argv[4]) ? 0 : 1;
    }
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      const char *path = g_strchomp (line);
      g_autofree char *answer = look (path, faces ? choose_faces (path) : IMP_SCREENER_ALL);

      puts (answer);
      fflush (stdout);
    }
  return 0;
}
