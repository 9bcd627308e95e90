"""The judge's weights, and the header that the screener has them in."""
import hashlib
import re

import numpy as np

FEATURES = 44  # IMP_JUDGE_FEATURES


class Weights:
    """One layer of tanh units over what is measured, and their sum."""

    def __init__(self, units, biases, outputs, bias):
        self.units, self.biases, self.outputs, self.bias = units, biases, outputs, bias

    def __call__(self, features):
        return np.tanh(features @ self.units.T + self.biases) @ self.outputs + self.bias


def mean(judges):
    """Weights whose odds are the mean of those of several, each as its header would have it."""
    judges = [Weights(*(np.round(part, 3) for part in (one.units, one.biases, one.outputs, one.bias))) for one in judges]
    return Weights(np.concatenate([one.units for one in judges]), np.concatenate([one.biases for one in judges]),
                   np.concatenate([one.outputs for one in judges]) / len(judges), sum(one.bias for one in judges) / len(judges))


def _rows(numbers, per_row=10):
    texts = [f'{number:.3f}' for number in numbers]
    return ',\n    '.join(', '.join(texts[i:i + per_row]) for i in range(0, len(texts), per_row))


def write(weights, path, source):
    """Writes the header; `source` says what they were trained on."""
    n = len(weights.biases)
    units = ',\n'.join(f'  {{ {_rows(unit)} }}' for unit in weights.units)
    text = f'''/* What {n} units weigh of what is measured. Written by tests/bench/screening/train.py, trained on
 * {source}. */
/* clang-format off */
static const double judge_weights[{n}][IMP_JUDGE_FEATURES] = {{
{units}
}};

static const double judge_biases[{n}] = {{
    {_rows(weights.biases)}
}};

static const double judge_outputs[{n}] = {{
    {_rows(weights.outputs)}
}};

static const double judge_bias = {weights.bias:.3f};
/* clang-format on */
'''
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


def _numbers(text):
    return [float(number) for number in re.findall(r'-?\d+\.\d{3}\b', text)]


def read(path):
    """The weights of a header, which must have been written by write()."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    match = re.search(r'judge_weights\[(\d+)\]\[IMP_JUDGE_FEATURES\] = \{(.*?)\n\};.*judge_biases\[\1\] = \{(.*?)\};'
                      r'.*judge_outputs\[\1\] = \{(.*?)\};.*judge_bias = (-?\d+\.\d{3});', text, re.DOTALL)
    if match is None:
        raise ValueError(f'{path} is not as train.py writes it')
    n = int(match[1])
    units, biases, outputs = (np.array(_numbers(match[i])) for i in (2, 3, 4))
    if units.size != n * FEATURES or biases.size != n or outputs.size != n:
        raise ValueError(f'{path} has other than {n} units of {FEATURES} weights')
    return Weights(units.reshape(n, FEATURES), biases, outputs, float(match[5]))


def fingerprint(path):
    """The same for the same numbers, however they are laid out."""
    weights = read(path)
    numbers = [*weights.units.ravel(), *weights.biases, *weights.outputs, weights.bias]
    return hashlib.sha256(' '.join(f'{number:.3f}' for number in numbers).encode('ascii')).hexdigest()[:16]
