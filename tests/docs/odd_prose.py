"""What no code says of itself: the parts of the ODD description that are written by hand."""

HEAD = """# The simulated army: ODD

The description follows the ODD protocol (overview, design concepts, details) in its 2020 form (Grimm et al. 2020). It
is written by `make reference` from the code and the catalogue; a test fails where they differ. Hand-written are
purpose, scales, design concepts and the words between; the lists, tables and submodels are what the modules say of
themselves. [The model](../explanation/model.md) tells the same as a story. **Nothing here has been validated**: no
public counts of desertion, refusal or mutiny exist to do it with.
"""

PURPOSE = """## 1. Purpose and patterns

*Purpose.* To say how near an armed force may be to breaking and what may follow: a prior over histories that reports
can weigh, and what-ifs that ask what would protect its soldiers. It does not plan operations, and predicts no date
and no single event.

*Patterns* by which it is judged: base rates of mass desertion, mutiny and removal of leaders
(`studies/prior/base_rates.py`); the hazard fitted to battles whose outcome is known; limits in which the model must
become a known one (Lanchester, binomial losses, competing risks), held by tests.
"""

ENTITIES = """## 2. Entities, state variables and scales

Soldiers belong to units (battalions of companies, or whole formations), units to forces. A force has a head that
believes, and a home with families in several regions. Several forces, each hostile to some others, live in one run; a
run is one history.
"""

SCALES = """### Scales

One step is one day; a run lasts from a day to ten years. There is no terrain. Who is near whom is given by three
layers: the same command, the same sector, the same home region. Shares and traits run from 0 to 1; hazards are per
day.
"""

OVERVIEW = """## 3. Process overview and scheduling

A day calls, in this order (each process stands where it is first called):
"""

ORDER = """Units act one after the other, and what a unit sees of others is yesterday's, so that their order does not
matter. Soldiers are drawn within their unit: losses first, then exits that compete in continuous time. Response and
replacement follow once every unit has lived its day; head and home come last.
"""

CONCEPTS = """## 4. Design concepts

*Basic principles.* Attrition by Helmbold's law; breaking by competing risks fitted to battles; refusal by grievance,
incident and contagion above a threshold; punishment that can be exhausted (Epstein), commanders in a global game;
reports that are shaded on their way up.

*Emergence.* Cascades of refusal, mass surrender, collapse and the loss of fear come out of units that act on what
they hear. Loss rates at reference and base rates of removal are put in.

*Adaptation.* Units decline, relent, go their own way; forces suppress, concede, isolate. Rules give the rates; nobody
optimises, but a commander follows the cutoff of a global game.

*Objectives.* None but that commander's: he goes along where the regime looks too weak to punish him.

*Learning.* A head that learns checks part of what it is told. No rule changes in the course of a run.

*Prediction.* None, but for what the commander's cutoff implies.

*Sensing.* A unit hears of refusing and broken units along the three layers, yesterday's, and nothing when it is cut
off. A head sees only what rises to it. Families see deaths, calls and silence.

*Interaction.* Forces meet through mass alone: effective soldiers and intensity of fighting. Units act on each other
by what they hear and by the capacity to suppress that they share.

*Stochasticity.* Every mechanism of every unit's day has a random stream keyed by run, force, place, day and
mechanism. Two runs of a what-if share their draws and their luck, and differ by the change alone. Parameters are
drawn anew for every force of every run from one prior.

*Collectives.* Companies, units, formations and forces, given by the order of battle and a rule by echelon.

*Observation.* Every evening, of every force, the measures below; events of units; on request every soldier's moves.
"""

INITIALIZATION = """## 5. Initialization

Forces come from an order of battle as it was known on a day; parameters from their priors; soldiers and units are
drawn by position.
"""

INPUT = """## 6. Input data

None while a run lasts. Reports weigh whole histories afterwards ([how](../explanation/evidence.md)) and move no
soldier.
"""

SUBMODELS = """## 7. Submodels

Each is a module of `src/tocsin/simulation/day/`; what follows is what it says of itself.
"""

NUMBERS = """## Parameters

All of them, as `tocsin parameters` prints them. Labels: S read in a source, C computed from data, M from memory, A an
assumption of this project. """
