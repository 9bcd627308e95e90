/* What another policy pack would have said of exports that were made: a report, which changes
 * nothing. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define IMP_TYPE_WHAT_IF (imp_what_if_get_type ())

/**
 * ImpWhatIf:
 * @export_id: the export's random id
 * @at: when it was made, UTC
 * @route: (nullable): "consent" or "anonymised"
 * @destination: (nullable): where it went
 * @pack: (nullable): id, version and hash of the pack that it was decided by
 * @then: (nullable): "allow", "confirm" or "second-person": what was decided
 * @now: "allow", "confirm", "second-person" or "refuse": what the other pack asks for; or "unknown"
 *   where the ledger does not hold enough of it to judge again
 * @stricter: whether it would not have left by the other pack on what was done for it
 * @rules: rows that matched now
 * @refused_by: what refuses, or asks for more, now
 */
typedef struct
{
  char *export_id;
  char *at;
  char *route;
  char *destination;
  char *pack;
  char *then;
  char *now;
  gboolean stricter;
  char **rules;
  char **refused_by;
} ImpWhatIf;

GType imp_what_if_get_type (void);
ImpWhatIf *imp_what_if_copy (const ImpWhatIf *what_if);
void imp_what_if_free (ImpWhatIf *what_if);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpWhatIf, imp_what_if_free)

G_END_DECLS
