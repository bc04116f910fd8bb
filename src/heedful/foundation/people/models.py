"""Organisations and their tree; and four things kept apart: Account, Membership, StaffMember, Person."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models

from heedful.foundation.access.models import PersonalRecord, TenantModel, new_id
from heedful.foundation.access.roles import Role, Scope
from heedful.foundation.ledger.history import tracked

# A table of this room in a file of its own.
from heedful.foundation.people.terms import TaxonomyTerm as TaxonomyTerm


def _choices(enum: type[Role] | type[Scope]) -> list[tuple[str, str]]:
    return [(item.value, item.value) for item in enum]


class Organisation(models.Model):
    """A care provider: the tenant."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=120)
    nation = models.CharField(max_length=20, default="england")
    time_zone = models.CharField(max_length=60, default="Europe/London")
    cqc_provider_id = models.CharField(max_length=30, blank=True)
    # Whoever asks who looks at things outside: shown when nobody inside may decide.
    cqc_contact = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "people_organisation"


@tracked
class Unit(TenantModel):
    """A place in the organisation's dated tree (region, division, service): any depth, and it may move."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_unit"
        indexes = [models.Index(fields=["organisation", "parent"], name="unit_parent")]


@tracked
class Service(TenantModel):
    """A home or a branch."""

    name = models.CharField(max_length=120)
    external_id = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    cqc_location_id = models.CharField(max_length=30, blank=True)
    nation = models.CharField(max_length=20, default="england")
    host_authority = models.CharField(max_length=80, blank=True)
    authority_contact = models.CharField(max_length=200, blank=True)
    on_call_number = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    capacity = models.IntegerField(null=True)
    # What a rate is counted against here: occupied bed days for a home, planned visits for homecare.
    exposure_measure = models.CharField(max_length=30, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        db_table = "people_service"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="service_name_once"),
            models.UniqueConstraint(
                fields=["organisation", "external_id"],
                name="service_external_once",
                condition=~models.Q(external_id=""),
            ),
        ]


@tracked
class Placement(TenantModel):
    """Where a service stands in the tree, from when to when. Moving a service ends one and starts another."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="placements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_placement"
        indexes = [models.Index(fields=["organisation", "service"], name="placement_service")]


@tracked
class Post(TenantModel):
    """Who holds a named duty for a service, with dates: registered manager, nominated individual."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="posts")
    staff = models.ForeignKey("StaffMember", on_delete=models.PROTECT, related_name="posts")
    duty = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_post"
        indexes = [models.Index(fields=["organisation", "service", "duty"], name="post_service")]


@tracked
class Team(TenantModel):
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=80)

    class Meta:
        db_table = "people_team"
        constraints = [models.UniqueConstraint(fields=["organisation", "service", "name"], name="team_name_once")]


@tracked
class Shift(TenantModel):
    """A shift as local clock times; it may cross midnight, so an actual shift is a stored interval."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="shifts")
    name = models.CharField(max_length=60)
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        db_table = "people_shift"
        constraints = [models.UniqueConstraint(fields=["organisation", "service", "name"], name="shift_name_once")]


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser, PermissionsMixin):
    """Global sign-in: factors and sessions, no case data. A care worker's user name is `organisation-code/name`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=120, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en-gb")
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = AccountManager()

    class Meta:
        db_table = "people_account"
        constraints = [
            models.UniqueConstraint(fields=["email"], name="account_email_once", condition=~models.Q(email=""))
        ]


class Directory(models.Model):
    """Which account may act in which organisation: needed before a tenant is known.

    Kept by a trigger on memberships; the app role cannot read it, only ask `heedful_organisations_of(account)`.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "people_directory"
        constraints = [models.UniqueConstraint(fields=["account", "organisation"], name="directory_once")]


@tracked
class Membership(TenantModel):
    """An account's role in an organisation, how far it reaches, from when until when."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=_choices(Role))
    scope = models.CharField(max_length=20, choices=_choices(Scope))
    service_ids = ArrayField(models.UUIDField(), default=list)
    team_ids = ArrayField(models.UUIDField(), default=list)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_membership"
        indexes = [models.Index(fields=["organisation", "account"], name="membership_account")]


@tracked
class StaffMember(PersonalRecord):
    """Someone who works here: employed, agency or volunteer. Most never have an account."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    known_as = models.CharField(max_length=80, blank=True)
    initials = models.CharField(max_length=6, blank=True)
    engagement = models.CharField(max_length=20, default="employed")
    job_title = models.CharField(max_length=80, blank=True)
    started_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    class Meta:
        db_table = "people_staff"
        indexes = [models.Index(fields=["organisation", "name"], name="staff_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account"], name="staff_account_once", condition=models.Q(account__isnull=False)
            )
        ]


@tracked
class Employment(TenantModel):
    """Where a member of staff works, with dates."""

    staff = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="employments")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="employments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="employments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_employment"
        indexes = [models.Index(fields=["organisation", "service"], name="employment_service")]


@tracked
class Person(PersonalRecord):
    """A person supported."""

    name = models.CharField(max_length=120)
    known_as = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True)
    under_18 = models.BooleanField(default=False)
    communication_needs = models.TextField(blank=True)
    # A duplicate points at the record it was merged into; unmerging clears it.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")

    class Meta:
        db_table = "people_person"
        indexes = [models.Index(fields=["organisation", "name"], name="person_name")]


@tracked
class Stay(TenantModel):
    """A person's time with a service."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="stays")
    room = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "people_stay"
        indexes = [
            models.Index(fields=["organisation", "service"], name="stay_service"),
            models.Index(fields=["organisation", "person"], name="stay_person"),
        ]


@tracked
class Relation(PersonalRecord):
    """Someone close to a person supported: who they are, with what authority, and whether they may be told."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relations")
    name = models.CharField(max_length=120)
    relationship = models.CharField(max_length=60)
    authority = models.CharField(max_length=40, blank=True)
    may_be_told = models.BooleanField(null=True)
    contact = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "people_relation"
        indexes = [models.Index(fields=["organisation", "person"], name="relation_person")]


@tracked
class Exposure(TenantModel):
    """How much care there was: what a rate is divided by. Whole numbers only (tenths of a bed day, minutes, visits)."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="exposures")
    month = models.DateField()
    measure = models.CharField(max_length=30)
    amount = models.BigIntegerField()
    source = models.CharField(max_length=12, default="typed")

    class Meta:
        db_table = "people_exposure"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "service", "month", "measure"], name="exposure_once"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="exposure_not_negative"),
        ]


@tracked
class PasswordReset(TenantModel):
    """A care worker's sign-in, set anew in person by two named people."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    # Phone or card gone as well: the two agree to that separately, or the second factors stay as they are.
    new_card = models.BooleanField(default=False)
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_password_reset"
        indexes = [models.Index(fields=["organisation", "account"], name="reset_account")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(agreed_by=models.F("asked_by")), name="reset_two_people")
        ]
