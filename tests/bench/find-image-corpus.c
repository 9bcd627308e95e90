/* The same as find-image on real pictures: find-image-corpus FOLDER. Many files of the corpus hold
 * one picture in different codings, or two slices of one person: what matches is named, to be
 * looked at. */
#include "imp-image-probe.h"
#include "imp-source.h"
#include "made-pictures.h"

#include <stdio.h>

#define N_TRIES 8 /* changes of each picture */

typedef struct
{
  char *name;
  ImpRaster *raster;
  ImpImageHash *hash;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;

  g_free (known->name);
  imp_raster_unref (known->raster);
  imp_image_hash_unref (known->hash);
  g_free (known);
}

static guint n_plain;

static void
add_file (GPtrArray *pictures, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ImpSource) source = imp_source_open_sync (file, NULL, NULL);
  g_autoptr (ImpFrame) frame =
      source != NULL ? imp_source_load_frame_sync (source, 0, 0, NULL, NULL) : NULL;
  g_autoptr (ImpRaster) raster = frame != NULL ? imp_frame_render (frame, NULL, NULL) : NULL;
  ImpImageHash *hash = NULL;
  Known *known = NULL;

  /* A third of anything smaller is a thumbnail. */
  if (raster == NULL || imp_raster_get_width (raster) < 256 || imp_raster_get_height (raster) < 256)
    return;
  hash = imp_image_hash_new (raster);
  if (hash == NULL)
    {
      printf ("too plain: %s\n", path);
      n_plain++;
      return;
    }
  known = g_new0 (Known, 1);
  known->name = g_path_get_basename (path);
  known->raster = g_steal_pointer (&raster);
  known->hash = hash;
  g_ptr_array_add (pictures, known);
}

static void
add_folder (GPtrArray *pictures, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (pictures, path);
      else
        add_file (pictures, path);
    }
}

static MadeChange
choose_change (GRand *random, gboolean worst)
{
  MadeChange change = { .third = TRUE, .quality = worst ? 60 : g_rand_int_range (random, 60, 96) };

  for (guint i = 0; i < 4; i++)
    change.cut[i] = worst ? 0.10 : g_rand_double_range (random, 0, 0.10);
  change.caption = worst ? 0.20 : g_rand_double_range (random, 0.05, 0.20);
  if (g_rand_boolean (random))
    change.caption = -change.caption;
  return change;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func (known_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_matched = 0;
  guint n_asked = 0;

  add_folder (pictures, argv[1]);
  for (guint i = 0; i < pictures->len; i++)
    for (guint try = 0; try < N_TRIES; try++)
      {
        const Known *known = g_ptr_array_index (pictures, i);
        MadeChange change = choose_change (random, try % 2 == 1);
        g_autoptr (ImpRaster) found = made_picture_change (known->raster, &change, random);
        g_autoptr (ImpImageProbe) probe = imp_image_probe_new (found);

        for (guint k = 0; k < pictures->len; k++)
          {
            const Known *other = g_ptr_array_index (pictures, k);
            double distance = imp_image_probe_compare (probe, other->hash);

            if (k == i)
              {
                n_asked++;
                n_matched += distance <= IMP_IMAGE_PROBE_SAME;
                if (distance > IMP_IMAGE_PROBE_SAME)
                  printf ("missed at %.3f: %s\n", distance, known->name);
              }
            else if (distance <= IMP_IMAGE_PROBE_SAME)
              {
                g_autofree char *pair = g_strdup_printf ("%s = %s", known->name, other->name);

                if (g_hash_table_add (said, g_steal_pointer (&pair)))
                  printf ("matched at %.3f: %s = %s\n", distance, known->name, other->name);
              }
          }
      }
  printf ("%u pictures, %u more are too plain; matched %u of %u (%.1f %%)\n", pictures->len,
          n_plain, n_matched, n_asked, 100.0 * n_matched / MAX (n_asked, 1));
  return 0;
}
