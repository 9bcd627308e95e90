/* What the client and the screener helper say to each other: fixed structs.
 *
 * Owns: the shape of a message.  May include: helper.  Must never: interpret a picture. */
#pragma once

#include "imp-channel.h"

G_BEGIN_DECLS

#define IMP_SCREEN_WIRE_TEXT 1024        /* bytes, the last of them 0 */
#define IMP_SCREEN_WIRE_MOST_SPOTS 20000 /* of one picture */
#define IMP_SCREEN_WIRE_MOST_PIXELS (G_GUINT64_CONSTANT (500) * 1000 * 1000)

/**
 * ImpScreenRequest:
 * @width: of the input, whose rows have no padding
 * @height: likewise
 * @channels: 1 for grey, 3 for RGB
 * @looks: ImpScreenerLooks
 * @milliseconds: how long reading may take: what is found after it stays unread
 */
typedef struct
{
  guint32 magic;
  gint32 width;
  gint32 height;
  gint32 channels;
  guint32 looks;
  guint32 milliseconds;
} ImpScreenRequest;

/**
 * ImpScreenReply:
 * @n_spots: so many spots follow, each a message of its own
 * @knows_faces: whether this helper can look for faces at all; where it cannot it has not
 */
typedef struct
{
  guint32 magic;
  guint32 n_spots;
  guint32 knows_faces;
} ImpScreenReply;

/**
 * ImpScreenSpot:
 * @kind: an ImpSpotKind
 * @text: in UTF-8; empty where nothing was read
 */
typedef struct
{
  gint32 x;
  gint32 y;
  gint32 width;
  gint32 height;
  guint32 kind;
  guint32 confidence;
  gint32 turn;
  char text[IMP_SCREEN_WIRE_TEXT];
} ImpScreenSpot;

G_END_DECLS
