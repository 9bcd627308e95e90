/* The teaching file: its cases, their pictures in order, and finding them by their words.
 *
 * Owns: the tables teaching_case and teaching_image.  May include: store, core.
 * Must never: hold pixels, or say that a case may leave: the gate judges its words. */
#pragma once

#include "imp-register.h"
#include "imp-teaching-case.h"

G_BEGIN_DECLS

/**
 * ImpTeachingLeft:
 * @name: of a file that left with a session
 * @export_id: the ledger's
 * @case_id: the case that the picture is in; 0 for none
 * @image_id: its row there; 0 for none
 */
typedef struct
{
  char *name;
  char *export_id;
  gint64 case_id;
  gint64 image_id;
} ImpTeachingLeft;

void imp_teaching_left_free (ImpTeachingLeft *left);

/* A new one (id 0) gets id and number; images are not looked at. */
gboolean imp_register_save_teaching_case (ImpRegister *self, ImpTeachingCase *teaching,
                                          GError **error);
gboolean imp_register_remove_teaching_case (ImpRegister *self, gint64 case_id, GError **error);
/* search: (nullable) words that are all in it, the last perhaps only begun. */
GPtrArray *imp_register_list_teaching_cases (ImpRegister *self, const char *search, GError **error);
ImpTeachingCase *imp_register_get_teaching_case (ImpRegister *self, gint64 case_id, GError **error);
gboolean imp_register_parse_case_number (const char *number, gint64 *case_id, GError **error);

/* item_ids: (array length=n_items): which pictures are in it, in this order; each in one case. */
gboolean imp_register_set_teaching_images (ImpRegister *self, gint64 case_id,
                                           const gint64 *item_ids, gsize n_items, GError **error);
gboolean imp_register_describe_teaching_image (ImpRegister *self, gint64 item_id,
                                               const char *caption, const char *alt,
                                               GError **error);

/* Who is in it, as its pictures' files or their release say: ids of people; case_id 0: of all. */
GStrv imp_register_list_teaching_people (ImpRegister *self, gint64 case_id, GError **error);
GPtrArray *imp_register_list_teaching_left (ImpRegister *self, const char *session,
                                            GError **error); /* newest first */

G_END_DECLS
