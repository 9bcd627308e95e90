/* The locked state: make the register on first run, unlock it afterwards, say what is wrong. */
#pragma once

#include <gtk/gtk.h>

#include "gate.h"

G_BEGIN_DECLS

#define IMP_TYPE_UNLOCK_PAGE (imp_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (ImpUnlockPage, imp_unlock_page, IMP, UNLOCK_PAGE, GtkWidget)

/* Signal: "unlocked" (ImpGate *gate). */
GtkWidget *imp_unlock_page_new (const char *register_path);
/* Tries what needs no typing (the keyring); else asks. Call once the window is shown. */
void imp_unlock_page_start (ImpUnlockPage *self);
/* Shows that it is locked, and waits for a person. */
void imp_unlock_page_wait (ImpUnlockPage *self, const char *why);

G_END_DECLS
