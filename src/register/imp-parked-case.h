/* One release that waits for a second person, or waited: plain values. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_PARKED_CASE (imp_parked_case_get_type ())

/**
 * ImpParkedCase:
 * @id: random
 * @digest: of the release; a decision is about exactly this
 * @source_sha256: of the file that the picture comes from
 * @person_id: (nullable): whose picture it is, where that is known
 * @request: (nullable): what is asked for, as JSON; %NULL once erased
 * @reason: (nullable): why, in the asker's words; %NULL once erased
 * @rules: what asks for a second person: "row-18 row-14"
 * @authority: (nullable): which the second person needs: "guardian"
 * @parked_by: a user's id
 * @parked: UTC
 * @state: "waiting", "approved", "declined" or "taken-back"
 * @decided_by: (nullable): a user's id
 * @decided: (nullable): UTC
 * @words: (nullable): what the second person said
 */
typedef struct
{
  char *id;
  char *digest;
  char *source_sha256;
  char *person_id;
  char *request;
  char *reason;
  char *rules;
  char *authority;
  char *parked_by;
  char *parked;
  char *state;
  char *decided_by;
  char *decided;
  char *words;
} ImpParkedCase;

GType imp_parked_case_get_type (void);
ImpParkedCase *imp_parked_case_new (void);
ImpParkedCase *imp_parked_case_copy (const ImpParkedCase *parked);
void imp_parked_case_free (ImpParkedCase *parked);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpParkedCase, imp_parked_case_free)

G_END_DECLS
