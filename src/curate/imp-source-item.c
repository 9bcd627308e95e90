#include "imp-source-item-private.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "imp-error.h"
#include "imp-hash.h"
#include "imp-plain-file.h"

struct _ImpSourceItem
{
  GObject parent_instance;

  GFile *file;         /* owned */
  ImpArchive *archive; /* owned, nullable: where the file lies in one */
  guint number;        /* of its entry */
  gboolean packed;     /* it lies in one that nobody has opened yet */
  char *name;          /* owned */
  ImpListing *listing; /* owned, nullable */
  char *problem;       /* owned, nullable */
  char *patient;       /* owned, nullable: keys, as what follows */
  char *study;
  char *series;
  char *order; /* owned: by the name, 2 before 10 */
  guint notices;
};

G_DEFINE_FINAL_TYPE (ImpSourceItem, imp_source_item, G_TYPE_OBJECT)

static const struct
{
  ImpSourceNotice notice;
  const char *text;
  const char *words;
} NOTICES[IMP_SOURCE_N_NOTICES] = {
  { IMP_SOURCE_SAME_FILE, "same-file", N_ ("The same file is in the list twice") },
  { IMP_SOURCE_SAME_IMAGE, "same-image",
    N_ ("Two different files say that they are the same image: compare them before one is used") },
  { IMP_SOURCE_SAME_STUDY, "same-study",
    N_ ("Two people or two days share one study number: they are listed apart") },
  { IMP_SOURCE_SAME_NUMBER, "same-number",
    N_ ("Two people share one hospital number: check whose image this is") },
  { IMP_SOURCE_OTHER_NUMBER, "other-number",
    N_ ("Somebody of the same name and date of birth has another hospital number: check whether "
        "they are one person") },
  { IMP_SOURCE_MORE_NUMBERS, "more-numbers",
    N_ ("The file carries more than one number of the patient") },
};

static void
imp_source_item_finalize (GObject *object)
{
  ImpSourceItem *self = IMP_SOURCE_ITEM (object);

  g_clear_object (&self->file);
  imp_archive_unref (self->archive);
  g_free (self->name);
  imp_listing_free (self->listing);
  g_free (self->problem);
  g_free (self->patient);
  g_free (self->study);
  g_free (self->series);
  g_free (self->order);
  G_OBJECT_CLASS (imp_source_item_parent_class)->finalize (object);
}

static void
imp_source_item_class_init (ImpSourceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_source_item_finalize;
}

static void
imp_source_item_init (ImpSourceItem *self)
{
}

/**
 * imp_source_notice_to_text:
 * @notice: one notice
 *
 * Returns: (transfer none) (nullable): its word in JSON
 */
const char *
imp_source_notice_to_text (ImpSourceNotice notice)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NOTICES); i++)
    if (NOTICES[i].notice == notice)
      return NOTICES[i].text;
  return NULL;
}

/**
 * imp_source_notice_to_words:
 * @notice: one notice
 *
 * Returns: (transfer none) (nullable): a sentence that names nobody
 */
const char *
imp_source_notice_to_words (ImpSourceNotice notice)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NOTICES); i++)
    if (NOTICES[i].notice == notice)
      return _ (NOTICES[i].words);
  return NULL;
}

/**
 * imp_source_item_new:
 * @file: the file
 * @name: what to call it: its path inside of the source, in UTF-8
 *
 * Returns: (transfer full): the item, of which nothing is known yet
 */
ImpSourceItem *
imp_source_item_new (GFile *file, const char *name)
{
  ImpSourceItem *self = g_object_new (IMP_TYPE_SOURCE_ITEM, NULL);

  self->file = g_object_ref (file);
  self->name = g_strdup (name);
  self->order = g_utf8_collate_key_for_filename (name, -1);
  return self;
}

/**
 * imp_source_item_new_packed:
 * @file: an archive
 * @archive: the same, opened
 * @entry: one file of it
 *
 * Returns: (transfer full): the item
 */
ImpSourceItem *
imp_source_item_new_packed (GFile *file, ImpArchive *archive, const ImpArchiveEntry *entry)
{
  ImpSourceItem *self = imp_source_item_new (file, entry->name);

  self->archive = imp_archive_ref (archive);
  self->number = entry->number;
  self->problem = g_strdup (entry->problem);
  return self;
}

/**
 * imp_source_item_new_again:
 * @path: of a file that was listed before
 * @entry: (nullable): its name in the archive that lies there
 *
 * Returns: (transfer full): the item, of which nothing is known but where it lies
 */
ImpSourceItem *
imp_source_item_new_again (const char *path, const char *entry)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ImpSourceItem *self = imp_source_item_new (file, entry != NULL ? entry : path);

  self->packed = entry != NULL;
  return self;
}

/**
 * imp_source_item_set_problem:
 * @self: an item that nobody has been shown yet
 * @problem: why it cannot be worked on, in a sentence that names nobody
 */
void
imp_source_item_set_problem (ImpSourceItem *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
}

/* Items are of one person where a number, its issuer and a birthday say so, or at least a name and
 * a birthday; else a study is nobody's but its own, and a photograph its own. */
static char *
make_patient_key (const ImpSourceItem *self)
{
  const ImpListing *listing = self->listing;
  const char *born = listing->born != NULL ? listing->born : "";
  g_autofree char *uri = g_file_get_uri (self->file);

  if (listing->patient_number != NULL)
    return g_strdup_printf ("number\n%s\n%s\n%s", listing->patient_number,
                            listing->issuer != NULL ? listing->issuer : "", born);
  if (listing->patient_name != NULL && listing->born != NULL)
    return g_strdup_printf ("name\n%s\n%s", listing->patient_name, born);
  if (listing->study != NULL)
    return g_strdup_printf ("study\n%s", listing->study);
  return g_strdup_printf ("file\n%s\n%s", uri, self->archive != NULL ? self->name : "");
}

/**
 * imp_source_item_take_listing:
 * @self: an item that nobody has been shown yet
 * @listing: (transfer full): what its header says
 */
void
imp_source_item_take_listing (ImpSourceItem *self, ImpListing *listing)
{
  self->listing = listing;
  self->patient = make_patient_key (self);
  self->study =
      g_strdup_printf ("%s\n%s\n%s", self->patient, listing->study != NULL ? listing->study : "",
                       listing->study_date != NULL ? listing->study_date : "");
  self->series =
      g_strdup_printf ("%s\n%s", self->study, listing->series != NULL ? listing->series : "");
  if (g_strv_length (listing->patient_numbers) > 1)
    self->notices |= IMP_SOURCE_MORE_NUMBERS;
}

/**
 * imp_source_item_set_notices:
 * @self: an item
 * @notices: more #ImpSourceNotice for it
 */
void
imp_source_item_set_notices (ImpSourceItem *self, guint notices)
{
  self->notices |= notices;
}

/**
 * imp_source_item_get_file:
 * @self: an item
 *
 * Returns: (transfer none): the file, or the archive that it lies in
 */
GFile *
imp_source_item_get_file (ImpSourceItem *self)
{
  return self->file;
}

/**
 * imp_source_item_get_entry:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its name in the archive; %NULL where it lies in none
 */
const char *
imp_source_item_get_entry (ImpSourceItem *self)
{
  return self->archive != NULL || self->packed ? self->name : NULL;
}

/**
 * imp_source_item_get_name:
 * @self: an item
 *
 * Returns: (transfer none): what to call it, which may well be somebody's name
 */
const char *
imp_source_item_get_name (ImpSourceItem *self)
{
  return self->name;
}

/**
 * imp_source_item_get_listing:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what its header says; %NULL where there is a problem
 */
const ImpListing *
imp_source_item_get_listing (ImpSourceItem *self)
{
  return self->listing;
}

/**
 * imp_source_item_get_problem:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): why it cannot be worked on, in a sentence that names nobody
 */
const char *
imp_source_item_get_problem (ImpSourceItem *self)
{
  return self->problem;
}

/**
 * imp_source_item_get_notices:
 * @self: an item
 *
 * Returns: its #ImpSourceNotice, of which those that compare it with others come when all are
 * listed
 */
guint
imp_source_item_get_notices (ImpSourceItem *self)
{
  return self->notices;
}

/**
 * imp_source_item_get_patient_key:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the same for all items of one person, and for nobody else's
 */
const char *
imp_source_item_get_patient_key (ImpSourceItem *self)
{
  return self->patient;
}

/**
 * imp_source_item_get_study_key:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the same for all items of one study of one person
 */
const char *
imp_source_item_get_study_key (ImpSourceItem *self)
{
  return self->study;
}

/**
 * imp_source_item_get_series_key:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the same for all items of one series
 */
const char *
imp_source_item_get_series_key (ImpSourceItem *self)
{
  return self->series;
}

static int
compare_numbers (int one, int other)
{
  return (one > other) - (one < other);
}

/**
 * imp_source_item_compare:
 * @one: an item
 * @other: another
 * @unused: nothing
 *
 * The order of a list: by person, day, study, series and image; photographs by their names behind
 * them, and at the end what cannot be shown.
 *
 * Returns: as strcmp()
 */
int
imp_source_item_compare (gconstpointer one, gconstpointer other, gpointer unused)
{
  const ImpSourceItem *a = one;
  const ImpSourceItem *b = other;
  int order = (a->listing == NULL) - (b->listing == NULL);

  if (order == 0 && a->listing != NULL)
    {
      order = (a->listing->study == NULL) - (b->listing->study == NULL);
      if (order == 0 && a->listing->study != NULL)
        order = g_strcmp0 (a->listing->patient_name, b->listing->patient_name);
      if (order == 0 && a->listing->study != NULL)
        order = g_strcmp0 (a->patient, b->patient);
      if (order == 0)
        order = g_strcmp0 (a->listing->study_date, b->listing->study_date);
      if (order == 0)
        order = g_strcmp0 (a->listing->study, b->listing->study);
      if (order == 0)
        order = compare_numbers (a->listing->series_number, b->listing->series_number);
      if (order == 0)
        order = g_strcmp0 (a->listing->series, b->listing->series);
      if (order == 0)
        order = compare_numbers (a->listing->instance_number, b->listing->instance_number);
    }
  return order != 0 ? order : g_strcmp0 (a->order, b->order);
}

/* One that was listed before is opened for this alone: an item belongs to no thread. */
static ImpArchive *
open_archive (ImpSourceItem *self, GCancellable *cancellable, GError **error)
{
  return self->archive != NULL ? imp_archive_ref (self->archive)
                               : imp_archive_open_sync (self->file, cancellable, error);
}

static int
unpack (ImpSourceItem *self, guint64 *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpArchive) archive = NULL;
  const ImpArchiveEntry *entry = NULL;

  if (self->archive != NULL)
    return imp_archive_unpack_sync (self->archive, self->number, size, cancellable, error);
  archive = open_archive (self, cancellable, error);
  entry = archive != NULL ? imp_archive_find_entry (archive, self->name, error) : NULL;
  return entry != NULL ? imp_archive_unpack_sync (archive, entry->number, size, cancellable, error)
                       : -1;
}

/**
 * imp_source_item_open_bytes_sync:
 * @self: an item
 * @size: (out): its bytes
 * @cancellable: (nullable): to stop
 * @error: where to put the error
 *
 * Opens the file where it lies, for reading only; one of an archive is unpacked into sealed memory.
 * Blocks.
 *
 * Returns: a descriptor, which the caller closes, or -1 with the errors of imp_plain_file_open()
 *   and imp_archive_unpack_sync()
 */
int
imp_source_item_open_bytes_sync (ImpSourceItem *self, guint64 *size, GCancellable *cancellable,
                                 GError **error)
{
  struct stat info = { 0 };
  int fd = -1;

  if (imp_source_item_get_entry (self) != NULL)
    return unpack (self, size, cancellable, error);
  fd = imp_plain_file_open (self->file, &info, error);
  *size = (guint64)info.st_size;
  return fd;
}

/**
 * imp_source_item_open_sync:
 * @self: an item
 * @cancellable: (nullable): to stop, which ends the helper's child
 * @error: where to put the error
 *
 * Opens the picture itself: a sealed copy of the file, as everywhere. Blocks.
 *
 * Returns: (transfer full) (nullable): as imp_source_open_sync()
 */
ImpSource *
imp_source_item_open_sync (ImpSourceItem *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (ImpArchive) archive = NULL;

  if (imp_source_item_get_entry (self) == NULL)
    return imp_source_open_sync (self->file, cancellable, error);
  archive = open_archive (self, cancellable, error);
  return archive != NULL ? imp_source_open_entry_sync (archive, self->name, cancellable, error)
                         : NULL;
}

/**
 * imp_source_item_hash_sync:
 * @self: an item
 * @error: where to put the error
 *
 * Blocks until all of the file is read.
 *
 * Returns: (transfer full) (nullable): SHA-256 of its bytes, as imp_source_get_sha256() has it
 */
char *
imp_source_item_hash_sync (ImpSourceItem *self, GError **error)
{
  guint64 size = 0;
  int fd = imp_source_item_open_bytes_sync (self, &size, NULL, error);
  char *hash = NULL;

  if (fd < 0)
    return NULL;
  hash = imp_hash_descriptor (fd, (gsize)size, NULL);
  if (hash == NULL)
    imp_error_set_errno (error, IMP_ERROR_IO, errno, _ ("The file cannot be read"));
  close (fd);
  return hash;
}
