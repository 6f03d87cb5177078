"""Who may do what: every endpoint, every caller, the status that it is answered.

The things asked about belong to alpha: alpha's profile, consent, referral and key, and its work with beta. `office`
coordinates their network, to which gamma belongs as well; `other_office` and omega are of another. `bank` has
alpha's consent, `other_bank` has not. 200 shows the thing, 200- is an answer without any trace of it.
"""

from __future__ import annotations

CALLERS = ("anyone", "operator", "office", "other_office", "alpha", "beta", "gamma", "omega", "bank", "other_bank")

TABLE = """
                                                        nobody  oper.  office other  alpha  beta   gamma  omega  bank   other
                                                                              office                                    bank

POST   /v1/networks                                     401     201    403    403    403    403    403    403    403    403
GET    /v1/networks                                     401     200    200    200-   200    200    200    200-   200-   200-
GET    /v1/networks/<uuid:network>                      401     200    200    404    200    200    200    404    404    404
POST   /v1/networks/<uuid:network>/epochs               401     201    201    404    403    403    403    403    403    403
POST   /v1/networks/<uuid:network>/handover             401     201    403    403    403    403    403    403    403    403
GET    /v1/networks/<uuid:network>/benefits             401     200    200    404    404    404    404    404    404    404
GET    /v1/networks/<uuid:network>/activity             401     200    200    404    404    404    404    404    404    404
GET    /v1/networks/<uuid:network>/indicators           401     200    200    404    404    404    404    404    404    404
GET    /v1/networks/<uuid:network>/map                  401     200    200    404    404    404    404    404    404    404
GET    /v1/networks/<uuid:network>/reports/<int:year>   401     200    200    404    404    404    404    404    404    404
POST   /v1/banks                                        401     201    403    403    403    403    403    403    403    403
GET    /v1/banks                                        401     200    200    200    200    200    200    200    200    200
GET    /v1/banks/<uuid:bank>                            401     200    200    200    200    200    200    200    200    200
GET    /v1/banks/<uuid:bank>/query-log                  401     200    404    404    404    404    404    404    200    404

POST   /v1/firms                                        401     403    201    201    403    403    403    403    403    403
GET    /v1/firms                                        401     200    200    200-   200    200    200    200-   200    200-
GET    /v1/firms/<uuid:firm>                            401     200    200    404    200    200    200    404    200    404
PATCH  /v1/firms/<uuid:firm>                            401     403    200    404    200    404    404    404    403    403
POST   /v1/firms/<uuid:firm>/verification               401     403    201    404    403    403    403    403    403    403
PUT    /v1/firms/<uuid:firm>/disclosure                 401     403    403    403    200    404    404    404    403    403
POST   /v1/firms/<uuid:firm>/headcounts                 401     403    201    404    201    404    404    404    403    403
GET    /v1/firms/<uuid:firm>/history                    401     200    200    404    200    404    404    404    200    404
GET    /v1/firms/<uuid:firm>/partners                   401     200    200    404    200    404    404    404    200    404
GET    /v1/firms/<uuid:firm>/trust                      401     200    200    404    200    404    404    404    200    404
GET    /v1/firms/<uuid:firm>/access-log                 401     200    200    404    200    404    404    404    200    404
GET    /v1/firms/<uuid:firm>/acted-for                  401     200    200    404    200    404    404    404    404    404
GET    /v1/firms/<uuid:firm>/benefits                   401     404    404    404    200    404    404    404    404    404
GET    /v1/firms/<uuid:firm>/personal-data              401     200    200    404    200    404    404    404    403    403
DELETE /v1/firms/<uuid:firm>/personal-data              401     200    200    404    403    403    403    403    403    403

POST   /v1/collaborations                               401     403    201    422    201    201    403    422    403    403
POST   /v1/collaborations/batch                         401     403    200    200    200    200    200    200    403    403
GET    /v1/collaborations                               401     200    200    200-   200    200    200-   200-   200    200-
GET    /v1/collaborations/<uuid:id_>                    401     200    200    404    200    200    404    404    200    404
GET    /v1/collaborations/<uuid:id_>/events             401     200    200    404    200    200    404    404    200    404

POST   /v1/collaborations/<uuid:id_>/acceptances        401     403    201    404    409    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/declines           401     403    201    404    409    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/completion         401     403    201    404    201    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/assessments        401     403    201    404    422    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/amendments         401     403    201    404    201    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/evidence           401     403    201    404    201    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/withdrawal         401     403    403    404    201    403    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/disputes           401     403    201    404    201    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/disputes/<int:number>/answers
                                                        401     403    201    404    403    201    404    404    403    403
POST   /v1/collaborations/<uuid:id_>/disputes/<int:number>/settlement
                                                        401     403    201    404    403    403    404    404    403    403

POST   /v1/capacity-offers                              401     403    201    422    201    403    403    403    403    403
GET    /v1/capacity-offers                              401     200    200    200-   200    200    200    200-   403    403
DELETE /v1/capacity-offers/<uuid:offer>                 401     403    204    404    204    403    403    404    403    403

POST   /v1/consents                                     401     403    403    403    201    201    201    201    403    403
GET    /v1/consents                                     401     200    200    200-   200    200-   200-   200-   200    200-
GET    /v1/consents/<uuid:consent>                      401     200    200    404    200    404    404    404    200    404
DELETE /v1/consents/<uuid:consent>                      401     403    403    404    204    404    404    404    403    404

POST   /v1/referrals                                    401     403    403    403    403    403    403    403    201    403
GET    /v1/referrals                                    401     200    200    200-   200    200-   200-   200-   200    200-
GET    /v1/referrals/<uuid:referral>                    401     200    200    404    200    404    404    404    200    404
DELETE /v1/referrals/<uuid:referral>                    401     403    204    404    204    404    404    404    403    404
POST   /v1/referrals/<uuid:referral>/outcome            401     403    403    404    403    404    404    404    201    404
POST   /v1/referrals/<uuid:referral>/presentations      401     200    200    404    200    404    404    404    200    404

POST   /v1/verifications                                200     200    200    200    200    200    200    200    200    200
GET    /v1/status-lists/<int:number>                    200     200    200    200    200    200    200    200    200    200
GET    /.well-known/jwks.json                           200     200    200    200    200    200    200    200    200    200
GET    /.well-known/referral-certificates.pem           200     200    200    200    200    200    200    200    200    200

POST   /v1/keys                                         401     201    201    403    201    403    403    403    403    403
GET    /v1/keys                                         401     200    200    200-   200    200-   200-   200-   200-   200-
GET    /v1/keys/<uuid:key>                              401     200    200    404    200    404    404    404    404    404
POST   /v1/keys/<uuid:key>/rotation                     401     201    201    404    201    404    404    404    404    404
DELETE /v1/keys/<uuid:key>                              401     204    204    404    204    404    404    404    404    404

POST   /v1/accounts                                     401     201    201    403    201    403    403    403    403    403
GET    /v1/accounts                                     401     200    200    200-   200    200-   200-   200-   200-   200-
GET    /v1/accounts/<uuid:account>                      401     200    200    404    200    404    404    404    404    404
DELETE /v1/accounts/<uuid:account>                      401     204    204    404    204    404    404    404    404    404
POST   /v1/accounts/<uuid:account>/invitation           401     201    201    404    201    404    404    404    404    404
GET    /v1/accounts/<uuid:account>/personal-data        401     200    200    404    200    404    404    404    404    404
DELETE /v1/accounts/<uuid:account>/personal-data        401     200    200    404    200    404    404    404    404    404

POST   /v1/invoices                                     401     403    200    200    200    200    200    200    403    403

GET    /v1/events                                       401     200    200    200-   200    200-   200-   200-   200    200-
GET    /v1/events/stream                                401     200    200    200-   200    200-   200-   200-   200    200-

POST   /v1/webhooks                                     401     201    201    201    201    201    201    201    201    201
GET    /v1/webhooks                                     401     200    200-   200-   200    200-   200-   200-   200-   200-
GET    /v1/webhooks/<uuid:webhook>                      401     200    404    404    200    404    404    404    404    404
DELETE /v1/webhooks/<uuid:webhook>                      401     204    404    404    204    404    404    404    404    404
GET    /v1/webhooks/<uuid:webhook>/deliveries           401     200    404    404    200    404    404    404    404    404
POST   /v1/webhooks/<uuid:webhook>/deliveries/<int:number>/redelivery
                                                        401     202    404    404    202    404    404    404    404    404

GET    /v1/log/checkpoint                               200     200    200    200    200    200    200    200    200    200
GET    /v1/log/key                                      200     200    200    200    200    200    200    200    200    200
GET    /v1/log/proofs/inclusion                         200     200    200    200    200    200    200    200    200    200
GET    /v1/log/proofs/consistency                       200     200    200    200    200    200    200    200    200    200
GET    /v1/log/leaves                                   200     200    200    200    200    200    200    200    200    200
GET    /v1/log/tile/<path:tile>                         200     200    200    200    200    200    200    200    200    200
GET    /v1/openapi.json                                 200     200    200    200    200    200    200    200    200    200
GET    /health/live                                     200     200    200    200    200    200    200    200    200    200
GET    /health/ready                                    200     200    200    200    200    200    200    200    200    200
GET    /metrics                                         200     200    200    200    200    200    200    200    200    200
GET    /docs                                            200     200    200    200    200    200    200    200    200    200
GET    /docs/style.css                                  200     200    200    200    200    200    200    200    200    200
"""  # noqa: E501 - a table


def rows() -> dict[str, dict[str, str]]:
    """Return the expected answers by caller, by method and rule; a long rule has its answers on the next line."""
    words = iter(TABLE.split())
    found: dict[str, dict[str, str]] = {}
    for word in words:
        if word in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            rule = next(words)
            found[f"{word} {rule}"] = {caller: next(words) for caller in CALLERS}
    return found
