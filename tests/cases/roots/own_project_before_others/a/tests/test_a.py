from common import A
