from builtins import Exception as Error
