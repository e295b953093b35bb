"""What stands in the addresses of the permission table, by the name of the part."""

from __future__ import annotations

# What stands in an address. The case has one fact (f1), one paper (a1), one finished letter (l1), one plan (p1) and one
# meeting (p2). The plan has one version, all of it agreed. The school has asked for one permission (c1), which nobody
# has answered, one thing is signed (s1), and there is one notice of the school (n1) with its delivery (d1). One thing
# of the child's behavior is measured (m1), without a point so far.
PLACES = {
    "token": "a-link-that-is-not-needed-any-more",
    "token_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a05",
    "hook_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a06",
    "fact_id": "f1",
    "attachment_id": "a1",
    "letter_id": "l1",
    "plan_id": "p1",
    "meeting_id": "p2",
    "asking_id": "8f58d7c6-2300-4a61-8ced-156d442e4b95",
    "copy_id": "8f58d7c6-2300-4a61-8ced-156d442e4b95",
    "notice_id": "n1",
    "delivery_id": "d1",
    "about": "notice:n1",
    "support_id": "s9",
    "pupil_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a03",
    "staff_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a04",
    "line": "9",
    "group_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a02",
    "place_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a01",
    "count_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a05",
    "list_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a06",
    "check": "no-race",
    "name": "FS002",
    "number": "9",
    "key": "a-link-that-is-not-needed-any-more",
    "provider_id": "no-provider",
    "organization_slug": "no-provider",
    "invitation_id": "00000000-0000-0000-0000-000000000009",
    "uidb36": "9",
    "pk": "9",
    "request_id": "c1",
    "signature_id": "s1",
    "measure_id": "m1",
    "entry_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a03",
    "note_id": "5d1e7c0a-3f59-4f0e-8f5c-1f2b8f3f1a04",
}
