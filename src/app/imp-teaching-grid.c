#include "imp-teaching-grid.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "imp-preview.h"
#include "imp-teaching-tile.h"
#include "imp-thumbnailer.h"
#include "imp-widgets.h"

#define MOST_COLUMNS 8
#define LOOK_AROUND_MS 30
/* Of small pictures that are kept beside those on screen. */
#define MOST_BYTES ((gsize)48 << 20)

struct _ImpTeachingGrid
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *box;
  GtkWidget *filters[IMP_TEACHING_N_KINDS]; /* GtkToggleButton */
  GtkWidget *stack;
  GtkWidget *view; /* GtkGridView */
  GtkWidget *empty;

  /* Owned references */
  ImpCuration *curation;         /* nullable */
  GPtrArray *items;              /* ImpTeachingItem: all of the session, in its order */
  GListStore *shown;             /* those that pass */
  GtkSingleSelection *selection; /* over them */
  ImpTeachingItem *chosen;       /* nullable */
  ImpThumbnailer *thumbnailer;   /* nullable: with the session */
  GPtrArray *tiles;              /* those that show a picture; borrowed */

  ImpTeachingKind kind;
  gint64 patient_id;
  guint refilter_source;
  guint look_source;
};

G_DEFINE_FINAL_TYPE (ImpTeachingGrid, imp_teaching_grid, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- which are shown ---- */

static gboolean
is_of_patient (ImpTeachingGrid *self, ImpTeachingItem *item)
{
  const ImpCurationItem *picture = imp_teaching_item_get_picture (item);

  if (self->patient_id == IMP_TEACHING_EVERYBODY)
    return TRUE;
  return self->patient_id == IMP_TEACHING_NOBODY ? picture->number == NULL
                                                 : picture->patient_id == self->patient_id;
}

static const char *
describe_empty (ImpTeachingGrid *self)
{
  static const char *const WORDS[IMP_TEACHING_N_KINDS] = {
    [IMP_TEACHING_ALL] = N_ ("There is no picture here."),
    [IMP_TEACHING_TO_DO] = N_ ("Nothing is left to do here."),
    [IMP_TEACHING_CLEARED] = N_ ("No picture is cleared yet."),
    [IMP_TEACHING_ASIDE] = N_ ("No picture was set aside."),
    [IMP_TEACHING_PROBLEMS] = N_ ("No problem is known."),
  };

  return _ (WORDS[self->kind]);
}

static void
take_chosen (ImpTeachingGrid *self)
{
  g_set_object (&self->chosen, gtk_single_selection_get_selected_item (self->selection));
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
select_position (ImpTeachingGrid *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", position);
}

static gboolean
shows_already (ImpTeachingGrid *self, const GPtrArray *passed)
{
  GListModel *shown = G_LIST_MODEL (self->shown);
  gboolean same = g_list_model_get_n_items (shown) == passed->len;

  for (guint i = 0; same && i < passed->len; i++)
    {
      g_autoptr (ImpTeachingItem) item = g_list_model_get_item (shown, i);

      same = item == passed->pdata[i];
    }
  return same;
}

/* The one that was chosen stays so; where it is no longer shown, the next one after it. */
static void
refilter (ImpTeachingGrid *self)
{
  g_autoptr (GPtrArray) passed = g_ptr_array_new ();
  g_autoptr (ImpTeachingItem) chosen = self->chosen != NULL ? g_object_ref (self->chosen) : NULL;
  const guint index = chosen != NULL ? imp_teaching_item_get_index (chosen) : 0;
  guint position = 0;

  g_clear_handle_id (&self->refilter_source, g_source_remove);
  for (guint i = 0; i < self->items->len; i++)
    if (is_of_patient (self, self->items->pdata[i])
        && imp_teaching_item_is (self->items->pdata[i], self->kind))
      {
        if (i < index)
          position++;
        g_ptr_array_add (passed, self->items->pdata[i]);
      }
  if (!shows_already (self, passed))
    {
      g_signal_handlers_block_by_func (self->selection, take_chosen, self);
      g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                           passed->pdata, passed->len);
      if (passed->len > 0)
        select_position (self, MIN (position, passed->len - 1));
      g_signal_handlers_unblock_by_func (self->selection, take_chosen, self);
    }
  gtk_label_set_label (GTK_LABEL (self->empty), describe_empty (self));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), passed->len > 0 ? "grid" : "empty");
  take_chosen (self);
}

/* One gesture may change many: looked at once, and only where somebody moves in or out. */
static gboolean
on_refilter_due (gpointer user_data)
{
  ImpTeachingGrid *self = user_data;

  self->refilter_source = 0;
  refilter (self);
  return G_SOURCE_REMOVE;
}

static void
on_item_changed (ImpTeachingGrid *self, guint index)
{
  ImpTeachingItem *item = self->items->pdata[index];

  imp_teaching_item_tell (item);
  if (self->kind != IMP_TEACHING_ALL && self->refilter_source == 0)
    self->refilter_source = g_idle_add (on_refilter_due, self);
  if (item == self->chosen)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
fill (ImpTeachingGrid *self)
{
  const guint n_items = imp_curation_get_n_items (self->curation);

  for (guint i = self->items->len; i < n_items; i++)
    g_ptr_array_add (self->items, imp_teaching_item_new (self->curation, i));
  if (self->items->len > n_items)
    g_ptr_array_set_size (self->items, (int)n_items);
}

static void
on_reloaded (ImpTeachingGrid *self)
{
  fill (self);
  for (guint i = 0; i < self->items->len; i++)
    imp_teaching_item_tell (self->items->pdata[i]);
  refilter (self);
}

/* ---- the grid ---- */

static void
show_small (ImpTeachingGrid *self, ImpTeachingTile *tile)
{
  ImpTeachingItem *item = imp_teaching_tile_get_item (tile);
  ImpRaster *raster = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (self->thumbnailer != NULL)
    raster = imp_thumbnailer_get (self->thumbnailer, imp_teaching_item_get_source (item));
  if (raster != NULL)
    texture = imp_preview_texture (raster, 0);
  imp_teaching_tile_set_picture (tile, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
}

static void
on_small_ready (ImpTeachingGrid *self, ImpSourceItem *source)
{
  const char *problem = imp_thumbnailer_get_problem (self->thumbnailer, source);

  for (guint i = 0; i < self->tiles->len; i++)
    {
      ImpTeachingItem *item = imp_teaching_tile_get_item (self->tiles->pdata[i]);

      if (imp_teaching_item_get_source (item) != source)
        continue;
      if (problem != NULL)
        imp_teaching_item_set_unreadable (item, problem);
      show_small (self, self->tiles->pdata[i]);
    }
}

/* How far a tile is from what is on screen, in pixels; GTK keeps many that are not. */
static float
measure_distance (ImpTeachingGrid *self, GtkWidget *tile)
{
  const float height = (float)gtk_widget_get_height (self->view);
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (tile, self->view, &bounds))
    return G_MAXFLOAT;
  if (bounds.origin.y >= height)
    return bounds.origin.y - height;
  return MAX (0, -(bounds.origin.y + bounds.size.height));
}

typedef struct
{
  ImpTeachingItem *item;
  float distance;
} Near;

/* What is on screen in its order, then what is nearest to it. */
static int
compare_near (gconstpointer one, gconstpointer other)
{
  const Near *a = one;
  const Near *b = other;

  if (a->distance < b->distance || a->distance > b->distance)
    return a->distance < b->distance ? -1 : 1;
  return (int)imp_teaching_item_get_index (a->item) - (int)imp_teaching_item_get_index (b->item);
}

static gboolean
on_look_around (gpointer user_data)
{
  ImpTeachingGrid *self = user_data;
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Near));
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  const float height = (float)gtk_widget_get_height (self->view);

  self->look_source = 0;
  if (self->thumbnailer == NULL || !gtk_widget_get_mapped (self->view))
    return G_SOURCE_REMOVE;
  for (guint i = 0; i < self->tiles->len; i++)
    {
      Near one = { imp_teaching_tile_get_item (self->tiles->pdata[i]),
                   measure_distance (self, self->tiles->pdata[i]) };

      /* A screenful before and after comes next. */
      if (one.distance <= height && imp_teaching_item_is_listed (one.item))
        g_array_append_val (near, one);
    }
  g_array_sort (near, compare_near);
  for (guint i = 0; i < near->len; i++)
    g_ptr_array_add (wanted, imp_teaching_item_get_source (g_array_index (near, Near, i).item));
  imp_thumbnailer_show (self->thumbnailer, wanted);
  return G_SOURCE_REMOVE;
}

/* Once the grid has come to rest for a moment. */
static void
look_around_soon (ImpTeachingGrid *self)
{
  if (self->look_source == 0)
    self->look_source = g_timeout_add (LOOK_AROUND_MS, on_look_around, self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, ImpTeachingGrid *self)
{
  gtk_list_item_set_child (list_item, imp_teaching_tile_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ImpTeachingGrid *self)
{
  ImpTeachingTile *tile = IMP_TEACHING_TILE (gtk_list_item_get_child (list_item));

  imp_teaching_tile_set_item (tile, gtk_list_item_get_item (list_item));
  g_ptr_array_add (self->tiles, tile);
  show_small (self, tile);
  look_around_soon (self);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, ImpTeachingGrid *self)
{
  ImpTeachingTile *tile = IMP_TEACHING_TILE (gtk_list_item_get_child (list_item));

  g_ptr_array_remove_fast (self->tiles, tile);
  imp_teaching_tile_set_picture (tile, NULL);
  imp_teaching_tile_set_item (tile, NULL);
}

static void
on_activate (GtkGridView *view, guint position, ImpTeachingGrid *self)
{
  g_autoptr (ImpTeachingItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  g_signal_emit (self, signals[ACTIVATED], 0, imp_teaching_item_get_index (item));
}

static GtkWidget *
build_view (ImpTeachingGrid *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkAdjustment *adjustment = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->view = gtk_grid_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->view), MOST_COLUMNS);
  imp_widgets_set_name (self->view, _ ("Pictures of the session"));
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (look_around_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (look_around_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->view, "map", G_CALLBACK (look_around_soon), self);
  return scroller;
}

/* ---- filters ---- */

static void
on_filter (ImpTeachingGrid *self)
{
  for (guint i = 0; i < IMP_TEACHING_N_KINDS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->filters[i])))
      self->kind = (ImpTeachingKind)i;
  refilter (self);
}

static GtkWidget *
build_filters (ImpTeachingGrid *self)
{
  static const char *const NAMES[IMP_TEACHING_N_KINDS] = {
    [IMP_TEACHING_ALL] = N_ ("All"),           [IMP_TEACHING_TO_DO] = N_ ("To do"),
    [IMP_TEACHING_CLEARED] = N_ ("Cleared"),   [IMP_TEACHING_ASIDE] = N_ ("Set aside"),
    [IMP_TEACHING_PROBLEMS] = N_ ("Problems"),
  };
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (row, "linked");
  gtk_widget_add_css_class (row, "teaching-filters");
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  imp_widgets_set_name (row, _ ("Which pictures are shown"));
  for (guint i = 0; i < IMP_TEACHING_N_KINDS; i++)
    {
      self->filters[i] = gtk_toggle_button_new_with_label (_ (NAMES[i]));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->filters[i]),
                                   i > 0 ? GTK_TOGGLE_BUTTON (self->filters[0]) : NULL);
      gtk_box_append (GTK_BOX (row), self->filters[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filters[0]), TRUE);
  for (guint i = 0; i < IMP_TEACHING_N_KINDS; i++)
    g_signal_connect_swapped (self->filters[i], "toggled", G_CALLBACK (on_filter), self);
  return row;
}

/* ---- object ---- */

static void
drop_small (ImpTeachingGrid *self)
{
  if (self->thumbnailer != NULL)
    g_signal_handlers_disconnect_by_data (self->thumbnailer, self);
  g_clear_object (&self->thumbnailer);
}

static void
imp_teaching_grid_dispose (GObject *object)
{
  ImpTeachingGrid *self = IMP_TEACHING_GRID (object);

  g_clear_handle_id (&self->refilter_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  drop_small (self);
  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->chosen);
  g_clear_object (&self->selection);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->tiles, g_ptr_array_unref);
  g_clear_object (&self->curation);
  G_OBJECT_CLASS (imp_teaching_grid_parent_class)->dispose (object);
}

static void
imp_teaching_grid_class_init (ImpTeachingGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = imp_teaching_grid_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
imp_teaching_grid_init (ImpTeachingGrid *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->tiles = g_ptr_array_new ();
  self->shown = g_list_store_new (IMP_TYPE_TEACHING_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->shown)));
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (take_chosen),
                            self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  self->empty = imp_widgets_label (NULL, "dim-label");
  gtk_widget_set_halign (self->empty, GTK_ALIGN_CENTER);
  gtk_stack_add_named (GTK_STACK (self->stack), build_view (self), "grid");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  imp_widgets_hide_unseen (self->stack);
  gtk_box_append (GTK_BOX (self->box), build_filters (self));
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * imp_teaching_grid_new:
 *
 * Returns: (transfer floating): a grid without a session
 */
GtkWidget *
imp_teaching_grid_new (void)
{
  return g_object_new (IMP_TYPE_TEACHING_GRID, NULL);
}

/**
 * imp_teaching_grid_set_curation:
 * @self: a grid
 * @curation: (nullable): the session whose pictures are shown, all of them at first
 */
void
imp_teaching_grid_set_curation (ImpTeachingGrid *self, ImpCuration *curation)
{
  if (self->curation != NULL)
    g_signal_handlers_disconnect_by_data (self->curation, self);
  g_clear_object (&self->chosen);
  drop_small (self);
  g_list_store_remove_all (self->shown);
  g_ptr_array_set_size (self->items, 0);
  g_set_object (&self->curation, curation);
  self->patient_id = IMP_TEACHING_EVERYBODY;
  imp_teaching_grid_show_kind (self, IMP_TEACHING_ALL);
  if (curation == NULL)
    return;
  self->thumbnailer = imp_thumbnailer_new (IMP_TEACHING_TILE_SIDE, MOST_BYTES);
  g_signal_connect_swapped (self->thumbnailer, "ready", G_CALLBACK (on_small_ready), self);
  g_signal_connect_swapped (curation, "item-changed", G_CALLBACK (on_item_changed), self);
  g_signal_connect_swapped (curation, "reloaded", G_CALLBACK (on_reloaded), self);
  fill (self);
  refilter (self);
}

/**
 * imp_teaching_grid_set_patient:
 * @self: a grid
 * @patient_id: whose pictures are shown: the row of a patient, %IMP_TEACHING_EVERYBODY or
 *   %IMP_TEACHING_NOBODY
 */
void
imp_teaching_grid_set_patient (ImpTeachingGrid *self, gint64 patient_id)
{
  if (self->patient_id == patient_id)
    return;
  self->patient_id = patient_id;
  refilter (self);
}

/**
 * imp_teaching_grid_tell_findings:
 * @self: a grid
 * @findings: (element-type ImpCurationFound): what became of the files
 */
void
imp_teaching_grid_tell_findings (ImpTeachingGrid *self, const GArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const ImpCurationFound *found = &g_array_index (findings, ImpCurationFound, i);
      guint index = 0;

      if (imp_curation_find_item (self->curation, found->item_id, &index))
        imp_teaching_item_set_finding (self->items->pdata[index], found->finding);
    }
  refilter (self);
}

/**
 * imp_teaching_grid_get_chosen:
 * @self: a grid
 *
 * Returns: (transfer none) (nullable): the picture that is chosen
 */
ImpTeachingItem *
imp_teaching_grid_get_chosen (ImpTeachingGrid *self)
{
  return self->chosen;
}

/**
 * imp_teaching_grid_step:
 * @self: a grid
 * @step: 1 for the next one, -1 for the one before
 *
 * Chooses another picture of the shown patients that is not finished, going round once. Where the
 * filter hides it, all are shown again.
 *
 * Returns: whether there is one
 */
gboolean
imp_teaching_grid_step (ImpTeachingGrid *self, int step)
{
  const guint n_items = self->items->len;
  const guint from = self->chosen != NULL ? imp_teaching_item_get_index (self->chosen) : 0;
  guint position = 0;

  for (guint i = 1; i <= n_items; i++)
    {
      ImpTeachingItem *item =
          self->items->pdata[step > 0 ? (from + i) % n_items : (from + n_items - i) % n_items];

      if (!is_of_patient (self, item) || !imp_teaching_item_is (item, IMP_TEACHING_TO_DO))
        continue;
      if (!imp_teaching_item_is (item, self->kind))
        imp_teaching_grid_show_kind (self, IMP_TEACHING_ALL);
      if (g_list_store_find (self->shown, item, &position))
        select_position (self, position);
      imp_teaching_grid_focus (self);
      return TRUE;
    }
  return FALSE;
}

/**
 * imp_teaching_grid_show_kind:
 * @self: a grid
 * @kind: which pictures are shown from now on
 */
void
imp_teaching_grid_show_kind (ImpTeachingGrid *self, ImpTeachingKind kind)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->filters[kind]), TRUE);
}

/**
 * imp_teaching_grid_focus_filters:
 * @self: a grid
 *
 * Moves the keyboard to the filter that is chosen; arrows and Space choose another.
 */
void
imp_teaching_grid_focus_filters (ImpTeachingGrid *self)
{
  gtk_widget_grab_focus (self->filters[self->kind]);
}

/**
 * imp_teaching_grid_focus:
 * @self: a grid
 *
 * Moves the keyboard to the picture that is chosen.
 */
void
imp_teaching_grid_focus (ImpTeachingGrid *self)
{
  gtk_widget_grab_focus (self->view);
}
