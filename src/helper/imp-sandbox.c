#include "imp-sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* its shadow memory needs terabytes of address space */
#else
#define SANITIZED 0
#endif

static gboolean
limit (int resource, guint64 value)
{
  struct rlimit both = { .rlim_cur = (rlim_t)value, .rlim_max = (rlim_t)value };

  return setrlimit (resource, &both) == 0;
}

/* Calls with nothing to restrict: they work on what the child already holds. */
static const int allowed[] = {
  SCMP_SYS (read),
  SCMP_SYS (write),
  SCMP_SYS (close),
  SCMP_SYS (lseek),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (brk),
  SCMP_SYS (madvise),
  SCMP_SYS (ftruncate),
  SCMP_SYS (sendmsg),
  SCMP_SYS (recvmsg),
  SCMP_SYS (futex),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (getrandom),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (sched_yield),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (sysinfo),
  SCMP_SYS (time),
#if SANITIZED
  SCMP_SYS (pipe2),
  SCMP_SYS (sigaltstack), /* how they look before they report, as are those refused below */
#endif
};

static int
allow_calls (scmp_filter_ctx filter)
{
  int rc = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (allowed) && rc == 0; i++)
    rc = seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed[i], 0);
  /* No executable memory: what a hostile file manages to write cannot be run as new code. */
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (memfd_create), 1,
                           SCMP_A1 (SCMP_CMP_EQ, MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                           SCMP_A1 (SCMP_CMP_EQ, F_ADD_SEALS));
#if SANITIZED
  /* Asked for before a report is written, which must get out: refused, but not deadly. */
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (readlink), 0);
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ERRNO (EPERM), SCMP_SYS (open), 0);
  if (rc == 0)
    rc = seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOTTY), SCMP_SYS (ioctl), 0);
#endif
  return rc;
}

/**
 * imp_sandbox_enter:
 * @memory: bytes of address space that it may have in all
 * @cpu: seconds of the processor's time
 *
 * Locks this process down for good: it dies with its parent, cannot gain privileges, be traced or
 * dump core, may use only so much memory, time and output, and any system call that is not on the
 * list ends it at once: no file can be opened, no socket made, nothing executed, no process made.
 *
 * Returns: whether every part of the lock holds; on %FALSE the process must end
 */
gboolean
imp_sandbox_enter (guint64 memory, guint cpu)
{
  scmp_filter_ctx filter = NULL;
  gboolean locked = FALSE;

  if (prctl (PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid () == 1 || prctl (PR_SET_DUMPABLE, 0) != 0
      || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
  if ((!SANITIZED && !limit (RLIMIT_AS, memory)) || !limit (RLIMIT_CPU, cpu)
      || !limit (RLIMIT_FSIZE, IMP_SANDBOX_OUTPUT) || !limit (RLIMIT_CORE, 0)
      || !limit (RLIMIT_NOFILE, 16))
    return FALSE;
  filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  if (filter == NULL)
    return FALSE;
  locked = allow_calls (filter) == 0 && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return locked;
}
