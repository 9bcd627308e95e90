/* The fields of a request, for the gate's own files. */
#pragma once

#include "imp-request.h"

G_BEGIN_DECLS

struct _ImpRequest
{
  GObject parent_instance;

  /* Owned references */
  ImpSource *source;
  ImpFrame *frame;
  GArray *boxes;             /* ImpRect, as drawn */
  GArray *accepted;          /* ImpRect: those of the boxes that were suggested */
  GArray *acknowledged;      /* ImpRect: what may be seen in the output nevertheless */
  char *acknowledged_output; /* nullable: the hash of the output that they were seen in */
  GHashTable *answers;       /* char* -> char* */
  GFile *target;             /* nullable */
  char *route;
  char *destination;
  char *person_id;     /* NULL: not said; "": not known */
  char *permission_id; /* nullable */
  char *caption;       /* nullable */
  char *alt;           /* nullable: alternative text */
  char *approved_digest;

  /* Plain values */
  guint frame_number;
  ImpOrigin origin;
  gboolean has_window;
  ImpWindow window;
  gboolean has_crop;
  ImpRect crop;
  gboolean looked_at;
  int seen_share; /* percent; -1: nobody knows */
  gboolean jpeg;
};

G_END_DECLS
