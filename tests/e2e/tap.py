"""Run unittest cases as TAP, so that each counts."""
import sys
import time
import unittest


class TapResult(unittest.TestResult):
    def __init__(self, total):
        super().__init__()
        self.number = 0
        self.parts = []  # what broke in the subtests of the test at hand
        print(f'1..{total}', flush=True)

    def report(self, good, test, detail=''):
        self.number += 1
        took = time.monotonic() - self.started
        name = test.id().split('.', 1)[-1]
        print(f"{'ok' if good else 'not ok'} {self.number} {name}  {took:.1f} s".replace('#', ' '))
        for line in '\n'.join([*self.parts, detail]).splitlines():
            print('#', line)
        self.parts = []
        sys.stdout.flush()

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.report(True, test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            self.parts.append(f'{subtest}\n{kept[-1][1]}')

    def stopTest(self, test):
        # A test of which only subtests broke is neither a success nor a failure to unittest.
        if self.parts:
            self.report(False, test)
        super().stopTest(test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.report(False, test, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.started = getattr(self, 'started', time.monotonic())
        self.report(False, test, self.errors[-1][1])


def main():
    """Runs every case of the calling program; exits 1 if one failed."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules['__main__'])
    result = TapResult(suite.countTestCases())
    suite.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
