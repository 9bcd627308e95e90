/* What a person asks the gate for: one picture, one use. Plain values; never bytes of an output,
 * never a verdict. */
#pragma once

#include "imp-source.h"

G_BEGIN_DECLS

typedef enum
{
  IMP_ORIGIN_APP,    /* a person answered at the desk */
  IMP_ORIGIN_SCRIPT, /* imprimatur-cli: recorded as "answers given by a script, OS user" */
} ImpOrigin;

#define IMP_TYPE_REQUEST (imp_request_get_type ())
G_DECLARE_FINAL_TYPE (ImpRequest, imp_request, IMP, REQUEST, GObject)

ImpRequest *imp_request_new (ImpSource *source, guint frame_number, ImpFrame *frame,
                             ImpOrigin origin);
ImpRequest *imp_request_copy (ImpRequest *self); /* transfer full: what the gate works on */

void imp_request_set_window (ImpRequest *self, const ImpWindow *window); /* nullable: default */
void imp_request_set_boxes (ImpRequest *self, const ImpRect *boxes, gsize n_boxes); /* as drawn */
void imp_request_set_accepted (ImpRequest *self, const ImpRect *boxes,
                               gsize n_boxes); /* those of the boxes that were suggested */
void imp_request_set_acknowledged (ImpRequest *self, const char *output_sha256,
                                   const ImpRect *regions, gsize n_regions);
void imp_request_set_crop (ImpRequest *self, const ImpRect *crop); /* nullable */
void imp_request_set_route (ImpRequest *self, const char *route);  /* "consent" "anonymised" */
void imp_request_set_destination (ImpRequest *self, const char *destination);
void imp_request_set_person (ImpRequest *self, const char *person_id); /* "" = not known;
                                                                 NULL = not said: refused */
void imp_request_set_permission (ImpRequest *self,
                                 const char *permission_id); /* nullable: the gate
                                     takes the person's best that covers the use */
void imp_request_set_answer (ImpRequest *self, const char *key,
                             const char *value); /* NULL clears */
const char *imp_request_get_answer (ImpRequest *self, const char *key);
void imp_request_set_looked_at (ImpRequest *self, gboolean looked_at); /* this frame was shown */
void imp_request_set_seen_share (ImpRequest *self, int percent);    /* -1: nobody knows (default) */
void imp_request_set_words (ImpRequest *self, const char *caption); /* nullable */
void imp_request_set_alt (ImpRequest *self, const char *alt);       /* nullable */
void imp_request_set_jpeg (ImpRequest *self, gboolean jpeg);        /* default PNG */
void imp_request_set_target (ImpRequest *self, GFile *target);      /* nullable to rehearse */
void imp_request_set_approved_digest (ImpRequest *self, const char *digest); /* nullable: what the
                                               person saw in the rehearsal and approved (APP) */

G_END_DECLS
