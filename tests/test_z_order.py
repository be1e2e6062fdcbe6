"""Z order: each code is the bits of x and y in turn, as strings have them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo import z_order

WHOLE = st.integers(0, 2**31 - 1)


@given(WHOLE, WHOLE)
def test_a_code_is_the_bits_of_both_in_turn(x, y):
    bits = "".join(b + a for a, b in zip(f"{x:031b}", f"{y:031b}", strict=True))
    assert z_order.codes(np.array([x]), np.array([y])).tolist() == [int(bits, 2)]
