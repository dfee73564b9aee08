from mall import Till
