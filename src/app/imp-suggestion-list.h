/* What may identify on the picture of the desk: looked for in the background, decided by a person.
 *
 * Owns: the suggestions of each frame, what was decided about their places, and what is looked at
 * when.  May include: screen, ImpPicture.
 * Must never: cover anything by itself, or be logged: it holds what was read. */
#pragma once

#include "imp-person.h"
#include "imp-picture.h"
#include "imp-suggestion-item.h"

G_BEGIN_DECLS

/**
 * ImpSuggestionState:
 * @IMP_SUGGESTIONS_BUSY: the shown frame is being looked at, or waits for it
 * @IMP_SUGGESTIONS_DONE: it was looked at; that nothing was found proves nothing
 * @IMP_SUGGESTIONS_FAILED: it could not be looked at
 * @IMP_SUGGESTIONS_CANCELLED: somebody stopped it
 */
typedef enum
{
  IMP_SUGGESTIONS_BUSY,
  IMP_SUGGESTIONS_DONE,
  IMP_SUGGESTIONS_FAILED,
  IMP_SUGGESTIONS_CANCELLED,
} ImpSuggestionState;

/**
 * ImpSuggestionKind:
 * @IMP_SUGGESTED: nobody has decided about it, and it is not covered
 * @IMP_SUGGESTED_KEPT: better left as it is, and not covered
 * @IMP_SUGGESTED_REJECTED: a person has left it as it is
 */
typedef enum
{
  IMP_SUGGESTED,
  IMP_SUGGESTED_KEPT,
  IMP_SUGGESTED_REJECTED,
} ImpSuggestionKind;

#define IMP_TYPE_SUGGESTION_LIST (imp_suggestion_list_get_type ())
G_DECLARE_FINAL_TYPE (ImpSuggestionList, imp_suggestion_list, IMP, SUGGESTION_LIST, GObject)

/* Signal: "changed" after anything that the functions below say has changed. */
ImpSuggestionList *imp_suggestion_list_new (ImpPicture *picture);
ImpPicture *imp_suggestion_list_get_picture (ImpSuggestionList *self); /* transfer none */
void imp_suggestion_list_set_person (ImpSuggestionList *self, const ImpPerson *person);
void imp_suggestion_list_set_remembered (ImpSuggestionList *self, GPtrArray *remembered);
void imp_suggestion_list_look (ImpSuggestionList *self);
void imp_suggestion_list_cancel (ImpSuggestionList *self);
ImpSuggestionState imp_suggestion_list_get_state (ImpSuggestionList *self);
const char *imp_suggestion_list_get_problem (ImpSuggestionList *self); /* nullable */
gboolean imp_suggestion_list_lacks_faces (ImpSuggestionList *self);
gboolean imp_suggestion_list_get_progress (ImpSuggestionList *self, guint *n_done, guint *n_all);
GPtrArray *imp_suggestion_list_get (ImpSuggestionList *self, ImpSuggestionKind kind);
guint imp_suggestion_list_find_frame (ImpSuggestionList *self, int direction);
guint imp_suggestion_list_count_other_frames (ImpSuggestionList *self);
const ImpSuggestion *imp_suggestion_list_find (ImpSuggestionList *self, guint id);
void imp_suggestion_list_accept (ImpSuggestionList *self, guint id);
void imp_suggestion_list_reject (ImpSuggestionList *self, guint id, gboolean reject);
void imp_suggestion_list_accept_all (ImpSuggestionList *self);
void imp_suggestion_list_reject_all (ImpSuggestionList *self);

G_END_DECLS
