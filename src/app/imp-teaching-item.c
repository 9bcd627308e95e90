#include "imp-teaching-item.h"

#include <glib/gi18n.h>

#include "imp-teaching-words.h"

struct _ImpTeachingItem
{
  GObject parent_instance;

  ImpCuration *curation; /* owned */
  guint index;
  const char *finding;   /* nullable: a sentence of the program */
  char *unreadable;      /* owned, nullable: why there is no small picture */
  ImpSourceItem *source; /* owned, nullable: where its file lies */
};

G_DEFINE_FINAL_TYPE (ImpTeachingItem, imp_teaching_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
imp_teaching_item_finalize (GObject *object)
{
  ImpTeachingItem *self = IMP_TEACHING_ITEM (object);

  g_clear_object (&self->curation);
  g_free (self->unreadable);
  g_clear_object (&self->source);
  G_OBJECT_CLASS (imp_teaching_item_parent_class)->finalize (object);
}

static void
imp_teaching_item_class_init (ImpTeachingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_teaching_item_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
imp_teaching_item_init (ImpTeachingItem *self)
{
}

/**
 * imp_teaching_item_new:
 * @curation: a session
 * @index: of a picture in it
 *
 * Returns: (transfer full): the picture, as a row
 */
ImpTeachingItem *
imp_teaching_item_new (ImpCuration *curation, guint index)
{
  ImpTeachingItem *self = g_object_new (IMP_TYPE_TEACHING_ITEM, NULL);

  self->curation = g_object_ref (curation);
  self->index = index;
  return self;
}

/**
 * imp_teaching_item_get_index:
 * @self: a row
 *
 * Returns: which picture of the session it is, from 0
 */
guint
imp_teaching_item_get_index (ImpTeachingItem *self)
{
  return self->index;
}

/**
 * imp_teaching_item_get_picture:
 * @self: a row
 *
 * Returns: (transfer none): what the session has of it, until the next gesture
 */
const ImpCurationItem *
imp_teaching_item_get_picture (ImpTeachingItem *self)
{
  return imp_curation_get_item (self->curation, self->index);
}

/**
 * imp_teaching_item_get_standing:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): how its patient stands; %NULL where its file names nobody
 */
const ImpStanding *
imp_teaching_item_get_standing (ImpTeachingItem *self)
{
  return imp_curation_get_standing (self->curation, self->index);
}

/**
 * imp_teaching_item_get_problem:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what is wrong with it, in a sentence
 */
const char *
imp_teaching_item_get_problem (ImpTeachingItem *self)
{
  const ImpCurationItem *picture = imp_teaching_item_get_picture (self);
  const ImpStanding *standing = imp_teaching_item_get_standing (self);

  if (self->finding != NULL)
    return self->finding;
  if (!imp_teaching_item_is_listed (self))
    return picture->reason;
  if (picture->state == IMP_CURATION_SET_ASIDE)
    return NULL;
  if (standing != NULL
      && (standing->kind == IMP_STANDING_REFUSED || standing->kind == IMP_STANDING_UNCLEAR))
    return standing->reason;
  return self->unreadable;
}

/**
 * imp_teaching_item_is_listed:
 * @self: a row
 *
 * Returns: whether it is a picture: what was listed has a size; what could not be was set aside
 */
gboolean
imp_teaching_item_is_listed (ImpTeachingItem *self)
{
  const ImpCurationItem *picture = imp_teaching_item_get_picture (self);

  return picture->state != IMP_CURATION_SET_ASIDE || picture->rows != 0 || picture->sha256 != NULL;
}

/**
 * imp_teaching_item_get_source:
 * @self: a row
 *
 * Returns: (transfer none): its file, as whoever makes small pictures wants it; another one once
 *   the file was found elsewhere
 */
ImpSourceItem *
imp_teaching_item_get_source (ImpTeachingItem *self)
{
  const ImpCurationItem *picture = imp_teaching_item_get_picture (self);

  if (self->source == NULL
      || g_strcmp0 (g_file_peek_path (imp_source_item_get_file (self->source)), picture->path) != 0)
    {
      g_clear_object (&self->source);
      self->source = imp_source_item_new_again (picture->path, picture->entry);
    }
  return self->source;
}

/**
 * imp_teaching_item_set_unreadable:
 * @self: a row
 * @problem: why its small picture cannot be made, in a sentence that names nobody
 */
void
imp_teaching_item_set_unreadable (ImpTeachingItem *self, const char *problem)
{
  g_free (self->unreadable);
  self->unreadable = g_strdup (problem);
  imp_teaching_item_tell (self);
}

/**
 * imp_teaching_item_is:
 * @self: a row
 * @kind: which pictures are wanted
 *
 * Returns: whether it is one of them
 */
gboolean
imp_teaching_item_is (ImpTeachingItem *self, ImpTeachingKind kind)
{
  const guint state = IMP_CURATION_ONLY (imp_teaching_item_get_picture (self)->state);

  switch (kind)
    {
    case IMP_TEACHING_TO_DO:
      return (state & IMP_CURATION_UNFINISHED) != 0;
    case IMP_TEACHING_CLEARED:
      return (state
              & (IMP_CURATION_ONLY (IMP_CURATION_CLEARED)
                 | IMP_CURATION_ONLY (IMP_CURATION_EXPORTED)))
             != 0;
    case IMP_TEACHING_ASIDE:
      return state == IMP_CURATION_ONLY (IMP_CURATION_SET_ASIDE);
    case IMP_TEACHING_PROBLEMS:
      return imp_teaching_item_get_problem (self) != NULL;
    case IMP_TEACHING_ALL:
    default:
      return TRUE;
    }
}

/**
 * imp_teaching_item_set_finding:
 * @self: a row
 * @finding: what became of its file
 */
void
imp_teaching_item_set_finding (ImpTeachingItem *self, ImpCurationFinding finding)
{
  self->finding = imp_teaching_words_finding (finding);
  imp_teaching_item_tell (self);
}

/**
 * imp_teaching_item_tell:
 * @self: a row
 *
 * Tells who shows it that it is not as it was.
 */
void
imp_teaching_item_tell (ImpTeachingItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}
