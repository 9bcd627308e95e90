#include "imp-facts.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-margin.h"
#include "imp-properties.h"
#include "imp-wire.h"

struct _ImpFacts
{
  gatomicrefcount ref_count;
  char *format;
  char *transfer_syntax; /* nullable, as all that follow */
  char *photometric;
  char *burned_in;
  char *modality;
  char *image_kind;
  char *consent_flag;
  char *distribution;
  GVariant *consents; /* a(sss) */
  GStrv patient_ids;  /* owned, perhaps empty */
  int width;
  int height;
  guint n_frames;
  guint n_pages;
  guint page;
  guint n_overlays;
  int orientation;
  ImpGrid grid;
  ImpPixelShape shape;
  char *codec; /* nullable */
  gboolean lossless_claimed;
  gboolean shades_shared;
  GPtrArray *giveaways; /* owned: ImpGiveaway */
  GPtrArray *windows;   /* owned: ImpNamedWindow */
  GPtrArray *tables;    /* owned: char*, which may be NULL */
  GPtrArray *overlays;  /* owned: ImpOverlay */
  GArray *regions;      /* owned: ImpUltrasoundRegion */
  GVariant *properties; /* owned: a{ss} */
  GStrv warnings;       /* owned */
};

G_DEFINE_BOXED_TYPE (ImpFacts, imp_facts, imp_facts_ref, imp_facts_unref)

static void
free_giveaway (gpointer data)
{
  ImpGiveaway *giveaway = data;

  g_free (giveaway->where);
  g_free (giveaway->kind);
  g_free (giveaway->value);
  g_free (giveaway);
}

static void
free_window (gpointer data)
{
  ImpNamedWindow *window = data;

  g_free (window->explanation);
  g_free (window);
}

static void
free_overlay (gpointer data)
{
  ImpOverlay *overlay = data;

  g_free (overlay->label);
  g_free (overlay);
}

static char *
dup_text (GVariant *facts, const char *key)
{
  char *text = NULL;

  g_variant_lookup (facts, key, "s", &text);
  return text;
}

static void
read_giveaways (ImpFacts *self, GVariant *facts)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *where = NULL;
  const char *kind = NULL;
  const char *value = NULL;
  gboolean identifies = FALSE;

  if (!g_variant_lookup (facts, "giveaways", "a(ssmsb)", &iter))
    return;
  while (g_variant_iter_next (iter, "(&s&sm&sb)", &where, &kind, &value, &identifies))
    {
      ImpGiveaway *giveaway = g_new0 (ImpGiveaway, 1);

      giveaway->where = g_strdup (where);
      giveaway->kind = g_strdup (kind);
      giveaway->value = g_strdup (value);
      giveaway->identifies = identifies;
      g_ptr_array_add (self->giveaways, giveaway);
    }
}

static gboolean
read_windows (ImpFacts *self, GVariant *facts)
{
  g_autoptr (GVariantIter) iter = NULL;
  double centre = 0;
  double width = 0;
  gint32 function = 0;
  const char *explanation = NULL;

  if (!g_variant_lookup (facts, "windows", "a(ddims)", &iter))
    return FALSE;
  while (g_variant_iter_next (iter, "(ddim&s)", &centre, &width, &function, &explanation))
    {
      ImpNamedWindow *window = NULL;

      if (!isfinite (centre) || !isfinite (width) || width <= 0 || function < IMP_VOI_LINEAR
          || function > IMP_VOI_SIGMOID)
        return FALSE;
      window = g_new0 (ImpNamedWindow, 1);
      window->window = (ImpWindow){ centre, width, (ImpVoiFunction)function };
      window->explanation = g_strdup (explanation);
      g_ptr_array_add (self->windows, window);
    }
  return TRUE;
}

static gboolean
read_tables (ImpFacts *self, GVariant *facts)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char *explanation = NULL;

  if (!g_variant_lookup (facts, "tables", "ams", &iter))
    return FALSE;
  while (g_variant_iter_next (iter, "m&s", &explanation))
    g_ptr_array_add (self->tables, g_strdup (explanation));
  return self->tables->len < IMP_WIRE_MAX_TABLES;
}

static gboolean
read_overlays (ImpFacts *self, GVariant *facts)
{
  g_autoptr (GVariantIter) iter = NULL;
  guint group = 0;
  gboolean embedded = FALSE;
  const char *label = NULL;

  if (!g_variant_lookup (facts, "overlay-planes", "a(ubms)", &iter))
    return FALSE;
  while (g_variant_iter_next (iter, "(ubm&s)", &group, &embedded, &label))
    {
      ImpOverlay *overlay = NULL;

      if (imp_overlay_find_plane (group) == 0)
        return FALSE;
      overlay = g_new0 (ImpOverlay, 1);
      overlay->group = group;
      overlay->embedded = embedded;
      overlay->label = g_strdup (label);
      g_ptr_array_add (self->overlays, overlay);
    }
  return self->overlays->len == self->n_overlays;
}

/* Its name goes into receipts and the ledger. */
static gboolean
read_codec (ImpFacts *self, GVariant *facts)
{
  self->codec = dup_text (facts, "codec");
  return self->codec == NULL || imp_margin_knows_codec (self->codec);
}

static gboolean
read_properties (ImpFacts *self, GVariant *facts)
{
  g_autoptr (GVariant) properties =
      g_variant_lookup_value (facts, "properties", G_VARIANT_TYPE ("a{ss}"));

  if (properties == NULL || !imp_properties_check (properties))
    return FALSE;
  self->properties = g_steal_pointer (&properties);
  return TRUE;
}

/* A warning travels as a message and what its %s stands for, so that it can be translated here. */
static void
read_warnings (ImpFacts *self, GVariant *facts)
{
  g_autoptr (GVariantIter) iter = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *text = NULL;

  g_variant_lookup (facts, "warnings", "as", &iter);
  while (iter != NULL && g_variant_iter_next (iter, "&s", &text))
    {
      g_autofree char *sentence = imp_wire_translate (text);

      g_strv_builder_add (builder, sentence);
    }
  self->warnings = g_strv_builder_end (builder);
}

static gboolean
read_numbers (ImpFacts *self, GVariant *facts)
{
  return g_variant_lookup (facts, "width", "i", &self->width)
         && g_variant_lookup (facts, "height", "i", &self->height)
         && g_variant_lookup (facts, "frames", "u", &self->n_frames)
         && g_variant_lookup (facts, "pages", "u", &self->n_pages)
         && g_variant_lookup (facts, "overlays", "u", &self->n_overlays)
         && g_variant_lookup (facts, "orientation", "i", &self->orientation)
         && g_variant_lookup (facts, "grid", "(ii)", &self->grid.width, &self->grid.height)
         && g_variant_lookup (facts, "page", "u", &self->page)
         && g_variant_lookup (facts, "shape", "(ii)", &self->shape.width, &self->shape.height);
}

static gboolean
shape_makes_sense (const ImpPixelShape *shape)
{
  int shorter = MIN (shape->width, shape->height);
  int longer = MAX (shape->width, shape->height);

  return shorter >= 1 && longer <= IMP_FACTS_MAX_SHAPE_SIDE
         && longer <= IMP_FACTS_MAX_SHAPE * shorter;
}

static gboolean
numbers_make_sense (const ImpFacts *self)
{
  return self->width > 0 && self->height > 0
         && (guint64)self->width * (guint64)self->height <= IMP_WIRE_MAX_PIXELS
         && self->page < self->n_pages && shape_makes_sense (&self->shape) && self->n_frames >= 1
         && self->n_frames <= G_MAXINT32 && self->n_pages >= 1 && self->n_overlays <= 16
         && self->orientation >= 1 && self->orientation <= 8 && self->grid.width >= 0
         && self->grid.height >= 0 && self->grid.width <= 1024 && self->grid.height <= 1024
         && (self->grid.width == 0) == (self->grid.height == 0);
}

/**
 * imp_facts_new_from_variant:
 * @facts: an a{sv} from the helper, which may have been taken over by what it read
 * @error: where to put the error
 *
 * Copies the helper's answer, field by field, after checking each.
 *
 * Returns: (transfer full) (nullable): the facts, or %NULL with %IMP_ERROR_DAMAGED
 */
ImpFacts *
imp_facts_new_from_variant (GVariant *facts, GError **error)
{
  g_autoptr (ImpFacts) self = g_new0 (ImpFacts, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->giveaways = g_ptr_array_new_with_free_func (free_giveaway);
  self->windows = g_ptr_array_new_with_free_func (free_window);
  self->tables = g_ptr_array_new_with_free_func (g_free);
  self->overlays = g_ptr_array_new_with_free_func (free_overlay);
  if (!g_variant_is_of_type (facts, G_VARIANT_TYPE_VARDICT) || !g_variant_is_normal_form (facts)
      || !read_numbers (self, facts) || !numbers_make_sense (self) || !read_windows (self, facts)
      || !read_tables (self, facts) || !read_overlays (self, facts) || !read_codec (self, facts)
      || !read_properties (self, facts)
      || (self->regions = imp_ultrasound_regions_read (facts, self->width, self->height)) == NULL
      || (self->format = dup_text (facts, "format")) == NULL)
    {
      g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                           _ ("The file is damaged, as its description makes no sense: fetch it "
                              "again from its source"));
      return NULL;
    }
  g_variant_lookup (facts, "lossless-claimed", "b", &self->lossless_claimed);
  g_variant_lookup (facts, "shades-shared", "b", &self->shades_shared);
  self->transfer_syntax = dup_text (facts, "transfer-syntax");
  self->photometric = dup_text (facts, "photometric");
  self->burned_in = dup_text (facts, "burned-in");
  self->modality = dup_text (facts, "modality");
  self->image_kind = dup_text (facts, "image-kind");
  self->consent_flag = dup_text (facts, "consent-flag");
  self->distribution = dup_text (facts, "distribution");
  self->consents = g_variant_lookup_value (facts, "consents", G_VARIANT_TYPE ("a(sss)"));
  if (self->consents == NULL)
    self->consents = g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("(sss)"), NULL, 0));
  if (!g_variant_lookup (facts, "patient-ids", "^as", &self->patient_ids))
    self->patient_ids = g_new0 (char *, 1);
  read_giveaways (self, facts);
  read_warnings (self, facts);
  return g_steal_pointer (&self);
}

static gboolean
overlays_equal (GPtrArray *one, GPtrArray *other)
{
  if (one->len != other->len)
    return FALSE;
  for (guint i = 0; i < one->len; i++)
    if (((const ImpOverlay *)one->pdata[i])->group != ((const ImpOverlay *)other->pdata[i])->group)
      return FALSE;
  return TRUE;
}

/* In all that says what is shown, covered and recorded. */
static gboolean
agree (const ImpFacts *one, const ImpFacts *other)
{
  return one->width == other->width && one->height == other->height
         && one->n_frames == other->n_frames && one->n_pages == other->n_pages
         && one->page == other->page && overlays_equal (one->overlays, other->overlays)
         && one->orientation == other->orientation && one->grid.width == other->grid.width
         && one->grid.height == other->grid.height && one->shape.width == other->shape.width
         && one->shape.height == other->shape.height && g_strcmp0 (one->codec, other->codec) == 0
         && one->lossless_claimed == other->lossless_claimed
         && one->shades_shared == other->shades_shared;
}

/**
 * imp_facts_check_again:
 * @facts: what a child of the helper says of a file
 * @page: the page that was asked for, from 0
 * @before: (nullable): what an earlier child said of it, which is what the person sees
 * @error: where to put the error
 *
 * A child that was taken over by what it read may speak of another page, or of another picture
 * than the child before it, whose boxes would then cover something else.
 *
 * Returns: whether @facts are about @page and agree with @before; else %IMP_ERROR_DAMAGED
 */
gboolean
imp_facts_check_again (const ImpFacts *facts, guint page, const ImpFacts *before, GError **error)
{
  if (facts->page == page && (before == NULL || agree (facts, before)))
    return TRUE;
  g_set_error_literal (
      error, IMP_ERROR, IMP_ERROR_DAMAGED,
      _ ("The file is damaged, as its description makes no sense: fetch it again from its source"));
  return FALSE;
}

/**
 * imp_facts_ref:
 * @facts: facts
 *
 * Returns: (transfer full): @facts
 */
ImpFacts *
imp_facts_ref (ImpFacts *facts)
{
  g_atomic_ref_count_inc (&facts->ref_count);
  return facts;
}

/**
 * imp_facts_unref:
 * @facts: (transfer full): facts
 */
void
imp_facts_unref (ImpFacts *facts)
{
  if (!g_atomic_ref_count_dec (&facts->ref_count))
    return;
  g_free (facts->format);
  g_free (facts->transfer_syntax);
  g_free (facts->photometric);
  g_free (facts->burned_in);
  g_free (facts->modality);
  g_free (facts->image_kind);
  g_strfreev (facts->patient_ids);
  g_free (facts->consent_flag);
  g_free (facts->distribution);
  g_clear_pointer (&facts->consents, g_variant_unref);
  g_ptr_array_unref (facts->giveaways);
  g_ptr_array_unref (facts->windows);
  g_ptr_array_unref (facts->tables);
  g_ptr_array_unref (facts->overlays);
  g_clear_pointer (&facts->regions, g_array_unref);
  g_clear_pointer (&facts->properties, g_variant_unref);
  g_free (facts->codec);
  g_strfreev (facts->warnings);
  g_free (facts);
}

/**
 * imp_facts_get_format:
 * @facts: facts
 *
 * Returns: (transfer none): "dicom", "jpeg", "png", "tiff", "webp", "heic", "avif" or "bmp"
 */
const char *
imp_facts_get_format (const ImpFacts *facts)
{
  return facts->format;
}

/**
 * imp_facts_get_transfer_syntax:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): the raw Transfer Syntax UID (0002,0010) of a DICOM file
 */
const char *
imp_facts_get_transfer_syntax (const ImpFacts *facts)
{
  return facts->transfer_syntax;
}

/**
 * imp_facts_get_photometric:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): Photometric Interpretation (0028,0004), or a photograph's
 *   colour model
 */
const char *
imp_facts_get_photometric (const ImpFacts *facts)
{
  return facts->photometric;
}

/**
 * imp_facts_get_width:
 * @facts: facts
 *
 * Returns: columns, in display orientation
 */
int
imp_facts_get_width (const ImpFacts *facts)
{
  return facts->width;
}

/**
 * imp_facts_get_height:
 * @facts: facts
 *
 * Returns: rows, in display orientation
 */
int
imp_facts_get_height (const ImpFacts *facts)
{
  return facts->height;
}

/**
 * imp_facts_get_n_frames:
 * @facts: facts
 *
 * Returns: how many frames can be shown and exported, 1 or more
 */
guint
imp_facts_get_n_frames (const ImpFacts *facts)
{
  return facts->n_frames;
}

/**
 * imp_facts_get_n_pages:
 * @facts: facts
 *
 * Returns: how many pages or pictures the file holds, of which imp_facts_get_page() is described;
 *   those of a TIFF file can be opened, of other formats the first
 */
guint
imp_facts_get_n_pages (const ImpFacts *facts)
{
  return facts->n_pages;
}

/**
 * imp_facts_get_n_overlays:
 * @facts: facts
 *
 * Returns: how many overlay planes (60xx) the file has, hidden until they are asked for
 */
guint
imp_facts_get_n_overlays (const ImpFacts *facts)
{
  return facts->n_overlays;
}

/**
 * imp_facts_get_burned_in:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): Burned In Annotation (0028,0301)
 */
const char *
imp_facts_get_burned_in (const ImpFacts *facts)
{
  return facts->burned_in;
}

/**
 * imp_facts_says_burned_in:
 * @facts: facts
 *
 * Returns: whether the file itself says that text is part of the picture: Burned In Annotation
 *   (0028,0301) is YES
 */
gboolean
imp_facts_says_burned_in (const ImpFacts *facts)
{
  return g_strcmp0 (facts->burned_in, "YES") == 0;
}

/**
 * imp_facts_get_modality:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): Modality (0008,0060)
 */
const char *
imp_facts_get_modality (const ImpFacts *facts)
{
  return facts->modality;
}

/**
 * imp_facts_get_image_kind:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): what kind of picture its modality or SOP class makes it
 */
const char *
imp_facts_get_image_kind (const ImpFacts *facts)
{
  return facts->image_kind;
}

/**
 * imp_facts_get_patient_id:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): the first of imp_facts_get_patient_ids(): Patient ID
 *   (0010,0020) where the file has one
 */
const char *
imp_facts_get_patient_id (const ImpFacts *facts)
{
  return facts->patient_ids[0];
}

/**
 * imp_facts_get_patient_ids:
 * @facts: facts
 *
 * Gives every number of the patient that the file carries: each value of Patient ID (0010,0020),
 * then of Other Patient IDs (0010,1000), and both in the items of every sequence, such as Other
 * Patient IDs Sequence (0010,1002). Each stands once.
 *
 * Returns: (transfer none): numbers in UTF-8, trimmed, never empty; perhaps none
 */
GStrv
imp_facts_get_patient_ids (const ImpFacts *facts)
{
  return facts->patient_ids;
}

/**
 * imp_facts_get_consent_flag:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): "NO", "WITHDRAWN" or "YES", from Consent for
 *   Distribution Flag (0012,0085) wherever it stands; what is none of them is "NO"
 */
const char *
imp_facts_get_consent_flag (const ImpFacts *facts)
{
  return facts->consent_flag;
}

/**
 * imp_facts_get_distribution:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): for what kind of distribution the file says that consent was
 *   given (0012,0084): "NAMED_PROTOCOL", "RESTRICTED_REUSE", "PUBLIC_RELEASE", or "OTHER" for what
 *   is none of them; of several the narrowest
 */
const char *
imp_facts_get_distribution (const ImpFacts *facts)
{
  return facts->distribution;
}

/**
 * imp_facts_get_consents:
 * @facts: facts
 *
 * Returns: (transfer none): an a(sss), all that the file says of consent: flag ("YES", "NO",
 *   "WITHDRAWN" or ""), distribution (as imp_facts_get_distribution(), or "") and the protocol that
 *   it is about (or ""), which is free text
 */
GVariant *
imp_facts_get_consents (const ImpFacts *facts)
{
  return facts->consents;
}

/**
 * imp_facts_get_orientation:
 * @facts: facts
 *
 * Returns: the EXIF Orientation that is baked into the pixels, 1 to 8
 */
int
imp_facts_get_orientation (const ImpFacts *facts)
{
  return facts->orientation;
}

/**
 * imp_facts_get_grid:
 * @facts: facts
 *
 * Returns: the JPEG block grid in stored orientation, 0 × 0 for none
 */
ImpGrid
imp_facts_get_grid (const ImpFacts *facts)
{
  return facts->grid;
}

/**
 * imp_facts_get_codec:
 * @facts: facts
 *
 * Returns: (transfer none) (nullable): the lossy coding that the pixels went through, where no
 *   block grid limits its reach: imp_margin_of_codec() knows how far it reaches; %NULL where there
 *   is none, or a grid
 */
const char *
imp_facts_get_codec (const ImpFacts *facts)
{
  return facts->codec;
}

/**
 * imp_facts_is_lossless_claimed:
 * @facts: facts
 *
 * A JPEG 2000 stream can leave out coding passes, and nothing that is read of it without decoding
 * says so (ITU-T T.800 annex B).
 *
 * Returns: whether the coding is lossless by the file's word alone: where that is untrue, traces of
 *   what is covered stay outside the boxes
 */
gboolean
imp_facts_is_lossless_claimed (const ImpFacts *facts)
{
  return facts->lossless_claimed;
}

/**
 * imp_facts_is_shades_shared:
 * @facts: facts
 *
 * A frame is handed over with at most 65,536 different values. Where 32-bit pixels may have more,
 * some share one, and which ones depends on all of them: on those that are covered, too.
 *
 * Returns: whether that may be so
 */
gboolean
imp_facts_is_shades_shared (const ImpFacts *facts)
{
  return facts->shades_shared;
}

/**
 * imp_facts_get_page:
 * @facts: facts
 *
 * Returns: which page is open, from 0
 */
guint
imp_facts_get_page (const ImpFacts *facts)
{
  return facts->page;
}

/**
 * imp_facts_get_shape:
 * @facts: facts
 *
 * Returns: the shape of a pixel in display orientation, such as from Pixel Aspect Ratio
 * (0028,0034); neither side is more than %IMP_FACTS_MAX_SHAPE times the other
 */
ImpPixelShape
imp_facts_get_shape (const ImpFacts *facts)
{
  return facts->shape;
}

/**
 * imp_facts_get_tables:
 * @facts: facts
 *
 * Returns: (transfer none) (element-type utf8): for each VOI LUT (0028,3010) its explanation, or
 *   %NULL; the number in the array is that of an %IMP_VOI_TABLE window
 */
GPtrArray *
imp_facts_get_tables (const ImpFacts *facts)
{
  return facts->tables;
}

/**
 * imp_facts_get_overlays:
 * @facts: facts
 *
 * Returns: (transfer none) (element-type ImpOverlay): the overlay planes (60xx)
 */
GPtrArray *
imp_facts_get_overlays (const ImpFacts *facts)
{
  return facts->overlays;
}

/**
 * imp_facts_get_regions:
 * @facts: facts
 *
 * Returns: (transfer none) (element-type ImpUltrasoundRegion): those that are told (0018,6011)
 */
GArray *
imp_facts_get_regions (const ImpFacts *facts)
{
  return facts->regions;
}

/**
 * imp_facts_get_properties:
 * @facts: facts
 *
 * Returns: (transfer none): an a{ss} of technical properties, numbers and codes alone: see
 *   imp-properties.c for the keys
 */
GVariant *
imp_facts_get_properties (const ImpFacts *facts)
{
  return facts->properties;
}

/**
 * imp_facts_get_cover:
 * @facts: facts
 *
 * Returns: what decides how far a box of this file must be widened
 */
ImpCover
imp_facts_get_cover (const ImpFacts *facts)
{
  return (ImpCover){ .width = imp_facts_get_width (facts),
                     .height = imp_facts_get_height (facts),
                     .orientation = imp_facts_get_orientation (facts),
                     .grid = imp_facts_get_grid (facts),
                     .margin = imp_margin_of_codec (facts->codec) };
}

/**
 * imp_facts_get_giveaways:
 * @facts: facts
 *
 * Returns: (transfer none) (element-type ImpGiveaway): what the file gives away besides its pixels
 */
GPtrArray *
imp_facts_get_giveaways (const ImpFacts *facts)
{
  return facts->giveaways;
}

/**
 * imp_facts_get_windows:
 * @facts: facts
 *
 * Returns: (transfer none) (element-type ImpNamedWindow): the VOI windows that the file offers
 */
GPtrArray *
imp_facts_get_windows (const ImpFacts *facts)
{
  return facts->windows;
}

/**
 * imp_facts_get_warnings:
 * @facts: facts
 *
 * Returns: (transfer none): sentences for the person at the desk, in their language
 */
GStrv
imp_facts_get_warnings (const ImpFacts *facts)
{
  return facts->warnings;
}
