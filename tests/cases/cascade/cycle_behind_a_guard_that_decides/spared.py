try:
    import gate
except ImportError:
    import b  # comes first, so that `a` is not what is imported first
import a
