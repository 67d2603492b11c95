"""Each function has a role of its own, which allows what the function does and no more."""

import json
from fnmatch import fnmatchcase

import pytest

from chalicelib.store import keys
from tests.house.policies import Need, allowed, resources, statements
from tests.house.sam import HANDLERS, ROLES, Template, properties


@pytest.mark.parametrize("function", ROLES)
def test_every_function_has_a_role_and_a_log_of_its_own(template: Template, function: str) -> None:
    assert properties(template, function)["Role"] == {"Fn::GetAtt": [ROLES[function], "Arn"]}
    log = properties(template, function)["LoggingConfig"]["LogGroup"]["Ref"]
    (right,) = [one for one in statements(template, ROLES[function]) if one["Sid"] == "WriteItsLog"]
    assert resources(right) == [log]
    assert set(right["Action"]) == {"logs:CreateLogStream", "logs:PutLogEvents"}


@pytest.mark.parametrize("role", ROLES.values())
def test_no_right_is_wider_than_one_thing(template: Template, role: str) -> None:
    for one in statements(template, role):
        assert one["Effect"] == "Allow"
        assert not [action for action in one["Action"] if "*" in action], one["Sid"]
        assert not [name for name in resources(one) if name.startswith(("*", "arn:*"))], one["Sid"]


def test_only_the_sender_may_send_mail_and_only_the_stream_reader_may_read_the_stream(template: Template) -> None:
    def who(action: str) -> set[str]:
        return {
            function
            for function, role in ROLES.items()
            if any(action in one["Action"] for one in statements(template, role))
        }

    assert who("ses:SendRawEmail") == {"OnDoorbell"}
    assert who("dynamodb:GetRecords") == {"OnEntry"}
    assert who("s3:GetObject") == {"APIHandler", "OnMail", "Sweep"}
    assert who("s3:ListBucket") == {"APIHandler", "OnMail", "Sweep"}  # without it, S3 says 403 where there is no file
    assert who("dynamodb:Scan") == set()


def test_requests_reach_no_mail_and_mail_no_document(template: Template) -> None:
    def buckets(function: str) -> set[str]:
        named = [name for one in statements(template, ROLES[function]) for name in resources(one)]
        return {name.partition("/")[0] for name in named if name.partition("/")[0].endswith("Bucket")}

    assert buckets("APIHandler") == {"DocumentBucket"}
    assert buckets("OnMail") == {"MailBucket"}
    assert buckets("Sweep") == {"DocumentBucket", "MailBucket"}
    assert not buckets("OnEntry") | buckets("OnDoorbell")


def test_the_sweep_may_keep_and_remove_documents_but_not_read_kept_ones(template: Template) -> None:
    rights = statements(template, ROLES["Sweep"])
    for action, folder in (("Get", "undecided"), ("Delete", "undecided"), ("Put", "kept"), ("Delete", "kept")):
        assert allowed(rights, Need(f"s3:{action}Object", f"DocumentBucket/{folder}/x")), (action, folder)
    assert not allowed(rights, Need("s3:GetObject", "DocumentBucket/kept/x"))


def test_keys_are_known_only_to_those_who_use_them(template: Template) -> None:
    def who(variable: str) -> set[str]:
        return {
            name
            for name in HANDLERS
            if variable in properties(template, name).get("Environment", {}).get("Variables", {})
        }

    assert who("DOCKET_SERVICE_KEY") == {"APIHandler"}
    assert who("DOCKET_REPLY_KEYS") == {"OnDoorbell", "OnMail", "Sweep"}
    assert json.dumps(template).count("{{resolve:secretsmanager:") == 4


def may_write(template: Template, role: str, action: str) -> set[str]:
    """Which items of the table of users a role may write so."""
    samples = {
        "receipt": keys.receipt("any"),
        "user": keys.user("any"),
        "account": keys.opened("9900000"),
        "operators": keys.OPERATORS,
        "audit": keys.audit("any"),
    }
    found: set[str] = set()
    for one in statements(template, role):
        if "Access" in resources(one) and action in one["Action"]:
            marks = one["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            found |= {name for name, key in samples.items() if any(fnmatchcase(key, mark) for mark in marks)}
    return found


@pytest.mark.parametrize("function", ROLES)
def test_only_requests_may_write_a_credential_and_nothing_may_change_or_remove_an_audit_line(
    template: Template, function: str
) -> None:
    api, role = function == "APIHandler", ROLES[function]
    assert may_write(template, role, "dynamodb:PutItem") <= {"receipt", *(["audit"] if api else [])}
    assert may_write(template, role, "dynamodb:UpdateItem") == ({"user", "account", "operators"} if api else set())
    assert may_write(template, role, "dynamodb:DeleteItem") == ({"user"} if api else set())
    writing = {"PutItem", "UpdateItem", "DeleteItem", "GetItem", "BatchGetItem"}
    named = {
        action for one in statements(template, role) if "Access" in resources(one) for action in one["Action"]
    }  # fmt: skip
    assert named <= {f"dynamodb:{action}" for action in writing}
