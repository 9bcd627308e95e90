#include <glib/gi18n.h>
#include <string.h>

#include "imp-form-private.h"

/* policy.md 2.2: one row, one tick. */
static const ImpFormLevel LEVELS[] = {
  { "record-only", N_ ("My health record"),
    N_ ("The pictures are kept with my health record, for my care. They are shown to nobody else."),
    NULL },
  { "teaching-closed", N_ ("Teaching that is not public"),
    N_ ("Staff and students may see them in meetings, lectures and teaching files that only they "
        "can open."),
    NULL },
  { "publication-named", N_ ("One publication, named here"),
    N_ ("The pictures may appear in this article, book or poster, and nowhere else."),
    N_ ("Which one") },
  { "publication-open-web", N_ ("Publication that anybody can read"),
    N_ ("The pictures may appear in journals, books and teaching websites that are open to all. "
        "They can be found and copied for years."),
    NULL },
  { "social-media", N_ ("Social media: one platform, named here"),
    N_ ("Anybody may see the pictures, keep them and pass them on: patients, families, colleagues "
        "and employers. This cannot be taken back."),
    N_ ("Which platform") },
  { "research-study", N_ ("One research study, named here"),
    N_ ("The pictures may be used in this study, which an ethics committee has looked at."),
    N_ ("Which study") },
  { "research-area", N_ ("Research in one area, named here"),
    N_ ("The pictures may be used in studies of this kind, each looked at by an ethics committee."),
    N_ ("Which area") },
};

/**
 * _imp_form_levels:
 * @n_levels: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_levels): every level in the words of the form
 */
const ImpFormLevel *
_imp_form_levels (gsize *n_levels)
{
  *n_levels = G_N_ELEMENTS (LEVELS);
  return LEVELS;
}

/**
 * imp_form_level_name:
 * @level: a level of permission
 *
 * Returns: (transfer none): what the form calls it
 */
const char *
imp_form_level_name (const char *level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LEVELS); i++)
    if (g_strcmp0 (LEVELS[i].level, level) == 0)
      return strcmp (level, "publication-named") == 0 ? _ ("One named publication")
             : strcmp (level, "social-media") == 0    ? _ ("Social media, one named platform")
             : strcmp (level, "research-study") == 0  ? _ ("One named research study")
             : strcmp (level, "research-area") == 0   ? _ ("Research in one named area")
                                                      : _ (LEVELS[i].name);
  return level;
}

/**
 * imp_form_state_name:
 * @state: a state of a permission
 *
 * Returns: (transfer none): what patient and staff are told of it
 */
const char *
imp_form_state_name (ImpPermissionState state)
{
  switch (state)
    {
    case IMP_PERMISSION_DRAFT:
      return _ ("Being prepared: nothing is agreed yet");
    case IMP_PERMISSION_OFFERED:
      return _ ("Asked for, not answered yet");
    case IMP_PERMISSION_ACTIVE:
      return _ ("Given, and in force");
    case IMP_PERMISSION_REVIEW_DUE:
      return _ ("Given, and in force; it is time to ask again");
    case IMP_PERMISSION_SUSPENDED:
      return _ ("On hold: nothing new is shown until the person was asked");
    case IMP_PERMISSION_REFUSED:
      return _ ("The answer was no");
    case IMP_PERMISSION_EXPIRED:
      return _ ("Ended: its time is over");
    case IMP_PERMISSION_WITHDRAWN:
      return _ ("Taken back");
    case IMP_PERMISSION_SUPERSEDED:
      return _ ("Replaced by a newer one");
    case IMP_PERMISSION_ENTERED_IN_ERROR:
    default:
      return _ ("Recorded by mistake: it counts for nothing");
    }
}

/**
 * _imp_form_giver_name:
 * @giver: (nullable): who gave a permission
 *
 * Returns: (transfer none) (nullable): in words
 */
const char *
_imp_form_giver_name (const char *giver)
{
  static const char *const NAMES[][2] = {
    { "patient", N_ ("The patient") },
    { "competent-under-16", N_ ("The patient, under 16 and able to decide") },
    { "parental-responsibility", N_ ("Somebody with parental responsibility") },
    { "attorney-or-deputy", N_ ("An attorney or deputy") },
    { "personal-representative", N_ ("The personal representative") },
    { "relative", N_ ("A relative") },
    { "none", N_ ("Nobody") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (NAMES[i][0], giver) == 0)
      return _ (NAMES[i][1]);
  return giver;
}

/**
 * _imp_form_evidence_name:
 * @evidence: (nullable): how a permission is proven
 *
 * Returns: (transfer none) (nullable): in words
 */
const char *
_imp_form_evidence_name (const char *evidence)
{
  static const char *const NAMES[][2] = {
    { "signed-paper", N_ ("A signed form on paper") },
    { "on-screen-signature", N_ ("A signature on the screen") },
    { "verbal-with-witness", N_ ("Said in words, with a witness") },
    { "letter", N_ ("A letter or e-mail") },
    { "journal-form", N_ ("The form of a journal") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (NAMES[i][0], evidence) == 0)
      return _ (NAMES[i][1]);
  return evidence;
}

/**
 * imp_form_destination_name:
 * @destination: (nullable): where a picture went
 *
 * Returns: (transfer none) (nullable): in words
 */
const char *
imp_form_destination_name (const char *destination)
{
  static const char *const NAMES[][2] = {
    { "internal-meeting", N_ ("A meeting inside the organisation") },
    { "teaching-file", N_ ("A teaching file") },
    { "publication", N_ ("A publication") },
    { "research", N_ ("Research") },
    { "social-media", N_ ("Social media") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (NAMES[i][0], destination) == 0)
      return _ (NAMES[i][1]);
  return destination;
}

/**
 * imp_form_task_name:
 * @reason: (nullable): why a picture is to be taken down
 *
 * Returns: (transfer none) (nullable): in words
 */
const char *
imp_form_task_name (const char *reason)
{
  static const char *const NAMES[][2] = {
    { "withdrawn", N_ ("the permission was taken back") },
    { "refused", N_ ("the permission was refused") },
    { "objection", N_ ("any use was refused") },
    { "entered-in-error", N_ ("the permission was recorded by mistake") },
    { "erasure", N_ ("the record was to be erased") },
    { "other", N_ ("somebody asked for it") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_strcmp0 (NAMES[i][0], reason) == 0)
      return _ (NAMES[i][1]);
  return reason;
}
