#include <string.h>

#include "imp-document.h"
#include "imp-heif-boxes.h"

/* Brands of still pictures: ISO/IEC 23008-12, B.4 and 10; the AVIF specification, 6. */
static const struct
{
  char name[5];
  ImpHeifKind kind;
} brands[] = {
  { "heic", IMP_HEIF_HEIC }, { "heix", IMP_HEIF_HEIC }, { "heim", IMP_HEIF_HEIC },
  { "heis", IMP_HEIF_HEIC }, { "hevc", IMP_HEIF_HEIC }, { "hevx", IMP_HEIF_HEIC },
  { "hevm", IMP_HEIF_HEIC }, { "hevs", IMP_HEIF_HEIC }, { "avif", IMP_HEIF_AVIF },
  { "avis", IMP_HEIF_AVIF }, { "avio", IMP_HEIF_AVIF }, { "mif1", IMP_HEIF_HEIF },
  { "mif2", IMP_HEIF_HEIF }, { "mif3", IMP_HEIF_HEIF }, { "msf1", IMP_HEIF_HEIF },
};

/**
 * imp_heif_find_kind:
 * @data: a file
 * @length: its bytes
 *
 * Looks at the brands of a file that begins with an ftyp box: its own, then those it is compatible
 * with, of which one that names the coding says more than "mif1".
 *
 * Returns: what it is; %IMP_HEIF_FILM where it is something else
 */
ImpHeifKind
imp_heif_find_kind (const guint8 *data, gsize length)
{
  gsize size = 0;
  ImpHeifKind kind = IMP_HEIF_FILM;

  if (length < 16 || memcmp (data + 4, "ftyp", 4) != 0)
    return IMP_HEIF_FILM;
  size = (gsize)data[0] << 24 | (gsize)data[1] << 16 | (gsize)data[2] << 8 | data[3];
  size = MIN (size, MIN (length, 512));
  for (gsize at = 8; at + 4 <= size; at += at == 8 ? 8 : 4) /* 4 bytes of version after the first */
    for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
      if (memcmp (data + at, brands[i].name, 4) == 0
          && (kind == IMP_HEIF_FILM || kind == IMP_HEIF_HEIF))
        kind = brands[i].kind;
  return kind;
}

/**
 * imp_heif_is_picture:
 * @data: a file
 * @length: its bytes
 *
 * Returns: whether it is for imp_heif_open()
 */
gboolean
imp_heif_is_picture (const guint8 *data, gsize length)
{
  return imp_heif_find_kind (data, length) != IMP_HEIF_FILM;
}
