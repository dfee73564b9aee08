from shop import models
