"""Who is signed in: sessions, attempts, and the talk with an issuer of OpenID Connect. Permanent: no read models."""
