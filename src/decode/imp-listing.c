#include "imp-listing.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-helper.h"
#include "imp-plain-file.h"
#include "imp-session.h"

#define MAX_TEXT 1024u

static const char *const FORMATS[] = { "dicom", "dicomdir", "jpeg", "png", "tiff", "webp",
                                       "heic",  "avif",     "bmp",  "zip", NULL };

/* Text that can be shown on one line. */
static gboolean
is_clean (const char *text, gsize longest)
{
  if (strlen (text) > longest)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static gboolean
read_texts (ImpListing *self, GVariant *answer)
{
  const struct
  {
    const char *key;
    char **text;
  } texts[] = {
    { "format", &self->format },
    { "patient-number", &self->patient_number },
    { "issuer", &self->issuer },
    { "patient-name", &self->patient_name },
    { "born", &self->born },
    { "study", &self->study },
    { "study-date", &self->study_date },
    { "study-title", &self->study_title },
    { "series", &self->series },
    { "series-title", &self->series_title },
    { "image", &self->image },
    { "modality", &self->modality },
    { "manufacturer", &self->manufacturer },
    { "model", &self->model },
    { "station", &self->station },
    { "burned-in", &self->burned_in },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_variant_lookup (answer, texts[i].key, "s", texts[i].text)
        && !is_clean (*texts[i].text, MAX_TEXT))
      return FALSE;
  return self->format != NULL && g_strv_contains (FORMATS, self->format);
}

static gboolean
read_lists (ImpListing *self, GVariant *answer)
{
  if (!g_variant_lookup (answer, "patient-numbers", "^as", &self->patient_numbers))
    self->patient_numbers = g_new0 (char *, 1);
  if (!g_variant_lookup (answer, "files", "^as", &self->files))
    self->files = g_new0 (char *, 1);
  for (guint i = 0; self->patient_numbers[i] != NULL; i++)
    if (i >= IMP_WIRE_MAX_NUMBERS || !is_clean (self->patient_numbers[i], MAX_TEXT))
      return FALSE;
  for (guint i = 0; self->files[i] != NULL; i++)
    if (i >= IMP_WIRE_MAX_ENTRIES || !is_clean (self->files[i], MAX_TEXT))
      return FALSE;
  return TRUE;
}

static gboolean
read_numbers (ImpListing *self, GVariant *answer)
{
  self->series_number = self->instance_number = G_MAXINT;
  self->n_frames = 1;
  g_variant_lookup (answer, "series-number", "i", &self->series_number);
  g_variant_lookup (answer, "instance-number", "i", &self->instance_number);
  g_variant_lookup (answer, "width", "i", &self->width);
  g_variant_lookup (answer, "height", "i", &self->height);
  g_variant_lookup (answer, "frames", "u", &self->n_frames);
  return self->width >= 0 && self->height >= 0 && self->n_frames >= 1
         && self->n_frames <= G_MAXINT32;
}

/**
 * imp_listing_new_from_variant:
 * @answer: an a{sv} from the helper, which may have been taken over by what it read
 * @error: where to put the error
 *
 * Copies the helper's answer, field by field, after checking each.
 *
 * Returns: (transfer full) (nullable): the listing, or %NULL with %IMP_ERROR_DAMAGED
 */
ImpListing *
imp_listing_new_from_variant (GVariant *answer, GError **error)
{
  g_autoptr (ImpListing) self = g_new0 (ImpListing, 1);

  if (g_variant_is_of_type (answer, G_VARIANT_TYPE_VARDICT) && g_variant_is_normal_form (answer)
      && read_texts (self, answer) && read_lists (self, answer) && read_numbers (self, answer))
    return g_steal_pointer (&self);
  g_set_error_literal (error, IMP_ERROR, IMP_ERROR_DAMAGED,
                       _ ("The file is damaged, as its description makes no sense: fetch it again "
                          "from its source"));
  return NULL;
}

static GVariant *
ask (ImpHelperKind kind, int fd, guint64 size, gboolean *needs_full, GCancellable *cancellable,
     GError **error)
{
  g_autoptr (ImpSession) session = imp_session_new (kind, fd, size, cancellable, error);
  GVariant *answer = NULL;

  if (session == NULL)
    return NULL;
  answer = imp_session_ask (session, IMP_WIRE_LIST, 0, cancellable, error);
  *needs_full = kind == IMP_HELPER_QUICK && imp_session_needs_full (session);
  return answer;
}

/**
 * imp_listing_read_sync:
 * @fd: a plain file, opened for reading only, or sealed memory
 * @size: its bytes, 1 or more
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Has a locked-down child of the helper read the header of one file, and no more of it than that:
 * the file is not copied first, as nothing will rest on what the child says. Blocks.
 *
 * Returns: (transfer full) (nullable): what it says, or %NULL with %IMP_ERROR_UNSUPPORTED naming
 *   what it is, %IMP_ERROR_DAMAGED, %IMP_ERROR_IO or %IMP_ERROR_CANCELLED
 */
ImpListing *
imp_listing_read_sync (int fd, guint64 size, GCancellable *cancellable, GError **error)
{
  gboolean needs_full = FALSE;
  g_autoptr (GError) local = NULL;
  g_autoptr (GVariant) answer = ask (IMP_HELPER_QUICK, fd, size, &needs_full, cancellable, &local);
  ImpListing *listing = NULL;

  if (answer == NULL && needs_full)
    {
      g_clear_error (&local);
      answer = ask (IMP_HELPER_FULL, fd, size, &needs_full, cancellable, &local);
    }
  if (answer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  listing = imp_listing_new_from_variant (answer, error);
  if (listing != NULL)
    listing->bytes = size;
  return listing;
}

/**
 * imp_listing_read_file_sync:
 * @file: a local file
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * imp_listing_read_sync() of a file by its name. Blocks.
 *
 * Returns: (transfer full) (nullable): as there, or %NULL also with %IMP_ERROR_UNREADABLE;
 *   %IMP_ERROR_IO means that the helper is missing, not that this file is bad
 */
ImpListing *
imp_listing_read_file_sync (GFile *file, GCancellable *cancellable, GError **error)
{
  struct stat info = { 0 };
  int fd = imp_plain_file_open (file, &info, error);
  ImpListing *listing = NULL;

  if (fd < 0)
    return NULL;
  listing = imp_listing_read_sync (fd, (guint64)info.st_size, cancellable, error);
  close (fd);
  return listing;
}

/**
 * imp_listing_free:
 * @listing: (transfer full) (nullable): a listing
 */
void
imp_listing_free (ImpListing *listing)
{
  if (listing == NULL)
    return;
  g_free (listing->format);
  g_free (listing->patient_number);
  g_free (listing->issuer);
  g_strfreev (listing->patient_numbers);
  g_free (listing->patient_name);
  g_free (listing->born);
  g_free (listing->study);
  g_free (listing->study_date);
  g_free (listing->study_title);
  g_free (listing->series);
  g_free (listing->series_title);
  g_free (listing->image);
  g_free (listing->modality);
  g_free (listing->manufacturer);
  g_free (listing->model);
  g_free (listing->station);
  g_free (listing->burned_in);
  g_strfreev (listing->files);
  g_free (listing);
}
