"""Eight persons with five canaries each: a name, an address, a telephone number, and two texts of their own."""

from dataclasses import dataclass

BIRDS = ("quillfinch", "zibbetwren", "brantlark", "yaffleowl", "dunnockjay", "pochardtit", "smewgannet", "twitetern")
FIRST = ("Odalys", "Ferelith", "Isambard", "Thorsten", "Ludmilla", "Caspian", "Wilhelmina", "Bartholomew")


@dataclass(frozen=True, slots=True)
class Canary:
    """A person who exists nowhere else."""

    number: int

    @property
    def name(self) -> str:
        return f"{FIRST[self.number]} {BIRDS[self.number].title()}"

    @property
    def email(self) -> str:
        return f"{FIRST[self.number].lower()}.{BIRDS[self.number]}@canary{self.number}.example"

    @property
    def phone(self) -> str:
        return f"+49 151 7700{self.number}3{self.number}9"

    @property
    def texts(self) -> tuple[str, str]:
        bird = BIRDS[self.number]
        return f"The {bird}nest in the attic leaks again", f"Please feed my {bird}chick at dawn"

    @property
    def planted(self) -> tuple[str, ...]:
        return (self.name, self.email, self.phone, *self.texts)


FLOCK = tuple(Canary(number) for number in range(len(BIRDS)))
