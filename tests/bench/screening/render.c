/* Renders a frame as the program shows it: render FILE FRAME OUT.pnm, frames from 1. */
#include "imp-source.h"

#include <stdio.h>
#include <stdlib.h>

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

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = argc == 4 ? g_file_new_for_path (argv[1]) : NULL;
  g_autoptr (ImpSource) source = file != NULL ? imp_source_open_sync (file, NULL, NULL) : NULL;
  g_autoptr (ImpFrame) frame = NULL;
  g_autoptr (ImpRaster) raster = NULL;

  if (source != NULL)
    frame = imp_source_load_frame_sync (source, (guint)atoi (argv[2]) - 1, 0, NULL, NULL);
  if (frame != NULL)
    raster = imp_frame_render (frame, NULL, NULL);
  return raster != NULL && write_raster (raster, argv[3]) ? 0 : 1;
}
