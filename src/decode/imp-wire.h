/* The words that the client and the decoder helper exchange: fixed structs and descriptors.
 *
 * Owns: the shape of a message.  May include: GLib.  Must never: interpret a picture. */
#pragma once

#include "imp-channel.h"

G_BEGIN_DECLS

#define IMP_WIRE_MAGIC IMP_CHANNEL_MAGIC
#define IMP_WIRE_TEXT 1024
#define IMP_WIRE_MAX_INPUT (G_GUINT64_CONSTANT (4) << 30)
#define IMP_WIRE_MAX_PIXELS (G_GUINT64_CONSTANT (500) * 1000 * 1000)
#define IMP_WIRE_MAX_FACTS (64u << 20)
#define IMP_WIRE_MAX_ENTRIES 100000u /* that a disc's index or an archive may name */
#define IMP_WIRE_MAX_ENTRY (G_GUINT64_CONSTANT (1) << 30) /* bytes of an entry of an archive */
#define IMP_WIRE_MAX_NUMBERS 100u                         /* of one patient, in a list */
#define IMP_WIRE_MAX_TABLES 65u
#define IMP_WIRE_PRESENTATION 4096u     /* bytes of a presentation LUT */
#define IMP_WIRE_NEEDS_FULL G_MAXUINT32 /* a status: the quick helper does not read this file */
#define IMP_WIRE_DETAIL '\x1f'          /* between a message and what its %s stands for */

typedef enum
{
  IMP_WIRE_OPEN = 1, /* to a child: parse page @argument of the input, answer with facts */
  IMP_WIRE_FRAME,    /* to a child that has opened: decode frame @argument */
  IMP_WIRE_SMALL,    /* likewise: the first frame, no smaller than @argument, for a look */
  IMP_WIRE_OVERLAYS, /* to a child that has opened: planes @planes over frame @argument */
  IMP_WIRE_LIST,     /* to a child instead of OPEN: read the header, answer with an ImpListing */
  IMP_WIRE_ENTRIES,  /* to a child of the archive helper: answer with what the archive holds */
  IMP_WIRE_ENTRY,    /* to such a child: unpack entry @argument */
  IMP_WIRE_VERIFY,   /* to a child instead of OPEN: walk the input, answer with findings */
} ImpWireVerb;

typedef enum
{
  IMP_WIRE_VARIANT = 1, /* with a sealed memfd: one serialised a{sv} */
  IMP_WIRE_FINISHED,    /* with a sealed memfd: height × width × channels bytes */
  IMP_WIRE_GREY,  /* likewise: indices, (8-aligned) values, tables, padding, any presentation LUT */
  IMP_WIRE_BYTES, /* with a sealed memfd: an entry of an archive */
  IMP_WIRE_MASK,  /* with a sealed memfd: height × width bytes, 1 where an overlay is drawn */
} ImpWireKind;

typedef struct
{
  guint32 magic;
  guint32 verb;
  guint32 argument;
  guint32 planes; /* a bit for each overlay group: bit 0 for 6000, bit 15 for 601E */
} ImpWireRequest;

/**
 * ImpWireReply:
 * @status: 0 done, %IMP_WIRE_NEEDS_FULL, else 1 + an ImpError
 * @kind: an ImpWireKind
 * @width: columns as shown
 * @height: rows as shown
 * @channels: 1 or 3, of a finished picture
 * @n_values: of a grey picture
 * @n_tables: of a grey picture: 1 and one for each VOI LUT, at most %IMP_WIRE_MAX_TABLES
 * @inverse: of a grey picture
 * @ranged: of a grey picture: its default presentation is its minimum to maximum
 * @presented: of a grey picture: it has a presentation LUT
 * @size: bytes in the memfd
 * @text: the reason where @status is not 0: a translatable message, and after %IMP_WIRE_DETAIL what
 *   its %s stands for
 */
typedef struct
{
  guint32 magic;
  guint32 status;
  guint32 kind;
  gint32 width;
  gint32 height;
  gint32 channels;
  guint32 n_values;
  guint32 n_tables;
  guint32 inverse;
  guint32 ranged;
  guint32 presented;
  guint64 size;
  char text[IMP_WIRE_TEXT];
} ImpWireReply;

char *imp_wire_translate (const char *text);
gsize imp_wire_grey_size (const ImpWireReply *reply, gsize *values, gsize *tables, gsize *padding,
                          gsize *presentation);

G_END_DECLS
