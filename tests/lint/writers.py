"""The names of the functions that can write a file, carry a picture out by a side door, or let GTK
decode one outside the helper: as regular expressions over the whole name. Both the door lint and
the symbol test use them."""

C_LIBRARY = [
    r'fopen(64)?', r'freopen(64)?', r'openat2?', r'creat(64)?', r'mkstemps?(64)?',
    r'mkostemps?(64)?', r'mkdtemp', r'tmpfile(64)?', r'tmpnam', r'tempnam', r'rename(at2?)?',
    r'link(at)?', r'symlink(at)?', r'mkdir(at)?', r'mknod(at)?', r'mkfifo(at)?', r'truncate(64)?',
    r'copy_file_range', r'system', r'popen',
]
GLIB = [
    r'g_fopen', r'g_freopen', r'g_open', r'g_creat', r'g_rename', r'g_mkdir\w*', r'g_mkstemp\w*',
    r'g_mkdtemp\w*', r'g_dir_make_tmp', r'g_file_open_tmp', r'g_file_new_tmp\w*',
    r'g_file_set_contents\w*', r'g_file_replace\w*', r'g_file_create\w*', r'g_file_append_to\w*',
    r'g_file_open_readwrite\w*', r'g_file_copy\w*', r'g_file_move\w*',
    r'g_file_make_(directory|symbolic_link)\w*', r'g_file_set_(attribute|display_name)\w*',
    r'g_key_file_save_to_file', r'g_bookmark_file_to_file', r'json_generator_to_file',
]
PICTURES = [
    r'gdk_texture_save_to_(png|tiff)', r'gdk_pixbuf_save\w*', r'gsk_render_node_write_to_file',
    r'cairo_(pdf|ps|svg|xml|script|tee)_surface_create\w*', r'cairo_script_create\w*',
    r'cairo_surface_write_to_png\w*', r'TIFFOpen\w*', r'TIFFFdOpen', r'png_init_io',
    r'jpeg_stdio_dest', r'cmsSaveProfileToFile', r'cmsOpenIOhandlerFromFile',
    r'cmsOpenProfileFromFile\w*', r'exif_data_save_data',
]
DATABASES = [r'sqlite3_open\w*']
SIDE_DOORS = [
    r'gtk_recent_manager_add\w*', r'gdk_clipboard_set\w*', r'gdk_content_provider_new\w*',
    r'gtk_drag_source_\w+', r'gtk_print_\w+',
]
DECODERS = [
    r'gdk_pixbuf_\w+', r'gdk_texture_new_from_\w+', r'gdk_texture_new_for_pixbuf',
    r'gdk_texture_get_type', r'gdk_clipboard_read_texture\w*', r'gdk_content_deserialize\w*',
    r'gtk_picture_(new_for|set)_(file|filename|resource|pixbuf)',
    r'gtk_image_(new_from|set_from)_(file|pixbuf)', r'gtk_(media_file|video)_new\w*',
]
WRITERS = C_LIBRARY + GLIB + PICTURES + DATABASES + SIDE_DOORS + DECODERS
