#include "imp-attachment.h"

G_DEFINE_BOXED_TYPE (ImpAttachment, imp_attachment, imp_attachment_copy, imp_attachment_free)

/**
 * imp_attachment_new:
 *
 * Returns: (transfer full): an empty attachment
 */
ImpAttachment *
imp_attachment_new (void)
{
  return g_new0 (ImpAttachment, 1);
}

/**
 * imp_attachment_copy:
 * @attachment: an attachment
 *
 * Returns: (transfer full): a copy
 */
ImpAttachment *
imp_attachment_copy (const ImpAttachment *attachment)
{
  ImpAttachment *copy = imp_attachment_new ();

  *copy = *attachment;
  copy->id = g_strdup (attachment->id);
  copy->permission_id = g_strdup (attachment->permission_id);
  copy->kind = g_strdup (attachment->kind);
  copy->media_type = g_strdup (attachment->media_type);
  copy->sha256 = g_strdup (attachment->sha256);
  copy->title = g_strdup (attachment->title);
  copy->created = g_strdup (attachment->created);
  return copy;
}

/**
 * imp_attachment_free:
 * @attachment: (transfer full) (nullable): an attachment
 */
void
imp_attachment_free (ImpAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->id);
  g_free (attachment->permission_id);
  g_free (attachment->kind);
  g_free (attachment->media_type);
  g_free (attachment->sha256);
  g_free (attachment->title);
  g_free (attachment->created);
  g_free (attachment);
}
