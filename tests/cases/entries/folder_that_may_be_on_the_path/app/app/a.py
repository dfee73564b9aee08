import app.gone  # expect: HW101
import thing
