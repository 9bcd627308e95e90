#include "imp-suggestion.h"

G_DEFINE_BOXED_TYPE (ImpSuggestion, imp_suggestion, imp_suggestion_copy, imp_suggestion_free)

static const char *const WHYS[] = {
  [IMP_WHY_HEADER] = "header-value",
  [IMP_WHY_PERSON] = "person",
  [IMP_WHY_DATE] = "date",
  [IMP_WHY_NUMBER] = "number",
  [IMP_WHY_NAME] = "name",
  [IMP_WHY_CODE] = "code",
  [IMP_WHY_FACE] = "face",
  [IMP_WHY_DEVICE] = "device-rule",
  [IMP_WHY_TEMPLATE] = "template",
  [IMP_WHY_OUTSIDE] = "outside-ultrasound-region",
  [IMP_WHY_STRIP] = "top-strip",
  [IMP_WHY_OVERLAY] = "overlay",
  [IMP_WHY_TEXT] = "text",
  [IMP_WHY_UNREAD] = "unread-text",
  [IMP_WHY_DECLARED] = "burned-in-annotation",
};

static const char *const KEEPS[] = {
  [IMP_KEEP_NO] = NULL,
  [IMP_KEEP_LATERALITY] = "laterality",
  [IMP_KEEP_MEASUREMENT] = "measurement",
  [IMP_KEEP_SCALE] = "scale",
  [IMP_KEEP_VIEW] = "view-name",
  [IMP_KEEP_TECHNIQUE] = "technique",
};

static void
free_reason (gpointer data)
{
  ImpSuggestionReason *reason = data;

  g_free (reason->detail);
  g_free (reason);
}

/**
 * imp_suggestion_new:
 * @frame: the frame it is on, from 0
 * @rect: where, in the full frame in display orientation
 *
 * Returns: (transfer full): a suggestion that has no reason yet
 */
ImpSuggestion *
imp_suggestion_new (guint frame, const ImpRect *rect)
{
  ImpSuggestion *self = g_new0 (ImpSuggestion, 1);

  self->frame = frame;
  self->rect = *rect;
  self->reasons = g_ptr_array_new_with_free_func (free_reason);
  return self;
}

/**
 * imp_suggestion_add_reason:
 * @suggestion: a suggestion
 * @why: a reason
 * @detail: (nullable): what it is about, as #ImpWhy says
 *
 * Adds a reason where it belongs, unless it is there already.
 */
void
imp_suggestion_add_reason (ImpSuggestion *suggestion, ImpWhy why, const char *detail)
{
  ImpSuggestionReason *reason = NULL;
  guint at = 0;

  for (; at < suggestion->reasons->len; at++)
    {
      const ImpSuggestionReason *there = g_ptr_array_index (suggestion->reasons, at);

      if (there->why == why && g_strcmp0 (there->detail, detail) == 0)
        return;
      if (there->why > why)
        break;
    }
  reason = g_new0 (ImpSuggestionReason, 1);
  reason->why = why;
  reason->detail = g_strdup (detail);
  g_ptr_array_insert (suggestion->reasons, (int)at, reason);
}

/**
 * imp_suggestion_has_reason:
 * @suggestion: a suggestion
 * @why: a reason
 *
 * Returns: whether it is one of @suggestion's, whatever its detail
 */
gboolean
imp_suggestion_has_reason (const ImpSuggestion *suggestion, ImpWhy why)
{
  for (guint i = 0; i < suggestion->reasons->len; i++)
    if (((const ImpSuggestionReason *)g_ptr_array_index (suggestion->reasons, i))->why == why)
      return TRUE;
  return FALSE;
}

/**
 * imp_suggestion_equal:
 * @a: a suggestion
 * @b: another one
 *
 * Returns: whether they say the same
 */
gboolean
imp_suggestion_equal (const ImpSuggestion *a, const ImpSuggestion *b)
{
  if (a->frame != b->frame || !imp_rect_equal (&a->rect, &b->rect)
      || g_strcmp0 (a->text, b->text) != 0 || a->confidence != b->confidence || a->keep != b->keep
      || a->firm != b->firm || a->reasons->len != b->reasons->len)
    return FALSE;
  for (guint i = 0; i < a->reasons->len; i++)
    {
      const ImpSuggestionReason *one = g_ptr_array_index (a->reasons, i);
      const ImpSuggestionReason *other = g_ptr_array_index (b->reasons, i);

      if (one->why != other->why || g_strcmp0 (one->detail, other->detail) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * imp_suggestion_copy:
 * @suggestion: a suggestion
 *
 * Returns: (transfer full): the same again
 */
ImpSuggestion *
imp_suggestion_copy (const ImpSuggestion *suggestion)
{
  ImpSuggestion *copy = imp_suggestion_new (suggestion->frame, &suggestion->rect);

  for (guint i = 0; i < suggestion->reasons->len; i++)
    {
      const ImpSuggestionReason *reason = g_ptr_array_index (suggestion->reasons, i);

      imp_suggestion_add_reason (copy, reason->why, reason->detail);
    }
  copy->text = g_strdup (suggestion->text);
  copy->confidence = suggestion->confidence;
  copy->keep = suggestion->keep;
  copy->firm = suggestion->firm;
  return copy;
}

/**
 * imp_suggestion_free:
 * @suggestion: (transfer full) (nullable): a suggestion
 */
void
imp_suggestion_free (ImpSuggestion *suggestion)
{
  if (suggestion == NULL)
    return;
  g_ptr_array_unref (suggestion->reasons);
  g_free (suggestion->text);
  g_free (suggestion);
}

/**
 * imp_why_to_text:
 * @why: a reason
 *
 * Returns: (transfer none): its word: "header-value", "date", …
 */
const char *
imp_why_to_text (ImpWhy why)
{
  return WHYS[why];
}

/**
 * imp_keep_to_text:
 * @keep: why a region is better left
 *
 * Returns: (transfer none) (nullable): its word: "laterality", "measurement", …; %NULL for
 *   %IMP_KEEP_NO
 */
const char *
imp_keep_to_text (ImpKeep keep)
{
  return KEEPS[keep];
}
