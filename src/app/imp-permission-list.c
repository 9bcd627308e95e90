#include "imp-permission-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-permission-row.h"
#include "imp-widgets.h"

struct _ImpPermissionList
{
  GtkWidget parent_instance;

  GtkWidget *rows; /* child */
};

G_DEFINE_FINAL_TYPE (ImpPermissionList, imp_permission_list, GTK_TYPE_WIDGET)

enum
{
  ACT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
act (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *id = NULL;
  const char *what = NULL;

  g_variant_get (parameter, "(&s&s)", &id, &what);
  g_signal_emit (widget, signals[ACT], 0, id, what);
}

static void
imp_permission_list_dispose (GObject *object)
{
  g_clear_pointer (&IMP_PERMISSION_LIST (object)->rows, gtk_widget_unparent);
  G_OBJECT_CLASS (imp_permission_list_parent_class)->dispose (object);
}

static void
imp_permission_list_class_init (ImpPermissionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = imp_permission_list_dispose;
  signals[ACT] = g_signal_new ("act", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "permissions.act", "(ss)", act);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
imp_permission_list_init (ImpPermissionList *self)
{
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->rows, "boxed-list");
  gtk_widget_set_parent (self->rows, GTK_WIDGET (self));
}

/**
 * imp_permission_list_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
imp_permission_list_new (void)
{
  return g_object_new (IMP_TYPE_PERMISSION_LIST, NULL);
}

/* What the menu says for a step; %NULL where the step has a way of its own. */
static const char *
get_verb (const ImpPermission *permission, ImpPermissionState after)
{
  switch (after)
    {
    case IMP_PERMISSION_OFFERED:
      return _ ("It was put to the person…");
    case IMP_PERMISSION_ACTIVE:
      return permission->state == IMP_PERMISSION_SUSPENDED ? _ ("Lift the suspension…") : NULL;
    case IMP_PERMISSION_REVIEW_DUE:
      return _ ("A review is due…");
    case IMP_PERMISSION_SUSPENDED:
      return _ ("Suspend…");
    case IMP_PERMISSION_EXPIRED:
      return _ ("It has ended…");
    case IMP_PERMISSION_SUPERSEDED:
      return _ ("Record what replaces it…");
    case IMP_PERMISSION_ENTERED_IN_ERROR:
      return _ ("It was recorded by mistake…");
    case IMP_PERMISSION_WITHDRAWN: /* of one in force there is a button */
      return imp_permission_row_is_granted (permission) ? NULL : _ ("Withdraw…");
    default:
      return NULL; /* the answer to an offer */
    }
}

static void
add_item (GMenu *menu, const ImpPermission *permission, const char *label, const char *what)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "permissions.act", "(ss)", permission->id, what);
  g_menu_append_item (menu, item);
}

/* Only the steps that the life-cycle has from here, as the register says. */
static GMenu *
build_menu (const ImpPermission *permission, GArray *steps, gboolean writable)
{
  GMenu *menu = g_menu_new ();

  add_item (menu, permission, _ ("Evidence and history"), IMP_PERMISSION_ACT_DETAILS);
  if (!writable)
    return menu;
  if (permission->state == IMP_PERMISSION_DRAFT)
    add_item (menu, permission, _ ("Go on with the draft…"), IMP_PERMISSION_ACT_GO_ON);
  if (permission->state == IMP_PERMISSION_OFFERED)
    add_item (menu, permission, _ ("Record the answer…"), IMP_PERMISSION_ACT_GO_ON);
  if (permission->state == IMP_PERMISSION_ACTIVE || permission->state == IMP_PERMISSION_REVIEW_DUE)
    add_item (menu, permission, _ ("It was reviewed, and stands…"), IMP_PERMISSION_ACT_RENEW);
  for (guint i = 0; i < steps->len; i++)
    {
      ImpPermissionState after = g_array_index (steps, ImpPermissionState, i);
      const char *verb = get_verb (permission, after);

      if (verb != NULL)
        add_item (menu, permission, verb, imp_permission_state_to_text (after));
    }
  return menu;
}

static void
add_buttons (GtkWidget *row, const ImpPermission *permission, GArray *steps, gboolean writable)
{
  g_autofree char *title = imp_permission_row_title (permission);
  g_autofree char *more = g_strdup_printf (_ ("More: %s"), title);
  g_autoptr (GMenu) menu = build_menu (permission, steps, writable);
  GtkWidget *menu_button = gtk_menu_button_new ();

  if (imp_permission_row_is_granted (permission))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Withdraw…"));
      g_autofree char *name = g_strdup_printf (_ ("Withdraw: %s"), title);

      imp_widgets_set_name (button, name);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "permissions.act");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", permission->id,
                                        imp_permission_state_to_text (IMP_PERMISSION_WITHDRAWN));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      gtk_widget_set_visible (button, writable);
    }
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (menu_button, _ ("More that can be done with it"));
  imp_widgets_set_name (menu_button, more);
  gtk_widget_set_valign (menu_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (menu_button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), menu_button);
}

/**
 * imp_permission_list_show:
 * @self: the list
 * @permissions: (element-type ImpPermission): what is on record
 * @steps: (element-type GArray): for each of them the states that it can go to
 * @writable: whether anything can be done with them
 */
void
imp_permission_list_show (ImpPermissionList *self, GPtrArray *permissions, GPtrArray *steps,
                          gboolean writable)
{
  imp_widgets_clear (self->rows);
  for (guint i = 0; i < permissions->len; i++)
    {
      const ImpPermission *permission = g_ptr_array_index (permissions, i);
      GtkWidget *row = imp_permission_row_new (permission);

      add_buttons (row, permission, g_ptr_array_index (steps, i), writable);
      gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
    }
}
