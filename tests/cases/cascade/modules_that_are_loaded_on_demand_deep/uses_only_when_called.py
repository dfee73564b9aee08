def call():
    from by_class import task

    return task
