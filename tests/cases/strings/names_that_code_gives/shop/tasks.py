import celery  # expect: HW203

app = celery.Celery("shop")


@app.task
def count():
    app.send_task("shop.tasks.count")
    app.send_task("shop.tasks.mising")  # expect: HW402


@app.task(name="shop.tasks.named")
def other():
    pass
