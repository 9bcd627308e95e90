/* What the parts of a session share. */
#pragma once

#include "imp-curation.h"
#include "imp-register-curation.h"

G_BEGIN_DECLS

/* All that the register has of a session. */
typedef struct
{
  ImpCurationRecord *record; /* owned, as all of these */
  GPtrArray *items;          /* ImpCurationItem */
  GPtrArray *patients;       /* ImpCurationPatient */
  GPtrArray *answers;        /* ImpCurationAnswer */
  GPtrArray *templates;      /* ImpScannerTemplate */
  GHashTable *standings;     /* gint64 of a patient → ImpStanding */
  GStrv sources;
} ImpCurationContent;

struct _ImpCuration
{
  GObject parent_instance;

  ImpGate *gate;           /* owned */
  char *id;                /* owned */
  ImpCurationContent *now; /* owned */
  GHashTable *places;      /* owned: gint64 of an item → its index + 1 */
  GThreadPool *pool;       /* owned: one thread, so that gestures are stored in their order */
  GMainContext *context;   /* owned: where it is told of */
};

/**
 * ImpGesture: one thing that a person does, on its way to the register.
 */
typedef struct _ImpGesture ImpGesture;
typedef gboolean (*ImpGestureFunc) (ImpGesture *gesture, GError **error);

struct _ImpGesture
{
  GTask *task;         /* owned: its source is the session */
  ImpGestureFunc func; /* in the worker */
  gboolean reloads;    /* the session is read anew afterwards */

  ImpGate *gate;     /* owned */
  ImpRegister *reg;  /* borrowed from it */
  char *id;          /* owned: of the session */
  char *destination; /* owned */
  char *text;        /* owned, nullable: what else it says */
  gint64 subject;    /* the row of an item or a patient */
  ImpCurationState state;
  char *number;                /* owned, nullable: of the item's patient */
  char *person_id;             /* owned, nullable */
  GPtrArray *items;            /* owned, nullable: ImpCurationItem */
  ImpCurationAnswer *answer;   /* owned, nullable */
  ImpScannerTemplate *scanner; /* owned, nullable */

  gpointer result;            /* nullable: what it gives back */
  GDestroyNotify free_result; /* nullable */
  GArray *marks;              /* owned, nullable: how far all are afterwards */
  ImpCurationContent *loaded; /* owned, nullable */
  GPtrArray *answers;         /* owned, nullable: what was answered, afterwards */
  GError *error;              /* owned, nullable */
};

ImpCurationContent *_imp_curation_load (ImpGate *gate, const char *id, GError **error);
void _imp_curation_take (ImpCuration *self, ImpCurationContent *loaded);
void _imp_curation_content_free (ImpCurationContent *loaded);
ImpGesture *_imp_gesture_new (ImpCuration *self, gpointer tag, ImpGestureFunc func,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
void _imp_gesture_about (ImpGesture *gesture, ImpCuration *self, guint index);
void _imp_gesture_free (ImpGesture *gesture);
void _imp_gesture_start (ImpGesture *gesture);
void _imp_curation_run (gpointer data, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCurationContent, _imp_curation_content_free)

G_END_DECLS
