/* How often a picture is known again after a social network had it, and how often another is taken
 * for it.
 *
 *   find-image [tune] [PICTURES [QUERIES]]
 *
 * The limits of imp-image-probe are chosen with "tune": of those whose false matches stay well
 * below one comparison in 10,000, the ones that lose the fewest. The report's pictures choose
 * nothing: where they ever did, take others (1700000 followed 900000, that followed 500000).
 */
#include "imp-image-probe.h"
#include "made-pictures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_CHANGES 7
#define N_BINS 51 /* of distances, a hundredth each */

static const char *const CHANGES[N_CHANGES] = {
  "JPEG only, quality 60 to 95", "a third of the size",      "cut by up to 10 % a side",
  "a caption bar, 5 to 20 %",    "cut by 10 % on all sides", "all of these at random",
  "all of these at their worst",
};

typedef struct
{
  guint32 seed;
  guint n_pictures; /* of each kind */
  guint n_queries;  /* of each kind */
  GPtrArray *hashes;
  guint n_plain; /* without a hash */
  guint matched[N_CHANGES][MADE_PICTURES_KINDS];
  guint asked[N_CHANGES][MADE_PICTURES_KINDS];
  guint64 same_bins[N_BINS];
  guint64 other_bins[N_BINS];
  guint64 n_others;
  guint64 n_false;
  guint n_lookups;
  guint n_false_lookups;
  double closest_other;
  double compare_time; /* seconds of the processor */
} Bench;

static MadeChange
choose_change (guint which, GRand *random)
{
  MadeChange change = { .quality = g_rand_int_range (random, 60, 96) };
  double bar = g_rand_double_range (random, 0.05, 0.20) * (g_rand_boolean (random) ? 1 : -1);

  if (which == 1 || which >= 5)
    {
      change.third = TRUE;
      change.coarse = g_rand_int_range (random, 0, 4) == 0;
    }
  for (guint i = 0; i < 4; i++)
    if (which == 2 || which == 5)
      change.cut[i] = g_rand_double_range (random, 0, 0.10);
    else if (which == 4 || which == 6)
      change.cut[i] = 0.10;
  if (which == 3 || which == 5)
    change.caption = bar;
  if (which == 6)
    {
      change.caption = g_rand_boolean (random) ? 0.20 : -0.20;
      change.quality = 60;
    }
  return change;
}

static guint
bin_of (double distance)
{
  return (guint)CLAMP (distance * 100, 0, N_BINS - 1);
}

static void
ask (Bench *bench, const ImpImageProbe *probe, guint which, guint kind, guint index)
{
  clock_t before = clock ();
  gboolean wrong = FALSE;

  for (guint i = 0; i < bench->hashes->len; i++)
    {
      const ImpImageHash *hash = g_ptr_array_index (bench->hashes, i);
      double distance = hash != NULL ? imp_image_probe_compare (probe, hash) : 1;
      gboolean same = distance <= IMP_IMAGE_PROBE_SAME;

      if (i == index)
        {
          bench->asked[which][kind]++;
          bench->matched[which][kind] += same;
          bench->same_bins[bin_of (distance)]++;
          continue;
        }
      bench->n_others++;
      bench->other_bins[bin_of (distance)]++;
      bench->closest_other = MIN (bench->closest_other, distance);
      bench->n_false += same;
      wrong = wrong || same;
      if (same && g_getenv ("IMP_SAY_FALSE") != NULL)
        printf ("false: %s %u for %s %u, %.3f\n", made_picture_kind (kind),
                index % bench->n_pictures, made_picture_kind (i / bench->n_pictures),
                i % bench->n_pictures, distance);
    }
  bench->n_lookups++;
  bench->n_false_lookups += wrong;
  bench->compare_time += (double)(clock () - before) / CLOCKS_PER_SEC;
}

static void
make_hashes (Bench *bench)
{
  for (guint kind = 0; kind < MADE_PICTURES_KINDS; kind++)
    for (guint i = 0; i < bench->n_pictures; i++)
      {
        g_autoptr (ImpRaster) raster = made_picture_new (kind, bench->seed + i);
        ImpImageHash *hash = imp_image_hash_new (raster);

        bench->n_plain += hash == NULL;
        g_ptr_array_add (bench->hashes, hash);
      }
}

static void
ask_all (Bench *bench)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (bench->seed);

  for (guint kind = 0; kind < MADE_PICTURES_KINDS; kind++)
    for (guint i = 0; i < bench->n_queries; i++)
      {
        g_autoptr (ImpRaster) raster = made_picture_new (kind, bench->seed + i);

        for (guint which = 0; which < N_CHANGES; which++)
          {
            MadeChange change = choose_change (which, random);
            g_autoptr (ImpRaster) found = made_picture_change (raster, &change, random);
            g_autoptr (ImpImageProbe) probe = imp_image_probe_new (found);

            ask (bench, probe, which, kind, kind * bench->n_pictures + i);
          }
      }
}

static void
print_bins (const char *name, const guint64 *bins)
{
  printf ("%s, how many at a distance of so many hundredths:\n ", name);
  for (guint i = 0; i < N_BINS; i++)
    if (bins[i] > 0)
      printf (" %u:%" G_GUINT64_FORMAT, i, bins[i]);
  puts ("");
}

static int
report (const Bench *bench)
{
  guint least = 100;

  printf ("%-28s", "matched, percent");
  for (guint kind = 0; kind < MADE_PICTURES_KINDS; kind++)
    printf ("%15s", made_picture_kind (kind));
  puts ("            all");
  for (guint which = 0; which < N_CHANGES; which++)
    {
      guint matched = 0;
      guint asked = 0;

      printf ("%-28s", CHANGES[which]);
      for (guint kind = 0; kind < MADE_PICTURES_KINDS; kind++)
        {
          printf ("%15.1f", 100.0 * bench->matched[which][kind] / bench->asked[which][kind]);
          matched += bench->matched[which][kind];
          asked += bench->asked[which][kind];
        }
      printf ("%15.2f\n", 100.0 * matched / asked);
      least = MIN (least, (guint)(100.0 * matched / asked));
    }
  printf ("%u pictures, %u of them too plain; %u look-ups, limit %.2f\n", bench->hashes->len,
          bench->n_plain, bench->n_lookups, IMP_IMAGE_PROBE_SAME);
  printf ("false matches: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
          " comparisons with other pictures = %.2g (at most %.2g, 95 %%), the closest at %.3f\n",
          bench->n_false, bench->n_others, (double)bench->n_false / (double)bench->n_others,
          ((double)bench->n_false + (bench->n_false > 0 ? 2 * sqrt ((double)bench->n_false) : 3))
              / (double)bench->n_others,
          bench->closest_other);
  printf ("look-ups with a false match: %u of %u\n", bench->n_false_lookups, bench->n_lookups);
  printf ("one comparison: %.1f microseconds\n",
          1e6 * bench->compare_time / (double)(bench->n_others + bench->n_lookups));
  print_bins ("the same picture", bench->same_bins);
  print_bins ("other pictures", bench->other_bins);
  return least >= 95 && (double)bench->n_false <= 1e-4 * (double)bench->n_others ? 0 : 1;
}

static void
free_hash (gpointer hash)
{
  if (hash != NULL)
    imp_image_hash_unref (hash);
}

int
main (int argc, char **argv)
{
  gboolean tune = argc > 1 && strcmp (argv[1], "tune") == 0;
  Bench bench = { .seed = tune ? 100000 : 1700000, .closest_other = 1 };
  int result = 0;

  argc -= tune;
  argv += tune;
  bench.n_pictures = argc > 1 ? (guint)atoi (argv[1]) : 200;
  bench.n_queries = MIN (argc > 2 ? (guint)atoi (argv[2]) : 30, bench.n_pictures);
  bench.hashes = g_ptr_array_new_with_free_func (free_hash);
  make_hashes (&bench);
  ask_all (&bench);
  result = report (&bench);
  g_ptr_array_unref (bench.hashes);
  return result;
}
