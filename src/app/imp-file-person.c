#include "imp-file-person.h"

#include <glib/gi18n.h>

#include "imp-notice.h"
#include "imp-register-work.h"
#include "imp-words.h"

struct _ImpFilePerson
{
  GtkWidget parent_instance;

  ImpNotice *notice;

  /* Owned references */
  char *number;
  ImpPerson *person;
  GCancellable *looking;
};

G_DEFINE_FINAL_TYPE (ImpFilePerson, imp_file_person, GTK_TYPE_WIDGET)

enum
{
  SHOW_PERSON,
  REGISTER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ImpFilePerson) self = IMP_FILE_PERSON (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ImpPerson) person = imp_register_work_find_number_finish (result, &error);
  g_autofree char *masked = NULL;
  g_autofree char *text = NULL;

  if (g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  if (error != NULL)
    {
      imp_notice_set_button (self->notice, NULL);
      imp_notice_show_error (self->notice, error);
      return;
    }
  masked = imp_words_masked (self->number);
  text = g_strdup_printf (person != NULL ? _ ("The file says: number %s, which is registered.")
                                         : _ ("The file says: number %s, which nobody registered "
                                              "has."),
                          masked);
  imp_notice_set (self->notice, IMP_NOTICE_INFORMATION, text);
  imp_notice_set_button (self->notice, person != NULL ? _ ("Show") : _ ("Register it…"));
  self->person = g_steal_pointer (&person);
}

static void
on_activated (ImpNotice *notice, ImpFilePerson *self)
{
  if (self->person != NULL)
    g_signal_emit (self, signals[SHOW_PERSON], 0, self->person);
  else if (self->number != NULL)
    g_signal_emit (self, signals[REGISTER], 0, self->number);
}

static void
forget (ImpFilePerson *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->person, imp_person_free);
  g_clear_pointer (&self->number, g_free);
}

static void
imp_file_person_dispose (GObject *object)
{
  ImpFilePerson *self = IMP_FILE_PERSON (object);

  forget (self);
  if (self->notice != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->notice));
  self->notice = NULL;
  G_OBJECT_CLASS (imp_file_person_parent_class)->dispose (object);
}

static void
imp_file_person_class_init (ImpFilePersonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_file_person_dispose;
  signals[SHOW_PERSON] = g_signal_new ("show-person", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, IMP_TYPE_PERSON);
  signals[REGISTER] = g_signal_new ("register", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_file_person_init (ImpFilePerson *self)
{
  self->notice = IMP_NOTICE (imp_notice_new (IMP_NOTICE_INFORMATION, NULL));
  g_signal_connect (self->notice, "activated", G_CALLBACK (on_activated), self);
  gtk_widget_set_parent (GTK_WIDGET (self->notice), GTK_WIDGET (self));
}

/**
 * imp_file_person_new:
 *
 * Returns: (transfer floating): a widget that says nothing yet
 */
GtkWidget *
imp_file_person_new (void)
{
  return g_object_new (IMP_TYPE_FILE_PERSON, NULL);
}

/**
 * imp_file_person_look:
 * @self: the widget
 * @source: (nullable): the register; %NULL while it is locked
 * @number: (nullable): the file's Patient ID (0010,0020)
 *
 * Looks up, in a worker, who has the file's number, and offers what it finds.
 */
void
imp_file_person_look (ImpFilePerson *self, ImpRegister *source, const char *number)
{
  forget (self);
  imp_notice_set (self->notice, IMP_NOTICE_INFORMATION, NULL);
  if (source == NULL || number == NULL || number[0] == '\0')
    return;
  self->number = g_strdup (number);
  self->looking = g_cancellable_new ();
  imp_register_work_find_number_async (source, number, self->looking, on_found,
                                       g_object_ref (self));
}
