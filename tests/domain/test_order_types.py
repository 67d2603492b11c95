"""The tables of all order types, held against the API's documentation.

States, final states and notified states as in the Bandwidth Phone Number API's reference and its guide to
subscriptions. An asterisk marks a state whose entering is notified, an exclamation mark a final one.
"""

import pytest

from chalicelib.domain.order_types import ORDER_TYPES, OrderType, find_order_type, numbered, order_type

DOCUMENTED = {
    "orders": "RECEIVED PROCESSING BACKORDERED* COMPLETE*! PARTIAL*! FAILED*!",
    "portins": "DRAFT VALIDATE_DRAFT_TFNS VALID_DRAFT_TFNS INVALID_DRAFT_TFNS VALIDATE_TFNS INVALID_TFNS"
    " PENDING_DOCUMENTS* SUBMITTED* REQUESTED_SUPP* FOC* EXCEPTION* REQUESTED_CANCEL* SNAPBACK"
    " COMPLETE*! CANCELLED*!",
    "portouts": "NEW SUPP MODIFY VALIDATION_FAILED_NEW VALIDATION_FAILED_SUPP VALIDATION_FAILED_MODIFY"
    " EXCEPTION SOA_PENDING SOA_CONFLICT COMPLETE*! CANCELLED!",
    "disconnects": "RECEIVED PROCESSING COMPLETE*! PARTIAL*! FAILED*!",
    "dldas": "RECEIVED* PROCESSING* COMPLETE*! PARTIAL*! FAILED*! CANCELLED!",
    "tnoptions": "RECEIVED* PROCESSING* COMPLETE*! PARTIAL*! FAILED*!",
    "lsrorders": "PENDING* FOC* EXCEPTION* COMPLETE*! CANCELLED*! PARTIAL*! FAILED*!",
    "e911s": "RECEIVED* PROCESSING* COMPLETE*! ADJUSTED_COMPLETE*! PARTIAL*! ADJUSTED_PARTIAL*! FAILED*!",
    "lidbs": "RECEIVED PROCESSING* COMPLETE*! PARTIAL*! FAILED*!",
    "importTnOrders": "RECEIVED PROCESSING EXCEPTION* COMPLETE*! PARTIAL*! FAILED*!",
    "removeImportedTnOrders": "RECEIVED PROCESSING* COMPLETE*! PARTIAL*! FAILED*!",
    "importTnOrders/voice": "RECEIVED PROCESSING EXCEPTION* COMPLETE*! PARTIAL*! FAILED*!",
    "removeImportedTnOrders/voice": "RECEIVED PROCESSING* COMPLETE*! PARTIAL*! FAILED*!",
    "importToAccount": "RECEIVED COMPLETE! PARTIAL! FAILED!",
    "externalTns": "RECEIVED PROCESSING COMPLETE*! PARTIAL*! FAILED*!",
    "bulkPortins": "DRAFT* VALIDATE_DRAFT_TNS VALID_DRAFT_TNS INVALID_DRAFT_TNS IN_PROGRESS* NEEDS_ATTENTION*"
    " PARTIAL*! COMPLETED*! CANCELLED*!",
    "csrs": "RECEIVED PROCESSING ACTION_REQUIRED* REQUESTED_CANCEL COMPLETE*! FAILED*! CANCELLED!",
    "moveTns": "RECEIVED PROCESSING COMPLETE! PARTIAL! FAILED!",
    # The reference has only the three final states; an order must begin somewhere.
    "numbersAssignment": "RECEIVED COMPLETE! PARTIAL! FAILED!",
    # Notified as COMPLETE, which is how the callback spells it.
    "emergencyNotificationGroupOrders": "PROCESSING COMPLETED*! FAILED*!",
    "emergencyNotificationEndpointOrders": "PROCESSING COMPLETED*! FAILED*!",
    # Can be subscribed to, though the guide lists no state: its results are told.
    "tollFreePortingValidations": "SUBMITTED PROCESSING COMPLETE*! FAILED*! CANCELLED*!",
}
TOKENS = {
    "orders", "portins", "disconnects", "portouts", "dldas", "tnoptions", "lsrorders", "e911s", "lidb",
    "importtnorders", "removeImportedTnOrders", "importVoiceTnOrders", "removeImportedVoiceTnOrders",
    "importToAccounts", "externalTns", "bulkPortins", "csrs", "moveTns", "numbersAssignment",
    "emergencyNotificationGroup", "emergencyEndpointGroup", "tollfreePortingValidations",
}  # fmt: skip
"""How the API's reference writes the types in subscriptions and callbacks; the path where it names none."""

every_type = pytest.mark.parametrize("kind", ORDER_TYPES, ids=lambda kind: kind.resource)


def test_every_documented_type_is_there() -> None:
    assert {kind.resource for kind in ORDER_TYPES} == set(DOCUMENTED)
    assert {kind.token for kind in ORDER_TYPES} == TOKENS


@every_type
def test_states_are_those_of_the_documentation(kind: OrderType) -> None:
    marked = DOCUMENTED[kind.resource].split()
    assert kind.states == {state.rstrip("*!") for state in marked}
    assert kind.final == {state.rstrip("*!") for state in marked if "!" in state}
    assert kind.notified == {state.rstrip("*!") for state in marked if "*" in state}


@every_type
def test_every_state_can_be_reached(kind: OrderType) -> None:
    reached = {kind.initial, *kind.drafts[:1]}
    while more := set().union(*(kind.allowed(state) for state in reached)) - reached:
        reached |= more
    assert reached == kind.states


@every_type
def test_every_state_leads_to_a_final_one(kind: OrderType) -> None:
    ends = set(kind.final)
    while more := {state for state in kind.states - ends if kind.allowed(state) & ends}:
        ends |= more
    assert ends == kind.states


@every_type
def test_a_table_names_only_its_own_states(kind: OrderType) -> None:
    assert set().union(*kind.transitions.values()) <= kind.states
    assert {kind.initial, *kind.drafts} <= kind.states
    assert kind.notified <= kind.states
    assert kind.numbers_told <= kind.final
    assert kind.complete in kind.final
    assert set(kind.messages) == kind.states


@every_type
def test_automatic_steps_are_steps_of_the_table(kind: OrderType) -> None:
    for state, step in kind.automatic.items():
        assert {step.then, step.unworkable} <= kind.allowed(state)
        assert all(state in kind.allowed(before) for before in step.unless_from)


@every_type
def test_final_states_have_no_exits_and_no_others_do(kind: OrderType) -> None:
    assert kind.final
    for state in kind.states:
        assert kind.is_final(state) == (not kind.allowed(state)) == (state in kind.final)


@every_type
def test_every_message_is_a_sentence_for_any_count(kind: OrderType) -> None:
    for state in kind.states:
        for count in (0, 1, 2):
            text = kind.message(state, count)
            assert text.strip() == text != ""
            assert "{" not in text


def test_one_number_is_singular() -> None:
    orders = order_type("orders")
    assert orders.message("COMPLETE", 1) == "Created a new number order for 1 number from Unknown RC, Unknown State"
    assert "2 numbers" in orders.message("COMPLETE", 2)


def test_numbers_are_lasting_and_fit_five_bits() -> None:
    assert [kind.number for kind in ORDER_TYPES] == list(range(1, len(ORDER_TYPES) + 1))
    assert len(ORDER_TYPES) < 2**5
    assert [numbered(kind.number) for kind in ORDER_TYPES] == list(ORDER_TYPES)
    assert numbered(0) is numbered(31) is None


def test_no_two_types_share_a_name() -> None:
    owners: dict[str, str] = {}
    for kind in ORDER_TYPES:
        for name in {kind.resource, kind.token, kind.row, *kind.aliases}:
            assert owners.setdefault(name.lower(), kind.resource) == kind.resource


@every_type
def test_a_type_is_found_by_each_of_its_names_in_any_case(kind: OrderType) -> None:
    for name in (kind.resource, kind.token, kind.row, *kind.aliases):
        assert find_order_type(name) is find_order_type(name.upper()) is kind
    assert order_type(kind.resource) is kind


def test_an_unknown_name_finds_nothing() -> None:
    assert find_order_type("teapots") is find_order_type("") is None
    with pytest.raises(KeyError):
        order_type("PORTINS")
