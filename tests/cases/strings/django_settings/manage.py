import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.gone")  # expect: HW401

if __name__ == "__main__":
    from django.core.management import execute_from_command_line  # expect: HW203(unknown)

    execute_from_command_line(sys.argv)
