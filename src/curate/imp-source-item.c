#include "imp-source-item.h"

struct _ImpSourceItem
{
  GObject parent_instance;

  GFile *file;   /* owned */
  char *entry;   /* owned, nullable */
  char *name;    /* owned */
  char *problem; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (ImpSourceItem, imp_source_item, G_TYPE_OBJECT)

static void
imp_source_item_finalize (GObject *object)
{
  ImpSourceItem *self = IMP_SOURCE_ITEM (object);

  g_clear_object (&self->file);
  g_free (self->entry);
  g_free (self->name);
  g_free (self->problem);
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
 * imp_source_item_new:
 * @file: the file, or the archive that it lies in
 * @entry: (nullable): its name in the archive
 * @name: what to call it: its path inside of the source, in UTF-8
 *
 * Returns: (transfer full): the item, of which nothing is known yet
 */
ImpSourceItem *
imp_source_item_new (GFile *file, const char *entry, const char *name)
{
  ImpSourceItem *self = g_object_new (IMP_TYPE_SOURCE_ITEM, NULL);

  self->file = g_object_ref (file);
  self->entry = g_strdup (entry);
  self->name = g_strdup (name);
  return self;
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
 * Returns: (transfer none) (nullable): its name in the archive; %NULL where the file is no archive
 */
const char *
imp_source_item_get_entry (ImpSourceItem *self)
{
  return self->entry;
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
