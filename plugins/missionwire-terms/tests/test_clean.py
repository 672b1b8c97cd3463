"""Right English about spaceflight that holds the words of the table in their right sense: nothing may change."""

from collections.abc import Awaitable, Callable

import pytest

from missionwire.plugin import Correction

Mender = Callable[[str], Awaitable[tuple[str, list[Correction]]]]

CLEAN = [
    # coupling, attachment, decoupling
    "The crew replaced a leaking coupling on the ammonia pump of the station.",
    "Engineers found strong vibration coupling between the spacecraft and the rocket.",
    "The hydraulic coupling of the launch pad's swing arm failed, NASA said.",
    "A couple of hours after docking, the crew opened the hatch.",
    "The couple watched the Soyuz launch from their garden.",
    "Delays of the rocket, coupled with the station's age, worry NASA.",
    "The attachment points of the solar array on the ISS were inspected.",
    "The Soyuz ship is attached to the Rassvet module of the station.",
    "The attachment of the new module to the station took two spacewalks.",
    "The astronaut sent the picture as an attachment to an email from the ISS.",
    "NASA speaks of a decoupling of the programme's costs from the budget of the station.",
    "The astronauts hitched a ride on a Russian spacecraft.",
    "The coupling to the station's cooling loop leaked, the astronaut said.",
    "The astronaut hooks to the station rail before each move.",
    "The astronaut was hooked on Monday to the station.",
    # device
    "The astronauts left the apparatus on the bench of the station.",
    "Falcon 9 carried a space device for measuring radiation.",
    "Astronaut Ana Prado left the device behind on the station.",
    # words that good English says, too: not even suggested
    "The rescue crew reached the capsule by helicopter.",
    "The carrier aircraft climbed, and the rocket separated from the carrier.",
    "The captain was proud, the astronaut said of her ferry to the ISS exhibition.",
    "Progress fired its engines to raise the orbit of the ISS.",
    "The door is an exit to space used by astronauts.",
    "The team took the first step of the rocket programme.",
    "The mobile, Nokia, rang in mission control during the lunar landing.",
    "He said that the device landed on the Moon with the probe.",
    "A rocket took off with a satellite. The apparatus was placed in orbit at 3 p.m.",
    "The Progress docked. On board the apparatus are two new sensors for the crew of the ISS.",
    "Aboard the device is a camera that the astronauts use on the ISS.",
    "The crew of the Dragon capsule waited; the toilets of the device were broken.",
    "The crew was told that the apparatus touched down on Mars.",
    "The device was switched on by astronaut Kimiya Yui aboard the ISS.",
    "The astronauts took a blood sample out of the device and froze it.",
    "A sample was taken from the device by the crew of the station.",
    "She left the device running while the crew slept on the station.",
    "The docking device of the Soyuz spacecraft was tested by the crew.",
    "The apparatus for growing plants on the ISS works well, the astronaut said.",
    "The Soyuz landed. A doctor measured the blood pressure of the cosmonaut. The apparatus showed 120.",
    "The Soyuz landed. The cosmonaut spoke by satellite telephone. The device fell into the grass.",
    "The Soyuz landed on Monday. A medical device was brought. The device was used on the crew.",
    "A breakdown in a glove box of the ISS stopped the astronaut. The device will be repaired.",
    "The crew returned to the airlock of the ISS. The device, fixed on the truss, had broken down.",
    # coupling, watering, floors, propellers, captains that are none but that
    "The Soyuz docked with the ISS. A coupling in the arm ran warm. The coupling was replaced on Monday.",
    "The uncoupling of the trailer took an hour; the Soyuz capsule had come by lorry.",
    "The astronauts of the ISS coupled experience with patience.",
    "Once coupled, the two wires of the ISS carried current to the pump.",
    "The waters off Florida were calm when the Dragon capsule came down.",
    "The plants water themselves on the ISS; the Dragon capsule brought them.",
    "The crew's eyes watered after the landing of the Dragon capsule.",
    "The rocket stands in the hall. On the second floor the astronauts signed books.",
    "The crew access arm is on the upper floor of the launch tower beside the rocket.",
    "The recovery boat lost one of its propellers near the Dragon capsule.",
    "A drone with four propellers filmed the launch of the rocket.",
    "Her husband, an airline captain, waited. The shuttle Discovery landed.",
    "A former ship's captain lent the museum a spacesuit of the Soyuz crew.",
    "He was a captain in the Air Force before he flew to the ISS.",
    "A polygon of five sides was the landing area of the Soyuz near Baikonur.",
    "Beside the diving suit of Cousteau stands the spacesuit of the cosmonaut.",
    "The commander and his crew landed in the Soyuz.",
    # mobile
    "The mobile service tower rolled away from the rocket.",
    "The rocket stands on the mobile launcher at Kennedy Space Center.",
    "Astronauts used a mobile phone app on the ISS.",
    # laboratory
    "Skylab was the first American space station; the orbital laboratory fell in 1979.",
    "Tiangong-2 was China's second space lab.",
    "The European Columbus laboratory is part of the ISS.",
    "Spacelab flew in the cargo bay of the space shuttle Columbia.",
    "The university runs a space lab for students who build rockets.",
    # retreat, withdrawal, removal
    "Astronauts on the ISS photographed the retreat of glaciers in Alaska.",
    "The crew had to retreat to their Soyuz when debris came near the station.",
    "Russia announced its withdrawal from the ISS programme after the landing of the Soyuz capsule.",
    "After landing, the removal of cargo from the spacecraft took a day.",
    "The removal of carbon dioxide keeps the crew of the station healthy.",
    # crew
    "Commander Zhai Zhigang and his crew returned to Earth on Saturday, CMSA said.",
    "The crew was flown by helicopter to Karaganda after the Soyuz landing.",
    "Recovery crews in helicopters reached the capsule within minutes.",
    "A film crew recorded the landing of the Soyuz spacecraft.",
    "The helicopter's crew saw the parachute of the capsule first.",
    # take-off, ditching, watering
    "The carrier aircraft's take-off from the runway went well, Virgin Galactic said; the spacecraft hung below.",
    "The rocket took off from Baikonur at dawn.",
    "The astronaut is watering the plants on the station, far above the ocean.",
    "SpaceX is ditching the old capsule design for sea landings.",
    "The crew of the capsule practised leaving it in the sea.",
    # landing on the moon
    "After landing on the moon, the astronauts rested.",
    "NASA is landing on the moon again with Artemis.",
    "The probe made a landing on the moon's south pole, ISRO said.",
    # spatial
    "The telescope has a spatial resolution of one arcsecond, ESA says.",
    "Astronauts often lose their spatial orientation in the station.",
    # exit
    "The capsule will exit into space after separation from the rocket.",
    # carrier
    "The Apollo capsule was picked up by the carrier USS Hornet.",
    "An aircraft carrier recovered the Gemini capsule and its crew.",
    # engines
    "The rocket's nine Merlin engines ignited and lifted it from the pad.",
    "The Progress engines raised the orbit of the ISS by two kilometres.",
    "The main engines of the orbiter changed its orientation in ascent.",
    # floor, level
    "The rocket is on show on the first floor of the museum.",
    "Visitors see the Soyuz rocket from the second level of the building.",
    "The rocket's software reached level 2 of the safety review.",
    "Water levels near the Falcon 9 launch pad rose.",
    # propellant, propeller
    "The propellants are stored separately in the rocket's tanks during ascent.",
    "Ingenuity's propellers spun up before its flight on Mars.",
    "The propellant ignited and the rocket climbed away from the launch pad.",
    # diving suit
    "In the pool, the astronaut trained for a spacewalk in a diving suit.",
    # manned
    "The China Manned Space Agency presented the crew of Shenzhou-17.",
    "The Manned Spacecraft Center in Houston was renamed after Lyndon Johnson.",
    "Engineers manned the consoles at mission control during the launch.",
    "The Manned Orbiting Laboratory of the Air Force never flew with astronauts.",
    # captain
    "Captain Scott Kelly, a Navy officer, lived on the ISS for 340 days.",
    "The captain of the recovery ship waited for the Dragon capsule.",
    "The football captain of the mission control team met the astronauts.",
    # base
    "The rocket was launched from Vandenberg Space Force Base in California.",
    "NASA wants a base on the Moon by 2030.",
    "Flames rose at the base of the rocket during liftoff from Baikonur.",
    "The Starbase team stacked the rocket.",
    # hood
    "He pulled the hood of his jacket over his head as the rocket rose.",
    # sideways
    "The booster landed on the drone ship and fell sideways, SpaceX said.",
    # the same words once more, in other company
    "The soft docking of the spacecraft used a magnetic coupling.",
    "NASA said the propellant coupling between the station and the Progress ship was inspected.",
    "The astronauts carried the device out of the airlock and threw it away.",
    "Astronaut Anne McClain removed the device from its box.",
    "The device landed on Mars in February, NASA said.",
    "The InSight lander's drilling device reached 30 centimetres on Mars.",
    "Rocket Lab recovered the booster with a helicopter; its crew hooked the parachute.",
    "SpaceX founder Elon Musk congratulated the Crew-2 astronauts. Musk and his team watched from the control room.",
    "Jeff Bezos and his crew flew to space aboard New Shepard.",
    "Blue Origin CEO Jeff Bezos and his crew returned safely to Earth.",
    "The space shuttle's crew of seven boarded at 7:00 am EST.",
    "NASA chief Bill Nelson wished commander Raja Chari and his crew a good flight.",
    "NASA administrator Jim Bridenstine praised Doug Hurley and his crew.",
    "The removal of the crew access arm took place two minutes before launch; the rocket was ready.",
    "The troops' withdrawal from the base near Baikonur was complete.",
    "The carrier rocket Long March 5B lifted off from Wenchang.",
    "The USS Portland, a Navy ship, picked up the Orion capsule after splashdown.",
    "The captain of the USS Portland, where the Orion capsule was taken, was proud.",
    "Captain James Kirk commands the starship Enterprise; NASA named a shuttle after it.",
    "The spacecraft's engines were ignited to send it to the Moon.",
    "The Orion main engine burn changed its orbit.",
    "Virgin Galactic's SpaceShipTwo, a rocket plane, ignited its engine after release.",
    "The station orbits at an altitude of 400 km; radiation levels there are high.",
    "Crew safety is taken to the next level by the new launch abort system of the rocket.",
    "Ground floor offices at the rocket factory were flooded.",
    "The engineers on the second floor watched the rocket launch.",
    "Tom Hanks wore a diving suit in the film about astronauts.",
    "The hood over the payload instruments was opened in orbit by the astronaut.",
    "Two-thirds of the propellant was burned when the rocket's first stage separated.",
    "The rocket used liquid propellants and separated from its first stage after two minutes.",
    "Sea levels are measured by a satellite launched on a Falcon 9 rocket.",
    "ESA's spatial data team mapped the landing site.",
    "The polygon of the landing zone was drawn by NASA on a map of Mars.",
    "The helicopter takeoff on Mars was shown by NASA.",
    "The New Shepard booster landed; the capsule's takeoff had been filmed by a drone.",
    "Cosmonauts often exit to space from the Poisk module.",
    "The probe's removal from the launch list surprised ESA after the landing of its rover.",
    "After the landing, the removal of the parachutes from the capsule began.",
    "Polar research: a retreat of the ice was seen from the ISS after the capsule landed.",
    "He went on a retreat after landing in the Soyuz capsule.",
    "The astronaut took her crew to dinner in a helicopter.",
    "A team from the Navy base at Cape Canaveral saw the rocket launch.",
    "The base of the Soyuz capsule hit the ground.",
    "China's base for satellites is in Beijing, where the launch was watched.",
    "The spacecraft will then decouple its solar panels.",
    "NASA couples science with exploration on the station.",
    "The couple met on the ISS.",
    "The actress and the director of the film take off from Baikonur in a Soyuz on Tuesday.",
    "Two cosmonauts take off to shoot a film aboard the Soyuz.",
    "She showed him how a mechanical coupling of the rack is greased aboard the station.",
    "The crew of the station greased the robot arm’s coupling before the ship came.",
    "The astronaut also made parabolic flights: right after take-off from Bordeaux she felt ill. A Soyuz is calmer.",
    "The crew couldn't reach the coupling behind the panel of the station.",
    "The manned console in the control room at ISRO was busy.",
    "NASA chose a new docking adapter, a robotic arm and a rover.",
    # the words that translations use for docking, in their own sense
    "Dragon was moored to the recovery ship in port while NASA waited.",
    "The astronaut, hooked to the station by a tether, anchored her feet to the ISS.",
    "A detachment of marines guarded the Soyuz ship.",
    "NASA unhooked the crane from the rocket.",
    "The linking of data from the station with models helps ISRO.",
    "The junction of two roads near the spaceport is closed.",
    "The astronaut joined the crew of the station; the joining of the two masts took an hour.",
    "The separation of the capsule from the rocket and the undocking from the station went well.",
    # and other words of later rows
    "The station measured cosmic rays and the cosmic background for ESA.",
    "The mobile apparatus for X-rays left the hospital before the launch of the rocket.",
    "NASA has a mobile device app for flights to the Moon.",
    "Their place in space history is small, the crew of the ISS said.",
    "The astronaut got out of the MRI apparatus; on the ISS she would sit in the device for an hour of exercise.",
    "He watched the rocket from the second floor.",
    "The remotely piloted spacecraft was piloted by Petrov from Houston.",
]


@pytest.mark.parametrize("text", CLEAN, ids=[text[:48] for text in CLEAN])
async def test_right_english_stays_as_it_is(mend: Mender, text: str) -> None:
    assert await mend(text) == (text, [])


TRANSLATED = [
    "The cosmonauts carried a bracket along the station. The attachment occurred at the third try.",
    "The ship approached the station with an antenna. The attachment was performed by two astronauts.",
    "The apparatus with which the astronauts measure bones will return to Earth in a Dragon capsule.",
    "The capsule landed. All ate. All slept. Rain fell. After the removal from the capsule she weighed the samples.",
    "The cosmonaut of Soyuz MS-24 spoke of the orbital laboratory Skylab.",
    "The aircraft of the rescuers ditched in the Pacific, far from the Soyuz.",
    "The Soyuz landed in Kazakhstan with its crew, near the apparatus of the weather station.",
    "The outside deployment of the solar panels of the ISS went well, said the crew.",
    "The crew of the ISS tended plants. After the watering of the lettuce the astronauts returned to the capsule.",
    "The first step was taken by the engineers of the rocket, and the Navy carrier was rolled out of the way.",
    "Group Captain Shukla and the outside mission control room of the ISS were ready.",
    "The captain of the tugboat Ivan waved to the Soyuz.",
    "An Air Force captain, John Miller, was chosen as astronaut.",
    "The airline captain Juan Soto took the astronauts home. The captain Juan Soto smiled.",
    "The team captain Messi met the crew of the Soyuz.",
    "On the ISS the watering of the lettuce takes time, and the crew does the watering of plants on Mondays.",
    "The crew of the capsule flew with the crew of cosmonauts.",
]


@pytest.mark.parametrize("text", TRANSLATED)
async def test_right_english_stays_in_a_translated_text_too(mend: Mender, text: str) -> None:
    assert (await mend(f"{text} It was this Friday (5)."))[0] == f"{text} It was this Friday (5)."


async def test_right_sentences_stay_as_they_are_side_by_side(mend: Mender) -> None:
    text = "\n\n".join(CLEAN)
    mended, corrections = await mend(text)
    changed = [(c.original, text[c.start - 40 : c.end + 40]) for c in corrections if c.applied]
    assert not changed
    assert mended == text
