/* A coloured box with an icon, a sentence, and perhaps a way out: what a banner would say. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  IMP_NOTICE_INFORMATION,
  IMP_NOTICE_WARNING,
  IMP_NOTICE_ERROR,
  IMP_NOTICE_SUCCESS,
} ImpNoticeKind;

#define IMP_TYPE_NOTICE (imp_notice_get_type ())
G_DECLARE_FINAL_TYPE (ImpNotice, imp_notice, IMP, NOTICE, GtkWidget)

/* Signal: "activated" when its button is pressed. */
GtkWidget *imp_notice_new (ImpNoticeKind kind, const char *text);
void imp_notice_set (ImpNotice *self, ImpNoticeKind kind, const char *text);
const char *imp_notice_get_text (ImpNotice *self);
void imp_notice_set_button (ImpNotice *self, const char *label);
void imp_notice_show_error (ImpNotice *self, const GError *error);

G_END_DECLS
