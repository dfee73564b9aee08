from token import EXACT_TOKEN_TYPES
