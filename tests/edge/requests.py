"""Requests as customers send them."""

ORDER = (
    "<Order><CustomerOrderId>PO-1001</CustomerOrderId><Name>spring numbers</Name><SiteId>743</SiteId>"
    "<PeerId>500017</PeerId><BackOrderRequested>false</BackOrderRequested><ExistingTelephoneNumberOrderType>"
    "<TelephoneNumberList><TelephoneNumber>2015550100</TelephoneNumber><TelephoneNumber>2015550101</TelephoneNumber>"
    "</TelephoneNumberList></ExistingTelephoneNumberOrderType><PartialAllowed>true</PartialAllowed></Order>"
)
PORT_IN = (
    "<LnpOrder><CustomerOrderId>PORT 7</CustomerOrderId><RequestedFocDate>2026-03-25T21:15:00.000Z</RequestedFocDate>"
    "<BillingTelephoneNumber>2015550100</BillingTelephoneNumber><SiteId>743</SiteId><Subscriber>"
    "<SubscriberType>BUSINESS</SubscriberType><BusinessName>Example Books</BusinessName></Subscriber>"
    "<ListOfPhoneNumbers><PhoneNumber>2015550100</PhoneNumber></ListOfPhoneNumbers></LnpOrder>"
)
DISCONNECT = (
    "<DisconnectTelephoneNumberOrder><name>old trunks</name><CustomerOrderId>BYE-1</CustomerOrderId>"
    "<DisconnectTelephoneNumberOrderType><TelephoneNumberList><TelephoneNumber>2015550100</TelephoneNumber>"
    "</TelephoneNumberList><DisconnectMode>normal</DisconnectMode></DisconnectTelephoneNumberOrderType>"
    "</DisconnectTelephoneNumberOrder>"
)
NOTE = "<Note><UserId>desk</UserId><Description>Please move the FOC to Friday.</Description></Note>"
CALLBACK = (
    "<Subscription><OrderType>portins</OrderType><CallbackSubscription><URL>http://127.0.0.1:8181/hook</URL>"
    "<Expiry>600</Expiry></CallbackSubscription></Subscription>"
)
EMAIL = (
    "<Subscription><OrderType>orders</OrderType><EmailSubscription><Email>ops@example.net</Email>"
    "<DigestRequested>NONE</DigestRequested></EmailSubscription></Subscription>"
)
JSON = "application/json"
XML = "application/xml"
