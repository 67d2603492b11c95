"""Calls that cannot succeed against any server that keeps to the API, because the SDK itself is broken; and why."""

_JAVA_204 = "it takes every status but 200 and 201 for an error; no notes are 204"

BROKEN = {
    ("python", "subscriptions.get"): "TypeError before anything is sent: its own get() has no parameter `params`",
    ("python", "portin.loas.list"): "it looks for FileListResponse; the API, and every other SDK, say fileListResponse",
    ("python", "portin.loas.list with metadata"): "the same",
    ("node", "portIn.setActivationStatus"): "the SDK says itself that it is not implemented",
    ("java", "order.getNotes, none"): _JAVA_204,
    ("java", "Csr.GetNotes, none"): _JAVA_204,
    ("java", "LidbOrder.create"): "it reads GET as LidbOrderResponse; the API answers LidbOrder",
    ("java", "ImportTnOrder.Create"): "it sends numbers as FullNumber, and wants ImportTnOrdersResponse",
    ("java", "RemoveImportedTnOrder.Create"):
        "it sends numbers as FullNumber, and wants RemoveImportedTnOrderResponse",
    ("java", "EmergencyNotification.createGroupOrders"):
        "it sends the order with the root EmergencyNotificationRecipientsResponse",
}  # fmt: skip
"""SDK and call → the reason. A call that is named here and succeeds fails the run: then the line must go."""
