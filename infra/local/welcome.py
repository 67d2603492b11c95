"""What a start says: where it is, who may ask, and a first thing to try."""

from infra.local.secrets_file import Prepared

MESSAGE = """
Docket is up.

  API         {base}/v1.0/accounts/{account}/…      (health: {base}/health)
  customer    {user}      {password}
  operator    {operator}  {operator_password}
  mail in     smtp://{host}:{smtp_port}  for …@{domain}
  mail out    {mail_out}
  state       {state}  (stop with Ctrl-C; what was acknowledged is there after the next start)

Try it:

  curl -u "{plain_user}:{shown}" -H 'Content-Type: application/xml' {base}/v1.0/accounts/{account}/disconnects \\
    -d '<DisconnectTelephoneNumberOrder><DisconnectTelephoneNumberOrderType><TelephoneNumberList>
          <TelephoneNumber>9195551234</TelephoneNumber>
        </TelephoneNumberList></DisconnectTelephoneNumberOrderType></DisconnectTelephoneNumberOrder>'

README.md goes on from here.
"""


def welcome(prepared: Prepared, *, port: int, smtp_port: int) -> str:
    """The message. A password that somebody chose is not repeated."""
    settings, made = prepared.settings, prepared.made
    width = max(len(settings.user), len(settings.operator_user))
    return MESSAGE.format(
        base=settings.base_url or f"http://{settings.host}:{port}", account=settings.account, plain_user=settings.user,
        user=settings.user.ljust(width), password=made.get(settings.user, "(as set in DOCKET_PASSWORD)"),
        operator=settings.operator_user.ljust(width),
        operator_password=made.get(settings.operator_user, "(as set in DOCKET_OPERATOR_PASSWORD)"),
        shown=made.get(settings.user, "$DOCKET_PASSWORD"), host=settings.host, smtp_port=smtp_port,
        domain=settings.mail_domain, mail_out=_mail_out(prepared), state=settings.state,
    )  # fmt: skip


def _mail_out(prepared: Prepared) -> str:
    settings = prepared.settings
    if settings.smtp_relay:
        return "through the relay of DOCKET_SMTP_RELAY"
    return f"{settings.state / 'outbox'}/  (one .eml file for each mail)"
