// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventAgendaTest {

    @Test
    void eventsHappenInTheOrderOfTheirTimeAndThoseOfOneMomentInTheOrderOfTheirEntry() {
        EventAgenda agenda = new EventAgenda();
        List<String> happened = new ArrayList<>();
        agenda.after(20, () -> happened.add("late " + agenda.now()));
        agenda.after(10, () -> agenda.after(0, () -> happened.add("last of 10")));
        agenda.after(10, () -> happened.add("second of 10"));

        while (agenda.step()) {
            // until no event is left
        }

        assertThat(happened).containsExactly("second of 10", "last of 10", "late 20");
    }

    @Test
    void aStationDoesSoMuchAtATimeAndTheRestInTurn() {
        EventAgenda agenda = new EventAgenda();
        QueueingStation two = new QueueingStation(agenda, 2);
        List<Long> done = new ArrayList<>();
        for (int job = 0; job < 5; job++) {
            two.serve(100, () -> done.add(agenda.now()));
        }

        while (agenda.step()) {
            // until no event is left
        }

        assertThat(done).containsExactly(100L, 100L, 200L, 200L, 300L);
        assertThat(two.use(300)).isEqualTo(5.0 / 6);
    }
}
