/* Sheets of A4 as PDF: text that flows from page to page, lines to write on, boxes to tick.
 *
 * Owns: typography, page breaks, page numbers.
 * May include: core.  Must never: know what a page is about, or touch a file. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ImpSheet ImpSheet;

ImpSheet *imp_sheet_new (const char *title, const char *foot);
void imp_sheet_free (ImpSheet *self);

void imp_sheet_add_title (ImpSheet *self, const char *above, const char *title);
void imp_sheet_add_heading (ImpSheet *self, const char *text);
void imp_sheet_add_text (ImpSheet *self, const char *text);
void imp_sheet_add_small (ImpSheet *self, const char *text);
void imp_sheet_add_fact (ImpSheet *self, const char *label, const char *value);
void imp_sheet_add_answer (ImpSheet *self, const char *question, const char *answer);
void imp_sheet_add_blank (ImpSheet *self, const char *label, const char *value);
void imp_sheet_add_blanks (ImpSheet *self, const char *left, const char *left_value,
                           const char *right, const char *right_value);
void imp_sheet_add_tick (ImpSheet *self, const char *text, const char *detail, const char *blank);
void imp_sheet_add_choice (ImpSheet *self, const char *text);
void imp_sheet_add_cut (ImpSheet *self, const char *text);
void imp_sheet_add_space (ImpSheet *self, double millimetres);
void imp_sheet_keep (ImpSheet *self, double millimetres);
void imp_sheet_sink (ImpSheet *self, double millimetres);

GBytes *imp_sheet_finish (ImpSheet *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImpSheet, imp_sheet_free)

G_END_DECLS
