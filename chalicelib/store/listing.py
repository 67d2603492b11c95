"""A type's orders, newest first: places from the index, heads from the table, and how many there are."""

from dataclasses import dataclass

from chalicelib.store import keys
from chalicelib.store.rows import OrderRow


@dataclass(frozen=True, slots=True)
class Listing:
    """One partition of the index `listing`, which may lag behind the table."""

    pk: str

    def page(self, place: str | None, size: int) -> tuple[list[OrderRow], str | None]:
        """Heads from a place on (None: from the newest), and the id of the first order of the next page."""
        from_here = None if place is None else OrderRow.listed_at <= place
        listed = [
            (each.pk, each.sk)
            for each in OrderRow.by_listing.query(self.pk, from_here, scan_index_forward=False, limit=size + 1)
        ]
        following = keys.order_of(listed[size][0]).id if len(listed) > size else None
        heads = {head.pk: head for head in OrderRow.batch_get(listed[:size])}
        return [heads[pk] for pk, _ in listed[:size] if pk in heads], following

    def total(self, most: int) -> int:
        """How many there are; it counts to `most` and no further."""
        table = OrderRow._get_connection()  # noqa: SLF001 because PynamoDB's own count goes on beyond its limit
        count, start = 0, None
        while count < most:
            page = table.query(
                self.pk, index_name=OrderRow.by_listing.Meta.index_name, select="COUNT", limit=most - count,
                exclusive_start_key=start,
            )  # fmt: skip
            count, start = count + page["Count"], page.get("LastEvaluatedKey")
            if start is None:
                break
        return count
