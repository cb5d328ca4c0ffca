from django.urls import path

from accounts import token_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/as/<uuid:uuid>/", views.sign_in_as, name="sign_in_as"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("invitation/<uuid:uuid>/<str:token>/", views.invitation, name="invitation"),
    path("forgotten/", views.forgotten, name="forgotten"),
    path("account/", views.account, name="account"),
    path("account/password/", views.password, name="password"),
    path("account/tokens/", token_views.tokens, name="tokens"),
    path("account/tokens/revoke/", token_views.revoke_all, name="tokens_revoke"),
    path("account/tokens/<int:token_id>/revoke/", token_views.revoke, name="token_revoke"),
]
