from django.urls import include, path

urlpatterns = [
    path("shop/", include("shop.urls")),
    path("gone/", include("shop.gone_urls")),  # expect: HW401
    path("lost/", include(("shop.lost_urls", "lost"), namespace="lost")),  # expect: HW401
    path("own/", include([path("x/", None)])),
]
