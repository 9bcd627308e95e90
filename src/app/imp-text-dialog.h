/* A small dialog that explains an act, takes a few lines of text, and asks whether to go on. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define IMP_TEXT_DIALOG_MOST 3

/**
 * ImpTextField:
 * @title: what is asked for; %NULL where there are no more
 * @value: (nullable): what stands there already
 * @secret: whether it is a PIN or a passphrase
 */
typedef struct
{
  const char *title;
  const char *value;
  gboolean secret;
} ImpTextField;

/**
 * ImpTextDialog:
 * @heading: what is asked
 * @body: (nullable): what there is to know before
 * @verb: what the button says that goes on
 * @destructive: whether going on cannot be taken back
 * @fields: what is asked for
 */
typedef struct
{
  const char *heading;
  const char *body;
  const char *verb;
  gboolean destructive;
  ImpTextField fields[IMP_TEXT_DIALOG_MOST];
} ImpTextDialog;

/* texts: one for each field, "" where nothing was typed; they are gone when the call returns. */
typedef void (*ImpTextFunc) (const char *const *texts, gpointer user_data);

GtkWidget *imp_text_dialog_open (GtkWidget *parent, const ImpTextDialog *dialog, ImpTextFunc func,
                                 gpointer user_data, GDestroyNotify user_data_free);
GStrv imp_text_dialog_close (GtkWidget *dialog);

G_END_DECLS
