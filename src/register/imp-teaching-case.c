#include "imp-teaching-case.h"

#include <glib/gi18n.h>

G_DEFINE_BOXED_TYPE (ImpTeachingCase, imp_teaching_case, imp_teaching_case_copy,
                     imp_teaching_case_free)

static const struct
{
  const char *key; /* as the register's column */
  const char *name;
} TEXTS[IMP_TEACHING_N_TEXTS] = {
  { "title", N_ ("title") },         { "findings", N_ ("findings") },
  { "diagnosis", N_ ("diagnosis") }, { "teaching_points", N_ ("teaching points") },
  { "question", N_ ("question") },   { "answer", N_ ("answer") },
  { "tags", N_ ("tags") },           { "sources", N_ ("sources") },
};

/**
 * imp_teaching_case_new:
 *
 * Returns: (transfer full): a case without anything
 */
ImpTeachingCase *
imp_teaching_case_new (void)
{
  ImpTeachingCase *teaching = g_new0 (ImpTeachingCase, 1);

  teaching->images = g_ptr_array_new_with_free_func ((GDestroyNotify)imp_teaching_image_free);
  return teaching;
}

static gpointer
copy_image (gconstpointer data, gpointer user_data)
{
  const ImpTeachingImage *image = data;
  ImpTeachingImage *copy = g_memdup2 (image, sizeof *image);

  copy->caption = g_strdup (image->caption);
  copy->alt = g_strdup (image->alt);
  copy->person_id = g_strdup (image->person_id);
  copy->permission_id = g_strdup (image->permission_id);
  copy->export_id = g_strdup (image->export_id);
  return copy;
}

/**
 * imp_teaching_case_copy:
 * @teaching: a case
 *
 * Returns: (transfer full): a copy
 */
ImpTeachingCase *
imp_teaching_case_copy (const ImpTeachingCase *teaching)
{
  ImpTeachingCase *copy = g_memdup2 (teaching, sizeof *teaching);

  copy->number = g_strdup (teaching->number);
  copy->session = g_strdup (teaching->session);
  copy->modality = g_strdup (teaching->modality);
  copy->body_part = g_strdup (teaching->body_part);
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    copy->texts[i] = g_strdup (teaching->texts[i]);
  copy->created = g_strdup (teaching->created);
  copy->changed = g_strdup (teaching->changed);
  copy->images = g_ptr_array_copy (teaching->images, (GCopyFunc)copy_image, NULL);
  g_ptr_array_set_free_func (copy->images, (GDestroyNotify)imp_teaching_image_free);
  return copy;
}

/**
 * imp_teaching_case_free:
 * @teaching: (transfer full) (nullable): a case
 */
void
imp_teaching_case_free (ImpTeachingCase *teaching)
{
  if (teaching == NULL)
    return;
  g_free (teaching->number);
  g_free (teaching->session);
  g_free (teaching->modality);
  g_free (teaching->body_part);
  for (guint i = 0; i < IMP_TEACHING_N_TEXTS; i++)
    g_free (teaching->texts[i]);
  g_free (teaching->created);
  g_free (teaching->changed);
  g_ptr_array_unref (teaching->images);
  g_free (teaching);
}

/**
 * imp_teaching_image_free:
 * @image: (transfer full) (nullable): a picture of a case
 */
void
imp_teaching_image_free (ImpTeachingImage *image)
{
  if (image == NULL)
    return;
  g_free (image->caption);
  g_free (image->alt);
  g_free (image->person_id);
  g_free (image->permission_id);
  g_free (image->export_id);
  g_free (image);
}

/**
 * imp_teaching_text_get_key:
 * @text: one of a case's texts
 *
 * Returns: (transfer none): what scripts call it
 */
const char *
imp_teaching_text_get_key (ImpTeachingText text)
{
  return TEXTS[text].key;
}

/**
 * imp_teaching_text_get_name:
 * @text: one of a case's texts
 *
 * Returns: (transfer none): what the user calls it, as part of a sentence
 */
const char *
imp_teaching_text_get_name (ImpTeachingText text)
{
  return _ (TEXTS[text].name);
}
