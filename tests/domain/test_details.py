"""Reading what was sent."""

from chalicelib.domain.details import Details, every, first, telephone_numbers

SENT: Details = (
    ("SiteId", " 12 "),
    ("Subscriber", (("BusinessName", ""), ("ServiceAddress", (("City", "Raleigh"),)))),
    ("subscriber", (("BusinessName", "Acme"),)),
    ("SiteId", "13"),
    (
        "ListOfPhoneNumbers",
        (("PhoneNumber", "9195551234"), ("PhoneNumber", " 9195551235 "), ("PhoneNumber", "")),
    ),
    (
        "Odd",
        (
            ("TN", "9195551234"),
            ("FullNumber", "+19195551236"),
            ("TelephoneNumber", (("FullNumber", "8005550100"),)),
        ),
    ),
)


def test_every_text_at_a_path_comes_in_document_order_whatever_the_case() -> None:
    assert list(every(SENT, "siteid")) == [" 12 ", "13"]
    assert list(every(SENT, "Subscriber/BusinessName")) == ["", "Acme"]
    assert list(every(SENT, "SUBSCRIBER/ServiceAddress/city")) == ["Raleigh"]


def test_a_path_into_a_text_or_to_a_tree_finds_nothing() -> None:
    assert list(every(SENT, "SiteId/More")) == []
    assert list(every(SENT, "Subscriber")) == []
    assert list(every(SENT, "Nothing/At/All")) == []


def test_the_first_text_is_trimmed_and_blank_counts_as_absent() -> None:
    assert first(SENT, "SiteId") == "12"
    assert first(SENT, "Subscriber/BusinessName") == "Acme"
    assert first(SENT, "PeerId") is None


def test_each_number_of_a_list_is_named_once_and_none_from_elsewhere() -> None:
    assert telephone_numbers(SENT, ("listofphonenumbers",)) == ("9195551234", "9195551235")
    assert telephone_numbers(SENT, ("Odd", "ListOfPhoneNumbers")) == (
        "9195551234", "+19195551236", "8005550100", "9195551235",
    )  # fmt: skip
    assert telephone_numbers(SENT, ("Subscriber/ServiceAddress", "SiteId/More")) == ()
    assert telephone_numbers((), ("ListOfPhoneNumbers",)) == ()


def test_a_list_without_elements_of_its_own_is_repeated_for_each_number() -> None:
    sent: Details = (("TelephoneNumbers", "9195551234"), ("TelephoneNumbers", " "), ("TelephoneNumbers", "9195551235"))
    assert telephone_numbers(sent, ("TelephoneNumbers",)) == ("9195551234", "9195551235")
