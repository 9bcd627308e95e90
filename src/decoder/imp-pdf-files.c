/* poppler and the libraries below it open files while a page is drawn: a font that the page names
 * and does not bring, tables of characters. Under the lock each of those calls would end the
 * process. The functions below stand before the C library's and FreeType's own for the whole
 * program: once closed, they serve the fonts that were read before the lock, and nothing else. */
#undef _FILE_OFFSET_BITS /* it would give these functions other names */

#include "imp-pdf-files.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#define MAX_FONTS 64
#define MAX_FONT ((gsize)8 << 20) /* bytes of one: larger ones are of scripts that bring theirs */

typedef struct
{
  char *path;
  GMappedFile *file;
} Font;

static Font fonts[MAX_FONTS];
static guint n_fonts;
static gboolean closed;

static const Font *
find_font (const char *path)
{
  for (guint i = 0; i < n_fonts; i++)
    if (g_strcmp0 (fonts[i].path, path) == 0)
      return &fonts[i];
  return NULL;
}

static void
load_font (const FcPattern *pattern)
{
  FcChar8 *path = NULL;
  GMappedFile *file = NULL;

  if (n_fonts >= MAX_FONTS || FcPatternGetString (pattern, FC_FILE, 0, &path) != FcResultMatch
      || find_font ((const char *)path) != NULL)
    return;
  file = g_mapped_file_new ((const char *)path, FALSE, NULL);
  if (file == NULL)
    return;
  if (g_mapped_file_get_length (file) > MAX_FONT)
    {
      g_mapped_file_unref (file);
      return;
    }
  fonts[n_fonts++] = (Font){ g_strdup ((const char *)path), file };
}

static void
load_family (const char *family, int weight, int slant)
{
  FcPattern *wanted =
      FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger, weight,
                      FC_SLANT, FcTypeInteger, slant, FC_SCALABLE, FcTypeBool, FcTrue, NULL);
  FcResult result = FcResultNoMatch;
  FcFontSet *set = NULL;

  FcConfigSubstitute (NULL, wanted, FcMatchPattern);
  FcDefaultSubstitute (wanted);
  set = FcFontSort (NULL, wanted, FcFalse, NULL, &result);
  for (int i = 0; set != NULL && i < MIN (set->nfont, 3); i++)
    load_font (set->fonts[i]);
  if (set != NULL)
    FcFontSetDestroy (set);
  FcPatternDestroy (wanted);
}

/**
 * imp_pdf_files_load:
 *
 * Reads the fonts of this machine that stand in for those which forms name most: the standard 14
 * of PDF (ISO 32000-1, 9.6.2.2) and the office's. To be called once, before the lock.
 */
void
imp_pdf_files_load (void)
{
  static const char *const families[] = { "Helvetica",       "Times",        "Courier",
                                          "Symbol",          "ZapfDingbats", "Arial",
                                          "Times New Roman", "Courier New",  "Calibri",
                                          "Verdana" };
  static const int weights[] = { FC_WEIGHT_REGULAR, FC_WEIGHT_BOLD };
  static const int slants[] = { FC_SLANT_ROMAN, FC_SLANT_ITALIC };

  for (gsize f = 0; f < G_N_ELEMENTS (families); f++)
    for (gsize w = 0; w < G_N_ELEMENTS (weights); w++)
      for (gsize s = 0; s < G_N_ELEMENTS (slants); s++)
        load_family (families[f], weights[w], slants[s]);
}

/**
 * imp_pdf_files_close:
 *
 * From now on no file is opened, whoever asks: only fonts that were loaded are found.
 */
void
imp_pdf_files_close (void)
{
  closed = TRUE;
}

/* ---- before FreeType and the C library ---- */

static gpointer
find_real (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

static gboolean
refuse (void)
{
  if (closed)
    errno = EACCES;
  return closed;
}

/**
 * FT_New_Face:
 * @library: FreeType
 * @path: a font
 * @index: which face of it
 * @face: (out): the face
 *
 * Returns: 0, of a loaded font from memory; once closed an error for any other
 */
FT_Error
FT_New_Face (FT_Library library, const char *path, FT_Long index, FT_Face *face)
{
  FT_Open_Args args = { .flags = FT_OPEN_PATHNAME, .pathname = (char *)path };
  const Font *font = find_font (path);

  if (font != NULL)
    {
      args.flags = FT_OPEN_MEMORY;
      args.memory_base = (const FT_Byte *)g_mapped_file_get_contents (font->file);
      args.memory_size = (FT_Long)g_mapped_file_get_length (font->file);
    }
  else if (closed)
    return FT_Err_Cannot_Open_Resource;
  return FT_Open_Face (library, &args, index, face);
}

/**
 * fopen:
 * @path: a file
 * @mode: how to open it
 *
 * Returns: (transfer full) (nullable): a loaded font as a stream in memory; %NULL for anything else
 * once closed
 */
FILE *
fopen (const char *path, const char *mode) /* door: stands before the real one */
{
  FILE *(*real) (const char *, const char *) = find_real ("fopen");
  const Font *font = closed ? find_font (path) : NULL;

  if (font != NULL)
    return fmemopen (g_mapped_file_get_contents (font->file), g_mapped_file_get_length (font->file),
                     "r");
  return refuse () ? NULL : real (path, mode);
}

/**
 * open:
 * @path: a file
 * @flags: how to open it
 * @...: the mode of a file that is made
 *
 * Returns: -1 once closed
 */
int
open (const char *path, int flags, ...) /* door: stands before the real one */
{
  int (*real) (const char *, int, ...) = find_real ("open");
  mode_t mode = 0;
  va_list list;

  va_start (list, flags);
  if ((flags & O_CREAT) != 0)
    mode = va_arg (list, mode_t);
  va_end (list);
  return refuse () ? -1 : real (path, flags, mode);
}

FILE *fopen64 (const char *, const char *) __attribute__ ((alias ("fopen"))); /* door: likewise */
int open64 (const char *, int, ...) __attribute__ ((alias ("open")));         /* door: likewise */

/**
 * opendir:
 * @path: a folder
 *
 * Returns: (transfer full) (nullable): %NULL once closed
 */
DIR *
opendir (const char *path)
{
  DIR *(*real) (const char *) = find_real ("opendir");

  return refuse () ? NULL : real (path);
}

/**
 * access:
 * @path: a file
 * @mode: what is asked
 *
 * Returns: -1 once closed
 */
int
access (const char *path, int mode)
{
  int (*real) (const char *, int) = find_real ("access");

  return refuse () ? -1 : real (path, mode);
}

/**
 * stat:
 * @path: a file
 * @info: (out): what it is
 *
 * Returns: -1 once closed
 */
int
stat (const char *path, struct stat *info)
{
  int (*real) (const char *, struct stat *) = find_real ("stat");

  return refuse () ? -1 : real (path, info);
}

/**
 * fcntl:
 * @fd: a descriptor, or -1
 * @command: what to do
 * @...: with what
 *
 * A stream in memory has no descriptor, which poppler does not expect.
 *
 * Returns: -1 for such a one, without a system call
 */
int
fcntl (int fd, int command, ...)
{
  int (*real) (int, int, ...) = find_real ("fcntl");
  va_list list;
  gpointer argument = NULL;

  va_start (list, command);
  argument = va_arg (list, gpointer);
  va_end (list);
  if (fd < 0)
    {
      errno = EBADF;
      return -1;
    }
  return real (fd, command, argument);
}
