/* What the files of the wizard's session share: imp-wizard-session.c (the gate, person, answers),
 * imp-wizard-session-said.c (destination, route, words and the like), imp-wizard-session-seats.c
 * (what each user has said). */
#pragma once

#include "imp-answers.h"
#include "imp-rehearser.h"
#include "imp-wizard-session.h"

G_BEGIN_DECLS

struct _ImpWizardSession
{
  GObject parent_instance;

  /* Owned references */
  ImpGate *gate;
  ImpPicture *picture;
  ImpPerson *person; /* nullable */
  char *person_id;   /* NULL: not said; "": not known */
  char *destination;
  char *route;
  char *permission_id;
  char *caption;
  char *approved;
  ImpAnswers *answers;
  GArray *acknowledged;      /* ImpRect: what was seen in the output and may stay */
  char *acknowledged_output; /* nullable: in which output */
  char *seat;                /* nullable: whose all that is: imp_wizard_session_name_seat() */
  GHashTable *seats;         /* what others have said about this picture, by seat */
  GPtrArray *questions;      /* ImpQuestion, of what is chosen so far */
  GStrv needed;              /* keys that the gate last asked for, kept while it is asked again */
  ImpRehearser *rehearser;
  GError *error; /* the pack does not say what to ask */

  gulong pixels_handler;
  gulong looked_at_handler;
  gulong seen_handler;
  gboolean all_seen; /* of what leaves, when the gate was asked last */
  gboolean jpeg;
};

void imp_wizard_session_update_questions (ImpWizardSession *self);
GHashTable *imp_wizard_session_new_seats (void);
void imp_wizard_session_change_seat (ImpWizardSession *self, char *seat);
GArray *imp_wizard_session_new_acknowledged (void);
void imp_wizard_session_forget_acknowledged (ImpWizardSession *self);
void imp_wizard_session_forget_pixels (ImpWizardSession *self);
gboolean imp_wizard_session_has_other_answers (ImpWizardSession *self);

G_END_DECLS
