#include "imp-heif-boxes.h"

#include <string.h>

#include "imp-av1.h"
#include "imp-photo.h"

#define MAX_ITEMS 65536
#define MAX_OTHERS 1000 /* items that are no pictures */
#define MAX_BLOCK (16u << 20)
#define MAX_HEAD 4096 /* of a stream: more than its headers take */
#define MAX_DEPTH 8   /* of pictures made of others */

/* What is left of a box, read from its start. */
typedef struct
{
  const guint8 *data;
  gsize left;
} Bytes;

typedef struct
{
  Bytes body;
  char type[5];
} Box;

/* An item that is no picture: where it goes, and its bytes when iloc told them. */
typedef struct
{
  guint32 id;
  gboolean exif; /* else XMP or another kind of text */
  gboolean xmp;
} Item;

typedef struct
{
  ImpHeifBoxes *boxes;
  ImpNotes *notes;
  const guint8 *data;
  gsize length;
  GArray *items; /* Item */
  GArray *av1;   /* guint32: the numbers of the AV1 pictures */
  guint32 coded; /* the number of the one that is looked at for its colours, 0 for none */
  Bytes idat;
  guint64 total; /* bytes read from items */
} Walk;

static gboolean
take (Bytes *bytes, gsize size, guint64 *value)
{
  if (size > bytes->left)
    return FALSE;
  *value = 0;
  for (gsize i = 0; i < size; i++)
    *value = *value << 8 | bytes->data[i];
  bytes->data += size;
  bytes->left -= size;
  return TRUE;
}

static gboolean
skip (Bytes *bytes, gsize size)
{
  guint64 ignored = 0;

  for (; size > 8; size -= 8)
    if (!take (bytes, 8, &ignored))
      return FALSE;
  return take (bytes, size, &ignored);
}

static gboolean
is_type (const guint8 *type)
{
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isprint (type[i]))
      return FALSE;
  return TRUE;
}

/* The next box (ISO/IEC 14496-12, 4.2); FALSE where it is not whole. */
static gboolean
take_box (Bytes *from, Box *box)
{
  guint64 size = 0;
  gsize all = from->left;
  guint64 type = 0;
  gsize header = 8;

  if (!take (from, 4, &size) || !take (from, 4, &type))
    return FALSE;
  memcpy (box->type, from->data - 4, 4);
  box->type[4] = '\0';
  if (size == 1)
    {
      header = 16;
      if (!take (from, 8, &size))
        return FALSE;
    }
  else if (size == 0) /* to the end */
    size = all;
  if (size < header || size > all)
    return FALSE;
  box->body = (Bytes){ from->data, (gsize)size - header };
  from->data += box->body.left;
  from->left -= box->body.left;
  return TRUE;
}

/* A zero-terminated text; its bytes are borrowed. */
static const char *
take_text (Bytes *bytes)
{
  const char *text = (const char *)bytes->data;
  const guint8 *end = memchr (bytes->data, 0, bytes->left);

  if (end == NULL)
    return NULL;
  bytes->left -= (gsize)(end + 1 - bytes->data);
  bytes->data = end + 1;
  return text;
}

/* Whether an item is a picture of one of the two codings that are known. */
static gboolean
note_coding (Walk *walk, const char *name, guint32 id)
{
  if (strcmp (name, "av01") == 0)
    {
      walk->boxes->av1 = TRUE;
      g_array_append_val (walk->av1, id);
      return TRUE;
    }
  if (strcmp (name, "hvc1") != 0 && strcmp (name, "hev1") != 0)
    return FALSE;
  walk->boxes->hevc = TRUE;
  return TRUE;
}

/* ItemInfoEntry (ISO/IEC 14496-12, 8.11.6.2): the kind of one item. */
static gboolean
read_item (Walk *walk, Bytes body)
{
  static const char *const derived[] = { "grid", "iden", "iovl", "tmap", NULL };
  static const char *const coded[] = { "lhv1", "jpeg", "j2k1", "avc1", "vvc1", "unci", NULL };
  static const char *const texts[] = { "Exif", "mime", "uri ", NULL };
  guint64 version = 0;
  guint64 id = 0;
  guint64 type = 0;
  char name[5] = "";
  const char *content = NULL;
  const char *encoding = NULL;
  Item item = { 0 };

  if (!take (&body, 1, &version) || !skip (&body, 3) || version < 2
      || !take (&body, version == 2 ? 2 : 4, &id) || !skip (&body, 2) || !take (&body, 4, &type))
    return version < 2;
  memcpy (name, body.data - 4, 4);
  item.id = (guint32)id;
  if (g_strv_contains (derived, name))
    return TRUE;
  if (note_coding (walk, name, item.id))
    return TRUE;
  walk->boxes->other = walk->boxes->other || !g_strv_contains (texts, name);
  if (g_strv_contains (coded, name))
    return TRUE;
  item.exif = strcmp (name, "Exif") == 0;
  if (strcmp (name, "mime") == 0 && take_text (&body) != NULL)
    {
      content = take_text (&body);
      encoding = body.left > 0 ? take_text (&body) : NULL;
      item.xmp = content != NULL && strcmp (content, "application/rdf+xml") == 0;
      if (encoding != NULL && *encoding != '\0') /* packed text cannot be searched for names */
        walk->notes->incomplete = TRUE;
    }
  if (walk->items->len < MAX_OTHERS)
    g_array_append_val (walk->items, item);
  else
    walk->notes->incomplete = TRUE;
  return TRUE;
}

static gboolean
read_items (Walk *walk, Bytes body)
{
  guint64 version = 0;
  guint64 n = 0;
  Box entry;

  if (!take (&body, 1, &version) || !skip (&body, 3) || !take (&body, version == 0 ? 2 : 4, &n))
    return FALSE;
  if (n > MAX_ITEMS)
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    if (!take_box (&body, &entry) || strcmp (entry.type, "infe") != 0
        || !read_item (walk, entry.body))
      return FALSE;
  return TRUE;
}

/* One item's bytes, from wherever they are: Exif begins with the offset of its TIFF header. */
static void
note_item (Walk *walk, const Item *item, const GByteArray *bytes)
{
  Bytes body = { bytes->data, bytes->len };
  guint64 offset = 0;

  if (item->xmp)
    imp_photo_note_xmp (walk->notes, "XMP", bytes->data, bytes->len);
  else if (item->exif && take (&body, 4, &offset) && offset < body.left)
    imp_exif_note (walk->notes, "", body.data + offset, body.left - (gsize)offset);
  else
    imp_notes_add_size (walk->notes, "HEIC item", "private", bytes->len);
}

static const Item *
find_item (const Walk *walk, guint64 id)
{
  for (guint i = 0; i < walk->items->len; i++)
    if (g_array_index (walk->items, Item, i).id == id)
      return &g_array_index (walk->items, Item, i);
  return NULL;
}

/* An extent lies in the file or in idat; FALSE where it leaves them. @bytes takes all of it, @head
 * the first part. */
static gboolean
read_extent (Walk *walk, guint64 method, guint64 offset, guint64 size, GByteArray *bytes,
             GByteArray *head)
{
  Bytes from = method == 1 ? walk->idat : (Bytes){ walk->data, walk->length };

  if (method > 1 || offset > from.left)
    return method > 1;
  if (size == 0)
    size = from.left - offset;
  if (size > from.left - offset)
    return FALSE;
  if (head != NULL)
    g_byte_array_append (head, from.data + offset, (guint)MIN (size, MAX_HEAD - head->len));
  walk->total += bytes != NULL ? size : 0;
  if (walk->total > MAX_BLOCK)
    walk->notes->incomplete = TRUE;
  else if (bytes != NULL)
    g_byte_array_append (bytes, from.data + offset, (guint)size);
  return TRUE;
}

typedef struct
{
  guint64 version;
  gsize offset_size;
  gsize length_size;
  gsize base_size;
  gsize index_size;
} Locations;

static gboolean
read_location (Walk *walk, const Locations *sizes, Bytes *body)
{
  guint64 id = 0;
  guint64 method = 0;
  guint64 base = 0;
  guint64 n = 0;
  const Item *item = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GByteArray) head = NULL;
  ImpCicp said = { 0, 0 };

  if (!take (body, sizes->version < 2 ? 2 : 4, &id)
      || (sizes->version > 0 && !take (body, 2, &method)) || !skip (body, 2)
      || !take (body, sizes->base_size, &base) || !take (body, 2, &n))
    return FALSE;
  if (n > 1 && sizes->index_size + sizes->offset_size + sizes->length_size == 0)
    return FALSE; /* many extents that take no room */
  item = find_item (walk, id);
  bytes = item != NULL ? g_byte_array_new () : NULL;
  head = walk->coded != 0 && id == walk->coded ? g_byte_array_new () : NULL;
  for (guint64 i = 0; i < n; i++)
    {
      guint64 offset = 0;
      guint64 size = 0;

      if (!skip (body, sizes->index_size) || !take (body, sizes->offset_size, &offset)
          || !take (body, sizes->length_size, &size) || offset > G_MAXUINT64 - base
          || !read_extent (walk, method & 15, base + offset, size, bytes, head))
        return FALSE;
    }
  if (item != NULL)
    note_item (walk, item, bytes);
  if (head != NULL && imp_av1_read_colours (head->data, head->len, &said))
    {
      walk->boxes->said = said;
      walk->boxes->has_said = TRUE;
    }
  return TRUE;
}

/* ItemLocationBox (ISO/IEC 14496-12, 8.11.3): every extent must be there. */
static gboolean
read_locations (Walk *walk, Bytes body)
{
  Locations sizes = { 0 };
  guint64 nibbles = 0;
  guint64 n = 0;

  if (!take (&body, 1, &sizes.version) || !skip (&body, 3) || !take (&body, 2, &nibbles)
      || !take (&body, sizes.version < 2 ? 2 : 4, &n) || n > MAX_ITEMS)
    return FALSE;
  sizes.offset_size = nibbles >> 12;
  sizes.length_size = nibbles >> 8 & 15;
  sizes.base_size = nibbles >> 4 & 15;
  sizes.index_size = sizes.version > 0 ? nibbles & 15 : 0;
  if (MAX (MAX (sizes.offset_size, sizes.length_size), MAX (sizes.base_size, sizes.index_size)) > 8)
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    if (!read_location (walk, &sizes, &body))
      return FALSE;
  return TRUE;
}

/* The picture that @id is made of first (ItemReferenceBox, 8.11.12; "dimg" of ISO/IEC 23008-12); 0
 * where there is none. */
static guint32
find_first_part (Bytes references, guint32 id)
{
  guint64 version = 0;
  Box box;

  if (!take (&references, 1, &version) || !skip (&references, 3))
    return 0;
  while (take_box (&references, &box))
    {
      gsize size = version == 0 ? 2 : 4;
      guint64 from = 0;
      guint64 n = 0;
      guint64 to = 0;

      if (strcmp (box.type, "dimg") == 0 && take (&box.body, size, &from) && from == id
          && take (&box.body, 2, &n) && n > 0 && take (&box.body, size, &to))
        return (guint32)to;
    }
  return 0;
}

/* The coded picture that the primary one (PrimaryItemBox, 8.11.4) is, or is made of first. */
static guint32
find_coded (const Walk *walk, Bytes primary, Bytes references)
{
  guint64 version = 0;
  guint64 id = 0;

  if (!take (&primary, 1, &version) || !skip (&primary, 3)
      || !take (&primary, version == 0 ? 2 : 4, &id))
    return 0;
  for (guint depth = 0; depth < MAX_DEPTH && id != 0; depth++)
    {
      for (guint i = 0; i < walk->av1->len; i++)
        if (g_array_index (walk->av1, guint32, i) == id)
          return (guint32)id;
      id = find_first_part (references, (guint32)id);
    }
  return 0;
}

/* AV1CodecConfigurationBox: may repeat the sequence header, which then is all that says it where
 * the picture's own data leave it out. */
static void
read_configuration (Walk *walk, Bytes properties)
{
  ImpCicp said = { 0, 0 };
  Box box;

  while (take_box (&properties, &box))
    if (strcmp (box.type, "ipco") == 0)
      read_configuration (walk, box.body);
    else if (strcmp (box.type, "av1C") == 0 && !walk->boxes->has_said && box.body.left > 4
             && imp_av1_read_colours (box.body.data + 4, box.body.left - 4, &said))
      {
        walk->boxes->said = said;
        walk->boxes->has_said = TRUE;
      }
}

static gboolean
read_meta (Walk *walk, Bytes body)
{
  Bytes locations = { NULL, 0 };
  Bytes primary = { NULL, 0 };
  Bytes references = { NULL, 0 };
  Box box;

  if (!skip (&body, 4))
    return FALSE;
  while (body.left > 0)
    {
      if (!take_box (&body, &box))
        return FALSE;
      if (strcmp (box.type, "iinf") == 0 && !read_items (walk, box.body))
        return FALSE;
      if (strcmp (box.type, "idat") == 0)
        walk->idat = box.body;
      if (strcmp (box.type, "iloc") == 0)
        locations = box.body;
      if (strcmp (box.type, "pitm") == 0)
        primary = box.body;
      if (strcmp (box.type, "iref") == 0)
        references = box.body;
      if (strcmp (box.type, "iprp") == 0)
        read_configuration (walk, box.body);
    }
  walk->coded = find_coded (walk, primary, references);
  return locations.data != NULL && read_locations (walk, locations);
}

static void
note_box (Walk *walk, const Box *box)
{
  g_autofree char *where = is_type ((const guint8 *)box->type)
                               ? g_strdup_printf ("HEIC %s", box->type)
                               : g_strdup ("HEIC box");
  gboolean filling = strcmp (box->type, "free") == 0 || strcmp (box->type, "skip") == 0;
  gboolean film = strcmp (box->type, "moov") == 0 || strcmp (box->type, "mpvd") == 0;

  for (gsize i = 0; i < box->body.left && filling; i++)
    filling = box->body.data[i] == 0;
  if (!filling)
    imp_notes_add_size (walk->notes, where, "private", box->body.left);
  if (film)
    imp_notes_warn (walk->notes, N_ ("The file holds a film as well: only the picture is shown"),
                    NULL);
}

static gboolean
walk_boxes (Walk *walk)
{
  Bytes all = { walk->data, walk->length };
  Bytes meta = { NULL, 0 };
  Box box;

  while (all.left > 0)
    {
      if (meta.data != NULL && (all.left < 8 || !is_type (all.data + 4)))
        {
          imp_notes_add_size (walk->notes, "after the last box", "trailing-bytes", all.left);
          break;
        }
      if (!take_box (&all, &box))
        return FALSE;
      if (strcmp (box.type, "meta") == 0 && meta.data == NULL)
        meta = box.body;
      else if (strcmp (box.type, "ftyp") != 0 && strcmp (box.type, "mdat") != 0)
        note_box (walk, &box);
    }
  return meta.data != NULL && read_meta (walk, meta);
}

/**
 * imp_heif_boxes_read:
 * @boxes: (out): what decoding needs
 * @notes: where to note what the file gives away
 * @data: a file that begins with an ftyp box
 * @length: its bytes
 * @error: where to put the error
 *
 * Walks every box of the file and every item of its pictures: metadata that belongs to no picture
 * is found as well.
 *
 * Returns: whether all of it is there; else %IMP_ERROR_DAMAGED
 */
gboolean
imp_heif_boxes_read (ImpHeifBoxes *boxes, ImpNotes *notes, const guint8 *data, gsize length,
                     GError **error)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_autoptr (GArray) av1 = g_array_new (FALSE, FALSE, sizeof (guint32));
  Walk walk = {
    .boxes = boxes, .notes = notes, .data = data, .length = length, .items = items, .av1 = av1
  };

  if (walk_boxes (&walk))
    return TRUE;
  imp_fail (error, IMP_ERROR_DAMAGED,
            N_ ("The HEIC file is damaged or incomplete: fetch it again from its source"), NULL);
  return FALSE;
}
