#include "imp-flat-image.h"

#include <string.h>

#include <zlib.h>

#include "imp-error.h"
#include "imp-png-filter-private.h"

/* The picture is cut into bands of rows that are filtered and compressed each on its own, by as
 * many threads as there are cores, and strung together to one zlib stream (RFC 1950): each band is
 * a run of deflate blocks that ends on a byte border. Where the bands are cut depends on the
 * picture's size alone, so that the same pixels give the same bytes on every machine. */

#define BAND_BYTES (1 << 20)   /* about so many filtered bytes make a band */
#define SAMPLE_BYTES (1 << 17) /* about so many make one of the samples that choose the filter */
#define N_SAMPLES 4
#define SMALL_BYTES (1 << 22) /* a picture up to this size is compressed harder */
#define MAX_THREADS 8

typedef struct
{
  guint8 *data; /* owned: raw deflate data */
  gsize length;
  gsize raw_length;
  uLong adler;
} Band;

typedef struct
{
  const ImpRaster *raster;
  GCancellable *cancellable; /* nullable */
  ImpPngFilter filter;
  int strategy;
  int level;
  int rows_per_band;
  int n_bands;
  Band *bands; /* owned, n_bands */
  int next;    /* atomic: the next band that nobody took */
  int failed;  /* atomic */
} Job;

/* Compresses filtered rows. Returns FALSE where zlib finds no memory. */
static gboolean
deflate_rows (const guint8 *rows, gsize length, int level, int strategy, gboolean last, Band *band)
{
  z_stream zlib = { 0 };
  gsize room = 0;
  int result = Z_OK;

  if (deflateInit2 (&zlib, level, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, strategy) != Z_OK)
    return FALSE;
  room = deflateBound (&zlib, length) + 16; /* and the empty block that ends a band */
  band->data = g_malloc (room);
  zlib.next_in = (Bytef *)rows;
  zlib.avail_in = (uInt)length;
  zlib.next_out = band->data;
  zlib.avail_out = (uInt)room;
  result = deflate (&zlib, last ? Z_FINISH : Z_SYNC_FLUSH);
  band->length = room - zlib.avail_out;
  band->raw_length = length;
  deflateEnd (&zlib);
  return result == (last ? Z_STREAM_END : Z_OK) && zlib.avail_in == 0 && zlib.avail_out > 0;
}

static void
compress_band (Job *job, int number)
{
  Band *band = &job->bands[number];
  int first = number * job->rows_per_band;
  int n_rows = MIN (job->rows_per_band, imp_raster_get_height (job->raster) - first);
  gsize length = (gsize)n_rows * (imp_raster_get_stride (job->raster) + 1);
  g_autofree guint8 *rows = g_malloc (length);

  imp_png_filter_rows (job->raster, job->filter, first, n_rows, rows);
  band->adler = adler32_z (adler32_z (0, NULL, 0), rows, length);
  if (!deflate_rows (rows, length, job->level, job->strategy, number == job->n_bands - 1, band))
    g_atomic_int_set (&job->failed, TRUE);
}

static gpointer
work (gpointer data)
{
  Job *job = data;
  int number = 0;

  while ((number = g_atomic_int_add (&job->next, 1)) < job->n_bands
         && !g_atomic_int_get (&job->failed) && !g_cancellable_is_cancelled (job->cancellable))
    compress_band (job, number);
  return NULL;
}

/* Compresses samples of the picture with each filter and keeps what came out smallest. */
static gboolean
choose_filter (Job *job)
{
  static const int STRATEGIES[] = { Z_DEFAULT_STRATEGY, Z_RLE };
  int height = imp_raster_get_height (job->raster);
  gsize row = imp_raster_get_stride (job->raster) + 1;
  int n_rows = (int)CLAMP (SAMPLE_BYTES / row, 1, (gsize)height);
  g_autofree guint8 *rows = g_malloc ((gsize)n_rows * row);
  gsize best = G_MAXSIZE;

  for (int filter = 0; filter < IMP_PNG_N_FILTERS; filter++)
    {
      gsize size[G_N_ELEMENTS (STRATEGIES)] = { 0, 0 };

      for (int i = 0; i < N_SAMPLES; i++)
        {
          int first = (int)((gint64)(height - n_rows) * i / (N_SAMPLES - 1));

          imp_png_filter_rows (job->raster, (ImpPngFilter)filter, first, n_rows, rows);
          for (guint s = 0; s < G_N_ELEMENTS (STRATEGIES); s++)
            {
              Band sample = { 0 };
              gboolean done = deflate_rows (rows, (gsize)n_rows * row, job->level, STRATEGIES[s],
                                            TRUE, &sample);

              g_free (sample.data);
              if (!done)
                return FALSE;
              size[s] += sample.length;
            }
        }
      for (guint s = 0; s < G_N_ELEMENTS (STRATEGIES); s++)
        if (size[s] < best)
          {
            best = size[s];
            job->filter = (ImpPngFilter)filter;
            job->strategy = STRATEGIES[s];
          }
    }
  return TRUE;
}

static void
run_bands (Job *job)
{
  GThread *threads[MAX_THREADS] = { NULL };
  int n_threads = MIN (MIN ((int)g_get_num_processors (), job->n_bands), MAX_THREADS);

  /* Where a thread cannot be had, the others do its share. */
  for (int i = 1; i < n_threads; i++)
    threads[i] = g_thread_try_new ("imp-png", work, job, NULL);
  work (job);
  for (int i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}

static void
append_number (GByteArray *file, guint32 number)
{
  guint32 big_endian = GUINT32_TO_BE (number);

  g_byte_array_append (file, (const guint8 *)&big_endian, 4);
}

/* Writes the length for the chunk that began at @start and then its CRC. */
static void
end_chunk (GByteArray *file, guint start)
{
  guint32 length = GUINT32_TO_BE (file->len - start - 8);

  memcpy (file->data + start, &length, 4);
  append_number (file, (guint32)crc32_z (0, file->data + start + 4, file->len - start - 4));
}

static guint
begin_chunk (GByteArray *file, const char *type)
{
  guint start = file->len;

  append_number (file, 0);
  g_byte_array_append (file, (const guint8 *)type, 4);
  return start;
}

static GBytes *
assemble (const Job *job)
{
  static const guint8 SIGNATURE[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  static const guint8 ZLIB_HEADER[] = { 0x78, 0x01 };
  guint8 kind[] = { 8, imp_raster_get_channels (job->raster) == 3 ? 2 : 0, 0, 0, 0 };
  uLong adler = adler32_z (0, NULL, 0);
  gsize size = 128;
  GByteArray *file = NULL;
  guint start = 0;

  for (int i = 0; i < job->n_bands; i++)
    size += job->bands[i].length + 12;
  if (size > G_MAXUINT)
    return NULL;
  file = g_byte_array_sized_new ((guint)size);
  g_byte_array_append (file, SIGNATURE, sizeof SIGNATURE);
  start = begin_chunk (file, "IHDR");
  append_number (file, (guint32)imp_raster_get_width (job->raster));
  append_number (file, (guint32)imp_raster_get_height (job->raster));
  g_byte_array_append (file, kind, sizeof kind);
  end_chunk (file, start);
  for (int i = 0; i < job->n_bands; i++)
    {
      const Band *band = &job->bands[i];

      start = begin_chunk (file, "IDAT");
      if (i == 0)
        g_byte_array_append (file, ZLIB_HEADER, sizeof ZLIB_HEADER);
      g_byte_array_append (file, band->data, (guint)band->length);
      adler = adler32_combine (adler, band->adler, (z_off_t)band->raw_length);
      if (i == job->n_bands - 1)
        append_number (file, (guint32)adler);
      end_chunk (file, start);
    }
  end_chunk (file, begin_chunk (file, "IEND"));
  return g_byte_array_free_to_bytes (file);
}

/**
 * imp_encode_png:
 * @flat: what to write
 * @cancellable: (nullable): to stop it; looked at for every band of about one megabyte
 * @error: where to put the error
 *
 * Writes a PNG of 8 bits, colour type 0 or 2, with the chunks IHDR, IDAT and IEND only (leaks.md
 * row 4). The same pixels give the same bytes, whatever the number of cores.
 *
 * Returns: (transfer full) (nullable): the file's bytes, or %NULL with %IMP_ERROR_CANCELLED, or
 *   %IMP_ERROR_IO where memory ran out
 */
GBytes *
imp_encode_png (const ImpFlatImage *flat, GCancellable *cancellable, GError **error)
{
  Job job = { .raster = imp_flat_image_get_raster (flat), .cancellable = cancellable };
  gsize row = imp_raster_get_stride (job.raster) + 1;
  int height = imp_raster_get_height (job.raster);
  GBytes *file = NULL;

  job.rows_per_band = (int)CLAMP (BAND_BYTES / row, 1, (gsize)height);
  job.n_bands = (height + job.rows_per_band - 1) / job.rows_per_band;
  job.level = row * (gsize)height <= SMALL_BYTES ? 6 : 1;
  job.bands = g_new0 (Band, job.n_bands);
  job.failed = !choose_filter (&job);
  run_bands (&job);
  if (!job.failed && !g_cancellable_is_cancelled (cancellable))
    file = assemble (&job);
  for (int i = 0; i < job.n_bands; i++)
    g_free (job.bands[i].data);
  g_free (job.bands);

  if (file != NULL)
    return file;
  if (g_cancellable_is_cancelled (cancellable))
    g_set_error (error, IMP_ERROR, IMP_ERROR_CANCELLED, "Writing the picture was stopped");
  else
    g_set_error (error, IMP_ERROR, IMP_ERROR_IO,
                 "There is not enough memory to write the picture as PNG: close other programs "
                 "and try again");
  return NULL;
}
