// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueBacklogTest {

    private final QueueBacklog backlog = new QueueBacklog(10_000);

    @Test
    void itIsWorkedOffWhenAHundredthIsLeftAfterItWasSeenFull() {
        backlog.record(0.1, 3);
        assertThat(backlog.isThrough()).isFalse();
        backlog.record(0.2, 9_000);
        backlog.record(4.0, 101);
        assertThat(backlog.isThrough()).isFalse();
        backlog.record(4.2, 100);
        backlog.record(5.0, 4_000);
        assertThat(backlog.isThrough()).isTrue();
        assertThat(backlog.throughSeconds()).isEqualTo(4.2);
        assertThat(backlog.most()).isEqualTo(9_000);
    }

    @Test
    void whatIsNeverSeenFullWasWorkedOffBeforeAnybodyLooked() {
        backlog.record(2.9, 5);
        assertThat(backlog.isThrough()).isFalse();
        backlog.record(3.1, 5);
        assertThat(backlog.throughSeconds()).isEqualTo(3.1);
    }
}
