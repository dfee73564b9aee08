from tests.helpers import X
