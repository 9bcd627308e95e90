/* One case of the teaching file, and its pictures: plain values, no pixels. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ImpTeachingText:
 *
 * The texts of a case, in the order in which they are read.
 */
typedef enum
{
  IMP_TEACHING_TITLE,
  IMP_TEACHING_FINDINGS,
  IMP_TEACHING_DIAGNOSIS,
  IMP_TEACHING_POINTS,
  IMP_TEACHING_QUESTION,
  IMP_TEACHING_ANSWER,
  IMP_TEACHING_TAGS,
  IMP_TEACHING_SOURCES,
  IMP_TEACHING_N_TEXTS,
} ImpTeachingText;

/**
 * ImpTeachingImage:
 * @id: of its row
 * @item_id: the picture of a session; 0 where that session is gone
 * @caption: what stands below it
 * @alt: what is said to who does not see it
 * @person_id: (nullable): whose it was when it last left
 * @permission_id: (nullable): what it then rested on
 * @export_id: (nullable): the ledger's, of that
 */
typedef struct
{
  gint64 id;
  gint64 item_id;
  char *caption;
  char *alt;
  char *person_id;
  char *permission_id;
  char *export_id;
} ImpTeachingImage;

#define IMP_TYPE_TEACHING_CASE (imp_teaching_case_get_type ())

/**
 * ImpTeachingCase:
 * @id: of its row; 0 for a new one
 * @number: (nullable): "TF-0001": allotted once
 * @session: (nullable): the one that it was begun in
 * @modality: (nullable): of imp_teaching_modalities()
 * @body_part: (nullable): of imp_teaching_body_parts()
 * @texts: each nullable for none
 * @created: (nullable): UTC
 * @changed: (nullable): UTC
 * @images: (element-type ImpTeachingImage): in their order
 */
typedef struct
{
  gint64 id;
  char *number;
  char *session;
  char *modality;
  char *body_part;
  char *texts[IMP_TEACHING_N_TEXTS];
  char *created;
  char *changed;
  GPtrArray *images;
} ImpTeachingCase;

GType imp_teaching_case_get_type (void);
ImpTeachingCase *imp_teaching_case_new (void);
ImpTeachingCase *imp_teaching_case_copy (const ImpTeachingCase *teaching);
void imp_teaching_case_free (ImpTeachingCase *teaching);
void imp_teaching_image_free (ImpTeachingImage *image);
const char *imp_teaching_text_get_key (ImpTeachingText text);  /* "title", "teaching_points", … */
const char *imp_teaching_text_get_name (ImpTeachingText text); /* for the user: "diagnosis" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpTeachingCase, imp_teaching_case_free)

G_END_DECLS
