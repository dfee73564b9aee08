from account.models import person
