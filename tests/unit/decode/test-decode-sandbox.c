/* The lock of the helper's children, by the very code that they run: each forbidden thing, tried in
 * a locked child, ends it; and so does every system call whatever that is not on the list below,
 * which is written down here a second time. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "imp-sandbox.h"

#define MEMORY (G_GUINT64_CONSTANT (3) << 30) /* bytes */
#define CPU 120                               /* seconds */

typedef void (*Attempt) (void);

/* Runs @attempt in a locked child. Returns its wait status; exit status 0 means "it went on". */
static int
run_locked (Attempt attempt)
{
  int status = 0;
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (!imp_sandbox_enter (MEMORY, CPU))
        _exit (99);
      attempt ();
      _exit (0);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static void
try_nothing (void)
{
}

static void
try_open (void)
{
  open ("/etc/passwd", O_RDONLY);
}

static void
try_create (void)
{
  syscall (SYS_openat, AT_FDCWD, "imprimatur-sandbox-was-here", O_CREAT | O_WRONLY, 0600);
}

static void
try_socket (void)
{
  socket (AF_INET, SOCK_STREAM, 0);
}

static void
try_unix_socket (void)
{
  socket (AF_UNIX, SOCK_STREAM, 0);
}

static void
try_exec (void)
{
  char *const arguments[] = { (char *)"true", NULL };

  execv ("/bin/true", arguments);
}

static void
try_fork (void)
{
  fork ();
}

static void
try_executable_memory (void)
{
  mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void
try_making_executable (void)
{
  mprotect (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 4096,
            PROT_READ | PROT_EXEC);
}

static void
try_ptrace (void)
{
  syscall (SYS_ptrace, 16, getppid (), 0, 0);
}

static void
try_kill (void)
{
  kill (getppid (), 0);
}

static void
try_unlink (void)
{
  unlink ("imprimatur-sandbox-was-here");
}

static int held = -1; /* a socket and a file that a child has from before the lock */
static int held_file = -1;

static void
try_connect (void)
{
  const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/run/dbus/socket" };

  connect (held, (const struct sockaddr *)&address, sizeof address);
}

static void
try_send_to (void)
{
  sendto (held, "x", 1, 0, NULL, 0);
}

static void
try_vfork (void)
{
  syscall (SYS_vfork);
}

static void
try_thread (void)
{
  syscall (SYS_clone, 0x00000100 | 0x00000800 | 0x00010000, 0, 0, 0, 0); /* VM, SIGHAND, THREAD */
}

static void
try_kill_another (void)
{
  syscall (SYS_tgkill, getppid (), getppid (), SIGKILL);
}

static void
try_read_another (void)
{
  char byte = 0;
  struct iovec here = { &byte, 1 };
  struct iovec there = { &held, 1 };

  syscall (SYS_process_vm_readv, getppid (), &here, 1, &there, 1, 0);
}

static void
try_unlocking (void)
{
  prctl (PR_SET_SECCOMP, 0, 0, 0, 0);
}

static void
try_another_filter (void)
{
  syscall (SYS_seccomp, 0, 0, 0);
}

static void
try_being_dumpable (void)
{
  prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
}

static void
try_outliving (void)
{
  prctl (PR_SET_PDEATHSIG, 0, 0, 0, 0);
}

static void
try_io_uring (void)
{
  char parameters[256] = { 0 };

  syscall (SYS_io_uring_setup, 1, parameters);
}

static void
try_userfaultfd (void)
{
  syscall (SYS_userfaultfd, O_CLOEXEC);
}

static void
try_executable_memfd (void)
{
  memfd_create ("test", 0); /* neither closed on exec nor to be sealed */
}

static void
try_huge_memfd (void)
{
  memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING | 4 /* MFD_HUGETLB */);
}

static void
try_dup (void)
{
  fcntl (held_file, F_DUPFD, 0);
}

static void
try_flags (void)
{
  fcntl (held_file, F_SETFL, O_APPEND);
}

static void
try_owner (void)
{
  fcntl (held, F_SETOWN, getpid ());
}

#ifdef __x86_64__
/* The old way in, with the numbers of 32-bit Linux, where 5 is open. */
static void
try_32_bit (void)
{
  long result = 5;

  __asm__ volatile("int $0x80"
                   : "+a"(result)
                   : "b"(0), "c"(0), "d"(0)
                   : "memory", "r8", "r9", "r10", "r11");
}
#endif

static void
test_stopped (gconstpointer data)
{
  int status = run_locked ((Attempt)data);

  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGSYS);
}

static void
test_goes_on (void)
{
  int status = run_locked (try_nothing);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

#ifndef __SANITIZE_ADDRESS__
static void
try_much_memory (void)
{
  for (int i = 0; i < 64; i++)
    if (mmap (NULL, (gsize)128 << 20, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        == MAP_FAILED)
      _exit (errno == ENOMEM ? 7 : 8);
}

static void
test_memory (void)
{
  int status = run_locked (try_much_memory);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 7);
}
#endif

static void
try_much_output (void)
{
  int fd = memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && ftruncate (fd, (off_t)IMP_SANDBOX_OUTPUT + 1) == 0)
    _exit (0);
  _exit (7);
}

static void
test_output (void)
{
  int status = run_locked (try_much_output);

  /* By SIGXFSZ, or by an error where that is ignored. */
  if (WIFSIGNALED (status))
    g_assert_cmpint (WTERMSIG (status), ==, SIGXFSZ);
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 7);
}

/* A file that is held may be written to as far as it lets itself be written to: what a child holds
 * of the outside is one sealed memfd. */
static void
try_input (void)
{
  if (write (held_file, "x", 1) >= 0 || errno != EPERM || ftruncate (held_file, 0) == 0)
    _exit (9);
  if (mmap (NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, held_file, 0) != MAP_FAILED)
    _exit (10);
  _exit (7);
}

static void
test_input (void)
{
  int status = 0;

  held_file = memfd_create ("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  g_assert_cmpint (write (held_file, "file", 4), ==, 4);
  g_assert_cmpint (
      fcntl (held_file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE), ==,
      0);
  status = run_locked (try_input);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 7);
}

static void
try_many_descriptors (void)
{
  int n = 0;

  while (memfd_create ("test", MFD_CLOEXEC | MFD_ALLOW_SEALING) >= 0)
    n++;
  _exit (n < 16 && errno == EMFILE ? 7 : 8);
}

static void
test_descriptors (void)
{
  int status = run_locked (try_many_descriptors);

  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 7);
}

static void
spin (void)
{
  volatile guint n = 0;

  for (;;)
    n = n + 1;
}

/* The limit is there, and the kernel keeps it: here with less of it, so that nobody waits. */
static void
test_time (void)
{
  struct rlimit limit = { 0, 0 };
  struct rlimit less = { 1, 1 };
  int ready[2] = { -1, -1 };
  int status = 0;
  char byte = 0;
  pid_t pid = 0;

  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      if (!imp_sandbox_enter (MEMORY, CPU) || write (ready[1], "x", 1) != 1)
        _exit (99);
      spin ();
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (prlimit (pid, RLIMIT_CPU, NULL, &limit), ==, 0);
  g_assert_cmpuint (limit.rlim_max, ==, CPU);
  g_assert_cmpint (prlimit (pid, RLIMIT_CPU, &less, NULL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_true (WTERMSIG (status) == SIGXCPU || WTERMSIG (status) == SIGKILL);
  close (ready[0]);
  close (ready[1]);
}

/* Its parent is gone: so is the child, whatever it is doing. */
static void
test_dies_with_its_parent (void)
{
  int ready[2] = { -1, -1 };
  int status = 0;
  char byte = 0;
  pid_t parent = 0;

  g_assert_cmpint (pipe (ready), ==, 0);
  parent = fork ();
  if (parent == 0)
    {
      if (fork () == 0)
        {
          if (imp_sandbox_enter (MEMORY, CPU) && write (ready[1], "x", 1) == 1)
            spin ();
          _exit (99);
        }
      close (ready[1]);
      if (read (ready[0], &byte, 1) != 1)
        _exit (99);
      _exit (0);
    }
  close (ready[1]);
  g_assert_cmpint (waitpid (parent, &status, 0), ==, parent);
  g_assert_cmpint (status, ==, 0);
  /* Its end of the pipe closes when it dies, and it alone holds one. */
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 0);
  close (ready[0]);
}

/* What a child may ask of the system at all. mmap and mprotect may make nothing executable,
 * memfd_create makes one kind of memfd and fcntl adds seals: with all arguments 0 these end it. */
static const int on_the_list[] = {
  SYS_read,
  SYS_write,
  SYS_close,
  SYS_lseek,
  SYS_mmap,
  SYS_munmap,
  SYS_mremap,
  SYS_mprotect,
  SYS_brk,
  SYS_madvise,
  SYS_ftruncate,
  SYS_sendmsg,
  SYS_recvmsg,
  SYS_futex,
  SYS_exit,
  SYS_exit_group,
  SYS_clock_gettime,
  SYS_gettimeofday,
  SYS_getrandom,
  SYS_rt_sigreturn,
  SYS_rt_sigprocmask,
  SYS_restart_syscall,
  SYS_sched_yield,
  SYS_getpid,
  SYS_gettid,
  SYS_sysinfo,
#ifdef SYS_time
  SYS_time,
#endif
#ifdef __SANITIZE_ADDRESS__
  SYS_pipe2,
  SYS_sigaltstack,
  /* These come to nothing, but do not end it. */
  SYS_readlink,
  SYS_open,
  SYS_ioctl,
#endif
};

static gboolean
is_on_the_list (int number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (on_the_list); i++)
    if (on_the_list[i] == number)
      return TRUE;
  return FALSE;
}

static int number; /* the call that try_number() makes */

static void
try_number (void)
{
  syscall (number, 0, 0, 0, 0, 0, 0);
}

/* uretprobe and uprobe: the kernel's own trampolines, which newer kernels let past any filter, and
 * which end a process that was not sent there by the kernel (with SIGILL, or an error). */
static gboolean
is_trampoline (void)
{
#ifdef __x86_64__
  return number == 335 || number == 336;
#else
  return FALSE;
#endif
}

/* Every number that Linux has given out, and some that it has not. */
static void
test_every_other_call (void)
{
  guint n = 0;

  for (number = 0; number < 512; number++)
    {
      int status = 0;

      if (is_on_the_list (number) || is_trampoline ())
        continue;
      status = run_locked (try_number);
      if (!WIFSIGNALED (status) || WTERMSIG (status) != SIGSYS)
        g_error ("system call %d is let through", number);
      n++;
    }
  g_test_message ("%u system calls end a child", n);
  g_assert_cmpuint (n, >=, 512 - G_N_ELEMENTS (on_the_list) - 2);
}

#ifdef __x86_64__
static void
test_other_numbers (void)
{
  int status = 0;

  number = 0x40000000 | SYS_getpid; /* x32's */
  status = run_locked (try_number);
  g_assert_true (WIFSIGNALED (status));
  status = run_locked (try_32_bit);
  g_assert_true (WIFSIGNALED (status));
}
#endif

static void
try_loosening (void)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

  setrlimit (RLIMIT_CPU, &limit);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    Attempt attempt;
  } attempts[] = {
    { "open", try_open },
    { "create", try_create },
    { "unlink", try_unlink },
    { "socket", try_socket },
    { "unix-socket", try_unix_socket },
    { "exec", try_exec },
    { "fork", try_fork },
    { "executable-memory", try_executable_memory },
    { "making-executable", try_making_executable },
    { "ptrace", try_ptrace },
    { "kill", try_kill },
    { "kill-another", try_kill_another },
    { "read-another", try_read_another },
    { "connect", try_connect },
    { "send-to", try_send_to },
    { "vfork", try_vfork },
    { "thread", try_thread },
    { "loosening", try_loosening },
    { "unlocking", try_unlocking },
    { "another-filter", try_another_filter },
    { "being-dumpable", try_being_dumpable },
    { "outliving", try_outliving },
    { "io-uring", try_io_uring },
    { "userfaultfd", try_userfaultfd },
    { "executable-memfd", try_executable_memfd },
    { "huge-memfd", try_huge_memfd },
    { "dup", try_dup },
    { "flags", try_flags },
    { "owner", try_owner },
  };

  g_test_init (&argc, &argv, NULL);
  held = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  held_file = open ("/dev/null", O_RDWR | O_CLOEXEC);
  g_test_add_func ("/decode/sandbox/goes-on", test_goes_on);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *name = g_strdup_printf ("/decode/sandbox/stopped/%s", attempts[i].name);

      g_test_add_data_func (name, (gconstpointer)attempts[i].attempt, test_stopped);
    }
#ifndef __SANITIZE_ADDRESS__ /* which needs more address space than any limit leaves */
  g_test_add_func ("/decode/sandbox/memory", test_memory);
#endif
  g_test_add_func ("/decode/sandbox/output", test_output);
  g_test_add_func ("/decode/sandbox/input", test_input);
  g_test_add_func ("/decode/sandbox/descriptors", test_descriptors);
  g_test_add_func ("/decode/sandbox/time", test_time);
  g_test_add_func ("/decode/sandbox/dies-with-its-parent", test_dies_with_its_parent);
  g_test_add_func ("/decode/sandbox/every-other-call", test_every_other_call);
#ifdef __x86_64__
  g_test_add_func ("/decode/sandbox/other-numbers", test_other_numbers);
#endif
  return g_test_run ();
}
