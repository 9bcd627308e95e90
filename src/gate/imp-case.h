/* One request under judgement: its pixels as they would leave, the facts of the register, the
 * verdict and the digest. Private to the gate. */
#pragma once

#include "gate.h"
#include "imp-flat-image.h"
#include "imp-policy.h"
#include "imp-suggestion.h"

G_BEGIN_DECLS

typedef struct _ImpApproval ImpApproval; /* imp-approval.h */

/**
 * ImpCase:
 * @request: the gate's own copy
 * @rendering: the frame as shown, before any box
 * @voi: how its grey levels were chosen: imp_case_describe_voi()
 * @filled: boxes as they must be filled (leaks.md row 14)
 * @answers: the answers with what file, register and site already know
 * @permission: (nullable): the permission that the verdict rests on
 * @people: (element-type ImpPerson): whom the request or the file names; each once more for every
 *   other number and name
 * @person_ref: the person's random id, "unknown", or %NULL where nobody said
 * @approval: (nullable): the second person's decision that the verdict rests on
 * @unheard: no second person's decision is heard, to see what one is asked for
 * @supposed: (nullable): borrowed: a decision that is taken to be there, to see what it would do
 * @decision: what was known and answered, for the ledger: imp_decision_write()
 * @left: (nullable): what was seen in the output, where it is in the full frame; %NULL where nobody
 *   looked
 * @output_sha256: (nullable): which output that was
 * @reasons: everything that stands in the way, of the pack and of the gate's own floor
 */
typedef struct
{
  ImpRequest *request;
  ImpPack *pack;
  ImpRaster *rendering;
  char *rendering_sha256;
  char *voi;
  GArray *filled;
  gboolean has_crop;
  ImpRect crop;

  GHashTable *answers;
  ImpPermission *permission;
  GPtrArray *people;
  char *person_ref;
  ImpVerdict *verdict;
  ImpApproval *approval;
  gboolean unheard;
  const ImpApproval *supposed;
  GPtrArray *reasons;
  char *decision;
  char *digest;
  GPtrArray *left; /* nullable: ImpSuggestion, of the output: imp_case_look_again() */
  char *output_sha256;
} ImpCase;

ImpCase *imp_case_new (ImpGate *gate, ImpRequest *request, GError **error);
ImpFlatImage *imp_case_flatten (const ImpCase *self, GError **error);
gboolean imp_case_judge (ImpCase *self, ImpGate *gate, GError **error);
gboolean imp_case_look_again (ImpCase *self, ImpRaster *output, GCancellable *cancellable,
                              GError **error);
gboolean imp_case_is_acknowledged (const ImpCase *self, const ImpSuggestion *left);
gboolean imp_case_is_public (const ImpCase *self);
void imp_case_refuse (ImpCase *self, const char *rule, const char *reason, const char *lift);
char *imp_case_known_answer (ImpGate *gate, ImpRequest *request, const ImpPerson *person,
                             const char *key, char **source, GError **error);
gboolean imp_case_check_frame (const ImpCase *self, GError **error);
char **imp_case_list_overlays (const ImpCase *self, gboolean drawn);
char *imp_case_describe_voi (const ImpRequest *request, const ImpWindow *measured);
const char *imp_case_get_margin (const ImpCase *self, int *pixels);
gboolean imp_case_is_lossless_claimed (const ImpCase *self);
gboolean imp_case_is_shades_shared (const ImpCase *self);
char *imp_case_digest (const ImpCase *self, const char *known);
gboolean imp_case_look_up_places (ImpGate *gate, char ***places, GError **error);
gboolean imp_case_check_words (ImpCase *self, ImpGate *gate, GError **error);
gboolean imp_case_check_file_name (ImpCase *self, ImpGate *gate, const char *name, GError **error);
gboolean imp_case_check_approval (ImpCase *self, ImpGate *gate, GError **error);
void imp_case_free (ImpCase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpCase, imp_case_free)

G_END_DECLS
