from early_hook import limit
