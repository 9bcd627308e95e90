#include "imp-thumbnailer.h"

#include "imp-error.h"
#include "imp-thumbnail.h"

/* What is known of one item: its small picture, or why there is none. */
typedef struct
{
  ImpSourceItem *item; /* owned */
  ImpRaster *raster;   /* owned, nullable */
  char *problem;       /* owned, nullable */
  GList *link;         /* in the order of use; borrowed */
} Made;

typedef struct
{
  ImpSourceItem *item;       /* owned */
  GCancellable *cancellable; /* owned */
} Job;

/* What the threads share with the one that shows. It outlives the object where one still works. */
typedef struct
{
  int side;
  GMainContext *context; /* owned */
  GWeakRef thumbnailer;
  GMutex lock;          /* guards what follows */
  GQueue wanted;        /* of ImpSourceItem, owned: the next first */
  GPtrArray *under_way; /* owned: of Job, borrowed */
  GQueue ready;         /* of Made, owned */
  gboolean told;        /* somebody is on the way to show them */
  guint n_threads;
} Shop;

/**
 * ImpThumbnailer:
 *
 * The signal `ready` (an #ImpSourceItem) says that imp_thumbnailer_get() or
 * imp_thumbnailer_get_problem() has an answer for it now.
 */
struct _ImpThumbnailer
{
  GObject parent_instance;

  Shop *shop;        /* owned */
  GHashTable *made;  /* owned: ImpSourceItem to Made */
  GQueue used;       /* of Made, borrowed: the latest first */
  GHashTable *shown; /* owned: a set of ImpSourceItem: these stay */
  gsize size;
  gsize most;
};

enum
{
  READY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ImpThumbnailer, imp_thumbnailer, G_TYPE_OBJECT)

static void
free_made (gpointer data)
{
  Made *made = data;

  g_object_unref (made->item);
  g_clear_pointer (&made->raster, imp_raster_unref);
  g_free (made->problem);
  g_free (made);
}

static void
clear_shop (gpointer data)
{
  Shop *shop = data;

  g_main_context_unref (shop->context);
  g_weak_ref_clear (&shop->thumbnailer);
  g_queue_clear_full (&shop->wanted, g_object_unref);
  g_ptr_array_unref (shop->under_way);
  g_queue_clear_full (&shop->ready, free_made);
  g_mutex_clear (&shop->lock);
}

static void
release_shop (gpointer shop)
{
  g_atomic_rc_box_release_full (shop, clear_shop);
}

static gsize
measure (const Made *made)
{
  return made->raster == NULL
             ? sizeof *made
             : imp_raster_get_stride (made->raster) * (gsize)imp_raster_get_height (made->raster);
}

static void
forget (ImpThumbnailer *self, Made *made)
{
  self->size -= measure (made);
  g_queue_delete_link (&self->used, made->link);
  g_hash_table_remove (self->made, made->item);
}

/* What was used longest ago goes first; what is on screen stays. */
static void
keep_within (ImpThumbnailer *self)
{
  for (GList *link = self->used.tail, *before = NULL; link != NULL && self->size > self->most;
       link = before)
    {
      Made *made = link->data;

      before = link->prev;
      if (!g_hash_table_contains (self->shown, made->item))
        forget (self, made);
    }
}

static void
keep (ImpThumbnailer *self, Made *made)
{
  Made *older = g_hash_table_lookup (self->made, made->item);

  if (older != NULL)
    forget (self, older);
  g_queue_push_head (&self->used, made);
  made->link = self->used.head;
  self->size += measure (made);
  g_hash_table_insert (self->made, made->item, made);
  g_signal_emit (self, signals[READY], 0, made->item);
}

/* In the thread of who shows. */
static gboolean
take_ready (gpointer data)
{
  Shop *shop = data;
  g_autoptr (ImpThumbnailer) self = g_weak_ref_get (&shop->thumbnailer);
  GQueue ready = G_QUEUE_INIT;

  g_mutex_lock (&shop->lock);
  ready = shop->ready;
  g_queue_init (&shop->ready);
  shop->told = FALSE;
  g_mutex_unlock (&shop->lock);
  if (self == NULL)
    {
      g_queue_clear_full (&ready, free_made);
      return G_SOURCE_REMOVE;
    }
  while (!g_queue_is_empty (&ready))
    keep (self, g_queue_pop_head (&ready));
  keep_within (self);
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
tell (Shop *shop)
{
  g_autoptr (GSource) idle = NULL;

  if (shop->told)
    return;
  shop->told = TRUE;
  idle = g_idle_source_new ();
  g_source_set_priority (idle, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (idle, take_ready, g_atomic_rc_box_acquire (shop), release_shop);
  g_source_attach (idle, shop->context);
}

static Made *
make (const Shop *shop, const Job *job)
{
  g_autoptr (GError) error = NULL;
  Made *made = g_new0 (Made, 1);

  made->item = g_object_ref (job->item);
  made->raster = imp_thumbnail_make_sync (job->item, shop->side, job->cancellable, &error);
  if (made->raster != NULL)
    return made;
  if (!g_error_matches (error, IMP_ERROR, IMP_ERROR_CANCELLED))
    {
      made->problem = g_strdup (error->message);
      return made;
    }
  free_made (made);
  return NULL;
}

/* One of as many threads as there are processors: each has a child of the helper at work. */
static gpointer
work (gpointer data)
{
  Shop *shop = data;

  g_mutex_lock (&shop->lock);
  while (!g_queue_is_empty (&shop->wanted))
    {
      Job job = { g_queue_pop_head (&shop->wanted), g_cancellable_new () };
      Made *made = NULL;

      g_ptr_array_add (shop->under_way, &job);
      g_mutex_unlock (&shop->lock);
      made = make (shop, &job);
      g_mutex_lock (&shop->lock);
      g_ptr_array_remove_fast (shop->under_way, &job);
      g_object_unref (job.item);
      g_object_unref (job.cancellable);
      if (made != NULL)
        {
          g_queue_push_tail (&shop->ready, made);
          tell (shop);
        }
    }
  shop->n_threads--;
  g_mutex_unlock (&shop->lock);
  release_shop (shop);
  return NULL;
}

/* With the lock held. */
static void
start_threads (Shop *shop)
{
  guint most = MIN (g_get_num_processors (), shop->wanted.length);

  for (; shop->n_threads < most; shop->n_threads++)
    g_thread_unref (g_thread_new ("thumbnails", work, g_atomic_rc_box_acquire (shop)));
}

static void
stop_all (Shop *shop)
{
  g_mutex_lock (&shop->lock);
  g_queue_clear_full (&shop->wanted, g_object_unref);
  for (guint i = 0; i < shop->under_way->len; i++)
    g_cancellable_cancel (((Job *)shop->under_way->pdata[i])->cancellable);
  g_mutex_unlock (&shop->lock);
}

static void
imp_thumbnailer_finalize (GObject *object)
{
  ImpThumbnailer *self = IMP_THUMBNAILER (object);

  stop_all (self->shop);
  g_clear_pointer (&self->shop, release_shop);
  g_queue_clear (&self->used);
  g_hash_table_unref (self->made);
  g_hash_table_unref (self->shown);
  G_OBJECT_CLASS (imp_thumbnailer_parent_class)->finalize (object);
}

static void
imp_thumbnailer_class_init (ImpThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = imp_thumbnailer_finalize;
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, IMP_TYPE_SOURCE_ITEM);
}

static void
imp_thumbnailer_init (ImpThumbnailer *self)
{
  self->shop = g_atomic_rc_box_new0 (Shop);
  self->shop->context = g_main_context_ref_thread_default ();
  self->shop->under_way = g_ptr_array_new ();
  g_mutex_init (&self->shop->lock);
  g_queue_init (&self->shop->wanted);
  g_queue_init (&self->shop->ready);
  g_weak_ref_init (&self->shop->thumbnailer, self);
  self->made = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, free_made);
  self->shown = g_hash_table_new_full (g_direct_hash, g_direct_equal, g_object_unref, NULL);
  g_queue_init (&self->used);
}

/**
 * imp_thumbnailer_new:
 * @side: of the square that every small picture fits into
 * @most: bytes of small pictures to keep beside those that are on screen
 *
 * Returns: (transfer full): a thumbnailer; its signals come in the caller's main context
 */
ImpThumbnailer *
imp_thumbnailer_new (int side, gsize most)
{
  ImpThumbnailer *self = g_object_new (IMP_TYPE_THUMBNAILER, NULL);

  self->shop->side = side;
  self->most = most;
  return self;
}

static void
set_shown (ImpThumbnailer *self, GPtrArray *items)
{
  g_hash_table_remove_all (self->shown);
  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (self->shown, g_object_ref (items->pdata[i]));
}

/**
 * imp_thumbnailer_show:
 * @self: a thumbnailer
 * @items: (element-type ImpSourceItem): what is on screen, the most important first, and perhaps
 *   what comes next
 *
 * Asks for the small pictures of @items, and of nothing else any more: what waited is dropped, and
 * what is being made for something that has gone from the screen is stopped.
 */
void
imp_thumbnailer_show (ImpThumbnailer *self, GPtrArray *items)
{
  g_autoptr (GHashTable) busy = g_hash_table_new (g_direct_hash, g_direct_equal);
  Shop *shop = self->shop;

  set_shown (self, items);
  g_mutex_lock (&shop->lock);
  g_queue_clear_full (&shop->wanted, g_object_unref);
  for (guint i = 0; i < shop->under_way->len; i++)
    {
      const Job *job = shop->under_way->pdata[i];

      if (!g_hash_table_contains (self->shown, job->item))
        g_cancellable_cancel (job->cancellable);
      else if (!g_cancellable_is_cancelled (job->cancellable))
        g_hash_table_add (busy, job->item);
    }
  for (GList *link = shop->ready.head; link != NULL; link = link->next)
    g_hash_table_add (busy, ((Made *)link->data)->item);
  for (guint i = 0; i < items->len; i++)
    if (!g_hash_table_contains (self->made, items->pdata[i])
        && g_hash_table_add (busy, items->pdata[i]))
      g_queue_push_tail (&shop->wanted, g_object_ref (items->pdata[i]));
  start_threads (shop);
  g_mutex_unlock (&shop->lock);
  keep_within (self);
}

static Made *
use (ImpThumbnailer *self, ImpSourceItem *item)
{
  Made *made = g_hash_table_lookup (self->made, item);

  if (made != NULL)
    {
      g_queue_unlink (&self->used, made->link);
      g_queue_push_head_link (&self->used, made->link);
    }
  return made;
}

/**
 * imp_thumbnailer_get:
 * @self: a thumbnailer
 * @item: an item
 *
 * Returns: (transfer none) (nullable): its small picture, where that is made and still kept
 */
ImpRaster *
imp_thumbnailer_get (ImpThumbnailer *self, ImpSourceItem *item)
{
  const Made *made = use (self, item);

  return made != NULL ? made->raster : NULL;
}

/**
 * imp_thumbnailer_get_problem:
 * @self: a thumbnailer
 * @item: an item
 *
 * Returns: (transfer none) (nullable): why it has no small picture, in a sentence that names nobody
 */
const char *
imp_thumbnailer_get_problem (ImpThumbnailer *self, ImpSourceItem *item)
{
  const Made *made = use (self, item);

  return made != NULL ? made->problem : NULL;
}

/**
 * imp_thumbnailer_get_size:
 * @self: a thumbnailer
 *
 * Returns: bytes of the small pictures that are kept
 */
gsize
imp_thumbnailer_get_size (ImpThumbnailer *self)
{
  return self->size;
}
