"""Signatures as anybody's library of the Standard Webhooks checks them."""

from base64 import b64decode

from charter.outward import signing


def test_the_example_of_the_specification():
    secret = b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    signed = signing.headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_secret_needs_both_the_key_and_the_seed():
    found = {signing.secret_of(key, seed) for key in ("one", "two") for seed in (b"a", b"b")}
    assert len(found) == 4
    assert {len(secret) for secret in found} == {32}
    assert b64decode(signing.shown(min(found)).removeprefix("whsec_")) == min(found)


def test_two_secrets_sign_side_by_side():
    both = signing.headers([b"new", b"old"], "msg_1", 7, b"{}")["webhook-signature"].split(" ")
    assert both == [signing.signature(one, "msg_1", 7, b"{}") for one in (b"new", b"old")]
