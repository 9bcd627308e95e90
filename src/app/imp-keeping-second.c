#include "imp-keeping-second.h"

#include <glib/gi18n.h>

#include "imp-text-dialog.h"

typedef struct
{
  ImpKeepingSecondFunc func;
  GObject *object;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->object);
  g_free (ask);
}

static void
on_typed (const char *const *texts, gpointer user_data)
{
  Ask *ask = user_data;

  ask->func (imp_second_new (texts[0], texts[1]), ask->object);
}

/**
 * imp_keeping_second_ask:
 * @parent: a widget of the window that asks
 * @heading: what is asked
 * @body: what there is to know before
 * @verb: what the button says that goes on
 * @func: called with who agrees, who is not checked yet; not when the dialog is cancelled
 * @object: (type GObject): for @func; kept alive meanwhile
 */
void
imp_keeping_second_ask (GtkWidget *parent, const char *heading, const char *body, const char *verb,
                        ImpKeepingSecondFunc func, gpointer object)
{
  const ImpTextDialog dialog = {
    .heading = heading,
    .body = body,
    .verb = verb,
    .destructive = TRUE,
    .fields = { { _ ("Second person’s name"), NULL, FALSE },
                { _ ("Second person’s PIN"), NULL, TRUE } },
  };
  Ask *ask = g_new0 (Ask, 1);

  ask->func = func;
  ask->object = g_object_ref (object);
  imp_text_dialog_open (parent, &dialog, on_typed, ask, ask_free);
}
