JOB = 1
