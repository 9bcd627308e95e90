#include "imp-teaching-item.h"

#include <glib/gi18n.h>

#include "imp-teaching-words.h"

struct _ImpTeachingItem
{
  GObject parent_instance;

  ImpCuration *curation; /* owned */
  guint index;
  const char *finding; /* nullable: a sentence of the program */
};

G_DEFINE_FINAL_TYPE (ImpTeachingItem, imp_teaching_item, G_TYPE_OBJECT)

static guint changed_signal;

static void
imp_teaching_item_finalize (GObject *object)
{
  g_clear_object (&IMP_TEACHING_ITEM (object)->curation);
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
  /* What was listed has a size: this file could not be, and was set aside for that. */
  if (picture->state == IMP_CURATION_SET_ASIDE)
    return picture->rows == 0 && picture->sha256 == NULL ? picture->reason : NULL;
  if (standing != NULL
      && (standing->kind == IMP_STANDING_REFUSED || standing->kind == IMP_STANDING_UNCLEAR))
    return standing->reason;
  return NULL;
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
