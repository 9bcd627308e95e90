#include "imp-tiles.h"

#include <string.h>

/* Textures that stay beyond those of the last drawing, for panning back: 64 × 768 KiB. */
#define SPARE_TILES 64

struct _ImpTiles
{
  GObject parent_instance;

  ImpFrame *frame;      /* owned */
  guint8 *levels;       /* owned, nullable: grey level of each index */
  GHashTable *textures; /* owned: key of tile → Tile */
  GHashTable *reduced;  /* owned: key of tile → guint16[], grey frames, levels 1 and up */
  GHashTable *masks;    /* owned: key of tile → guint8[], frames with overlays, levels 1 and up */
  guint64 drawing;      /* counts calls of imp_tiles_trim() */
  guint n_built;
};

typedef struct
{
  GdkTexture *texture; /* owned */
  guint64 drawing;     /* when it was last asked for */
} Tile;

G_DEFINE_FINAL_TYPE (ImpTiles, imp_tiles, G_TYPE_OBJECT)

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  g_object_unref (tile->texture);
  g_free (tile);
}

static void
imp_tiles_finalize (GObject *object)
{
  ImpTiles *self = IMP_TILES (object);

  g_clear_pointer (&self->textures, g_hash_table_unref);
  g_clear_pointer (&self->reduced, g_hash_table_unref);
  g_clear_pointer (&self->masks, g_hash_table_unref);
  g_clear_pointer (&self->levels, g_free);
  g_clear_pointer (&self->frame, imp_frame_unref);
  G_OBJECT_CLASS (imp_tiles_parent_class)->finalize (object);
}

static void
imp_tiles_class_init (ImpTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_tiles_finalize;
}

static void
imp_tiles_init (ImpTiles *self)
{
  self->textures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, tile_free);
  self->reduced = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->masks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/**
 * imp_tiles_new:
 * @frame: the pixels
 * @window: (nullable): the VOI window, %NULL for the file's default presentation
 *
 * Returns: (transfer full): tiles of @frame, none built yet
 */
ImpTiles *
imp_tiles_new (ImpFrame *frame, const ImpWindow *window)
{
  ImpTiles *self = g_object_new (IMP_TYPE_TILES, NULL);

  self->frame = imp_frame_ref (frame);
  imp_tiles_set_window (self, window);
  return self;
}

/**
 * imp_tiles_set_window:
 * @self: tiles
 * @window: (nullable): the VOI window, %NULL for the file's default presentation
 *
 * Shows grey values through another window. Textures are built again as they are looked at; the
 * reduced copies hold stored values and stay.
 */
void
imp_tiles_set_window (ImpTiles *self, const ImpWindow *window)
{
  if (!imp_frame_can_window (self->frame))
    return;
  if (self->levels == NULL)
    self->levels = g_malloc (imp_frame_get_n_values (self->frame));
  imp_frame_fill_levels (self->frame, window, self->levels);
  g_hash_table_remove_all (self->textures);
}

/**
 * imp_tiles_get_width:
 * @self: tiles
 *
 * Returns: columns of the picture
 */
int
imp_tiles_get_width (ImpTiles *self)
{
  return imp_frame_get_width (self->frame);
}

/**
 * imp_tiles_get_height:
 * @self: tiles
 *
 * Returns: rows of the picture
 */
int
imp_tiles_get_height (ImpTiles *self)
{
  return imp_frame_get_height (self->frame);
}

/**
 * imp_tiles_choose_level:
 * @device_zoom: device pixels for one pixel of the picture
 *
 * Returns: the most reduced level that still has a pixel for every device pixel
 */
int
imp_tiles_choose_level (double device_zoom)
{
  int level = 0;

  while (level + 1 < IMP_TILES_LEVELS && device_zoom * (2 << level) <= 1.0)
    level++;
  return level;
}

static void
reduce_indices (const ImpFrame *frame, int level, const ImpRect *area, int columns, int rows,
                guint16 *out)
{
  const guint16 *indices = imp_frame_get_indices (frame);
  gsize stride = (gsize)imp_frame_get_width (frame);
  int step = 1 << level;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        int x0 = area->x + column * step;
        int y0 = area->y + row * step;
        int x1 = MIN (x0 + step, area->x + area->width);
        int y1 = MIN (y0 + step, area->y + area->height);
        guint sum = 0;

        for (int y = y0; y < y1; y++)
          for (int x = x0; x < x1; x++)
            sum += indices[(gsize)y * stride + (gsize)x];
        out[row * columns + column] = (guint16)(sum / (guint)((x1 - x0) * (y1 - y0)));
      }
}

static void
fill_grey (ImpTiles *self, gint64 key, int level, const ImpRect *area, int columns, int rows,
           guint8 *out)
{
  gsize stride = (gsize)columns;
  const guint16 *indices = NULL;

  if (level == 0)
    {
      stride = (gsize)imp_frame_get_width (self->frame);
      indices = imp_frame_get_indices (self->frame) + (gsize)area->y * stride + (gsize)area->x;
    }
  else
    {
      guint16 *reduced = g_hash_table_lookup (self->reduced, &key);

      if (reduced == NULL)
        {
          reduced = g_new (guint16, (gsize)columns * (gsize)rows);
          reduce_indices (self->frame, level, area, columns, rows, reduced);
          g_hash_table_insert (self->reduced, g_memdup2 (&key, sizeof key), reduced);
        }
      indices = reduced;
    }
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        guint8 grey = self->levels[indices[(gsize)row * stride + (gsize)column]];

        *out++ = grey;
        *out++ = grey;
        *out++ = grey;
      }
}

static void
fill_finished (const ImpRaster *raster, int level, const ImpRect *area, int columns, int rows,
               guint8 *out)
{
  const guint8 *pixels = imp_raster_get_pixels (raster);
  gsize stride = imp_raster_get_stride (raster);
  int channels = imp_raster_get_channels (raster);
  int step = 1 << level;

  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        int x0 = area->x + column * step;
        int y0 = area->y + row * step;
        int x1 = MIN (x0 + step, area->x + area->width);
        int y1 = MIN (y0 + step, area->y + area->height);
        guint n_pixels = (guint)((x1 - x0) * (y1 - y0));
        guint sum[3] = { 0, 0, 0 };

        for (int y = y0; y < y1; y++)
          for (int x = x0; x < x1; x++)
            for (int channel = 0; channel < channels; channel++)
              sum[channel] +=
                  pixels[(gsize)y * stride + (gsize)x * (gsize)channels + (gsize)channel];
        *out++ = (guint8)(sum[0] / n_pixels);
        *out++ = (guint8)(sum[channels == 3 ? 1 : 0] / n_pixels);
        *out++ = (guint8)(sum[channels == 3 ? 2 : 0] / n_pixels);
      }
}

/* Where a stroke is anywhere in the block that a reduced pixel stands for, it is there: one of a
 * single pixel must not fade away as the picture is seen from afar. */
static void
reduce_mask (const ImpFrame *frame, int level, const ImpRect *area, int columns, guint8 *out)
{
  const guint8 *mask = imp_frame_get_mask (frame);
  gsize stride = (gsize)imp_frame_get_width (frame);

  for (int y = 0; y < area->height; y++)
    {
      const guint8 *in = mask + (gsize)(area->y + y) * stride + (gsize)area->x;
      guint8 *to = out + (gsize)(y >> level) * (gsize)columns;

      for (int x = 0; x < area->width; x++)
        to[x >> level] |= in[x];
    }
}

static void
draw_mask (ImpTiles *self, gint64 key, int level, const ImpRect *area, int columns, int rows,
           guint8 *out)
{
  gsize stride = (gsize)columns;
  const guint8 *mask = imp_frame_get_mask (self->frame);

  if (mask == NULL)
    return;
  if (level == 0)
    {
      stride = (gsize)imp_frame_get_width (self->frame);
      mask += (gsize)area->y * stride + (gsize)area->x;
    }
  else
    {
      guint8 *reduced = g_hash_table_lookup (self->masks, &key);

      if (reduced == NULL)
        {
          reduced = g_malloc0 ((gsize)columns * (gsize)rows);
          reduce_mask (self->frame, level, area, columns, reduced);
          g_hash_table_insert (self->masks, g_memdup2 (&key, sizeof key), reduced);
        }
      mask = reduced;
    }
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++, out += 3)
      if (mask[(gsize)row * stride + (gsize)column] != 0)
        memset (out, 255, 3);
}

static GdkTexture *
build_texture (ImpTiles *self, gint64 key, int level, const ImpRect *area)
{
  int step = 1 << level;
  int columns = (area->width + step - 1) / step;
  int rows = (area->height + step - 1) / step;
  gsize stride = (gsize)columns * 3;
  guint8 *pixels = g_malloc (stride * (gsize)rows);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize)rows);

  if (self->levels != NULL)
    fill_grey (self, key, level, area, columns, rows, pixels);
  else
    fill_finished (imp_frame_get_finished (self->frame), level, area, columns, rows, pixels);
  draw_mask (self, key, level, area, columns, rows, pixels);
  self->n_built++;
  return gdk_memory_texture_new (columns, rows, GDK_MEMORY_R8G8B8, bytes, stride);
}

/**
 * imp_tiles_get:
 * @self: tiles
 * @level: 0 for full size, 1 half, 2 quarter, 3 eighth
 * @column: which tile from the left
 * @row: which tile from the top
 * @area: (out): the part of the picture that it shows
 *
 * Builds the tile if it is not there.
 *
 * Returns: (transfer none) (nullable): its texture, until imp_tiles_trim() or another window;
 *   %NULL outside the picture
 */
GdkTexture *
imp_tiles_get (ImpTiles *self, int level, int column, int row, ImpRect *area)
{
  int span = IMP_TILES_SIZE << level;
  ImpRect frame = { 0, 0, imp_tiles_get_width (self), imp_tiles_get_height (self) };
  gint64 key = ((gint64)level << 48) | ((gint64)row << 24) | (gint64)column;
  Tile *tile = NULL;

  if (column < 0 || row < 0 || column > frame.width / span || row > frame.height / span)
    return NULL;
  *area = (ImpRect){ column * span, row * span, span, span };
  *area = imp_rect_intersect (area, &frame);
  if (imp_rect_is_empty (area))
    return NULL;

  tile = g_hash_table_lookup (self->textures, &key);
  if (tile == NULL)
    {
      tile = g_new0 (Tile, 1);
      tile->texture = build_texture (self, key, level, area);
      g_hash_table_insert (self->textures, g_memdup2 (&key, sizeof key), tile);
    }
  tile->drawing = self->drawing;
  return tile->texture;
}

/**
 * imp_tiles_trim:
 * @self: tiles
 *
 * Ends one drawing. Lets go of textures that it did not ask for, the longest unused first, beyond
 * a few that are kept for panning back.
 */
void
imp_tiles_trim (ImpTiles *self)
{
  g_autoptr (GArray) ages = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->textures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      guint64 age = self->drawing - ((Tile *)value)->drawing;

      if (age > 0)
        g_array_append_val (ages, age);
    }
  if (ages->len > SPARE_TILES)
    {
      guint64 oldest = 0;

      for (guint i = 0; i < ages->len; i++)
        oldest = MAX (oldest, g_array_index (ages, guint64, i));
      g_hash_table_iter_init (&iter, self->textures);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        if (self->drawing - ((Tile *)value)->drawing == oldest)
          g_hash_table_iter_remove (&iter);
    }
  self->drawing++;
}

/**
 * imp_tiles_get_n_built:
 * @self: tiles
 *
 * Returns: how many textures were ever built: each is one upload to the screen's memory
 */
guint
imp_tiles_get_n_built (ImpTiles *self)
{
  return self->n_built;
}
