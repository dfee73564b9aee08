from helpers import JOB
